/* What the pointer finds in a picture, and what must come of a press on it. */
#ifndef TIMESLICE_TESTS_PRESS_H
#define TIMESLICE_TESTS_PRESS_H

#include "tests/desk/expect.h"

/* Something that can be pressed, remembered beyond the frame. */
struct target {
    ui_id id;
    struct point at; /* its middle */
    struct intent intent;
    char label[128], tip[256], key[32];
    bool off, row;
};

enum { TARGETS_MOST = 256 };

/* What can be pressed in the last frame: all whose middle nothing else covers.
 * Returns how many. */
int targets_of(const struct desk *d, struct target to[TARGETS_MOST]);

/* Where it is now; false: it is not there. */
bool target_again(const struct desk *d, struct target *t);

/* What else can be seen of it before it is pressed. */
struct press_before {
    struct snapshot s;
    int vote, every, misses;
    unsigned kinds;
    bool hands;
    int64_t setting; /* of the dialog */
    struct scheduler wish;
    bool rival_on;
    int rivals;
    struct breaks breaks;
};

struct press_before press_before(const struct desk *d, const struct target *t);

/* It was pressed: what it reports as its wish has come of it. False, and a
 * failure, if nobody has said what that is. */
void press_check(struct desk *d, const struct target *t,
                 const struct press_before *before);

#endif
