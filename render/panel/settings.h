/* The settings of a scheduler as rows of a dialog (settings.c). */
#ifndef TIMESLICE_PANEL_SETTINGS_H
#define TIMESLICE_PANEL_SETTINGS_H

#include "render/panel.h"

/* What a setting is called: "Quantum (ticks)", "Allotment of level 2". */
const char *setting_label(const struct scene *s, const struct setting *x);

/* How wide the widest row of the policy is, and how high each is. */
float settings_width(const struct scene *s);
float setting_height(const struct scene *s);

/* The rows, from the top of `at`. */
void settings_draw(struct scene *s, struct rect at);

#endif
