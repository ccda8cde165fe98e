/* How many CPUs this process may use: those it is bound to (taskset, a job of
 * Slurm), not those the machine has. At least 1. */
#ifndef TIMESLICE_CORES_H
#define TIMESLICE_CORES_H

int cores_count(void);

#endif
