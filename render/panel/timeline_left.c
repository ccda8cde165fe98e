/* timeline_left.c: what would have come of the run that the user has left.
 *
 * It begins where he changed the policy: up to there both are one. It stands
 * below the row of its CPU, paler, and to its end, though the new run has not
 * come so far yet. */
#include "render/panel/timeline.h"

#include <math.h>

static const char *label(const struct scene *s, const struct rival *left)
{
    const struct scheduler *k = left->by;
    if (left->turns)
        k = left->turn[left->turns - 1].by;
    tick q = scheduler_quantum(k);
    const char *name = k->policy;
    if (q)
        name = ui_format(s->ui, "%s %lld", name, (long long)q);
    return scene_say(s, W_LANE_LEFT, name);
}

void timeline_left(struct scene *s, const struct rival *left, struct rect row,
                   struct rect lane, int cpu)
{
    struct ui *ui = s->ui;
    struct rect side = {row.x + SPACE_2, row.y, lane.x - row.x - SPACE_3, row.h};
    ui_label_short(ui, side, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   label(s, left));
    ui_id id = ui_make_id("left", cpu);
    ui_pressed(ui, id, side, (struct intent){.what = DO_COMPARE});
    ui_tip(ui, id, side,
           scene_say(s, W_LANE_LEFT_TIP, left->name,
                     scene_number(s, left->left)),
           command_about(DO_COMPARE)->label);
    float x = lens_x(&s->view->lens, lane, (double)left->left);
    float from = fmaxf(x, lane.x), to = lane.x + lane.w;
    if (from >= to)
        return;
    struct rect seen = {from, lane.y, to - from, lane.h};
    struct lens own = s->view->lens; /* words stand in the middle of what is seen */
    s->view->lens.from = fmax(own.from, (double)left->left);
    draw_clip_push(ui->draw, seen);
    s->beside = left;
    timeline_lane(s, seen, &left->cpu[cpu], NULL);
    s->beside = NULL;
    s->view->lens = own;
    draw_rect(ui->draw, seen, colour_fade(ui_tone(ui, TONE_SURFACE), 0.4f));
    draw_clip_pop(ui->draw);
    if (x < lane.x)
        return;
    struct point fork[] = {{x, lane.y - 4}, {x, lane.y + lane.h}};
    draw_polyline(ui->draw, fork, 2,
                  (struct stroke){.line = ui_tone(ui, TONE_ACCENT),
                                  .width = ui->theme->line});
}
