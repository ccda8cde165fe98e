/* t5020-no-object-left.c: whoever is killed, and whenever, no System V object,
 * no file and no process stays: in namespaces of our own and without, as root
 * and as an ordinary user.
 *
 * Each kill happens in a process that is the subreaper of all it starts, so
 * that the last of them has ended when wait(2) finds no child. Where we are
 * root it also has an IPC namespace to itself, in which nobody else makes
 * objects meanwhile. TS_KILLS says how many random moments are tried for each
 * victim (10). */
#define _GNU_SOURCE
#include "ipc/lease.h"
#include "ipc/sandbox.h"
#include "ipc/session.h"
#include "ipc/sweep.h"
#include "ipc/sysv.h"
#include "sim/base/rng.h"
#include "sim/scenario/ops.h"
#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum victim { NOBODY, WINDOW, SESSION, CHILD, EVERYBODY, VICTIMS };

static const char *const victims[VICTIMS] = {"nobody", "window", "session",
                                             "a child", "everybody at once"};

struct way {
    const char *name;
    bool host, ordinary;
};

static int kills(void)
{
    const char *text = getenv("TS_KILLS");
    return text ? (int)strtol(text, NULL, 10) : 10;
}

static void doze(int64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / 1000000000),
                         .tv_nsec = (long)(ns % 1000000000)};
    nanosleep(&t, NULL);
}

/* ---- a lesson that makes and removes all the time ---- */

static void write_lesson(struct str *out)
{
    str_add(out, "{\"timeslice\": 1, \"machine\": {\"cpus\": 2}, "
                 "\"processes\": [{\"name\": \"a\", \"program\": ["
                 "{\"fork\": \"b\"}, {\"repeat\": \"forever\", \"do\": ["
                 "{\"cpu\": 1}");
    str_add(out, ", {\"mkfifo\": \"f\"}, {\"unlink\": \"f\"}");
    str_add(out, ", {\"msgget\": \"k\", \"key\": 74755, \"flags\": "
            "\"IPC_CREAT|0600\"}, {\"msgget\": \"p\", \"key\": "
            "\"IPC_PRIVATE\", \"flags\": \"IPC_CREAT|0600\"}, "
            "{\"msgsnd\": \"k\", \"type\": 1, \"text\": \"x\"}, "
            "{\"msgget\": \"f\", \"key\": {\"ftok\": [\"file\", \"A\"]}, "
            "\"flags\": \"IPC_CREAT|0\"}, "
            "{\"msgctl\": \"k\", \"cmd\": \"IPC_RMID\"}, "
            "{\"msgctl\": \"p\", \"cmd\": \"IPC_RMID\"}, "
            "{\"msgctl\": \"f\", \"cmd\": \"IPC_RMID\"}");
    str_add(out, ", {\"shmget\": \"s\", \"key\": 74755, \"size\": 4096, "
            "\"flags\": \"IPC_CREAT|0600\"}, {\"shmat\": \"s\", \"as\": "
            "\"m\"}, {\"shmctl\": \"s\", \"cmd\": \"IPC_RMID\"}, "
            "{\"shmdt\": \"m\"}");
    str_add(out, ", {\"semget\": \"e\", \"key\": 74755, \"nsems\": 2, "
            "\"flags\": \"IPC_CREAT|0600\"}, {\"V\": \"e\", \"flags\": "
            "\"SEM_UNDO\"}, {\"semctl\": \"e\", \"cmd\": \"IPC_RMID\"}");
    str_add(out, "]}]}, {\"name\": \"b\", \"program\": [{\"repeat\": "
                 "\"forever\", \"do\": [{\"sleep\": 3}, {\"cpu\": 1}]}]}]}");
}

/* ---- window and session ---- */

static struct session *spawn_session(pid_t *pid, bool host)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        abort();
    *pid = fork();
    if (*pid == 0) {
        close(pair[0]);
        _exit(session_serve(pair[1], host));
    }
    close(pair[1]);
    return session_on(pair[0], *pid);
}

/* Tells the session's pid, then plays; ends by itself at `until`. Exit status
 * 9: there were no real processes. */
_Noreturn static void be_a_window(int tell, bool host, tick until)
{
    struct str lesson = {0};
    pid_t pid;
    write_lesson(&lesson);
    struct session *s = spawn_session(&pid, host);
    if (write(tell, &pid, sizeof pid) != sizeof pid)
        _exit(1);
    session_load(s, &(struct session_load){.path = "lesson.json",
                                           .text = lesson.text,
                                           .length = lesson.length});
    bool live = false, lost = false;
    for (tick t = 0; !session_ended(s) && t < until; t += 10) {
        session_advance(s, t);
        session_wait(s, 2);
        session_poll(s);
        live |= session_live(s);
        lost |= session_notice(s) != NULL;
        if (lost)
            fprintf(stderr, "# %s\n", session_notice(s));
        if (lost)
            break;
    }
    session_close(s);
    _exit(live && !lost ? 0 : 9);
}

