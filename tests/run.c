#include "tests/run.h"

#include "sim/scenario/ops.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

static struct str answer; /* what the last question was answered with */

struct run run_json(const char *json, tick until)
{
    struct diag d = {.file = "test.json"};
    struct run r = {.scenario = scenario_read("test.json", json, strlen(json),
                                              NULL, 0, &d)};
    if (!r.scenario) {
        struct str complaints = {0};
        diag_write(&d, &complaints);
        EXPECT_EQ_STR(str_text(&complaints), "");
        str_free(&complaints);
        diag_free(&d);
        return r;
    }
    diag_free(&d);
    r.sim = sim_new(r.scenario);
    if (sim_advance(r.sim, until, 0))
        sim_stop_until(r.sim, until);
    r.world = sim_world(r.sim);
    r.trace = sim_trace(r.sim);
    return r;
}

struct run run_quoted(const char *text, tick until)
{
    size_t n = strlen(text);
    char *json = malloc(n + 1);
    for (size_t i = 0; i <= n; i++)
        json[i] = text[i];
    for (char *p = json; (p = strchr(p, '\'')); p++)
        *p = '"';
    struct run r = run_json(json, until);
    free(json);
    return r;
}

void run_free(struct run *r)
{
    sim_free(r->sim);
    if (r->scenario)
        scenario_free(r->scenario);
    *r = (struct run){0};
}

int run_process(const struct run *r, const char *name)
{
    struct str s = {0};
    int found = NONE;
    for (int i = 0; found == NONE && i < r->world->head->procs; i++) {
        str_cut(&s, 0);
        world_write_name(r->world, i, &s);
        found = strcmp(str_text(&s), name) == 0 ? i : NONE;
    }
    str_free(&s);
    return found;
}

static void part(const char *between)
{
    if (answer.length)
        str_add(&answer, between);
}

const char *run_returns(const struct run *r, const char *name)
{
    str_cut(&answer, 0);
    int proc = run_process(r, name);
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->kind != EV_OP || e->proc != proc)
            continue;
        int verb = r->scenario->ops[e->aux].verb;
        if (verb == OP_cpu || verb == OP_set || verb == OP_add)
            continue;
        part(" ");
        str_addf(&answer, "%s=%lld", op_about((enum verb)verb)->name,
                 (long long)e->val);
        if (e->sub)
            str_addf(&answer, ":%s", errno_text((enum errno_name)e->sub));
    }
    return str_text(&answer);
}

const char *run_gantt(const struct run *r, int cpu)
{
    str_cut(&answer, 0);
    int last = NONE;
    tick since = 0, until = -1;
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->kind != EV_STATE || e->cpu != cpu)
            continue;
        bool on = e->sub == T_DISPATCH;
        if (on && e->proc == last && e->t == until)
            continue;
        if (on) {
            if (last != NONE && until > since)
                str_addf(&answer, "%lld ", (long long)until);
            last = e->proc;
            since = e->t;
            world_write_name(r->world, e->proc, &answer);
            str_addf(&answer, ":%lld-", (long long)e->t);
        } else {
            until = e->t;
        }
    }
    if (last != NONE)
        str_addf(&answer, "%lld", (long long)until);
    return str_text(&answer);
}

const char *run_states(const struct run *r, const char *name)
{
    str_cut(&answer, 0);
    int proc = run_process(r, name);
    enum state s = NEW;
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->proc != proc || (e->kind != EV_STATE && e->kind != EV_CREATE))
            continue;
        s = e->kind == EV_CREATE ? NEW
                                 : state_after(s, (enum transition)e->sub);
        part(", ");
        str_addf(&answer, "%lld %s", (long long)e->t, state_name(s));
    }
    return str_text(&answer);
}

/* ---- soundness ---- */

static void expect_cpus_sound(const struct world *w)
{
    int idle = 0, on = 0;
    for (int c = 0; c < w->head->cpus; c++) {
        int proc = w->cpu[c].proc;
        idle += proc == NONE && w->cpu[c].next == NONE;
        on += proc != NONE;
        if (proc != NONE) {
            EXPECT_EQ_INT(w->task[proc].state, RUNNING);
            EXPECT_EQ_INT(w->task[proc].cpu, c);
        }
    }
    EXPECT_EQ_INT(on, w->head->in_state[RUNNING]);
    EXPECT(idle == 0 || w->group[0].ready == 0);
}

static bool is_here(const struct world *w, int proc)
{
    return w->task[proc].state != TERMINATED ||
           w->task[proc].flags & TASK_ZOMBIE;
}

/* The lists of children and of each definition are what a look at everybody
 * finds. */
static void expect_kin_sound(const struct world *w)
{
    for (int p = 0; p < w->head->procs; p++) {
        int next = w->proc[p].children.head;
        for (int i = 0; i < w->head->procs; i++)
            if (w->proc[i].parent == p && is_here(w, i)) {
                EXPECT_EQ_INT(next, i);
                next = w->proc[i].sibling.next;
            }
        EXPECT_EQ_INT(next, NONE);
    }
    for (int d = 0; d < w->scenario->process_count; d++) {
        int next = w->instances[d].here.head;
        for (int i = 0; i < w->head->procs; i++)
            if (w->proc[i].def == d && is_here(w, i)) {
                EXPECT_EQ_INT(next, i);
                next = w->proc[i].same.next;
            }
        EXPECT_EQ_INT(next, NONE);
    }
}

static void expect_time_conserved(const struct world *w)
{
    for (int i = 0; i < w->head->procs; i++) {
        tick sum = 0;
        for (int s = 0; s < STATE_COUNT; s++)
            sum += world_spent(w, i, (enum state)s);
        EXPECT_EQ_INT(sum, w->head->now - w->proc[i].arrival);
    }
}

void run_expect_sound(const struct run *r)
{
    struct world w = {0};
    world_init(&w, r->scenario);
    for (size_t i = 0; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        world_apply(&w, r->trace, e);
        bool instant_over =
            i + 1 == r->trace->count || trace_at(r->trace, i + 1)->t > e->t;
        if (instant_over && e->kind != EV_STOP) {
            expect_cpus_sound(&w);
            expect_kin_sound(&w);
        }
    }
    expect_time_conserved(&w);
    EXPECT(world_equal(&w, r->world));
    world_free(&w);
}
