/* race.c: a step whose outcome is Linux's to choose.
 *
 * In nearly every step the model knows what must come true, and the lab waits
 * for just that. Where several woken sleepers may look first, or two signals
 * may have become one (sim/engine/race.c), it does not: so we wait until nobody
 * moves any more, whatever has come of it, and report who has returned with
 * what, how full the pipe is and which signals are pending.
 * The model then finds the outcome that fits and the step comes a second time,
 * to be looked at as any other.
 *
 * Nobody moves if two looks in a row find everybody asleep in a system call
 * and nobody has been on a CPU between them. */
#define _GNU_SOURCE
#include "ipc/actor.h"
#include "ipc/mech/msgq.h"

#include <sched.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int64_t PATIENCE = 5000000000; /* ns */

/* Whether everybody is asleep now; adds up how long they have been on a CPU
 * (nanoseconds) until then. */
static bool all_asleep(struct lab *lab, int64_t *on_cpu)
{
    *on_cpu = 0;
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (!a->used || a->dead || stays_stopped(lab, a) || actor_ended(a))
            continue;
        int64_t number, first;
        if (lab->observer->call(&a->watched, &number, &first) != LOOK_ASLEEP)
            return false;
        *on_cpu += lab->observer->cpu(&a->watched);
    }
    return true;
}

void race_wait(struct lab *lab)
{
    int64_t begun = lab_now(), before = -1;
    for (;;) {
        sched_yield();
        int64_t on_cpu;
        bool quiet = all_asleep(lab, &on_cpu);
        if (quiet && on_cpu == before)
            return;
        before = quiet ? on_cpu : -1;
        if (lab_now() - begun > PATIENCE) {
            lab_trouble(lab, "somebody did not come to rest");
            return;
        }
    }
}

/* A look at the pipe through somebody's descriptor, at a moment when nobody
 * moves, and closed at once: nobody can notice. */
static int64_t bytes_in(const struct actor *a, int fd)
{
    int got = (int)syscall(SYS_pidfd_getfd, a->pidfd, fd, 0);
    if (got < 0)
        return -1;
    int bytes;
    int64_t level = ioctl(got, FIONREAD, &bytes) == 0 ? bytes : -1;
    close(got);
    return level;
}

static int64_t level_of(const struct lab *lab, int pipe)
{
    const struct world *w = lab->world;
    for (int i = 0; w && i < lab->high; i++) {
        const struct actor *a = &lab->actor[i];
        if (!a->used || a->dead || actor_ended(a))
            continue;
        for (int fd = 0; fd < w->head->fds; fd++) {
            int desc = world_desc(w, a->proc, fd);
            if (desc != NONE && w->desc[desc].object == pipe)
                return bytes_in(a, fd);
        }
    }
    return -1;
}

void race_see(struct lab *lab, struct sight *seen)
{
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (a->used && a->pid && !a->dead)
            add_answer(lab, a);
    }
    const struct step *st = lab->step;
    const struct actor *doubt = actor_of(lab, st->doubt);
    seen->level = st->race == RACE_PIPE ? level_of(lab, st->race_obj) : -1;
    seen->messages = -1;
    if (st->race == RACE_QUEUE)
        msgq_see(lab, st->race_obj, seen);
    seen->pending = doubt ? lab->observer->pending(&doubt->watched) : -1;
    seen->result = lab->result;
    seen->results = (int)lab->result_count;
}

void race_adopt(struct lab *lab)
{
    const struct step *st = lab->step;
    struct actor *a = actor_of(lab, st->proc);
    struct call *c = a ? actor_call(a) : NULL;
    if (c && (st->kind == STEP_OP || st->kind == STEP_HANDLER))
        c->sleeps = st->sleeps;
}
