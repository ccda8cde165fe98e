#define _POSIX_C_SOURCE 200809L
#include "cli/source.h"

#include "sim/sim.h"

#include <time.h>
#include <unistd.h>

enum { EVENTS_A_PIECE = 1 << 14 };

static bool model_work(void *self, tick until)
{
    struct sim *s = self;
    if (!sim_advance(s, until, EVENTS_A_PIECE))
        return false;
    tick next = sim_next(s);
    if (next <= until || next == TICK_NEVER)
        return true; /* the piece was full; the end is said next time */
    sim_stop_until(s, until);
    return false;
}

static void model_forget(void *self, size_t n)
{
    sim_forget(self, n);
}

static const char *model_trouble(const void *self)
{
    (void)self;
    return NULL;
}

static void model_close(void *self)
{
    sim_free(self);
}

void source_model(struct source *s, const struct scenario *sc)
{
    struct sim *sim = sim_new(sc);
    *s = (struct source){.self = sim,
                         .trace = sim_trace(sim),
                         .work = model_work,
                         .forget = model_forget,
                         .trouble = model_trouble,
                         .close = model_close};
}

enum status source_open(struct source *s, const struct options *o,
                        const struct loaded *l)
{
    if (!option_given(o, OPTION_LIVE)) {
        source_model(s, l->scenario);
        return STATUS_WELL;
    }
    if (!l->scenario->live)
        return fail(STATUS_USAGE, o->lang, W_CLI_LIVE_NOT_ALLOWED,
                    l->scenario->path);
    return source_live(s, o, l) ? STATUS_WELL : STATUS_MACHINE;
}

/* -------------------------------------------------------------- progress */

enum { PATIENCE = 500, EVERY = 100 /* milliseconds */ };

static long long milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_begin(struct progress *p, enum lang lang)
{
    *p = (struct progress){.lang = lang, .terminal = isatty(STDERR_FILENO)};
    p->started = p->terminal ? milliseconds() : 0;
}

/* Whether it is time to say something; the line is then ready for it. */
static bool progress_due(struct progress *p)
{
    if (!p->terminal)
        return false;
    long long t = milliseconds();
    if (t - p->started < PATIENCE || t - p->last < EVERY)
        return false;
    p->last = t;
    p->shown = true;
    fputs("\r\033[K", stderr);
    return true;
}

void progress_say(struct progress *p, tick now, size_t events)
{
    if (!progress_due(p))
        return;
    fprintf(stderr, word(W_CLI_PROGRESS, p->lang), (long long)now, events);
    fflush(stderr);
}

void progress_say_runs(struct progress *p, long long done, long long all)
{
    if (!progress_due(p))
        return;
    fprintf(stderr, word(W_CLI_SWEEP_PROGRESS, p->lang), done, all);
    fflush(stderr);
}

void progress_end(struct progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}
