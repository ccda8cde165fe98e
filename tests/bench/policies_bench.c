/* policies_bench.c: what a decision costs under each policy.
 *
 * N processes on 4 CPUs, nearly all of them ready: each computes for some
 * ticks, sleeps for one or two, and so on for ever. (Under edf and rm each has
 * a job every so often, and there are more of them than can be done.) All is
 * logged; a decision is one dispatch, and what else it takes (the ends of work,
 * sleeps, wake-ups, figures of the policy) is counted with it.
 *
 * No policy may grow faster than log N, times what memory costs: a million
 * processes do not fit into any cache. So beside them runs a plain kernel, a
 * binary heap of all that are ready and a cache line for each process, which
 * does nothing but pick the least and put it back.
 *
 *     policies_bench [EVENTS [SIZES]]     of each run; how many values of N */
#define _POSIX_C_SOURCE 200809L
#include "sim/model/replay.h"
#include "tests/bench/kit.h"

#include <math.h>
#include <stdio.h>

enum { CPUS = 4, SIZES = 4, ROUNDS_MOST = 5 };

static const int sizes[SIZES] = {10, 1000, 100000, 1000000};
static const int rounds[SIZES] = {5, 5, 3, 1};
static int size_count = SIZES;

struct cost {
    double ns, events; /* for each decision */
};

/* ---- the reference ---- */

struct least {
    int64_t key;
    int32_t proc;
};

struct line {
    int64_t field[8];
};

static void sink(struct least *heap, int n, struct least e)
{
    int i = 0;
    for (int c = 1; c < n; c = 2 * i + 1) {
        c += c + 1 < n && heap[c + 1].key < heap[c].key;
        if (heap[c].key >= e.key)
            break;
        heap[i] = heap[c];
        i = c;
    }
    heap[i] = e;
}

static struct cost plain_run(int n, size_t decisions)
{
    struct least *heap = mem_new((size_t)n, sizeof *heap);
    struct line *line = mem_new((size_t)n, sizeof *line);
    struct kit_log log = {0};
    for (int i = 0; i < n; i++)
        heap[i] = (struct least){i, i};
    double start = kit_ns();
    for (size_t d = 0; d < decisions; d++) {
        struct least e = heap[0];
        int64_t now = (int64_t)d;
        kit_log(&log, (struct kit_record){now, e.proc, 1, e.key});
        line[e.proc].field[0] += now - line[e.proc].field[1];
        line[e.proc].field[1] = now;
        e.key += 3 + (int64_t)(d * 2654435761u % (unsigned)n);
        kit_log(&log, (struct kit_record){now + 3, e.proc, 0, e.key});
        sink(heap, n, e);
    }
    double ns = kit_ns() - start;
    kit_log_free(&log);
    free(line);
    free(heap);
    return (struct cost){ns / (double)decisions, 2};
}

/* ---- ours ---- */

static const struct {
    const char *name, *scheduler;
} policies[] = {
    {"fcfs", "'policy': 'fcfs'"},
    {"sjf", "'policy': 'sjf'"},
    {"srtf", "'policy': 'srtf'"},
    {"hrrn", "'policy': 'hrrn'"},
    {"rr", "'policy': 'rr', 'quantum': 3"},
    {"rr, per CPU", "'policy': 'rr', 'quantum': 3, 'queues': 'per-cpu', "
                    "'steal': true"},
    {"priority", "'policy': 'priority', 'quantum': 3"},
    {"… aging", "'policy': 'priority', 'aging': {'every': 1000000, 'by': 1}"},
    {"mlfq", "'policy': 'mlfq', 'levels': [{'quantum': 2}, {'quantum': 4}, "
             "{'quantum': 8}], 'boost': 1000"},
    {"lottery", "'policy': 'lottery', 'quantum': 3"},
    {"stride", "'policy': 'stride', 'quantum': 3"},
    {"cfs", "'policy': 'cfs'"},
    {"eevdf", "'policy': 'eevdf'"},
    {"edf", "'policy': 'edf'"},
    {"rm", "'policy': 'rm'"},
    {"xv6", "'policy': 'xv6', 'quantum': 3"},
};

