/* Random scenarios: the same seed, the same file, everywhere. */
#ifndef TIMESLICE_TESTS_RANDOM_H
#define TIMESLICE_TESTS_RANDOM_H

#include "sim/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum random_with {
    RANDOM_PIPES = 1,   /* pipe, read, write, close, dup, fcntl */
    RANDOM_SIGNALS = 2, /* kill, signal, pause, handlers */
    RANDOM_ACTIONS = 4, /* suspend, activate, kill by the user */
    RANDOM_MEMORY = 8,  /* memory and process slots run short */
    RANDOM_LARGE = 16,  /* writes larger than a pipe */
    RANDOM_CROWD = 32,  /* all at one pipe, and little else */
    RANDOM_QUEUES = 64, /* msgget, msgsnd, msgrcv, msgctl */
    RANDOM_SEMAPHORES = 128, /* semget, semop, P, V, semctl */
    RANDOM_SEGMENTS = 256, /* shmget, shmat, store, load, shmdt, shmctl */
    RANDOM_FIFOS = 512, /* mkfifo, open, unlink, and what goes through */
    RANDOM_TAPS = 1024  /* everybody has a handler, and it is often used */
};

/* Appends a scenario file made from `seed`, using what `with` allows. */
void random_scenario(uint64_t seed, unsigned with, struct str *out);

/* What somebody has typed as a seed, or a number of steps: digits, and no more
 * than fit. Returns false if it is anything else. */
bool random_number(const char *text, uint64_t *number);

#endif
