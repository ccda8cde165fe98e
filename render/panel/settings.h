/* The settings of a scheduler as rows of a dialog (settings.c). */
#ifndef TIMESLICE_PANEL_SETTINGS_H
#define TIMESLICE_PANEL_SETTINGS_H

#include "render/panel.h"

/* What a setting is called: "Quantum (ticks)", "Allotment of level 2". */
const char *setting_label(const struct scene *s, const struct setting *x);

/* How wide the widest row of the policy would be. */
float settings_width(const struct scene *s);
/* How high a row is whose label has one line. */
float setting_height(const struct scene *s);
/* Where row number `row` begins in a list of that width; behind the last one,
 * how high the list is. */
float settings_top(const struct scene *s, float width, int row);

/* The rows, from the top of `at`. */
void settings_draw(struct scene *s, struct rect at);

#endif
