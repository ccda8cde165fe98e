/* stretch.c: how long a program computes before it may sleep.
 *
 * The shortest-job policies know the length of the next CPU burst. A program
 * says it: the ticks of its ops up to the first that may put the process to
 * sleep, that one's own ticks included. What lies inside a loop counts once for
 * each round, so the sum is made once, here, from the end backwards; the rest
 * (in which round a process is) is added by world_burst. */
#include "sim/scenario/ops.h"
#include "sim/scenario/scenario.h"

#include "sim/base/wide.h"

static const bool may_sleep[OP_COUNT] = {
    [OP_sleep] = true,  [OP_until] = true,  [OP_io] = true,
    [OP_pause] = true,  [OP_wait] = true,   [OP_read] = true,
    [OP_write] = true,  [OP_open] = true,   [OP_msgsnd] = true,
    [OP_msgrcv] = true, [OP_semop] = true,  [OP_P] = true,
    [OP_exit] = true, /* there is nothing behind it either */
};

bool op_may_sleep(enum verb verb)
{
    return may_sleep[verb];
}

static tick times(tick a, int64_t n)
{
    int64_t product = clamped_product(a, n);
    return product > TICK_MAX ? TICK_MAX : product;
}

static void set(struct op *op, tick stretch, bool sleeps)
{
    op->stretch = stretch;
    op->stretch_sleeps = sleeps;
}

/* All rounds of the repeat at `op`, and what is behind it. */
static void measure_repeat(struct op *op, const struct op *body,
                           const struct op *behind)
{
    int64_t rounds = op_arg(op, KEY_repeat);
    if (body->stretch_sleeps)
        set(op, body->stretch, true);
    else if (rounds == ARG_FOREVER)
        set(op, TICK_MAX, true);
    else
        set(op, ticks_sum(times(body->stretch, rounds), behind->stretch),
            behind->stretch_sleeps);
}

static void measure_op(struct op *ops, int32_t i)
{
    struct op *op = &ops[i];
    bool has_body = op->verb != OP_end && op->end > i;
    const struct op *behind = &ops[has_body ? op->end + 1 : i + 1];
    enum op_time time = (enum op_time)op_about((enum verb)op->verb)->time;
    tick own = time == TIME_WORK ? op_arg(op, KEY_cpu)
               : time == TIME_TIMED ? op->cost
                                    : 0;
    if (op->verb == OP_end)
        set(op, 0, op->end < 0);
    else if (op->verb == OP_repeat)
        measure_repeat(op, &ops[i + 1], behind);
    else if (may_sleep[op->verb])
        set(op, own, true);
    else
        set(op, ticks_sum(own, behind->stretch), behind->stretch_sleeps);
}

void scenario_measure(const struct process_def *defs, int count,
                      struct op *ops)
{
    for (int p = 0; p < count; p++) {
        int32_t loops = 0;
        for (int32_t i = defs[p].first; i <= defs[p].end; i++)
            if (ops[i].verb == OP_repeat)
                ops[i].loop = loops++;
        for (int32_t i = defs[p].end; i >= defs[p].first; i--)
            measure_op(ops, i);
    }
}
