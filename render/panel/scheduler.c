/* scheduler.c: the dialog in which the policy or its quantum is changed.
 *
 * What is chosen decides from the moment shown on: the past stays as it was,
 * and the run takes another branch there. So "what would have happened if" is
 * two clicks away. */
#include "render/panel.h"

#include "render/layout.h"

#include <math.h>

enum { COLUMNS = 2, ROWS = (POLICY_COUNT + COLUMNS - 1) / COLUMNS };

static void policy_button(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    const struct policy_entry *p = &s->feed->policies[i];
    const char *label = text_in(*p->title, ui->lang);
    ui_button(ui, (struct button){
                      .at = at,
                      .label = label,
                      .tip = text_in(*p->about, ui->lang),
                      .on = i == s->view->policy,
                      .intent = {.what = DO_POLICY, .arg = i}});
}

static void policy_list(struct scene *s, struct rect in)
{
    for (int i = 0; i < POLICY_COUNT; i++) {
        struct rect column = rect_column(in, i / ROWS, COLUMNS, SPACE_2);
        policy_button(s, rect_row(column, i % ROWS, ROWS, SPACE_1), i);
    }
}

static void quantum_row(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    const char *what = word(W_SCHEDULER_QUANTUM, ui->lang);
    float side = row.h;
    rect_cut_left(&row, ui_label(ui, row, TYPE_STRONG, TONE_TEXT, what) +
                            SPACE_3);
    ui_button(ui, (struct button){.at = rect_cut_left(&row, side),
                                  .label = "−",
                                  .off = s->view->quantum <= 1,
                                  .intent = {.what = DO_QUANTUM, .value = -1}});
    const char *n = scene_number(s, s->view->quantum);
    ui_label_in(ui, rect_cut_left(&row, side * 2), TYPE_HEADING,
                ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, n);
    ui_button(ui, (struct button){.at = rect_cut_left(&row, side),
                                  .label = "+",
                                  .intent = {.what = DO_QUANTUM, .value = 1}});
}

static void last_row(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    struct button go = {.kind = BUTTON_PRIMARY,
                        .label = scene_say(s, W_SCHEDULER_FROM_NOW,
                                           scene_number(s, scene_now(s))),
                        .key = "Enter",
                        .intent = {.what = DO_RESCHEDULE}};
    go.at = rect_cut_right(&row, ui_button_width(ui, go));
    ui_button(ui, go);
}

void scheduler_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    const struct policy_entry *p = &s->feed->policies[s->view->policy];
    float control = ui->theme->control, line = ui_leading(ui, TYPE_BODY);
    float list = (control + SPACE_1) * ROWS;
    float about = 2 * line;
    float height = list + about + 2 * control + 3 * SPACE_3 +
                   ui_leading(ui, TYPE_TITLE) + 72;
    struct rect in = ui_dialog(ui, ui_make_id("scheduler", 0), 640, height,
                               word(W_SCHEDULER_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    policy_list(s, rect_cut_top(&in, list));
    rect_cut_top(&in, SPACE_3);
    ui_paragraph(ui, rect_cut_top(&in, about), TYPE_BODY, TONE_MUTED,
                 text_in(*p->about, ui->lang));
    if (p->quantum)
        quantum_row(s, rect_cut_top(&in, control));
    last_row(s, rect_cut_bottom(&in, control));
    ui_dialog_end(ui);
}
