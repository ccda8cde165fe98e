/* Keys of a lesson that mean something on this machine already. */
#ifndef TIMESLICE_KEYS_H
#define TIMESLICE_KEYS_H

#include "sim/base/lang.h"
#include "sim/scenario/scenario.h"

/* Outside of namespaces of our own the lesson's System V objects are among
 * everybody's. A number that it uses as a key, and that some object of the kind
 * it would make already has, makes the lesson impossible: returns one sentence
 * that says so, or NULL. A key of ftok(3) that is taken is changed, by making
 * its file anew. The lesson's place must be there, and none of its objects. */
const char *keys_taken(const struct scenario *sc);

/* The language of the sentence. */
void keys_speak(enum lang lang);

#endif
