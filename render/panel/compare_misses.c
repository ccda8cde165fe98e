/* compare_misses.c: at the foot of a run of a comparison, the deadlines that were
 * missed in it: a cross where one passed, and stripes until its job was done. */
#include "render/panel/compare.h"

#include "render/panel/timeline.h"

#include <math.h>

enum { NEAR = 6, APART = 3 /* units between crosses that are drawn */ };

float compare_misses_height(const struct scene *s, const struct rival *r)
{
    return r->miss_count ? ui_leading(s->ui, TYPE_CAPTION) : 0;
}

static float x_of(const struct scene *s, struct rect at, tick t)
{
    return lens_x(&s->view->lens, at, (double)t);
}

static void label(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    const char *text = word(W_LEGEND_MISSED, ui->lang);
    float w = ui_width(ui, TYPE_CAPTION, text) + 1;
    ui_label_in(ui, (struct rect){at.x - SPACE_3 - w, at.y, w, at.h},
                TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT, text);
}

void compare_misses(struct scene *s, const struct rival *r, struct rect at)
{
    if (!r->miss_count)
        return;
    label(s, at);
    float high = fminf(at.h - 4, 12), last = at.x - APART;
    for (size_t i = 0; i < r->miss_count; i++) {
        const struct rival_miss *m = &r->misses[i];
        float a = x_of(s, at, m->due);
        float b = x_of(s, at, m->done < r->end ? m->done : r->end);
        if (b > a)
            jobs_late(s->ui, (struct rect){a, at.y + at.h / 2 - high / 3, b - a,
                                           high * 2 / 3});
    }
    for (size_t i = 0; i < r->miss_count; i++) {
        float x = x_of(s, at, r->misses[i].due);
        if (x - last < APART)
            continue;
        jobs_cross(s->ui, (struct point){x, at.y + at.h / 2}, high);
        last = x;
    }
}

/* The one nearest to the pointer; NULL: none is near. */
static const struct rival_miss *pointed_at(const struct scene *s,
                                           const struct rival *r,
                                           struct rect at)
{
    const struct rival_miss *found = NULL;
    float nearest = NEAR;
    for (size_t i = 0; i < r->miss_count; i++) {
        float d = fabsf(x_of(s, at, r->misses[i].due) - s->ui->in->x);
        if (d < nearest) {
            nearest = d;
            found = &r->misses[i];
        }
    }
    return found;
}

void compare_misses_tip(struct scene *s, const struct rival *r, struct rect at)
{
    struct ui *ui = s->ui;
    if (!rect_has(at, ui->in->x, ui->in->y))
        return;
    const struct rival_miss *m = pointed_at(s, r, at);
    if (!m)
        return;
    const char *end =
        m->done == TICK_NEVER
            ? word(W_JOB_MISSED, ui->lang)
            : scene_say(s, W_JOB_LATE, scene_number(s, m->done),
                        scene_number(s, m->done - m->due));
    struct rect near = {ui->in->x - NEAR, at.y, 2 * NEAR, at.h};
    ui_tip(ui, ui->hot, near,
           scene_say(s, W_MISS_TIP, s->feed->rivals->names[m->row],
                     scene_number(s, m->due), end),
           NULL);
}
