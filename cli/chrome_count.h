/* Counters of a Chrome trace, each after the event that has changed it. */
#ifndef TIMESLICE_CHROME_COUNT_H
#define TIMESLICE_CHROME_COUNT_H

#include "cli/report.h"

void chrome_count_ready(struct report *r, tick t);
void chrome_count_pipe(struct report *r, const struct event *e);
void chrome_count_queue(struct report *r, const struct event *e);
void chrome_count_semaphore(struct report *r, const struct event *e);

/* Appends "pipe p", "fifo ./mfifo". */
void chrome_pipe_name(const struct world *w, int pipe, struct str *out);

/* Appends "queue q", or with a number from 0 on "semaphore s[1]". */
void chrome_object_name(const struct world *w, const char *kind,
                        const struct ipc *o, int64_t number, struct str *out);

#endif
