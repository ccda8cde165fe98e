/* The live session: engine and lab in a process of their own.
 *
 * A window has threads, fonts, a connection to the display and half of a
 * graphics driver; nothing of that may get into the children. So the program
 * is started a second time (posix_spawn, no fork of the window), with one
 * descriptor: a socket. There the engine runs, with the lab beside it, and the
 * trace comes back as it grows. If either side crashes, the other one finds
 * its socket closed.
 *
 *   window, `run --live`            session                 lab's children
 *   session_open ── spawns ──────▶  session_serve
 *   session_load, advance, act ──▶  sim_advance, sim_act ─▶ real calls
 *   session_poll ◀── trace ───────  events
 *
 * Acting in the past begins a new branch: real processes cannot go back, so
 * everything up to there is done once more with fresh ones, which takes some
 * microseconds a step, and then goes on differently. */
#ifndef TIMESLICE_SESSION_H
#define TIMESLICE_SESSION_H

#include "sim/sim.h"

/* ---- the side that asks ---- */

struct session;

/* Starts `program` with the argument `lab`; NULL: this very program, started
 * again. Its processes live in namespaces of their own where the machine allows
 * it (sandbox.h), but among all others if `host`. Returns NULL and sets errno
 * when no process is to be had. Call it from the thread that lives longest: the
 * session dies with it. */
struct session *session_open(const char *program, bool host);

/* Speaks over a socket to a session that the caller has started, process
 * `pid` (0: somebody else's). For tests. */
struct session *session_on(int fd, int pid);

/* Ends the session and all its processes, and forgets the trace. Takes some
 * milliseconds. */
void session_close(struct session *s);

/* What to run. All of it is copied. */
struct session_load {
    const char *path; /* for messages */
    const char *text; /* the scenario file's content */
    size_t length;
    const struct override *overrides;
    int override_count;
    const char *plant; /* sim_plant; NULL: none */
    enum lang lang; /* of what it may have to complain about */
};

/* The requests. They return at once; what comes of them is seen in later
 * polls. They are carried out one after the other; a new session_advance takes
 * the place of one that is still under way. */
void session_load(struct session *s, const struct session_load *load);
void session_advance(struct session *s, tick until);
/* Goes on up to `until` and stops the run there (sim_stop_until). */
void session_finish(struct session *s, tick until);
void session_play(struct session *s, bool playing);
void session_act(struct session *s, struct deed deed);
/* Adds a variant of the scheduler to the session's scenario, as the caller has
 * added it to his (scenario_vary): all overrides there are, those of the load
 * included. It has the same number on both sides. */
void session_vary(struct session *s, const struct override *overrides,
                  int count);

/* What one poll has brought. */
struct session_news {
    bool grown;    /* there are new events */
    bool cut;      /* a new branch: events from `cut_at` on are others now */
    size_t cut_at;
};

/* Takes what has come. Never waits. */
struct session_news session_poll(struct session *s);

/* Waits up to `milliseconds` (-1: as long as it takes) until session_poll has
 * something to take. False: nothing came. */
bool session_wait(struct session *s, int milliseconds);

/* Becomes readable when there is something to take; -1 once it has ended. */
int session_descriptor(const struct session *s);

/* Valid as long as the session; grows and is cut in session_poll. */
const struct trace *session_trace(const struct session *s);

/* Whether some request is not carried out yet. */
bool session_busy(const struct session *s);

/* The furthest time that is known to be complete. */
tick session_reached(const struct session *s);

/* Whether real processes take part (false before the scenario is loaded). */
bool session_live(const struct session *s);

/* Whether the session's process is gone. */
bool session_ended(const struct session *s);

/* NULL, or one English sentence: why it is not live, what the lab complained
 * about, or that it has ended. */
const char *session_notice(const struct session *s);

/* ---- the other side ---- */

enum { SESSION_FD = 3 /* the socket of the `lab` command */ };

/* Serves the one who holds the other end of `fd` until it is closed. Returns
 * the exit status. Unless `host`, it does so in namespaces of its own if the
 * machine allows it. The process must be single-threaded and should have nothing
 * else to do: it leaves its session (setsid) and closes all descriptors above
 * 2 but this one. */
int session_serve(int fd, bool host);

#endif
