/* t5009: which of several pending signals comes first, what pends at all, and
 * what a process gets that has not been admitted yet. Each story is told by
 * its end, which the kernel has to confirm. */
#define _GNU_SOURCE
#include "ipc/lab.h"
#include "tests/run.h"
#include "tests/test.h"

#include <signal.h>

#define HEAD                                                                   \
    "{'timeslice': 1, 'title': 't', 'scheduler': {'policy': 'rr', "            \
    "'quantum': 2}, 'processes': [{'name': 'p', 'program': ["
#define CHILD "]}, {'name': 'c', 'program': ["
#define TAIL "]}]}"

/* The same scenario with real processes: every step as in the model. */
static void expect_live(const struct scenario *sc)
{
    const char *why = "";
    struct lab *lab = lab_set_up(sc, &why);
    EXPECT_EQ_STR(why ? why : "", "");
    NEED(lab);
    struct sim *s = sim_new(sc);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, 1000, 0);
    sim_stop_until(s, 1000);
    EXPECT(sim_world(s)->head->confirmed > 5);
    EXPECT_EQ_INT(sim_world(s)->head->diverged, 0);
    EXPECT(!lab_lost(lab));
    lab_tear_down(lab);
    sim_free(s);
}

static struct run run_both(const char *text)
{
    struct run r = run_quoted(text, 1000);
    if (r.sim)
        expect_live(r.scenario);
    return r;
}

/* How the process ended: a signal's number, or -1 - its exit code. */
static int end_of(const struct run *r, const char *name)
{
    const struct proc *p = &r->world->proc[run_process(r, name)];
    return p->exit_kind == 1 ? p->exit_value : -1 - p->exit_value;
}

TEST("of several pending signals the lowest number kills")
{
    struct run r = run_both(
        HEAD "{'fork': 'c'}, {'cpu': 2}, {'kill': 'c', 'sig': 'SIGSTOP'},"
             "{'kill': 'c', 'sig': 'SIGTERM'}, {'kill': 'c', 'sig': 'SIGHUP'},"
             "{'kill': 'c', 'sig': 'SIGCONT'}, {'wait': 'c'}"
        CHILD "{'pause': true}" TAIL);
    NEED(r.sim);
    EXPECT_EQ_INT(end_of(&r, "c"), SIGHUP);
    run_free(&r);
}

TEST("but one that tells of a fault comes before all others")
{
    struct run r = run_both(
        HEAD "{'fork': 'c'}, {'cpu': 2}, {'kill': 'c', 'sig': 'SIGSTOP'},"
             "{'kill': 'c', 'sig': 'SIGHUP'}, {'kill': 'c', 'sig': 'SIGSEGV'},"
             "{'kill': 'c', 'sig': 'SIGCONT'}, {'wait': 'c'}"
        CHILD "{'pause': true}" TAIL);
    NEED(r.sim);
    EXPECT_EQ_INT(end_of(&r, "c"), SIGSEGV);
    run_free(&r);
}

/* The handler entered last runs first, on top of the other. */
TEST("with handlers for both, the other's runs on top of the fault's")
{
    struct run r = run_both(
        HEAD "{'fork': 'c'}, {'cpu': 4}, {'kill': 'c', 'sig': 'SIGSTOP'},"
             "{'kill': 'c', 'sig': 'SIGUSR1'},"
             "{'kill': 'c', 'sig': 'SIGSEGV'},"
             "{'kill': 'c', 'sig': 'SIGCONT'}, {'wait': 'c'}"
        CHILD "{'set': 'n', 'value': 0},"
              "{'signal': 'SIGUSR1', 'do': [{'set': 'n', 'value': 10}]},"
              "{'signal': 'SIGSEGV', 'do': [{'set': 'n', 'value': 11}]},"
              "{'pause': true}" TAIL);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->var[run_process(&r, "c") * r.world->head->vars], 11);
    run_free(&r);
}

TEST("a SIGCHLD that is blocked stays pending, though its action is default")
{
    struct run r = run_both(
        HEAD "{'set': 'n', 'value': 0}, {'signal': 'SIGCHLD', 'action':"
             "'block'}, {'fork': 'c'}, {'wait': 'c'}, {'signal': 'SIGCHLD',"
             "'do': [{'set': 'n', 'value': 1}]}, {'signal': 'SIGCHLD',"
             "'action': 'unblock'}, {'cpu': 2}"
        CHILD "{'cpu': 1}" TAIL);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->var[run_process(&r, "p") * r.world->head->vars], 1);
    run_free(&r);
}

TEST("one that is ignored does not, blocked or not")
{
    struct run r = run_both(
        HEAD "{'set': 'n', 'value': 0}, {'signal': 'SIGCHLD', 'action':"
             "'ignore'}, {'signal': 'SIGCHLD', 'action': 'block'},"
             "{'fork': 'c'}, {'wait': 'c'}, {'signal': 'SIGCHLD',"
             "'do': [{'set': 'n', 'value': 1}]}, {'signal': 'SIGCHLD',"
             "'action': 'unblock'}, {'cpu': 2}"
        CHILD "{'cpu': 1}" TAIL);
    NEED(r.sim);
    EXPECT_EQ_INT(r.world->var[run_process(&r, "p") * r.world->head->vars], 0);
    run_free(&r);
}

/* SIGTSTP meets a process that is still new: there is one slot only. What
 * comes after it waits as for a stopped one. */
TEST("who is new is stopped as soon as he is admitted, before anything else")
{
    struct run r = run_both(
        "{'timeslice': 1, 'title': 't', 'machine': {'max_processes': 2},"
        "'processes': [{'name': 'p', 'program': [{'fork': 'a'}, {'fork': 'c'},"
        "{'kill': 'c', 'sig': 'SIGTSTP'}, {'kill': 'c', 'sig': 'SIGTERM'},"
        "{'wait': 'a'}, {'cpu': 3}, {'kill': 'c', 'sig': 'SIGCONT'},"
        "{'wait': 'c'}]}, {'name': 'a', 'program': [{'cpu': 2}]},"
        "{'name': 'c', 'program': [{'cpu': 9}]}]}");
    NEED(r.sim);
    EXPECT_EQ_INT(end_of(&r, "c"), SIGTERM);
    EXPECT_EQ_STR(run_states(&r, "c"),
                  "2 new, 7 ready, 7 ready-suspended, 11 ready, "
                  "11 terminated");
    run_free(&r);
}
