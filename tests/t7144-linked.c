/* t7144-linked.c: whoever is selected, or under the pointer, is so in every
 * panel that shows them: the same process wherever one looks. */
#include "render/canvas.h"
#include "render/link.h"
#include "tests/stand.h"

#include <string.h>

enum { WIDTH = 1920, HEIGHT = 1080 };

static const char all_at_once[] =
    "{'timeslice': 1, 'title': 'x', 'machine': {'memory': 30},"
    " 'scheduler': {'policy': 'rr', 'quantum': 2}, 'processes': ["
    " {'name': 'one', 'memory': 4, 'program': [{'pipe': 'p'},"
    "  {'msgget': 'q', 'key': 7, 'flags': 'IPC_CREAT|0600'},"
    "  {'semget': 's', 'key': 7, 'nsems': 1, 'flags': 'IPC_CREAT|0600'},"
    "  {'shmget': 'm', 'key': 7, 'size': 100, 'flags': 'IPC_CREAT|0600'},"
    "  {'shmat': 'm', 'as': 'a'}, {'semop': 's', 'ops': [{'num': 0,"
    "  'op': 1}]}, {'fork': 'two'}, {'cpu': 9}, {'wait': 'two'}]},"
    " {'name': 'two', 'memory': 4, 'program': [{'cpu': 3},"
    "  {'semop': 's', 'ops': [{'num': 0, 'op': -1}]}, {'cpu': 1},"
    "  {'msgrcv': 'q', 'type': 0, 'size': 9}]}]}";

struct show {
    struct stand s;
    struct canvas *canvas;
};

static void draw_all(struct show *w, colour *to)
{
    struct stage *st = &w->s.stage;
    frame(&w->s);
    canvas_draw(w->canvas, w->s.fonts, &st->ui.layers[0],
                stage_scale(st, WIDTH, HEIGHT), ui_tone(&st->ui, TONE_GROUND));
    memcpy(to, canvas_pixels(w->canvas), sizeof *to * WIDTH * HEIGHT);
}

/* Pixels of a panel that differ. */
static int differ(const struct show *w, enum panel_id panel, const colour *a,
                  const colour *b)
{
    float k = stage_scale(&w->s.stage, WIDTH, HEIGHT);
    struct rect at = w->s.stage.layout.at[panel];
    int n = 0;
    for (int y = (int)(at.y * k); y < (int)((at.y + at.h) * k); y++)
        for (int x = (int)(at.x * k); x < (int)((at.x + at.w) * k); x++)
            n += a[y * WIDTH + x] != b[y * WIDTH + x];
    return n;
}

static colour plain[WIDTH * HEIGHT], other[WIDTH * HEIGHT];

/* Panels that show the second process when it sleeps at the queue. */
static const enum panel_id panels_of[] = {
    PANEL_STATES, PANEL_PIPE, PANEL_MSGQ, PANEL_SHM, PANEL_SEM,
    PANEL_MEMORY, PANEL_PROGRAMS, PANEL_TIMELINE, PANEL_TABLE};
enum { PANELS = sizeof panels_of / sizeof *panels_of };

/* Only who has to do with them is in these. */
static bool has_only_second(enum panel_id p)
{
    return p == PANEL_MSGQ || p == PANEL_SEM;
}

static bool show_up(struct show *w)
{
    *w = (struct show){.canvas = canvas_new(WIDTH, HEIGHT)};
    if (!stand_up(&w->s, all_at_once))
        return false;
    w->s.width = WIDTH;
    w->s.height = HEIGHT;
    press(&w->s, KEY_END, 0);
    press(&w->s, KEY_HOME, 0);
    for (int i = 0; i < 200; i++) {
        press(&w->s, KEY_RIGHT, 0);
        if (world(&w->s)->head->procs > 1 &&
            world(&w->s)->task[1].wait == WAIT_MSGRCV)
            return true;
    }
    return false;
}

static void show_end(struct show *w)
{
    canvas_free(w->canvas);
    take_down(&w->s);
}

/* Where the token of the process is in the panel, as text of its initial. */
static bool place_in(const struct show *w, enum panel_id panel, int proc, float *x,
                     float *y)
{
    const struct draw *d = &w->s.stage.ui.layers[0];
    struct rect at = w->s.stage.layout.at[panel];
    colour fill = theme_process(w->s.stage.ui.theme, proc).fill;
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_CIRCLE || c->circle.fill != fill ||
            !rect_has(at, c->circle.at.x, c->circle.at.y))
            continue;
        *x = c->circle.at.x;
        *y = c->circle.at.y;
        return true;
    }
    return false;
}

/* Brings a panel to the front where several share a place. */
static bool bring(struct show *w, enum panel_id panel)
{
    w->s.stage.view.tab = (int)panel;
    frame(&w->s);
    return w->s.stage.layout.at[panel].w > 0;
}

