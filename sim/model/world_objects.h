/* The objects of a world: pipes, files, message queues, segments, semaphores.
 * What lies in the areas of world.h, one struct for each kind. */
#ifndef TIMESLICE_WORLD_OBJECTS_H
#define TIMESLICE_WORLD_OBJECTS_H

#include <stdint.h>

enum {
    PIPE_PAGE = 4096,     /* bytes in a slot */
    PIPE_SLOTS = 16,      /* of a new pipe */
    PIPE_SLOTS_MAX = 256, /* pipe-max-size, 1 MiB */
    NONE = -1             /* no process, no object */
};

/* A list of processes, and a process's place in it: who stands behind it and
 * before it. Each list has its own link, in the task or in the proc. */
struct queue {
    int32_t head, tail, count;
};

struct link {
    int32_t next, prev;
};

/* ---- pipes ---- */

/* A page in a pipe: bytes from `start` to `end`; it is full at PIPE_PAGE, and
 * what was read from its front is not given back before all is read. A packet
 * (O_DIRECT) has a page of its own and is read at once or lost. */
struct pipe_page {
    uint16_t start, end, packet;
};

struct pipe {
    int32_t maker, var; /* who made it, by which name; var NONE: a FIFO's */
    int32_t inode;      /* the FIFO whose buffer it is, NONE: it has no name */
    int32_t came;       /* ends for writing that were ever opened */
    int32_t slots;      /* capacity in pages */
    int32_t first, used; /* ring of pages: used from first on */
    int32_t room;       /* pages its ring has room for, a power of two */
    int64_t bytes;      /* in it now */
    int64_t in, out;    /* ever */
    int32_t readers, writers; /* open descriptions of each end */
    struct queue read_wait, write_wait;
    int64_t ring; /* number of its first page in the areas PAGE and BYTE */
};

/* An open file description: what descriptors point at (open(2)). */
struct desc {
    int32_t kind;   /* enum desc_kind */
    int32_t flags;  /* enum desc_flag */
    int32_t object; /* pipe */
    int32_t refs;   /* descriptors of all processes */
    int32_t seen;   /* with DESC_EARLY: pipe.came when it was opened */
};

struct fd {
    int32_t desc; /* NONE: closed */
    int32_t cloexec;
};

/* ---- FIFOs: names in the lesson's own directory ---- */

enum inode_kind { INODE_NONE, INODE_FIFO, INODE_FILE /* for ftok(3) */ };

/* A file. It lives as long as it has a name or somebody has it open or waits
 * in open(2) for it. */
struct inode {
    int32_t kind;   /* enum inode_kind; INODE_NONE: free */
    int32_t number; /* what ftok(3) sees: never the same again */
    int32_t mode;   /* permissions */
    int32_t links;  /* names */
    int32_t name;   /* the one it was made with: in scenario.names … */
    int32_t maker;  /* … and by whom; NONE: it was there at the beginning */
    int32_t pipe;   /* its buffer; NONE: nobody has ever opened it. It is
                       another one each time that all have closed it. */
    struct queue open_read, open_write; /* those who wait for the other side */
};

/* What a name of scenario.names means now. */
struct place_name {
    int32_t inode; /* NONE: there is no file of that name */
};

/* ---- System V: what all three kinds of objects have ---- */

/* An object's id is its index. Ids are never used again, so that the id of
 * something removed stays wrong. */
struct ipc {
    int64_t key;   /* as the model counts keys; KEY_PRIVATE: found by nobody */
    int32_t maker; /* process */
    int32_t var;   /* the variable it was first named by */
    int32_t mode;  /* permissions */
    int32_t gone;  /* 1: removed */
};

#define KEY_PRIVATE 0
/* Keys that ftok(3) makes of a file and a letter are told from numbers in the
 * scenario by this bit. */
#define KEY_OF_FILE (INT64_C(1) << 48)

static inline int64_t key_of_file(int32_t inode_number, int64_t letter)
{
    return KEY_OF_FILE | letter << 32 | inode_number;
}

/* ---- message queues ---- */

struct msgq {
    struct ipc ipc;
    int32_t qbytes, cbytes, qnum;
    int32_t last_sender, last_receiver; /* processes, NONE: none yet */
    int32_t room;  /* messages there is room for in its part of MSG */
    int64_t first; /* its part of MSG: qnum messages, oldest first … */
    int64_t texts; /* … and of TEXT: their texts in the same order */
    struct queue senders, receivers;
};

struct msg {
    int64_t type;
    int32_t length;
    int32_t sender;
};

/* ---- shared memory ---- */

/* A segment's pages are frames only once somebody has touched them. Beside the
 * bytes of a frame, mem_owner has whose it is (segment + 1, 0: free), and
 * mem_int a bit for every byte at which an int begins that was stored as one.
 */
struct shm {
    struct ipc ipc;
    int64_t size;
    int32_t nattch;
    int32_t dest; /* marked for destruction: it goes with the last mapping */
    int32_t last; /* process that attached or detached last, NONE: none yet */
    int32_t pages;
    int32_t room; /* of its part of SHM_PAGE; 0: another has it now */
    int32_t pad;
    int64_t first; /* its part of SHM_PAGE: a frame for each page, or NONE */
};

/* A mapping of a process. */
struct attach {
    int32_t shm; /* NONE: this place is free */
    int32_t readonly;
    int64_t address;
};

/* ---- semaphores ---- */

struct semset {
    struct ipc ipc;
    int32_t nsems;
    int32_t room;  /* semaphores there is room for in its part of SEM … */
    int64_t first; /* … which begins here */
    struct queue alter, zero; /* those with several operations, and others
                                 that the kernel has put with them */
};

struct sem {
    int32_t value;
    int32_t pid; /* process, NONE: nobody yet */
    int32_t set;
    int32_t signal; /* more was given than taken: it counts what happened, and
                       nobody holds it */
    struct queue alter, zero; /* those that wait for this one alone */
};

/* What the end of `proc` will add to a semaphore (SEM_UNDO). Who has ever
 * asked for that in a set has a line for it without a semaphore, too. */
struct undo {
    int32_t proc; /* NONE: this place is free */
    int32_t set;
    int32_t sem;  /* NONE: the set's own line */
    int32_t adjust;
};

/* Who has taken how much that is not given back: what deadlocks are made of.
 * It is given back by the taker, or by somebody else if there is but one. */
struct hold {
    int32_t proc; /* NONE: this place is free */
    int32_t sem;
    int32_t count;
};

#endif
