/* live.c: the kernel is asked to do what the model has decided.
 *
 * While the model carries out one step, everything that follows from it at
 * once is gathered: who returns from a call and with what, who dies, enters a
 * handler, is stopped or goes on. Then the real processes do the step, and
 * their results are held against the model's. Agreement is a CONFIRM event;
 * anything else is a DIVERGE event with both sides in words. */
#include "sim/engine/engine.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/scenario/ops.h"

#include <string.h>

/* Numbers 0 to 2 are not the scenario's: a variable that was never set. */
static int64_t own_fd(int64_t fd)
{
    return fd < 3 ? -1 : fd;
}

/* What the call's arguments stand for, before it changes any. */
static void fill_in(struct sim *s)
{
    struct step *st = &s->live.step;
    const struct op_about *about = op_about((enum verb)st->call->verb);
    for (int i = 0; i < about->args; i++) {
        int64_t arg = st->call->arg[i];
        uint8_t type = about->arg[i].type;
        if (arg == ARG_ABSENT)
            continue;
        if (type == TAKES_FDVAR && i == 0)
            st->fd = own_fd(world_var(&s->world, st->proc, arg));
        else if (type == TAKES_IDVAR && i == 0)
            st->id = world_var(&s->world, st->proc, arg);
        else if (type == TAKES_TERM)
            st->number = world_term(&s->world, st->proc, arg);
        else if (about->arg[i].key == KEY_from)
            st->number = world_var(&s->world, st->proc, arg);
    }
    if (op_carries_bytes(st->call))
        op_text(s, st->proc, st->call, &s->live.write);
}

/* `op` is where the call stands that the step is about. */
static void begin(struct sim *s, enum step_kind kind, int proc, int32_t op)
{
    struct live *l = &s->live;
    if (!l->kernel || l->lost)
        return;
    check(!l->open);
    l->open = true;
    str_cut(&l->write, 0);
    l->step = (struct step){.kind = kind,
                            .proc = proc,
                            .op = NONE,
                            .fd = -1,
                            .id = -1,
                            .target = NONE,
                            .doubt = NONE,
                            .made = NONE,
                            .result = l->result,
                            .dies = l->dies,
                            .enters = l->enters,
                            .stops = l->stops,
                            .goes_on = l->goes};
    if (kind == STEP_OP || kind == STEP_WAKE) {
        l->step.op = op;
        l->step.call = &s->scenario->ops[op];
        fill_in(s);
    }
    race_begin(s);
}

void step_begin(struct sim *s, enum step_kind kind, int proc)
{
    begin(s, kind, proc,
          kind == STEP_OP || kind == STEP_WAKE ? s->world.task[proc].pc : NONE);
}

void step_begin_end(struct sim *s, int proc)
{
    int32_t def = s->world.proc[proc].def;
    begin(s, STEP_OP, proc, s->scenario->processes[def].end);
}

static void owe(struct live *l, struct step_result r, int frame)
{
    l->owed =
        mem_grow(l->owed, l->owed_count + 1, &l->owed_room, sizeof *l->owed);
    l->owed[l->owed_count++] = (struct owed){r, frame};
}

/* What `proc` owed as of `frame` belongs to this step. */
static void pay(struct live *l, int proc, int frame)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->owed_count; i++) {
        struct owed o = l->owed[i];
        if (o.result.proc != proc || o.frame != frame) {
            l->owed[kept++] = o;
            continue;
        }
        require(l->step.results < STEP_MANY);
        l->payload[l->step.results] = NO_PAYLOAD;
        l->result[l->step.results++] = o.result;
    }
    l->owed_count = kept;
}

static int times_in(const int *list, int count, int proc)
{
    int n = 0;
    for (int i = 0; i < count; i++)
        n += list[i] == proc;
    return n;
}

/* A call returns only after the handlers that were entered on its way back,
 * and to somebody who dies on the way it never does. */
static void keep_what_returns(struct sim *s)
{
    struct live *l = &s->live;
    int kept = 0;
    for (int i = 0; i < l->step.results; i++) {
        struct step_result r = l->result[i];
        if (times_in(l->dies, l->step.die_count, r.proc))
            continue;
        int entered = times_in(l->enters, l->step.enter_count, r.proc);
        if (entered) {
            owe(l, r, s->world.proc[r.proc].frames - entered);
            continue;
        }
        l->payload[kept] = l->payload[i];
        l->result[kept++] = r;
    }
    l->step.results = kept;
}

void step_result_add(struct sim *s, int proc, int32_t op, int64_t ret,
                     enum errno_name error, int32_t payload)
{
    struct live *l = &s->live;
    if (!l->open)
        return;
    struct step_result r = {.proc = proc, .op = op, .ret = ret, .error = error};
    if (is_stopped(s, proc) && l->step.kind == STEP_WAKE) {
        owe(l, r, NONE);
        return;
    }
    require(l->step.results < STEP_MANY);
    l->payload[l->step.results] = payload;
    l->result[l->step.results++] = r;
}

