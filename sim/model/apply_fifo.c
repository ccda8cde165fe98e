/* apply_fifo.c: files get their names and lose them. */
#include "sim/model/apply.h"

#include "sim/model/areas.h"

void apply_INODE(struct world *w, const struct trace *tr,
                 const struct event *e)
{
    (void)tr;
    world_make_room(w, AREA_INODE, e->obj + 1);
    if (e->obj == w->head->inodes)
        w->head->inodes++;
    w->inode[e->obj] = (struct inode){.kind = e->sub,
                                      .number = (int32_t)++w->head->files,
                                      .mode = (int32_t)e->val,
                                      .links = 1,
                                      .name = e->aux,
                                      .maker = e->proc,
                                      .pipe = NONE,
                                      .open_read = {NONE, NONE, 0},
                                      .open_write = {NONE, NONE, 0}};
    w->name[e->aux].inode = e->obj;
}

/* What the name meant lives on as long as somebody has it open. */
void apply_UNLINK(struct world *w, const struct trace *tr,
                  const struct event *e)
{
    (void)tr;
    struct place_name *name = &w->name[e->obj];
    w->inode[name->inode].links--;
    name->inode = NONE;
}
