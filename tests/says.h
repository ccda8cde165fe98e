/* What the why line says of a run, held against sentences written by hand.
 *
 * A case is a tiny scenario and some of its sentences, in their order, each in
 * both languages. What stands between them is not looked at. */
#ifndef TIMESLICE_TESTS_SAYS_H
#define TIMESLICE_TESTS_SAYS_H

#include "sim/model/explain.h"
#include "tests/run.h"
#include "tests/test.h"

struct said {
    const char *en, *zh;
};

/* Goes through `scenario` (with ' for ") step by step. The next sentence of
 * the list is looked for in English; the Chinese one must be the step's. */
static inline void expect_says(const char *scenario, const struct said *want,
                               size_t count)
{
    struct run r = run_quoted(scenario, 1000);
    NEED(r.sim);
    struct world w = {0};
    world_init(&w, r.scenario);
    size_t found = 0;
    for (size_t p = 0; p < r.trace->count && found < count;) {
        for (size_t to = trace_step_after(r.trace, p); p < to; p++)
            world_apply(&w, r.trace, trace_at(r.trace, p));
        struct str en = {0}, zh = {0};
        explain_step(&w, r.trace, p, LANG_EN, &en);
        explain_step(&w, r.trace, p, LANG_ZH, &zh);
        if (strcmp(str_text(&en), want[found].en) == 0) {
            EXPECT_EQ_STR(str_text(&zh), want[found].zh);
            found++;
        }
        str_free(&en);
        str_free(&zh);
    }
    if (found < count) {
        test_case("never said: %s", want[found].en);
        EXPECT(found == count);
    }
    world_free(&w);
    run_free(&r);
}

#define EXPECT_SAYS(scenario, ...)                                             \
    do {                                                                       \
        const struct said says_[] = {__VA_ARGS__};                             \
        expect_says(scenario, says_, sizeof says_ / sizeof *says_);            \
    } while (0)

#endif
