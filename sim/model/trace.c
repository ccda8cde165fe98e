/* trace.c: the list of everything that happened.
 *
 * Events lie in chunks of half a MiB that never move, so a pointer to one
 * stays good and growing copies nothing. Fresh memory is what half of the cost
 * of a long trace would go to. So those behind the first 2 MiB come four at a
 * time, in pieces that the system can give as one large page (mem_large); a
 * run that forgets writes into what it has forgotten; and a cut keeps the
 * chunks behind it for the new branch.
 * Payloads are in trace_bytes.c. */
#include "sim/model/trace.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/model/state.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = TRACE_BLOCK_EVENTS * (int)sizeof(struct event) };

static void block_begin(struct trace *tr, size_t first)
{
    struct event *block = tr->spare ? tr->spare : mem_large(BLOCK_BYTES);
    tr->spare = NULL;
    for (size_t i = 0; i < TRACE_BLOCK; i++)
        tr->chunks[first + i] = block + i * TRACE_CHUNK;
}

/* Chunk `i` is not needed any more, nor are the others of its block. */
static void chunk_end(struct trace *tr, size_t i)
{
    if (i < TRACE_BLOCK) {
        free(tr->chunks[i]);
    } else if (i % TRACE_BLOCK == 0 && tr->chunks[i]) {
        mem_large_free(tr->spare, BLOCK_BYTES);
        tr->spare = tr->chunks[i];
    }
    tr->chunks[i] = NULL;
}

void trace_grow(struct trace *tr)
{
    size_t chunk = tr->count >> TRACE_CHUNK_BITS;
    if (chunk >= tr->chunk_room) {
        size_t had = tr->chunk_room;
        tr->chunks = mem_grow(tr->chunks, chunk + 1, &tr->chunk_room,
                              sizeof *tr->chunks);
        for (size_t i = had; i < tr->chunk_room; i++)
            tr->chunks[i] = NULL;
    }
    if (tr->chunks[chunk])
        return;
    if (chunk < TRACE_BLOCK)
        tr->chunks[chunk] = mem_resize(NULL, TRACE_CHUNK, sizeof **tr->chunks);
    else
        block_begin(tr, chunk - chunk % TRACE_BLOCK);
}

