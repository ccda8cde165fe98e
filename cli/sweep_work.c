/* sweep_work.c: all runs of a sweep on all CPUs, and their rows in order.
 *
 * The one process that people started hands out runs, keeps the rows that
 * come too early, and passes them on in the order of their numbers: so what
 * is written does not depend on who was faster. */
#include "cli/sweep.h"

#include "cli/cores.h"
#include "cli/crew.h"
#include "cli/source.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { BATCH_MOST = 64, SHARES = 16, AHEAD = 8 };

struct works {
    const struct sweep *sweep;
    sweep_taker *take;
    void *self;
    struct progress progress;
    struct crew crew;
    int64_t ordered, done; /* runs, from sweep->first on */
    int64_t batch, window; /* runs a worker gets at once; rows kept at most */
    struct sweep_row *kept; /* by run % window … */
    bool *there;            /* … if it is */
    int64_t differ;
    bool over; /* nobody wants more, or a run could not be */
    enum status status;
};

/* ---------------------------------------------------------------- the rows */

/* The run of a row that cannot be: the complaint is the loader's own. */
static enum status say_bad(const struct sweep *s, const struct sweep_row *row)
{
    struct combination c = sweep_combination(s, row->run);
    if (row->kind == ROW_ENDLESS)
        return fail(STATUS_USAGE, s->o->lang, W_CLI_ENDLESS,
                    str_text(&s->file.path), row->line, (long long)row->end);
    struct scenario *sc = sweep_scenario(s, &c, NULL);
    if (sc)
        scenario_free(sc);
    return STATUS_USAGE;
}

static void pass_on(struct works *w, const struct sweep_row *row)
{
    if (row->kind != ROW_WELL) {
        progress_end(&w->progress);
        w->status = say_bad(w->sweep, row);
        w->over = true;
        return;
    }
    w->done++;
    w->differ += row->differences > 0;
    w->over = !w->take(w->self, row);
    progress_say_runs(&w->progress, w->done, w->sweep->count);
}

static void keep(void *self, const struct sweep_row *row)
{
    struct works *w = self;
    int64_t at = row->run % w->window;
    w->kept[at] = *row;
    w->there[at] = true;
    for (;;) {
        at = (w->sweep->first + w->done) % w->window;
        if (w->over || !w->there[at])
            return;
        w->there[at] = false;
        pass_on(w, &w->kept[at]);
    }
}

/* ---------------------------------------------------------------- the crew */

static void hand_out(struct works *w)
{
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < w->crew.count; i++) {
            int64_t n = w->sweep->count - w->ordered;
            n = n < w->batch ? n : w->batch;
            if (!n || w->ordered + n > w->done + w->window ||
                !crew_may_order(&w->crew.all[i]))
                continue;
            int64_t first = w->sweep->first + w->ordered;
            crew_order(&w->crew.all[i], first, first + n);
            w->ordered += n;
        }
}

static enum status say_lost(const struct works *w, int which)
{
    struct worker *one = &w->crew.all[which];
    enum lang lang = w->sweep->o->lang;
    struct str values = {0};
    int64_t run = one->next;
    int status = crew_end(one, false);
    sweep_write_values(w->sweep, run, &values);
    enum status s =
        WIFSIGNALED(status)
            ? fail(STATUS_MACHINE, lang, W_CLI_SWEEP_DIED, str_text(&values),
                   WTERMSIG(status), strsignal(WTERMSIG(status)))
            : fail(STATUS_MACHINE, lang, W_CLI_SWEEP_ENDED, str_text(&values),
                   WEXITSTATUS(status));
    str_free(&values);
    return s;
}

static void work_with_crew(struct works *w)
{
    while (!w->over && w->done < w->sweep->count) {
        int lost;
        hand_out(w);
        bool well = crew_read(&w->crew, keep, w, &lost);
        progress_say_runs(&w->progress, w->done, w->sweep->count);
        if (well || w->over || w->done >= w->sweep->count)
            continue;
        progress_end(&w->progress);
        w->status = say_lost(w, lost);
        w->over = true;
    }
}

/* ------------------------------------------------------------------- alone */

static bool always(void)
{
    return true;
}

static void work_alone(struct works *w)
{
    const struct sweep *s = w->sweep;
    while (!w->over && w->done < s->count) {
        struct sweep_row row;
        sweep_run(s, s->first + w->done, always, &row);
        pass_on(w, &row);
    }
}

/* ------------------------------------------------------------------- whole */

static int workers_for(const struct sweep *s)
{
    int n = s->o->jobs ? s->o->jobs : cores_count();
    n = n > JOBS_MOST ? JOBS_MOST : n;
    return n > s->count ? (int)s->count : n;
}

static void measure(struct works *w, int workers)
{
    w->batch = w->sweep->count / ((int64_t)workers * SHARES);
    w->batch = w->batch < 1            ? 1
               : w->batch > BATCH_MOST ? BATCH_MOST
                                       : w->batch;
    w->window = w->batch * workers * AHEAD;
    w->kept = mem_new((size_t)w->window, sizeof *w->kept);
    w->there = mem_new((size_t)w->window, sizeof *w->there);
}

/* They are told, but are no fault: the file expects what it says itself. */
static void say_differences(const struct works *w)
{
    note(w->sweep->o->lang, W_CLI_SWEEP_DIFFERS,
         str_text(&w->sweep->file.path), (long long)w->differ,
         (long long)w->done);
}

enum status sweep_work(const struct sweep *s, sweep_taker *take, void *self)
{
    struct works w = {.sweep = s, .take = take, .self = self};
    int workers = workers_for(s);
    progress_begin(&w.progress, s->o->lang);
    if (workers > 1) {
        measure(&w, workers);
        if (crew_start(&w.crew, s, workers))
            work_with_crew(&w);
    }
    if (!w.crew.count)
        work_alone(&w); /* also where no process is to be had */
    progress_end(&w.progress);
    crew_free(&w.crew);
    free(w.kept);
    free(w.there);
    if (w.status == STATUS_WELL && w.differ)
        say_differences(&w);
    return w.status;
}
