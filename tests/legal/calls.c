/* calls.c: what calls have come to, and who holds which lock.
 *
 * A lock is a semaphore that nobody gives to who has not taken from it. A
 * process that gives without having taken gives for the only one that has; if
 * there is no such one and it has not made the set, the semaphore is no lock. */
#include "tests/legal/court.h"

static const struct op *op_at(const struct court *c, int man)
{
    return &c->sc->ops[c->man[man].at.pc];
}

/* ---- calls return ---- */

static void becomes_nicer(struct court *c, int man, int64_t said)
{
    struct man *m = &c->man[man];
    int64_t more = op_at(c, man)->arg[0], nice = m->nice + more;
    nice = more < 0 ? -1 : nice > 19 ? 19 : nice;
    if (nice != said)
        breach(c, "nice of %s gives %lld, not %lld", called(c, man),
               (long long)said, (long long)nice);
    if (more < 0)
        return;
    if (c->law->stretch_ends)
        c->law->stretch_ends(c, man);
    m->nice = (int)nice;
}

/* Of several that were forked from one definition, it may be any. */
static bool is_target(const struct court *c, int64_t process, int man)
{
    return (process & INT32_MAX) == c->man[man].def;
}

/* A signal reaches who is not admitted yet, or stopped, when he goes on. */
static bool is_deaf(const struct man *m)
{
    return m->state == NEW || m->state == READY_SUSPENDED ||
           m->state == BLOCKED_SUSPENDED;
}

static void sends(struct court *c, int by)
{
    int64_t to = op_arg(op_at(c, by), KEY_kill);
    for (int i = 0; i < c->men; i++)
        if (is_target(c, to, i)) {
            c->man[i].signalled = c->now;
            c->man[i].pending |= is_deaf(&c->man[i]);
        }
}

void call_returns(struct court *c, const struct event *e)
{
    struct man *m = &c->man[e->proc];
    enum verb verb = (enum verb)c->sc->ops[e->aux].verb;
    c->stamp++;
    if (m->due == DUE_CALL && is_call(verb)) {
        if (e->aux != m->at.pc)
            breach(c, "%s returns from another call than it is in",
                   called(c, e->proc));
        if (verb == OP_kill && e->val == 0)
            sends(c, e->proc);
        if (verb == OP_nice)
            becomes_nicer(c, e->proc, e->val);
        m->due = DUE_NOTHING;
        m->fetched = false;
        m->at.pc++;
        if (m->state == RUNNING)
            work_goes_on(c, e->proc);
    } else if (m->asleep) {
        m->answered = true;
    } else if (is_call(verb)) {
        breach(c, "%s returns from a call that has not had its time",
               called(c, e->proc));
    }
}

/* ---- semaphores ---- */

/* The only one that has taken semaphore k; NOBODY: no one has, or several. */
static int only_holder(const struct court *c, int k)
{
    int found = NOBODY;
    for (int i = 0; i < c->men; i++)
        if (c->man[i].state != TERMINATED && c->man[i].holds[k]) {
            if (found != NOBODY)
                return NOBODY;
            found = i;
        }
    return found;
}

static void nobody_holds(struct court *c, int k)
{
    for (int i = 0; i < c->men; i++)
        c->man[i].holds[k] = 0;
}

static void gives(struct court *c, int man, int k)
{
    int from = c->man[man].holds[k] ? man : only_holder(c, k);
    if (from != NOBODY) {
        c->man[from].holds[k]--;
    } else if (man != c->maker) {
        c->no_lock[k] = true;
        nobody_holds(c, k);
    }
}

void semaphore_changes(struct court *c, const struct event *e)
{
    int k = e->obj;
    c->stamp++;
    if (e->kind == EV_SEMSET) {
        c->maker = e->proc;
        return;
    }
    if (k < 0 || k >= LOCKS_MAX) {
        breach(c, "there is no semaphore %d", k);
        return;
    }
    bool set = e->sub == SEM_BY_SETTING;
    if (!set && c->value[k] + e->aux != e->val)
        breach(c, "semaphore %d changes by %d from %lld to %lld", k, e->aux,
               (long long)c->value[k], (long long)e->val);
    c->value[k] = e->val;
    if (set) {
        c->no_lock[k] = false;
        nobody_holds(c, k);
    } else if (!c->no_lock[k] && e->aux < 0) {
        c->man[e->proc].holds[k]++;
    } else if (!c->no_lock[k]) {
        gives(c, e->proc, k);
    }
}

int lock_awaited(const struct court *c, int man)
{
    const struct man *m = &c->man[man];
    if (m->state != BLOCKED || m->answered || m->rests ||
        op_at(c, man)->verb != OP_P)
        return NOBODY;
    int64_t k = op_arg(op_at(c, man), KEY_num);
    return k == ARG_ABSENT ? 0 : (int)k;
}

void judge_calls(struct court *c)
{
    for (int i = 0; i < c->men && !c->over; i++) {
        int k = lock_awaited(c, i);
        if (k != NOBODY && c->value[k] > 0)
            breach(c, "%s sleeps for semaphore %d, which is %lld",
                   called(c, i), k, (long long)c->value[k]);
    }
}

/* ---- others' calls, and the user ---- */

static bool kills_now(const struct court *c, int by, int man)
{
    const struct op *op = op_at(c, by);
    return c->man[by].due == DUE_CALL && op->verb == OP_kill &&
           is_target(c, op_arg(op, KEY_kill), man);
}

bool is_told(const struct court *c, int man, enum transition how,
             bool *by_user)
{
    enum action_kind kind = how == T_SUSPEND ? ACTION_SUSPEND
                            : how == T_KILL  ? ACTION_KILL
                                             : ACTION_ACTIVATE;
    *by_user = false;
    if (c->man[man].signalled == c->now ||
        (c->man[man].pending && how == T_KILL))
        return true;
    for (int i = 0; i < c->men; i++)
        if (kills_now(c, i, man))
            return true;
    for (int i = 0; i < c->sc->action_count; i++) {
        const struct action *a = &c->sc->actions[i];
        *by_user |= a->at == c->now && a->kind == kind &&
                    is_target(c, a->process, man);
    }
    return *by_user;
}

bool forks_now(const struct court *c, int parent, int def)
{
    if (parent < 0 || parent >= c->men)
        return false;
    const struct op *op = op_at(c, parent);
    return c->man[parent].due == DUE_CALL && op->verb == OP_fork &&
           (op_arg(op, KEY_fork) & INT32_MAX) == def;
}
