/* sem.c: sets of semaphores as what they are: counters, and those who sleep
 * at them.
 *
 * A box a semaphore, with its number and its value. Below it stand those who
 * have taken from it and not given back, those who sleep in its lines, what
 * will be undone, and who was the last; and at the end those who sleep in the
 * line of the whole set, "[1]-2" for taking 2 from semaphore 1. */
#include "render/motion.h"
#include "render/panel/sem_rows.h"

#include "render/panel/objects.h"

#include "render/lesson.h"

#include <math.h>

enum {
    ITEM_GAP = 10,
    CELL_LEAST = 40,
    CELL_MOST = 72,
    CELL_GAP = 6,
    LEVELS_MOST = 2 /* rows of boxes */
};

static int first_of(const struct scene *s, int set)
{
    return (int)s->world->semset[set].first;
}

/* ---- the counters ---- */

static float cell_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + ui_leading(s->ui, TYPE_HEADING) +
           4;
}

/* The width of the rows' labels: what all rows share. */
static float label_width(const struct scene *s)
{
    float w = ui_width(s->ui, TYPE_CAPTION, word(W_SEM_FOR_ALL, s->ui->lang));
    for (int r = 0; r < SEM_ROWS; r++)
        w = fmaxf(w, ui_width(s->ui, TYPE_CAPTION,
                              word(sem_rows[r].label, s->ui->lang)));
    return w + SPACE_2;
}

struct grid {
    int set;
    int columns;
    int shown; /* the rest is only counted */
    float width; /* of a box */
    unsigned rows; /* of what is said of each: bit n is row n */
};

/* Where there is little room, who was the last is what one can do without. */
static struct grid grid_of(const struct scene *s, int set,
                           struct object_room at)
{
    float width = at.width;
    int n = s->world->semset[set].nsems;
    float least = s->ui->theme->big ? CELL_LEAST * 1.5f : CELL_LEAST;
    float most = s->ui->theme->big ? CELL_MOST * 1.5f : CELL_MOST;
    width -= label_width(s);
    int room = (int)((width + CELL_GAP) / (least + CELL_GAP));
    struct grid g = {.set = set,
                     .columns = room < 1 ? 1 : room < n ? room : n,
                     .rows = at.tight ? ~(1u << SEM_LAST) : ~0u};
    int places = g.columns * LEVELS_MOST;
    g.shown = places < n ? places - 1 : n;
    g.width = fminf((width + CELL_GAP) / (float)g.columns - CELL_GAP, most);
    return g;
}

/* A count that has changed rolls like that of a clockwork: up when it grows.
 * False: it is at rest. */
static bool ticks(struct scene *s, struct rect in, int sem)
{
    struct ui *ui = s->ui;
    size_t at = 0;
    const struct event *e, *last = NULL;
    int64_t change = 0;
    while ((e = motion_next(s, EV_SEM, sem, &at))) {
        change += e->aux;
        last = e;
    }
    if (!last || !change)
        return false;
    float up = motion_share(s) * in.h * (change > 0 ? 1 : -1);
    float from = change > 0 ? in.h : -in.h;
    draw_clip_push(ui->draw, in);
    for (int i = 0; i < 2; i++) {
        struct rect row = {in.x, in.y - up + (i ? from : 0), in.w, in.h};
        ui_label_short(ui, row, TYPE_HEADING, ui_tone(ui, TONE_TEXT),
                       ALIGN_CENTRE,
                       ui_format(ui, "%lld", (long long)(last->val -
                                                         (i ? 0 : change))));
    }
    draw_clip_pop(ui->draw);
    return true;
}

static void counter(struct scene *s, struct rect at, int sem, int number)
{
    struct ui *ui = s->ui;
    const struct sem *one = &s->world->sem[sem];
    bool waited_for = one->alter.count || one->zero.count;
    draw_box(ui->draw,
             (struct box){.at = at, .radius = 6,
                          .fill = ui_tone(ui, one->value ? TONE_OK_SOFT
                                                         : TONE_WARN_SOFT),
                          .border = ui->theme->line,
                          .line = ui_tone(ui, waited_for ? TONE_ERROR
                                              : one->value ? TONE_OK
                                                           : TONE_WARN)});
    struct rect in = rect_middle(at, at.w, cell_height(s) - 4);
    ui_label_short(ui, rect_cut_top(&in, ui_leading(ui, TYPE_CAPTION)),
                   TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                   ui_format(ui, "[%d]", number));
    if (ticks(s, in, sem))
        return;
    const char *value = ui_format(ui, "%d", (int)one->value);
    bool wide = ui_width(ui, TYPE_HEADING, value) > in.w;
    ui_label_short(ui, in, wide ? TYPE_CAPTION : TYPE_HEADING,
                   ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, value);
}

static void row_draw(struct scene *s, struct rect at, int row, int from,
                     const struct grid *g, int count)
{
    struct ui *ui = s->ui;
    float label = label_width(s);
    ui_label_short(ui, rect_cut_left(&at, label), TYPE_CAPTION,
                   ui_tone(ui, sem_rows[row].tone), ALIGN_LEFT,
                   word(sem_rows[row].label, ui->lang));
    for (int i = 0; i < count; i++) {
        struct rect cell = {at.x + (g->width + CELL_GAP) * (float)i, at.y,
                            g->width, at.h};
        struct sem_line l = sem_row_of(s, from + i, row);
        float slack = cell.w - sem_line_width(s, &l) + 4;
        if (slack > 0)
            rect_cut_left(&cell, slack / 2);
        sem_line_draw(s, cell, &l);
    }
}

/* A level is a row of boxes and what is said of each below it. */
static int in_level(const struct grid *g, int from)
{
    return g->shown - from < g->columns ? g->shown - from : g->columns;
}

