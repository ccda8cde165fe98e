/* steps.c: how fine the figures of a scheduler are.
 *
 * Figures that are no whole numbers are kept as whole numbers of steps. The
 * finer these, the sooner 63 bits are used up. */
#include "sim/scenario/scenario.h"

static tick longer(tick a, tick b)
{
    return a > b ? a : b;
}

/* The longest burst that somebody may need or be thought to need. */
static tick longest_burst(const struct scenario *sc)
{
    tick longest = sc->scheduler.initial;
    for (int i = 0; i < sc->op_count; i++)
        longest = longer(longest, sc->ops[i].stretch);
    return longest;
}

/* What the policy adds up, and how many bits that may take: bursts stand for
 * themselves, virtual times grow by a slice again and again,
 * up to 68 times as much for who weighs least. */
int scenario_fraction_bits(const struct scenario *sc)
{
    const struct scheduler *s = &sc->scheduler;
    bool bursts = s->name == POLICY_sjf || s->name == POLICY_srtf;
    tick longest = bursts               ? longest_burst(sc)
                   : s->name == POLICY_cfs
                       ? longer(s->latency, s->min_granularity)
                   : s->name == POLICY_eevdf ? s->slice
                                             : 0;
    int most = bursts ? 60 : 28, bits = FRACTION_BITS_MOST;
    while (bits > 0 && longest > INT64_C(1) << (most - bits))
        bits--;
    return bits;
}

/* ---- stride ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* A pass grows by a stride for each quantum: 35 bits for the longest stride leave
 * room for hundreds of millions of them. */
static const int64_t STRIDE_MOST = INT64_C(1) << 35;
enum { STEPS_MOST = 1 << 14 }; /* more than tickets, so that they tell strides */

/* The least number of steps in which each stride is whole, if there is one; 0. */
static int64_t exact_steps(const struct scenario *sc, int64_t most)
{
    int64_t steps = 1;
    for (int i = 0; i < sc->process_count && steps <= most; i++) {
        int64_t tickets = sc->processes[i].tickets;
        int64_t all = STRIDE_OF_ONE_TICKET * steps;
        steps *= tickets / common_divisor(all, tickets);
    }
    return steps <= most ? steps : 0;
}

static int64_t quantum_of(const struct scenario *sc)
{
    return sc->scheduler.quantum > 0 ? sc->scheduler.quantum : 1;
}

/* The most steps that a quantum may have. */
static int64_t steps_of_quantum(const struct scenario *sc)
{
    int64_t least = STRIDE_OF_ONE_TICKET;
    for (int i = 0; i < sc->process_count; i++)
        if (sc->processes[i].tickets < least)
            least = sc->processes[i].tickets;
    return STRIDE_MOST / STRIDE_OF_ONE_TICKET * least;
}

int64_t scenario_pass_ticks(const struct scenario *sc)
{
    int64_t most = steps_of_quantum(sc);
    return (quantum_of(sc) + most - 1) / most;
}

int64_t scenario_pass_steps(const struct scenario *sc)
{
    int64_t most = steps_of_quantum(sc) / quantum_of(sc);
    int64_t steps = exact_steps(sc, most ? most : 1);
    if (steps)
        return steps;
    return most > STEPS_MOST ? STEPS_MOST : most ? most : 1;
}
