/* trial.c: one kill.
 *
 * It happens in a process of its own, the keeper: the subreaper of all that is
 * started, so whoever is left becomes its child. It has a directory for
 * temporary files that nobody else uses, and where we are root an IPC
 * namespace in which nobody else makes objects.
 *
 * The moment is random, but counted from when the victim is there: half of the
 * kills fall into its first milliseconds, when everything is being made. */
#define _GNU_SOURCE
#include "tests/soak/soak.h"

#include "ipc/sysv.h"
#include "sim/base/rng.h"
#include "tests/left.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BELOW = 256, MILLISECOND = 1000 /* microseconds */ };
enum { ORDINARY = 61000 /* a user that no machine has */ };

/* Makes and removes one of everything, all the time; two processes. */
static const char lesson[] =
    "{\"timeslice\": 1, \"machine\": {\"cpus\": 2}, \"processes\": ["
    "{\"name\": \"maker\", \"program\": [{\"fork\": \"other\"},"
    "{\"repeat\": \"forever\", \"do\": [{\"cpu\": 1},"
    "{\"mkfifo\": \"f\"}, {\"unlink\": \"f\"},"
    "{\"msgget\": \"k\", \"key\": 74757, \"flags\": \"IPC_CREAT|0600\"},"
    "{\"msgget\": \"p\", \"key\": \"IPC_PRIVATE\","
    " \"flags\": \"IPC_CREAT|0600\"},"
    "{\"msgsnd\": \"k\", \"type\": 1, \"text\": \"x\"},"
    "{\"msgget\": \"g\", \"key\": {\"ftok\": [\"file\", \"A\"]},"
    " \"flags\": \"IPC_CREAT|0\"},"
    "{\"msgctl\": \"k\", \"cmd\": \"IPC_RMID\"},"
    "{\"msgctl\": \"p\", \"cmd\": \"IPC_RMID\"},"
    "{\"msgctl\": \"g\", \"cmd\": \"IPC_RMID\"},"
    "{\"shmget\": \"s\", \"key\": 74757, \"size\": 4096,"
    " \"flags\": \"IPC_CREAT|0600\"}, {\"shmat\": \"s\", \"as\": \"m\"},"
    "{\"shmctl\": \"s\", \"cmd\": \"IPC_RMID\"}, {\"shmdt\": \"m\"},"
    "{\"semget\": \"e\", \"key\": 74757, \"nsems\": 2,"
    " \"flags\": \"IPC_CREAT|0600\"},"
    "{\"V\": \"e\", \"flags\": \"SEM_UNDO\"},"
    "{\"semctl\": \"e\", \"cmd\": \"IPC_RMID\"}]}]},"
    "{\"name\": \"other\", \"program\": [{\"repeat\": \"forever\","
    " \"do\": [{\"sleep\": 3}, {\"cpu\": 1}]}]}]}";

/* The keeper's. */
static struct {
    const struct trial *trial;
    uint64_t dice;
    char root[32], run[48], file[48]; /* directories, and the lesson */
    pid_t program, driver;
} me;

/* ---- who is who ---- */

/* In its first moments it is called as what it was started from. */
static bool is_lab(const char *name)
{
    return strcmp(name, "timeslice-lab") == 0 || strcmp(name, "exe") == 0;
}

static bool is_of_the_lesson(const char *name)
{
    return strncmp(name, "maker", 5) == 0 || strncmp(name, "other", 5) == 0;
}

static bool is_janitor(const char *name)
{
    return strcmp(name, "timeslice-sweep") == 0;
}

/* Whether what we have started is still there. */
static bool runs(void)
{
    siginfo_t about = {0};
    return waitid(P_PID, (id_t)me.program, &about,
                  WEXITED | WNOHANG | WNOWAIT) == 0 && about.si_pid == 0;
}

typedef bool is_kind(const char *name);

