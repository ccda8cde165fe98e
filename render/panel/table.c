/* table.c: the process table: what an operating system remembers about each
 * process (its PCB). Columns come by importance, as many as have room; they
 * stand in their natural order. */
#include "render/panel.h"

#include "sim/model/explain.h"
#include "sim/model/figure.h"
#include "sim/scenario/ops.h"

#include <math.h>
#include <string.h>

enum { LOOKED_AT = 64 }; /* processes, for what columns need */

struct cell {
    const char *text;
    enum align align;
    enum tone ink;
};

static struct cell number(const struct scene *s, int64_t n)
{
    return (struct cell){scene_number(s, n), ALIGN_RIGHT, TONE_TEXT};
}

static struct cell none(void)
{
    return (struct cell){"–", ALIGN_RIGHT, TONE_MUTED};
}

static struct cell id_of(const struct scene *s, int p)
{
    return number(s, p + 1);
}

static struct cell name_of(const struct scene *s, int p)
{
    return (struct cell){scene_name(s, p), ALIGN_LEFT, TONE_TEXT};
}

static struct cell pid_of(const struct scene *s, int p)
{
    int pid = s->world->proc[p].real_pid;
    return pid ? (struct cell){ui_format(s->ui, "%d", pid), ALIGN_RIGHT, TONE_TEXT}
               : none();
}

static struct cell parent_of(const struct scene *s, int p)
{
    int parent = s->world->proc[p].parent;
    return (struct cell){parent < 0 ? "init" : scene_name(s, parent), ALIGN_LEFT,
                         TONE_TEXT};
}

/* The long names of the suspended states are shortened here. */
static const char *state_word(const struct scene *s, enum state st)
{
    if (st == READY_SUSPENDED)
        return word(W_STATE_SHORT_READY_SUSPENDED, s->ui->lang);
    if (st == BLOCKED_SUSPENDED)
        return word(W_STATE_SHORT_BLOCKED_SUSPENDED, s->ui->lang);
    return state_title(st, s->ui->lang);
}

/* "terminated: 3", "zombie: SIGPIPE": how it ended. */
static const char *end_text(const struct scene *s, int p)
{
    const struct proc *pr = &s->world->proc[p];
    bool zombie = s->world->task[p].flags & TASK_ZOMBIE;
    const char *title = zombie ? word(W_STATE_ZOMBIE, s->ui->lang)
                               : state_word(s, TERMINATED);
    if (pr->exit_kind)
        return ui_format(s->ui, "%s: %s", title, signal_name(pr->exit_value));
    return ui_format(s->ui, "%s: %d", title, (int)pr->exit_value);
}

static struct cell state_of(const struct scene *s, int p)
{
    enum state st = (enum state)s->world->task[p].state;
    return (struct cell){st == TERMINATED ? end_text(s, p) : state_word(s, st),
                         ALIGN_LEFT, st == BLOCKED ? TONE_ERROR : TONE_TEXT};
}

static struct cell memory_of(const struct scene *s, int p)
{
    bool holds = s->world->task[p].flags & TASK_HOLDS;
    return holds ? number(s, world_need(s->world, p)) : none();
}

static struct cell letter_of(const struct scene *s, int p)
{
    char c = scene_letter(s, p);
    if (!c)
        return (struct cell){"–", ALIGN_LEFT, TONE_MUTED};
    return (struct cell){c == '.' ? word(W_KERNEL_GATE, s->ui->lang)
                                  : ui_format(s->ui, "%c", c),
                         ALIGN_LEFT, TONE_TEXT};
}

/* The function of the kernel that it sleeps in. */
static struct cell wchan_of(const struct scene *s, int p)
{
    const struct event *seen = scene_evidence(s, SEEN_WCHAN, p, NONE);
    size_t n = 0;
    const unsigned char *name = NULL;
    if (seen && s->world->task[p].state == BLOCKED)
        name = trace_payload(s->trace, seen->obj, &n);
    return (struct cell){
        name ? ui_format(s->ui, "%.*s", (int)n, (const char *)name) : "",
        ALIGN_LEFT, TONE_TEXT};
}

/* What it waits for, in the model. */
static struct cell wait_of(const struct scene *s, int p)
{
    enum state st = (enum state)s->world->task[p].state;
    if (st == RUNNING || st == READY || st == TERMINATED)
        return (struct cell){"", ALIGN_LEFT, TONE_MUTED};
    struct str out = {0};
    int holders[1];
    explain_wait(s->world, p, s->ui->lang, &out, holders, 1);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return (struct cell){text, ALIGN_LEFT, TONE_TEXT};
}

