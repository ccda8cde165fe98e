/* An event: one small fact of a run, 32 bytes, no pointers.
 *
 * Everything visible follows from the events (world.h applies them), so a list
 * of them can be saved, piped, compared, hashed and drawn, whoever made it.
 * events.def says what the fields mean for each kind. */
#ifndef TIMESLICE_EVENT_H
#define TIMESLICE_EVENT_H

#include "sim/scenario/program.h"

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
#define EVENT(name, step, about) EV_##name,
#include "sim/model/events.def"
#undef EVENT
    EVENT_COUNT
};

struct event {
    tick t;
    uint8_t kind; /* enum event_kind */
    uint8_t sub;
    uint16_t cpu; /* NO_CPU: none */
    int32_t proc; /* process index, 0-based; NO_PROC: none */
    int32_t obj;
    int32_t aux;
    int64_t val;
};

_Static_assert(sizeof(struct event) == 32, "an event is 32 bytes");

#define NO_CPU UINT16_MAX
#define NO_PROC (-1)
#define INIT_PROC (-1) /* as a parent */
#define NO_PAYLOAD (-1)

enum errno_name {
    E_OK,
#define ERRNO(name) E_##name,
#include "sim/model/errnos.def"
#undef ERRNO
    ERRNO_COUNT
};

/* "EAGAIN"; "" for E_OK. */
const char *errno_text(enum errno_name e);

/* What a blocked process waits for. */
enum wait_kind {
    WAIT_NOTHING,
    WAIT_TIME,   /* val: wakes at */
    WAIT_DEVICE, /* obj: name of the device, -1: one of its own */
    WAIT_CHILD,  /* obj: process, -1: any */
    WAIT_SIGNAL, /* pause */
    WAIT_READ,   /* obj: pipe; its queue of readers */
    WAIT_WRITE,  /* obj: pipe; its queue of writers */
    WAIT_OPEN_READ,  /* obj: inode; until a writer comes */
    WAIT_OPEN_WRITE, /* obj: inode; until a reader comes */
    WAIT_MSGSND,     /* obj: message queue; until there is room */
    WAIT_MSGRCV,     /* obj: message queue; until a message comes */
    WAIT_SEM,        /* obj: semaphore; in its own line, to change it … */
    WAIT_SEM_ZERO,   /* … or until it is 0 */
    WAIT_SEMS,       /* obj: set; in the line of the whole set, to change … */
    WAIT_SEMS_ZERO,  /* … or until all that it asks for are 0 */
    WAIT_KIND_COUNT
};

enum disposition { SIG_DEFAULT, SIG_IGNORED, SIG_HANDLED, SIG_HANDLED_RESTART };

enum signal_fate {
    FATE_IGNORED,
    FATE_PENDING, /* blocked by the mask, or already pending */
    FATE_HANDLER,
    FATE_KILLS,
    FATE_STOPS,
    FATE_CONTINUES,
    FATE_MERGED /* the same signal was on its way already: once for both */
};

enum refusal {
    REFUSED_NOT,
    REFUSED_STATE,  /* no such arrow from the state it is in */
    REFUSED_ABSENT, /* no such process (yet, or any more) */
    REFUSED_WAITS   /* to activate: it waits for memory already */
};

enum stop {
    STOP_NOT,
    STOP_FINISHED,
    STOP_DEADLOCK,
    STOP_UNTIL,
    STOP_ENDLESS, /* so much at one instant that it will never be over */
    STOP_COUNT
};

/* What an open file description is: an end of a pipe or of a FIFO, or both ends
 * of a FIFO. */
enum desc_kind {
    DESC_NONE, DESC_PIPE_READ, DESC_PIPE_WRITE, DESC_PIPE_BOTH
};

/* The PUT event's sub. */
enum { PUT_PAGE, PUT_MERGED, PUT_PACKET };

enum desc_flag {
    DESC_NONBLOCK = 1, /* O_NONBLOCK */
    DESC_DIRECT = 2,   /* O_DIRECT: each write is a packet */
    DESC_EARLY = 4     /* opened for reading before there was a writer */
};

/* What has changed a semaphore. */
enum sem_by {
    SEM_BY_OPERATION, /* of semop */
    SEM_BY_SETTING,   /* SETVAL, SETALL */
    SEM_BY_UNDO       /* the end of its process */
};

enum undo_how {
    UNDO_ASKED,  /* its end may have to add something to the set's */
    UNDO_ADJUST, /* its end will add val to the semaphore */
    UNDO_OVER    /* it has ended: all that is done */
};


/* Why a process changed its state: the STATE event's obj. aux and val carry
 * the numbers; explain.c turns them into a sentence. */
