/* explain_life.c: how processes come in: created, admitted, wanted back.
 *
 * Memory and process slots are given in order: whoever needs little does not
 * overtake whoever needs much. So whether a process that comes into the line
 * now has to wait, and for what, follows from the line as it stands. */
#include "sim/model/explain_say.h"

/* What the one at the front of the line would find. */
struct stock {
    int64_t memory, slots; /* used */
};

static bool lacks_memory(const struct world *w, int proc, struct stock had)
{
    int64_t all = w->scenario->machine.memory;
    bool has = w->task[proc].flags & TASK_HOLDS;
    return all > 0 && !has && had.memory + world_need(w, proc) > all;
}

static bool lacks_slot(const struct world *w, int proc, struct stock had)
{
    int64_t all = w->scenario->machine.max_processes;
    bool has = w->task[proc].flags & TASK_ADMITTED;
    return all > 0 && !has && had.slots >= all;
}

static struct stock take(const struct world *w, int proc, struct stock had)
{
    bool holds = w->task[proc].flags & TASK_HOLDS;
    bool slot = w->task[proc].flags & TASK_ADMITTED;
    had.memory += holds ? 0 : world_need(w, proc);
    had.slots += slot ? 0 : 1;
    return had;
}

/* The first in the line, up to `proc`, that gets less than it needs; NONE if
 * `proc` will be served with all before it. `*left` is what that one finds. */
static int who_lacks(const struct world *w, int proc, struct stock *left)
{
    *left = (struct stock){w->head->memory_used, w->head->slots_used};
    for (int i = w->head->admission.head; i != NONE;
         i = w->proc[i].wants.next) {
        if (lacks_memory(w, i, *left) || lacks_slot(w, i, *left))
            return i;
        if (i == proc)
            return NONE;
        *left = take(w, i, *left);
    }
    return NONE;
}

/* Pushes what keeps `proc` out, and returns true; false if nothing does. */
static bool say_lack(struct say *s, int proc)
{
    const struct machine *m = &s->w->scenario->machine;
    struct stock left;
    int who = who_lacks(s->w, proc, &left);
    if (who == NONE)
        return false;
    if (who != proc) {
        say_name(s, who);
        say_fold(s, W_SAY_LACKS_TURN, 1);
    } else if (lacks_memory(s->w, proc, left)) {
        say_count(s, world_need(s->w, proc), W_SAY_UNIT, W_SAY_UNITS);
        say_number(s, m->memory - left.memory);
        say_number(s, m->memory);
        say_fold(s, W_SAY_LACKS_MEMORY, 3);
    } else {
        int zombies = s->w->head->zombies;
        say_number(s, left.slots);
        say_number(s, m->max_processes);
        if (zombies)
            say_number(s, zombies);
        say_fold(s, zombies ? W_SAY_LACKS_SLOT_ZOMBIES : W_SAY_LACKS_SLOT,
                 zombies ? 3 : 2);
    }
    return true;
}

void explain_created(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_number(s, e->t);
    say_name(s, e->obj);
    bool waits = say_lack(s, e->proc);
    say_fold(s, waits ? W_SAY_CREATED_WAITS : W_SAY_CREATED, waits ? 4 : 3);
    say_fold(s, W_SAY_STOP, 1);
}

void explain_forked(struct say *s, const struct event *e)
{
    const struct event *born = say_event(s, EV_CREATE, NO_PROC);
    say_name(s, e->proc);
    if (e->sub) {
        say_text(s, errno_text((enum errno_name)e->sub));
        say_fold(s, W_SAY_FORK_FAILS, 2);
        return;
    }
    int child = born ? born->proc : (int)e->val - 1;
    say_name(s, child);
    bool waits = say_lack(s, child);
    say_fold(s, waits ? W_SAY_FORKED_WAITS : W_SAY_FORKED, waits ? 3 : 2);
}

void explain_wants(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    if (!say_lack(s, e->proc))
        say_word(s, W_SAY_NOBODY);
    say_fold(s, W_SAY_WANTS, 2);
    say_fold(s, W_SAY_STOP, 1);
}

void explain_admitted(struct say *s, const struct event *e)
{
    const struct machine *m = &s->w->scenario->machine;
    bool memory = m->memory > 0, slots = m->max_processes > 0;
    say_name(s, e->proc);
    if (memory && !slots)
        say_count(s, world_need(s->w, e->proc), W_SAY_UNIT, W_SAY_UNITS);
    if (memory) {
        say_number(s, e->val);
        say_number(s, m->memory);
    }
    if (slots) {
        say_number(s, e->aux);
        say_number(s, m->max_processes);
    }
    if (memory && slots)
        say_fold(s, W_SAY_ADMIT_BOTH, 5);
    else if (memory)
        say_fold(s, W_SAY_ADMIT_MEMORY, 4);
    else if (slots)
        say_fold(s, W_SAY_ADMIT_SLOT, 3);
    else
        say_fold(s, W_SAY_ADMIT, 1);
}
