/* table.c: the process table: what an operating system remembers about each
 * process (its PCB). Columns stand in their natural order. */
#include "render/panel/table.h"

#include <math.h>

static void header(struct scene *s, struct rect row, const struct table *t)
{
    row = rect_inset_xy(row, SPACE_2, 0);
    for (int i = 0; i < TABLE_COLUMNS; i++) {
        if (t->width[i] <= 0)
            continue;
        struct rect r = rect_cut_left(&row, t->width[i]);
        rect_cut_left(&row, TABLE_GAP);
        enum align align = ALIGN_LEFT;
        if (s->world->head->procs)
            align = pcb_columns[i].cell(s, 0).align;
        ui_label_short(s->ui, r, TYPE_CAPTION, ui_tone(s->ui, TONE_MUTED), align,
                       word(pcb_title(t, i), s->ui->lang));
    }
}

static void process(struct scene *s, struct rect row, int p,
                    const struct table *t)
{
    struct ui *ui = s->ui;
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = row, .id = ui_make_id("pcb", p),
                              .selected = p == s->view->selected,
                              .linked = scene_is_pointed_at(s, p),
                              .intent = {.what = DO_SELECT, .arg = p}});
    scene_is_about(s, row, p);
    bool ended = s->world->task[p].state == TERMINATED;
    for (int i = 0; i < TABLE_COLUMNS; i++) {
        if (t->width[i] <= 0)
            continue;
        struct rect r = rect_cut_left(&in, t->width[i]);
        rect_cut_left(&in, TABLE_GAP);
        if (pcb_columns[i].kind == COLUMN_NAME) {
            struct rect dot = rect_cut_left(&r, ui->theme->row);
            float radius = ui->theme->row / 2 - 4;
            scene_token(s, (struct point){dot.x + radius, dot.y + dot.h / 2},
                        radius, p);
            scene_label_name(s, r, p);
            continue;
        }
        struct cell c = pcb_columns[i].cell(s, p);
        ui_label_short(ui, r, TYPE_BODY,
                       ui_tone(ui, ended ? TONE_MUTED : c.ink), c.align, c.text);
    }
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    int n = s->world->head->procs;
    struct rect in = scene_card(s, at, W_PANEL_TABLE, NULL);
    float row = ui->theme->row;
    struct rect head = rect_cut_top(&in, ui_leading(ui, TYPE_CAPTION) + 2);
    float bar = row * (float)n > in.h ? 14 : 0;
    struct table t;
    pcb_find_figures(s, &t);
    pcb_choose(s, in.w - 2 * SPACE_2 - bar, &t);
    header(s, head, &t);
    struct rect all = ui_scroll_begin(ui, ui_make_id("table", 0), in,
                                      row * (float)n,
                                      &s->view->scroll[PANEL_TABLE]);
    struct rect clip = draw_clip(ui->draw);
    for (int i = (int)fmaxf((clip.y - all.y) / row, 0); i < n; i++) {
        struct rect r = {all.x, all.y + row * (float)i, all.w, row};
        if (r.y > clip.y + clip.h)
            break;
        process(s, r, i, &t);
    }
    ui_scroll_end(ui);
    if (!n)
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(W_PROGRAMS_NONE, ui->lang));
}

static struct extent least(const struct scene *s)
{
    /* Its head and a line each for a few processes. */
    float lines = 62 + 24 * (float)s->scenario->process_count;
    return (struct extent){330, fminf(150, lines)};
}

const struct panel panel_table = {
    .title = W_PANEL_TABLE,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
