/* pipe_room.c: how many pages a pipe may have in use.
 *
 * Sixteen, to begin with. But Linux counts the pages of all pipes of a user,
 * used or not: beyond 16384 of them a new pipe gets only two, and nobody may
 * make one larger (P22). Other programs of the same user count, too, and of
 * them the model knows nothing; so in a live run it is the kernel who says how
 * large a new pipe is (live.c) and whether one may grow (race.c), and the model
 * follows.
 *
 * See also F_SETPIPE_SZ in fcntl(2), and "/proc files" in pipe(7). */
#include "sim/mech/pipe.h"

enum {
    PAGES_SOFT = 16384, /* pipe-user-pages-soft */
    SLOTS_FEW = 2       /* of a pipe beyond that */
};

static int64_t pages_of_all(const struct sim *s)
{
    int64_t pages = 0;
    for (int i = 0; i < s->world.head->pipes; i++)
        if (!world_pipe_gone(&s->world, i))
            pages += s->world.pipe[i].slots;
    return pages;
}

int64_t pipe_new_slots(const struct sim *s)
{
    return pages_of_all(s) + PIPE_SLOTS > PAGES_SOFT ? SLOTS_FEW : PIPE_SLOTS;
}

/* Whole pages, a power of two of them. */
static int64_t round_up(int64_t size)
{
    int64_t slots = 1;
    while (slots * PIPE_PAGE < size)
        slots *= 2;
    return slots;
}

static enum errno_name refusal_of(const struct sim *s, const struct pipe *p,
                                  int64_t slots)
{
    int64_t pages = pages_of_all(s) - p->slots + slots;
    bool larger = slots > p->slots;
    if (larger && (slots > PIPE_SLOTS_MAX || pages > PAGES_SOFT))
        return E_EPERM;
    return slots < p->used ? E_EBUSY : E_OK;
}

void pipe_resize(struct sim *s, int proc, int pipe, int64_t size)
{
    const struct pipe *p = &s->world.pipe[pipe];
    int64_t slots = round_up(size);
    enum errno_name error = refusal_of(s, p, slots);
    obey(s, RULE_P21);
    if (!error && slots > p->slots && race_choose(s, RACE_PIPE, pipe, 2) == 1)
        error = E_EPERM; /* for all that the user has beside the lesson */
    if (error) {
        op_returns(s, proc, -1, error, NO_PAYLOAD);
        return;
    }
    bool fifo = p->inode != NONE;
    SAY(s, .kind = EV_PIPE, .sub = fifo, .proc = p->maker, .obj = pipe,
        .aux = fifo ? p->inode : p->var, .val = slots);
    op_returns(s, proc, slots * PIPE_PAGE, E_OK, NO_PAYLOAD);
    struct event why = reason(WHY_ROOM_CAME, proc, 0);
    struct wakeups u = {0};
    pipe_wake_one(s, &u, &s->world.pipe[pipe].write_wait, why);
    pipe_settle(s, pipe, why, &u);
}
