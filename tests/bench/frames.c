/* frames.c: how long a frame takes while a live lesson of twelve processes
 * (twelve.json) plays in a window of 1920 × 1080, on a display of its own
 * (Xvfb).
 *
 * A frame is one turn of the window's loop (app.c): what has come from the
 * session is taken, the picture described, what has changed drawn and handed to
 * the display. Tokens travel, bars grow; nothing is left out.
 *
 * Every tenth frame is drawn twice more, outside of its time: all of it by the
 * canvas, and all of it through SDL_Renderer (renderer.h) into a second window.
 *
 * Wall clock, because somebody waits for it; what else the machine does at the
 * same time is in the figures.
 *
 *     build/release/tests/bench/frames [SECONDS]     30
 *
 * Goals: 99 of 100 frames within 8.3 ms, and SDL_Renderer at least five times
 * as long as ours for the same frame. */
#define _GNU_SOURCE
#include "cli/feed_live.h"
#include "render/sdl.h"
#include "render/stage.h"
#include "tests/bench/kit.h"
#include "tests/bench/renderer.h"
#include "tests/display.h"

#include <stdio.h>

enum { WIDTH = 1920, HEIGHT = 1080, FRAMES_MOST = 100000, EVERY = 10,
       SPEED = 6 /* of travel_speeds */ };

static double wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "frames: %s\n", what);
    exit(3);
}

/* With room for both windows; it dies with us. */
static void open_display(void)
{
    char name[16];
    int number = display_open("1920x1080");
    if (number < 0)
        give_up("Xvfb does not start: apt-get install xvfb");
    snprintf(name, sizeof name, ":%d", number);
    setenv("DISPLAY", name, 1);
    unsetenv("SDL_VIDEODRIVER");
}

static void read_file(const char *path, struct str *to)
{
    char block[4096];
    FILE *f = fopen(path, "r");
    if (!f)
        give_up("run it from the top of the source: tests/bench/twelve.json");
    for (size_t n; (n = fread(block, 1, sizeof block, f));)
        str_add_bytes(to, block, n);
    fclose(f);
}

struct show {
    struct options options;
    struct loaded loaded;
    struct feed *feed;
    struct stage stage;
    struct font_set *fonts;
    struct canvas *canvas, *other;
    struct sdl_window *window;
    SDL_Window *second;
    struct renderer renderer;
    struct input in;
    int watched;
};

static void open_show(struct show *s, const char *program)
{
    struct diag d = {0};
    struct str why = {0};
    *s = (struct show){.options.until = TICK_MAX, .watched = -1};
    read_file("tests/bench/twelve.json", &s->loaded.text);
    str_add(&s->loaded.path, "tests/bench/twelve.json");
    s->loaded.scenario = scenario_read("twelve", s->loaded.text.text,
                                       s->loaded.text.length, NULL, 0, &d);
    require(s->loaded.scenario);
    s->feed = feed_live_new(program, &s->options, &s->loaded, TICK_MAX);
    s->fonts = text_new(&why);
    if (!s->feed || !s->fonts)
        give_up(s->feed ? str_text(&why) : "no session is to be had");
    s->window = sdl_open("frames", WIDTH, HEIGHT, &why);
    if (!s->window)
        give_up(str_text(&why));
    s->canvas = canvas_new(WIDTH, HEIGHT);
    s->other = canvas_new(WIDTH, HEIGHT);
    s->second = SDL_CreateWindow("second", 0, 0, WIDTH, HEIGHT, 0);
    s->renderer.to = SDL_CreateRenderer(s->second, -1, SDL_RENDERER_SOFTWARE);
    s->renderer.fonts = s->fonts;
    require(s->renderer.to);
    s->in.x = s->in.y = -1;
    stage_open(&s->stage, s->feed,
               &(struct app_options){.lang = LANG_EN, .theme = THEME_LIGHT},
               s->fonts);
}

static void close_show(struct show *s)
{
    stage_close(&s->stage);
    feed_live_free(s->feed);
    canvas_free(s->canvas);
    canvas_free(s->other);
    SDL_DestroyRenderer(s->renderer.to);
    SDL_DestroyWindow(s->second);
    sdl_close(s->window);
    text_free(s->fonts);
    loaded_free(&s->loaded);
}

