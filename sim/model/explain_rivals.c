/* explain_rivals.c: who else might have been taken.
 *
 * What a sentence says of the others has to be so for all of them: those who
 * may not run on the CPU, and those who wait in the queue of another. */
#include "sim/base/wide.h"
#include "sim/model/explain_number.h"

static bool may_run(const struct say *s, int proc, int cpu)
{
    return def_of(s, proc)->affinity >> cpu & 1;
}

int first_in_line(const struct say *s, int group, int cpu)
{
    const struct world *w = s->w;
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++)
        for (int p = w->ready[q].head; p != NONE; p = w->task[p].line.next)
            if (may_run(s, p, cpu))
                return p;
    return NONE;
}

static bool has_queues(const struct say *s)
{
    return s->w->head->groups > 1;
}

/* ---- who is before whom ---- */

int number_compare(const struct say *s, const struct way *how, int a, int b)
{
    if (how->rank == number_ratio)
        return number_compare_ratios(s, b, a);
    int64_t x = how->rank(s, a), y = how->rank(s, b);
    return (x > y) - (x < y);
}

/* By eevdf, when the fair clock reads `time`. */
static bool is_due_before(const struct say *s, int a, int b, int64_t time)
{
    int64_t va = number_vruntime(s, a), vb = number_vruntime(s, b);
    if ((va <= time) != (vb <= time))
        return va <= time;
    int64_t x = va <= time ? number_due(s, a) : va;
    int64_t y = va <= time ? number_due(s, b) : vb;
    return x != y ? x < y : a < b;
}

/* How far a scan goes until it comes to `proc`. */
static int scanned(const struct say *s, int proc, int last)
{
    int procs = s->w->head->procs;
    return (proc - last - 1 + procs) % procs;
}

/* Whether it is for certain that `a` is taken before `b`, but for where they may
 * run. Of two that the line tells apart that is not known. */
static bool is_before(const struct say *s, const struct way *how, int a, int b,
                      int cpu, int64_t time)
{
    enum policy_name policy = world_scheduler(s->w)->name;
    if (policy == POLICY_eevdf)
        return is_due_before(s, a, b, time);
    if (policy == POLICY_xv6) {
        int last = s->w->cpu[cpu].last;
        return scanned(s, a, last) < scanned(s, b, last);
    }
    int sign = number_compare(s, how, a, b);
    return sign < 0 || (sign == 0 && !how->in_line && a < b);
}

static void take_note(const struct say *s, const struct way *how,
                      struct choice c, int64_t time, int p, struct rivals *r)
{
    bool may = may_run(s, p, c.cpu);
    int *best = may ? &r->next : &r->passed;
    bool line = !may && how->in_line && number_compare(s, how, p, c.proc) == 0;
    if (line && r->equal == NONE)
        r->equal = p;
    if (!may && !is_before(s, how, p, c.proc, c.cpu, time))
        return;
    if (*best == NONE || is_before(s, how, p, *best, c.cpu, time))
        *best = p;
}

/* Where everybody may run everywhere the policy knows who is next; eevdf has
 * to look. */
struct rivals rivals_of(const struct say *s, const struct way *how,
                        struct choice c, int64_t time)
{
    const struct world *w = s->w;
    enum policy_name policy = world_scheduler(w)->name;
    int group = world_group(w->task[c.proc].queue);
    struct rivals r = {NONE, NONE, NONE};
    if (!w->scenario->is_affine && policy != POLICY_eevdf) {
        r.next = policy == POLICY_mlfq ? first_in_line(s, group, c.cpu) : c.next;
        return r;
    }
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++)
        for (int p = w->ready[q].head; p != NONE; p = w->task[p].line.next)
            if (p != c.proc)
                take_note(s, how, c, time, p, &r);
    return r;
}

/* ---- in words ---- */

/* Whether somebody but `proc` is ready in its queue, who may not run there. */
static bool others_elsewhere(const struct say *s, int proc)
{
    const struct world *w = s->w;
    int ready = w->group[world_group(w->task[proc].queue)].ready;
    return ready > (w->task[proc].flags & TASK_QUEUED ? 1 : 0);
}

