/* stage.c: one frame after the other.
 *
 * The order within a frame: travel (the feed, the clock), tokens that set out,
 * the lens, then the panels. Wishes are gathered while panels are drawn and
 * carried out afterwards (stage_do.c), so no panel ever sees a world that
 * changes under it. */
#include "render/stage.h"

#include "render/menus.h"
#include "render/panel/timeline.h"
#include "render/stage_go.h"
#include "render/stage_predict.h"
#include "sim/base/promises.h"
#include "sim/model/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The lens shows all of a run as long as a tick has that many units. */
static const double least_tick = 5;

static void remember(struct stage *st, const struct habits *h)
{
    if (!h)
        return;
    if (h->text_scale >= TEXT_SCALE_LEAST && h->text_scale <= TEXT_SCALE_MOST)
        st->view.text_scale = h->text_scale;
    st->view.reduced_motion |= h->still;
    if (h->speed >= 0 && h->speed < SPEEDS)
        st->travel.speed = h->speed;
    for (int i = 0; i < SPLITS; i++)
        st->view.split[i] = h->split[i];
    if (h->predict_kinds && h->predict_kinds <= QUESTIONS_ALL)
        st->predict.wish.kinds = h->predict_kinds;
    if (h->predict_every >= 1 && h->predict_every <= PREDICT_EVERY_MOST)
        st->predict.wish.every = h->predict_every;
}

void stage_open(struct stage *st, struct feed *feed,
                const struct app_options *options, struct font_set *fonts)
{
    *st = (struct stage){.options = *options, .fonts = fonts, .last = -1};
    st->edit.open = NONE;
    travel_open(&st->travel, feed);
    view_init(&st->view, options->lang, options->theme);
    predict_init(&st->predict);
    st->view.reduced_motion = options->reduced_motion;
    str_add(&st->path, feed->scenario->path);
    remember(st, options->habits);
    stage_recall(st);
    if (options->choose) {
        st->view.overlay = OVERLAY_LESSONS;
        st->view.overlay_scroll = -1;
    } else if (text_in(feed->scenario->notes, options->lang)[0])
        st->view.overlay = OVERLAY_NOTES;
    stage_list_here(st);
    if (options->remark)
        stage_say(st, options->remark);
}

void stage_close(struct stage *st)
{
    predict_free(&st->predict);
    find_drop(&st->find);
    travel_close(&st->travel);
    ui_free(&st->ui);
    str_free(&st->path);
    str_free(&st->complaints);
    str_free(&st->select);
    edit_free(&st->edit);
    str_free(&st->notice);
    *st = (struct stage){0};
}

void stage_say(struct stage *st, const char *text)
{
    str_cut(&st->notice, 0);
    str_add(&st->notice, text);
    st->notice_until = (st->in ? st->in->now : 0) + 4;
}

/* ---- tokens ---- */

enum { FAR /* events */ = 256 };

/* What happened between the last frame and this one moves, if it was a step or
 * a few, forwards or back. */
static bool begin_motion(struct stage *st, size_t cursor, double now)
{
    size_t from = cursor < st->shown ? cursor : st->shown;
    size_t to = cursor < st->shown ? st->shown : cursor;
    bool back = cursor < st->shown;
    bool slow = !st->travel.playing || travel_speeds[st->travel.speed] <= 8;
    if (to == from)
        return false;
    view_arrive(&st->view);
    if (to - from >= FAR || !slow || st->view.reduced_motion)
        return false;
    motion_begin(&st->view.motion, st->travel.feed->trace,
                 (struct motion){from, to, back, now});
    return true;
}

/* Remembers who is in which state now; those that were elsewhere in the last
 * frame set out. */
static void set_out(struct stage *st, double now)
{
    const struct world *w = st->travel.replay.world.head
                                ? &st->travel.replay.world
                                : NULL;
    require(w);
    size_t cursor = travel_cursor(&st->travel);
    bool back = cursor < st->shown;
    bool moves = begin_motion(st, cursor, now);
    int n = w->head->procs < STATES_KEPT ? w->head->procs : STATES_KEPT;
    for (int i = 0; i < n; i++) {
        enum state to = (enum state)w->task[i].state;
        enum state from = i < st->states_known ? (enum state)st->states[i] : to;
        if (moves && from != to)
            view_move(&st->view, (struct move){i, from, to, now, back});
        st->states[i] = (uint8_t)to;
    }
    st->states_known = n;
    st->shown = cursor;
    view_settle(&st->view, now);
}

