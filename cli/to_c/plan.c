/* plan.c: what a lesson needs of C, found out before a line is written. */
#include "cli/to_c/inside.h"
#include "sim/scenario/names.h"

#include <limits.h>
#include <string.h>

/* ---- variables ---- */

static void is_class(struct c_writer *w, int64_t var, enum c_class class)
{
    w->var_used[var] = true;
    if (class > w->var_class[var])
        w->var_class[var] = (uint8_t)class;
}

static bool is_address(enum verb verb, enum arg_key key)
{
    return verb == OP_store || verb == OP_load || verb == OP_shmdt ||
           (verb == OP_shmat && key == KEY_as);
}

static void look_at_term(struct c_writer *w, int64_t term)
{
    const struct term *t = &w->sc->terms[term];
    if (t->is_var)
        is_class(w, t->number, CLASS_NUMBER);
    else if (t->number > INT_MAX || t->number < INT_MIN)
        w->wide = true;
}

/* The texts' variables; and how many bytes a text may give. */
static int64_t look_at_text(struct c_writer *w, int64_t text)
{
    enum { DIGITS = 20 };
    const struct template *t = &w->sc->templates[text];
    int64_t length = 0;
    for (int32_t i = 0; i < t->count; i++) {
        length += t->pieces[i].literal ? t->pieces[i].length : DIGITS;
        if (!t->pieces[i].literal)
            is_class(w, t->pieces[i].var, CLASS_NUMBER);
    }
    return length;
}

static void larger(int64_t *most, int64_t n)
{
    if (n > *most)
        *most = n;
}

static void look_at_arg(struct c_writer *w, const struct op *op,
                        const struct arg_about *a, int64_t v)
{
    enum verb verb = (enum verb)op->verb;
    bool message = verb == OP_msgsnd || verb == OP_msgrcv;
    int64_t *room = message ? &w->message : &w->bytes;
    switch ((enum arg_type)a->type) {
    case TAKES_VAR:
        is_class(w, v, CLASS_NUMBER);
        break;
    case TAKES_FDVAR:
        is_class(w, v, CLASS_INT);
        break;
    case TAKES_IDVAR:
        is_class(w, v,
                 is_address(verb, (enum arg_key)a->key) ? CLASS_ADDRESS
                                                        : CLASS_INT);
        break;
    case TAKES_TERM:
        look_at_term(w, v);
        break;
    case TAKES_TEXT:
        larger(room, look_at_text(w, v));
        break;
    case TAKES_PATH:
        w->directory = true;
        break;
    case TAKES_NAME:
        w->device[v] = true;
        break;
    case TAKES_KEY:
        w->directory = w->directory || w->sc->keys[v].kind == IPC_KEY_FTOK;
        break;
    case TAKES_FOREVER:
        w->wide = w->wide || (v > INT_MAX && op_arg(op, KEY_as) != ARG_ABSENT);
        break;
    case TAKES_COUNTS:
        larger(&w->semaphores, w->sc->lists[v].count);
        break;
    case TAKES_COUNT:
        if (a->key == KEY_nsems)
            larger(&w->semaphores, v);
        else if (a->key == KEY_bytes ||
                 (a->key == KEY_size && verb != OP_shmget))
            larger(room, v);
        break;
    default:
        break;
    }
}

static void look_at_ops(struct c_writer *w)
{
    for (int32_t pc = 0; pc < w->sc->op_count; pc++) {
        const struct op *op = &w->sc->ops[pc];
        const struct op_about *about = op_about((enum verb)op->verb);
        for (int k = 0; k < about->args; k++)
            if (op->arg[k] != ARG_ABSENT)
                look_at_arg(w, op, &about->arg[k], op->arg[k]);
    }
}

/* A counter is plain C's for (i = 1; i <= n; i++) only if nobody sees that it
 * is n + 1 behind the loop, and nobody else changes it. So it is not if it is
 * used outside of such loops, or set anywhere but in their heads. */
static bool is_inside(const struct c_writer *w, int32_t pc, int64_t var)
{
    for (int32_t head = 0; head < pc; head++) {
        const struct op *op = &w->sc->ops[head];
        if (op->verb == OP_repeat && op->end > pc &&
            op_arg(op, KEY_as) == var)
            return true;
    }
    return false;
}

