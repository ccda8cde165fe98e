/* Where the events of a run without a window come from: the model in this
 * process, or a live session beside it. */
#ifndef TIMESLICE_SOURCE_H
#define TIMESLICE_SOURCE_H

#include "cli/cli.h"
#include "cli/load.h"
#include "sim/model/trace.h"

struct source {
    void *self;
    const struct trace *trace;
    /* Does a bounded piece of the run up to time `until`. False when the run
     * has ended: its STOP event is in the trace then. */
    bool (*work)(void *self, tick until);
    /* The events before position n are not needed any more; NULL: cannot. */
    void (*forget)(void *self, size_t n);
    /* What went wrong with the live side, NULL: nothing. */
    const char *(*trouble)(const void *self);
    void (*close)(void *self);
};

/* The scenario must outlive the source. */
void source_model(struct source *s, const struct scenario *sc);

/* Starts a live session. After one sentence (what the machine forbids and
 * what to do): false, the caller ends with STATUS_MACHINE. */
bool source_live(struct source *s, const struct options *o,
                 const struct loaded *l);

/* Appends why no session could be started: what errno was then, and the limit or
 * the folder behind it. */
void source_refusal(enum lang lang, int error, struct str *out);

/* Chooses by --live, and opens it. */
enum status source_open(struct source *s, const struct options *o,
                        const struct loaded *l);

/* Progress on stderr, if that is a terminal and the run takes long. */
struct progress {
    enum lang lang;
    bool shown, terminal;
    long long started, last; /* milliseconds */
};

void progress_begin(struct progress *p, enum lang lang);
void progress_say(struct progress *p, tick now, size_t events);
/* The same for many runs, of which `done` are over. */
void progress_say_runs(struct progress *p, long long done, long long all);
void progress_end(struct progress *p);

#endif
