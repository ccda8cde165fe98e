#include "cli/line.h"

#include "sim/base/promises.h"

#include <string.h>

void line_clear(struct line *l)
{
    str_cut(&l->text, 0);
    l->count = 0;
}

void line_free(struct line *l)
{
    str_free(&l->text);
    *l = (struct line){0};
}

static void add(struct line *l, const char *name, const char *value,
                size_t length, bool quoted)
{
    require(l->count < LINE_FIELDS);
    l->field[l->count++] = (struct field){
        .name = name, .at = l->text.length, .length = length, .quoted = quoted};
    str_add_bytes(&l->text, value, length);
}

void line_add_text(struct line *l, const char *name, const char *text,
                   size_t length)
{
    add(l, name, text, length, true);
}

void line_add_word(struct line *l, const char *name, const char *text)
{
    add(l, name, text, strlen(text), true);
}

void line_add_json(struct line *l, const char *name, const char *json,
                   size_t length)
{
    add(l, name, json, length, false);
}

void line_add_number(struct line *l, const char *name, int64_t n)
{
    char digits[24];
    char *p = digits + sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        *--p = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        *--p = '-';
    add(l, name, p, (size_t)(digits + sizeof digits - p), false);
}

/* Most texts need no escapes, and this is what a long run does most often. */
static void add_quoted(struct str *out, const char *text, size_t length)
{
    bool plain = true;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        plain = plain && c >= 0x20 && c != 0x7f && c != '"' && c != '\\';
    }
    str_add_bytes(out, "\"", 1);
    if (plain)
        str_add_bytes(out, text, length);
    else
        str_add_json(out, text, length);
    str_add_bytes(out, "\"", 1);
}

void line_write_json(const struct line *l, struct str *out)
{
    str_add_bytes(out, "{", 1);
    for (int i = 0; i < l->count; i++) {
        const struct field *f = &l->field[i];
        str_add(out, i ? ", \"" : "\"");
        str_add(out, f->name);
        str_add_bytes(out, "\": ", 3);
        if (f->quoted)
            add_quoted(out, l->text.text + f->at, f->length);
        else
            str_add_bytes(out, l->text.text + f->at, f->length);
    }
    str_add_bytes(out, "}", 1);
}

void csv_add(struct str *out, const char *text, size_t length)
{
    bool plain = true;
    for (size_t i = 0; i < length; i++)
        plain = plain && text[i] && !strchr(",\"\r\n", text[i]);
    if (plain) {
        str_add_bytes(out, text, length);
        return;
    }
    str_add_char(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            str_add_char(out, '"');
        str_add_char(out, text[i]);
    }
    str_add_char(out, '"');
}

static bool is_column(const char *name, const char *const *columns, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(columns[i], name) == 0)
            return true;
    return false;
}

void line_write_csv(const struct line *l, const char *const *columns,
                    int count, struct str *out)
{
    for (int c = 0; c < count; c++) {
        for (int i = 0; i < l->count; i++)
            if (strcmp(l->field[i].name, columns[c]) == 0)
                csv_add(out, l->text.text + l->field[i].at,
                        l->field[i].length);
        str_add_char(out, ',');
    }
    struct str rest = {0};
    for (int i = 0; i < l->count; i++) {
        const struct field *f = &l->field[i];
        if (is_column(f->name, columns, count))
            continue;
        str_addf(&rest, "%s%s=", rest.length ? " " : "", f->name);
        str_add_bytes(&rest, l->text.text + f->at, f->length);
    }
    csv_add(out, str_text(&rest), rest.length);
    str_free(&rest);
    str_add(out, "\r\n");
}
