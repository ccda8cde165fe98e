/* t7142-motion.c: bytes flow, messages hop, counts tick, pages flash: at the
 * beginning, in the middle and at the end of their way, forwards and back; none
 * with reduced motion; a key ends it; and then nothing is drawn any more. */
#include "render/canvas.h"
#include "tests/stand.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 1280, HEIGHT = 800, PIXELS = WIDTH * HEIGHT };

static const char fifo_of_bytes[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'fcfs'},"
    " 'processes': [{'name': 'p', 'program': [{'pipe': 'p'},"
    "  {'write': 'p[1]', 'text': 'abc'}, {'cpu': 1},"
    "  {'read': 'p[0]', 'size': 2}, {'cpu': 1}]}]}";

static const char many_bytes[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'fcfs'},"
    " 'processes': [{'name': 'p', 'program': [{'pipe': 'p'},"
    "  {'write': 'p[1]', 'bytes': 9000}, {'cpu': 1},"
    "  {'read': 'p[0]', 'size': 5000}, {'cpu': 1}]}]}";

static const char messages[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'fcfs'},"
    " 'processes': [{'name': 'p', 'program': ["
    "  {'msgget': 'q', 'key': 77, 'flags': 'IPC_CREAT|0600'},"
    "  {'msgsnd': 'q', 'type': 1, 'text': 'one'},"
    "  {'msgsnd': 'q', 'type': 2, 'text': 'two'}, {'cpu': 1},"
    "  {'msgrcv': 'q', 'type': 2, 'size': 100}, {'cpu': 1}]}]}";

static const char counts[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'fcfs'},"
    " 'processes': [{'name': 'p', 'program': ["
    "  {'semget': 's', 'nsems': 1, 'key': 77, 'flags': 'IPC_CREAT|0600'},"
    "  {'semop': 's', 'ops': [{'num': 0, 'op': 1}]}, {'cpu': 1},"
    "  {'semop': 's', 'ops': [{'num': 0, 'op': -1}]}, {'cpu': 1}]}]}";

static const char stores[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'fcfs'},"
    " 'processes': [{'name': 'p', 'program': ["
    "  {'shmget': 'm', 'size': 100, 'key': 77, 'flags': 'IPC_CREAT|0600'},"
    "  {'shmat': 'm', 'as': 'a'}, {'fork': 'c'},"
    "  {'store': 'a', 'text': 'hi'}, {'cpu': 1}, {'wait': 'c'}]},"
    "  {'name': 'c', 'program': [{'cpu': 5}]}]}";

struct show {
    struct stand s;
    struct canvas *canvas;
    enum panel_id panel;
};

static bool show_up(struct show *w, const char *json, enum panel_id panel)
{
    *w = (struct show){.panel = panel};
    if (!stand_up(&w->s, json))
        return false;
    w->s.stage.view.reduced_motion = false;
    w->canvas = canvas_new(WIDTH, HEIGHT);
    frame(&w->s);
    return true;
}

static void show_end(struct show *w)
{
    canvas_free(w->canvas);
    take_down(&w->s);
}

/* The picture `after` seconds from now on, and the pixels of the panel. */
static size_t picture(struct show *w, double after, colour *to)
{
    struct stage *st = &w->s.stage;
    w->s.in.now += after;
    stage_update(st, w->s.in.now);
    stage_frame(st, &w->s.in, WIDTH, HEIGHT);
    input_next(&w->s.in);
    size_t changed = canvas_draw(w->canvas, w->s.fonts, &st->ui.layers[0], 1,
                                 ui_tone(&st->ui, TONE_GROUND));
    struct rect at = st->layout.at[w->panel];
    memset(to, 0, PIXELS * sizeof *to);
    for (int y = (int)at.y; y < (int)(at.y + at.h); y++)
        for (int x = (int)at.x; x < (int)(at.x + at.w); x++)
            to[y * WIDTH + x] = canvas_pixels(w->canvas)[y * WIDTH + x];
    return changed;
}

static int differ(const colour *a, const colour *b)
{
    int n = 0;
    for (int i = 0; i < PIXELS; i++)
        n += a[i] != b[i];
    return n;
}

/* Steps until the last step brought an event of that kind. */
static bool step_to(struct show *w, enum event_kind kind)
{
    for (int i = 0; i < 200; i++) {
        size_t before = cursor(&w->s);
        press(&w->s, KEY_RIGHT, 0);
        for (size_t e = before; e < cursor(&w->s); e++)
            if (trace_at(w->s.feed->trace, e)->kind == kind)
                return true;
        if (cursor(&w->s) == before)
            return false;
    }
    return false;
}

static colour at_rest[PIXELS], start[PIXELS], middle[PIXELS], end[PIXELS],
    back_middle[PIXELS], back_end[PIXELS];

enum { CARS_MOST = 16 };

/* Where the bytes are that are on their way: no box at rest is off the pixels
 * of the screen. */
static int places_of(const struct show *w, struct rect *to)
{
    const struct draw *d = &w->s.stage.ui.layers[0];
    int n = 0;
    for (size_t i = 0; i < d->count && n < CARS_MOST; i++)
        if (d->commands[i].kind == DRAW_BOX && d->commands[i].box.smooth)
            to[n++] = d->commands[i].box.at;
    return n;
}

