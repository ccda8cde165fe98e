/* replay_bench.c: how long it takes to go to any moment of a trace.
 *
 * A million events of a small lesson (two processes, a pipe). The goal is at
 * most 16 ms, one frame of the window, for the worst of many jumps; the first
 * jump to the end of a trace that nobody has read yet reads all of it, unless
 * the run has offered its own worlds on the way. */
#define _POSIX_C_SOURCE 200809L
#include "sim/model/replay.h"
#include "tests/story_turns.h"

#include <stdio.h>
#include <time.h>

enum { EVENTS = 1000000, JUMPS = 2000 };

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double seek_time(struct replay *r, size_t position)
{
    double before = milliseconds();
    replay_seek(r, position);
    return milliseconds() - before;
}

static void jump_about(struct replay *r, uint64_t *dice)
{
    double worst = 0, sum = 0;
    for (int i = 0; i < JUMPS; i++) {
        double ms = seek_time(r, (size_t)rng_below(dice, EVENTS));
        worst = ms > worst ? ms : worst;
        sum += ms;
    }
    printf("a jump, mean of %d        %8.3f ms\n", JUMPS, sum / JUMPS);
    printf("a jump, worst             %8.3f ms\n", worst);
    worst = 0;
    for (size_t p = EVENTS; p > EVENTS - JUMPS; p--) {
        double ms = seek_time(r, p - 1);
        worst = ms > worst ? ms : worst;
    }
    printf("one event back, worst     %8.3f ms\n", worst);
}

int main(void)
{
    static struct story st;
    struct replay r, offered;
    uint64_t dice = 1;
    begin_turns(&st);
    replay_init(&offered, &st.sc, &st.tr);
    for (size_t i = 1; i <= 100; i++) {
        tell_turns(&st, i * (EVENTS / 100), &dice);
        replay_offer(&offered, &st.w);
    }
    replay_init(&r, &st.sc, &st.tr);
    printf("%zu events, a world of %zu bytes\n", st.tr.count, st.w.bytes);
    printf("first jump to the end     %8.3f ms\n", seek_time(&r, EVENTS));
    printf("… with worlds offered     %8.3f ms\n",
           seek_time(&offered, EVENTS));
    jump_about(&r, &dice);
    printf("%zu keyframes, %zu events apart, %.1f MiB\n", r.count, r.apart,
           (double)r.bytes / (1 << 20));
    replay_free(&r);
    replay_free(&offered);
    story_end(&st);
    return 0;
}
