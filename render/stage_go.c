/* stage_go.c: markers on the timeline, and ways through a run that follow what
 * happened in it. */
#include "render/stage_go.h"

#include "render/follow.h"

#include <math.h>

void stage_mark_here(struct stage *st, struct intent i)
{
    tick *mark = &st->view.mark[i.what == DO_MARK_A ? MARK_A : MARK_B];
    tick now = (tick)st->travel.clock;
    *mark = *mark == now ? MARK_NONE : now;
}

void stage_mark(struct stage *st, struct intent i)
{
    if (i.arg >= 0 && i.arg < MARK_COUNT)
        st->view.mark[i.arg] = (tick)fmin(fmax(i.value, 0), 1e15);
}

/* ---- along arrows ---- */

/* Whoever is selected, else whom the last step is about. */
static int present_process(const struct stage *st)
{
    const struct trace *tr = st->travel.feed->trace;
    struct step_range step = travel_last_step(&st->travel);
    int procs = st->travel.replay.world.head->procs;
    if (st->view.selected != NONE && st->view.selected < procs)
        return st->view.selected;
    for (size_t i = step.end; i-- > step.begin;)
        if (event_is_step(trace_at(tr, i)) && trace_at(tr, i)->proc >= 0)
            return trace_at(tr, i)->proc;
    return NONE;
}

/* Says the word about `proc`. */
static void say_of(struct stage *st, enum word w, int proc)
{
    struct str name = {0}, text = {0};
    world_write_name(&st->travel.replay.world, proc, &name);
    str_addf(&text, word(w, st->view.lang), str_text(&name));
    stage_say(st, str_text(&text));
    str_free(&name);
    str_free(&text);
}

void stage_in_sight(struct stage *st)
{
    if (st->view.lens_mode == LENS_FREE)
        lens_follow(&st->view.lens, st->travel.clock);
}

void stage_follow(struct stage *st, struct intent i)
{
    const struct lod *lod = &st->travel.lod;
    struct passage l;
    bool on = i.what == DO_FOLLOW_ON;
    int proc = present_process(st);
    if (proc == NONE) {
        stage_say(st, word(W_NOBODY_SELECTED, st->view.lang));
        return;
    }
    bool found =
        on ? follow_on(lod, travel_last_step(&st->travel).begin, proc, &l)
           : follow_back(lod, travel_cursor(&st->travel), proc, &l);
    if (!found) {
        say_of(st, on ? W_FOLLOW_NOT_ON : W_FOLLOW_NOT_BACK, proc);
        return;
    }
    travel_go(&st->travel, on ? l.effect : l.cause);
    st->view.selected = on ? l.to : l.from;
    stage_in_sight(st);
}
