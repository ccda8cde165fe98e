/* A random scenario is made of the ops a program may have, in numbers that let
 * them meet: few processes, few pipes, short sleeps. Most of what comes out
 * makes no sense as a program, and that is the point. */
#include "tests/dice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OPS = 10 };

bool random_number(const char *text, uint64_t *number)
{
    errno = 0;
    *number = strtoull(text, NULL, 10);
    return *text && !text[strspn(text, "0123456789")] && !errno;
}

static const char *end_of_pipe(struct dice *d, bool read)
{
    static const char *const in[] = {"p[0]", "p[0]", "q[0]", "d"};
    static const char *const out[] = {"p[1]", "p[1]", "q[1]", "d"};
    /* Now and then the wrong one. */
    bool wrong = roll(d, 20) == 0;
    return (read != wrong ? in : out)[roll(d, 4)];
}

static void add_ops(struct dice *d, int n, struct str *out);

static int pipe_bytes(struct dice *d)
{
    static const int sizes[] = {1,    5,    100,  2049,  4095,
                                4096, 4097, 5000, 20000, 40000};
    static const int large[] = {65536, 70000, 100000, 140000};
    int size = ONE_OF(d, sizes);
    if (allowed(d, RANDOM_LARGE) && roll(d, 6) == 0)
        size = ONE_OF(d, large);
    return size;
}

static void add_fcntl(struct dice *d, struct str *out)
{
    static const char *const flags[] = {"O_NONBLOCK", "O_NONBLOCK", "",
                                        "O_DIRECT"};
    bool sets_flags = roll(d, 2);
    str_addf(out, "{\"fcntl\": \"%s\", ", end_of_pipe(d, roll(d, 2)));
    if (sets_flags)
        str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
    else
        str_addf(out, "\"pipe_size\": %d}", 4096 << roll(d, 6));
}

static void add_pipe_op(struct dice *d, struct str *out)
{
    int size = pipe_bytes(d), kind = roll(d, 12);
    if (kind < 4)
        str_addf(out, "{\"read\": \"%s\", \"size\": %d}",
                 end_of_pipe(d, true), size);
    else if (kind < 7)
        str_addf(out, "{\"write\": \"%s\", \"bytes\": %d}",
                 end_of_pipe(d, false), size);
    else if (kind == 7)
        str_addf(out, "{\"write\": \"%s\", \"text\": \"v{i}\"}",
                 end_of_pipe(d, false));
    else if (kind < 10)
        str_addf(out, "{\"close\": \"%s\"}", end_of_pipe(d, roll(d, 2)));
    else if (kind == 10)
        str_addf(out, "{\"dup\": \"%s\", \"as\": \"d\"}",
                 end_of_pipe(d, roll(d, 2)));
    else
        add_fcntl(d, out);
}

/* Several who sleep on the same pipe, and writes that need many reads. */
static void add_crowd_op(struct dice *d, struct str *out)
{
    static const int sizes[] = {100, 4096, 5000, 20000, 65536, 70000, 140000};
    bool reads = roll(d, 3) != 0;
    str_addf(out, "{\"%s\": \"p[%d]\", \"%s\": %d}",
             reads ? "read" : "write", !reads, reads ? "size" : "bytes",
             sizes[roll(d, 7)]);
}

static const char *signal_to_send(struct dice *d)
{
    static const char *const sent[] = {"SIGUSR1", "SIGUSR2", "SIGTERM",
                                       "SIGUSR1", "SIGKILL", "SIGSTOP",
                                       "SIGCONT", "0",       "SIGSEGV",
                                       "SIGHUP",  "SIGTSTP", "SIGCHLD"};
    return ONE_OF(d, sent);
}

static void add_kill(int child, const char *sig, struct str *out)
{
    str_addf(out, "{\"kill\": \"c%d\", \"sig\": \"%s\"}", child, sig);
}

