/* bench_names.c: the names at the right ends of the lines: each as near to its
 * own line as the others allow, in the lines' order, with its point before it.
 */
#include "render/bench_plot.h"

#include <math.h>

struct name {
    enum way way;
    struct point end; /* of the line */
    float y;          /* of the middle of the name */
};

static const char *name_text(struct plot *p, enum way w)
{
    enum lang lang = p->ui->lang;
    bool kernel = w == WAY_PIPE || w == WAY_FIFO || w == WAY_MSGQ;
    if (!p->rates || !kernel)
        return word(way_table[w].title, lang);
    return ui_format(p->ui, word(W_BENCH_NAME_COPIES, lang),
                     word(way_table[w].title, lang));
}

static bool named(const struct plot *p, enum way w)
{
    return figures_want(p->figures, w) && (way_table[w].carries || !p->rates);
}

static float marker_room(const struct plot *p)
{
    return 8 * p->ui->theme->line;
}

float plot_names_width(struct plot *p)
{
    float width = 0;
    for (int w = 0; w < WAY_COUNT; w++)
        if (named(p, (enum way)w))
            width = fmaxf(width, ui_width(p->ui, TYPE_CAPTION,
                                          name_text(p, (enum way)w)));
    return ceilf(width) + 1 + marker_room(p);
}

/* The end of a line; false: nothing of it is known yet. */
static bool end_of(const struct plot *p, enum way w, struct point *end)
{
    const struct figures *f = p->figures;
    for (int i = figures_sizes(f, w) - 1; i >= 0; i--) {
        const struct figure *g = &f->at[w][i];
        if (!g->known)
            continue;
        bool carries = way_table[w].carries;
        *end = plot_point(p, carries ? (double)f->sizes[i] : 1, p->value(g));
        if (!carries)
            end->x = p->area.x + p->area.w;
        return true;
    }
    return false;
}

/* In the order of their lines, from the top. */
static int gather(const struct plot *p, struct name names[WAY_COUNT])
{
    int n = 0;
    for (int w = 0; w < WAY_COUNT; w++) {
        struct name one = {.way = (enum way)w};
        if (!named(p, one.way) || !end_of(p, one.way, &one.end))
            continue;
        one.y = one.end.y;
        int i = n++;
        for (; i > 0 && names[i - 1].y > one.y; i--)
            names[i] = names[i - 1];
        names[i] = one;
    }
    return n;
}

/* Down until none lies on the one above, then up until all are inside. */
static void push_apart(const struct plot *p, struct name *names, int n,
                       float h)
{
    float bottom = p->area.y + p->area.h;
    for (int i = 0; i < n; i++) {
        float least = i ? names[i - 1].y + h : p->area.y + h / 2;
        names[i].y = fmaxf(names[i].y, least);
    }
    for (int i = n - 1; i >= 0; i--) {
        float most = i < n - 1 ? names[i + 1].y - h : bottom - h / 2;
        names[i].y = fminf(names[i].y, most);
    }
}

static void draw_name(struct plot *p, const struct name *one, float h)
{
    struct rect at = p->at;
    float x = p->area.x + p->area.w + SPACE_6, room = marker_room(p);
    colour ink = plot_ink(p, one->way);
    struct point from = {one->end.x + 7, one->end.y};
    struct point turn = {fmaxf(p->area.x + p->area.w + 5, from.x), one->end.y};
    struct point to = {x - 3, one->y};
    struct stroke thin = {.line = colour_fade(ink, 0.6f), .width = 1};
    draw_line(p->ui->draw, from, turn, thin);
    draw_line(p->ui->draw, turn, to, thin);
    plot_marker(p, one->way, (struct point){x + room / 2 - 2, one->y});
    plot_label(p, (struct rect){x + room, one->y - h / 2,
                                at.x + at.w - x - room, h},
               ink, ALIGN_LEFT, name_text(p, one->way));
}

void plot_names(struct plot *p)
{
    struct name names[WAY_COUNT];
    int n = gather(p, names);
    float h = ui_leading(p->ui, TYPE_CAPTION);
    push_apart(p, names, n, h);
    for (int i = 0; i < n; i++)
        draw_name(p, &names[i], h);
}
