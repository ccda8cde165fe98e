/* The world: who is in which state, what is in which pipe, at one moment.
 *
 * It is one flat block of memory with indices and no pointers, so that a
 * keyframe is a memcpy and two worlds are compared with memcmp. world_apply is
 * the only function that changes it, one event at a time; the engine reads it
 * to decide, the panels to draw, and whoever replays a trace gets the same
 * block, byte for byte.
 *
 * The block begins with the head; the areas lie behind it, one array each.
 * `struct world` holds the block and, for convenience, where its areas are. */
#ifndef TIMESLICE_WORLD_H
#define TIMESLICE_WORLD_H

#include "sim/model/event.h"
#include "sim/model/state.h"
#include "sim/model/trace.h"
#include "sim/scenario/scenario.h"

#include <stddef.h>

enum {
    FDS_MAX = 32,         /* descriptors a process may have, 0, 1, 2 included */
    PIPE_PAGE = 4096,     /* bytes in a slot */
    PIPE_SLOTS = 16,      /* of a new pipe */
    PIPE_SLOTS_MAX = 256, /* pipe-max-size, 1 MiB */
    FRAMES_MAX = 8,       /* handlers inside one another */
    ATTACHES_MAX = 32,    /* segments a process may have mapped */
    NONE = -1             /* no process, no object */
};

/* What an op in progress is at. */
enum phase {
    PHASE_FETCH, /* the op at pc has not been looked at yet */
    PHASE_WORK,  /* it needs its ticks of CPU first */
    PHASE_ASLEEP, /* it sleeps in it */
    PHASE_FAULT  /* its store or load has faulted; when the handler for that is
                    left, it is tried again at once */
};

/* A list of processes, and a process's place in it: who stands behind it and
 * before it. Each list has its own link, in the task or in the proc. */
struct queue {
    int32_t head, tail, count;
};

struct link {
    int32_t next, prev;
};

/* The part of a process that scheduling touches: one cache line. */
struct task {
    struct link line;   /* in the queue it waits in: ready, device, pipe … */
    uint8_t state;      /* enum state */
    uint8_t phase;      /* enum phase */
    uint8_t wait;       /* enum wait_kind, while asleep */
    uint8_t flags;      /* TASK_… */
    int16_t cpu;        /* running: on which; else the last one; -1: none yet */
    int16_t queue;      /* which of the ready queues */
    int32_t pc;         /* index in scenario.ops */
    int32_t wait_obj;   /* see enum wait_kind */
    tick since;         /* in this state since */
    tick work_left;     /* CPU ticks the op needs; while running see struct cpu */
    tick slice_left;    /* likewise; 0: the next dispatch grants a new one */
    tick wait_until;    /* timers, devices: wakes then */
    int64_t key;        /* the policy's own number (virtual time, level …) */
};

_Static_assert(sizeof(struct task) == 64, "a task is one cache line");

enum {
    TASK_QUEUED = 1,    /* linked by `line` */
    TASK_WANTS = 2,     /* waits for memory or a slot: in head.admission */
    TASK_RETRY = 4,     /* its sleeping call has to be tried again (SIGCONT) */
    TASK_ZOMBIE = 8,    /* terminated, nobody has waited for it */
    TASK_ADMITTED = 16, /* has had memory and a slot */
    TASK_HOLDS = 32,    /* holds its memory now */
    TASK_STOPPED = 64   /* suspended by SIGSTOP: keeps its memory */
};

/* The rest of a process. */
struct proc {
    int32_t def;       /* index in scenario.processes */
    int32_t number;    /* 1, 2, …: which one of that definition */
    int32_t parent;    /* INIT_PROC: init */
    int32_t real_pid;  /* 0: none */
    /* Its children, oldest first, but for those that somebody has waited for;
     * and its own place among its siblings and among those of its definition. */
    struct queue children;
    struct link sibling, same;
    int32_t nice;
    struct link wants; /* in the admission queue */
    uint8_t exit_kind; /* 0: code, 1: signal */
    uint8_t letter;    /* what the kernel last said: R S T Z …, 0: nothing */
    uint8_t last_errno;
    uint8_t frames;    /* handlers it is in */
    int32_t exit_value;
    int32_t last_op; /* the op that took effect last, -1: none */
    int32_t peers; /* asleep in msgrcv: others with the same number stand in
                      line before or behind it, nobody knows; 0: none does */
    int32_t blocking; /* asleep in semop: which operation could not be done when
                         the kernel last tried */
    int32_t pad;
    int64_t last_ret;
    int64_t done;    /* bytes of a sleeping write that are done */
    int64_t next_address; /* of its next mapping, 0: it has had none yet */
    int64_t asked;   /* event number of its last BLOCK: the order of timers */
    tick arrival, admitted, first_run, finish; /* -1: not yet */
    tick spent[STATE_COUNT]; /* ticks in each state up to task.since */
    int32_t switches_voluntary, switches_involuntary;
    uint64_t mask, pending; /* signals: bit n-1 is signal n */
};

