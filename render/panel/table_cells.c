/* table_cells.c: what an operating system remembers about a process, in the
 * words and numbers of its row. */
#include "render/panel/table.h"

#include "sim/model/explain.h"
#include "sim/scenario/ops.h"

enum { LOOKED_AT = 64 }; /* processes, for what columns need */

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
const char *pcb_state(const struct scene *s, enum state st)
{
    if (st == READY_SUSPENDED)
        return word(W_STATE_SHORT_READY_SUSPENDED, s->ui->lang);
    if (st == BLOCKED_SUSPENDED)
        return word(W_STATE_SHORT_BLOCKED_SUSPENDED, s->ui->lang);
    return state_title(st, s->ui->lang);
}

/* "terminated: 3", "zombie: SIGPIPE": how it ended. */
const char *pcb_end(const struct scene *s, int p)
{
    const struct proc *pr = &s->world->proc[p];
    bool zombie = s->world->task[p].flags & TASK_ZOMBIE;
    const char *title = zombie ? word(W_STATE_ZOMBIE, s->ui->lang)
                               : pcb_state(s, TERMINATED);
    if (pr->exit_kind)
        return ui_format(s->ui, "%s: %s", title, signal_name(pr->exit_value));
    return ui_format(s->ui, "%s: %d", title, (int)pr->exit_value);
}

static struct cell state_of(const struct scene *s, int p)
{
    enum state st = (enum state)s->world->task[p].state;
    return (struct cell){st == TERMINATED ? pcb_end(s, p) : pcb_state(s, st),
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

/* Those that only some have come behind those that all have. */
void pcb_find_figures(const struct scene *s, struct table *t)
{
    t->heads = 0;
    for (int p = 0; p < s->world->head->procs && p < LOOKED_AT; p++) {
        struct shown_figure f[SHOWN_FIGURES];
        int n = world_figures(present_moment(s->present), p, f);
        for (; t->heads < n; t->heads++)
            t->head[t->heads] = f[t->heads];
    }
}

static struct cell figure_of(const struct scene *s, int p, int which)
{
    struct shown_figure f[SHOWN_FIGURES];
    if (which >= world_figures(present_moment(s->present), p, f) ||
        figure_is_none(f[which].kind, f[which].value))
        return none();
    struct str out = {0};
    shown_write(&f[which], 2, &out);
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

const struct column pcb_columns[TABLE_COLUMNS] = {
    {W_COLUMN_ID, COLUMN_PLAIN, 13, "000", id_of},
    {W_COLUMN_NAME, COLUMN_NAME, 0, "process-12", name_of},
    {W_COLUMN_PID, COLUMN_PID, 9, "00000", pid_of},
    {W_COLUMN_PARENT, COLUMN_PARENT, 11, "parent", parent_of},
    {W_COLUMN_STATE, COLUMN_STATE, 1, "", state_of},
    {W_COLUMN_LETTER, COLUMN_LETTER, 10, "", letter_of},
    {W_COLUMN_WAIT, COLUMN_WAIT, 8, "read p[0]", wait_of},
    {0, COLUMN_FIGURE, 2, "", figure_0},
    {0, COLUMN_FIGURE, 3, "", figure_1},
    {0, COLUMN_FIGURE, 4, "", figure_2},
    {0, COLUMN_FIGURE, 5, "", figure_3},
    {0, COLUMN_FIGURE, 6, "", figure_4},
    {0, COLUMN_FIGURE, 7, "", figure_5},
    {W_COLUMN_MEMORY, COLUMN_MEMORY, 12, "000", memory_of},
    {W_COLUMN_WCHAN, COLUMN_WCHAN, 14, "anon_pipe_read", wchan_of},
    {W_COLUMN_SLICE, COLUMN_PLAIN, 15, "0 000", slice_of},
    {W_COLUMN_CPU, COLUMN_PLAIN, 16, "0 000", cpu_of},
    {W_COLUMN_READY, COLUMN_PLAIN, 17, "0 000", ready_of},
    {W_COLUMN_BLOCKED, COLUMN_PLAIN, 18, "0 000", blocked_of},
    {W_COLUMN_FDS, COLUMN_FDS, 19, "3 4 5 6", fds_of},
    {W_COLUMN_PRIORITY, COLUMN_PLAIN, 20, "10 / 10", priority_of},
};

/* ---- heads ---- */

enum { FIRST_FIGURE = 7 /* its column */ };

const struct shown_figure *pcb_figure(const struct table *t, int column)
{
    int i = column - FIRST_FIGURE;
    return i >= 0 && i < t->heads ? &t->head[i] : NULL;
}

enum word pcb_title(const struct table *t, int column)
{
    const struct shown_figure *f = pcb_figure(t, column);
    return f ? f->title : pcb_columns[column].title;
}
