/* outcome.c: one scenario, carried out by model and kernel, once. */
#include "tests/differ/differ.h"

#include "ipc/lab.h"

#include <string.h>

bool outcome_spread, outcome_closely;

enum { UNTIL = 300 /* ticks: whoever waits then waits for ever */ };

static struct scenario *load_it(const char *text, struct outcome *o)
{
    struct diag d = {.file = "scenario"};
    struct scenario *sc =
        scenario_read("scenario", text, strlen(text), NULL, 0, &d);
    o->loaded = sc;
    if (!sc)
        diag_write(&d, &o->said);
    diag_free(&d);
    return sc;
}

static void note_difference(const struct sim *s, const struct event *e,
                            struct outcome *o)
{
    size_t length;
    const unsigned char *p = trace_payload(sim_trace(s), e->obj, &length);
    if (!o->differs)
        str_addf(&o->said, "t %lld, process %d: %.*s", (long long)e->t,
                 e->proc + 1, (int)length, (const char *)p);
    o->differs = true;
}

static void look_through(const struct sim *s, struct outcome *o)
{
    const struct trace *tr = sim_trace(s);
    for (size_t i = 0; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        o->choices += e->kind == EV_CHOICE;
        if (e->kind == EV_DIVERGE)
            note_difference(s, e, o);
    }
    o->steps = sim_world(s)->head->confirmed;
    memcpy(o->obeyed, sim_obeyed(s), sizeof o->obeyed);
}

void outcome_of(const char *text, const char *plant, struct outcome *o)
{
    const char *why = NULL;
    struct scenario *sc = load_it(text, o);
    struct lab *lab = sc ? lab_set_up(sc, &why) : NULL;
    o->lab = lab;
    if (sc && !lab)
        str_add(&o->said, why);
    if (lab && outcome_spread)
        lab_spread();
    if (lab && outcome_closely)
        lab_look_closely(lab);
    if (lab) {
        struct sim *s = sim_new(sc);
        sim_plant(s, plant);
        sim_set_kernel(s, lab_kernel(lab));
        sim_advance(s, UNTIL, 0);
        sim_stop_until(s, UNTIL);
        look_through(s, o);
        if (!o->differs && lab_lost(lab)) {
            o->lab = false;
            str_add(&o->said, lab_lost(lab));
        }
        lab_tear_down(lab);
        sim_free(s);
    }
    scenario_free(sc);
}

void outcome_free(struct outcome *o)
{
    str_free(&o->said);
    *o = (struct outcome){0};
}