static bool mentions(const struct c_writer *w, const struct op *op,
                     int64_t var, bool *sets)
{
    const struct op_about *about = op_about((enum verb)op->verb);
    bool found = false;
    for (int k = 0; k < about->args; k++) {
        const struct arg_about *a = &about->arg[k];
        int64_t v = op->arg[k];
        if (v == ARG_ABSENT)
            continue;
        bool is_var = a->type == TAKES_VAR || a->type == TAKES_FDVAR ||
                      a->type == TAKES_IDVAR;
        if (is_var && v == var) {
            found = true;
            *sets = a->key != KEY_from;
        }
        if (a->type == TAKES_TERM && w->sc->terms[v].is_var)
            found = found || w->sc->terms[v].number == var;
        if (a->type == TAKES_TEXT)
            for (int32_t i = 0; i < w->sc->templates[v].count; i++)
                found = found || (!w->sc->templates[v].pieces[i].literal &&
                                  w->sc->templates[v].pieces[i].var == var);
    }
    return found;
}

static void look_at_counters(struct c_writer *w)
{
    for (int32_t head = 0; head < w->sc->op_count; head++) {
        const struct op *loop = &w->sc->ops[head];
        int64_t var = loop->verb == OP_repeat ? op_arg(loop, KEY_as)
                                              : ARG_ABSENT;
        if (var == ARG_ABSENT || w->var_escapes[var])
            continue;
        for (int32_t pc = 0; pc < w->sc->op_count; pc++) {
            const struct op *op = &w->sc->ops[pc];
            bool sets = false;
            bool own = op->verb == OP_repeat && op_arg(op, KEY_as) == var &&
                       !is_inside(w, pc, var);
            if (!own && mentions(w, op, var, &sets) &&
                (sets || !is_inside(w, pc, var)))
                w->var_escapes[var] = true;
        }
    }
}

/* ---- who is whom ---- */

/* The only op that forks `def` and its place; -1: there is none, -2: several,
 * or one that may be done several times. */
static int32_t only_fork(const struct c_writer *w, int def)
{
    int32_t found = -1;
    for (int32_t pc = 0; pc < w->sc->op_count; pc++) {
        const struct op *op = &w->sc->ops[pc];
        if (op->verb != OP_fork || (op->arg[0] & INT32_MAX) != def)
            continue;
        if (found != -1 || op->depth > 0)
            return -2;
        found = pc;
    }
    return found;
}

static bool is_single(const struct c_writer *w, int def, int generations)
{
    const struct process_def *d = &w->sc->processes[def];
    if (!d->forked)
        return true;
    if (generations > w->sc->process_count)
        return false;
    int32_t pc = only_fork(w, def);
    return pc >= 0 && !w->sc->processes[scenario_owner(w->sc, pc)].period &&
           is_single(w, scenario_owner(w->sc, pc), generations + 1);
}

/* Whether somebody other than its parent kills or waits for `def`: then its
 * pid must stand where all find it. */
static bool is_sought(const struct c_writer *w, int def)
{
    int32_t fork = only_fork(w, def);
    int parent = fork >= 0 ? scenario_owner(w->sc, fork) : -1;
    for (int i = 0; i < w->sc->action_count; i++)
        if ((w->sc->actions[i].process & INT32_MAX) == def)
            return true;
    for (int32_t pc = 0; pc < w->sc->op_count; pc++) {
        const struct op *op = &w->sc->ops[pc];
        bool names = op->verb == OP_kill ||
                     (op->verb == OP_wait && op->arg[0] != ARG_ANY);
        if (names && (op->arg[0] & INT32_MAX) == def &&
            (scenario_owner(w->sc, pc) != parent || op->arg[0] >> 32))
            return true;
    }
    return false;
}

static void look_at_processes(struct c_writer *w)
{
    for (int d = 0; d < w->sc->process_count; d++) {
        w->single[d] = is_single(w, d, 0);
        w->family[d] = w->sc->processes[d].forked && !w->single[d];
        w->sought[d] = !w->family[d] && is_sought(w, d);
        w->families = w->families || w->family[d];
    }
}

static void *bits(struct c_writer *w, int count)
{
    return arena_alloc(&w->arena, (size_t)count + 1);
}

void plan_make(struct c_writer *w)
{
    w->var_class = bits(w, w->sc->var_count);
    w->var_used = bits(w, w->sc->var_count);
    w->var_escapes = bits(w, w->sc->var_count);
    w->device = bits(w, w->sc->name_count);
    w->single = bits(w, w->sc->process_count);
    w->family = bits(w, w->sc->process_count);
    w->sought = bits(w, w->sc->process_count);
    look_at_ops(w);
    look_at_counters(w);
    look_at_processes(w);
}
