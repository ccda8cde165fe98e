/* explain_why.c: the reasons in short, as programs read them. */
#include "sim/model/explain.h"

#include "sim/base/promises.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

enum who {
    WHO_NONE,
    WHO_PROCESS,
    WHO_SENDER,
    WHO_OP,
    WHO_SIGNAL,
    WHO_CODE,
    WHO_FIGURE
};

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
    [WHY_POLICY] = {"dispatched", ": ", WHO_FIGURE},
};

static void push_who(struct say *s, const struct event *e, enum who who)
{
    if (who == WHO_PROCESS || who == WHO_SENDER)
        say_sender(s, e->aux);
    else if (who == WHO_OP)
        say_call(s, e->aux);
    else if (who == WHO_SIGNAL)
        say_signal(s, e->aux);
    else
        say_number(s, e->val);
}

static void write_who(struct say *s, const struct event *e, struct str *out)
{
    enum who who = reasons[e->obj].who;
    struct str text = {0};
    if (who == WHO_FIGURE)
        explain_short(s, e, &text);
    else if (who != WHO_NONE && (who != WHO_PROCESS || e->aux >= 0)) {
        push_who(s, e, who);
        say_end(s, &text);
    }
    if (text.length) {
        str_add(out, reasons[e->obj].join);
        str_add(out, str_text(&text));
    }
    str_free(&text);
}

static const char *user_reason(const struct event *e)
{
    if (e->sub == T_SUSPEND)
        return "suspended by the user";
    return e->sub == T_KILL ? "killed by the user" : "activated by the user";
}

/* What may stand between the op that has returned and the getting up. */
static bool is_between(const struct event *e)
{
    return e->kind == EV_LOOP || e->kind == EV_LINE || e->kind == EV_FIGURE;
}

/* Sleepers at a pipe wake each other in a chain (explain_state.c): a writer
 * that a write has woken has room, whoever made it. NULL: as the event says. */
static const char *chain_reason(const struct world *w, const struct trace *tr,
                                size_t event)
{
    const struct event *e = trace_at(tr, event);
    size_t i = event;
    while (i && is_between(trace_at(tr, i - 1)))
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
    if (e->kind == EV_SLICE && e->sub == SLICE_ANEW)
        str_add(out, w->group[world_cpu_group(w, e->cpu)].ready
                         ? "nobody comes before it"
                     : w->head->groups > 1 ? "nobody else in its queue"
                                           : "nobody else is ready");
    if (e->kind != EV_STATE)
        return;
    require(e->obj >= 0 && e->obj < WHY_COUNT);
    bool user = e->obj == WHY_USER || (e->obj == WHY_KILLED && e->val == -1);
    const char *whole = user ? user_reason(e) : chain_reason(w, tr, event);
    if (whole) {
        str_add(out, whole);
        return;
    }
    struct say s = {.w = w, .tr = tr, .main = event, .from = event,
                    .to = event + 1, .lang = LANG_EN, .plain = true};
    str_add(out, reasons[e->obj].text);
    write_who(&s, e, out);
}
