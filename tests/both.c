#include "tests/both.h"

#include "ipc/lab.h"
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

static void expect_agreement(const struct run *r)
{
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        size_t length;
        if (e->kind != EV_DIVERGE)
            continue;
        struct str said = {0};
        const unsigned char *p = trace_payload(r->trace, e->obj, &length);
        str_addf(&said, "t %lld, process %d, op %d: %.*s", (long long)e->t,
                 e->proc + 1, e->aux, (int)length, (const char *)p);
        EXPECT_EQ_STR(said.text, "");
        str_free(&said);
        return;
    }
    EXPECT(r->world->head->confirmed > 0);
}

static void go_live(struct run *r, tick until, const char *plant)
{
    const char *why = "";
    struct lab *lab = lab_set_up(r->scenario, &why);
    EXPECT_EQ_STR(why ? why : "", "");
    if (!lab)
        return;
    r->sim = sim_new(r->scenario);
    sim_plant(r->sim, plant);
    sim_set_kernel(r->sim, lab_kernel(lab));
    if (sim_advance(r->sim, until, 0))
        sim_stop_until(r->sim, until);
    lab_tear_down(lab);
    r->world = sim_world(r->sim);
    r->trace = sim_trace(r->sim);
    if (!plant)
        expect_agreement(r);
    else
        EXPECT(r->world->head->diverged > 0);
}

struct run run_both(const char *text, tick until, const char *plant)
{
    struct run r = run_quoted(text, 0);
    sim_free(r.sim);
    r.sim = NULL;
    if (r.scenario)
        go_live(&r, until, plant);
    return r;
}

void expect_both(const char *text, const char *returns)
{
    struct run r = run_both(text, 10000, NULL);
    while (r.sim && *returns) {
        char name[64], want[1024];
        size_t n = strcspn(returns, ":"), m = strcspn(returns + n, ";");
        snprintf(name, sizeof name, "%.*s", (int)n, returns);
        returns += n + 2;
        snprintf(want, sizeof want, "%.*s", (int)m - 2, returns);
        EXPECT_EQ_STR(run_returns(&r, name), want);
        returns += m - 2;
        returns += strspn(returns, "; ");
    }
    run_free(&r);
}
