/* stage.c: one frame after the other.
 *
 * The order within a frame: travel (the feed, the clock), tokens that set out,
 * the lens, then the panels. Wishes are gathered while panels are drawn and
 * carried out afterwards (stage_do.c), so no panel ever sees a world that
 * changes under it. */
#include "render/stage.h"

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
    travel_open(&st->travel, feed);
    view_init(&st->view, options->lang, options->theme);
    predict_init(&st->predict);
    st->view.reduced_motion = options->reduced_motion;
    str_add(&st->path, feed->scenario->path);
    remember(st, options->habits);
    stage_recall(st);
    if (options->choose)
        st->view.overlay = OVERLAY_LESSONS;
    else if (text_in(feed->scenario->notes, options->lang)[0])
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

/* Remembers who is in which state now; those that were elsewhere in the last
 * frame set out if time went forward by a step or a few. */
static void set_out(struct stage *st, double now)
{
    const struct world *w = st->travel.replay.world.head
                                ? &st->travel.replay.world
                                : NULL;
    require(w);
    size_t cursor = travel_cursor(&st->travel);
    bool forward = cursor > st->shown && cursor - st->shown < 256;
    bool slow = !st->travel.playing || travel_speeds[st->travel.speed] <= 8;
    int n = w->head->procs < STATES_KEPT ? w->head->procs : STATES_KEPT;
    for (int i = 0; i < n; i++) {
        enum state to = (enum state)w->task[i].state;
        enum state from = i < st->states_known ? (enum state)st->states[i] : to;
        if (forward && slow && from != to && !st->view.reduced_motion)
            view_move(&st->view, (struct move){i, from, to, now});
        st->states[i] = (uint8_t)to;
    }
    if (cursor < st->shown)
        st->view.move_count = 0;
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

/* What only one policy asks for, and takes a look at everybody. */
static const int64_t *fair_times(struct stage *st)
{
    const struct world *w = &st->travel.replay.world;
    if (world_scheduler(w)->name != POLICY_eevdf)
        return NULL;
    int64_t *fair = arena_alloc(&st->ui.frame, CPUS_MAX * sizeof *fair);
    world_fair_times(w, w->head->now, fair);
    return fair;
}

static struct scene scene_of(struct stage *st)
{
    struct travel *tv = &st->travel;
    return (struct scene){.ui = &st->ui,
                          .view = &st->view,
                          .travel = tv,
                          .feed = tv->feed,
                          .scenario = tv->feed->scenario,
                          .trace = tv->feed->trace,
                          .world = &tv->replay.world,
                          .fair = fair_times(st),
                          .lessons = st->options.lessons,
                          .lesson_count = st->options.lesson_count,
                          .predict = &st->predict,
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

static void draw_notices(struct stage *st, const struct scene *s)
{
    if (st->notice.length && st->in->now < st->notice_until)
        draw_notice(st, str_text(&st->notice));
    else if (s->feed->ended && !travel_known(&st->travel))
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
    ui_end(&st->ui);
}

bool stage_update(struct stage *st, double now)
{
    double seconds = st->last < 0 ? 0 : now - st->last;
    st->last = now;
    stage_foresee(st);
    bool changed = travel_update(&st->travel, fmin(seconds, 0.25));
    stage_foresee(st);
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
    return true;
}

/* In the dialog on the scheduler arrow keys choose, − and + change the
 * quantum, Enter lets it decide. */
static bool scheduler_key(struct stage *st, int key)
{
    int n = POLICY_COUNT;
    struct intent i = {.what = DO_POLICY, .arg = st->view.policy};
    if (key == KEY_DOWN || key == KEY_TAB)
        i.arg = (i.arg + 1) % n;
    else if (key == KEY_UP)
        i.arg = (i.arg + n - 1) % n;
    else if (key == '+' || key == '=' || key == KEY_RIGHT)
        i = (struct intent){.what = DO_QUANTUM, .value = 1};
    else if (key == '-' || key == KEY_LEFT)
        i = (struct intent){.what = DO_QUANTUM, .value = -1};
    else if (key == KEY_ENTER)
        i = (struct intent){.what = DO_RESCHEDULE};
    else
        return false;
    stage_do(st, i);
    return true;
}

static void key(struct stage *st, struct key_press k)
{
    struct intent i = command_of_key(k);
    bool over = st->view.overlay != OVERLAY_NONE;
    if (st->view.overlay == OVERLAY_LESSONS && !k.mods && list_key(st, k.key))
        return;
    if (over && k.key == KEY_ENTER && !k.mods &&
        st->view.overlay == OVERLAY_NOTES)
        i.what = DO_CLOSE;
    if (st->view.overlay == OVERLAY_SCHEDULER && !k.mods &&
        scheduler_key(st, k.key))
        return;
    if (st->view.overlay == OVERLAY_BREAKS && !k.mods &&
        stage_breaks_key(st, k.key))
        return;
    if (st->view.overlay == OVERLAY_COMPARE && !k.mods && rivals_key(st, k.key))
        return;
    if (st->view.overlay == OVERLAY_SCORE && !k.mods &&
        stage_score_key(st, k.key))
        return;
    if (!over && stage_predict_key(st, k)) {
        stage_foresee(st);
        return;
    }
    /* A dialog hears Escape by itself. */
    if (i.what == DO_ESCAPE && over)
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
    for (int i = 0; i < in->key_count && !typing; i++)
        key(st, in->keys[i]);
    if (in->dropped[0])
        stage_do(st, (struct intent){.what = DO_OPEN, .arg = -1});
    set_out(st, in->now);
    describe(st, in);
    size_t n = st->ui.intent_count;
    if (!n && in->key_count == 0 && !in->text[0])
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