static void add(const struct live *l, int *list, int *count, int proc)
{
    if (!l->open)
        return;
    require(*count < STEP_MANY);
    list[(*count)++] = proc;
}

void step_dies(struct sim *s, int proc)
{
    add(&s->live, s->live.dies, &s->live.step.die_count, proc);
}

void step_enters(struct sim *s, int proc)
{
    add(&s->live, s->live.enters, &s->live.step.enter_count, proc);
}

void step_stops(struct sim *s, int proc)
{
    add(&s->live, s->live.stops, &s->live.step.stop_count, proc);
}

void step_goes_on(struct sim *s, int proc)
{
    add(&s->live, s->live.goes, &s->live.step.go_count, proc);
    if (s->live.open)
        pay(&s->live, proc, NONE);
}

void step_leaves(struct sim *s, int proc)
{
    if (s->live.open)
        pay(&s->live, proc, s->world.proc[proc].frames);
}

/* ---- held against each other ---- */

static void write_side(const struct step_result *r, struct str *out)
{
    if (!r) {
        str_add(out, "{\"returned\": false}");
        return;
    }
    str_addf(out, "{\"ret\": %lld", (long long)r->ret);
    if (r->error)
        str_addf(out, ", \"errno\": \"%s\"", errno_text(r->error));
    str_add_char(out, '}');
}

static void diverge(struct sim *s, int proc, int32_t op, const char *text)
{
    int32_t payload = trace_store(&s->trace, text, strlen(text));
    SAY(s, .kind = EV_DIVERGE, .proc = proc, .aux = op, .obj = payload);
}

static void diverge_by_trouble(struct sim *s, int proc, int32_t op,
                               const char *trouble)
{
    struct str text = {0};
    str_add(&text, "{\"model\": {}, \"kernel\": {\"trouble\": \"");
    str_add_json(&text, trouble, strlen(trouble));
    str_add(&text, "\"}}");
    diverge(s, proc, op, text.text);
    str_free(&text);
}

static void results_differ(struct sim *s, const struct step_result *model,
                           const struct step_result *kernel)
{
    const struct step_result *any = model ? model : kernel;
    struct str text = {0};
    str_add(&text, "{\"model\": ");
    write_side(model, &text);
    str_add(&text, ", \"kernel\": ");
    write_side(kernel, &text);
    str_add_char(&text, '}');
    diverge(s, any->proc, any->op, text.text);
    str_free(&text);
}

static bool same_result(const struct step_result *a,
                        const struct step_result *b)
{
    bool bytes =
        !a->data || !b->data ||
        (a->length == b->length && memcmp(a->data, b->data, a->length) == 0);
    return a->ret == b->ret && a->error == b->error && bytes;
}

static const struct step_result *result_of(const struct step_result *list,
                                           int count, int proc)
{
    for (int i = 0; i < count; i++)
        if (list[i].proc == proc)
            return &list[i];
    return NULL;
}

/* A signal that another process's stop or end has sent comes in at once or a
 * moment after the call has returned: what is owed may be paid already. */
static struct owed *paid_early(const struct live *l,
                               const struct step_result *kernel)
{
    for (size_t i = 0; i < l->owed_count; i++) {
        struct owed *o = &l->owed[i];
        if (o->result.proc == kernel->proc && o->frame != NONE &&
            same_result(&o->result, kernel))
            return o;
    }
    return NULL;
}

static bool came_early(struct live *l, const struct step_result *kernel)
{
    struct owed *o = paid_early(l, kernel);
    if (o)
        *o = l->owed[--l->owed_count];
    return o;
}

bool step_same(const struct live *l, const struct sight *seen)
{
    const struct step *st = &l->step;
    bool same = true;
    for (int i = 0; i < st->results && same; i++) {
        const struct step_result *kernel =
            result_of(seen->result, seen->results, st->result[i].proc);
        same = kernel && same_result(&st->result[i], kernel);
    }
    for (int i = 0; i < seen->results && same; i++)
        same = result_of(st->result, st->results, seen->result[i].proc) ||
               paid_early(l, &seen->result[i]);
    return same;
}

