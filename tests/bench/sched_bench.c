/* sched_bench.c: nanoseconds per scheduling decision.
 *
 * Round robin over N processes that never end, on 4 CPUs, with the full trace,
 * against a plain heap kernel of sixty lines in this file that decides the
 * same things and logs as many bytes an event. Both run in turn, several
 * times, in the same minute; the least of each is compared, since noise only
 * adds. A decision is one dispatch. */
#define _POSIX_C_SOURCE 200809L
#include "sim/base/mem.h"
#include "sim/sim.h"

#include <limits.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CPUS = 4, QUANTUM = 3, ROUNDS = 5 };

static const double RATIO_GOAL = 2.5, GROWTH_GOAL = 1.5;

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ---- the reference: a heap of CPUs, a ring of processes, a log ---- */

struct entry {
    int64_t at;
    int cpu;
};

struct record {
    int64_t t, a, b, c;
};

enum { LOG_CHUNK = 16384 };

struct plain {
    struct entry heap[CPUS];
    int heaped;
    int32_t *ring;
    int head, count, size;
    int running[CPUS];
    struct record **log;
    size_t logged, log_room;
};

static void plain_log(struct plain *k, struct record r)
{
    size_t chunk = k->logged / LOG_CHUNK;
    if (k->logged % LOG_CHUNK == 0) {
        k->log = mem_grow(k->log, chunk + 1, &k->log_room, sizeof *k->log);
        k->log[chunk] = mem_resize(NULL, LOG_CHUNK, sizeof **k->log);
    }
    k->log[chunk][k->logged++ % LOG_CHUNK] = r;
}

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
    plain_log(k, (struct record){t, p, cpu, 1});
    plain_push(k, (struct entry){t + QUANTUM, cpu});
}

static double plain_run(int n, long decisions)
{
    struct plain k = {.ring = mem_new((size_t)n, sizeof(int32_t)), .size = n};
    for (int i = 0; i < n; i++)
        k.ring[i] = i;
    k.count = n;
    double start = now_ns();
    for (int c = 0; c < CPUS; c++)
        plain_dispatch(&k, c, 0);
    for (long d = CPUS; d < decisions && k.heaped; d++) {
        struct entry e = plain_pop(&k);
        int p = k.running[e.cpu];
        plain_log(&k, (struct record){e.at, p, e.cpu, 0});
        int tail = k.head + k.count;
        k.ring[tail >= n ? tail - n : tail] = p;
        k.count++;
        plain_dispatch(&k, e.cpu, e.at);
    }
    double ns = now_ns() - start;
    for (size_t i = 0; i * LOG_CHUNK < k.logged; i++)
        free(k.log[i]);
    free(k.log);
    free(k.ring);
    return ns / (double)decisions;
}

/* ---- ours ---- */

/* N processes that compute for ever, all running the same two ops. */
static struct scenario *endless(int n)
{
    struct scenario *sc = mem_new(1, sizeof *sc);
    static struct op ops[2];
    ops[0] =
        (struct op){.verb = OP_cpu, .end = -1, .note = -1, .arg = {TICK_MAX}};
    ops[1] = (struct op){.verb = OP_end, .end = -1, .note = -1};
    struct process_def *defs = mem_new((size_t)n, sizeof *defs);
    for (int i = 0; i < n; i++)
        defs[i] = (struct process_def){.name = "p",
                                       .affinity = UINT64_MAX,
                                       .tickets = 100,
                                       .first = 0,
                                       .end = 1};
    sc->machine = (struct machine){.cpus = CPUS, .op_cost = 1};
    sc->scheduler = (struct scheduler){
        .policy = "rr", .name = POLICY_rr, .quantum = QUANTUM};
    sc->processes = defs;
    sc->process_count = n;
    sc->ops = ops;
    sc->op_count = 2;
    return sc;
}

static double ours_run(int n, long decisions)
{
    struct scenario *sc = endless(n);
    struct sim *s = sim_new(sc);
    sim_advance(s, 0, 0); /* everybody has arrived */
    size_t before = sim_trace(s)->count;
    double start = now_ns();
    sim_advance(s, TICK_MAX, (size_t)decisions * 2);
    double ns = now_ns() - start;
    size_t events = sim_trace(s)->count - before;
    sim_free(s);
    free((void *)sc->processes);
    free(sc);
    return ns / ((double)events / 2);
}

int main(int argc, char **argv)
{
    /* Freed memory is used again, for both: after the first round neither pays
     * for fresh pages, which cost as much as the deciding. */
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    long decisions = argc > 1 ? strtol(argv[1], NULL, 10) : 4000000;
    static const int sizes[] = {10, 1000, 100000, 1000000};
    double first = 0, last = 0;
    printf("round robin, %d CPUs, quantum %d, %ld decisions, full trace "
           "(32 bytes an event, 2 events a decision)\n",
           CPUS, QUANTUM, decisions);
    printf("%10s %12s %12s %8s %10s\n", "processes", "ours ns", "heap ns",
           "ratio", "vs N=10");
    bool met = true;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double ours = 1e9, plain = 1e9;
        for (int r = 0; r < ROUNDS; r++) {
            double a = ours_run(sizes[i], decisions);
            double b = plain_run(sizes[i], decisions);
            ours = a < ours ? a : ours;
            plain = b < plain ? b : plain;
        }
        first = i == 0 ? ours : first;
        printf("%10d %12.1f %12.1f %8.2f %10.2f\n", sizes[i], ours, plain,
               ours / plain, ours / first);
        met = met && ours / plain <= RATIO_GOAL;
        last = ours / first;
    }
    printf("goals: ratio <= %.1f at every N: %s; N = 1000000 against N = 10 "
           "<= %.1f: %s\n",
           RATIO_GOAL, met ? "met" : "MISSED", GROWTH_GOAL,
           last <= GROWTH_GOAL ? "met" : "MISSED");
    return 0;
}
