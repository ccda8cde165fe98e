/* The icon that the desktop shows for the window. */
#ifndef TIMESLICE_WINDOW_ICON_H
#define TIMESLICE_WINDOW_ICON_H

#include <stdint.h>

enum { ICON_PIXELS = 64 /* wide and high */ };

/* Draws it: ARGB, not premultiplied, row by row. */
void window_icon(uint32_t pixels[ICON_PIXELS * ICON_PIXELS]);

#endif
