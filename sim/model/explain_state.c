/* explain_state.c: why a process changed its state.
 *
 * One function for each reason of enum why, found through a table. Each pushes
 * the cause, the numbers that decided it, and what followed; the arrow itself
 * (": ready → running.") is added for all of them at the end. */
#include "sim/base/promises.h"
#include "sim/model/explain.h"
#include "sim/model/explain_say.h"

typedef void sentence(struct say *s, const struct event *e);

static void say_policy(struct say *s)
{
    say_text(s, world_scheduler(s->w)->policy);
}

static void anyhow(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_text(s, transition_title((enum transition)e->sub, s->lang));
    say_fold(s, W_SAY_ANYHOW, 2);
}

/* ---- the CPU ---- */

void explain_how_long(struct say *s, tick slice)
{
    if (slice <= 0) {
        say_word(s, W_SAY_RUNS_FREELY);
        return;
    }
    say_ticks(s, slice);
    say_fold(s, W_SAY_RUNS_SLICE, 1);
}

static void dispatched(struct say *s, const struct event *e)
{
    if (explain_choice(s, e))
        return;
    int cpu = e->cpu == NO_CPU ? 0 : e->cpu;
    int passed = explain_passed_in_line(s, e->proc, cpu);
    say_number(s, cpu);
    say_name(s, e->proc);
    if (passed != NONE)
        explain_others(s, e->aux);
    else if (e->aux <= 0)
        say_word(s, W_SAY_BEHIND_NONE);
    else
        say_count(s, e->aux, W_SAY_BEHIND_ONE, W_SAY_BEHIND_MANY);
    explain_how_long(s, e->val);
    if (passed != NONE)
        say_name(s, passed);
    say_fold(s, passed != NONE              ? W_SAY_DISPATCH_PASSED
                : s->w->head->groups > 1 ? W_SAY_DISPATCH_QUEUE
                                         : W_SAY_DISPATCH,
             passed != NONE ? 5 : 4);
}

static void slice_over(struct say *s, const struct event *e)
{
    if (explain_slice_over(s, e))
        return;
    say_name(s, e->proc);
    say_ticks(s, e->val);
    explain_others(s, e->aux);
    say_fold(s, W_SAY_SLICE_OVER, 3);
}

static void preempted(struct say *s, const struct event *e)
{
    if (explain_preemption(s, e))
        return;
    say_name(s, e->proc);
    say_name(s, e->aux);
    say_fold(s, W_SAY_PREEMPTED, 2);
}

/* Where the line does not decide, there is no tail to go to. */
static bool has_line(const struct scheduler *keys)
{
    return keys->name == POLICY_fcfs || keys->name == POLICY_rr ||
           keys->name == POLICY_priority || keys->name == POLICY_mlfq;
}

static void yielded(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_fold(s, has_line(world_scheduler(s->w)) ? W_SAY_YIELDED
                                                : W_SAY_YIELDED_BACK, 1);
}

static void by_policy(struct say *s, const struct event *e)
{
    if (e->sub == T_DISPATCH && explain_choice(s, e))
        return;
    if (e->sub == T_DISPATCH) {
        say_number(s, e->cpu == NO_CPU ? 0 : e->cpu);
        say_policy(s);
        say_name(s, e->proc);
        say_fold(s, W_SAY_DISPATCH_POLICY, 3);
        return;
    }
    say_name(s, e->proc);
    say_policy(s);
    say_fold(s, e->sub == T_PREEMPT ? W_SAY_PREEMPTED_POLICY
                                    : W_SAY_BY_POLICY, 2);
}

/* ---- waking up ---- */

void explain_add_return(struct say *s, const struct event *e)
{
    const struct event *op = say_event(s, EV_OP, e->proc);
    if (!op)
        return;
    explain_return(s, op);
    say_fold(s, W_SAY_WITH, 2);
}

static void time_came(struct say *s, const struct event *e)
{
    const struct event *op = say_event(s, EV_OP, e->proc);
    if (op && explain_is_job_end(s, op->aux)) {
        explain_job_released(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, e->t);
    say_fold(s, W_SAY_TIME_CAME, 2);
}

static void device_done(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_fold(s, W_SAY_DEVICE_DONE, 1);
}

void explain_woken_by(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    if (e->aux >= 0)
        say_name(s, e->aux);
    say_fold(s, e->aux >= 0 ? w : W_SAY_HAD_COME, e->aux >= 0 ? 2 : 1);
    explain_add_return(s, e);
}

static void child_ended(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_CHILD_ENDED);
}