static struct cell priority_of(const struct scene *s, int p)
{
    const struct process_def *d =
        &s->scenario->processes[s->world->proc[p].def];
    return (struct cell){ui_format(s->ui, "%lld / %d", (long long)d->priority,
                                   (int)s->world->proc[p].nice),
                         ALIGN_RIGHT, TONE_TEXT};
}

static struct cell slice_of(const struct scene *s, int p)
{
    tick left = world_slice_left(s->world, p);
    if (scene_veiled(s) && s->world->task[p].state == RUNNING)
        return (struct cell){"?", ALIGN_RIGHT, TONE_MUTED};
    if (left == TICK_NEVER || s->world->task[p].state != RUNNING)
        return none();
    return number(s, left - (scene_now(s) - s->world->head->now));
}

static struct cell cpu_of(const struct scene *s, int p)
{
    return number(s, scene_spent(s, p, RUNNING));
}

static struct cell ready_of(const struct scene *s, int p)
{
    return number(s, scene_spent(s, p, READY));
}

static struct cell blocked_of(const struct scene *s, int p)
{
    return number(s, scene_spent(s, p, BLOCKED));
}

/* "0 1 2 3 4": the numbers of its open descriptors from 3 on. */
static struct cell fds_of(const struct scene *s, int p)
{
    struct str out = {0};
    const struct fd *fd = &s->world->fd[(int64_t)p * s->world->head->fds];
    for (int i = 3; i < s->world->head->fds; i++)
        if (fd[i].desc != NONE)
            str_addf(&out, "%s%d", out.length ? " " : "", i);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return (struct cell){text[0] ? text : "–", ALIGN_LEFT, TONE_TEXT};
}

/* ---- what the policy knows of it ---- */

/* The heads of the figures that somebody has; those that only some have come
 * behind those that all have. */
static int figure_heads(const struct scene *s,
                        struct shown_figure heads[SHOWN_FIGURES])
{
    int most = 0;
    for (int p = 0; p < s->world->head->procs && p < LOOKED_AT; p++) {
        struct shown_figure f[SHOWN_FIGURES];
        int n = world_figures(s->world, s->fair, p, f);
        for (int i = most; i < n; i++)
            heads[i] = f[i];
        most = n > most ? n : most;
    }
    return most;
}

static struct cell figure_of(const struct scene *s, int p, int which)
{
    struct shown_figure f[SHOWN_FIGURES];
    if (which >= world_figures(s->world, s->fair, p, f) ||
        figure_is_none(f[which].kind, f[which].value))
        return none();
    struct str out = {0};
    figure_write(f[which].kind, f[which].value, 2, &out);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return (struct cell){text, ALIGN_RIGHT, TONE_TEXT};
}

#define FIGURE_CELL(n)                                                         \
    static struct cell figure_##n(const struct scene *s, int p)                \
    {                                                                          \
        return figure_of(s, p, n);                                             \
    }
FIGURE_CELL(0)
FIGURE_CELL(1)
FIGURE_CELL(2)
FIGURE_CELL(3)
FIGURE_CELL(4)
FIGURE_CELL(5)

_Static_assert(SHOWN_FIGURES == 6, "a column for each figure");

/* In the order in which they stand; `rank`: who comes first when there is no
 * room for all; what a lesson is about comes before the rest. `sample` is the
 * longest that must fit. */
static const struct column {
    enum word title;
    int rank;
    const char *sample;
    struct cell (*cell)(const struct scene *s, int proc);
} columns[] = {
    {W_COLUMN_ID, 13, "000", id_of},
    {W_COLUMN_NAME, 0, "process-12", name_of},
    {W_COLUMN_PID, 9, "00000", pid_of},
    {W_COLUMN_PARENT, 11, "parent", parent_of},
    {W_COLUMN_STATE, 1, "", state_of},
    {W_COLUMN_LETTER, 10, "", letter_of},
    {W_COLUMN_WAIT, 8, "read p[0]", wait_of},
    {0, 2, "", figure_0},
    {0, 3, "", figure_1},
    {0, 4, "", figure_2},
    {0, 5, "", figure_3},
    {0, 6, "", figure_4},
    {0, 7, "", figure_5},
    {W_COLUMN_MEMORY, 12, "000", memory_of},
    {W_COLUMN_WCHAN, 14, "anon_pipe_read", wchan_of},
    {W_COLUMN_SLICE, 15, "0 000", slice_of},
    {W_COLUMN_CPU, 16, "0 000", cpu_of},
    {W_COLUMN_READY, 17, "0 000", ready_of},
    {W_COLUMN_BLOCKED, 18, "0 000", blocked_of},
    {W_COLUMN_FDS, 19, "3 4 5 6", fds_of},
    {W_COLUMN_PRIORITY, 20, "10 / 10", priority_of},
};

