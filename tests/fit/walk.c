/* walk.c: the frames of a lesson that are looked at. */
#include "cli/lessons.h"
#include "cli/window.h"
#include "render/menus.h"
#include "tests/fit/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const int fit_sizes[FIT_SIZES][2] = {{1024, 700},  {1280, 800},
                                     {1366, 768},  {1920, 1080},
                                     {2560, 1440}, {3840, 2160}};
const float fit_scales[FIT_SCALES] = {0.8f, 1, 1.5f};

struct fit_lesson {
    char operand[80];
    struct options o;
    struct open_feed open;
    struct font_set *fonts;
    struct stage stage;
    struct input in;
    struct lessons lessons;
    struct lesson_entry *entries;
};

/* The built-in ones, found once. */
static const struct lessons *built_in(void)
{
    static struct lessons l;
    if (!l.count)
        lessons_find(&l);
    return &l;
}

int fit_lesson_count(void)
{
    return built_in()->count;
}

const char *fit_lesson_name(int i)
{
    return built_in()->all[i].name;
}

static int vary(void *ctx, const struct scheduler *wish, enum lang lang,
                struct str *complaints)
{
    struct fit_lesson *l = ctx;
    return feed_vary(&l->open, &l->o, wish, lang, complaints);
}

static bool would(void *ctx, enum policy_name policy, struct scheduler *to)
{
    struct fit_lesson *l = ctx;
    return feed_would(&l->open, &l->o, policy, to);
}

static const struct str *text_now(void *ctx)
{
    const struct fit_lesson *l = ctx;
    return &l->open.loaded.text;
}

static struct feed *revise(void *ctx, const struct str *text, enum lang lang,
                           struct str *complaints)
{
    struct fit_lesson *l = ctx;
    return feed_revise(&l->open, &l->o, text, false, lang, complaints);
}

/* Titles as they are in the list; the scenario's own for all of them would be
 * shorter. */
static void list_lessons(struct fit_lesson *l)
{
    const struct lessons *all = built_in();
    l->entries = calloc((size_t)all->count, sizeof *l->entries);
    for (int i = 0; l->entries && i < all->count; i++) {
        l->entries[i].path = all->all[i].path;
        struct loaded loaded;
        struct str ignored = {0};
        if (load_operand_to(&loaded, &l->o, all->all[i].path, &ignored))
            for (int lang = 0; lang < LANG_COUNT; lang++)
                l->entries[i].title.in[lang] =
                    arena_copy(&l->lessons.arena,
                               text_in(loaded.scenario->title, (enum lang)lang),
                               strlen(text_in(loaded.scenario->title,
                                              (enum lang)lang)));
        loaded_free(&loaded);
        str_free(&ignored);
    }
}

struct fit_lesson *fit_open(const char *operand)
{
    struct fit_lesson *l = calloc(1, sizeof *l);
    struct str why = {0};
    if (!l)
        return NULL;
    snprintf(l->operand, sizeof l->operand, "%s", operand);
    l->o.until = 1000;
    l->fonts = text_new(&why);
    str_free(&why);
    if (!l->fonts || !load_operand(&l->open.loaded, &l->o, operand)) {
        free(l);
        return NULL;
    }
    feed_open(&l->open, &l->o, false);
    list_lessons(l);
    struct app_options a = {.reduced_motion = true, .vary = vary,
                            .would = would, .text = text_now,
                            .revise = revise, .ctx = l, .lessons = l->entries,
                            .lesson_count = fit_lesson_count()};
    stage_open(&l->stage, l->open.feed, &a, l->fonts);
    l->in.x = l->in.y = -1;
    l->stage.view.overlay = OVERLAY_NONE;
    return l;
}

void fit_close(struct fit_lesson *l)
{
    stage_close(&l->stage);
    feed_close(&l->open);
    text_free(l->fonts);
    free(l->entries);
    arena_free(&l->lessons.arena);
    free(l);
}

/* ---- frames ---- */

