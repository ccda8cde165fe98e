/* Inside of the lab: what its files share.
 *
 * lab.c     the lab itself: opening, closing, the liveness pipe
 * actor.c   one real process: birth, orders, death, reaping
 * wish.c    what must come true before a step is done
 * step.c    a step: who is told what, and waiting until all of it is true
 * result.c  what the calls of a step really returned
 * race.c    a step whose outcome is Linux's to choose
 * sight.c   what else was seen of it: evidence
 * object.c  which real System V object stands for which of the model
 *
 * An actor is one real process as the lab sees it; its index is its slot. */
#ifndef TIMESLICE_ACTOR_H
#define TIMESLICE_ACTOR_H

#include "ipc/child.h"
#include "ipc/lab.h"
#include "ipc/observe.h"
#include "ipc/wire.h"

#include <stdbool.h>

/* A call that has been ordered and has not been seen to return. */
struct call {
    uint32_t seq; /* 0: none */
    int32_t op;
    bool sleeps;  /* the model says that it sleeps */
    bool early;   /* its result was read off at the start of a handler */
    int64_t early_ret;
};

struct actor {
    bool used;
    bool dead;    /* a zombie */
    bool stopped; /* by SIGSTOP */
    int proc;     /* process index */
    int forked;   /* its pid from the moment the lab itself has forked it */
    int pid, pidfd; /* once it is born */
    int shown;      /* its pid in /proc and for people (sandbox.h) */
    char letter;  /* the last one reported */
    int32_t place; /* op in which it was last asleep, -1: none … */
    char asleep;   /* … and its letter then */
    int64_t number, first; /* of the call in which it was last seen asleep */
    bool burned;  /* has computed since its CPU time was last reported */
    int status;   /* dead: wait status, -1 if not known */
    uint32_t depth, entered, left; /* as far as the lab has taken notice */
    uint32_t laid[DEPTHS]; /* handlers below the one at that depth that the
                              kernel has laid on the stack with it, and that
                              begin only when it is over */
    struct call call[DEPTHS];
    struct watched watched;
};

/* How full a pipe is, as the kernel said. */
struct level {
    int pipe, proc; /* which one (NONE: none), who asked */
    int desc;       /* through which description */
    uint32_t ticket;
    int32_t poll;        /* revents of poll(2), -1: not known */
    int64_t bytes, size; /* size -1: not asked for */
};

/* The real ids of the model's objects, by the model's ids; -1: none. */
enum object_kind {
    OBJECT_NONE, OBJECT_MSGQ, OBJECT_SHM, OBJECT_SEM, OBJECT_KINDS
};

struct objects {
    int32_t *real;
    size_t count, room;
};

/* What the lab remembers of pipes and files that it has looked at. */
struct peeks {
    struct pipe *pipe; /* as they were then, by the model's numbers */
    size_t pipes, pipe_room;
    uint64_t *file; /* the numbers that the file system gave them (st_ino) */
    size_t files, file_room;
    int copy[2];    /* a pipe that bytes are copied to with tee(2) */
    bool copies;    /* it is there */
    bool forbidden; /* pidfd_getfd(2) is not allowed */
    bool closely;   /* after every step */
    int64_t at;     /* of the last look at pipes; ns, as lab_now */
};

enum { SIGHT_TEXT = 64, TROUBLE_TEXT = 240, OUTS_MAX = 8 };

struct lab {
    struct kernel kernel;
    const struct scenario *scenario;
    const struct observer *observer;
    struct wire wire;
    int liveness[2];
    uint32_t seq;
    bool playing;
    bool ticking; /* the watchdog is on */
    bool lost;
    bool limited; /* trouble is lab_limit's */
    struct actor actor[SLOTS_MAX];
    int high; /* slots from here on are not used */
    int32_t *actor_of; /* by process; -1: none (any more) */
    size_t actor_of_room;
    int32_t *pid_of; /* by process: the pid it has, or had; 0: none */
    size_t pid_of_room;
    struct objects objects[OBJECT_KINDS];
    int64_t *nattch; /* of each segment, as it was last told; -1: not yet */
    size_t nattch_room;