enum why {
    WHY_NONE,
    WHY_ADMITTED,       /* aux: slots used, val: memory left */
    WHY_HEAD_OF_QUEUE,  /* dispatched; aux: others ready, val: slice or 0 */
    WHY_SLICE_OVER,     /* aux: others ready; val: length of the slice */
    WHY_PREEMPTED,      /* aux: by whom */
    WHY_YIELDED,
    WHY_BLOCKED,        /* aux: op; what it waits for: the BLOCK before it */
    WHY_TIME_CAME,      /* sleep or until over */
    WHY_DEVICE_DONE,
    WHY_CHILD_ENDED,    /* aux: which */
    WHY_SIGNAL_CAME,    /* aux: signal */
    WHY_DATA_CAME,      /* aux: who wrote, val: bytes */
    WHY_ROOM_CAME,      /* aux: who read */
    WHY_NO_WRITER_LEFT, /* aux: who closed */
    WHY_NO_READER_LEFT, /* aux: who closed */
    WHY_EXITED,         /* val: code */
    WHY_KILLED,         /* aux: signal, val: by whom (-1 user, -2 kernel) */
    WHY_USER,           /* suspended or activated by the user */
    WHY_STOP_SIGNAL,    /* aux: by whom */
    WHY_CONT_SIGNAL,    /* aux: by whom */
    WHY_STILL_WAITING,  /* activated, its call sleeps on (or again) */
    WHY_MSG_CAME,       /* aux: who sent it, val: bytes */
    WHY_QUEUE_ROOM,     /* aux: who took a message */
    WHY_QUEUE_SET,      /* aux: who changed the queue's limits */
    WHY_REMOVED,        /* aux: who removed the object */
    WHY_READER_CAME,    /* aux: who has opened the FIFO for reading */
    WHY_WRITER_CAME,    /* aux: who has opened it for writing */
    WHY_SEM_CHANGED,    /* aux: who changed it, val: semaphore */
    WHY_STOP_ENDED,     /* the stop itself has ended its call */
    WHY_POLICY,         /* the policy's own reason: aux, val are its */
    WHY_COUNT
};

/* Why a figure of the policy changes. */
enum figure_why {
    FIGURE_COUNTED, /* by its own doing: it ran, or it came */
    FIGURE_AGED,    /* it has waited long */
    FIGURE_LENT,    /* a more urgent one waits for a lock that it holds */
    FIGURE_BACK     /* … no longer; or it has had the CPU after it aged */
};

/* Why a running process gets a slice. */
enum slice_why {
    SLICE_ANEW,    /* its own was over and it need not make way */
    SLICE_REST,    /* what is left of its own, from where its time was counted */
    SLICE_BOOSTED, /* everybody has a new one */
    SLICE_POLICY   /* another policy begins */
};

/* What Linux itself decides: there the model offers several outcomes. */
enum race_kind {
    RACE_NONE,
    RACE_PIPE, /* several sleepers of a pipe were woken: who looks first */
    RACE_QUEUE, /* likewise of a message queue, or who of its receivers stood
                  first */
    RACE_WAIT /* children end at once, and their parent sleeps in wait(2): whom
                 it gets */
};

/* Kinds of evidence from the kernel (KERNEL events). */
enum evidence {
    SEEN_LETTER,  /* val: R S D T Z X, or '.' at the gate */
    SEEN_SYSCALL, /* asleep in call number val; obj: first argument */
    SEEN_WCHAN,   /* obj: payload: name of the kernel function */
    SEEN_RETURN,  /* op aux returned val; obj: errno (Linux's number) */
    SEEN_BYTES,   /* aux: kernel object; val: bytes in it (FIONREAD) */
    SEEN_SIZE,    /* aux: kernel object; val: capacity (F_GETPIPE_SZ) */
    SEEN_EXIT,    /* val: wait status as the kernel encodes it */
    SEEN_QNUM,    /* aux: message queue; val: messages in it (IPC_STAT) */
    SEEN_SEMVAL,  /* aux: semaphore; val: what it is (GETALL) */
    SEEN_SEMNCNT, /* aux: semaphore; val: who waits for more (GETNCNT) */
    SEEN_SEMZCNT, /* aux: semaphore; val: who waits for zero (GETZCNT) */
    SEEN_CPU,     /* val: nanoseconds on a CPU so far (schedstat) */
    SEEN_POLL_READ,  /* aux: pipe; val: revents of poll(2) at a reading end … */
    SEEN_POLL_WRITE, /* … and at a writing end, or one for both */
    SEEN_FILE,    /* aux: inode; val: its mode as stat(2) gives it */
    SEEN_NATTCH,  /* aux: segment; val: mappings of it (IPC_STAT) */
    SEEN_ADDRESS, /* aux: segment; obj: mapping; val: where it really is */
    SEEN_FRAME,   /* aux: segment; obj: page; val: its page frame, 0: only that
                     several processes have it */
    EVIDENCE_COUNT
};

/* Whether a step of the window ends with this event, as far as it can be told
 * from the event alone (trace_step_after looks at its neighbours too). */
bool event_is_step(const struct event *e);

/* Whether it only tells what was seen of the real processes. Evidence stands
 * behind the step it is about and belongs to it. */
bool event_is_evidence(const struct event *e);

/* "STATE": for debugging and for tests. */
const char *event_kind_name(enum event_kind k);

#endif
