/* program.c: a process goes through its program.
 *
 * `cpu` uses its own ticks; calls use op_cost ticks and take effect at the end
 * of the last; sleep, until, io, repeat and exit cost nothing. So a running
 * process is either working (its CPU knows until when) or about to fetch its
 * next op, and fetching never takes time: go_on loops until there is work, or
 * the process sleeps or has ended. */
#include "sim/engine/engine.h"

#include "sim/base/promises.h"

typedef void model_op(struct sim *, int);

static model_op *const does[OP_COUNT] = {
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    [OP_##verb] = model_##verb,
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
};

/* `bytes` bytes without a text: the process's name, over and over. */
static void add_names(const struct sim *s, int proc, int64_t bytes,
                      struct str *out)
{
    enum { BLOCK = 4096 };
    struct str name = {0}, block = {0};
    world_write_name(&s->world, proc, &name);
    do
        str_add_bytes(&block, name.text, name.length);
    while (block.length < BLOCK);
    for (int64_t left = bytes; left > 0; left -= (int64_t)block.length) {
        bool last = left < (int64_t)block.length;
        str_add_bytes(out, block.text, last ? (size_t)left : block.length);
    }
    str_free(&name);
    str_free(&block);
}

void op_text(const struct sim *s, int proc, const struct op *op,
             struct str *out)
{
    int64_t text = op_arg(op, KEY_text);
    if (text == ARG_ABSENT) {
        add_names(s, proc, op_arg(op, KEY_bytes), out);
        return;
    }
    world_write_text(&s->world, proc, text, out);
}

/* ---- ops end ---- */

/* After the end of the repeat that op `pc` is inside of: where `break` goes. */
static void leave_loop(struct sim *s, int proc, int32_t pc)
{
    const struct op *ops = s->scenario->ops;
    for (int32_t i = pc - 1; i >= 0; i--)
        if (ops[i].verb == OP_repeat && ops[i].end > pc) {
            SAY(s, .kind = EV_LOOP, .proc = proc,
                .obj = ops[i].loop, .aux = ops[i].end + 1);
            return;
        }
}

/* As atoi(3): leading digits of what was read, 0 if there are none; what is
 * too large for an int is the largest one. */
static int64_t number_in(const unsigned char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (text[i] == ' ' || (text[i] >= 9 && text[i] <= 13)))
        i++; /* blanks: tab … carriage return */
    bool minus = i < length && text[i] == '-';
    int64_t n = 0;
    i += i < length && (text[i] == '-' || text[i] == '+');
    for (; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        n = n > INT32_MAX ? n : n * 10 + (text[i] - '0');
    n = n > INT32_MAX ? INT32_MAX : n;
    return minus ? -n : n;
}

/* `into`: what a read or a msgrcv has brought becomes a number. */
static void put_number(struct sim *s, int proc, const struct op *op,
                       int64_t ret, int32_t payload)
{
    bool message = op->verb == OP_msgrcv;
    if (op->verb != OP_read && !message)
        return;
    int64_t var = op_arg(op, KEY_into);
    if (var == ARG_ABSENT || ret < 0 || (ret == 0 && !message))
        return;
    size_t length = 0, head = message ? sizeof(int64_t) : 0;
    const unsigned char *bytes = trace_payload(&s->trace, payload, &length);
    int64_t n = length > head ? number_in(bytes + head, length - head) : 0;
    SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)var, .val = n);
}

void op_returns(struct sim *s, int proc, int64_t ret, enum errno_name error,
                int32_t payload)
{
    int32_t pc = s->world.task[proc].pc;
    const struct op *op = &s->scenario->ops[pc];
    bool slept = s->world.task[proc].phase == PHASE_ASLEEP;
    put_number(s, proc, op, ret, payload);
    emit(s, (struct event){.kind = EV_OP,
                           .sub = (uint8_t)error,
                           .proc = proc,
                           .obj = payload,
                           .aux = pc,
                           .val = ret,
                           .cpu = slept});
    step_result_add(s, proc, pc, ret, error, payload);
    bool eof = op->verb == OP_read && ret == 0 && op_arg(op, KEY_size) > 0;
    if (eof && op_arg(op, KEY_at_eof) != ARG_ABSENT)
        leave_loop(s, proc, pc);
}

void op_sleeps(struct sim *s, int proc, enum wait_kind wait, int32_t obj,
               int64_t val)
{
    int32_t pc = s->world.task[proc].pc;
    SAY(s, .kind = EV_BLOCK, .sub = (uint8_t)wait, .proc = proc, .obj = obj,
        .aux = pc, .val = val);
    if (state_of(s, proc) == RUNNING)
        change_state(s, proc, T_BLOCK, reason(WHY_BLOCKED, pc, 0));
}

