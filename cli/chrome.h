/* A run as trace events of Chrome: what Perfetto and chrome://tracing open.
 *
 * Two processes of that format are ours: 1 has a track for each CPU (who runs),
 * 2 one for each process of the lesson (its states, and within them the op it
 * is at); 3 has the counters of pipes, queues and semaphores. A tick is 1000
 * microseconds there.
 *
 * Records are gathered in the order in which they are to be read: slices open
 * and close as brackets, and an arrow begins and ends inside of a slice. An
 * arrow is often known only when the slice it belongs to has been closed at
 * the same instant: then its record is put in before that end. See "Trace Event
 * Format", its parts about duration, flow, counter and metadata events. */
#ifndef TIMESLICE_CHROME_H
#define TIMESLICE_CHROME_H

#include "sim/base/gnu.h"
#include "sim/base/str.h"
#include "sim/model/world.h"

enum {
    TICK_US = 1000,
    PID_CPUS = 1,
    PID_PROCESSES = 2,
    PID_OBJECTS = 3
};

#define NO_RECORD ((size_t)-1)

struct record {
    tick t;
    int64_t place;     /* among those of its instant */
    size_t at, length; /* the rest of it in chrome.text */
    char phase;        /* B E i C M s t f */
    bool dropped;
};

/* What is open on a process's track, and the last slice that was closed. */
struct track {
    bool state, op;
    size_t closed; /* record; NO_RECORD: none yet */
};

/* Bytes or a message on their way, and the arrow that shows it. */
struct arrow {
    int64_t id, left; /* bytes that nobody has taken yet */
    int32_t object, from;
    enum mechanism kind; /* MECH_PIPE, MECH_MSGQ */
    size_t begun, last;  /* records: s; t or f */
    const char *category;
    char name[80];
};

struct chrome {
    struct record *all;
    size_t count, room;
    struct str text;
    int64_t place;
    struct track *track; /* by process */
    size_t tracks, track_room;
    bool cpu_open[CPUS_MAX];
    struct arrow *arrow; /* under way, oldest first */
    size_t arrows, arrow_room;
    int64_t arrow_id;
    size_t ready; /* the last record of that counter */
};

/* Adds a record; `rest` follows {"ph": …, "ts": …, and has no brace at its
 * end. Returns its number. */
size_t chrome_add(struct chrome *c, tick t, char phase, const char *rest, ...)
    PRINTF_LIKE(4, 5);

/* The track of `proc`, which may be new. */
struct track *chrome_track(struct chrome *c, int proc);

/* ---- arrows (chrome_arrow.c) ---- */

/* An arrow from what `from` does now to what `to` does now. */
void chrome_point(struct chrome *c, tick t, int from, int to,
                  const char *category, const char *name);

/* `bytes` go into object `object` (a message: once), and come out again: the
 * place-th of the messages there, or the oldest bytes. */
void chrome_send(struct chrome *c, tick t, enum mechanism kind, int32_t object,
                 int from, int64_t bytes, const char *name);
void chrome_take_bytes(struct chrome *c, tick t, int32_t pipe, int to,
                       int64_t bytes);
void chrome_take_message(struct chrome *c, tick t, int32_t queue, int to,
                         int place);

/* What is on its way in that object is lost. */
void chrome_forget(struct chrome *c, enum mechanism kind, int32_t object);
/* Arrows that nothing has come of are taken out again. */
void chrome_arrows_end(struct chrome *c);

/* ---- the file ---- */

/* Appends all records in their order, one a line. */
void chrome_write(struct chrome *c, struct str *out);

void chrome_free(struct chrome *c);

#endif
