/* A stand whose lesson is open as `timeslice view` has it: the policy can be
 * changed, and other runs are to be had; with real processes if wanted. */
#ifndef TIMESLICE_TESTS_STAND_OPEN_H
#define TIMESLICE_TESTS_STAND_OPEN_H

#include "cli/feed_live.h"
#include "cli/rivals.h"
#include "cli/window.h"
#include "sim/scenario/policy_settings.h"
#include "tests/stand.h"

#include <string.h>
#include <time.h>

struct stand_open {
    struct stand s;
    struct options o;
    struct open_feed open;
};

static const char stand_five[] =
    "{'timeslice': 1, 'title': {'en': 'Five', 'zh': '五个进程'},"
    " 'scheduler': {'policy': 'rr', 'quantum': 1}, 'processes': ["
    "  {'name': 'A', 'bursts': [3]},"
    "  {'name': 'B', 'arrival': 2, 'bursts': [6]},"
    "  {'name': 'C', 'arrival': 4, 'bursts': [4]},"
    "  {'name': 'D', 'arrival': 6, 'bursts': [5]},"
    "  {'name': 'E', 'arrival': 8, 'bursts': [2]}],"
    " 'expect': {'processes': {'A': {'finish': 4}}}}";

/* L holds the lock that H wants, and M keeps L from giving it back. */
static const char stand_inversion[] =
    "{'timeslice': 1, 'title': 'Inversion', 'scheduler': {'policy':"
    " 'priority'}, 'processes': ["
    "  {'name': 'L', 'priority': 3, 'program': ["
    "   {'semget': 's', 'key': 54, 'nsems': 1, 'flags': 'IPC_CREAT|0600'},"
    "   {'semctl': 's', 'cmd': 'SETVAL', 'num': 0, 'value': 1},"
    "   {'P': 's'}, {'cpu': 4}, {'V': 's'}]},"
    "  {'name': 'H', 'arrival': 4, 'priority': 1, 'program': ["
    "   {'semget': 's', 'key': 54, 'nsems': 1, 'flags': '0600'},"
    "   {'P': 's'}, {'cpu': 2}, {'V': 's'}]},"
    "  {'name': 'M', 'arrival': 5, 'priority': 2, 'bursts': [8]}]}";

static inline int stand_vary(void *ctx, const struct scheduler *wish,
                             enum lang lang, struct str *complaints)
{
    struct stand_open *w = ctx;
    return feed_vary(&w->open, &w->o, wish, lang, complaints);
}

static inline bool stand_would(void *ctx, enum policy_name policy,
                               struct scheduler *to)
{
    struct stand_open *w = ctx;
    return feed_would(&w->open, &w->o, policy, to);
}

static inline const struct str *stand_text(void *ctx)
{
    const struct stand_open *w = ctx;
    return &w->open.loaded.text;
}

static inline struct feed *stand_revise(void *ctx, const struct str *text,
                                        enum lang lang, struct str *complaints)
{
    struct stand_open *w = ctx;
    struct feed *feed =
        feed_revise(&w->open, &w->o, text, false, lang, complaints);
    w->s.feed = w->open.feed;
    return feed;
}

/* feed_open starts this very program for a live session; here that is a
 * test. */
static inline void stand_feed(struct stand_open *w, bool live)
{
    if (!live) {
        feed_open(&w->open, &w->o, false);
        return;
    }
    w->open.feed = feed_live_new(getenv("TIMESLICE"), &w->o, &w->open.loaded,
                                 w->o.until);
    w->open.session = w->open.feed != NULL;
    if (w->open.feed)
        w->open.feed->rivals = rivals_new(&w->o, &w->open.loaded, w->open.feed);
}

/* `o`: with overrides; NULL: none. */
static inline bool stand_up_open(struct stand_open *w, const char *json,
                                 const struct options *o, bool live)
{
    *w = (struct stand_open){.s = {.width = 1280, .height = 800}};
    if (o)
        w->o = *o;
    w->o.until = w->o.until ? w->o.until : 1000;
    w->s.run = run_quoted(json, w->o.until);
    str_add(&w->open.loaded.text, json);
    for (char *p = w->open.loaded.text.text; (p = strchr(p, '\'')); p++)
        *p = '"';
    str_add(&w->open.loaded.path, "x");
    struct str complaints = {0}, why = {0};
    w->open.loaded.scenario =
        load_under(&w->open.loaded, &w->o, w->o.overrides,
                   w->o.override_count, &complaints);
    EXPECT_EQ_STR(str_text(&complaints), "");
    str_free(&complaints);
    if (!w->open.loaded.scenario)
        return false;
    w->s.fonts = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    stand_feed(w, live);
    if (!w->s.fonts || !w->open.feed)
        return false;
    w->s.feed = w->open.feed;
    struct app_options a = {.lang = LANG_EN, .reduced_motion = true,
                            .vary = stand_vary, .would = stand_would,
                            .text = stand_text, .revise = stand_revise,
                            .ctx = w};
    stage_open(&w->s.stage, w->s.feed, &a, w->s.fonts);
    w->s.in.x = w->s.in.y = -1;
    return true;
}

static inline void take_down_open(struct stand_open *w)
{
    stage_close(&w->s.stage);
    feed_close(&w->open);
    text_free(w->s.fonts);
    run_free(&w->s.run);
}

