/* Figures in words: what the text, the window and the picture say alike. */
#ifndef TIMESLICE_FIGURES_SAY_H
#define TIMESLICE_FIGURES_SAY_H

#include "sim/base/figures.h"
#include "sim/base/str.h"

/* "64 B", "1.5 KiB", "1 MiB": at most three digits. */
void figures_say_size(double bytes, struct str *out);

/* Three digits that say something: "0.042", "1.25", "12.5", "1250". */
void figures_say_number(double n, struct str *out);

/* How `first` stands to `second`, without a full stop; nothing if too little
 * is known (false). */
bool figures_say_crossing(const struct figures *f, enum way first,
                          enum way second, enum lang lang, struct str *out);

/* Whether the lecture's claim holds, with the figures that decide it. */
void figures_say_verdict(const struct figures *f, enum lang lang,
                         struct str *out);

#endif
