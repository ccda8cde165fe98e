/* t7140-fit.c: all text fits, stands apart from other text and can be read: a
 * taste of `./run fit`, which looks at every lesson in every size, theme,
 * language and scale. Here each lesson is seen in some of them.
 *
 * First: that a text that is cut, lies on another or is faint is found. */
#include "tests/fit/fit.h"
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

/* ---- whoever looks must be able to see ---- */

struct page {
    struct ui ui;
    struct input in;
    struct font_set *fonts;
    struct fit fit;
};

static bool page_begin(struct page *p)
{
    struct str why = {0};
    *p = (struct page){.in = {.x = -1, .y = -1}, .fit = {.where = "page"}};
    p->fonts = text_new(&why);
    str_free(&why);
    if (!p->fonts)
        return false;
    ui_begin(&p->ui, (struct ui_setup){theme_of(THEME_LIGHT), p->fonts,
                                       LANG_EN, 400, 300, 1, &p->in});
    return true;
}

static long page_end(struct page *p, enum fault fault)
{
    ui_end(&p->ui);
    fit_look(&p->fit, &p->ui);
    long found = p->fit.count[fault];
    ui_free(&p->ui);
    text_free(p->fonts);
    return found;
}

static void write_at(struct page *p, float x, float y, float w, enum tone ink)
{
    ui_label(&p->ui, (struct rect){x, y, w, 20}, TYPE_BODY, ink,
             "a sentence of some length");
}

TEST("what is cut by its room, its clip or the window is found")
{
    struct page p;
    NEED(page_begin(&p));
    write_at(&p, 10, 10, 300, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_CUT), 0);
    NEED(page_begin(&p));
    write_at(&p, 10, 10, 50, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_CUT), 1);
    NEED(page_begin(&p));
    write_at(&p, 330, 10, 300, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_CUT), 1);
    NEED(page_begin(&p));
    draw_clip_push(p.ui.draw, (struct rect){0, 0, 60, 300});
    write_at(&p, 10, 10, 300, TONE_TEXT);
    draw_clip_pop(p.ui.draw);
    EXPECT_EQ_INT(page_end(&p, FAULT_CUT), 1);
}

TEST("texts on one another are found, but not below a card")
{
    struct page p;
    NEED(page_begin(&p));
    write_at(&p, 10, 10, 300, TONE_TEXT);
    write_at(&p, 10, 30, 300, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_OVERLAP), 0);
    NEED(page_begin(&p));
    write_at(&p, 10, 10, 300, TONE_TEXT);
    write_at(&p, 40, 14, 300, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_OVERLAP), 1);
    NEED(page_begin(&p));
    write_at(&p, 10, 10, 300, TONE_TEXT);
    ui_card(&p.ui, (struct rect){0, 0, 400, 60}, NULL, NULL);
    write_at(&p, 40, 14, 300, TONE_TEXT);
    EXPECT_EQ_INT(page_end(&p, FAULT_OVERLAP), 0);
}

TEST("a faint text is found, on a fill, a pattern, a disc and an image")
{
    for (int ground = 0; ground < 5; ground++) {
        struct page p;
        NEED(page_begin(&p));
        colour grey = 0xFF808080u;
        struct rect at = {0, 0, 400, 60};
        if (ground == 1)
            draw_rect(p.ui.draw, at, grey);
        if (ground == 2)
            draw_box(p.ui.draw, (struct box){.at = at, .fill = ~0u,
                                             .pattern = PATTERN_HATCH,
                                             .ink = grey});
        if (ground == 3)
            draw_circle(p.ui.draw, (struct point){80, 20}, 90, grey, 0, 0);
        if (ground == 4)
            draw_image(p.ui.draw, at, &grey, 1, 1);
        write_at(&p, 10, 10, 300, TONE_MUTED);
        test_case("ground %d", ground);
        EXPECT_EQ_INT(page_end(&p, FAULT_FAINT), ground != 0);
    }
}

/* ---- the lessons ---- */

/* The n-th of all looks: sizes, themes, languages and scales come round at
 * different paces, so all pairs of them are met. */
static struct fit_walk look_of(int n)
{
    return (struct fit_walk){.width = fit_sizes[n % FIT_SIZES][0],
                             .height = fit_sizes[n % FIT_SIZES][1],
                             .theme = (enum theme_kind)(n / 2 % THEME_COUNT),
                             .lang = (enum lang)(n / 3 % LANG_COUNT),
                             .text_scale = fit_scales[n / 5 % FIT_SCALES]};
}

TEST("in every lesson all text fits, stands apart and can be read")
{
    struct fit f = {.say_most = 10, .said = {[FAULT_SHORT] = 10}};
    int n = 0;
    for (int i = 0; i < fit_lesson_count(); i++) {
        struct fit_lesson *l = fit_open(fit_lesson_name(i));
        NEED(l);
        for (int k = 0; k < 3; k++, n++) {
            struct fit_walk w = look_of(n);
            w.moments = 2;
            w.overlays = n % 13 == 0;
            w.tips = n % 67 == 0;
            fit_walk(&f, l, &w);
        }
        fit_close(l);
    }
    printf("# %ld frames, %ld texts; least contrast %.2f : 1 (%s)\n",
           f.frames, f.texts, f.least, f.least_of);
    EXPECT(f.frames > 500 && f.texts > 50000);
    EXPECT_EQ_INT(f.count[FAULT_CUT], 0);
    EXPECT_EQ_INT(f.count[FAULT_OVERLAP], 0);
    EXPECT_EQ_INT(f.count[FAULT_FAINT], 0);
}
