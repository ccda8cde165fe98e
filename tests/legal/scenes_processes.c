/* scenes_processes.c: who is in a scene, and what they do.
 *
 * Programs have no plot: whatever calls come, in whatever order, must be
 * scheduled. All share one set of semaphores, most of them used as locks; pipes
 * are made before somebody is forked, and nobody ever closes an end, so a reader
 * waits for bytes and nothing else. */
#include "tests/legal/scenes.h"

static int64_t burst(struct stage *s)
{
    static const int most[] = {1, 3, 4, 12};
    int n = s->bursts == 0 ? 4 : 1 + roll(s, most[s->bursts]);
    return s->extreme && one_in(s, 8) ? TICK_MAX : n * s->scale;
}

static void add_bursts(struct stage *s)
{
    int n = one_in(s, 2) ? 1 : 1 + roll(s, 6);
    str_add(s->out, ", \"bursts\": [");
    for (int i = 0; i < n; i++)
        str_addf(s->out, "%s%lld", i ? ", " : "", (long long)burst(s));
    str_add(s->out, "]");
}

static void add_op(struct stage *s, const char *verb, int64_t value)
{
    str_addf(s->out, "{\"%s\": %lld}", verb, (long long)value);
}

/* What any policy's programs are made of. */
static void add_simple_op(struct stage *s)
{
    int what = roll(s, 8);
    if (what < 4)
        add_op(s, "cpu", burst(s));
    else if (what < 6)
        add_op(s, "io", burst(s));
    else if (what == 6)
        add_op(s, "sleep", roll(s, 4) * s->scale);
    else
        str_addf(s->out, "{\"yield\": true%s}",
                 one_in(s, 4) ? ", \"cost\": 0" : "");
}

/* ---- calls ---- */

/* Somebody of the scene; most of them come, some never. */
static void add_name(struct stage *s, int i)
{
    str_addf(s->out, "\"p%d\"", i);
}

/* To somebody else. */
static void add_kill(struct stage *s)
{
    static const char *const sigs[] = {"SIGSTOP", "SIGCONT", "SIGSTOP",
                                       "SIGCONT", "SIGTERM", "SIGKILL"};
    str_add(s->out, "{\"kill\": ");
    int to = roll(s, s->procs);
    add_name(s, to == s->who ? s->procs - 1 - to : to);
    str_addf(s->out, ", \"sig\": \"%s\"}", sigs[roll(s, 6)]);
}

static void add_lock_op(struct stage *s, const char *verb, int num)
{
    str_addf(s->out, "{\"%s\": \"s\", \"num\": %d}", verb, num);
}

/* A critical section; of two locks, the one inside the other, in any order, so
 * that now and then two wait for each other for ever, and now and then not given
 * back. */
static void add_section(struct stage *s)
{
    int a = roll(s, s->locks), b = roll(s, s->locks);
    bool nested = a != b && one_in(s, 2);
    add_lock_op(s, "P", a);
    str_add(s->out, ", ");
    if (nested) {
        add_lock_op(s, "P", b);
        str_add(s->out, ", ");
    }
    add_simple_op(s);
    if (has_locks(s) && one_in(s, 16))
        return;
    str_add(s->out, ", ");
    if (nested) {
        add_lock_op(s, "V", b);
        str_add(s->out, ", ");
    }
    add_lock_op(s, "V", a);
}

static void add_device_io(struct stage *s)
{
    str_addf(s->out, "{\"io\": %lld, \"device\": \"disk\"}",
             (long long)burst(s));
}

/* A call that may be anywhere. */
static void add_call(struct stage *s)
{
    int what = has_locks(s) && !one_in(s, 8) ? 0 : roll(s, 12);
    if (what < 5 && s->locks)
        add_section(s);
    else if (what < 6 && s->locks && one_in(s, 3))
        add_lock_op(s, one_in(s, 2) ? "V" : "P", roll(s, s->locks));
    else if (what < 8)
        add_op(s, "nice", roll(s, 6) - 1);
    else if (what == 8 && s->pipes)
        str_add(s->out, "{\"write\": \"p[1]\", \"bytes\": 2}");
    else if (what == 9 && s->pipes)
        str_add(s->out, "{\"read\": \"p[0]\", \"size\": 1}");
    else if (what == 10)
        add_device_io(s);
    else
        add_kill(s);
}

static void add_any_op(struct stage *s)
{
    if (s->calls && one_in(s, 2))
        add_call(s);
    else
        add_simple_op(s);
}

static void add_repeat(struct stage *s)
{
    str_addf(s->out, "{\"repeat\": %d, \"do\": [", 1 + roll(s, 3));
    add_op(s, "cpu", burst(s));
    str_add(s->out, ", ");
    add_any_op(s);
    str_add(s->out, "]}");
}

/* What comes before anything else: the first in the file sets the locks. */
static void add_preparations(struct stage *s, int i)
{
    if (s->locks)
        str_addf(s->out,
                 "{\"semget\": \"s\", \"key\": 7, \"nsems\": %d, "
                 "\"flags\": \"IPC_CREAT|0600\"}, ", s->locks);
    if (s->locks && i == 0) {
        str_add(s->out, "{\"semctl\": \"s\", \"cmd\": \"SETALL\", \"values\": [");
        for (int k = 0; k < s->locks; k++)
            str_addf(s->out, "%s1", k ? ", " : "");
        str_add(s->out, "]}, ");
    }
    if (s->pipes && i < s->procs - s->children)
        str_add(s->out, "{\"pipe\": \"p\"}, ");
}

