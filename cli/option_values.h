/* The values of options: what can be said of one by itself. */
#ifndef TIMESLICE_OPTION_VALUES_H
#define TIMESLICE_OPTION_VALUES_H

#include "cli/options.h"

/* Reads o->value[which] into what it stands for; false after a sentence. */
bool option_take(struct options *o, enum option which);

/* Whether it is one of the words of a blank-separated list; false after a
 * sentence. */
bool option_choice(struct options *o, enum option which, const char *list);

#endif
