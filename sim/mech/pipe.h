/* Between the files of the pipe: pipe*.c, descriptor.c and fifo.c. */
#ifndef TIMESLICE_MECH_PIPE_H
#define TIMESLICE_MECH_PIPE_H

#include "sim/mech/wakeups.h"

/* The number that the descriptor variable in argument `key` holds. */
int64_t pipe_fd(const struct sim *s, int proc, enum arg_key key);

/* What descriptor `fd` of `proc` means, NULL if it is not open or, where
 * `kind` is not DESC_NONE, no such end. */
const struct desc *pipe_desc(const struct sim *s, int proc, int64_t fd,
                             enum desc_kind kind);

/* Whether a writer finds no free page. */
bool pipe_is_full(const struct sim *s, int pipe);

/* One look at a pipe: who looks, and what it is told if that ends its call. */
struct look {
    int proc, pipe;
    struct event why;
    struct wakeups *woken; /* those it wakes */
};

/* Whether this is another look of a call that has slept. Somebody who was
 * stopped in it (with nothing done) begins it anew when it goes on. */
bool pipe_looks_again(const struct sim *s, const struct look *l);
/* The flags (enum desc_flag) of the end that the call of `l` is about. */
int pipe_flags(const struct sim *s, const struct look *l, enum desc_kind end);
/* There is nothing to do here yet: it sleeps, or goes back to the tail. */
void pipe_sleep(struct sim *s, const struct look *l, enum wait_kind wait,
                int64_t done);
/* The call is over; a sleeper becomes ready. */
void pipe_finish(struct sim *s, const struct look *l, int64_t ret,
                 enum errno_name error);

/* Who finds something left over is told of whoever put it there. */
struct event pipe_data_came(struct event why, int by, int64_t bytes);
struct event pipe_room_came(struct event why);

/* What a write has to write, or some of it: where it lies among the payloads.
 */
struct piece {
    size_t at, length;
};

/* pipe_write.c: all of it; one look of a writer, and whether its call is
 * over. */
struct piece pipe_text(struct sim *s, int proc);
bool pipe_write_once(struct sim *s, const struct look *l, struct piece text);

/* pipe_room.c. How many pages a new pipe gets; F_SETPIPE_SZ. */
int64_t pipe_new_slots(const struct sim *s);
void pipe_resize(struct sim *s, int proc, int pipe, int64_t size);

/* descriptor.c. The lowest free descriptor from `from` on, NONE: there is none.
 * A new description; a number for a new pipe; a variable gets its value. */
int fd_free(const struct sim *s, int proc, int from);
void fd_set_to(struct sim *s, int proc, int fd, int desc, bool cloexec);
int desc_new(struct sim *s, enum desc_kind kind, int object, int flags);
int pipe_new(const struct sim *s);
void var_set(struct sim *s, int proc, int64_t var, int64_t value);

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
