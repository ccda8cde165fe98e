#include "cli/feed_live.h"

#include "ipc/session.h"
#include "cli/foresee.h"
#include "cli/policies.h"
#include "sim/base/mem.h"
#include "sim/policy/policy.h"

#include <stdlib.h>

struct live {
    struct feed feed;
    struct session *session;
    /* The session's trace as of the last poll. When the user acts in the past
     * it ends there at once, though the session needs a while to cut its own.
     */
    struct trace trace;
    bool cutting;
    size_t cut_at;
    struct foresight foresight;
    tick until;
};

static void look_at(struct live *l)
{
    l->trace = *session_trace(l->session);
    if (l->cutting && l->trace.count > l->cut_at)
        l->trace.count = l->cut_at;
    l->feed.live = session_live(l->session);
    l->feed.ended = session_ended(l->session);
    l->feed.notice = session_notice(l->session);
}

static void live_want(void *self, tick t)
{
    struct live *l = self;
    if (t >= l->until)
        session_finish(l->session, l->until);
    else
        session_advance(l->session, t);
}

static void live_play(void *self, bool playing)
{
    struct live *l = self;
    session_play(l->session, playing);
}

static bool live_poll(void *self)
{
    struct live *l = self;
    size_t had = l->trace.count;
    struct session_news news = session_poll(l->session);
    l->feed.cut_at = news.cut ? news.cut_at : SIZE_MAX;
    if (news.cut || !session_busy(l->session))
        l->cutting = false; /* or it will never come: the session has ended */
    if (news.cut)
        foresight_drop(&l->foresight);
    look_at(l);
    return news.grown || news.cut || l->trace.count != had;
}

static bool live_busy(const void *self)
{
    const struct live *l = self;
    return session_busy(l->session) && !session_ended(l->session);
}

static tick live_reached(const void *self)
{
    const struct live *l = self;
    return session_reached(l->session);
}

static void live_act(void *self, struct deed deed)
{
    struct live *l = self;
    foresight_drop(&l->foresight);
    size_t end = trace_instant_end(&l->trace, deed.position);
    if (end < l->trace.count) {
        l->cutting = true;
        l->cut_at = end;
    }
    session_act(l->session, deed);
    look_at(l);
}

static int live_order(const void *self, struct moment at, int group, int *to,
                      int room)
{
    (void)self;
    return policy_order(at, group, to, room);
}

static const struct trace *live_foresee(void *self, size_t position,
                                         size_t most)
{
    struct live *l = self;
    return foresee(&l->foresight, (struct foresee_from){
        .scenario = l->feed.scenario, .trace = &l->trace,
        .position = position, .most = most, .until = l->until});
}

static int live_descriptor(const void *self)
{
    const struct live *l = self;
    return session_descriptor(l->session);
}

struct feed *feed_live_new(const char *program, const struct options *o,
                           const struct loaded *l, tick until)
{
    struct session *session = session_open(program, option_given(o, OPTION_HOST_IPC));
    if (!session)
        return NULL;
    struct live *new = mem_new(1, sizeof *new);
    new->session = session;
    new->until = until;
    new->feed = (struct feed){.self = new,
                              .scenario = l->scenario,
                              .policies = policy_entries,
                              .trace = &new->trace,
                              .cut_at = SIZE_MAX,
                              .want = live_want,
                              .play = live_play,
                              .poll = live_poll,
                              .busy = live_busy,
                              .reached = live_reached,
                              .act = live_act,
                              .order = live_order,
                              .foresee = live_foresee,
                              .descriptor = live_descriptor};
    session_load(session, &(struct session_load){
                              .path = l->scenario->path,
                              .text = str_text(&l->text),
                              .length = l->text.length,
                              .overrides = o->overrides,
                              .override_count = o->override_count,
                              .lang = o->lang});
    look_at(new);
    return &new->feed;
}

void feed_live_vary(struct feed *f, const struct override *overrides,
                    int count)
{
    struct live *l = f->self;
    session_vary(l->session, overrides, count);
}

void feed_live_free(struct feed *f)
{
    struct live *l = f->self;
    foresight_drop(&l->foresight);
    session_close(l->session);
    free(l);
}
