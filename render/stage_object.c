/* stage_object.c: which kernel object is selected. */
#include "render/link.h"
#include "render/stage_go.h"

void stage_object(struct stage *st, struct intent i)
{
    st->view.object = st->view.object == i.arg ? 0 : i.arg;
}

static const enum panel_id with_objects[] = {PANEL_PIPE, PANEL_MSGQ, PANEL_SHM,
                                             PANEL_SEM};

enum { WITH_OBJECTS = sizeof with_objects / sizeof *with_objects };

static int count_of(const struct world *w, enum panel_id panel)
{
    return panel == PANEL_PIPE   ? w->head->pipes
           : panel == PANEL_MSGQ ? w->head->msgqs
           : panel == PANEL_SHM  ? w->head->shms
                                 : w->head->semsets;
}

static bool is_there(const struct world *w, enum panel_id panel, int object)
{
    return panel == PANEL_PIPE   ? !world_pipe_gone(w, object)
           : panel == PANEL_MSGQ ? !w->msgq[object].ipc.gone
           : panel == PANEL_SHM  ? !w->shm[object].ipc.gone
                                 : !w->semset[object].ipc.gone;
}

void stage_object_next(struct stage *st, struct intent i)
{
    const struct world *w = &st->travel.replay.world;
    bool behind = !st->view.object, any = false;
    (void)i;
    for (int p = 0; p < WITH_OBJECTS; p++) {
        enum panel_id panel = with_objects[p];
        for (int o = 0; o < count_of(w, panel); o++) {
            int64_t me = link_object(panel, o);
            any |= is_there(w, panel, o);
            if (behind && is_there(w, panel, o)) {
                st->view.object = me;
                if (tabs_has(&st->layout.tabs, panel))
                    st->view.tab = (int)panel;
                return;
            }
            behind |= me == st->view.object;
        }
    }
    st->view.object = 0;
    if (!any)
        stage_say(st, word(W_OBJECT_NONE, st->view.lang));
}
