#include "sim/policy/urn.h"

#include "sim/base/mem.h"
#include "sim/policy/sums.h"

#include <stdlib.h>

/* The processes of a definition that is forked, by number. */
struct kin {
    int32_t *proc;
    size_t room;
};

struct urn {
    int groups, kins;
    int32_t *kin;         /* by definition: which of the kins; NONE: not forked */
    int32_t *only;        /* … and of those not forked, the process */
    struct kin *kins_all;
    struct sums *tickets; /* by group: of the ready, by definition */
    struct sums *ready;   /* by group and kin: 1 for each who is, by number */
};

struct urn *urn_new(const struct world *w)
{
    const struct scenario *sc = w->scenario;
    size_t defs = (size_t)sc->process_count, groups = (size_t)w->head->groups;
    struct urn *u = mem_new(1, sizeof *u);
    u->groups = w->head->groups;
    u->kin = mem_new(defs, sizeof *u->kin);
    u->only = mem_new(defs, sizeof *u->only);
    for (size_t d = 0; d < defs; d++)
        u->kin[d] = sc->processes[d].forked ? u->kins++ : NONE;
    u->kins_all = mem_new((size_t)u->kins + 1, sizeof *u->kins_all);
    u->tickets = mem_new(groups, sizeof *u->tickets);
    u->ready = mem_new(groups * (size_t)u->kins + 1, sizeof *u->ready);
    return u;
}

void urn_free(struct urn *u)
{
    for (int g = 0; g < u->groups; g++)
        sums_free(&u->tickets[g]);
    for (int i = 0; i < u->groups * u->kins; i++)
        sums_free(&u->ready[i]);
    for (int k = 0; k < u->kins; k++)
        free(u->kins_all[k].proc);
    free(u->kin);
    free(u->only);
    free(u->kins_all);
    free(u->tickets);
    free(u->ready);
    free(u);
}

static int64_t tickets_of(const struct world *w, int def)
{
    return w->scenario->processes[def].tickets;
}

static void remember(struct urn *u, const struct world *w, int proc)
{
    const struct proc *p = &w->proc[proc];
    int kin = u->kin[p->def];
    if (kin == NONE) {
        u->only[p->def] = proc;
        return;
    }
    struct kin *k = &u->kins_all[kin];
    k->proc = mem_grow(k->proc, (size_t)p->number + 1, &k->room,
                       sizeof *k->proc);
    k->proc[p->number] = proc;
}

/* `proc` is ready, or not any more: +1, -1. */
static void change(struct urn *u, const struct world *w, int proc, int by)
{
    const struct proc *p = &w->proc[proc];
    int group = world_group(w->task[proc].queue), kin = u->kin[p->def];
    sums_add(&u->tickets[group], (size_t)p->def, by * tickets_of(w, p->def));
    if (kin != NONE)
        sums_add(&u->ready[group * u->kins + kin], (size_t)p->number, by);
}

void urn_add(struct urn *u, const struct world *w, int proc)
{
    remember(u, w, proc);
    change(u, w, proc, 1);
}

void urn_remove(struct urn *u, const struct world *w, int proc)
{
    change(u, w, proc, -1);
}

int64_t urn_tickets(const struct urn *u, int group)
{
    return sums_all(&u->tickets[group]);
}

int urn_holder(const struct urn *u, const struct world *w, int group,
               int64_t ticket)
{
    int64_t rest, none;
    int def = (int)sums_find(&u->tickets[group], ticket, &rest);
    int kin = u->kin[def];
    if (kin == NONE)
        return u->only[def];
    size_t number = sums_find(&u->ready[group * u->kins + kin],
                              rest / tickets_of(w, def), &none);
    return u->kins_all[kin].proc[number];
}
