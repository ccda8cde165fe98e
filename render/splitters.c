/* splitters.c: the lines between panels: dragged, they give one side what the
 * other loses, as far as both have what they need; a double click puts them
 * where the layout has them. */
#include "render/layout.h"

#include <math.h>

static void splitter(struct scene *s, const struct grip *g, int i)
{
    struct ui *ui = s->ui;
    ui_id id = ui_make_id("splitter", i);
    bool side = g->side_by_side, was = ui->active == id;
    float middle = side ? g->at.x + g->at.w / 2 : g->at.y + g->at.h / 2;
    float length = g->first + g->second;
    float share = g->first / fmaxf(length, 1);
    struct rect all = side ? (struct rect){middle - g->first, g->at.y, length,
                                           g->at.h}
                           : (struct rect){g->at.x, middle - g->first, g->at.w,
                                           length};
    if (s->view->held == i) {
        float w = side ? 3 : all.w * 0.3f, h = side ? all.h * 0.3f : 3;
        draw_box(ui->draw, (struct box){.at = rect_middle(g->at, w, h),
                                        .radius = 1.5f,
                                        .fill = ui_tone(ui, TONE_ACCENT)});
    }
    bool moved = ui_splitter(ui, id, all, side, &share, 0.05f);
    if (ui->active != id)
        return;
    bool back = !was && ui->in->clicks == 2;
    if (back)
        share = 0;
    if (back || (was && moved))
        ui_want(ui, (struct intent){.what = DO_SPLIT, .arg = (int64_t)g->split,
                                    .value = (double)share});
    if (back || ui->in->released[BUTTON_LEFT])
        ui_want(ui, (struct intent){.what = DO_KEEP});
    if (back)
        ui->active = 0; /* it has left the hand */
}

void splitters_draw(struct scene *s, const struct layout *l)
{
    for (int i = 0; i < l->grips; i++)
        splitter(s, &l->grip[i], i);
}
