/* Which system calls a lesson's process may make: those that its ops are, those
 * that its life at the gate needs, and no other (seccomp.def). Whoever makes
 * another one is killed by SIGSYS at that very call. */
#ifndef TIMESLICE_SECCOMP_H
#define TIMESLICE_SECCOMP_H

#include <stdbool.h>

/* In the lab, before the first child: compiles the list. Takes effect once in
 * a process. Returns false if that is not possible. */
bool seccomp_prepare(void);

/* In a child: from now on. Needs no_new_privs; cannot be taken back, and is
 * inherited. Returns false if the kernel does not do it. */
bool seccomp_begin(void);

/* Whether the program was built with it. */
bool seccomp_built(void);

#endif
