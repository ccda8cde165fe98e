/* memory.c: who holds how much of the memory and which process slots, and who
 * waits for some: what a process needs before it may compete for a CPU. */
#include "render/panel.h"

#include <math.h>

static bool has_memory(const struct scene *s)
{
    return s->scenario->machine.memory > 0;
}

static bool has_slots(const struct scene *s)
{
    return s->scenario->machine.max_processes > 0;
}

/* ---- the bar ---- */

/* "A 4" where that has room, else "4", else nothing. */
static void block(struct scene *s, struct rect at, int proc)
{
    struct ui *ui = s->ui;
    struct process_look look = theme_process(ui->theme, proc);
    bool selected = proc == s->view->selected;
    bool pointed = scene_is_pointed_at(s, proc);
    scene_is_about(s, at, proc);
    draw_box(ui->draw, (struct box){.at = rect_inset(at, 1), .radius = 4,
                                    .fill = look.fill,
                                    .border = selected  ? 3
                                              : pointed ? 1.5f
                                                        : 0,
                                    .line = ui_tone(ui, TONE_STRONG)});
    const char *much = scene_number(s, world_need(s->world, proc));
    const char *all = ui_format(ui, "%s %s", scene_name(s, proc), much);
    bool fits = ui_width(ui, TYPE_CAPTION, all) + SPACE_2 <= at.w;
    ui_label_short(ui, at, TYPE_CAPTION, look.on_fill, ALIGN_CENTRE,
                   fits ? all : much);
    ui_id id = ui_make_id("memory", proc);
    ui_pressed(ui, id, at, (struct intent){.what = DO_SELECT, .arg = proc});
}

static void bar(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    const struct world_head *h = s->world->head;
    int64_t memory = s->scenario->machine.memory;
    /* Who goes on by SIGCONT takes his memory even where there is none. */
    double whole = (double)(h->memory_used > memory ? h->memory_used : memory);
    draw_box(ui->draw, (struct box){.at = at, .radius = 5,
                                    .fill = ui_tone(ui, TONE_INSET),
                                    .border = 1,
                                    .line = ui_tone(ui, TONE_LINE)});
    struct rect left = at;
    for (int i = 0; i < h->procs; i++) {
        if (!(s->world->task[i].flags & TASK_HOLDS) || !world_need(s->world, i))
            continue;
        float w = (float)((double)world_need(s->world, i) / whole) * at.w;
        block(s, rect_cut_left(&left, w), i);
    }
    int64_t rest = memory - h->memory_used;
    if (rest > 0)
        ui_label_short(ui, left, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_CENTRE, scene_say(s, W_MEMORY_FREE,
                                               scene_number(s, rest)));
}

/* ---- the slots ---- */

static void slots(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    int64_t all = s->scenario->machine.max_processes, drawn = 0;
    float size = at.h, room = size + 4;
    int proc = 0;
    for (; drawn < all && at.w >= room; drawn++) {
        struct rect slot = rect_cut_left(&at, size);
        rect_cut_left(&at, 4);
        draw_box(ui->draw, (struct box){.at = slot, .radius = 5,
                                        .fill = ui_tone(ui, TONE_INSET),
                                        .border = 1,
                                        .line = ui_tone(ui, TONE_LINE)});
        for (; proc < s->world->head->procs; proc++) {
            const struct task *t = &s->world->task[proc];
            if (t->flags & TASK_ADMITTED &&
                (t->state != TERMINATED || t->flags & TASK_ZOMBIE))
                break;
        }
        if (proc < s->world->head->procs)
            scene_token(s, (struct point){slot.x + size / 2, slot.y + size / 2},
                        size / 2 - 4, proc++);
    }
    if (drawn < all)
        ui_label_short(ui, at, TYPE_STRONG, ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                       ui_format(ui, "+%s", scene_number(s, all - drawn)));
}

/* ---- who waits ---- */

static void waiting(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    const struct world *w = s->world;
    float r = at.h / 2 - 2;
    int proc = w->head->admission.head;
    if (proc == NONE)
        return;
    rect_cut_left(&at, ui_label(ui, at, TYPE_CAPTION, TONE_MUTED,
                                word(W_MEMORY_WAITING, ui->lang)) + SPACE_2);
    for (; proc != NONE && at.w > 2 * r; proc = w->proc[proc].wants.next) {
        struct rect token = rect_cut_left(&at, 2 * r + 4);
        scene_token(s, (struct point){token.x + r, token.y + at.h / 2}, r,
                    proc);
        const char *text = scene_name(s, proc);
        if (has_memory(s))
            text = ui_format(ui, "%s %s", text,
                             scene_number(s, world_need(w, proc)));
        rect_cut_left(&at, ui_label(ui, at, TYPE_CAPTION, TONE_TEXT, text) +
                               SPACE_3);
    }
}

static const char *remark(const struct scene *s)
{
    const struct world_head *h = s->world->head;
    if (!has_memory(s))
        return scene_say(s, W_MEMORY_SLOTS, scene_number(s, h->slots_used),
                         scene_number(s, s->scenario->machine.max_processes));
    return scene_say(s, W_MEMORY_USED, scene_number(s, h->memory_used),
                     scene_number(s, s->scenario->machine.memory));
}

static float row_height(const struct scene *s)
{
    return s->ui->theme->big ? 40 : 30;
}

static void draw(struct scene *s, struct rect at)
{
    struct rect in = scene_card(s, at, W_PANEL_MEMORY, remark(s));
    float row = row_height(s), small = ui_leading(s->ui, TYPE_CAPTION) + 6;
    int rows = has_memory(s) + has_slots(s);
    in = rect_middle(in, in.w, fminf(in.h, row * (float)rows +
                                     SPACE_1 * (float)rows + small));
    if (has_memory(s))
        bar(s, rect_cut_top(&in, row));
    if (has_memory(s))
        rect_cut_top(&in, SPACE_1);
    if (has_slots(s))
        slots(s, rect_cut_top(&in, row));
    waiting(s, rect_cut_bottom(&in, small));
}

static bool wanted(const struct lesson_about *about)
{
    return about->limits;
}

static struct extent least(const struct scene *s)
{
    const struct ui *ui = s->ui;
    int rows = has_memory(s) + has_slots(s);
    float card = ui_leading(ui, TYPE_HEADING) + SPACE_2 + 24;
    return (struct extent){ui->theme->big ? 420 : 290,
                           card + (row_height(s) + SPACE_1) * (float)rows +
                               ui_leading(ui, TYPE_CAPTION) + 6};
}

const struct panel panel_memory = {
    .title = W_PANEL_MEMORY,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
