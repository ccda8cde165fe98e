/* link.c: see link.h. */
#include "render/link.h"

#include "sim/model/shm.h"

enum { OBJECTS_FROM = 1 << 30 /* above the number of any process */ };

int64_t link_object(enum panel_id panel, int object)
{
    return OBJECTS_FROM + ((int64_t)panel << 32) + object;
}

bool link_is_object(int64_t about)
{
    return about >= OBJECTS_FROM;
}

static bool has_pipe(const struct world *w, int pipe, int proc)
{
    const struct task *t = &w->task[proc];
    bool waits = (t->wait == WAIT_READ || t->wait == WAIT_WRITE) &&
                 t->wait_obj == pipe;
    return waits || (t->state != TERMINATED &&
                     (world_end(w, proc, pipe, DESC_PIPE_READ) != NONE ||
                      world_end(w, proc, pipe, DESC_PIPE_WRITE) != NONE));
}

static bool has_queue(const struct world *w, int queue, int proc)
{
    const struct task *t = &w->task[proc];
    const struct msgq *q = &w->msgq[queue];
    for (int i = 0; i < q->qnum; i++)
        if (w->msg[q->first + i].sender == proc)
            return true;
    return (t->wait == WAIT_MSGSND || t->wait == WAIT_MSGRCV) &&
           t->wait_obj == queue;
}

static bool has_segment(const struct world *w, int shm, int proc)
{
    for (int i = 0; i < w->head->attaches; i++)
        if (world_attach(w, proc, i)->shm == shm)
            return true;
    return false;
}

static bool has_set(const struct world *w, int set, int proc)
{
    const struct task *t = &w->task[proc];
    int64_t first = w->semset[set].first, end = first + w->semset[set].nsems;
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc == proc && w->hold[i].sem >= first &&
            w->hold[i].sem < end)
            return true;
    if (t->wait == WAIT_SEM || t->wait == WAIT_SEM_ZERO)
        return t->wait_obj >= first && t->wait_obj < end;
    return (t->wait == WAIT_SEMS || t->wait == WAIT_SEMS_ZERO) &&
           t->wait_obj == set;
}

bool link_has(const struct world *w, int64_t about, int proc)
{
    int panel = (int)((about - OBJECTS_FROM) >> 32);
    int object = (int)((about - OBJECTS_FROM) & 0x7FFFFFFF);
    switch (panel) {
    case PANEL_PIPE:
        return object < w->head->pipes && has_pipe(w, object, proc);
    case PANEL_MSGQ:
        return object < w->head->msgqs && has_queue(w, object, proc);
    case PANEL_SHM:
        return object < w->head->shms && has_segment(w, object, proc);
    case PANEL_SEM:
        return object < w->head->semsets && has_set(w, object, proc);
    default:
        return false;
    }
}

void link_ground(struct scene *s, struct rect at, enum panel_id panel,
                 int object)
{
    struct ui *ui = s->ui;
    int64_t me = link_object(panel, object), about = ui->was_about;
    bool selected = s->view->object == me;
    bool pointed = about == me ||
                   (about > 0 && !link_is_object(about) &&
                    about <= s->world->head->procs &&
                    link_has(s->world, me, (int)about - 1));
    if (selected || pointed)
        draw_box(ui->draw,
                 (struct box){.at = rect_inset_xy(at, -6, 0), .radius = 6,
                              .fill = ui_tone(ui, selected ? TONE_ACCENT_SOFT
                                                           : TONE_HOVER)});
    if (ui_over(ui, at))
        ui->about = me;
}

void link_click(struct scene *s, struct rect at, enum panel_id panel, int object)
{
    int64_t me = link_object(panel, object);
    ui_pressed(s->ui, ui_make_id("object", me), at,
               (struct intent){.what = DO_SELECT_OBJECT, .arg = me});
}
