/* state.c: the state table, and what its states and arrows are called.
 *
 * A cell holds the state it leads to plus one, so that a cell nobody wrote
 * (zero) means "forbidden" although NEW is the state number zero. */
#include "sim/model/state.h"

#include "sim/base/promises.h"

#define TO(state) ((state) + 1)

const uint8_t state_table[STATE_COUNT][TRANSITION_COUNT] = {
    [NEW] = {[T_ADMIT] = TO(READY), [T_KILL] = TO(TERMINATED)},
    [READY] = {[T_DISPATCH] = TO(RUNNING),
               [T_SUSPEND] = TO(READY_SUSPENDED),
               [T_KILL] = TO(TERMINATED)},
    [RUNNING] = {[T_SLICE_OVER] = TO(READY),
                 [T_PREEMPT] = TO(READY),
                 [T_YIELD] = TO(READY),
                 [T_BLOCK] = TO(BLOCKED),
                 [T_EXIT] = TO(TERMINATED),
                 [T_KILL] = TO(TERMINATED),
                 [T_SUSPEND] = TO(READY_SUSPENDED)},
    [BLOCKED] = {[T_WAKE] = TO(READY),
                 [T_SUSPEND] = TO(BLOCKED_SUSPENDED),
                 [T_KILL] = TO(TERMINATED)},
    [READY_SUSPENDED] = {[T_ACTIVATE] = TO(READY),
                         [T_RESLEEP] = TO(BLOCKED),
                         [T_KILL] = TO(TERMINATED)},
    [BLOCKED_SUSPENDED] = {[T_ACTIVATE] = TO(BLOCKED),
                           [T_WAKE] = TO(READY_SUSPENDED),
                           [T_KILL] = TO(TERMINATED)},
    /* nothing leads out of TERMINATED */
};

static const struct {
    const char *name;
    enum word title;
} states[STATE_COUNT] = {
    [NEW] = {"new", W_STATE_NEW},
    [READY] = {"ready", W_STATE_READY},
    [RUNNING] = {"running", W_STATE_RUNNING},
    [BLOCKED] = {"blocked", W_STATE_BLOCKED},
    [TERMINATED] = {"terminated", W_STATE_TERMINATED},
    [READY_SUSPENDED] = {"ready-suspended", W_STATE_READY_SUSPENDED},
    [BLOCKED_SUSPENDED] = {"blocked-suspended", W_STATE_BLOCKED_SUSPENDED},
};

static const struct {
    const char *name;
    enum word title;
} arrows[TRANSITION_COUNT] = {
    [T_ADMIT] = {"admit", W_ARROW_ADMIT},
    [T_DISPATCH] = {"dispatch", W_ARROW_DISPATCH},
    [T_SLICE_OVER] = {"slice over", W_ARROW_SLICE_OVER},
    [T_PREEMPT] = {"preempt", W_ARROW_PREEMPT},
    [T_YIELD] = {"yield", W_ARROW_YIELD},
    [T_BLOCK] = {"wait", W_ARROW_BLOCK},
    [T_WAKE] = {"wake up", W_ARROW_WAKE},
    [T_EXIT] = {"exit", W_ARROW_EXIT},
    [T_KILL] = {"kill", W_ARROW_KILL},
    [T_SUSPEND] = {"suspend", W_ARROW_SUSPEND},
    [T_ACTIVATE] = {"activate", W_ARROW_ACTIVATE},
    [T_RESLEEP] = {"wait again", W_ARROW_RESLEEP},
};

const char *state_name(enum state s)
{
    require((int)s >= 0 && s < STATE_COUNT);
    return states[s].name;
}

const char *transition_name(enum transition t)
{
    require((int)t >= 0 && t < TRANSITION_COUNT);
    return arrows[t].name;
}

const char *state_title(enum state s, enum lang lang)
{
    require((int)s >= 0 && s < STATE_COUNT);
    return word(states[s].title, lang);
}

const char *transition_title(enum transition t, enum lang lang)
{
    require((int)t >= 0 && t < TRANSITION_COUNT);
    return word(arrows[t].title, lang);
}
