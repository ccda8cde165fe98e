/* aging.c: who waits long gets more urgent.
 *
 * Each time a process has been ready for `every` ticks without a break, its
 * priority falls by `by`. Each waiting process has a timer; one that is out of
 * date (it has run since) finds nothing to do. */
#include "sim/policy/priority.h"

#include "sim/base/wide.h"

/* What aging has brought a ready process by now. */
static int64_t aged(const struct sched *s, int proc)
{
    tick waited = *s->now - s->w->task[proc].since;
    int64_t times = waited / s->keys->aging_every;
    int64_t more = clamped_product(times, s->keys->aging_by);
    return more > INT64_MAX / 4 ? -(INT64_MAX / 4) : -more;
}

void aging_begin(struct sched *s, int proc)
{
    tick every = s->keys->aging_every;
    if (!every)
        return;
    tick waited = *s->now - s->w->task[proc].since;
    heap_push(&s->timers,
              (struct heap_entry){
                  .key = clamped_sum(*s->now, every - waited % every),
                  .order = proc,
                  .id = proc});
}

/* Whether the timer is about the present wait of its process. */
static bool holds(const struct sched *s, struct heap_entry e)
{
    const struct task *t = &s->w->task[e.id];
    return t->state == READY && t->since < e.key &&
           (e.key - t->since) % s->keys->aging_every == 0;
}

tick aging_next(struct sched *s)
{
    while (s->timers.count) {
        struct heap_entry e = heap_least(&s->timers);
        if (holds(s, e))
            return e.key;
        heap_pop(&s->timers);
    }
    return TICK_NEVER;
}

void aging_acts(struct sched *s)
{
    while (aging_next(s) == *s->now) {
        int proc = heap_pop(&s->timers).id;
        int64_t now = aged(s, proc);
        if (now == world_figure(s->w, proc, PRIORITY_AGED))
            continue; /* a second timer for the same wait */
        priority_set(s, proc, now, world_figure(s->w, proc, PRIORITY_LENT),
                     FIGURE_AGED, NONE);
        aging_begin(s, proc);
    }
}