/* Frames until nothing moves and no other run is being made. A live one needs
 * time of its own. */
static inline void settle(struct stand_open *w)
{
    for (int i = 0; i < 5000; i++) {
        frame(&w->s);
        const struct feed *f = w->s.feed;
        if (!rivals_busy(&w->s.stage) && !f->busy(f->self))
            return;
        if (w->open.session)
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    bool settles = false;
    EXPECT(settles);
}

static inline void press_open(struct stand_open *w, int key)
{
    w->s.in.keys[w->s.in.key_count++] = (struct key_press){.key = key};
    settle(w);
}

static inline void go_to_time(struct stand_open *w, tick t)
{
    stage_do(&w->s.stage, (struct intent){.what = DO_SEEK, .value = (double)t});
    settle(w);
}

/* From the moment shown on `policy` decides, by the keys of the dialog. */
static inline void decide(struct stand_open *w, enum policy_name policy)
{
    press_open(w, 'e');
    for (int i = 0; i < POLICY_COUNT && w->s.stage.view.wish.name != policy;
         i++)
        press_open(w, KEY_DOWN);
    press_open(w, KEY_ENTER);
}

/* The world shown is that of the trace, read anew up to the cursor. */
static inline void expect_true_picture(const struct stand_open *w)
{
    struct replay anew;
    replay_init(&anew, w->s.feed->scenario, w->s.feed->trace);
    replay_seek(&anew, cursor(&w->s));
    EXPECT(world_equal(&anew.world, world(&w->s)));
    replay_free(&anew);
}

static inline const struct rival *rival_of(const struct stand_open *w,
                                           enum rival_kind kind, int nth)
{
    const struct rivals *r = w->s.feed->rivals;
    for (int i = 0; i < r->count; i++)
        if (r->all[i]->kind == kind && nth-- == 0)
            return r->all[i];
    return NULL;
}

/* "A:0-3 B:3-9" of a run on CPU 0; valid until the next call. */
static inline const char *rival_gantt(const struct stand_open *w,
                                      const struct rival *r)
{
    static struct str text;
    str_cut(&text, 0);
    const struct lane *l = &r->cpu[0];
    for (size_t i = 0; i < l->count; i++) {
        tick end = lane_end(l, i, r->end);
        if (l->value[i] >= 0 && end > l->start[i])
            str_addf(&text, "%s%s:%lld-%lld", text.length ? " " : "",
                     w->s.feed->rivals->names[l->value[i]],
                     (long long)l->start[i], (long long)end);
    }
    return str_text(&text);
}

/* Where the button of that label lies in the last frame's picture. */
static inline bool click_label(struct stand_open *w, const char *label)
{
    const struct draw *d = &w->s.stage.ui.layers[0];
    for (size_t i = d->count; i > 0; i--) {
        const struct draw_command *c = &d->commands[i - 1];
        if (c->kind != DRAW_TEXT ||
            strlen(label) != c->text.run.length ||
            memcmp(label, c->text.run.text, c->text.run.length) != 0)
            continue;
        click(&w->s, c->text.at.x + c->text.run.width / 2, c->text.at.y - 4);
        settle(w);
        return true;
    }
    return false;
}

/* The number of the row of that setting in the dialog. */
static inline int row_of(const struct stand_open *w, const char *key,
                         const char *part, int level)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(&w->s.stage.view, w->s.feed->scenario, all);
    for (int i = 0; i < n; i++)
        if (strcmp(all[i].key, key) == 0 && all[i].level == level &&
            !all[i].part == !part &&
            (!part || strcmp(all[i].part, part) == 0))
            return i;
    return NONE;
}

static inline void mark_row(struct stand_open *w, int row)
{
    for (int i = 0; i < SETTINGS_MOST && w->s.stage.view.setting_at != row; i++)
        press_open(w, KEY_TAB);
    EXPECT_EQ_INT(w->s.stage.view.setting_at, row);
}

/* Nothing is cut off in any size, theme, language and text size that there is;
 * `what` lies open. */
static inline void expect_no_cuts(struct stand_open *w, const char *what)
{
    static const struct {
        int w, h;
    } sizes[] = {{1024, 700}, {1280, 800}, {1920, 1080}};
    static const float scales[] = {1, 1.4f, TEXT_SCALE_MOST};
    struct view *v = &w->s.stage.view;
    for (size_t i = 0; i < 3; i++)
        for (int theme = 0; theme < THEME_COUNT; theme++)
            for (int lang = 0; lang < LANG_COUNT; lang++)
                for (size_t k = 0; k < 3; k++) {
                    w->s.width = sizes[i].w;
                    w->s.height = sizes[i].h;
                    v->theme = (enum theme_kind)theme;
                    v->lang = (enum lang)lang;
                    v->text_scale = scales[k];
                    frame(&w->s);
                    frame(&w->s);
                    test_case("%s: %dx%d theme %d lang %d text %g", what,
                              sizes[i].w, sizes[i].h, theme, lang,
                              (double)scales[k]);
                    const struct ui *ui = &w->s.stage.ui;
                    for (size_t c = 0; c < ui->cut_count; c++)
                        EXPECT_EQ_STR(ui->cuts[c].text, "");
                }
}

#endif
