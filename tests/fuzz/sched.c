/* sched.c: any bytes at all as a scenario for the schedulers.
 *
 * The first byte says the policy, each of the others settles one question of the
 * scene that tests/legal/scenes.c makes up: how many processes, which keys, how
 * long a burst. Such a scene always loads; the engine must schedule it without
 * overflow and in no time (ten seconds are a hang), and the court must find the
 * schedule legal. `./run fuzz sched`. */
#include "sim/base/promises.h"
#include "tests/legal/try.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct trial t = {0};
    trial_run_bytes(&t, bytes, length);
    if (t.illegal)
        fprintf(stderr, "%s%s\n", str_text(&t.json), str_text(&t.why));
    require(!t.illegal);
    trial_free(&t);
    return 0;
}
