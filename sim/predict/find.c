/* find.c: which questions there are at a moment of a run. */
#include "sim/predict/question_in.h"

#include "sim/base/promises.h"
#include "sim/base/rng.h"
#include "sim/scenario/ops.h"

#include <string.h>

/* ---- choices ---- */

static bool same(struct choice a, struct choice b)
{
    return a.kind == b.kind && a.value == b.value;
}

static int place_of(const struct candidates *c, struct choice what)
{
    for (int i = 0; i < c->count; i++)
        if (same(c->all[i], what))
            return i;
    return NONE;
}

void candidate(struct candidates *c, enum choice_kind kind, int64_t value)
{
    struct choice new = {kind, value};
    if (c->count < CANDIDATES_MOST && place_of(c, new) == NONE)
        c->all[c->count++] = new;
}

/* FNV-1a: the same question of the same moment, the same number. */
static uint64_t dice_of(const struct prediction *q)
{
    const int64_t from[] = {q->asked_events, q->asked, q->kind,
                            q->proc, q->cpu, q->op};
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        for (int b = 0; b < 64; b += 8)
            h = (h ^ ((uint64_t)from[i] >> b & 0xff)) * 0x100000001b3u;
    return h;
}

static void exchange(struct choice *a, struct choice *b)
{
    struct choice kept = *a;
    *a = *b;
    *b = kept;
}

bool question_choose(struct prediction *q, const struct candidates *c,
                     struct choice right, int least)
{
    int at = place_of(c, right);
    if (at == NONE || at >= CHOICES_SHOWN || c->count < least)
        return false;
    q->choices = c->count < CHOICES_SHOWN ? c->count : CHOICES_SHOWN;
    memcpy(q->choice, c->all, (size_t)q->choices * sizeof *q->choice);
    uint64_t dice = dice_of(q);
    for (int i = q->choices - 1; i > 0; i--)
        exchange(&q->choice[i],
                 &q->choice[rng_below(&dice, (uint64_t)i + 1)]);
    for (int i = 0; i < q->choices; i++)
        if (same(q->choice[i], right))
            q->answer = i;
    return true;
}

/* ---- the next step ---- */

static void note(struct next_step *n, const struct event *e)
{
    switch (e->kind) {
    case EV_STATE: n->state = e; break;
    case EV_OP: n->op = e; break;
    case EV_BLOCK: n->block = e; break;
    case EV_SLICE: n->slice = e; break;
    case EV_SWITCH: n->begins = e; break;
    case EV_TAKE: n->take = e; break;
    case EV_FAULT: n->fault = e; break;
    case EV_CHOICE:
    case EV_LAST:
    case EV_PEERS:
    case EV_DIVERGE: n->open = true; break;
    default: break;
    }
}

static struct next_step next_step(const struct outlook *m)
{
    struct next_step n = {.begin = m->p};
    n.end = m->p < m->tr->count ? trace_step_after(m->tr, m->p) : m->p;
    for (size_t i = n.begin; i < n.end; i++)
        note(&n, trace_at(m->tr, i));
    return n;
}

static int64_t model_events(const struct world *w)
{
    return (int64_t)(w->head->events - w->head->evidence);
}

/* What all questions of the moment have in common. */
static struct prediction blank(const struct outlook *m, enum question_kind kind)
{
    tick now = m->w->head->now;
    int64_t events = model_events(m->w);
    return (struct prediction){.kind = kind,
                             .proc = NONE,
                             .cpu = NONE,
                             .op = -1,
                             .obj = -1,
                             .from = m->p,
                             .until = m->p,
                             .asked = now,
                             .seen = now,
                             .asked_events = events,
                             .seen_events = events};
}

/* The answer is seen at the end of the step. */
static void seen_after(const struct outlook *m, const struct next_step *n,
                       struct prediction *q)
{
    q->until = n->end;
    for (size_t i = n->begin; i < n->end; i++) {
        q->seen_events += !event_is_evidence(trace_at(m->tr, i));
        q->seen = trace_at(m->tr, i)->t;
    }
}

/* ---- who gets a CPU ---- */

