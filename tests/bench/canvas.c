/* canvas.c: what pictures cost: a line, a glyph, a whole frame, a frame in
 * which nothing or little has changed. Wall clock; best of several rounds. */
#define _POSIX_C_SOURCE 200809L
#include "render/canvas.h"
#include "render/ui.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WIDTH = 1280, HEIGHT = 800, MANY = 2000, ROUNDS = 7 };

static const struct rect all = {0, 0, WIDTH, HEIGHT};
static const colour ground = 0xFFF3F2EEu;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds to draw everything, less those of an empty picture. */
static double full(struct canvas *c, struct font_set *t, const struct draw *d)
{
    struct draw none = {0};
    double best = 1e9, empty = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        canvas_forget(c);
        double start = now();
        canvas_draw(c, t, d, 1, ground);
        best = fmin(best, now() - start);
        canvas_forget(c);
        start = now();
        canvas_draw(c, t, &none, 1, ground);
        empty = fmin(empty, now() - start);
    }
    return best - empty;
}

static void lines(struct draw *d)
{
    for (int i = 0; i < MANY; i++) {
        float x = (float)(i * 131 % 1100), y = (float)(i * 71 % 700);
        draw_line(d, (struct point){x, y},
                  (struct point){x + 80, y + (float)(i % 61) - 30},
                  (struct stroke){.line = 0xFF202430u, .width = 1.5f});
    }
}

static void glyphs(struct draw *d)
{
    static const char word[] = "timeslices";
    for (int i = 0; i < MANY / 10; i++) {
        float x = (float)(i * 131 % 1100), y = (float)(20 + i * 71 % 700);
        draw_text(d, (struct point){x, y},
                  (struct draw_run){.text = word, .length = 10, .size = 13,
                                    .ink = 0xFF202430u, .width = 80});
    }
}

static void boxes(struct draw *d)
{
    for (int i = 0; i < MANY; i++) {
        float x = (float)(i * 131 % 1100), y = (float)(i * 71 % 700);
        draw_box(d, (struct box){.at = {x, y, 40, 20}, .radius = 6,
                                 .fill = 0xFF3DB68Fu, .border = 1,
                                 .line = 0xFF202430u});
    }
}

static void show(const char *what, double seconds, int count)
{
    printf("%-34s %9.2f us\n", what, seconds * 1e6 / count);
}

/* Six cards of text rows and bars: about what a window has. */
static void window(struct ui *ui, int tick)
{
    for (int i = 0; i < 6; i++) {
        struct rect at = rect_row(rect_column(all, i % 3, 3, 10), i / 3, 2, 10);
        struct rect in = ui_card(ui, at, "Processes", "running");
        for (int row = 0; row < 12; row++) {
            struct rect r = rect_cut_top(&in, 26);
            ui_token(ui, (struct point){r.x + 12, r.y + 12}, 10, row, "p", 0);
            ui_label(ui, (struct rect){r.x + 30, r.y, 150, r.h}, TYPE_CODE,
                     TONE_TEXT, "n = read(p[0]);");
            ui_state_bar(ui, (struct rect){r.x + 190, r.y, 150, 22},
                         (enum state)(row % STATE_COUNT));
        }
    }
    draw_circle(ui->draw, (struct point){20 + (float)tick, 400}, 9,
                0xFF0B69ABu, 0, 0);
}

static void frames(struct canvas *c, struct font_set *t)
{
    struct ui ui = {0};
    struct input in = {.x = -1, .y = -1};
    double build = 1e9, whole = 1e9, same = 1e9, moved = 1e9;
    size_t commands = 0;
    for (int i = 0; i < 40; i++) {
        double start = now();
        ui_begin(&ui, (struct ui_setup){theme_of(THEME_LIGHT), t, LANG_EN,
                                        WIDTH, HEIGHT, 1, &in});
        window(&ui, i);
        ui_end(&ui);
        build = fmin(build, now() - start);
        commands = ui.layers[0].count;
        start = now();
        canvas_draw(c, t, &ui.layers[0], 1, ground);
        moved = fmin(moved, now() - start);
        start = now();
        canvas_draw(c, t, &ui.layers[0], 1, ground);
        same = fmin(same, now() - start);
        canvas_forget(c);
        start = now();
        canvas_draw(c, t, &ui.layers[0], 1, ground);
        whole = fmin(whole, now() - start);
    }
    printf("a window of %zu commands, %d x %d:\n", commands, WIDTH, HEIGHT);
    show("  describing it", build, 1);
    show("  drawing all of it", whole, 1);
    show("  nothing has changed", same, 1);
    show("  a token has moved", moved, 1);
    ui_free(&ui);
}

int main(void)
{
    struct str why = {0};
    struct font_set *t = text_new(&why);
    if (!t) {
        fprintf(stderr, "%s\n", str_text(&why));
        return 3;
    }
    static const struct {
        const char *name;
        void (*fill)(struct draw *);
    } things[] = {{"an antialiased line, 80 long", lines},
                  {"a glyph, 13 high", glyphs},
                  {"a rounded box with border, 40 x 20", boxes}};
    struct canvas *c = canvas_new(WIDTH, HEIGHT);
    for (int i = 0; i < 3; i++) {
        struct arena a = {0};
        struct draw d;
        draw_begin(&d, &a, all);
        things[i].fill(&d);
        show(things[i].name, full(c, t, &d), MANY);
        arena_free(&a);
    }
    frames(c, t);
    canvas_free(c);
    text_free(t);
    return 0;
}
