/* mech.c: from a verb to the function that does it for real. */
#include "ipc/mech/mech.h"

enum {
#define MECHANISM(name, built, en, zh) BUILT_##name = (built),
#include "sim/scenario/mechanisms.def"
#undef MECHANISM
};

/* Where BUILT_… is 0 the function is not referred to, so it need not exist;
 * where it is 1, a missing one is a link error. */
lab_call *const lab_calls[OP_COUNT] = {
    [OP_end] = lab_end,
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    [OP_##verb] = BUILT_##mech ? lab_##verb : (lab_call *)0,
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
};

lab_inspect *const lab_inspects[MECH_COUNT] = {
    [MECH_PIPE] = inspect_pipes,
    [MECH_FIFO] = inspect_files,
    [MECH_MSGQ] = inspect_msgq,
    [MECH_SEM] = inspect_sem,
    [MECH_SHM] = inspect_shm,
};
