/* What passes between the lab and its children: one piece of shared memory.
 *
 * The lab maps it before the first child is born; fork hands it on, at the
 * same address in all of them. A child has one slot. The lab writes an order
 * into it and rings the bell; the child carries the order out, writes the
 * answer and counts `news` up. Both sleep on futex words (futex(2)) meanwhile,
 * so nothing passes through a descriptor, and the children's descriptors are
 * only those that their programs opened.
 *
 * A signal handler runs inside of a call that has not answered yet, and its
 * ops are orders too. So there is an answer, an alarm and room for bytes for
 * every depth: 0 is the program, 1 a handler, 2 a handler inside of that … */
#ifndef TIMESLICE_WIRE_H
#define TIMESLICE_WIRE_H

#include "sim/model/world.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SLOTS_MAX = 256, /* children at once, zombies included */
    SLOT_BYTES = 4096,
    DEPTHS = FRAMES_MAX + 1,
    CALL_ROOM = 1 << 20, /* the most a read or write may ask for */
    LIVENESS_FD = 1000,   /* see lab.c; far above the programs' own */
    NAME_BYTES = 16,      /* of a process, for ps(1); prctl(2) */
    NO_SUCH_PID = 0x3fffffff /* above any pid_max */
};

enum order_kind {
    ORDER_OP,   /* carry out `op` */
    ORDER_LEAVE /* leave the innermost handler */
};

struct order {
    uint32_t seq; /* rises with each order of the lab; 0: none */
    uint32_t kind;
    struct op op;
    int64_t fd, number; /* as in struct step; msgctl, shmctl, semctl:
                           object_limits */
    int64_t address;    /* shmat: the one that the model gives the mapping, -1
                           if it fails */
    int64_t id;         /* likewise, but of an object the real id, -1: none */
    int32_t fresh;      /* msgget, shmget, semget: whether the model makes a new
                           one, and nothing else may come of it */
    int32_t refused;    /* shmget, semget, shmat: the errno if the real machine
                           is not to be asked, or 0 */
    int32_t pid;        /* kill, wait: whom, the real one; -1: any */
    int32_t slot;       /* fork: where the child will live */
    char name[NAME_BYTES]; /* fork: what the child will be called */
    uint64_t length;    /* bytes that lie in the room of this depth; shmat: of
                           the segment, whole pages */
};

struct answer {
    uint32_t seq;    /* which order this answers */
    uint32_t ticket; /* who answered before whom */
    uint32_t look;   /* a ticket from between the call and looking inside */
    int64_t ret;
    int32_t error;   /* errno, 0 when ret says success */
    int32_t status;  /* wait: the wait status */
    int32_t fd[2];   /* pipe: the two descriptors */
    int32_t poll;    /* what poll(2) says of the descriptor afterwards, -1 */
    int64_t bytes, size; /* FIONREAD and F_GETPIPE_SZ afterwards, -1: unknown */
    int64_t filled; /* bytes of the numbers that a call has filled in; they lie
                       in the room of this depth (outs.def) */
};

/* What the kernel had already decided about a call when a handler began
 * inside of it (child.c reads it off the interrupted registers). */
enum early {
    EARLY_NOTHING,  /* no call was in progress, or we cannot tell */
    EARLY_RETURNED, /* the call has returned early_value (-errno) */
    EARLY_RESTARTS  /* it will sleep on after the handler */
};

/* A mapping of shared memory, or the hole that it has left. */
enum { MAPPED_MAX = ATTACHES_MAX + 16 };
enum { MAPPED_FREE, MAPPED_LIVE, MAPPED_HOLE };

struct mapped {
    int64_t use;
    int64_t address, length; /* in the model, whole pages */
    uint64_t real;           /* where it really is */
};

struct slot {
    /* The lab writes. */
    _Atomic uint32_t bell;   /* futex: there is something to look at */
    _Atomic uint32_t posted; /* seq of the newest order */
    _Atomic uint32_t burn;   /* compute while the clock plays */
    _Atomic uint32_t alarm[DEPTHS]; /* futex: seq of the sleep to end */
    struct order order;

    /* The child writes. */
    _Atomic int32_t pid;       /* 0: not born yet */
    _Atomic uint32_t entered;  /* handlers it has ever entered … */
    _Atomic uint32_t left;     /* … and left */
    _Atomic uint32_t answered[DEPTHS]; /* == answer.seq, stored last */
    struct answer answer[DEPTHS];
    uint32_t enter_ticket;
    uint32_t early[DEPTHS];    /* enum early, of the call at that depth */
    int64_t early_value[DEPTHS];
    int64_t call[DEPTHS];      /* number of the call it may sleep in, -1 */
    int64_t call_arg[DEPTHS];  /* its first argument, CHILD_ANY */
    struct mapped mapped[MAPPED_MAX];
};

_Static_assert(sizeof(struct slot) <= SLOT_BYTES, "a slot is one page");

struct wire_head {
    _Atomic uint32_t news;      /* futex: some child has said something */
    _Atomic uint32_t listening; /* the lab sleeps on `news` … */
    _Atomic uint32_t wake_at;   /* … until it is at least this */
    _Atomic uint32_t ticket;
    _Atomic uint32_t playing;   /* the clock plays */
    _Atomic int32_t group;      /* process group of the children, 0: none */
};

struct wire {
    struct wire_head *head;
    unsigned char *slots, *bytes;
    int slot_count;
    size_t mapped;
};

/* Maps the shared memory, for SLOTS_MAX children or as many as the machine
 * allows. Returns 0 or an errno. */
int wire_map(struct wire *w);
void wire_unmap(struct wire *w);

struct slot *wire_slot(const struct wire *w, int slot);

/* The room for the bytes of a call of `slot` at `depth`: CALL_ROOM. */
unsigned char *wire_bytes(const struct wire *w, int slot, uint32_t depth);

/* Sleeps while *word is `seen`, at most `nanoseconds` (-1: no bound). Returns
 * 0, or an errno: EAGAIN if it was not, ETIMEDOUT, EINTR. */
int futex_wait(_Atomic uint32_t *word, uint32_t seen, int64_t nanoseconds);
void futex_wake(_Atomic uint32_t *word);

#endif
