/* lesson.c: questions about a program that several panels have. */
#include "render/lesson.h"

#include "sim/scenario/ops.h"

struct lesson_about lesson_about(const struct scenario *sc)
{
    struct lesson_about a = {.processes = sc->process_count,
                             .cpus = sc->machine.cpus,
                             .limits = sc->machine.memory > 0 ||
                                       sc->machine.max_processes > 0};
    for (int i = 0; i < sc->op_count; i++) {
        const struct op *op = &sc->ops[i];
        a.pipes |= op->verb == OP_pipe;
        a.fifos |= op->verb == OP_open;
        a.files |= op->verb == OP_mkfifo;
        a.forks |= op->verb == OP_fork;
        if (op->verb != OP_kill)
            continue;
        int sig = (int)op_arg(op, KEY_sig);
        a.suspends |= sig > 0 && signal_default(sig) == SIG_DOES_STOP;
    }
    a.buffers = a.pipes || a.fifos;
    for (int i = 0; sc->name_is_file && i < sc->name_count; i++)
        a.files |= sc->name_is_file[i];
    for (int i = 0; i < sc->action_count; i++)
        a.suspends |= sc->actions[i].kind == ACTION_SUSPEND;
    return a;
}

int lesson_makes_file(const struct scenario *sc, int32_t op)
{
    const struct op *o = &sc->ops[op];
    return o->verb == OP_mkfifo ? (int)op_arg(o, KEY_mkfifo) : -1;
}

/* The variable that an op computes with, ARG_ABSENT: none. */
static int64_t number_of(const struct op *op)
{
    switch (op->verb) {
    case OP_set:
        return op_arg(op, KEY_set);
    case OP_add:
        return op_arg(op, KEY_add);
    case OP_repeat:
        return op_arg(op, KEY_as);
    case OP_read:
    case OP_msgrcv:
        return op_arg(op, KEY_into);
    default:
        return ARG_ABSENT;
    }
}

void lesson_numbers(const struct scenario *sc, int def, bool *computes)
{
    const struct process_def *d = &sc->processes[def];
    for (int32_t i = d->first; i <= d->end; i++) {
        int64_t var = number_of(&sc->ops[i]);
        if (var != ARG_ABSENT)
            computes[var] = true;
    }
}

const char *lesson_verb(enum verb v)
{
    return op_about(v)->name;
}

void lesson_statement(const struct scenario *sc, int32_t op,
                      const int64_t *vars, struct str *out)
{
    op_write_c(sc, &sc->ops[op], vars, out);
}
