/* t3024: who is lent which urgency, held against the definition.
 *
 * Here nothing is kept and nothing is sorted: until nobody is lent more, every
 * holder is lent the urgency of everybody who sleeps for what he holds. */
#include "sim/base/mem.h"
#include "sim/base/rng.h"
#include "sim/model/figure.h"
#include "sim/model/semaphore.h"
#include "tests/run.h"
#include "tests/test.h"

#include <stdlib.h>

enum { SEEDS = 300, PROCS = 14, SEMS = 5, UNTIL = 3000 };

/* ---- the definition ---- */

static bool is_lock(const struct world *w, const struct hold *h)
{
    return h->proc != NONE && h->count > 0 && !w->sem[h->sem].signal;
}

static bool waits_for(const struct world *w, int proc, int sem)
{
    const struct task *t = &w->task[proc];
    bool in_line = t->flags & TASK_QUEUED && t->state != READY &&
                   (t->wait == WAIT_SEM || t->wait == WAIT_SEMS);
    return in_line && sem_awaited_where(w, proc) == sem &&
           sem_awaited(w, proc).op != 0;
}

static int64_t own(const struct world *w, int proc)
{
    return w->scenario->processes[w->proc[proc].def].priority;
}

static int64_t urgency(const struct world *w, const int64_t *lent, int proc)
{
    int64_t aged = world_figure(w, proc, PRIORITY_AGED);
    return own(w, proc) + (lent[proc] < aged ? lent[proc] : aged);
}

static bool lend_once(const struct world *w, int64_t *lent)
{
    bool more = false;
    for (int64_t i = 0; i < w->head->holds; i++)
        for (int p = 0; is_lock(w, &w->hold[i]) && p < w->head->procs; p++) {
            int to = w->hold[i].proc;
            if (p == to || !waits_for(w, p, w->hold[i].sem))
                continue;
            int64_t l = urgency(w, lent, p) - own(w, to);
            if (l < lent[to]) {
                lent[to] = l;
                more = true;
            }
        }
    return more;
}

/* Returns how many are lent something. */
static int expect_loans(const struct world *w)
{
    int64_t *lent = mem_new((size_t)w->head->procs + 1, sizeof *lent);
    int some = 0;
    while (lend_once(w, lent))
        ;
    for (int p = 0; p < w->head->procs; p++) {
        EXPECT_EQ_INT(world_figure(w, p, PRIORITY_LENT), lent[p]);
        some += lent[p] < 0;
    }
    free(lent);
    return some;
}

/* ---- random programs ---- */

static int dice_roll(uint64_t *dice, int n)
{
    return (int)rng_below(dice, (uint64_t)n);
}

static void add_op(uint64_t *dice, struct str *out)
{
    int kind = dice_roll(dice, 10), sem = dice_roll(dice, SEMS);
    int other = dice_roll(dice, SEMS);
    if (kind < 3)
        str_addf(out, ", {'P': 's', 'num': %d}", sem);
    else if (kind < 5)
        str_addf(out, ", {'V': 's', 'num': %d}", sem);
    else if (kind == 5)
        str_addf(out, ", {'semop': 's', 'ops': [{'num': %d, 'op': -1}, "
                      "{'num': %d, 'op': %d}]}", sem, other,
                 dice_roll(dice, 3) - 1);
    else if (kind == 6)
        str_addf(out, ", {'sleep': %d}", 1 + dice_roll(dice, 9));
    else
        str_addf(out, ", {'cpu': %d}", 1 + dice_roll(dice, 6));
}

static void add_process(uint64_t *dice, int i, struct str *out)
{
    int arrival = dice_roll(dice, 30), priority = dice_roll(dice, 20);
    str_addf(out, ", {'name': 'p%d', 'arrival': %d, 'priority': %d, "
                  "'program': [{'semget': 's', 'key': 1, 'nsems': %d, "
                  "'flags': '0600'}", i, 2 * SEMS + arrival, priority, SEMS);
    for (int n = 2 + dice_roll(dice, 14); n > 0; n--)
        add_op(dice, out);
    str_add(out, "]}");
}

static void make(uint64_t seed, struct str *out)
{
    uint64_t dice = seed;
    int cpus = 1 + dice_roll(&dice, 3);
    bool quantum = dice_roll(&dice, 2), aging = dice_roll(&dice, 2);
    str_addf(out, "{'timeslice': 1, 'title': 't', 'machine': {'cpus': %d}, "
                  "'scheduler': {'policy': 'priority', 'inherit': true%s%s}, "
                  "'processes': [{'name': 'maker', 'priority': -100, "
                  "'program': [{'semget': 's', 'key': 1, 'nsems': %d, "
                  "'flags': 'IPC_CREAT|0600'}", cpus,
             quantum ? ", 'quantum': 2" : "",
             aging ? ", 'aging': {'every': 5, 'by': 1}" : "", SEMS);
    for (int i = 0; i < SEMS; i++)
        str_addf(out, ", {'semctl': 's', 'cmd': 'SETVAL', 'num': %d, "
                      "'value': %d}", i, 1 + (dice_roll(&dice, 4) == 0));
    str_add(out, "]}");
    for (int i = 0; i < PROCS; i++)
        add_process(&dice, i, out);
    str_add(out, "]}");
    for (char *c = out->text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
}

static int expect_run(uint64_t seed)
{
    struct str text = {0};
    struct diag d = {.file = "t"};
    int loans = 0;
    make(seed, &text);
    struct scenario *sc = scenario_read("t", str_text(&text), text.length, NULL,
                                        0, &d);
    test_case("seed %llu", (unsigned long long)seed);
    EXPECT(sc);
    if (sc) {
        struct sim *s = sim_new(sc);
        bool more = true;
        while (more && sim_world(s)->head->now < UNTIL) {
            more = sim_advance(s, UNTIL, 1);
            loans += expect_loans(sim_world(s));
            if (sim_next(s) > UNTIL)
                break;
        }
        sim_free(s);
        scenario_free(sc);
    }
    diag_free(&d);
    str_free(&text);
    return loans;
}

TEST("at every instant everybody is lent what the definition says")
{
    int loans = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        loans += expect_run(seed);
    EXPECT(loans > 1000);
}
