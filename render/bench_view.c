/* bench_view.c: the page of bench-ipc on a screen, or in a picture. As in
 * app.c the loop sleeps until something happens. */
#include "render/bench_view.h"

#include "render/png.h"
#include "render/sdl.h"
#include "render/stage.h"

#include <math.h>

enum { WIDTH = 1280, HEIGHT = 800 };

struct window {
    struct bench_source *source;
    struct bench_look look;
    struct sdl_window *sdl;
    struct canvas *canvas;
    struct font_set *fonts;
    struct ui ui;
    struct input in;
    bool full_screen, quit;
};

static float scale_of(const struct window *w)
{
    return screen_scale(theme_of(w->look.theme)->big, 1, w->look.width,
                        w->look.height);
}

static void describe(struct window *w)
{
    float scale = scale_of(w);
    ui_begin(&w->ui, (struct ui_setup){.theme = theme_of(w->look.theme),
                                       .text = w->fonts,
                                       .lang = w->look.lang,
                                       .width = (float)w->look.width / scale,
                                       .height = (float)w->look.height / scale,
                                       .scale = scale,
                                       .in = &w->in});
    bench_draw(&w->ui, w->source, NULL);
    ui_end(&w->ui);
}

static size_t paint(struct window *w)
{
    return canvas_draw(w->canvas, w->fonts, &w->ui.layers[0], scale_of(w),
                       ui_tone(&w->ui, TONE_GROUND));
}

/* ----------------------------------------------------------------- wishes */

static void carry_out(struct window *w, int what)
{
    if (what == BENCH_DO_THEME)
        w->look.theme = (enum theme_kind)((w->look.theme + 1) % THEME_COUNT);
    if (what == BENCH_DO_LANG)
        w->look.lang = (enum lang)((w->look.lang + 1) % LANG_COUNT);
    if (what == BENCH_DO_AGAIN && w->source->again && !w->source->measuring &&
        !w->source->trouble)
        w->source->again(w->source);
}

static void save_picture(struct window *w)
{
    struct str why = {0};
    png_write("timeslice-bench-ipc.png", canvas_pixels(w->canvas),
              canvas_width(w->canvas), canvas_height(w->canvas), &why);
    str_free(&why);
}

/* Carries out keys and clicks; true if there was one. */
static bool obey(struct window *w)
{
    static const struct {
        int key, mods, what;
    } keys[] = {{'t', 0, BENCH_DO_THEME},
                {'l', 0, BENCH_DO_LANG},
                {'r', 0, BENCH_DO_AGAIN}};
    bool any = w->ui.intent_count > 0;
    for (size_t i = 0; i < w->ui.intent_count; i++)
        carry_out(w, w->ui.intents[i].what);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (input_key(&w->in, keys[i].key, keys[i].mods)) {
            carry_out(w, keys[i].what);
            any = true;
        }
    if (input_key(&w->in, KEY_F11, 0)) {
        w->full_screen = !w->full_screen;
        sdl_full_screen(w->sdl, w->full_screen);
    }
    if (input_key(&w->in, KEY_F12, 0))
        save_picture(w);
    w->quit = w->quit || w->in.quit || input_key(&w->in, 'q', MOD_CTRL) ||
              input_key(&w->in, KEY_ESCAPE, 0);
    return any;
}

/* One turn; what a key has changed is described at once. */
static void turn(struct window *w)
{
    sdl_size(w->sdl, &w->look.width, &w->look.height);
    w->source->poll(w->source);
    describe(w);
    if (obey(w))
        describe(w);
    canvas_resize(w->canvas, w->look.width, w->look.height);
    if (w->in.exposed || w->in.resized)
        canvas_forget(w->canvas);
    sdl_present(w->sdl, w->canvas, paint(w));
    sdl_cursor(w->sdl, w->ui.cursor);
    sdl_watch_again(w->sdl);
}

static int patience(const struct window *w)
{
    if (w->ui.moving)
        return 16;
    return w->ui.wake > 1e6 ? -1 : (int)ceil(w->ui.wake * 1000);
}

static void fill_look(struct window *w, const struct bench_look *look)
{
    w->look = *look;
    w->look.width = look->width ? look->width : WIDTH;
    w->look.height = look->height ? look->height : HEIGHT;
    w->in.x = w->in.y = -1;
}

bool bench_view(struct bench_source *s, const struct bench_look *look,
                struct str *why)
{
    struct window w = {.source = s, .fonts = text_new(why)};
    if (!w.fonts)
        return false;
    fill_look(&w, look);
    w.sdl = sdl_open(word(W_BENCH_TITLE, look->lang), w.look.width,
                     w.look.height, why);
    if (!w.sdl) {
        text_free(w.fonts);
        return false;
    }
    w.canvas = canvas_new(w.look.width, w.look.height);
    sdl_watch(w.sdl, s->descriptor, -1);
    for (turn(&w); !w.quit; turn(&w)) {
        input_next(&w.in);
        sdl_wait(w.sdl, &w.in, patience(&w), scale_of(&w));
    }
    sdl_watch(w.sdl, -1, -1);
    canvas_free(w.canvas);
    sdl_close(w.sdl);
    ui_free(&w.ui);
    text_free(w.fonts);
    return true;
}

bool bench_shot(const struct figures *f, const struct bench_look *look,
                const char *path, struct str *why)
{
    struct bench_source s = {.figures = f, .descriptor = -1};
    struct window w = {.source = &s, .fonts = text_new(why)};
    if (!w.fonts)
        return false;
    fill_look(&w, look);
    w.canvas = canvas_new(w.look.width, w.look.height);
    describe(&w);
    paint(&w);
    bool well = png_write(path, canvas_pixels(w.canvas), w.look.width,
                          w.look.height, why);
    canvas_free(w.canvas);
    ui_free(&w.ui);
    text_free(w.fonts);
    return well;
}