size_t trace_find(const struct trace *tr, tick t)
{
    size_t low = 0, high = tr->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (trace_at(tr, middle)->t < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t trace_instant_end(const struct trace *tr, size_t p)
{
    return p == 0 ? 0 : trace_find(tr, trace_at(tr, p - 1)->t + 1);
}

/* The next event behind `i` that is more than a detail; NULL if there is none
 * yet. */
static const struct event *next_loud(const struct trace *tr, size_t i)
{
    for (i++; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        if (event_is_step(e) || event_is_evidence(e) || e->kind == EV_OP ||
            e->kind == EV_SIGNAL)
            return e;
    }
    return NULL;
}

/* What may stand between an op that had slept and its process's getting up:
 * the loop goes on, and the policy counts it among the ready again. */
static bool prepares(const struct event *e)
{
    return e->kind == EV_LOOP || e->kind == EV_LINE ||
           (e->kind == EV_FIGURE && e->aux == FIGURE_COUNTED);
}

/* Whether an op that had slept is followed by its process's getting up. (One
 * that is interrupted by a handler returns while the process runs.) */
static bool wakes_up(const struct trace *tr, size_t i)
{
    int32_t proc = trace_at(tr, i)->proc;
    for (i++; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        if (e->kind == EV_STATE)
            return e->proc == proc && e->sub == T_WAKE;
        if (!prepares(e) || e->proc != proc)
            return false;
    }
    return false;
}

/* Whether the process of event `i` gets a signal next: a write that nobody
 * will read has no result before that. */
static bool is_signalled(const struct trace *tr, size_t i)
{
    const struct event *next = next_loud(tr, i);
    return next && next->kind == EV_SIGNAL &&
           next->proc == trace_at(tr, i)->proc;
}

/* Whether init waits for the process of event `i` next: it does so at once
 * when a child of it ends and when it adopts a zombie. */
static bool is_reaped(const struct trace *tr, size_t i)
{
    const struct event *next = next_loud(tr, i);
    return next && next->kind == EV_REAP &&
           next->proc == trace_at(tr, i)->proc;
}

static bool ends_step(const struct trace *tr, size_t i)
{
    const struct event *e = trace_at(tr, i);
    bool ends = e->kind == EV_STATE && (e->sub == T_EXIT || e->sub == T_KILL);
    if (ends || e->kind == EV_PARENT)
        return !is_reaped(tr, i);
    if (event_is_step(e))
        return true;
    if (e->kind != EV_OP)
        return false;
    return e->cpu == 1 ? !wakes_up(tr, i) : !is_signalled(tr, i);
}

/* Whether the descriptors of a process that has just ended are being closed. */
/* What SEM_UNDO gives back when a process has ended. */
static bool is_undoing(const struct event *e)
{
    return (e->kind == EV_SEM && e->sub == SEM_BY_UNDO) ||
           (e->kind == EV_UNDO && e->sub == UNDO_OVER);
}

static bool closes_after_end(const struct trace *tr, size_t i)
{
    const struct event *e = trace_at(tr, i);
    while (i > 0 && (trace_at(tr, i - 1)->kind == EV_FD ||
                     is_undoing(trace_at(tr, i - 1))))
        i--;
    if (i == 0 || e->val != -1)
        return false;
    const struct event *end = trace_at(tr, i - 1);
    return end->kind == EV_STATE && end->proc == e->proc &&
           (end->sub == T_EXIT || end->sub == T_KILL);
}

/* Most details come before what they are details of. These come behind it:
 * where the program goes on (at which op, in which round, with which value of
 * the loop's variable), that a stopped sleeper stands in no line, how far a
 * sleeping write has got, that a signal is pending, that its handler has been
 * entered, that who has ended has nothing open, who of several was the last. */
static bool follows(const struct trace *tr, size_t i)
{
    const struct event *e = trace_at(tr, i);
    if (i == 0 || trace_at(tr, i - 1)->t != e->t)
        return false;
    const struct event *before = trace_at(tr, i - 1);
    bool same = before->proc == e->proc;
    switch (e->kind) {
    case EV_AT:
    case EV_LOOP:
    case EV_UNQUEUE:
    case EV_PROGRESS:
    case EV_HANDLE:
    case EV_SEM_AT:
    case EV_LAST:
        return true;
    case EV_REQUEUE: /* into the line of a whole set: because somebody comes */
        return e->sub != WAIT_SEMS;
    case EV_SEM:
    case EV_UNDO:
        return is_undoing(e);
    case EV_VAR:
        return i + 1 < tr->count && trace_at(tr, i + 1)->kind == EV_LOOP &&
               trace_at(tr, i + 1)->proc == e->proc;
    case EV_PENDING:
        return same && before->kind == EV_SIGNAL && before->val == FATE_PENDING;
    case EV_MASK:
        return same && before->kind == EV_HANDLE;
    case EV_FD:
        return closes_after_end(tr, i);
    default:
        return false;
    }
}

static bool trails(const struct trace *tr, size_t i)
{
    return event_is_evidence(trace_at(tr, i)) || follows(tr, i);
}

/* Whether the cursor may stand between event p - 1 and event p. */
static bool step_ends(const struct trace *tr, size_t p)
{
    if (trails(tr, p))
        return false;
    size_t last = p - 1;
    while (last && trails(tr, last))
        last--;
    return ends_step(tr, last);
}

size_t trace_without_evidence(const struct trace *tr, size_t n)
{
    size_t p = 0, seen = 0;
    while (p < tr->count) {
        seen += !event_is_evidence(trace_at(tr, p));
        if (seen > n)
            break;
        p++;
    }
    return p;
}

size_t trace_step_after(const struct trace *tr, size_t p)
{
    for (p++; p < tr->count; p++)
        if (step_ends(tr, p))
            return p;
    return tr->count;
}

size_t trace_step_before(const struct trace *tr, size_t p)
{
    require(p <= tr->count);
    while (p > 1)
        if (step_ends(tr, --p))
            return p;
    return 0;
}

void trace_cut(struct trace *tr, size_t n, size_t bytes)
{
    require(n <= tr->count && bytes <= tr->byte_count);
    require(bytes % TRACE_UNIT == 0 && bytes >= tr->byte_base);
    tr->count = n;
    tr->byte_count = bytes;
}

/* Whole chunks only, or blocks. What was forgotten before ends at the first
 * gap. */
void trace_forget(struct trace *tr, size_t n)
{
    require(n <= tr->count);
    trace_forget_bytes(tr, n);
    size_t end = n >> TRACE_CHUNK_BITS;
    if (end > TRACE_BLOCK)
        end -= end % TRACE_BLOCK;
    for (size_t i = end; i > 0 && tr->chunks[i - 1]; i--)
        chunk_end(tr, i - 1);
}

static uint64_t hash_byte(uint64_t h, uint64_t byte)
{
    return (h ^ byte) * 0x100000001b3u;
}

/* A number lowest byte first, whatever order this machine keeps it in. */
static uint64_t hash_number(uint64_t h, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        h = hash_byte(h, n >> (8 * i) & 0xff);
    return h;
}

static uint64_t hash_event(uint64_t h, const struct event *e)
{
    h = hash_number(h, (uint64_t)e->t, 8);
    h = hash_number(h, e->kind, 1);
    h = hash_number(h, e->sub, 1);
    h = hash_number(h, e->cpu, 2);
    h = hash_number(h, (uint32_t)e->proc, 4);
    h = hash_number(h, (uint32_t)e->obj, 4);
    h = hash_number(h, (uint32_t)e->aux, 4);
    return hash_number(h, (uint64_t)e->val, 8);
}

static uint64_t hash_payloads(uint64_t h, const struct trace *tr)
{
    for (size_t at = 0; at < tr->byte_count;) {
        size_t length = 0;
        const unsigned char *p =
            trace_payload(tr, (int32_t)(at / TRACE_UNIT), &length);
        h = hash_number(h, length, TRACE_UNIT);
        for (size_t i = 0; i < length; i++)
            h = hash_byte(h, p[i]);
        at += trace_payload_room(length);
    }
    return h;
}

uint64_t trace_hash(const struct trace *tr)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < tr->count; i++)
        h = hash_event(h, trace_at(tr, i));
    return hash_payloads(h, tr);
}

void trace_free(struct trace *tr)
{
    for (size_t i = 0; i < tr->chunk_room; i++)
        chunk_end(tr, i);
    mem_large_free(tr->spare, BLOCK_BYTES);
    free(tr->chunks);
    free(tr->bytes);
    *tr = (struct trace){0};
}
