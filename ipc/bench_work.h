/* What the two processes of bench-ipc do, once the lanes between them exist. */
#ifndef TIMESLICE_BENCH_WORK_H
#define TIMESLICE_BENCH_WORK_H

#include "ipc/bench_lane.h"

/* For one figure. Times are nanoseconds. */
struct bench_work {
    struct lane lanes[2]; /* there and back */
    int64_t warm_ns;      /* before anything counts */
    int rounds;           /* of throughput; the median is taken; 0: none */
    int64_t round_ns;     /* each of them at least */
    int64_t echo_ns;      /* of ping-pong */
    bool spoil;           /* for tests: one byte of one message is altered */
    int done[2];          /* pipe: the receiver says that a round is over */
    int report;           /* where the one report goes */
};

enum bench_outcome {
    BENCH_WELL,
    BENCH_CALL, /* `call` failed with `error` */
    BENCH_WRONG /* message number `message` came as another one */
};

/* The result of one figure, in one write. */
struct bench_report {
    enum bench_outcome outcome;
    char call[16];
    int error;
    int64_t message;
    double rate;          /* MiB a second */
    double latency, late; /* µs */
};

/* The sender: measures, reports, and then waits to be killed. */
_Noreturn void bench_send(struct bench_work *w);

/* The receiver: reads and answers until it is killed; reports only what went
 * wrong. */
_Noreturn void bench_receive(struct bench_work *w);

#endif