/* One of that kind below the program, by chance; 0: there is none. */
static pid_t some(is_kind *kind)
{
    pid_t all[BELOW], found = 0;
    char name[COMM_ROOM];
    uint64_t seen = 0;
    int n = descendants(me.program, all, BELOW);
    for (int i = 0; i < n; i++)
        if (kind(comm_of(all[i], name)) && rng_below(&me.dice, ++seen) == 0)
            found = all[i];
    return found;
}

static void tell_all(const char *what)
{
    pid_t all[BELOW];
    char name[COMM_ROOM];
    int n = descendants(getpid(), all, BELOW);
    fprintf(stderr, "soak: %s", what);
    for (int i = 0; i < n; i++)
        fprintf(stderr, " %d (%s)", (int)all[i], comm_of(all[i], name));
    fprintf(stderr, "\n");
}

static bool wait_for_some(is_kind *kind)
{
    enum { PATIENCE = 8000 * MILLISECOND, STEP = 200 };
    for (int waited = 0; waited < PATIENCE && runs(); waited += STEP) {
        if (some(kind))
            return true;
        left_doze(STEP);
    }
    tell_all("waited for nothing; there are");
    return false;
}

/* ---- starting ---- */

static void to_nowhere(void)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
}

/* A shell lets its background ignore SIGINT; and none may be lost that comes
 * before the program is there. */
static void hold_interrupts(int how)
{
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    signal(SIGINT, SIG_DFL);
    sigprocmask(how, &interrupts, NULL);
}

/* A group of its own, as a shell would give it, for Ctrl+C. */
static pid_t start(bool window, const char *until)
{
    const struct trial *t = me.trial;
    const char *arguments[8] = {"timeslice", window ? "view" : "run", me.file,
                                "--until", until};
    int n = 5;
    if (!t->way->walls && t->host)
        arguments[n++] = "--host-ipc";
    else
        arguments[n++] = "--live";
    pid_t pid = fork();
    if (pid) {
        setpgid(pid, pid);
        return pid;
    }
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    hold_interrupts(SIG_UNBLOCK);
    if (!t->way->walls && !t->host)
        setenv("TIMESLICE_NAMESPACES", "0", 1);
    to_nowhere();
    execv(t->program, (char **)(uintptr_t)arguments);
    _exit(127);
}

static void doze_below(int64_t microseconds)
{
    left_doze((int64_t)rng_below(&me.dice, (uint64_t)microseconds));
}

static void doze_by_chance(void)
{
    bool early = rng_below(&me.dice, 2);
    doze_below(early ? 5 * MILLISECOND : 250 * MILLISECOND);
}

/* ---- killing ---- */

/* False: the victim never came. */
static bool kill_some(is_kind *kind)
{
    if (!wait_for_some(kind))
        return false;
    doze_by_chance();
    pid_t victim = some(kind);
    if (victim)
        kill(victim, SIGKILL);
    return victim != 0;
}

/* A window takes half a second to open; before that there is not much to be
 * killed. */
static void wait_for_a_moment(void)
{
    if (me.trial->window && rng_below(&me.dice, 4))
        wait_for_some(is_of_the_lesson);
    doze_by_chance();
}

static void end_program(void)
{
    left_doze(30 * MILLISECOND);
    kill(me.program, rng_below(&me.dice, 2) ? SIGTERM : SIGKILL);
}

static bool kill_program(int sig)
{
    wait_for_a_moment();
    bool there = runs();
    if (there && sig == SIGINT)
        kill(-me.program, SIGINT);
    else if (there)
        kill(me.program, sig);
    return there;
}

/* Waits until it has ended by itself. */
static bool ends(void)
{
    int status;
    for (int ms = 0; ms < 10000; ms++) {
        if (waitpid(me.program, &status, WNOHANG) == me.program)
            return true;
        left_doze(MILLISECOND);
    }
    return false;
}

static bool do_it(void)
{
    bool done = false;
    switch (me.trial->victim) {
    case V_WINDOW: return kill_program(SIGKILL);
    case V_CTRL_C: return kill_program(SIGINT);
    case V_LAB: done = kill_some(is_lab); break;
    case V_CHILD: done = kill_some(is_of_the_lesson); break;
    case V_JANITOR: done = kill_some(is_janitor); break;
    case V_EVERYBODY:
        wait_for_a_moment();
        done = runs();
        kill_below(getpid());
        return done;
    case V_END: return ends();
    case VICTIMS: break;
    }
    end_program();
    return done;
}

