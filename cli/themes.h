/* The theme that the command line asks for. */
#ifndef TIMESLICE_THEMES_H
#define TIMESLICE_THEMES_H

#include "cli/options.h"
#include "render/theme.h"

/* That of --theme; light if it was not given. */
enum theme_kind theme_wanted(const struct options *o);

#endif
