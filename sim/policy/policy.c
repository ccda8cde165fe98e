#include "sim/policy/policy.h"

#include "sim/base/promises.h"

#include <stddef.h>

#define POLICY(name, quantum, keys) extern const struct policy policy_##name;
#include "sim/scenario/policies.def"
#undef POLICY

const struct policy *const policies_all[POLICY_COUNT] = {
#define POLICY(name, quantum, keys) [POLICY_##name] = &policy_##name,
#include "sim/scenario/policies.def"
#undef POLICY
};

static bool is_plain(const struct sched *s)
{
    const struct policy *p = s->policy;
    const struct machine *m = &s->w->scenario->machine;
    bool same_slice = !p->slice || p->slice == sched_quantum;
    return same_slice && !s->watches && !s->affine && !p->tells && !p->chosen &&
           !m->context_switch && !m->migration;
}

void sched_begin_empty(struct sched *s)
{
    s->keys = world_scheduler(s->w);
    s->policy = policies_all[s->keys->name];
    s->watches = s->policy->index || s->policy->joins || s->policy->leaves ||
                 s->w->head->groups > 1;
    s->plain = is_plain(s);
    s->slice = s->plain && s->policy->slice ? s->keys->quantum : 0;
    if (s->policy->index)
        s->index = s->policy->index->begin(s);
}

static void begin(struct sched *s)
{
    const struct world *w = s->w;
    sched_begin_empty(s);
    if (!s->index)
        return;
    for (int q = 0; q < w->head->readies; q++)
        for (int p = w->ready[q].head; p != NONE; p = w->task[p].line.next)
            s->policy->index->add(s, p);
}

void sched_init(struct sched *s)
{
    s->affine = s->w->scenario->is_affine;
    begin(s);
}

void sched_renew(struct sched *s)
{
    sched_free(s);
    begin(s);
}

void sched_free(struct sched *s)
{
    if (s->index)
        s->policy->index->end(s->index);
    s->index = NULL;
    if (s->own)
        s->policy->forgets(s);
    heap_free(&s->timers);
}

int sched_second(struct sched *s, int group, int but)
{
    const struct index_kind *index = s->policy->index;
    return index && index->second ? index->second(s, group, but) : NONE;
}

/* ---- for the pages ---- */

void sched_figure(struct sched *s, int proc, int which, int64_t value)
{
    s->say(s->to, (struct event){.kind = EV_FIGURE,
                                 .sub = (uint8_t)which,
                                 .cpu = NO_CPU,
                                 .proc = proc,
                                 .obj = NONE,
                                 .val = value});
}

int sched_first_in_line(struct sched *s, int group, int cpu)
{
    const struct world *w = s->w;
    if (w->group[group].ready == 0)
        return NONE;
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++) {
        int p = w->ready[q].head;
        while (p != NONE && !sched_allows(s, p, cpu))
            p = w->task[p].line.next;
        if (p != NONE)
            return p;
    }
    return NONE;
}

tick sched_quantum(const struct sched *s, int proc, int cpu)
{
    (void)proc;
    (void)cpu;
    return s->keys->quantum;
}

/* ---- the order, for people ---- */

static void ignore(void *to, struct event e)
{
    (void)to;
    (void)e;
}

/* Taken out one by one, as they would be dispatched. */
static int take_out(struct sched *s, int group, int *to, int room)
{
    const struct index_kind *index = s->policy->index;
    int n = 0;
    for (int p; n < room && (p = index->second(s, group, NONE)) != NONE;
         to[n++] = p)
        index->remove(s, p);
    return n;
}

static int lines_order(const struct world *w, int group, int *to, int room)
{
    int n = 0;
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++)
        for (int p = w->ready[q].head; p != NONE && n < room;
             p = w->task[p].line.next)
            to[n++] = p;
    return n;
}

int policy_order(struct moment at, int group, int *to, int room)
{
    const struct index_kind *index =
        policies_all[world_scheduler(at.w)->name]->index;
    if (!index)
        return lines_order(at.w, group, to, room);
    struct sched s = {.w = at.w, .now = &at.now, .say = ignore};
    sched_init(&s);
    int n = index->listed ? index->listed(&s, group, to, room)
                          : take_out(&s, group, to, room);
    sched_free(&s);
    return n;
}