/* What was left to the next start is removed by it: nobody was there any more
 * to do so. */
static bool start_again(void)
{
    int status = 0;
    pid_t pid = start(false, "30");
    waitpid(pid, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- looking ---- */

static struct things before, after;

static void look(struct things *t)
{
    things_look(t, me.run, "");
}

static int tell_left(void)
{
    int n = 0;
    for (int i = 0; i < after.count; i++)
        if (!things_have(&before, after.name[i])) {
            fprintf(stderr, "soak: left: %s\n", after.name[i]);
            n++;
        }
    return n ? LEFT_THINGS : 0;
}

static int tell_processes(void)
{
    if (processes_go())
        return 0;
    tell_all("left: processes");
    processes_end();
    return LEFT_PROCESSES;
}

/* ---- the keeper ---- */

static bool settle(void)
{
    uid_t other = ORDINARY;
    if (geteuid() == 0 && unshare(CLONE_NEWIPC) < 0)
        return false;
    if (!me.trial->way->ordinary || geteuid() != 0)
        return true;
    bool well = chown(me.run, other, other) == 0 && setgroups(0, NULL) == 0 &&
                setresgid(other, other, other) == 0 &&
                setresuid(other, other, other) == 0;
    prctl(PR_SET_DUMPABLE, 1); /* its own /proc again */
    return well;
}

static int keep(void)
{
    const struct trial *t = me.trial;
    int result = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    hold_interrupts(SIG_BLOCK); /* the last one is finished */
    if (!settle())
        return NOT_TRIED;
    setenv("XDG_RUNTIME_DIR", me.run, 1);
    setenv("TMPDIR", me.run, 1);
    left_begin();
    look(&before);
    bool quits = t->victim == V_END;
    me.program = start(t->window, quits && !t->window ? "3000" : "100000000");
    if (t->window)
        me.driver = display_drive(me.program, &me.dice, quits);
    if (t->victim != V_WINDOW && t->victim != V_EVERYBODY &&
        t->victim != V_CTRL_C && t->victim != V_END &&
        !wait_for_some(is_lab))
        result |= NO_VICTIM;
    result |= do_it() ? 0 : NO_VICTIM;
    if (me.driver > 0) {
        pid_t below[BELOW];
        int n = descendants(me.driver, below, BELOW);
        for (int i = 0; i < n; i++)
            kill(below[i], SIGKILL);
        kill(me.driver, SIGKILL);
    }
    result |= tell_processes();
    bool nobody = t->victim == V_EVERYBODY || t->victim == V_JANITOR;
    if (nobody && !start_again())
        result |= NO_VICTIM;
    result |= tell_processes();
    look(&after);
    return result | tell_left();
}

static bool make_places(void)
{
    snprintf(me.root, sizeof me.root, "/tmp/ts-soak-XXXXXX");
    if (!mkdtemp(me.root) || chmod(me.root, 0755) < 0)
        return false;
    snprintf(me.run, sizeof me.run, "%s/run", me.root);
    snprintf(me.file, sizeof me.file, "%s/lesson.json", me.root);
    FILE *f = fopen(me.file, "w");
    bool well = f && fputs(lesson, f) >= 0;
    if (f && fclose(f) != 0)
        well = false;
    return well && chmod(me.file, 0644) == 0 && mkdir(me.run, 0700) == 0;
}

/* What is still in the directory has been told. */
static void remove_places(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -rf '%s'", me.root);
    if (system(line) != 0)
        fprintf(stderr, "soak: %s stays\n", me.root);
}

int trial_run(const struct trial *t)
{
    int status = 0;
    me.trial = t;
    me.dice = t->dice;
    if (!make_places())
        return NOT_TRIED;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(keep());
    if (pid > 0)
        waitpid(pid, &status, 0);
    remove_places();
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : NOT_TRIED;
}
