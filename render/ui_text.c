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

/* `s` cut so that it and an ellipsis fit; lives in the frame. Nothing where
 * even the ellipsis would lie on what is beside. */
static const char *shortened(struct ui *ui, enum type t, const char *s,
                             size_t length, float room)
{
    struct fitted f = fit_size(ui, t);
    float left = (room - ui_width(ui, t, ellipsis)) * ui->scale;
    if (left < 0)
        return "";
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

/* ---- several lines ---- */

/* A line of a text in parts, by its bytes. */
struct line {
    size_t from, to;
};

/* The next line from `*from` on; false at the end. */
static bool next_line(struct ui *ui, enum type t, const struct text_parts *p,
                      float width, size_t *from, struct line *line)
{
    struct fitted f = fit_size(ui, t);
    size_t next;
    if (*from >= p->length)
        return false;
    line->from = *from;
    line->to = *from + text_line_parts(ui->text, f.pixels, p, *from,
                                       width * ui->scale, &next);
    *from += next;
    while (*from < p->length && p->text[*from] == ' ')
        ++*from;
    return true;
}

/* All parts stand on one baseline, that of the type. */
static void put_parts(struct ui *ui, struct rect row, enum type t,
                      const struct text_parts *p, struct line line)
{
    struct fitted f = fit_size(ui, t);
    struct point pen = {row.x, baseline(ui, row, f)};
    const struct text_span *span = p->spans;
    for (size_t i = line.from; i < line.to; i = span->end) {
        while (span->end <= i)
            span++;
        size_t n = (span->end < line.to ? span->end : line.to) - i;
        const char *s = p->text + i;
        float w = text_width(ui->text, span->face, f.pixels, s, n) / ui->scale;
        draw_text(ui->draw, pen,
                  (struct draw_run){.text = s, .length = n,
                                    .face = (int)span->face, .size = f.size,
                                    .ink = span->ink, .width = w});
        pen.x += w;
    }
}

/* What begins at `from`, cut so that it and an ellipsis fit. */
static void put_cut(struct ui *ui, struct rect row, enum type t,
                    const struct text_parts *p, size_t from)
{
    struct fitted f = fit_size(ui, t);
    float left = (row.w - ui_width(ui, t, ellipsis)) * ui->scale;
    size_t n = from + text_fit_parts(ui->text, f.pixels, p, from, left);
    while (n > from && p->text[n - 1] == ' ')
        n--;
    const struct text_span *last = p->spans;
    while (last->end < n)
        last++;
    size_t count = (size_t)(last - p->spans);
    struct text_span *spans =
        arena_alloc(&ui->frame, (count + 1) * sizeof *spans);
    memcpy(spans, p->spans, (count + 1) * sizeof *spans);
    const char *s = arena_printf(&ui->frame, "%.*s%s", (int)n, p->text,
                                 ellipsis);
    spans[count].end = strlen(s);
    put_parts(ui, row, t, &(struct text_parts){s, spans[count].end, spans},
              (struct line){from, spans[count].end});
}

float ui_parts(struct ui *ui, struct rect at, enum type t,
               const struct text_parts *p)
{
    struct rect row = {at.x, at.y, at.w, ui_leading(ui, t)};
    struct line line;
    for (size_t from = 0; next_line(ui, t, p, at.w, &from, &line);) {
        bool last = row.y + 2 * row.h > at.y + at.h + 0.5f;
        if (last && from < p->length) {
            report_cut(ui, at, p->text);
            put_cut(ui, row, t, p, line.from);
            return row.y + row.h - at.y;
        }
        put_parts(ui, row, t, p, line);
        row.y += row.h;
    }
    return row.y - at.y;
}

float ui_parts_height(struct ui *ui, float width, enum type t,
                      const struct text_parts *p)
{
    struct line line;
    float height = 0;
    for (size_t from = 0; next_line(ui, t, p, width, &from, &line);)
        height += ui_leading(ui, t);
    return height;
}

float ui_paragraph(struct ui *ui, struct rect at, enum type t, enum tone ink,
                   const char *s)
{
    size_t length = strlen(s);
    struct text_span all = {length, fit_size(ui, t).face, ui_tone(ui, ink)};
    return ui_parts(ui, at, t, &(struct text_parts){s, length, &all});
}

float ui_paragraph_height(struct ui *ui, float width, enum type t,
                          const char *s)
{
    size_t length = strlen(s);
    struct text_span all = {length, fit_size(ui, t).face, 0};
    return ui_parts_height(ui, width, t,
                           &(struct text_parts){s, length, &all});
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
