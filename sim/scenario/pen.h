/* A pen that writes indented JSON: it knows how deep it is and whether a comma
 * is due. What it writes must be put in order by the caller. */
#ifndef TIMESLICE_PEN_H
#define TIMESLICE_PEN_H

#include "sim/base/str.h"

#include <stdint.h>

struct pen {
    struct str *out;
    int depth;
    bool comma; /* something stands before on this level */
};

/* Begins the next member or key on a line of its own. */
void pen_new_line(struct pen *p);
void pen_key(struct pen *p, const char *name);

/* Opens a list or an object with its bracket, and shuts it. */
void pen_open(struct pen *p, char bracket);
void pen_open_key(struct pen *p, const char *name, char bracket);
void pen_shut(struct pen *p, char bracket);

/* "name": json, where json is JSON already; a text; a number. */
void pen_raw(struct pen *p, const char *name, const char *json);
void pen_quoted(struct pen *p, const char *name, const char *text);
void pen_number(struct pen *p, const char *name, int64_t n);

#endif
