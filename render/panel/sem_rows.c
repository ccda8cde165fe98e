/* sem_rows.c: see sem_rows.h. */
#include "render/panel/sem_rows.h"

#include "render/panel/objects.h"

#include "sim/model/semaphore.h"

#include <math.h>

/* ---- lines of tokens ---- */

static struct sem_line line_new(struct scene *s)
{
    return (struct sem_line){arena_alloc(&s->ui->frame,
                                     SEM_ENTRIES_MOST * sizeof(struct sem_entry)), 0};
}

static void line_add(struct sem_line *l, int proc, const char *text)
{
    if (l->count < SEM_ENTRIES_MOST)
        l->all[l->count] = (struct sem_entry){proc, text};
    l->count++;
}

static float token_radius(const struct scene *s)
{
    return fminf(objects_line(s) / 2 - 2, s->ui->theme->big ? 16 : 9);
}

/* Between a token, which may have the ring of the selected one, and its text. */
enum { BESIDE = 4 };

static float entry_width(struct scene *s, struct sem_entry e)
{
    float text = *e.text ? BESIDE + ui_width(s->ui, TYPE_CAPTION, e.text) : 0;
    return 2 * token_radius(s) + text + (*e.text ? SPACE_2 : 4);
}

static void draw_entry(struct scene *s, struct rect cell, struct sem_entry e)
{
    float r = token_radius(s);
    scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r, e.proc);
    rect_cut_left(&cell, 2 * r + BESIDE);
    ui_label_short(s->ui, cell, TYPE_CAPTION, ui_tone(s->ui, TONE_TEXT),
                   ALIGN_LEFT, e.text);
}

float sem_line_width(struct scene *s, const struct sem_line *l)
{
    float w = 0;
    for (int i = 0; i < l->count && i < SEM_ENTRIES_MOST; i++)
        w += entry_width(s, l->all[i]);
    return w;
}

void sem_line_draw(struct scene *s, struct rect row, const struct sem_line *l)
{
    struct ui *ui = s->ui;
    float plus = ui_width(ui, TYPE_CAPTION, "+0");
    for (int i = 0; i < l->count; i++) {
        bool last = i + 1 == l->count;
        float w = i < SEM_ENTRIES_MOST ? entry_width(s, l->all[i]) : row.w + 4;
        if (i && w - 4 + (last ? 0 : plus) > row.w) {
            ui_label_in(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                        ALIGN_LEFT, ui_format(ui, "+%d", l->count - i));
            return;
        }
        draw_entry(s, rect_cut_left(&row, fminf(w, row.w)), l->all[i]);
    }
}

/* ---- what is said of one semaphore ---- */

const struct sem_row sem_rows[SEM_ROWS] = {
    {W_SEM_HELD, TONE_MUTED},     {W_SEM_FOR_MORE, TONE_ERROR},
    {W_SEM_FOR_ZERO, TONE_ERROR}, {W_SEM_UNDO, TONE_MUTED},
    {W_SEM_LAST, TONE_MUTED},
};

static const char *amount(struct scene *s, const char *format, int n)
{
    return n == 1 ? "" : ui_format(s->ui, format, n);
}

static void add_holders(struct scene *s, int sem, struct sem_line *l)
{
    const struct world *w = s->world;
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc != NONE && w->hold[i].sem == sem)
            line_add(l, w->hold[i].proc, amount(s, "×%d", w->hold[i].count));
}

static void add_sleepers(struct scene *s, const struct queue *q,
                         struct sem_line *l)
{
    for (int i = q->head; i != NONE; i = s->world->task[i].line.next)
        line_add(l, i, amount(s, "-%d", -sem_awaited(s->world, i).op));
}

static void add_undoing(struct scene *s, int sem, struct sem_line *l)
{
    const struct world *w = s->world;
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].proc != NONE && w->undo[i].sem == sem)
            line_add(l, w->undo[i].proc,
                     ui_format(s->ui, "%+d", (int)w->undo[i].adjust));
}

struct sem_line sem_row_of(struct scene *s, int sem, int row)
{
    struct sem_line l = line_new(s);
    const struct sem *one = &s->world->sem[sem];
    if (row == SEM_TAKEN)
        add_holders(s, sem, &l);
    else if (row == SEM_TO_TAKE)
        add_sleepers(s, &one->alter, &l);
    else if (row == SEM_FOR_ZERO)
        for (int i = one->zero.head; i != NONE;
             i = s->world->task[i].line.next)
            line_add(&l, i, "");
    else if (row == SEM_TO_UNDO)
        add_undoing(s, sem, &l);
    else if (one->pid != NONE)
        line_add(&l, one->pid, "");
    return l;
}

unsigned sem_rows_used(struct scene *s, int from, int count)
{
    unsigned used = 0;
    for (int i = from; i < from + count; i++)
        for (int r = 0; r < SEM_ROWS; r++)
            if (sem_row_of(s, i, r).count)
                used |= 1u << r;
    return used;
}

int sem_rows_in(unsigned used)
{
    int n = 0;
    for (int r = 0; r < SEM_ROWS; r++)
        n += (used >> r & 1u) != 0;
    return n;
}

/* ---- those who wait for several at once ---- */

/* "[0]-1 [1]-1"; a wait for zero is "[0]=0". */
static const char *wish_of(struct scene *s, int proc)
{
    enum { SHOWN = 4 };
    const struct scenario *sc = s->scenario;
    struct sem_ops ops = sem_ops_of(sc, &sc->ops[s->world->task[proc].pc]);
    const char *all = "";
    for (int i = 0; i < ops.count && i < SHOWN; i++) {
        struct sem_op o = sem_op_at(&ops, i);
        const char *what =
            o.op ? ui_format(s->ui, "%+d", (int)o.op) : "=0";
        all = ui_format(s->ui, "%s%s[%d]%s", all, i ? " " : "", (int)o.num,
                        what);
    }
    return ops.count > SHOWN ? ui_format(s->ui, "%s …", all) : all;
}

struct sem_line sem_for_the_set(struct scene *s, int set)
{
    const struct semset *all = &s->world->semset[set];
    struct sem_line l = line_new(s);
    for (int i = all->zero.head; i != NONE; i = s->world->task[i].line.next)
        line_add(&l, i, wish_of(s, i));
    for (int i = all->alter.head; i != NONE; i = s->world->task[i].line.next)
        line_add(&l, i, wish_of(s, i));
    return l;
}
