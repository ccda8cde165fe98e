/* t7141-apart.c: the seven states as they are drawn, pixel by pixel, looked at
 * with eyes that lack a receptor and on a projector that shows only grey.
 *
 * t7002 compares the colours of the theme's table; here hue, pattern, outline
 * and height act together, as on screen: the bar of a timeline row, a narrow
 * slice of it, the swatch of a legend, and a station without its word.
 *
 * Eyes: those of Viénot, Brettel, Mollon 1999 (colour.c) and, computed apart
 * from it, those of Machado, Oliveira, Fernandes 2009, table 1 at severity 1. */
#include "render/canvas.h"
#include "render/ui.h"
#include "tests/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 220, HEIGHT = 64, PIXELS = WIDTH * HEIGHT };

/* ---- eyes ---- */

static double to_linear(unsigned byte)
{
    double c = byte / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static colour to_byte(double c)
{
    c = fmin(fmax(c, 0), 1);
    double v = c <= 0.0031308 ? 12.92 * c : 1.055 * pow(c, 1 / 2.4) - 0.055;
    return (colour)(v * 255 + 0.5);
}

static colour through(colour c, const double m[3][3])
{
    double in[3] = {to_linear(c >> 16 & 255), to_linear(c >> 8 & 255),
                    to_linear(c & 255)};
    colour out = 0xFF;
    for (int i = 0; i < 3; i++)
        out = out << 8 |
              to_byte(m[i][0] * in[0] + m[i][1] * in[1] + m[i][2] * in[2]);
    return out;
}

static colour machado_deuteranope(colour c)
{
    static const double m[3][3] = {{0.367322, 0.860646, -0.227968},
                                   {0.280085, 0.672501, 0.047413},
                                   {-0.011820, 0.042940, 0.968881}};
    return through(c, m);
}

static colour machado_protanope(colour c)
{
    static const double m[3][3] = {{0.152286, 1.052583, -0.204868},
                                   {0.114503, 0.786281, 0.099216},
                                   {-0.003882, -0.048116, 1.051998}};
    return through(c, m);
}

/* A grey that is as light as the colour. */
static colour in_grey(colour c)
{
    static const double m[3][3] = {{0.2126, 0.7152, 0.0722},
                                   {0.2126, 0.7152, 0.0722},
                                   {0.2126, 0.7152, 0.0722}};
    return through(c, m);
}

static colour as_it_is(colour c)
{
    return c;
}

static const struct {
    const char *name;
    colour (*sees)(colour c);
} eyes[] = {{"all receptors", as_it_is},
            {"deuteranope (Viénot)", colour_deuteranope},
            {"deuteranope (Machado)", machado_deuteranope},
            {"protanope (Machado)", machado_protanope},
            {"grey", in_grey}};
enum { EYES = sizeof eyes / sizeof *eyes };

/* ---- forms ---- */

static void bar(struct ui *ui, enum state s)
{
    ui_state_bar(ui, (struct rect){20, 10, 120, 26}, s);
}

static void slice(struct ui *ui, enum state s)
{
    ui_state_bar(ui, (struct rect){76, 10, 8, 26}, s);
}

static void swatch(struct ui *ui, enum state s)
{
    ui_state_chip(ui, (struct rect){60, 12, 90, 24}, s, " ");
}

/* Words, and what is kept free of the pattern for them, are larger on a
 * projector, and so are stations. */
static struct rect station_at(const struct theme *th)
{
    return th->big ? (struct rect){10, 4, 200, 56}
                   : (struct rect){10, 4, 140, 40};
}

static void station(struct ui *ui, enum state s)
{
    ui_state_box(ui, station_at(ui->theme), s, false);
}

static const struct {
    const char *name;
    void (*draw)(struct ui *ui, enum state s);
    struct rect at; /* where it can be at all; w = 0: as station_at has it */
} forms[] = {{"bar", bar, {20, 10, 120, 26}},
             {"slice of 8", slice, {76, 10, 8, 26}},
             {"swatch", swatch, {60, 14, 24, 18}},
             {"station", station, {0, 0, 0, 0}}};
enum { FORMS = sizeof forms / sizeof *forms };

/* Words would tell any two apart; they are not drawn. */
static void without_text(struct draw *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->commands[i].kind == DRAW_TEXT)
            d->commands[i].text.run.ink = 0;
}

