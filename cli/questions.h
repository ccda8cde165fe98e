/* The questions about a run (sim/predict), all of them, for `run --predict`. */
#ifndef TIMESLICE_QUESTIONS_H
#define TIMESLICE_QUESTIONS_H

#include "cli/report.h"

/* A sheet: the questions with what may be chosen … */
void questions_write(const struct report *r, struct str *out);
/* … and on the back the answers, each with its reason. */
void questions_write_answers(const struct report *r, struct str *out);

/* `"questions": […]`: ask, choices, answer, because, and for each choice that is
 * wrong why it is, or null. */
void questions_write_json(const struct report *r, struct str *out);

#endif
