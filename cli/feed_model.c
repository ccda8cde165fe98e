#include "cli/feed_model.h"

#include "cli/foresee.h"
#include "cli/policies.h"
#include "sim/base/mem.h"
#include "sim/policy/policy.h"
#include "sim/sim.h"

#include <stdlib.h>

enum { EVENTS_A_POLL = 1 << 13 };

struct model {
    struct feed feed;
    struct sim *sim;
    /* The simulator's trace as of the last change: the same chunks, at an
     * address that stays when a new branch replaces the simulator. */
    struct trace trace;
    tick until, wanted;
    struct foresight foresight;
    tick complete; /* all up to here has been carried out */
};

static void look_at(struct model *m)
{
    m->trace = *sim_trace(m->sim);
}

static bool has_stopped(const struct model *m)
{
    return sim_world(m->sim)->head->stop != STOP_NOT;
}

static void model_want(void *self, tick t)
{
    struct model *m = self;
    t = t > m->until ? m->until : t;
    m->wanted = t > m->complete ? t : m->complete;
}

static void model_play(void *self, bool playing)
{
    (void)self;
    (void)playing;
}

static bool model_busy(const void *self)
{
    const struct model *m = self;
    return !has_stopped(m) && m->complete < m->wanted;
}

static bool model_poll(void *self)
{
    struct model *m = self;
    size_t had = m->trace.count;
    if (!model_busy(self))
        return false;
    if (sim_advance(m->sim, m->wanted, EVENTS_A_POLL)) {
        tick next = sim_next(m->sim);
        bool all = next > m->wanted && next != TICK_NEVER;
        m->complete = all ? m->wanted : sim_world(m->sim)->head->now;
        if (all && m->wanted == m->until)
            sim_stop_until(m->sim, m->until);
    }
    look_at(m);
    return m->trace.count != had;
}

static tick model_reached(const void *self)
{
    const struct model *m = self;
    return has_stopped(m) ? TICK_MAX : m->complete;
}

static void branch(struct model *m, size_t position)
{
    struct sim *from = m->sim;
    m->sim = sim_branch(from, position);
    sim_free(from);
}

static void model_act(void *self, struct deed deed)
{
    struct model *m = self;
    foresight_drop(&m->foresight);
    if (trace_instant_end(&m->trace, deed.position) < m->trace.count)
        branch(m, deed.position);
    m->complete = m->wanted = deed.at;
    sim_advance(m->sim, deed.at, 0);
    sim_act(m->sim, deed.kind, deed.proc);
    look_at(m);
}

static int model_order(const void *self, struct moment at, int group, int *to,
                       int room)
{
    (void)self;
    return policy_order(at, group, to, room);
}

static const struct trace *model_foresee(void *self, size_t position,
                                         size_t most)
{
    struct model *m = self;
    return foresee(&m->foresight, (struct foresee_from){
        .scenario = m->feed.scenario, .trace = &m->trace,
        .position = position, .most = most, .until = m->until});
}

static int model_descriptor(const void *self)
{
    (void)self;
    return -1;
}

struct feed *feed_model_new(const struct scenario *sc, tick until,
                            const char *notice)
{
    struct model *m = mem_new(1, sizeof *m);
    m->sim = sim_new(sc);
    m->until = until;
    m->complete = -1;
    m->wanted = -1;
    m->feed = (struct feed){.self = m,
                            .scenario = sc,
                            .policies = policy_entries,
                            .trace = &m->trace,
                            .cut_at = SIZE_MAX,
                            .notice = notice,
                            .want = model_want,
                            .play = model_play,
                            .poll = model_poll,
                            .busy = model_busy,
                            .reached = model_reached,
                            .act = model_act,
                            .order = model_order,
                            .foresee = model_foresee,
                            .descriptor = model_descriptor};
    look_at(m);
    return &m->feed;
}

void feed_model_free(struct feed *f)
{
    struct model *m = f->self;
    foresight_drop(&m->foresight);
    sim_free(m->sim);
    free(m);
}
