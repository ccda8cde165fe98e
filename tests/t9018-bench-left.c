/* t9018-bench-left.c: whatever ends bench-ipc, and whenever, no process, no
 * System V object and no directory stays.
 *
 * Objects of others may come and go meanwhile: those count that were not there
 * before and do not go away. TS_KILLS says how many random moments are tried (12). */
#define _GNU_SOURCE
#include "ipc/bench.h"
#include "sim/base/rng.h"
#include "tests/left.h"
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

static struct things before, then, now;

static void look(struct things *t)
{
    things_look(t, "/tmp", "timeslice-bench-");
}

/* What was new `then` goes away. */
static bool things_go(void)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
        int stay = 0;
        look(&now);
        for (int i = 0; i < then.count; i++)
            stay += !things_have(&before, then.name[i]) && things_have(&now, then.name[i]);
        if (!stay)
            return true;
        left_doze(5000);
    }
    return false;
}

/* ---- the program ---- */

/* Only what leaves something behind if nobody cares. */
static pid_t start(const char *mechanisms, const char *errors)
{
    const char *program = getenv("TIMESLICE");
    pid_t pid = fork();
    if (pid)
        return pid;
    int null = open("/dev/null", O_RDWR);
    int err = errors ? open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600) : null;
    dup2(null, 0);
    dup2(null, 1);
    dup2(err, 2);
    signal(SIGINT, SIG_DFL);
    execl(program, program, "bench-ipc", "--mechanisms", mechanisms,
          (char *)NULL);
    _exit(127);
}

TEST("killed at any moment, it leaves nothing")
{
    static const int how[] = {SIGKILL, SIGINT, SIGKILL, SIGTERM};
    uint64_t dice = 1;
    int seen = 0;
    left_begin();
    for (int i = 0; i < left_kills(12); i++) {
        look(&before);
        pid_t pid = start("fifo,msgq,shm", NULL);
        NEED(pid > 0);
        int64_t moment = (int64_t)rng_below(&dice, 800000);
        left_doze(moment);
        look(&then);
        seen += things_fresh(&before, &then);
        kill(pid, how[i % 4]);
        test_case("signal %d after %lld us", how[i % 4], (long long)moment);
        EXPECT(processes_go());
        EXPECT(things_go());
    }
    /* It had made something, so the test has looked at something. */
    EXPECT(seen > 0);
}

TEST("if the process that measures is killed, that is said, and nothing left")
{
    uint64_t dice = 2;
    int seen = 0;
    left_begin();
    for (int i = 0; i < left_kills(12) / 2; i++) {
        int status = 0;
        char path[] = "/tmp/timeslice-test-left.XXXXXX", said[200] = "";
        int fd = mkstemp(path);
        NEED(fd >= 0);
        look(&before);
        pid_t pid = start("msgq,shm", path);
        left_doze(100000 + (int64_t)rng_below(&dice, 300000));
        pid_t runner = child_of(pid);
        look(&then);
        seen += things_fresh(&before, &then);
        EXPECT(runner > 0 && kill(runner, SIGKILL) == 0);
        EXPECT_EQ_INT(waitpid(pid, &status, 0), pid);
        EXPECT(WIFEXITED(status));
        EXPECT_EQ_INT(WEXITSTATUS(status), 3);
        EXPECT(pread(fd, said, sizeof said - 1, 0) > 0);
        EXPECT_CONTAINS(said, "ended from outside");
        close(fd);
        unlink(path);
        EXPECT(processes_go());
        EXPECT(things_go());
    }
    EXPECT(seen > 0);
}

TEST("a sender or receiver that dies is no figure")
{
    struct bench_settings s = {.plan = {.pin = PIN_NONE, .size_count = 1,
                                        .sizes = {64},
                                        .ways = 1u << WAY_MSGQ},
                               .spoil = WAY_COUNT};
    struct bench_trouble trouble = {.kind = BENCH_NO_CALL};
    struct figures f = s.plan;
    look(&before);
    struct bench *b = bench_start(&s);
    NEED(b);
    pid_t runner = child_of(getpid());
    bench_measure(b);
    pid_t worker = 0;
    for (int i = 0; i < 1000 && !worker; i++) {
        left_doze(1000);
        worker = child_of(runner);
    }
    look(&then);
    EXPECT(worker > 0 && kill(worker, SIGKILL) == 0);
    EXPECT_EQ_INT(bench_next(b, true, &f, &trouble), BENCH_TROUBLE);
    EXPECT_EQ_INT(trouble.kind, BENCH_SILENT);
    EXPECT_EQ_INT(trouble.way, WAY_MSGQ);
    EXPECT_EQ_INT(figures_known(&f), 0);
    bench_stop(b);
    EXPECT(processes_go());
    EXPECT(things_go());
}

TEST("it measures as often as it is asked, and stops in the middle")
{
    struct bench_settings s = {.plan = {.pin = PIN_NONE, .size_count = 2,
                                        .sizes = {64, 4096},
                                        .ways = 1u << WAY_SHM | 1u << WAY_SEM},
                               .quick = true,
                               .spoil = WAY_COUNT};
    struct bench_trouble trouble;
    struct bench *b = bench_start(&s);
    NEED(b);
    for (int i = 0; i < 2; i++) {
        struct figures f = s.plan;
        bench_measure(b);
        EXPECT_EQ_INT(figures_known(&f), 0);
        for (int k = 0; k < 3; k++)
            EXPECT_EQ_INT(bench_next(b, true, &f, &trouble), BENCH_FIGURE);
        EXPECT_EQ_INT(bench_next(b, true, &f, &trouble), BENCH_OVER);
        EXPECT_EQ_INT(bench_next(b, false, &f, &trouble), BENCH_NOTHING);
        EXPECT_EQ_INT(figures_known(&f), 3);
        EXPECT_EQ_INT(figures_wanted(&f), 3);
        EXPECT(f.at[WAY_SHM][1].rate > 0 && f.at[WAY_SEM][0].latency > 0);
    }
    bench_measure(b);
    bench_stop(b);
    EXPECT(processes_go());
}
