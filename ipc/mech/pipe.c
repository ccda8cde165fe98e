/* pipe.c: a pipe between real processes.
 *
 * pipe(2) makes a buffer inside the kernel and two descriptors: p[0] to read
 * from, p[1] to write to. fork copies both, and from then on parent and child
 * hold two ends each of the same buffer.
 *
 * Whoever reads an empty pipe sleeps until somebody writes: that sleep is the
 * BLOCKED state we came to see. Whoever writes a full one sleeps until
 * somebody reads. When the last descriptor for writing is closed, a reader
 * gets 0, the end of the file; so whoever forgets to close the end it does not
 * need waits for ever. When the last one for reading is closed, a writer gets
 * SIGPIPE, which kills, or EPIPE if it does not.
 *
 * After each call the process itself asks the kernel how many bytes lie in the
 * pipe, how many fit, and what poll(2) says. It asks, and not the lab, because a
 * descriptor of the lab's own would be one more reader or writer and change what
 * others see. Only when nobody moves the lab looks for itself (pipe_peek.c).
 *
 * See also pipe(7), and sim/mech/pipe.c for the same thing in the model. */
#define _GNU_SOURCE
#include "ipc/child.h"
#include "ipc/mech/mech.h"
#include "ipc/mech/pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

void pipe_look_inside(const struct order *o, int fd, struct answer *a)
{
    struct pollfd look = {.fd = fd, .events = POLLIN | POLLOUT};
    int bytes = 0;
    a->look = child_ticket();
    if (ioctl(fd, FIONREAD, &bytes) == 0)
        a->bytes = bytes;
    if (poll(&look, 1, 0) >= 0)
        a->poll = look.revents;
    if (o->op.verb != OP_read && o->op.verb != OP_write)
        a->size = fcntl(fd, F_GETPIPE_SZ);
}

void lab_pipe(const struct order *o, struct answer *a)
{
    int flags = 0;
    if (op_flag(&o->op, "O_NONBLOCK"))
        flags |= O_NONBLOCK;
    if (op_flag(&o->op, "O_CLOEXEC"))
        flags |= O_CLOEXEC;
    if (op_flag(&o->op, "O_DIRECT"))
        flags |= O_DIRECT;
    int p[2];
    child_returned(a, pipe2(p, flags));
    if (a->ret < 0)
        return;
    a->fd[0] = p[0];
    a->fd[1] = p[1];
    pipe_look_inside(o, p[0], a);
}

void lab_read(const struct order *o, struct answer *a)
{
    size_t size = (size_t)op_arg(&o->op, KEY_size);
    child_may_sleep(SYS_read, o->fd);
    child_returned(a, read((int)o->fd, child_bytes(), size));
    pipe_look_inside(o, (int)o->fd, a);
}

void lab_write(const struct order *o, struct answer *a)
{
    child_may_sleep(SYS_write, o->fd);
    child_returned(a, write((int)o->fd, child_bytes(), (size_t)o->length));
    pipe_look_inside(o, (int)o->fd, a);
}

void lab_close(const struct order *o, struct answer *a)
{
    child_returned(a, close((int)o->fd));
}

void lab_dup(const struct order *o, struct answer *a)
{
    child_returned(a, dup((int)o->fd));
}

void lab_fcntl(const struct order *o, struct answer *a)
{
    int fd = (int)o->fd;
    int64_t size = op_arg(&o->op, KEY_pipe_size);
    int flags = (op_flag(&o->op, "O_NONBLOCK") ? O_NONBLOCK : 0) |
                (op_flag(&o->op, "O_DIRECT") ? O_DIRECT : 0);
    child_returned(a, size == ARG_ABSENT ? fcntl(fd, F_SETFL, flags)
                                         : fcntl(fd, F_SETPIPE_SZ, (int)size));
    pipe_look_inside(o, fd, a);
}