/* Returns whether the kernel did what the model said. */
static bool compare(struct sim *s, const struct sight *seen)
{
    const struct step *st = &s->live.step;
    bool same = true;
    for (int i = 0; i < st->results; i++) {
        const struct step_result *model = &st->result[i];
        const struct step_result *kernel =
            result_of(seen->result, seen->results, model->proc);
        if (kernel && same_result(model, kernel))
            continue;
        same = false;
        results_differ(s, model, kernel);
    }
    for (int i = 0; i < seen->results; i++) {
        if (result_of(st->result, st->results, seen->result[i].proc) ||
            came_early(&s->live, &seen->result[i]))
            continue;
        same = false;
        results_differ(s, NULL, &seen->result[i]);
    }
    if (seen->trouble && same) {
        diverge_by_trouble(s, st->proc, st->op, seen->trouble);
        same = false;
    }
    return same;
}

static void emit_evidence(struct sim *s, const struct sight *seen)
{
    for (int i = 0; i < seen->evidence_count; i++) {
        struct event e = seen->evidence[i];
        if (e.kind == EV_KERNEL && e.sub == SEEN_WCHAN && seen->wchan)
            e.obj = trace_store(&s->trace, seen->wchan, strlen(seen->wchan));
        emit(s, e);
    }
}

/* A sleep of no time is over before anybody could see it. */
static bool is_no_sleep(const struct step *st)
{
    return st->kind == STEP_OP && !st->sleeps &&
           (st->call->verb == OP_sleep || st->call->verb == OP_until);
}

/* All that has been gathered of the step is put into it. */
static void complete(struct sim *s)
{
    struct live *l = &s->live;
    keep_what_returns(s);
    l->step.bytes = (const unsigned char *)str_text(&l->write);
    l->step.length = l->write.length;
    for (int i = 0; i < l->step.results; i++)
        if (l->payload[i] != NO_PAYLOAD)
            l->result[i].data =
                trace_payload(&s->trace, l->payload[i], &l->result[i].length);
    const struct task *t = &s->world.task[l->step.proc];
    l->step.sleeps = t->phase == PHASE_ASLEEP && t->state == BLOCKED;
    if (l->step.sleeps) {
        l->step.op = t->pc;
        l->step.call = op_at(s, l->step.proc);
    }
}

static void kernel_is_gone(struct sim *s)
{
    struct live *l = &s->live;
    l->lost = true;
    if (!s->world.head->diverged) /* else it has been said why */
        diverge_by_trouble(s, l->step.proc, l->step.op,
                           "the lab is gone; the run goes on as a model");
}

/* How large a new pipe is, is the kernel's to say (SEMANTICS.md, P22). */
static void follow_room(struct sim *s, int pipe, int64_t bytes)
{
    const struct pipe *p = &s->world.pipe[pipe];
    bool fifo = p->inode != NONE;
    SAY(s, .kind = EV_PIPE, .sub = fifo, .proc = p->maker, .obj = pipe,
        .aux = fifo ? p->inode : p->var, .val = bytes / PIPE_PAGE);
}

/* What the lab has held against the world obeys rules as the ops do. */
static void obey_looks(struct sim *s, uint32_t looked)
{
    static const struct {
        enum looked look;
        enum rule rule;
    } rules[] = {{LOOKED_POLL, RULE_P25},
                 {LOOKED_EARLY, RULE_F11},
                 {LOOKED_TEE, RULE_P27},
                 {LOOKED_SEEK, RULE_P26},
                 {LOOKED_CORE, RULE_H8}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (looked & rules[i].look)
            obey(s, rules[i].rule);
    if (s->live.step.made != NONE)
        obey(s, RULE_P22);
}

static void ask(struct sim *s)
{
    struct live *l = &s->live;
    struct sight seen = {0};
    if (!l->kernel->step(l->kernel->self, &s->world, &l->step, &seen)) {
        kernel_is_gone(s);
        return;
    }
    if (seen.limit) {
        l->lost = true;
        return;
    }
    bool same = compare(s, &seen);
    obey_looks(s, seen.looked);
    if (seen.room)
        follow_room(s, l->step.made, seen.room);
    emit_evidence(s, &seen);
    if (same)
        SAY(s, .kind = EV_CONFIRM, .proc = l->step.proc, .aux = l->step.op,
            .val = seen.nanoseconds);
}

bool step_confirm(struct sim *s)
{
    struct live *l = &s->live;
    if (!l->open)
        return true;
    race_tell_late(s);
    complete(s);
    if (!race_settled(s))
        return false;
    l->open = false;
    if (!is_no_sleep(&l->step))
        ask(s);
    return true;
}

void sim_see(struct sim *s, const struct event *evidence, int count)
{
    for (int i = 0; i < count; i++)
        emit(s, evidence[i]);
}

void live_stop(struct sim *s)
{
    const struct kernel *k = s->live.kernel;
    int proc = NONE;
    if (!k || s->live.lost || !k->last_look)
        return;
    const char *trouble = k->last_look(k->self, &proc);
    if (trouble)
        diverge_by_trouble(s, proc, s->world.task[proc].pc, trouble);
}
