/* Inside of expect*.c. */
#ifndef TIMESLICE_TESTS_EXPECT_IN_H
#define TIMESLICE_TESTS_EXPECT_IN_H

#include "tests/desk/expect.h"

/* What the window remembers; valid until the next call. */
const char *settings_text(void);

void opens_score(struct desk *d, const struct snapshot *b, int arg);
const struct command_test *command_test_look(enum wish what);

#endif
