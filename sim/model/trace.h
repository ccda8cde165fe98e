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

struct trace {
    struct event **chunks; /* TRACE_CHUNK events each */
    size_t count;          /* events */
    size_t chunk_room;
    unsigned char *bytes; /* the payloads, one after the other */
    size_t byte_count, byte_room;
};

/* Append `e`. Time must not go back. Returns the stored copy. */
const struct event *trace_append(struct trace *tr, struct event e);

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

/* Where a payload's first byte lies in `bytes` (the PUT event's val). */
size_t trace_payload_at(const struct trace *tr, int32_t payload);

/* The first event whose time is `t` or later; count if there is none. */
size_t trace_find(const struct trace *tr, tick t);

/* The end of the step that event i belongs to, exclusive: the cursor position
 * that shows the step done. Likewise the end of the step before position p
 * (0 if there is none). */
size_t trace_step_after(const struct trace *tr, size_t p);
size_t trace_step_before(const struct trace *tr, size_t p);

/* Forgets all events from position n on and the payloads from `bytes` on: a
 * new branch begins here. */
void trace_cut(struct trace *tr, size_t n, size_t bytes);

/* FNV-1a over all events and payloads: the same run, the same number. */
uint64_t trace_hash(const struct trace *tr);

void trace_free(struct trace *tr);

#endif
