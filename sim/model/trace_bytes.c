/* trace_bytes.c: what the trace's events could not hold: bytes that were read
 * and written, the kernel's words.
 *
 * A payload is its length (4 bytes), its bytes, and zeros up to the next
 * multiple of 4; its number is where it begins, in units of 4 bytes, modulo
 * 2^31: a run that forgets goes on longer than that. Payloads are stored just
 * before the event that names them, so those of later events lie behind those
 * of earlier ones. */
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/model/trace.h"

#include <string.h>

enum { UNIT = TRACE_UNIT };

_Static_assert(sizeof(uint32_t) == UNIT, "a payload's length is one unit");

/* More than this cannot be numbered at once; and less is not worth moving. */
static const size_t HELD_MOST = (size_t)INT32_MAX * UNIT;
static const size_t MOVED_LEAST = (size_t)1 << 20;

static size_t held(const struct trace *tr)
{
    return tr->byte_count - tr->byte_base;
}

static int32_t number_of(size_t at)
{
    return (int32_t)(at / UNIT & INT32_MAX);
}

int32_t trace_store(struct trace *tr, const void *bytes, size_t length)
{
    require(length <= UINT32_MAX);
    size_t room = trace_payload_room(length), need = held(tr) + room;
    if (need > HELD_MOST)
        need = SIZE_MAX; /* mem_grow says so and ends the program */
    uint32_t size = (uint32_t)length;
    tr->bytes = mem_grow(tr->bytes, need, &tr->byte_room, 1);
    unsigned char *to = tr->bytes + held(tr);
    memcpy(to, &size, UNIT);
    if (length)
        memcpy(to + UNIT, bytes, length);
    memset(to + UNIT + length, 0, room - UNIT - length);
    int32_t number = number_of(tr->byte_count);
    tr->byte_count += room;
    return number;
}

size_t trace_payload_at(const struct trace *tr, int32_t payload)
{
    require(payload >= 0);
    size_t base = tr->byte_base / UNIT;
    size_t ahead = ((size_t)payload - base) & INT32_MAX;
    size_t at = (base + ahead) * UNIT + UNIT;
    require(at <= tr->byte_count);
    return at;
}

const unsigned char *trace_bytes(const struct trace *tr, size_t at)
{
    require(at >= tr->byte_base && at <= tr->byte_count);
    return tr->bytes + (at - tr->byte_base);
}

const unsigned char *trace_payload(const struct trace *tr, int32_t payload,
                                   size_t *length)
{
    *length = 0;
    if (payload == NO_PAYLOAD)
        return (const unsigned char *)"";
    size_t at = trace_payload_at(tr, payload);
    uint32_t size = 0;
    memcpy(&size, trace_bytes(tr, at - UNIT), UNIT);
    require(size <= tr->byte_count - at);
    *length = size;
    return trace_bytes(tr, at);
}

/* Where the first byte lies that event `e` needs; SIZE_MAX: it needs none. */
static size_t needed_by(const struct trace *tr, const struct event *e)
{
    bool names = e->kind == EV_OP || e->kind == EV_DIVERGE ||
                 (e->kind == EV_KERNEL && e->sub == SEEN_WCHAN);
    if (e->kind == EV_PUT)
        return (size_t)e->val / UNIT * UNIT;
    if (!names || e->obj == NO_PAYLOAD)
        return SIZE_MAX;
    return trace_payload_at(tr, e->obj) - UNIT;
}

void trace_forget_bytes(struct trace *tr, size_t n)
{
    size_t from = SIZE_MAX;
    for (size_t i = n; i < tr->count && from == SIZE_MAX; i++)
        from = needed_by(tr, trace_at(tr, i));
    if (from > tr->byte_count)
        from = tr->byte_count;
    size_t gone = from - tr->byte_base;
    if (gone < MOVED_LEAST || gone < held(tr) / 2)
        return;
    memmove(tr->bytes, tr->bytes + gone, tr->byte_count - from);
    tr->byte_base = from;
}
