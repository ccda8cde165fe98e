/* An axis of a sweep: a key and the values it is to have, one after another.
 *
 *     1..20        1, 2, … 20          {1,2,4}  1,2,4    these
 *     10..100..30  10, 40, 70, 100     {1..3,10,"none"}  and all together
 *
 * An item of a list is a range, a value in JSON, or a bare word, which stands
 * for that text. An object, {"every": 5}, is one value as before. A range of a
 * million is as small as one of two: values are made when they are asked for. */
#ifndef TIMESLICE_AXIS_H
#define TIMESLICE_AXIS_H

#include "sim/base/arena.h"
#include "sim/base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct axis_part {
    const char *json; /* NULL: a range */
    int64_t first, step;
    int64_t count;
};

struct axis {
    const char *key;   /* "scheduler.quantum" */
    const char *given; /* as written */
    struct axis_part *parts;
    int part_count;
    int64_t count; /* of values, at least 1 */
};

enum {
    AXES_MOST = 8,
    AXIS_PARTS_MOST = 4096,
    SWEEP_RUNS_MOST = 10000000 /* of a sweep, and values of an axis */
};

/* Whether a value of the command line means several: a list or a range. */
bool axis_wanted(const char *given);

/* The end of the item at `p`: the next `sign` that is in no text, list or
 * object, or `end`. */
const char *axis_item_end(const char *p, const char *end, char sign);

/* An item as JSON: a bare word stands for that text. */
const char *axis_json(struct arena *a, const char *item);

enum axis_trouble {
    AXIS_WELL,
    AXIS_BAD_RANGE,
    AXIS_TOO_LARGE, /* a number beyond TICK_MAX */
    AXIS_BAD_STEP,  /* it must be at least 1 */
    AXIS_INSIDE,    /* a range inside a list or an object */
    AXIS_EMPTY,
    AXIS_TOO_MANY
};

/* Reads it; everything lies in `a`. `*item` is what cannot be read. */
enum axis_trouble axis_read(struct axis *x, struct arena *a, const char *key,
                            const char *given, const char **item);

/* Appends value number `i`, from 0, as JSON. */
void axis_value(const struct axis *x, int64_t i, struct str *out);

/* Whether it is a whole number, and which. */
bool axis_number(const struct axis *x, int64_t i, int64_t *number);

#endif
