/* Between msgq.c and msgq_line.c. */
#ifndef TIMESLICE_MECH_MSGQ_H
#define TIMESLICE_MECH_MSGQ_H

#include "sim/mech/wakeups.h"

enum {
    MSG_BYTES_MAX = 8192, /* MSGMAX */
    QUEUE_BYTES = 16384   /* MSGMNB: of a new queue, and the most there may be */
};

/* How msgrcv chooses a message. */
enum search {
    SEARCH_ANY,
    SEARCH_EQUAL,
    SEARCH_NOT_EQUAL,
    SEARCH_LOWEST, /* the lowest type up to a bound */
    SEARCH_NUMBER  /* MSG_COPY: the n-th, from 0 */
};

/* A msgrcv, as its op says it. */
struct wanted {
    enum search search;
    int64_t type; /* or the number */
    int64_t size; /* of the buffer */
    bool cut;     /* MSG_NOERROR */
    bool nowait, copy;
};

/* A message on its way: its text is a payload. */
struct letter {
    int64_t type;
    int32_t text, sender;
    int64_t length;
};

struct wanted msgq_wanted(const struct sim *s, int proc);
struct letter msgq_letter(struct sim *s, int proc);

/* Whether somebody who waits wants a message of this type. */
bool msgq_matches(const struct wanted *want, int64_t type);

/* The place of the message that is taken, NONE: there is none. */
int msgq_find(const struct sim *s, int queue, const struct wanted *want);

/* Whether `length` more bytes in one more message fit into the queue. */
bool msgq_fits(const struct sim *s, int queue, int64_t length);

/* One look of a sender or a receiver at its queue, the first or a later one;
 * it is told `why` if that ends its call. Whom it wakes goes to `u`. */
void msgq_send(struct sim *s, int queue, struct woken who);
void msgq_receive(struct sim *s, int queue, struct woken who,
                  struct wakeups *u);

/* The senders that would fit now, each by itself, are woken. */
void msgq_wake_senders(const struct sim *s, int queue, struct event why,
                       struct wakeups *u);

/* Lets those who were woken look until nobody is left, and frees `u`. */
void msgq_settle(struct sim *s, int queue, struct wakeups *u);

#endif
