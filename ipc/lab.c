/* lab.c: the lab itself, and how nothing of it is left behind.
 *
 * Whatever ends the lab (an error, the window that goes away, kill -9), its
 * children must end too, even those that sleep in a read for ever. There is
 * nobody to kill them: the lab is dead. So the kernel does it.
 *
 * The lab holds the only writing end of a pipe, the *liveness pipe*, that
 * nothing is ever written to. Its reading end has O_ASYNC: when something
 * happens to the pipe, the kernel sends a signal to the pipe's owner. We make
 * the owner the process group of all children (F_SETOWN) and the signal
 * SIGKILL (F_SETSIG). When the lab dies, in whatever way, its descriptors are
 * closed; the last writing end goes, and at that very moment the kernel kills
 * the group. Members are killed as one, so a child that is just forking does
 * not get a new one past the signal.
 *
 * See also fcntl(2), credentials(7), and child.c (join_group) for why there is
 * no gap while a child is being born. */
#define _GNU_SOURCE
#include "ipc/lab.h"

#include "ipc/actor.h"
#include "ipc/keys.h"
#include "ipc/place.h"
#include "ipc/profile.h"
#include "ipc/sandbox.h"
#include "ipc/seccomp.h"
#include "ipc/sweep.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t lab_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* The reading end goes up to where no program's descriptor will be. */
static bool make_liveness(struct lab *lab)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return false;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    int high = limit.rlim_cur > LIVENESS_FD ? LIVENESS_FD
                                            : (int)limit.rlim_cur - 1;
    int p[2];
    if (pipe2(p, O_CLOEXEC) < 0)
        return false;
    lab->liveness[1] = p[1];
    lab->liveness[0] = fcntl(p[0], F_DUPFD_CLOEXEC, high);
    close(p[0]);
    return lab->liveness[0] >= FDS_MAX &&
           fcntl(lab->liveness[0], F_SETSIG, SIGKILL) == 0 &&
           fcntl(lab->liveness[0], F_SETFL, O_ASYNC) == 0;
}

/* The CPUs that we may use, as we found it. */
static cpu_set_t found_cpus;

/* A wake-up from one CPU to another costs ten times as much. */
static void pin(void)
{
    int cpu = sched_getcpu();
    cpu_set_t one;
    if (CPU_COUNT(&found_cpus) == 0)
        sched_getaffinity(0, sizeof found_cpus, &found_cpus);
    CPU_ZERO(&one);
    CPU_SET((size_t)(cpu < 0 ? 0 : cpu), &one);
    sched_setaffinity(0, sizeof one, &one);
}

void lab_spread(void)
{
    sched_setaffinity(0, sizeof found_cpus, &found_cpus);
}

/* ---- the watchdog ---- */

/* A step that waits for news must come round once in a while, to see whether
 * anybody still moves. A bound on each single wait would cost a timer every
 * time (a tenth of a step), so one timer ticks for all of them and counts as
 * news. */
static _Atomic uint32_t *ticked;

static void tick_now(int sig)
{
    (void)sig;
    atomic_fetch_add(ticked, 1);
}

static void set_ticking(struct lab *lab, bool on)
{
    if (lab->ticking == on)
        return;
    const suseconds_t every = on ? 5000 : 0; /* microseconds */
    struct itimerval timer = {.it_interval = {.tv_usec = every},
                              .it_value = {.tv_usec = every}};
    ticked = &lab->wire.head->news;
    if (on) {
        struct sigaction act;
        memset(&act, 0, sizeof act);
        act.sa_handler = tick_now;
        act.sa_flags = SA_RESTART;
        sigaction(SIGALRM, &act, NULL);
    }
    setitimer(ITIMER_REAL, &timer, NULL);
    if (!on)
        signal(SIGALRM, SIG_IGN); /* one may still be under way */
    lab->ticking = on;
}

void lab_rest(struct lab *lab)
{
    set_ticking(lab, false);
}

/* ---- a step ---- */

static bool do_step(void *self, const struct world *w, const struct step *st,
                    struct sight *seen)
{
    struct lab *lab = self;
    if (lab->lost)
        return false;
    int64_t begun = lab_now();
    lab->world = w;
    lab->step = st;
    if (!st->settled)
        lab->trouble[0] = '\0';
    lab->evidence_count = 0;
    lab->result_count = 0;
    atomic_store(&lab->wire.head->playing, 0);
    lab->playing = false;
    set_ticking(lab, true);
    step_carry_out(lab);
    if (step_is_open(st)) {
        race_see(lab, seen);
        return true;
    }
    sight_fill(lab, seen);
    seen->looked = lab->looked;
    seen->nanoseconds = lab_now() - begun;
    if (lab->trouble[0]) {
        seen->trouble = lab->trouble;
        seen->limit = lab->limited;
        lab->lost = true;
    }
    return true;
}

/* One look is enough: nobody has anything left to do, so whoever is not
 * asleep now, after a while, never will be. */
static const char *last_look(void *self, int *proc)
{
    struct lab *lab = self;
    if (lab->lost)
        return NULL; /* it has been said */
    lab->trouble[0] = '\0';
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        const struct call *c = actor_call(a);
        if (!a->used || a->dead || a->stopped || !c || !c->sleeps)
            continue;
        enum look seen = LOOK_BUSY;
        for (int tries = 0; tries < 100 && seen == LOOK_BUSY; tries++) {
            seen = call_look(lab, a);
            if (seen == LOOK_BUSY)
                nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
        }
        if (seen == LOOK_ASLEEP || seen == LOOK_UNKNOWN)
            continue;
        char name[SIGHT_TEXT];
        actor_name(lab, a->proc, name, sizeof name);
        lab_trouble(lab, "%s is not asleep at the end of the run", name);
        *proc = a->proc;
        return lab->trouble;
    }
    return NULL;
}

