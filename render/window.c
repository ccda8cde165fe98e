/* window.c: a turn of the window: what has come is taken, a picture made of it
 * and shown; then it sleeps until there is more. */
#include "render/window.h"

#include "render/commands.h"
#include "render/png.h"
#include "render/stage_go.h"

#include <math.h>

enum { WIDTH = 1280, HEIGHT = 800 };

static void save_picture(struct window *w)
{
    struct stage *st = &w->stage;
    const struct canvas *c = w->canvas;
    struct str path = {0}, why = {0}, say = {0};
    str_addf(&path, "timeslice-%lld.png", (long long)st->travel.clock);
    bool saved = png_write(str_text(&path), canvas_pixels(c), canvas_width(c),
                           canvas_height(c), &why);
    if (!saved)
        str_addf(&path, ": %s", str_text(&why));
    str_addf(&say, word(saved ? W_SAVED : W_NOT_SAVED, st->view.lang),
             str_text(&path));
    stage_say(st, str_text(&say));
    str_free(&path);
    str_free(&why);
    str_free(&say);
}

static void watch(struct window *w)
{
    const struct feed *f = w->stage.travel.feed;
    const struct app_options *o = &w->stage.options;
    int fd = f->descriptor(f->self);
    int also = o->descriptor ? o->descriptor(o->ctx) : -1;
    if (fd != w->watched || also != w->also)
        sdl_watch(w->sdl, fd, also);
    else if (fd >= 0 || also >= 0)
        sdl_watch_again(w->sdl);
    w->watched = fd;
    w->also = also;
}

static void paint(struct window *w, int width, int height)
{
    struct stage *st = &w->stage;
    canvas_resize(w->canvas, width, height);
    if (w->in.exposed || w->in.resized)
        canvas_forget(w->canvas);
    size_t changed =
        canvas_draw(w->canvas, w->fonts, &st->ui.layers[0],
                    stage_scale(st, width, height),
                    ui_tone(&st->ui, TONE_GROUND));
    sdl_present(w->sdl, w->canvas, changed);
    sdl_cursor(w->sdl, st->ui.cursor);
    sdl_typing(w->sdl, st->ui.focus != 0);
}

static void retitle(struct window *w)
{
    struct str title = {0};
    w->unsaved = edit_unsaved(&w->stage.edit);
    str_addf(&title, "%s%s – Timeslice", w->unsaved ? "• " : "",
             text_in(w->stage.travel.feed->scenario->title, w->stage.view.lang));
    sdl_title(w->sdl, str_text(&title));
    str_free(&title);
}

void window_turn(struct window *w)
{
    struct stage *st = &w->stage;
    int width, height;
    sdl_size(w->sdl, &width, &height);
    const struct feed *before = st->travel.feed;
    enum lang lang = st->view.lang;
    if (w->in.woken && st->options.changed &&
        st->options.changed(st->options.ctx))
        stage_elsewhere(st);
    if (w->in.quit) {
        w->in.quit = false;
        stage_quit(st);
    }
    stage_update(st, w->in.now);
    stage_frame(st, &w->in, width, height);
    paint(w, width, height);
    if (st->wants_full_screen)
        sdl_full_screen(w->sdl, st->view.full_screen);
    if (st->wants_screenshot)
        save_picture(w);
    st->wants_full_screen = st->wants_screenshot = false;
    if (before != st->travel.feed || lang != st->view.lang ||
        w->unsaved != edit_unsaved(&st->edit))
        retitle(w);
    watch(w);
}

/* Milliseconds to sleep at most. A feed without a descriptor that is busy
 * works in its poll: it must be called again at once. */
static int patience(const struct window *w)
{
    const struct feed *f = w->stage.travel.feed;
    if (w->watched < 0 && f->busy(f->self))
        return 0;
    double s = stage_patience(&w->stage);
    return s > 1e6 ? -1 : (int)ceil(s * 1000);
}

void window_wait(struct window *w, int most)
{
    int width, height, ms = patience(w);
    sdl_size(w->sdl, &width, &height);
    input_next(&w->in);
    sdl_wait(w->sdl, &w->in, most >= 0 && (ms < 0 || ms > most) ? most : ms,
             stage_scale(&w->stage, width, height));
}

static bool opens_field(struct key_press key)
{
    int what = command_of_key(key).what;
    return what == DO_FIND || what == DO_FIND_NEXT || what == DO_FIND_BEFORE ||
           what == DO_GO_TO;
}

bool window_done(const struct window *w)
{
    return w->stage.quit;
}

bool window_open(struct window *w, struct feed *feed,
                 const struct app_options *options, struct str *why)
{
    *w = (struct window){.watched = -1, .also = -1};
    w->fonts = text_new(why);
    if (!w->fonts)
        return false;
    int width = options->width ? options->width : WIDTH;
    int height = options->height ? options->height : HEIGHT;
    w->sdl = sdl_open("Timeslice", width, height, why);
    if (!w->sdl) {
        text_free(w->fonts);
        return false;
    }
    sdl_openers(w->sdl, opens_field);
    w->canvas = canvas_new(width, height);
    w->in.x = w->in.y = -1;
    stage_open(&w->stage, feed, options, w->fonts);
    retitle(w);
    return true;
}

void window_close(struct window *w)
{
    travel_play(&w->stage.travel, false);
    stage_keep(&w->stage);
    stage_close(&w->stage);
    canvas_free(w->canvas);
    sdl_close(w->sdl);
    text_free(w->fonts);
}