enum {
    COLUMNS = sizeof columns / sizeof *columns,
    COLUMN_GAP = 8,
    FIRST_FIGURE = 7 /* its column */
};

/* The table of a frame. */
struct table {
    float width[COLUMNS]; /* 0: left out */
    struct shown_figure head[SHOWN_FIGURES];
    int heads;
};

static const struct shown_figure *figure_at(const struct table *t, int column)
{
    int i = column - FIRST_FIGURE;
    return i >= 0 && i < t->heads ? &t->head[i] : NULL;
}

static enum word title_of(const struct table *t, int column)
{
    const struct shown_figure *f = figure_at(t, column);
    return f ? f->title : columns[column].title;
}

/* Whether the column says anything in this lesson. */
static bool useful(const struct scene *s, const struct table *t, int column)
{
    const struct column *c = &columns[column];
    if (column >= FIRST_FIGURE && column < FIRST_FIGURE + SHOWN_FIGURES)
        return figure_at(t, column) != NULL;
    if (c->cell == pid_of || c->cell == letter_of || c->cell == wchan_of)
        return s->feed->live || s->travel->lod.evidence;
    if (c->cell == fds_of)
        return s->scenario->uses_fds;
    if (c->cell == parent_of)
        return lesson_about(s->scenario).forks;
    if (c->cell == memory_of)
        return s->scenario->machine.memory > 0;
    return true;
}

/* Room for every state that may come, and for the ends that have come. */
static float states_width(const struct scene *s)
{
    bool suspends = lesson_about(s->scenario).suspends;
    int procs = s->world->head->procs;
    for (int i = 0; i < procs && !suspends; i++)
        suspends = s->world->task[i].state >= READY_SUSPENDED;
    float w = 0;
    for (int i = 0; i < STATE_COUNT; i++)
        if (i < READY_SUSPENDED || suspends)
            w = fmaxf(w, ui_width(s->ui, TYPE_BODY,
                                  state_word(s, (enum state)i)));
    w += ui_width(s->ui, TYPE_BODY, ": 0");
    for (int i = 0; i < procs && i < 64; i++)
        if (s->world->task[i].state == TERMINATED)
            w = fmaxf(w, ui_width(s->ui, TYPE_BODY, end_text(s, i)));
    return w;
}

static float pids_width(const struct scene *s)
{
    int most = 0;
    for (int i = 0; i < s->world->head->procs; i++)
        if (s->world->proc[i].real_pid > most)
            most = s->world->proc[i].real_pid;
    return ui_width(s->ui, TYPE_BODY, ui_format(s->ui, "%d", most));
}

/* The longest name under which the program's `verb` knows its object. */
static float name_width(const struct scene *s, enum verb verb)
{
    const struct scenario *sc = s->scenario;
    float w = 0;
    for (int32_t i = 0; i < sc->op_count; i++) {
        const struct op *op = &sc->ops[i];
        if (op->verb == (int)verb && op->arg[0] >= 0 &&
            op->arg[0] < sc->var_count)
            w = fmaxf(w, ui_width(s->ui, TYPE_BODY, sc->vars[op->arg[0]]));
    }
    return w;
}

/* A sentence's words, the holes in it filled with what is `filled` wide. */
static float words_width(const struct scene *s, enum word w, const char *holes,
                         float filled)
{
    return ui_width(s->ui, TYPE_BODY, word(w, s->ui->lang)) -
           ui_width(s->ui, TYPE_BODY, holes) + filled + 4;
}

/* Room for what sleepers of the lesson's mechanisms wait for. */
static float waits_width(const struct scene *s)
{
    struct lesson_about about = lesson_about(s->scenario);
    float w = 0;
    if (about.uses[MECH_MSGQ]) {
        float call = ui_width(s->ui, TYPE_BODY, "msgrcv0");
        w = words_width(s, W_WAITS_TYPE, "{0}{1}{2}",
                        call + name_width(s, OP_msgrcv));
    }
    if (about.uses[MECH_SEM]) {
        float name = fmaxf(name_width(s, OP_P), name_width(s, OP_semop));
        name += ui_width(s->ui, TYPE_BODY, "0");
        w = fmaxf(w, words_width(s, W_WAITS_SEM, "{0}{1}", name));
    }
    return w;
}

