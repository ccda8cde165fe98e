/* A pipe's parts: its buffer (pipe_buffer.c), and who holds its ends
 * (pipe_ends.c). */
#ifndef TIMESLICE_PANEL_PIPE_H
#define TIMESLICE_PANEL_PIPE_H

#include "render/panel.h"

/* The buffer with its bytes. */
void pipe_buffer_draw(struct scene *s, struct rect at, int pipe);

/* The width that something needs, and the width that it would like. */
struct span_want {
    float least, best;
};

/* Of an end's holders in a row of that height, or of the word that there are
 * none. */
struct span_want holders_want(const struct scene *s, int pipe,
                              enum desc_kind end, float height);

/* "p[1]" over an arrow. A pipe without that end has a cross instead. What the
 * kernel's poll(2) said of it stands in the tool tip. */
void end_draw(struct scene *s, struct rect at, const char *name, int pipe,
              enum desc_kind end);

/* Tokens, each with its name and its descriptor's number; with less and less
 * of that before anybody is left out. Readers stand at the right. */
void holders_draw(struct scene *s, struct rect row, int pipe,
                  enum desc_kind end);

#endif
