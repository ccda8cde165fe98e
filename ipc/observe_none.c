/* observe_none.c: an observer that knows nothing. A legal one: /proc may not
 * be mounted, or the system may forbid looking at others (Yama). */
#include "ipc/observe.h"

static void begin(struct watched *w, int pid)
{
    w->pid = pid;
    for (int i = 0; i < WATCHED_FILES; i++)
        w->file[i] = -1;
}

static void end(struct watched *w)
{
    w->pid = 0;
}

static enum look call(struct watched *w, int64_t *number, int64_t *first)
{
    (void)w;
    *number = -1;
    *first = 0;
    return LOOK_UNKNOWN;
}

static char letter(struct watched *w, int *exit_status)
{
    (void)w;
    (void)exit_status;
    return 0;
}

static void wchan(struct watched *w, char *to, size_t room)
{
    (void)w;
    if (room > 0)
        to[0] = '\0';
}

static int64_t pending(const struct watched *w)
{
    (void)w;
    return -1;
}

static int64_t cpu(struct watched *w)
{
    (void)w;
    return -1;
}

const struct observer observe_none = {
    .name = "none",
    .begin = begin,
    .end = end,
    .call = call,
    .letter = letter,
    .wchan = wchan,
    .pending = pending,
    .cpu = cpu,
};
