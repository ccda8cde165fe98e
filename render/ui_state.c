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

/* Icon and word in the middle of `at`; the icon stays away if there is no
 * room for it. Patterns get a plate under the word. */
static void word_line(struct ui *ui, struct rect at, const char *s,
                      enum icon icon, const struct state_look *k)
{
    float text = ui_width(ui, TYPE_STATE, s);
    float size = ui->theme->types[TYPE_STATE].size;
    bool with = icon && text + size + 6 <= at.w;
    float w = text + (with ? size + 6 : 0);
    struct rect in = rect_middle(at, fminf(w, at.w), at.h);
    struct rect plate = rect_inset_xy(in, -6, 0);
    if (k->plate >> 24)
        draw_box(ui->draw,
                 (struct box){.at = plate, .radius = 6, .fill = k->plate});
    if (with) {
        struct rect place = rect_cut_left(&in, size + 6);
        place.w = size;
        icon_draw(ui->draw, icon, rect_middle(place, size, size), k->text);
    }
    ui_label_in(ui, in, TYPE_STATE, k->text, ALIGN_LEFT, s);
}

/* The state's name; one that is too long and has a hyphen takes two lines. */
static void state_word(struct ui *ui, struct rect at, enum state s)
{
    const struct state_look *k = &ui->theme->states[s];
    const char *title = state_title(s, ui->lang);
    const char *hyphen = strchr(title, '-');
    float row = ui_leading(ui, TYPE_STATE);
    if (!hyphen || ui_width(ui, TYPE_STATE, title) <= at.w) {
        word_line(ui, rect_middle(at, at.w, row), title, k->icon, k);
        return;
    }
    struct rect both = rect_middle(at, at.w, 2 * row - 2);
    struct rect first = rect_cut_top(&both, row - 1);
    const char *one = ui_format(ui, "%.*s", (int)(hyphen - title), title);
    word_line(ui, first, one, k->icon, k);
    word_line(ui, both, hyphen + 1, ICON_NONE, k);
}

void ui_state_box(struct ui *ui, struct rect at, enum state s, bool lit)
{
    float border = ui->theme->line;
    if (lit)
        draw_shadow(ui->draw, at, at.h / 2, 14,
                    colour_fade(ui_tone(ui, TONE_ACCENT), 0.55f));
    struct box paper = {.at = at, .radius = at.h / 2,
                        .fill = ui_tone(ui, TONE_SURFACE)};
    draw_box(ui->draw, paper);
    struct box b = state_box(ui, at, s, border);
    b.radius = at.h / 2;
    if (s == TERMINATED)
        b.pattern = PATTERN_NONE; /* the icon is its cross */
    if (lit) {
        b.line = ui_tone(ui, TONE_ACCENT);
        b.border = border + 1;
    }
    draw_box(ui->draw, b);
    state_word(ui, rect_inset_xy(at, at.h * 0.3f, 0), s);
}

struct rect ui_state_bar(struct ui *ui, struct rect at, enum state s)
{
    const struct state_look *k = &ui->theme->states[s];
    float h = fmaxf(floorf(at.h * k->height + 0.5f), 3);
    struct rect bar = {at.x, at.y + at.h - h, at.w, h};
    struct box b = state_box(ui, bar, s, 1);
    b.line = colour_fade(b.line, k->dashed ? 1 : 0.75f);
    b.dash = k->dashed ? 3 : 0;
    b.radius = 1;
    draw_box(ui->draw, b);
    return bar;
}

float ui_state_chip(struct ui *ui, struct rect at, enum state s)
{
    float size = ui->theme->types[TYPE_BODY].size * 1.25f;
    struct rect swatch = {at.x, at.y + (at.h - size) / 2, size * 1.5f, size};
    ui_state_bar(ui, swatch, s);
    float used = swatch.w + 6;
    struct rect rest = {at.x + used, at.y, at.w - used, at.h};
    return used + ui_label(ui, rest, TYPE_BODY, TONE_TEXT,
                           state_title(s, ui->lang));
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
