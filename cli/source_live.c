#include "cli/source.h"

#include "ipc/lab.h"
#include "sim/base/mem.h"
#include "sim/sim.h"

#include <stdlib.h>

/* The lab plays `init` in this very process: it has no window, no threads and
 * no fonts that a child could inherit. */
struct live {
    struct sim *sim;
    struct lab *lab;
    const char *last_look;
};

/* Few, because each step waits for real processes. */
enum { EVENTS_A_PIECE = 64 };

static bool live_work(void *self, tick until)
{
    struct live *l = self;
    if (sim_advance(l->sim, until, EVENTS_A_PIECE)) {
        tick next = sim_next(l->sim);
        if (next <= until || next == TICK_NEVER)
            return true; /* the piece was full; the end is said next time */
        sim_stop_until(l->sim, until);
    }
    l->last_look = lab_last_look(l->lab);
    return false;
}

static const char *live_trouble(const void *self)
{
    const struct live *l = self;
    const char *lost = lab_lost(l->lab);
    return lost ? lost : l->last_look;
}

static void live_close(void *self)
{
    struct live *l = self;
    lab_tear_down(l->lab);
    sim_free(l->sim);
    free(l);
}

bool source_live(struct source *s, const struct scenario *sc, enum lang lang)
{
    const char *why = "";
    struct lab *lab = lab_set_up(sc, &why);
    if (!lab) {
        complain(lang, W_CLI_LIVE_REFUSED, why);
        return false;
    }
    struct live *l = mem_new(1, sizeof *l);
    l->lab = lab;
    l->sim = sim_new(sc);
    sim_set_kernel(l->sim, lab_kernel(lab));
    *s = (struct source){.self = l,
                         .trace = sim_trace(l->sim),
                         .work = live_work,
                         .trouble = live_trouble,
                         .close = live_close};
    return true;
}
