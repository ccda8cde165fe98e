/* Complaints about what somebody gave us, in the order they were found.
 *
 * One complaint is one line, as compilers write them:
 *   lesson.json:14:22: error: /processes/0/size: must be at least 1, not 0
 * Line and column count from 1; column counts characters, not bytes. All
 * complaints are kept, so that a bad file is mended in one go. */
#ifndef TIMESLICE_DIAG_H
#define TIMESLICE_DIAG_H

#include "sim/base/str.h"

struct diag_line {
    int line, column; /* 0: no place in the file is known */
    size_t text;      /* where its message starts in `texts` */
};

struct diag {
    const char *file; /* as the user wrote it; not owned */
    struct diag_line *lines;
    size_t count, capacity;
    struct str texts; /* the messages, each ending with a zero byte */
};

/* A complaint at a place; the message says what is wrong and how to mend it. */
void diag_add(struct diag *d, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Appends the complaints to `out` one a line, sorted by place; the same
 * message at the same place is written once. Names and texts of a file (also
 * the file's own name) are shown, never obeyed: str_add_shown(). */
void diag_write(struct diag *d, struct str *out);

void diag_free(struct diag *d);

#endif
