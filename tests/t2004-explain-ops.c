/* t2004-explain-ops.c: the why line of ops, signals and the end of a run. */
#include "tests/story_lines.h"
#include "tests/test.h"

/* ---- what ops did ---- */

TEST("what a call returned is told with what it means")
{
    const struct {
        enum story_op op;
        int64_t ret;
        enum errno_name error;
        const char *en;
    } cases[] = {
        {DO_CPU, 0, E_OK, "`child` has finished its CPU burst of 5 ticks."},
        {DO_SLEEP, 0, E_OK, "There is nothing to wait for, so `child` goes on "
                            "at once."},
        {DO_YIELD, 0, E_OK, "`child` calls sched_yield(2): it offers the CPU "
                            "to the others."},
        {DO_WAIT, -1, E_ECHILD, "`child` has no such child to wait for, so "
                                "waitpid(2) fails with ECHILD."},
        {DO_WAIT_ANY, 0, E_OK, "No child of `child` has ended yet, and with "
                               "WNOHANG waitpid(2) does not wait: it returns 0."},
        {DO_FORK, -1, E_EAGAIN, "No process could be made, so fork(2) of "
                                "`child` fails with EAGAIN."},
        {DO_KILL, 0, E_OK, "`child` has sent SIGUSR1 to itself."},
        {DO_KILL, -1, E_ESRCH, "`child` is not there for `child` to signal, so "
                               "kill(2) fails with ESRCH."},
        {DO_ASK, 0, E_OK, "`child` has asked with kill(2) and signal 0 whether "
                          "`child` is there: it is."},
        {DO_IGNORE, 0, E_OK, "From now on `child` ignores SIGUSR1."},
        {DO_BLOCK, 0, E_OK, "From now on `child` blocks SIGUSR1: should it "
                            "come, it has to wait."},
        {DO_HANDLER, 0, E_OK, "From now on `child` answers SIGUSR1 with a "
                              "handler."},
        {DO_PAUSE, -1, E_EINTR, "A signal handler of `child` has interrupted "
                                "pause(2), which fails with EINTR."},
        {DO_NICE, 0, E_OK, "`child` has niceness 0 now."},
        {DO_PIPE, -1, E_EMFILE, "`child` has no free descriptor left, so "
                                "pipe(2) fails with EMFILE."},
        {DO_READ, 3, E_OK, "There were bytes in the pipe, so read(2) of "
                           "`child` takes 3 bytes without waiting; left in it: "
                           "7."},
        {DO_READ, 0, E_OK, "The pipe is empty and its last writer has closed "
                           "it, so read(2) of `child` returns 0: end of file."},
        {DO_READ, -1, E_EAGAIN, "The pipe is empty and O_NONBLOCK forbids to "
                                "wait, so read(2) of `child` fails with EAGAIN."},
        {DO_READ, -1, E_EBADF, "`p[0]` (descriptor 3) is an end to read from, "
                               "so read(2) of `child` fails with EBADF."},
        {DO_WRITE, 10000, E_OK, "There is room in the pipe, so write(2) of "
                                "`child` puts 10000 bytes in without waiting; "
                                "now in it: 7."},
        {DO_WRITE, 4096, E_OK, "Only a part fits and O_NONBLOCK forbids to "
                               "wait, so write(2) of `child` puts in no more "
                               "than 4096 bytes of 10000."},
        {DO_WRITE_I, 1, E_OK, "There is room in the pipe, so write(2) of "
                              "`child` puts 1 byte (\"0\") in without waiting; "
                              "now in it: 7."},
        {DO_WRITE, -1, E_EAGAIN, "The pipe is too full (7 bytes in 1 of 16 "
                                 "pages) and O_NONBLOCK forbids to wait, so "
                                 "write(2) of `child` fails with EAGAIN."},
        {DO_WRITE, -1, E_EPIPE, "No process has the read end open any more, so "
                                "write(2) of `child` fails with EPIPE."},
        {DO_CLOSE_READ, 0, E_OK, "`child` has closed `p[0]`; this end of the "
                                 "pipe is still open in `parent`."},
        {DO_CLOSE_READ, -1, E_EBADF, "`p[0]` (descriptor 3) is an end to read "
                                     "from, so close(2) of `child` fails with "
                                     "EBADF."},
        {DO_NONBLOCK, 0, E_OK, "From now on `p[0]` of `child` never waits: "
                               "what cannot be done at once fails with EAGAIN."},
        {DO_SIZE, 65536, E_OK, "`child` has given the pipe room for 65536 "
                               "bytes."},
        {DO_SIZE, -1, E_EBUSY, "There is more in the pipe than the new size "
                               "could hold, so fcntl(2) of `child` fails with "
                               "EBUSY."},
        {DO_SIZE, -1, E_EINVAL, "`child` has called fcntl(2), which failed "
                                "with EINVAL."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct story st;
        two_running(&st);
        story_put(&st, 3, 0, 7);
        story_op(&st, 4, 1, cases[i].op, cases[i].ret, cases[i].error);
        test_case("%zu", i);
        EXPECT_EQ_STR(line(&st, LANG_EN), cases[i].en);
        EXPECT(strchr(line(&st, LANG_ZH), '{') == NULL);
        EXPECT_CONTAINS(line(&st, LANG_ZH), "。");
        story_end(&st);
    }
}

TEST("a fork names the child, a wait whom it took")
{
    struct story st;
    two_running(&st);
    story_create(&st, 3, 2, 1);
    story_op(&st, 3, 1, DO_FORK, 3, E_OK);
    EXPECT_EQ_STR(line(&st, LANG_EN), "`child` has called fork(2): `other` is "
                                      "born, with copies of its variables and "
                                      "descriptors, and is new.");
    story_move(&st, 4, 1, T_EXIT, WHY_EXITED, 0, 0);
    story_say(&st, (struct event){.t = 5, .kind = EV_REAP, .proc = 1,
                                  .obj = 0, .cpu = NO_CPU});
    story_op(&st, 5, 0, DO_WAIT, 2, E_OK);
    EXPECT_EQ_STR(line(&st, LANG_EN), "`child` had already ended, so "
                                      "waitpid(2) of `parent` returns at once "
                                      "with exit code 0, and the zombie is "
                                      "gone.");
    story_end(&st);
}

TEST("the last to close both ends is told that the pipe is gone")
{
    struct story st;
    two_running(&st);
    closes(&st, 3, 1, 3);
    closes(&st, 3, 1, 4);
    closes(&st, 3, 0, 3);
    story_op(&st, 4, 0, DO_CLOSE_WRITE, 0, E_OK);
    EXPECT_CONTAINS(line(&st, LANG_EN), "the last descriptor of the pipe");
    story_end(&st);
    two_running(&st);
    closes(&st, 3, 1, 3);
    closes(&st, 3, 0, 3); /* closed first and told then: the same */
    story_op(&st, 4, 0, DO_CLOSE_READ, 0, E_OK);
    EXPECT_EQ_STR(line(&st, LANG_EN), "`parent` has closed `p[0]` and was the "
                                      "last reader: whoever writes now gets "
                                      "SIGPIPE.");
    story_end(&st);
}

/* ---- signals and the end ---- */

TEST("a signal's fate is told with its sender")
{
    const struct {
        enum signal_fate fate;
        int sender;
        const char *en;
    } cases[] = {
        {FATE_IGNORED, -2, "SIGUSR1 from the kernel reaches `child`, which "
                           "ignores it: nothing happens."},
        {FATE_PENDING, 0, "SIGUSR1 from `parent` has to wait, because `child` "
                          "blocks this signal at present."},
        {FATE_HANDLER, 0, "SIGUSR1 from `parent` reaches `child`, which has a "
                          "handler for it: the handler runs first."},
        {FATE_KILLS, -1, "SIGUSR1 from the user reaches `child`, and its "
                         "default action ends the process."},
        {FATE_STOPS, 0, "SIGUSR1 from `parent` reaches `child` and stops it."},
        {FATE_CONTINUES, 0, "SIGUSR1 from `parent` reaches `child` and lets it "
                            "go on."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct story st;
        two_running(&st);
        story_say(&st, (struct event){.t = 3, .kind = EV_MASK, .proc = 1,
                                      .cpu = NO_CPU, .val = 1 << 9});
        story_say(&st, (struct event){.t = 3, .kind = EV_SIGNAL, .sub = 10,
                                      .proc = 1, .obj = cases[i].sender,
                                      .cpu = NO_CPU, .val = cases[i].fate});
        EXPECT_EQ_STR(line(&st, LANG_EN), cases[i].en);
        EXPECT(strchr(line(&st, LANG_ZH), '{') == NULL);
        story_end(&st);
    }
}

TEST("the end of a run and a difference from the kernel are told")
{
    struct story st;
    two_running(&st);
    static const char sides[] = "{\"model\": 1, \"kernel\": 2}";
    int32_t payload = trace_store(&st.tr, sides, sizeof sides - 1);
    story_say(&st, (struct event){.t = 3, .kind = EV_DIVERGE, .proc = 1,
                                  .obj = payload, .aux = DO_READ,
                                  .cpu = NO_CPU});
    EXPECT_EQ_STR(line(&st, LANG_EN), "Model and kernel differ about read(2) "
                                      "of `child`: the model has 1, the kernel "
                                      "2.");
    const char *ends[] = {
        [STOP_FINISHED] = "All 2 processes have ended: the run is finished at "
                          "9.",
        [STOP_DEADLOCK] = "Nothing can ever happen again, and 2 processes are "
                          "still there: the run stops in deadlock.",
        [STOP_UNTIL] = "The clock reads 9, where the run was to stop.",
    };
    for (int stop = STOP_FINISHED; stop <= STOP_UNTIL; stop++) {
        story_say(&st, (struct event){.t = 9, .kind = EV_STOP, .cpu = NO_CPU,
                                      .sub = (uint8_t)stop, .proc = NO_PROC});
        EXPECT_EQ_STR(line(&st, LANG_EN), ends[stop]);
    }
    story_end(&st);
}
