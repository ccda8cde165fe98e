/* t7110-evidence.c: what the kernel has said stands in the panels, whole, beside
 * the model's own figure and in the colour of agreement, at every step of every
 * lesson on IPC; and a mapping's tip says where the real process has it. */
#include "cli/feed_live.h"
#include "cli/load.h"
#include "tests/stand.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { STEPS = 2000 };

/* A window on a live run; `run` is empty. */
struct live_stand {
    struct stand s;
    struct loaded l;
};

static bool live_up(struct live_stand *v, const char *lesson)
{
    static const struct options no_options;
    struct app_options o = {.lang = LANG_EN, .reduced_motion = true};
    struct str why = {0};
    *v = (struct live_stand){.s = {.width = 1280, .height = 800}};
    if (!load_operand(&v->l, &no_options, lesson))
        return false;
    v->s.fonts = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    v->s.feed = feed_live_new(getenv("TIMESLICE"), &no_options, &v->l, 1000);
    if (!v->s.fonts || !v->s.feed)
        return false;
    stage_open(&v->s.stage, v->s.feed, &o, v->s.fonts);
    v->s.in.x = v->s.in.y = -1;
    return true;
}

static void live_down(struct live_stand *v)
{
    stage_close(&v->s.stage);
    feed_live_free(v->s.feed);
    text_free(v->s.fonts);
    loaded_free(&v->l);
}

/* Frames until the session has done what was asked for. */
static void settle(struct stand *s)
{
    for (int i = 0; i < 5000; i++) {
        frame(s);
        if (!s->feed->busy(s->feed->self))
            return;
        nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
    }
    EXPECT(false); /* still busy */
}

struct seen {
    int agrees, differs, cut;
};

static bool is_cut(const struct draw_run *r)
{
    static const char mark[] = "…";
    size_t n = sizeof mark - 1;
    return !memcmp(r->text + r->length - n, mark, n);
}

/* The texts of the picture that say what the kernel said. */
static void count_seen(const struct stand *s, struct seen *n)
{
    const struct draw *d = &s->stage.ui.layers[0];
    colour bad = ui_tone(&s->stage.ui, TONE_ERROR);
    colour good = ui_tone(&s->stage.ui, TONE_OK);
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT || c->text.run.length < 9 ||
            memcmp(c->text.run.text, "kernel", 6) ||
            !memchr(c->text.run.text, ':', c->text.run.length))
            continue;
        n->agrees += c->text.run.ink == good;
        n->differs += c->text.run.ink == bad;
        n->cut += is_cut(&c->text.run);
        if (c->text.run.ink == bad)
            printf("# event %zu: %.*s\n", cursor(s),
                   (int)c->text.run.length, c->text.run.text);
    }
}

static void steps_to_end(struct stand *s, struct seen *n)
{
    size_t was = cursor(s) + 1;
    for (int i = 0; i < STEPS && cursor(s) != was; i++) {
        was = cursor(s);
        press(s, KEY_RIGHT, 0);
        settle(s);
        count_seen(s, n);
    }
}

static bool tip_begins(const struct stand *s, const char *text)
{
    const struct draw *d = &s->stage.ui.layers[0];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_TEXT && c->text.run.length > strlen(text) &&
            !memcmp(c->text.run.text, text, strlen(text)))
            return true;
    }
    return false;
}

/* Steps on to the end and back to the beginning. */
static struct seen all_steps(struct stand *s)
{
    struct seen n = {0};
    steps_to_end(s, &n);
    for (int i = 0; i < STEPS && cursor(s) > 0; i++) {
        press(s, KEY_LEFT, 0);
        count_seen(s, &n);
    }
    EXPECT_EQ_INT((int)cursor(s), 0);
    return n;
}

TEST("at every step of every lesson the kernel is said to agree")
{
    int agree = 0;
    /* From 46 on they are about policies; two of those have a semaphore. */
    for (int lesson = 10; lesson <= 55; lesson += lesson == 45 ? 9 : 1) {
        char name[16];
        struct live_stand v;
        snprintf(name, sizeof name, "%02d", lesson);
        test_case("lesson %s", name);
        NEED(live_up(&v, name));
        v.s.stage.view.theme = THEME_PROJECTOR;
        struct seen n = {0}, back;
        steps_to_end(&v.s, &n);
        EXPECT_EQ_INT(n.cut, 0);
        v.s.stage.view.theme = (enum theme_kind)(lesson % THEME_COUNT);
        press(&v.s, KEY_HOME, 0);
        settle(&v.s);
        back = all_steps(&v.s);
        n.agrees += back.agrees;
        n.differs += back.differs;
        n.cut += back.cut;
        EXPECT(n.agrees > 0);
        EXPECT_EQ_INT(n.differs, 0);
        EXPECT_EQ_INT(n.cut, 0);
        agree += n.agrees;
        live_down(&v);
    }
    printf("# %d figures agree\n", agree);
}