    /* The step under way. */
    const struct world *world; /* may be NULL in tests */
    const struct step *step;
    char trouble[TROUBLE_TEXT]; /* "": none */
    struct event *evidence;
    size_t evidence_count, evidence_room;
    struct step_result *result;
    uint32_t *ticket; /* of each result */
    size_t result_count, result_room, ticket_room;
    struct level level;
    struct peeks peeks;
    int64_t room;    /* for struct sight */
    uint32_t looked; /* likewise */
    int64_t filled[OUTS_MAX]; /* by the call of the step (outs.def) */
    char wchan[SIGHT_TEXT];
};

/* ---- actor.c ---- */

/* The actor of a process, NULL if it has none (any more). */
struct actor *actor_of(struct lab *lab, int proc);
struct actor *actor_with_pid(struct lab *lab, int pid);
/* The process that has, or had, that pid; NONE. And the other way round. */
int proc_with_pid(const struct lab *lab, int pid);
int pid_of_proc(const struct lab *lab, int proc);
/* A process id as people see it. */
int pid_shown(const struct lab *lab, int pid);
static inline struct slot *actor_slot(const struct lab *lab,
                                      const struct actor *a)
{
    return wire_slot(&lab->wire, (int)(a - lab->actor));
}

/* A slot for a process that will be born; NULL if all are taken. */
struct actor *actor_new(struct lab *lab, int proc);
/* Forks the process of `a` out of the lab itself. Returns 0 or an errno. */
int actor_start(struct lab *lab, struct actor *a, const char *name);
/* Takes notice of a birth that has been seen in the slot. */
void actor_born(struct lab *lab, struct actor *a);
/* The call at the present depth, which is NULL when it is at the gate. */
struct call *actor_call(struct actor *a);
/* Gives an order; `o` has everything but its number. */
void actor_order(struct lab *lab, struct actor *a, struct order *o);
void actor_ring(struct lab *lab, struct actor *a);
/* Whether it has ended (a zombie, or gone). */
bool actor_ended(const struct actor *a);
/* Its wait status is read while it can be; then it counts as dead. */
void actor_died(struct lab *lab, struct actor *a);
/* It is reaped: the slot is free again. */
void actor_gone(struct lab *lab, struct actor *a);
/* Reaps all zombies whose parent is the lab. */
void actors_reap(struct lab *lab);
/* What a person calls it: "child.2". */
void actor_name(struct lab *lab, int proc, char *to, size_t room);

/* ---- wish.c ---- */

enum need { FULFILLED, NEEDS_NEWS, NEEDS_LOOK };

struct wish {
    enum need need;
    int proc;
    const char *what; /* "did not …" */
};

/* Some wish of the present step that is not fulfilled yet. What can never be
 * fulfilled goes to lab->trouble. */
struct wish open_wish(struct lab *lab);
/* How many have to return yet; at least 1. */
uint32_t results_missing(struct lab *lab);

/* What the kernel decided about the call of `a`: its answer, or what was read
 * off when a handler began. False while there is none. */
bool call_result(const struct lab *lab, const struct actor *a, int64_t *ret,
                 int *error, uint32_t *ticket);
/* Whether `a` is asleep in exactly the call it was told to make. */
enum look call_look(struct lab *lab, struct actor *a);

bool listed(const int *list, int count, int proc);
bool dies(const struct step *st, int proc);
/* How many handlers' frames the step leaves that have not begun to run, the
 * one that begins now included. */
uint32_t handlers_laid(const struct step *st, const struct actor *a);
/* Whether `a` is stopped and the step changes nothing about that. */
bool stays_stopped(const struct lab *lab, const struct actor *a);

/* ---- lab.c ---- */

/* The time, nanoseconds from somewhere. */
int64_t lab_now(void);