/* Of names in its directory a lesson may have half of what sandbox.c has room
 * for. */
enum { NAMES_MAX = 4096 };

/* NULL, or what is missing. The janitor comes before all orphans are ours. */
static const char *set_up(struct lab *lab)
{
    if (lab->scenario->name_count > NAMES_MAX)
        return "the lesson has more than 4096 names of files and devices";
    if (!sweep_begin())
        return "no process that would clean up after the lab (ulimit -n 64 "
               "and a few processes more in ulimit -u are enough)";
    if (wire_map(&lab->wire) != 0)
        return "no shared memory for the lab";
    if (!make_liveness(lab))
        return "the limit on open files is too low for the lab (ulimit -n 64 "
               "is enough)";
    if (place_make(lab->scenario) != 0)
        return "no directory for the lesson's files (make room in /tmp, or "
               "set XDG_RUNTIME_DIR to a directory of your own)";
    if (!seccomp_prepare())
        return "the system calls of real processes cannot be filtered "
               "(seccomp)";
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
        return "orphans cannot be taken in (PR_SET_CHILD_SUBREAPER)";
    return sandbox_inside() ? NULL : keys_taken(lab->scenario);
}

struct lab *lab_set_up(const struct scenario *sc, const char **why)
{
    struct lab *lab = mem_new(1, sizeof *lab);
    lab->kernel = (struct kernel){.self = lab, .step = do_step,
                                  .last_look = last_look};
    lab->scenario = sc;
    lab->liveness[0] = lab->liveness[1] = -1;
    *why = set_up(lab);
    if (*why) {
        lab_tear_down(lab);
        return NULL;
    }
    lab->observer = observe_choose();
    lab->kernel.wakes_in_vain = profile_wakes_in_vain(lab->observer);
    pin();
    return lab;
}

void lab_look_closely(struct lab *lab)
{
    lab->peeks.closely = true;
}

const struct kernel *lab_kernel(struct lab *lab)
{
    return &lab->kernel;
}

/* ---- computing while the clock plays ---- */

static bool computes(const struct world *w, int proc)
{
    const struct task *t = &w->task[proc];
    return t->state == RUNNING && t->phase == PHASE_WORK;
}

/* A letter between two steps: R of one that computes, '.' when it is back at
 * its gate. What the kernel says now, not what we have asked for. */
static void note_letter(struct lab *lab, struct actor *a, bool burns)
{
    if (burns && lab->observer->letter(&a->watched, NULL) == 'R')
        add_letter(lab, a, 'R');
    else if (!burns && a->letter == 'R')
        add_letter(lab, a, '.');
}

static struct lab_seen what_was_seen(const struct lab *lab)
{
    return (struct lab_seen){lab->evidence, (int)lab->evidence_count};
}

struct lab_seen lab_play(struct lab *lab, const struct world *w)
{
    lab->evidence_count = 0;
    if (lab->lost)
        return what_was_seen(lab);
    atomic_store(&lab->wire.head->playing, 1);
    lab->playing = true;
    for (int i = 0; i < lab->high; i++) {
        struct actor *a = &lab->actor[i];
        if (!a->used || a->dead)
            continue;
        bool burn = computes(w, a->proc);
        if (burn || atomic_load(&actor_slot(lab, a)->burn)) {
            atomic_store(&actor_slot(lab, a)->burn, burn);
            a->burned |= burn;
            actor_ring(lab, a);
        }
        note_letter(lab, a, burn);
    }
    return what_was_seen(lab);
}

struct lab_seen lab_still(struct lab *lab)
{
    lab->evidence_count = 0;
    if (lab->playing) {
        atomic_store(&lab->wire.head->playing, 0);
        lab->playing = false;
        for (int i = 0; i < lab->high; i++)
            if (lab->actor[i].used && !lab->actor[i].dead)
                note_letter(lab, &lab->actor[i], false);
    }
    return what_was_seen(lab);
}

/* ---- the end ---- */

const char *lab_lost(const struct lab *lab)
{
    return lab->lost ? lab->trouble : NULL;
}

int lab_alive(const struct lab *lab)
{
    int alive = 0;
    for (int i = 0; i < lab->high; i++)
        alive += lab->actor[i].used;
    return alive;
}

/* Whoever is used is in the group, so the group is still ours. (One that we
 * have just forked may not have joined it yet.) A killed child's own children
 * come to us, the subreaper: we wait until there are none. */
static void end_children(struct lab *lab)
{
    if (lab_alive(lab) == 0)
        return;
    for (int i = 0; i < lab->high; i++)
        if (lab->actor[i].used && lab->actor[i].forked > 0)
            kill(lab->actor[i].forked, SIGKILL);
    int group = atomic_load(&lab->wire.head->group);
    if (group > 0)
        kill(-group, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue;
    for (int i = lab->high - 1; i >= 0; i--)
        if (lab->actor[i].used)
            actor_gone(lab, &lab->actor[i]);
}

void lab_tear_down(struct lab *lab)
{
    if (!lab)
        return;
    lab_rest(lab);
    end_children(lab);
    for (int i = 0; i < 2; i++)
        if (lab->liveness[i] >= 0)
            close(lab->liveness[i]);
    wire_unmap(&lab->wire);
    place_remove();
    objects_free(lab);
    sweep_objects();
    peeks_free(lab);
    free(lab->nattch);
    free(lab->actor_of);
    free(lab->pid_of);
    free(lab->evidence);
    free(lab->result);
    free(lab->ticket);
    free(lab);
}
