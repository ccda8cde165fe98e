/* explain.c: the why line.
 *
 * A step of a run is a handful of small events of which one moved something.
 * That one decides which sentence it is; the ones around it and the world
 * behind it give the numbers; what happened to others in the same step is told
 * after it. The words, in every language, are patterns of
 * assets/words; how they are filled is in explain_say.c. Sentences
 * about the state changes are in explain_state.c, explain_sleep.c,
 * explain_life.c (coming) and explain_end.c (going), about what a policy has
 * decided in explain_policy.c, explain_sched.c and explain_job.c, of those who
 * wait for ever in explain_stuck.c, about ops and signals in explain_op.c,
 * explain_fd.c, explain_pipe.c and explain_signal.c, and who waits for whom is
 * found in explain_wait.c.
 */
#include "sim/model/explain.h"

#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/model/figure.h"

#include <string.h>

typedef void sentence(struct say *s, const struct event *e);

static void stopped(struct say *s, const struct event *e)
{
    int procs = s->w->head->procs;
    if (e->sub == STOP_DEADLOCK) {
        const struct world_head *h = s->w->head;
        say_count(s, h->alive, W_SAY_IS_PROCESS, W_SAY_ARE_PROCESSES);
        bool all = h->in_state[READY_SUSPENDED] == h->alive;
        say_stop(s, all ? W_SAY_ALL_SUSPENDED : W_SAY_DEADLOCKED, 1);
    } else if (e->sub == STOP_UNTIL) {
        say_number(s, e->t);
        say_stop(s, W_SAY_UNTIL, 1);
    } else if (e->sub == STOP_ENDLESS) {
        say_name(s, e->proc);
        say_stop(s, W_SAY_ENDLESS, 1);
    } else {
        say_count(s, procs, W_SAY_PROCESS, W_SAY_PROCESSES);
        say_number(s, e->t);
        say_stop(s, procs == 1 ? W_SAY_FINISHED_ONE : W_SAY_FINISHED, 2);
    }
}

static void say_part(struct say *s, const char *text, size_t length)
{
    say_text(s, "");
    str_add_bytes(&s->piece[s->depth - 1], text, length);
}

/* The payload is {"model": {…}, "kernel": {…}}: the sides are told apart. */
static void diverged(struct say *s, const struct event *e)
{
    static const char model[] = "{\"model\": ", kernel[] = ", \"kernel\": ";
    size_t length = 0, head = sizeof model - 1, gap = sizeof kernel - 1;
    const unsigned char *p = trace_payload(s->tr, e->obj, &length);
    struct str all = {0};
    str_add_bytes(&all, (const char *)p, length);
    const char *text = str_text(&all), *middle = strstr(text, kernel);
    say_name(s, e->proc);
    say_manual(s, e->aux);
    if (!middle || strncmp(text, model, head) != 0) {
        say_text(s, text);
        say_stop(s, W_SAY_DIVERGED, 3);
    } else {
        size_t at = (size_t)(middle - text);
        say_part(s, text + head, at - head);
        say_part(s, middle + gap, length - at - gap - 1);
        say_stop(s, W_SAY_DIVERGED_SIDES, 4);
    }
    str_free(&all);
}

/* Another variant of the scheduler: a refused one may not be there. */
static void user_policy(struct say *s, const struct event *e)
{
    const struct scenario *sc = s->w->scenario;
    bool there = e->obj > 0 && e->obj <= sc->later_count;
    const struct scheduler *k = there ? &sc->later[e->obj - 1] : &sc->scheduler;
    tick quantum = scheduler_quantum(k);
    say_scheduler(s, k);
    if (quantum)
        say_ticks(s, quantum);
    say_stop(s, e->val    ? W_SAY_REFUSED_POLICY
                : quantum ? W_SAY_USER_POLICY_QUANTUM
                          : W_SAY_USER_POLICY, quantum ? 2 : 1);
}

static void user_asked(struct say *s, const struct event *e)
{
    if (e->sub == ACTION_POLICY) {
        user_policy(s, e);
        return;
    }
    static const enum transition arrows[] = {
        [ACTION_SUSPEND] = T_SUSPEND,
        [ACTION_ACTIVATE] = T_ACTIVATE,
        [ACTION_KILL] = T_KILL,
    };
    if (e->proc == NO_PROC)
        say_text(s, "?");
    else
        say_name(s, e->proc);
    say_text(s, transition_title(arrows[e->sub], s->lang));
    say_stop(s, e->val == REFUSED_STATE    ? W_SAY_REFUSED_STATE
            : e->val == REFUSED_ABSENT ? W_SAY_REFUSED_ABSENT
            : e->val == REFUSED_WAITS  ? W_SAY_REFUSED_WAITS
                                       : W_SAY_USER_ASKED, 2);
}

static void chosen(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_number(s, e->aux);
    say_stop(s, e->sub == RACE_WAIT    ? W_SAY_CHOSEN_CHILD
            : e->sub == RACE_QUEUE ? W_SAY_CHOSEN_QUEUE
                                   : W_SAY_CHOSEN, 2);
}

