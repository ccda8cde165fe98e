/* rivals.c: which runs there are beside the one in the window, and who of them
 * takes part.
 *
 * The file under each policy that fits it; the window's own run, once somebody
 * has done something in it; and those that were left for another policy, copied
 * as far as they were known, which go on under what decided there. */
#include "cli/rivals.h"

#include "cli/keys.h"
#include "cli/out.h"
#include "cli/rival_run.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    TEXT_MOST = 1 << 20,    /* bytes of a file that is read for each policy */
    TEXT_SHORT = 1 << 16,   /* … and of one that is read for all of them */
    AT_FIRST = 4,           /* runs that take part */
    LEFT_MOST = 6,
    ADDED_MOST = 16,
    RUNS_MOST = POLICY_COUNT + 1 + LEFT_MOST + ADDED_MOST
};

struct maker {
    struct rivals rivals;
    struct options options; /* the window's, with the language asked for */
    struct loaded loaded; /* not its own */
    const struct feed *feed;
    struct comparison plan, now; /* all policies that fit; those that take part */
    bool planned;
    bool left; /* the run that is last among those left is the window's */
    struct out nowhere;
    struct rival_run *all[RUNS_MOST];
    struct rival *shown[RUNS_MOST];
    struct rivals_rows rows;
    struct str sentence; /* where they part, in the language of the options */
};

/* --------------------------------------------------------- which there are */

static void publish(struct maker *m)
{
    m->rivals.names = (const char *const *)m->rows.names;
    m->rivals.rows = m->rows.count;
}

static void show(struct maker *m, int count)
{
    publish(m);
    for (int i = 0; i < count; i++)
        m->shown[i] = &m->all[i]->rival;
    m->rivals.count = count;
    m->rivals.compared = false;
}

static void insert(struct maker *m, struct rival_run *run, int at)
{
    int n = m->rivals.count;
    for (int i = n; i > at; i--)
        m->all[i] = m->all[i - 1];
    m->all[at] = run;
    show(m, n + 1);
}

static void take_out(struct maker *m, int at)
{
    rival_run_free(m->all[at]);
    for (int i = at; i + 1 < m->rivals.count; i++)
        m->all[i] = m->all[i + 1];
    show(m, m->rivals.count - 1);
}

static int find_kind(const struct maker *m, enum rival_kind kind)
{
    for (int i = 0; i < m->rivals.count; i++)
        if (m->all[i]->rival.kind == kind)
            return i;
    return NONE;
}

static int count_kind(const struct maker *m, enum rival_kind kind)
{
    int n = 0;
    for (int i = 0; i < m->rivals.count; i++)
        n += m->all[i]->rival.kind == kind;
    return n;
}

/* The window's run as far as it is known, as one of its own. In the middle of
 * an instant the real processes have yet to do the rest: the model does it from
 * its beginning. */
static struct rival_run *copy_window(struct maker *m, enum rival_kind kind)
{
    const struct feed *f = m->feed;
    const struct trace *tr = f->trace;
    size_t n = tr->count;
    if (n && f->busy(f->self))
        n = trace_find(tr, trace_at(tr, n - 1)->t);
    struct rival_run *run = mem_new(1, sizeof *run);
    run->one = &run->own;
    run->rows = &m->rows;
    run->own = (struct contender){.options = m->options, .loaded = m->loaded};
    run->own.policy = m->loaded.scenario->scheduler.policy;
    run->rival = (struct rival){.kind = kind, .on = true,
                                .policy = m->loaded.scenario->scheduler.name,
                                .by = &m->loaded.scenario->scheduler};
    rival_run_begin(run, sim_take_up(m->loaded.scenario, tr, n), &m->nowhere);
    rival_run_read(run);
    rival_run_name(run);
    return run;
}

/* Numbers the processes of the window's run. Returns whether somebody has
 * changed there what happens. */
static bool look_at_window(struct maker *m)
{
    const struct trace *tr = m->feed->trace;
    bool deeds = false;
    for (size_t i = 0; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        if (e->kind == EV_CREATE)
            rivals_row(&m->rows, e->aux, (int32_t)e->val);
        deeds |= e->kind == EV_USER && !e->cpu && !e->val;
    }
    return deeds;
}

static void renew_here(struct maker *m)
{
    int at = find_kind(m, RIVAL_HERE);
    bool on = at == NONE || m->all[at]->rival.on;
    if (at != NONE)
        take_out(m, at);
    if (!look_at_window(m))
        return;
    insert(m, copy_window(m, RIVAL_HERE), 0);
    m->all[0]->rival.on = on;
}

static void leave(void *self, tick t)
{
    struct maker *m = self;
    m->left = m->feed->trace->count <= RIVAL_EVENTS_MOST;
    if (!m->left)
        return; /* too long to be kept */
    look_at_window(m);
    if (count_kind(m, RIVAL_LEFT) == LEFT_MOST)
        take_out(m, find_kind(m, RIVAL_LEFT));
    int at = count_kind(m, RIVAL_LEFT) + count_kind(m, RIVAL_HERE);
    insert(m, copy_window(m, RIVAL_LEFT), at);
    m->all[at]->rival.left = t;
}

