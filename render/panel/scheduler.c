/* scheduler.c: the dialog in which the policy or its quantum is changed.
 *
 * What is chosen decides from the moment shown on: the past stays as it was,
 * and the run takes another branch there; the one that was left stays to be
 * seen beside it. So "what would have happened if" is two clicks away. */
#include "render/way.h"

#include "render/layout.h"

#include <math.h>

enum { COLUMNS_MOST = 3 };

/* The dot of the one that decides now. */
static float dot(const struct scene *s)
{
    return s->ui->theme->types[TYPE_BODY].size * 0.7f;
}

static const struct policy_entry *chosen(const struct scene *s)
{
    return &s->feed->policies[s->view->policy];
}

static const char *title_of(const struct scene *s, int i)
{
    return text_in(*s->feed->policies[i].title, s->ui->lang);
}

/* ---- the policies ---- */

static float column_width(const struct scene *s)
{
    float w = 0;
    for (int i = 0; i < POLICY_COUNT; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_STRONG, title_of(s, i)));
    return ceilf(w) + 2 * (dot(s) + SPACE_3);
}

static void policy_button(struct scene *s, struct rect at, int i)
{
    struct ui *ui = s->ui;
    bool now = i == (int)world_scheduler(s->world)->name;
    ui_button(ui, (struct button){
                      .at = at,
                      .id = ui_make_id("policy", i),
                      .label = title_of(s, i),
                      .tip = text_in(*s->feed->policies[i].about, ui->lang),
                      .on = i == s->view->policy,
                      .intent = {.what = DO_POLICY, .arg = i}});
    if (now)
        draw_circle(ui->draw,
                    (struct point){at.x + SPACE_2 + dot(s) / 2,
                                   at.y + at.h / 2},
                    dot(s) / 2, ui_tone(ui, TONE_OK), 1.5f,
                    ui_tone(ui, TONE_SURFACE));
}

static void policy_list(struct scene *s, struct rect in, int columns, int rows)
{
    for (int i = 0; i < POLICY_COUNT; i++) {
        struct rect column = rect_column(in, i / rows, columns, SPACE_2);
        policy_button(s, rect_row(column, i % rows, rows, SPACE_1), i);
    }
}

/* ---- the one chosen ---- */

static const char *number(const struct scene *s)
{
    return s->view->quantum ? scene_number(s, s->view->quantum)
                            : word(W_SCHEDULER_NO_QUANTUM, s->ui->lang);
}

static void quantum_row(struct scene *s, struct rect row)
{
    static const enum word words[] = {
        [QUANTUM_NONE] = W_SCHEDULER_NONE_TO_SET,
        [QUANTUM_ALWAYS] = W_SCHEDULER_QUANTUM,
        [QUANTUM_MAYBE] = W_SCHEDULER_QUANTUM,
        [QUANTUM_TOP] = W_SCHEDULER_TOP,
        [QUANTUM_SLICE] = W_SCHEDULER_SLICE};
    struct ui *ui = s->ui;
    enum quantum_kind kind = chosen(s)->kind;
    bool none = kind == QUANTUM_NONE;
    float side = row.h;
    rect_cut_left(&row, ui_label(ui, row, none ? TYPE_BODY : TYPE_STRONG,
                                 none ? TONE_MUTED : TONE_TEXT,
                                 word(words[kind], ui->lang)) +
                            SPACE_3);
    if (none)
        return;
    struct button b = {.at = rect_cut_left(&row, side),
                       .id = ui_make_id("quantum", 0),
                       .icon = ICON_MINUS,
                       .key = "−",
                       .off = s->view->quantum <= (kind != QUANTUM_MAYBE),
                       .intent = {.what = DO_QUANTUM, .value = -1}};
    ui_button(ui, b);
    float room = fmaxf(ui_width(ui, TYPE_HEADING, number(s)) + SPACE_4,
                       side * 1.6f);
    ui_label_in(ui, rect_cut_left(&row, room), TYPE_HEADING,
                ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, number(s));
    b.at = rect_cut_left(&row, side);
    b.id = ui_make_id("quantum", 1);
    b.icon = ICON_PLUS;
    b.key = "+";
    b.off = false;
    b.intent.value = 1;
    ui_button(ui, b);
}

