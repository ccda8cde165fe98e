/* facts.c: may this happen now?
 *
 * What is the same under every policy: states follow one another, work lasts
 * as long as the program says, sleepers wake when they should, and at one
 * instant everything has its turn. */
#include "tests/legal/court.h"

/* Work that ends at this instant has ended. */
void end_of_work(struct court *c)
{
    if (!c->begun && c->law->instant)
        c->law->instant(c);
    c->begun = true;
}

int phase_of_slices(const struct court *c)
{
    return c->sc->scheduler.expired_first ? PHASE_EXPIRED_FIRST : PHASE_SLICES;
}

/* Slices that end at this instant have ended. */
static void end_of_slices(struct court *c)
{
    for (int i = 0; i < c->men && is_tight(c); i++)
        if (runs(c, i) && c->man[i].slice && c->man[i].ran >= c->man[i].slice)
            breach(c, "the slice of %s is over, which is passed over",
                   called(c, i));
}

/* The fact belongs to `phase`, where it is the `number`-th. */
void in_phase(struct court *c, int phase, int64_t number)
{
    if (phase > PHASE_WORK_ENDS)
        end_of_work(c);
    if (phase > phase_of_slices(c) && c->phase <= phase_of_slices(c))
        end_of_slices(c);
    bool late = phase < c->phase ||
                (phase == c->phase && number < c->phase_last);
    if (late && is_tight(c))
        breach(c, "the order of an instant: step %d, number %lld after step "
               "%d, number %d", phase, (long long)number, c->phase,
               c->phase_last);
    c->phase = phase;
    c->phase_last = (int)number;
}

static void stops_running(struct court *c, int man)
{
    c->seat[c->man[man].cpu].man = NOBODY;
    if (c->law->stretch_ends)
        c->law->stretch_ends(c, man);
}

void enter(struct court *c, int man, enum state to)
{
    struct man *m = &c->man[man];
    if (m->state == RUNNING)
        stops_running(c, man);
    else if (m->chosen && to != RUNNING)
        c->seat[m->cpu].next = NOBODY;
    m->chosen = false;
    m->state = to;
    m->since = c->now;
    c->stamp++;
}

/* Whoever was dispatched at this instant and used no time moves in step 6. */
static int phase_of_work(const struct court *c, int man)
{
    return c->man[man].dispatched_now ? PHASE_DISPATCH : PHASE_WORK_ENDS;
}

static void work_ends(struct court *c, int man, enum due due, const char *what)
{
    const struct man *m = &c->man[man];
    int phase = phase_of_work(c, man);
    in_phase(c, phase, phase == PHASE_DISPATCH ? c->phase_last : m->cpu);
    if (m->due != due)
        breach(c, "%s %s, which its program does not say here", called(c, man),
               what);
}

/* ---- coming and going ---- */

/* A child is there as soon as its parent's fork has had its time. */
static bool may_come(const struct court *c, const struct event *e)
{
    const struct process_def *d = &c->sc->processes[e->aux];
    return d->forked ? forks_now(c, e->obj, e->aux) : d->arrival == c->now;
}

static void create(struct court *c, const struct event *e)
{
    const struct process_def *d = &c->sc->processes[e->aux];
    if (!d->forked)
        in_phase(c, PHASE_ARRIVALS, e->aux);
    if (c->men == LEGAL_PROCS_MAX || e->proc != c->men || !may_come(c, e)) {
        breach(c, "process %d is created, which does not come now", e->proc);
        return;
    }
    c->man[c->men++] =
        (struct man){.def = e->aux,
                     .number = (int)e->val,
                     .state = NEW,
                     .arrival = c->now,
                     .since = c->now,
                     .cpu = NOBODY,
                     .last_cpu = NOBODY,
                     .signalled = -1,
                     .nice = d->forked ? c->man[e->obj].nice : d->nice,
                     .at = {.pc = d->first}};
}

/* On CPUs with a queue each: the one with the fewest. */
static int fewest(const struct court *c, int man)
{
    int best = NOBODY, best_count = 0;
    for (int q = 0; q < c->cpus && c->sc->scheduler.per_cpu; q++) {
        int count = 0;
        for (int i = 0; i < c->men; i++)
            count += competes(c, i, q);
        if (allowed_on(c, man, q) && (best == NOBODY || count < best_count)) {
            best = q;
            best_count = count;
        }
    }
    return best == NOBODY ? 0 : best;
}

void becomes_ready(struct court *c, int man, enum entrance by)
{
    enter(c, man, READY);
    c->man[man].cpu = NOBODY;
    if (c->law->enters)
        c->law->enters(c, man, by);
    else
        join_line(c, man, by, false);
}

/* A signal that has waited reaches it. */
void hears(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->pending)
        m->signalled = c->now;
    m->pending = false;
}

static void admit(struct court *c, int man)
{
    bool late = def_of(c, man)->forked && c->phase == PHASE_DISPATCH;
    in_phase(c, late ? PHASE_DISPATCH : PHASE_ADMISSION,
             late ? c->phase_last : man);
    if (c->man[man].state != NEW)
        breach(c, "%s is admitted twice", called(c, man));
    hears(c, man);
    c->man[man].home = fewest(c, man);
    becomes_ready(c, man, BY_ARRIVAL);
}

