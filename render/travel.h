/* The cursor: where in the run the window stands, and how it moves.
 *
 * A position is a number of events (replay.h); steps lead from one position to
 * the next (trace_step_after). `seen` is the furthest position ever shown:
 * nothing behind it is on the screen, although the trace may know more.
 *
 * Between events time passes too: `clock` is the time shown, in ticks with
 * fractions, never before the last event at the cursor and never behind the
 * next one.
 *
 * Moving forward may need events that are not there yet. Then the feed is
 * asked for them, and travel_update goes on when they have come. */
#ifndef TIMESLICE_TRAVEL_H
#define TIMESLICE_TRAVEL_H

#include "render/breaks.h"
#include "render/feed.h"
#include "render/lod.h"
#include "render/told.h"

enum { SPEEDS = 13, SPEED_NORMAL = 3 };

/* Ticks a second. */
extern const double travel_speeds[SPEEDS];

/* How far "to the end" goes when a run has no end, ticks. */
#define TRAVEL_FAR 1000000

/* Beyond it nothing is to be seen yet: there a question waits (stage_predict.h).
 * A place in the run by its number of the model's events, and its time. Nothing
 * in this file moves the cursor or the clock beyond it, whatever is asked for;
 * `met` says that somebody wanted to. */
struct wall {
    bool on;
    int64_t events;
    tick t;
    bool soft; /* no question stands there: the clock need not stop */
    bool met;
};

struct travel {
    struct feed *feed;
    struct replay replay; /* its world is what is shown */
    struct told told;
    struct lod lod;
    size_t seen;
    tick seen_time;
    double clock;
    bool playing;
    int speed;
    double late;    /* seconds that the clock lost waiting for the feed */
    int steps_owed; /* → was pressed at the frontier */
    int own;        /* … and the step must be of this process, NONE: any */
    unsigned cuts;  /* how often something of the trace was replaced */
    bool acting;    /* the user has acted; what came of it is to be shown … */
    bool acts_again; /* … before what was asked for meanwhile is done: */
    enum action_kind next_kind;
    int next_proc;
    tick patience;  /* how far the next request reaches */
    tick goal;      /* on the way to that time, -1: not on the way … */
    bool breaking;  /* … and breakpoints stop it */
    int64_t visit;  /* … and there to where so many of the model's events have
                       happened, -1: to the end of the instant */
    struct breaks breaks;
    struct wall wall;
    int broke;      /* the breakpoint that has stopped it, for whoever tells;
                       NONE: none has since that was set to NONE */
};

void travel_open(struct travel *tv, struct feed *feed);
void travel_close(struct travel *tv);

static inline size_t travel_cursor(const struct travel *tv)
{
    return tv->replay.position;
}

/* The time shown: between two events it goes on. */
static inline tick travel_now(const struct travel *tv)
{
    tick at = tv->replay.world.head->now;
    return tv->clock > (double)at ? (tick)tv->clock : at;
}

/* One step forward (+1) or back (-1). With `own` not NONE to the next one that
 * is about that process. */
void travel_step(struct travel *tv, int direction, int own);
/* To the moment when all events up to time `t` have happened. */
void travel_seek(struct travel *tv, tick t);
/* The same, but a breakpoint on the way forward stops it. */
void travel_run(struct travel *tv, tick t);
/* Behind the step that event number `event` belongs to. */
void travel_go(struct travel *tv, size_t event);
/* How many of the model's events have happened at the cursor; and to where so
 * many have, at time `t`, if the run has such a moment, else to time `t`. */
int64_t travel_events(const struct travel *tv);
void travel_visit(struct travel *tv, tick t, int64_t events);
void travel_first(struct travel *tv);
/* What has been seen behind the cursor is forgotten: it is as if nobody had
 * gone there yet. */
void travel_veil(struct travel *tv);
/* The clock goes on to `t`, with nothing having happened in between. */
void travel_set_clock_to(struct travel *tv, tick t);
/* Whether the cursor stands at the wall (travel_wall.c). */
bool travel_at_wall(const struct travel *tv);
/* To the end, or to the next breakpoint. */
void travel_last(struct travel *tv);
void travel_play(struct travel *tv, bool on);
/* Stops waiting for what was asked for. */
void travel_halt(struct travel *tv);

/* The user acts on a process at the moment shown. */
void travel_act(struct travel *tv, enum action_kind kind, int proc);

/* Takes what the feed has, goes on; `seconds` have passed. Returns whether
 * anything that is shown has changed. */
bool travel_update(struct travel *tv, double seconds);

/* Whether travel_update must be called again soon though nobody does
 * anything. */
bool travel_moves(const struct travel *tv);

/* Whether the run is over at the moment shown, or in all that is known. */
bool travel_at_end(const struct travel *tv);

/* Whether the trace has its STOP. */
bool travel_known(const struct travel *tv);

/* The step to tell of, of those that led to the cursor (told.h). Behind its
 * end there may be more. Empty at the start. */
struct step_range travel_last_step(const struct travel *tv);
/* The world at its end. */
const struct world *travel_told_world(const struct travel *tv);

#endif