/* The children of a scene have one parent each, who forks them at most twice. */
static void add_forks(struct stage *s, int i)
{
    int parents = s->procs - s->children;
    for (int k = parents + i; k < s->procs; k += parents) {
        for (int n = one_in(s, 3) ? 2 : 1; n > 0; n--) {
            str_add(s->out, "{\"fork\": ");
            add_name(s, k);
            str_add(s->out, "}, ");
        }
        if (one_in(s, 4))
            str_add(s->out, "{\"wait\": \"any\"}, ");
    }
}

static void add_program(struct stage *s, int who, bool must_work)
{
    int n = roll(s, 6);
    str_add(s->out, ", \"program\": [");
    if (s->calls) {
        add_preparations(s, who);
        if (who < s->procs - s->children)
            add_forks(s, who);
    }
    if (must_work || s->calls) {
        add_op(s, "cpu", burst(s));
        str_add(s->out, n ? ", " : "");
    }
    for (int i = 0; i < n; i++) {
        if (s->calls && one_in(s, 8))
            add_repeat(s);
        else
            add_any_op(s);
        str_add(s->out, i + 1 < n ? ", " : "");
    }
    if (s->calls && one_in(s, 8))
        str_add(s->out, ", {\"exit\": 3}");
    str_add(s->out, "]");
}

static void add_period(struct stage *s)
{
    int period = 2 + roll(s, 20);
    add_time(s, "period", period);
    if (one_in(s, 3))
        add_time(s, "deadline", 1 + roll(s, 2 * period));
    if (one_in(s, 6))
        s->forever = true;
    else
        str_addf(s->out, ", \"jobs\": %d", 1 + roll(s, 4));
}

static void add_affinity(struct stage *s)
{
    const char *comma = "";
    int least = roll(s, s->cpus);
    str_add(s->out, ", \"affinity\": [");
    for (int i = 0; i < s->cpus; i++)
        if (i == least || one_in(s, 3)) {
            str_addf(s->out, "%s%d", comma, i);
            comma = ", ";
        }
    str_add(s->out, "]");
}

static void add_numbers(struct stage *s)
{
    static const int niceness[] = {-20, -5, -1, 0, 0, 1, 5, 19};
    static const int tickets[] = {1, 10, 50, 100, 100, 150, 333, 10000};
    if (is(s, "priority") && (has_locks(s) || !one_in(s, 4)))
        str_addf(s->out, ", \"priority\": %d",
                 one_in(s, 20) ? 1000000 - 2000000 * roll(s, 2)
                               : roll(s, 5) - 1);
    if (is(s, "cfs eevdf") && one_in(s, 2))
        str_addf(s->out, ", \"nice\": %d", niceness[roll(s, 8)]);
    if (is(s, "lottery stride") && !one_in(s, 3))
        str_addf(s->out, ", \"tickets\": %d", tickets[roll(s, 8)]);
    if (s->cpus > 1 && one_in(s, 5))
        add_affinity(s);
}

static void add_process(struct stage *s, int i)
{
    bool child = i >= s->procs - s->children;
    s->who = i;
    scene_part(s, PART_PROCESS + (size_t)i);
    str_add(s->out, "{\"name\": ");
    add_name(s, i);
    if (s->spread && !child)
        add_time(s, "arrival", roll(s, s->spread));
    add_numbers(s);
    bool periodic = !one_in(s, is(s, "edf rm") ? 4 : 12) == is(s, "edf rm");
    bool forks = s->calls && i < s->children;
    if (periodic && !child && !forks)
        add_period(s);
    else if (is(s, "edf") && one_in(s, 2))
        add_time(s, "deadline", 1 + roll(s, 30));
    if (child || forks || has_locks(s) ||
        (may(s, SCENE_PLAIN) && one_in(s, 2)))
        add_program(s, i, periodic);
    else
        add_bursts(s);
    str_add(s->out, i + 1 < s->procs ? "},\n" : "}");
}

void add_processes(struct stage *s)
{
    str_add(s->out, "\"processes\": [\n");
    for (int i = 0; i < s->procs; i++)
        add_process(s, i);
    str_add(s->out, "]");
}

/* What a user does meanwhile. */
void add_actions(struct stage *s)
{
    static const char *const what[] = {"suspend", "activate", "suspend",
                                       "activate", "kill"};
    scene_part(s, PART_ACTIONS);
    int n = s->calls && one_in(s, 2) ? 1 + roll(s, 6) : 0;
    if (!n)
        return;
    str_add(s->out, ",\n\"actions\": [");
    for (int i = 0; i < n; i++) {
        str_addf(s->out, "%s{\"at\": %lld, \"%s\": ", i ? ", " : "",
                 (long long)(roll(s, 40) * s->scale), what[roll(s, 5)]);
        add_name(s, roll(s, s->procs));
        str_add(s->out, "}");
    }
    str_add(s->out, "]");
}