static void stay(void *self)
{
    struct maker *m = self;
    if (m->left)
        take_out(m, count_kind(m, RIVAL_LEFT) + count_kind(m, RIVAL_HERE) - 1);
    m->left = false;
}

/* ---------------------------------------------------------------- policies */

static struct rival_run *run_of(struct maker *m, struct contender *one)
{
    struct rival_run *run = mem_new(1, sizeof *run);
    run->one = one;
    run->rows = &m->rows;
    run->rival.kind = RIVAL_POLICY;
    for (int p = 0; p < POLICY_COUNT; p++)
        if (strcmp(m->feed->policies[p].name, one->policy) == 0)
            run->rival.policy = (enum policy_name)p;
    return run;
}

static void add_policy(struct maker *m, struct contender *one)
{
    struct rival_run *run = run_of(m, one);
    rival_run_name(run);
    insert(m, run, m->rivals.count);
}

/* ------------------------------------------------ policies as somebody wishes */

/* The run of a policy that decides in that way; NONE. */
static int find_like(const struct maker *m, const struct scheduler *by)
{
    for (int i = 0; i < m->rivals.count; i++) {
        const struct rival_run *run = m->all[i];
        const struct scheduler *its = run->asked ? &run->wish : run->rival.by;
        if (run->rival.kind == RIVAL_POLICY && its && settings_same(its, by))
            return i;
    }
    return NONE;
}

/* Where in the plan the contender of one more has its place: at the end, or in
 * that of one that takes no part, which goes. NONE: all that were added do. */
static int make_room(struct maker *m)
{
    struct comparison *plan = &m->plan;
    int n = 0, idle = NONE, at = 0;
    for (int i = 0; i < m->rivals.count; i++) {
        n += m->all[i]->asked;
        if (m->all[i]->asked && !m->all[i]->rival.on && idle == NONE)
            idle = i;
    }
    if (n < ADDED_MOST)
        return plan->count++;
    if (idle == NONE)
        return NONE;
    while (plan->all[at] != m->all[idle]->one)
        at++;
    take_out(m, idle);
    return at;
}

/* Behind the last one of its policy. */
static int place_for(const struct maker *m, enum policy_name policy)
{
    int at = m->rivals.count;
    for (int i = 0; i < m->rivals.count; i++)
        if (m->all[i]->rival.kind == RIVAL_POLICY &&
            m->all[i]->rival.policy == policy)
            at = i + 1;
    return at;
}

static int add_wish(void *self, const struct scheduler *by,
                    const struct scheduler *plain)
{
    struct maker *m = self;
    struct arena *a = &m->plan.arena;
    int at = find_like(m, by), place = at == NONE ? make_room(m) : at;
    if (place == NONE)
        return NONE;
    if (at == NONE) {
        struct contender *one = arena_alloc(a, sizeof *one);
        *one = (struct contender){.policy = by->policy, .options = m->options};
        one->options.overrides = scheduler_overrides(
            a, &m->options, by, &one->options.override_count);
        m->plan.all[place] = one;
        struct rival_run *run = run_of(m, one);
        run->asked = true;
        run->wish = *by;
        run->plain = *plain;
        rival_run_name(run);
        at = place_for(m, by->name);
        insert(m, run, at);
    }
    m->all[at]->rival.on = true;
    m->rivals.compared = false;
    return at;
}

/* Reads the file under the policy of run number `at`. */
static void load_policy(struct maker *m, int at)
{
    struct rival_run *run = m->all[at];
    struct str ignored = {0};
    if (contender_load(&m->plan, run->one, &ignored)) {
        run->rival.by = &run->one->loaded.scenario->scheduler;
        rival_run_name(run);
    } else {
        take_out(m, at);
    }
    str_free(&ignored);
}

/* The file's own first; then those that a lecture sets beside each other; of
 * periodic jobs those that know of deadlines. A run
 * that was left before anything else was done in it is the file's own. */
static void choose_first(struct maker *m)
{
    static const enum policy_name liked[] = {POLICY_edf,  POLICY_rm,
                                             POLICY_fcfs, POLICY_rr,
                                             POLICY_srtf, POLICY_priority,
                                             POLICY_mlfq};
    enum { FOR_JOBS = 2, ALL = sizeof liked / sizeof *liked };
    int likes = measures_jobs(m->loaded.scenario) ? FOR_JOBS : ALL;
    enum policy_name own = m->loaded.scenario->scheduler.name;
    int n = 0, plain = 0;
    for (int i = 0; i < m->rivals.count; i++) {
        const struct rival *r = m->shown[i];
        n += r->kind != RIVAL_POLICY;
        plain += r->kind == RIVAL_LEFT && r->turns == 0;
    }
    for (int i = 0; i < m->rivals.count; i++)
        if (m->shown[i]->kind == RIVAL_POLICY && m->shown[i]->policy == own &&
            !plain) {
            m->shown[i]->on = true;
            n++;
        }
    for (int k = 0; k < likes; k++)
        for (int i = 0; i < m->rivals.count && n < AT_FIRST; i++) {
            struct rival *r = m->shown[i];
            if (r->kind == RIVAL_POLICY && r->policy == liked[k] && !r->on &&
                r->policy != own) {
                r->on = true;
                n++;
            }
        }
}

