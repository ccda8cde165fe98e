/* world_file.c: files and the ends of pipes: what is there at the beginning,
 * who counts as a reader or a writer, and what poll(2) says. */
#include "sim/model/areas.h"
#include "sim/model/world.h"

/* The files that ftok(3) is to find are there from the beginning. */
void world_begin_files(struct world *w)
{
    enum { MODE = 0644 };
    const struct scenario *sc = w->scenario;
    for (int n = 0; sc->name_is_file && n < sc->name_count; n++) {
        if (!sc->name_is_file[n])
            continue;
        int32_t i = w->head->inodes;
        world_make_room(w, AREA_INODE, i + 1);
        w->inode[w->head->inodes++] =
            (struct inode){.kind = INODE_FILE,
                           .number = (int32_t)++w->head->files,
                           .mode = MODE,
                           .links = 1,
                           .name = n,
                           .maker = NONE,
                           .pipe = NONE,
                           .open_read = {NONE, NONE, 0},
                           .open_write = {NONE, NONE, 0}};
        w->name[n].inode = i;
    }
}

/* The FIFO that has `pipe` as its buffer, NULL if none has. */
static const struct inode *inode_of(const struct world *w, int pipe)
{
    int32_t i = w->pipe[pipe].inode;
    return i != NONE && w->inode[i].pipe == pipe ? &w->inode[i] : NULL;
}

int world_readers(const struct world *w, int pipe)
{
    const struct inode *i = inode_of(w, pipe);
    return w->pipe[pipe].readers + (i ? i->open_read.count : 0);
}

int world_writers(const struct world *w, int pipe)
{
    const struct inode *i = inode_of(w, pipe);
    return w->pipe[pipe].writers + (i ? i->open_write.count : 0);
}

/* As pipe_poll of Linux's fs/pipe.c. The end of a FIFO that was opened before
 * there was any writer is not hung up until one has come and gone. */
int world_polls(const struct world *w, int desc)
{
    const struct desc *d = &w->desc[desc];
    const struct pipe *p = &w->pipe[d->object];
    int says = 0;
    if (desc_has_end(d, DESC_PIPE_READ)) {
        bool hung_up = !world_writers(w, d->object) &&
                       !(d->flags & DESC_EARLY && d->seen == p->came);
        says |= (p->bytes > 0 ? POLLS_IN : 0) | (hung_up ? POLLS_HUP : 0);
    }
    if (desc_has_end(d, DESC_PIPE_WRITE)) {
        bool broken = !world_readers(w, d->object);
        says |= (p->used < p->slots ? POLLS_OUT : 0) | (broken ? POLLS_ERR : 0);
    }
    return says;
}
