/* Between the files explain*.c: how a sentence is put together.
 *
 * Word order differs between languages, so a sentence is a pattern of
 * assets/words/model.def with places {0}, {1} … Pieces are pushed on a stack
 * and say_fold turns the top ones into one piece: what was pushed first of
 * them is {0}. So clauses nest, and what a lesson's author named a process is
 * never taken for a pattern. */
#ifndef TIMESLICE_EXPLAIN_SAY_H
#define TIMESLICE_EXPLAIN_SAY_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/model/world.h"

enum { SAY_DEEP = 12, NAMES_SHOWN = 3, HOLDERS_SHOWN = 16 };

struct say {
    const struct world *w; /* after the step */
    const struct trace *tr;
    size_t from, to;       /* the step: events [from, to) */
    size_t main;           /* the event that the sentence is about */
    enum lang lang;
    bool plain;            /* names without backquotes: not for people */
    struct str piece[SAY_DEEP];
    int depth;
};

/* ---- pushing ---- */
void say_text(struct say *s, const char *text);
void say_number(struct say *s, int64_t n);
void say_word(struct say *s, enum word w);
void say_given(struct say *s, const char *name); /* by the author: marked */
/* "priority", "priority +inherit": with what the file has otherwise. */
void say_scheduler(struct say *s, const struct scheduler *by);
void say_name(struct say *s, int proc); /* "`child`"; -1: "`init`" */
void say_sender(struct say *s, int64_t who); /* process, -1 user, -2 kernel */
/* "`a`, `b` and `c`"; among several, `self` is "`c` itself" (NONE: nobody). */
void say_names(struct say *s, const int *procs, int count, int self);
void say_state(struct say *s, enum state state);
void say_signal(struct say *s, int number);
void say_var(struct say *s, int64_t var);
void say_call(struct say *s, int32_t op); /* "read", "waitpid" … */
void say_manual(struct say *s, int32_t op); /* "read(2)", "sleep" … */
/* `one` where n is 1, else `many` with n filled in. */
void say_count(struct say *s, int64_t n, enum word one, enum word many);
void say_ticks(struct say *s, int64_t n);
void say_bytes(struct say *s, int64_t n);
/* The bytes themselves in quotes, as C would write them, long ones cut.
 * Pushes nothing and returns false if they are too many or no text. */
bool say_quoted(struct say *s, const char *bytes, size_t length);
/* "3 bytes ("abc")", or the count alone. */
void say_bytes_shown(struct say *s, const char *bytes, size_t length);
/* How `proc` ended: "exit code 3", "the signal … that ended it". */
void say_exit(struct say *s, int proc);

/* Turns the top `count` pieces into one. Chinese has no space between its own
 * characters: where a piece has one at its edge, the pattern's is left out. */
void say_fold(struct say *s, enum word pattern, int count);

/* The same for a whole sentence: with its full stop. */
void say_stop(struct say *s, enum word pattern, int count);

/* Writes the only piece to `out` and frees all. */
void say_end(struct say *s, struct str *out);

/* ---- what happened in the step ---- */

/* The last event of that kind about `proc` (NO_PROC: anybody) in the step, up
 * to the main one; NULL if there is none. */
const struct event *say_event(const struct say *s, enum event_kind kind,
                              int proc);

/* Whether init waits for `proc` in the step, behind the main event. */
bool say_is_reaped(const struct say *s, int proc);

/* The write that was broken by the SIGPIPE of event number `signal`: its OP,
 * NULL if there is none. */
const struct event *say_broken_write(const struct say *s, size_t signal);

/* Whether the SIGNAL event of that number had been pending. */
bool say_was_pending(const struct say *s, size_t signal);

/* Who has an end of a pipe open: fills at most `room`, returns how many. */
int pipe_holders(const struct world *w, int pipe, enum desc_kind end,
                 int *holders, int room);

/* ---- sentences; each pushes one piece, with its full stop ---- */
void explain_state(struct say *s, const struct event *e);
void explain_op(struct say *s, const struct event *e);
void explain_signal(struct say *s, const struct event *e);
void explain_handler_done(struct say *s, const struct event *e);
void explain_created(struct say *s, const struct event *e);
void explain_wants(struct say *s, const struct event *e);
void explain_adopted(struct say *s, const struct event *e);
void explain_reaped(struct say *s, const struct event *e);
void explain_stuck(struct say *s, const struct event *e);

/* … of a change of state, without the arrow. */
void explain_sleep(struct say *s, const struct event *e);
void explain_admitted(struct say *s, const struct event *e);
void explain_exited(struct say *s, const struct event *e);
void explain_killed(struct say *s, const struct event *e);

/* A wake-up by the process in aux, {1} in the pattern, and what the call
 * returned; by nobody (NONE) when a process that was stopped looks again and
 * finds that it may go on. */
