/* world_file.c: files, descriptors and pipes: what is there at the beginning, who
 * has which end, who counts as a reader or a writer, what poll(2) says, and
 * which bytes are in it. */
#include "sim/model/areas.h"
#include "sim/model/world.h"

#include <string.h>

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

int world_desc(const struct world *w, int proc, int64_t fd)
{
    if (fd < 0 || fd >= w->head->fds)
        return NONE;
    return w->fd[(int64_t)proc * w->head->fds + fd].desc;
}

int world_end(const struct world *w, int proc, int pipe, enum desc_kind end)
{
    const struct fd *fd = &w->fd[(int64_t)proc * w->head->fds];
    for (int f = 0; f < w->head->fds; f++) {
        if (fd[f].desc == NONE)
            continue;
        const struct desc *d = &w->desc[fd[f].desc];
        if (desc_has_end(d, end) && d->object == pipe)
            return f;
    }
    return NONE;
}

size_t world_pipe_bytes(const struct world *w, int pipe, unsigned char *to,
                        size_t room)
{
    const struct pipe *p = &w->pipe[pipe];
    size_t n = 0;
    for (int i = 0; i < p->used && n < room; i++) {
        int64_t at = p->ring + ((p->first + i) & (p->room - 1));
        struct pipe_page page = w->page[at];
        size_t length = (size_t)(page.end - page.start);
        if (length > room - n)
            length = room - n;
        memcpy(to + n, w->byte + at * PIPE_PAGE + page.start, length);
        n += length;
    }
    return n;
}
