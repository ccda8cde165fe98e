/* Random ops on message queues. Two queues that everybody finds by their keys,
 * types and lengths from a small choice so that wishes meet, and now and then
 * everything that may go wrong. */
#include "tests/dice.h"

static const char *const queues[] = {"q", "q", "q", "r"};

static void add_get(struct dice *d, const char *queue, struct str *out)
{
    static const char *const flags[] = {"IPC_CREAT|0600",
                                        "IPC_CREAT|0600",
                                        "IPC_CREAT|0660",
                                        "IPC_CREAT|IPC_EXCL|0600",
                                        "0600",
                                        "IPC_CREAT|0400",
                                        ""};
    static const char *const keys[] = {"77",
                                       "77",
                                       "78",
                                       "\"IPC_PRIVATE\"",
                                       "{\"ftok\": [\"f\", \"a\"]}",
                                       "{\"ftok\": [\"f\", \"b\"]}"};
    str_addf(out, "{\"msgget\": \"%s\", \"key\": %s, ", queue,
             ONE_OF(d, keys));
    str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
}

static void add_send(struct dice *d, struct str *out)
{
    static const int sizes[] = {0, 1, 5, 100, 1000, 3000, 5000, 5000, 8192};
    int size = roll(d, 30) ? ONE_OF(d, sizes) : 8193;
    int type = roll(d, 20) ? 1 + roll(d, 4) : -roll(d, 2);
    str_addf(out, "{\"msgsnd\": \"%s\", \"type\": %d, \"bytes\": %d",
             ONE_OF(d, queues), type, size);
    str_add(out, roll(d, 4) ? "}" : ", \"flags\": \"IPC_NOWAIT\"}");
}

static void add_receive(struct dice *d, struct str *out)
{
    static const int sizes[] = {0, 5, 100, 1000, 5000, 8192, 8192, 8192};
    static const char *const flags[] = {"",
                                        "",
                                        "",
                                        "",
                                        "",
                                        "",
                                        "IPC_NOWAIT",
                                        "MSG_NOERROR",
                                        "MSG_EXCEPT",
                                        "MSG_EXCEPT|MSG_NOERROR",
                                        "IPC_NOWAIT|MSG_COPY",
                                        "MSG_COPY",
                                        "IPC_NOWAIT|MSG_COPY|MSG_NOERROR",
                                        "IPC_NOWAIT|MSG_COPY|MSG_EXCEPT"};
    str_addf(out, "{\"msgrcv\": \"%s\", ", ONE_OF(d, queues));
    str_addf(out, "\"type\": %d, ", roll(d, 7) - 3);
    str_addf(out, "\"size\": %d, ", ONE_OF(d, sizes));
    str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
}

static void add_control(struct dice *d, struct str *out)
{
    static const int64_t limits[] = {0,     1,     3,     100,
                                     5000,  8192,  9000,  16384,
                                     16384, 16385, 4294967297};
    static const char *const modes[] = {"0600", "0600", "0400", "0200", "0000"};
    const char *queue = ONE_OF(d, queues);
    switch (roll(d, 8)) {
    case 0:
        str_addf(out, "{\"msgctl\": \"%s\", \"cmd\": \"IPC_RMID\"}", queue);
        break;
    case 1:
    case 2:
        str_addf(out, "{\"msgctl\": \"%s\", \"cmd\": \"IPC_STAT\"}", queue);
        break;
    case 3:
        str_addf(out,
                 "{\"msgctl\": \"%s\", \"cmd\": \"IPC_SET\", \"mode\": "
                 "\"%s\"}",
                 queue, ONE_OF(d, modes));
        break;
    default:
        str_addf(out,
                 "{\"msgctl\": \"%s\", \"cmd\": \"IPC_SET\", \"qbytes\": "
                 "%lld}",
                 queue, (long long)ONE_OF(d, limits));
    }
}

void random_msgq_begin(struct dice *d, struct str *out)
{
    (void)d;
    str_add(out, "{\"msgget\": \"q\", \"key\": 77, \"flags\": "
                 "\"IPC_CREAT|0600\"}, {\"msgget\": \"r\", \"key\": 78, "
                 "\"flags\": \"IPC_CREAT|0600\"}, ");
}

/* All at one queue that is nearly always full or empty, and limits that make
 * everybody look again. */
static void add_crowd(struct dice *d, struct str *out)
{
    static const int sizes[] = {0, 1, 2000, 5000, 5000, 8000};
    static const int limits[] = {0, 3, 5000, 9000, 16384, 16384};
    int kind = roll(d, 16);
    int type = kind < 6 ? 1 + roll(d, 2) : kind < 13 ? roll(d, 3) : 0;
    if (kind < 6)
        str_addf(out, "{\"msgsnd\": \"q\", \"type\": %d, \"bytes\": %d}", type,
                 ONE_OF(d, sizes));
    else if (kind < 13)
        str_addf(out, "{\"msgrcv\": \"q\", \"type\": %d, \"size\": %d}", type,
                 roll(d, 3) ? 8192 : 100);
    else if (kind < 15)
        str_addf(out,
                 "{\"msgctl\": \"q\", \"cmd\": \"IPC_SET\", \"qbytes\": "
                 "%d}",
                 ONE_OF(d, limits));
    else
        add_receive(d, out);
}

void random_msgq_op(struct dice *d, struct str *out)
{
    if (allowed(d, RANDOM_CROWD)) {
        add_crowd(d, out);
        return;
    }
    int kind = roll(d, 20);
    if (kind < 8)
        add_send(d, out);
    else if (kind < 17)
        add_receive(d, out);
    else if (kind < 19)
        add_control(d, out);
    else
        add_get(d, ONE_OF(d, queues), out);
}