void op_sleeps_on(struct sim *s, int proc, enum wait_kind wait, int32_t obj)
{
    if (s->world.task[proc].phase == PHASE_ASLEEP)
        SAY(s, .kind = EV_REQUEUE, .sub = (uint8_t)wait, .proc = proc,
            .obj = obj);
    else
        op_sleeps(s, proc, wait, obj, 0);
}

void op_wakes(struct sim *s, int proc, int64_t ret, enum errno_name error,
              int32_t payload, struct event why)
{
    op_returns(s, proc, ret, error, payload);
    if (state_of(s, proc) == BLOCKED || state_of(s, proc) == BLOCKED_SUSPENDED)
        change_state(s, proc, T_WAKE, why);
}

void wake_stopped(struct sim *s, int proc, struct event why)
{
    if (state_of(s, proc) == BLOCKED_SUSPENDED)
        change_state(s, proc, T_WAKE, why);
}

int next_stopped(const struct sim *s, int from)
{
    if (!s->world.head->retries)
        return NONE;
    for (int i = from; i < s->world.head->procs; i++) {
        const struct task *t = &s->world.task[i];
        if (t->state == BLOCKED_SUSPENDED && t->flags & TASK_RETRY)
            return i;
    }
    return NONE;
}

/* What becomes of a sleeping call (engine.h tells of both). Where there is no
 * `again`, a stop does not disturb it; without `interrupted`, a handler always
 * ends it with EINTR. */
static const struct sleeping sleepings[WAIT_KIND_COUNT] = {
    [WAIT_CHILD] = {wait_again, wait_interrupted, false},
    [WAIT_READ] = {pipe_again, pipe_interrupted, false},
    [WAIT_WRITE] = {pipe_again, pipe_interrupted, false},
    [WAIT_MSGSND] = {msgq_again, msgq_interrupted, false},
    [WAIT_MSGRCV] = {msgq_again, msgq_interrupted, false},
    [WAIT_OPEN_READ] = {fifo_again, fifo_interrupted, false},
    [WAIT_OPEN_WRITE] = {fifo_again, fifo_interrupted, false},
    [WAIT_SEM] = {sem_again, sem_interrupted, true},
    [WAIT_SEM_ZERO] = {sem_again, sem_interrupted, true},
    [WAIT_SEMS] = {sem_again, sem_interrupted, true},
    [WAIT_SEMS_ZERO] = {sem_again, sem_interrupted, true},
};

static const struct sleeping *sleeping_of(const struct sim *s, int proc)
{
    return &sleepings[s->world.task[proc].wait];
}

bool call_leaves_line(const struct sim *s, int proc)
{
    return s->world.task[proc].phase == PHASE_ASLEEP &&
           sleeping_of(s, proc)->again;
}

bool call_ends_stopped(const struct sim *s, int proc)
{
    return s->world.task[proc].phase == PHASE_ASLEEP &&
           sleeping_of(s, proc)->ends_stopped;
}

bool call_again(struct sim *s, int proc)
{
    const struct sleeping *how = sleeping_of(s, proc);
    return how->again && how->again(s, proc);
}

void call_interrupted(struct sim *s, int proc, bool restart)
{
    struct interruption in = {restart, -1, E_EINTR};
    const struct sleeping *how = sleeping_of(s, proc);
    if (!how->interrupted || how->interrupted(s, proc, &in)) {
        op_returns(s, proc, in.ret, in.error, NO_PAYLOAD);
        return;
    }
    SAY(s, .kind = EV_AT, .proc = proc, .aux = s->world.task[proc].pc);
    does[op_at(s, proc)->verb](s, proc); /* the kernel begins the call anew */
}

/* ---- ops begin ---- */

/* "on_error": "exit": the op failed, and the program gives up. */
static bool gives_up(const struct sim *s, int proc, const struct op *op)
{
    return op->exit_on_error && state_of(s, proc) != TERMINATED &&
           s->world.proc[proc].last_errno &&
           &s->scenario->ops[s->world.proc[proc].last_op] == op;
}

/* Which ops real processes carry out: all but those that happen in the
 * process's own head. */
static bool is_real(const struct op *op)
{
    return op->verb != OP_cpu && op->verb != OP_set && op->verb != OP_add &&
           op->verb != OP_repeat && op->verb != OP_end;
}

void carry_out(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    check(does[op->verb]);
    if (is_real(op))
        step_begin(s, STEP_OP, proc);
    do
        does[op->verb](s, proc);
    while (!step_confirm(s));
    policy_settles(s);
}

