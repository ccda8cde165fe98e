/* t7002-theme.c: what the colours must be able to do: be read, and be told
 * apart by those who see no green and on a projector that shows only grey. */
#include "render/theme.h"
#include "tests/test.h"

#include <math.h>
#include <stdio.h>

static const double readable = 4.5; /* WCAG 2.1, 1.4.3 */
static const double visible = 3.0;  /* WCAG 2.1, 1.4.11 */

TEST("contrast and distance are those of the standards")
{
    EXPECT(fabs(colour_contrast(0xFF000000u, 0xFFFFFFFFu) - 21) < 1e-9);
    EXPECT(fabs(colour_contrast(0xFF777777u, 0xFFFFFFFFu) - 4.48) < 0.01);
    EXPECT(fabs(colour_lightness(0xFF777777u) - 50.03) < 0.1);
    EXPECT(fabs(colour_distance(0xFFFF0000u, 0xFF00FF00u) - 170.6) < 0.5);
    EXPECT(colour_distance(colour_deuteranope(0xFF808080u), 0xFF808080u) < 1);
    /* A red and a green that deuteranopes cannot tell apart well. */
    EXPECT(colour_distance(colour_deuteranope(0xFFB05020u),
                           colour_deuteranope(0xFF788020u)) <
           colour_distance(0xFFB05020u, 0xFF788020u) / 3);
}

TEST("every text on every ground it may stand on can be read")
{
    for (int k = 0; k < THEME_COUNT; k++) {
        const struct theme *th = theme_of((enum theme_kind)k);
        for (size_t i = 0; i < theme_pair_count; i++) {
            struct tone_pair p = theme_pairs[i];
            test_case("%s: tone %d on %d", th->name, p.text, p.ground);
            EXPECT(colour_contrast(th->tones[p.text], th->tones[p.ground]) >=
                   readable);
        }
    }
}

TEST("words of states and initials of processes can be read")
{
    for (int k = 0; k < THEME_COUNT; k++) {
        const struct theme *th = theme_of((enum theme_kind)k);
        colour paper = th->tones[TONE_SURFACE];
        for (int s = 0; s < STATE_COUNT; s++) {
            const struct state_look *l = &th->states[s];
            colour under = l->plate >> 24 ? l->plate : l->fill;
            test_case("%s: %s", th->name, state_name((enum state)s));
            EXPECT(under >> 24 == 255);
            EXPECT(colour_contrast(l->text, under) >= readable);
            EXPECT(colour_contrast(l->outline, paper) >= visible);
        }
        for (int i = 0; i < PROCESS_LOOKS; i++) {
            struct process_look p = theme_process(th, i);
            test_case("%s: process %d", th->name, i);
            EXPECT(colour_contrast(p.on_fill, p.fill) >= readable);
            EXPECT(colour_contrast(p.text, paper) >= readable);
            EXPECT(colour_contrast(p.text, th->tones[TONE_INSET]) >= readable);
            EXPECT(colour_contrast(p.text, th->tones[TONE_ACCENT_SOFT]) >=
                   readable);
            EXPECT(colour_contrast(p.text, th->tones[TONE_ERROR_SOFT]) >=
                   readable);
        }
    }
}

/* How a state's bar looks from afar: fill and pattern run together. */
static colour from_afar(const struct theme *th, int s)
{
    const struct state_look *l = &th->states[s];
    colour fill = l->fill >> 24 ? l->fill : th->tones[TONE_SURFACE];
    if (l->pattern == PATTERN_NONE)
        return fill;
    return colour_mix(fill, l->ink, l->pattern == PATTERN_HATCH ? 0.4f : 0.3f);
}

static bool differ_in_form(const struct state_look *a,
                           const struct state_look *b)
{
    return a->pattern != b->pattern || a->dashed != b->dashed ||
           fabsf(a->height - b->height) >= 0.2f;
}

TEST("any two states differ in form or, to every eye and in grey, in colour")
{
    for (int k = 0; k < THEME_COUNT; k++) {
        const struct theme *th = theme_of((enum theme_kind)k);
        double least_hue = 999, least_grey = 999;
        for (int a = 0; a < STATE_COUNT; a++)
            for (int b = a + 1; b < STATE_COUNT; b++) {
                colour p = from_afar(th, a), q = from_afar(th, b);
                double hue = colour_distance(colour_deuteranope(p),
                                             colour_deuteranope(q));
                double grey = fabs(colour_lightness(p) - colour_lightness(q));
                test_case("%s: %s and %s", th->name, state_name((enum state)a),
                          state_name((enum state)b));
                EXPECT(colour_distance(p, q) >= 10);
                EXPECT(hue >= 7);
                bool form = differ_in_form(&th->states[a], &th->states[b]);
                EXPECT(form || (hue >= 15 && grey >= 5));
                least_hue = fmin(least_hue, hue);
                least_grey = fmin(least_grey, grey);
            }
        printf("# %s: nearest states for deuteranopes dE %.1f, in grey dL "
               "%.1f\n", th->name, least_hue, least_grey);
    }
}

TEST("each state has an icon of its own, but the suspended share one")
{
    const struct theme *th = theme_of(THEME_LIGHT);
    for (int a = 0; a < STATE_COUNT; a++) {
        EXPECT(th->states[a].icon != ICON_NONE);
        for (int b = a + 1; b < STATE_COUNT; b++)
            EXPECT((th->states[a].icon == th->states[b].icon) ==
                   (a == READY_SUSPENDED && b == BLOCKED_SUSPENDED));
    }
}

TEST("processes do not look like one another, nor like a state")
{
    for (int k = 0; k < THEME_COUNT; k++) {
        const struct theme *th = theme_of((enum theme_kind)k);
        for (int a = 0; a < PROCESS_LOOKS; a++) {
            for (int b = a + 1; b < PROCESS_LOOKS; b++) {
                test_case("%s: processes %d and %d", th->name, a, b);
                EXPECT(colour_distance(th->processes[a].fill,
                                       th->processes[b].fill) >= 12);
            }
            for (int s = 0; s < STATE_COUNT; s++) {
                test_case("%s: process %d and %s", th->name, a,
                          state_name((enum state)s));
                if (th->states[s].fill >> 24)
                    EXPECT(colour_distance(th->processes[a].fill,
                                           th->states[s].fill) >= 15);
            }
        }
    }
}

TEST("on the projector text is 20 or more, states 24, lines 2")
{
    const struct theme *th = theme_of(THEME_PROJECTOR);
    for (int t = 0; t < TYPE_COUNT; t++) {
        test_case("type %d", t);
        EXPECT(th->types[t].size >= 20);
        EXPECT(th->types[t].leading > th->types[t].size);
    }
    EXPECT(th->types[TYPE_STATE].size >= 24);
    EXPECT(th->line >= 2);
}

TEST("every icon draws something, within its square")
{
    for (int i = 1; i < ICON_COUNT; i++) {
        struct arena a = {0};
        struct draw d;
        draw_begin(&d, &a, (struct rect){0, 0, 200, 200});
        icon_draw(&d, (enum icon)i, (struct rect){50, 50, 24, 24}, ~0u);
        test_case("icon %d", i);
        EXPECT(d.count > 0);
        for (size_t c = 0; c < d.count; c++) {
            struct rect b = d.commands[c].bounds;
            EXPECT(b.x >= 45 && b.y >= 45);
            EXPECT(b.x + b.w <= 79 && b.y + b.h <= 79);
        }
        arena_free(&a);
    }
}
