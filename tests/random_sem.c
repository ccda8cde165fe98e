/* Random ops on semaphores. Two sets that everybody finds by their keys, one of
 * three semaphores and one of two, values that are mostly small, and lists of
 * one to three operations; now and then everything that may go wrong. */
#include "tests/dice.h"

static const char *const sets[] = {"s", "s", "s", "s", "t"};

static void add_get(struct dice *d, struct str *out)
{
    static const char *const flags[] = {"IPC_CREAT|0600",
                                        "IPC_CREAT|0600",
                                        "IPC_CREAT|0600",
                                        "IPC_CREAT|IPC_EXCL|0600",
                                        "0600",
                                        "0400",
                                        "IPC_CREAT|0200",
                                        ""};
    static const char *const keys[] = {"81",
                                       "81",
                                       "82",
                                       "\"IPC_PRIVATE\"",
                                       "{\"ftok\": [\"f\", \"a\"]}",
                                       "{\"ftok\": [\"f\", \"b\"]}"};
    str_addf(out, "{\"semget\": \"%s\", ", ONE_OF(d, sets));
    str_addf(out, "\"key\": %s, ", ONE_OF(d, keys));
    str_addf(out, "\"nsems\": %d, ", roll(d, 5));
    str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
}

static void add_flags(struct dice *d, struct str *out)
{
    static const char *const flags[] = {"IPC_NOWAIT", "SEM_UNDO", "SEM_UNDO",
                                        "IPC_NOWAIT|SEM_UNDO"};
    if (roll(d, 3) == 0)
        str_addf(out, ", \"flags\": \"%s\"", ONE_OF(d, flags));
}

static int number(struct dice *d)
{
    return roll(d, 60) ? roll(d, 3) : 3 + roll(d, 3);
}

static void add_list(struct dice *d, struct str *out)
{
    static const int changes[] = {-3, -2, -1, -1, -1, -1, 0, 0, 0,
                                  1,  1,  1,  2,  3};
    static const int large[] = {-32767, -20000, 20000, 32767};
    int n = 1 + roll(d, 3);
    str_addf(out, "{\"semop\": \"%s\", \"ops\": [", ONE_OF(d, sets));
    for (int i = 0; i < n; i++) {
        int change = roll(d, 40) ? ONE_OF(d, changes) : ONE_OF(d, large);
        str_addf(out, "%s{\"num\": %d, \"op\": %d", i ? ", " : "", number(d),
                 change);
        add_flags(d, out);
        str_add(out, "}");
    }
    str_add(out, "]}");
}

/* Waits until one is zero; or that and then gives it, or waits for another. */
static void add_zero(struct dice *d, struct str *out)
{
    static const char *const then[] = {
        "", "", ", {\"num\": 0, \"op\": 1}", ", {\"num\": 0, \"op\": 1}",
        ", {\"num\": 1, \"op\": 0}", ", {\"num\": 1, \"op\": 1}"};
    str_addf(out, "{\"semop\": \"s\", \"ops\": [{\"num\": 0, \"op\": 0}%s]}",
             ONE_OF(d, then));
}

static void add_single(struct dice *d, struct str *out)
{
    bool takes = roll(d, 2);
    str_addf(out, "{\"%s\": \"%s\", ", takes ? "P" : "V", ONE_OF(d, sets));
    str_addf(out, "\"num\": %d", number(d));
    if (roll(d, 3) == 0)
        str_addf(out, ", \"by\": %d", 1 + roll(d, 3));
    if (roll(d, 3) == 0)
        str_addf(out, ", \"flags\": \"%s\"",
                 takes && roll(d, 2) ? "IPC_NOWAIT" : "SEM_UNDO");
    str_add(out, "}");
}

