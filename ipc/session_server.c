/* session_server.c: the side of a live session that runs the scenario.
 *
 * It works in small portions and looks for new requests between them, so that
 * a far goal can be changed at any time; and it tells the trace as it grows.
 * When the other side is gone, so is the reason to be here.
 *
 * A new branch is made by doing the past again: real processes cannot be
 * copied back to an earlier moment. The engine decides the same again, the
 * user's own actions are repeated at their times, and only then comes the new
 * one. What has not changed of the trace is not sent again. */
#define _GNU_SOURCE
#include "ipc/session.h"

#include "ipc/keys.h"
#include "ipc/lab.h"
#include "ipc/sandbox.h"
#include "ipc/session_wire.h"
#include "ipc/sweep.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PORTION = 512 /* events between two looks at the socket */ };

struct server {
    int fd;
    bool gone; /* the other side */
    uint32_t request;
    struct str in;
    struct scenario *scenario;
    struct str text; /* of its file */
    struct sim *sim;
    struct lab *lab;
    char *plant;
    tick goal;
    bool working; /* towards the goal */
    bool finish;  /* the run is to stop at the goal */
    bool playing;
    bool complained; /* about this run's lab */
    size_t told_events, told_bytes; /* of the trace, by the other side */
};

/* ---- telling ---- */

static void send_all(struct server *s, const char *bytes, size_t length)
{
    while (length > 0 && !s->gone) {
        ssize_t n = send(s->fd, bytes, length, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            s->gone = true;
        else
            bytes += n, length -= (size_t)n;
    }
}

static void tell(struct server *s, enum message_kind kind, uint32_t request,
                 const void *body, size_t length)
{
    struct str out = {0};
    message_add(&out, kind, request, body, length);
    send_all(s, out.text, out.length);
    str_free(&out);
}

static void tell_notice(struct server *s, const char *text)
{
    tell(s, SAY_NOTICE, 0, text, strlen(text));
}

/* Nothing has changed, but the request is carried out. */
static void tell_done(struct server *s)
{
    struct progress none = {0};
    tell(s, SAY_PROGRESS, s->request, &none, sizeof none);
}

/* `request` of an unfinished one must not be told as done. */
static uint32_t done_so_far(const struct server *s)
{
    return s->working ? s->request - 1 : s->request;
}

static void tell_trace(struct server *s)
{
    const struct trace *tr = sim_trace(s->sim);
    struct events_head h = {.keep_events = s->told_events,
                            .keep_bytes = s->told_bytes,
                            .events = tr->count - s->told_events,
                            .bytes = tr->byte_count - s->told_bytes};
    struct message f = {.kind = SAY_EVENTS, .request = done_so_far(s),
                      .length = sizeof h + h.events * sizeof(struct event) +
                                h.bytes};
    struct str out = {0};
    str_add_bytes(&out, (const char *)&f, sizeof f);
    str_add_bytes(&out, (const char *)&h, sizeof h);
    for (size_t i = s->told_events; i < tr->count; i++)
        str_add_bytes(&out, (const char *)trace_at(tr, i),
                      sizeof(struct event));
    if (h.bytes)
        str_add_bytes(&out, (const char *)tr->bytes + s->told_bytes,
                      (size_t)h.bytes);
    struct progress st = {.reached = sim_world(s->sim)->head->now,
                       .live = s->lab && !lab_lost(s->lab)};
    if (!s->working && s->goal > st.reached && s->goal != TICK_NEVER)
        st.reached = s->goal;
    message_add(&out, SAY_PROGRESS, done_so_far(s), &st, sizeof st);
    send_all(s, out.text, out.length);
    str_free(&out);
    s->told_events = tr->count;
    s->told_bytes = tr->byte_count;
}

/* ---- a run ---- */

static void end_run(struct server *s)
{
    sim_free(s->sim);
    lab_tear_down(s->lab);
    s->sim = NULL;
    s->lab = NULL;
    s->working = false;
}

static void begin_run(struct server *s)
{
    const char *why = "this lesson is for the model only";
    s->complained = false;
    s->sim = sim_new(s->scenario);
    sim_plant(s->sim, s->plant);
    s->lab = s->scenario->live ? lab_set_up(s->scenario, &why) : NULL;
    if (s->lab)
        sim_set_kernel(s->sim, lab_kernel(s->lab));
    else
        tell_notice(s, why);
}

static void work(struct server *s)
{
    bool more = sim_advance(s->sim, s->goal, PORTION);
    tick next = sim_next(s->sim);
    /* Nothing more to come: it takes another call to find the run over. */
    s->working = more && (next <= s->goal || next == TICK_NEVER);
    if (!s->working && s->finish)
        sim_stop_until(s->sim, s->goal);
    const char *lost = s->lab ? lab_lost(s->lab) : NULL;
    if (lost && !s->complained)
        tell_notice(s, lost);
    s->complained |= lost != NULL;
    tell_trace(s);
}

/* How many events the new trace has in common with what was told. */
static size_t common(const struct trace *a, const struct trace *b, size_t most)
{
    size_t n = 0;
    while (n < most && n < a->count && n < b->count &&
           memcmp(trace_at(a, n), trace_at(b, n), sizeof(struct event)) == 0)
        n++;
    return n;
}

static size_t common_bytes(const struct trace *a, const struct trace *b,
                           size_t most)
{
    size_t n = 0;
    while (n < most && n < a->byte_count && n < b->byte_count &&
           a->bytes[n] == b->bytes[n])
        n++;
    return n / TRACE_UNIT * TRACE_UNIT;
}

/* Does the first `n` events of `past` again, the user's actions included. */
static void do_again(struct server *s, const struct trace *past, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct event *e = trace_at(past, i);
        if (e->kind != EV_USER || e->cpu != 0)
            continue; /* cpu: 1 if it stands in the file */
        sim_advance(s->sim, e->t, 0);
        sim_act(s->sim, (enum action_kind)e->sub,
                e->sub == ACTION_POLICY ? e->obj : e->proc);
    }
    tick t = n ? trace_at(past, n - 1)->t : 0;
    if (n)
        sim_advance(s->sim, t, 0);
}

