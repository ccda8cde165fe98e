/* explain_shm.c: what happens to shared memory, and to those who touch what is
 * not theirs. */
#include "sim/model/explain_say.h"
#include "sim/model/shm.h"
#include "sim/scenario/ops.h"

static const struct op *op_of(const struct say *s, const struct event *e)
{
    return &s->w->scenario->ops[e->aux];
}

static void say_address(struct say *s, int64_t address)
{
    struct str text = {0};
    if (address < 0)
        str_addf(&text, "%lld", (long long)address);
    else
        str_addf(&text, "0x%llx", (unsigned long long)address);
    say_text(s, str_text(&text));
    str_free(&text);
}

/* ---- shmget ---- */

void explain_shmget(struct say *s, const struct event *e)
{
    int64_t size = op_arg(op_of(s, e), KEY_size);
    bool wrong = size < 1 || size > SHM_BYTES_MAX;
    if (e->sub != E_EINVAL && e->sub != E_ENOSPC) {
        explain_get(s, e);
        return;
    }
    say_name(s, e->proc);
    say_number(s, size);
    if (e->sub == E_ENOSPC) {
        say_number(s, (int64_t)SHM_PAGES_ALL * PIPE_PAGE);
        say_fold(s, W_SAY_SHM_FULL, 3);
    } else if (wrong) {
        say_number(s, SHM_BYTES_MAX);
        say_fold(s, W_SAY_SHM_SIZE, 3);
    } else {
        say_fold(s, W_SAY_SHM_SMALL, 2);
    }
}

/* ---- mappings ---- */

/* Why nothing could be mapped at the place that was named. */
static enum word place_word(const struct op *op, int64_t place, int error)
{
    if (error != E_EINVAL)
        return place < SHM_LOWEST || place >= SHM_END ? W_SAY_PLACE_OUTSIDE
                                                      : W_SAY_PLACE_TOUCHES;
    if (place & (PIPE_PAGE - 1) && !op_flag(op, "SHM_RND"))
        return W_SAY_PLACE_UNALIGNED;
    if (place >= 0 && place < PIPE_PAGE)
        return W_SAY_PLACE_NULL;
    return place < 0 ? W_SAY_PLACE_OUTSIDE : W_SAY_PLACE_TAKEN;
}

static bool explain_place(struct say *s, const struct event *e)
{
    const struct op *op = op_of(s, e);
    int64_t at = op_arg(op, KEY_at);
    int64_t place = at == ARG_ABSENT ? 0 : world_term(s->w, e->proc, at);
    if (e->sub != E_EINVAL && e->sub != E_ENOMEM && e->sub != E_EPERM)
        return false;
    say_name(s, e->proc);
    say_address(s, place);
    say_text(s, errno_text((enum errno_name)e->sub));
    say_fold(s, place_word(op, place, e->sub), 3);
    return true;
}

void explain_shmat(struct say *s, const struct event *e)
{
    const struct event *at = say_event(s, EV_ATTACH, e->proc);
    if (e->sub || !at) {
        if (!explain_ipc_error(s, e) && !explain_place(s, e))
            explain_call(s, e);
        return;
    }
    const struct shm *m = &s->w->shm[at->obj];
    bool over = say_event(s, EV_DETACH, e->proc) != NULL;
    say_name(s, e->proc);
    say_address(s, at->val);
    say_number(s, m->nattch);
    say_fold(s, over                           ? W_SAY_ATTACHED_OVER
                : m->dest                      ? W_SAY_ATTACHED_DEST
                : at->sub & ATTACH_FIXED     ? W_SAY_ATTACHED_FIXED
                : at->sub & ATTACH_READ_ONLY ? W_SAY_ATTACHED_READ
                                             : W_SAY_ATTACHED, 3);
}

