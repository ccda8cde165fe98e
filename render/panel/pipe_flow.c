/* pipe_flow.c: bytes on their way into a pipe and out of it.
 *
 * They come through the left wall of the buffer and leave through the right
 * one, a train of cells each: byte by byte while the buffer shows single bytes,
 * else one that says how many they are. */
#include "render/panel/pipe.h"

#include "render/motion.h"

#include <math.h>

enum { TRAIN_MOST = 8, CELL_GAP = 2 };

int pipe_flow_hides(const struct scene *s, int pipe, enum event_kind kind)
{
    int64_t n = 0;
    size_t at = 0;
    const struct event *e;
    if (motion_is_done(s) != (kind == EV_PUT))
        return 0;
    while ((e = motion_next(s, kind, pipe, &at)))
        n += e->aux;
    return n > s->world->pipe[pipe].bytes ? (int)s->world->pipe[pipe].bytes
                                          : (int)n;
}

bool pipe_flows(const struct scene *s, int pipe)
{
    size_t put = 0, get = 0;
    return motion_next(s, EV_PUT, pipe, &put) ||
           motion_next(s, EV_GET, pipe, &get);
}

/* Where the train's first car stands at last, or at first: its right end. */
struct train {
    struct rect in; /* the buffer */
    float car, x;   /* width of a car; right end of the first one inside */
    int cars;
    bool arrives;
};

/* The right end of the first car at `share` of the way. Outside, the whole
 * train is behind a wall. */
static float place_of(const struct train *t, float share)
{
    float outside = t->in.x - 1;
    float length = (float)t->cars * (t->car + CELL_GAP);
    if (!t->arrives)
        outside = t->in.x + t->in.w + length;
    return t->arrives ? outside + (t->x - outside) * share
                      : t->x + (outside - t->x) * share;
}

static void draw_train(struct scene *s, const struct train *t,
                       const char *const *says)
{
    struct ui *ui = s->ui;
    float right = place_of(t, motion_share(s));
    for (int i = 0; i < t->cars; i++) {
        struct rect cell = {right - (float)i * (t->car + CELL_GAP) - t->car,
                            t->in.y, t->car, t->in.h};
        cell = rect_middle(cell, t->car,
                           fminf(t->in.h, ui_leading(ui, TYPE_CODE) * 1.5f));
        draw_box(ui->draw, (struct box){.at = cell, .radius = 4,
                                        .fill = ui_tone(ui, TONE_ACCENT_SOFT),
                                        .border = ui->theme->edge + 0.5f,
                                        .line = ui_tone(ui, TONE_ACCENT),
                                        .smooth = true});
        ui_label_short(ui, cell, TYPE_CODE_STRONG, ui_tone(ui, TONE_TEXT),
                       ALIGN_CENTRE, says[i]);
    }
}

/* What the bytes of event number `at` are; those of a GET are the oldest, with
 * `behind` of them behind. */
static int cars_of(const struct scene *s, const struct event *e, size_t at,
                   int64_t behind, const char **says)
{
    unsigned char bytes[TRAIN_MOST];
    bool puts = e->kind == EV_PUT;
    int n = motion_bytes(s, e->obj, puts ? at + 1 : at, puts ? 0 : behind,
                         bytes, e->aux);
    for (int i = 0; i < n; i++)
        says[i] = pipe_byte_text(s->ui, bytes[i]);
    return n;
}

/* How many bytes the pipe has with those of the event. */
static int64_t bytes_with(const struct scene *s, const struct event *e)
{
    int64_t n = s->world->pipe[e->obj].bytes;
    return motion_is_done(s) == (e->kind == EV_PUT) ? n : n + e->aux;
}

static void flow(struct scene *s, struct rect in, const struct event *e,
                 size_t at)
{
    const char *says[TRAIN_MOST];
    int64_t all = bytes_with(s, e);
    bool puts = e->kind == EV_PUT;
    struct train t = {.in = in, .arrives = puts, .x = in.x + in.w};
    if (e->aux <= TRAIN_MOST && all <= pipe_cells_most(s, in))
        t.cars = cars_of(s, e, at, all - e->aux, says);
    if (t.cars) {
        t.car = pipe_cell_width(s, in, (size_t)all);
        t.x -= CELL_GAP +
               (puts ? (float)(all - t.cars) * (t.car + CELL_GAP) : 0);
    } else {
        says[0] = scene_number(s, e->aux);
        t.cars = 1;
        t.car = fminf(ui_width(s->ui, TYPE_CODE_STRONG, says[0]) + SPACE_3,
                      in.w);
        t.x -= puts ? in.w / 2 : 0;
    }
    draw_train(s, &t, says);
}

void pipe_flow_draw(struct scene *s, struct rect in, int pipe)
{
    static const enum event_kind kinds[] = {EV_GET, EV_PUT};
    draw_clip_push(s->ui->draw, in);
    for (int k = 0; k < 2; k++) {
        size_t at = 0;
        const struct event *e;
        while ((e = motion_next(s, kinds[k], pipe, &at)))
            flow(s, in, e, at - 1);
    }
    draw_clip_pop(s->ui->draw);
}