/* What it does, and its keys as they would apply. */
static const char *about(const struct scene *s)
{
    const char *way = s->view->would_known ? way_of(s, &s->view->would) : "";
    const char *text = text_in(*chosen(s)->about, s->ui->lang);
    return way[0] ? ui_format(s->ui, "%s\n%s", text, way) : text;
}

static void last_row(struct scene *s, struct rect row)
{
    struct ui *ui = s->ui;
    bool same = whatif_is_present(s->view, world_scheduler(s->world));
    struct button go = {.kind = BUTTON_PRIMARY,
                        .id = ui_make_id("reschedule", 0),
                        .label = scene_say(s, W_SCHEDULER_FROM_NOW,
                                           scene_number(s, scene_now(s))),
                        .tip = same ? word(W_SCHEDULER_SAME, ui->lang) : NULL,
                        .key = "Enter",
                        .off = same,
                        .intent = {.what = DO_RESCHEDULE}};
    go.at = rect_cut_right(&row, ui_button_width(ui, go));
    ui_button(ui, go);
    rect_cut_right(&row, SPACE_3);
    draw_circle(ui->draw,
                (struct point){row.x + dot(s) / 2, row.y + row.h / 2},
                dot(s) / 2, ui_tone(ui, TONE_OK), 0, 0);
    rect_cut_left(&row, dot(s) + SPACE_2);
    ui_label(ui, row, TYPE_BODY, TONE_MUTED, word(W_SCHEDULER_NOW, ui->lang));
}

/* The most that the text on any policy takes: the dialog keeps its size. */
static float about_height(const struct scene *s, float width)
{
    float most = 0;
    for (int i = 0; i < POLICY_COUNT; i++) {
        const char *text = text_in(*s->feed->policies[i].about, s->ui->lang);
        most = fmaxf(most, ui_paragraph_height(s->ui, width, TYPE_BODY, text));
    }
    most += 2 * ui_leading(s->ui, TYPE_BODY);
    return fmaxf(most,
                 ui_paragraph_height(s->ui, width, TYPE_BODY, about(s)));
}

void scheduler_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float control = ui->theme->control, column = column_width(s);
    float room = ui->all.w - 32 - 2 * SPACE_6;
    int columns = (int)((room - 14) / (column + SPACE_2));
    columns = columns < 1 ? 1 : columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
    if (!ui->theme->big && columns > 2 && ui->all.h > 700)
        columns = 2;
    int rows = (POLICY_COUNT + columns - 1) / columns;
    float inner = fminf(fmaxf((column + SPACE_2) * (float)columns, 520), room);
    float list = (control + SPACE_1) * (float)rows;
    float foot = about_height(s, inner) + 2 * control + 3 * SPACE_3;
    float height = list + foot + ui_leading(ui, TYPE_TITLE) + SPACE_4 +
                   2 * SPACE_6;
    struct rect in = ui_dialog(ui, ui_make_id("scheduler", 0),
                               inner + 2 * SPACE_6, height,
                               word(W_SCHEDULER_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    struct rect below = rect_cut_bottom(&in, foot);
    struct rect all = ui_scroll_begin(ui, ui_make_id("scheduler", 1), in, list,
                                      &s->view->overlay_scroll);
    all.h = list;
    policy_list(s, all, columns, rows);
    ui_scroll_end(ui);
    last_row(s, rect_cut_bottom(&below, control));
    rect_cut_bottom(&below, SPACE_3);
    quantum_row(s, rect_cut_bottom(&below, control));
    rect_cut_top(&below, SPACE_3);
    ui_paragraph(ui, below, TYPE_BODY, TONE_MUTED, about(s));
    ui_dialog_end(ui);
}