void explain_shmdt(struct say *s, const struct event *e)
{
    const struct event *from = say_event(s, EV_DETACH, e->proc);
    say_name(s, e->proc);
    if (e->sub || !from) {
        say_address(s, world_var(s->w, e->proc, op_of(s, e)->arg[0]));
        say_fold(s, W_SAY_NOT_ATTACHED, 2);
        return;
    }
    const struct shm *m = &s->w->shm[from->obj];
    if (m->nattch)
        say_number(s, m->nattch);
    say_fold(s, m->nattch     ? W_SAY_DETACHED
                : m->ipc.gone ? W_SAY_DETACHED_GONE
                              : W_SAY_DETACHED_LAST, m->nattch ? 2 : 1);
}

/* ---- shmctl ---- */

static void set(struct say *s, const struct shm *m)
{
    struct str mode = {0};
    str_addf(&mode, "0%03o", (unsigned)m->ipc.mode);
    say_text(s, str_text(&mode));
    say_fold(s, W_SAY_SHM_SET, 2);
    str_free(&mode);
}

void explain_shmctl(struct say *s, const struct event *e)
{
    enum { RMID, STAT };
    int64_t cmd = op_arg(op_of(s, e), KEY_cmd);
    int64_t id = world_var(s->w, e->proc, op_of(s, e)->arg[0]);
    if (e->sub || id < 0 || id >= s->w->head->shms) {
        if (!explain_ipc_error(s, e))
            explain_call(s, e);
        return;
    }
    const struct shm *m = &s->w->shm[id];
    say_name(s, e->proc);
    if (cmd == RMID && m->ipc.gone) {
        say_fold(s, W_SAY_SHM_REMOVED, 1);
    } else if (cmd == RMID) {
        say_number(s, m->nattch);
        say_fold(s, W_SAY_SHM_MARKED, 2);
    } else if (cmd == STAT) {
        say_number(s, m->nattch);
        say_number(s, m->size);
        say_fold(s, W_SAY_SHM_STAT, 3);
    } else {
        set(s, m);
    }
}

/* ---- stores and loads ---- */

static int64_t as_int(const unsigned char *b)
{
    int64_t n = 0;
    for (int i = 3; i >= 0; i--)
        n = n << 8 | b[i];
    return n < INT64_C(0x80000000) ? n : n - (INT64_C(1) << 32);
}

void explain_store(struct say *s, const struct event *e)
{
    const struct event *put = say_event(s, EV_STORE, e->proc);
    say_name(s, e->proc);
    if (!put) {
        say_fold(s, W_SAY_STORED_NOTHING, 1);
        return;
    }
    size_t length = 0;
    const unsigned char *bytes = trace_payload(s->tr, put->aux, &length);
    if (put->sub)
        say_number(s, as_int(bytes));
    else
        say_bytes_shown(s, (const char *)bytes, length);
    say_number(s, put->val);
    say_fold(s, put->sub ? W_SAY_STORED_INT : W_SAY_STORED, 3);
}

void explain_load(struct say *s, const struct event *e)
{
    const struct event *got = say_event(s, EV_LOAD, e->proc);
    int64_t into = op_arg(op_of(s, e), KEY_into);
    size_t length = 0;
    const unsigned char *bytes = NULL;
    if (!got || e->obj == NO_PAYLOAD) {
        explain_call(s, e);
        return;
    }
    bytes = trace_payload(s->tr, e->obj, &length);
    say_name(s, e->proc);
    if (into != ARG_ABSENT)
        say_number(s, as_int(bytes));
    else
        say_bytes_shown(s, (const char *)bytes, length);
    say_number(s, got->val);
    if (into != ARG_ABSENT)
        say_var(s, into);
    say_fold(s, into != ARG_ABSENT ? W_SAY_LOADED_INT : W_SAY_LOADED,
             into != ARG_ABSENT ? 4 : 3);
}

/* ---- faults ---- */

bool explain_fault(struct say *s, int proc, bool kills)
{
    const struct event *f = say_event(s, EV_FAULT, proc);
    if (!f)
        return false;
    say_name(s, proc);
    say_address(s, f->val);
    say_fold(s, f->obj != NONE ? W_SAY_FAULT_READ_ONLY
                : f->sub       ? W_SAY_FAULT_STORE
                               : W_SAY_FAULT_LOAD, 2);
    say_fold(s, kills ? W_SAY_FAULT_KILLS : W_SAY_FAULT_HANDLER, 1);
    return true;
}
