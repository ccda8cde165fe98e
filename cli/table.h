/* A table for people, in characters: cells are added from left to right and
 * from top to bottom, the headings first. What is wider than the terminal goes
 * on below, the left columns once more. */
#ifndef TIMESLICE_TABLE_H
#define TIMESLICE_TABLE_H

#include "sim/base/str.h"

#include <stdbool.h>

struct table {
    int columns;
    int left; /* so many columns stand at the left, and in every block */
    struct str text;
    struct table_cell {
        size_t at;
        bool best;
    } *cells;
    size_t count, room;
};

void table_begin(struct table *t, int columns, int left);

/* The next cell; the best get an asterisk, and a colour if there are any. */
void table_add(struct table *t, const char *text, bool best);

/* Writes it `width` characters wide at most, as far as that can be done, and
 * frees it. */
void table_end(struct table *t, int width, bool colours, struct str *out);

#endif
