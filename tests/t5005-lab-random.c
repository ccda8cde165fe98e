/* t5005-lab-random.c: programs nobody would write, and the kernel still does
 * what the model says, in every step.
 *
 * A scenario follows from its seed. TS_SEEDS says how many are tried (200),
 * TS_SEED which is the first (1): a failure names its seed. */
#define _GNU_SOURCE
#include "ipc/lab.h"
#include "sim/base/rng.h"
#include "sim/base/str.h"
#include "tests/test.h"

#include <stdlib.h>

/* ---- a random scenario ---- */

static uint64_t dice;

static int below(int n)
{
    return (int)rng_below(&dice, (uint64_t)n);
}

static const char *one_of(const char *const *list, int count)
{
    return list[below(count)];
}

#define ONE_OF(...)                                                            \
    one_of((const char *const[]){__VA_ARGS__},                                 \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* Sizes around those where pipes behave differently. */
static int some_size(void)
{
    static const int edges[] = {1, 2, 100, 2049, 4095, 4096, 4097, 5000,
                                20000, 65536, 70000, 131072};
    if (below(2))
        return 1 + below(9);
    return edges[below((int)(sizeof edges / sizeof *edges))];
}

static void add_name(struct str *s, int processes)
{
    int i = below(processes + 1);
    if (i == processes)
        str_add(s, "a");
    else
        str_addf(s, "c%d", i);
}

static void add_ops(struct str *s, int processes, int depth, int count);

static void add_signal(struct str *s, int processes)
{
    str_addf(s, "{\"signal\": \"%s\", ",
             ONE_OF("SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGCHLD", "SIGTERM"));
    if (below(2)) {
        str_addf(s, "\"action\": \"%s\"}",
                 ONE_OF("default", "ignore", "block", "unblock"));
        return;
    }
    str_addf(s, "\"restart\": %s, \"do\": [", ONE_OF("true", "false"));
    add_ops(s, processes, 1, 1 + below(3));
    str_add(s, "]}");
}

static void add_op(struct str *s, int processes, int depth)
{
    int k = below(100);
    if (k < 20)
        str_addf(s, "{\"cpu\": %d}", 1 + below(5));
    else if (k < 30)
        str_addf(s, "{\"sleep\": %d}", below(12));
    else if (k < 45)
        str_addf(s, "{\"read\": \"%s\", \"size\": %d}", ONE_OF("p[0]", "q[0]"),
                 some_size());
    else if (k < 60)
        str_addf(s, "{\"write\": \"%s\", \"bytes\": %d}",
                 ONE_OF("p[1]", "q[1]"), some_size());
    else if (k < 68)
        str_addf(s, "{\"close\": \"%s\"}",
                 ONE_OF("p[0]", "p[1]", "q[0]", "q[1]"));
    else if (k < 72)
        str_addf(s, "{\"dup\": \"%s\", \"as\": \"d\"}",
                 ONE_OF("p[0]", "p[1]"));
    else if (k < 78)
        str_addf(s, "{\"wait\": \"any\"%s}",
                 ONE_OF("", ", \"flags\": \"WNOHANG\""));
    else if (k < 84) {
        str_add(s, "{\"kill\": \"");
        add_name(s, processes);
        str_addf(s, "\", \"sig\": \"%s\"}",
                 ONE_OF("SIGUSR1", "SIGUSR2", "0", "SIGSTOP", "SIGCONT",
                        "SIGTERM"));
    } else if (k < 88 && depth == 0)
        add_signal(s, processes);
    else if (k < 90)
        str_add(s, "{\"yield\": true}");
    else if (k < 93)
        str_addf(s, "{\"fcntl\": \"%s\", \"flags\": \"%s\"}",
                 ONE_OF("p[0]", "p[1]", "q[0]"), ONE_OF("", "O_NONBLOCK"));
    else if (k < 95)
        str_addf(s, "{\"fcntl\": \"%s\", \"pipe_size\": %s}",
                 ONE_OF("p[0]", "p[1]"),
                 ONE_OF("4096", "8192", "65536", "131072"));
    else if (k < 97 || depth > 0)
        str_addf(s, "{\"io\": %d, \"device\": \"disk\"}", 1 + below(9));
    else {
        str_addf(s, "{\"repeat\": %d, \"do\": [{\"cpu\": 1}, ", 1 + below(4));
        add_ops(s, processes, 1, 2);
        str_add(s, "]}");
    }
}

static void add_ops(struct str *s, int processes, int depth, int count)
{
    for (int i = 0; i < count; i++) {
        if (i > 0)
            str_add(s, ", ");
        add_op(s, processes, depth);
    }
}

/* Parent `a` makes two pipes and all children; the user interferes. */
static void make_scenario(struct str *s, uint64_t seed)
{
    dice = seed;
    int processes = 1 + below(4);
    str_addf(s, "{\"timeslice\": 1, \"machine\": {\"cpus\": %d}, "
             "\"scheduler\": {\"policy\": \"%s\"}, \"processes\": [\n"
             "{\"name\": \"a\", \"program\": [{\"pipe\": \"p\"}, "
             "{\"pipe\": \"q\"}, ", 1 + below(4), ONE_OF("rr", "fcfs"));
    for (int i = 0; i < processes; i++)
        str_addf(s, "{\"fork\": \"c%d\"}, {\"cpu\": %d}, ", i, 1 + below(4));
    add_ops(s, processes, 0, 2 + below(7));
    for (int i = 0; i < processes; i++) {
        str_addf(s, "]},\n{\"name\": \"c%d\", \"program\": [", i);
        add_ops(s, processes, 0, 2 + below(7));
    }
    str_add(s, "]}],\n\"actions\": [");
    int actions = below(5);
    for (int i = 0, at = 5; i < actions; i++, at += 1 + below(15)) {
        str_addf(s, "%s{\"at\": %d, \"%s\": \"", i ? ", " : "", at,
                 ONE_OF("suspend", "activate", "kill"));
        add_name(s, processes);
        str_add(s, "\"}");
    }
    str_add(s, "]}\n");
}

/* ---- the run ---- */

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

static void expect_no_divergence(const struct sim *s)
{
    const struct trace *tr = sim_trace(s);
    for (size_t i = 0; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
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
    const char *late = lab_last_look(lab);
    int64_t confirmed = sim_world(s)->head->confirmed;
    if (agrees) {
        EXPECT_EQ_STR(late ? late : "", "");
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

TEST("model and kernel agree in every step of random scenarios")
{
    long first = number("TS_SEED", 1), count = number("TS_SEEDS", 200);
    int64_t confirmed = 0;
    for (long seed = first; seed < first + count; seed++) {
        struct str text = {0};
        make_scenario(&text, (uint64_t)seed);
        test_case("seed %ld", seed);
        struct scenario *sc = read_scenario(&text);
        if (sc)
            confirmed += run_live(sc, NULL, true);
        scenario_free(sc);
        str_free(&text);
    }
    EXPECT(confirmed > 5 * count);
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
