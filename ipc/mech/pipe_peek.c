/* pipe_peek.c: the lab's own look at pipes and at descriptors.
 *
 * Nothing is lent for longer than a look: when nobody moves, the lab takes a
 * copy of somebody's descriptor (pidfd_getfd(2)), asks what it wants to know
 * and closes the copy at once. As long as it is open it is a reader or a writer
 * more, but there is nobody who could notice.
 *
 * What lies in a pipe is copied with tee(2) into a pipe of the lab's own, which
 * takes nothing out of the first.
 *
 * Which descriptors a process has open is listed in /proc/PID/fd. */
#define _GNU_SOURCE
#include "ipc/actor.h"

#include "ipc/mech/mech.h"
#include "sim/base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- which descriptors are open ---- */

/* Bit n: descriptor n. False where we may not look. */
static bool open_in(const struct actor *a, uint32_t *mask)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", a->shown);
    DIR *dir = opendir(path);
    *mask = 0;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        long fd = e->d_name[0] == '.' ? FDS_MAX : strtol(e->d_name, NULL, 10);
        if (fd < FDS_MAX)
            *mask |= (uint32_t)1 << fd;
    }
    if (dir)
        closedir(dir);
    return dir;
}

static void compare_table(struct lab *lab, int proc)
{
    enum { STANDARD = 7 }; /* 0, 1 and 2 lead nowhere */
    const struct world *w = lab->world;
    const struct actor *a = actor_of(lab, proc);
    uint32_t want = STANDARD, have;
    if (!a || a->dead || !a->pid || !w->head->fds || !open_in(a, &have))
        return;
    for (int fd = 0; fd < w->head->fds; fd++)
        if (world_desc(w, proc, fd) != NONE)
            want |= (uint32_t)1 << fd;
    if (have != want && !actor_ended(a))
        lab_trouble(lab, "process %d has the descriptors %#x open, not %#x",
                    proc + 1, have, want);
}

/* Whether the step is an op that does more than move bytes. */
static bool opens_or_closes(const struct step *st)
{
    return st->kind == STEP_OP && st->call->verb != OP_read &&
           st->call->verb != OP_write &&
           op_about((enum verb)st->call->verb)->group == GROUP_DESCRIPTOR;
}

/* Those whose table this step may have changed. */
static void compare_tables(struct lab *lab)
{
    const struct step *st = lab->step;
    bool forks = st->kind == STEP_OP && st->call->verb == OP_fork;
    if (opens_or_closes(st))
        compare_table(lab, st->proc);
    if (forks && st->target != NONE)
        compare_table(lab, st->target);
    for (int i = 0; i < st->results; i++)
        if (st->result[i].proc != st->proc &&
            lab->scenario->ops[st->result[i].op].verb == OP_open)
            compare_table(lab, st->result[i].proc);
}

/* ---- what a descriptor says ---- */

/* One description, through a copy of somebody's descriptor. */
struct peek {
    int copy, pipe, desc;
};

static void compare_flags(struct lab *lab, const struct peek *k)
{
    static const int ways[] = {[DESC_PIPE_READ] = O_RDONLY,
                               [DESC_PIPE_WRITE] = O_WRONLY,
                               [DESC_PIPE_BOTH] = O_RDWR};
    const struct desc *d = &lab->world->desc[k->desc];
    int want = ways[d->kind] | (d->flags & DESC_NONBLOCK ? O_NONBLOCK : 0) |
               (d->flags & DESC_DIRECT ? O_DIRECT : 0);
    int have = fcntl(k->copy, F_GETFL) & (O_ACCMODE | O_NONBLOCK | O_DIRECT);
    if (have != want)
        lab_trouble(lab, "a descriptor has flags %#o, not %#o",
                    (unsigned)have, (unsigned)want);
    lab->looked |= LOOKED_SEEK;
    if (lseek(k->copy, 0, SEEK_CUR) >= 0 || errno != ESPIPE)
        lab_trouble(lab, "lseek does not fail with ESPIPE");
}

static void compare_poll(struct lab *lab, const struct peek *k)
{
    const struct desc *d = &lab->world->desc[k->desc];
    struct pollfd look = {.fd = k->copy, .events = POLLIN | POLLOUT};
    int want = world_polls(lab->world, k->desc);
    lab->looked |= LOOKED_POLL;
    if (d->flags & DESC_EARLY && d->seen == lab->world->pipe[k->pipe].came)
        lab->looked |= LOOKED_EARLY;
    if (poll(&look, 1, 0) >= 0 && look.revents != want)
        lab_trouble(lab, "poll says %#x of an end of the pipe, not %#x",
                    (unsigned)look.revents, (unsigned)want);
}

static void compare_size(struct lab *lab, const struct peek *k)
{
    const struct pipe *p = &lab->world->pipe[k->pipe];
    int bytes = 0, size = fcntl(k->copy, F_GETPIPE_SZ);
    int64_t want = lab->room && lab->step->made == k->pipe
                       ? lab->room
                       : (int64_t)p->slots * PIPE_PAGE;
    if (ioctl(k->copy, FIONREAD, &bytes) == 0 && bytes != p->bytes)
        lab_trouble(lab, "there are %d bytes in the pipe, not %lld", bytes,
                    (long long)p->bytes);
    if (size >= 0 && size != want)
        lab_trouble(lab, "the pipe has room for %d bytes, not %lld", size,
                    (long long)want);
}

