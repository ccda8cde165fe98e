/* observe_linux.c: what /proc says about a process.
 *
 * /proc/PID/syscall is the sound way to ask "is it asleep, and in which
 * call?": the kernel itself makes sure that the process is off its CPU and
 * did not move while it was looked at, and says `running` otherwise.
 *
 * The files are opened once and read with pread(2) again and again, which is
 * cheaper than opening, and cannot hit another process that got the same pid
 * later: reading on then fails with ESRCH.
 *
 * See also proc(5). */
#define _GNU_SOURCE
#include "ipc/observe.h"

#include "ipc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum file { FILE_SYSCALL, FILE_STAT, FILE_WCHAN, FILE_SCHED };

static const char *const file_names[WATCHED_FILES] = {
    [FILE_SYSCALL] = "syscall",
    [FILE_STAT] = "stat",
    [FILE_WCHAN] = "wchan",
    [FILE_SCHED] = "schedstat",
};

/* Reads one of its files as text; returns the length, -1: errno says why. */
static ssize_t look(struct watched *w, enum file which, char *to, size_t room)
{
    if (w->file[which] < 0) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/%s", w->pid, file_names[which]);
        w->file[which] = open(path, O_RDONLY | O_CLOEXEC);
        if (w->file[which] < 0)
            return -1;
    }
    ssize_t n = pread(w->file[which], to, room - 1, 0);
    to[n < 0 ? 0 : n] = '\0';
    return n;
}

static void begin(struct watched *w, int pid)
{
    w->pid = pid;
    for (int i = 0; i < WATCHED_FILES; i++)
        w->file[i] = -1;
}

static void end(struct watched *w)
{
    for (int i = 0; i < WATCHED_FILES; i++) {
        if (w->file[i] >= 0)
            close(w->file[i]);
        w->file[i] = -1;
    }
    w->pid = 0;
}

/* "running", or "NUMBER ARGUMENT… STACK PC", numbers of calls in decimal, all
 * else in hexadecimal; -1: asleep, but in no call. */
static enum look call(struct watched *w, int64_t *number, int64_t *first)
{
    char text[256];
    *number = -1;
    *first = 0;
    ssize_t n = look(w, FILE_SYSCALL, text, sizeof text);
    if (n < 0)
        return errno == EPERM ? LOOK_UNKNOWN : LOOK_DYING;
    if (n == 0)
        return LOOK_DYING;
    if (text[0] == 'r')
        return LOOK_BUSY;
    char *next;
    *number = strtoll(text, &next, 10);
    *first = (int64_t)strtoull(next, NULL, 0);
    return LOOK_ASLEEP;
}

/* The letter follows the name in brackets, which may itself hold brackets.
 * The exit status is the last field (52). */
static char letter(struct watched *w, int *exit_status)
{
    char text[1024];
    if (look(w, FILE_STAT, text, sizeof text) <= 0)
        return 'X';
    const char *name_end = strrchr(text, ')');
    if (!name_end || name_end[1] != ' ')
        return 0;
    char seen = name_end[2];
    const char *last = strrchr(text, ' ');
    if (seen == 'Z' && exit_status && last)
        *exit_status = (int)strtol(last, NULL, 10);
    return seen;
}

static void wchan(struct watched *w, char *to, size_t room)
{
    if (look(w, FILE_WCHAN, to, room) <= 0 || strcmp(to, "0") == 0)
        to[0] = '\0';
}

static int64_t mask_of(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? (int64_t)strtoull(at + strlen(name), NULL, 16) : 0;
}

/* Of the thread and of the whole process. Asked for so rarely that the file is
 * not kept open. */
static int64_t pending(const struct watched *w)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/status", w->pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return -1;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    return mask_of(text, "\nSigPnd:") | mask_of(text, "\nShdPnd:");
}

static int64_t cpu(struct watched *w)
{
    char text[128];
    if (look(w, FILE_SCHED, text, sizeof text) <= 0)
        return -1;
    return strtoll(text, NULL, 10);
}

const struct observer observe_linux = {
    .name = "linux",
    .begin = begin,
    .end = end,
    .call = call,
    .letter = letter,
    .wchan = wchan,
    .pending = pending,
    .cpu = cpu,
};

/* Looking at oneself always gives "running", if looking is possible at all. */
const struct observer *observe_choose(void)
{
    struct watched self;
    int64_t number, first;
    begin(&self, sandbox_pid_outside((int)getpid()));
    enum look seen = call(&self, &number, &first);
    char state = letter(&self, NULL);
    end(&self);
    bool works = (seen == LOOK_BUSY || seen == LOOK_ASLEEP) && state == 'R';
    return works ? &observe_linux : &observe_none;
}