/* ---- the lens ---- */

static void aim_lens(struct stage *st, float plot_width)
{
    struct view *v = &st->view;
    const struct rival *left = st->predict.on
                                   ? NULL
                                   : rivals_left(st->travel.feed->rivals);
    double seen = fmax((double)st->travel.seen_time, st->travel.clock);
    if (left && (double)left->left <= st->travel.clock)
        seen = fmax(seen, (double)left->end);
    double fits = fmax(plot_width, 100) / least_tick;
    bool over = travel_known(&st->travel) &&
                st->travel.seen == st->travel.feed->trace->count;
    if (v->lens_mode == LENS_FIT && over) {
        lens_show(&v->lens, 0, seen * 1.03 + 1);
    } else if (v->lens_mode == LENS_FIT) {
        lens_fit(&v->lens, seen, 20);
    } else if (v->lens_mode == LENS_FOLLOW && seen * 1.1 <= fits) {
        lens_fit(&v->lens, seen, 20);
    } else if (v->lens_mode == LENS_FOLLOW) {
        if (v->lens.to - v->lens.from > fits * 1.01 ||
            v->lens.to - v->lens.from < fits * 0.99)
            lens_show(&v->lens, v->lens.from, v->lens.from + fits);
        lens_follow(&v->lens, st->travel.clock);
    } else if (st->travel.playing) {
        lens_follow(&v->lens, st->travel.clock);
    }
}

/* ---- the picture ---- */

static struct scene scene_of(struct stage *st)
{
    struct travel *tv = &st->travel;
    present_be(&st->present, tv, travel_now(tv));
    return (struct scene){.ui = &st->ui,
                          .view = &st->view,
                          .travel = tv,
                          .feed = tv->feed,
                          .scenario = tv->feed->scenario,
                          .trace = tv->feed->trace,
                          .world = &tv->replay.world,
                          .present = &st->present,
                          .lessons = st->options.lessons,
                          .lesson_count = st->options.lesson_count,
                          .predict = &st->predict,
                          .edit = &st->edit,
                          .find = &st->find,
                          .complaints = str_text(&st->complaints)};
}

/* A sentence near the bottom: what was saved, what is being waited for. */
static void draw_notice(struct stage *st, const char *text)
{
    struct ui *ui = &st->ui;
    float w = fminf(ui_width(ui, TYPE_STRONG, text) + 2 * SPACE_4,
                    ui->all.w - 40);
    float h = ui_leading(ui, TYPE_STRONG) + SPACE_4;
    struct rect at = {(ui->all.w - w) / 2,
                      st->layout.at[PANEL_TRANSPORT].y - h - SPACE_2, w, h};
    draw_box(ui->draw, (struct box){.at = at, .radius = 8,
                                    .fill = ui_tone(ui, TONE_TIP)});
    ui_label_short(ui, rect_inset_xy(at, SPACE_4, 0), TYPE_STRONG,
                   ui_tone(ui, TONE_TIP_TEXT), ALIGN_CENTRE, text);
}

/* What has just been said is seen over a dialog, too. */
static void draw_notices(struct stage *st, const struct scene *s)
{
    if (st->notice.length && st->in->now < st->notice_until) {
        ui_layer_push(&st->ui, LAYER_TIP, (struct rect){0, 0, 0, 0});
        draw_notice(st, str_text(&st->notice));
        ui_layer_pop(&st->ui);
    } else if (s->feed->ended && !travel_known(&st->travel))
        draw_notice(st, word(W_LIVE_GONE, st->ui.lang));
    else if (st->travel.goal >= 0 || st->travel.steps_owed)
        draw_notice(st, scene_say(s, W_WORKING, scene_number(s, scene_now(s))));
    else if (s->feed->notice && travel_cursor(&st->travel) == 0)
        draw_notice(st, s->feed->notice);
}

float screen_scale(bool big, float text_scale, int width, int height)
{
    float w = (float)width, h = (float)height;
    float screen = big ? fminf(w / 1900, h / 1060) : fminf(w / 1500, h / 850);
    /* On a projector the timeline of some processes has to have room. */
    float small = big ? fminf(w / 1240, h / 800) : fminf(w / 1180, h / 780);
    float least = big ? 0.8f : 0.85f;
    screen = floorf(screen * 8) / 8;
    screen = screen > 1 ? screen : fminf(fmaxf(small, least), 1);
    float most = fminf(w / 1000, h / 680);
    return fmaxf(fminf(screen * text_scale, most), 0.5f);
}

