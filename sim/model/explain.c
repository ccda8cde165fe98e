/* explain.c: the why line.
 *
 * A step of a run is a handful of small events of which one moved something.
 * That one decides which sentence it is; the ones around it and the world
 * behind it give the numbers; what happened to others in the same step is told
 * after it. The words, in every language, are patterns of
 * assets/words/model.def; how they are filled is in explain_say.c. Sentences
 * about the state changes are in explain_state.c, explain_sleep.c,
 * explain_life.c (coming) and explain_end.c (going), of those who wait for ever
 * in explain_stuck.c, about ops and signals in
 * explain_op.c, explain_fd.c, explain_pipe.c and explain_signal.c, and who
 * waits for whom is found in explain_wait.c.
 */
#include "sim/model/explain.h"

#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

#include <string.h>

typedef void sentence(struct say *s, const struct event *e);

static void renewed(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_ticks(s, e->val);
    say_stop(s, W_SAY_RENEWED, 2);
}

static void switches(struct say *s, const struct event *e)
{
    int last = e->cpu < s->w->head->cpus ? s->w->cpu[e->cpu].last : NONE;
    say_number(s, e->cpu);
    say_name(s, e->proc);
    say_ticks(s, e->val - e->t);
    if (last != NONE)
        say_name(s, last);
    say_stop(s, last != NONE ? W_SAY_SWITCHES_FROM : W_SAY_SWITCHES,
         last != NONE ? 4 : 3);
}

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

static void user_asked(struct say *s, const struct event *e)
{
    static const enum transition arrows[] = {
        [ACTION_SUSPEND] = T_SUSPEND,
        [ACTION_ACTIVATE] = T_ACTIVATE,
        [ACTION_KILL] = T_KILL,
    };
    if (e->proc == NO_PROC)
        say_text(s, "?");
    else
        say_name(s, e->proc);
    say_text(s, e->sub <= ACTION_KILL
                    ? transition_title(arrows[e->sub], s->lang) : "?");
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
    [EV_SWITCH] = switches,              [EV_SLICE] = renewed,
    [EV_OP] = explain_op,                [EV_SIGNAL] = explain_signal,
    [EV_RETURN] = explain_handler_done,  [EV_PARENT] = explain_adopted,
    [EV_REAP] = explain_reaped,          [EV_WANT] = explain_wants,
    [EV_DEADLOCK] = explain_stuck,               [EV_STOP] = stopped,
    [EV_DIVERGE] = diverged,             [EV_USER] = user_asked,
    [EV_CHOICE] = chosen,                [EV_SEGMENT_GONE] = segment_gone,
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

/* How much an event moves: who changed his state is what a step is about, then
 * whatever ends a step, then what there are words for. */
static int weight(const struct event *e)
{
    if (!sentences[e->kind])
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
        if (weight(e) && weight(e) >= most && !after) {
            most = weight(e);
            found = i;
        }
    }
    return found;
}

