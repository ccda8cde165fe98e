/* A story told by hand: a small scenario, and events that a test says itself.
 * It stands for a run where a test is about what is made of events, not about
 * who makes them.
 *
 * Processes: parent (index 0 of the definitions, 4 units of memory), child
 * (1, 2 units), other (2). Variables p[0], p[1], i. One op of each kind. */
#ifndef TIMESLICE_TESTS_STORY_H
#define TIMESLICE_TESTS_STORY_H

#include "sim/model/trace.h"
#include "sim/model/world.h"

#include <string.h>

enum story_op {
    DO_CPU, DO_SLEEP, DO_IO, DO_DISK, DO_YIELD, DO_SET, DO_FORK, DO_WAIT,
    DO_WAIT_ANY, DO_KILL, DO_ASK, DO_IGNORE, DO_BLOCK, DO_HANDLER, DO_PAUSE,
    DO_NICE, DO_PIPE, DO_READ, DO_WRITE, DO_WRITE_I, DO_CLOSE_READ,
    DO_CLOSE_WRITE, DO_DUP, DO_NONBLOCK, DO_SIZE, DO_EXIT, DO_END,
    STORY_OPS
};

enum { VAR_READ, VAR_WRITE, VAR_I, STORY_VARS };

struct story {
    struct scenario sc;
    struct process_def def[3];
    struct op op[STORY_OPS];
    struct trace tr;
    struct world w;
};

static inline struct op story_make(enum verb verb, int64_t a, int64_t b)
{
    struct op op = {.verb = (uint8_t)verb, .cost = 1, .end = -1, .note = -1};
    for (int i = 0; i < OP_ARGS_MAX; i++)
        op.arg[i] = ARG_ABSENT;
    op.arg[0] = a;
    op.arg[1] = b;
    return op;
}

static inline void story_ops(struct op *op)
{
    const int64_t no = ARG_ABSENT;
    const int usr1 = 10; /* SIGUSR1 */
    op[DO_CPU] = story_make(OP_cpu, 5, no);
    op[DO_SLEEP] = story_make(OP_sleep, 4, no);
    op[DO_IO] = story_make(OP_io, 6, no);
    op[DO_DISK] = story_make(OP_io, 6, 0);
    op[DO_YIELD] = story_make(OP_yield, 1, no);
    op[DO_SET] = story_make(OP_set, VAR_I, no);
    op[DO_FORK] = story_make(OP_fork, 1, no);
    op[DO_WAIT] = story_make(OP_wait, 1, no);
    op[DO_WAIT_ANY] = story_make(OP_wait, ARG_ANY, no);
    op[DO_KILL] = story_make(OP_kill, 1, usr1);
    op[DO_ASK] = story_make(OP_kill, 1, 0);
    op[DO_IGNORE] = story_make(OP_signal, usr1, 1);
    op[DO_BLOCK] = story_make(OP_signal, usr1, 2);
    op[DO_HANDLER] = story_make(OP_signal, usr1, no);
    op[DO_PAUSE] = story_make(OP_pause, 1, no);
    op[DO_NICE] = story_make(OP_nice, 5, no);
    op[DO_PIPE] = story_make(OP_pipe, VAR_READ, no);
    op[DO_READ] = story_make(OP_read, VAR_READ, 100);
    op[DO_WRITE] = story_make(OP_write, VAR_WRITE, no);
    op[DO_WRITE].arg[2] = 10000;
    op[DO_WRITE_I] = story_make(OP_write, VAR_WRITE, 0);
    op[DO_CLOSE_READ] = story_make(OP_close, VAR_READ, no);
    op[DO_CLOSE_WRITE] = story_make(OP_close, VAR_WRITE, no);
    op[DO_DUP] = story_make(OP_dup, VAR_READ, VAR_I);
    op[DO_NONBLOCK] = story_make(OP_fcntl, VAR_READ, 1);
    op[DO_SIZE] = story_make(OP_fcntl, VAR_READ, no);
    op[DO_SIZE].arg[2] = 4096;
    op[DO_EXIT] = story_make(OP_exit, 3, no);
    op[DO_END] = story_make(OP_end, no, no);
}

/* Ready at time 0 with nobody there. */
static inline void story_begin(struct story *st, struct machine machine)
{
    static const char *const vars[] = {"p[0]", "p[1]", "i"};
    static const char *const names[] = {"disk"};
    static const struct template_piece piece = {.literal = NULL, .var = VAR_I};
    static const struct template text = {&piece, 1};
    memset(st, 0, sizeof *st);
    const char *who[] = {"parent", "child", "other"};
    for (int i = 0; i < 3; i++)
        st->def[i] = (struct process_def){
            .name = who[i], .memory = 4 - 2 * i, .affinity = UINT64_MAX,
            .end = DO_END};
    story_ops(st->op);
    st->sc = (struct scenario){
        .path = "story.json", .machine = machine,
        .scheduler = {.policy = "rr", .name = POLICY_rr, .quantum = 3},
        .processes = st->def, .process_count = 3,
        .ops = st->op, .op_count = STORY_OPS,
        .vars = vars, .var_count = STORY_VARS,
        .names = names, .name_count = 1,
        .templates = &text, .template_count = 1,
        .uses_fds = true};
    world_init(&st->w, &st->sc);
}

