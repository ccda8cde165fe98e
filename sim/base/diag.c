#include "sim/base/diag.h"

#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

static void begin_line(struct diag *d, int line, int column)
{
    d->lines = mem_grow(d->lines, d->count + 1, &d->capacity, sizeof *d->lines);
    d->lines[d->count++] = (struct diag_line){line, column, d->texts.length};
}

void diag_add(struct diag *d, int line, int column, enum word w,
              const char *english, ...)
{
    va_list args;
    begin_line(d, line, column);
    va_start(args, english);
    str_vaddf(&d->texts, word(w, d->lang), args);
    va_end(args);
    str_add_char(&d->texts, '\0');
}

void diag_add_text(struct diag *d, int line, int column, const char *text)
{
    begin_line(d, line, column);
    str_add(&d->texts, text);
    str_add_char(&d->texts, '\0');
}

static int by_place(const void *a, const void *b)
{
    const struct diag_line *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

void diag_write(struct diag *d, struct str *out)
{
    if (d->count)
        qsort(d->lines, d->count, sizeof *d->lines, by_place);
    struct str line = {0};
    for (size_t i = 0; i < d->count; i++) {
        const struct diag_line *l = &d->lines[i];
        const char *text = d->texts.text + l->text;
        if (i && l->line == l[-1].line && l->column == l[-1].column &&
            strcmp(text, d->texts.text + l[-1].text) == 0)
            continue;
        str_cut(&line, 0);
        if (d->file)
            str_addf(&line, "%s:", d->file);
        if (l->line)
            str_addf(&line, "%d:%d:", l->line, l->column);
        str_addf(&line, "%s%s%s", d->file || l->line ? " " : "",
                 word(W_DIAG_ERROR, d->lang), text);
        str_add_shown(out, line.text, line.length);
        str_add_char(out, '\n');
    }
    str_free(&line);
}

void diag_free(struct diag *d)
{
    free(d->lines);
    str_free(&d->texts);
    *d = (struct diag){0};
}
