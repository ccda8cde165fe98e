/* The walls around the lab: namespaces of its own, where the machine allows
 * them.
 *
 * Inside there is another superuser (who is nobody outside), other System V
 * objects, other process ids and another directory for temporary files. All of
 * it belongs to the processes inside and to nobody else: when the last of them
 * is gone, the kernel itself removes what is left.
 *
 *   session's process           process 1 inside
 *   (waits, outside) ─ clone ─▶ session_serve, lab ─ fork ─▶ children
 *
 * Where namespaces are forbidden, or not wanted, sweep.h does that work. */
#ifndef TIMESLICE_SANDBOX_H
#define TIMESLICE_SANDBOX_H

#include <stdbool.h>

/* What there is between us and the machine. */
enum sandbox {
    SANDBOX_OUTSIDE, /* nothing: not tried, or asked for with --host-ipc */
    SANDBOX_INSIDE,  /* our own namespaces */
    SANDBOX_REFUSED  /* nothing: see the trial */
};

/* How far somebody came: the step that failed and the errno, 0 if none did. */
struct sandbox_trial {
    const char *step;
    int error;
};

/* Moves the calling program into namespaces of its own. It goes on as their
 * process 1, in a copy of the calling process, which itself stays outside,
 * waits for it and ends as it ends; there the descriptor `only_inside` is
 * closed. If this machine does not allow it, returns in the
 * calling process as if nothing had been tried. The caller must be
 * single-threaded.
 *
 * Either side dies with the other, at whatever moment. */
enum sandbox sandbox_enter(int only_inside);

/* Whether the environment forbids it (TIMESLICE_NAMESPACES=0). */
bool sandbox_forbidden(void);

/* Tries all of it in a child that is thrown away. */
struct sandbox_trial sandbox_try(void);

bool sandbox_inside(void);

/* The process id of our own process `pid` as ps(1) in another terminal shows
 * it, which is also its name in /proc: the same outside. */
int sandbox_pid_outside(int pid);

#endif
