/* names.c: names of the lesson as names of C.
 *
 * A lesson's variable keeps its name, so that the program reads as the screen
 * does, unless C or its library has that word already. Variables lie outside of
 * all functions (fork copies them, handlers see them), so the whole library's
 * names are in the way: words.def. */
#include "cli/to_c/inside.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
#include "cli/to_c/words.def"
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_plain(char c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Families of names too many to list. */
static bool is_of_family(const char *name)
{
    static const char *const begins[] = {
        "pthread_", "sched_", "posix_", "si_",     "sa_",
        "st_",      "clock_", "timer_", "atomic_", "memory_order_", "cpu_"};
    static const char *const ends[] = {"_t", "_unlocked", "64", "_r", "_l"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) &&
            strcmp(name + n - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

/* Like a macro: EOF, SIGINT, O_RDONLY. */
static bool is_loud(const char *name)
{
    for (const char *p = name; *p; p++)
        if (is_lower(*p))
            return false;
    return strlen(name) > 2;
}

static bool is_word(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_place(words[i], name, strlen(name)) >= 0)
            return true;
    return is_of_family(name) || is_loud(name);
}

static bool is_taken(const struct c_writer *w, const char *name)
{
    for (int i = 0; i < w->taken_count; i++)
        if (strcmp(w->taken[i], name) == 0)
            return true;
    return false;
}

static void take(struct c_writer *w, const char *name)
{
    if (w->taken_count == w->taken_room) {
        const char **old = w->taken;
        w->taken_room = w->taken_room ? 2 * w->taken_room : 64;
        w->taken = arena_alloc(&w->arena,
                               (size_t)w->taken_room * sizeof *w->taken);
        if (w->taken_count)
            memcpy(w->taken, old, (size_t)w->taken_count * sizeof *old);
    }
    w->taken[w->taken_count++] = name;
}

/* The letters of `wish` that C knows; others become _. */
static const char *plain(struct c_writer *w, const char *wish)
{
    struct str s = {0};
    if (!is_plain(wish[0]) || (wish[0] >= '0' && wish[0] <= '9'))
        str_add(&s, "x_");
    for (const char *p = wish; *p; p++)
        if (is_plain(*p) || ((unsigned char)*p < 0x80 && s.length &&
                             s.text[s.length - 1] != '_'))
            str_add_char(&s, is_plain(*p) ? *p : '_');
    const char *name = arena_copy(&w->arena, s.text, s.length);
    str_free(&s);
    return name;
}

const char *name_new(struct c_writer *w, const char *wish)
{
    const char *first = plain(w, wish), *name = first;
    for (int i = 1; is_word(name) || is_taken(w, name); i++)
        name = i == 1   ? arena_printf(&w->arena, "%s_", first)
               : i == 2 ? arena_printf(&w->arena, "my_%s_", first)
                        : arena_printf(&w->arena, "my_%s_%d", first, i);
    take(w, name);
    return name;
}

/* p[0] and p[1] are one array of C. */
static void name_variable(struct c_writer *w, int v)
{
    const char *name = w->sc->vars[v];
    size_t n = strcspn(name, "[");
    if (w->var[v])
        return;
    if (!name[n]) {
        w->var[v] = name_new(w, name);
        return;
    }
    const char *base = name_new(w, arena_copy(&w->arena, name, n));
    for (int other = v; other < w->sc->var_count; other++) {
        const char *its = w->sc->vars[other];
        if (its[n] == '[' && strncmp(its, name, n) == 0)
            w->var[other] = arena_printf(&w->arena, "%s%s", base, its + n);
    }
}

static void name_process(struct c_writer *w, int d)
{
    const char *name = w->sc->processes[d].name;
    w->run[d] = name_new(w, arena_printf(&w->arena, "run_%s", name));
    w->pid[d] = name_new(w, name);
    if (w->sought[d])
        w->pid[d] = arena_printf(&w->arena, "board->%s", w->pid[d]);
}

static void *names(struct c_writer *w, int count)
{
    return arena_alloc(&w->arena, ((size_t)count + 1) * sizeof(char *));
}

static void name_handlers(struct c_writer *w)
{
    for (int32_t pc = 0; pc < w->sc->op_count; pc++) {
        const struct op *op = &w->sc->ops[pc];
        if (op->verb == OP_signal && op_arg(op, KEY_do) != ARG_ABSENT)
            w->on[pc] = name_new(
                w, arena_printf(&w->arena, "on_%s",
                                signal_name((int)op->arg[0])));
    }
}

void names_make(struct c_writer *w)
{
    w->var = names(w, w->sc->var_count);
    w->run = names(w, w->sc->process_count);
    w->pid = names(w, w->sc->process_count);
    w->on = names(w, w->sc->op_count);
    w->station = names(w, w->sc->name_count);
    for (int v = 0; v < w->sc->var_count; v++)
        name_variable(w, v);
    for (int d = 0; d < w->sc->process_count; d++)
        name_process(w, d);
    name_handlers(w);
    for (int i = 0; i < w->sc->name_count; i++)
        if (w->device[i])
            w->station[i] = name_new(w, w->sc->names[i]);
    for (int i = 0; i < C_LOOPS; i++)
        w->counter[i] = name_new(
            w, arena_printf(&w->arena, "%c", 'i' + (i < 12 ? i : 12)));
}