float stage_scale(const struct stage *st, int width, int height)
{
    return screen_scale(theme_of(st->view.theme)->big, st->view.text_scale,
                        width, height);
}

static void describe(struct stage *st, const struct input *in)
{
    float scale = stage_scale(st, st->width, st->height);
    ui_begin(&st->ui,
             (struct ui_setup){.theme = theme_of(st->view.theme),
                               .text = st->fonts,
                               .lang = st->view.lang,
                               .width = (float)st->width / scale,
                               .height = (float)st->height / scale,
                               .scale = scale,
                               .in = in});
    stage_find_on(st);
    struct scene s = scene_of(st);
    layout_scene(&s, &st->layout);
    struct rect plot = timeline_plot(&s, st->layout.at[PANEL_TIMELINE]);
    aim_lens(st, plot.w);
    s.tabs = &st->layout.tabs;
    for (int i = 0; i < PANEL_COUNT; i++) {
        s.drawing = (enum panel_id)i;
        if (st->layout.at[i].w > 0)
            panels[i]->draw(&s, st->layout.at[i]);
    }
    splitters_draw(&s, &st->layout);
    draw_notices(st, &s);
    if (st->view.finding && st->view.overlay == OVERLAY_NONE)
        find_draw(&s);
    overlay_draw(&s);
    menus_draw(&s);
    st->ui.moving |= motion_is_on(&st->view.motion, in->now);
    ui_end(&st->ui);
}

bool stage_update(struct stage *st, double now)
{
    double seconds = st->last < 0 ? 0 : now - st->last;
    st->last = now;
    stage_foresee(st);
    bool changed = travel_update(&st->travel, fmin(seconds, 0.25));
    stage_foresee(st);
    stage_select_again(st);
    stage_tell_break(st);
    return rivals_update(st) || changed;
}

/* ---- keys ---- */

/* In the list of lessons the arrow keys choose, Enter opens. */
static bool list_key(struct stage *st, int key)
{
    struct view *v = &st->view;
    int n = st->options.lesson_count, by = 0;
    if (key == KEY_ENTER && n)
        stage_do(st, (struct intent){.what = DO_OPEN, .arg = v->list_at});
    else if (key == KEY_UP || key == KEY_DOWN)
        by = key == KEY_UP ? -1 : 1;
    else if (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN)
        by = key == KEY_PAGE_UP ? -8 : 8;
    else if (key == KEY_HOME || key == KEY_END)
        by = key == KEY_HOME ? -n : n;
    else
        return false;
    int to = v->list_at + by;
    v->list_at = to < 0 ? 0 : to >= n ? (n ? n - 1 : 0) : to;
    v->reveal = true;
    return true;
}

static bool unsaved_key(struct stage *st, int key)
{
    int what = key == KEY_ENTER || key == 's' ? SETTLE_SAVE
               : key == 'd'                   ? SETTLE_DISCARD
               : key == KEY_ESCAPE            ? SETTLE_STAY
                                              : NONE;
    if (what != NONE)
        stage_do(st, (struct intent){.what = DO_SETTLE, .arg = what});
    return what != NONE;
}

/* A dialog takes the stage: what plays, selects or looks behind it waits until
 * it has closed. How the window looks, and other dialogs, are to be had. */
static bool passes(enum overlay over, int what)
{
    if (over == OVERLAY_NONE || over == OVERLAY_NOTES || !what)
        return true;
    if (over == OVERLAY_UNSAVED)
        return false;
    if (over == OVERLAY_BREAKS && what == DO_BREAK)
        return true;
    if (over == OVERLAY_EDIT &&
        (what == DO_UNDO || what == DO_REDO || what == DO_EDIT))
        return true;
    switch (what) {
    case DO_SCHEDULER:
    case DO_COMPARE:
    case DO_BREAKS:
    case DO_LANGUAGE:
    case DO_THEME:
    case DO_PROJECTOR:
    case DO_TEXT_LARGER:
    case DO_TEXT_SMALLER:
    case DO_TEXT_NORMAL: return true;
    default:
        return what < DO_COMMANDS_END &&
               command_about((enum wish)what)->group == COMMANDS_WINDOW;
    }
}

