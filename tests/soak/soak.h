/* One kill of the real program, and what it has left. */
#ifndef TIMESLICE_SOAK_H
#define TIMESLICE_SOAK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum victim {
    V_WINDOW, /* what the user started: the window, or run --live */
    V_LAB,    /* the session outside, or process 1 inside of the walls */
    V_CHILD,  /* a process of the lesson */
    V_JANITOR,
    V_EVERYBODY, /* at once; then the program is started once more */
    V_CTRL_C,
    V_END, /* nobody: it ends as it should */
    VICTIMS
};

/* How the program is started. */
struct way {
    const char *name;
    bool walls;    /* namespaces of its own */
    bool ordinary; /* by a user who is not root, where we are */
};

struct trial {
    const char *program;
    enum victim victim;
    const struct way *way;
    bool window; /* the real one, on the display; else run --live */
    bool host;   /* no walls: by --host-ipc; else by the environment */
    uint64_t dice;
};

enum outcome {
    LEFT_THINGS = 1,
    LEFT_PROCESSES = 2,
    NO_VICTIM = 4, /* it never came */
    NOT_TRIED = 8 /* the machine did not let us */
};

/* Carries it out; the result is made of enum outcome. What was left is told on
 * stderr. */
int trial_run(const struct trial *t);

/* A process that waits until the window of `program` is there and then presses
 * keys as a user would; `quits`: Ctrl+Q is the last. */
pid_t display_drive(pid_t program, uint64_t *dice, bool quits);

#endif
