/* bench_lane.c: how each mechanism carries a message.
 *
 * pipe, FIFO   write(2) copies from the sender's buffer into pages of the
 *              kernel, read(2) copies from there: two copies. The kernel lets
 *              the writer sleep when 64 KiB are full.
 * queue        msgsnd(2) and msgrcv(2) copy, too: two copies. A message of
 *              System V has at most MSGMAX bytes (8192), so a larger one goes
 *              in pieces. Each piece wants its type, a long, right before its
 *              bytes: what stands there (the end of the piece before it) is
 *              put aside during the call instead of copying the piece.
 * shm          a ring of slots in one segment. A semaphore counts the empty
 *              ones, another the full ones: P(empty) … V(full), and on the
 *              other side P(full) … V(empty). No byte goes through the kernel;
 *              who wants a private copy on either side makes it himself.
 * sem          one semaphore, V and P, and no byte at all.
 *
 * The ring holds as many bytes as a pipe, and at least two messages, so that
 * both have the same head start on their reader. */
#define _GNU_SOURCE
#include "ipc/bench_lane.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    RING = 65536, /* bytes */
    SLOTS_LEAST = 2,
    LEAD = sizeof(long), /* of a piece: its type */
    BEFORE = 64          /* bytes before a buffer: room for that, and it stays
                            as well aligned as a slot */
};

static bool fails(struct lane *l, const char *call)
{
    l->failed = call;
    return false;
}

/* ------------------------------------------------------------ what it takes */

static long limit(const char *path, long otherwise)
{
    char text[32] = "";
    FILE *f = fopen(path, "re");
    if (!f)
        return otherwise;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    long value = n ? strtol(text, NULL, 10) : 0;
    return value > 0 ? value : otherwise;
}

/* The bytes of one msgsnd: as many as a queue and a message of it may have, in
 * whole longs. */
static size_t queue_piece(void)
{
    long max = limit("/proc/sys/kernel/msgmax", 8192);
    long queue = limit("/proc/sys/kernel/msgmnb", 16384);
    long least = max < queue ? max : queue;
    return least < LEAD ? LEAD : (size_t)least / LEAD * LEAD;
}

int64_t lane_pieces(enum way w, size_t size)
{
    size_t piece = queue_piece();
    if (w == WAY_MSGQ)
        return (int64_t)((size + piece - 1) / piece);
    return w == WAY_PIPE || w == WAY_FIFO ? 1 : 0;
}

static int slots_for(size_t size)
{
    int n = (int)(RING / size);
    return n < SLOTS_LEAST ? SLOTS_LEAST : n;
}

static bool has_semaphores(enum way w)
{
    return w == WAY_SEM || w == WAY_SHM || w == WAY_SHM_ONCE ||
           w == WAY_SHM_COPY;
}

/* ---------------------------------------------------------------- opening */

/* Opened for reading first, without waiting for a writer, then for writing:
 * nobody sleeps, and both ends have been opened by the name. */
static bool open_named(struct lane *l, const char *path)
{
    if (mkfifo(path, 0600) < 0)
        return fails(l, "mkfifo");
    l->fd[0] = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    l->fd[1] = l->fd[0] < 0 ? -1 : open(path, O_WRONLY | O_CLOEXEC);
    int error = errno;
    unlink(path);
    errno = error;
    if (l->fd[1] < 0)
        return fails(l, "open");
    return fcntl(l->fd[0], F_SETFL, 0) == 0 || fails(l, "fcntl");
}

static bool open_fifos(struct lane lanes[2])
{
    char folder[64] = "/tmp/timeslice-bench-XXXXXX", path[80];
    if (!mkdtemp(folder))
        return fails(&lanes[0], "mkdtemp");
    snprintf(path, sizeof path, "%s/fifo", folder);
    bool well = open_named(&lanes[0], path);
    well = well && open_named(&lanes[1], path);
    int error = errno;
    rmdir(folder);
    errno = error;
    return well;
}

