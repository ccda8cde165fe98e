/* bench_plan.c: what bench-ipc is to measure, and what went wrong. */
#include "cli/bench_ipc.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char usual_sizes[] = "64,256,1K,4K,16K,64K,256K,1M";

/* A number of bytes at `*p`, which moves behind it; -1: there is none. */
static int64_t read_size(const char **p)
{
    char *end;
    errno = 0;
    long long n = isdigit((unsigned char)**p) ? strtoll(*p, &end, 10) : -1;
    if (n < 0 || errno || n > BENCH_SIZE_MOST)
        return -1;
    int shift = *end == 'K' || *end == 'k' ? 10
                : *end == 'M' || *end == 'm' ? 20
                                             : 0;
    *p = end + (shift ? 1 : 0);
    n <<= shift;
    return n >= BENCH_SIZE_LEAST && n <= BENCH_SIZE_MOST ? (int64_t)n : -1;
}

/* Puts `size` where it belongs; one that is there already is not put again. */
static bool add_size(struct figures *f, int64_t size)
{
    int i = f->size_count;
    for (int k = 0; k < f->size_count; k++)
        if (f->sizes[k] == size)
            return true;
    if (i == FIGURE_SIZES_MOST)
        return false;
    for (; i > 0 && f->sizes[i - 1] > size; i--)
        f->sizes[i] = f->sizes[i - 1];
    f->sizes[i] = size;
    f->size_count++;
    return true;
}

static bool read_sizes(const struct options *o, struct figures *f)
{
    bool given = option_given(o, OPTION_SIZES);
    const char *text = given ? o->value[OPTION_SIZES] : usual_sizes;
    for (const char *p = text;; p++) {
        int64_t size = read_size(&p);
        if (size < 0 || !add_size(f, size) || (*p && *p != ','))
            break;
        if (!*p)
            return true;
    }
    complain(o->lang, W_CLI_B_BAD_SIZES, FIGURE_SIZES_MOST, BENCH_SIZE_LEAST,
             BENCH_SIZE_MOST, text);
    return false;
}

static void complain_way(const struct options *o, const char *name, int length)
{
    struct str bad = {0}, list = {0};
    str_add_bytes(&bad, name, (size_t)length);
    for (int w = 0; w < WAY_COUNT; w++)
        str_addf(&list, "%s%s", w ? ", " : "", way_table[w].name);
    complain(o->lang, W_CLI_B_BAD_WAY, str_text(&bad), str_text(&list));
    str_free(&bad);
    str_free(&list);
}

static bool read_ways(const struct options *o, struct figures *f)
{
    const char *p = o->value[OPTION_MECHANISMS];
    f->ways = (1u << WAY_COUNT) - 1;
    if (!option_given(o, OPTION_MECHANISMS))
        return true;
    for (f->ways = 0;; p++) {
        int length = (int)strcspn(p, ",");
        enum way w = way_named(p, length);
        if (w == WAY_COUNT) {
            complain_way(o, p, length);
            return false;
        }
        f->ways |= 1u << w;
        p += length;
        if (!*p)
            return true;
    }
}

static bool read_pin(const struct options *o, struct figures *f,
                     enum status *status)
{
    f->pin = bench_cpus() > 1 ? PIN_APART : PIN_SAME;
    if (!option_given(o, OPTION_PIN))
        return true;
    for (int i = 0; i < PIN_COUNT; i++)
        if (strcmp(pin_names[i], o->value[OPTION_PIN]) == 0)
            f->pin = (enum pin)i;
    if (f->pin != PIN_APART || bench_cpus() > 1)
        return true;
    *status = fail(STATUS_MACHINE, o->lang, W_CLI_B_ONE_CPU);
    return false;
}

bool bench_plan(const struct options *o, struct bench_settings *s,
                enum status *status)
{
    /* For tests: which mechanism delivers a wrong byte, once. */
    const char *spoil = getenv("TIMESLICE_BENCH_SPOIL");
    *s = (struct bench_settings){.quick = option_given(o, OPTION_QUICK)};
    s->spoil = spoil ? way_named(spoil, (int)strlen(spoil)) : WAY_COUNT;
    *status = STATUS_USAGE;
    return read_sizes(o, &s->plan) && read_ways(o, &s->plan) &&
           read_pin(o, &s->plan, status);
}

void bench_say_trouble(const struct options *o, const struct bench_trouble *t,
                       struct str *out)
{
    const char *name = way_table[t->way].name;
    switch (t->kind) {
    case BENCH_NO_CALL:
        str_addf(out, word(W_CLI_B_CALL, o->lang), name, t->call,
                 strerror(t->error));
        break;
    case BENCH_SPOILED:
        str_addf(out, word(W_CLI_B_SPOILED, o->lang), name,
                 (long long)t->size);
        break;
    case BENCH_SILENT:
        str_addf(out, word(W_CLI_B_SILENT, o->lang), name,
                 (long long)t->size);
        break;
    case BENCH_LOST:
        str_add(out, word(W_CLI_B_LOST, o->lang));
        break;
    }
}