static void frame(struct fit_lesson *l, const struct fit_walk *w)
{
    int more = 1000;
    do {
        stage_update(&l->stage, l->in.now);
        stage_frame(&l->stage, &l->in, w->width, w->height);
        input_next(&l->in);
    } while (--more && (travel_moves(&l->stage.travel) ||
                        rivals_busy(&l->stage)));
}

static void look(struct fit *f, struct fit_lesson *l,
                 const struct fit_walk *w, const char *what)
{
    char where[240];
    frame(l, w);
    snprintf(where, sizeof where, "%s %d×%d %s %s ×%.2g t=%lld%s%s",
             l->operand, w->width, w->height, theme_of(w->theme)->name,
             w->lang == LANG_EN ? "en" : "zh", (double)w->text_scale,
             (long long)l->stage.travel.clock, *what ? " " : "", what);
    f->where = where;
    fit_look(f, &l->stage.ui);
    f->where = "";
}

static void look_at_moments(struct fit *f, struct fit_lesson *l,
                            const struct fit_walk *w)
{
    struct stage *st = &l->stage;
    travel_last(&st->travel);
    frame(l, w);
    size_t end = travel_cursor(&st->travel);
    for (int i = 0; i < w->moments; i++) {
        size_t at = w->moments > 1
                        ? end * (size_t)i / (size_t)(w->moments - 1)
                        : end / 2;
        travel_go(&st->travel, at ? at - 1 : 0);
        st->view.selected = i % 2 ? i % st->travel.replay.world.head->procs
                                  : NONE;
        look(f, l, w, "");
    }
}

/* What only changes the picture as a whole, or ends it. */
static bool is_of_interest(enum wish what)
{
    switch (what) {
    case DO_QUIT:
    case DO_RELOAD:
    case DO_SUSPEND:
    case DO_KILL:
    case DO_LANGUAGE:
    case DO_THEME:
    case DO_PROJECTOR:
        return false;
    default:
        return true;
    }
}

static bool lies_over(const struct view *v)
{
    return v->overlay != OVERLAY_NONE || v->finding;
}

/* In the dialog on the scheduler each policy says something else. */
static void look_at_policies(struct fit *f, struct fit_lesson *l,
                             const struct fit_walk *w)
{
    for (int p = 0; p < POLICY_COUNT; p++) {
        stage_do(&l->stage, (struct intent){.what = DO_POLICY, .arg = p});
        look(f, l, w, "scheduler");
    }
}

/* The sheet with an op open, the ops that may be put in, a value being typed, and
 * one that is refused; and the question whether to save. */
static void look_at_editing(struct fit *f, struct fit_lesson *l,
                            const struct fit_walk *w)
{
    struct stage *st = &l->stage;
    int rows = edit_rows(&st->edit, l->open.loaded.scenario,
                         world_scheduler(&st->travel.replay.world));
    stage_do(st, (struct intent){.what = DO_EDIT_ENTER, .arg = rows - 2});
    look(f, l, w, "edit: an op");
    stage_do(st, (struct intent){.what = DO_EDIT_INSERT});
    look(f, l, w, "edit: offers");
    stage_do(st, (struct intent){.what = DO_EDIT_CLOSE});
    stage_do(st, (struct intent){.what = DO_EDIT_ENTER, .arg = 0});
    look(f, l, w, "edit: typing");
    snprintf(st->edit.typed, sizeof st->edit.typed, "%s", "");
    stage_do(st, (struct intent){.what = DO_EDIT_TYPED});
    look(f, l, w, "edit: refused");
    while (st->edit.process != NONE)
        stage_do(st, (struct intent){.what = DO_EDIT_PROCESS, .arg = 1});
    look(f, l, w, "edit: the machine");
    st->view.overlay = OVERLAY_UNSAVED;
    look(f, l, w, "unsaved");
}

