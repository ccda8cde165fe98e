#include "sim/base/promises.h"

#include <stdio.h>
#include <stdlib.h>

void promise_broken(const char *strength, const char *cond, const char *file,
                    int line)
{
    fprintf(stderr, "%s:%d: %s failed: %s\n", file, line, strength, cond);
    abort();
}
