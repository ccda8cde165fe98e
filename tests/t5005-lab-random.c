/* t5005-lab-random.c: programs nobody would write, and the kernel still does
 * what the model says, in every step.
 *
 * A scenario follows from its seed. TS_SEEDS says how many are tried (200),
 * TS_SEED which is the first (1): a failure names its seed. */
#define _GNU_SOURCE
#include "ipc/lab.h"
#include "sim/base/str.h"
#include "tests/random.h"
#include "tests/test.h"

#include <stdlib.h>

static struct scenario *read_scenario(const struct str *text)
{
    struct diag d = {.file = "random"};
    struct scenario *sc =
        scenario_read("random", text->text, text->length, NULL, 0, &d);
    struct str said = {0};
    diag_write(&d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    str_free(&said);
    diag_free(&d);
    return sc;
}

/* How often two were woken at once and Linux had the choice. */
static int64_t choices;

static void expect_no_divergence(const struct sim *s)
{
    const struct trace *tr = sim_trace(s);
    for (size_t i = 0; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        choices += e->kind == EV_CHOICE;
        if (e->kind != EV_DIVERGE)
            continue;
        size_t length;
        const unsigned char *text = trace_payload(tr, e->obj, &length);
        struct str said = {0};
        str_addf(&said, "t %lld, process %d, op %d: %.*s", (long long)e->t,
                 e->proc + 1, e->aux, (int)length, (const char *)text);
        EXPECT_EQ_STR(said.text, "");
        str_free(&said);
        return;
    }
}

/* Returns how many steps the kernel has confirmed. */
static int64_t run_live(const struct scenario *sc, const char *plant,
                        bool agrees)
{
    const char *why = "";
    struct lab *lab = lab_set_up(sc, &why);
    EXPECT_EQ_STR(why ? why : "", "");
    struct sim *s = sim_new(sc);
    sim_plant(s, plant);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, 100000, 0);
    sim_stop_until(s, 100000);
    int64_t confirmed = sim_world(s)->head->confirmed;
    if (agrees) {
        expect_no_divergence(s);
    } else {
        EXPECT(sim_world(s)->head->diverged > 0);
    }
    lab_tear_down(lab);
    sim_free(s);
    return confirmed;
}

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static void expect_agreement(unsigned with)
{
    long first = number("TS_SEED", 1), count = number("TS_SEEDS", 200);
    int64_t confirmed = 0;
    for (long seed = first; seed < first + count; seed++) {
        struct str text = {0};
        random_scenario((uint64_t)seed, with, &text);
        test_case("seed %ld with %u", seed, with);
        struct scenario *sc = read_scenario(&text);
        if (sc)
            confirmed += run_live(sc, NULL, true);
        scenario_free(sc);
        str_free(&text);
    }
    EXPECT(confirmed > 5 * count);
}

TEST("model and kernel agree about processes, time and pipes, step by step")
{
    expect_agreement(RANDOM_PIPES);
}

TEST("they agree when signals interrupt, stop and kill")
{
    expect_agreement(RANDOM_PIPES | RANDOM_SIGNALS);
}

TEST("they agree when the user suspends, activates and kills")
{
    expect_agreement(RANDOM_PIPES | RANDOM_SIGNALS | RANDOM_ACTIONS);
}

TEST("they agree when memory and process slots run short")
{
    expect_agreement(RANDOM_PIPES | RANDOM_SIGNALS | RANDOM_ACTIONS |
                     RANDOM_MEMORY);
}

TEST("they agree when many sleep on one pipe and Linux may wake this or that")
{
    choices = 0;
    expect_agreement(RANDOM_PIPES | RANDOM_CROWD);
    EXPECT(choices > 0 || getenv("TS_SEEDS"));
    expect_agreement(RANDOM_PIPES | RANDOM_CROWD | RANDOM_SIGNALS |
                     RANDOM_ACTIONS);
}

TEST("they agree when writes are larger than a pipe")
{
    expect_agreement(RANDOM_PIPES | RANDOM_SIGNALS | RANDOM_ACTIONS |
                     RANDOM_LARGE);
}

TEST("they agree about FIFOs, crowded ones, and interrupted ones")
{
    expect_agreement(RANDOM_FIFOS);
    expect_agreement(RANDOM_FIFOS | RANDOM_PIPES | RANDOM_CROWD);
    expect_agreement(RANDOM_FIFOS | RANDOM_PIPES | RANDOM_SIGNALS |
                     RANDOM_ACTIONS);
}

TEST("they agree about message queues, crowded ones, and interrupted ones")
{
    expect_agreement(RANDOM_QUEUES);
    choices = 0;
    expect_agreement(RANDOM_QUEUES | RANDOM_CROWD);
    EXPECT(choices > 0 || getenv("TS_SEEDS"));
    expect_agreement(RANDOM_QUEUES | RANDOM_PIPES | RANDOM_SIGNALS |
                     RANDOM_ACTIONS);
}

TEST("they agree about semaphores, crowded ones, and interrupted ones")
{
    expect_agreement(RANDOM_SEMAPHORES);
    expect_agreement(RANDOM_SEMAPHORES | RANDOM_CROWD);
    expect_agreement(RANDOM_SEMAPHORES | RANDOM_SIGNALS | RANDOM_ACTIONS);
    expect_agreement(RANDOM_SEMAPHORES | RANDOM_CROWD | RANDOM_SIGNALS);
    expect_agreement(RANDOM_SEMAPHORES | RANDOM_PIPES | RANDOM_QUEUES |
                     RANDOM_SIGNALS | RANDOM_ACTIONS);
}

TEST("they agree about shared memory, and about those who fault")
{
    expect_agreement(RANDOM_SEGMENTS);
    expect_agreement(RANDOM_SEGMENTS | RANDOM_SIGNALS);
    expect_agreement(RANDOM_SEGMENTS | RANDOM_PIPES | RANDOM_SIGNALS |
                     RANDOM_ACTIONS);
}

static const char filling[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": ["
    "{\"pipe\": \"p\", \"flags\": \"O_NONBLOCK\"},"
    "{\"write\": \"p[1]\", \"bytes\": 70000}]}]}";

TEST("a wrong rule of the pipe model is found out")
{
    struct str text = {0};
    str_add(&text, filling);
    struct scenario *sc = read_scenario(&text);
    NEED(sc);
    run_live(sc, NULL, true);
    run_live(sc, "pipe-capacity", false);
    scenario_free(sc);
    str_free(&text);
}
