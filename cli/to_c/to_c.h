/* A lesson as one C program that a student can take home.
 *
 * What stands on the screen are calls, and here they are: every process of the
 * lesson is a function, every op the C that it stands for, every call is the
 * real one, looked at and named when it fails. The program needs nothing but a
 * C compiler and Linux, cleans up after itself, and ends.
 *
 * What it does not have is the lesson's scheduler: the kernel decides who runs.
 *
 *   plan.c     what the lesson needs: kinds of variables, sizes, who is whom
 *   names.c    names of the lesson as names of C
 *   quote.c    texts of the lesson as literals and comments of C
 *   write.c    lines of the program
 *   calls*.c   one function a verb: the C of an op
 *   body.c     functions: processes, handlers, who begins what
 *   parts.def  the functions that every such program may need, as text
 *   main.c     main(): makes the directory, waits, cleans up
 *   frame.c    the file as a whole: comment, headers, parts */
#ifndef TIMESLICE_TO_C_H
#define TIMESLICE_TO_C_H

#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "sim/scenario/scenario.h"

struct c_lesson {
    const struct scenario *scenario;
    const char *file;  /* the program's name; may be anything */
    bool both;         /* titles and notes in every language that they have … */
    enum lang lang;    /* … else in this one; ours are in it */
    tick end;          /* how long the model's run takes */
    bool deadlock;     /* it ends in a deadlock */
};

/* Appends the program. */
void to_c(const struct c_lesson *l, struct str *out);

#endif
