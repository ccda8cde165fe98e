/* The trace is the list of everything that happened, oldest first. It only
 * grows: an event, once appended, never moves and never changes.
 *
 * Long things (bytes written to a pipe, a divergence's two sides) lie in a
 * side buffer of payloads and are named by number. Events are kept in chunks,
 * so growing never copies. */
#ifndef TIMESLICE_TRACE_H
#define TIMESLICE_TRACE_H

#include "sim/model/event.h"

#include <stddef.h>
#include <stdint.h>

enum { TRACE_CHUNK_BITS = 14, TRACE_CHUNK = 1 << TRACE_CHUNK_BITS };

/* Chunks of one piece of memory, behind the first so many, which are a piece
 * each: a short trace takes little. */
enum { TRACE_BLOCK = 4, TRACE_BLOCK_EVENTS = TRACE_BLOCK * TRACE_CHUNK };

struct trace {
    struct event **chunks; /* TRACE_CHUNK events each; NULL: not yet needed */
    struct event *spare;   /* a block that has been forgotten; NULL */
    size_t count;          /* events */
    size_t chunk_room;     /* places in `chunks` */
    unsigned char *bytes; /* the payloads, one after the other, … */
    size_t byte_base;     /* … but for those before that have been forgotten */
    size_t byte_count;    /* of all there were */
    size_t byte_room;
};

enum { TRACE_UNIT = 4 /* payloads begin at multiples of it */ };

/* What a payload of `length` bytes takes there: its length, and up to the next
 * multiple. */
static inline size_t trace_payload_room(size_t length)
{
    return TRACE_UNIT + (length + TRACE_UNIT - 1) / TRACE_UNIT * TRACE_UNIT;
}

/* Makes sure that event number tr->count has a place; trace_append's. */
void trace_grow(struct trace *tr);

/* Append `e`. Time must not go back. Returns the stored copy. (Here, not in
 * trace.c, because a run does this more often than anything else.) */
static inline const struct event *trace_append(struct trace *tr,
                                               struct event e)
{
    if (!(tr->count & (TRACE_CHUNK - 1)))
        trace_grow(tr);
    size_t i = tr->count++;
    struct event *place =
        &tr->chunks[i >> TRACE_CHUNK_BITS][i & (TRACE_CHUNK - 1)];
    *place = e;
    return place;
}

/* The i-th event, 0-based; i must be below tr->count. */
static inline const struct event *trace_at(const struct trace *tr, size_t i)
{
    return &tr->chunks[i >> TRACE_CHUNK_BITS][i & (TRACE_CHUNK - 1)];
}

/* Stores `length` bytes; returns the payload's number for an event's obj. */
int32_t trace_store(struct trace *tr, const void *bytes, size_t length);

/* The bytes of a payload, valid until the next trace_store. NO_PAYLOAD gives
 * length 0. */
const unsigned char *trace_payload(const struct trace *tr, int32_t payload,
                                   size_t *length);

/* Where a payload's first byte lies among all there were (the PUT event's val),
 * and the bytes from there on. */
size_t trace_payload_at(const struct trace *tr, int32_t payload);
const unsigned char *trace_bytes(const struct trace *tr, size_t at);

/* The first event whose time is `t` or later; count if there is none. */
size_t trace_find(const struct trace *tr, tick t);

/* The end of the instant that a cursor at `p` stands in. An instant is carried
 * out as a whole, so this is where an action of the user takes place and where
 * a new branch begins; nothing before it is ever undone. */
size_t trace_instant_end(const struct trace *tr, size_t p);

/* The last position with `n` events before it that are not evidence; count if
 * there are not so many. A live branch does the past again, and its evidence
 * is new: other pids, and letters that were seen only while the clock ran. */
size_t trace_without_evidence(const struct trace *tr, size_t n);

/* Steps are what someone who goes through a run goes by: positions of the
 * cursor. One ends behind each event that event_is_step and what trails it (the
 * evidence, and the few details that come behind), and one at the end of the
 * trace.
 * Three that are one moment are one step: an end and init's waiting for it, an
 * adoption and the same, and a write that nobody will read with its SIGPIPE.
 *
 * The next such position above p (count if there is none), and the next one
 * below p (0 if there is none). */
size_t trace_step_after(const struct trace *tr, size_t p);
size_t trace_step_before(const struct trace *tr, size_t p);

/* Forgets all events from position n on and the payloads from `bytes` on: a
 * new branch begins here. */
void trace_cut(struct trace *tr, size_t n, size_t bytes);

/* Gives back the memory of events before position n and of payloads that only
 * they named, for runs too long to hold. They keep their numbers but must not
 * be asked for again: no trace_at, trace_find, trace_hash or replay over them.
 */
void trace_forget(struct trace *tr, size_t n);
/* The payloads' part of it. */
void trace_forget_bytes(struct trace *tr, size_t n);

/* FNV-1a over all events and payloads: the same run, the same number. */
uint64_t trace_hash(const struct trace *tr);

void trace_free(struct trace *tr);

#endif