/* Every command that lays something over the window. */
static void look_at_overlays(struct fit *f, struct fit_lesson *l,
                             const struct fit_walk *w)
{
    struct stage *st = &l->stage;
    const struct view before = st->view;
    for (int i = 0; i < commands_count; i++) {
        if (!is_of_interest(commands_all[i].what))
            continue;
        stage_do(st, (struct intent){.what = (int)commands_all[i].what});
        if (lies_over(&st->view))
            look(f, l, w, word(commands_all[i].about, LANG_EN));
        if (st->view.overlay == OVERLAY_SCHEDULER)
            look_at_policies(f, l, w);
        if (st->view.overlay == OVERLAY_EDIT)
            look_at_editing(f, l, w);
        str_cut(&st->notice, 0);
        st->view = before;
        st->ui.focus = 0;
    }
    for (int m = 0; m < MENU_COUNT; m++) {
        st->view.menu = m;
        look(f, l, w, word(menu_title((enum menu)m), LANG_EN));
    }
    st->view = before;
    str_add(&st->complaints,
            "scenarios/99-a-long-name.json:12:34: error: /processes/0/program: "
            "there is no op \"wriet\" (did you mean \"write\"?)\n");
    st->view.overlay = OVERLAY_COMPLAINTS;
    look(f, l, w, "complaints");
    str_cut(&st->complaints, 0);
    st->view = before;
}

static void wish(struct fit_lesson *l, enum wish what, int arg)
{
    stage_do(&l->stage, (struct intent){.what = (int)what, .arg = arg,
                                        .value = 1});
}

/* Questions, answers, hands and the score, from the beginning on. */
static void look_at_predictions(struct fit *f, struct fit_lesson *l,
                                const struct fit_walk *w)
{
    struct predict *p = &l->stage.predict;
    enum { QUESTIONS = 8, STEPS = 40 };
    travel_go(&l->stage.travel, 0);
    frame(l, w);
    wish(l, DO_PREDICT, 0);
    for (int q = 0; q < QUESTIONS; q++) {
        for (int i = 0; i < STEPS && p->phase != PREDICT_ASKS; i++) {
            wish(l, p->phase == PREDICT_TOLD ? DO_GO_ON : DO_STEP, 1);
            frame(l, w);
        }
        if (p->phase != PREDICT_ASKS)
            break;
        look(f, l, w, "question");
        if (q % 2) {
            wish(l, DO_HANDS, 0);
            wish(l, DO_VOTE, 1);
            look(f, l, w, "hands");
        }
        wish(l, DO_ANSWER, (p->q.answer + q) % p->q.choices);
        look(f, l, w, "answer");
        p->hands = false;
    }
    wish(l, DO_SCORE, 0);
    look(f, l, w, "score");
    wish(l, DO_CLOSE, 0);
    wish(l, DO_PREDICT, 0);
    str_cut(&l->stage.notice, 0);
}

/* The pointer rests on everything, in steps of less than a button. */
static void look_at_tips(struct fit *f, struct fit_lesson *l,
                         const struct fit_walk *w)
{
    const float step = 18;
    frame(l, w);
    struct rect all = l->stage.ui.all;
    ui_id before = 0;
    for (float y = step / 2; y < all.h; y += step)
        for (float x = step / 2; x < all.w; x += step) {
            l->in.x = x;
            l->in.y = y;
            frame(l, w);
            if (!l->stage.ui.tip_id || l->stage.ui.tip_id == before)
                continue;
            before = l->stage.ui.tip_id;
            l->in.now += 1;
            look(f, l, w, "tip");
        }
    l->in.x = l->in.y = -1;
    frame(l, w);
}

void fit_walk(struct fit *f, struct fit_lesson *l, const struct fit_walk *w)
{
    struct view *v = &l->stage.view;
    v->theme = w->theme;
    v->lang = w->lang;
    v->text_scale = w->text_scale;
    look_at_moments(f, l, w);
    if (w->overlays) {
        look_at_overlays(f, l, w);
        look_at_predictions(f, l, w);
    }
    if (w->tips)
        look_at_tips(f, l, w);
}
