/* t5002-lab-signals.c: real signals, real handlers, and what becomes of the
 * call that they interrupt. */
#define _GNU_SOURCE
#include "tests/lab_kit.h"

#include <signal.h>

TEST("a handler runs inside of the call, and the call ends with EINTR")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    set_handler(1, SIGUSR1, ARG_ABSENT);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    do_kill(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    /* An op of the handler's, while the read is still under way. */
    do_write(1, 4, "ab");
    new_step(STEP_HANDLER, 1);
    returns(1, reading, -1, E_EINTR);
    WELL();
    saw(0, 1, -1, E_EINTR);
    completes(1, read_op(5), 3, 2, E_OK);
    close_lab();
}

TEST("with SA_RESTART the call sleeps on, or takes what the handler wrote")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    set_handler(1, SIGUSR1, 1);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    do_kill(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    new_step(STEP_HANDLER, 1);
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    falls_asleep(1, reading, 3);

    do_kill(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    do_write(1, 4, "ab");
    new_step(STEP_HANDLER, 1);
    returns(1, reading, 2, E_OK);
    WELL();
    saw(0, 1, 2, E_OK);
    close_lab();
}

TEST("what a call returned is known before its handler runs")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_close(0, 3);
    set_handler(0, SIGPIPE, ARG_ABSENT);
    begin_write(0, 4, "x", 1);
    returns(0, st.op, -1, E_EPIPE);
    list[1][st.enter_count++] = 0;
    WELL();
    EXPECT_EQ_INT(seen.results, 1);
    saw(0, 0, -1, E_EPIPE);
    new_step(STEP_HANDLER, 0);
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    set_handler(0, SIGUSR1, ARG_ABSENT);
    do_kill(0, 0, SIGUSR1);
    list[1][st.enter_count++] = 0;
    WELL();
    saw(0, 0, 0, E_OK);
    new_step(STEP_HANDLER, 0);
    WELL();
    do_close(0, 4);
    close_lab();
}

TEST("a handler that interrupts a process at the gate, and one inside it")
{
    open_lab();
    start(0);
    start(1);
    set_handler(1, SIGUSR1, ARG_ABSENT);
    set_handler(1, SIGUSR2, ARG_ABSENT);
    do_kill(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    do_kill(0, 1, SIGUSR2);
    list[1][st.enter_count++] = 1;
    WELL();
    do_pipe(1);
    new_step(STEP_HANDLER, 1);
    WELL();
    do_close(1, 3);
    new_step(STEP_HANDLER, 1);
    WELL();
    do_close(1, 4);
    close_lab();
}

TEST("sleep ends when the lab rings, and with EINTR after a handler")
{
    open_lab();
    start(0);
    start(1);
    int32_t sleeping = falls_asleep(1, an_op(OP_sleep, 5, 0, 0, 0), -1);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');
    new_step(STEP_WAKE, 1);
    returns(1, sleeping, 0, E_OK);
    WELL();
    saw(0, 1, 0, E_OK);
    set_handler(1, SIGUSR1, 1);
    sleeping = falls_asleep(1, an_op(OP_sleep, 5, 0, 0, 0), -1);
    do_kill(0, 1, SIGUSR1);
    list[1][st.enter_count++] = 1;
    WELL();
    new_step(STEP_HANDLER, 1);
    returns(1, sleeping, -1, E_EINTR);
    WELL();
    close_lab();
}

TEST("suspended is stopped, activated goes on and sleeps again")
{
    open_lab();
    start(0);
    do_pipe(0);
    do_fork(0, 1);
    int32_t reading = falls_asleep(1, read_op(5), 3);
    new_step(STEP_SUSPEND, 1);
    list[2][st.stop_count++] = 1;
    WELL();
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'T');
    new_step(STEP_ACTIVATE, 1);
    list[3][st.go_count++] = 1;
    WELL();
    EXPECT_EQ_INT(seen.results, 0);
    EXPECT_EQ_INT(evidence(1, SEEN_LETTER), 'S');

    new_step(STEP_SUSPEND, 1);
    list[2][st.stop_count++] = 1;
    WELL();
    do_write(0, 4, "abc");
    new_step(STEP_ACTIVATE, 1);
    list[3][st.go_count++] = 1;
    returns(1, reading, 3, E_OK);
    WELL();
    saw(0, 1, 3, E_OK);
    close_lab();
}

TEST("a process that stops itself returns from kill when it goes on")
{
    open_lab();
    start(0);
    do_kill(0, 0, SIGSTOP);
    list[2][st.stop_count++] = 0;
    WELL();
    new_step(STEP_ACTIVATE, 0);
    list[3][st.go_count++] = 0;
    WELL();
    do_pipe(0);
    close_lab();
}

TEST("one that stopped itself and is killed by what was pending never returns")
{
    open_lab();
    start(0);
    do_fork(0, 1);
    do_kill(1, 1, SIGSTOP);
    list[2][st.stop_count++] = 1;
    WELL();
    do_kill(0, 1, SIGUSR1);
    WELL();
    new_step(STEP_ACTIVATE, 1);
    list[3][st.go_count++] = 1;
    list[0][st.die_count++] = 1;
    WELL();
    close_lab();
}

TEST("a parent that ignores SIGCHLD leaves no zombie")
{
    open_lab();
    start(0);
    completes(0, an_op(OP_signal, SIGCHLD, 1, ARG_ABSENT, ARG_ABSENT), -1, 0,
              E_OK);
    do_fork(0, 1);
    do_exit(1, 0);
    WELL();
    EXPECT_EQ_INT(lab_alive(lab), 1);
    completes(0, an_op(OP_wait, ARG_ANY, ARG_ABSENT, 0, 0), -1, -1, E_ECHILD);
    completes(0, an_op(OP_kill, 1, 0, 0, 0), -1, -1, E_ESRCH);
    close_lab();
}

TEST("a handler that the model knows nothing of")
{
    open_lab();
    start(0);
    set_handler(0, SIGUSR1, ARG_ABSENT);
    do_kill(0, 0, SIGUSR1);
    EXPECT(!go());
    EXPECT_CONTAINS(seen.trouble ? seen.trouble : "", "in a handler");
    close_lab();
}
