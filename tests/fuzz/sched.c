/* sched.c: any bytes at all as a scenario for the schedulers.
 *
 * The first byte says the policy; then come parts of SCENE_PART bytes each, for
 * the machine, the scheduler, each process … (tests/legal/scenes.h). A byte
 * settles one question: which keys, how long a burst. Such a scene always loads;
 * the engine must schedule it without overflow and in no time (ten seconds are a
 * hang), and the court must find the schedule legal. `./run fuzz sched`.
 *
 * Mutations go by parts: one of them is changed, copied, thrown away or taken
 * from another scene, and all others still mean what they did. */
#include "sim/base/promises.h"
#include "sim/base/rng.h"
#include "tests/legal/try.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t room,
                               unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t length_a,
                                 const uint8_t *b, size_t length_b,
                                 uint8_t *to, size_t room, unsigned seed);
const char *__asan_default_options(void);

/* Blocks come and go a thousand times a second: where each came from, and an
 * address long after its end, are not worth half of the time. */
const char *__asan_default_options(void)
{
    return "malloc_context_size=2:quarantine_size_mb=4:"
           "allocator_release_to_os_interval_ms=-1";
}

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

/* ---- mutations ---- */

/* Whole parts behind the first byte; what is less than one does not count. */
static size_t count_parts(size_t length)
{
    return length ? (length - 1) / SCENE_PART : 0;
}

static uint8_t *part(uint8_t *bytes, size_t k)
{
    return bytes + 1 + k * SCENE_PART;
}

/* A byte or a few of one part, or all of it. */
static void change_part(uint8_t *bytes, size_t count, uint64_t *dice)
{
    uint8_t *p = part(bytes, rng_below(dice, count));
    size_t n = 1 + rng_below(dice, rng_below(dice, 4) ? 2 : SCENE_PART);
    uint64_t most = rng_below(dice, 3) ? 256 : 4;
    for (size_t i = 0; i < n; i++)
        p[n == SCENE_PART ? i : rng_below(dice, SCENE_PART)] =
            (uint8_t)rng_below(dice, most);
}

static size_t add_part(uint8_t *bytes, size_t count, size_t room,
                       uint64_t *dice)
{
    if (count == count_parts(room))
        return count;
    size_t k = count ? rng_below(dice, count) : 0;
    if (count && rng_below(dice, 2))
        memcpy(part(bytes, count), part(bytes, k), SCENE_PART);
    else
        for (size_t i = 0; i < SCENE_PART; i++)
            part(bytes, count)[i] = (uint8_t)rng_below(dice, 256);
    return count + 1;
}

static size_t drop_part(uint8_t *bytes, size_t count, uint64_t *dice)
{
    size_t k = rng_below(dice, count);
    memmove(part(bytes, k), part(bytes, k + 1), (count - k - 1) * SCENE_PART);
    return count - 1;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t room,
                               unsigned seed)
{
    uint64_t dice = seed;
    size_t count = count_parts(length);
    if (!length)
        bytes[0] = 0;
    do {
        uint64_t what = rng_below(&dice, 16);
        if (what == 0)
            bytes[0] = (uint8_t)rng_below(&dice, 256);
        else if (what < 4 || !count)
            count = add_part(bytes, count, room, &dice);
        else if (what == 4)
            count = drop_part(bytes, count, &dice);
        else
            change_part(bytes, count, &dice);
    } while (rng_below(&dice, 3));
    return 1 + count * SCENE_PART;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t length_a,
                                 const uint8_t *b, size_t length_b,
                                 uint8_t *to, size_t room, unsigned seed)
{
    uint64_t dice = seed;
    size_t n = count_parts(length_a), m = count_parts(length_b);
    size_t count = n > m ? n : m;
    count = count < count_parts(room) ? count : count_parts(room);
    to[0] = length_a ? a[0] : 0;
    for (size_t k = 0; k < count; k++) {
        bool from_a = k < n && (k >= m || rng_below(&dice, 2));
        memcpy(part(to, k), (from_a ? a : b) + 1 + k * SCENE_PART, SCENE_PART);
    }
    return 1 + count * SCENE_PART;
}
