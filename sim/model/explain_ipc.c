/* explain_ipc.c: what all calls on System V objects have in common: keys that
 * are found or not, permissions, objects that are gone. */
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

static enum mechanism kind_of(const struct say *s, const struct event *e)
{
    return (enum mechanism)op_about((enum verb)op_of(s, e)->verb)->mechanism;
}

static void say_kind(struct say *s, const struct event *e)
{
    enum mechanism kind = kind_of(s, e);
    say_word(s, kind == MECH_MSGQ  ? W_IPC_MSGQ
                : kind == MECH_SHM ? W_IPC_SHM
                                   : W_IPC_SEM);
}

/* Pushes who, call and kind: {0}, {1}, {2}. */
static void say_three(struct say *s, const struct event *e)
{
    say_name(s, e->proc);
    say_manual(s, e->aux);
    say_kind(s, e);
}

static void say_key(struct say *s, const struct ipc_key *k)
{
    if (k->kind == IPC_KEY_FTOK) {
        const char letter[2] = {(char)k->number, '\0'};
        say_text(s, s->w->scenario->names[k->path]);
        say_text(s, letter);
        say_fold(s, W_IPC_KEY_FTOK, 2);
        return;
    }
    say_number(s, k->number);
}

static bool made_it(const struct say *s, const struct event *e)
{
    static const enum event_kind makes[] = {EV_QUEUE, EV_SEMSET, EV_SEGMENT};
    for (size_t i = 0; i < sizeof makes / sizeof *makes; i++)
        if (say_event(s, makes[i], e->proc))
            return true;
    return false;
}

static void got(struct say *s, const struct event *e, const struct ipc_key *k)
{
    bool made = made_it(s, e);
    say_three(s, e);
    say_number(s, e->val);
    if (k->kind == IPC_KEY_PRIVATE) {
        say_fold(s, W_SAY_GET_PRIVATE, 4);
        return;
    }
    say_key(s, k);
    if (!made)
        say_name(s, world_ipc(s->w, kind_of(s, e), e->val)->maker);
    say_fold(s, made ? W_SAY_GET_NEW : W_SAY_GET_FOUND, made ? 5 : 6);
}

void explain_get(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    const struct ipc_key *k = &s->w->scenario->keys[op_arg(op, KEY_key)];
    if (!e->sub) {
        got(s, e, k);
        return;
    }
    bool no_file = k->kind == IPC_KEY_FTOK &&
                   s->w->name[k->path].inode == NONE;
    if (e->sub == E_ENOENT && no_file) {
        say_three(s, e);
        say_fold(s, W_SAY_GET_NO_FILE, 3);
    } else if (e->sub == E_ENOENT || e->sub == E_EEXIST) {
        say_three(s, e);
        say_key(s, k);
        say_fold(s, e->sub == E_ENOENT ? W_SAY_GET_ENOENT
                                       : W_SAY_GET_EEXIST, 4);
    } else if (!explain_ipc_error(s, e)) {
        explain_call(s, e);
    }
}

/* Whether the id that the op names is that of an object that is there. */
static bool is_there(const struct say *s, const struct event *e)
{
    int64_t id = world_var(s->w, e->proc, op_of(s, e)->arg[0]);
    const struct ipc *ipc = world_ipc(s->w, kind_of(s, e), id);
    return ipc && !ipc->gone;
}

bool explain_ipc_error(struct say *s, const struct event *e)
{
    bool gone = e->sub == E_EINVAL && !is_there(s, e);
    if (e->sub != E_EACCES && !gone)
        return false;
    say_three(s, e);
    if (gone)
        say_number(s, world_var(s->w, e->proc, op_of(s, e)->arg[0]));
    say_fold(s, gone ? W_SAY_IPC_GONE : W_SAY_IPC_EACCES, gone ? 4 : 3);
    return true;
}

void explain_removed(struct say *s, const struct event *e)
{
    const struct event *call = say_event(s, EV_OP, e->proc);
    if (e->aux < 0 || !call) { /* it was stopped */
        explain_woken_by(s, e, W_SAY_HAD_COME);
        return;
    }
    say_name(s, e->proc);
    say_name(s, e->aux);
    say_kind(s, call);
    say_fold(s, W_SAY_REMOVED, 3);
    explain_add_return(s, e);
}
