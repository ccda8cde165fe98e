/* A pipe's parts: its buffer (pipe_buffer.c), and who holds its ends
 * (pipe_ends.c). */
#ifndef TIMESLICE_PANEL_PIPE_H
#define TIMESLICE_PANEL_PIPE_H

#include "render/panel.h"
#include "sim/model/event.h"

/* The buffer with its bytes. */
void pipe_buffer_draw(struct scene *s, struct rect at, int pipe);

/* How a byte looks in a cell, how wide one of `n` cells is, and how many may be
 * shown one by one. */
const char *pipe_byte_text(struct ui *ui, unsigned char b);
float pipe_cell_width(const struct scene *s, struct rect in, size_t n);
int64_t pipe_cells_most(const struct scene *s, struct rect in);

/* Bytes on their way (pipe_flow.c): whether there are any, how many of those in
 * the buffer that EV_PUT brought in (the newest), or EV_GET took before a step
 * back (the oldest), and they themselves. */
bool pipe_flows(const struct scene *s, int pipe);
int pipe_flow_hides(const struct scene *s, int pipe, enum event_kind kind);
void pipe_flow_draw(struct scene *s, struct rect in, int pipe);

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
