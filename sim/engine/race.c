/* race.c: where Linux itself may do this or that.
 *
 * Nearly everything a kernel does with processes has one outcome. Three things
 * have not. When two sleepers of the same pipe have been woken and neither has
 * looked yet, whoever gets the pipe's lock first looks first. (A reader that
 * leaves something over while a writer is still waiting with more than fits
 * into the pipe wakes that writer and the next reader: SEMANTICS.md, P17.) And
 * when a process with a handler for SIGCHLD is to have it twice in one step,
 * from a child that goes on and ends or from two that end, it may see to the
 * first before the second comes, or be late and find it all at once: one
 * signal, and its wait(2) has whom it likes best of those who have ended. And
 * when the end of a child is the end of its sibling, which wrote to what the
 * first has read, the sibling may be gone before the first is, although it
 * began later; their parent, asleep in wait(2), gets whoever is gone when it
 * looks. Nobody can foretell any of this, so there the model offers the
 * outcomes and the kernel picks one.
 *
 * A run of the model alone takes those woken in the order of waking, and nobody
 * is late. In a live run a step in which that choice came up is done by the
 * real processes first; when nobody moves any more, what came of it is held
 * against the outcomes one after the other, in the order of their choices: the
 * model goes back to the moment before the step and does it again with the
 * next. The first that fits is what has happened; its CHOICE events stay in the
 * trace. If none fits, the first outcome stays and the step diverges.
 *
 * Going back costs a copy of the world, so one is kept only before steps in
 * which a choice can come up: two sleep on one pipe, somebody has a handler for
 * SIGCHLD, or somebody waits for any child while a writer sleeps. */
#include "sim/engine/engine.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <stdlib.h>
#include <string.h>

/* More outcomes than this are not tried. */
enum { TRIES_MOST = 20000 };

static bool somebody_handles_chld(const struct world *w)
{
    for (int d = 0; w->head->handlers && d < w->scenario->process_count; d++)
        for (int i = w->instances[d].here.head; i != NONE;
             i = w->proc[i].same.next)
            if (world_handles(w, i, CHLD))
                return true;
    return false;
}

static bool somebody_waits_for_any(const struct world *w)
{
    for (int i = 0; i < w->head->procs; i++)
        if (w->task[i].phase == PHASE_ASLEEP &&
            w->task[i].wait == WAIT_CHILD && w->task[i].wait_obj == NONE)
            return true;
    return false;
}

static bool can_come_up(const struct world *w)
{
    int writers = 0;
    if (somebody_handles_chld(w))
        return true;
    for (int i = 0; i < w->head->pipes; i++) {
        writers += w->pipe[i].write_wait.count;
        if (w->pipe[i].read_wait.count + w->pipe[i].write_wait.count > 1)
            return true;
    }
    if (writers && somebody_waits_for_any(w))
        return true;
    for (int i = 0; i < w->head->msgqs; i++)
        if (w->msgq[i].senders.count + w->msgq[i].receivers.count > 1)
            return true;
    return false;
}

/* Whether a pipe may grow depends on all others of the same user. */
static bool resizes(const struct step *st)
{
    return st->kind == STEP_OP && st->call->verb == OP_fcntl &&
           op_arg(st->call, KEY_pipe_size) != ARG_ABSENT;
}

void race_begin(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    r->kept = resizes(&l->step) || can_come_up(&s->world);
    if (!r->kept)
        return;
    world_copy(&r->before, &s->world);
    r->events = s->trace.count;
    r->bytes = s->trace.byte_count;
    r->step = l->step;
    r->owed = mem_grow(r->owed, l->owed_count, &r->owed_room, sizeof *r->owed);
    if (l->owed_count)
        memcpy(r->owed, l->owed, l->owed_count * sizeof *r->owed);
    r->owed_count = l->owed_count;
    r->made = r->count = r->tries = 0;
    r->told_count = r->news_count = r->slow_count = 0;
    r->doubt = NONE;
    r->asked = r->in_vain = r->late = false;
}

static size_t choose(struct race *r, size_t among)
{
    if (r->made == r->count) {
        r->choice[r->count].taken = 0;
        r->choice[r->count++].among = (uint16_t)among;
    }
    return r->choice[r->made++].taken;
}

size_t race_choose(struct sim *s, enum race_kind kind, int obj, size_t among)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    if (!l->open || !r->kept || r->made == CHOICES_MOST)
        return 0;
    if (kind != RACE_WAIT || l->step.race == RACE_NONE) {
        l->step.race = kind;
        l->step.race_obj = obj;
    }
    return choose(r, among);
}