static void picture(const struct theme *th, struct font_set *t, int form,
                    enum state s, colour *to)
{
    struct input in = {.x = -1, .y = -1};
    struct ui ui = {0};
    struct canvas *c = canvas_new(WIDTH, HEIGHT);
    ui_begin(&ui, (struct ui_setup){th, t, LANG_EN, WIDTH, HEIGHT, 1, &in});
    draw_rect(ui.draw, ui.all, ui_tone(&ui, TONE_SURFACE));
    forms[form].draw(&ui, s);
    ui_end(&ui);
    without_text(&ui.layers[0]);
    canvas_draw(c, t, &ui.layers[0], 1, ui_tone(&ui, TONE_GROUND));
    memcpy(to, canvas_pixels(c), PIXELS * sizeof *to);
    canvas_free(c);
    ui_free(&ui);
}

/* Of the pixels where one of the two is: the share that is plainly another
 * colour (ΔE 10; 2 is just visible), and the mean ΔE. */
struct apart {
    double share, mean;
};

static struct apart compare(const colour *a, const colour *b,
                            struct rect at, colour (*sees)(colour c))
{
    struct apart d = {0, 0};
    int n = 0;
    for (int y = (int)at.y; y < (int)(at.y + at.h); y++)
        for (int x = (int)at.x; x < (int)(at.x + at.w); x++, n++) {
            double e = colour_distance(sees(a[y * WIDTH + x]),
                                       sees(b[y * WIDTH + x]));
            d.mean += e;
            d.share += e >= 10;
        }
    d.share /= n;
    d.mean /= n;
    return d;
}

static colour seen[STATE_COUNT][PIXELS];

static void compare_all(const struct theme *th, int form, int eye)
{
    struct apart least = {1, 999};
    struct rect at = forms[form].at.w > 0 ? forms[form].at : station_at(th);
    int of[2] = {0, 0};
    for (int a = 0; a < STATE_COUNT; a++)
        for (int b = a + 1; b < STATE_COUNT; b++) {
            struct apart d = compare(seen[a], seen[b], at,
                                     eyes[eye].sees);
            test_case("%s, %s, %s: %s and %s: %.0f %%, mean dE %.1f", th->name,
                      forms[form].name, eyes[eye].name,
                      state_name((enum state)a), state_name((enum state)b),
                      100 * d.share, d.mean);
            EXPECT(d.share >= 0.1);
            EXPECT(d.mean >= 3);
            if (d.share < least.share) {
                least.share = d.share;
                of[0] = a;
                of[1] = b;
            }
            least.mean = fmin(least.mean, d.mean);
        }
    printf("# %-9s %-10s %-22s least: %2.0f %% of pixels (%s, %s), mean dE "
           "%.1f\n", th->name, forms[form].name, eyes[eye].name,
           100 * least.share, state_name((enum state)of[0]),
           state_name((enum state)of[1]), least.mean);
}

TEST("the eyes are those of the papers")
{
    /* Machado: rows of the matrix add up to one, so greys stay. */
    EXPECT(colour_distance(machado_deuteranope(0xFF808080u), 0xFF808080u) < 1);
    EXPECT(colour_distance(machado_protanope(0xFFD0D0D0u), 0xFFD0D0D0u) < 1);
    /* Pure green: 0.861, 0.673, 0.043 of linear light. */
    EXPECT_EQ_INT(machado_deuteranope(0xFF00FF00u), 0xFFEFD63Au);
    EXPECT(fabs(colour_lightness(in_grey(0xFF3DB68Fu)) -
                colour_lightness(0xFF3DB68Fu)) < 0.5);
}

TEST("any two states differ in many pixels, for every eye, in every theme")
{
    struct str why = {0};
    struct font_set *t = text_new(&why);
    NEED(t);
    for (int k = 0; k < THEME_COUNT; k++)
        for (int form = 0; form < FORMS; form++) {
            const struct theme *th = theme_of((enum theme_kind)k);
            for (int s = 0; s < STATE_COUNT; s++)
                picture(th, t, form, (enum state)s, seen[s]);
            for (int eye = 0; eye < EYES; eye++)
                compare_all(th, form, eye);
        }
    text_free(t);
}
