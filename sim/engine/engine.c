/* engine.c: the loop over instants.
 *
 * Nothing happens between two instants, so the engine jumps from one to the
 * next: the earliest of the CPUs' ends of work, slices and switches, the
 * arrivals, the timers and the file's actions. At one instant the order is
 * the one of SCENARIO.md, "When things happen"; it is normative, and this file
 * is where to check it. */
#include "sim/engine/engine.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>
#include <string.h>

/* ---- what comes next ---- */

static tick least(tick a, tick b)
{
    return a < b ? a : b;
}

/* An idle CPU's work_end and slice_end are TICK_NEVER. */
static tick cpu_next(struct sim *s)
{
    const struct world *w = &s->world;
    tick work = TICK_NEVER, slice = TICK_NEVER, switching = TICK_NEVER;
    for (int i = 0; i < w->head->cpus; i++) {
        const struct cpu *c = &w->cpu[i];
        work = least(work, c->work_end);
        slice = least(slice, c->slice_end);
        if (c->next != NONE)
            switching = least(switching, c->switched);
    }
    s->due = (struct due){work, slice, switching, TICK_NEVER};
    return least(work, least(slice, switching));
}

/* Whether a timer still means what it meant when it was set. */
static bool timer_holds(const struct sim *s, struct heap_entry e)
{
    const struct task *t = &s->world.task[e.id];
    return t->phase == PHASE_ASLEEP &&
           (t->wait == WAIT_TIME || t->wait == WAIT_DEVICE) &&
           t->wait_until == e.key && s->world.proc[e.id].asked == e.order &&
           (t->state == BLOCKED || t->state == BLOCKED_SUSPENDED);
}

static tick timer_next(struct sim *s)
{
    while (s->timers.count) {
        struct heap_entry e = heap_least(&s->timers);
        if (timer_holds(s, e))
            return e.key;
        heap_pop(&s->timers);
    }
    return TICK_NEVER;
}

void timer_set(struct sim *s, int proc)
{
    heap_push(&s->timers,
              (struct heap_entry){.key = s->world.task[proc].wait_until,
                                  .order = s->world.proc[proc].asked,
                                  .id = proc});
}

static tick arrival_next(const struct sim *s)
{
    if (s->arrived == s->arrival_count)
        return TICK_NEVER;
    return s->scenario->processes[s->arrivals[s->arrived]].arrival;
}

static tick action_next(const struct sim *s)
{
    int64_t done = s->world.head->actions;
    return done < s->scenario->action_count ? s->scenario->actions[done].at
                                            : TICK_NEVER;
}

/* What the policy does by itself, and deadlines, matter only while something
 * else can happen as well. */
static tick next_instant(struct sim *s)
{
    tick arrivals = least(arrival_next(s), action_next(s));
    tick next = least(least(cpu_next(s), timer_next(s)), arrivals);
    const struct policy *p = s->sched.policy;
    if (next == TICK_NEVER)
        return next;
    if (p->next)
        s->due.policy = p->next(&s->sched);
    return least(next, least(s->due.policy, deadline_next(s)));
}

tick sim_next(const struct sim *s)
{
    /* Dropping timers that mean nothing any more changes nothing visible. */
    return next_instant((struct sim *)s);
}

/* ---- one instant ---- */

static void end_work(struct sim *s)
{
    if (s->due.work != s->now)
        return;
    for (int c = 0; c < s->world.head->cpus && !has_stopped(s); c++) {
        const struct cpu *cpu = &s->world.cpu[c];
        if (cpu->work_end != s->now) /* of an idle one: TICK_NEVER */
            continue;
        int proc = cpu->proc;
        carry_out(s, proc);
        go_on(s, proc);
    }
}

static void timer_ends(struct sim *s, int proc)
{
    bool device = s->world.task[proc].wait == WAIT_DEVICE;
    struct event why = reason(device ? WHY_DEVICE_DONE : WHY_TIME_CAME, 0, 0);
    if (device)
        device_done(s, proc);
    /* A stopped sleeper's call returns when it goes on, and then perhaps with
     * EINTR; a device is not interrupted. */
    if (!device && is_stopped(s, proc))
        wake_stopped(s, proc, why);
    else
        op_wakes(s, proc, 0, E_OK, NO_PAYLOAD, why);
    signal_pending(s, proc);
}

static void end_timers(struct sim *s)
{
    while (timer_next(s) == s->now) {
        int proc = heap_pop(&s->timers).id;
        step_begin(s, STEP_WAKE, proc);
        do
            timer_ends(s, proc);
        while (!step_confirm(s));
    }
}

