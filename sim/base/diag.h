/* Complaints about what somebody gave us, in the order they were found.
 *
 * One complaint is one line, as compilers write them:
 *   lesson.json:14:22: error: /processes/0/size: must be at least 1, not 0
 *   lesson.json:14:22: 错误：/processes/0/size：不能小于 1，而这里是 0
 * Line and column count from 1; column counts characters, not bytes. All
 * complaints are kept, so that a bad file is mended in one go. */
#ifndef TIMESLICE_DIAG_H
#define TIMESLICE_DIAG_H

#include "sim/base/gnu.h"
#include "sim/base/lang.h"
#include "sim/base/str.h"

/* SAID(NAME): a word of assets/words/scenario.def for those who complain. They
 * take it as two arguments, the word and its English: by the second, which
 * nobody reads, the compiler holds what follows against the format. That the
 * Chinese takes the same is what tests/t0004-words.c is for. */
#define SAID(name) W_##name, english_##name
#define W(name, en, zh)                                                        \
    static const char english_##name[] MAYBE_UNUSED = en;
#include "assets/words/scenario.def"
#undef W

struct diag_line {
    int line, column; /* 0: no place in the file is known */
    size_t text;      /* where its message starts in `texts` */
};

struct diag {
    const char *file; /* as the user wrote it; not owned */
    enum lang lang;   /* of who will read it */
    struct diag_line *lines;
    size_t count, capacity;
    struct str texts; /* the messages, each ending with a zero byte */
};

/* A complaint at a place; the message says what is wrong and how to mend it:
 * diag_add(d, line, column, SAID(NAME), …). */
void diag_add(struct diag *d, int line, int column, enum word w,
              const char *english, ...) PRINTF_LIKE(5, 6);

/* The same with a message that is ready, in the language of `d`. */
void diag_add_text(struct diag *d, int line, int column, const char *text);

/* Appends the complaints to `out` one a line, sorted by place; the same
 * message at the same place is written once. Names and texts of a file (also
 * the file's own name) are shown, never obeyed: str_add_shown(). */
void diag_write(struct diag *d, struct str *out);

void diag_free(struct diag *d);

#endif