/* Several at once, for somebody who is stopped meanwhile. */
static void add_kills(struct dice *d, struct str *out)
{
    int child = roll(d, CHILDREN);
    add_kill(child, "SIGSTOP", out);
    for (int i = 0; i < 2; i++) {
        str_add(out, ", ");
        add_kill(child, signal_to_send(d), out);
    }
    str_add(out, ", ");
    add_kill(child, "SIGCONT", out);
}

/* A handler for `sig`; for SIGSEGV, where there is memory to fault on, one that
 * does not come back to the fault for ever. */
static void add_handler_of(struct dice *d, const char *sig, struct str *out)
{
    if (allowed(d, RANDOM_SEGMENTS) && strcmp(sig, "SIGSEGV") == 0) {
        random_shm_handler(d, out);
        return;
    }
    str_addf(out,
             "{\"signal\": \"%s\", \"restart\": %s, \"do\": [{\"cpu\": 1}",
             sig, roll(d, 2) ? "true" : "false");
    if (roll(d, 2))
        str_add(out, ", {\"write\": \"p[1]\", \"text\": \"h\"}");
    str_add(out, "]}");
}

static void add_signal_op(struct dice *d, struct str *out)
{
    static const char *const sigs[] = {"SIGUSR1", "SIGUSR2", "SIGTERM",
                                       "SIGPIPE", "SIGCHLD", "SIGCONT",
                                       "SIGSEGV", "SIGTSTP"};
    static const char *const does[] = {"default", "ignore", "block", "unblock"};
    int kind = roll(d, 6);
    const char *sig = ONE_OF(d, sigs);
    if (kind < 2) {
        int child = roll(d, CHILDREN);
        add_kill(child, signal_to_send(d), out);
    } else if (kind == 2) {
        str_addf(out, "{\"signal\": \"%s\", \"action\": \"%s\"}", sig,
                 ONE_OF(d, does));
    } else if (kind == 3) {
        add_handler_of(d, sig, out);
    } else if (kind == 4) {
        add_kills(d, out);
    } else {
        str_add(out, "{\"pause\": true}");
    }
}

static void add_process_op(struct dice *d, struct str *out)
{
    int child = roll(d, CHILDREN);
    switch (roll(d, 4)) {
    case 0:
    case 1:
        /* A child forks only later ones, so that forking ends. */
        if (child >= d->me) {
            str_addf(out, "{\"fork\": \"c%d\"}", child);
            break;
        }
        /* fall through */
    case 2:
        str_add(out, "{\"wait\": \"any\"}");
        break;
    default:
        str_addf(out, "{\"wait\": \"c%d\"%s}", child,
                 roll(d, 2) ? ", \"flags\": \"WNOHANG\"" : "");
    }
}

/* The mechanisms beside pipes. */
static const struct {
    unsigned with;
    void (*begin)(struct dice *d, struct str *out);
    void (*op)(struct dice *d, struct str *out);
} others[] = {
    {RANDOM_FIFOS, random_fifo_begin, random_fifo_op},
    {RANDOM_QUEUES, random_msgq_begin, random_msgq_op},
    {RANDOM_SEMAPHORES, random_sem_begin, random_sem_op},
    {RANDOM_SEGMENTS, random_shm_begin, random_shm_op},
};

enum { OTHERS = sizeof others / sizeof *others };

/* A handler for a signal that others will send. */
static void add_handler(struct dice *d, struct str *out)
{
    str_addf(out,
             "{\"signal\": \"SIGUSR1\", \"restart\": %s, \"do\": "
             "[{\"cpu\": 1}]}, ",
             roll(d, 2) ? "true" : "false");
}

static void add_tap(struct dice *d, struct str *out)
{
    static const char *const sent[] = {"SIGUSR1", "SIGUSR1", "SIGUSR1",
                                       "SIGSTOP", "SIGCONT", "SIGCONT"};
    int child = roll(d, CHILDREN);
    add_kill(child, ONE_OF(d, sent), out);
}

