/* main.c: where the program starts. */
#include "sim/base/lang.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("timeslice %s\n", TIMESLICE_VERSION);
        return 0;
    }
    fprintf(stderr, "%s: usage: timeslice --version\n",
            word(W_TIMESLICE, LANG_EN));
    return 2;
}
