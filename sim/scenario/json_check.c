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

/* Complains at `at`; returns false. */
__attribute__((format(printf, 3, 4))) static bool
fail(struct cursor *c, const char *at, const char *format, ...)
{
    struct str s = {0};
    va_list args;
    va_start(args, format);
    str_vaddf(&s, format, args);
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
        return fail(c, at, "the file ends where a value should stand");
    if (*at == '\'')
        return fail(c, at, "JSON writes strings in double quotes: \"…\"");
    if (*at == '/' || *at == '#')
        return fail(c, at, "JSON has no comments: use a key \"//\" for one");
    if (*at == '+' || *at == '.')
        return fail(c, at, "a number begins with a digit or `-`");
    if (*at == ',' || *at == '}' || *at == ']')
        return fail(c, at, "a value is missing before `%c`", *at);
    if (n)
        return fail(c, at,
                    "`%.*s` is no value: texts stand in double quotes, the "
                    "others are true, false and null in small letters",
                    (int)n, at);
    return fail(c, at, "a value should begin here");
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
        return fail(c, at, "a `\\` in a string is written `\\\\`");
    int unit = hex4(at + 2, c->end);
    if (unit < 0)
        return fail(c, at, "`\\u` needs four hexadecimal digits");
    if (unit == 0)
        return fail(c, at, "a string must not hold the zero byte");
    c->p += 6;
    if (unit < 0xd800 || unit > 0xdfff)
        return true;
    int low = c->end - c->p >= 6 && c->p[0] == '\\' && c->p[1] == 'u'
                  ? hex4(c->p + 2, c->end)
                  : -1;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return fail(c, at, "half of a surrogate pair: `\\ud83d\\ude00`");
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
            return fail(c, start,
                        "this string is not closed on its line: "
                        "end it with `\"`, or write \\n");
        } else if (!ch) {
            return fail(c, c->p, "a string must not hold the zero byte");
        } else if (ch < 0x20) {
            return fail(c, c->p,
                        "a control character in a string: write "
                        "\\u%04x, or \\t for a tab",
                        ch);
        } else {
            c->p++;
        }
    }
    if (c->p == c->end)
        return fail(c, start, "this string is never closed");
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
        return fail(c, start, "a number needs a digit behind `-`");
    if (*first == '0' && c->p - first > 1)
        return fail(c, start, "a number must not begin with 0");
    if (c->p < c->end && *c->p == '.') {
        c->p++;
        if (!is_digit(c))
            return fail(c, start, "a number needs a digit behind its point");
        skip_digits(c);
    }
    if (c->p < c->end && (*c->p == 'e' || *c->p == 'E')) {
        c->p++;
        c->p += c->p < c->end && (*c->p == '+' || *c->p == '-');
        if (!is_digit(c))
            return fail(c, start, "a number needs a digit behind its `e`");
        skip_digits(c);
    }
    if (c->p - start > JSON_NUMBER_MAX)
        return fail(c, start, "a number of more than %d characters",
                    JSON_NUMBER_MAX);
    if (c->p < c->end && is_wordy(*c->p))
        return fail(c, start, "a number is made of digits, without a unit");
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
    const char *what = closing == ']' ? "list" : "object";
    if (c->p == c->end) {
        struct json *j = c->j;
        size_t line = 0;
        while (line < j->line_count &&
               j->lines[line] <= (size_t)(start - j->text))
            line++;
        return fail(c, c->p,
                    "the file ends inside the %s that begins in line %zu", what,
                    line);
    }
    if (*c->p == '/' || *c->p == '#')
        return no_value(c);
    return fail(c, c->p, "`,` or `%c` should stand here, in the %s", closing,
                what);
}

static bool check_value(struct cursor *c, const char *key);

/* `"key":` in front of a value of an object. */
static bool check_key(struct cursor *c)
{
    if (c->p == c->end || *c->p != '"') {
        if (c->p < c->end && is_wordy(*c->p))
            return fail(c, c->p, "keys stand in double quotes");
        if (c->p < c->end && strchr("'/#", *c->p))
            return no_value(c);
        return fail(c, c->p, "a key in double quotes should stand here");
    }
    if (!check_string(c))
        return false;
    skip_blanks(c);
    if (c->p == c->end || *c->p != ':')
        return fail(c, c->p, "`:` should stand here, behind the key");
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
            return fail(c, comma, "no comma may stand before `%c`", closing);
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
        return fail(c, c->p, "nested more than %d deep", SCENARIO_DEPTH_MAX);
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
            return fail(c, p, "this file is UTF-16; save it as UTF-8");
        if (!n)
            return fail(c, p,
                        "the byte 0x%02x is not UTF-8; save the file "
                        "as UTF-8",
                        (unsigned char)*p);
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
        return fail(&c, c.p, "the file is empty");
    if (!check_value(&c, NULL))
        return false;
    skip_blanks(&c);
    if (c.p < c.end)
        return fail(&c, c.p, "something stands behind the end of the scenario");
    return true;
}
