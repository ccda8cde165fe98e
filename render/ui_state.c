/* ui_state.c: how states and processes are shown, the same in every panel. */
#include "render/ui.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static struct box state_box(const struct ui *ui, struct rect at, enum state s,
                            float border)
{
    const struct state_look *k = &ui->theme->states[s];
    return (struct box){
        .at = at,
        .fill = k->fill,
        .pattern = k->pattern,
        .ink = k->ink,
        .border = border,
        .line = k->outline,
        .dash = k->dashed ? border * 2.5f : 0,
    };
}

/* The middle of `at` that icon and word take; the icon stays away (size 0) if
 * there is no room for it. */
static struct rect word_place(struct ui *ui, struct rect at, const char *s,
                              float *icon)
{
    float text = ui_width(ui, TYPE_STATE, s);
    float with = text + *icon * 1.4f;
    if (with > at.w)
        *icon = 0;
    return rect_middle(at, fminf(*icon > 0 ? with : text, at.w), at.h);
}

static void word_line(struct ui *ui, struct rect at, const char *s,
                      enum icon icon, colour ink)
{
    float size = icon ? ui->theme->types[TYPE_STATE].size : 0;
    struct rect in = word_place(ui, at, s, &size);
    if (size > 0) {
        struct rect place = rect_cut_left(&in, size * 1.4f);
        place.w = size;
        icon_draw(ui->draw, icon, rect_middle(place, size, size), ink);
    }
    ui_label_in(ui, in, TYPE_STATE, ink, ALIGN_LEFT, s);
}

/* Patterns get a plate under the words. */
static void plate(struct ui *ui, struct rect words,
                  const struct state_look *k)
{
    if (k->plate >> 24)
        draw_box(ui->draw, (struct box){.at = rect_inset_xy(words, -6, 0),
                                        .radius = 6, .fill = k->plate});
}

/* A name that is too long for one line, in two. */
static void two_words(struct ui *ui, struct rect at, const char *first,
                      const char *second, const struct state_look *k)
{
    float row = ui_leading(ui, TYPE_STATE) - 1;
    float size = ui->theme->types[TYPE_STATE].size;
    struct rect both = rect_middle(at, at.w, 2 * row);
    struct rect a = word_place(ui, both, first, &size);
    struct rect b = word_place(ui, both, second, &(float){0});
    /* The plate leaves the border of the station free. */
    struct rect under = a.w > b.w ? a : b;
    plate(ui, rect_middle(under, under.w, fminf(under.h, at.h - 12)), k);
    word_line(ui, rect_cut_top(&both, row), first, k->icon, k->text);
    word_line(ui, both, second, ICON_NONE, k->text);
}

/* The state's name; one that is too long and has a hyphen takes two lines. */
static void state_word(struct ui *ui, struct rect at, enum state s)
{
    const struct state_look *k = &ui->theme->states[s];
    const char *title = state_title(s, ui->lang);
    const char *hyphen = strchr(title, '-');
    float size = ui->theme->types[TYPE_STATE].size;
    float room = at.w - size * 1.4f;
    if (hyphen && ui_width(ui, TYPE_STATE, title) > room) {
        const char *first =
            ui_format(ui, "%.*s", (int)(hyphen - title), title);
        two_words(ui, at, first, hyphen + 1, k);
        return;
    }
    at = rect_middle(at, at.w, ui_leading(ui, TYPE_STATE));
    plate(ui, word_place(ui, at, title, &size), k);
    word_line(ui, at, title, k->icon, k->text);
}

static bool icon_fits(struct ui *ui, struct rect at, enum state s)
{
    float size = ui->theme->types[TYPE_STATE].size;
    word_place(ui, at, state_title(s, ui->lang), &size);
    return size > 0;
}

