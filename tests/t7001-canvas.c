/* t7001-canvas.c: pixels are what the commands say, and the same however much
 * of the picture is drawn; text is measured and broken as it should be. */
#include "render/canvas.h"
#include "render/raster.h"
#include "render/shape.h"
#include "sim/base/lang.h"
#include "sim/base/rng.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>

enum { W = 300, H = 200 };
static const struct rect all = {0, 0, W, H};

/* ----------------------------------------------------------------- raster */

static double area;

static void sum_span(void *paint, int x, int y, int length, int coverage)
{
    (void)paint;
    (void)x;
    (void)y;
    area += length * coverage / 255.0;
}

static double area_of(const struct point *p, size_t count)
{
    struct raster r = {0};
    area = 0;
    raster_begin(&r, (struct pixel_rect){0, 0, W, H});
    raster_polygon(&r, p, count);
    raster_end(&r, sum_span, NULL);
    raster_free(&r);
    return area;
}

TEST("a polygon covers exactly its area")
{
    const struct point box[] = {{10.25f, 10.5f}, {20.75f, 10.5f},
                                {20.75f, 30.25f}, {10.25f, 30.25f}};
    EXPECT(fabs(area_of(box, 4) - 10.5 * 19.75) < 0.2);
    const struct point three[] = {{5, 5}, {105.5f, 17}, {50, 96.75f}};
    double want = fabs((105.5 - 5) * (96.75 - 5) - (50 - 5) * (17 - 5)) / 2;
    EXPECT(fabs(area_of(three, 3) - want) < want / 500);
    const struct point sliver[] = {{0, 0}, {299, 0.1f}, {299, 0.6f}};
    EXPECT(fabs(area_of(sliver, 3) - 299 * 0.5 / 2) < 1);
}

TEST("a circle and a ring have the area of the formula")
{
    const double pi = 3.14159265358979;
    struct raster r = {0};
    area = 0;
    raster_begin(&r, (struct pixel_rect){0, 0, W, H});
    shape_rounded(&r, (struct rect){20.3f, 20.7f, 80, 80}, 40, false);
    raster_end(&r, sum_span, NULL);
    EXPECT(fabs(area - pi * 1600) < 10);
    area = 0;
    raster_begin(&r, (struct pixel_rect){0, 0, W, H});
    shape_ring(&r, (struct point){100, 100}, 50, 10, 0, 0.25f);
    raster_end(&r, sum_span, NULL);
    EXPECT(fabs(area - pi * (2500 - 1600) / 4) < 3);
    raster_free(&r);
}

TEST("what lies outside of the clip changes nothing inside")
{
    const struct point p[] = {{-1000, -50}, {900, 30}, {400, 999}, {-20, 60}};
    struct raster r = {0};
    area = 0;
    raster_begin(&r, (struct pixel_rect){0, 0, W, H});
    raster_polygon(&r, p, 4);
    raster_end(&r, sum_span, NULL);
    double whole = area;
    area = 0;
    for (int x = 0; x < W; x += 37)
        for (int y = 0; y < H; y += 23) {
            int w = W - x < 37 ? W - x : 37, h = H - y < 23 ? H - y : 23;
            raster_begin(&r, (struct pixel_rect){x, y, w, h});
            raster_polygon(&r, p, 4);
            raster_end(&r, sum_span, NULL);
        }
    EXPECT(fabs(area - whole) < 1e-6);
    raster_free(&r);
}