static bool alive(const struct world *w, int proc)
{
    int st = w->task[proc].state;
    return st != TERMINATED && st != NEW;
}

/* Those who are ready, then others who live; and nobody. */
static bool whoever(const struct outlook *m, struct prediction *q,
                    struct choice right)
{
    struct candidates c = {.count = 0};
    int procs = m->w->head->procs;
    candidate(&c, CHOICE_NOBODY, 0);
    for (int p = 0; p < procs && c.count < CHOICES_SHOWN; p++)
        if (m->w->task[p].state == READY)
            candidate(&c, CHOICE_PROCESS, p);
    for (int p = 0; p < procs && c.count < CHOICES_SHOWN; p++)
        if (alive(m->w, p) && m->w->task[p].state != RUNNING)
            candidate(&c, CHOICE_PROCESS, p);
    return question_choose(q, &c, right, 3);
}

static bool ask_who(const struct outlook *m, const struct next_step *n,
                    struct prediction *q)
{
    const struct event *e = n->begins;
    bool dispatch = n->state && n->state->sub == T_DISPATCH;
    if (!e && dispatch)
        e = n->state;
    if (!e || (e == n->state && m->w->cpu[e->cpu].next == e->proc))
        return false; /* the switch has told already */
    q->cpu = e->cpu;
    return whoever(m, q, (struct choice){CHOICE_PROCESS, e->proc});
}

/* Whether somebody still comes to `cpu` at this instant. */
static bool still_comes(const struct outlook *m, int cpu)
{
    tick now = m->w->head->now;
    for (size_t i = m->p; i < m->tr->count; i++) {
        const struct event *e = trace_at(m->tr, i);
        if (e->t != now)
            return false;
        bool comes = e->kind == EV_SWITCH ||
                     (e->kind == EV_STATE && e->sub == T_DISPATCH);
        if (comes && e->cpu == cpu)
            return true;
    }
    return false;
}

/* The CPU that somebody has just left, NONE: that was not what happened. */
static int just_left(const struct outlook *m)
{
    size_t begin = m->p ? trace_step_before(m->tr, m->p) : 0;
    for (size_t i = m->p; i > begin; i--) {
        const struct event *e = trace_at(m->tr, i - 1);
        if (e->kind == EV_STATE && e->cpu != NO_CPU && e->sub != T_DISPATCH)
            return e->cpu;
    }
    return NONE;
}

static bool ask_idle(const struct outlook *m, struct prediction *q)
{
    int cpu = just_left(m);
    if (cpu == NONE || m->w->head->in_state[READY] ||
        m->w->head->stop != STOP_NOT)
        return false;
    const struct cpu *c = &m->w->cpu[cpu];
    if (c->proc != NONE || c->next != NONE || still_comes(m, cpu))
        return false;
    q->cpu = cpu;
    return whoever(m, q, (struct choice){CHOICE_NOBODY, 0});
}

/* ---- where somebody goes ---- */

/* Whether the suspended states can be come to in this lesson. */
static bool suspends(const struct world *w)
{
    const struct scenario *sc = w->scenario;
    const struct world_head *h = w->head;
    bool there = h->in_state[READY_SUSPENDED] || h->in_state[BLOCKED_SUSPENDED];
    for (int i = 0; i < sc->action_count && !there; i++)
        there = sc->actions[i].kind == ACTION_SUSPEND;
    for (int i = 0; i < sc->op_count && !there; i++) {
        const struct op *op = &sc->ops[i];
        there = op->verb == OP_kill && op_arg(op, KEY_sig) > 0 &&
                signal_default((int)op_arg(op, KEY_sig)) == SIG_DOES_STOP;
    }
    return there;
}

static bool ask_state(const struct outlook *m, const struct next_step *n,
                      struct prediction *q)
{
    const struct event *e = n->state;
    if (!e || e->sub == T_DISPATCH || e->proc >= m->w->head->procs)
        return false;
    enum state now = (enum state)m->w->task[e->proc].state;
    enum state right = state_after(now, (enum transition)e->sub);
    bool all = suspends(m->w);
    struct candidates c = {.count = 0};
    for (int s = READY; s < STATE_COUNT; s++)
        if (s != (int)now &&
            (all || (s != READY_SUSPENDED && s != BLOCKED_SUSPENDED)))
            candidate(&c, CHOICE_STATE, s);
    q->proc = e->proc;
    return right != NOWHERE &&
           question_choose(q, &c, (struct choice){CHOICE_STATE, right}, 3);
}

