/* lesson.c: questions about a program that several panels have. */
#include "render/lesson.h"

#include "sim/scenario/ops.h"

static enum mechanism mechanism_of(const struct op *op)
{
    enum mechanism m =
        (enum mechanism)op_about((enum verb)op->verb)->mechanism;
    return m == MECH_PIPE && op->verb != OP_pipe ? MECH_PROC : m;
}

struct lesson_about lesson_about(const struct scenario *sc)
{
    struct lesson_about a = {.processes = sc->process_count,
                             .cpus = sc->machine.cpus,
                             .limits = sc->machine.memory > 0 ||
                                       sc->machine.max_processes > 0};
    for (int i = 0; i < sc->op_count; i++) {
        const struct op *op = &sc->ops[i];
        a.uses[mechanism_of(op)] = true;
        a.fifos |= op->verb == OP_open;
        a.files |= op->verb == OP_mkfifo;
        a.forks |= op->verb == OP_fork;
        if (op->verb != OP_kill)
            continue;
        int sig = (int)op_arg(op, KEY_sig);
        a.suspends |= sig > 0 && signal_default(sig) == SIG_DOES_STOP;
    }
    a.pipes = a.uses[MECH_PIPE];
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
    case OP_load:
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

/* How many bytes a message has when it is sent. */
static int64_t text_length(const struct world *w, int proc, int64_t text)
{
    struct str filled = {0};
    world_write_text(w, proc, text, &filled);
    int64_t length = (int64_t)filled.length;
    str_free(&filled);
    return length;
}

struct lesson_message lesson_message(const struct world *w, int proc)
{
    const struct op *op = &w->scenario->ops[w->task[proc].pc];
    struct lesson_message m = {.receives = op->verb == OP_msgrcv};
    if (!m.receives && op->verb != OP_msgsnd)
        return m;
    m.type = world_term(w, proc, op_arg(op, KEY_type));
    m.except = m.receives && op_flag(op, "MSG_EXCEPT");
    if (!m.receives)
        m.bytes = op_arg(op, KEY_bytes) != ARG_ABSENT
                      ? op_arg(op, KEY_bytes)
                      : text_length(w, proc, op_arg(op, KEY_text));
    return m;
}

const char *lesson_key(const struct world *w, int64_t key, struct arena *arena)
{
    struct str text = {0};
    struct world_key k = world_key(w, key);
    if (key == KEY_PRIVATE)
        str_add(&text, "IPC_PRIVATE");
    else if (k.inode == NONE)
        str_addf(&text, "%lld", (long long)key);
    else
        str_addf(&text, "ftok(\"%s\", '%c')",
                 w->scenario->names[w->inode[k.inode].name], k.letter);
    const char *kept = arena_copy(arena, str_text(&text), text.length);
    str_free(&text);
    return kept;
}
