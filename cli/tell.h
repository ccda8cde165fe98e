/* What is told of a run to other programs: SCENARIO.md §3, `events`.
 *
 * A teller walks along a trace with a world of its own and fills a line for
 * every event that is told. The kinds and their keys are in tells.def. */
#ifndef TIMESLICE_TELL_H
#define TIMESLICE_TELL_H

#include "cli/line.h"
#include "sim/model/trace.h"
#include "sim/model/world.h"

enum { DATA_MOST = 64 /* bytes of `data` that are shown */ };

struct teller {
    const struct trace *trace;
    struct world world; /* after the first `at` events */
    size_t at;
    bool quiet; /* no lines are wanted, but those of divergences */
    enum state before; /* of the process, when it was a change of state */
    struct line line; /* of the last event; count 0: it is not told */
};

void teller_begin(struct teller *t, const struct scenario *sc,
                  const struct trace *tr);

/* Takes the next event. False at the end of the trace, for now. */
bool teller_next(struct teller *t);

void teller_free(struct teller *t);

/* Appends what op number `op` is about: "p[0]", "child", "SIGPIPE", or
 * nothing. */
void op_object(const struct world *w, int32_t op, struct str *out);

/* Appends "child", "init", "user" or "kernel". */
void name_of(const struct world *w, int64_t proc, struct str *out);

#endif
