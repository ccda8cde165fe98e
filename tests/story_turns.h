/* A long story: two processes take turns on a CPU and at a pipe. For tests and
 * benches that want many events of a real shape and nobody's decisions. */
#ifndef TIMESLICE_TESTS_STORY_TURNS_H
#define TIMESLICE_TESTS_STORY_TURNS_H

#include "sim/base/rng.h"
#include "tests/story.h"

/* One turn of a process: it gets the CPU, puts bytes in or takes some out,
 * and its slice ends. */
static inline void take_turn(struct story *st, tick t, int proc,
                             uint64_t *dice)
{
    story_dispatch(st, t, proc, 0, 3);
    story_var(st, t + 1, proc, VAR_I, (int64_t)rng_below(dice, 1000));
    int64_t bytes = st->w.pipe[0].bytes;
    int length = 1 + (int)rng_below(dice, 700);
    if (st->w.pipe[0].used < PIPE_SLOTS && rng_below(dice, 2)) {
        story_put(st, t + 1, proc, length);
        story_op(st, t + 2, proc, DO_WRITE, length, E_OK);
    } else if (bytes > 0) {
        length = length < bytes ? length : (int)bytes;
        story_get(st, t + 2, proc, length);
        story_op(st, t + 2, proc, DO_READ, length, E_OK);
    }
    story_move(st, t + 3, proc, T_SLICE_OVER, WHY_SLICE_OVER, 1, 3);
}

static inline void begin_turns(struct story *st)
{
    story_begin(st, (struct machine){.cpus = 1});
    story_create(st, 0, 0, INIT_PROC);
    story_admit(st, 0, 0);
    story_dispatch(st, 0, 0, 0, 3);
    story_pipe(st, 0, 0);
    story_create(st, 0, 1, 0);
    story_admit(st, 0, 1);
    story_move(st, 0, 0, T_SLICE_OVER, WHY_SLICE_OVER, 1, 3);
}

/* Goes on until the trace has `events`. */
static inline void tell_turns(struct story *st, size_t events, uint64_t *dice)
{
    tick t = st->w.head->now;
    for (int proc = 1; st->tr.count < events; proc = !proc, t += 3)
        take_turn(st, t, proc, dice);
}

#endif