static bool is_told(const struct race *r, int parent)
{
    for (int i = 0; i < r->told_count; i++)
        if (r->told[i] == parent)
            return true;
    return false;
}

bool race_is_late(struct sim *s, int parent, int child)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    if (!l->open || !r->kept || !world_handles(&s->world, parent, CHLD))
        return false;
    if (r->late && parent == r->doubt) {
        require(r->news_count < STEP_MANY);
        r->news[r->news_count++] = child;
        return true;
    }
    if (!is_told(r, parent)) {
        require(r->told_count < STEP_MANY);
        r->told[r->told_count++] = parent;
    } else if (r->doubt == NONE) {
        r->doubt = parent;
    }
    return false;
}

void race_looks_late(struct sim *s, int parent)
{
    struct race *r = &s->live.race;
    require(r->slow_count < STEP_MANY);
    r->slow[r->slow_count++] = parent;
}

void race_tell_late(struct sim *s)
{
    struct race *r = &s->live.race;
    if (!r->kept)
        return;
    for (int i = 0; i < r->slow_count; i++)
        wait_looks(s, r->slow[i]);
    s->live.step.doubt = r->doubt;
    if (r->late)
        signal_parent_once(s, r->news, r->news_count);
}

static void go_back(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    world_copy(&s->world, &r->before);
    begin_policy(s);
    trace_cut(&s->trace, r->events, r->bytes);
    if (r->owed_count)
        memcpy(l->owed, r->owed, r->owed_count * sizeof *l->owed);
    l->owed_count = r->owed_count;
    l->step = r->step;
    r->made = r->told_count = r->news_count = r->slow_count = 0;
}

/* The last choice that can be made differently is; those behind it come up
 * anew. */
static bool next_choice(struct race *r)
{
    while (r->count > 0) {
        struct choice *last = &r->choice[r->count - 1];
        if (last->taken + 1 < last->among && r->tries++ < TRIES_MOST) {
            last->taken++;
            return true;
        }
        r->count--;
    }
    return false;
}

/* Returns false when all has been tried. */
static bool choose_differently(struct race *r)
{
    if (next_choice(r))
        return true;
    bool more = r->doubt != NONE && !r->late;
    r->late |= more;
    return more;
}

static bool queue_is_as_seen(const struct sim *s, const struct sight *seen)
{
    int queue = s->live.step.race_obj;
    const struct msgq *q = &s->world.msgq[queue];
    return seen->messages < 0 ||
           (seen->messages == q->qnum &&
            seen->order == world_msgq_order(&s->world, queue) &&
            seen->sender == q->last_sender &&
            seen->receiver == q->last_receiver);
}

/* Whether the object about which there was a race is as it was seen. */
static bool is_as_seen(const struct sim *s, const struct sight *seen)
{
    const struct step *st = &s->live.step;
    switch (st->race) {
    case RACE_PIPE:
        return seen->level < 0 ||
               s->world.pipe[st->race_obj].bytes == seen->level;
    case RACE_QUEUE:
        return queue_is_as_seen(s, seen);
    case RACE_WAIT: /* what wait(2) returned says it all */
    case RACE_NONE:
        break;
    }
    return true;
}

static bool fits(const struct sim *s, const struct sight *seen)
{
    const struct step *st = &s->live.step;
    int64_t chld = (int64_t)1 << (CHLD - 1);
    bool pending = seen->pending < 0 || st->doubt == NONE ||
                   !(((int64_t)s->world.proc[st->doubt].pending ^
                      seen->pending) & chld);
    return is_as_seen(s, seen) && pending && step_same(&s->live, seen);
}

bool race_settled(struct sim *s)
{
    struct live *l = &s->live;
    struct race *r = &l->race;
    if (!r->kept || (!r->asked && !step_is_open(&l->step)))
        return true;
    if (!r->asked) {
        r->asked = true;
        r->seen = (struct sight){0};
        if (!l->kernel->step(l->kernel->self, &s->world, &l->step, &r->seen))
            return true; /* it is gone: step_confirm finds that out, too */
    }
    l->step.settled = true;
    if (r->in_vain || fits(s, &r->seen))
        return true;
    r->in_vain = !choose_differently(r);
    go_back(s);
    return false;
}

void race_free(struct race *r)
{
    world_free(&r->before);
    free(r->owed);
}