/* Which rows stand below the boxes from number `from` on. */
static unsigned rows_of(struct scene *s, const struct grid *g, int from)
{
    return g->rows &
           sem_rows_used(s, first_of(s, g->set) + from, in_level(g, from));
}

static float level_height(struct scene *s, const struct grid *g, int from)
{
    return cell_height(s) + CELL_GAP / 2 +
           objects_line(s) * (float)sem_rows_in(rows_of(s, g, from));
}

static float levels_height(struct scene *s, const struct grid *g)
{
    float h = 0;
    for (int i = 0; i < g->shown; i += g->columns)
        h += level_height(s, g, i);
    return h;
}

static void level(struct scene *s, struct rect at, const struct grid *g,
                  int from)
{
    int n = in_level(g, from), first = first_of(s, g->set) + from;
    struct rect boxes = rect_cut_top(&at, cell_height(s));
    rect_cut_left(&boxes, label_width(s));
    for (int i = 0; i < n; i++)
        counter(s, (struct rect){boxes.x + (g->width + CELL_GAP) * (float)i,
                                 boxes.y, g->width, boxes.h}, first + i,
                from + i);
    rect_cut_left(&boxes, (g->width + CELL_GAP) * (float)n);
    int rest = s->world->semset[g->set].nsems - g->shown;
    if (rest && from + n == g->shown)
        ui_label_short(s->ui, boxes, TYPE_CAPTION, ui_tone(s->ui, TONE_TEXT),
                       ALIGN_LEFT, ui_format(s->ui, "+%d", rest));
    rect_cut_top(&at, CELL_GAP / 2);
    unsigned used = rows_of(s, g, from);
    for (int r = 0; r < SEM_ROWS; r++)
        if (used >> r & 1)
            row_draw(s, rect_cut_top(&at, objects_line(s)), r, first, g, n);
}

/* ---- a set ---- */

/* "kernel: 1 0 1", and whether that is what the model has; NULL: the kernel was
 * not asked. */
static const char *seen_values(struct scene *s, int set, bool *same)
{
    const char *all = "";
    *same = true;
    for (int i = 0; i < s->world->semset[set].nsems; i++) {
        int sem = first_of(s, set) + i;
        const struct event *e = scene_evidence(s, SEEN_SEMVAL, NONE, sem);
        if (!e)
            return NULL;
        *same &= e->val == s->world->sem[sem].value;
        all = ui_format(s->ui, "%s%s%lld", all, i ? " " : "",
                        (long long)e->val);
    }
    return scene_say(s, W_SEM_KERNEL, all);
}

/* Its name and id, and what the kernel said if it was asked. */
static void heading(struct scene *s, struct rect row, int set)
{
    struct ui *ui = s->ui;
    const struct ipc *ipc = &s->world->semset[set].ipc;
    const char *key = lesson_key(s->world, ipc->key, &ui->frame);
    bool same;
    const char *seen = ipc->gone ? NULL : seen_values(s, set, &same);
    if (seen) {
        float w = fminf(ui_width(ui, TYPE_STRONG, seen) + 2, row.w);
        ui_label_short(ui, rect_cut_right(&row, w), TYPE_STRONG,
                       ui_tone(ui, same ? TONE_OK : TONE_ERROR), ALIGN_RIGHT,
                       seen);
        rect_cut_right(&row, SPACE_2);
    }
    objects_heading(s, row,
                    (struct object_title){ipc, scene_say(s, W_SEM_ID, set, key),
                                          W_SEM_GONE});
}

static float section_height(struct scene *s, int set, struct object_room room)
{
    if (s->world->semset[set].ipc.gone)
        return objects_line(s);
    bool waits = sem_for_the_set(s, set).count;
    struct grid g = grid_of(s, set, room);
    return objects_line(s) * (waits ? 2 : 1) + levels_height(s, &g);
}

/* Those who wait for several at once stand before the counters: where there is
 * little room, they matter more than who was the last. */
static void waiting_for_all(struct scene *s, struct rect *at, int set)
{
    struct ui *ui = s->ui;
    struct sem_line waiting = sem_for_the_set(s, set);
    if (!waiting.count)
        return;
    struct rect row = rect_cut_top(at, objects_line(s));
    ui_label_short(ui, rect_cut_left(&row, label_width(s)), TYPE_CAPTION,
                   ui_tone(ui, TONE_ERROR), ALIGN_LEFT,
                   word(W_SEM_FOR_ALL, ui->lang));
    sem_line_draw(s, row, &waiting);
}

static void section(struct scene *s, struct rect at, int set, bool tight)
{
    heading(s, rect_cut_top(&at, objects_line(s)), set);
    if (s->world->semset[set].ipc.gone)
        return;
    waiting_for_all(s, &at, set);
    struct grid g = grid_of(s, set, (struct object_room){at.w, tight});
    for (int i = 0; i < g.shown; i += g.columns)
        level(s, rect_cut_top(&at, level_height(s, &g, i)), &g, i);
}

static const struct ipc *ipc_of(const struct world *w, int set)
{
    return &w->semset[set].ipc;
}

static void draw(struct scene *s, struct rect at)
{
    objects_draw(s, at,
                 &(struct object_list){.panel = PANEL_SEM,
                                       .none = W_SEM_NONE,
                                       .count = s->world->head->semsets,
                                       .gap = ITEM_GAP,
                                       .ipc = ipc_of,
                                       .height = section_height,
                                       .draw = section});
}

static bool wanted(const struct lesson_about *about)
{
    return about->uses[MECH_SEM];
}

static struct extent least(const struct scene *s)
{
    return objects_least(s, objects_line(s) * 5 + cell_height(s));
}

const struct panel panel_sem = {
    .title = W_PANEL_SEM,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
