/* explain_stuck.c: what each process waits for that can never go on, and, where
 * they wait for each other in a circle, the circle. */
#include "sim/model/explain.h"

#include "sim/model/explain_say.h"

/* Somebody can still help: whoever sits at the window. */
static bool is_put_aside(const struct say *s, int proc)
{
    const struct task *t = &s->w->task[proc];
    return t->state == READY_SUSPENDED &&
           !(t->flags & (TASK_WANTS | TASK_STOPPED));
}

/* There it has a name what a sleeper waits for, and somebody holds it. */
static bool at_semaphore(const struct world *w, int proc)
{
    int wait = w->task[proc].wait;
    return wait >= WAIT_SEM && wait <= WAIT_SEMS_ZERO;
}

/* Who alone could help `proc`; NONE: nobody, or one of several. */
static int only_holder(const struct world *w, int proc)
{
    int who = NONE;
    struct str what = {0};
    int n = explain_wait(w, proc, LANG_EN, &what, &who, 1);
    str_free(&what);
    return n == 1 ? who : NONE;
}

/* From `proc` to the one it waits for and on, until it is `proc` again: that
 * many are in the circle; 0: there is none. */
static int circle_of(const struct world *w, int proc, int *who, int room)
{
    int n = 0, at = proc;
    do {
        if (n == room || at == NONE)
            return 0;
        who[n++] = at;
        at = only_holder(w, at);
    } while (at != proc);
    return n > 1 ? n : 0;
}

/* "`A` → `B` → `A`" */
static void say_circle(struct say *s, const int *who, int n)
{
    say_name(s, who[0]);
    for (int i = 1; i <= n; i++) {
        say_name(s, who[i % n]);
        say_fold(s, W_SAY_THEN, 2);
    }
}

void explain_stuck(struct say *s, const struct event *e)
{
    if (is_put_aside(s, e->proc)) {
        say_name(s, e->proc);
        say_stop(s, W_SAY_STUCK_SUSPENDED, 1);
        return;
    }
    int who[HOLDERS_SHOWN], circle[HOLDERS_SHOWN];
    struct str what = {0};
    int n = explain_wait(s->w, e->proc, s->lang, &what, who, HOLDERS_SHOWN);
    int state = s->w->task[e->proc].state;
    bool asleep = (state == BLOCKED || state == BLOCKED_SUSPENDED) &&
                  !(n && at_semaphore(s->w, e->proc));
    n = n > HOLDERS_SHOWN ? HOLDERS_SHOWN : n;
    say_name(s, e->proc);
    if (asleep)
        say_manual(s, s->w->task[e->proc].pc);
    else
        say_text(s, str_text(&what));
    str_free(&what);
    if (asleep && n == 1 && who[0] == e->proc) {
        say_stop(s, W_SAY_STUCK_SELF, 2);
        return;
    }
    if (n)
        say_names(s, who, n, n == 1 && who[0] == e->proc ? e->proc : NONE);
    int round = circle_of(s->w, e->proc, circle, HOLDERS_SHOWN);
    if (round) {
        say_circle(s, circle, round);
        say_stop(s, asleep ? W_SAY_STUCK_CIRCLE : W_SAY_STUCK_WAITS_CIRCLE, 4);
    } else if (n) {
        say_stop(s, asleep ? W_SAY_STUCK : W_SAY_STUCK_WAITS, 3);
    } else {
        say_stop(s, asleep ? W_SAY_STUCK_ALONE : W_SAY_STUCK_WAITS_ALONE, 2);
    }
}

