/* Between pipe.c, pipe_line.c and descriptor.c. */
#ifndef TIMESLICE_MECH_PIPE_H
#define TIMESLICE_MECH_PIPE_H

#include "sim/mech/wakeups.h"

/* The number that the descriptor variable in argument `key` holds. */
int64_t pipe_fd(const struct sim *s, int proc, enum arg_key key);

/* What descriptor `fd` of `proc` means, NULL if it is not open or, where
 * `kind` is not DESC_NONE, of another kind. */
const struct desc *pipe_desc(const struct sim *s, int proc, int64_t fd,
                             enum desc_kind kind);

/* Whether a writer finds no free page. */
bool pipe_is_full(const struct sim *s, int pipe);

/* `proc`, asleep in a read or a write, looks at its pipe again; it is told
 * `why` if that ends the call, which is what is returned. Whom it wakes goes
 * to `u`. */
bool pipe_look(struct sim *s, int proc, struct event why, struct wakeups *u);

/* Wakes the first of a line who has not been woken yet; or all of them. */
void pipe_wake_one(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why);
void pipe_wake_all(const struct sim *s, struct wakeups *u,
                   const struct queue *q, struct event why);

/* Lets those who were woken look again until nobody is left, and frees `u`.
 * `why` is told to those who are stopped and whose call could go on now. */
void pipe_settle(struct sim *s, int pipe, struct event why, struct wakeups *u);

#endif