TEST("a turn goes clockwise from the top")
{
    static const float want[5][2] = {
        {0, -1}, {1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    for (int i = 0; i < 5; i++) {
        struct point p = shape_turn(i / 4.0);
        test_case("%d quarters", i);
        EXPECT(fabsf(p.x - want[i][0]) < 1e-6f);
        EXPECT(fabsf(p.y - want[i][1]) < 1e-6f);
    }
    for (int i = -100; i < 100; i++) {
        struct point p = shape_turn(i / 77.0);
        double turn = i / 77.0 * 6.283185307179586;
        test_case("%d / 77 turns", i);
        EXPECT(fabs((double)p.x - sin(turn)) < 1e-6);
        EXPECT(fabs((double)p.y + cos(turn)) < 1e-6);
    }
}

/* ----------------------------------------------------------------- canvas */

static float any(uint64_t *seed, int most)
{
    return (float)rng_below(seed, (uint64_t)most * 16) / 16;
}

static colour any_colour(uint64_t *seed)
{
    return 0x40000000u | (colour)rng_next(seed);
}

/* A shape of each kind at a random place. */
static void any_shape(struct draw *d, uint64_t *seed)
{
    struct point p[4];
    for (int i = 0; i < 4; i++) {
        p[i].x = any(seed, W + 40) - 20;
        p[i].y = any(seed, H + 40) - 20;
    }
    /* One after the other: the order within a call is the compiler's. */
    float v[4];
    colour k[3];
    for (int i = 0; i < 4; i++)
        v[i] = any(seed, 1);
    for (int i = 0; i < 3; i++)
        k[i] = any_colour(seed);
    struct rect at = {p[0].x, p[0].y, v[0] * 90 + 1, v[1] * 70 + 1};
    struct stroke s = {.line = k[0], .width = 0.3f + 5 * v[2]};
    colour ink = k[1];
    switch (rng_below(seed, 9)) {
    case 0:
        draw_box(d, (struct box){.at = at, .fill = ink, .radius = v[2] * 9,
                                 .pattern = (enum pattern)(*seed % 5),
                                 .ink = k[2],
                                 .border = v[3] * 3, .line = s.line,
                                 .dash = v[3] * 8 - 4});
        break;
    case 1:
        draw_circle(d, p[0], v[0] * 40, ink, v[1] * 3, s.line);
        break;
    case 2:
        draw_ring(d, p[0], 10 + v[0] * 40, 6, v[1], 1 + v[2], ink);
        break;
    case 3:
        draw_curve(d, p[0], p[1], p[2], p[3],
                   (struct stroke){.line = ink, .width = 2, .head = 12,
                                   .tail = v[0] * 18 - 9});
        break;
    case 4:
        s.dash = v[3] * 10 - 5;
        draw_polyline(d, p, 4, s);
        break;
    case 5:
        draw_line(d, p[0], (struct point){p[0].x, p[1].y}, s);
        break;
    case 6:
        draw_polygon(d, p, 4, ink);
        break;
    case 7:
        draw_shadow(d, at, 8, 12, ink);
        break;
    default: {
        colour pixels[12];
        for (int i = 0; i < 12; i++)
            pixels[i] = any_colour(seed);
        draw_image(d, at, pixels, 4, 3);
    }
    }
}

/* A scene of 60 shapes; `changed` of them differ between frames. */
static void any_scene(struct draw *d, struct arena *a, uint64_t scene,
                      uint64_t frame)
{
    draw_begin(d, a, all);
    for (uint64_t i = 0; i < 60; i++) {
        uint64_t seed = scene * 1000 + i + (i % 20 == 7 ? frame * 7919 : 0);
        if (i == 30)
            draw_clip_push(d, (struct rect){30.5f, 20, 200, 150});
        any_shape(d, &seed);
    }
    draw_clip_pop(d);
}

TEST("drawing what changed gives the bytes of drawing everything")
{
    static const float scales[] = {1, 1.25f, 2};
    size_t parts = 0;
    for (uint64_t scene = 1; scene <= 30; scene++) {
        float scale = scales[scene % 3];
        int w = (int)(W * scale), h = (int)(H * scale);
        struct canvas *kept = canvas_new(w, h);
        for (uint64_t frame = 0; frame < 6; frame++) {
            struct arena a = {0};
            struct draw d;
            any_scene(&d, &a, scene, frame);
            struct canvas *fresh = canvas_new(w, h);
            canvas_draw(fresh, NULL, &d, scale, 0xFFF0F0F0u);
            parts += canvas_draw(kept, NULL, &d, scale, 0xFFF0F0F0u) > 1;
            test_case("scene %d, frame %d", (int)scene, (int)frame);
            EXPECT_EQ_BYTES(canvas_pixels(kept), canvas_pixels(fresh),
                            (size_t)w * (size_t)h * sizeof(colour));
            canvas_free(fresh);
            arena_free(&a);
        }
        canvas_free(kept);
    }
    EXPECT(parts > 20);
}

TEST("the same commands are not drawn twice, a changed one only where it is")
{
    struct canvas *c = canvas_new(640, 640);
    for (int frame = 0; frame < 3; frame++) {
        struct arena a = {0};
        struct draw d;
        draw_begin(&d, &a, (struct rect){0, 0, 640, 640});
        draw_rect(&d, (struct rect){10, 10, 600, 20}, 0xFF112233u);
        draw_circle(&d, (struct point){400, 400}, frame == 2 ? 9 : 8,
                    0xFF445566u, 0, 0);
        size_t n = canvas_draw(c, NULL, &d, 1, 0xFFFFFFFFu);
        test_case("frame %d", frame);
        EXPECT_EQ_INT(n, frame == 1 ? 0 : 1);
        if (frame == 2) {
            struct pixel_rect r = canvas_changed(c, 0);
            EXPECT(r.w <= 128 && r.h <= 128);
            EXPECT(r.x <= 391 && r.x + r.w >= 409);
        }
        arena_free(&a);
    }
    canvas_forget(c);
    struct arena a = {0};
    struct draw d;
    draw_begin(&d, &a, (struct rect){0, 0, 640, 640});
    EXPECT_EQ_INT(canvas_draw(c, NULL, &d, 1, 0xFFFFFFFFu), 1);
    EXPECT_EQ_INT(canvas_changed(c, 0).w, 640);
    arena_free(&a);
    canvas_free(c);
}

TEST("a box lies on whole pixels, and its border inside of it")
{
    struct arena a = {0};
    struct draw d;
    struct canvas *c = canvas_new(20, 20);
    draw_begin(&d, &a, all);
    draw_box(&d, (struct box){.at = {3.3f, 3.4f, 10, 10}, .fill = 0xFF00FF00u,
                              .border = 1, .line = 0xFF0000FFu});
    canvas_draw(c, NULL, &d, 1, 0xFFFFFFFFu);
    const colour *p = canvas_pixels(c);
    EXPECT_EQ_HEX(p[3 * 20 + 3], 0xFF0000FFu);
    EXPECT_EQ_HEX(p[2 * 20 + 3], 0xFFFFFFFFu);
    EXPECT_EQ_HEX(p[4 * 20 + 4], 0xFF00FF00u);
    EXPECT_EQ_HEX(p[12 * 20 + 12], 0xFF0000FFu);
    EXPECT_EQ_HEX(p[13 * 20 + 13], 0xFFFFFFFFu);
    canvas_free(c);
    arena_free(&a);
}

TEST("the pixels of a picture without text are these, on every machine")
{
    uint64_t h = 0;
    struct canvas *c = canvas_new(W, H);
    for (uint64_t scene = 1; scene <= 10; scene++) {
        struct arena a = {0};
        struct draw d;
        any_scene(&d, &a, scene, 0);
        canvas_draw(c, NULL, &d, 1, 0xFFFFFFFFu);
        for (int i = 0; i < W * H; i++)
            h = (h ^ canvas_pixels(c)[i]) * UINT64_C(0x100000001B3);
        arena_free(&a);
    }
    EXPECT_EQ_HEX(h, UINT64_C(0xc17bc67b46c55ca4));
    canvas_free(c);
}

TEST("empty, tiny and far away shapes draw without harm")
{
    struct arena a = {0};
    struct draw d;
    struct canvas *c = canvas_new(40, 40);
    draw_begin(&d, &a, all);
    struct point same[3] = {{9, 9}, {9, 9}, {9, 9}};
    draw_polyline(&d, same, 3, (struct stroke){.line = ~0u, .width = 2,
                                               .head = 8});
    draw_line(&d, (struct point){1, 1}, (struct point){2, 1},
              (struct stroke){.line = ~0u, .width = 1, .head = 9, .tail = 9});
    draw_ring(&d, (struct point){5, 5}, 3, 9, 0.5f, 0.5f, ~0u);
    draw_box(&d, (struct box){.at = {1, 1, 0, 5}, .fill = ~0u});
    draw_box(&d, (struct box){.at = {-1e9f, -1e9f, 2e9f, 2e9f}, .fill = ~0u,
                              .radius = 5});
    draw_circle(&d, (struct point){1e8f, 5}, 3, ~0u, 0, 0);
    draw_shadow(&d, (struct rect){1, 1, 2, 2}, 9, 9, ~0u);
    EXPECT_EQ_INT(canvas_draw(c, NULL, &d, 1, 0xFF000000u), 1);
    EXPECT_EQ_HEX(canvas_pixels(c)[0], 0xFFFFFFFFu);
    canvas_free(c);
    arena_free(&a);
}

/* ------------------------------------------------------------------- text */

static struct font_set *fonts(void)
{
    struct str why = {0};
    struct font_set *t = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    return t;
}

TEST("every character of every word has a glyph in every face")
{
    struct font_set *t = fonts();
    NEED(t);
    for (int w = 0; w < WORD_COUNT; w++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *s = word((enum word)w, (enum lang)lang);
            test_case("%s", s);
            unsigned code;
            for (size_t n; *s; s += n) {
                n = utf8_length(s, strlen(s), &code);
                NEED(n > 0);
                for (int f = 0; f < FACE_COUNT; f++)
                    EXPECT(code == '\n' || text_has(t, (enum face)f, code));
            }
        }
    EXPECT(!text_has(t, FACE_REGULAR, 0x10FFFD));
    text_free(t);
}

TEST("the width of a text is the sum of its characters, and fitting agrees")
{
    struct font_set *t = fonts();
    NEED(t);
    const char *s = "read(2) 就绪 → \xff!";
    size_t length = strlen(s);
    float whole = text_width(t, FACE_REGULAR, 20, s, length);
    EXPECT(whole > 100 && whole < 250);
    EXPECT_EQ_INT(text_fit(t, FACE_REGULAR, 20, s, length, whole + 0.1f),
                  length);
    for (float room = 0; room < whole; room += 3) {
        size_t n = text_fit(t, FACE_REGULAR, 20, s, length, room);
        test_case("room for %d", (int)room);
        EXPECT(n < length);
        EXPECT(text_width(t, FACE_REGULAR, 20, s, n) <= room + 0.01f);
        EXPECT(((unsigned char)s[n] & 0xC0) != 0x80);
    }
    EXPECT(text_width(t, FACE_CODE, 20, "il", 2) ==
           text_width(t, FACE_CODE, 20, "MW", 2));
    text_free(t);
}

TEST("lines break at blanks and between ideographs, not before punctuation")
{
    struct font_set *t = fonts();
    NEED(t);
    const char *zh = "管道是空的，所以（子进程）睡眠。";
    for (float room = 20; room < 340; room += 5) {
        size_t next, left = strlen(zh);
        for (const char *s = zh; left; s += next, left -= next) {
            text_line(t, FACE_REGULAR, 20, s, left, room, &next);
            test_case("room %d, at %s", (int)room, s);
            NEED(next > 0 && next <= left);
            if (room >= 60) {
                EXPECT(strncmp(s, "，", 3) != 0 && strncmp(s, "。", 3) != 0);
                EXPECT(strncmp(s, "）", 3) != 0);
                EXPECT(strncmp(s + next - 3, "（", 3) != 0);
            }
        }
    }
    size_t next;
    const char *en = "one two  three";
    float room = text_width(t, FACE_REGULAR, 20, "one two t", 9);
    EXPECT_EQ_INT(text_line(t, FACE_REGULAR, 20, en, 14, room, &next), 7);
    EXPECT_EQ_STR(en + next, "three");
    EXPECT_EQ_INT(text_line(t, FACE_REGULAR, 20, "a\nb", 3, 999, &next), 1);
    EXPECT_EQ_INT(next, 2);
    EXPECT_EQ_INT(text_line(t, FACE_REGULAR, 20, "WWWW", 4, 1, &next), 1);
    text_free(t);
}

TEST("a glyph moved by a quarter of a pixel keeps its ink")
{
    struct font_set *t = fonts();
    NEED(t);
    long ink[4] = {0};
    for (int q = 0; q < 4; q++) {
        const struct glyph *g = text_glyph(t, FACE_REGULAR, 16, 'n', q);
        NEED(g->mask);
        for (int i = 0; i < g->width * g->height; i++)
            ink[q] += g->mask[i];
        EXPECT(labs(ink[q] - ink[0]) * 50 < ink[0]);
        EXPECT(g->top >= 7 && g->top <= 10);
    }
    EXPECT(!text_glyph(t, FACE_REGULAR, 16, ' ', 0)->mask);
    EXPECT(text_glyph(t, FACE_REGULAR, 16, 'n', 1) ==
           text_glyph(t, FACE_REGULAR, 16, 'n', 1));
    text_free(t);
}
