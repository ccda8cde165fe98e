/* json_check.c: is it JSON, to the letter of RFC 8259?
 *
 * The first place where it is not gets one complaint with a hint: behind it
 * nobody can say what was meant. On the way every value's place is noted. */
#include "sim/base/mem.h"
#include "sim/scenario/json.h"
#include "sim/scenario/scenario.h"

#include <stdarg.h>
#include <string.h>

struct cursor {
    struct json *j;
    const char *p, *end;
    int depth;
};

/* Complains at `at`: fail(c, at, SAID(NAME), …); returns false. */
PRINTF_LIKE(4, 5) static bool
fail(struct cursor *c, const char *at, enum word w, const char *english, ...)
{
    struct str s = {0};
    va_list args;
    va_start(args, english);
    str_vaddf(&s, word(w, json_lang(c->j)), args);
    va_end(args);
    json_complain_at(c->j, (size_t)(at - c->j->text), NULL, str_text(&s));
    str_free(&s);
    return false;
}

static void skip_blanks(struct cursor *c)
{
    while (c->p < c->end && strchr(" \t\r\n", *c->p) && *c->p)
        c->p++;
}

static bool is_digit(const struct cursor *c)
{
    return c->p < c->end && *c->p >= '0' && *c->p <= '9';
}

static bool is_wordy(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
           (ch >= '0' && ch <= '9') || ch == '_' || ch == '$';
}

/* What is wrong where a value should begin and none does. */
static bool no_value(struct cursor *c)
{
    const char *at = c->p;
    size_t n = 0;
    while (n < (size_t)(c->end - at) && n < 40 && is_wordy(at[n]))
        n++;
    if (at == c->end)
        return fail(c, at, SAID(JSON_ENDS_AT_VALUE));
    if (*at == '\'')
        return fail(c, at, SAID(JSON_SINGLE_QUOTE));
    if (*at == '/' || *at == '#')
        return fail(c, at, SAID(JSON_COMMENT));
    if (*at == '+' || *at == '.')
        return fail(c, at, SAID(JSON_NUMBER_BEGINS));
    if (*at == ',' || *at == '}' || *at == ']')
        return fail(c, at, SAID(JSON_VALUE_MISSING), *at);
    if (n)
        return fail(c, at, SAID(JSON_NO_VALUE), (int)n, at);
    return fail(c, at, SAID(JSON_VALUE_HERE));
}

/* Four digits of \uXXXX at `p`, or -1. */
static int hex4(const char *p, const char *end)
{
    int n = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *at = p[i] ? strchr(digits, p[i]) : NULL;
        if (!at)
            return -1;
        n = n * 16 + (int)((at - digits) % 16);
    }
    return n;
}

/* An escape: c->p is on the backslash. */
static bool check_escape(struct cursor *c)
{
    const char *at = c->p;
    char letter = at + 1 < c->end ? at[1] : '\0';
    if (letter && strchr("\"\\/bfnrt", letter)) {
        c->p += 2;
        return true;
    }
    if (letter != 'u')
        return fail(c, at, SAID(JSON_BACKSLASH));
    int unit = hex4(at + 2, c->end);
    if (unit < 0)
        return fail(c, at, SAID(JSON_HEX));
    if (unit == 0)
        return fail(c, at, SAID(JSON_ZERO_BYTE));
    c->p += 6;
    if (unit < 0xd800 || unit > 0xdfff)
        return true;
    int low = c->end - c->p >= 6 && c->p[0] == '\\' && c->p[1] == 'u'
                  ? hex4(c->p + 2, c->end)
                  : -1;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return fail(c, at, SAID(JSON_SURROGATE));
    c->p += 6;
    return true;
}

static bool check_string(struct cursor *c)
{
    const char *start = c->p++;
    while (c->p < c->end && *c->p != '"') {
        unsigned char ch = (unsigned char)*c->p;
        if (ch == '\\') {
            if (!check_escape(c))
                return false;
        } else if (ch == '\n' || ch == '\r') {
            return fail(c, start, SAID(JSON_STRING_LINE));
        } else if (!ch) {
            return fail(c, c->p, SAID(JSON_ZERO_BYTE));
        } else if (ch < 0x20) {
            return fail(c, c->p, SAID(JSON_CONTROL), ch);
        } else {
            c->p++;
        }
    }
    if (c->p == c->end)
        return fail(c, start, SAID(JSON_STRING_OPEN));
    c->p++;
    return true;
}

static void skip_digits(struct cursor *c)
{
    while (is_digit(c))
        c->p++;
}

static bool check_number(struct cursor *c)
{
    const char *start = c->p;
    c->p += *c->p == '-';
    const char *first = c->p;
    skip_digits(c);
    if (c->p == first)
        return fail(c, start, SAID(JSON_DIGIT_MINUS));
    if (*first == '0' && c->p - first > 1)
        return fail(c, start, SAID(JSON_LEADING_ZERO));
    if (c->p < c->end && *c->p == '.') {
        c->p++;
        if (!is_digit(c))
            return fail(c, start, SAID(JSON_DIGIT_POINT));
        skip_digits(c);
    }
    if (c->p < c->end && (*c->p == 'e' || *c->p == 'E')) {
        c->p++;
        c->p += c->p < c->end && (*c->p == '+' || *c->p == '-');
        if (!is_digit(c))
            return fail(c, start, SAID(JSON_DIGIT_E));
        skip_digits(c);
    }
    if (c->p - start > JSON_NUMBER_MAX)
        return fail(c, start, SAID(JSON_NUMBER_LONG), JSON_NUMBER_MAX);
    if (c->p < c->end && is_wordy(*c->p))
        return fail(c, start, SAID(JSON_UNIT));
    return true;
}

