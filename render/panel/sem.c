/* sem.c: sets of semaphores as what they are: counters, and those who sleep
 * at them.
 *
 * A box a semaphore, with its number and its value. Below, in lines: who has
 * taken how much and not given it back, who sleeps in which line of the kernel
 * and for what, what will be undone, and who was the last. "[1]-2" is: to take
 * 2 from semaphore 1. */
#include "render/panel.h"

#include "render/lesson.h"
#include "sim/model/semaphore.h"

#include <math.h>

enum {
    ITEM_GAP = 10,
    CELL_LEAST = 40,
    CELL_MOST = 72,
    CELL_GAP = 6,
    ROWS_MOST = 2, /* of boxes */
    ENTRIES_MOST = 24
};

static int first_of(const struct scene *s, int set)
{
    return (int)s->world->semset[set].first;
}

/* ---- lines of text with tokens ---- */

/* A process, NONE: none, and what is said of it. */
struct entry {
    int proc;
    const char *text;
};

/* What is to be drawn in one line; the entries live as long as the frame. */
struct line {
    const char *label;
    enum tone tone;
    struct entry *all;
    int count; /* may be more than ENTRIES_MOST, the rest is only counted */
};

static struct line line_new(struct scene *s, const char *label, enum tone tone)
{
    return (struct line){.label = label,
                         .tone = tone,
                         .all = arena_alloc(&s->ui->frame,
                                            ENTRIES_MOST *
                                                sizeof(struct entry))};
}

static void line_add(struct line *l, int proc, const char *text)
{
    if (l->count < ENTRIES_MOST)
        l->all[l->count] = (struct entry){proc, text};
    l->count++;
}

static float line_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + 4;
}

static float token_radius(const struct scene *s)
{
    return fminf(line_height(s) / 2 - 2, s->ui->theme->big ? 16 : 9);
}

static float entry_width(struct scene *s, struct entry e)
{
    float token = e.proc == NONE ? 0 : 2 * token_radius(s) + 4;
    return token + ui_width(s->ui, TYPE_CAPTION, e.text) + SPACE_2;
}

static void draw_entry(struct scene *s, struct rect cell, struct entry e)
{
    struct ui *ui = s->ui;
    float r = token_radius(s);
    if (e.proc != NONE) {
        scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r,
                    e.proc);
        rect_cut_left(&cell, 2 * r + 4);
    }
    ui_label_short(ui, cell, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                   e.text);
}

static void line_draw(struct scene *s, struct rect row, const struct line *l)
{
    struct ui *ui = s->ui;
    float plus = ui_width(ui, TYPE_CAPTION, "+00");
    rect_cut_left(&row, ui_label(ui, row, TYPE_CAPTION, l->tone, l->label) +
                            SPACE_2);
    for (int i = 0; i < l->count; i++) {
        bool last = i + 1 == l->count;
        float w = i < ENTRIES_MOST ? entry_width(s, l->all[i]) : row.w + SPACE_2;
        if (i && w - SPACE_2 + (last ? 0 : plus) > row.w) {
            ui_label_in(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                        ALIGN_LEFT, ui_format(ui, "+%d", l->count - i));
            return;
        }
        draw_entry(s, rect_cut_left(&row, fminf(w, row.w)), l->all[i]);
    }
}

/* ---- what the lines say ---- */

/* "[0]-1 [1]-1"; a wait for zero is "[0]=0". */
static const char *wish_of(struct scene *s, int proc, bool named)
{
    const struct scenario *sc = s->scenario;
    struct sem_ops ops = sem_ops_of(sc, &sc->ops[s->world->task[proc].pc]);
    const char *all = "";
    for (int i = 0; i < ops.count && i < 8; i++) {
        struct sem_op o = sem_op_at(&ops, i);
        const char *what =
            o.op ? ui_format(s->ui, "%+d", (int)o.op) : "=0";
        all = named || ops.count > 1
                  ? ui_format(s->ui, "%s%s[%d]%s", all, i ? " " : "",
                              (int)o.num, what)
                  : what;
    }
    return all;
}

static struct line sleepers(struct scene *s, const struct queue *q,
                            const char *label, bool named)
{
    struct line l = line_new(s, label, TONE_ERROR);
    for (int i = q->head; i != NONE; i = s->world->task[i].line.next)
        line_add(&l, i, wish_of(s, i, named));
    return l;
}

