/* A window without a window for tests: a stage on a model feed, keys and
 * clicks. Everything here is inline: a test program has only one file. */
#ifndef TIMESLICE_TESTS_STAND_H
#define TIMESLICE_TESTS_STAND_H

#include "cli/feed_model.h"
#include "render/panel/timeline.h"
#include "render/stage.h"
#include "tests/run.h"
#include "tests/test.h"

#include <math.h>
#include <stdlib.h>

/* A window on a lesson. */
struct stand {
    struct run run; /* of the same lesson, for comparing */
    struct feed *feed;
    struct font_set *fonts;
    struct stage stage;
    struct input in;
    int width, height;
};

static const char stand_lesson[] =
    "{'timeslice': 1, 'title': {'en': 'A pipe', 'zh': '管道'},"
    " 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': ["
    "  {'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child'},"
    "   {'close': 'p[0]'}, {'repeat': 3, 'as': 'i', 'do': [{'cpu': 2},"
    "    {'write': 'p[1]', 'text': '{i}',"
    "     'note': {'en': 'A byte goes in.', 'zh': '写入一个字节。'}},"
    "    {'sleep': 4}]}, {'close': 'p[1]'}, {'wait': 'child'}]},"
    "  {'name': 'child', 'program': [{'close': 'p[1]'},"
    "   {'repeat': 'forever', 'do': [{'read': 'p[0]', 'size': 100,"
    "    'at_eof': 'break'}]}, {'exit': 0}]}]}";

static const char stand_crowd[] =
    "{'timeslice': 1, 'title': 'A crowd',"
    " 'machine': {'cpus': 8, 'memory': 30, 'context_switch': 1},"
    " 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': ["
    "  {'name': 'editor', 'memory': 5, 'bursts': [5, 3, 9]},"
    "  {'name': 'compiler', 'memory': 5, 'bursts': [9, 5, 9]},"
    "  {'name': 'backup', 'memory': 5, 'bursts': [2, 9, 2, 9, 2]},"
    "  {'name': 'mailer', 'memory': 5, 'arrival': 3, 'bursts': [7, 1, 7]},"
    "  {'name': 'game', 'memory': 9, 'arrival': 4, 'bursts': [20]},"
    "  {'name': 'indexer', 'memory': 9, 'arrival': 4, 'bursts': [8, 1, 4]}],"
    " 'actions': [{'at': 4, 'suspend': 'compiler'},"
    "  {'at': 6, 'suspend': 'backup'}, {'at': 20, 'activate': 'compiler'},"
    "  {'at': 21, 'activate': 'backup'}, {'at': 24, 'kill': 'game'}]}";

static inline bool stand_up(struct stand *s, const char *json)
{
    *s = (struct stand){.width = 1280, .height = 800};
    s->run = run_quoted(json, 1000);
    if (!s->run.scenario)
        return false;
    struct str why = {0};
    s->fonts = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    s->feed = feed_model_new(s->run.scenario, 1000, NULL);
    struct app_options o = {.lang = LANG_EN, .reduced_motion = true};
    stage_open(&s->stage, s->feed, &o, s->fonts);
    s->in.x = s->in.y = -1;
    return s->fonts != NULL;
}

static inline void take_down(struct stand *s)
{
    stage_close(&s->stage);
    feed_model_free(s->feed);
    text_free(s->fonts);
    run_free(&s->run);
}

/* One frame, and as many more as it takes until nothing moves. */
static inline void frame(struct stand *s)
{
    for (int i = 0; i < 1000; i++) {
        stage_update(&s->stage, s->in.now);
        stage_frame(&s->stage, &s->in, s->width, s->height);
        input_next(&s->in);
        if (s->stage.travel.playing || !travel_moves(&s->stage.travel))
            return;
    }
    bool rests = false;
    EXPECT(rests);
}

static inline void press(struct stand *s, int key, int mods)
{
    s->in.keys[s->in.key_count++] = (struct key_press){.key = key, .mods = mods};
    frame(s);
}

static inline void click(struct stand *s, float x, float y)
{
    s->in.x = x;
    s->in.y = y;
    frame(s);
    s->in.pressed[BUTTON_LEFT] = s->in.down[BUTTON_LEFT] = true;
    s->in.clicks = 1;
    frame(s);
    s->in.released[BUTTON_LEFT] = true;
    s->in.down[BUTTON_LEFT] = false;
    frame(s);
}

static inline const struct world *world(const struct stand *s)
{
    return &s->stage.travel.replay.world;
}

static inline size_t cursor(const struct stand *s)
{
    return travel_cursor(&s->stage.travel);
}

#endif
