/* t9018-bench-left.c: whatever ends bench-ipc, and whenever, no process, no
 * System V object and no directory stays.
 *
 * The test is the subreaper of all that it starts: nothing is left of the
 * processes when wait(2) says that there is no child any more. Objects of
 * others may come and go meanwhile: those count that were not there before and
 * do not go away. TS_KILLS says how many random moments are tried (12). */
#define _GNU_SOURCE
#include "ipc/bench.h"
#include "sim/base/rng.h"
#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THINGS_MOST = 4096, PATIENCE_MS = 20000 };

static void doze(int64_t us)
{
    struct timespec t = {.tv_sec = (time_t)(us / 1000000),
                         .tv_nsec = (long)(us % 1000000 * 1000)};
    nanosleep(&t, NULL);
}

/* ---- what there is: "q17", "s3", "m9", "timeslice-bench-aB3xZ9" ---- */

struct things {
    char name[THINGS_MOST][48];
    int count;
};

static void add_thing(struct things *t, char kind, const char *name)
{
    if (t->count < THINGS_MOST)
        snprintf(t->name[t->count++], sizeof t->name[0], "%c%.40s", kind,
                 name);
}

static void add_objects(struct things *t, char kind, const char *path)
{
    char line[512];
    FILE *f = fopen(path, "r");
    for (int n = 0; f && fgets(line, sizeof line, f); n++) {
        char *id = line + strspn(line, " ");
        id += strcspn(id, " "); /* the key */
        id += strspn(id, " ");
        id[strcspn(id, " ")] = '\0';
        if (n)
            add_thing(t, kind, id);
    }
    if (f)
        fclose(f);
}

static void look(struct things *t)
{
    DIR *tmp = opendir("/tmp");
    t->count = 0;
    for (struct dirent *d; tmp && (d = readdir(tmp));)
        if (strncmp(d->d_name, "timeslice-bench-", 16) == 0)
            add_thing(t, 'd', d->d_name);
    if (tmp)
        closedir(tmp);
    add_objects(t, 'q', "/proc/sysvipc/msg");
    add_objects(t, 's', "/proc/sysvipc/sem");
    add_objects(t, 'm', "/proc/sysvipc/shm");
}

static bool has(const struct things *t, const char *name)
{
    for (int i = 0; i < t->count; i++)
        if (strcmp(t->name[i], name) == 0)
            return true;
    return false;
}

/* How many of `now` were not there before. */
static int fresh(const struct things *before, const struct things *now)
{
    int n = 0;
    for (int i = 0; i < now->count; i++)
        n += !has(before, now->name[i]);
    return n;
}

static struct things before, then, now;

/* What was new `then` goes away. */
static bool things_go(void)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
        int stay = 0;
        look(&now);
        for (int i = 0; i < then.count; i++)
            stay += !has(&before, then.name[i]) && has(&now, then.name[i]);
        if (!stay)
            return true;
        doze(5000);
    }
    return false;
}

static bool processes_go(void)
{
    for (int ms = 0; ms < PATIENCE_MS;) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD)
            return true;
        if (pid == 0) {
            doze(1000);
            ms++;
        }
    }
    return false;
}

/* ---- the program ---- */

static int kills(void)
{
    const char *text = getenv("TS_KILLS");
    return text ? (int)strtol(text, NULL, 10) : 12;
}

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

/* The child of `parent`, 0 if it has none yet. */
static pid_t child_of(pid_t parent)
{
    DIR *proc = opendir("/proc");
    pid_t found = 0;
    for (struct dirent *d; proc && !found && (d = readdir(proc));) {
        char path[300], text[300] = "";
        snprintf(path, sizeof path, "/proc/%s/stat", d->d_name);
        FILE *f = d->d_name[0] >= '0' && d->d_name[0] <= '9'
                      ? fopen(path, "r") : NULL;
        if (!f)
            continue;
        size_t n = fread(text, 1, sizeof text - 1, f);
        text[n] = '\0';
        fclose(f);
        const char *after = strrchr(text, ')');
        if (after && strlen(after) > 4 &&
            strtol(after + 4, NULL, 10) == parent)
            found = (pid_t)strtol(d->d_name, NULL, 10);
    }
    if (proc)
        closedir(proc);
    return found;
}

TEST("killed at any moment, it leaves nothing")
{
    static const int how[] = {SIGKILL, SIGINT, SIGKILL, SIGTERM};
    uint64_t dice = 1;
    int seen = 0;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (int i = 0; i < kills(); i++) {
        look(&before);
        pid_t pid = start("fifo,msgq,shm", NULL);
        NEED(pid > 0);
        int64_t moment = (int64_t)rng_below(&dice, 800000);
        doze(moment);
        look(&then);
        seen += fresh(&before, &then);
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
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (int i = 0; i < kills() / 2; i++) {
        int status = 0;
        char path[] = "/tmp/timeslice-test-left.XXXXXX", said[200] = "";
        int fd = mkstemp(path);
        NEED(fd >= 0);
        look(&before);
        pid_t pid = start("msgq,shm", path);
        doze(100000 + (int64_t)rng_below(&dice, 300000));
        pid_t runner = child_of(pid);
        look(&then);
        seen += fresh(&before, &then);
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
        doze(1000);
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
