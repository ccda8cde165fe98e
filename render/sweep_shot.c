/* sweep_shot.c: the plot of a sweep as a picture, without a window. */
#include "render/export/svg.h"
#include "render/png.h"
#include "render/sdl.h"
#include "render/stage.h"
#include "render/sweep_plot.h"

enum { WIDTH = 1280, HEIGHT = 800 };

bool sweep_plot_shot(const struct sweep_figures *f,
                     const struct sweep_look *look, const char *path,
                     struct str *svg, struct str *why)
{
    struct font_set *fonts = text_new(why);
    struct ui ui = {0};
    struct input in = {.x = -1, .y = -1};
    bool well = true;
    if (!fonts)
        return false;
    int width = look->width ? look->width : WIDTH;
    int height = look->height ? look->height : HEIGHT;
    const struct theme *theme = theme_of(look->theme);
    float scale = screen_scale(theme->big, 1, width, height);
    ui_begin(&ui, (struct ui_setup){.theme = theme,
                                    .text = fonts,
                                    .lang = look->lang,
                                    .width = (float)width / scale,
                                    .height = (float)height / scale,
                                    .scale = scale,
                                    .in = &in});
    sweep_plot_draw(&ui, f);
    ui_end(&ui);
    colour ground = ui_tone(&ui, TONE_GROUND);
    if (path) {
        struct canvas *canvas = canvas_new(width, height);
        canvas_draw(canvas, fonts, &ui.layers[0], scale, ground);
        well = png_write(path, canvas_pixels(canvas), width, height, why);
        canvas_free(canvas);
    } else {
        svg_write(&(struct svg_picture){.draw = &ui.layers[0],
                                        .part = {0, 0, width, height},
                                        .scale = scale,
                                        .ground = ground,
                                        .title = f->title},
                  svg);
    }
    ui_free(&ui);
    text_free(fonts);
    return well;
}
