/* Steps made by hand, as the engine would make them: for tests of the lab.
 *
 * There is one lab and one step at a time. Descriptors are given as numbers,
 * so a scenario here is only a list of ops without variables. */
#ifndef TIMESLICE_LAB_KIT_H
#define TIMESLICE_LAB_KIT_H

#include "ipc/lab.h"
#include "sim/scenario/ops.h"
#include "tests/test.h"

/* ---- a scenario that is only a list of ops ---- */

enum { OPS_ROOM = 64, PROCS_ROOM = 32 };

static struct op ops[OPS_ROOM];
static struct scenario scenario = {.ops = ops};
static struct lab *lab;
static struct sight seen;
static struct step_result wanted[STEP_MANY];
static int list[4][STEP_MANY];
static struct step st;

/* An op whose arguments are given as they lie in arg[]. */
static inline int32_t an_op(enum verb v, int64_t a, int64_t b, int64_t c, int64_t d)
{
    int32_t i = scenario.op_count++;
    ops[i] = (struct op){.verb = (uint8_t)v};
    for (int k = 0; k < OP_ARGS_MAX; k++)
        ops[i].arg[k] = ARG_ABSENT;
    int64_t arg[] = {a, b, c, d};
    for (int k = 0; k < op_about(v)->args && k < 4; k++)
        ops[i].arg[k] = arg[k];
    return i;
}

static inline void open_lab(void)
{
    const char *why;
    scenario.op_count = 0;
    lab = lab_set_up(&scenario, &why);
    EXPECT_EQ_STR(why ? why : "", "");
}

static inline void close_lab(void)
{
    lab_tear_down(lab);
    lab = NULL;
}

static inline void new_step(enum step_kind kind, int proc)
{
    st = (struct step){.kind = kind, .proc = proc, .op = NONE, .fd = -1,
                       .target = NONE, .doubt = NONE, .result = wanted, .dies = list[0],
                       .enters = list[1], .stops = list[2],
                       .goes_on = list[3]};
}

/* Step `proc` carries out a new op; what it returns is added afterwards. */
static inline void op_step(int proc, int32_t op)
{
    new_step(STEP_OP, proc);
    st.op = op;
    st.call = &ops[op];
}

static inline void returns(int proc, int32_t op, int64_t ret, enum errno_name error)
{
    wanted[st.results++] =
        (struct step_result){.proc = proc, .op = op, .ret = ret,
                             .error = error};
}

static inline bool go(void)
{
    seen = (struct sight){0};
    const struct kernel *k = lab_kernel(lab);
    bool there = k->step(k->self, NULL, &st, &seen);
    EXPECT(there);
    return there && !seen.trouble;
}

/* The step came true; shows the lab's complaint if not. */
#define WELL() (EXPECT(go()), EXPECT_EQ_STR(seen.trouble ? seen.trouble : "", ""))

static inline void saw(int i, int proc, int64_t ret, enum errno_name error)
{
    NEED(i < seen.results);
    EXPECT_EQ_INT(seen.result[i].proc, proc);
    EXPECT_EQ_INT(seen.result[i].ret, ret);
    EXPECT_EQ_INT(seen.result[i].error, error);
}

/* ---- the ops, each one step that completes ---- */

static inline void start(int proc)
{
    new_step(STEP_START, proc);
    WELL();
}

static inline int32_t completes(int proc, int32_t op, int64_t fd, int64_t ret,
                         enum errno_name error)
{
    op_step(proc, op);
    st.fd = fd;
    returns(proc, op, ret, error);
    WELL();
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, proc, ret, error);
    return op;
}

static inline void do_pipe(int proc)
{
    completes(proc, an_op(OP_pipe, 0, ARG_ABSENT, 0, 0), -1, 0, E_OK);
}

static inline void do_close(int proc, int fd)
{
    completes(proc, an_op(OP_close, 0, 0, 0, 0), fd, 0, E_OK);
}

static inline void do_fork(int proc, int child)
{
    int32_t op = an_op(OP_fork, 0, 0, 0, 0);
    op_step(proc, op);
    st.target = child;
    returns(proc, op, child + 1, E_OK);
    WELL();
    saw(0, proc, child + 1, E_OK);
}

static inline int32_t read_op(int64_t size)
{
    return an_op(OP_read, 0, size, ARG_ABSENT, 0);
}

static inline int32_t falls_asleep(int proc, int32_t op, int fd)
{
    op_step(proc, op);
    st.fd = fd;
    st.sleeps = true;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    return op;
}

static inline void begin_write(int proc, int fd, const char *bytes, size_t length)
{
    op_step(proc, an_op(OP_write, 0, 0, 0, 0));
    st.fd = fd;
    st.bytes = (const unsigned char *)bytes;
    st.length = length;
}

static inline void do_write(int proc, int fd, const char *text)
{
    begin_write(proc, fd, text, strlen(text));
    returns(proc, st.op, (int64_t)strlen(text), E_OK);
    WELL();
    saw(0, proc, (int64_t)strlen(text), E_OK);
}

static inline void do_exit(int proc, int code)
{
    op_step(proc, an_op(OP_exit, code, 0, 0, 0));
    list[0][st.die_count++] = proc;
}

/* The first evidence of that kind about `proc`; -1 if there is none. */
static inline int64_t evidence(int proc, enum evidence kind)
{
    for (int i = 0; i < seen.evidence_count; i++) {
        const struct event *e = &seen.evidence[i];
        if (e->kind == EV_KERNEL && e->sub == kind && e->proc == proc)
            return e->val;
    }
    return -1;
}

/* `signal SIG do`, with SA_RESTART or without. */
static inline void set_handler(int proc, int sig, int64_t restart)
{
    int32_t op = an_op(OP_signal, sig, ARG_ABSENT, 0, restart);
    completes(proc, op, -1, 0, E_OK);
}

static inline int32_t do_kill(int from, int to, int sig)
{
    int32_t op = an_op(OP_kill, to, sig, 0, 0);
    op_step(from, op);
    st.target = to;
    returns(from, op, 0, E_OK);
    return op;
}

#endif