/* The event happens: it is appended and applied. */
static inline void story_say(struct story *st, struct event e)
{
    world_apply(&st->w, &st->tr, trace_append(&st->tr, e));
}

static inline void story_create(struct story *st, tick t, int def, int parent)
{
    story_say(st, (struct event){.t = t, .kind = EV_CREATE, .cpu = NO_CPU,
                                 .proc = st->w.head->procs, .obj = parent,
                                 .aux = def, .val = 1});
}

/* A STATE event with the numbers of its why. */
static inline void story_move(struct story *st, tick t, int proc,
                              enum transition how, enum why why, int32_t aux,
                              int64_t val)
{
    bool runs = st->w.task[proc].state == RUNNING;
    story_say(st, (struct event){
        .t = t, .kind = EV_STATE, .sub = (uint8_t)how,
        .cpu = runs ? (uint16_t)st->w.task[proc].cpu : NO_CPU,
        .proc = proc, .obj = (int32_t)why, .aux = aux, .val = val});
}

static inline void story_admit(struct story *st, tick t, int proc)
{
    story_move(st, t, proc, T_ADMIT, WHY_ADMITTED, 1, 10);
}

static inline void story_dispatch(struct story *st, tick t, int proc, int cpu,
                                  tick slice)
{
    story_say(st, (struct event){
        .t = t, .kind = EV_STATE, .sub = T_DISPATCH, .cpu = (uint16_t)cpu,
        .proc = proc, .obj = WHY_HEAD_OF_QUEUE,
        .aux = st->w.group[0].ready - 1, .val = slice});
}

static inline void story_op(struct story *st, tick t, int proc,
                            enum story_op op, int64_t ret,
                            enum errno_name error)
{
    story_say(st, (struct event){
        .t = t, .kind = EV_OP, .sub = (uint8_t)error, .proc = proc,
        .obj = NO_PAYLOAD, .aux = (int32_t)op, .val = ret,
        .cpu = st->w.task[proc].phase == PHASE_ASLEEP});
}

/* `proc` falls asleep in `op`: BLOCK and STATE. */
static inline void story_sleep(struct story *st, tick t, int proc,
                               enum story_op op, enum wait_kind wait,
                               int32_t obj, int64_t val)
{
    story_say(st, (struct event){
        .t = t, .kind = EV_BLOCK, .sub = (uint8_t)wait, .cpu = NO_CPU,
        .proc = proc, .obj = obj, .aux = (int32_t)op, .val = val});
    story_move(st, t, proc, T_BLOCK, WHY_BLOCKED, (int32_t)op, 0);
}

static inline void story_var(struct story *st, tick t, int proc, int var,
                             int64_t val)
{
    story_say(st, (struct event){.t = t, .kind = EV_VAR, .cpu = NO_CPU,
                                 .proc = proc, .obj = var, .val = val});
}

static inline void story_fd(struct story *st, tick t, int proc, int fd,
                            int desc)
{
    story_say(st, (struct event){.t = t, .kind = EV_FD, .cpu = NO_CPU,
                                 .proc = proc, .obj = fd, .val = desc});
}

static inline void story_desc(struct story *st, tick t, int desc,
                              enum desc_kind kind)
{
    story_say(st, (struct event){.t = t, .kind = EV_DESC, .cpu = NO_CPU,
                                 .sub = (uint8_t)kind, .proc = NO_PROC,
                                 .obj = desc, .aux = 0});
}

/* `proc` makes pipe 0: descriptors 3 and 4 on descriptions 0 and 1. */
static inline void story_pipe(struct story *st, tick t, int proc)
{
    story_say(st, (struct event){.t = t, .kind = EV_PIPE, .cpu = NO_CPU,
                                 .proc = proc, .obj = 0, .aux = VAR_READ,
                                 .val = PIPE_SLOTS});
    story_desc(st, t, 0, DESC_PIPE_READ);
    story_desc(st, t, 1, DESC_PIPE_WRITE);
    story_fd(st, t, proc, 3, 0);
    story_fd(st, t, proc, 4, 1);
    story_var(st, t, proc, VAR_READ, 3);
    story_var(st, t, proc, VAR_WRITE, 4);
    story_op(st, t, proc, DO_PIPE, 0, E_OK);
}

/* `length` bytes go into pipe 0 as a new page. */
static inline void story_put(struct story *st, tick t, int proc, int length)
{
    static const char page[PIPE_PAGE];
    int32_t payload = trace_store(&st->tr, page, (size_t)length);
    story_say(st, (struct event){
        .t = t, .kind = EV_PUT, .cpu = NO_CPU, .proc = proc, .obj = 0,
        .aux = length, .val = (int64_t)trace_payload_at(&st->tr, payload)});
}

static inline void story_get(struct story *st, tick t, int proc, int length)
{
    story_say(st, (struct event){.t = t, .kind = EV_GET, .cpu = NO_CPU,
                                 .proc = proc, .obj = 0, .aux = length});
}

static inline void story_end(struct story *st)
{
    trace_free(&st->tr);
    world_free(&st->w);
}

#endif
