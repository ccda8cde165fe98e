/* bench-ipc's measuring, apart from whoever looks at it.
 *
 * A process of its own measures (the runner); it forks a sender and a receiver
 * for each figure, and sends each figure over a pipe as soon as it has it. So
 * a window can show them while they come, never forks itself, and must start
 * the runner before it opens.
 *
 * Nothing is left behind. The runner sleeps while the others measure, so it
 * sees at once when whoever started it is gone, however: it then removes what
 * it has made and ends, and its children die with it. If the runner itself is
 * killed, bench_next removes what is left. Ctrl+C on a terminal ends the
 * caller only; the rest follows from that. */
#ifndef TIMESLICE_BENCH_H
#define TIMESLICE_BENCH_H

#include "sim/base/figures.h"

#include <stdbool.h>
#include <sys/types.h>

enum { BENCH_SIZE_LEAST = 16, BENCH_SIZE_MOST = 1 << 24 /* bytes */ };

struct bench_settings {
    struct figures plan; /* pin, ways and sizes; nothing is known */
    bool quick;          /* coarser, within 3 s for the usual sizes */
    enum way spoil;      /* for tests: a byte of its messages is altered;
                            WAY_COUNT: none */
};

enum bench_news {
    BENCH_NOTHING, /* yet */
    BENCH_FIGURE,  /* one more is known */
    BENCH_OVER,    /* all are */
    BENCH_TROUBLE  /* the run is over, see `trouble` */
};

enum bench_trouble_kind {
    BENCH_NO_CALL, /* `call` failed with `error` */
    BENCH_SPOILED, /* a message came as another than was sent */
    BENCH_SILENT,  /* sender or receiver died, or never came to an end */
    BENCH_LOST     /* the runner is gone */
};

struct bench_trouble {
    enum bench_trouble_kind kind;
    enum way way;
    int64_t size;
    char call[16];
    int error;
};

struct bench;

/* How many CPUs this process may use: `apart` needs two. */
int bench_cpus(void);

/* Starts the runner, which waits. NULL, with errno: it could not be. */
struct bench *bench_start(const struct bench_settings *s);

/* Lets it measure everything, once. Not again before BENCH_OVER. */
void bench_measure(struct bench *b);

/* Readable when bench_next has something to say. */
int bench_descriptor(const struct bench *b);

/* What is new; with `wait` never BENCH_NOTHING. A figure is put into `f`. */
enum bench_news bench_next(struct bench *b, bool wait, struct figures *f,
                           struct bench_trouble *trouble);

/* Ends the runner, whatever it does, and waits until all is removed. */
void bench_stop(struct bench *b);

#endif
