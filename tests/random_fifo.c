/* Random ops on FIFOs. Two names that all share, opened in all ways and mostly
 * into two variables, so that sides meet; names that come and go; and now and
 * then a mode that lets nobody in. */
#include "tests/dice.h"

static const char *const names[] = {"f", "f", "f", "g"};
static const char *const vars[] = {"x", "x", "y"};

static void add_open(struct dice *d, struct str *out)
{
    static const char *const ways[] = {
        "O_RDONLY",          "O_RDONLY",           "O_RDONLY",
        "O_WRONLY",          "O_WRONLY",           "O_WRONLY",
        "O_RDWR",            "O_RDONLY|O_NONBLOCK", "O_RDONLY|O_NONBLOCK",
        "O_WRONLY|O_NONBLOCK", "O_WRONLY|O_NONBLOCK", "O_RDWR|O_NONBLOCK"};
    str_addf(out, "{\"open\": \"%s\", ", ONE_OF(d, names));
    str_addf(out, "\"flags\": \"%s\", ", ONE_OF(d, ways));
    str_addf(out, "\"as\": \"%s\"}", ONE_OF(d, vars));
}

static void add_make(struct dice *d, struct str *out)
{
    static const char *const modes[] = {"0666", "0600", "0666", "0644",
                                        "0400", "0200", "0000"};
    str_addf(out, "{\"mkfifo\": \"%s\", ", ONE_OF(d, names));
    str_addf(out, "\"mode\": \"%s\"}", ONE_OF(d, modes));
}

static void add_flags(struct dice *d, struct str *out)
{
    static const char *const flags[] = {"O_NONBLOCK", "", "O_DIRECT",
                                        "O_NONBLOCK|O_DIRECT"};
    static const int sizes[] = {1, 4096, 8192, 65536, 131072, 1048576,
                                1048577, 2147483647};
    bool sets_flags = roll(d, 3);
    str_addf(out, "{\"fcntl\": \"%s\", ", ONE_OF(d, vars));
    if (sets_flags)
        str_addf(out, "\"flags\": \"%s\"}", ONE_OF(d, flags));
    else
        str_addf(out, "\"pipe_size\": %d}", ONE_OF(d, sizes));
}

static void add_transfer(struct dice *d, struct str *out)
{
    static const int sizes[] = {0,    1,    5,    100,   2049, 4095,
                                4096, 4097, 5000, 20000, 65536, 70000};
    int size = ONE_OF(d, sizes);
    switch (roll(d, 8)) {
    case 0:
        str_addf(out, "{\"write\": \"%s\", \"text\": \" 4{i}x\"}",
                 ONE_OF(d, vars));
        break;
    case 1:
        str_addf(out, "{\"read\": \"%s\", \"size\": %d, \"into\": \"i\"}",
                 ONE_OF(d, vars), size);
        break;
    case 2:
    case 3:
    case 4:
        str_addf(out, "{\"write\": \"%s\", \"bytes\": %d}", ONE_OF(d, vars),
                 size);
        break;
    default:
        str_addf(out, "{\"read\": \"%s\", \"size\": %d}", ONE_OF(d, vars),
                 size);
    }
}

void random_fifo_begin(struct dice *d, struct str *out)
{
    if (d->me == 0)
        str_add(out, "{\"dup\": \"d\", \"as\": \"x\"}, "
                     "{\"dup\": \"q[0]\", \"as\": \"y\"}, ");
    if (d->me == 0 || roll(d, 3) == 0)
        str_add(out, "{\"mkfifo\": \"f\"}, {\"mkfifo\": \"g\"}, ");
    add_open(d, out);
    str_add(out, ", ");
}

/* Somebody alone writes, closes, and looks whether it is still there. */
static void add_lonely(struct dice *d, struct str *out)
{
    static const int sizes[] = {1, 100, 5000};
    static const char open[] = "{\"open\": \"g\", \"flags\": "
                               "\"O_RDWR|O_NONBLOCK\", \"as\": \"y\"}";
    str_addf(out,
             "%s, {\"write\": \"y\", \"bytes\": %d}, {\"close\": \"y\"}, "
             "%s, {\"read\": \"y\", \"size\": 100}, {\"close\": \"y\"}",
             open, ONE_OF(d, sizes), open);
}

static void add_dup(struct dice *d, struct str *out)
{
    str_addf(out, "{\"dup\": \"%s\", ", ONE_OF(d, vars));
    str_addf(out, "\"as\": \"%s\"}", ONE_OF(d, vars));
}

void random_fifo_op(struct dice *d, struct str *out)
{
    int kind = roll(d, 17);
    if (kind == 16) {
        add_lonely(d, out);
        return;
    }
    if (kind < 5)
        add_open(d, out);
    else if (kind < 10)
        add_transfer(d, out);
    else if (kind < 12)
        str_addf(out, "{\"close\": \"%s\"}", ONE_OF(d, vars));
    else if (kind == 12)
        str_addf(out, "{\"unlink\": \"%s\"}", ONE_OF(d, names));
    else if (kind == 13)
        add_make(d, out);
    else if (kind == 14)
        add_flags(d, out);
    else if (roll(d, 2))
        add_dup(d, out);
    else
        str_add(out, "{\"mkfifo\": \"f\"}");
}
