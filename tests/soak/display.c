/* display.c: a display that nobody looks at, and a user who is not there. */
#define _GNU_SOURCE
#include "tests/soak/soak.h"

#include "sim/base/rng.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Xvfb chooses the number and writes it into a pipe. It lets in whoever is on
 * this machine: the window will be another user's. */
int display_open(void)
{
    int told[2];
    char text[16] = "", fd[16];
    if (pipe(told) < 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        snprintf(fd, sizeof fd, "%d", told[1]);
        execlp("Xvfb", "Xvfb", "-displayfd", fd, "-ac", "-noreset", "-screen",
               "0", "1280x900x24", "-nolisten", "tcp", (char *)NULL);
        _exit(127);
    }
    close(told[1]);
    ssize_t n = read(told[0], text, sizeof text - 1);
    close(told[0]);
    return pid > 0 && n > 0 ? (int)strtol(text, NULL, 10) : -1;
}

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