static double turn(struct show *s)
{
    double start = wall_ms();
    stage_update(&s->stage, s->in.now);
    stage_frame(&s->stage, &s->in, WIDTH, HEIGHT);
    size_t changed =
        canvas_draw(s->canvas, s->fonts, &s->stage.ui.layers[0],
                    stage_scale(&s->stage, WIDTH, HEIGHT),
                    ui_tone(&s->stage.ui, TONE_GROUND));
    sdl_present(s->window, s->canvas, changed);
    double took = wall_ms() - start;
    int fd = s->feed->descriptor(s->feed->self);
    if (fd != s->watched)
        sdl_watch(s->window, fd, -1);
    else if (fd >= 0)
        sdl_watch_again(s->window);
    s->watched = fd;
    return took;
}

static double all_by_canvas(struct show *s)
{
    double start = wall_ms();
    canvas_forget(s->other);
    canvas_draw(s->other, s->fonts, &s->stage.ui.layers[0],
                stage_scale(&s->stage, WIDTH, HEIGHT),
                ui_tone(&s->stage.ui, TONE_GROUND));
    return wall_ms() - start;
}

static double all_by_renderer(struct show *s)
{
    double start = wall_ms();
    renderer_frame(&s->renderer, &s->stage.ui.layers[0],
                   stage_scale(&s->stage, WIDTH, HEIGHT),
                   ui_tone(&s->stage.ui, TONE_GROUND));
    return wall_ms() - start;
}

static double ours[FRAMES_MOST], same[FRAMES_MOST], whole[FRAMES_MOST],
    plain[FRAMES_MOST];

static void play(struct show *s, double seconds)
{
    int n = 0, twice = 0;
    double lost = 0; /* to drawing a second time: the lesson's clock stood */
    turn(s);
    s->stage.travel.speed = SPEED;
    stage_do(&s->stage, (struct intent){.what = DO_PLAY});
    double end = wall_ms() + seconds * 1e3;
    while (wall_ms() - lost < end && n < FRAMES_MOST) {
        double patience = stage_patience(&s->stage);
        sdl_wait(s->window, &s->in,
                 patience > 1 ? 1000 : (int)ceil(patience * 1e3),
                 stage_scale(&s->stage, WIDTH, HEIGHT));
        s->in.now -= lost / 1e3;
        ours[n] = turn(s);
        if (n++ % EVERY == 0) {
            same[twice] = ours[n - 1];
            whole[twice] = all_by_canvas(s);
            plain[twice] = all_by_renderer(s);
            lost += whole[twice] + plain[twice];
            twice++;
        }
    }
    tick shown = (tick)s->stage.travel.clock;
    double b = kit_median(plain, twice), a = kit_median(same, twice);
    double w = kit_median(whole, twice), m = kit_median(ours, n);
    printf("%d frames in %.0f s, %lld ticks, %d processes, %zu commands\n"
           "ours, what has changed  median %6.2f ms   p99 %6.2f ms   "
           "most %6.2f ms (goal: p99 at most 8.3)\n"
           "ours, all of it         median %6.2f ms   p99 %6.2f ms\n"
           "SDL_Renderer            median %6.2f ms   p99 %6.2f ms\n"
           "SDL_Renderer over ours, the same %d frames: %.1f, against all of "
           "it: %.1f (goal: at least 5)\n",
           n, seconds, (long long)shown, s->stage.travel.lod.procs,
           s->stage.ui.layers[0].count, m, ours[n * 99 / 100], ours[n - 1], w,
           whole[twice * 99 / 100], b, plain[twice * 99 / 100], twice, b / a,
           b / w);
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 30;
    if (!(seconds > 0) || argc > 2) {
        fprintf(stderr, "usage: frames [SECONDS]\n");
        return 2;
    }
    struct str program = {0};
    const char *slash = strrchr(argv[0], '/');
    str_addf(&program, "%.*s/../../timeslice",
             slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".");
    static struct show s;
    open_display();
    open_show(&s, str_text(&program));
    play(&s, seconds);
    close_show(&s);
    str_free(&program);
    return 0;
}
