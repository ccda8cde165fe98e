/* A lesson that is being changed in the window (Ctrl+E): its text, and the rows
 * of the sheet in which one of its processes is shown.
 *
 * The text is changed where it stands (sim/scenario/draft.h); after each change
 * the run is made anew from it. What the loader does not take is not done, and
 * the sheet says why. */
#ifndef TIMESLICE_EDIT_H
#define TIMESLICE_EDIT_H

#include "render/ui.h"
#include "sim/scenario/offer.h"

enum { EDIT_TYPED_MOST = 512, EDIT_FIELDS_MOST = 9 };

struct edit {
    struct draft draft; /* its text is empty until something is to be changed */
    int process;        /* whose rows are shown: number in the file; NONE: the
                           machine's */
    int at;             /* the marked row */
    int32_t open;       /* the op whose arguments are shown, NONE: no op's */
    bool typing;        /* … the marked row's value, in: */
    char typed[EDIT_TYPED_MOST];
    bool offering; /* the ops that may be put in are shown instead of rows */
    int offer_at, offer_count;
    struct offer offers[OP_COUNT];
    struct arena texts;  /* of the offers */
    struct str refused;  /* why the last change was not made; empty: it was */
    struct intent waits; /* until it is settled what becomes of the changes … */
    struct str dropped;  /* … and the file that it may be about */
};

/* What a row is about. */
enum edit_kind {
    EDIT_FIELD, /* of the process: its name, its arrival, …; of the machine */
    EDIT_OP,    /* of the program; also the end of a body */
    EDIT_ARG,   /* an argument of the op that is open */
    EDIT_END    /* the end of the program */
};

struct edit_row {
    enum edit_kind kind;
    const char *key;  /* in the file, of a field or an argument */
    enum word label;  /* of a field */
    int32_t pc;       /* of an op, its argument, the end */
    bool must;        /* an argument that cannot be left out */
    bool number;      /* that − and + change */
    int64_t low;      /* … but not below that */
};

/* How many rows the process has; and one of them. */
int edit_rows(const struct edit *e, const struct scenario *sc,
              const struct scheduler *now);
struct edit_row edit_row_at(const struct edit *e, const struct scenario *sc,
                            const struct scheduler *now, int row);

/* The JSON pointer of what the row shows; false: it stands nowhere (the end, or
 * an op that the loader has added). */
bool edit_pointer(const struct edit *e, const struct scenario *sc,
                  const struct edit_row *row, struct str *to);
/* Appends its value as the sheet shows it: of a field what counts also if the
 * file does not say it. */
void edit_value(const struct edit *e, const struct scenario *sc,
                const struct edit_row *row, struct str *to);

/* Whether something has been changed that is in no file. */
bool edit_unsaved(const struct edit *e);

/* Forgets everything. */
void edit_free(struct edit *e);

#endif