static void add_setting(struct dice *d, const char *set, struct str *out)
{
    static const int values[] = {0, 0, 1, 1, 2, 3, 5, 32766, 32767};
    if (roll(d, 3)) {
        int value = roll(d, 30) ? ONE_OF(d, values) : roll(d, 2) * 32769 - 1;
        str_addf(out,
                 "{\"semctl\": \"%s\", \"num\": %d, \"cmd\": \"SETVAL\", "
                 "\"value\": %d}",
                 set, number(d), value);
        return;
    }
    str_addf(out, "{\"semctl\": \"%s\", \"cmd\": \"SETALL\", \"values\": [",
             set);
    for (int i = 0; i < 2; i++)
        str_addf(out, "%d, ", ONE_OF(d, values));
    str_addf(out, "%d]}", roll(d, 30) ? ONE_OF(d, values) : 32768);
}

static void add_look(struct dice *d, const char *set, struct str *out)
{
    static const char *const looks[] = {"GETVAL", "GETALL",  "GETPID",
                                        "GETNCNT", "GETZCNT", "IPC_STAT"};
    str_addf(out, "{\"semctl\": \"%s\", \"num\": %d, ", set, number(d));
    str_addf(out, "\"cmd\": \"%s\"}", ONE_OF(d, looks));
}

static void add_control(struct dice *d, struct str *out)
{
    static const char *const modes[] = {"0600", "0600", "0600",
                                        "0400", "0200", "0000"};
    const char *set = ONE_OF(d, sets);
    int kind = roll(d, 16);
    if (kind < 7)
        add_setting(d, set, out);
    else if (kind == 7)
        str_addf(out, "{\"semctl\": \"%s\", \"cmd\": \"IPC_RMID\"}", set);
    else if (kind < 10)
        str_addf(out,
                 "{\"semctl\": \"%s\", \"cmd\": \"IPC_SET\", \"mode\": "
                 "\"%s\"}",
                 set, ONE_OF(d, modes));
    else
        add_look(d, set, out);
}

void random_sem_begin(struct dice *d, struct str *out)
{
    str_add(out,
            "{\"semget\": \"s\", \"key\": 81, \"nsems\": 3, \"flags\": "
            "\"IPC_CREAT|0600\"}, {\"semget\": \"t\", \"key\": 82, "
            "\"nsems\": 2, \"flags\": \"IPC_CREAT|0600\"}, ");
    if (allowed(d, RANDOM_SIGNALS))
        str_addf(out,
                 "{\"signal\": \"SIGUSR1\", \"restart\": %s, \"do\": "
                 "[{\"cpu\": 1}]}, ",
                 roll(d, 2) ? "true" : "false");
    if (d->me == 0 && allowed(d, RANDOM_CROWD))
        str_add(out, "{\"V\": \"s\"}, ");
}

/* All at one set, and nothing that ends the sleep of many at once. */
static void add_crowd(struct dice *d, struct str *out)
{
    int kind = roll(d, 20);
    if (kind < 4)
        add_list(d, out);
    else if (kind < 11)
        add_zero(d, out);
    else if (kind < 16)
        str_addf(out, "{\"%s\": \"s\"}", roll(d, 5) < 3 ? "P" : "V");
    else if (kind < 19)
        add_single(d, out);
    else
        add_setting(d, "s", out);
}

/* Somebody is interrupted who may well be asleep. */
static void add_signal(struct dice *d, struct str *out)
{
    static const char *const sigs[] = {"SIGUSR1", "SIGUSR1", "SIGSTOP",
                                       "SIGSTOP", "SIGCONT", "SIGCONT",
                                       "SIGCONT", "SIGKILL"};
    str_addf(out, "{\"kill\": \"c%d\", ", roll(d, CHILDREN));
    str_addf(out, "\"sig\": \"%s\"}", ONE_OF(d, sigs));
}

void random_sem_op(struct dice *d, struct str *out)
{
    if (allowed(d, RANDOM_SIGNALS) && roll(d, 6) == 0) {
        add_signal(d, out);
        return;
    }
    if (allowed(d, RANDOM_CROWD)) {
        add_crowd(d, out);
        return;
    }
    int kind = roll(d, 20);
    if (kind < 7)
        add_list(d, out);
    else if (kind < 9)
        add_zero(d, out);
    else if (kind < 15)
        add_single(d, out);
    else if (kind < 19)
        add_control(d, out);
    else
        add_get(d, out);
}
