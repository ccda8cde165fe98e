/* display.c: a display that nobody looks at. */
#define _GNU_SOURCE
#include "tests/display.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Xvfb chooses the number and writes it as a line into a pipe. It lets in
 * whoever is on this machine: the window may be another user's. */
int display_open(const char *size)
{
    int told[2];
    char text[16] = "", fd[16], screen[32], c;
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
        snprintf(screen, sizeof screen, "%sx24", size);
        execlp("Xvfb", "Xvfb", "-displayfd", fd, "-ac", "-noreset", "-screen",
               "0", screen, "-nolisten", "tcp", (char *)NULL);
        _exit(127);
    }
    close(told[1]);
    for (size_t n = 0; read(told[0], &c, 1) == 1 && c != '\n';)
        if (n + 1 < sizeof text)
            text[n++] = c;
    close(told[0]);
    return pid > 0 && text[0] ? (int)strtol(text, NULL, 10) : -1;
}
