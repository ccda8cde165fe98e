/* t3022: who is taken over by another CPU's queue.
 *
 * Virtual times go on in each queue for itself, so what a process brings along
 * is its distance from the others, not its number. */
#include "sim/model/figure.h"
#include "tests/run.h"
#include "tests/test.h"

/* X and A share CPU 0 and come to 500 each while S alone comes to 1000 on CPU 1
 * and falls asleep. CPU 1 takes one of them; S comes back ten ticks later. */
static struct run run_thief(const char *scheduler)
{
    struct str text = {0};
    str_addf(&text,
             "{'timeslice': 1, 'title': 't', 'machine': {'cpus': 2}, "
             "'scheduler': {%s, 'queues': 'per-cpu', 'steal': true}, "
             "'processes': [{'name': 'X', 'bursts': [9000]}, "
             "{'name': 'S', 'bursts': [1000, 10, 50]}, "
             "{'name': 'A', 'arrival': 1, 'bursts': [9000]}]}", scheduler);
    struct run r = run_quoted(str_text(&text), 3000);
    str_free(&text);
    return r;
}

static int stolen(const struct run *r)
{
    for (size_t i = 0; i < r->trace->count; i++)
        if (trace_at(r->trace, i)->kind == EV_MIGRATE)
            return (int)i;
    return NONE;
}

TEST("who comes back shares with the one that was taken meanwhile")
{
    static const char *const fair[] = {
        "'policy': 'cfs'", "'policy': 'stride', 'quantum': 4",
        "'policy': 'eevdf'"};
    for (size_t i = 0; i < sizeof fair / sizeof *fair; i++) {
        struct run r = run_thief(fair[i]);
        NEED(r.sim);
        test_case("%s", fair[i]);
        EXPECT(stolen(&r) != NONE);
        /* 50 ticks at half the speed, and two slices. */
        EXPECT(r.world->proc[1].finish >= 1060);
        EXPECT(r.world->proc[1].finish <= 1010 + 100 + 2 * 24);
        run_free(&r);
    }
}

/* cfs: X runs on CPU 0 and is the least; A is ahead of it by what it is there. */
TEST("it is as far ahead of the least as it was in the queue that it left")
{
    struct run r = run_thief("'policy': 'cfs'");
    NEED(r.sim && stolen(&r) != NONE);
    struct world w = {0};
    world_init(&w, r.scenario);
    int at = stolen(&r), proc = trace_at(r.trace, (size_t)at)->proc;
    int64_t ahead = 0, clock = 0;
    for (int i = 0; i < at; i++) {
        const struct event *e = trace_at(r.trace, (size_t)i);
        if (e->kind == EV_FIGURE && e->proc == proc && e->t == 1000) {
            int other = proc == 0 ? 2 : 0;
            int64_t own = world_vruntime(&w, proc, e->t);
            int64_t least = world_vruntime(&w, other, e->t);
            ahead = own - (own < least ? own : least);
            clock = w.group[1].clock;
        }
        world_apply(&w, r.trace, e);
    }
    EXPECT_EQ_INT(clock, 1000 * world_one(&w));
    EXPECT_EQ_INT(world_figure(&w, proc, CFS_VRUNTIME), clock + ahead);
    world_free(&w);
    run_free(&r);
}

TEST("the lottery draws once, of the tickets in the queue that it takes from")
{
    struct run r = run_quoted(
        "{'timeslice': 1, 'title': 't', 'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'lottery', 'quantum': 4, 'queues': 'per-cpu', "
        "'steal': true}, 'processes': ["
        "{'name': 'A', 'tickets': 5, 'bursts': [100]}, "
        "{'name': 'B', 'tickets': 7, 'bursts': [4]}, "
        "{'name': 'Y', 'bursts': [2], 'affinity': [1]}, "
        "{'name': 'Z', 'bursts': [2], 'affinity': [1]}, "
        "{'name': 'D', 'tickets': 13, 'bursts': [100]}, "
        "{'name': 'E', 'tickets': 17, 'bursts': [100]}]}", 8);
    NEED(r.sim);
    int draws = 0, at = stolen(&r);
    NEED(at > 0);
    const struct event *move = trace_at(r.trace, (size_t)at);
    const struct event *draw = trace_at(r.trace, (size_t)at - 1);
    EXPECT_EQ_INT(draw->kind, EV_DRAW);
    EXPECT_EQ_INT(draw->proc, move->proc);
    /* A, D and E but for the one that runs. */
    int on = r.world->cpu[0].proc, all = 5 + 13 + 17;
    int runs = on == 0 ? 5 : on == 4 ? 13 : 17;
    EXPECT_EQ_INT(draw->aux, all - runs);
    for (size_t i = 0; i < r.trace->count; i++) {
        const struct event *e = trace_at(r.trace, i);
        draws += e->kind == EV_DRAW && e->t == move->t &&
                 e->proc == move->proc;
    }
    EXPECT_EQ_INT(draws, 1);
    run_free(&r);
}
