/* What passes over the socket between a session and the one who asked for it.
 *
 * Messages: a head and `length` bytes behind it, as they lie in memory; both
 * sides are the same program on the same machine. */
#ifndef TIMESLICE_SESSION_WIRE_H
#define TIMESLICE_SESSION_WIRE_H

#include "sim/base/str.h"
#include "sim/sim.h"

#include <string.h>

enum { PIECE = 16384 /* bytes taken from the socket at once */ };

enum message_kind {
    /* asked */
    SAY_LOAD,    /* struct load_head, then the strings one after another */
    SAY_ADVANCE, /* struct ask: until */
    SAY_FINISH,  /* struct ask: until */
    SAY_PLAY,    /* struct ask: flag */
    SAY_ACT,     /* struct ask: position, until (when), action, proc */
    SAY_VARY,    /* struct vary_head, then key and json of each override */
    /* told */
    SAY_EVENTS,  /* struct events_head, events, payload bytes */
    SAY_PROGRESS,   /* struct progress */
    SAY_NOTICE   /* text */
};

struct message {
    uint32_t kind;
    uint32_t request; /* asked: its number; told: the last one carried out, 0:
                         nothing is said about that */
    uint64_t length;
};

struct ask {
    tick until;
    uint64_t position;
    int32_t flag, action, proc, pad;
};

/* Strings end with a zero byte: path, plant, then key and json of each
 * override, then `text_length` bytes of the scenario. */
struct load_head {
    uint64_t text_length;
    int32_t override_count;
    int32_t has_plant;
    int32_t lang, pad;
};

struct vary_head {
    int32_t override_count, pad;
};

/* The trace is cut to `keep_events` and `keep_bytes`, then these are added. */
struct events_head {
    uint64_t keep_events, keep_bytes;
    uint64_t events, bytes;
};

struct progress {
    tick reached;
    int32_t live, pad;
};

/* Appends a whole message to `out`. */
static inline void message_add(struct str *out, enum message_kind kind,
                             uint32_t request, const void *body, size_t length)
{
    struct message f = {.kind = kind, .request = request, .length = length};
    str_add_bytes(out, (const char *)&f, sizeof f);
    str_add_bytes(out, body, length);
}

/* Cuts the message that begins at `at` out of what has come. False: not all of
 * it is there yet. */
static inline bool message_take(const struct str *in, size_t *at,
                              struct message *f, const char **body)
{
    if (in->length - *at < sizeof *f)
        return false;
    memcpy(f, in->text + *at, sizeof *f);
    if (in->length - *at - sizeof *f < f->length)
        return false;
    *body = in->text + *at + sizeof *f;
    *at += sizeof *f + (size_t)f->length;
    return true;
}

#endif
