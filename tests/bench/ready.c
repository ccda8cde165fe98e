/* ready.c: what a frame of the window costs while 100,000 processes are ready.
 *
 *   build/release/tests/bench/ready [PROCESSES]
 *
 * Milliseconds to describe a frame (what has been described is drawn elsewhere:
 * bench/canvas), of CPU: when nothing has changed since the frame before, and
 * when a tick has passed. */
#include "cli/feed_model.h"
#include "render/stage.h"
#include "tests/bench/kit.h"

#include <math.h>
#include <stdio.h>

#define LESSON(scheduler)                                                      \
    "{'timeslice': 1, 'scheduler': {'policy': " scheduler "}, 'processes': "   \
    "[{'name': 'a', 'nice': 3, 'bursts': [5000]}, {'name': 'b', 'bursts': "    \
    "[2000]}, {'name': 'c', 'tickets': 7, 'bursts': [9000]}]}"

enum { FRAMES = 20, WIDTH = 1920, HEIGHT = 1080, UNTIL = 1000 };

struct window {
    struct stage stage;
    struct input in;
};

static double draw(struct window *w, int frames, double seconds)
{
    double spent = 0;
    for (int i = 0; i < frames; i++) {
        w->in.now += seconds;
        stage_update(&w->stage, w->in.now);
        double from = kit_ns();
        stage_frame(&w->stage, &w->in, WIDTH, HEIGHT);
        spent += kit_ns() - from;
    }
    return spent / frames / 1e6;
}

static void settle(struct window *w)
{
    do
        draw(w, 1, 0);
    while (travel_moves(&w->stage.travel));
}

static void measure(const char *name, const char *json, int n)
{
    struct kit k = kit_scenario(json, n);
    struct feed *feed = feed_model_new(k.sc, UNTIL, NULL);
    struct str why = {0};
    struct font_set *fonts = text_new(&why);
    struct app_options o = {.lang = LANG_EN, .reduced_motion = true};
    struct window w = {.in = {.x = -1, .y = -1}};
    require(fonts);
    stage_open(&w.stage, feed, &o, fonts);
    travel_seek(&w.stage.travel, 100);
    settle(&w);
    int ready = w.stage.travel.replay.world.group[0].ready;
    double idle = draw(&w, FRAMES, 0);
    travel_play(&w.stage.travel, true);
    double playing = draw(&w, FRAMES, 1 / travel_speeds[w.stage.travel.speed]);
    printf("%-10s %9d %9.2f %9.2f\n", name, ready, idle, playing);
    stage_close(&w.stage);
    feed_model_free(feed);
    text_free(fonts);
    str_free(&why);
    kit_free(&k);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100000;
    printf("%-10s %9s %9s %9s   ms a frame\n", "policy", "ready", "idle",
           "playing");
    measure("fcfs", LESSON("'fcfs'"), n);
    measure("rr", LESSON("'rr', 'quantum': 10"), n);
    measure("sjf", LESSON("'sjf'"), n);
    measure("hrrn", LESSON("'hrrn'"), n);
    measure("lottery", LESSON("'lottery', 'quantum': 10"), n);
    measure("cfs", LESSON("'cfs', 'latency': 20, 'min_granularity': 10"), n);
    measure("eevdf", LESSON("'eevdf', 'slice': 10"), n);
    measure("xv6", LESSON("'xv6', 'quantum': 10"), n);
    return 0;
}
