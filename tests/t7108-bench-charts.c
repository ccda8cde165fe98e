/* t7108-bench-charts.c: the charts of bench-ipc: names beside lines that do not
 * lie on each other, nothing cut, in every theme, language and size. The
 * figures are made up. */
#include "render/bench_view.h"
#include "render/stage.h"
#include "tests/test.h"

#include <math.h>

enum shape {
    SHAPE_USUAL,   /* as measured: small messages by pipe, large by memory */
    SHAPE_EVEN,    /* all lines end in one point */
    SHAPE_FLAT,    /* one size, one number */
    SHAPE_WIDE,    /* six decades, and as many sizes as there may be */
    SHAPE_PARTIAL, /* half of it is measured */
    SHAPE_NOTHING, /* nothing is */
    SHAPE_FEW,     /* two mechanisms */
    SHAPE_COUNT
};

static struct figures figures_of(enum shape s)
{
    struct figures f = {.ways = (1u << WAY_COUNT) - 1};
    f.size_count = s == SHAPE_FLAT ? 1 : s == SHAPE_WIDE ? 24 : 8;
    if (s == SHAPE_FEW)
        f.ways = 1u << WAY_MSGQ | 1u << WAY_SHM;
    for (int i = 0; i < f.size_count; i++)
        f.sizes[i] = s == SHAPE_WIDE ? (int64_t)16 + 300 * i
                                     : (int64_t)64 << (2 * i);
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(&f, (enum way)w); i++) {
            double size = (double)f.sizes[i], fixed = 0.3 + 0.3 * (w > 2);
            double ns = w < 3 ? 0.9 : 0.5 - 0.1 * (w - 3);
            double rate = size / (fixed + size * ns / 1000) / 1.048576;
            struct figure *g = &f.at[w][i];
            if (s == SHAPE_NOTHING || (s == SHAPE_PARTIAL && i > 3))
                continue;
            if (s == SHAPE_EVEN || s == SHAPE_FLAT)
                rate = 100 + i;
            if (s == SHAPE_WIDE)
                rate = pow(10, i % 6 + 0.01 * w);
            *g = (struct figure){true, 1, rate, 8 + size / rate,
                                 20 + size / rate};
            if (s == SHAPE_EVEN) /* another sentence */
                g->late = 20 * g->latency;
        }
    return f;
}

struct desk {
    struct font_set *fonts;
    struct ui ui;
    struct input in;
    struct figures figures;
    struct bench_source source;
    struct plot_labels labels[2];
};

static bool set_up(struct desk *d)
{
    struct str why = {0};
    *d = (struct desk){.in = {.x = -1, .y = -1}};
    d->fonts = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    d->source = (struct bench_source){.figures = &d->figures,
                                      .descriptor = -1};
    return d->fonts != NULL;
}

static void take_down(struct desk *d)
{
    ui_free(&d->ui);
    text_free(d->fonts);
}

static void draw(struct desk *d, enum theme_kind theme, enum lang lang,
                 const int size[2])
{
    float scale = screen_scale(theme_of(theme)->big, 1, size[0], size[1]);
    ui_begin(&d->ui, (struct ui_setup){.theme = theme_of(theme),
                                       .text = d->fonts,
                                       .lang = lang,
                                       .width = (float)size[0] / scale,
                                       .height = (float)size[1] / scale,
                                       .scale = scale,
                                       .in = &d->in});
    bench_draw(&d->ui, &d->source, d->labels);
    ui_end(&d->ui);
}

static bool overlap(struct rect a, struct rect b)
{
    return a.x + 0.5f < b.x + b.w && b.x + 0.5f < a.x + a.w &&
           a.y + 0.5f < b.y + b.h && b.y + 0.5f < a.y + a.h;
}

static bool inside(struct rect a, struct rect all)
{
    return a.x >= all.x && a.y >= all.y && a.x + a.w <= all.x + all.w &&
           a.y + a.h <= all.y + all.h;
}

static void expect_labels_apart(const struct plot_labels *l)
{
    EXPECT(l->count > 0);
    EXPECT(l->inside.w > 100 && l->inside.h > 100);
    for (int i = 0; i < l->count; i++) {
        EXPECT(inside(l->at[i], l->inside));
        for (int k = 0; k < i; k++)
            EXPECT(!overlap(l->at[i], l->at[k]));
    }
}