/* ---- step.c ---- */

/* Does the step and waits. What does not come true goes to lab->trouble. */
void step_carry_out(struct lab *lab);

/* ---- race.c ---- */

/* Waits until nobody moves, whatever has come of the step. */
void race_wait(struct lab *lab);
/* What has come of it: only results, level and pending signals; nothing is
 * taken notice of. */
void race_see(struct lab *lab, struct sight *seen);
/* The step was carried out as a race; now the model says what came of it. */
void race_adopt(struct lab *lab);

/* ---- result.c ---- */

/* If the call of `a` has answered, it becomes a result of the step, and the
 * call is left as it is. */
void add_answer(struct lab *lab, struct actor *a);

/* If the call of `a` is over, it becomes a result of the step. */
bool take_result(struct lab *lab, struct actor *a);
/* The level that was seen last in the step is evidence. */
void add_level(struct lab *lab);
/* The wait status of `a` is known: evidence, held against the model. */
void add_status(struct lab *lab, struct actor *a);

/* ---- object.c ---- */

/* The kind of object that `op` is about, OBJECT_NONE if it is about none. */
enum object_kind object_kind(const struct op *op);
/* The kind that the op of the step is about, whose id is step->id. */
enum object_kind object_kind_of_step(const struct lab *lab);
/* The real id of the model's object `id`, -1 if there is none. */
int object_real(const struct lab *lab, enum object_kind kind, int64_t id);
/* The model's id of a real one, -1 if it stands for none. */
int64_t object_id(const struct lab *lab, enum object_kind kind, int real);
/* What IPC_SET leaves as it is: the permissions of the model's object in bits
 * 32…; below, a queue's qbytes or how many semaphores a set has. */
int64_t object_limits(const struct lab *lab, enum object_kind kind, int64_t id);
/* The errno with which a shmget has to fail that asks for more than the
 * lesson's machine has, if the real one has more; 0: the kernel may be asked. */
int object_too_much(const struct op *op, enum errno_name model);
void object_bind(struct lab *lab, enum object_kind kind, int64_t id, int real);
/* Whether a process id that the kernel keeps (who sent last, who made it) is
 * that of the model's process; NONE: nobody's yet, the kernel has 0. */
bool object_pid_is(const struct lab *lab, int pid, int proc);
/* Whether it is Linux's to choose that the pid it keeps is that of `proc`, who
 * ended in this step, and not of `model`, who did, too; then the world is told.
 * Those whom the same end of a pipe has woken give back what they have in any
 * order. But who began it gave everything back before he closed anything. */
bool object_last_is_open(struct lab *lab, enum mechanism mech, int obj,
                         int proc, int model);
/* Calls `look` for each of the model's objects of `kind` that is there, with the
 * ids of both sides; one that should be gone and is not is trouble. */
typedef void object_look(struct lab *lab, int id, int real);
void objects_each(struct lab *lab, enum object_kind kind, object_look *look);
/* After a step: holds what the kernel says of all objects against the model's
 * own figures (lab_inspects in mech.h). */
void objects_inspect(struct lab *lab);
/* Nobody uses them any more: those that are left are removed. */
void objects_free(struct lab *lab);

/* ---- mech/pipe_peek.c ---- */

void peeks_free(struct lab *lab);

/* ---- sight.c ---- */

/* Fills results and evidence of the step that has been carried out. */
void sight_fill(struct lab *lab, struct sight *seen);
void sight_add(struct lab *lab, struct event e);
/* A letter is told when it changes. */
void add_letter(struct lab *lab, struct actor *a, char letter);
void sight_kernel(struct lab *lab, int proc, enum evidence kind,
                  struct event e);
/* "trouble" as printf makes it; the first one stays. */
void lab_trouble(struct lab *lab, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same where nobody is wrong: the machine or we ourselves allow no more. */
void lab_limit(struct lab *lab, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for a fork that failed with `error`. */
void lab_no_fork(struct lab *lab, int error);

#endif
