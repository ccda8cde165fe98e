/* t5001-lab.c: real children do what a step says, and what they did is told.
 *
 * The steps are made by hand, as the engine would make them. */
#define _GNU_SOURCE
#include "tests/lab_kit.h"

#include <signal.h>
#include <unistd.h>

/* ---- what must be true ---- */

TEST("a started process is there under a pid of its own")
{
    open_lab();
    start(0);
    NEED(seen.evidence_count > 0);
    EXPECT_EQ_INT(seen.evidence[0].kind, EV_REAL);
    EXPECT(kill((pid_t)seen.evidence[0].val, 0) == 0);
    EXPECT_EQ_INT(evidence(0, SEEN_LETTER), '.');
    EXPECT_EQ_INT(lab_alive(lab), 1);
    close_lab();
}

TEST("parent and child talk through a pipe, until the end of the file")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    do_close(0, 3);
    do_close(1, 4);
    int32_t reading = falls_asleep(1, read_op(100), 3);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');

    begin_write(0, 4, "hello", 5);
    returns(0, st.op, 5, E_OK);
    returns(1, reading, 5, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);
    for (int i = 0; i < seen.results; i++)
        if (seen.result[i].proc == 1)
            EXPECT_EQ_BYTES(seen.result[i].data, "hello", 5);

    reading = falls_asleep(1, read_op(100), 3);
    int32_t closing = an_op(OP_close, 0, 0, 0, 0);
    op_step(0, closing);
    st.fd = 4;
    returns(0, closing, 0, E_OK);
    returns(1, reading, 0, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);

    int32_t waiting = an_op(OP_wait, ARG_ANY, ARG_ABSENT, 0, 0);
    falls_asleep(0, waiting, -1);
    do_exit(1, 7);
    returns(0, waiting, 2, E_OK);
    WELL();
    saw(0, 0, 2, E_OK);
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), 7 << 8);
    EXPECT_EQ_INT(lab_alive(lab), 1);
    do_exit(0, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

TEST("a child that nobody has waited for is a zombie, an orphan is reaped")
{
    open_lab();
    start(0);
    do_fork(0, 1);
    do_fork(1, 2);
    do_exit(1, 3);
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'Z');
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), 3 << 8);
    EXPECT_EQ_INT(lab_alive(lab), 3);
    do_exit(2, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 2);
    do_exit(0, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

TEST("a call on a closed descriptor fails as the kernel says")
{
    open_lab();
    start(0);
    completes(0, read_op(10), 9, -1, E_EBADF);
    completes(0, an_op(OP_close, 0, 0, 0, 0), 9, -1, E_EBADF);
    close_lab();
}

TEST("descriptors begin at 3 and end at 31")
{
    open_lab();
    start(0);
    do_pipe(0);
    for (int fd = 5; fd < FDS_MAX; fd++)
        completes(0, an_op(OP_dup, 0, 0, 0, 0), 3, fd, E_OK);
    completes(0, an_op(OP_dup, 0, 0, 0, 0), 3, -1, E_EMFILE);
    completes(0, an_op(OP_pipe, 0, ARG_ABSENT, 0, 0), -1, -1, E_EMFILE);
    close_lab();
}

TEST("a full pipe makes the writer sleep, and a reader lets it go on")
{
    static char block[65536 + 10];
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    begin_write(0, 4, block, sizeof block);
    int32_t writing = st.op;
    st.sleeps = true;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    int32_t reading = read_op(65536);
    op_step(1, reading);
    st.fd = 3;
    returns(1, reading, 65536, E_OK);
    returns(0, writing, sizeof block, E_OK);
    WELL();
    EXPECT_EQ_INT(seen.results, 2);
    close_lab();
}

TEST("SIGPIPE kills, or is ignored and leaves EPIPE")
{
    open_lab();
    start(0);
    start(1);
    for (int proc = 0; proc < 2; proc++) {
        do_pipe(proc);
        do_close(proc, 3);
    }
    begin_write(0, 4, "x", 1);
    list[0][st.die_count++] = 0;
    WELL();
    EXPECT_EQ_INT(evidence(0, SEEN_EXIT), SIGPIPE);
    completes(1, an_op(OP_signal, SIGPIPE, 1, ARG_ABSENT, ARG_ABSENT), -1, 0,
              E_OK);
    begin_write(1, 4, "x", 1);
    returns(1, st.op, -1, E_EPIPE);
    WELL();
    saw(0, 1, -1, E_EPIPE);
    close_lab();
}

TEST("whoever is killed dies, asleep or not")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    falls_asleep(1, read_op(5), 3);
    new_step(STEP_KILL, 1);
    list[0][st.die_count++] = 1;
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_EXIT), SIGKILL);
    new_step(STEP_KILL, 0);
    list[0][st.die_count++] = 0;
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 0);
    close_lab();
}

/* ---- a wrong model is found out ---- */

TEST("a call that sleeps though the model says it returns")
{
    open_lab();
    start(0);
    do_pipe(0);
    int32_t reading = read_op(5);
    op_step(0, reading);
    st.fd = 3;
    returns(0, reading, 5, E_OK);
    EXPECT(!go());
    EXPECT_EQ_STR(seen.trouble ? seen.trouble : "",
                  "process 1 did not return from its call (read)");
    EXPECT_EQ_INT(seen.results, 0);
    const struct kernel *k = lab_kernel(lab);
    EXPECT(!k->step(k->self, NULL, &st, &seen));
    close_lab();
}

TEST("a call that returns though the model says it sleeps")
{
    open_lab();
    start(0);
    do_pipe(0);
    op_step(0, read_op(5));
    st.fd = 4; /* the wrong end: EBADF */
    st.sleeps = true;
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "returned although");
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, 0, -1, E_EBADF);
    close_lab();
}

TEST("a sleeper that wakes though the model lets it sleep")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    falls_asleep(1, read_op(5), 3);
    begin_write(0, 4, "hello", 5);
    returns(0, st.op, 5, E_OK);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "returned although");
    close_lab();
}

TEST("somebody who dies, or does not, against the model")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_close(0, 3);
    begin_write(0, 4, "x", 1);
    returns(0, st.op, -1, E_EPIPE);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "has died");
    close_lab();
    open_lab();
    start(0);
    start(1);
    do_kill(0, 1, 0);
    list[0][st.die_count++] = 1;
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "did not die");
    close_lab();
}