static struct line holders(struct scene *s, int set)
{
    struct line l = line_new(s, word(W_SEM_HELD, s->ui->lang), TONE_MUTED);
    const struct world *w = s->world;
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc != NONE && w->sem[w->hold[i].sem].set == set)
            line_add(&l, w->hold[i].proc,
                     ui_format(s->ui, "[%d]×%d",
                               (int)w->hold[i].sem - first_of(s, set),
                               (int)w->hold[i].count));
    return l;
}

static struct line undoing(struct scene *s, int set)
{
    struct line l = line_new(s, word(W_SEM_UNDO, s->ui->lang), TONE_MUTED);
    const struct world *w = s->world;
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].set == set && w->undo[i].sem != NONE)
            line_add(&l, w->undo[i].proc,
                     ui_format(s->ui, "[%d]%+d",
                               (int)w->undo[i].sem - first_of(s, set),
                               (int)w->undo[i].adjust));
    return l;
}

static struct line last_pids(struct scene *s, int set)
{
    struct line l = line_new(s, word(W_SEM_LAST, s->ui->lang), TONE_MUTED);
    for (int i = 0; i < s->world->semset[set].nsems; i++) {
        int proc = s->world->sem[first_of(s, set) + i].pid;
        if (proc != NONE)
            line_add(&l, NONE,
                     ui_format(s->ui, "[%d] %s", i, scene_name(s, proc)));
    }
    return l;
}

/* The lines of a set, one after the other, each if there is something in it:
 * `draws` false only counts them. */
struct lines {
    struct rect at;
    bool draws;
    int count;
};

static void put(struct scene *s, struct lines *to, struct line l)
{
    if (!l.count)
        return;
    to->count++;
    if (to->draws)
        line_draw(s, rect_cut_top(&to->at, line_height(s)), &l);
}

static void put_lines(struct scene *s, struct lines *to, int set)
{
    const struct semset *all = &s->world->semset[set];
    put(s, to, holders(s, set));
    for (int i = 0; i < all->nsems; i++) {
        const struct sem *sem = &s->world->sem[all->first + i];
        if (sem->zero.count)
            put(s, to, sleepers(s, &sem->zero,
                                scene_say(s, W_SEM_FOR_ZERO, i), false));
        if (sem->alter.count)
            put(s, to, sleepers(s, &sem->alter,
                                scene_say(s, W_SEM_FOR_MORE, i), false));
    }
    const char *whole = word(W_SEM_FOR_ALL, s->ui->lang);
    put(s, to, sleepers(s, &all->zero, whole, true));
    put(s, to, sleepers(s, &all->alter, whole, true));
    put(s, to, undoing(s, set));
    put(s, to, last_pids(s, set));
}

/* ---- the counters ---- */

static float cell_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CAPTION) + ui_leading(s->ui, TYPE_HEADING) +
           4;
}

struct grid {
    int columns, rows;
    int shown; /* the rest is only counted */
    float width; /* of a box */
};

static struct grid grid_of(const struct scene *s, int set, float width)
{
    int n = s->world->semset[set].nsems;
    float least = s->ui->theme->big ? CELL_LEAST * 1.5f : CELL_LEAST;
    int most = (int)((width + CELL_GAP) / (least + CELL_GAP));
    struct grid g = {.columns = most < 1 ? 1 : most < n ? most : n};
    g.rows = (n + g.columns - 1) / g.columns;
    if (g.rows > ROWS_MOST)
        g.rows = ROWS_MOST;
    g.shown = g.rows * g.columns < n ? g.rows * g.columns - 1 : n;
    float even = (width + CELL_GAP) / (float)g.columns - CELL_GAP;
    g.width = fminf(even, s->ui->theme->big ? CELL_MOST * 1.5f : CELL_MOST);
    return g;
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
    ui_label_short(ui, in, TYPE_HEADING, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                   ui_format(ui, "%d", (int)one->value));
}

static void counters(struct scene *s, struct rect at, int set)
{
    struct grid g = grid_of(s, set, at.w);
    int n = s->world->semset[set].nsems;
    float h = cell_height(s);
    for (int i = 0; i <= g.shown && i < n; i++) {
        float x = at.x + (g.width + CELL_GAP) * (float)(i % g.columns);
        float y = at.y + (h + CELL_GAP) * (float)(i / g.columns);
        struct rect cell = {x, y, g.width, h};
        if (i < g.shown)
            counter(s, cell, first_of(s, set) + i, i);
        else
            ui_label_short(s->ui, cell, TYPE_CAPTION,
                           ui_tone(s->ui, TONE_TEXT), ALIGN_LEFT,
                           scene_say(s, W_SEM_MORE, n - i));
    }
}

