/* user.c: a user who is not there, for the window on the display. */
#define _GNU_SOURCE
#include "tests/soak/soak.h"

#include "sim/base/rng.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* What a lesson's first minute may be: played, stepped, or run to its end. */
static const char *const presses[] = {
    "space", "Right Right Right Right space", "End", "plus plus plus space",
    "space l t space n", "End Left Left Left End",
};

enum { PRESSES = sizeof presses / sizeof *presses };

/* A key that comes before the window looks for any is lost: so the last one is
 * pressed again and again. */
pid_t display_drive(pid_t program, uint64_t *dice, bool quits)
{
    char line[512];
    int before = 1 + (int)rng_below(dice, 3);
    const char *keys = presses[rng_below(dice, PRESSES)];
    int after = (int)rng_below(dice, 9);
    snprintf(line, sizeof line,
             "window=$(xdotool search --sync --onlyvisible --pid %d | head -n 1)"
             " && xdotool windowfocus --sync $window sleep 0.%d"
             " key --delay 20 %s sleep 0.%d;"
             " while :; do xdotool key %s sleep 0.3; done",
             (int)program, before, keys, after, quits ? "ctrl+q" : "Right");
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 1);
        dup2(null, 2);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return pid;
}
