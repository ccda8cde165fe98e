/* A line about one event: names and values, written as JSON or as CSV.
 *
 * What is told of an event is decided once (tell.c); json, ndjson and csv are
 * three ways to write the same line. */
#ifndef TIMESLICE_LINE_H
#define TIMESLICE_LINE_H

#include "sim/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { LINE_FIELDS = 16 };

struct field {
    const char *name;
    size_t at, length; /* of the value in line.text */
    bool quoted;       /* a text; else a number, an object, a list … */
};

struct line {
    struct str text;
    struct field field[LINE_FIELDS];
    int count;
};

void line_clear(struct line *l);
void line_free(struct line *l);

void line_add_number(struct line *l, const char *name, int64_t n);
/* `text` may have zero bytes in it; it is copied. */
void line_add_text(struct line *l, const char *name, const char *text,
                   size_t length);
void line_add_word(struct line *l, const char *name, const char *text);
/* A value that is JSON already. */
void line_add_json(struct line *l, const char *name, const char *json,
                   size_t length);

/* {"t": 0, "event": "stop"} without an end of line. */
void line_write_json(const struct line *l, struct str *out);

/* The line's values under `columns`, in their order, and everything else as
 * name=value in one last column; with its end of line (RFC 4180). */
void line_write_csv(const struct line *l, const char *const *columns,
                    int count, struct str *out);

/* One value of CSV, quoted where RFC 4180 asks for it. */
void csv_add(struct str *out, const char *text, size_t length);

#endif