static float column_width(const struct scene *s, const struct table *t,
                          int column)
{
    static const char *const samples[] = {[FIGURE_WHOLE] = "00",
                                          [FIGURE_TICKS] = "000",
                                          [FIGURE_FRACTION] = "00.00"};
    struct ui *ui = s->ui;
    const struct column *c = &columns[column];
    const struct shown_figure *f = figure_at(t, column);
    float w = fmaxf(ui_width(ui, TYPE_CAPTION, word(title_of(t, column), ui->lang)),
                    ui_width(ui, TYPE_BODY, f ? samples[f->kind] : c->sample));
    if (c->cell == state_of)
        w = fmaxf(w, states_width(s));
    if (c->cell == pid_of)
        w = fmaxf(w, pids_width(s));
    if (c->cell == wait_of)
        w = fmaxf(w, waits_width(s));
    if (c->cell == letter_of)
        w = fmaxf(w, ui_width(ui, TYPE_BODY, word(W_KERNEL_GATE, ui->lang)));
    if (c->cell == name_of) {
        w = 0;
        for (int i = 0; i < s->world->head->procs && i < 64; i++)
            w = fmaxf(w, ui_width(ui, TYPE_STRONG, scene_name(s, i)));
        w = fmaxf(fminf(w, 130), 31) + ui->theme->row;
    }
    return ceilf(w) + 1;
}

/* Chooses the columns. */
static void choose(const struct scene *s, float room, struct table *t)
{
    for (int i = 0; i < COLUMNS; i++)
        t->width[i] = 0;
    for (int rank = 0; rank < COLUMNS; rank++)
        for (int i = 0; i < COLUMNS; i++) {
            if (columns[i].rank != rank || !useful(s, t, i))
                continue;
            float w = column_width(s, t, i);
            if (w > room)
                continue;
            t->width[i] = w;
            room -= w + COLUMN_GAP;
        }
    for (int i = 0; i < COLUMNS; i++)
        if (columns[i].cell == wait_of && t->width[i] > 0)
            t->width[i] += fminf(fmaxf(room, 0), 120);
}

static void header(struct scene *s, struct rect row, const struct table *t)
{
    row = rect_inset_xy(row, SPACE_2, 0);
    for (int i = 0; i < COLUMNS; i++) {
        if (t->width[i] <= 0)
            continue;
        struct rect r = rect_cut_left(&row, t->width[i]);
        rect_cut_left(&row, COLUMN_GAP);
        enum align align = ALIGN_LEFT;
        if (s->world->head->procs)
            align = columns[i].cell(s, 0).align;
        ui_label_short(s->ui, r, TYPE_CAPTION, ui_tone(s->ui, TONE_MUTED), align,
                       word(title_of(t, i), s->ui->lang));
    }
}

static void process(struct scene *s, struct rect row, int p,
                    const struct table *t)
{
    struct ui *ui = s->ui;
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = row, .id = ui_make_id("pcb", p),
                              .selected = p == s->view->selected,
                              .intent = {.what = DO_SELECT, .arg = p}});
    bool ended = s->world->task[p].state == TERMINATED;
    for (int i = 0; i < COLUMNS; i++) {
        if (t->width[i] <= 0)
            continue;
        struct rect r = rect_cut_left(&in, t->width[i]);
        rect_cut_left(&in, COLUMN_GAP);
        if (columns[i].cell == name_of) {
            struct rect dot = rect_cut_left(&r, ui->theme->row);
            float radius = ui->theme->row / 2 - 4;
            scene_token(s, (struct point){dot.x + radius, dot.y + dot.h / 2},
                        radius, p);
            scene_label_name(s, r, p);
            continue;
        }
        struct cell c = columns[i].cell(s, p);
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
    t.heads = figure_heads(s, t.head);
    choose(s, in.w - 2 * SPACE_2 - bar, &t);
    header(s, head, &t);
    struct rect all = ui_scroll_begin(ui, ui_make_id("table", 0), in,
                                      row * (float)n,
                                      &s->view->scroll[PANEL_TABLE]);
    struct rect clip = draw_clip(ui->draw);
    for (int i = 0; i < n; i++) {
        struct rect r = {all.x, all.y + row * (float)i, all.w, row};
        if (r.y + r.h >= clip.y && r.y <= clip.y + clip.h)
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
