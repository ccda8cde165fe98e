/* stops.c: whoever is stopped or killed, and goes on.
 *
 * Somebody has to ask for it: the user, or a signal. */
#include "tests/legal/court.h"

static void told(struct court *c, int man, enum transition how)
{
    bool by_user;
    if (!is_told(c, man, how, &by_user))
        breach(c, "%s: %s, which nobody asks for", called(c, man),
               transition_name(how));
    else if (by_user)
        in_phase(c, PHASE_ACTIONS, 0);
}

/* It was about to fall asleep at this very instant, and is stopped before: it
 * will, once it has a CPU again. The end of a job is the end all the same. */
static void goes_back(struct court *c, int man)
{
    struct man *m = &c->man[man];
    if (m->due != DUE_BLOCK || m->rests)
        return;
    m->due = DUE_NOTHING;
    m->fetched = false;
}

void judge_stop(struct court *c, int man, enum transition how)
{
    struct man *m = &c->man[man];
    bool competes = m->state == READY || m->state == RUNNING;
    told(c, man, how);
    goes_back(c, man);
    if (competes && c->law->stops)
        c->law->stops(c, man);
    if (how == T_KILL) {
        enter(c, man, TERMINATED);
        m->due = DUE_NOTHING;
        judge_spent(c, man);
        for (int k = 0; k < LOCKS_MAX; k++)
            m->holds[k] = 0;
    } else {
        enter(c, man, state_after(m->state, how));
    }
    m->cpu = competes ? NOBODY : m->cpu;
}

void judge_activation(struct court *c, int man)
{
    struct man *m = &c->man[man];
    told(c, man, T_ACTIVATE);
    hears(c, man);
    if (m->state == BLOCKED_SUSPENDED) {
        enter(c, man, BLOCKED);
        return;
    }
    bool dies = m->signalled == c->now; /* and never comes back from it */
    if (m->asleep && !m->answered && !is_timed(m) && !dies)
        breach(c, "%s goes on, and its call has not returned", called(c, man));
    if (m->asleep)
        work_wakes(c, man);
    becomes_ready(c, man, BY_ACTIVATION);
}

void judge_resleep(struct court *c, int man)
{
    told(c, man, T_ACTIVATE);
    if (!c->man[man].asleep || c->man[man].answered)
        breach(c, "%s sleeps again, and did not sleep", called(c, man));
    enter(c, man, BLOCKED);
}
