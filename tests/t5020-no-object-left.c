/* t5020-no-object-left.c: whoever is killed, and whenever, no System V object,
 * no file and no process stays: in namespaces of our own and without, as root
 * and as an ordinary user.
 *
 * Each kill happens in a process of its own. Where we are root it also has an
 * IPC namespace to itself, in which nobody else makes objects meanwhile. Only
 * what nobody was left to remove may wait for the next start of the program:
 * when the janitor was killed together with all others. TS_KILLS says how many
 * random moments are tried for each victim (10). */
#define _GNU_SOURCE
#include "ipc/lease.h"
#include "ipc/sandbox.h"
#include "ipc/session.h"
#include "ipc/sweep.h"
#include "ipc/sysv.h"
#include "sim/base/rng.h"
#include "sim/scenario/ops.h"
#include "tests/left.h"
#include "tests/test.h"

#include <fcntl.h>
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

enum victim { NOBODY, WINDOW, SESSION, CHILD, JANITOR, EVERYBODY, VICTIMS };

static const char *const victims[VICTIMS] = {
    "nobody", "window", "session", "a child", "the janitor",
    "everybody at once"};

struct way {
    const char *name;
    bool host, ordinary;
};

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

/* ---- whom to kill ---- */

/* A process of the lesson is called as there. */
static bool is_of_the_lesson(pid_t pid)
{
    char name[COMM_ROOM];
    comm_of(pid, name);
    return (name[0] == 'a' || name[0] == 'b') &&
           (name[1] == '\0' || name[1] == '.');
}

static bool is_janitor(pid_t pid)
{
    char name[COMM_ROOM];
    return strcmp(comm_of(pid, name), "timeslice-sweep") == 0;
}

static void kill_some(pid_t session, bool (*fits)(pid_t pid), uint64_t *dice)
{
    pid_t all[64], victim = 0;
    int n = descendants(session, all, 64);
    uint64_t seen = 0;
    for (int i = 0; i < n; i++)
        if (fits(all[i]) && rng_below(dice, ++seen) == 0)
            victim = all[i];
    if (victim)
        kill(victim, SIGKILL);
    left_doze(20000);
}

/* ---- one kill ---- */

enum { LEFT_THINGS = 1, LEFT_PROCESSES = 2, NOT_LIVE = 4, NOT_TRIED = 8 };

static void kill_victim(enum victim whom, uint64_t *dice, pid_t window,
                        pid_t session)
{
    if (whom == SESSION)
        kill(session, SIGKILL);
    if (whom == CHILD)
        kill_some(session, is_of_the_lesson, dice);
    if (whom == JANITOR)
        kill_some(session, is_janitor, dice);
    if (whom == EVERYBODY)
        kill_below(getpid());
    if (whom == WINDOW || whom == CHILD)
        kill(window, SIGKILL);
}

/* In a process of its own. Returns what was left. */
static int try_one(enum victim whom, const struct way *way, uint64_t dice,
                   const char *directory)
{
    static struct things before, after;
    int tell[2], left = 0, status = 0;
    bool ends = whom == NOBODY || whom == JANITOR;
    pid_t session = 0;
    left_begin();
    things_look(&before, directory, "");
    if (pipe(tell) < 0)
        return NOT_TRIED;
    pid_t window = fork();
    if (window == 0)
        be_a_window(tell[1], way->host, ends ? 400 : TICK_NEVER);
    close(tell[1]);
    if (read(tell[0], &session, sizeof session) != sizeof session)
        return NOT_TRIED;
    uint64_t late = rng_below(&dice, 2) ? 80 * 1000 : 5 * 1000;
    if (whom != NOBODY)
        left_doze((int64_t)rng_below(&dice, late));
    kill_victim(whom, &dice, window, session);
    if (whom == NOBODY && waitpid(window, &status, 0) == window &&
        WEXITSTATUS(status) == 9)
        left |= NOT_LIVE;
    if (!processes_go())
        left |= LEFT_PROCESSES;
    if (whom == EVERYBODY)
        sweep_dead(); /* as the next start does */
    things_look(&after, directory, "");
    if (things_fresh(&before, &after))
        left |= LEFT_THINGS;
    return left;
}

/* Who we are, and what is ours alone. */
static void settle(const struct way *way, const char *directory)
{
    if (geteuid() == 0 && unshare(CLONE_NEWIPC) < 0)
        _exit(NOT_TRIED);
    uid_t other = 61000;
    if (way->ordinary &&
        (chown(directory, other, other) < 0 || setgroups(0, NULL) < 0 ||
         setresgid(other, other, other) < 0 ||
         setresuid(other, other, other) < 0))
        _exit(NOT_TRIED);
    if (way->ordinary)
        prctl(PR_SET_DUMPABLE, 1); /* its own /proc again */
    setenv("XDG_RUNTIME_DIR", directory, 1);
}