/* ---- looking ---- */

struct counted {
    int objects, files;
};

static bool count_one(void *ctx, const struct sysv_object *o)
{
    struct counted *c = ctx;
    c->objects += o->creator == geteuid() || geteuid() == 0;
    return true;
}

/* Objects, and files in the directory that is ours alone. */
static struct counted count_all(const char *directory)
{
    struct counted c = {0};
    for (int kind = 0; kind < SYSV_KINDS; kind++)
        sysv_each((enum sysv_kind)kind, count_one, &c);
    DIR *dir = opendir(directory);
    for (struct dirent *e; dir && (e = readdir(dir));)
        c.files += e->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return c;
}

static bool all_gone(void)
{
    for (int ms = 0; ms < 20000;) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD)
            return true;
        if (pid == 0) {
            doze(1000000);
            ms++;
        }
    }
    return false;
}

/* All processes below ours, the nearest first. */
static int descendants(pid_t of, pid_t *to, int room)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)of, (int)of);
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    int count = 0;
    for (char *at = text, *next;; at = next) {
        long pid = strtol(at, &next, 10);
        if (next == at || count == room)
            return count;
        to[count++] = (pid_t)pid;
        count += descendants((pid_t)pid, to + count, room - count);
    }
}

/* Nobody may notice and clean up before it is his turn: all are stopped first.
 * Then also the janitor dies. */
static void kill_everybody(void)
{
    pid_t all[64];
    for (int round = 0; round < 3; round++) {
        int n = descendants(getpid(), all, 64);
        for (int i = 0; i < n; i++)
            kill(all[i], SIGSTOP);
    }
    int n = descendants(getpid(), all, 64);
    for (int i = 0; i < n; i++)
        kill(all[i], SIGKILL);
}

/* A process of the lesson is called as there; it is not the janitor, whose end
 * is another case. */
static bool is_of_the_lesson(pid_t pid)
{
    char path[64], name[32] = "";
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    bool read = fgets(name, sizeof name, f) != NULL;
    fclose(f);
    return read && (name[0] == 'a' || name[0] == 'b') &&
           (name[1] == '\n' || name[1] == '.');
}

static void kill_a_child(pid_t session, uint64_t *dice)
{
    pid_t all[64], victim = 0;
    int n = descendants(session, all, 64);
    uint64_t seen = 0;
    for (int i = 0; i < n; i++)
        if (is_of_the_lesson(all[i]) && rng_below(dice, ++seen) == 0)
            victim = all[i];
    if (victim)
        kill(victim, SIGKILL);
    doze(20000000);
}

/* ---- one kill ---- */

enum {
    LEFT_OBJECTS = 1,
    LEFT_FILES = 2,
    LEFT_PROCESSES = 4,
    NOT_LIVE = 8,
    LEFT_TO_NEXT = 16 /* killed before there was a janitor: an empty directory,
                         or the beginning of a lease, that the next start
                         removes */
};

static void kill_victim(enum victim whom, uint64_t *dice, pid_t window,
                        pid_t session)
{
    if (whom == SESSION)
        kill(session, SIGKILL);
    if (whom == CHILD)
        kill_a_child(session, dice);
    if (whom == EVERYBODY)
        kill_everybody();
    if (whom != SESSION && whom != NOBODY)
        kill(window, SIGKILL);
}

/* In a process of its own. Returns what was left. */
static int try_one(enum victim whom, const struct way *way, uint64_t dice,
                   const char *directory)
{
    int tell[2], left = 0, status = 0;
    pid_t session = 0;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    struct counted before = count_all(directory);
    if (pipe(tell) < 0)
        return 64;
    pid_t window = fork();
    if (window == 0)
        be_a_window(tell[1], way->host, whom == NOBODY ? 200 : TICK_NEVER);
    close(tell[1]);
    if (read(tell[0], &session, sizeof session) != sizeof session)
        return 64;
    if (whom != NOBODY)
        doze((int64_t)rng_below(&dice, 80 * 1000000));
    kill_victim(whom, &dice, window, session);
    if (whom == NOBODY && waitpid(window, &status, 0) == window &&
        WEXITSTATUS(status) == 9)
        left |= NOT_LIVE;
    if (!all_gone())
        left |= LEFT_PROCESSES;
    if (whom == EVERYBODY)
        sweep_dead(); /* as the next start does */
    struct counted after = count_all(directory);
    if (after.objects != before.objects)
        left |= LEFT_OBJECTS;
    if (after.files != before.files && whom != EVERYBODY) {
        sweep_dead();
        after = count_all(directory);
        left |= LEFT_TO_NEXT;
    }
    if (after.files != before.files)
        left |= LEFT_FILES;
    return left;
}