/* Makes the last that the kernel said of it something else. */
static bool lie(struct stand *s, enum evidence what)
{
    for (size_t i = cursor(s); i-- > 0;) {
        struct event *e = (struct event *)trace_at(s->feed->trace, i);
        if (e->kind != EV_KERNEL || e->sub != (int)what)
            continue;
        e->val += 3;
        return true;
    }
    return false;
}

TEST("where the kernel says something else, it is red")
{
    static const struct {
        const char *lesson;
        enum evidence what;
    } lies[] = {{"41", SEEN_SEMVAL}, {"27", SEEN_QNUM}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        struct live_stand v;
        struct seen n = {0};
        test_case("lesson %s", lies[i].lesson);
        NEED(live_up(&v, lies[i].lesson));
        steps_to_end(&v.s, &n);
        n = (struct seen){0};
        while (!n.agrees && cursor(&v.s) > 0) {
            press(&v.s, KEY_LEFT, 0);
            count_seen(&v.s, &n);
        }
        EXPECT_EQ_INT(n.differs, 0);
        NEED(lie(&v.s, lies[i].what));
        frame(&v.s);
        count_seen(&v.s, &n);
        EXPECT_EQ_INT(n.differs, 1);
        live_down(&v);
    }
}

static bool is_shared(const struct world *w)
{
    return w->head->shms > 0 && w->shm[0].nattch == 2;
}

TEST("a mapping's tip says where the real process has it")
{
    struct live_stand v;
    bool found = false;
    NEED(live_up(&v, "31"));
    struct stand *s = &v.s;
    for (int i = 0; i < STEPS && !is_shared(world(s)); i++) {
        press(s, KEY_RIGHT, 0);
        settle(s);
    }
    struct rect in = s->stage.layout.at[PANEL_SHM];
    NEED(in.w > 0);
    s->in.x = in.x + 60;
    for (s->in.y = in.y; s->in.y < in.y + in.h && !found; s->in.y += 6)
        for (int k = 0; k < 3 && !found; k++) {
            s->in.now += 1;
            frame(s);
            found = tip_begins(s, "in the real process at 0x");
        }
    EXPECT(found);
    live_down(&v);
}

/* Whether a text begins in `at` that reads `text`. */
static bool has_in(const struct stand *s, struct rect at, const char *text)
{
    const struct draw *d = &s->stage.ui.layers[0];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_TEXT && c->text.run.length == strlen(text) &&
            !memcmp(c->text.run.text, text, strlen(text)) &&
            c->text.at.x >= at.x && c->text.at.x <= at.x + at.w &&
            c->text.at.y >= at.y && c->text.at.y <= at.y + at.h)
            return true;
    }
    return false;
}

static bool table_has(const struct stand *s, const char *text)
{
    return has_in(s, s->stage.layout.at[PANEL_TABLE], text);
}

static void go_to_end(struct live_stand *v)
{
    settle(&v->s);
    press(&v->s, KEY_END, 0);
    settle(&v->s);
}

TEST("the table has room for the kernel's letter beside what is waited for")
{
    static const char *const lessons[] = {"26", "30", "32", "33", "35", "38",
                                          "39", "40", "41", "43", "44", "45"};
    for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
        struct live_stand v;
        test_case("lesson %s", lessons[i]);
        NEED(live_up(&v, lessons[i]));
        go_to_end(&v);
        for (int m = 0; m < 3 && v.s.stage.layout.at[PANEL_TABLE].w <= 0; m++)
            press(&v.s, 'm', 0);
        EXPECT(table_has(&v.s, "waits for"));
        EXPECT(table_has(&v.s, "kernel"));
        live_down(&v);
    }
}

TEST("six real processes have their rows in the timeline, without scrolling")
{
    static const char *const names[] = {"table", "A", "B", "C", "D", "E"};
    struct live_stand v;
    NEED(live_up(&v, "41"));
    go_to_end(&v);
    struct rect labels = v.s.stage.layout.at[PANEL_TIMELINE];
    labels.w = 80;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        EXPECT(has_in(&v.s, labels, names[i]));
    live_down(&v);
}