/* Everybody but one child lets go of the writing end, and the other children
 * read; or of the reading end, and they write. */
static void add_ending(struct dice *d, bool read, struct str *out)
{
    if (d->me == 1)
        return;
    if (read)
        str_add(out, "{\"close\": \"p[1]\"}, {\"close\": \"d\"}, ");
    else
        str_add(out, "{\"close\": \"p[0]\"}, ");
    if (d->me > 1)
        str_addf(out, "{\"%s\": \"p[%d]\", \"%s\": %d}, ",
                 read ? "read" : "write", !read, read ? "size" : "bytes",
                 read ? 100 : 70000);
}

static void add_begin(struct dice *d, struct str *out)
{
    if (allowed(d, RANDOM_TAPS))
        add_handler(d, out);
    for (int i = 0; i < OTHERS; i++)
        if (allowed(d, others[i].with))
            others[i].begin(d, out);
}

/* An op of one of the other mechanisms; false if there is to be none. */
static bool add_other(struct dice *d, struct str *out)
{
    int which[OTHERS], n = 0;
    for (int i = 0; i < OTHERS; i++)
        if (allowed(d, others[i].with))
            which[n++] = i;
    bool pipes = allowed(d, RANDOM_PIPES);
    if (!n || (pipes && roll(d, n + 1) == n))
        return false;
    others[which[roll(d, n)]].op(d, out);
    return true;
}

static void add_op(struct dice *d, struct str *out)
{
    int kind = roll(d, 20);
    if (allowed(d, RANDOM_TAPS) && roll(d, 4) == 0) {
        add_tap(d, out);
        return;
    }
    if (kind < (allowed(d, RANDOM_CROWD) ? 17 : 13) && add_other(d, out))
        return;
    if (kind < 17 && allowed(d, RANDOM_CROWD)) {
        add_crowd_op(d, out);
    } else if (kind < 8 && allowed(d, RANDOM_PIPES)) {
        add_pipe_op(d, out);
    } else if (kind < 10 && allowed(d, RANDOM_SIGNALS)) {
        add_signal_op(d, out);
    } else if (kind < 13) {
        add_process_op(d, out);
    } else if (kind < 15) {
        str_addf(out, "{\"sleep\": %d}", roll(d, 6));
    } else if (kind == 15 && d->depth < 2) {
        d->depth++;
        str_addf(out, "{\"repeat\": %d, \"as\": \"i\", \"do\": [{\"cpu\": 1}, ",
                 1 + roll(d, 3));
        add_ops(d, 1 + roll(d, 3), out);
        str_add(out, "]}");
        d->depth--;
    } else if (kind == 16) {
        str_addf(out, "{\"io\": %d", 1 + roll(d, 4));
        str_add(out, roll(d, 2) ? ", \"device\": \"disk\"}" : "}");
    } else if (kind == 17 && roll(d, 3) == 0) {
        str_addf(out, "{\"exit\": %d}", roll(d, 256));
    } else if (kind == 17 && roll(d, 3) == 0) {
        str_addf(out, "{\"close\": \"%s\", \"on_error\": \"exit\"}",
                 end_of_pipe(d, true));
    } else if (kind == 18 && roll(d, 3) == 0) {
        str_addf(out, "{\"nice\": %d}", roll(d, 8) - 2);
    } else if (kind == 18) {
        str_add(out, "{\"yield\": true}");
    } else {
        str_addf(out, "{\"cpu\": %d}", 1 + roll(d, 5));
    }
}

static void add_ops(struct dice *d, int n, struct str *out)
{
    for (int i = 0; i < n; i++) {
        if (i)
            str_add(out, ", ");
        add_op(d, out);
    }
}