static int in_a_world(enum victim whom, const struct way *way, uint64_t dice)
{
    char directory[] = "/tmp/ts-left-XXXXXX";
    int status = 0;
    if (!mkdtemp(directory))
        return NOT_TRIED;
    pid_t pid = fork();
    if (pid == 0) {
        settle(way, directory);
        _exit(try_one(whom, way, dice, directory));
    }
    waitpid(pid, &status, 0);
    int left = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    if (left == 0)
        EXPECT(rmdir(directory) == 0);
    return left;
}

static void try_all(const struct way *way)
{
    uint64_t dice = 20;
    for (int whom = 0; whom < VICTIMS; whom++)
        for (int i = 0; i < (whom == NOBODY ? 1 : left_kills(10)); i++) {
            test_case("%s: %s, %d", way->name, victims[whom], i);
            EXPECT_EQ_INT(in_a_world((enum victim)whom, way,
                                     rng_below(&dice, 1u << 30)),
                          0);
        }
}

TEST("in namespaces of its own nothing is left, whoever is killed")
{
    const struct way way = {.name = "namespaces"};
    struct sandbox_trial trial = sandbox_try();
    if (trial.error == 0)
        try_all(&way);
    else /* a container may forbid them: then the doctor says which step */
        EXPECT(trial.step && trial.step[0]);
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

/* A directory in which leases are ours alone. */
static char own[32];

static bool own_directory(void)
{
    snprintf(own, sizeof own, "/tmp/ts-lease-XXXXXX");
    return mkdtemp(own) && setenv("XDG_RUNTIME_DIR", own, 1) == 0;
}

/* A lease of somebody dead, made by hand. */
static void write_dead_lease(int id, int key, int64_t since, uint64_t creator)
{
    char path[LEASE_PATH];
    struct lease *l = lease_keep(lease_new(), path);
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
    NEED(own_directory());
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
    EXPECT(rmdir(own) == 0);
}

/* A file that is not a lease yet, as its writer calls it. */
static bool begun_lease_stays(const char *dir, int64_t pid, int64_t started)
{
    char path[LEASE_PATH + 64];
    snprintf(path, sizeof path, "%s/new.%lld.%lld", dir, (long long)pid,
             (long long)started);
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    EXPECT(fd >= 0);
    close(fd);
    sweep_dead();
    return unlink(path) == 0;
}

TEST("the beginning of a lease goes with its writer, and an empty directory")
{
    char dir[200];
    struct lease_process me;
    lease_sign(&me);
    NEED(own_directory());
    NEED(lease_directory(dir, sizeof dir));
    EXPECT(begun_lease_stays(dir, me.pid, me.started));
    NEED(lease_directory(dir, sizeof dir));
    EXPECT(!begun_lease_stays(dir, me.pid, me.started - 1));
    NEED(lease_directory(dir, sizeof dir));
    EXPECT(!begun_lease_stays(dir, 0x3fffffff, 1));
    EXPECT(rmdir(own) == 0);
}

/* Whether a lease stays that belongs to somebody else, who lives or is a zombie,
 * and whose janitor lives or not. */
static bool lease_stays(bool owner_lives, bool janitor_lives)
{
    char path[LEASE_PATH];
    struct lease *l = lease_keep(lease_new(), path);
    EXPECT(l && path[0]);
    pid_t other = fork();
    if (other == 0) {
        lease_sign(&l->owner);
        l->place[0] = '!';
        for (;;)
            pause();
    }
    while (l->place[0] != '!')
        left_doze(1000);
    l->place[0] = '\0';
    siginfo_t ended;
    if (!owner_lives && kill(other, SIGKILL) == 0)
        waitid(P_PID, (id_t)other, &ended, WEXITED | WNOWAIT);
    if (janitor_lives)
        lease_sign(&l->janitor);
    sweep_dead();
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    bool stays = access(path, F_OK) == 0;
    lease_forget(path);
    lease_free(l);
    return stays;
}

TEST("a lease is left alone while its owner or its janitor lives")
{
    NEED(own_directory());
    EXPECT(lease_stays(true, false));
    EXPECT(lease_stays(false, true));
    EXPECT(lease_stays(true, true));
    EXPECT(!lease_stays(false, false));
    EXPECT(rmdir(own) == 0);
}
