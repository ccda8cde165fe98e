/* stage_do.c: what the user wants is carried out: one small function a wish,
 * and the table that finds it. */
#include "render/menus.h"
#include "render/stage_go.h"
#include "render/stage_predict.h"

#include "render/panel/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int procs(const struct stage *st)
{
    return st->travel.replay.world.head->procs;
}

/* Another view of time makes the lens follow again. */
static void play(struct stage *st, struct intent i)
{
    (void)i;
    travel_play(&st->travel, !st->travel.playing);
}

static void step(struct stage *st, struct intent i)
{
    (void)i;
    travel_step(&st->travel, 1, NONE);
}

static void back(struct stage *st, struct intent i)
{
    (void)i;
    travel_step(&st->travel, -1, NONE);
}

static bool selected(struct stage *st)
{
    if (st->view.selected != NONE && st->view.selected < procs(st))
        return true;
    stage_say(st, word(W_NOBODY_SELECTED, st->view.lang));
    return false;
}

static void step_own(struct stage *st, struct intent i)
{
    (void)i;
    if (selected(st))
        travel_step(&st->travel, 1, st->view.selected);
}

static void back_own(struct stage *st, struct intent i)
{
    (void)i;
    if (selected(st))
        travel_step(&st->travel, -1, st->view.selected);
}

static void first(struct stage *st, struct intent i)
{
    (void)i;
    travel_first(&st->travel);
}

static void last(struct stage *st, struct intent i)
{
    (void)i;
    travel_last(&st->travel);
}

static void seek(struct stage *st, struct intent i)
{
    travel_seek(&st->travel, (tick)fmin(fmax(i.value, 0), 1e15));
}

static void go_to(struct stage *st, struct intent i)
{
    (void)i;
    st->view.overlay = OVERLAY_GO_TO;
    st->view.field[0] = '\0';
    st->ui.focus = 0;
}

static void go(struct stage *st, struct intent i)
{
    (void)i;
    char *end;
    double t = strtod(st->view.field, &end);
    bool number = end != st->view.field && *end == '\0' && t >= 0 && t < 1e15;
    st->ui.focus = 0;
    st->view.overlay = OVERLAY_NONE;
    if (number)
        travel_run(&st->travel, (tick)t);
}

static void speed(struct stage *st, struct intent i)
{
    int to = st->travel.speed + (i.what == DO_FASTER ? 1 : -1);
    if (i.what == DO_SPEED)
        to = (int)i.value;
    st->travel.speed = to < 0 ? 0 : to >= SPEEDS ? SPEEDS - 1 : to;
}

static void choose(struct stage *st, struct intent i)
{
    struct view *v = &st->view;
    if (i.what == DO_SELECT_NEXT || i.what == DO_SELECT_BEFORE)
        view_select_next(v, i.what == DO_SELECT_NEXT ? 1 : -1, procs(st));
    else if (i.arg < procs(st))
        v->selected = v->selected == i.arg && i.what == DO_SELECT
                          ? NONE
                          : (int)i.arg;
}

static void suspend(struct stage *st, struct intent i)
{
    (void)i;
    if (!selected(st))
        return;
    int p = st->view.selected, state = st->travel.replay.world.task[p].state;
    bool out = state == READY_SUSPENDED || state == BLOCKED_SUSPENDED;
    travel_act(&st->travel, out ? ACTION_ACTIVATE : ACTION_SUSPEND, p);
}

static void kill_it(struct stage *st, struct intent i)
{
    (void)i;
    if (selected(st))
        travel_act(&st->travel, ACTION_KILL, st->view.selected);
}

/* ---- the scheduler, and other runs ---- */

static void scheduler(struct stage *st, struct intent i)
{
    (void)i;
    whatif_begin(st);
}

static void policy(struct stage *st, struct intent i)
{
    whatif_policy(st, i.arg);
}

static void setting(struct stage *st, struct intent i)
{
    st->view.setting_at = (int)i.arg;
    if (i.value < 0 || i.value > 0)
        whatif_setting(st, i.arg, (tick)i.value);
}

static void add_rival(struct stage *st, struct intent i)
{
    (void)i;
    whatif_begin_rival(st);
}

static void reschedule(struct stage *st, struct intent i)
{
    (void)i;
    whatif_decide(st);
}

static void compare(struct stage *st, struct intent i)
{
    (void)i;
    rivals_begin(st);
}

static void rival(struct stage *st, struct intent i)
{
    rivals_choose(st, i.arg);
}

static void visit(struct stage *st, struct intent i)
{
    st->view.overlay = OVERLAY_NONE;
    seek(st, i);
}

/* ---- the lens ---- */

static double most_time(const struct stage *st)
{
    return fmax((double)st->travel.seen_time * 1.5, 40);
}

static void zoom_at(struct stage *st, double t, double factor)
{
    st->view.lens_mode = LENS_FREE;
    lens_zoom(&st->view.lens, t, factor, most_time(st));
}

