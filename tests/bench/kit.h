/* What the measurements of the engine share: a clock, a log, and scenarios of
 * any number of processes. */
#ifndef TIMESLICE_TESTS_BENCH_KIT_H
#define TIMESLICE_TESTS_BENCH_KIT_H

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/base/str.h"
#include "sim/sim.h"

#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Nanoseconds of CPU that this program has used: what others do on the machine
 * at the same time counts less than by the clock on the wall. */
static inline double kit_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Freed memory is used again: after the first round nobody pays for fresh
 * pages, which cost as much as the deciding. */
static inline void kit_keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

/* What `run` gives in a process of its own, to which all memory is new. */
static inline double kit_fresh(double (*run)(int n, long decisions), int n,
                               long decisions)
{
    int ends[2];
    double result = 0;
    require(pipe(ends) == 0);
    pid_t child = fork();
    require(child >= 0);
    if (child == 0) {
        result = run(n, decisions);
        _exit(write(ends[1], &result, sizeof result) != sizeof result);
    }
    close(ends[1]);
    require(read(ends[0], &result, sizeof result) == sizeof result);
    close(ends[0]);
    require(waitpid(child, NULL, 0) == child);
    return result;
}

static inline int kit_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The one in the middle; sorts them. */
static inline double kit_median(double *a, int n)
{
    qsort(a, (size_t)n, sizeof *a, kit_compare);
    return a[n / 2];
}

/* ---- the log of the plain kernels: 32 bytes a record ---- */

struct kit_record {
    int64_t t, a, b, c;
};

enum { KIT_LOG_CHUNK = 16384 };

struct kit_log {
    struct kit_record **chunks;
    size_t count, room;
};

static inline void kit_log(struct kit_log *l, struct kit_record r)
{
    size_t chunk = l->count / KIT_LOG_CHUNK;
    if (l->count % KIT_LOG_CHUNK == 0) {
        l->chunks = mem_grow(l->chunks, chunk + 1, &l->room, sizeof *l->chunks);
        l->chunks[chunk] = mem_resize(NULL, KIT_LOG_CHUNK, sizeof **l->chunks);
    }
    l->chunks[chunk][l->count++ % KIT_LOG_CHUNK] = r;
}

static inline void kit_log_free(struct kit_log *l)
{
    for (size_t i = 0; i * KIT_LOG_CHUNK < l->count; i++)
        free(l->chunks[i]);
    free(l->chunks);
}

/* ---- scenarios ---- */

/* What `json` says (with ' for "), and then `n` processes instead of the few
 * that it has, each a copy of one of those in turn. */
struct kit {
    struct scenario *sc;
    struct process_def *many;
};

static inline struct kit kit_scenario(const char *json, int n)
{
    struct diag d = {0};
    struct str text = {0};
    for (; *json; json++)
        str_add_bytes(&text, *json == '\'' ? "\"" : json, 1);
    struct scenario *sc =
        scenario_read("bench", text.text, text.length, NULL, 0, &d);
    require(sc);
    struct kit k = {sc, mem_new((size_t)n, sizeof *k.many)};
    for (int i = 0; i < n; i++)
        k.many[i] = sc->processes[i % sc->process_count];
    sc->processes = k.many;
    sc->process_count = n;
    str_free(&text);
    diag_free(&d);
    return k;
}

static inline void kit_free(struct kit *k)
{
    scenario_free(k->sc);
    free(k->many);
}

/* How often somebody got a CPU between two positions of a trace. */
static inline size_t kit_decisions(const struct trace *tr, size_t from,
                                   size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += trace_at(tr, i)->kind == EV_STATE &&
             trace_at(tr, i)->sub == T_DISPATCH;
    return n;
}

#endif
