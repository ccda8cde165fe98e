#include "cli/themes.h"

#include <string.h>

enum theme_kind theme_wanted(const struct options *o)
{
    const char *name = o->value[OPTION_THEME];
    for (int i = 0; name && i < THEME_COUNT; i++)
        if (strcmp(theme_of((enum theme_kind)i)->name, name) == 0)
            return (enum theme_kind)i;
    return THEME_LIGHT;
}