static void signal_came(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_signal(s, e->aux);
    say_fold(s, W_SAY_SIGNAL_CAME, 2);
    explain_add_return(s, e);
}

/* Sleepers wake each other in a chain: a write wakes a reader, whose taking
 * makes room for a writer. So what started it is not always what this one
 * waited for. */
static bool woken_from(const struct say *s, const struct event *e, enum verb v)
{
    const struct event *op = say_event(s, EV_OP, e->proc);
    return op && s->w->scenario->ops[op->aux].verb == v;
}

static void again(struct say *s, const struct event *e, enum word w)
{
    say_name(s, e->proc);
    say_fold(s, w, 1);
    explain_add_return(s, e);
}

static void data_came(struct say *s, const struct event *e)
{
    if (woken_from(s, e, OP_write)) {
        again(s, e, W_SAY_ROOM_AGAIN);
        return;
    }
    if (e->val <= 0 || e->aux < 0) {
        explain_woken_by(s, e, W_SAY_DATA_THERE);
        return;
    }
    say_name(s, e->proc);
    say_name(s, e->aux);
    say_bytes(s, e->val);
    say_fold(s, W_SAY_DATA_CAME, 3);
    explain_add_return(s, e);
}

static void room_came(struct say *s, const struct event *e)
{
    if (woken_from(s, e, OP_read)) {
        again(s, e, W_SAY_DATA_AGAIN);
        return;
    }
    explain_woken_by(s, e, W_SAY_ROOM_CAME);
}

static void no_writer_left(struct say *s, const struct event *e)
{
    explain_woken_by(s, e, W_SAY_NO_WRITER_LEFT);
}

/* What write(2) returns comes only after the SIGPIPE that follows, if at all. */
static void no_reader_left(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    if (e->aux >= 0)
        say_name(s, e->aux);
    say_fold(s, e->aux >= 0 ? W_SAY_NO_READER_LEFT : W_SAY_HAD_COME,
             e->aux >= 0 ? 2 : 1);
}

/* ---- suspending ---- */

static int64_t memory_of(const struct say *s, int proc)
{
    bool limited = s->w->scenario->machine.memory > 0;
    return limited ? world_need(s->w, proc) : 0;
}

static void suspended(struct say *s, const struct event *e)
{
    int64_t memory = memory_of(s, e->proc);
    say_name(s, e->proc);
    if (memory)
        say_count(s, memory, W_SAY_UNIT, W_SAY_UNITS);
    say_fold(s, memory ? W_SAY_SUSPENDED_MEMORY : W_SAY_SUSPENDED,
             memory ? 2 : 1);
}

static void activated(struct say *s, const struct event *e)
{
    bool late = !say_event(s, EV_USER, e->proc);
    int state = s->w->task[e->proc].state;
    say_name(s, e->proc);
    say_fold(s, !memory_of(s, e->proc) ? W_SAY_ACTIVATED
                : late                 ? W_SAY_ACTIVATED_LATE
                                       : W_SAY_ACTIVATED_MEMORY, 1);
    if (state == BLOCKED)
        say_fold(s, W_SAY_WAITS_ON, 1);
}

static void by_user(struct say *s, const struct event *e)
{
    if (e->sub == T_SUSPEND) {
        suspended(s, e);
    } else if (e->sub == T_KILL) {
        say_name(s, e->proc);
        say_fold(s, W_SAY_KILLED_USER, 1);
    } else {
        activated(s, e);
    }
}

/* Pushes the signal of the step, from whom it came; `usual` if the step does
 * not have it. */
static void say_cause(struct say *s, const struct event *e, const char *usual)
{
    for (size_t i = s->main; i-- > s->from;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_SIGNAL && b->proc == e->proc) {
            explain_signal_from(s, i);
            return;
        }
    }
    say_text(s, usual);
    say_sender(s, e->aux < 0 ? -1 : e->aux);
    say_fold(s, W_SAY_SIGNAL_FROM, 2);
}

static void stop_signal(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_cause(s, e, "SIGSTOP");
    say_fold(s, W_SAY_STOPPED, 2);
}

static void cont_signal(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_cause(s, e, "SIGCONT");
    say_fold(s, W_SAY_CONTINUED, 2);
}

