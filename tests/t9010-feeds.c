/* t9010-feeds.c: what the window is fed with: a model in this process, or a
 * live session. Both must keep what render/feed.h promises. */
#include "cli/feed_live.h"
#include "cli/feed_model.h"
#include "sim/base/diag.h"
#include "sim/model/replay.h"
#include "sim/sim.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char lesson[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rr\","
    " \"quantum\": 3}, \"processes\": ["
    "{\"name\": \"a\", \"program\": [{\"pipe\": \"p\"}, {\"fork\": \"b\"},"
    " {\"repeat\": 4, \"do\": [{\"cpu\": 2}, {\"write\": \"p[1]\","
    " \"text\": \"x\"}, {\"sleep\": 3}]}, {\"close\": \"p[1]\"},"
    " {\"wait\": \"b\"}]},"
    "{\"name\": \"b\", \"program\": [{\"close\": \"p[1]\"},"
    " {\"repeat\": \"forever\", \"do\": [{\"read\": \"p[0]\", \"size\": 9,"
    " \"at_eof\": \"break\"}]}]}]}";

/* Everybody waits for ever: b in the last instant of the trace. */
static const char deadlock[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rr\","
    " \"quantum\": 3}, \"processes\": ["
    "{\"name\": \"a\", \"program\": [{\"pipe\": \"p\"}, {\"fork\": \"b\"},"
    " {\"cpu\": 2}, {\"wait\": \"b\"}]},"
    "{\"name\": \"b\", \"program\": [{\"cpu\": 1},"
    " {\"read\": \"p[0]\", \"size\": 9}]}]}";

static struct scenario *read_text(const char *text)
{
    struct diag d = {0};
    struct scenario *sc = scenario_read("x", text, strlen(text), NULL, 0, &d);
    diag_free(&d);
    return sc;
}

static struct scenario *read_lesson(void)
{
    return read_text(lesson);
}

/* Polls until nothing is wanted any more; how often is bounded. */
static int poll_all(struct feed *f, int microseconds)
{
    int polls = 0;
    struct timespec pause = {.tv_nsec = microseconds * 1000L};
    for (; f->busy(f->self) && polls < 20000; polls++) {
        f->poll(f->self);
        nanosleep(&pause, NULL);
    }
    f->poll(f->self);
    return polls;
}

static bool has_stopped(const struct feed *f)
{
    return f->trace->count &&
           trace_at(f->trace, f->trace->count - 1)->kind == EV_STOP;
}

/* The time shown when the cursor stands behind `position` events. */
static tick time_at(const struct trace *tr, size_t position)
{
    return position ? trace_at(tr, position - 1)->t : 0;
}

TEST("a model feed does nothing before it is asked, then just what is wanted")
{
    struct scenario *sc = read_lesson();
    struct feed *f = feed_model_new(sc, 1000, NULL);
    EXPECT(!f->live);
    EXPECT_EQ_INT(f->descriptor(f->self), -1);
    EXPECT(!f->busy(f->self));
    EXPECT(!f->poll(f->self));
    EXPECT_EQ_INT(f->trace->count, 0);
    EXPECT(f->reached(f->self) < 0);
    f->want(f->self, 5);
    EXPECT(f->busy(f->self));
    poll_all(f, 0);
    EXPECT_EQ_INT(f->reached(f->self), 5);
    NEED(f->trace->count > 0);
    EXPECT(trace_at(f->trace, f->trace->count - 1)->t <= 5);
    size_t had = f->trace->count;
    f->want(f->self, 2); /* less than is there: nothing to do */
    EXPECT(!f->busy(f->self));
    EXPECT_EQ_INT(f->trace->count, had);
    f->want(f->self, TICK_MAX);
    poll_all(f, 0);
    EXPECT(has_stopped(f));
    EXPECT_EQ_INT(f->reached(f->self), TICK_MAX);
    feed_model_free(f);
    scenario_free(sc);
}

TEST("a model feed gives the same trace in pieces as in one go")
{
    struct scenario *sc = read_lesson();
    struct feed *once = feed_model_new(sc, 1000, NULL);
    struct feed *pieces = feed_model_new(sc, 1000, NULL);
    once->want(once->self, TICK_MAX);
    poll_all(once, 0);
    for (tick t = 0; t < 100; t++) {
        pieces->want(pieces->self, t);
        poll_all(pieces, 0);
    }
    EXPECT_EQ_HEX(trace_hash(pieces->trace), trace_hash(once->trace));
    feed_model_free(once);
    feed_model_free(pieces);
    scenario_free(sc);
}

TEST("a model feed ends at its bound and says so")
{
    struct scenario *sc = read_lesson();
    struct feed *f = feed_model_new(sc, 7, NULL);
    f->want(f->self, TICK_MAX);
    poll_all(f, 0);
    NEED(has_stopped(f));
    const struct event *e = trace_at(f->trace, f->trace->count - 1);
    EXPECT_EQ_INT(e->sub, STOP_UNTIL);
    EXPECT_EQ_INT(e->t, 7);
    EXPECT(!f->busy(f->self));
    feed_model_free(f);
    scenario_free(sc);
}

/* The trace up to `position`, as a hash. */
static uint64_t hash_of_first(const struct trace *tr, size_t position)
{
    struct trace part = *tr;
    part.count = position;
    part.byte_count = 0;
    return trace_hash(&part);
}

/* Whether the events of a trace can all be applied, one after the other. */
static size_t replayed(const struct feed *f)
{
    struct replay r;
    replay_init(&r, f->scenario, f->trace);
    replay_seek(&r, f->trace->count);
    size_t n = r.world.head->events;
    replay_free(&r);
    return n;
}

TEST("acting in the past of a model begins a branch and keeps what was before")
{
    struct scenario *sc = read_lesson();
    for (size_t position = 1;; position++) {
        struct feed *f = feed_model_new(sc, 1000, NULL);
        const struct trace *address = f->trace;
        f->want(f->self, TICK_MAX);
        poll_all(f, 0);
        size_t whole = f->trace->count;
        if (position >= whole) {
            feed_model_free(f);
            break;
        }
        test_case("position %zu of %zu", position, whole);
        uint64_t before = hash_of_first(f->trace, position);
        f->act(f->self, (struct deed){position, time_at(f->trace, position),
                                      ACTION_KILL, 0});
        EXPECT(f->trace == address);
        NEED(f->trace->count >= position);
        EXPECT_EQ_HEX(hash_of_first(f->trace, position), before);
        f->want(f->self, TICK_MAX);
        poll_all(f, 0);
        EXPECT(has_stopped(f));
        EXPECT_EQ_INT(replayed(f), f->trace->count);
        feed_model_free(f);
    }
    scenario_free(sc);
}

TEST("a run that forgets keeps two blocks of its trace, and goes on the same")
{
    static const char text[] =
        "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [{\"name\": \"a\","
        " \"program\": [{\"repeat\": \"forever\", \"do\": [{\"cpu\": 1}]}]}]}";
    struct diag d = {0};
    struct scenario *sc =
        scenario_read("x", text, sizeof text - 1, NULL, 0, &d);
    NEED(sc != NULL);
    struct sim *all = sim_new(sc), *few = sim_new(sc);
    for (tick t = 1000; t <= 200000; t += 1000) {
        sim_advance(all, t, 0);
        sim_advance(few, t, 0);
        size_t count = sim_trace(few)->count;
        if (count > TRACE_CHUNK)
            sim_forget(few, count - TRACE_CHUNK);
    }
    const struct trace *tr = sim_trace(few);
    size_t held = 0;
    for (size_t i = 0; i < tr->chunk_room; i++)
        held += tr->chunks[i] != NULL;
    EXPECT(tr->count > (size_t)20 * TRACE_CHUNK);
    EXPECT(held <= 2 * TRACE_BLOCK);
    EXPECT(world_equal(sim_world(few), sim_world(all)));
    sim_free(all);
    sim_free(few);
    scenario_free(sc);
    diag_free(&d);
}

TEST("and of what was written and read, a few MiB")
{
    static const char text[] =
        "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [{\"name\": \"a\","
        " \"program\": [{\"pipe\": \"p\"}, {\"repeat\": \"forever\", \"do\": ["
        "{\"write\": \"p[1]\", \"bytes\": 60001},"
        " {\"read\": \"p[0]\", \"size\": 50000},"
        " {\"read\": \"p[0]\", \"size\": 50000}]}]}]}";
    struct scenario *sc = read_text(text);
    NEED(sc != NULL);
    struct sim *all = sim_new(sc), *few = sim_new(sc);
    size_t most = 0;
    for (tick t = 1; t <= 900; t++) {
        sim_advance(all, t, 0);
        sim_advance(few, t, 0);
        size_t count = sim_trace(few)->count;
        sim_forget(few, count > 30 ? count - 30 : 0);
        const struct trace *tr = sim_trace(few);
        size_t held = tr->byte_count - tr->byte_base;
        most = held > most ? held : most;
        /* What is held says the same as it does where all is. */
        for (size_t i = count > 30 ? count - 30 : 0; i < count; i++) {
            const struct event *e = trace_at(tr, i);
            size_t n, m;
            if (e->kind != EV_OP || e->obj == NO_PAYLOAD)
                continue;
            const unsigned char *x = trace_payload(tr, e->obj, &n);
            const unsigned char *y =
                trace_payload(sim_trace(all), e->obj, &m);
            EXPECT(n == m && n > 0 && memcmp(x, y, n) == 0);
        }
    }
    EXPECT(sim_trace(few)->byte_count > (size_t)30 << 20);
    EXPECT(most < (size_t)4 << 20);
    EXPECT(world_equal(sim_world(few), sim_world(all)));
    sim_free(all);
    sim_free(few);
    scenario_free(sc);
}

/* ------------------------------------------------------------------ live */

static struct feed *live_feed_of(struct loaded *l, const char *text)
{
    static const struct options no_options;
    *l = (struct loaded){.scenario = read_text(text)};
    str_add(&l->text, text);
    return feed_live_new(getenv("TIMESLICE"), &no_options, l, 1000);
}

static struct feed *live_feed(struct loaded *l)
{
    return live_feed_of(l, lesson);
}

TEST("a live feed runs real processes, and the kernel agrees")
{
    struct loaded l;
    struct feed *f = live_feed(&l);
    NEED(f != NULL);
    EXPECT(f->descriptor(f->self) >= 0);
    f->want(f->self, TICK_MAX);
    poll_all(f, 1000);
    EXPECT(f->live);
    EXPECT(f->notice == NULL);
    EXPECT(has_stopped(f));
    struct replay r;
    replay_init(&r, f->scenario, f->trace);
    replay_seek(&r, f->trace->count);
    EXPECT(r.world.head->confirmed > 20);
    EXPECT_EQ_INT(r.world.head->diverged, 0);
    EXPECT_EQ_INT(r.world.head->stop, STOP_FINISHED);
    replay_free(&r);
    feed_live_free(f);
    loaded_free(&l);
}

static struct feed *feed_of(struct loaded *l, const char *text, bool live)
{
    if (live)
        return live_feed_of(l, text);
    *l = (struct loaded){.scenario = read_text(text)};
    return feed_model_new(l->scenario, 1000, NULL);
}

static void feed_free(struct feed *f, struct loaded *l, bool live)
{
    (live ? feed_live_free : feed_model_free)(f);
    loaded_free(l);
}

static int count_of(const struct trace *tr, enum event_kind kind)
{
    int n = 0;
    for (size_t i = 0; i < tr->count; i++)
        n += trace_at(tr, i)->kind == kind;
    return n;
}

/* From each position of the trace, those inside its last instant as well. */
static void act_everywhere(const char *text, bool live)
{
    size_t whole = 1;
    for (size_t position = 0; position <= whole; position++) {
        struct loaded l;
        struct feed *f = feed_of(&l, text, live);
        NEED(f != NULL);
        f->want(f->self, TICK_MAX);
        poll_all(f, live ? 200 : 0);
        EXPECT(has_stopped(f));
        whole = f->trace->count;
        test_case("%s, position %zu of %zu", live ? "live" : "model", position,
                  whole);
        tick t = time_at(f->trace, position);
        f->act(f->self, (struct deed){position, t, ACTION_KILL, 0});
        EXPECT(f->trace->count >= position);
        poll_all(f, live ? 200 : 0);
        NEED(count_of(f->trace, EV_USER) == 1);
        f->want(f->self, TICK_MAX);
        poll_all(f, live ? 200 : 0);
        EXPECT(has_stopped(f));
        EXPECT_EQ_INT(replayed(f), f->trace->count);
        feed_free(f, &l, live);
    }
}

TEST("the user may act at every position, also inside the last instant")
{
    act_everywhere(deadlock, false);
    act_everywhere(deadlock, true);
}

/* Nothing happens between 1 and 9; the window has looked at 8, went back to 4
 * and acts there. */
TEST("an action happens at the time shown, and what follows from it is asked")
{
    static const char text[] =
        "{\"timeslice\": 1, \"title\": \"x\", \"processes\": ["
        "{\"name\": \"a\", \"program\": [{\"cpu\": 1}, {\"sleep\": 8}]}]}";
    for (int live = 0; live < 2; live++) {
        struct loaded l;
        struct feed *f = feed_of(&l, text, live);
        NEED(f != NULL);
        f->want(f->self, 8);
        poll_all(f, live ? 200 : 0);
        EXPECT_EQ_INT(f->reached(f->self), 8);
        f->act(f->self,
               (struct deed){f->trace->count, 4, ACTION_SUSPEND, 0});
        poll_all(f, live ? 200 : 0);
        EXPECT_EQ_INT(f->reached(f->self), 4);
        const struct trace *tr = f->trace;
        NEED(count_of(tr, EV_USER) == 1);
        EXPECT_EQ_INT(trace_at(tr, tr->count - 1)->t, 4);
        feed_free(f, &l, live);
    }
}

TEST("a live feed's trace ends where the user acts, at once and afterwards")
{
    for (size_t eighths = 1; eighths < 8; eighths += 3) {
        struct loaded l;
        struct feed *f = live_feed(&l);
        NEED(f != NULL);
        f->want(f->self, TICK_MAX);
        poll_all(f, 1000);
        size_t position = f->trace->count * eighths / 8;
        test_case("position %zu of %zu", position, f->trace->count);
        f->act(f->self, (struct deed){position, time_at(f->trace, position),
                                      ACTION_KILL, 0});
        EXPECT_EQ_INT(f->trace->count, trace_instant_end(f->trace, position));
        poll_all(f, 1000);
        f->want(f->self, TICK_MAX);
        poll_all(f, 1000);
        EXPECT(has_stopped(f));
        EXPECT(f->trace->count >= position);
        EXPECT_EQ_INT(replayed(f), f->trace->count);
        feed_live_free(f);
        loaded_free(&l);
    }
}

TEST("a live feed can be closed with requests under way")
{
    struct loaded l;
    struct feed *f = live_feed(&l);
    NEED(f != NULL);
    f->want(f->self, 5);
    poll_all(f, 1000);
    size_t had = f->trace->count;
    NEED(had > 0);
    f->want(f->self, TICK_MAX);
    feed_live_free(f); /* with requests under way */
    loaded_free(&l);
}