/* What lies open has the key first. */
static bool overlay_key(struct stage *st, struct key_press k)
{
    /* + is Shift and = on many keyboards. */
    bool plus = (k.key == '=' || k.key == '+') && k.mods == MOD_SHIFT;
    bool plain = !k.mods || plus;
    bool tab = k.key == KEY_TAB && k.mods == MOD_SHIFT;
    switch (st->view.overlay) {
    case OVERLAY_LESSONS: return plain && list_key(st, k.key);
    case OVERLAY_SCHEDULER:
        return (plain || tab) && whatif_key(st, k.key, tab);
    case OVERLAY_BREAKS: return plain && stage_breaks_key(st, k.key);
    case OVERLAY_COMPARE: return plain && rivals_key(st, k.key);
    case OVERLAY_SCORE: return plain && stage_score_key(st, k.key);
    case OVERLAY_EDIT: return stage_edit_key(st, k);
    case OVERLAY_UNSAVED: return plain && unsaved_key(st, k.key);
    default: return false;
    }
}

static void key(struct stage *st, struct key_press k)
{
    struct intent i = command_of_key(k);
    bool over = st->view.overlay != OVERLAY_NONE;
    if (overlay_key(st, k))
        return;
    if (over && k.key == KEY_ENTER && !k.mods &&
        st->view.overlay == OVERLAY_NOTES)
        i.what = DO_CLOSE;
    if (!over && stage_split_key(st, k))
        return;
    if (!over && stage_predict_key(st, k)) {
        stage_foresee(st);
        return;
    }
    /* A dialog hears Escape by itself. */
    if ((i.what == DO_ESCAPE && over) || !passes(st->view.overlay, i.what))
        return;
    if (over && i.what && st->view.overlay == OVERLAY_NOTES &&
        i.what != DO_NOTES)
        st->view.overlay = OVERLAY_NONE;
    if (i.what)
        stage_do(st, i);
}

void stage_frame(struct stage *st, const struct input *in, int width,
                 int height)
{
    st->in = in;
    st->width = width;
    st->height = height;
    bool typing = st->ui.focus != 0;
    st->view.reveal = false;
    if (in->key_count)
        view_arrive(&st->view); /* whoever goes on need not wait */
    struct input heard = *in;
    for (int i = 0; i < in->key_count && !typing; i++) {
        /* What a menu takes nobody else may hear, least of all a field that it
         * has opened. */
        bool typed = st->edit.typing;
        bool asked = st->view.overlay == OVERLAY_UNSAVED;
        if (st->view.menu != MENU_NONE && stage_menu_key(st, in->keys[i]))
            heard.key_count = 0;
        else
            key(st, in->keys[i]);
        if (st->edit.typing && !typed)
            heard.key_count = 0;
        /* An Escape from before the question is no answer to it. */
        if (!asked && st->view.overlay == OVERLAY_UNSAVED)
            heard.key_count = 0;
    }
    if (in->dropped[0])
        stage_do(st, (struct intent){.what = DO_OPEN, .arg = -1});
    set_out(st, in->now);
    describe(st, &heard);
    size_t n = st->ui.intent_count;
    bool linked = st->ui.about != st->ui.was_about;
    if (!n && in->key_count == 0 && !in->text[0] && !linked)
        return;
    /* Wishes may end the frame that they lie in. */
    struct intent *wishes = malloc((n ? n : 1) * sizeof *wishes);
    require(wishes);
    if (n)
        memcpy(wishes, st->ui.intents, n * sizeof *wishes);
    for (size_t i = 0; i < n; i++)
        stage_do(st, wishes[i]);
    free(wishes);
    struct input still = *in;
    input_next(&still);
    set_out(st, in->now);
    describe(st, &still);
    st->in = in;
}

double stage_patience(const struct stage *st)
{
    /* The eye follows a token that travels, not a hand that creeps. */
    if (st->ui.moving || stage_find_works(st))
        return 1.0 / 60;
    if (rivals_busy(st))
        return 0;
    if (travel_moves(&st->travel))
        return st->travel.playing ? 1.0 / 30 : 1.0 / 60;
    double wake = st->ui.wake;
    if (st->notice.length && st->in && st->in->now < st->notice_until)
        wake = fmin(wake, st->notice_until - st->in->now + 0.01);
    return wake;
}