void judge_spent(struct court *c, int man)
{
    const struct man *m = &c->man[man];
    tick sum = 0;
    for (int s = 0; s < STATE_COUNT; s++)
        sum += m->spent[s];
    if (sum != c->now - m->arrival)
        breach(c, "%s: its states last %lld ticks, its life %lld",
               called(c, man), (long long)sum,
               (long long)(c->now - m->arrival));
    if (m->due == DUE_EXIT && m->spent[RUNNING] != m->owed)
        breach(c, "%s ends and has run %lld ticks of %lld", called(c, man),
               (long long)m->spent[RUNNING], (long long)m->owed);
}

static void leave(struct court *c, int man, enum due due, const char *what)
{
    struct man *m = &c->man[man];
    bool in_call = due == DUE_BLOCK && m->due == DUE_CALL && m->asleep;
    work_ends(c, man, in_call ? DUE_CALL : due, what);
    if (c->over)
        return;
    if (due == DUE_EXIT)
        judge_spent(c, man);
    m->due = DUE_NOTHING;
    if (c->law->leaves)
        c->law->leaves(c, man);
    m->used = 0;
    m->asleep = due == DUE_BLOCK;
    m->answered = false;
    if (in_call)
        m->until = TICK_NEVER;
    enter(c, man, due == DUE_BLOCK ? BLOCKED : TERMINATED);
    m->asked = ++c->asked;
}

static void yield(struct court *c, int man)
{
    work_ends(c, man, DUE_YIELD, "yields");
    c->man[man].due = DUE_NOTHING;
    becomes_ready(c, man, BY_YIELD);
}

static void wake(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (is_timed(m))
        in_phase(c, PHASE_TIMERS, m->asked);
    else if (c->sc->ops[m->at.pc].verb == OP_io)
        in_phase(c, PHASE_TIMERS, c->phase == PHASE_TIMERS ? c->phase_last : 0);
    if (is_timed(m) && m->until != c->now)
        breach(c, "%s wakes, whose time is %lld", called(c, man),
               (long long)m->until);
    if (m->state == BLOCKED_SUSPENDED) {
        enter(c, man, READY_SUSPENDED);
        return;
    }
    if (!is_timed(m) && !m->answered)
        breach(c, "%s wakes, and its call has not returned", called(c, man));
    work_wakes(c, man);
    becomes_ready(c, man, BY_WAKE);
}

/* ---- all of them ---- */

static void state_changes(struct court *c, const struct event *e)
{
    const struct man *m = &c->man[e->proc];
    if (state_after(m->state, (enum transition)e->sub) == NOWHERE) {
        breach(c, "%s, %s: %s", called(c, e->proc), state_name(m->state),
               transition_name((enum transition)e->sub));
        return;
    }
    bool on = e->sub == T_SLICE_OVER || e->sub == T_PREEMPT ||
              e->sub == T_YIELD || e->sub == T_BLOCK || e->sub == T_EXIT;
    if (on && (m->state != RUNNING || m->cpu != e->cpu)) {
        breach(c, "%s leaves CPU %d, where it does not run",
               called(c, e->proc), e->cpu);
        return;
    }
    switch ((enum transition)e->sub) {
    case T_ADMIT:
        admit(c, e->proc);
        break;
    case T_DISPATCH:
        judge_dispatch(c, e);
        break;
    case T_SLICE_OVER:
        judge_slice_over(c, e->proc);
        break;
    case T_PREEMPT:
        judge_preempted(c, e->proc);
        break;
    case T_YIELD:
        yield(c, e->proc);
        break;
    case T_BLOCK:
        leave(c, e->proc, DUE_BLOCK, "blocks");
        break;
    case T_EXIT:
        leave(c, e->proc, DUE_EXIT, "ends");
        break;
    case T_WAKE:
        wake(c, e->proc);
        break;
    case T_SUSPEND:
    case T_KILL:
        judge_stop(c, e->proc, (enum transition)e->sub);
        break;
    case T_ACTIVATE:
        judge_activation(c, e->proc);
        break;
    case T_RESLEEP:
        judge_resleep(c, e->proc);
        break;
    default:
        breach(c, "%s: an unknown arrow", called(c, e->proc));
    }
}

/* Asleep in a call, or for some time. */
static void falls_asleep(struct court *c, const struct event *e)
{
    struct man *m = &c->man[e->proc];
    if (m->due == DUE_CALL)
        m->asleep = true; /* it only has to say so */
    else if (m->due != DUE_BLOCK || e->val != m->until)
        breach(c, "%s sleeps until %lld, its program says %lld",
               called(c, e->proc), (long long)e->val, (long long)m->until);
}

void fact_judge(struct court *c, const struct event *e)
{
    if (e->kind == EV_CREATE) {
        create(c, e);
        return;
    }
    if (e->proc < 0 || e->proc >= c->men) {
        breach(c, "something of process %d, which is not there", e->proc);
        return;
    }
    const struct man *m = &c->man[e->proc];
    if (e->kind == EV_STATE)
        state_changes(c, e);
    else if (e->kind == EV_SLICE)
        judge_slice(c, e);
    else if (e->kind == EV_SWITCH)
        judge_switch(c, e);
    else if (e->kind == EV_BLOCK)
        falls_asleep(c, e);
    else if (e->kind == EV_OP)
        call_returns(c, e);
    else if (e->kind == EV_SEM || e->kind == EV_SEMSET)
        semaphore_changes(c, e);
    else if (e->kind == EV_EXIT && e->sub == 0 && m->due != DUE_EXIT)
        breach(c, "%s ends, and its program does not", called(c, e->proc));
}