TEST("who is selected is so in every panel")
{
    struct show w;
    NEED(show_up(&w));
    int seen = 0;
    for (int i = 0; i < PANELS; i++) {
        test_case("%d", panels_of[i]);
        if (!bring(&w, panels_of[i]))
            continue;
        for (int proc = has_only_second(panels_of[i]); proc < 2; proc++) {
            w.s.stage.view.selected = NONE;
            draw_all(&w, plain);
            w.s.stage.view.selected = proc;
            draw_all(&w, other);
            EXPECT(differ(&w, panels_of[i], plain, other) > 20);
        }
        seen++;
    }
    EXPECT_EQ_INT(seen, PANELS);
    show_end(&w);
}

TEST("who is under the pointer in one panel shows it in all others")
{
    struct show w;
    NEED(show_up(&w));
    int looked = 0;
    for (int i = 0; i < PANELS; i++) {
        if (!bring(&w, panels_of[i]))
            continue;
        w.s.in.x = w.s.in.y = -1;
        draw_all(&w, plain);
        float x, y;
        if (!place_in(&w, panels_of[i], 1, &x, &y))
            continue;
        w.s.in.x = x;
        w.s.in.y = y;
        draw_all(&w, other);
        EXPECT_EQ_INT(w.s.stage.ui.about, 2);
        for (int k = 0; k < PANELS; k++)
            if (k != i && w.s.stage.layout.at[panels_of[k]].w > 0) {
                test_case("pointer in %d, look at %d", panels_of[i],
                          panels_of[k]);
                EXPECT(differ(&w, panels_of[k], plain, other) > 20);
            }
        looked++;
    }
    EXPECT(looked >= 6);
    /* And it goes when the pointer goes. */
    w.s.in.x = w.s.in.y = -1;
    draw_all(&w, other);
    EXPECT_EQ_INT(w.s.stage.ui.about, 0);
    draw_all(&w, plain);
    EXPECT(memcmp(plain, other, sizeof plain) == 0);
    show_end(&w);
}

TEST("a row of the timeline, its slices on the CPU and a row of the table, too")
{
    struct show w;
    NEED(show_up(&w));
    struct rect at = w.s.stage.layout.at[PANEL_TIMELINE];
    bool met[2] = {false, false};
    for (float y = at.y + 40; y < at.y + at.h - 30; y += 3) {
        w.s.in.x = at.x + 160;
        w.s.in.y = y;
        frame(&w.s);
        if (w.s.stage.ui.about > 0)
            met[w.s.stage.ui.about - 1] = true;
    }
    EXPECT(met[0] && met[1]);
    NEED(bring(&w, PANEL_TABLE));
    at = w.s.stage.layout.at[PANEL_TABLE];
    met[0] = met[1] = false;
    for (float y = at.y; y < at.y + at.h; y += 3) {
        w.s.in.x = at.x + at.w / 2;
        w.s.in.y = y;
        frame(&w.s);
        if (w.s.stage.ui.about > 0)
            met[w.s.stage.ui.about - 1] = true;
    }
    EXPECT(met[0] && met[1]);
    show_end(&w);
}

TEST("an object shows its processes everywhere, pointed at or selected")
{
    static const enum panel_id objects[] = {PANEL_PIPE, PANEL_MSGQ, PANEL_SHM,
                                            PANEL_SEM};
    struct show w;
    NEED(show_up(&w));
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        NEED(bring(&w, objects[i]));
        struct rect at = w.s.stage.layout.at[objects[i]];
        struct point name = {at.x + 20, at.y + 44};
        test_case("%d", objects[i]);
        w.s.in.x = w.s.in.y = -1;
        draw_all(&w, plain);
        w.s.in.x = name.x;
        w.s.in.y = name.y;
        draw_all(&w, other);
        EXPECT(link_is_object(w.s.stage.ui.about));
        EXPECT(differ(&w, PANEL_STATES, plain, other) > 20);
        EXPECT(differ(&w, PANEL_TIMELINE, plain, other) > 20);
        click(&w.s, name.x, name.y);
        EXPECT(link_is_object(w.s.stage.view.object));
        w.s.in.x = w.s.in.y = -1;
        draw_all(&w, other);
        EXPECT(differ(&w, PANEL_STATES, plain, other) > 20);
        EXPECT(differ(&w, objects[i], plain, other) > 20);
        press(&w.s, KEY_ESCAPE, 0);
        EXPECT_EQ_INT(w.s.stage.view.object, 0);
    }
    show_end(&w);
}

TEST("an object's processes are those of the world")
{
    struct show w;
    NEED(show_up(&w));
    const struct world *now = world(&w.s);
    /* Both have the pipe and the segment by fork; the second waits at the queue
     * and has taken the semaphore. */
    for (int proc = 0; proc < 2; proc++) {
        EXPECT(link_has(now, link_object(PANEL_PIPE, 0), proc));
        EXPECT(link_has(now, link_object(PANEL_SHM, 0), proc));
        EXPECT_EQ_INT(link_has(now, link_object(PANEL_MSGQ, 0), proc), proc);
        EXPECT_EQ_INT(link_has(now, link_object(PANEL_SEM, 0), proc), proc);
    }
    show_end(&w);
}
