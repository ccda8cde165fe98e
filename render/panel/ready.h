/* The ready queues, as the policy would serve them: inside of panel/cpu.c. */
#ifndef TIMESLICE_READY_H
#define TIMESLICE_READY_H

#include "render/panel.h"

/* Whether there is one queue, and nothing to say of it but who stands in it. */
bool ready_is_plain(const struct scene *s);

/* The height of one line. */
float ready_line_height(const struct scene *s);
/* By what the queues are sorted, in words. */
const char *ready_heading(const struct scene *s);
/* The only queue of a plain one; `label` (or NULL) stands before its head. */
void ready_draw_line(struct scene *s, struct rect at, const char *label);

/* How many lines there are, of all queues. */
int ready_lines(const struct scene *s);
/* The height of the heading and at most `most` lines of all queues. */
float ready_height(const struct scene *s, int most);
/* All queues with their heading, as many of their lines as have room. */
void ready_draw(struct scene *s, struct rect at);

#endif
