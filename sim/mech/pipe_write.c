/* pipe_write.c: one look of a writer at its pipe (anon_pipe_write).
 *
 * What is written goes into whole pages. Only the beginning of it, what is more
 * than whole pages of it, may go into the rest of the last page that is in use,
 * and only if all of that fits and the page is no packet. With O_DIRECT nothing
 * that this writer begins is ever joined by another: each write is a packet,
 * or several if it is longer than a page.
 *
 * Who cannot put in everything sleeps. When it is woken it goes on with what is
 * left, or goes back to the tail of the line. */
#include "sim/mech/pipe.h"

#include <string.h>

/* A sleeping write's variables cannot change, so it is the same each time. */
struct piece pipe_text(struct sim *s, int proc)
{
    struct str text = {0};
    op_text(s, proc, op_at(s, proc), &text);
    int32_t payload = trace_store(&s->trace, str_text(&text), text.length);
    struct piece all = {trace_payload_at(&s->trace, payload), text.length};
    str_free(&text);
    return all;
}

static void put(struct sim *s, const struct look *l, struct piece piece,
                uint8_t how)
{
    SAY(s, .kind = EV_PUT, .sub = how, .proc = l->proc, .obj = l->pipe,
        .aux = (int32_t)piece.length, .val = (int64_t)piece.at);
}

/* The first n mod 4096 bytes go into the last page if all of them fit. */
static size_t merge(struct sim *s, const struct look *l, struct piece text)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    size_t odd = text.length % PIPE_PAGE;
    if (!odd || !p->used)
        return 0;
    int64_t at = p->ring + ((p->first + p->used - 1) & (p->room - 1));
    const struct pipe_page *last = &s->world.page[at];
    obey(s, last->packet ? RULE_P23 : RULE_P3);
    if (is_planted(s, "pipe-merges-part") && last->end + odd > PIPE_PAGE)
        odd = PIPE_PAGE - last->end;
    if (!odd || last->packet || last->end + odd > PIPE_PAGE)
        return 0;
    put(s, l, (struct piece){text.at, odd}, PUT_MERGED);
    return odd;
}

/* Returns how much of the text is in the pipe now. */
static size_t write_bytes(struct sim *s, const struct look *l,
                          struct piece text)
{
    bool again = pipe_looks_again(s, l);
    bool direct = pipe_flags(s, l, DESC_PIPE_WRITE) & DESC_DIRECT;
    size_t done =
        again ? (size_t)s->world.proc[l->proc].done : merge(s, l, text);
    while (done < text.length && !pipe_is_full(s, l->pipe)) {
        size_t left = text.length - done;
        size_t n = left < PIPE_PAGE ? left : PIPE_PAGE;
        put(s, l, (struct piece){text.at + done, n},
            direct ? PUT_PACKET : PUT_PAGE);
        done += n;
    }
    return done;
}

/* The reader is gone: SIGPIPE, and the call fails or returns what it has
 * done. */
static void broken(struct sim *s, const struct look *l)
{
    enum { PIPE_SIGNAL = 13 };
    int64_t done =
        pipe_looks_again(s, l) ? s->world.proc[l->proc].done : 0;
    obey(s, done ? RULE_P12 : RULE_P11);
    if (done)
        pipe_finish(s, l, done, E_OK);
    else
        pipe_finish(s, l, -1, E_EPIPE);
    signal_send(s, l->proc, PIPE_SIGNAL, -2);
}

/* Which rules of the notes a write obeys that could do no more than `done`. */
static void obey_full(struct sim *s, const struct look *l, struct piece text,
                      bool over)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    if (p->bytes < (int64_t)p->slots * PIPE_PAGE)
        obey(s, RULE_P2);
    if (text.length <= PIPE_PAGE)
        obey(s, RULE_P5);
    else if (over)
        obey(s, RULE_P6);
    else if (pipe_looks_again(s, l))
        obey(s, RULE_P7);
}

/* Linux tells a reader of each write that is over as soon as somebody has
 * ever asked poll(2) about the pipe, and our processes always do. That matters
 * only where several readers were asleep (P17). */
static void tell_others(struct sim *s, const struct look *l, int64_t done,
                        bool room_too)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    pipe_wake_one(s, l->woken, &p->read_wait,
                  reason(WHY_DATA_CAME, l->proc, done));
    if (room_too && !pipe_is_full(s, l->pipe)) {
        obey(s, RULE_P15);
        pipe_wake_one(s, l->woken, &p->write_wait, pipe_room_came(l->why));
    }
}

bool pipe_write_once(struct sim *s, const struct look *l, struct piece text)
{
    const struct pipe *p = &s->world.pipe[l->pipe];
    if (!p->readers) {
        broken(s, l);
        return true;
    }
    bool again = pipe_looks_again(s, l), was_empty = p->bytes == 0;
    int64_t done = (int64_t)write_bytes(s, l, text);
    bool all = done == (int64_t)text.length;
    bool over = all || pipe_flags(s, l, DESC_PIPE_WRITE) & DESC_NONBLOCK;
    if (!all)
        obey_full(s, l, text, over);
    else if (text.length <= PIPE_PAGE)
        obey(s, RULE_P1);
    if (!over)
        pipe_sleep(s, l, WAIT_WRITE, done);
    else if (done)
        pipe_finish(s, l, done, E_OK);
    else
        pipe_finish(s, l, -1, E_EAGAIN);
    if (over || (was_empty && done))
        tell_others(s, l, done, over && again);
    return over;
}