/* ---- a set ---- */

/* "kernel: 1 0 1", green if that is what the model has. */
static void seen_values(struct scene *s, struct rect row, int set)
{
    struct ui *ui = s->ui;
    const char *all = "";
    bool same = true;
    for (int i = 0; i < s->world->semset[set].nsems; i++) {
        int sem = first_of(s, set) + i;
        const struct event *e = scene_evidence(s, SEEN_SEMVAL, NONE, sem);
        if (!e)
            return;
        same &= e->val == s->world->sem[sem].value;
        all = ui_format(ui, "%s%s%lld", all, i ? " " : "", (long long)e->val);
    }
    ui_label_short(ui, row, TYPE_STRONG,
                   ui_tone(ui, same ? TONE_OK : TONE_ERROR), ALIGN_RIGHT,
                   scene_say(s, W_SEM_KERNEL, all));
}

/* "s id 0 · key 1234", and what the kernel said if it was asked. */
static void heading(struct scene *s, struct rect row, int set)
{
    struct ui *ui = s->ui;
    const struct semset *all = &s->world->semset[set];
    const char *name = s->scenario->vars[all->ipc.var];
    float w = ui_label_in(ui, row, TYPE_CODE_STRONG, ui_tone(ui, TONE_TEXT),
                          ALIGN_LEFT, name);
    rect_cut_left(&row, w + SPACE_2);
    const char *key = lesson_key(s->world, all->ipc.key, &ui->frame);
    const char *id = scene_say(s, W_SEM_ID, set, key);
    float need = fminf(ui_width(ui, TYPE_CAPTION, id) + 2, row.w);
    ui_label_short(ui, rect_cut_left(&row, need), TYPE_CAPTION,
                   ui_tone(ui, TONE_MUTED), ALIGN_LEFT, id);
    rect_cut_left(&row, SPACE_3);
    if (all->ipc.gone)
        ui_label_in(ui, row, TYPE_STRONG, ui_tone(ui, TONE_MUTED), ALIGN_RIGHT,
                    word(W_SEM_GONE, ui->lang));
    else
        seen_values(s, row, set);
}

static float section_height(struct scene *s, int set, float width)
{
    if (s->world->semset[set].ipc.gone)
        return line_height(s);
    struct lines l = {.draws = false};
    put_lines(s, &l, set);
    int rows = grid_of(s, set, width).rows;
    return line_height(s) * (float)(1 + l.count) +
           (cell_height(s) + CELL_GAP) * (float)rows;
}

static void section(struct scene *s, struct rect at, int set)
{
    heading(s, rect_cut_top(&at, line_height(s)), set);
    if (s->world->semset[set].ipc.gone)
        return;
    int rows = grid_of(s, set, at.w).rows;
    counters(s, rect_cut_top(&at, (cell_height(s) + CELL_GAP) * (float)rows),
             set);
    struct lines l = {.at = at, .draws = true};
    put_lines(s, &l, set);
}

/* Those that are gone stand behind the others. */
static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    int n = s->world->head->semsets;
    struct rect in = scene_card(s, at, W_PANEL_SEM, NULL);
    float h = ITEM_GAP * (float)(n - 1);
    for (int i = 0; i < n; i++)
        h += section_height(s, i, in.w);
    if (!n) {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(W_SEM_NONE, ui->lang));
        return;
    }
    struct rect all = ui_scroll_begin(ui, ui_make_id("semaphores", 0), in, h,
                                      &s->view->scroll[PANEL_SEM]);
    for (int i = 0; i < 2 * n; i++) {
        bool gone = s->world->semset[i % n].ipc.gone;
        if (gone != (i >= n))
            continue;
        section(s, rect_cut_top(&all, section_height(s, i % n, all.w)), i % n);
        rect_cut_top(&all, ITEM_GAP);
    }
    ui_scroll_end(ui);
}

static bool wanted(const struct lesson_about *about)
{
    return about->uses[MECH_SEM];
}

static struct extent least(const struct scene *s)
{
    const struct ui *ui = s->ui;
    return (struct extent){ui->theme->big ? 420 : 290,
                           ui_leading(ui, TYPE_HEADING) + SPACE_2 + 24 +
                               line_height(s) * 4 + cell_height(s)};
}

const struct panel panel_sem = {
    .title = W_PANEL_SEM,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
