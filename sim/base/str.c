#include "sim/base/str.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_add_bytes(struct str *s, const char *bytes, size_t length)
{
    s->text = mem_grow(s->text, s->length + length + 1, &s->capacity, 1);
    if (length)
        memcpy(s->text + s->length, bytes, length);
    s->length += length;
    s->text[s->length] = '\0';
}

void str_add(struct str *s, const char *text)
{
    str_add_bytes(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
    str_add_bytes(s, &c, 1);
}

void str_vaddf(struct str *s, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    require(n >= 0);
    s->text = mem_grow(s->text, s->length + (size_t)n + 1, &s->capacity, 1);
    vsnprintf(s->text + s->length, (size_t)n + 1, format, again);
    s->length += (size_t)n;
    va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(s, format, args);
    va_end(args);
}

static bool is_obeyed(unsigned u)
{
    return u < 0x20 || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) ||
           (u >= 0x2066 && u <= 0x2069);
}

/* One character, or one byte that is none; gives how many bytes it took. */
static size_t add_json_char(struct str *s, const char *text, size_t left)
{
    unsigned u = ' ';
    size_t n = utf8_length(text, left, &u);
    if (is_obeyed(u))
        str_addf(s, "\\u%04x", u);
    else
        str_add_bytes(s, text, n ? n : 1);
    return n ? n : 1;
}

void str_add_json(struct str *s, const char *text, size_t length)
{
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *at = c ? strchr(named, c) : NULL;
        if (at)
            str_addf(s, "\\%c", letter[at - named]);
        else
            i += add_json_char(s, text + i, length - i) - 1;
    }
}

void str_add_shown(struct str *s, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned u = 0;
        size_t n = utf8_length(text + i, length - i, &u);
        if (!n)
            str_addf(s, "\\x%02x", (unsigned char)text[i]);
        else if (is_obeyed(u))
            str_addf(s, "\\u%04x", u);
        else
            str_add_bytes(s, text + i, n);
        i += n ? n : 1;
    }
}

unsigned text_obeyed(const char *text, size_t length, bool lines)
{
    for (size_t i = 0; i < length;) {
        unsigned u = 0;
        size_t n = utf8_length(text + i, length - i, &u);
        if (n && is_obeyed(u) && !(lines && (u == '\n' || u == '\t')))
            return u ? u : 0xfffd;
        i += n ? n : 1;
    }
    return 0;
}

void str_cut(struct str *s, size_t length)
{
    require(length <= s->length);
    s->length = length;
    if (s->text)
        s->text[length] = '\0';
}

const char *str_text(const struct str *s)
{
    return s->text ? s->text : "";
}

void str_free(struct str *s)
{
    free(s->text);
    *s = (struct str){0};
}

size_t utf8_length(const char *p, size_t left, unsigned *code_point)
{
    if (!left)
        return 0;
    unsigned c = (unsigned char)p[0];
    size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3
                                                  : c < 0xf5   ? 4
                                                               : 0;
    if (!n || n > left)
        return 0;
    unsigned u = n == 1 ? c : c & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        unsigned k = (unsigned char)p[i];
        if ((k & 0xc0) != 0x80)
            return 0;
        u = u << 6 | (k & 0x3f);
    }
    if ((n == 3 && u < 0x800) || (n == 4 && u < 0x10000) || u > 0x10ffff ||
        (u >= 0xd800 && u < 0xe000))
        return 0;
    if (code_point)
        *code_point = u;
    return n;
}

bool utf8_valid(const char *p, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t n = utf8_length(p + i, length - i, NULL);
        if (!n)
            return false;
        i += n;
    }
    return true;
}

/* East Asian wide and full-width blocks (Unicode TR 11), coarse but enough
 * for the texts we print. */
static int columns_of(unsigned u)
{
    if ((u >= 0x300 && u < 0x370) || (u >= 0x200b && u <= 0x200f))
        return 0;
    return (u >= 0x1100 && u < 0x1160) || (u >= 0x2e80 && u < 0xa4d0) ||
                   (u >= 0xac00 && u < 0xd7a4) || (u >= 0xf900 && u < 0xfb00) ||
                   (u >= 0xfe30 && u < 0xfe70) || (u >= 0xff00 && u < 0xff61) ||
                   (u >= 0xffe0 && u < 0xffe7) || (u >= 0x20000 && u < 0x40000)
               ? 2
               : 1;
}

int utf8_columns(const char *text)
{
    int columns = 0;
    for (size_t left = strlen(text); left;) {
        unsigned u = 0;
        size_t n = utf8_length(text, left, &u);
        columns += n ? columns_of(u) : 1;
        text += n ? n : 1;
        left -= n ? n : 1;
    }
    return columns;
}

int word_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t n = strlen(a), m = strlen(b);
    if (n >= LONGEST || m >= LONGEST)
        return LONGEST;
    int row[LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int change = diagonal + (a[i - 1] != b[j - 1]);
            int shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < shorter ? change : shorter;
        }
    }
    return row[m];
}
