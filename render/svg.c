#include "render/svg.h"

#include "render/text.h"

#include <math.h>
#include <string.h>

/* Numbers with two decimals at most: "12", "12.5". Always with a point. */
static void add_number(struct str *out, float x)
{
    long long n = llroundf(x * 100);
    if (n < 0)
        str_add_char(out, '-');
    n = n < 0 ? -n : n;
    str_addf(out, "%lld", n / 100);
    if (n % 10)
        str_addf(out, ".%02lld", n % 100);
    else if (n % 100)
        str_addf(out, ".%lld", n % 100 / 10);
}

static void add(struct str *out, const char *name, float x)
{
    str_addf(out, " %s=\"", name);
    add_number(out, x);
    str_add_char(out, '"');
}

/* fill="#rrggbb", and how opaque it is if it is not quite. */
static void add_colour(struct str *out, const char *what, colour c)
{
    unsigned alpha = c >> 24;
    if (!alpha) {
        str_addf(out, " %s=\"none\"", what);
        return;
    }
    str_addf(out, " %s=\"#%06x\"", what, (unsigned)(c & 0xffffff));
    if (alpha < 255) {
        str_addf(out, " %s-opacity=\"", what);
        add_number(out, (float)alpha / 255);
        str_add_char(out, '"');
    }
}

static void add_escaped(struct str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] == '&')
            str_add(out, "&amp;");
        else if (text[i] == '<')
            str_add(out, "&lt;");
        else if (text[i] == '>')
            str_add(out, "&gt;");
        else
            str_add_char(out, text[i]);
}

static void add_dash(struct str *out, float dash)
{
    if (dash <= 0)
        return;
    str_add(out, " stroke-dasharray=\"");
    add_number(out, dash);
    str_add_char(out, '"');
}

/* The border lies inside: half of it in from the edge. */
static void write_box(const struct box *b, struct str *out)
{
    float in = b->border / 2;
    float most = fminf(b->at.w, b->at.h) / 2;
    float radius = fminf(b->radius, most) - in;
    str_add(out, "<rect");
    add(out, "x", b->at.x + in);
    add(out, "y", b->at.y + in);
    add(out, "width", b->at.w - b->border);
    add(out, "height", b->at.h - b->border);
    if (radius > 0)
        add(out, "rx", radius);
    add_colour(out, "fill", b->fill);
    if (b->border > 0) {
        add_colour(out, "stroke", b->line);
        add(out, "stroke-width", b->border);
        add_dash(out, b->dash);
    }
    str_add(out, "/>\n");
}

static void write_disc(struct point at, float radius, colour fill, float width,
                       colour line, struct str *out)
{
    str_add(out, "<circle");
    add(out, "cx", at.x);
    add(out, "cy", at.y);
    add(out, "r", radius - width / 2);
    add_colour(out, "fill", fill);
    if (width > 0) {
        add_colour(out, "stroke", line);
        add(out, "stroke-width", width);
    }
    str_add(out, "/>\n");
}

static void add_points(struct str *out, const struct point *p, size_t count)
{
    str_add(out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        str_add(out, i ? " " : "");
        add_number(out, p[i].x);
        str_add_char(out, ',');
        add_number(out, p[i].y);
    }
    str_add_char(out, '"');
}

static void write_line(const struct draw_command *c, struct str *out)
{
    str_add(out, "<polyline fill=\"none\" stroke-linejoin=\"round\"");
    add_points(out, c->line.points, c->line.count);
    add_colour(out, "stroke", c->line.stroke.line);
    add(out, "stroke-width", c->line.stroke.width);
    add_dash(out, c->line.stroke.dash);
    str_add(out, "/>\n");
}

static void write_text(const struct draw_command *c, struct str *out)
{
    static const int weight[FACE_COUNT] = {400, 500, 600, 700, 400, 700};
    const struct draw_run *run = &c->text.run;
    bool code = run->face == FACE_CODE || run->face == FACE_CODE_BOLD;
    str_addf(out, "<text%s font-weight=\"%d\"",
             code ? " font-family=\"JetBrains Mono,monospace\"" : "",
             weight[run->face]);
    add(out, "x", c->text.at.x);
    add(out, "y", c->text.at.y);
    add(out, "font-size", run->size);
    add(out, "textLength", run->width);
    add_colour(out, "fill", run->ink);
    str_add(out, " lengthAdjust=\"spacingAndGlyphs\">");
    add_escaped(out, run->text, run->length);
    str_add(out, "</text>\n");
}

static void write_command(const struct draw_command *c, struct str *out)
{
    switch (c->kind) {
    case DRAW_BOX:
        write_box(&c->box, out);
        break;
    case DRAW_CIRCLE:
        write_disc(c->circle.at, c->circle.radius, c->circle.fill,
                   c->circle.border, c->circle.line, out);
        break;
    case DRAW_RING:
        write_disc(c->ring.at, c->ring.radius, 0, c->ring.width, c->ring.line,
                   out);
        break;
    case DRAW_LINE:
        write_line(c, out);
        break;
    case DRAW_POLYGON:
        str_add(out, "<polygon");
        add_points(out, c->polygon.points, c->polygon.count);
        add_colour(out, "fill", c->polygon.fill);
        str_add(out, "/>\n");
        break;
    case DRAW_TEXT:
        write_text(c, out);
        break;
    case DRAW_SHADOW:
    case DRAW_IMAGE:
        break;
    }
}

void svg_write(const struct draw *d, float width, float height, colour ground,
               const char *title, struct str *out)
{
    str_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    add_number(out, width);
    str_add_char(out, ' ');
    add_number(out, height);
    str_add_char(out, '"');
    add(out, "width", width);
    add(out, "height", height);
    str_add(out, " font-family=\"Inter,'DejaVu Sans','WenQuanYi Micro Hei',"
                 "'Noto Sans CJK SC',sans-serif\">\n<title>");
    add_escaped(out, title, strlen(title));
    str_add(out, "</title>\n<rect");
    add(out, "width", width);
    add(out, "height", height);
    add_colour(out, "fill", ground);
    str_add(out, "/>\n");
    for (size_t i = 0; i < d->count; i++)
        write_command(&d->commands[i], out);
    str_add(out, "</svg>\n");
}
