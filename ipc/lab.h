/* The lab: real processes that do what the model has decided, one step at a
 * time.
 *
 * The engine calls the lab's kernel (sim/sim.h) after each step. The lab tells
 * one real child to make the real call, waits until everything that the model
 * says has really happened (somebody returned, fell asleep, died, was
 * stopped), and reports what the kernel said and showed. It never guesses with
 * time-outs: a bound of some seconds only turns a hang into a complaint.
 *
 * The process that opens a lab plays `init`: it starts the unrelated
 * processes, gets the orphans and reaps them. It must be single-threaded, and
 * it is pinned to the CPU it is on, together with all children (a wake-up on
 * the same CPU is ten times cheaper). One lab at a time.
 *
 * Nothing is left behind: when that process ends, in whatever way, the kernel
 * kills all children (lab.c). */
#ifndef TIMESLICE_LAB_H
#define TIMESLICE_LAB_H

#include "sim/sim.h"

struct lab;

/* Opens a lab for a run of `sc`, which must outlive it. Returns NULL when
 * this machine does not allow one; `*why` then says so in an English
 * sentence. */
struct lab *lab_set_up(const struct scenario *sc, const char **why);

/* The lab and the children it will have may use all CPUs again: slower, but
 * they really run at once, and races have other winners. For fuzzing. */
void lab_spread(void);

/* From now on it looks into pipes after every step, however fast they come, and
 * not only once in a while: what differs then differs every time. */
void lab_look_closely(struct lab *lab);

/* What sim_set_kernel takes; valid as long as the lab. */
const struct kernel *lab_kernel(struct lab *lab);

/* What was seen of the real processes between two steps; the lab's own, until
 * it is asked for anything else. */
struct lab_seen {
    const struct event *evidence;
    int count;
};

/* The clock plays: the real processes that are running and computing in `w`
 * compute. lab_still makes them wait again; a step does so by itself. */
struct lab_seen lab_play(struct lab *lab, const struct world *w);
struct lab_seen lab_still(struct lab *lab);

/* Nothing will be asked of the lab for a while: it then costs nothing. (While
 * it works it has ITIMER_REAL tick, so that no wait is for ever.) */
void lab_rest(struct lab *lab);

/* NULL, or why the lab has given up in the middle of a run. */
const char *lab_lost(const struct lab *lab);

/* How many of its processes there are, zombies included. */
int lab_alive(const struct lab *lab);

/* Ends all children and gives everything back. */
void lab_tear_down(struct lab *lab);

#endif
