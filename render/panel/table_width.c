/* table_width.c: which columns say anything in a lesson, and how wide they are:
 * they come by importance, as many as have room. */
#include "render/panel/table.h"

#include "render/lesson.h"
#include "sim/scenario/ops.h"

#include <math.h>

/* Whether the column says anything in this lesson. */
static bool useful(const struct scene *s, const struct table *t, int column)
{
    const struct column *c = &pcb_columns[column];
    if (c->kind == COLUMN_FIGURE)
        return pcb_figure(t, column) != NULL;
    if (c->kind == COLUMN_PID || c->kind == COLUMN_LETTER ||
        c->kind == COLUMN_WCHAN)
        return s->feed->live || s->travel->lod.evidence;
    if (c->kind == COLUMN_FDS)
        return s->scenario->uses_fds;
    if (c->kind == COLUMN_PARENT)
        return lesson_about(s->scenario).forks;
    if (c->kind == COLUMN_MEMORY)
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
                                  pcb_state(s, (enum state)i)));
    w += ui_width(s->ui, TYPE_BODY, ": 0");
    for (int i = 0; i < procs && i < 64; i++)
        if (s->world->task[i].state == TERMINATED)
            w = fmaxf(w, ui_width(s->ui, TYPE_BODY, pcb_end(s, i)));
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
    const struct column *c = &pcb_columns[column];
    const struct shown_figure *f = pcb_figure(t, column);
    float w = fmaxf(ui_width(ui, TYPE_CAPTION, word(pcb_title(t, column), ui->lang)),
                    ui_width(ui, TYPE_BODY, f ? samples[f->kind] : c->sample));
    if (c->kind == COLUMN_STATE)
        w = fmaxf(w, states_width(s));
    if (c->kind == COLUMN_PID)
        w = fmaxf(w, pids_width(s));
    if (c->kind == COLUMN_WAIT)
        w = fmaxf(w, waits_width(s));
    if (c->kind == COLUMN_LETTER)
        w = fmaxf(w, ui_width(ui, TYPE_BODY, word(W_KERNEL_GATE, ui->lang)));
    if (c->kind == COLUMN_NAME) {
        w = 0;
        for (int i = 0; i < s->world->head->procs && i < 64; i++)
            w = fmaxf(w, ui_width(ui, TYPE_STRONG, scene_name(s, i)));
        w = fmaxf(fminf(w, 130), 31) + ui->theme->row;
    }
    return ceilf(w) + 1;
}

void pcb_choose(const struct scene *s, float room, struct table *t)
{
    for (int i = 0; i < TABLE_COLUMNS; i++)
        t->width[i] = 0;
    for (int rank = 0; rank < TABLE_COLUMNS; rank++)
        for (int i = 0; i < TABLE_COLUMNS; i++) {
            if (pcb_columns[i].rank != rank || !useful(s, t, i))
                continue;
            float w = column_width(s, t, i);
            if (w > room)
                continue;
            t->width[i] = w;
            room -= w + TABLE_GAP;
        }
    for (int i = 0; i < TABLE_COLUMNS; i++)
        if (pcb_columns[i].kind == COLUMN_WAIT && t->width[i] > 0)
            t->width[i] += fminf(fmaxf(room, 0), 120);
}