/* Whether `e` takes its process from the CPU, by itself or not. */
static bool leaves(const struct event *e)
{
    return e && e->kind == EV_STATE && e->cpu != NO_CPU &&
           (e->sub == T_SLICE_OVER || e->sub == T_PREEMPT ||
            e->sub == T_BLOCK || e->sub == T_EXIT);
}

static bool ask_goes(const struct outlook *m, const struct next_step *n,
                     struct prediction *q)
{
    const struct event *e = n->state;
    bool anew = !e && n->slice && n->slice->sub == SLICE_ANEW;
    struct choice right = {CHOICE_GOES_ON, 0};
    struct candidates c = {.count = 0};
    if (anew)
        e = n->slice;
    if (!anew && !leaves(e))
        return false;
    if (!anew)
        right = (struct choice){CHOICE_STATE,
                                state_after(RUNNING, (enum transition)e->sub)};
    q->proc = e->proc;
    q->cpu = m->w->task[e->proc].cpu;
    candidate(&c, CHOICE_GOES_ON, 0);
    candidate(&c, CHOICE_STATE, READY);
    candidate(&c, CHOICE_STATE, BLOCKED);
    candidate(&c, CHOICE_STATE, TERMINATED);
    return question_choose(q, &c, right, 4);
}

/* ---- how long ---- */

/* Who was dispatched in the step before, NONE. */
static int just_dispatched(const struct outlook *m)
{
    size_t begin = m->p ? trace_step_before(m->tr, m->p) : 0;
    for (size_t i = m->p; i > begin; i--) {
        const struct event *e = trace_at(m->tr, i - 1);
        if (e->kind == EV_STATE)
            return e->sub == T_DISPATCH ? e->proc : NONE;
    }
    return NONE;
}

static bool ask_slice(const struct outlook *m, const struct next_step *n,
                      struct prediction *q)
{
    int proc = just_dispatched(m);
    if (proc == NONE || !leaves(n->state) || n->state->proc != proc ||
        m->w->task[proc].state != RUNNING)
        return false;
    const struct cpu *cpu = &m->w->cpu[m->w->task[proc].cpu];
    tick now = m->w->head->now, end = cpu->slice_end;
    if (end == TICK_NEVER)
        return false;
    struct candidates c = {.count = 0};
    for (tick t = end - 2; t <= end + 2; t++)
        if (t > now)
            candidate(&c, CHOICE_TIME, t);
    if (cpu->work_end != TICK_NEVER && cpu->work_end > now)
        candidate(&c, CHOICE_TIME, cpu->work_end);
    q->proc = proc;
    q->cpu = m->w->task[proc].cpu;
    return question_choose(q, &c, (struct choice){CHOICE_TIME, n->state->t}, 3);
}

/* ---- one of them ---- */

typedef bool asking(const struct outlook *m, const struct next_step *n,
                    struct prediction *q);

static asking *const about_step[QUESTION_KINDS] = {
    [QUESTION_STATE] = ask_state,     [QUESTION_WHO] = ask_who,
    [QUESTION_GOES] = ask_goes,       [QUESTION_CALL] = ask_call,
    [QUESTION_MESSAGE] = ask_message, [QUESTION_SEMAPHORE] = ask_semaphore,
    [QUESTION_SLICE] = ask_slice,
};

/* What is seldom to be had is asked rather. */
static const uint64_t weights[QUESTION_KINDS] = {
    [QUESTION_STATE] = 1,   [QUESTION_WHO] = 1,       [QUESTION_GOES] = 2,
    [QUESTION_CALL] = 2,    [QUESTION_MESSAGE] = 4,   [QUESTION_SEMAPHORE] = 3,
    [QUESTION_SLICE] = 3,
};

