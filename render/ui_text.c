/* ui_text.c: text in a frame: one line, several, and what did not fit. */
#include "render/ui.h"

#include "sim/base/mem.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "…";

/* A type at the scale of the window, in device pixels. */
struct fitted {
    enum face face;
    int pixels;
    float size; /* logical units */
};

static struct fitted fit_size(const struct ui *ui, enum type t)
{
    struct type_style s = ui->theme->types[t];
    int pixels = (int)floorf(s.size * ui->scale + 0.5f);
    return (struct fitted){(enum face)s.face, pixels, s.size};
}

colour ui_tone(const struct ui *ui, enum tone t)
{
    return ui->theme->tones[t];
}

float ui_leading(const struct ui *ui, enum type t)
{
    return ui->theme->types[t].leading;
}

static float width_of(struct ui *ui, enum type t, const char *s, size_t length)
{
    struct fitted f = fit_size(ui, t);
    return text_width(ui->text, f.face, f.pixels, s, length) / ui->scale;
}

float ui_width(struct ui *ui, enum type t, const char *s)
{
    return width_of(ui, t, s, strlen(s));
}

static void report_cut(struct ui *ui, struct rect at, const char *s)
{
    ui->cuts = mem_grow(ui->cuts, ui->cut_count + 1, &ui->cut_capacity,
                        sizeof *ui->cuts);
    ui->cuts[ui->cut_count++] =
        (struct ui_cut){at, arena_copy(&ui->frame, s, strlen(s))};
}

/* `s` cut so that it and an ellipsis fit; lives in the frame. */
static const char *shortened(struct ui *ui, enum type t, const char *s,
                             size_t length, float room)
{
    struct fitted f = fit_size(ui, t);
    float left = (room - ui_width(ui, t, ellipsis)) * ui->scale;
    size_t n = text_fit(ui->text, f.face, f.pixels, s, length, left);
    while (n && s[n - 1] == ' ')
        n--;
    return arena_printf(&ui->frame, "%.*s%s", (int)n, s, ellipsis);
}

/* The baseline that centres capitals in `at`. */
static float baseline(struct ui *ui, struct rect at, struct fitted f)
{
    float cap = text_cap(ui->text, f.face, f.pixels) / ui->scale;
    return at.y + (at.h + cap) / 2;
}

/* A line that is known to fit, or may stick out. */
static float put_line(struct ui *ui, struct rect at, enum type t, colour ink,
                      enum align align, const char *s, size_t length)
{
    struct fitted f = fit_size(ui, t);
    float width = width_of(ui, t, s, length);
    float left = at.x;
    if (align != ALIGN_LEFT)
        left += (at.w - width) / (align == ALIGN_CENTRE ? 2 : 1);
    struct draw_run run = {.text = s, .length = length, .face = (int)f.face,
                           .size = f.size, .ink = ink, .width = width};
    draw_text(ui->draw, (struct point){left, baseline(ui, at, f)}, run);
    return width;
}

/* Widths of glyphs are rounded: half a unit too much is not too much. */
static bool fits(struct ui *ui, enum type t, const char *s, float room)
{
    return ui_width(ui, t, s) <= room + 0.5f;
}

float ui_label_short(struct ui *ui, struct rect at, enum type t, colour ink,
                     enum align align, const char *s)
{
    if (!fits(ui, t, s, at.w))
        s = shortened(ui, t, s, strlen(s), at.w);
    return put_line(ui, at, t, ink, align, s, strlen(s));
}

float ui_label_in(struct ui *ui, struct rect at, enum type t, colour ink,
                  enum align align, const char *s)
{
    if (!fits(ui, t, s, at.w))
        report_cut(ui, at, s);
    return ui_label_short(ui, at, t, ink, align, s);
}

float ui_label(struct ui *ui, struct rect at, enum type t, enum tone ink,
               const char *s)
{
    return ui_label_in(ui, at, t, ui_tone(ui, ink), ALIGN_LEFT, s);
}

/* The next line of `s` from `*from`; false at the end. */
static bool next_line(struct ui *ui, enum type t, const char *s, float width,
                      size_t *from, struct draw_run *line)
{
    struct fitted f = fit_size(ui, t);
    size_t left = strlen(s) - *from, next;
    if (!left)
        return false;
    line->text = s + *from;
    line->length = text_line(ui->text, f.face, f.pixels, s + *from, left,
                             width * ui->scale, &next);
    *from += next;
    while (s[*from] == ' ')
        ++*from;
    return true;
}

float ui_paragraph(struct ui *ui, struct rect at, enum type t, enum tone ink,
                   const char *s)
{
    struct rect row = {at.x, at.y, at.w, ui_leading(ui, t)};
    struct draw_run line;
    colour c = ui_tone(ui, ink);
    for (size_t from = 0; next_line(ui, t, s, at.w, &from, &line);) {
        bool last = row.y + 2 * row.h > at.y + at.h + 0.5f;
        if (last && s[from]) {
            report_cut(ui, at, s);
            const char *cut = shortened(ui, t, line.text, strlen(line.text),
                                        at.w);
            put_line(ui, row, t, c, ALIGN_LEFT, cut, strlen(cut));
            return row.y + row.h - at.y;
        }
        put_line(ui, row, t, c, ALIGN_LEFT, line.text, line.length);
        row.y += row.h;
    }
    return row.y - at.y;
}

float ui_paragraph_height(struct ui *ui, float width, enum type t,
                          const char *s)
{
    struct draw_run line;
    float height = 0;
    for (size_t from = 0; next_line(ui, t, s, width, &from, &line);)
        height += ui_leading(ui, t);
    return height;
}

void ui_plate(struct ui *ui, struct point at, enum type t, enum tone ink,
              enum tone ground, const char *s)
{
    float w = ui_width(ui, t, s) + 8, h = ui_leading(ui, t);
    struct rect r = {at.x - w / 2, at.y - h / 2, w, h};
    draw_box(ui->draw, (struct box){.at = r, .radius = 4,
                                    .fill = ui_tone(ui, ground)});
    put_line(ui, r, t, ui_tone(ui, ink), ALIGN_CENTRE, s, strlen(s));
}

const char *ui_format(struct ui *ui, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *s = arena_alloc(&ui->frame, n < 0 ? 1 : (size_t)n + 1);
    if (n > 0)
        vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}
