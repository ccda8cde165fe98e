/* traces.c: the traces of many runs, a line each: hash, events, and what ran.
 *
 *     traces FILE...        runs the scenario files
 *     traces --write DIR    writes random ones there, of every policy
 *
 * What the first prints must be the same whoever compiled it, and however:
 * t0008 builds it in several ways and compares. */
#include "sim/scenario/scenario.h"
#include "sim/sim.h"
#include "tests/dice.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MOST = 20000, SEEDS = 10, WORKERS = 9 };

static const char *const schedulers[] = {
    "'policy': 'fcfs'",
    "'policy': 'sjf'",
    "'policy': 'sjf', 'estimate': {'alpha': 0.3, 'initial': 7}",
    "'policy': 'srtf', 'queues': 'per-cpu', 'steal': true",
    "'policy': 'srtf', 'estimate': {'alpha': 0.7}",
    "'policy': 'hrrn'",
    "'policy': 'rr', 'quantum': 3, 'queues': 'per-cpu'",
    "'policy': 'rr', 'quantum': 1, 'expired_first': true",
    "'policy': 'priority', 'aging': {'every': 5, 'by': 1}",
    "'policy': 'priority', 'quantum': 2, 'inherit': true",
    "'policy': 'mlfq', 'levels': [{'quantum': 1}, {'quantum': 2, "
    "'allotment': 6}, {'quantum': 5}], 'boost': 37",
    "'policy': 'mlfq', 'levels': [{'quantum': 2}, {'quantum': 4}], "
    "'io_keeps_slice': true, 'demote_alone': false, 'io_to_front': true",
    "'policy': 'lottery', 'quantum': 2, 'seed': 5",
    "'policy': 'lottery', 'draws': [3, 1, 4, 1, 5, 926]",
    "'policy': 'stride', 'quantum': 3",
    "'policy': 'cfs', 'latency': 20, 'queues': 'per-cpu', 'steal': true",
    "'policy': 'eevdf', 'slice': 2",
    "'policy': 'edf'",
    "'policy': 'rm'",
    "'policy': 'xv6'",
};

enum { SCHEDULERS = sizeof schedulers / sizeof *schedulers };

/* Appends JSON that is written with ' for ". */
static void add_json(struct str *out, const char *json)
{
    for (; *json; json++)
        str_add_bytes(out, *json == '\'' ? "\"" : json, 1);
}

/* ---- random exercises ---- */

static void add_key(struct dice *d, struct str *out, const char *key, int low,
                    int high)
{
    if (roll(d, 2))
        str_addf(out, ", \"%s\": %d", key, low + roll(d, high - low + 1));
}

static void add_worker(struct dice *d, struct str *out, int number)
{
    str_addf(out, "%s{\"name\": \"p%d\", \"arrival\": %d", number ? ",\n" : "",
             number, roll(d, 30));
    add_key(d, out, "priority", 0, 4);
    add_key(d, out, "nice", -20, 19);
    add_key(d, out, "tickets", 1, 300);
    add_key(d, out, "deadline", 5, 90);
    if (roll(d, 4) == 0) {
        str_addf(out, ", \"period\": %d", 10 + roll(d, 40));
        str_addf(out, ", \"jobs\": %d", 1 + roll(d, 6));
    }
    str_addf(out, ", \"bursts\": [%d", 1 + roll(d, 12));
    for (int n = 2 * roll(d, 6); n > 0; n--)
        str_addf(out, ", %d", 1 + roll(d, 16));
    str_add(out, "]}");
}

static void random_exercise(uint64_t seed, const char *scheduler,
                            struct str *out)
{
    struct dice d = {.state = seed};
    str_addf(out,
             "{\"timeslice\": 1, \"title\": \"x\", \"machine\": {\"cpus\": %d",
             1 + roll(&d, 4));
    add_key(&d, out, "context_switch", 0, 2);
    add_key(&d, out, "migration", 0, 2);
    str_add(out, "}, \"scheduler\": {");
    add_json(out, scheduler);
    str_add(out, "}, \"processes\": [");
    for (int i = 0; i < WORKERS; i++)
        add_worker(&d, out, i);
    str_add(out, "]}");
}

/* A random program with all there is, under another scheduler. */
static void random_program(uint64_t seed, const char *scheduler,
                           struct str *out)
{
    static const char begin[] = "\"scheduler\": {";
    struct str file = {0};
    random_scenario(seed,
                    RANDOM_PIPES | RANDOM_SIGNALS | RANDOM_ACTIONS |
                        RANDOM_QUEUES | RANDOM_SEMAPHORES | RANDOM_SEGMENTS |
                        RANDOM_FIFOS,
                    &file);
    const char *text = str_text(&file), *at = strstr(text, begin) + strlen(begin);
    str_add_bytes(out, text, (size_t)(at - text));
    add_json(out, scheduler);
    str_add(out, strchr(at, '}'));
    str_free(&file);
}

/* ---- runs ---- */

static bool print_run(const char *name, const char *text, size_t length)
{
    struct diag d = {0};
    struct scenario *sc = scenario_read(name, text, length, NULL, 0, &d);
    bool good = sc != NULL;
    if (good) {
        struct sim *s = sim_new(sc);
        sim_advance(s, TICK_MAX, EVENTS_MOST);
        const struct trace *tr = sim_trace(s);
        printf("%016" PRIx64 " %zu %s\n", trace_hash(tr), tr->count, name);
        sim_free(s);
    } else {
        struct str out = {0};
        diag_write(&d, &out);
        fputs(str_text(&out), stderr);
        str_free(&out);
    }
    scenario_free(sc);
    diag_free(&d);
    return good;
}

static bool print_file(const char *path)
{
    struct str text = {0};
    char bytes[4096];
    FILE *f = fopen(path, "rb");
    for (size_t n; f && (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        str_add_bytes(&text, bytes, n);
    if (f)
        fclose(f);
    const char *slash = strrchr(path, '/');
    bool good =
        print_run(slash ? slash + 1 : path, str_text(&text), text.length);
    str_free(&text);
    return good;
}

static bool write_random(const char *dir, int scheduler, uint64_t seed)
{
    struct str text = {0}, path = {0};
    const char *policy = schedulers[scheduler] + strlen("'policy': '");
    str_addf(&path, "%s/%.*s-%d-%d.json", dir, (int)strcspn(policy, "'"),
             policy, scheduler, (int)seed);
    if (seed % 2)
        random_program(seed, schedulers[scheduler], &text);
    else
        random_exercise(seed, schedulers[scheduler], &text);
    FILE *f = fopen(str_text(&path), "wb");
    bool good = f && fwrite(text.text, 1, text.length, f) == text.length;
    if (f)
        good = fclose(f) == 0 && good;
    str_free(&text);
    str_free(&path);
    return good;
}

int main(int argc, char **argv)
{
    bool good = true, writes = argc == 3 && strcmp(argv[1], "--write") == 0;
    for (int i = 1; i < argc && !writes; i++)
        good &= print_file(argv[i]);
    for (int p = 0; p < SCHEDULERS && writes; p++)
        for (uint64_t seed = 1; seed <= SEEDS; seed++)
            good &= write_random(argv[2], p, seed);
    return good ? 0 : 1;
}