void rivals_say(struct say *s, struct choice c, struct rivals r)
{
    if (r.next == NONE && !others_elsewhere(s, c.proc)) {
        if (has_queues(s))
            say_number(s, c.cpu);
        say_fold(s, has_queues(s) ? W_SAY_REASON_ALONE_QUEUE
                                  : W_SAY_REASON_ALONE,
                 has_queues(s) ? 2 : 1);
    } else if (r.next == NONE) {
        say_number(s, c.cpu);
        say_fold(s, W_SAY_REASON_ALONE_HERE, 2);
    } else if (r.passed != NONE || r.equal != NONE) {
        say_name(s, r.passed != NONE ? r.passed : r.equal);
        say_number(s, c.cpu);
        bool levels = world_scheduler(s->w)->name == POLICY_mlfq;
        say_fold(s, r.passed != NONE ? W_SAY_REASON_PASSED
                    : levels         ? W_SAY_REASON_LEVEL
                                     : W_SAY_REASON_EQUAL, 3);
    } else if (has_queues(s)) {
        say_fold(s, W_SAY_REASON_QUEUE, 1);
    }
}

void explain_others(struct say *s, int64_t ready)
{
    if (ready <= 0)
        say_word(s, W_SAY_OTHERS_NONE);
    else if (has_queues(s))
        say_count(s, ready, W_SAY_OTHERS_ONE_QUEUE, W_SAY_OTHERS_MANY_QUEUE);
    else
        say_count(s, ready, W_SAY_OTHERS_ONE, W_SAY_OTHERS_MANY);
}

/* ---- in a line ---- */

/* Whether `a`, in line, has stood there longer than `b`, who has just left it:
 * whose last change of state before the present one was first. O(events since
 * then). */
static bool stood_before(const struct say *s, int a, int b)
{
    for (size_t i = s->main; i-- > 0;) {
        const struct event *e = trace_at(s->tr, i);
        bool came = e->kind == EV_STATE || e->kind == EV_MIGRATE;
        if (came && (e->proc == a || e->proc == b))
            return e->proc == b;
    }
    return false;
}

int explain_passed_in_line(const struct say *s, int proc, int cpu)
{
    const struct world *w = s->w;
    int head = w->ready[world_group(w->task[proc].queue) * READY_LINES].head;
    if (!w->scenario->is_affine || head == NONE || may_run(s, head, cpu))
        return NONE;
    return stood_before(s, head, proc) ? head : NONE;
}

/* ---- in an urn ---- */

const struct event *number_draw(const struct say *s, int proc, int *group)
{
    *group = world_group(s->w->task[proc].queue);
    for (size_t i = s->main; i-- > 0;) {
        const struct event *e = trace_at(s->tr, i);
        if (e->t != now_of(s))
            return NULL;
        if (e->kind == EV_MIGRATE && e->proc == proc)
            *group = world_group(e->obj);
        if (e->kind == EV_DRAW && e->proc == proc)
            return e;
    }
    return NULL;
}

/* Whether the tickets of `a` come before those of `b`: in the order of the file,
 * those of one definition as they were forked. */
static bool has_lower_tickets(const struct world *w, int a, int b)
{
    if (w->proc[a].def != w->proc[b].def)
        return w->proc[a].def < w->proc[b].def;
    return w->proc[a].number < w->proc[b].number;
}

int64_t number_first_ticket(const struct say *s, int proc, int group, int cpu)
{
    const struct world *w = s->w;
    int64_t before = 0;
    for (int q = group * READY_LINES; q < (group + 1) * READY_LINES; q++)
        for (int p = w->ready[q].head; p != NONE; p = w->task[p].line.next)
            if (p != proc && may_run(s, p, cpu) &&
                has_lower_tickets(w, p, proc))
                before += def_of(s, p)->tickets;
    return before;
}
