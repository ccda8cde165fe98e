/* mech.c: from a verb to the function that does it for real. */
#include "ipc/mech/mech.h"

lab_call *const lab_calls[OP_COUNT] = {
    [OP_end] = lab_end,
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    [OP_##verb] = lab_##verb,
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
