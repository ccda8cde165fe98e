#include "cli/source.h"

#include "ipc/session.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { A_WHILE = 200, TOO_LONG = 10000 /* milliseconds */ };

struct live {
    struct session *session;
    enum lang lang;
    int silent; /* milliseconds without news */
};

/* Waits until something has come, and takes it. What never comes (somebody has
 * stopped the session's process) is said once, and waited for nevertheless. */
static void take(struct live *l)
{
    bool came = session_wait(l->session, A_WHILE);
    session_poll(l->session);
    if (came)
        l->silent = 0;
    else if (l->silent < TOO_LONG && (l->silent += A_WHILE) >= TOO_LONG)
        complain(l->lang, W_CLI_LIVE_SILENT, TOO_LONG / 1000);
}

static bool has_stopped(const struct trace *tr)
{
    return tr->count && trace_at(tr, tr->count - 1)->kind == EV_STOP;
}

static bool live_work(void *self, tick until)
{
    struct live *l = self;
    struct session *s = l->session;
    if (!session_busy(s) && !has_stopped(session_trace(s)))
        session_finish(s, until);
    take(l);
    return !session_ended(s) &&
           (session_busy(s) || !has_stopped(session_trace(s)));
}

static const char *live_trouble(const void *self)
{
    const struct live *l = self;
    return session_notice(l->session);
}

static void live_close(void *self)
{
    struct live *l = self;
    session_close(l->session);
    free(l);
}

void source_refusal(enum lang lang, int error, struct str *out)
{
    if (access("/proc/self/exe", F_OK) < 0)
        str_add(out, word(W_CLI_LIVE_NO_PROC, lang));
    else
        str_addf(out, "%s%s", strerror(error),
                 error == EMFILE   ? " (ulimit -n)"
                 : error == EAGAIN ? " (ulimit -u)"
                                   : "");
}

/* The scenario is read again over there; until then nothing is known. */
static bool load(struct live *live, const struct options *o,
                 const struct loaded *l)
{
    struct session *s = live->session;
    const struct session_load load = {.path = l->scenario->path,
                                      .text = str_text(&l->text),
                                      .length = l->text.length,
                                      .overrides = o->overrides,
                                      .override_count = o->override_count,
                                      .lang = o->lang};
    session_load(s, &load);
    while (session_busy(s) && !session_ended(s))
        take(live);
    return session_live(s);
}

static bool refuse(const struct options *o, const char *why)
{
    complain(o->lang, W_CLI_LIVE_REFUSED, why);
    return false;
}

bool source_live(struct source *s, const struct options *o,
                 const struct loaded *l)
{
    struct session *session = session_open(NULL, option_given(o, OPTION_HOST_IPC));
    if (!session) {
        struct str why = {0};
        source_refusal(o->lang, errno, &why);
        refuse(o, str_text(&why));
        str_free(&why);
        return false;
    }
    struct live *live = mem_new(1, sizeof *live);
    *live = (struct live){.session = session, .lang = o->lang};
    if (!load(live, o, l)) {
        const char *why = session_notice(session);
        refuse(o, why ? why : "?");
        live_close(live);
        return false;
    }
    *s = (struct source){.self = live,
                         .trace = session_trace(session),
                         .work = live_work,
                         .trouble = live_trouble,
                         .close = live_close};
    return true;
}
