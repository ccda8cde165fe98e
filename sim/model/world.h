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
#include "sim/model/world_objects.h"
#include "sim/scenario/scenario.h"

#include <stddef.h>

enum {
    FIGURES = 4,      /* numbers that a policy keeps of a process */
    FDS_MAX = 32,     /* descriptors a process may have, 0, 1, 2 included */
    FRAMES_MAX = 8,   /* handlers inside one another */
    ATTACHES_MAX = 32 /* segments a process may have mapped */
};

/* What an op in progress is at. */
enum phase {
    PHASE_FETCH, /* the op at pc has not been looked at yet */
    PHASE_WORK,  /* it needs its ticks of CPU first */
    PHASE_ASLEEP, /* it sleeps in it */
    PHASE_FAULT  /* its store or load has faulted; when the handler for that is
                    left, it is tried again at once */
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
    int64_t key;        /* figure 0 of the policy (figure.h) */
};

_Static_assert(sizeof(struct task) == 64, "a task is one cache line");

enum {
    TASK_QUEUED = 1,    /* linked by `line` */
    TASK_WANTS = 2,     /* waits for memory or a slot: in head.admission */
    TASK_RETRY = 4,     /* its sleeping call has to be tried again (SIGCONT) */
    TASK_ZOMBIE = 8,    /* terminated, nobody has waited for it */
    TASK_ADMITTED = 16, /* has had memory and a slot */
    TASK_HOLDS = 32,    /* holds its memory now */
    TASK_STOPPED = 64,  /* suspended by SIGSTOP: keeps its memory */
    TASK_FIRST = 128    /* becomes ready at the head of its line, once */
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
    int64_t last_ret, done; /* `done`: bytes of a sleeping write that are done */
    /* The first four numbers of these lie in one cache line: decisions change
     * them. */
    int32_t switches_voluntary, switches_involuntary;
    tick spent[STATE_COUNT]; /* ticks in each state up to task.since */
    int64_t next_address; /* of its next mapping, 0: it has had none yet */
    int64_t asked;   /* event number of its last BLOCK: the order of timers */
    tick arrival, admitted, first_run, finish; /* -1: not yet */
    uint64_t mask, pending; /* signals: bit n-1 is signal n */
    int64_t figure[FIGURES - 1]; /* of the policy, from figure 1 on … */
    int64_t era; /* … and of which era all of them are (head.era) */
    int64_t job;     /* of a periodic process: jobs that are done */
    int64_t met;     /* deadlines that were met … */
    int64_t missed;  /* … and that passed with the job not done */
    int64_t late;    /* the job behind the last one that missed its deadline;
                        more than `job`: so has the present one */
    tick worst;      /* the longest from the release of a job to its end */
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

/* CPUs that share a ready queue. The queue is a line for each level of mlfq;
 * other policies use the first only. */
enum { READY_LINES = MLFQ_LEVELS_MAX };

struct cpu_group {
    int64_t clock; /* virtual time when nobody competed in it any more */
    int32_t ready; /* how many stand in its lines */
    int32_t pad;
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
    int32_t cpus, readies, groups, devices, names, vars, loops, fds, handlers, frames;
    int32_t attaches, procs, pipes, descs, inodes, msgqs, shms, semsets, alive;
    int64_t pages;           /* of all pipes' rings */
    int64_t files;           /* that were ever made: the last number of one */
    int64_t msgs, texts, shm_pages, mem_frames, sems, undos, holds;
    int64_t segments;        /* that are there, and … */
    int64_t segment_pages;   /* … their pages, touched or not */
    int64_t free_frames;     /* among mem_frames */
    int64_t lock_changes;    /* of who holds semaphores, or waits for one */
    int64_t memory_used, slots_used;
    struct queue admission;  /* new ones and those that want to be activated,
                                through proc.wants */
    int32_t in_state[STATE_COUNT]; /* how many processes are in each */
    int32_t zombies;
    int32_t retries;         /* stopped ones whose call must be tried again */
    uint8_t stop;            /* enum stop */
    uint8_t stuck;           /* some DEADLOCK event has come */
    uint8_t rested;          /* nobody has run since the last boost */
    uint8_t pad[5];
    int64_t actions;         /* of the file that are done */
    int64_t confirmed, diverged;
    uint64_t random; /* the policies' dice: how many numbers were drawn … */
    int64_t draws;   /* … and how many of the scheduler's list */
    int64_t era;     /* figures of before are 0 now (boost, another policy) */
    int64_t variant; /* of the scheduler: 0: the scenario's, else later[n-1] */
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

/* By what the run is scheduled at this moment. */
static inline const struct process_def *world_def(const struct world *w, int proc)
{
    return &w->scenario->processes[w->proc[proc].def];
}

static inline const struct scheduler *world_scheduler(const struct world *w)
{
    int64_t n = w->head->variant;
    return n ? &w->scenario->later[n - 1] : &w->scenario->scheduler;
}

/* Ready processes stand in lines, of which each group of CPUs that share their
 * queue has READY_LINES. Here: the group of such a line, or of a CPU. */
static inline int world_group(int line)
{
    return (int)((unsigned)line / READY_LINES);
}
static inline int world_cpu_group(const struct world *w, int cpu)
{
    return w->head->groups > 1 ? cpu : 0;
}

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

/* The first descriptor of `proc` for that end of a pipe, NONE: it has none. */
int world_end(const struct world *w, int proc, int pipe, enum desc_kind end);

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