void ui_state_box(struct ui *ui, struct rect at, enum state s, bool lit)
{
    const struct state_look *k = &ui->theme->states[s];
    float border = ui->theme->line;
    if (lit)
        draw_shadow(ui->draw, at, at.h / 2, 14,
                    colour_fade(ui_tone(ui, TONE_ACCENT), 0.55f));
    struct box paper = {.at = at, .radius = at.h / 2,
                        .fill = ui_tone(ui, TONE_SURFACE)};
    draw_box(ui->draw, paper);
    struct box b = state_box(ui, at, s, border);
    b.radius = at.h / 2;
    struct rect words = rect_inset_xy(at, at.h * 0.15f, 0);
    if (k->pattern == PATTERN_CROSS && icon_fits(ui, words, s))
        b.pattern = PATTERN_NONE; /* the icon is its cross */
    if (lit) {
        b.line = ui_tone(ui, TONE_ACCENT);
        b.border = border + 1;
    }
    draw_box(ui->draw, b);
    state_word(ui, words, s);
}

struct rect ui_state_bar(struct ui *ui, struct rect at, enum state s)
{
    const struct state_look *k = &ui->theme->states[s];
    float h = fmaxf(floorf(at.h * k->height + 0.5f), 3);
    struct rect bar = {at.x, at.y + at.h - h, at.w, h};
    /* A thick outline would leave nothing of a thin bar. */
    struct box b = state_box(ui, bar, s, h < 8 ? 1 : ui->theme->edge);
    b.line = colour_fade(b.line, k->dashed ? 1 : 0.75f);
    b.dash = k->dashed ? 3 : 0;
    b.radius = 1;
    draw_box(ui->draw, b);
    return bar;
}

float ui_state_chip(struct ui *ui, struct rect at, enum state s,
                    const char *title)
{
    float size = ui->theme->types[TYPE_BODY].size * 1.25f;
    /* It stands on the line of the text. */
    struct rect swatch = {at.x, at.y + at.h / 2 - size * 0.66f, size * 1.5f,
                          size};
    ui_state_bar(ui, swatch, s);
    float used = swatch.w + 6;
    struct rect rest = {at.x + used, at.y, at.w - used, at.h};
    return used + ui_label(ui, rest, TYPE_BODY, TONE_TEXT,
                           title ? title : state_title(s, ui->lang));
}

/* "P" of parent, "P2" of P2, "W12" of worker-12: the first letter and the
 * number at the end. */
static const char *initial_of(struct ui *ui, const char *name)
{
    unsigned code;
    size_t first = utf8_length(name, strlen(name), &code);
    size_t digits = strlen(name);
    while (digits > first && isdigit((unsigned char)name[digits - 1]))
        digits--;
    if (first == 1)
        return ui_format(ui, "%c%.2s", toupper((unsigned char)name[0]),
                         name + digits);
    return ui_format(ui, "%.*s%.2s", (int)first, name, name + digits);
}

void ui_token(struct ui *ui, struct point at, float radius, int index,
              const char *name, bool selected)
{
    struct process_look k = theme_process(ui->theme, index);
    if (selected)
        draw_circle(ui->draw, at, radius + 3.5f, ui_tone(ui, TONE_ACCENT), 0,
                    0);
    draw_circle(ui->draw, at, radius + 1.5f, ui_tone(ui, TONE_SURFACE), 0, 0);
    draw_circle(ui->draw, at, radius, k.fill, 0, 0);
    const char *initial = initial_of(ui, name);
    struct type_style t = ui->theme->types[TYPE_INITIAL];
    float width = ui_width(ui, TYPE_INITIAL, initial);
    float fit = fminf(1, fminf(radius * 1.45f / fmaxf(width, 1),
                               radius * 1.2f / t.size));
    int pixels = (int)floorf(t.size * fit * ui->scale + 0.5f);
    float w = text_width(ui->text, (enum face)t.face, pixels, initial,
                         strlen(initial)) / ui->scale;
    float cap = text_cap(ui->text, (enum face)t.face, pixels) / ui->scale;
    draw_text(ui->draw, (struct point){at.x - w / 2, at.y + cap / 2},
              (struct draw_run){.text = initial, .length = strlen(initial),
                                .face = t.face,
                                .size = (float)pixels / ui->scale,
                                .ink = k.on_fill, .width = w});
}
