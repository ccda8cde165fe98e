/* loops.c: a loop that comes round without using time would never let the
 * clock go on, so it is refused when it is read.
 *
 * Time is surely used by an op that costs CPU time, by `sleep` and by `io`.
 * `until` may be in the past, and a call that may sleep need not. */
#include "sim/scenario/load.h"

/* Whether the op at `i` itself uses a tick whatever happens. */
static bool uses_time(const struct op *op)
{
    if (op->cost > 0 || op->verb == OP_cpu || op->verb == OP_io)
        return true;
    return op->verb == OP_sleep && op->arg[0] > 0;
}

/* Whether going through the ops behind `i` to their OP_end uses time. With
 * `may_leave`, also when a `break` leaves them on the way. */
static bool way_uses_time(const struct op *ops, int32_t i, bool may_leave)
{
    for (i++; ops[i].verb != OP_end; i++) {
        const struct op *op = &ops[i];
        if (uses_time(op))
            return true;
        if (op->verb == OP_exit)
            return true; /* it does not come round at all */
        if (may_leave && op->verb == OP_read &&
            op_arg(op, KEY_at_eof) != ARG_ABSENT)
            return false;
        if (op->verb == OP_repeat && op->end >= 0 &&
            way_uses_time(ops, i, true))
            return true;
        if (op->end >= 0)
            i = op->end;
    }
    return false;
}

void check_loops(struct loader *l)
{
    for (size_t i = 0; i < l->ops.count; i++) {
        const struct op *op = &l->ops.at[i];
        if (op->verb != OP_repeat || op->end < 0 ||
            way_uses_time(l->ops.at, (int32_t)i, false))
            continue;
        json_complain(&l->json, l->op_nodes.at[i], SAID(LOOP_TIMELESS));
    }
}