static bool open_pipes(struct lane lanes[2])
{
    for (int i = 0; i < 2; i++)
        if (pipe2(lanes[i].fd, O_CLOEXEC) < 0)
            return fails(&lanes[i], "pipe");
    return true;
}

static bool open_queue(struct lane lanes[2], struct bench_objects *left)
{
    left->queue = msgget(IPC_PRIVATE, 0600);
    if (left->queue < 0)
        return fails(&lanes[0], "msgget");
    for (int i = 0; i < 2; i++) {
        lanes[i].queue = left->queue;
        lanes[i].type = i + 1;
        lanes[i].piece = queue_piece();
    }
    return true;
}

static bool open_semaphores(struct lane lanes[2], struct bench_objects *left)
{
    left->sems = semget(IPC_PRIVATE, 4, 0600);
    if (left->sems < 0)
        return fails(&lanes[0], "semget");
    for (int i = 0; i < 2; i++) {
        lanes[i].sems = left->sems;
        lanes[i].empty = (unsigned short)(2 * i);
        lanes[i].full = (unsigned short)(2 * i + 1);
        union {
            int val;
        } count = {lanes[i].slot_count}; /* the caller's semun, semctl(2) */
        if (semctl(left->sems, lanes[i].empty, SETVAL, count) < 0)
            return fails(&lanes[i], "semctl");
    }
    return true;
}

/* Marked for destruction at once: it lives as long as it is attached. */
static bool open_memory(struct lane lanes[2])
{
    size_t bytes = lanes[0].size * (size_t)lanes[0].slot_count;
    for (int i = 0; i < 2; i++) {
        int id = shmget(IPC_PRIVATE, bytes, 0600);
        if (id < 0)
            return fails(&lanes[i], "shmget");
        void *at = shmat(id, NULL, 0);
        int error = errno;
        shmctl(id, IPC_RMID, NULL);
        errno = error;
        if (at == (void *)-1)
            return fails(&lanes[i], "shmat");
        lanes[i].slots = at;
    }
    return true;
}

static bool open_way(struct lane lanes[2], enum way w,
                     struct bench_objects *left)
{
    if (w == WAY_PIPE)
        return open_pipes(lanes);
    if (w == WAY_FIFO)
        return open_fifos(lanes);
    if (w == WAY_MSGQ)
        return open_queue(lanes, left);
    return open_semaphores(lanes, left) &&
           (w == WAY_SEM || open_memory(lanes));
}

bool lanes_open(struct lane lanes[2], enum way w, size_t size,
                struct bench_objects *left)
{
    *left = (struct bench_objects){-1, -1};
    for (int i = 0; i < 2; i++) {
        lanes[i] = (struct lane){.way = w, .size = size, .fd = {-1, -1},
                                 .queue = -1, .sems = -1};
        if (has_semaphores(w))
            lanes[i].slot_count = size ? slots_for(size) : 1;
        lanes[i].own = aligned_alloc(BEFORE, (size / BEFORE + 2) * BEFORE);
        if (!lanes[i].own)
            return fails(&lanes[0], "malloc");
        lanes[i].own += BEFORE;
    }
    return open_way(lanes, w, left);
}

void lanes_close(struct lane lanes[2])
{
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++)
            if (lanes[i].fd[k] >= 0)
                close(lanes[i].fd[k]);
        if (lanes[i].slots)
            shmdt(lanes[i].slots);
        if (lanes[i].own)
            free(lanes[i].own - BEFORE);
        lanes[i] = (struct lane){.fd = {-1, -1}, .queue = -1, .sems = -1};
    }
}

void bench_objects_remove(struct bench_objects *o)
{
    if (o->queue >= 0)
        msgctl(o->queue, IPC_RMID, NULL);
    if (o->sems >= 0)
        semctl(o->sems, 0, IPC_RMID);
    *o = (struct bench_objects){-1, -1};
}

/* --------------------------------------------------------------- handshake */

