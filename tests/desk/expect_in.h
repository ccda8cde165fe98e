/* Inside of expect*.c. */
#ifndef TIMESLICE_TESTS_EXPECT_IN_H
#define TIMESLICE_TESTS_EXPECT_IN_H

#include "tests/desk/expect.h"

/* What the window remembers; valid until the next call. */
const char *settings_text(void);

/* Of the lesson run by itself: whether a step of `proc` lies in [from, to), and
 * the position behind all that happens up to time t. */
bool run_has_step(const struct desk *d, size_t from, size_t to, int proc);
size_t run_behind(const struct desk *d, tick t);

/* The keys that lead into the midst of the run. */
#define AT_11 "g 1 1 Return "

void opens_score(struct desk *d, const struct snapshot *b, int arg);
const struct command_test *command_test_find(enum wish what);
const struct command_test *command_test_look(enum wish what);

#endif