struct handler {
    int32_t disposition; /* enum disposition */
    int32_t op;          /* the `signal` op whose body is the handler */
};

enum { SIGNALS = 32 };

/* What a handler will come back to. */
struct frame {
    int32_t pc;
    uint8_t phase, wait, sig, disposition;
    tick work_left;
    int32_t wait_obj;
    int32_t pad;
    tick wait_until;
    uint64_t mask;
    int64_t done;
};

struct cpu {
    int32_t proc;   /* who runs, NONE: idle */
    int32_t last;   /* who ran last, NONE: nobody yet */
    int32_t next;   /* switching to, NONE: not switching */
    int32_t pad;
    tick switched;  /* … done at */
    tick work_end;  /* of the op of `proc`: TICK_NEVER: none */
    tick slice_end; /* TICK_NEVER: no slice */
    tick slice_length;
    tick since;  /* proc on it since */
    tick busy;   /* ticks run so far, up to since */
    tick switching; /* ticks spent switching */
    int64_t switches;
};

struct device {
    struct queue waiting;
    int32_t serving; /* NONE: idle */
};

/* The processes of one definition, in the order in which they were made. */
struct instances {
    int32_t oldest;    /* the very first, NONE: there was none yet */
    struct queue here; /* those nobody has waited for, through proc.same */
};

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

enum area {
#define AREA(name, field, type, each, used) AREA_##name,
#include "sim/model/areas.def"
#undef AREA
    AREA_COUNT
};

struct world_head {
    tick now;
    size_t events;           /* how many have been applied … */
    size_t evidence;         /* … and how many of them event_is_evidence */
    size_t at[AREA_COUNT];   /* where each area begins in the block */
    int64_t room[AREA_COUNT]; /* how many of each there is room for */
    /* How many there are of everything. */
    int32_t cpus, readies, devices, names, vars, loops, fds, handlers, frames;
    int32_t attaches, procs, pipes, descs, inodes, msgqs, shms, semsets, alive;
    int64_t pages;           /* of all pipes' rings */
    int64_t files;           /* that were ever made: the last number of one */
    int64_t msgs, texts, shm_pages, mem_frames, sems, undos, holds;
    int64_t segments;        /* that are there, and … */
    int64_t segment_pages;   /* … their pages, touched or not */
    int64_t free_frames;     /* among mem_frames */
    int64_t memory_used, slots_used;
    struct queue admission;  /* new ones and those that want to be activated,
                                through proc.wants */
    int32_t in_state[STATE_COUNT]; /* how many processes are in each */
    int32_t zombies;
    int32_t retries;         /* stopped ones whose call must be tried again */
    uint8_t stop;            /* enum stop */
    uint8_t stuck;           /* some DEADLOCK event has come */
    uint8_t pad[6];
    int64_t actions;         /* of the file that are done */
    int64_t confirmed, diverged;
    uint64_t random;         /* the policies' dice */
};

struct world {
    struct world_head *head; /* == the block */
    size_t bytes, block_room;
    const struct scenario *scenario;
    /* Where the areas are; renewed whenever the block moves. device goes by
     * name, instances by process_def, var, loop, fd, handler, frame and attach
     * by process and number, byte and mem_frame by page and place in it. */
#define AREA(name, field, type, each, used) type *field;
#include "sim/model/areas.def"
#undef AREA
};

/* What the user does, and when: after the first `position` events, at time
 * `at` (which may be later than the last of them). An instant is a whole, so
 * it happens behind everything else of its instant. */
struct deed {
    size_t position;
    tick at;
    enum action_kind kind;
    int proc;
};

/* The world before anything has happened. */
void world_init(struct world *w, const struct scenario *sc);

/* world_init's part in the lesson's directory: what is in it. */
void world_begin_files(struct world *w);

/* Makes `to` the same as `from` (`to` may be zero). */
void world_copy(struct world *to, const struct world *from);

/* Whether two worlds are the same in every byte that means something. */
bool world_equal(const struct world *a, const struct world *b);

/* Makes room for `procs` processes at once, so that none of the events that
 * make them moves the block. */
