/* vary.c: the same scenario under another scheduler.
 *
 * In the window a run may go on under another policy or quantum from any moment
 * on. The file is read once more with that put over it, so every rule for a
 * `scheduler` holds here, too; its scheduler is then one more that the scenario
 * has, and the rest is thrown away. */
#include "sim/scenario/scenario.h"

#include <string.h>

static const int64_t *kept_draws(struct scenario *sc, const struct scheduler *s)
{
    size_t bytes = (size_t)s->draw_count * sizeof *s->draws;
    int64_t *draws = arena_alloc(&sc->arena, bytes);
    if (bytes)
        memcpy(draws, s->draws, bytes);
    return draws;
}

tick scheduler_quantum(const struct scheduler *s)
{
    return s->name == POLICY_mlfq    ? s->level[0].quantum
           : s->name == POLICY_eevdf ? s->slice
                                     : s->quantum;
}

int scenario_vary(struct scenario *sc, const char *text, size_t length,
                  const struct override *overrides, int override_count,
                  struct diag *d)
{
    struct scenario *other = scenario_read(sc->path, text, length, overrides,
                                           override_count, d);
    if (!other)
        return 0;
    struct scheduler s = other->scheduler;
    s.draws = kept_draws(sc, &s);
    s.per_cpu = sc->scheduler.per_cpu; /* the queues themselves stay */
    scenario_free(other);
    size_t n = (size_t)sc->later_count;
    struct scheduler *all = arena_alloc(&sc->arena, (n + 1) * sizeof *all);
    if (n)
        memcpy(all, sc->later, n * sizeof *all);
    all[n] = s;
    sc->later = all;
    return ++sc->later_count;
}