/* Who we are, and what is ours alone. */
static void settle(const struct way *way, const char *directory)
{
    if (geteuid() == 0 && unshare(CLONE_NEWIPC) < 0)
        _exit(64);
    uid_t other = 61000;
    if (way->ordinary &&
        (chown(directory, other, other) < 0 || setgroups(0, NULL) < 0 ||
         setresgid(other, other, other) < 0 ||
         setresuid(other, other, other) < 0))
        _exit(64);
    if (way->ordinary)
        prctl(PR_SET_DUMPABLE, 1); /* its own /proc again */
    setenv("XDG_RUNTIME_DIR", directory, 1);
}

static int in_a_world(enum victim whom, const struct way *way, uint64_t dice)
{
    char directory[] = "/tmp/ts-left-XXXXXX";
    int status = 0;
    if (!mkdtemp(directory))
        return 64;
    pid_t pid = fork();
    if (pid == 0) {
        settle(way, directory);
        _exit(try_one(whom, way, dice, directory));
    }
    waitpid(pid, &status, 0);
    int left = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    if (left == 0 || left == LEFT_TO_NEXT)
        EXPECT(rmdir(directory) == 0);
    return left;
}

static void try_all(const struct way *way)
{
    uint64_t dice = 20;
    int late = 0, all = 0;
    for (int whom = 0; whom < VICTIMS; whom++)
        for (int i = 0; i < (whom == NOBODY ? 1 : kills()); i++, all++) {
            test_case("%s: %s, %d", way->name, victims[whom], i);
            int left = in_a_world((enum victim)whom, way,
                                  rng_below(&dice, 1u << 30));
            EXPECT_EQ_INT(left & ~LEFT_TO_NEXT, 0);
            late += left == LEFT_TO_NEXT;
        }
    EXPECT(late <= 1 + all / 10);
}

TEST("in namespaces of its own nothing is left, whoever is killed")
{
    const struct way way = {.name = "namespaces"};
    if (sandbox_try().error == 0)
        try_all(&way);
}

TEST("nor among all others, where a janitor cleans up, or the next start")
{
    const struct way way = {.name = "host", .host = true};
    try_all(&way);
}

TEST("nor where an ordinary user does it")
{
    bool root = geteuid() == 0;
    const struct way inside = {.name = "user, namespaces", .ordinary = root};
    const struct way host = {.name = "user, host", .host = true,
                             .ordinary = root};
    if (sandbox_try().error == 0)
        try_all(&inside);
    try_all(&host);
}

/* ---- what the sweeper must not touch ---- */

/* A lease of somebody dead, made by hand. */
static void write_dead_lease(int id, int key, int64_t since, uint64_t creator)
{
    char path[LEASE_PATH];
    struct lease *l = lease_make(true, path);
    NEED(l != NULL && path[0]);
    l->owner.started++; /* another process that once had our pid */
    l->creator = creator;
    l->object[0] = (struct lease_object){
        .kind = SYSV_MSG, .key = key, .id = id, .since = since,
        .changed = since + 1};
    atomic_store(&l->object[0].state, LEASE_OURS);
    sweep_dead();
    EXPECT(access(path, F_OK) < 0);
}

static bool is_there(int id)
{
    struct msqid_ds now;
    return msgctl(id, IPC_STAT, &now) == 0;
}

TEST("a lease removes only the object it means: id, key, maker and time")
{
    int64_t now = (int64_t)time(NULL);
    int id = msgget(IPC_PRIVATE, 0600);
    NEED(id >= 0);
    write_dead_lease(id, 4711, now - 1, geteuid());
    EXPECT(is_there(id));
    write_dead_lease(id, IPC_PRIVATE, now - 100, geteuid());
    EXPECT(is_there(id));
    write_dead_lease(id, IPC_PRIVATE, now + 100, geteuid());
    EXPECT(is_there(id));
    write_dead_lease(id, IPC_PRIVATE, now - 1, geteuid() + 1);
    EXPECT(is_there(id));
    write_dead_lease(id, IPC_PRIVATE, now - 1, geteuid());
    EXPECT(!is_there(id));
}

TEST("a lease of somebody alive is left alone")
{
    char path[LEASE_PATH];
    struct lease *l = lease_make(true, path);
    NEED(l != NULL && path[0]);
    sweep_dead();
    EXPECT(access(path, F_OK) == 0);
    lease_forget(path);
    EXPECT(access(path, F_OK) < 0);
}