static enum refusal refuse(const struct sim *s, enum action_kind kind,
                           int proc)
{
    static const uint8_t arrow[] = {[ACTION_SUSPEND] = T_SUSPEND,
                                    [ACTION_ACTIVATE] = T_ACTIVATE,
                                    [ACTION_KILL] = T_KILL};
    if (proc == NONE)
        return REFUSED_ABSENT;
    enum transition how = (enum transition)arrow[kind];
    if (state_after(state_of(s, proc), how) == NOWHERE)
        return REFUSED_STATE;
    bool waits = s->world.task[proc].flags & TASK_WANTS;
    return kind == ACTION_ACTIVATE && waits ? REFUSED_WAITS : REFUSED_NOT;
}

/* `proc` is the number of the variant. */
static enum refusal act_policy(struct sim *s, int variant)
{
    bool absent = variant < 0 || variant > s->scenario->later_count;
    enum refusal refused = absent           ? REFUSED_ABSENT
                           : has_stopped(s) ? REFUSED_STATE
                                            : REFUSED_NOT;
    emit(s, (struct event){.kind = EV_USER,
                           .sub = ACTION_POLICY,
                           .proc = NO_PROC,
                           .obj = variant,
                           .val = refused});
    if (!refused)
        change_policy(s, variant);
    return refused;
}

static enum refusal act(struct sim *s, enum action_kind kind, int proc,
                        bool from_file)
{
    if (kind == ACTION_POLICY)
        return act_policy(s, proc);
    enum refusal refused = refuse(s, kind, proc);
    emit(s, (struct event){.kind = EV_USER,
                           .sub = (uint8_t)kind,
                           .proc = proc,
                           .cpu = from_file,
                           .val = refused});
    if (refused)
        return refused;
    if (kind == ACTION_SUSPEND) {
        step_begin(s, STEP_SUSPEND, proc);
        do
            suspend(s, proc, reason(WHY_USER, 0, 0));
        while (!step_confirm(s));
    } else if (kind == ACTION_ACTIVATE) {
        activate(s, proc, reason(WHY_USER, 0, 0));
    } else {
        step_begin(s, STEP_KILL, proc);
        do
            end_process(s, proc, 1, signal_number("SIGKILL"), -1);
        while (!step_confirm(s));
    }
    return REFUSED_NOT;
}

static void do_actions(struct sim *s)
{
    while (action_next(s) == s->now) {
        const struct action *a = &s->scenario->actions[s->world.head->actions];
        act(s, a->kind, world_process(&s->world, a->process, NONE), true);
    }
}

/* Everything that happens at s->now, in the normative order. */
static void instant(struct sim *s)
{
    s->instant_ops = 0;
    end_work(s); /* 1 */
    if (has_stopped(s))
        return;
    if (s->deadlines.count)
        deadlines_pass(s);
    if (s->due.policy == s->now)
        s->sched.policy->acts(&s->sched);
    bool expired_first = s->sched.keys->expired_first;
    if (expired_first)
        end_slices(s);
    arrive(s); /* 2 */
    admit_waiting(s);
    end_timers(s); /* 3 */
    do_actions(s); /* 4 */
    admit_waiting(s);
    if (!expired_first)
        end_slices(s); /* 5 */
    dispatch(s);       /* 6 */
}

/* ---- runs ---- */

static int by_arrival(const void *a, const void *b, const struct scenario *sc)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    tick p = sc->processes[x].arrival, q = sc->processes[y].arrival;
    return p != q ? (p < q ? -1 : 1) : (x > y) - (x < y);
}

/* Merge sort: qsort has no room for the scenario, and ties must keep the order
 * of the file. */
static void sort_arrivals(int32_t *a, int32_t *spare, int n,
                          const struct scenario *sc)
{
    if (n < 2)
        return;
    int half = n / 2;
    sort_arrivals(a, spare, half, sc);
    sort_arrivals(a + half, spare, n - half, sc);
    if (by_arrival(&a[half - 1], &a[half], sc) < 0)
        return;
    memcpy(spare, a, sizeof *a * (size_t)n);
    for (int i = 0, j = half, k = 0; k < n; k++)
        a[k] = j == n || (i < half && by_arrival(&spare[i], &spare[j], sc) < 0)
                   ? spare[i++]
                   : spare[j++];
}

