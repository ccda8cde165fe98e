/* Random ops on shared memory. Two segments that everybody finds by their keys
 * and maps at several addresses, stores and loads near the ends of pages, and
 * now and then an address at which nothing is. */
#include "tests/dice.h"

static const char *const segments[] = {"m", "m", "m", "n"};
static const char *const addresses[] = {"a", "a", "a", "b"};

static void add_get(struct dice *d, const char *segment, struct str *out)
{
    static const int sizes[] = {0, 1, 100, 4096, 4097, 5000, 8192, 9000};
    static const char *const flags[] = {"IPC_CREAT|0600",
                                        "IPC_CREAT|0600",
                                        "IPC_CREAT|0660",
                                        "IPC_CREAT|IPC_EXCL|0600",
                                        "0600",
                                        "0400",
                                        "IPC_CREAT|0400",
                                        ""};
    static const char *const keys[] = {"87",
                                       "87",
                                       "88",
                                       "\"IPC_PRIVATE\"",
                                       "{\"ftok\": [\"f\", \"a\"]}"};
    int size = roll(d, 20) ? ONE_OF(d, sizes) : 16000000;
    str_addf(out, "{\"shmget\": \"%s\", \"key\": %s, ", segment,
             ONE_OF(d, keys));
    str_addf(out, "\"size\": %d, ", roll(d, 30) ? size : 16777217);
    str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
}

static void add_attach(struct dice *d, struct str *out)
{
    static const char *const flags[] = {"",
                                        "",
                                        "",
                                        "SHM_RDONLY",
                                        "SHM_RND",
                                        "SHM_REMAP",
                                        "SHM_REMAP|SHM_RND",
                                        "SHM_REMAP|SHM_RDONLY"};
    static const char *const places[] = {
        "\"a\"",          "\"a\"",          "\"b\"",
        "\"v\"",          "0",             "4096",
        "138538465099776", "138538465103872", "138538465103873",
        "140737488351232", "900000000000000"};
    str_addf(out, "{\"shmat\": \"%s\", ", ONE_OF(d, segments));
    str_addf(out, "\"as\": \"%s\", ", ONE_OF(d, addresses));
    str_addf(out, "\"flags\": \"%s\"", ONE_OF(d, flags));
    if (roll(d, 3) == 0)
        str_addf(out, ", \"at\": %s", ONE_OF(d, places));
    str_add(out, "}");
}

static int offset(struct dice *d)
{
    static const int near[] = {0, 0, 4, 1, 97, 99, 100, 4090, 4092};
    static const int far[] = {4093, 4095, 4096, 8188, 8190, 12288, 100000};
    return roll(d, 12) ? ONE_OF(d, near) : ONE_OF(d, far);
}

static void add_store(struct dice *d, struct str *out)
{
    static const int sizes[] = {1, 3, 100, 4000, 4096, 5000};
    str_addf(out, "{\"store\": \"%s\", ", ONE_OF(d, addresses));
    str_addf(out, "\"offset\": %d, ", offset(d));
    switch (roll(d, 5)) {
    case 0:
        str_addf(out, "\"int\": %d}", roll(d, 2000000) - 1000000);
        break;
    case 1:
        str_add(out, "\"text\": \"i is {i} \"}");
        break;
    case 2:
        str_addf(out, "\"bytes\": %d}", ONE_OF(d, sizes));
        break;
    default:
        str_add(out, "\"from\": \"v\"}");
    }
}

static void add_load(struct dice *d, struct str *out)
{
    static const int sizes[] = {1, 5, 100, 4096, 5000};
    str_addf(out, "{\"load\": \"%s\", ", ONE_OF(d, addresses));
    str_addf(out, "\"offset\": %d, ", offset(d));
    if (roll(d, 3))
        str_add(out, "\"into\": \"v\"}, {\"add\": \"v\", \"value\": 1}");
    else
        str_addf(out, "\"size\": %d}", ONE_OF(d, sizes));
}

static void add_control(struct dice *d, struct str *out)
{
    static const char *const modes[] = {"0600", "0600", "0400", "0200", "0000"};
    const char *segment = ONE_OF(d, segments);
    switch (roll(d, 4)) {
    case 0:
        str_addf(out, "{\"shmctl\": \"%s\", \"cmd\": \"IPC_RMID\"}", segment);
        break;
    case 1:
        str_addf(out,
                 "{\"shmctl\": \"%s\", \"cmd\": \"IPC_SET\", \"mode\": "
                 "\"%s\"}",
                 segment, ONE_OF(d, modes));
        break;
    default:
        str_addf(out, "{\"shmctl\": \"%s\", \"cmd\": \"IPC_STAT\"}", segment);
    }
}

void random_shm_begin(struct dice *d, struct str *out)
{
    (void)d;
    str_add(out, "{\"shmget\": \"m\", \"key\": 87, \"size\": 100, \"flags\": "
                 "\"IPC_CREAT|0600\"}, {\"shmget\": \"n\", \"key\": 88, "
                 "\"size\": 8000, \"flags\": \"IPC_CREAT|0600\"}, "
                 "{\"set\": \"v\", \"value\": 1}, "
                 "{\"shmat\": \"m\", \"as\": \"a\"}, "
                 "{\"shmat\": \"n\", \"as\": \"b\"}, ");
}

void random_shm_op(struct dice *d, struct str *out)
{
    int kind = roll(d, 24);
    if (kind < 7)
        add_store(d, out);
    else if (kind < 13)
        add_load(d, out);
    else if (kind < 17)
        add_attach(d, out);
    else if (kind < 19)
        str_addf(out, "{\"shmdt\": \"%s\"}", ONE_OF(d, addresses));
    else if (kind < 22)
        add_control(d, out);
    else
        add_get(d, ONE_OF(d, segments), out);
}

/* A handler that came back to the same store for ever would be no test. */
void random_shm_handler(struct dice *d, struct str *out)
{
    static const char *const last[] = {
        "{\"signal\": \"SIGSEGV\", \"action\": \"default\"}",
        "{\"signal\": \"SIGSEGV\", \"action\": \"ignore\"}",
        "{\"exit\": 3}",
        "{\"shmdt\": \"a\"}, {\"store\": \"a\", \"int\": 1}"};
    str_addf(out,
             "{\"signal\": \"SIGSEGV\", \"restart\": %s, \"do\": [{\"cpu\": "
             "1}, {\"load\": \"b\", \"into\": \"v\"}, ",
             roll(d, 2) ? "true" : "false");
    str_addf(out, "%s]}", ONE_OF(d, last));
}
