/* What the doctor looks at: one finding a line, with what can be done. */
#ifndef TIMESLICE_DOCTOR_H
#define TIMESLICE_DOCTOR_H

#include "sim/base/lang.h"
#include "sim/base/str.h"

#include <stdbool.h>

enum health { HEALTH_OK, HEALTH_LIMITED, HEALTH_MISSING };

struct finding {
    enum lang lang;
    enum health health;
    struct str text;  /* what is there */
    enum word remedy; /* what to do unless all is well */
    bool no_live;     /* without this there are no live runs */
};

typedef void probe(struct finding *f);

/* doctor_linux.c: the kernel. */
probe probe_kernel, probe_proc, probe_cpus, probe_files, probe_pipes, probe_sysv, probe_namespaces,
    probe_seccomp, probe_sweeper, probe_ptrace, probe_syscall, probe_live;
/* doctor_window.c: what the window needs. */
probe probe_display, probe_fonts, probe_sdl, probe_lessons;

/* Says `health`, and what to do about it. */
void finding_set(struct finding *f, enum health health, enum word remedy);

#endif