void explain_woken_by(struct say *s, const struct event *e, enum word w);
/* Adds what the call returned, if it has returned in this step. */
void explain_add_return(struct say *s, const struct event *e);
void explain_message_came(struct say *s, const struct event *e);
void explain_queue_room(struct say *s, const struct event *e);
void explain_queue_set(struct say *s, const struct event *e);
void explain_removed(struct say *s, const struct event *e);
void explain_writer_came(struct say *s, const struct event *e);
void explain_reader_came(struct say *s, const struct event *e);
void explain_sleep_open(struct say *s, const struct event *e);
void explain_sleep_msgsnd(struct say *s, const struct event *e);
void explain_sleep_msgrcv(struct say *s, const struct event *e);
void explain_sem_changed(struct say *s, const struct event *e);
void explain_stop_ended(struct say *s, const struct event *e);
void explain_sleep_sem(struct say *s, const struct event *e);

/* … of one op each, without the full stop. */
void explain_call(struct say *s, const struct event *e); /* any other */
void explain_forked(struct say *s, const struct event *e);
void explain_pipe(struct say *s, const struct event *e);
void explain_read(struct say *s, const struct event *e);
void explain_write(struct say *s, const struct event *e);
void explain_close(struct say *s, const struct event *e);
void explain_dup(struct say *s, const struct event *e);
void explain_fcntl(struct say *s, const struct event *e);
void explain_mkfifo(struct say *s, const struct event *e);
void explain_open(struct say *s, const struct event *e);
void explain_unlink(struct say *s, const struct event *e);
void explain_get(struct say *s, const struct event *e); /* msgget, shmget … */
void explain_msgsnd(struct say *s, const struct event *e);
void explain_msgrcv(struct say *s, const struct event *e);
void explain_msgctl(struct say *s, const struct event *e);
void explain_semop(struct say *s, const struct event *e); /* P and V, too */
void explain_semctl(struct say *s, const struct event *e);
void explain_shmget(struct say *s, const struct event *e);
void explain_semget(struct say *s, const struct event *e);
void explain_shmat(struct say *s, const struct event *e);
void explain_store(struct say *s, const struct event *e);
void explain_load(struct say *s, const struct event *e);
void explain_shmdt(struct say *s, const struct event *e);
void explain_shmctl(struct say *s, const struct event *e);
/* Why the kernel has sent SIGSEGV, and what comes of it; false if it has not. */
bool explain_fault(struct say *s, int proc, bool kills);
/* An error that all calls on System V objects have in common: EACCES, EIDRM,
 * and EINVAL for an object that is not there. Returns false if it is another
 * one. */
bool explain_ipc_error(struct say *s, const struct event *e);
void explain_ebadf(struct say *s, const struct event *e);

/* … by the policy's numbers. Each pushes its piece and returns true, or pushes
 * nothing where the policy has no numbers. */
bool explain_choice(struct say *s, const struct event *dispatch);
void explain_switch(struct say *s, const struct event *e);
bool explain_preemption(struct say *s, const struct event *e);
bool explain_slice_over(struct say *s, const struct event *e);
bool explain_goes_on(struct say *s, const struct event *e);
void explain_others(struct say *s, int64_t ready); /* "2 others are ready" */
void explain_how_long(struct say *s, tick slice); /* "for at most 3 ticks" */
/* Who stands in line before `proc`, just dispatched, and may not run on `cpu`;
 * NONE. */
int explain_passed_in_line(const struct say *s, int proc, int cpu);
/* What figure `which` of `proc` was before event number `at`. */
int64_t explain_figure_before(const struct say *s, size_t at, int proc,
                              int which);

/* The figure that has decided a dispatch, for programs: "burst 3". Nothing
 * where the policy has none. */
void explain_short(const struct say *s, const struct event *dispatch,
                   struct str *out);

/* … about what the policy does besides, and about jobs. */
void explain_renewed(struct say *s, const struct event *e);
void explain_figure(struct say *s, const struct event *e);
void explain_boost(struct say *s, const struct event *e);
void explain_migrated(struct say *s, const struct event *e);
void explain_policy_set(struct say *s, const struct event *e);
void explain_job(struct say *s, const struct event *e);
void explain_missed(struct say *s, const struct event *e);
/* Whether the op is the end of a periodic process's job; and of one that goes
 * on at once, that sleeps in it, or has just been woken from it: without full
 * stop and arrow. */
bool explain_is_job_end(const struct say *s, int32_t op);
void explain_next_job(struct say *s, const struct event *e);
void explain_sleeps_job(struct say *s, const struct event *e);
void explain_job_released(struct say *s, const struct event *e);

/* What a wake-up returned: ", and read(2) returns 3". */
void explain_return(struct say *s, const struct event *op);

/* The pipe that a descriptor variable is open on, NONE if on none. */
int explain_pipe_of(const struct say *s, int proc, int64_t var);

/* The signal of a SIGNAL event, with where it came from. */
void explain_signal_from(struct say *s, size_t signal);

#endif
