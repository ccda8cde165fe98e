/* The built-in lessons: the files NN-name.json of scenarios/, in the order of
 * their numbers. A lesson may be named by its number, by its name or by both:
 * `11`, `pipe-one-way`, `11-pipe-one-way`. */
#ifndef TIMESLICE_LESSONS_H
#define TIMESLICE_LESSONS_H

#include "sim/base/arena.h"

#include <stdbool.h>

struct lesson {
    int number;
    const char *name; /* without number and .json */
    const char *path;
};

struct lessons {
    struct arena arena;
    struct lesson *all; /* by rising number */
    int count;
};

/* Reads the folder. False if there is none (count is 0 then). */
bool lessons_find(struct lessons *l);

/* The lesson that `word` names; NULL if there is none. */
const struct lesson *lesson_named(const struct lessons *l, const char *word);

/* The name nearest to `word`, for "did you mean"; NULL if none is near. */
const char *lesson_near(const struct lessons *l, const char *word);

void lessons_free(struct lessons *l);

#endif
