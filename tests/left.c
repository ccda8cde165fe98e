/* left.c: see left.h. */
#define _GNU_SOURCE
#include "tests/left.h"

#include "ipc/sysv.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int left_kills(int usual)
{
    const char *text = getenv("TS_KILLS");
    return text ? (int)strtol(text, NULL, 10) : usual;
}

void left_doze(int64_t microseconds)
{
    struct timespec t = {.tv_sec = (time_t)(microseconds / 1000000),
                         .tv_nsec = (long)(microseconds % 1000000 * 1000)};
    nanosleep(&t, NULL);
}

/* ---- processes ---- */

enum { BELOW_MOST = 512 };

void left_begin(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

bool processes_go(void)
{
    enum { PATIENCE_MS = 20000 };
    for (int ms = 0; ms < PATIENCE_MS;) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD)
            return true;
        if (pid == 0) {
            left_doze(1000);
            ms++;
        }
    }
    return false;
}

void processes_end(void)
{
    kill_below(getpid());
    processes_go();
}

int descendants(pid_t of, pid_t *to, int room)
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

pid_t child_of(pid_t parent)
{
    pid_t all[BELOW_MOST];
    return descendants(parent, all, BELOW_MOST) > 0 ? all[0] : 0;
}

const char *comm_of(pid_t pid, char to[COMM_ROOM])
{
    char path[64];
    to[0] = '\0';
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *f = fopen(path, "r");
    if (f && !fgets(to, COMM_ROOM, f))
        to[0] = '\0';
    if (f)
        fclose(f);
    to[strcspn(to, "\n")] = '\0';
    return to;
}

/* Those who were just being born are stopped in the next round. */
void kill_below(pid_t of)
{
    pid_t all[BELOW_MOST];
    for (int round = 0; round < 3; round++) {
        int n = descendants(of, all, BELOW_MOST);
        for (int i = 0; i < n; i++)
            kill(all[i], SIGSTOP);
    }
    int n = descendants(of, all, BELOW_MOST);
    for (int i = 0; i < n; i++)
        kill(all[i], SIGKILL);
}

/* ---- objects and files ---- */

static void add(struct things *t, char kind, const char *name)
{
    if (t->count < THINGS_MOST)
        snprintf(t->name[t->count++], sizeof t->name[0], "%c%.60s", kind,
                 name);
}

static bool add_object(void *ctx, const struct sysv_object *o)
{
    static const char letters[SYSV_KINDS] = {
        [SYSV_MSG] = 'q', [SYSV_SHM] = 'm', [SYSV_SEM] = 's'};
    char id[16];
    snprintf(id, sizeof id, "%d", (int)o->id);
    if (geteuid() == 0 || o->creator == geteuid())
        add(ctx, letters[o->kind], id);
    return true;
}

void things_look(struct things *t, const char *folder, const char *prefix)
{
    t->count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            strncmp(e->d_name, prefix, strlen(prefix)) == 0)
            add(t, 'f', e->d_name);
    if (dir)
        closedir(dir);
    for (int kind = 0; kind < SYSV_KINDS; kind++)
        sysv_each((enum sysv_kind)kind, add_object, t);
}

bool things_have(const struct things *t, const char *name)
{
    for (int i = 0; i < t->count; i++)
        if (strcmp(t->name[i], name) == 0)
            return true;
    return false;
}

int things_fresh(const struct things *before, const struct things *now)
{
    int n = 0;
    for (int i = 0; i < now->count; i++)
        n += !things_have(before, now->name[i]);
    return n;
}