/* The end of a program: the process ends, unless it has another job. If that is
 * not released yet, its sleep was cut short, and it goes back to sleep. */
static void reach_program_end(struct sim *s, int proc)
{
    const struct proc *p = &s->world.proc[proc];
    const struct process_def *def = &s->scenario->processes[p->def];
    if (def->period && (!def->jobs || p->job < def->jobs)) {
        bool released = world_release(&s->world, proc, p->job) <= s->now;
        SAY(s, .kind = EV_LOOP, .proc = proc, .obj = NONE,
            .aux = released ? def->first : def->end - 1);
        return;
    }
    step_begin(s, STEP_OP, proc);
    do
        end_process(s, proc, 0, 0, NONE);
    while (!step_confirm(s));
}

/* One round of a repeat has ended, or a program, or a handler. */
static void reach_end(struct sim *s, int proc)
{
    const struct op *end = op_at(s, proc);
    if (end->end < 0) {
        reach_program_end(s, proc);
        return;
    }
    const struct op *head = &s->scenario->ops[end->end];
    if (head->verb == OP_signal) {
        handler_returns(s, proc);
        return;
    }
    int32_t number = head->loop;
    int64_t round =
        s->world.loop[(int64_t)proc * s->world.head->loops + number] + 1;
    int64_t times = op_arg(head, KEY_repeat);
    bool over = times != ARG_FOREVER && round > times;
    if (!over && op_arg(head, KEY_as) != ARG_ABSENT)
        SAY(s, .kind = EV_VAR, .proc = proc,
            .obj = (int32_t)op_arg(head, KEY_as), .val = round);
    SAY(s, .kind = EV_LOOP, .proc = proc, .obj = number,
        .aux = over ? s->world.task[proc].pc + 1 : end->end + 1,
        .val = over ? 0 : round);
}

void model_repeat(struct sim *s, int proc)
{
    int32_t pc = s->world.task[proc].pc;
    const struct op *op = &s->scenario->ops[pc];
    if (op_arg(op, KEY_as) != ARG_ABSENT)
        SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)op_arg(op, KEY_as),
            .val = 1);
    SAY(s, .kind = EV_LOOP, .proc = proc, .obj = op->loop, .aux = pc + 1,
        .val = 1);
}

/* A scenario may go round without using time in ways that no look at its file
 * shows: handlers that call themselves, processes that make each other. So at
 * one instant there are no more ops than all there are and these for each
 * process of the file, and those on top. */
enum { OPS_AN_INSTANT = 1000, OPS_AT_LEAST = 20000 };

static bool is_endless(struct sim *s, int proc)
{
    if (s->instant_ops++ < OPS_AT_LEAST)
        return false; /* mostly */
    const struct scenario *sc = s->scenario;
    int64_t most = OPS_AT_LEAST + (int64_t)sc->process_count *
                                      (OPS_AN_INSTANT + sc->op_count);
    int32_t pc = s->world.task[proc].pc;
    if (s->instant_ops <= most)
        return false;
    /* An end stands nowhere in the file; the next op will have a place. */
    if (sc->ops[pc].line == 0 && s->instant_ops < 2 * most)
        return false;
    SAY(s, .kind = EV_STOP, .sub = STOP_ENDLESS, .proc = proc, .aux = pc);
    return true;
}

static void fetch(struct sim *s, int proc)
{
    if (is_endless(s, proc))
        return;
    const struct op *op = op_at(s, proc);
    const struct proc *p = &s->world.proc[proc];
    if (p->last_op != NONE &&
        gives_up(s, proc, &s->scenario->ops[p->last_op])) {
        step_begin_end(s, proc);
        do
            end_process(s, proc, 0, 1, NONE);
        while (!step_confirm(s));
        return;
    }
    if (op->verb == OP_end) {
        reach_end(s, proc);
        return;
    }
    enum op_time time = (enum op_time)op_about((enum verb)op->verb)->time;
    if (time == TIME_FREE) {
        carry_out(s, proc);
        return;
    }
    tick need = time == TIME_WORK ? op_arg(op, KEY_cpu) : op->cost;
    SAY(s, .kind = EV_AT, .proc = proc, .aux = s->world.task[proc].pc,
        .val = need);
    if (need == 0)
        carry_out(s, proc);
}

void go_on(struct sim *s, int proc)
{
    while (state_of(s, proc) == RUNNING && !has_stopped(s) &&
           s->world.task[proc].phase == PHASE_FETCH)
        fetch(s, proc);
}