enum { POLICIES = sizeof policies / sizeof *policies };

/* Seven kinds of processes. */
static void add_processes(struct str *json, bool periodic)
{
    for (int i = 0; i < 7; i++) {
        str_addf(json, "%s{'name': 'p%d', ", i ? ", " : "", i);
        if (periodic)
            str_addf(json, "'period': 10, 'program': [{'cpu': %d}]}", 1 + i);
        else
            str_addf(json,
                     "'program': [{'repeat': 'forever', 'do': [{'cpu': %d}, "
                     "{'sleep': %d}]}]}",
                     1 + i, 1 + i % 2);
    }
}

static struct kit ready_crowd(int policy, int n)
{
    const char *name = policies[policy].name;
    bool periodic = strcmp(name, "edf") == 0 || strcmp(name, "rm") == 0;
    struct str json = {0};
    str_addf(&json,
             "{'timeslice': 1, 'title': 'x', 'machine': {'cpus': %d}, "
             "'scheduler': {%s}, 'processes': [",
             CPUS, policies[policy].scheduler);
    add_processes(&json, periodic);
    str_add(&json, "]}");
    struct kit k = kit_scenario(str_text(&json), n);
    for (int i = 0; i < n; i++) {
        k.many[i].priority = i % 40;
        k.many[i].nice = i % 11 - 5;
        k.many[i].tickets = 50 + i % 100;
        if (periodic)
            k.many[i].period = k.many[i].deadline =
                (tick)n * (5 + i % 6) / 10 + 1 + i % 7;
    }
    str_free(&json);
    return k;
}

static struct cost ours_run(struct kit *k, size_t events)
{
    struct sim *s = sim_new(k->sc);
    const struct trace *tr = sim_trace(s);
    sim_advance(s, 0, 0); /* everybody has arrived */
    size_t before = tr->count;
    double start = kit_ns();
    sim_advance(s, TICK_MAX, events);
    double ns = kit_ns() - start;
    double n = (double)kit_decisions(tr, before, tr->count);
    struct cost c = {ns / n, (double)(tr->count - before) / n};
    sim_free(s);
    return c;
}

/* ---- tables ---- */

static struct cost measure(int policy, int size, size_t events)
{
    double ns[ROUNDS_MOST];
    struct cost c = {0, 0};
    for (int r = 0; r < rounds[size]; r++) {
        if (policy < 0) {
            c = plain_run(sizes[size], events / 4);
        } else {
            struct kit k = ready_crowd(policy, sizes[size]);
            c = ours_run(&k, events);
            kit_free(&k);
        }
        ns[r] = c.ns;
    }
    c.ns = kit_median(ns, rounds[size]);
    return c;
}

static double print_policy(int policy, size_t events)
{
    double first = 0, last = 0, each = 0;
    printf("%-14s", policy < 0 ? "plain heap" : policies[policy].name);
    for (int i = 0; i < size_count; i++) {
        struct cost c = measure(policy, i, events);
        first = i == 0 ? c.ns : first;
        last = c.ns;
        each = i == 1 ? c.events : each;
        printf(" %8.1f", c.ns);
        fflush(stdout);
    }
    double growth = last / first;
    printf(" %7.1f %9.2f\n", each, growth);
    return growth;
}