static void expect_same_places(const struct show *w, const struct rect *there,
                               int count)
{
    struct rect now[CARS_MOST];
    EXPECT(count > 0);
    NEED(places_of(w, now) == count);
    for (int i = 0; i < count; i++)
        EXPECT(fabsf(now[i].x - there[i].x) < 0.1f &&
               fabsf(now[i].w - there[i].w) < 0.1f);
}

/* All phases of the step that brings `kind`, both ways. `mirrored`: half way
 * back the bytes are where they are half way there. */
static void expect_motion(const char *json, enum panel_id panel,
                          enum event_kind kind, bool mirrored)
{
    struct show w;
    struct rect there[CARS_MOST];
    NEED(show_up(&w, json, panel));
    NEED(step_to(&w, kind));
    press(&w.s, KEY_LEFT, 0);
    picture(&w, 1, at_rest);
    press(&w.s, KEY_RIGHT, 0);
    double began = w.s.in.now;
    picture(&w, 0, start);
    EXPECT(stage_patience(&w.s.stage) < 0.1);
    picture(&w, MOVE_TIME / 2, middle);
    int cars = places_of(&w, there);
    EXPECT(stage_patience(&w.s.stage) < 0.1);
    picture(&w, MOVE_TIME / 2 + 0.001, end);
    EXPECT(w.s.in.now - began < 0.25);
    EXPECT(differ(at_rest, end) > 20);
    EXPECT(differ(start, middle) > 20);
    EXPECT(differ(middle, end) > 20);
    EXPECT(differ(start, end) > 20);
    /* Then nothing is drawn, nor is anything waited for. */
    EXPECT(isinf(stage_patience(&w.s.stage)));
    EXPECT_EQ_INT(picture(&w, 1, start), 0);
    press(&w.s, KEY_LEFT, 0);
    picture(&w, MOVE_TIME / 2, back_middle);
    EXPECT(stage_patience(&w.s.stage) < 0.1);
    EXPECT(differ(back_middle, end) > 20);
    if (mirrored)
        expect_same_places(&w, there, cars);
    picture(&w, MOVE_TIME / 2 + 0.001, back_end);
    EXPECT_EQ_INT(differ(back_end, at_rest), 0);
    show_end(&w);
}

TEST("bytes flow into a pipe and out of it, and back")
{
    test_case("three bytes in");
    expect_motion(fifo_of_bytes, PANEL_PIPE, EV_PUT, true);
    test_case("two out");
    expect_motion(fifo_of_bytes, PANEL_PIPE, EV_GET, true);
    test_case("pages in");
    expect_motion(many_bytes, PANEL_PIPE, EV_PUT, false);
    test_case("pages out");
    expect_motion(many_bytes, PANEL_PIPE, EV_GET, false);
}

TEST("messages hop into a queue and out of it, and back")
{
    test_case("in");
    expect_motion(messages, PANEL_MSGQ, EV_SEND, false);
    test_case("out");
    expect_motion(messages, PANEL_MSGQ, EV_TAKE, false);
}

TEST("a count ticks, and back")
{
    expect_motion(counts, PANEL_SEM, EV_SEM, false);
}

/* Pixels that differ inside of the boxes of both address spaces. */
TEST("what is stored flashes in every address space")
{
    expect_motion(stores, PANEL_SHM, EV_STORE, false);
    struct show w;
    NEED(show_up(&w, stores, PANEL_SHM));
    NEED(step_to(&w, EV_STORE));
    picture(&w, 0, start);
    int bright = 0, seen = 0;
    colour soft = theme_of(THEME_LIGHT)->tones[TONE_ACCENT_SOFT];
    const struct draw *d = &w.s.stage.ui.layers[0];
    struct rect panel = w.s.stage.layout.at[PANEL_SHM];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_BOX || !rect_has(panel, c->box.at.x, c->box.at.y))
            continue;
        seen++;
        bright += c->box.fill == soft;
    }
    EXPECT(seen > 3);
    EXPECT_EQ_INT(bright, 3); /* two mappings and the row of the frame */
    show_end(&w);
}

TEST("with reduced motion all is there at once")
{
    struct show w;
    NEED(show_up(&w, fifo_of_bytes, PANEL_PIPE));
    w.s.stage.view.reduced_motion = true;
    NEED(step_to(&w, EV_PUT));
    picture(&w, 0, start);
    EXPECT(isinf(stage_patience(&w.s.stage)));
    picture(&w, 1, end);
    EXPECT_EQ_INT(differ(start, end), 0);
    show_end(&w);
}

TEST("any key ends it, and the next step sets out anew")
{
    struct show w;
    NEED(show_up(&w, fifo_of_bytes, PANEL_PIPE));
    NEED(step_to(&w, EV_PUT));
    picture(&w, 0, start);
    press(&w.s, 'm', 0);
    press(&w.s, 'm', 0);
    picture(&w, 0, middle);
    EXPECT(isinf(stage_patience(&w.s.stage)));
    picture(&w, 1, end);
    EXPECT_EQ_INT(differ(middle, end), 0);
    EXPECT(differ(start, end) > 20);
    NEED(step_to(&w, EV_GET));
    EXPECT(stage_patience(&w.s.stage) < 0.1);
    show_end(&w);
}

TEST("Shift+M switches it off and on")
{
    struct show w;
    NEED(show_up(&w, fifo_of_bytes, PANEL_PIPE));
    press(&w.s, 'm', MOD_SHIFT);
    EXPECT(w.s.stage.view.reduced_motion);
    press(&w.s, 'm', MOD_SHIFT);
    EXPECT(!w.s.stage.view.reduced_motion);
    show_end(&w);
}
