/* An X display of our own (Xvfb), for programs. */
#ifndef TIMESLICE_TESTS_DISPLAY_H
#define TIMESLICE_TESTS_DISPLAY_H

/* Opens one with a screen of `size`, "1280x900": its number, -1: none is to be
 * had. It ends with us. */
int display_open(const char *size);

#endif
