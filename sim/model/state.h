/* The states of a process and what leads from one to another.
 *
 * The table is the whole truth: the engine may only do what stands in it, the
 * state diagram draws its arrows from it, and a test walks every cell.
 *
 * The seven states are those of the textbooks with suspension (Stallings,
 * Operating Systems, ch. 3; SCENARIO.md §1). */
#ifndef TIMESLICE_STATE_H
#define TIMESLICE_STATE_H

#include "sim/base/lang.h"

#include <stdint.h>

enum state {
    NEW,
    READY,
    RUNNING,
    BLOCKED,
    TERMINATED,
    READY_SUSPENDED,
    BLOCKED_SUSPENDED,
    STATE_COUNT,
    NOWHERE = STATE_COUNT /* an empty cell: forbidden */
};

enum transition {
    T_ADMIT,      /* memory and a process slot were to be had */
    T_DISPATCH,   /* a CPU takes it */
    T_SLICE_OVER, /* its time slice has run out */
    T_PREEMPT,    /* a better one has come */
    T_YIELD,      /* it gave the CPU away by itself */
    T_BLOCK,      /* it waits for something */
    T_WAKE,       /* what it waited for has happened */
    T_EXIT,       /* it has ended by itself */
    T_KILL,       /* a signal or the user has ended it */
    T_SUSPEND,    /* the user or SIGSTOP has taken it out */
    T_ACTIVATE,   /* the user or SIGCONT has put it back */
    T_RESLEEP,    /* put back, but another was faster: it waits again */
    TRANSITION_COUNT
};

/* The table: the state that `how` leads to, plus one; 0 is an empty cell. */
extern const uint8_t state_table[STATE_COUNT][TRANSITION_COUNT];

/* Where `how` leads from `from`; NOWHERE if it is forbidden. */
static inline enum state state_after(enum state from, enum transition how)
{
    uint8_t cell = state_table[from][how];
    return cell ? (enum state)(cell - 1) : NOWHERE;
}

/* "ready-suspended": the name of SCENARIO.md, the same in every language. */
const char *state_name(enum state s);

/* "dispatch": the label of the arrow. */
const char *transition_name(enum transition t);

/* For people: 就绪（挂起）, 调度. */
const char *state_title(enum state s, enum lang lang);
const char *transition_title(enum transition t, enum lang lang);

#endif
