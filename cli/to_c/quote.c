/* quote.c: texts of a lesson inside of a C program.
 *
 * A text may be anything that JSON can hold. In a literal it must not end the
 * literal, in a comment not the comment; and nothing in it may be a trigraph,
 * an escape or a line of the preprocessor. Characters that a terminal or an
 * editor would obey instead of showing them (text_obeyed) are written as
 * numbers in a literal, and as ? in a comment. */
#include "cli/to_c/inside.h"

#include <string.h>

enum { LITERAL_LINE = 56 /* bytes, then another literal goes on */ };

static void add_byte(struct str *out, unsigned char c)
{
    str_addf(out, "\\%03o", c);
}

/* One character of 1 to 4 bytes that is shown as it is, or its bytes. */
static size_t add_character(struct str *out, const char *p, size_t left)
{
    size_t n = utf8_length(p, left, NULL);
    if (n > 1 && !text_obeyed(p, n, false)) {
        str_add_bytes(out, p, n);
        return n;
    }
    add_byte(out, (unsigned char)*p);
    return 1;
}

static void add_ascii(struct str *out, char c)
{
    static const char named[] = "\"\\\n\t\r";
    static const char letter[] = "\"\\ntr";
    const char *at = c ? strchr(named, c) : NULL;
    size_t n = out->length;
    if (at)
        str_addf(out, "\\%c", letter[at - named]);
    else if (c < 0x20 || c == 0x7f)
        add_byte(out, (unsigned char)c);
    else if (c == '?' && n && out->text[n - 1] == '?')
        str_add(out, "\\?");
    else
        str_add_char(out, c);
}

void add_literal(struct str *out, const char *bytes, size_t length)
{
    size_t i = 0, line = out->length;
    str_add_char(out, '"');
    while (i < length) {
        if (out->length - line > LITERAL_LINE) {
            str_add(out, "\"\n\"");
            line = out->length - 1;
        }
        if ((unsigned char)bytes[i] < 0x80)
            add_ascii(out, bytes[i++]);
        else
            i += add_character(out, bytes + i, length - i);
    }
    str_add_char(out, '"');
}

/* ---- comments ---- */

struct wrapping {
    struct str *out;
    int indent, column;
    bool begun; /* something stands in this line */
};

static void line_new(struct wrapping *w)
{
    while (w->out->length && w->out->text[w->out->length - 1] == ' ')
        str_cut(w->out, w->out->length - 1);
    str_addf(w->out, "\n%*s *", w->indent, "");
    w->column = w->indent + 2;
    w->begun = false;
}

static void add_word_wrapped(struct wrapping *w, const char *word, size_t n,
                             bool blank)
{
    enum { LAST = C_COLUMNS - 3 };
    struct str s = {0};
    str_add_bytes(&s, word, n);
    int columns = utf8_columns(str_text(&s));
    str_free(&s);
    if (w->begun && w->column + blank + columns > LAST)
        line_new(w);
    if (!w->begun || blank) {
        str_add_char(w->out, ' ');
        w->column++;
    }
    str_add_bytes(w->out, word, n);
    w->column += columns;
    w->begun = true;
}

/* What ends a comment or begins one, and trigraphs, are taken apart. */
static void make_harmless(const char *text, struct str *out)
{
    size_t left = strlen(text);
    for (const char *p = text; left;) {
        size_t n = utf8_length(p, left, NULL);
        char before = out->length ? out->text[out->length - 1] : ' ';
        bool ends = (before == '*' && *p == '/') ||
                    (before == '/' && *p == '*') ||
                    (before == '?' && *p == '?');
        if (ends)
            str_add_char(out, ' ');
        if (!n || text_obeyed(p, n, true))
            str_add_char(out, '?');
        else
            str_add_bytes(out, p, n);
        p += n ? n : 1;
        left -= n ? n : 1;
    }
}

/* The marks at `p` that may not begin a line. */
static size_t closing_bytes(const char *p)
{
    static const char *const marks[] = {"，", "。", "、", "；", "：",
                                        "！", "？", "）", "》", "”"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(p + n, marks[i], strlen(marks[i])) == 0) {
            n += strlen(marks[i]);
            i = (size_t)-1;
        }
    return n;
}

/* How long the word at `p` is: up to a blank; a wide character is a word. */
static size_t word_bytes(const char *p)
{
    size_t n = 0;
    while (p[n] && !strchr(" \t\r\n", p[n])) {
        size_t one = utf8_length(p + n, strlen(p + n), NULL);
        if (one > 2)
            return n ? n : one + closing_bytes(p + one);
        n += one ? one : 1;
    }
    return n;
}

void add_comment_lines(struct str *out, const char *text, int indent)
{
    struct wrapping w = {.out = out, .indent = indent, .column = indent + 2};
    struct str safe = {0};
    make_harmless(text, &safe);
    bool blank = false;
    for (const char *p = str_text(&safe); *p;) {
        if (strchr(" \t\r\n", *p)) {
            if (*p == '\n')
                line_new(&w);
            blank = true;
            p++;
            continue;
        }
        size_t n = word_bytes(p);
        add_word_wrapped(&w, p, n, blank && w.begun);
        blank = false;
        p += n;
    }
    str_free(&safe);
}

void add_comment(struct str *out, const char *text, int indent)
{
    str_addf(out, "%*s/*", indent, "");
    add_comment_lines(out, text, indent);
    str_add(out, " */\n");
}