void world_reserve(struct world *w, int64_t procs);

/* Applies the event that follows the world's moment. `tr` gives payloads.
 * The event must be possible (state table); the promise is checked. */
void world_apply(struct world *w, const struct trace *tr,
                 const struct event *e);

void world_free(struct world *w);

/* ---- questions that several readers have ---- */

/* Ticks in state `s` so far, the current stretch included. */
tick world_spent(const struct world *w, int proc, enum state s);

/* Slice left as of head->now (TICK_NEVER: it has no slice). */
tick world_slice_left(const struct world *w, int proc);

/* Units of memory that `proc` needs. */
static inline int64_t world_need(const struct world *w, int proc)
{
    return w->scenario->processes[w->proc[proc].def].memory;
}

/* Appends "child" or "child.2". */
void world_write_name(const struct world *w, int proc, struct str *out);

/* The process that `ref` (PROC argument) means to `caller` now: the oldest of
 * that definition that is not reaped; an exact number means just that one.
 * NONE if there is none yet. Caller NONE: anybody's. */
int world_process(const struct world *w, int64_t ref, int caller);

/* The description behind a descriptor of `proc`, NONE if it is not open. */
int world_desc(const struct world *w, int proc, int64_t fd);

/* Whether a description is an end of that kind; O_RDWR gives both at once. */
static inline bool desc_has_end(const struct desc *d, enum desc_kind end)
{
    return d->kind == (int32_t)end || d->kind == DESC_PIPE_BOTH;
}

/* How many read from a pipe, and how many write to it. Who sleeps in open(2)
 * for an end of a FIFO counts as if it had that end open. */
int world_readers(const struct world *w, int pipe);
int world_writers(const struct world *w, int pipe);

/* Whether nobody has it open or waits in open(2) for it: it is gone, and what
 * was in it. */
static inline bool world_pipe_gone(const struct world *w, int pipe)
{
    return !world_readers(w, pipe) && !world_writers(w, pipe);
}

/* What poll(2) says of a description: POLLS_… */
enum { POLLS_IN = 1, POLLS_OUT = 4, POLLS_ERR = 8, POLLS_HUP = 16 };
int world_polls(const struct world *w, int desc);

/* Copies up to `room` of the bytes in a pipe, oldest first; returns how many. */
size_t world_pipe_bytes(const struct world *w, int pipe, unsigned char *to,
                        size_t room);

/* What a key was made of: the file's inode (by number) and the letter. NONE: it
 * is just a number. */
struct world_key {
    int32_t inode;
    char letter;
};
struct world_key world_key(const struct world *w, int64_t key);

/* A number for which messages lie in a queue, in their order: types, lengths
 * and texts. Two queues with different ones may have the same only by the most
 * unlikely chance. msgq_order_add is how it is counted, from MSGQ_EMPTY on. */
#define MSGQ_EMPTY UINT64_C(14695981039346656037)
uint64_t msgq_order_add(uint64_t order, int64_t type,
                        const unsigned char *text, size_t length);
uint64_t world_msgq_order(const struct world *w, int msgq);

/* What `var` of `proc` holds (descriptor variables: a descriptor's number). */
static inline int64_t world_var(const struct world *w, int proc, int64_t var)
{
    return w->var[(int64_t)proc * w->head->vars + var];
}

/* What a TERM argument means to `proc`. */
int64_t world_term(const struct world *w, int proc, int64_t term);

/* Appends a TEXT argument with `proc`'s variables filled in; nothing where
 * there is none. */
void world_write_text(const struct world *w, int proc, int64_t text,
                      struct str *out);

/* The objects of MECH_MSGQ, MECH_SHM or MECH_SEM, also those that are gone: how
 * many there have been, and one of them (NULL: there has never been that id). */
int world_ipc_count(const struct world *w, enum mechanism kind);
const struct ipc *world_ipc(const struct world *w, enum mechanism kind,
                            int64_t id);

/* Whether `proc` blocks signal `sig` now. */
static inline bool world_blocks(const struct world *w, int proc, int sig)
{
    return w->proc[proc].mask >> (sig - 1) & 1;
}

/* How `proc` would answer signal `sig` (disposition and op of the handler). */
struct handler world_handler(const struct world *w, int proc, int sig);
/* Whether it has a handler for it. */
bool world_handles(const struct world *w, int proc, int sig);

/* The waiters of a queue in order: at most `room` of them; returns how many. */
int world_queue(const struct world *w, const struct queue *q, int *to,
                int room);

#endif
