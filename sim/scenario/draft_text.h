/* Inside of draft_*.c: the text of a draft, walked over and replaced. All of it
 * stands on the text being JSON. */
#ifndef TIMESLICE_DRAFT_TEXT_H
#define TIMESLICE_DRAFT_TEXT_H

#include "sim/scenario/draft.h"

/* text[at … at + out) becomes `in`; the change must be open. */
void draft_replace(struct draft *d, size_t at, size_t out, const char *in,
                   size_t length);

/* Goes through the members of an object or the elements of a list. */
struct draft_walk {
    const char *text;
    size_t at;     /* behind what was seen last */
    size_t before; /* behind the bracket or comma before what is seen … */
    bool object;
    struct draft_place place; /* … which is here */
};

/* Begins with the object or list at `begin`; false: it is neither. */
bool draft_walk_begin(struct draft_walk *w, const char *text, size_t begin);
/* The next one; false: there are no more, and w->at is on the bracket. */
bool draft_walk_next(struct draft_walk *w);

/* Where the value that begins at `at` ends. */
size_t draft_value_end(const char *text, size_t at);
/* Whether the string (with quotes) at `at` is `name`. */
bool draft_string_is(const char *text, size_t at, const char *name);
/* Appends the string at `at` without quotes and escapes. */
void draft_string_add(const char *text, size_t at, struct str *out);

#endif