/* Of those that can be asked about the next step and are wanted, one. */
static bool step_question(const struct outlook *m, unsigned kinds,
                          struct prediction *q)
{
    struct next_step n = next_step(m);
    struct prediction can[QUESTION_KINDS];
    uint64_t all = 0;
    int count = 0;
    if (n.begin == n.end || n.open)
        return false;
    for (int k = 0; k < QUESTION_KINDS; k++) {
        struct prediction one = blank(m, (enum question_kind)k);
        if (!about_step[k] || !(kinds >> k & 1))
            continue;
        seen_after(m, &n, &one);
        if (!about_step[k](m, &n, &one))
            continue;
        can[count++] = one;
        all += weights[k];
    }
    if (!count)
        return false;
    struct prediction here = blank(m, QUESTION_KINDS);
    uint64_t dice = dice_of(&here), drawn = rng_below(&dice, all);
    int i = 0;
    for (; drawn >= weights[can[i].kind]; i++)
        drawn -= weights[can[i].kind];
    *q = can[i];
    return true;
}

/* ---- the lesson's own ---- */

/* A lesson asks when all of time `at` has happened: before the step that leads
 * beyond. */
static bool is_asked_here(const struct outlook *m, const struct prediction *blank_q,
                          tick at)
{
    const struct trace *tr = m->tr;
    bool here = m->p == 0 || trace_at(tr, m->p - 1)->t <= at;
    if (m->p == tr->count)
        return here && blank_q->asked == at && m->w->head->stop != STOP_NOT;
    size_t end = trace_step_after(tr, m->p);
    return here && trace_at(tr, end - 1)->t > at;
}

static bool lesson_question(const struct outlook *m, int *nth,
                            struct prediction *q)
{
    const struct scenario *sc = m->w->scenario;
    *q = blank(m, QUESTION_LESSON);
    for (int i = 0; i < sc->question_count; i++) {
        const struct question *d = &sc->questions[i];
        if (!is_asked_here(m, q, d->at) || (*nth)--)
            continue;
        q->obj = i;
        q->asked = q->seen = d->at > q->asked ? d->at : q->asked;
        q->choices = d->choice_count < CHOICES_SHOWN ? d->choice_count
                                                     : CHOICES_SHOWN;
        for (int c = 0; c < q->choices; c++)
            q->choice[c] = (struct choice){CHOICE_TEXT, c};
        q->answer = d->answer;
        if (q->answer >= q->choices) { /* the last shown gives way */
            q->answer = q->choices - 1;
            q->choice[q->answer].value = d->answer;
        }
        return true;
    }
    return false;
}

/* Whether this moment is one of those at which is asked. */
static bool is_its_turn(const struct outlook *m, int every)
{
    struct prediction here = blank(m, QUESTION_KINDS);
    uint64_t dice = dice_of(&here) ^ 1;
    return every <= 1 || rng_below(&dice, (uint64_t)every) == 0;
}

bool question_at(const struct outlook *m, const struct question_wish *wish,
                 int nth, struct prediction *q)
{
    require(nth >= 0 && wish->every >= 1);
    if (wish->kinds >> QUESTION_LESSON & 1 && lesson_question(m, &nth, q))
        return true;
    if (!is_its_turn(m, wish->every))
        return false;
    *q = blank(m, QUESTION_WHO);
    if (wish->kinds >> QUESTION_WHO & 1 && ask_idle(m, q) && nth-- == 0)
        return true;
    return step_question(m, wish->kinds, q) && nth == 0;
}

bool question_next(struct world *w, const struct trace *tr, size_t p, int skip,
                   const struct question_wish *wish, int steps,
                   struct prediction *q, size_t *end)
{
    for (;; steps--) {
        struct outlook m = {w, tr, p};
        *end = p;
        if (question_at(&m, wish, skip, q))
            return true;
        skip = 0;
        if (p == tr->count || steps <= 0)
            return false;
        for (size_t to = trace_step_after(tr, p); p < to; p++)
            world_apply(w, tr, trace_at(tr, p));
    }
}

void question_answered(const struct prediction *q, const struct world *now,
                       const struct trace *tr, struct world *then)
{
    world_copy(then, now);
    for (size_t i = q->from; i < q->until; i++)
        world_apply(then, tr, trace_at(tr, i));
}
