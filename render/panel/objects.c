/* objects.c: see objects.h. */
#include "render/panel/objects.h"

#include "render/link.h"

#include <math.h>

float objects_line(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + 4;
}

struct rect objects_heading(struct scene *s, struct rect row,
                            struct object_title title)
{
    struct ui *ui = s->ui;
    if (title.ipc->gone) {
        const char *gone = word(title.gone, ui->lang);
        struct rect right = rect_cut_right(
            &row, ui_width(ui, TYPE_STRONG, gone) + SPACE_1);
        ui_label_in(ui, right, TYPE_STRONG, ui_tone(ui, TONE_MUTED),
                    ALIGN_RIGHT, gone);
    }
    float w = ui_label_in(ui, row, TYPE_CODE_STRONG, ui_tone(ui, TONE_TEXT),
                          ALIGN_LEFT, s->scenario->vars[title.ipc->var]);
    rect_cut_left(&row, w + SPACE_2);
    float need = fminf(ui_width(ui, TYPE_CAPTION, title.id) + 2, row.w);
    ui_label_short(ui, rect_cut_left(&row, need), TYPE_CAPTION,
                   ui_tone(ui, TONE_MUTED), ALIGN_LEFT, title.id);
    rect_cut_left(&row, SPACE_3);
    return row;
}

static float gap_of(const struct object_list *l, bool tight)
{
    return tight ? l->gap / 2 : l->gap;
}

static float all_height(struct scene *s, const struct object_list *l,
                        struct object_room room)
{
    float h = gap_of(l, room.tight) * (float)(l->count - 1);
    for (int i = 0; i < l->count; i++)
        h += l->height(s, i, room);
    return h;
}

/* "4 in all": there may not be room for more than two. */
static const char *how_many(const struct scene *s, const struct object_list *l)
{
    int n = 0;
    for (int i = 0; i < l->count; i++)
        n += !l->ipc(s->world, i)->gone;
    return n > 1 ? scene_say(s, W_OBJECTS_COUNT, n) : NULL;
}

void objects_draw(struct scene *s, struct rect at, const struct object_list *l)
{
    struct ui *ui = s->ui;
    struct rect in =
        scene_card(s, at, panels[l->panel]->title, how_many(s, l));
    struct object_room room = {.width = in.w};
    float h = all_height(s, l, room);
    room.tight = h > in.h;
    if (room.tight)
        h = all_height(s, l, room);
    if (!l->count && in.h < ui_leading(ui, TYPE_BODY))
        return;
    if (!l->count) {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(l->none, ui->lang));
        return;
    }
    struct rect all = ui_scroll_begin(ui, ui_make_id("objects", l->panel), in,
                                      h, &s->view->scroll[l->panel]);
    for (int i = 0; i < 2 * l->count; i++) {
        int object = i % l->count;
        bool gone = l->ipc(s->world, object)->gone;
        if (gone != (i >= l->count))
            continue;
        room.width = all.w;
        struct rect place =
            rect_cut_top(&all, l->height(s, object, room));
        link_ground(s, place, l->panel, object);
        l->draw(s, place, object, room.tight);
        link_click(s, place, l->panel, object);
        rect_cut_top(&all, gap_of(l, room.tight));
    }
    ui_scroll_end(ui);
}

struct extent objects_least(const struct scene *s, float more)
{
    const struct ui *ui = s->ui;
    return (struct extent){ui->theme->big ? 420 : 290,
                           ui_leading(ui, TYPE_HEADING) + SPACE_2 + 24 + more};
}
