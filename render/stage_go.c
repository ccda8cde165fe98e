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

/* ---- breakpoints ---- */

/* Says the word about a breakpoint. */
static void say_break(struct stage *st, enum word w, struct break_at at)
{
    struct str name = {0}, text = {0};
    break_write(at, &st->travel.replay.world, st->view.lang, &name);
    str_addf(&text, word(w, st->view.lang), str_text(&name));
    stage_say(st, str_text(&text));
    str_free(&name);
    str_free(&text);
}

static void toggle(struct stage *st, struct break_at at)
{
    struct breaks *b = &st->travel.breaks;
    if (!breaks_toggle(b, at))
        stage_say(st, word(W_BREAK_FULL, st->view.lang));
    else
        say_break(st, breaks_place(b, at) >= 0 ? W_BREAK_SET : W_BREAK_AWAY,
                  at);
}

void stage_break(struct stage *st, struct intent i)
{
    const struct trace *tr = st->travel.feed->trace;
    struct step_range step = travel_last_step(&st->travel);
    int procs = st->travel.replay.world.head->procs;
    (void)i;
    if (st->view.selected != NONE && st->view.selected < procs) {
        toggle(st, (struct break_at){BREAK_PROCESS, st->view.selected});
        return;
    }
    for (size_t at = step.end; at-- > step.begin;)
        if (event_is_step(trace_at(tr, at))) {
            toggle(st, break_of_event(st->travel.feed->scenario, tr, at));
            return;
        }
    stage_say(st, word(W_BREAK_NOTHING, st->view.lang));
}

void stage_break_at(struct stage *st, struct intent i)
{
    toggle(st, (struct break_at){(enum break_kind)(i.arg / 65536),
                                 (int)(i.arg % 65536)});
}

void stage_breaks(struct stage *st, struct intent i)
{
    (void)i;
    bool open = st->view.overlay == OVERLAY_BREAKS;
    st->view.overlay = open ? OVERLAY_NONE : OVERLAY_BREAKS;
    st->view.overlay_scroll = 0;
    st->view.list_at = 0;
}

void stage_break_away(struct stage *st, struct intent i)
{
    breaks_remove(&st->travel.breaks, (int)i.arg);
}

void stage_tell_break(struct stage *st)
{
    const struct breaks *b = &st->travel.breaks;
    int which = st->travel.broke;
    st->travel.broke = NONE;
    if (which == NONE || which >= b->count)
        return;
    say_break(st, W_BREAK_HIT, b->all[which]);
    stage_in_sight(st);
}

/* Enter at one that is offered; the mark stays with it. */
static void choose_break(struct stage *st)
{
    struct break_at offered[BREAKS_OFFERED_MOST];
    const struct travel *tv = &st->travel;
    int n = tv->breaks.count, at = st->view.list_at - n;
    breaks_offered(tv->feed->scenario, tv->replay.world.head->procs, offered);
    if (at < 0)
        breaks_remove(&st->travel.breaks, st->view.list_at);
    else
        toggle(st, offered[at]);
    if (at >= 0)
        st->view.list_at += tv->breaks.count - n;
}

/* The mark stays among those that are left. */
static void remove_break(struct stage *st)
{
    struct breaks *b = &st->travel.breaks;
    int *at = &st->view.list_at;
    if (*at >= b->count)
        return;
    breaks_remove(b, *at);
    if (*at >= b->count && b->count)
        *at = b->count - 1;
}

/* The mark goes through those that are set, then through what is offered. */
bool stage_breaks_key(struct stage *st, int key)
{
    struct break_at offered[BREAKS_OFFERED_MOST];
    const struct travel *tv = &st->travel;
    int *at = &st->view.list_at, all = tv->breaks.count;
    int more = breaks_offered(tv->feed->scenario,
                              tv->replay.world.head->procs, offered);
    all += more;
    st->view.reveal = true;
    if (key == KEY_UP || key == KEY_LEFT)
        --*at;
    else if (key == KEY_DOWN || key == KEY_RIGHT || key == KEY_TAB)
        ++*at;
    else if (key == KEY_HOME || key == KEY_END)
        *at = key == KEY_HOME ? 0 : all - 1;
    else if (key == KEY_ENTER || key == ' ')
        choose_break(st);
    else if (key == KEY_DELETE || key == KEY_BACKSPACE)
        remove_break(st);
    else
        return false;
    all = tv->breaks.count + more;
    *at = *at < 0 ? 0 : *at >= all ? all - 1 : *at;
    return true;
}
