/* compare_part.c: where the runs first part: the first moment at which some
 * CPU is not with the same process in all of them.
 *
 * A CPU that switches to a process counts as being with it: that is when it
 * was chosen. */
#include "cli/compare.h"

#include "sim/base/mem.h"
#include "sim/model/explain.h"
#include "sim/sim.h"

#include <stdlib.h>

static bool is_on(const struct span *s, int cpu)
{
    return s->cpu == cpu && (s->state == RUNNING || s->state == SWITCHING) &&
           s->end > s->start;
}

/* ------------------------------------------------------------- first moment */

/* The same process on a CPU, without a break. */
struct turn {
    int row;
    tick start, end;
};

struct turns {
    struct turn *all;
    size_t count, room;
};

static void find_turns(const struct contender *one, int cpu, struct turns *t)
{
    const struct spans *spans = &one->report.spans;
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *s = &spans->all[i];
        if (!is_on(s, cpu))
            continue;
        int row = one->row[s->proc];
        struct turn *last = t->count ? &t->all[t->count - 1] : NULL;
        if (last && last->row == row && last->end == s->start) {
            last->end = s->end;
            continue;
        }
        t->all = mem_grow(t->all, t->count + 1, &t->room, sizeof *t->all);
        t->all[t->count++] = (struct turn){row, s->start, s->end};
    }
}

/* The first moment at which they differ, TICK_NEVER: never. */
static tick first_difference(const struct turns *a, const struct turns *b)
{
    for (size_t i = 0; i < a->count || i < b->count; i++) {
        if (i >= a->count)
            return b->all[i].start;
        if (i >= b->count)
            return a->all[i].start;
        const struct turn *x = &a->all[i], *y = &b->all[i];
        if (x->start != y->start || x->row != y->row)
            return x->start < y->start ? x->start : y->start;
        if (x->end != y->end)
            return x->end < y->end ? x->end : y->end;
    }
    return TICK_NEVER;
}

void compare_find_parting(struct comparison *c)
{
    struct parting first = {.t = TICK_NEVER};
    int cpus = c->count ? c->all[0]->report.teller.world.head->cpus : 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
        struct turns own = {0};
        find_turns(c->all[0], cpu, &own);
        for (int k = 1; k < c->count; k++) {
            struct turns other = {0};
            find_turns(c->all[k], cpu, &other);
            tick t = first_difference(&own, &other);
            if (t < first.t)
                first = (struct parting){true, t, cpu};
            free(other.all);
        }
        free(own.all);
    }
    c->parting = first;
}

/* ---------------------------------------------------------- who does what */

struct doing contender_doing(const struct comparison *c, int which, int cpu,
                             tick t)
{
    const struct contender *one = c->all[which];
    const struct spans *spans = &one->report.spans;
    struct doing now = {.row = NONE};
    int before = NONE;
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *s = &spans->all[i];
        if (!is_on(s, cpu))
            continue;
        if (s->start <= t && t < s->end)
            now.row = one->row[s->proc];
        if (s->start < t && t <= s->end)
            before = one->row[s->proc];
    }
    now.goes_on = now.row == before && t > 0;
    return now;
}

int compare_groups(const struct comparison *c, int *group)
{
    struct doing *doing = mem_new((size_t)c->count, sizeof *doing);
    int groups = 0;
    for (int k = 0; k < c->count; k++) {
        doing[k] = contender_doing(c, k, c->parting.cpu, c->parting.t);
        group[k] = groups;
        for (int i = 0; i < k && group[k] == groups; i++)
            if (doing[i].row == doing[k].row)
                group[k] = group[i];
        groups += group[k] == groups;
    }
    free(doing);
    return groups;
}

/* ------------------------------------------------------------- in words */

static void say_group(const struct comparison *c, const int *group, int which,
                      struct str *out)
{
    enum lang lang = c->o->lang;
    struct str who = {0};
    int members = 0, one = 0;
    for (int k = 0; k < c->count; k++) {
        if (group[k] != which)
            continue;
        str_addf(&who, "%s%s", members++ ? word(W_CLI_L_COMMA, lang) : "",
                 c->all[k]->name);
        one = k;
    }
    struct doing d = contender_doing(c, one, c->parting.cpu, c->parting.t);
    bool many = members > 1;
    if (d.row == NONE)
        str_addf(out, word(many ? W_CLI_CMP_LEAVE : W_CLI_CMP_LEAVES, lang),
                 str_text(&who), c->parting.cpu);
    else if (d.goes_on)
        str_addf(out, word(many ? W_CLI_CMP_GO_ON : W_CLI_CMP_GOES_ON, lang),
                 str_text(&who), c->rows[d.row].name);
    else
        str_addf(out, word(many ? W_CLI_CMP_TAKE : W_CLI_CMP_TAKES, lang),
                 str_text(&who), c->rows[d.row].name);
    str_free(&who);
}

/* The event by which `proc` came to the CPU at the parting; 0: none did. */
static size_t find_dispatch(const struct comparison *c, const struct trace *tr,
                            int proc)
{
    for (size_t p = trace_find(tr, c->parting.t); p < tr->count; p++) {
        const struct event *e = trace_at(tr, p);
        bool comes = e->kind == EV_SWITCH || e->kind == EV_STATE;
        if (comes && e->proc == proc && e->cpu == c->parting.cpu &&
            (e->kind == EV_SWITCH ||
             explain_state_before(tr, p) == READY))
            return p + 1;
    }
    return 0;
}

/* The sentence of the run itself: it is run once more, that far. */
static void say_why(const struct comparison *c, int which, struct str *out)
{
    const struct contender *one = c->all[which];
    struct doing d = contender_doing(c, which, c->parting.cpu, c->parting.t);
    if (d.row == NONE || d.goes_on)
        return;
    struct sim *sim = sim_new(one->loaded.scenario);
    sim_advance(sim, c->parting.t, 0);
    const struct trace *tr = sim_trace(sim);
    size_t p = find_dispatch(c, tr, one->proc[d.row]);
    if (p) {
        struct world w = {0};
        struct str why = {0};
        world_init(&w, one->loaded.scenario);
        while (w.head->events < p)
            world_apply(&w, tr, trace_at(tr, w.head->events));
        explain_main(&w, tr, p, c->o->lang, &why);
        str_addf(out, word(W_CLI_CMP_WHY, c->o->lang), one->name,
                 str_text(&why));
        str_free(&why);
        world_free(&w);
    }
    sim_free(sim);
}

void compare_say_parting(const struct comparison *c, bool why, struct str *out)
{
    enum lang lang = c->o->lang;
    if (!c->parting.there) {
        str_add(out, word(W_CLI_CMP_NEVER, lang));
        return;
    }
    int *group = mem_new((size_t)c->count, sizeof *group);
    int groups = compare_groups(c, group);
    bool many = c->all[0]->report.teller.world.head->cpus > 1;
    str_addf(out, word(many ? W_CLI_CMP_PART_CPU : W_CLI_CMP_PART, lang),
             (long long)c->parting.t, c->parting.cpu);
    for (int g = 0; g < groups; g++) {
        str_add(out, g == 0   ? ""
                     : g == 1 ? word(W_CLI_CMP_WHILE, lang)
                              : word(W_CLI_CMP_AND, lang));
        say_group(c, group, g, out);
    }
    str_add(out, word(W_CLI_CMP_STOP, lang));
    for (int k = 0; why && k < c->count; k++)
        say_why(c, k, out);
    free(group);
}