TEST("no name or number lies on another one, outside or cut")
{
    static const int sizes[][2] = {{1024, 700}, {1280, 800}, {1920, 1080},
                                   {3840, 2160}};
    struct desk d;
    NEED(set_up(&d));
    for (int i = 0; i < 4 * THEME_COUNT * LANG_COUNT * SHAPE_COUNT; i++) {
        const int *size = sizes[i % 4];
        enum theme_kind theme = (enum theme_kind)(i / 4 % THEME_COUNT);
        enum lang lang = (enum lang)(i / 4 / THEME_COUNT % LANG_COUNT);
        int shape = i / 4 / THEME_COUNT / LANG_COUNT;
        test_case("%d × %d, theme %d, language %d, shape %d", size[0], size[1],
                  (int)theme, (int)lang, shape);
        d.figures = figures_of((enum shape)shape);
        draw(&d, theme, lang, size);
        for (size_t k = 0; k < d.ui.cut_count; k++)
            EXPECT_EQ_STR(d.ui.cuts[k].text, "");
        expect_labels_apart(&d.labels[0]);
        expect_labels_apart(&d.labels[1]);
        EXPECT(!overlap(d.labels[0].inside, d.labels[1].inside));
    }
    take_down(&d);
}

/* How often the text was drawn in the last picture. */
static int drawn(const struct desk *d, const char *text)
{
    const struct draw *list = &d->ui.layers[LAYER_BASE];
    int n = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct draw_command *c = &list->commands[i];
        n += c->kind == DRAW_TEXT && c->text.run.length == strlen(text) &&
             memcmp(c->text.run.text, text, strlen(text)) == 0;
    }
    return n;
}

TEST("every mechanism is named at its line, and crossings have a ring each")
{
    static const int size[2] = {1280, 800};
    struct plot_crossing list[PLOT_CROSSINGS_MOST];
    struct desk d;
    NEED(set_up(&d));
    d.figures = figures_of(SHAPE_USUAL);
    draw(&d, THEME_LIGHT, LANG_EN, size);
    EXPECT_EQ_INT(drawn(&d, "pipe, 2 copies"), 1);
    EXPECT_EQ_INT(drawn(&d, "FIFO"), 1);
    EXPECT_EQ_INT(drawn(&d, "shared, in place"), 2);
    EXPECT_EQ_INT(drawn(&d, "semaphore alone"), 1);
    EXPECT_EQ_INT(plot_crossings(&d.figures, list), 2);
    int rings = 0;
    for (size_t i = 0; i < d.ui.layers[0].count; i++)
        rings += d.ui.layers[0].commands[i].kind == DRAW_RING;
    EXPECT_EQ_INT(rings, 2);
    d.figures = figures_of(SHAPE_EVEN);
    EXPECT_EQ_INT(plot_crossings(&d.figures, list), 0);
    take_down(&d);
}

TEST("no two lines have the same dashes and points, or the same colour")
{
    for (int a = 0; a < WAY_COUNT; a++)
        for (int b = 0; b < a; b++) {
            const struct way_look *x = &way_looks[a], *y = &way_looks[b];
            test_case("%s, %s", way_table[a].name, way_table[b].name);
            EXPECT(x->process != y->process);
            EXPECT(x->corners != y->corners || x->turned != y->turned);
        }
}

TEST("what has broken off is said instead of a verdict; so is the progress")
{
    static const int size[2] = {1280, 800};
    struct desk d;
    NEED(set_up(&d));
    d.figures = figures_of(SHAPE_PARTIAL);
    d.source.trouble = "It broke off.";
    draw(&d, THEME_DARK, LANG_EN, size);
    EXPECT_EQ_INT(drawn(&d, "It broke off."), 1);
    EXPECT_EQ_INT(drawn(&d, "stopped"), 1);
    d.source.trouble = NULL;
    d.source.measuring = true;
    draw(&d, THEME_DARK, LANG_EN, size);
    EXPECT_EQ_INT(drawn(&d, "25 of 49 measured"), 2);
    take_down(&d);
}

TEST("a picture that cannot be written says why")
{
    struct figures f = figures_of(SHAPE_USUAL);
    const struct bench_look look = {LANG_ZH, THEME_PROJECTOR, 1024, 700};
    struct str why = {0};
    EXPECT(!bench_shot(&f, &look, "/nowhere/x.png", &why));
    EXPECT(why.length > 0);
    str_free(&why);
}