static void print_policies(size_t events)
{
    int largest = sizes[size_count - 1];
    double log_n = log2(largest) / log2(sizes[0]), most = 0;
    printf("nanoseconds a decision with full trace, %d CPUs, %zu events\n%-14s",
           CPUS, events, "N =");
    for (int i = 0; i < size_count; i++)
        printf(" %8d", sizes[i]);
    printf(" %7s %9s\n", "events", "growth");
    double plain = print_policy(-1, events);
    for (int p = 0; p < POLICIES; p++) {
        double growth = print_policy(p, events);
        most = growth > most ? growth : most;
    }
    printf("growth: N = %d against N = %d, where log N is %.2f times as much "
           "(the plain heap: %.2f)\n"
           "goal: none grows more than log N: %s (%.2f)\n",
           largest, sizes[0], log_n, plain,
           most <= log_n ? "met" : "MISSED", most);
}

/* What a run takes that can be gone back in: the trace, and the worlds that the
 * window keeps of it. */
static void print_memory(size_t events)
{
    static const int crowd[] = {10, 1000, 5000};
    printf("\nmemory of a run that one can go back in, %zu events\n"
           "%10s %10s %10s %10s\n",
           events, "processes", "trace", "worlds", "B/event");
    for (int i = 0; i < 3; i++) {
        struct kit k = ready_crowd(4, crowd[i]);
        struct sim *s = sim_new(k.sc);
        const struct trace *tr = sim_trace(s);
        struct replay r;
        replay_init(&r, k.sc, tr);
        while (tr->count < events) {
            sim_advance(s, TICK_MAX, 4096);
            replay_offer(&r, sim_world(s));
        }
        double n = (double)tr->count;
        double trace = (double)(tr->chunk_room * sizeof *tr->chunks +
                                tr->byte_room + sizeof(struct event) * tr->count);
        printf("%10d %10.2f %10.2f %10.2f\n", crowd[i], trace / n,
               (double)r.bytes / n, (trace + (double)r.bytes) / n);
        replay_free(&r);
        sim_free(s);
        kit_free(&k);
    }
}

/* Nearly all asleep: each computes for a tick and sleeps for so long that four
 * CPUs can just do it. */
static void print_sleepers(size_t events)
{
    static const int crowd[] = {10, 1000, 100000};
    printf("\nmost of them asleep (timers), round robin, %d CPUs\n"
           "%10s %10s %10s %10s %10s\n",
           CPUS, "processes", "blocked", "ns", "events", "ns/event");
    for (int i = 0; i < 3; i++) {
        struct str json = {0};
        str_addf(&json,
                 "{'timeslice': 1, 'title': 'x', 'machine': {'cpus': %d}, "
                 "'scheduler': {'policy': 'rr'}, 'processes': [",
                 CPUS);
        for (int p = 0; p < 7; p++)
            str_addf(&json,
                     "%s{'name': 'p%d', 'program': [{'repeat': 'forever', "
                     "'do': [{'cpu': 1}, {'sleep': %d}]}]}",
                     p ? ", " : "", p, crowd[i] / 4 * (8 + p) / 7 + 5);
        str_add(&json, "]}");
        struct kit k = kit_scenario(str_text(&json), crowd[i]);
        struct sim *s = sim_new(k.sc);
        const struct trace *tr = sim_trace(s);
        sim_advance(s, crowd[i], 0); /* everybody has slept once */
        size_t before = tr->count;
        double start = kit_ns();
        sim_advance(s, TICK_MAX, events);
        double ns = kit_ns() - start;
        double n = (double)kit_decisions(tr, before, tr->count);
        double each = (double)(tr->count - before) / n;
        printf("%10d %10d %10.1f %10.1f %10.1f\n", crowd[i],
               (int)sim_world(s)->head->in_state[BLOCKED], ns / n, each,
               ns / n / each);
        sim_free(s);
        kit_free(&k);
        str_free(&json);
    }
}

int main(int argc, char **argv)
{
    kit_keep_memory();
    size_t events = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000000;
    long count = argc > 2 ? strtol(argv[2], NULL, 10) : SIZES;
    size_count = count >= 1 && count < SIZES ? (int)count : SIZES;
    print_policies(events);
    print_memory(events * 5);
    print_sleepers(events);
    return 0;
}