static void still_waiting(struct say *s, const struct event *e)
{
    if (e->sub == T_WAKE) {
        say_name(s, e->proc);
        say_fold(s, W_SAY_CUT_SHORT, 1);
        explain_add_return(s, e);
        return;
    }
    say_name(s, e->proc);
    say_manual(s, s->w->task[e->proc].pc);
    say_fold(s, e->sub == T_RESLEEP ? W_SAY_RESLEEPS : W_SAY_STILL_WAITING, 2);
}

static sentence *const sentences[WHY_COUNT] = {
    [WHY_NONE] = anyhow,
    [WHY_ADMITTED] = explain_admitted,
    [WHY_HEAD_OF_QUEUE] = dispatched,
    [WHY_SLICE_OVER] = slice_over,
    [WHY_PREEMPTED] = preempted,
    [WHY_YIELDED] = yielded,
    [WHY_BLOCKED] = explain_sleep,
    [WHY_TIME_CAME] = time_came,
    [WHY_DEVICE_DONE] = device_done,
    [WHY_CHILD_ENDED] = child_ended,
    [WHY_SIGNAL_CAME] = signal_came,
    [WHY_DATA_CAME] = data_came,
    [WHY_ROOM_CAME] = room_came,
    [WHY_NO_WRITER_LEFT] = no_writer_left,
    [WHY_NO_READER_LEFT] = no_reader_left,
    [WHY_EXITED] = explain_exited,
    [WHY_KILLED] = explain_killed,
    [WHY_USER] = by_user,
    [WHY_STOP_SIGNAL] = stop_signal,
    [WHY_CONT_SIGNAL] = cont_signal,
    [WHY_STILL_WAITING] = still_waiting,
    [WHY_READER_CAME] = explain_reader_came,
    [WHY_WRITER_CAME] = explain_writer_came,
    [WHY_MSG_CAME] = explain_message_came,
    [WHY_QUEUE_ROOM] = explain_queue_room,
    [WHY_QUEUE_SET] = explain_queue_set,
    [WHY_REMOVED] = explain_removed,
    [WHY_SEM_CHANGED] = explain_sem_changed,
    [WHY_STOP_ENDED] = explain_stop_ended,
    [WHY_POLICY] = by_policy,
};

/* ---- the arrow ---- */

/* What an arrow says about being asleep and about being suspended: 1 yes, 0
 * no, −1 nothing (waking up leaves the suspended suspended). */
static int says_asleep(enum transition t)
{
    if (t == T_SUSPEND || t == T_ACTIVATE)
        return -1;
    return t == T_BLOCK || t == T_RESLEEP;
}

static int says_suspended(enum transition t)
{
    return t == T_WAKE ? -1 : t == T_SUSPEND;
}

/* The world is already behind the event, so go back to what moved its process
 * before. */
enum state explain_state_before(const struct trace *tr, size_t event)
{
    int proc = trace_at(tr, event)->proc, asleep = -1, suspended = -1;
    for (size_t i = event; i-- > 0 && (asleep < 0 || suspended < 0);) {
        const struct event *b = trace_at(tr, i);
        if (b->proc != proc || (b->kind != EV_CREATE && b->kind != EV_STATE))
            continue;
        bool last = asleep < 0 && suspended < 0;
        if (b->kind == EV_CREATE)
            return NEW;
        if (last && b->sub == T_DISPATCH)
            return RUNNING;
        if (asleep < 0)
            asleep = says_asleep((enum transition)b->sub);
        if (suspended < 0)
            suspended = says_suspended((enum transition)b->sub);
    }
    if (asleep < 0 && suspended < 0)
        return NEW;
    if (asleep == 1)
        return suspended == 1 ? BLOCKED_SUSPENDED : BLOCKED;
    return suspended == 1 ? READY_SUSPENDED : READY;
}

void explain_state(struct say *s, const struct event *e)
{
    require(e->obj >= 0 && e->obj < WHY_COUNT);
    enum state from = explain_state_before(s->tr, s->main);
    enum state to = state_after(from, (enum transition)e->sub);
    sentences[e->obj](s, e);
    say_state(s, from);
    say_state(s, to == NOWHERE ? (enum state)s->w->task[e->proc].state : to);
    say_fold(s, W_SAY_MOVES, 3);
}
