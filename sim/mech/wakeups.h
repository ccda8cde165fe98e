/* Those who have been woken and have not looked yet.
 *
 * A sleeper that is woken does not get what it waited for: it gets another look,
 * and whoever looks first may take what all of them were woken for. So a wake-up
 * is a place in this list, and what comes of it is found out one look at a time.
 * Which of several looks first is Linux's to choose (race.c). */
#ifndef TIMESLICE_WAKEUPS_H
#define TIMESLICE_WAKEUPS_H

#include "sim/engine/engine.h"

struct woken {
    int proc;
    struct event why; /* what it is told if the look ends its call */
};

/* First come first. Begins as {0}; wakeups_free gives its memory back. */
struct wakeups {
    struct woken *list;
    size_t first, count, room;
};

bool wakeups_has(const struct wakeups *u, int proc);
void wakeups_add(struct wakeups *u, int proc, struct event why);

/* The next one to look, taken off the list; one of those still asleep (who is
 * not has looked already). If several are left and `kind` is not RACE_NONE,
 * Linux chooses, and a CHOICE event says what. Returns false when nobody is
 * left. */
bool wakeups_next(struct sim *s, struct wakeups *u, enum race_kind kind,
                  int obj, struct woken *next);

void wakeups_free(struct wakeups *u);

#endif