static void branch(struct server *s, size_t position)
{
    struct sim *old = s->sim;
    const struct trace *past = sim_trace(old);
    lab_tear_down(s->lab);
    begin_run(s);
    do_again(s, past, position);
    size_t same = common(past, sim_trace(s->sim), s->told_events);
    size_t same_bytes = common_bytes(past, sim_trace(s->sim), s->told_bytes);
    sim_free(old);
    s->told_events = same;
    s->told_bytes = same_bytes;
}

/* ---- requests ---- */

static const char *next_string(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static struct override *next_overrides(const char **at, int count)
{
    struct override *o = mem_new((size_t)count + 1, sizeof *o);
    for (int i = 0; i < count; i++) {
        o[i].key = next_string(at);
        o[i].json = next_string(at);
    }
    return o;
}

/* The other side has done the same with the same file, and found it good. */
static void vary(struct server *s, const char *body)
{
    struct vary_head head;
    memcpy(&head, body, sizeof head);
    const char *at = body + sizeof head;
    struct override *o = next_overrides(&at, head.override_count);
    struct diag d = {0};
    scenario_vary(s->scenario, str_text(&s->text), s->text.length, o,
                  head.override_count, &d);
    diag_free(&d);
    free(o);
    tell_done(s);
}

static void load(struct server *s, const char *body)
{
    struct load_head head;
    memcpy(&head, body, sizeof head);
    const char *at = body + sizeof head;
    const char *path = next_string(&at);
    const char *plant = next_string(&at);
    struct override *o = next_overrides(&at, head.override_count);
    keys_speak((enum lang)head.lang);
    end_run(s);
    scenario_free(s->scenario);
    free(s->plant);
    s->plant = head.has_plant ? strdup(plant) : NULL;
    s->told_events = s->told_bytes = 0;
    str_cut(&s->text, 0);
    str_add_bytes(&s->text, at, (size_t)head.text_length);
    struct diag d = {0};
    s->scenario = scenario_read(path, at, (size_t)head.text_length, o,
                                head.override_count, &d);
    diag_free(&d);
    free(o);
    if (!s->scenario) {
        tell_notice(s, "the session cannot read the scenario");
        tell_done(s);
        return;
    }
    begin_run(s);
    s->goal = 0;
    tell_trace(s);
}

static void act(struct server *s, const struct ask *a)
{
    const struct trace *tr = sim_trace(s->sim);
    if (a->position < tr->count &&
        trace_instant_end(tr, (size_t)a->position) < tr->count)
        branch(s, (size_t)a->position);
    s->goal = a->until;
    sim_advance(s->sim, a->until, 0);
    sim_act(s->sim, (enum action_kind)a->action, a->proc);
    tell_trace(s);
}

static void note(struct server *s, struct lab_seen seen)
{
    if (s->sim && sim_world(s->sim)->head->stop == STOP_NOT)
        sim_see(s->sim, seen.evidence, seen.count);
}

/* Those who run in the model compute, until there is something to do. */
static void keep_playing(struct server *s)
{
    struct lab_seen seen = lab_play(s->lab, sim_world(s->sim));
    note(s, seen);
    if (seen.count)
        tell_trace(s);
}

static void play(struct server *s, bool playing)
{
    s->playing = playing;
    if (!playing && s->lab)
        note(s, lab_still(s->lab));
    tell_trace(s);
}

static void serve(struct server *s, const struct message *f, const char *body)
{
    struct ask a = {0};
    s->request = f->request;
    if (f->kind == SAY_LOAD) {
        load(s, body);
        return;
    }
    if (f->length == sizeof a)
        memcpy(&a, body, sizeof a);
    if (!s->sim) {
        tell_done(s);
    } else if (f->kind == SAY_VARY) {
        vary(s, body);
    } else if (f->kind == SAY_ADVANCE || f->kind == SAY_FINISH) {
        s->goal = a.until;
        s->finish = f->kind == SAY_FINISH;
        s->working = true;
    } else if (f->kind == SAY_ACT) {
        s->working = false;
        act(s, &a);
    } else if (f->kind == SAY_PLAY) {
        play(s, a.flag != 0);
    }
}

/* ---- the loop ---- */

static void take(struct server *s)
{
    char piece[PIECE];
    ssize_t n = recv(s->fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        s->gone = true;
    if (n <= 0)
        return;
    str_add_bytes(&s->in, piece, (size_t)n);
    size_t at = 0;
    struct message f;
    const char *body;
    while (message_take(&s->in, &at, &f, &body))
        serve(s, &f, body);
    memmove(s->in.text, s->in.text + at, s->in.length - at);
    str_cut(&s->in, s->in.length - at);
}

/* The socket's end is the first net. The second: the kernel kills us when the
 * thread that started us ends, so even in the middle of a step. */
static void alone(int fd)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "timeslice-lab"); /* for ps(1): it was started as "exe" */
    setsid();
    signal(SIGPIPE, SIG_IGN);
#ifdef SYS_close_range
    if (fd > 3)
        syscall(SYS_close_range, 3, (unsigned)fd - 1, 0);
    syscall(SYS_close_range, (unsigned)fd + 1, ~0u, 0);
#endif
}

int session_serve(int fd, bool host)
{
    struct server s = {.fd = fd};
    alone(fd);
    sweep_dead();
    if (!host)
        sandbox_enter(fd);
    while (!s.gone) {
        struct pollfd look = {.fd = fd, .events = POLLIN};
        if (!s.working && s.lab)
            lab_rest(s.lab);
        if (poll(&look, 1, s.working ? 0 : -1) > 0)
            take(&s);
        else if (s.working)
            work(&s);
        if (s.playing && !s.working && s.lab && s.sim && !s.gone)
            keep_playing(&s);
    }
    end_run(&s);
    scenario_free(s.scenario);
    free(s.plant);
    str_free(&s.in);
    str_free(&s.text);
    sweep_end();
    return 0;
}
