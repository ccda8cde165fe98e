/* A run as data for a page that replays it: the JSON between two programs of
 * ours, steps.c here and assets/replay/model.js there.
 *
 * A step of the page is a step of the window (trace_step_after). What a moment
 * looks like is a handful of values under keys ("p0": process 0, "c1": CPU 1,
 * "f0": pipe 0 …); a step carries those that are others than before it. So any
 * moment is what the steps up to it say, as with the world and its events.
 *
 * Texts are in both languages. Everything the page shows of a scenario comes
 * through here; str_add_json makes strings of it, and page.c sees to it that no
 * string is taken for HTML. */
#ifndef TIMESLICE_STEPS_H
#define TIMESLICE_STEPS_H

#include "sim/base/str.h"
#include "sim/model/trace.h"
#include "sim/model/world.h"

/* What a page can hold and a person step through. */
enum { STEPS_MOST = 20000, STEPS_PROCESSES_MOST = 128 };

struct run_told {
    const struct scenario *scenario;
    const struct trace *trace;
    bool live; /* real processes took part */
};

/* How many steps the run has; more than STEPS_MOST are not counted. */
size_t steps_count(const struct trace *tr);

/* Appends "steps": […], "procs": […], "programs": […], and "arrows_of_bytes":
 * [when written, when read, from, to, bytes] of what went between processes. */
void steps_write(const struct run_told *run, struct str *out);

/* ---- the values of a moment (steps_values.c, steps_objects.c) ---- */

/* A kind of key; its letter stands in the table of steps.c. */
enum step_key {
    KEY_PROCESS,
    KEY_CPU,
    KEY_QUEUE,
    KEY_MACHINE,
    KEY_PIPE,
    KEY_FILE,
    KEY_MSGQ,
    KEY_SHM,
    KEY_SEM,
    STEP_KEYS
};

/* How many of them there are now. */
int steps_objects(const struct world *w, enum step_key kind);

/* Appends the value of one: a JSON object. */
void steps_write_value(const struct world *w, enum step_key kind, int i,
                       struct str *out);

/* The same for KEY_PIPE and what follows. */
void steps_write_object(const struct world *w, enum step_key kind, int i,
                        struct str *out);

/* Appends the text as a JSON string. */
void steps_add_quoted(struct str *out, const char *text);

/* Appends "name": "…", after a comma if something stands before it. */
void steps_add_text(struct str *out, const char *name, const char *text,
                    size_t length);

/* Appends "name": [1, 2, …] of processes that wait in a line, if any do. */
void steps_add_queue(const struct world *w, const char *name,
                     const struct queue *q, struct str *out);

#endif
