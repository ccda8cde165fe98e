/* fifo.c: a FIFO between real processes.
 *
 * mkfifo(3) makes a file that is no file: a name in a directory, behind which
 * there is a pipe as soon as somebody opens it. Two processes that have nothing
 * in common but the name can talk through it, and that is what FIFOs are for:
 * a pipe has to be inherited.
 *
 * open(2) is where the two meet. Whoever opens for reading sleeps until
 * somebody opens for writing, and the other way round: the BLOCKED state we
 * came to see. From then on it is a pipe like any other (pipe.c). unlink(2)
 * takes the name away; who has the FIFO open goes on.
 *
 * The names of a lesson live in a directory of its own, which is the children's
 * current one (place.h). A name has no slash, so it can mean nothing else.
 *
 * Try: `ls -l` in that directory while a lesson plays: the first letter is p,
 * and the size is 0 whatever is in it.
 *
 * See also fifo(7), and sim/mech/fifo.c for the same thing in the model. */
#define _GNU_SOURCE
#include "ipc/actor.h"
#include "ipc/child.h"
#include "ipc/mech/mech.h"
#include "ipc/mech/pipe.h"
#include "ipc/place.h"

#include "sim/base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- in the child ---- */

static const char *name_in(const struct order *o, enum arg_key key)
{
    return child_scenario()->names[op_arg(&o->op, key)];
}

void lab_mkfifo(const struct order *o, struct answer *a)
{
    int64_t mode = op_arg(&o->op, KEY_mode);
    mode = mode == ARG_ABSENT ? 0666 : mode >> 32;
    child_returned(a, mkfifo(name_in(o, KEY_mkfifo), (mode_t)mode));
}

void lab_open(const struct order *o, struct answer *a)
{
    int flags = op_flag(&o->op, "O_RDWR")     ? O_RDWR
                : op_flag(&o->op, "O_WRONLY") ? O_WRONLY
                                              : O_RDONLY;
    if (op_flag(&o->op, "O_NONBLOCK"))
        flags |= O_NONBLOCK;
    child_may_sleep(SYS_openat, AT_FDCWD);
    child_returned(a, open(name_in(o, KEY_open), flags | O_NOFOLLOW));
    if (a->ret >= 0)
        pipe_look_inside(o, (int)a->ret, a);
}

void lab_unlink(const struct order *o, struct answer *a)
{
    child_returned(a, unlink(name_in(o, KEY_unlink)));
}

/* ---- in the lab ---- */

/* A file is empty, whatever is in the FIFO; it keeps its number for life. */
static void compare_file(struct lab *lab, const char *name, int inode)
{
    const struct inode *f = &lab->world->inode[inode];
    struct peeks *k = &lab->peeks;
    struct stat seen;
    if (fstatat(place_dirfd(), name, &seen, AT_SYMLINK_NOFOLLOW) < 0) {
        lab_trouble(lab, "there is no file %.80s", name);
        return;
    }
    bool fifo = S_ISFIFO(seen.st_mode);
    if (fifo != (f->kind == INODE_FIFO) || (!fifo && !S_ISREG(seen.st_mode)))
        lab_trouble(lab, "%.80s is another kind of file", name);
    if ((int)(seen.st_mode & 0777) != f->mode)
        lab_trouble(lab, "%.80s has mode %#o, not %#o", name,
                    (unsigned)(seen.st_mode & 0777), (unsigned)f->mode);
    if (seen.st_size != 0 || (int)seen.st_nlink != f->links)
        lab_trouble(lab, "%.80s has %lld bytes and %d names", name,
                    (long long)seen.st_size, (int)seen.st_nlink);
    k->file = mem_grow(k->file, (size_t)inode + 1, &k->file_room,
                       sizeof *k->file);
    while (k->files <= (size_t)inode)
        k->file[k->files++] = 0;
    if (k->file[inode] != (uint64_t)seen.st_ino)
        sight_kernel(lab, NO_PROC, SEEN_FILE,
                     (struct event){.aux = inode,
                                    .val = (int64_t)seen.st_mode});
    k->file[inode] = (uint64_t)seen.st_ino;
}

/* How many names there are in the directory, -1: we may not look. */
static int names_there(void)
{
    int fd = openat(place_dirfd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    int count = dir ? 0 : -1;
    for (struct dirent *e; dir && (e = readdir(dir));)
        count += e->d_name[0] != '.' ||
                 (e->d_name[1] && (e->d_name[1] != '.' || e->d_name[2]));
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    return count;
}

/* The names that the world knows, and how many there are. */
static int compare_names(struct lab *lab)
{
    const struct world *w = lab->world;
    int names = 0;
    for (int n = 0; n < w->head->names; n++)
        if (w->name[n].inode != NONE) {
            names++;
            compare_file(lab, w->scenario->names[n], w->name[n].inode);
        }
    return names;
}

/* Only the one that the step was about. */
static void compare_name(struct lab *lab)
{
    const struct op *op = lab->step->call;
    bool made = op->verb == OP_mkfifo;
    int64_t n = op_arg(op, made ? KEY_mkfifo : KEY_unlink);
    int inode = lab->world->name[n].inode;
    if (inode != NONE)
        compare_file(lab, lab->world->scenario->names[n], inode);
}

/* Files come and go by two calls only. Of very many not all are looked at each
 * time: that would take longer the more there are. */
void inspect_files(struct lab *lab)
{
    enum { NAMES_LOOKED_AT = 64 };
    const struct step *st = lab->step;
    bool changed = st->kind == STEP_OP &&
                   (st->call->verb == OP_mkfifo || st->call->verb == OP_unlink);
    if (!changed || place_dirfd() < 0)
        return;
    if (lab->world->head->names > NAMES_LOOKED_AT) {
        compare_name(lab);
        return;
    }
    int names = compare_names(lab);
    int there = names_there();
    if (there >= 0 && there != names)
        lab_trouble(lab, "there are %d names in the directory, not %d", there,
                    names);
}
