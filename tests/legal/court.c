/* court.c: a run is judged instant by instant.
 *
 * Time stands still at an instant, and all that is said of it is taken fact by
 * fact; then it must hold that nobody is left who should have moved. Between
 * instants the court lets work, slices and virtual times run. It also looks at
 * moments of which the run says nothing: there it may have forgotten somebody.
 */
#include "tests/legal/court.h"

#include <stdarg.h>
#include <string.h>

static const struct law *const laws[] = {
    &law_fcfs,   &law_sjf,    &law_srtf, &law_hrrn,  &law_rr,
    &law_priority, &law_mlfq, &law_lottery, &law_stride, &law_cfs,
    &law_eevdf,  &law_edf,    &law_rm,   &law_xv6};

void breach(struct court *c, const char *format, ...)
{
    if (c->over)
        return;
    c->over = true;
    str_addf(c->why, "at %lld: ", (long long)c->now);
    va_list args;
    va_start(args, format);
    str_vaddf(c->why, format, args);
    va_end(args);
}

const char *called(const struct court *c, int man)
{
    static char names[4][80];
    static int turn;
    char *name = names[turn++ % 4];
    if (man < 0)
        return "nobody";
    struct str s = {0};
    str_add(&s, def_of(c, man)->name);
    if (c->man[man].number > 1)
        str_addf(&s, ".%d", c->man[man].number);
    size_t n = s.length < 79 ? s.length : 79;
    memcpy(name, str_text(&s), n);
    name[n] = '\0';
    str_free(&s);
    return name;
}

/* ---- time ---- */

static void pass(struct court *c, tick t)
{
    tick ticks = t - c->now;
    for (int i = 0; i < c->men && ticks; i++) {
        struct man *m = &c->man[i];
        m->spent[m->state] += ticks;
        if (m->state != RUNNING)
            continue;
        m->left -= ticks;
        m->used += ticks;
        m->ran += ticks;
        if (m->left < 0)
            breach(c, "%s has run on until %lld, %lld ticks behind the end of "
                   "its work", called(c, i), (long long)t, (long long)-m->left);
        if (c->law->ran)
            c->law->ran(c, i, ticks);
    }
    if (ticks)
        for (int i = 0; i < c->men; i++)
            c->man[i].dispatched_now = false;
    c->now = t;
    c->stamp++;
    c->phase = c->phase_last = 0;
    c->begun = false;
}

static void earliest(tick *next, tick t)
{
    if (t < *next)
        *next = t;
}

/* When something has to happen next, whatever the run says. */
static tick next_duty(struct court *c)
{
    tick next = c->law->next ? c->law->next(c) : TICK_NEVER;
    for (int i = 0; i < c->men; i++) {
        const struct man *m = &c->man[i];
        if (m->state == RUNNING) {
            earliest(&next, c->now + m->left);
            if (m->slice)
                earliest(&next, c->now + m->slice - m->ran);
        } else if (m->state == BLOCKED || m->state == BLOCKED_SUSPENDED) {
            earliest(&next, m->until);
        }
    }
    for (int i = 0; i < c->cpus; i++)
        if (c->seat[i].next != NOBODY)
            earliest(&next, c->seat[i].switched);
    for (int i = 0; i < c->sc->process_count; i++)
        if (!c->sc->processes[i].forked &&
            c->sc->processes[i].arrival > c->now)
            earliest(&next, c->sc->processes[i].arrival);
    return next;
}

static void begin_instant(struct court *c)
{
    for (int i = 0; i < c->men; i++)
        if (runs(c, i) && c->man[i].left == 0)
            work_goes_on(c, i);
}

/* ---- the whole ---- */

static void judge(struct court *c, const struct facts *f, tick until)
{
    size_t i = 0;
    while (!c->over) {
        tick next = i < f->count ? f->fact[i].t : TICK_NEVER;
        tick duty = next_duty(c);
        tick t = next < duty ? next : duty;
        if (t == TICK_NEVER || t > until)
            return;
        if (t <= c->now) {
            breach(c, "time goes back, or stands still");
            return;
        }
        pass(c, t);
        begin_instant(c);
        for (; i < f->count && f->fact[i].t == t && !c->over; i++)
            fact_judge(c, &f->fact[i]);
        if (!c->over)
            judge_end(c);
    }
}

/* Whether it can wait for ever: for others, who do not go on either. */
static bool is_stuck(const struct man *m)
{
    return m->state == BLOCKED_SUSPENDED || m->state == READY_SUSPENDED ||
           (m->state == BLOCKED && m->until == TICK_NEVER);
}

static void judge_rest(struct court *c, tick until)
{
    bool all = true;
    for (int i = 0; i < c->men; i++)
        all &= c->man[i].state == TERMINATED || is_stuck(&c->man[i]);
    for (int i = 0; i < c->sc->process_count; i++)
        all &= c->sc->processes[i].forked ||
               c->sc->processes[i].arrival <= c->now;
    if (!all && c->now <= until && next_duty(c) == TICK_NEVER && !c->over)
        breach(c, "the run is over, and somebody is not");
}

static const struct law *law_of(const struct scenario *sc)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        if (strcmp(laws[i]->name, sc->scheduler.policy) == 0)
            return laws[i];
    return NULL;
}

bool legal(const struct scenario *sc, const struct facts *f, tick until,
           enum tightness tight, struct str *why)
{
    static struct court c; /* too large for a stack */
    memset(&c, 0, sizeof c);
    c.sc = sc;
    c.law = law_of(sc);
    c.tight = tight;
    c.why = why;
    c.now = -1;
    c.maker = NOBODY;
    c.lent_at = -1;
    for (int i = 0; i < CPUS_MAX; i++)
        c.all[i].at = -1;
    c.cpus = sc->machine.cpus;
    c.dice = sc->scheduler.seed;
    for (int i = 0; i < CPUS_MAX; i++)
        c.seat[i] = (struct seat){NOBODY, NOBODY, 0, -1, NOBODY};
    if (!c.law || !legal_knows(sc, why))
        return false;
    judge(&c, f, until);
    judge_rest(&c, until);
    return !c.over;
}

static bool is_known(const struct op *op)
{
    enum verb v = (enum verb)op->verb;
    if (v == OP_repeat)
        return op->loop < ROUNDS_MAX && op->arg[0] != ARG_FOREVER;
    if (v == OP_until)
        return op->arg[0] == ARG_NEXT_JOB;
    if (v == OP_P || v == OP_V)
        return op_arg(op, KEY_by) == ARG_ABSENT;
    return v == OP_cpu || v == OP_io || v == OP_sleep || v == OP_yield ||
           v == OP_end || v == OP_exit || v == OP_fork || v == OP_wait ||
           v == OP_kill || v == OP_nice || v == OP_pipe || v == OP_read ||
           v == OP_write || v == OP_semget || v == OP_semctl;
}

bool legal_knows(const struct scenario *sc, struct str *why)
{
    if (!law_of(sc))
        str_addf(why, "no law is called %s", sc->scheduler.policy);
    else if (sc->process_count > LEGAL_PROCS_MAX)
        str_add(why, "too many processes");
    else
        for (int i = 0; i < sc->op_count; i++)
            if (!is_known(&sc->ops[i]))
                str_addf(why, "op %d is not for this court", i);
    return why->length == 0;
}
