/* text_line.c: widths, fitting and wrapping; all from the advances of
 * text_glyph, so nothing here knows SDL. */
#include "render/text.h"

#include <string.h>

/* The code point at `s`; `*length` is what it takes. */
static unsigned take(const char *s, size_t left, size_t *length)
{
    unsigned code = 0xFFFD;
    *length = utf8_length(s, left, &code);
    if (!*length)
        *length = 1;
    return code;
}

float text_width(struct font_set *t, enum face face, int size, const char *s,
                 size_t length)
{
    float width = 0;
    for (size_t i = 0, n; i < length; i += n)
        width += text_glyph(t, face, size, take(s + i, length - i, &n), 0)
                     ->advance;
    return width;
}

/* The advance of a code point that stands at byte `i`, in the face of the span
 * there; `*span` moves on to it. */
static float advance_in(struct font_set *t, int size,
                        const struct text_span **span, size_t i, unsigned code)
{
    while (i >= (*span)->end)
        ++*span;
    return text_glyph(t, (*span)->face, size, code, 0)->advance;
}

size_t text_fit_parts(struct font_set *t, int size, const struct text_parts *p,
                      size_t from, float room)
{
    const struct text_span *span = p->spans;
    size_t i = from;
    for (size_t n; i < p->length; i += n) {
        unsigned code = take(p->text + i, p->length - i, &n);
        room -= advance_in(t, size, &span, i, code);
        if (room < 0)
            break;
    }
    return i - from;
}

size_t text_fit(struct font_set *t, enum face face, int size, const char *s,
                size_t length, float room)
{
    struct text_span all = {.end = length, .face = face};
    return text_fit_parts(t, size, &(struct text_parts){s, length, &all}, 0,
                          room);
}

/* Characters between which Chinese and Japanese lines break: ideographs, kana,
 * their punctuation and the full-width forms. */
static bool is_cjk(unsigned c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_one_of(unsigned c, const char *set)
{
    size_t left = strlen(set);
    for (size_t n; left; set += n, left -= n)
        if (take(set, left, &n) == c)
            return true;
    return false;
}

static bool may_not_begin(unsigned c)
{
    return is_one_of(c, ",.;:!?)]}%，。、；：！？）】》」』”’…—·％～");
}

static bool may_not_end(unsigned c)
{
    return is_one_of(c, "([{（【《「『“‘");
}

/* Whether a line may end between these two neighbours. */
static bool may_break(unsigned before, unsigned after)
{
    if (after == ' ' || may_not_end(before) || may_not_begin(after))
        return false;
    return before == ' ' || is_cjk(before) || is_cjk(after);
}

static size_t trimmed(const char *s, size_t length)
{
    while (length && s[length - 1] == ' ')
        length--;
    return length;
}

size_t text_line_parts(struct font_set *t, int size,
                       const struct text_parts *p, size_t from, float room,
                       size_t *next)
{
    const struct text_span *span = p->spans;
    const char *s = p->text + from;
    size_t length = p->length - from, i = 0, last_break = 0;
    unsigned before = 0;
    for (size_t n; i < length; i += n) {
        unsigned code = take(s + i, length - i, &n);
        if (code == '\n') {
            *next = i + 1;
            return trimmed(s, i);
        }
        if (i && may_break(before, code))
            last_break = i;
        room -= advance_in(t, size, &span, from + i, code);
        if (room < 0 && code != ' ' && i) {
            *next = last_break ? last_break : i;
            return trimmed(s, *next);
        }
        before = code;
    }
    *next = length;
    return trimmed(s, length);
}

size_t text_line(struct font_set *t, enum face face, int size, const char *s,
                 size_t length, float room, size_t *next)
{
    struct text_span all = {.end = length, .face = face};
    return text_line_parts(t, size, &(struct text_parts){s, length, &all}, 0,
                           room, next);
}