static struct rect plot_of(struct stage *st)
{
    struct scene s = {.ui = &st->ui, .view = &st->view};
    return timeline_plot(&s, st->layout.at[PANEL_TIMELINE]);
}

/* By key: at the pointer if it is over the plot, else at the playhead. */
static void zoom(struct stage *st, struct intent i)
{
    double t = st->travel.clock;
    struct rect plot = st->ui.theme ? plot_of(st) : (struct rect){0, 0, 1, 1};
    if (st->in && rect_has(plot, st->in->x, st->in->y))
        t = lens_time(&st->view.lens, plot, st->in->x);
    zoom_at(st, t, i.what == DO_ZOOM_IN ? 1.5 : 1 / 1.5);
}

static void wheel(struct stage *st, struct intent i)
{
    zoom_at(st, (double)i.arg / 1e6, i.value);
}

static void pan(struct stage *st, struct intent i)
{
    double by = (st->view.lens.to - st->view.lens.from) / 8;
    if (i.what == DO_PAN_LEFT)
        by = -by;
    if (i.what == DO_LENS_PAN)
        by = i.value;
    st->view.lens_mode = LENS_FREE;
    lens_pan(&st->view.lens, by, most_time(st));
}

static void show(struct stage *st, struct intent i)
{
    st->view.lens_mode = LENS_FREE;
    lens_pan(&st->view.lens, i.value - st->view.lens.from, most_time(st));
}

static void fit(struct stage *st, struct intent i)
{
    (void)i;
    st->view.lens_mode = LENS_FIT;
}

static void focus(struct stage *st, struct intent i)
{
    (void)i;
    st->view.lens_mode = LENS_FREE;
    lens_show(&st->view.lens, st->travel.clock - 8, st->travel.clock + 8);
}

/* ---- how it looks ---- */

static void tab(struct stage *st, struct intent i)
{
    int *at = &st->view.tab;
    if (i.what == DO_TAB_NEXT)
        *at = tabs_next(&st->layout.tabs, *at);
    else
        *at = *at == i.arg ? NONE : (int)i.arg;
}

/* ---- what lies over the window ---- */

void stage_list_here(struct stage *st)
{
    for (int l = 0; l < st->options.lesson_count; l++)
        if (strcmp(st->options.lessons[l].path, str_text(&st->path)) == 0)
            st->view.list_at = l;
}

static void overlay(struct stage *st, struct intent i)
{
    enum overlay to = i.what == DO_HELP      ? OVERLAY_HELP
                      : i.what == DO_LESSONS ? OVERLAY_LESSONS
                                             : OVERLAY_NOTES;
    st->view.overlay = st->view.overlay == to ? OVERLAY_NONE : to;
    st->view.overlay_scroll = to == OVERLAY_LESSONS ? -1 : 0;
    stage_list_here(st);
}

static void close_overlay(struct stage *st, struct intent i)
{
    (void)i;
    whatif_close(st);
    st->ui.focus = 0;
}

static void escape(struct stage *st, struct intent i)
{
    (void)i;
    if (st->view.finding)
        stage_find_close(st, i);
    else if (st->travel.goal >= 0 || st->travel.steps_owed)
        travel_halt(&st->travel);
    else if (st->travel.playing)
        travel_play(&st->travel, false);
    else {
        st->view.selected = NONE;
        st->view.object = 0;
    }
}

static void quit(struct stage *st, struct intent i)
{
    (void)i;
    stage_quit(st);
}

static void close_edit(struct stage *st, struct intent i)
{
    (void)i;
    stage_edit_close(st);
}

static void list_at(struct stage *st, struct intent i)
{
    st->view.list_at = (int)i.arg;
}

