/* t3033: cases in which the court was wrong once.
 *
 * Each was found among 140,000 random scenes and made as small as it stays one:
 * the engine did what the handbook says, and the court said otherwise. */
#include "tests/legal/try.h"
#include "tests/test.h"

static void expect_legal(const char *json)
{
    struct trial t = {0};
    trial_run_text(&t, json);
    EXPECT(t.facts.count > 0);
    EXPECT_EQ_STR(str_text(&t.why), "");
    trial_free(&t);
}

/* Both copies of C have a niceness that changes, so what they ran is counted in
 * many stretches, each rounded down by itself. Counted in one, B, who wakes at
 * the least virtual runtime, is a step further and would tie with the second. */
TEST("virtual runtimes are counted stretch by stretch")
{
    expect_legal(
        "{\"timeslice\": 1, \"title\": \"x\","
        "\"machine\": {\"context_switch\": 2},"
        "\"scheduler\": {\"policy\": \"cfs\", \"latency\": 16}, \"processes\": ["
        "{\"name\": \"A\", \"nice\": 5,"
        " \"program\": [{\"fork\": \"C\"}, {\"fork\": \"C\"}]},"
        "{\"name\": \"B\", \"arrival\": 7, \"program\": ["
        "{\"fork\": \"D\"}, {\"wait\": \"any\"}, {\"sleep\": 3}]},"
        "{\"name\": \"N\", \"program\": []},"
        "{\"name\": \"C\", \"program\": [{\"cpu\": 4},"
        "{\"kill\": \"N\", \"sig\": \"SIGCONT\"}, {\"nice\": 1}, {\"cpu\": 4},"
        "{\"cpu\": 4}, {\"repeat\": 2, \"do\": [{\"cpu\": 4}, {\"nice\": 0}]}]},"
        "{\"name\": \"D\", \"program\": [{\"cpu\": 4}, {\"nice\": 1},"
        "{\"repeat\": 3, \"do\": [{\"cpu\": 4}, {\"cpu\": 4}]}, {\"sleep\": 3}]}"
        "]}");
}

#define LOCK                                                                   \
    "{\"semget\": \"s\", \"key\": 7, \"nsems\": 1, \"flags\": "                \
    "\"IPC_CREAT|0600\"}, "
#define FREE "{\"semctl\": \"s\", \"cmd\": \"SETALL\", \"values\": [1]}, "

/* A signal waits for A, who is stopped in a call that never returns. */
TEST("who goes on and dies of it need not have come back from his call")
{
    expect_legal(
        "{\"timeslice\": 1, \"title\": \"x\","
        "\"scheduler\": {\"policy\": \"eevdf\"}, \"processes\": ["
        "{\"name\": \"A\", \"program\": ["
        "{\"fork\": \"B\"}, {\"wait\": \"any\"}, {\"sleep\": 3}]},"
        "{\"name\": \"B\", \"program\": [{\"cpu\": 9},"
        "{\"kill\": \"A\", \"sig\": \"SIGTERM\"}, {\"cpu\": 4}]}],"
        "\"actions\": [{\"at\": 7, \"suspend\": \"A\"},"
        "{\"at\": 33, \"activate\": \"A\"}]}");
}

/* Its program is the first of the file: there is no op before it. */
TEST("who rests between two jobs waits for no semaphore")
{
    static const char *const policies[] = {"eevdf", "rm"};
    for (int i = 0; i < 2; i++) {
        struct str json = {0};
        test_case("%s", policies[i]);
        str_addf(&json,
                 "{\"timeslice\": 1, \"title\": \"x\","
                 "\"scheduler\": {\"policy\": \"%s\"}, \"processes\": ["
                 "{\"name\": \"A\", \"period\": 15, \"jobs\": 3, \"program\": ["
                 LOCK FREE "{\"P\": \"s\"}, {\"cpu\": 1}, {\"V\": \"s\"}]},"
                 "{\"name\": \"B\", \"period\": 9, \"jobs\": 4, \"program\": ["
                 LOCK "{\"P\": \"s\"}, {\"cpu\": 3}, {\"V\": \"s\"}]}]}",
                 policies[i]);
        expect_legal(str_text(&json));
        str_free(&json);
    }
}
