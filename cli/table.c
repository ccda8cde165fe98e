#include "cli/table.h"

#include "cli/chart.h"
#include "sim/base/mem.h"

#include <stdlib.h>

enum { GAP = 2 };

void table_begin(struct table *t, int columns, int left)
{
    *t = (struct table){.columns = columns, .left = left};
}

void table_add(struct table *t, const char *text, bool best)
{
    t->cells = mem_grow(t->cells, t->count + 1, &t->room, sizeof *t->cells);
    t->cells[t->count++] = (struct table_cell){t->text.length, best};
    str_add(&t->text, text);
    str_add_char(&t->text, '\0');
}

static const char *text_at(const struct table *t, size_t cell)
{
    return t->text.text + t->cells[cell].at;
}

struct column {
    int width;
    bool marked; /* some cell has an asterisk: the others a blank there */
};

static struct column column_of(const struct table *t, int which)
{
    struct column c = {0};
    for (size_t i = (size_t)which; i < t->count; i += (size_t)t->columns) {
        int n = utf8_columns(text_at(t, i));
        c.width = n > c.width ? n : c.width;
        c.marked = c.marked || t->cells[i].best;
    }
    return c;
}

static int width_of(const struct column *c)
{
    return GAP + c->width + c->marked;
}

static void write_cell(const struct table *t, size_t cell, bool left,
                       const struct column *c, bool colours, struct str *out)
{
    bool best = t->cells[cell].best;
    str_add(out, "  ");
    str_add(out, best && colours ? "\033[1;32m" : "");
    add_cell(out, text_at(t, cell), c->width, !left);
    str_add(out, best ? "*" : c->marked ? " " : "");
    str_add(out, best && colours ? "\033[0m" : "");
}

static void end_line(struct str *out)
{
    while (out->length && out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

/* The left columns, and those from `from` up to `to`. */
static void write_block(const struct table *t, const struct column *columns,
                        int from, int to, bool colours, struct str *out)
{
    for (size_t row = 0; row < t->count; row += (size_t)t->columns) {
        for (int c = 0; c < to; c++)
            if (c < t->left || c >= from)
                write_cell(t, row + (size_t)c, c < t->left, &columns[c],
                           colours, out);
        end_line(out);
    }
}

void table_end(struct table *t, int width, bool colours, struct str *out)
{
    struct column *columns = mem_new((size_t)t->columns, sizeof *columns);
    int left = 0;
    for (int c = 0; c < t->columns; c++) {
        columns[c] = column_of(t, c);
        left += c < t->left ? width_of(&columns[c]) : 0;
    }
    for (int from = t->left, to = from; from < t->columns; from = to) {
        int used = left;
        do
            used += width_of(&columns[to++]);
        while (to < t->columns && used + width_of(&columns[to]) <= width);
        if (from > t->left)
            str_add_char(out, '\n');
        write_block(t, columns, from, to, colours, out);
    }
    free(columns);
    free(t->cells);
    str_free(&t->text);
}