static bool add(struct lane *l, unsigned short sem, short by)
{
    struct sembuf op = {.sem_num = sem, .sem_op = by};
    while (semop(l->sems, &op, 1) < 0)
        if (errno != EINTR)
            return fails(l, "semop");
    return true;
}

static char *slot(const struct lane *l)
{
    return l->slots + (size_t)l->at * l->size;
}

/* This side has finished with its slot; the other may have it. */
static bool pass_on(struct lane *l, unsigned short to)
{
    l->at = (l->at + 1) % l->slot_count;
    return add(l, to, 1);
}

/* ------------------------------------------------------------ pipe and FIFO */

static bool write_all(struct lane *l)
{
    for (size_t done = 0; done < l->size;) {
        ssize_t n = write(l->fd[1], l->own + done, l->size - done);
        if (n < 0 && errno != EINTR)
            return fails(l, "write");
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool read_all(struct lane *l)
{
    for (size_t done = 0; done < l->size;) {
        ssize_t n = read(l->fd[0], l->own + done, l->size - done);
        if (n == 0)
            errno = EPIPE;
        if (n == 0 || (n < 0 && errno != EINTR))
            return fails(l, "read");
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* ------------------------------------------------------------ message queue */

/* The call on one piece, which begins at `at` and has its type before it. */
static bool move_piece(struct lane *l, char *at, size_t n, bool out)
{
    for (;;) {
        ssize_t got =
            out ? msgsnd(l->queue, at - LEAD, n, 0)
                : msgrcv(l->queue, at - LEAD, n, l->type, 0);
        if (got >= 0 && (out || (size_t)got == n))
            return true;
        if (got >= 0)
            errno = EMSGSIZE;
        if (errno != EINTR)
            return fails(l, out ? "msgsnd" : "msgrcv");
    }
}

static bool move_message(struct lane *l, bool out)
{
    for (size_t done = 0; done < l->size; done += l->piece) {
        size_t left = l->size - done;
        char *at = l->own + done, aside[LEAD];
        memcpy(aside, at - LEAD, LEAD);
        memcpy(at - LEAD, &l->type, LEAD);
        if (!move_piece(l, at, left < l->piece ? left : l->piece, out))
            return false;
        memcpy(at - LEAD, aside, LEAD);
    }
    return true;
}

/* ------------------------------------------------------------ the four steps */

void *lane_room(struct lane *l)
{
    if (l->way != WAY_SHM)
        return l->own;
    return add(l, l->empty, -1) ? slot(l) : NULL;
}

static bool copy_in(struct lane *l)
{
    if (!add(l, l->empty, -1))
        return false;
    memcpy(slot(l), l->own, l->size);
    return pass_on(l, l->full);
}

bool lane_send(struct lane *l)
{
    switch (l->way) {
    case WAY_PIPE:
    case WAY_FIFO:
        return write_all(l);
    case WAY_MSGQ:
        return move_message(l, true);
    case WAY_SHM:
        return pass_on(l, l->full);
    case WAY_SEM:
        return add(l, l->full, 1);
    default:
        return copy_in(l);
    }
}

void *lane_next(struct lane *l)
{
    switch (l->way) {
    case WAY_PIPE:
    case WAY_FIFO:
        return read_all(l) ? l->own : NULL;
    case WAY_MSGQ:
        return move_message(l, false) ? l->own : NULL;
    default:
        if (!add(l, l->full, -1))
            return NULL;
    }
    if (l->way == WAY_SHM || l->way == WAY_SHM_ONCE)
        return slot(l);
    if (l->way == WAY_SEM)
        return l->own;
    memcpy(l->own, slot(l), l->size);
    /* Copied out: the slot is free before the message is read. */
    return pass_on(l, l->empty) ? l->own : NULL;
}

bool lane_done(struct lane *l)
{
    if (l->way == WAY_SHM || l->way == WAY_SHM_ONCE)
        return pass_on(l, l->empty);
    return true;
}
