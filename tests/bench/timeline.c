/* timeline.c: what a frame of the window costs when its timeline is very long.
 *
 * A run is opened in a stage of 1920 × 1080 without a display. Then the lanes
 * behind its timeline are replaced by long ones: round robin of three processes
 * on one CPU, N slices of uneven length, put in by lane_add as reading a trace
 * does. (The events themselves, some 100 bytes a slice, are not made: a frame
 * looks at lanes only.)
 *
 * Three zooms: all of it, a hundredth, a ten-thousandth. Before each frame the
 * lens moves by one pixel, so that every column is another one than before.
 * A frame is everything: described, and what has changed drawn. The two
 * lengths take turns frame by frame, and what is compared are their medians.
 *
 *     build/release/tests/bench/timeline [SLICES]     100000000
 *
 * Goal: a hundred times as many slices take at most twice as long. */
#include "cli/feed_model.h"
#include "render/canvas.h"
#include "render/stage.h"
#include "tests/bench/kit.h"

#include <stdio.h>

enum { WIDTH = 1920, HEIGHT = 1080, FRAMES = 101, PROCESSES = 3 };

static const size_t few = 1000000;

static const char scenario[] =
    "{'timeslice': 1, 'title': 'long', 'scheduler': {'policy': 'rr'},"
    " 'processes': [{'name': 'A', 'bursts': [9]}, {'name': 'B', 'bursts': [9]},"
    " {'name': 'C', 'bursts': [9]}]}";

struct long_run {
    struct kit kit;
    struct feed *feed;
    struct stage stage;
    struct canvas *canvas;
    struct input in;
    size_t slices;
    double zoom; /* the part that is in sight is one of so many */
    double at;   /* where it begins, ticks */
};

/* `n` slices of 1 to 7 ticks; every fifth ends in a sleep until the process's
 * own next turn. */
static void grow(struct lod *l, size_t n)
{
    tick t = l->end;
    for (size_t i = 0; i < n; i++) {
        int p = (int)(i % PROCESSES);
        lane_add(&l->cpu[0], t, p);
        lane_add(&l->state[p], t, RUNNING);
        t += 1 + (tick)(i * 2654435761u >> 7) % 7;
        lane_add(&l->state[p], t, i % 5 ? READY : BLOCKED);
    }
    l->end = t;
}

static void open_run(struct long_run *r, size_t slices, struct font_set *fonts)
{
    *r = (struct long_run){.kit = kit_scenario(scenario, PROCESSES),
                           .canvas = canvas_new(WIDTH, HEIGHT),
                           .in = {.x = -1, .y = -1},
                           .slices = slices};
    r->feed = feed_model_new(r->kit.sc, TICK_MAX, NULL);
    stage_open(&r->stage, r->feed,
               &(struct app_options){.lang = LANG_EN, .theme = THEME_LIGHT,
                                     .reduced_motion = true},
               fonts);
    stage_do(&r->stage, (struct intent){.what = DO_LAST});
    for (r->in.now = 0; r->in.now < 5; r->in.now += 0.1) {
        stage_update(&r->stage, r->in.now);
        stage_frame(&r->stage, &r->in, WIDTH, HEIGHT);
    }
    struct travel *tv = &r->stage.travel;
    require(travel_at_end(tv));
    grow(&tv->lod, slices);
    tv->seen_time = tv->lod.end;
}

static void close_run(struct long_run *r)
{
    stage_close(&r->stage);
    feed_model_free(r->feed);
    canvas_free(r->canvas);
    kit_free(&r->kit);
}

/* Milliseconds for the next frame. */
static double frame(struct long_run *r, struct font_set *fonts)
{
    double all = (double)r->stage.travel.seen_time, sight = all / r->zoom;
    r->at += sight / WIDTH;
    r->stage.view.lens = (struct lens){r->at, r->at + sight};
    r->stage.view.lens_mode = LENS_FREE;
    r->in.now += 1.0 / 60;
    double start = kit_ns();
    stage_update(&r->stage, r->in.now);
    stage_frame(&r->stage, &r->in, WIDTH, HEIGHT);
    canvas_draw(r->canvas, fonts, &r->stage.ui.layers[0],
                stage_scale(&r->stage, WIDTH, HEIGHT),
                ui_tone(&r->stage.ui, TONE_GROUND));
    return (kit_ns() - start) / 1e6;
}

static void compare(struct long_run *a, struct long_run *b, double zoom,
                    struct font_set *fonts)
{
    double of_a[FRAMES], of_b[FRAMES];
    struct long_run *both[] = {a, b};
    for (int i = 0; i < 2; i++) {
        both[i]->zoom = zoom;
        both[i]->at = zoom > 1
                          ? (double)both[i]->stage.travel.seen_time * 0.37
                          : 0;
        frame(both[i], fonts);
    }
    for (int i = 0; i < FRAMES; i++) {
        of_a[i] = frame(a, fonts);
        of_b[i] = frame(b, fonts);
    }
    double one = kit_median(of_a, FRAMES), other = kit_median(of_b, FRAMES);
    printf("1:%-8.0f %10.2f ms %10.2f ms %8.2f\n", zoom, one, other,
           other / one);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    size_t many = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000000;
    if (many < few || argc > 2) {
        fprintf(stderr, "usage: timeline [SLICES], at least %zu\n", few);
        return 2;
    }
    struct str why = {0};
    struct font_set *fonts = text_new(&why);
    if (!fonts) {
        fprintf(stderr, "%s\n", str_text(&why));
        return 3;
    }
    struct long_run a, b;
    open_run(&a, few, fonts);
    open_run(&b, many, fonts);
    printf("a frame of %d x %d, median of %d\n"
           "%-10s %9zu slices %9zu slices   ratio (goal: at most 2)\n",
           WIDTH, HEIGHT, FRAMES, "zoom", few, many);
    compare(&a, &b, 1, fonts);
    compare(&a, &b, 100, fonts);
    compare(&a, &b, 10000, fonts);
    close_run(&a);
    close_run(&b);
    text_free(fonts);
    return 0;
}
