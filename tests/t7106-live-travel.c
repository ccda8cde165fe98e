/* t7106-live-travel.c: going through a live run. What is shown is always what
 * the trace says up to the cursor, whatever has become of the trace meanwhile:
 * a new branch does the past again, with other real processes. */
#include "cli/feed_live.h"
#include "render/travel.h"
#include "tests/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Whoever takes A out makes room for the other four: a long instant in the
 * midst of a time in which nothing happens. */
static const char lesson[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"machine\": {\"memory\": 4},"
    " \"scheduler\": {\"policy\": \"rr\", \"quantum\": 9}, \"processes\": ["
    "{\"name\": \"A\", \"memory\": 4, \"program\": [{\"cpu\": 2},"
    " {\"sleep\": 2}, {\"cpu\": 20}]},"
    "{\"name\": \"B\", \"program\": [{\"pipe\": \"p\"}, {\"fork\": \"C\"},"
    " {\"cpu\": 20}, {\"write\": \"p[1]\", \"text\": \"x\"}]},"
    "{\"name\": \"C\", \"program\": [{\"read\": \"p[0]\", \"size\": 9}]},"
    "{\"name\": \"D\", \"memory\": 1, \"bursts\": [4]},"
    "{\"name\": \"E\", \"memory\": 1, \"bursts\": [4]},"
    "{\"name\": \"F\", \"memory\": 1, \"bursts\": [4]},"
    "{\"name\": \"G\", \"memory\": 1, \"bursts\": [4]}]}";

struct live {
    struct loaded l;
    struct feed *feed;
    struct travel travel;
};

static bool begin_with(struct live *v, const char *text, tick until)
{
    static const struct options no_options;
    struct diag d = {0};
    v->l = (struct loaded){
        .scenario = scenario_read("x", text, strlen(text), NULL, 0, &d)};
    diag_free(&d);
    str_add(&v->l.text, text);
    v->feed = feed_live_new(getenv("TIMESLICE"), &no_options, &v->l, until);
    if (v->feed)
        travel_open(&v->travel, v->feed);
    return v->feed;
}

static bool begin(struct live *v)
{
    return begin_with(v, lesson, 1000);
}

static void end(struct live *v)
{
    travel_close(&v->travel);
    feed_live_free(v->feed);
    loaded_free(&v->l);
}

/* A frame of the window. */
static void frame(struct live *v)
{
    nanosleep(&(struct timespec){.tv_nsec = 4000000}, NULL);
    travel_update(&v->travel, 0.004);
}

static void frames_until_still(struct live *v)
{
    for (int i = 0; i < 5000; i++) {
        frame(v);
        if (!travel_moves(&v->travel) && !v->feed->busy(v->feed->self))
            return;
    }
    EXPECT(false); /* still on the way */
}

/* How often real processes were seen computing. */
static int seen_computing(const struct live *v)
{
    const struct trace *tr = v->feed->trace;
    int n = 0;
    for (size_t i = 0; i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        n += e->kind == EV_KERNEL && e->sub == SEEN_LETTER && e->val == 'R';
    }
    return n;
}

/* The world shown is that of the trace, read anew up to the cursor. */
static void expect_true_picture(const struct live *v)
{
    struct replay anew;
    replay_init(&anew, v->feed->scenario, v->feed->trace);
    replay_seek(&anew, travel_cursor(&v->travel));
    EXPECT(world_equal(&anew.world, &v->travel.replay.world));
    replay_free(&anew);
}

static const struct world *shown(const struct live *v)
{
    return &v->travel.replay.world;
}

static void play_for(struct live *v, double ticks)
{
    v->travel.speed = SPEED_NORMAL + 3; /* 16 ticks a second */
    travel_play(&v->travel, true);
    for (int i = 0; i < 5000 && v->travel.clock < ticks; i++)
        frame(v);
    travel_play(&v->travel, false);
    frames_until_still(v);
}

TEST("after playing and pausing, what the user does happens and is shown")
{
    int computing = 0;
    for (int ticks = 1; ticks < 12; ticks++) {
        struct live v;
        NEED(begin(&v));
        test_case("after %d ticks", ticks);
        play_for(&v, ticks + 0.5);
        EXPECT(v.feed->live);
        computing += seen_computing(&v);
        expect_true_picture(&v);
        tick now = shown(&v)->head->now;
        travel_act(&v.travel, ACTION_SUSPEND, 0);
        frames_until_still(&v);
        expect_true_picture(&v);
        int state = shown(&v)->task[0].state;
        EXPECT(state == READY_SUSPENDED || state == BLOCKED_SUSPENDED);
        EXPECT(shown(&v)->head->now >= now);
        EXPECT_EQ_INT(shown(&v)->proc[0].letter, 'T');
        travel_act(&v.travel, ACTION_ACTIVATE, 0);
        frames_until_still(&v);
        expect_true_picture(&v);
        travel_act(&v.travel, ACTION_KILL, 0);
        frames_until_still(&v);
        EXPECT_EQ_INT(shown(&v)->task[0].state, TERMINATED);
        expect_true_picture(&v);
        travel_last(&v.travel);
        frames_until_still(&v);
        expect_true_picture(&v);
        EXPECT_EQ_INT(shown(&v)->head->stop, STOP_FINISHED);
        EXPECT_EQ_INT(shown(&v)->head->diverged, 0);
        end(&v);
    }
    EXPECT(computing > 10); /* else this was not worth much */
}

TEST("two requests in a row are both carried out, one after the other")
{
    struct live v;
    NEED(begin(&v));
    play_for(&v, 4);
    travel_act(&v.travel, ACTION_SUSPEND, 0);
    travel_act(&v.travel, ACTION_KILL, 1);
    frames_until_still(&v);
    EXPECT_EQ_INT(shown(&v)->task[0].state, READY_SUSPENDED);
    EXPECT_EQ_INT(shown(&v)->task[1].state, TERMINATED);
    expect_true_picture(&v);
    end(&v);
}

TEST("a step forward and back is where it was, also after an action in a seek")
{
    struct live v;
    NEED(begin(&v));
    for (tick t = 3; t < 12; t += 2) {
        test_case("at %lld", (long long)t);
        travel_seek(&v.travel, t);
        frames_until_still(&v);
        travel_act(&v.travel, t % 4 == 1 ? ACTION_ACTIVATE : ACTION_SUSPEND, 0);
        frames_until_still(&v);
        struct world before = {0};
        world_copy(&before, shown(&v));
        travel_step(&v.travel, 1, NONE);
        frames_until_still(&v);
        travel_step(&v.travel, -1, NONE);
        frames_until_still(&v);
        EXPECT(world_equal(&before, shown(&v)));
        world_free(&before);
        expect_true_picture(&v);
    }
    end(&v);
}

TEST("when the session is killed the window stops waiting, and says so")
{
    struct live v;
    NEED(begin(&v));
    travel_step(&v.travel, 1, NONE);
    frames_until_still(&v);
    char path[64], children[64] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *f = fopen(path, "r");
    NEED(f && fgets(children, sizeof children, f));
    fclose(f);
    kill((pid_t)strtol(children, NULL, 10), SIGKILL);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    travel_step(&v.travel, 1, NONE);
    travel_act(&v.travel, ACTION_KILL, 0);
    frames_until_still(&v);
    EXPECT(v.feed->ended);
    EXPECT(v.feed->notice != NULL);
    EXPECT(!v.travel.steps_owed && !v.travel.acting);
    travel_last(&v.travel);
    frames_until_still(&v);
    travel_play(&v.travel, true);
    frames_until_still(&v);
    expect_true_picture(&v);
    end(&v);
}

/* Left to itself it would go on for a million ticks. */
static const char endless[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [{\"name\": \"A\","
    " \"program\": [{\"repeat\": \"forever\", \"do\": [{\"cpu\": 1},"
    " {\"sleep\": 1}]}]}]}";

TEST("who turns back on the way to the end is not followed by the run")
{
    struct live v;
    NEED(begin_with(&v, endless, TICK_MAX));
    travel_last(&v.travel);
    for (int i = 0; i < 20; i++)
        frame(&v);
    EXPECT(v.feed->busy(v.feed->self));
    travel_first(&v.travel);
    for (int i = 0; i < 1000 && v.feed->busy(v.feed->self); i++)
        frame(&v);
    EXPECT(!v.feed->busy(v.feed->self));
    EXPECT(v.feed->reached(v.feed->self) < 500000);
    EXPECT_EQ_INT(travel_cursor(&v.travel), 0);
    size_t had = v.feed->trace->count;
    for (int i = 0; i < 20; i++)
        frame(&v);
    EXPECT_EQ_INT(v.feed->trace->count, had);
    travel_step(&v.travel, 1, NONE);
    EXPECT(travel_cursor(&v.travel) > 0);
    end(&v);
}
