/* sched_bench.c: nanoseconds per scheduling decision.
 *
 * Round robin over N processes that never end, on 4 CPUs, with the full trace,
 * against a plain heap kernel of sixty lines in this file that decides the
 * same things and logs as many bytes an event. Both run in turn, several
 * times; each pair gives a ratio, and the one in the middle counts. A decision
 * is one dispatch.
 *
 * Twice: as both run for real, each in a process of its own with a log that
 * grows into new memory (malloc's for the plain kernel, the program's own way
 * for ours), which is what the goal is about; and again and again in the same
 * memory, which is the deciding and the writing alone. */
#define _POSIX_C_SOURCE 200809L
#include "cli/pages.h"
#include "tests/bench/kit.h"

#include <stdbool.h>
#include <stdio.h>

enum { CPUS = 4, QUANTUM = 3, ROUNDS = 9 };

static const double RATIO_GOAL = 1.6, GROWTH_GOAL = 1.5;

/* ---- the reference: a heap of CPUs, a ring of processes, a log ---- */

struct entry {
    int64_t at;
    int cpu;
};

struct plain {
    struct entry heap[CPUS];
    int heaped;
    int32_t *ring;
    int head, count, size;
    int running[CPUS];
    struct kit_log log;
};

static int sooner(struct entry a, struct entry b)
{
    return a.at != b.at ? a.at < b.at : a.cpu < b.cpu;
}

static void plain_push(struct plain *k, struct entry e)
{
    int i = k->heaped++;
    for (; i && sooner(e, k->heap[(i - 1) / 2]); i = (i - 1) / 2)
        k->heap[i] = k->heap[(i - 1) / 2];
    k->heap[i] = e;
}

static struct entry plain_pop(struct plain *k)
{
    struct entry least = k->heap[0], last = k->heap[--k->heaped];
    int i = 0;
    for (int c = 1; c < k->heaped; c = 2 * i + 1) {
        c += c + 1 < k->heaped && sooner(k->heap[c + 1], k->heap[c]);
        if (!sooner(k->heap[c], last))
            break;
        k->heap[i] = k->heap[c];
        i = c;
    }
    k->heap[i] = last;
    return least;
}

static void plain_dispatch(struct plain *k, int cpu, int64_t t)
{
    if (!k->count)
        return;
    int p = k->ring[k->head];
    k->head = k->head + 1 == k->size ? 0 : k->head + 1;
    k->count--;
    k->running[cpu] = p;
    kit_log(&k->log, (struct kit_record){t, p, cpu, 1});
    plain_push(k, (struct entry){t + QUANTUM, cpu});
}

static double plain_run(int n, long decisions)
{
    struct plain k = {.ring = mem_new((size_t)n, sizeof(int32_t)), .size = n};
    for (int i = 0; i < n; i++)
        k.ring[i] = i;
    k.count = n;
    double start = kit_ns();
    for (int c = 0; c < CPUS; c++)
        plain_dispatch(&k, c, 0);
    for (long d = CPUS; d < decisions && k.heaped; d++) {
        struct entry e = plain_pop(&k);
        int p = k.running[e.cpu];
        kit_log(&k.log, (struct kit_record){e.at, p, e.cpu, 0});
        int tail = k.head + k.count;
        k.ring[tail >= n ? tail - n : tail] = p;
        k.count++;
        plain_dispatch(&k, e.cpu, e.at);
    }
    double ns = kit_ns() - start;
    kit_log_free(&k.log);
    free(k.ring);
    return ns / (double)decisions;
}

/* ---- ours ---- */

static double ours_run(int n, long decisions)
{
    static const char json[] =
        "{'timeslice': 1, 'title': 'x', 'machine': {'cpus': 4}, 'scheduler': "
        "{'policy': 'rr', 'quantum': 3}, 'processes': [{'name': 'p', "
        "'program': [{'cpu': 1000000000000000}]}]}";
    struct kit k = kit_scenario(json, n);
    struct sim *s = sim_new(k.sc);
    sim_advance(s, 0, 0); /* everybody has arrived */
    size_t before = sim_trace(s)->count;
    double start = kit_ns();
    sim_advance(s, TICK_MAX, (size_t)decisions * 2);
    double ns = kit_ns() - start;
    size_t events = sim_trace(s)->count - before;
    sim_free(s);
    kit_free(&k);
    return ns / ((double)events / 2);
}

struct figures {
    double ours, plain, ratio;
};

static double ours_as_for_real(int n, long decisions)
{
    pages_begin();
    return ours_run(n, decisions);
}

static struct figures measure(int n, long decisions, bool fresh)
{
    double ours[ROUNDS], plain[ROUNDS], ratio[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        ours[r] = fresh ? kit_fresh(ours_as_for_real, n, decisions)
                        : ours_run(n, decisions);
        plain[r] = fresh ? kit_fresh(plain_run, n, decisions)
                         : plain_run(n, decisions);
        ratio[r] = ours[r] / plain[r];
    }
    return (struct figures){kit_median(ours, ROUNDS), kit_median(plain, ROUNDS),
                            kit_median(ratio, ROUNDS)};
}

/* The worst ratio, and the last size's cost against the first's. */
struct outcome {
    double ratio, growth;
};

static struct outcome print_table(const char *title, long decisions, bool fresh)
{
    static const int sizes[] = {10, 1000, 100000, 1000000};
    struct outcome out = {0, 0};
    double first = 0;
    printf("\n%s\n%10s %12s %12s %8s %10s\n", title, "processes", "ours ns",
           "heap ns", "ratio", "vs N=10");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct figures f = measure(sizes[i], decisions, fresh);
        first = i == 0 ? f.ours : first;
        out.growth = f.ours / first;
        out.ratio = f.ratio > out.ratio ? f.ratio : out.ratio;
        printf("%10d %12.1f %12.1f %8.2f %10.2f\n", sizes[i], f.ours, f.plain,
               f.ratio, out.growth);
    }
    return out;
}

static const char *met(double value, double goal)
{
    return value <= goal ? "met" : "MISSED";
}

int main(int argc, char **argv)
{
    long decisions = argc > 1 ? strtol(argv[1], NULL, 10) : 2000000;
    printf("round robin, %d CPUs, quantum %d, %ld decisions, full trace "
           "(32 bytes an event, 2 events a decision)\n",
           CPUS, QUANTUM, decisions);
    struct outcome o =
        print_table("the log grows into new memory", decisions, true);
    printf("goals: ratio <= %.1f at every N: %s; N = 1000000 against N = 10 "
           "<= %.1f: %s\n",
           RATIO_GOAL, met(o.ratio, RATIO_GOAL), GROWTH_GOAL,
           met(o.growth, GROWTH_GOAL));
    kit_keep_memory();
    print_table("the log lies in memory that has been used before", decisions,
                false);
    return 0;
}
