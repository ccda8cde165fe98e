/* bench_work.c: a sender and a receiver, and a clock.
 *
 * Throughput: the sender makes a message, sends it, makes the next, until the
 * round's time is up; the last message says that it is the last. The receiver
 * compares every word of every message with what it must be, and says when it
 * has the last one: then the clock is stopped. So making and reading all bytes
 * belong to every figure, for every mechanism alike, and a mechanism that
 * delivered something else could not be measured at all.
 *
 * A message is words that count up by a constant from a start that depends on
 * its number: no two messages are alike, and no two places in one. */
#define _GNU_SOURCE
#include "ipc/bench_work.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    ECHOES_MOST = 20000, /* that are remembered */
    ECHOES_LEAST = 16,
    ROUNDS_MOST = 32,
    GLANCE = 16384 /* bytes between two looks at the clock, about */
};

static const uint64_t step = UINT64_C(0x9E3779B97F4A7C15);

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ------------------------------------------------------------- the message */

/* Its first word: its number, and whether it is the last of a round. The
 * first word of the rest. */
static uint64_t head(int64_t number, bool last)
{
    return (uint64_t)number << 1 | last;
}

static uint64_t start(int64_t number)
{
    return ((uint64_t)number + 1) * UINT64_C(0xD1B54A32D192ED03);
}

static void make(void *at, size_t size, int64_t number, bool last)
{
    uint64_t first = head(number, last), value = start(number);
    char *p = at, *end = p + size / 8 * 8;
    memcpy(p, &first, 8);
    for (p += 8; end - p >= 32; p += 32, value += 4 * step) {
        uint64_t four[4] = {value, value + step, value + 2 * step,
                            value + 3 * step};
        memcpy(p, four, 32);
    }
    for (; p < end; p += 8, value += step)
        memcpy(p, &value, 8);
    memcpy(p, &value, size % 8);
}

/* Whether `at` is message number `number`; `*last` is what it says. */
static bool is_message(const void *at, size_t size, int64_t number, bool *last)
{
    uint64_t first, value = start(number), wrong = 0, w[4] = {0};
    const char *p = at, *end = p + size / 8 * 8;
    memcpy(&first, p, 8);
    *last = first & 1;
    wrong |= first >> 1 ^ (uint64_t)number;
    for (p += 8; end - p >= 32; p += 32, value += 4 * step) {
        memcpy(w, p, 32);
        wrong |= (w[0] ^ value) | (w[1] ^ (value + step)) |
                 (w[2] ^ (value + 2 * step)) | (w[3] ^ (value + 3 * step));
    }
    for (; p < end; p += 8, value += step) {
        memcpy(w, p, 8);
        wrong |= w[0] ^ value;
    }
    return !wrong && memcmp(p, &value, size % 8) == 0;
}

/* ----------------------------------------------------------------- reports */

_Noreturn static void report(const struct bench_work *w,
                             const struct bench_report *r)
{
    if (write(w->report, r, sizeof *r) != sizeof *r)
        _exit(1);
    for (;;)
        pause();
}

_Noreturn static void report_call(const struct bench_work *w, const char *call)
{
    struct bench_report r = {.outcome = BENCH_CALL, .error = errno};
    snprintf(r.call, sizeof r.call, "%s", call ? call : "");
    report(w, &r);
}

/* One message there: number `*number`, which then is the next one's. */
static void send_one(struct bench_work *w, struct lane *l, int64_t *number,
                     bool last)
{
    char *m = lane_room(l);
    if (!m)
        report_call(w, l->failed);
    if (l->size)
        make(m, l->size, *number, last);
    if (w->spoil && l->size && *number == 3)
        m[l->size - 1] ^= 1;
    if (!lane_send(l))
        report_call(w, l->failed);
    ++*number;
}

/* Takes message number `*number`; gives whether it is the last of a round. */
static bool take_one(struct bench_work *w, struct lane *l, int64_t *number)
{
    bool last = false;
    const char *m = lane_next(l);
    if (!m)
        report_call(w, l->failed);
    if (l->size && !is_message(m, l->size, *number, &last)) {
        struct bench_report r = {.outcome = BENCH_WRONG, .message = *number};
        report(w, &r);
    }
    if (!lane_done(l))
        report_call(w, l->failed);
    ++*number;
    return last;
}

/* --------------------------------------------------------------- the sender */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* MiB a second of a round of at least `ns`. */
static double send_round(struct bench_work *w, int64_t *number, int64_t ns)
{
    struct lane *l = &w->lanes[0];
    int64_t sent = 0, batch = (int64_t)(GLANCE / l->size) + 1;
    int64_t began = now_ns();
    char token;
    for (bool last = false; !last; sent++) {
        last = sent % batch == batch - 1 && now_ns() - began >= ns;
        send_one(w, l, number, last);
    }
    if (read(w->done[0], &token, 1) != 1)
        report_call(w, "read");
    double seconds = (double)(now_ns() - began) / 1e9;
    return (double)sent * (double)l->size / 1048576 / seconds;
}

static double throughput(struct bench_work *w, int64_t *number)
{
    double rates[ROUNDS_MOST];
    int n = w->rounds < ROUNDS_MOST ? w->rounds : ROUNDS_MOST;
    send_round(w, number, w->warm_ns);
    for (int i = 0; i < n; i++)
        rates[i] = send_round(w, number, w->round_ns);
    qsort(rates, (size_t)n, sizeof *rates, by_value);
    return rates[n / 2];
}

/* Half a round trip, in µs. */
static double echo(struct bench_work *w, int64_t *there, int64_t *back)
{
    int64_t began = now_ns();
    send_one(w, &w->lanes[0], there, false);
    take_one(w, &w->lanes[1], back);
    return (double)(now_ns() - began) / 2000;
}

static void latency(struct bench_work *w, int64_t *there,
                    struct bench_report *r)
{
    static double trips[ECHOES_MOST];
    int64_t back = 0, until = now_ns() + w->warm_ns;
    int n = 0;
    for (int i = 0; i < ECHOES_LEAST / 2 || now_ns() < until; i++)
        echo(w, there, &back);
    until = now_ns() + w->echo_ns;
    while (n < ECHOES_LEAST || (n < ECHOES_MOST && now_ns() < until))
        trips[n++] = echo(w, there, &back);
    qsort(trips, (size_t)n, sizeof *trips, by_value);
    r->latency = trips[n / 2];
    r->late = trips[(n * 99 - 1) / 100];
}

_Noreturn void bench_send(struct bench_work *w)
{
    struct bench_report r = {.outcome = BENCH_WELL};
    int64_t number = 0;
    if (w->rounds)
        r.rate = throughput(w, &number);
    latency(w, &number, &r);
    report(w, &r);
}

/* ------------------------------------------------------------- the receiver */

_Noreturn void bench_receive(struct bench_work *w)
{
    int64_t number = 0, back = 0;
    int rounds = w->rounds ? w->rounds + 1 : 0; /* and the one to warm up */
    while (rounds) {
        if (!take_one(w, &w->lanes[0], &number))
            continue;
        rounds--;
        if (write(w->done[1], "", 1) != 1)
            report_call(w, "write");
    }
    for (;;) {
        take_one(w, &w->lanes[0], &number);
        send_one(w, &w->lanes[1], &back, false);
    }
}