static void (*const does[])(struct stage *, struct intent) = {
    [DO_PLAY] = play,
    [DO_STEP] = step,
    [DO_BACK] = back,
    [DO_STEP_OWN] = step_own,
    [DO_BACK_OWN] = back_own,
    [DO_FIRST] = first,
    [DO_LAST] = last,
    [DO_GO_TO] = go_to,
    [DO_SLOWER] = speed,
    [DO_FASTER] = speed,
    [DO_SELECT_NEXT] = choose,
    [DO_SELECT_BEFORE] = choose,
    [DO_SELECT_NUMBER] = choose,
    [DO_OBJECT_NEXT] = stage_object_next,
    [DO_SUSPEND] = suspend,
    [DO_KILL] = kill_it,
    [DO_EDIT] = stage_edit,
    [DO_UNDO] = stage_undo,
    [DO_REDO] = stage_undo,
    [DO_EDIT_MARK] = stage_edit_mark,
    [DO_EDIT_ENTER] = stage_edit_enter,
    [DO_EDIT_TYPED] = stage_edit_typed,
    [DO_EDIT_STEP] = stage_edit_step,
    [DO_EDIT_PROCESS] = stage_edit_process,
    [DO_EDIT_ADD] = stage_edit_add,
    [DO_EDIT_INSERT] = stage_edit_insert,
    [DO_EDIT_OFFER] = stage_edit_offer,
    [DO_EDIT_REMOVE] = stage_edit_remove,
    [DO_EDIT_MOVE] = stage_edit_move,
    [DO_EDIT_CLOSE] = close_edit,
    [DO_SETTLE] = stage_settle,
    [DO_SCHEDULER] = scheduler,
    [DO_POLICY] = policy,
    [DO_SETTING] = setting,
    [DO_RIVAL_ADD] = add_rival,
    [DO_RESCHEDULE] = reschedule,
    [DO_PREDICT] = stage_predict,
    [DO_SCORE] = stage_score,
    [DO_ANSWER] = stage_answer,
    [DO_HANDS] = stage_hands,
    [DO_VOTE] = stage_vote,
    [DO_COUNT] = stage_count,
    [DO_SKIP] = stage_skip,
    [DO_GO_ON] = stage_go_on,
    [DO_SCORE_ROW] = stage_score_row,
    [DO_SCORE_CLEAR] = stage_score_clear,
    [DO_COMPARE] = compare,
    [DO_RIVAL] = rival,
    [DO_VISIT] = visit,
    [DO_ZOOM_IN] = zoom,
    [DO_ZOOM_OUT] = zoom,
    [DO_PAN_LEFT] = pan,
    [DO_PAN_RIGHT] = pan,
    [DO_FIT] = fit,
    [DO_FOCUS] = focus,
    [DO_TAB_NEXT] = tab,
    [DO_TAB] = tab,
    [DO_LANGUAGE] = stage_language,
    [DO_THEME] = stage_theme,
    [DO_PROJECTOR] = stage_projector,
    [DO_MOTION] = stage_motion,
    [DO_TEXT_LARGER] = stage_text_size,
    [DO_TEXT_SMALLER] = stage_text_size,
    [DO_TEXT_NORMAL] = stage_text_size,
    [DO_SPLIT] = stage_split,
    [DO_SPLIT_NEXT] = stage_split_next,
    [DO_KEEP] = stage_split,
    [DO_BOOKMARK] = stage_bookmark,
    [DO_BOOKMARK_NEXT] = stage_bookmark_next,
    [DO_BOOKMARK_BEFORE] = stage_bookmark_next,
    [DO_FIND] = stage_find,
    [DO_FIND_NEXT] = stage_find_next,
    [DO_FIND_BEFORE] = stage_find_next,
    [DO_FIND_CLOSE] = stage_find_close,
    [DO_BREAK] = stage_break,
    [DO_BREAKS] = stage_breaks,
    [DO_BREAK_AT] = stage_break_at,
    [DO_BREAK_AWAY] = stage_break_away,
    [DO_FOLLOW_BACK] = stage_follow,
    [DO_FOLLOW_ON] = stage_follow,
    [DO_MARK_A] = stage_mark_here,
    [DO_MARK_B] = stage_mark_here,
    [DO_MARK] = stage_mark,
    [DO_LESSONS] = overlay,
    [DO_NOTES] = overlay,
    [DO_SAVE] = stage_save,
    [DO_RELOAD] = stage_reload,
    [DO_FULL_SCREEN] = stage_full_screen,
    [DO_SCREENSHOT] = stage_screenshot,
    [DO_HELP] = overlay,
    [DO_ESCAPE] = escape,
    [DO_QUIT] = quit,
    [DO_MENU] = stage_menu,
    [DO_MENU_AT] = stage_menu_at,
    [DO_SEEK] = seek,
    [DO_SELECT] = choose,
    [DO_SELECT_OBJECT] = stage_object,
    [DO_SPEED] = speed,
    [DO_OPEN] = stage_open_lesson,
    [DO_LIST_AT] = list_at,
    [DO_LENS_ZOOM] = wheel,
    [DO_LENS_PAN] = pan,
    [DO_LENS_SHOW] = show,
    [DO_GO] = go,
    [DO_CLOSE] = close_overlay,
};

bool stage_does(int what)
{
    return what > 0 && (size_t)what < sizeof does / sizeof *does && does[what];
}

/* How the window looks is kept at once: who knows how it will end. */
static bool is_look(int what)
{
    return what == DO_LANGUAGE || what == DO_THEME || what == DO_PROJECTOR ||
           what == DO_TEXT_LARGER || what == DO_TEXT_SMALLER ||
           what == DO_TEXT_NORMAL || what == DO_MOTION ||
           what == DO_KEEP;
}

void stage_do(struct stage *st, struct intent i)
{
    if (i.what != DO_MENU && i.what != DO_MENU_AT)
        st->view.menu = MENU_NONE;
    if (stage_does(i.what) && stage_predict_lets(st, i.what)) {
        stage_foresee(st);
        does[i.what](st, i);
        stage_foresee(st);
    }
    if (is_look(i.what))
        stage_keep(st);
}