static void add_actions(struct dice *d, struct str *out)
{
    static const char *const what[] = {"suspend",  "suspend",  "activate",
                                       "activate", "activate", "kill"};
    static const char *const names[] = {"r0", "c0", "c1", "c2", "c3"};
    int n = 1 + roll(d, 8), at = 0;
    str_add(out, ",\n \"actions\": [");
    for (int i = 0; i < n; i++) {
        at += roll(d, 6);
        str_addf(out, "%s{\"at\": %d, \"%s\": ", i ? ", " : "", at,
                 ONE_OF(d, what));
        str_addf(out, "\"%s\"}", names[roll(d, CHILDREN + 1)]);
    }
    str_add(out, "]");
}

static void add_machine(struct dice *d, struct str *out)
{
    int cpus = 1 + roll(d, 4), context_switch = roll(d, 4) == 0;
    str_addf(out,
             " \"machine\": {\"cpus\": %d, \"context_switch\": %d, "
             "\"op_cost\": %d",
             cpus, context_switch, 1 + (roll(d, 5) == 0));
    if (allowed(d, RANDOM_MEMORY)) {
        int memory = 6 + roll(d, 10);
        str_addf(out, ", \"memory\": %d, \"max_processes\": %d", memory,
                 2 + roll(d, 3));
    }
    str_add(out, "},\n");
}

static void add_scheduler(struct dice *d, struct str *out)
{
    if (roll(d, 4))
        str_addf(out, " \"scheduler\": {\"policy\": \"rr\", \"quantum\": %d",
                 1 + roll(d, 5));
    else
        str_add(out, " \"scheduler\": {\"policy\": \"fcfs\"");
    if (roll(d, 3) == 0)
        str_add(out, ", \"expired_first\": true");
    str_add(out, "},\n");
}

/* The root makes what all share and forks the children; `d->me` says who. */
static void add_process(struct dice *d, uint64_t seed, struct str *out)
{
    static const char *const pipe_flags[] = {"", "", "O_CLOEXEC", "O_DIRECT",
                                             "O_NONBLOCK|O_DIRECT"};
    if (d->me == 0)
        str_addf(out,
                 "  {\"name\": \"r0\", \"program\": [{\"pipe\": \"p\"}, "
                 "{\"pipe\": \"q\", \"flags\": \"%s\"}, "
                 "{\"dup\": \"p[1]\", \"as\": \"d\"}, "
                 "{\"set\": \"i\", \"value\": 7}, "
                 "{\"fork\": \"c0\"}, {\"fork\": \"c1\"}, "
                 "{\"fork\": \"c2\"}, {\"fork\": \"c3\"}, ",
                 ONE_OF(d, pipe_flags));
    else
        str_addf(out, ",\n  {\"name\": \"c%d\"%s, \"program\": [", d->me - 1,
                 allowed(d, RANDOM_MEMORY) ? ", \"memory\": 2" : "");
    if (d->me == 0 && allowed(d, RANDOM_PIPES) && roll(d, 4) == 0)
        str_addf(out, "{\"fcntl\": \"p[1]\", \"pipe_size\": %d}, ",
                 4096 << roll(d, 3)); /* soon full */
    if (d->ending)
        add_ending(d, seed & 1, out);
    add_begin(d, out);
    add_ops(d, 2 + roll(d, OPS), out);
    str_add(out, "]}");
}

void random_scenario(uint64_t seed, unsigned with, struct str *out)
{
    struct dice d = {.state = seed, .with = with};
    d.ending = allowed(&d, RANDOM_PIPES) && seed % 6 < 2;
    str_addf(out, "{\"timeslice\": 1, \"title\": \"seed %llu\",\n",
             (unsigned long long)seed);
    add_machine(&d, out);
    add_scheduler(&d, out);
    str_add(out, " \"processes\": [\n");
    for (d.me = 0; d.me <= CHILDREN; d.me++)
        add_process(&d, seed, out);
    str_add(out, "]");
    if (allowed(&d, RANDOM_ACTIONS))
        add_actions(&d, out);
    str_add(out, "}\n");
}