/* With the end of a process; what a call has destroyed, the call tells. */
static void segment_gone(struct say *s, const struct event *e)
{
    (void)e;
    say_stop(s, W_SAY_SEGMENT_GONE, 0);
}

static sentence *const sentences[EVENT_COUNT] = {
    [EV_CREATE] = explain_created,       [EV_STATE] = explain_state,
    [EV_SWITCH] = explain_switch,        [EV_SLICE] = explain_renewed,
    [EV_OP] = explain_op,                [EV_SIGNAL] = explain_signal,
    [EV_RETURN] = explain_handler_done,  [EV_PARENT] = explain_adopted,
    [EV_REAP] = explain_reaped,          [EV_WANT] = explain_wants,
    [EV_DEADLOCK] = explain_stuck,               [EV_STOP] = stopped,
    [EV_DIVERGE] = diverged,             [EV_USER] = user_asked,
    [EV_CHOICE] = chosen,                [EV_SEGMENT_GONE] = segment_gone,
    [EV_MIGRATE] = explain_migrated,     [EV_FIGURE] = explain_figure,
    [EV_BOOST] = explain_boost,          [EV_JOB] = explain_job,
    [EV_MISS] = explain_missed,          [EV_POLICY] = explain_policy_set,
};

static void beginning(struct say *s)
{
    const struct scenario *sc = s->w->scenario;
    say_count(s, sc->process_count, W_SAY_PROCESS, W_SAY_PROCESSES);
    say_count(s, sc->machine.cpus, W_SAY_CPU, W_SAY_CPUS);
    say_text(s, sc->scheduler.policy ? sc->scheduler.policy : "?");
    if (sc->scheduler.quantum > 0) {
        say_ticks(s, sc->scheduler.quantum);
        say_stop(s, W_SAY_BEGIN_QUANTUM, 4);
    } else {
        say_stop(s, W_SAY_BEGIN, 3);
    }
}

static bool has_words(const struct say *s, const struct event *e)
{
    return sentences[e->kind] &&
           (e->kind != EV_FIGURE || figure_matters(s->w, e));
}

/* How much an event moves: who changed his state is what a step is about, then
 * whatever ends a step, then what there are words for. */
static int weight(const struct say *s, const struct event *e)
{
    if (!has_words(s, e))
        return 0;
    if (e->kind == EV_STATE)
        return 3;
    return event_is_step(e) ? 2 : 1;
}

/* The event that the step is about: the last of the heaviest, but an adoption
 * before the reaping that follows it. s->to: none has words. */
static size_t main_event(const struct say *s)
{
    size_t found = s->to;
    int most = 0;
    for (size_t i = s->from; i < s->to; i++) {
        const struct event *e = trace_at(s->tr, i);
        bool after = found < s->to && e->kind == EV_REAP &&
                     trace_at(s->tr, found)->proc == e->proc;
        if (weight(s, e) && weight(s, e) >= most && !after) {
            most = weight(s, e);
            found = i;
        }
    }
    return found;
}

/* Whether the sentence about `main` has told `e` as well. */
static bool is_told(const struct event *main, const struct event *e)
{
    bool by_end = e->kind == EV_SEGMENT_GONE && main->kind == EV_STATE;
    bool demoted = e->kind == EV_FIGURE && main->kind != EV_FIGURE;
    if (e->proc == main->proc)
        return e->kind != EV_CHOICE && !by_end && !demoted;
    return (e->kind == EV_CREATE || e->kind == EV_REAP) &&
           e->obj == main->proc;
}

static void about_event(struct say *s, size_t at, struct str *out)
{
    s->main = at;
    const struct event *e = trace_at(s->tr, at);
    sentences[e->kind](s, e);
    say_end(s, out);
}

/* What else has happened in the step. */
static void add_others(struct say *s, struct str *out)
{
    const struct event *main = trace_at(s->tr, s->main);
    for (size_t i = s->from; i < s->to; i++) {
        const struct event *e = trace_at(s->tr, i);
        if (!has_words(s, e) || is_told(main, e))
            continue;
        if (s->lang == LANG_EN)
            str_add_char(out, ' ');
        about_event(s, i, out);
    }
}

static void explain(struct say *s, size_t p, bool all, struct str *out)
{
    require(p <= s->tr->count);
    if (p == 0) {
        beginning(s);
        say_end(s, out);
        return;
    }
    s->from = trace_step_before(s->tr, p);
    s->to = p;
    size_t main = main_event(s);
    if (main == p) {
        say_number(s, s->w->head->now);
        say_stop(s, W_SAY_CLOCK, 1);
        say_end(s, out);
        return;
    }
    about_event(s, main, out);
    if (all)
        add_others(s, out);
}

void explain_step(const struct world *w, const struct trace *tr, size_t p,
                  enum lang lang, struct str *out)
{
    struct say s = {.w = w, .tr = tr, .lang = lang};
    explain(&s, p, true, out);
}

void explain_main(const struct world *w, const struct trace *tr, size_t p,
                  enum lang lang, struct str *out)
{
    struct say s = {.w = w, .tr = tr, .lang = lang};
    explain(&s, p, false, out);
}
