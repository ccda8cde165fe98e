/* Which ops may be put in at a place of a program, each with arguments that
 * make sense in this lesson: descriptors, objects and processes that it has.
 *
 * Nothing is written down for single verbs. What an op must have is said by
 * ops.def; values are tried until the loader takes the file with the op in it,
 * so an offer that is made can be taken. */
#ifndef TIMESLICE_OFFER_H
#define TIMESLICE_OFFER_H

#include "sim/scenario/draft.h"
#include "sim/scenario/ops.h"

struct offer {
    enum verb verb;
    const char *json; /* the op */
    const char *c;    /* its statement */
};

/* What can stand before the op at `pc` of `sc`, which is what the draft makes;
 * in the order of ops.def. No change may be open; the draft is afterwards as it
 * was. Texts lie in `a`. Returns how many. */
int offers_at(struct draft *d, const struct scenario *sc, int32_t pc,
              struct arena *a, struct offer to[OP_COUNT]);

/* ---- the arguments of an op, as a form has them ---- */

struct op_field {
    const char *key;  /* "size"; also "cost", "on_error" */
    const struct arg_about *about; /* NULL: one that every op may have */
    bool must;
};

enum { OP_FIELDS_MOST = OP_ARGS_MAX + 3 };

/* Its arguments but bodies, then what every op may have. Returns how many. */
int op_fields(enum verb verb, struct op_field to[OP_FIELDS_MOST]);

/* What somebody has typed as the value of an argument, as JSON: a number or a
 * list where the argument takes one, else a string. */
void op_field_json(const struct op_field *f, const char *typed,
                   struct str *json);

#endif
