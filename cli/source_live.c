#include "cli/source.h"

#include "ipc/session.h"

#include <errno.h>
#include <string.h>

enum { A_WHILE = 200 /* milliseconds */ };

/* Waits until something has come, and takes it. */
static void take(struct session *s)
{
    session_wait(s, A_WHILE);
    session_poll(s);
}

static bool has_stopped(const struct trace *tr)
{
    return tr->count && trace_at(tr, tr->count - 1)->kind == EV_STOP;
}

static bool live_work(void *self, tick until)
{
    struct session *s = self;
    if (!session_busy(s) && !has_stopped(session_trace(s)))
        session_finish(s, until);
    take(s);
    return !session_ended(s) &&
           (session_busy(s) || !has_stopped(session_trace(s)));
}

static const char *live_trouble(const void *self)
{
    return session_notice(self);
}

static void live_close(void *self)
{
    session_close(self);
}

/* The scenario is read again over there; until then nothing is known. */
static bool load(struct session *s, const struct options *o,
                 const struct loaded *l)
{
    const struct session_load load = {.path = l->scenario->path,
                                      .text = str_text(&l->text),
                                      .length = l->text.length,
                                      .overrides = o->overrides,
                                      .override_count = o->override_count};
    session_load(s, &load);
    while (session_busy(s) && !session_ended(s))
        take(s);
    return session_live(s);
}

bool source_live(struct source *s, const struct options *o,
                 const struct loaded *l)
{
    struct session *session = session_open(NULL);
    if (!session) {
        complain(o->lang, W_CLI_LIVE_REFUSED, strerror(errno));
        return false;
    }
    if (!load(session, o, l)) {
        const char *why = session_notice(session);
        complain(o->lang, W_CLI_LIVE_REFUSED, why ? why : "?");
        session_close(session);
        return false;
    }
    *s = (struct source){.self = session,
                         .trace = session_trace(session),
                         .work = live_work,
                         .trouble = live_trouble,
                         .close = live_close};
    return true;
}
