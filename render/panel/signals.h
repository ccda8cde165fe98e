/* What stands about signals under a process's name: those that wait for it,
 * and what it has said about the others (signals.c). */
#ifndef TIMESLICE_PANEL_SIGNALS_H
#define TIMESLICE_PANEL_SIGNALS_H

#include "render/panel.h"

/* Whether there is anything to say about `proc`. */
bool signals_matter(const struct scene *s, int proc);

/* "pending SIGPIPE" alone, and the rest: "blocks … · catches … · ignores …",
 * for this frame; either may be empty. */
const char *signals_pending(const struct scene *s, int proc);
const char *signals_rest(const struct scene *s, int proc);

/* Both in one line. */
void signals_draw(struct scene *s, struct rect row, int proc);

#endif