/* Whether the sentence about `main` has told `e` as well. */
static bool is_told(const struct event *main, const struct event *e)
{
    bool by_end = e->kind == EV_SEGMENT_GONE && main->kind == EV_STATE;
    if (e->proc == main->proc)
        return e->kind != EV_CHOICE && !by_end;
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
        if (!sentences[e->kind] || is_told(main, e))
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

/* ---- the short reasons of the JSON output ---- */

enum who { WHO_NONE, WHO_PROCESS, WHO_SENDER, WHO_OP, WHO_SIGNAL, WHO_CODE };

/* `text`, and behind `join` who or what, where that is known. */
static const struct {
    const char *text, *join;
    enum who who;
} reasons[WHY_COUNT] = {
    [WHY_NONE] = {"", "", WHO_NONE},
    [WHY_ADMITTED] = {"admitted", "", WHO_NONE},
    [WHY_HEAD_OF_QUEUE] = {"dispatched", "", WHO_NONE},
    [WHY_SLICE_OVER] = {"slice over", "", WHO_NONE},
    [WHY_PREEMPTED] = {"preempted", " by ", WHO_PROCESS},
    [WHY_YIELDED] = {"yielded", "", WHO_NONE},
    [WHY_BLOCKED] = {"blocked", " in ", WHO_OP},
    [WHY_TIME_CAME] = {"time came", "", WHO_NONE},
    [WHY_DEVICE_DONE] = {"device done", "", WHO_NONE},
    [WHY_CHILD_ENDED] = {"child ended", ": ", WHO_PROCESS},
    [WHY_SIGNAL_CAME] = {"signal came", ": ", WHO_SIGNAL},
    [WHY_DATA_CAME] = {"data came", " from ", WHO_PROCESS},
    [WHY_ROOM_CAME] = {"room came", " from ", WHO_PROCESS},
    [WHY_NO_WRITER_LEFT] = {"last writer closed", ": ", WHO_PROCESS},
    [WHY_NO_READER_LEFT] = {"last reader closed", ": ", WHO_PROCESS},
    [WHY_EXITED] = {"exited", " with ", WHO_CODE},
    [WHY_KILLED] = {"killed", " by ", WHO_SIGNAL},
    [WHY_USER] = {"", "", WHO_NONE}, /* by transition, below */
    [WHY_STOP_SIGNAL] = {"stopped", " by ", WHO_SENDER},
    [WHY_CONT_SIGNAL] = {"continued", " by ", WHO_SENDER},
    [WHY_STILL_WAITING] = {"still waiting", "", WHO_NONE},
    [WHY_READER_CAME] = {"reader came", ": ", WHO_PROCESS},
    [WHY_WRITER_CAME] = {"writer came", ": ", WHO_PROCESS},
    [WHY_MSG_CAME] = {"message came", " from ", WHO_PROCESS},
    [WHY_QUEUE_ROOM] = {"room came", " from ", WHO_PROCESS},
    [WHY_QUEUE_SET] = {"limits changed", " by ", WHO_PROCESS},
    [WHY_REMOVED] = {"removed", " by ", WHO_PROCESS},
    [WHY_SEM_CHANGED] = {"semaphore changed", " by ", WHO_PROCESS},
    [WHY_STOP_ENDED] = {"the stop ended its call", "", WHO_NONE},
    [WHY_POLICY] = {"policy", "", WHO_NONE},
};

static void write_who(struct say *s, const struct event *e, struct str *out)
{
    enum who who = reasons[e->obj].who;
    if (who == WHO_NONE || (who == WHO_PROCESS && e->aux < 0))
        return;
    if (who == WHO_PROCESS || who == WHO_SENDER)
        say_sender(s, e->aux);
    else if (who == WHO_OP)
        say_call(s, e->aux);
    else if (who == WHO_SIGNAL)
        say_signal(s, e->aux);
    else
        say_number(s, e->val);
    str_add(out, reasons[e->obj].join);
    say_end(s, out);
}

static const char *user_reason(const struct event *e)
{
    if (e->sub == T_SUSPEND)
        return "suspended by the user";
    return e->sub == T_KILL ? "killed by the user" : "activated by the user";
}

/* Sleepers at a pipe wake each other in a chain (explain_state.c): a writer
 * that a write has woken has room, whoever made it. NULL: as the event says. */
static const char *chain_reason(const struct world *w, const struct trace *tr,
                                size_t event)
{
    const struct event *e = trace_at(tr, event);
    size_t i = event;
    while (i && trace_at(tr, i - 1)->kind == EV_LOOP)
        i--;
    const struct event *op = i ? trace_at(tr, i - 1) : e;
    if (op->kind != EV_OP || op->proc != e->proc)
        return NULL;
    int verb = w->scenario->ops[op->aux].verb;
    if (e->obj == WHY_DATA_CAME && verb == OP_write)
        return "room came";
    return e->obj == WHY_ROOM_CAME && verb == OP_read ? "data came" : NULL;
}

void explain_why(const struct world *w, const struct trace *tr, size_t event,
                 struct str *out)
{
    const struct event *e = trace_at(tr, event);
    if (e->kind == EV_SLICE)
        str_add(out, "nobody else is ready");
    if (e->kind != EV_STATE)
        return;
    require(e->obj >= 0 && e->obj < WHY_COUNT);
    bool user = e->obj == WHY_USER || (e->obj == WHY_KILLED && e->val == -1);
    const char *whole = user ? user_reason(e) : chain_reason(w, tr, event);
    if (whole) {
        str_add(out, whole);
        return;
    }
    struct say s = {.w = w, .tr = tr, .lang = LANG_EN, .plain = true};
    str_add(out, reasons[e->obj].text);
    write_who(&s, e, out);
}
