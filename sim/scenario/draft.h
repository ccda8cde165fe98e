/* A scenario file that is being changed: its text, and what was done to it.
 *
 * Changes are made to the text itself: a number, an op or a process is cut out
 * or put in where it stands, and all the rest (comments, the order of keys,
 * blanks, how somebody wrote a number) stays byte for byte as it was. Each
 * change can be taken back and done again.
 *
 * Places are JSON pointers (RFC 6901), "/processes/2/program/0/do/1". The text
 * must be JSON, and what is put in, too; whether it is a scenario is for the
 * loader to say (scenario_read). */
#ifndef TIMESLICE_DRAFT_H
#define TIMESLICE_DRAFT_H

#include "sim/base/str.h"
#include "sim/scenario/scenario.h"

enum { DRAFT_BYTES_MOST = 1 << 20, DRAFT_POINTER_MOST = 512 };

/* One piece of the text in the place of another. */
struct draft_step {
    size_t at;
    struct str out, in; /* what was there, what came */
    bool joined;        /* is done and undone with the one before */
};

struct draft {
    struct str text;
    struct draft_step *steps;
    size_t count, capacity;
    size_t done;  /* how many of them are in the text */
    size_t saved; /* how many were when it was saved; SIZE_MAX: no number is */
    bool open;    /* a change has been begun, when so many were done: */
    size_t begun;
    size_t parted; /* where its last part began */
};

void draft_begin(struct draft *d, const char *text, size_t length);
void draft_free(struct draft *d);

/* A change is what lies between these: draft_keep ends it, draft_drop takes
 * back what was done since. draft_part: what was done so far is taken back and
 * done again for itself, but kept or dropped with the rest. Each function below
 * that changes something must be called in between. */
void draft_change(struct draft *d);
void draft_part(struct draft *d);
void draft_keep(struct draft *d);
void draft_drop(struct draft *d);

/* Takes the last change back, does it again; false: there is none. */
bool draft_undo(struct draft *d);
bool draft_redo(struct draft *d);

/* The text is now the one in the file; and whether it is not. */
void draft_set_saved(struct draft *d);
bool draft_differs(const struct draft *d);

/* ---- places ---- */

struct draft_place {
    size_t key;        /* where its key begins; its value, if it has none */
    size_t begin, end; /* of its value */
};

/* Where the value of that pointer is; false: there is none. */
bool draft_find(const struct draft *d, const char *pointer,
                struct draft_place *to);
/* How many members or elements it has, 0 if it is neither object nor list. */
int draft_count(const struct draft *d, const char *pointer);
/* Appends its value as the file has it, a string without its quotes and
 * escapes; nothing if it is not there. */
void draft_show(const struct draft *d, const char *pointer, struct str *out);

/* ---- changes ---- */

/* Its value becomes `json`; a member that is not there is added to its object,
 * which must be there. False: there is no such place. */
bool draft_set(struct draft *d, const char *pointer, const char *json);
/* A new element of a list, before element `index` (its count: at the end). */
bool draft_insert(struct draft *d, const char *list, int index,
                  const char *json);
/* A member with its key, or an element. */
bool draft_remove(struct draft *d, const char *pointer);
/* Element `index` of a list and the next one change places. */
bool draft_exchange(struct draft *d, const char *list, int index);

/* ---- what a lesson has (draft_lesson.c) ---- */

/* The list that the op at `pc` stands in, and its number there: a new op that
 * is put in here stands before it. At the end of a body or of a program: behind
 * its last op. `sc` is what the text makes. */
struct draft_spot {
    char list[DRAFT_POINTER_MOST]; /* "/processes/0/program/3/do" */
    int index;
    int count;   /* ops in that list, without those that the loader adds */
    bool bursts; /* the list is of numbers: `bursts` */
};
/* False: the op stands too deep for a pointer. */
bool draft_spot(const struct draft *d, const struct scenario *sc, int32_t pc,
                struct draft_spot *to);

/* `bursts` of a process, if it has them, written as the `program` that they
 * stand for. */
bool draft_unfold(struct draft *d, int process);

/* The place of the op at `pc`; false: it does not stand in the text. */
bool draft_op_pointer(const struct draft *d, const struct scenario *sc,
                      int32_t pc, char to[DRAFT_POINTER_MOST + 16]);

/* An op before the one at `pc`, or at the end of a body or program that ends
 * there; afterwards it is the one at draft_row(sc, pc): the loader ends the
 * program of a periodic process with an op of its own, which is behind it. Bursts
 * are unfolded. */
int32_t draft_row(const struct scenario *sc, int32_t pc);
bool draft_insert_op(struct draft *d, const struct scenario *sc, int32_t pc,
                     const char *json);
/* The op goes, with its body. */
bool draft_remove_op(struct draft *d, const struct scenario *sc, int32_t pc);
/* It and the one above (-1) or below (+1) in the same list change places; it is
 * at `*to` afterwards. */
bool draft_move_op(struct draft *d, const struct scenario *sc, int32_t pc,
                   int by, int32_t *to);

/* A new process behind all others, with the program (and all else but arrival
 * and name) of process `like`; NONE: it computes for a few ticks. It gets a
 * name that nobody has, and arrives at `arrival`. */
bool draft_add_process(struct draft *d, const struct scenario *sc, int like,
                       tick arrival);

/* A process is called `name` from now on, also where ops, actions and `expect`
 * name it. */
bool draft_rename(struct draft *d, const struct scenario *sc, int process,
                  const char *name);

/* Its scheduler decides as `to` does: only what differs is written, and what the
 * old policy alone has goes. */
bool draft_set_scheduler(struct draft *d, const struct scheduler *to);

#endif
