/* Where our own files lie: the lessons, the fonts, the schema.
 *
 * Looked for beside the program (an installation), where it was to be
 * installed, and in the source it was built from; the first place that has
 * the folder wins. */
#ifndef TIMESLICE_PLACES_H
#define TIMESLICE_PLACES_H

#include "sim/base/str.h"

#include <stdbool.h>

/* Appends the path of a folder ("scenarios", "assets") to `out`. False if it
 * is nowhere. */
bool place_find(const char *folder, struct str *out);

#endif
