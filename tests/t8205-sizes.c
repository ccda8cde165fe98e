/* t8205-sizes.c: the real window is resized through six sizes, in both languages
 * and at three text scales: nothing is cut off, nothing overlaps, all can be
 * read; and the window shows what was drawn. */
#include "tests/desk/expect.h"
#include "tests/fit/fit.h"

#include <stdio.h>

static struct fit fit = {.say_most = 20, .said = {[FAULT_SHORT] = 20}};
static int wide, high;

static bool has_size(struct desk *d)
{
    return d->st->width == wide && d->st->height == high;
}

static void resize(struct desk *d, const int size[2])
{
    wide = size[0];
    high = size[1];
    desk_do(d, "windowsize @ %d %d", wide, high);
    desk_until(d, has_size);
    desk_settle(d);
}

static void look(struct desk *d, const char *what)
{
    static char where[200];
    const struct view *v = &d->st->view;
    snprintf(where, sizeof where, "%dx%d %s, text %.2f, %s: %s", wide, high,
             lang_codes[v->lang], (double)v->text_scale, what,
             str_text(&d->st->path));
    fit.where = where;
    test_case("%s", where);
    EXPECT(has_size(d));
    EXPECT_EQ_INT(d->st->ui.cut_count, 0);
    fit_look(&fit, &d->st->ui);
}

/* What may lie over the window, the key that calls it and the one that ends
 * it. */
static const char *const over[][2] = {
    {"F1", "F1"},         {"ctrl+o", "Escape"}, {"g", "Escape"},
    {"n", "n"},           {"e", "Escape"},      {"alt+b", "alt+b"},
    {"c", "c"},           {"shift+p", "Escape"}, {"ctrl+f", "Escape"},
    {"alt+f", "Escape"},  {"alt+t", "Escape"},
};

static void look_at_all(struct desk *d)
{
    look(d, "nothing over it");
    if (!d->ctx)
        return;
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        desk_keys(d, over[i][0]);
        look(d, over[i][0]);
        desk_keys(d, over[i][1]);
    }
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
}

/* By the keys of the window, as a user would. */
static const char *const scales[FIT_SCALES] = {
    "ctrl+0", "ctrl+minus ctrl+minus",
    "ctrl+0 ctrl+KP_Add ctrl+KP_Add ctrl+KP_Add ctrl+KP_Add",
};

static void look_at_sizes(struct desk *d)
{
    desk_keys(d, "Escape End 2");
    for (int i = 0; i < FIT_SIZES; i++) {
        resize(d, fit_sizes[i]);
        for (int s = 0; s < FIT_SCALES; s++) {
            desk_keys(d, scales[s]);
            look_at_all(d);
            desk_keys(d, "l");
            look_at_all(d);
            desk_keys(d, "l");
        }
    }
}

static void try_lesson(const char *file, bool all)
{
    char path[512];
    snprintf(path, sizeof path, "%s/scenarios/%s", TIMESLICE_SOURCE_DIR, file);
    desk_open((struct desk_setup){.file = path, .script = look_at_sizes,
                                  .ctx = all ? &fit : NULL});
}

TEST("nothing is cut off or overlaps in six sizes, two languages and three text "
     "sizes, whatever lies over the window")
{
    try_lesson("27-queue-keys.json", true);
    try_lesson("43-producer-consumer.json", false);
    printf("# %ld frames, %ld texts: %ld cut, %ld overlap, %ld faint\n",
           fit.frames, fit.texts, fit.count[FAULT_CUT],
           fit.count[FAULT_OVERLAP], fit.count[FAULT_FAINT]);
    EXPECT(fit.frames >= FIT_SIZES * FIT_SCALES * 2 * 2);
    EXPECT_EQ_INT(fit_faults(&fit), 0);
}

/* ---- what X has of it ---- */

static void show(struct desk *d)
{
    desk_keys(d, "Escape g 1 1 Return");
    for (int i = FIT_SIZES - 1; i >= 0; i--) {
        resize(d, fit_sizes[i]);
        test_case("%dx%d", wide, high);
        desk_point(d, d->st->ui.all.w - 2, d->st->ui.all.h - 2); /* no tip */
        desk_keys(d, "F12");
        d->st->notice_until = 0; /* as if its time were over */
        desk_settle(d);
        EXPECT_EQ_STR(desk_output("import -window %lu screen.png && compare"
                                  " -metric AE timeslice-11.png screen.png"
                                  " null: 2>&1", d->id), "0");
        char size[32];
        snprintf(size, sizeof size, "%dx%d", wide, high);
        EXPECT_EQ_STR(desk_output("identify -format %%wx%%h screen.png"), size);
    }
}

TEST("in each size the display shows what was drawn, to the pixel")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = show});
}