static void find_arrivals(struct sim *s)
{
    int n = s->scenario->process_count;
    s->arrivals = mem_new((size_t)n, sizeof *s->arrivals);
    for (int i = 0; i < n; i++)
        if (!s->scenario->processes[i].forked)
            s->arrivals[s->arrival_count++] = i;
    int32_t *spare = mem_new((size_t)n, sizeof *spare);
    sort_arrivals(s->arrivals, spare, s->arrival_count, s->scenario);
    free(spare);
    s->forks = mem_new((size_t)n, sizeof *s->forks);
}

struct sim *sim_new(const struct scenario *sc)
{
    struct sim *s = mem_new(1, sizeof *s);
    s->scenario = sc;
    world_init(&s->world, sc);
    begin_policy(s);
    find_arrivals(s);
    world_reserve(&s->world, s->arrival_count);
    return s;
}

/* What the engine keeps beside the world follows from the world. */
static void find_again(struct sim *s)
{
    const struct world *w = &s->world;
    s->now = w->head->now;
    for (int p = 0; p < w->head->procs; p++) {
        int def = w->proc[p].def;
        s->forks[def]++;
        s->arrived += !s->scenario->processes[def].forked;
        struct heap_entry e = {
            .key = w->task[p].wait_until, .order = w->proc[p].asked, .id = p};
        bool waits_in_line =
            w->task[p].wait == WAIT_DEVICE && w->task[p].flags & TASK_QUEUED;
        if (timer_holds(s, e) && !waits_in_line)
            heap_push(&s->timers, e);
    }
    deadlines_find(s);
    begin_policy(s);
}

struct sim *sim_take_up(const struct scenario *sc, const struct trace *tr,
                        size_t p)
{
    require(p <= tr->count && !tr->byte_base);
    struct sim *s = sim_new(sc);
    s->trace.bytes = mem_resize(NULL, tr->byte_count, 1);
    s->trace.byte_count = s->trace.byte_room = tr->byte_count;
    if (tr->byte_count)
        memcpy(s->trace.bytes, tr->bytes, tr->byte_count);
    for (size_t i = 0, n = trace_instant_end(tr, p); i < n; i++)
        world_apply(&s->world, &s->trace,
                    trace_append(&s->trace, *trace_at(tr, i)));
    find_again(s);
    return s;
}

struct sim *sim_branch(const struct sim *from, size_t p)
{
    struct sim *s = sim_take_up(from->scenario, &from->trace, p);
    s->plant = from->plant;
    return s;
}

void sim_free(struct sim *s)
{
    if (!s)
        return;
    trace_free(&s->trace);
    world_free(&s->world);
    heap_free(&s->timers);
    heap_free(&s->deadlines);
    sched_free(&s->sched);
    free(s->arrivals);
    free(s->forks);
    str_free(&s->live.write);
    free(s->live.owed);
    race_free(&s->live.race);
    free(s);
}

const struct trace *sim_trace(const struct sim *s)
{
    return &s->trace;
}

const struct world *sim_world(const struct sim *s)
{
    return &s->world;
}

/* Where nothing happens the clock may stand anywhere behind what has. */
static tick clock_at(const struct sim *s, tick t)
{
    tick last = s->world.head->now;
    return t > last ? t : last;
}

bool sim_advance(struct sim *s, tick until, size_t most)
{
    size_t end = most ? s->trace.count + most : SIZE_MAX;
    while (s->world.head->stop == STOP_NOT && s->trace.count < end) {
        tick next = next_instant(s);
        if (next == TICK_NEVER) {
            report_stop(s);
            break;
        }
        if (next > until) {
            s->now = clock_at(s, until);
            break;
        }
        s->now = next;
        instant(s);
    }
    return s->world.head->stop == STOP_NOT;
}

void sim_stop_until(struct sim *s, tick until)
{
    if (s->world.head->stop != STOP_NOT)
        return;
    s->now = clock_at(s, until);
    live_stop(s);
    SAY(s, .kind = EV_STOP, .sub = STOP_UNTIL, .proc = NO_PROC);
}

void sim_forget(struct sim *s, size_t n)
{
    trace_forget(&s->trace, n);
}

enum refusal sim_act(struct sim *s, enum action_kind kind, int proc)
{
    s->instant_ops = 0;
    enum refusal r = act(s, kind, proc, false);
    admit_waiting(s);
    dispatch(s);
    return r;
}

void sim_set_kernel(struct sim *s, const struct kernel *k)
{
    s->live.kernel = k;
}

void sim_plant(struct sim *s, const char *rule)
{
    s->plant = rule;
}

const int64_t *sim_obeyed(const struct sim *s)
{
    return s->obeyed;
}