/* Whether it is the file that its name meant when it was opened. */
static void compare_inode(struct lab *lab, const struct peek *k)
{
    int inode = lab->world->pipe[k->pipe].inode;
    struct stat seen;
    if (inode == NONE || (size_t)inode >= lab->peeks.files ||
        fstat(k->copy, &seen) < 0)
        return;
    if ((uint64_t)seen.st_ino != lab->peeks.file[inode])
        lab_trouble(lab, "a descriptor belongs to another file");
}

/* ---- what is in a pipe ---- */

static bool has_copy_pipe(struct peeks *k)
{
    if (!k->copies)
        k->copies = pipe2(k->copy, O_CLOEXEC | O_NONBLOCK) == 0;
    return k->copies;
}

/* As much of it as fits into a pipe of ours. Packets come one by one. */
static void compare_bytes(struct lab *lab, const struct peek *k)
{
    enum { MOST = PIPE_SLOTS * PIPE_PAGE };
    static unsigned char have[MOST], want[MOST];
    struct peeks *all = &lab->peeks;
    size_t got = 0;
    if (!lab->world->pipe[k->pipe].bytes || !has_copy_pipe(all) ||
        tee(k->copy, all->copy[1], MOST, SPLICE_F_NONBLOCK) <= 0)
        return;
    for (ssize_t n; got < MOST; got += (size_t)n) {
        n = read(all->copy[0], have + got, MOST - got);
        if (n <= 0)
            break;
    }
    lab->looked |= LOOKED_TEE;
    size_t there = world_pipe_bytes(lab->world, k->pipe, want, got);
    if (there != got || memcmp(have, want, got) != 0)
        lab_trouble(lab, "other bytes lie in the pipe");
}

/* ---- all of it ---- */

/* Looks through one descriptor of `a`. False where that is not allowed. */
static bool peek(struct lab *lab, const struct actor *a, int fd, int desc)
{
    int copy = (int)syscall(SYS_pidfd_getfd, a->pidfd, fd, 0);
    if (copy < 0 && errno == EBADF)
        lab_trouble(lab, "process %d has descriptor %d closed", a->proc + 1,
                    fd);
    if (copy < 0)
        return errno == EBADF || errno == ESRCH;
    struct peek k = {copy, lab->world->desc[desc].object, desc};
    compare_flags(lab, &k);
    compare_size(lab, &k);
    compare_inode(lab, &k);
    if (!lab->room)
        compare_poll(lab, &k);
    if (desc_has_end(&lab->world->desc[desc], DESC_PIPE_READ))
        compare_bytes(lab, &k);
    close(copy);
    return true;
}

/* Each description is looked at once, through whoever has it. */
static void peek_at(struct lab *lab, int pipe)
{
    const struct world *w = lab->world;
    uint64_t done[8] = {0}; /* a bit for each description */
    for (int i = 0; i < lab->high && !lab->trouble[0]; i++) {
        const struct actor *a = &lab->actor[i];
        if (!a->used || a->dead || a->pidfd < 0 || actor_ended(a))
            continue;
        for (int fd = 3; fd < w->head->fds; fd++) {
            int desc = world_desc(w, a->proc, fd);
            if (desc == NONE || w->desc[desc].object != pipe || desc >= 512 ||
                done[desc / 64] >> (desc % 64) & 1)
                continue;
            done[desc / 64] |= (uint64_t)1 << (desc % 64);
            if (!peek(lab, a, fd, desc))
                lab->peeks.forbidden = true;
        }
    }
}

/* The flags of an end change without its pipe. */
static bool sets_flags(const struct lab *lab, int pipe)
{
    const struct step *st = lab->step;
    if (st->kind != STEP_OP || st->call->verb != OP_fcntl)
        return false;
    int desc = world_desc(lab->world, st->proc, st->fd);
    return desc != NONE && lab->world->desc[desc].object == pipe;
}

/* A look costs more than a step does. Who steps through a lesson gets one after
 * each step; in a run at full speed they are that far apart, unless somebody
 * opens or closes something. */
static bool is_time(struct lab *lab)
{
    const int64_t pause = 1000000; /* ns */
    int64_t now = lab_now();
    if (!lab->peeks.closely && !opens_or_closes(lab->step) &&
        now - lab->peeks.at < pause)
        return false;
    lab->peeks.at = now;
    return true;
}

/* Those that have changed since the last look. */
void inspect_pipes(struct lab *lab)
{
    const struct world *w = lab->world;
    struct peeks *k = &lab->peeks;
    size_t count = (size_t)w->head->pipes;
    if (!count)
        return;
    compare_tables(lab);
    if (!is_time(lab))
        return;
    k->pipe = mem_grow(k->pipe, count, &k->pipe_room, sizeof *k->pipe);
    for (; k->pipes < count; k->pipes++)
        memset(&k->pipe[k->pipes], 0xff, sizeof *k->pipe);
    for (size_t i = 0; i < count && !k->forbidden; i++) {
        if (memcmp(&k->pipe[i], &w->pipe[i], sizeof *k->pipe) == 0 &&
            !sets_flags(lab, (int)i))
            continue;
        k->pipe[i] = w->pipe[i];
        if (w->pipe[i].readers || w->pipe[i].writers)
            peek_at(lab, (int)i);
    }
}

void peeks_free(struct lab *lab)
{
    struct peeks *k = &lab->peeks;
    if (k->copies) {
        close(k->copy[0]);
        close(k->copy[1]);
    }
    free(k->pipe);
    free(k->file);
}
