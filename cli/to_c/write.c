/* write.c: lines of the program, indented, and broken where they are long. */
#include "cli/to_c/inside.h"

#include <string.h>

static const struct {
    uint64_t parts, headers;
} part_needs[PART_COUNT] = {
#define P(part) (UINT64_C(1) << PART_##part)
#define H(header) (UINT64_C(1) << HEADER_##header)
#define PART(name, needs, headers, about, code) [PART_##name] = {needs, headers},
#include "cli/to_c/parts.def"
#undef PART
#undef P
#undef H
};

void needs_part(struct c_writer *w, enum c_part p)
{
    if (w->parts >> p & 1)
        return;
    w->parts |= UINT64_C(1) << p;
    w->headers |= part_needs[p].headers;
    for (int other = 0; other < PART_COUNT; other++)
        if (part_needs[p].parts >> other & 1)
            needs_part(w, (enum c_part)other);
}

void put(struct c_writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(&w->line, format, args);
    va_end(args);
}

/* Where the text can be broken so that not more than `room` columns are before
 * that: behind a comma or an opening parenthesis, outside of literals. 0: as it
 * cannot be helped. */
static size_t break_at(const char *p, int room)
{
    size_t at = 0;
    bool quoted = false;
    int columns = 0;
    for (size_t i = 0; p[i]; i++) {
        columns += ((unsigned char)p[i] & 0xc0) != 0x80;
        if (p[i] == '\\') {
            i++;
            columns++;
            continue;
        }
        quoted = quoted != (p[i] == '"');
        if (!quoted && p[i] == '\n')
            return i + 1;
        if (columns > room && at)
            return at;
        if (!quoted && p[i] == ',' && p[i + 1] == ' ')
            at = i + 2;
    }
    return columns > room ? at : 0;
}

/* The program as it is so far, then `p` in lines. */
void put_end(struct c_writer *w)
{
    int indent = w->indent, more = 4;
    const char *p = str_text(&w->line);
    while (*p) {
        size_t n = break_at(p, C_COLUMNS - indent);
        size_t end = n ? n : strlen(p);
        size_t shown = end;
        while (shown && strchr(" \n", p[shown - 1]))
            shown--;
        if (shown)
            str_addf(&w->out, "%*s", indent, "");
        str_add_bytes(&w->out, p, shown);
        str_add_char(&w->out, '\n');
        p += end;
        indent = w->indent + more;
    }
    str_cut(&w->line, 0);
}

void put_line(struct c_writer *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(&w->line, format, args);
    va_end(args);
    put_end(w);
}

void add_ours(struct c_writer *w, enum word about)
{
    add_comment(&w->out, word(about, w->l->lang), 0);
}

void put_note(struct c_writer *w, struct text note)
{
    if (!w->l->both) {
        if (*text_in(note, w->l->lang))
            add_comment(&w->out, text_in(note, w->l->lang), w->indent);
        return;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (note.in[lang] && *note.in[lang])
            add_comment(&w->out, note.in[lang], w->indent);
}