static bool check_word(struct cursor *c)
{
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        size_t left = (size_t)(c->end - c->p);
        if (left >= n && memcmp(c->p, words[i], n) == 0 &&
            (left == n || !is_wordy(c->p[n]))) {
            c->p += n;
            return true;
        }
    }
    return no_value(c);
}

/* The file ended, or something else than `,` or the closing bracket came. */
static bool not_closed(struct cursor *c, const char *start, char closing)
{
    bool list = closing == ']';
    if (c->p == c->end) {
        struct json *j = c->j;
        size_t line = 0;
        while (line < j->line_count &&
               j->lines[line] <= (size_t)(start - j->text))
            line++;
        return list ? fail(c, c->p, SAID(JSON_LIST_OPEN), line)
                    : fail(c, c->p, SAID(JSON_OBJECT_OPEN), line);
    }
    if (*c->p == '/' || *c->p == '#')
        return no_value(c);
    return list ? fail(c, c->p, SAID(JSON_LIST_GOES_ON))
                : fail(c, c->p, SAID(JSON_OBJECT_GOES_ON));
}

static bool check_value(struct cursor *c, const char *key);

/* `"key":` in front of a value of an object. */
static bool check_key(struct cursor *c)
{
    if (c->p == c->end || *c->p != '"') {
        if (c->p < c->end && is_wordy(*c->p))
            return fail(c, c->p, SAID(JSON_KEY_QUOTES));
        if (c->p < c->end && strchr("'/#", *c->p))
            return no_value(c);
        return fail(c, c->p, SAID(JSON_KEY_HERE));
    }
    if (!check_string(c))
        return false;
    skip_blanks(c);
    if (c->p == c->end || *c->p != ':')
        return fail(c, c->p, SAID(JSON_COLON));
    c->p++;
    return true;
}

/* What stands between the brackets; c->p is on the opening one. */
static bool check_inside(struct cursor *c, char closing)
{
    const char *start = c->p++;
    skip_blanks(c);
    if (c->p < c->end && *c->p == closing) {
        c->p++;
        return true;
    }
    for (;;) {
        const char *key = NULL;
        skip_blanks(c);
        if (c->p == c->end)
            return not_closed(c, start, closing);
        if (closing == '}') {
            key = c->p;
            if (!check_key(c))
                return false;
        }
        if (!check_value(c, key))
            return false;
        skip_blanks(c);
        if (c->p == c->end || (*c->p != ',' && *c->p != closing))
            return not_closed(c, start, closing);
        if (*c->p++ == closing)
            return true;
        const char *comma = c->p - 1;
        skip_blanks(c);
        if (c->p < c->end && *c->p == closing)
            return fail(c, comma, SAID(JSON_COMMA_LAST), closing);
    }
}

static void note_place(struct cursor *c, const char *key)
{
    struct json *j = c->j;
    j->places = mem_grow(j->places, j->place_count + 1, &j->place_capacity,
                         sizeof *j->places);
    j->places[j->place_count++] = (struct json_place){
        (uint32_t)((key ? key : c->p) - j->text), (uint32_t)(c->p - j->text)};
}

static bool check_value(struct cursor *c, const char *key)
{
    skip_blanks(c);
    if (c->p == c->end)
        return no_value(c);
    note_place(c, key);
    char first = *c->p;
    if (first == '"')
        return check_string(c);
    if (first == '-' || (first >= '0' && first <= '9'))
        return check_number(c);
    if (first != '[' && first != '{')
        return check_word(c);
    if (c->depth == SCENARIO_DEPTH_MAX)
        return fail(c, c->p, SAID(JSON_DEEP), SCENARIO_DEPTH_MAX);
    c->depth++;
    bool good = check_inside(c, first == '[' ? ']' : '}');
    c->depth--;
    return good;
}

size_t json_mark(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Notes the beginnings of lines; looks for what is not UTF-8. */
static bool check_bytes(struct cursor *c)
{
    struct json *j = c->j;
    j->lines = mem_grow(j->lines, 1, &j->line_capacity, sizeof *j->lines);
    j->lines[j->line_count++] = (uint32_t)json_mark(j->text, j->length);
    for (const char *p = c->p; p < c->end;) {
        size_t n = utf8_length(p, (size_t)(c->end - p), NULL);
        if (!n && p == j->text && c->end - p > 1 &&
            (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0))
            return fail(c, p, SAID(JSON_UTF16));
        if (!n)
            return fail(c, p, SAID(JSON_UTF8), (unsigned char)*p);
        if (*p == '\n') {
            j->lines = mem_grow(j->lines, j->line_count + 1, &j->line_capacity,
                                sizeof *j->lines);
            j->lines[j->line_count++] = (uint32_t)(p + 1 - j->text);
        }
        p += n;
    }
    return true;
}

bool json_check(struct json *j)
{
    struct cursor c = {.j = j, .p = j->text, .end = j->text + j->length};
    if (!check_bytes(&c))
        return false;
    c.p += json_mark(j->text, j->length);
    skip_blanks(&c);
    if (c.p == c.end)
        return fail(&c, c.p, SAID(JSON_EMPTY));
    if (!check_value(&c, NULL))
        return false;
    skip_blanks(&c);
    if (c.p < c.end)
        return fail(&c, c.p, SAID(JSON_BEHIND_END));
    return true;
}
