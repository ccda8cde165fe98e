/* svg.c: see svg.h. Each kind of command has a function of its own, here or in
 * svg_shapes.c, beside the one in canvas_draw.c that makes pixels of it. */
#include "render/export/svg.h"

#include "render/canvas_draw.h"
#include "render/export/svg_shapes.h"

#include <string.h>

void svg_add_text(struct str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned code = 0;
        size_t n = utf8_length(text + i, length - i, &code);
        bool control = code < 0x20 && code != '\t';
        if (!n || control || code == 0xFFFE || code == 0xFFFF)
            str_add(out, "\xEF\xBF\xBD");
        else if (code == '&')
            str_add(out, "&amp;");
        else if (code == '<')
            str_add(out, "&lt;");
        else if (code == '>')
            str_add(out, "&gt;");
        else if (code == '"')
            str_add(out, "&quot;");
        else
            str_add_bytes(out, text + i, n);
        i += n ? n : 1;
    }
}

/* ---- shadows, images, text ---- */

/* A few rounded rectangles on each other: the canvas's shadow falls off with
 * the square of the distance, and so do they. */
static void write_shadow(struct svg_writer *w, const struct draw_command *c)
{
    enum { LAYERS = 6 };
    struct rect at = svg_place(c->shadow.at, w->scale, true);
    float blur = c->shadow.blur * w->scale, radius = c->shadow.radius * w->scale;
    float before = 0;
    for (int i = 0; i < LAYERS; i++) {
        float out = ((float)(LAYERS - i) - 0.5f) / LAYERS;
        float cover = (1 - out) * (1 - out);
        svg_begin_rect(w, rect_inset(at, -out * blur), radius + out * blur);
        svg_add_colour(w->out, "fill",
                   colour_fade(c->shadow.ink, cover - before));
        str_add(w->out, "/>\n");
        before = cover;
    }
}

/* Runs of one colour as rectangles. */
static void write_image(struct svg_writer *w, const struct draw_command *c)
{
    struct rect at = svg_place(c->bounds, w->scale, false);
    float cell_w = at.w / (float)c->image.width;
    float cell_h = at.h / (float)c->image.height;
    for (int y = 0; y < c->image.height; y++) {
        const colour *row = c->image.pixels + (ptrdiff_t)y * c->image.width;
        for (int x = 0, end; x < c->image.width; x = end) {
            for (end = x; end < c->image.width && row[end] == row[x];)
                end++;
            if (!(row[x] >> 24))
                continue;
            svg_begin_rect(w, (struct rect){at.x + cell_w * (float)x,
                                        at.y + cell_h * (float)y,
                                        cell_w * (float)(end - x), cell_h}, 0);
            svg_add_colour(w->out, "fill", row[x]);
            str_add(w->out, " shape-rendering=\"crispEdges\"/>\n");
        }
    }
}

static void write_text(struct svg_writer *w, const struct draw_command *c)
{
    static const struct {
        const char *family;
        int weight;
    } faces[FACE_COUNT] = {
        [FACE_REGULAR] = {"s", 400}, [FACE_MEDIUM] = {"s", 500},
        [FACE_SEMIBOLD] = {"s", 600}, [FACE_BOLD] = {"s", 700},
        [FACE_CODE] = {"c", 400}, [FACE_CODE_BOLD] = {"c", 700},
    };
    const struct draw_run *run = &c->text.run;
    if (!run->length)
        return;
    str_addf(w->out, "<text class=\"%s\"", faces[run->face].family);
    svg_add_attribute(w->out, "x", c->text.at.x * w->scale);
    svg_add_attribute(w->out, "y", svg_nearest(c->text.at.y * w->scale));
    svg_add_attribute(w->out, "font-size", svg_nearest(run->size * w->scale));
    str_addf(w->out, " font-weight=\"%d\"", faces[run->face].weight);
    if (run->length > 1 && run->width > 0) {
        svg_add_attribute(w->out, "textLength", run->width * w->scale);
        str_add(w->out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    svg_add_colour(w->out, "fill", run->ink);
    str_add(w->out, " xml:space=\"preserve\">");
    svg_add_text(w->out, run->text, run->length);
    str_add(w->out, "</text>\n");
}

/* ---- clips ---- */

static bool contains(struct rect out, struct rect in)
{
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

static void end_clip(struct svg_writer *w)
{
    if (w->clipped)
        str_add(w->out, "</g>\n");
    w->clipped = false;
}

/* Opens the group that clips to `clip`, unless it is open. */
static void begin_clip(struct svg_writer *w, struct pixel_rect clip)
{
    struct rect r = {(float)clip.x, (float)clip.y, (float)clip.w,
                     (float)clip.h};
    if (w->clipped && memcmp(&w->clip, &r, sizeof r) == 0)
        return;
    end_clip(w);
    int name = w->clips++;
    str_addf(w->out, "<clipPath id=\"c%d\">", name);
    svg_begin_rect(w, r, 0);
    str_addf(w->out, "/></clipPath>\n<g clip-path=\"url(#c%d)\">\n", name);
    w->clip = r;
    w->clipped = true;
}

/* ---- all of it ---- */

static void write_command(struct svg_writer *w, const struct draw_command *c)
{
    switch (c->kind) {
    case DRAW_BOX: svg_box(w, &c->box); break;
    case DRAW_CIRCLE: svg_circle(w, c); break;
    case DRAW_RING: svg_ring(w, c); break;
    case DRAW_LINE: svg_line(w, c); break;
    case DRAW_POLYGON:
        svg_polygon(w, c->polygon.points, c->polygon.count, w->scale,
                      c->polygon.fill);
        break;
    case DRAW_SHADOW: write_shadow(w, c); break;
    case DRAW_TEXT: write_text(w, c); break;
    case DRAW_IMAGE: write_image(w, c); break;
    }
}

static void write_commands(struct svg_writer *w, const struct svg_picture *p)
{
    for (size_t i = 0; i < p->draw->count; i++) {
        const struct draw_command *c = &p->draw->commands[i];
        struct pixel_rect bounds = canvas_pixels_of(c->bounds, p->scale);
        struct pixel_rect clip = canvas_pixels_of(c->clip, p->scale);
        if (pixel_meet(pixel_meet(bounds, clip), p->part).w <= 0)
            continue;
        if (contains(c->clip, c->bounds))
            end_clip(w);
        else
            begin_clip(w, clip);
        write_command(w, c);
    }
    end_clip(w);
}

void svg_write(const struct svg_picture *p, struct str *out)
{
    struct svg_writer w = {.out = out, .scale = p->scale};
    str_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
             "height=\"%d\" viewBox=\"%d %d %d %d\" role=\"img\">\n<title>",
             p->part.w, p->part.h, p->part.x, p->part.y, p->part.w, p->part.h);
    svg_add_text(out, p->title, strlen(p->title));
    str_add(out,
            "</title>\n<style>text{white-space:pre;font-kerning:none;"
            "font-variant-ligatures:none}"
            ".s{font-family:Inter,\"DejaVu Sans\",\"WenQuanYi Micro Hei\","
            "\"Noto Sans CJK SC\",sans-serif}"
            ".c{font-family:\"JetBrains Mono\",\"DejaVu Sans Mono\","
            "\"WenQuanYi Micro Hei Mono\",monospace}</style>\n");
    svg_begin_rect(&w, (struct rect){(float)p->part.x, (float)p->part.y,
                                 (float)p->part.w, (float)p->part.h}, 0);
    svg_add_colour(out, "fill", p->ground);
    str_add(out, "/>\n");
    write_commands(&w, p);
    str_add(out, "</svg>\n");
}