static bool plan(struct maker *m)
{
    const struct loaded *l = &m->loaded;
    m->plan.o = &m->options;
    m->plan.out = &m->nowhere;
    m->plan.file = *l;
    if (!compare_plan_fitting(&m->plan, l->scenario->scheduler.policy))
        return false;
    for (int i = 0; i < m->plan.count; i++)
        add_policy(m, m->plan.all[i]);
    choose_first(m);
    return true;
}

static bool begin_all(void *self)
{
    struct maker *m = self;
    if (m->loaded.text.length > TEXT_MOST ||
        m->feed->trace->count > RIVAL_EVENTS_MOST)
        return false;
    renew_here(m);
    m->planned = m->planned || plan(m);
    return m->planned;
}

/* -------------------------------------------------------------------- work */

static bool wants(const struct rival_run *run)
{
    return !run->rival.over &&
           (run->rival.on || run->rival.kind == RIVAL_LEFT);
}

/* Short files are read for every policy, to say what its keys are. */
static bool lacks_file(const struct maker *m, const struct rival_run *run)
{
    return !run->rival.by &&
           (run->rival.on || m->loaded.text.length <= TEXT_SHORT);
}

static bool busy(const void *self)
{
    const struct maker *m = self;
    for (int i = 0; i < m->rivals.count; i++)
        if (wants(m->all[i]) || lacks_file(m, m->all[i]))
            return true;
    return !m->rivals.compared && m->planned;
}

/* All that take part are over: where do they part? */
static void compare(struct maker *m)
{
    struct comparison *c = &m->now;
    arena_free(&c->arena);
    *c = (struct comparison){.o = &m->options, .out = &m->nowhere};
    c->file.scenario = m->loaded.scenario;
    c->all = arena_alloc(&c->arena, RUNS_MOST * sizeof *c->all);
    for (int i = 0; i < m->rivals.count; i++)
        if (m->all[i]->rival.on)
            c->all[c->count++] = m->all[i]->one;
    compare_find_rows(c);
    compare_find_parting(c);
    m->rivals.parted = c->parting.there;
    m->rivals.parting = c->parting.t;
    m->rivals.parting_cpu = c->parting.cpu;
    m->rivals.compared = true;
    str_cut(&m->sentence, 0);
}

static void work_on(struct maker *m, struct rival_run *run)
{
    if (!run->sim)
        rival_run_begin(run, sim_new(run->one->loaded.scenario), &m->nowhere);
    rival_run_go_on(run, m->options.until);
    publish(m);
}

static void work(void *self)
{
    struct maker *m = self;
    for (int i = 0; i < m->rivals.count; i++) {
        if (lacks_file(m, m->all[i])) {
            load_policy(m, i);
            return;
        }
        if (wants(m->all[i])) {
            work_on(m, m->all[i]);
            return;
        }
    }
    if (!m->rivals.compared)
        compare(m);
}

static void choose(void *self, int which, bool on)
{
    struct maker *m = self;
    m->all[which]->rival.on = on;
    m->rivals.compared = false;
}

static void say_parting(void *self, enum lang lang, struct str *out)
{
    struct maker *m = self;
    if (!m->rivals.compared)
        return;
    if (!m->sentence.length || lang != m->options.lang) {
        m->options.lang = lang;
        str_cut(&m->sentence, 0);
        compare_say_parting(&m->now, false, &m->sentence);
    }
    str_add(out, str_text(&m->sentence));
}

/* ------------------------------------------------------------------- whole */

struct rivals *rivals_new(const struct options *o, const struct loaded *l,
                          const struct feed *f)
{
    struct maker *m = mem_new(1, sizeof *m);
    m->options = *o;
    m->loaded = *l;
    m->feed = f;
    rivals_rows_begin(&m->rows, l->scenario);
    m->rivals = (struct rivals){.self = m,
                                .all = m->shown,
                                .begin = begin_all,
                                .choose = choose,
                                .add = add_wish,
                                .leave = leave,
                                .stay = stay,
                                .busy = busy,
                                .work = work,
                                .say_parting = say_parting};
    return &m->rivals;
}

void rivals_free(struct rivals *r)
{
    struct maker *m = r->self;
    while (m->rivals.count)
        take_out(m, m->rivals.count - 1);
    for (int i = 0; i < m->plan.count; i++)
        contender_free(m->plan.all[i]);
    arena_free(&m->plan.arena);
    arena_free(&m->now.arena);
    rivals_rows_free(&m->rows);
    str_free(&m->sentence);
    free(m);
}
