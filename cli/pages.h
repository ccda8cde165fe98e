/* Large pages for what is large. */
#ifndef TIMESLICE_PAGES_H
#define TIMESLICE_PAGES_H

/* From now on mem_large has memory that Linux is asked to make of large pages:
 * one fault for 2 MiB instead of 512. Once, before the first run. */
void pages_begin(void);

#endif
