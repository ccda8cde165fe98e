#include "cli/tell.h"

#include "sim/model/explain.h"
#include "sim/model/figure.h"
#include "sim/model/metrics.h"
#include "sim/scenario/ops.h"

#include <string.h>

enum { SENDER_USER = -1, SENDER_KERNEL = -2, HOLDERS_MOST = 64 };

/* ------------------------------------------------------ names of things */

void name_of(const struct world *w, int64_t proc, struct str *out)
{
    if (proc == INIT_PROC)
        str_add(out, "init");
    else
        world_write_name(w, (int)proc, out);
}

/* A PROC argument as it was written: "child", "child.2". */
static void add_reference(const struct scenario *sc, int64_t ref,
                          struct str *out)
{
    int64_t number = (ref >> 32) + 1;
    str_add(out, sc->processes[ref & 0xffffffff].name);
    if (number > 1)
        str_addf(out, ".%lld", (long long)number);
}

/* A descriptor variable; the pipe op names both ends, so without the [0]. */
static void add_descriptor(const struct scenario *sc, enum verb verb,
                           int64_t var, struct str *out)
{
    const char *name = sc->vars[var];
    size_t length = strlen(name);
    bool both = verb == OP_pipe && length > 3 &&
                strcmp(name + length - 3, "[0]") == 0;
    str_add_bytes(out, name, both ? length - 3 : length);
}

void op_object(const struct world *w, int32_t number, struct str *out)
{
    const struct scenario *sc = w->scenario;
    const struct op *op = &sc->ops[number];
    const struct op_about *about = op_about((enum verb)op->verb);
    int which = op->verb == OP_io ? 1 : 0; /* io: n, device: name */
    int64_t value = about->args > which ? op->arg[which] : ARG_ABSENT;
    if (value == ARG_ABSENT)
        return;
    switch ((enum arg_type)about->arg[which].type) {
    case TAKES_FDVAR: add_descriptor(sc, (enum verb)op->verb, value, out); break;
    case TAKES_IDVAR:
    case TAKES_VAR: str_add(out, sc->vars[value]); break;
    case TAKES_NAME:
    case TAKES_PATH: str_add(out, sc->names[value]); break;
    case TAKES_SIG:
    case TAKES_SIG0: str_add(out, signal_name((int)value)); break;
    case TAKES_PROC: add_reference(sc, value, out); break;
    case TAKES_PROCANY:
        if (value == ARG_ANY)
            str_add(out, "any");
        else
            add_reference(sc, value, out);
        break;
    default: break;
    }
}

/* ------------------------------------------------------- parts of a line */

static void add_name(struct teller *t, const char *field, int64_t proc)
{
    struct str s = {0};
    name_of(&t->world, proc, &s);
    line_add_text(&t->line, field, str_text(&s), s.length);
    str_free(&s);
}

static void add_op(struct teller *t, int32_t op)
{
    struct str s = {0};
    if (op < 0 || op >= t->world.scenario->op_count)
        return;
    const char *verb =
        op_about((enum verb)t->world.scenario->ops[op].verb)->name;
    line_add_word(&t->line, "op", *verb ? verb : "exit");
    op_object(&t->world, op, &s);
    if (s.length)
        line_add_text(&t->line, "object", s.text, s.length);
    str_free(&s);
}

static bool is_printable(const unsigned char *p, size_t length)
{
    const char *text = (const char *)p;
    return utf8_valid(text, length) && !text_obeyed(text, length, false);
}

/* At most DATA_MOST bytes, a character never cut in two; bytes that are no
 * text as "hex:…". Text that would look like that is written as hex too. */
static void add_data(struct teller *t, const unsigned char *p, size_t length)
{
    bool text = is_printable(p, length) &&
                !(length >= 4 && memcmp(p, "hex:", 4) == 0);
    size_t cut = length < DATA_MOST ? length : DATA_MOST;
    while (text && cut < length && (p[cut] & 0xc0) == 0x80)
        cut--;
    if (text) {
        line_add_text(&t->line, "data", (const char *)p, cut);
        return;
    }
    struct str hex = {0};
    str_add(&hex, "hex:");
    for (size_t i = 0; i < cut; i++)
        str_addf(&hex, "%02x", p[i]);
    line_add_text(&t->line, "data", hex.text, hex.length);
    str_free(&hex);
}

static int64_t number_at(const unsigned char *p, size_t i)
{
    int64_t n;
    memcpy(&n, p + i * sizeof n, sizeof n);
    return n;
}

/* {"qnum": 1, "cbytes": 3} where the numbers have names, else [1, 0]. */
static void add_out(struct teller *t, enum verb verb, const unsigned char *p,
                    size_t length)
{
    int names;
    const struct out_about *outs = op_outs(verb, &names);
    size_t count = length / sizeof(int64_t);
    bool named = count == (size_t)names;
    struct str out = {0};
    for (size_t i = 0; i < count; i++) {
        str_add(&out, i ? ", " : named ? "{" : "[");
        if (named)
            str_addf(&out, "\"%s\": ", outs[i].name);
        if (named && outs[i].what == OUT_MODE)
            str_addf(&out, "\"0%03llo\"", (unsigned long long)number_at(p, i));
        else
            str_addf(&out, "%lld", (long long)number_at(p, i));
    }
    str_add_char(&out, named ? '}' : ']');
    line_add_json(&t->line, "out", out.text, out.length);
    str_free(&out);
}

/* What an op has brought along: bytes, a message, or numbers. */
static void add_payload(struct teller *t, const struct event *e)
{
    size_t length = 0;
    const unsigned char *p = trace_payload(t->trace, e->obj, &length);
    enum verb verb = (enum verb)t->world.scenario->ops[e->aux].verb;
    switch (op_about(verb)->call) {
    case CALL_MESSAGE:
        line_add_number(&t->line, "type", number_at(p, 0));
        add_data(t, p + sizeof(int64_t), length - sizeof(int64_t));
        break;
    case CALL_FILLS:
        add_out(t, verb, p, length);
        break;
    default:
        if (length)
            add_data(t, p, length);
    }
}

/* --------------------------------------------------- one kind, one teller */

typedef void tell(struct teller *t, const struct event *e);

static void tell_CREATE(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "id", e->proc + 1);
    add_name(t, "parent", e->obj);
}

static void tell_SWITCH(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "cpu", e->cpu);
    line_add_number(&t->line, "done", e->val);
}

/* A number, or null where there is none. */
static void add_number_or_null(struct teller *t, const char *field, int64_t n,
                               bool there)
{
    if (there)
        line_add_number(&t->line, field, n);
    else
        line_add_json(&t->line, field, "null", 4);
}

static void tell_SLICE(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "cpu", e->cpu);
    add_number_or_null(t, "ticks", e->val, e->val > 0);
}

static void tell_MIGRATE(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "from", world_group(e->obj));
    line_add_number(&t->line, "cpu", e->cpu);
}

static void tell_FIGURE(struct teller *t, const struct event *e)
{
    static const char *const whys[] = {[FIGURE_COUNTED] = "used up",
                                       [FIGURE_AGED] = "aged",
                                       [FIGURE_LENT] = "lent",
                                       [FIGURE_BACK] = "back"};
    bool level = e->aux == FIGURE_COUNTED;
    line_add_word(&t->line, "figure", level ? "level" : "priority");
    line_add_number(&t->line, "value",
                    level ? e->val : world_priority(&t->world, e->proc));
    line_add_word(&t->line, "why", whys[e->aux]);
    if (e->aux == FIGURE_LENT)
        add_name(t, "by", e->obj);
}

static void tell_BOOST(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "lifted", e->aux);
}

static void tell_DRAW(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "cpu", e->cpu);
    line_add_number(&t->line, "number", e->val);
    add_number_or_null(t, "tickets", e->aux, e->aux > 0);
}

static void tell_JOB(struct teller *t, const struct event *e)
{
    const char *met = e->sub ? "true" : "false";
    line_add_number(&t->line, "job", e->val + 1);
    line_add_number(&t->line, "deadline",
                    world_job_deadline(&t->world, e->proc, e->val));
    line_add_json(&t->line, "met", met, strlen(met));
}

static void tell_MISS(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "job",
                    t->world.proc[e->proc].job + e->aux + 1);
    line_add_number(&t->line, "deadline", e->val);
}

static void tell_POLICY(struct teller *t, const struct event *e)
{
    const struct scheduler *keys = world_scheduler(&t->world);
    (void)e;
    line_add_word(&t->line, "policy", keys->policy);
    add_number_or_null(t, "quantum", keys->quantum, keys->quantum > 0);
}

static void tell_BLOCK(struct teller *t, const struct event *e)
{
    add_op(t, e->aux);
}

static void tell_OP(struct teller *t, const struct event *e)
{
    add_op(t, e->aux);
    line_add_number(&t->line, "ret", e->val);
    if (e->sub)
        line_add_word(&t->line, "errno", errno_text((enum errno_name)e->sub));
    if (e->obj != NO_PAYLOAD)
        add_payload(t, e);
}

static void tell_EXIT(struct teller *t, const struct event *e)
{
    if (!e->sub)
        line_add_number(&t->line, "code", e->val);
    else
        line_add_word(&t->line, "signal", signal_name((int)e->val));
}

static void tell_PARENT(struct teller *t, const struct event *e)
{
    add_name(t, "parent", e->obj);
}

static void tell_REAP(struct teller *t, const struct event *e)
{
    add_name(t, "by", e->obj);
}

static void tell_SIGNAL(struct teller *t, const struct event *e)
{
    static const char *const fates[] = {
        [FATE_IGNORED] = "ignored", [FATE_PENDING] = "pending",
        [FATE_HANDLER] = "handler", [FATE_KILLS] = "kills",
        [FATE_STOPS] = "stops",     [FATE_CONTINUES] = "continues",
        [FATE_MERGED] = "merged",
    };
    line_add_word(&t->line, "signal", signal_name(e->sub));
    if (e->obj == SENDER_USER || e->obj == SENDER_KERNEL)
        line_add_word(&t->line, "sender",
                      e->obj == SENDER_USER ? "user" : "kernel");
    else
        add_name(t, "sender", e->obj);
    line_add_word(&t->line, "fate", fates[e->val]);
}

static void tell_HANDLE(struct teller *t, const struct event *e)
{
    line_add_word(&t->line, "signal", signal_name(e->sub));
}

static void tell_NICE(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "nice", e->val);
}

static void tell_USER(struct teller *t, const struct event *e)
{
    static const char *const actions[] = {[ACTION_SUSPEND] = "suspend",
                                          [ACTION_ACTIVATE] = "activate",
                                          [ACTION_KILL] = "kill",
                                          [ACTION_POLICY] = "policy"};
    const char *done = e->val ? "false" : "true";
    line_add_word(&t->line, "action", actions[e->sub]);
    line_add_json(&t->line, "done", done, strlen(done));
    if (e->val)
        line_add_word(&t->line, "refused",
                      e->val == REFUSED_ABSENT  ? "absent"
                      : e->val == REFUSED_WAITS ? "waits"
                                                : "state");
}

static void tell_DEADLOCK(struct teller *t, const struct event *e)
{
    int holder[HOLDERS_MOST];
    struct str what = {0}, list = {0};
    int n = explain_wait(&t->world, e->proc, LANG_EN, &what, holder,
                         HOLDERS_MOST);
    line_add_text(&t->line, "waits_for", str_text(&what), what.length);
    for (int i = 0; i < n && i < HOLDERS_MOST; i++) {
        struct str name = {0};
        name_of(&t->world, holder[i], &name);
        str_add(&list, i ? ", \"" : "[\"");
        str_add_json(&list, str_text(&name), name.length);
        str_add_char(&list, '"');
        str_free(&name);
    }
    str_add(&list, list.length ? "]" : "[]");
    line_add_json(&t->line, "held_by", list.text, list.length);
    str_free(&list);
    str_free(&what);
}

static void tell_REAL(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "pid", e->val);
}

/* The payload is {"model": {…}, "kernel": {…}}: it is cut in its two halves. */
static void tell_DIVERGE(struct teller *t, const struct event *e)
{
    static const char model[] = "{\"model\": ", kernel[] = ", \"kernel\": ";
    add_op(t, e->aux);
    size_t length = 0;
    const char *p = (const char *)trace_payload(t->trace, e->obj, &length);
    struct str s = {0};
    str_add_bytes(&s, p, length);
    const char *middle = strstr(str_text(&s), kernel);
    size_t head = sizeof model - 1, gap = sizeof kernel - 1;
    if (!middle || strncmp(s.text, model, head) != 0) {
        line_add_json(&t->line, "differ", str_text(&s), s.length);
    } else {
        size_t at = (size_t)(middle - s.text);
        line_add_json(&t->line, "model", s.text + head, at - head);
        line_add_json(&t->line, "kernel", middle + gap,
                      length - at - gap - 1);
    }
    str_free(&s);
}

static void tell_CHOICE(struct teller *t, const struct event *e)
{
    line_add_number(&t->line, "among", e->aux);
    line_add_number(&t->line, "place", e->val);
}

static void tell_STOP(struct teller *t, const struct event *e)
{
    (void)e;
    line_add_word(&t->line, "stopped", metrics_stopped(&t->world));
}

static void tell_RETURN(struct teller *t, const struct event *e)
{
    (void)t;
    (void)e;
}

static void tell_STATE(struct teller *t, const struct event *e)
{
    struct str why = {0};
    line_add_word(&t->line, "from", state_name(t->before));
    line_add_word(&t->line, "to",
                  state_name((enum state)t->world.task[e->proc].state));
    explain_why(&t->world, t->trace, t->at - 1, &why);
    line_add_text(&t->line, "why", str_text(&why), why.length);
    str_free(&why);
}

static const struct {
    const char *name; /* NULL: such an event is not told */
    tell *tell;
} kinds[EVENT_COUNT] = {
#define TELL(kind, name, keys, about) [EV_##kind] = {name, tell_##kind},
#include "cli/tells.def"
#undef TELL
};

/* ------------------------------------------------------------ the teller */

void teller_begin(struct teller *t, const struct scenario *sc,
                  const struct trace *tr)
{
    *t = (struct teller){.trace = tr};
    world_init(&t->world, sc);
}

/* Not what only counts, nor the rest of a slice that goes on. */
static bool is_told(const struct teller *t, const struct event *e)
{
    if (!kinds[e->kind].name || (t->quiet && e->kind != EV_DIVERGE))
        return false;
    if (e->kind == EV_FIGURE)
        return figure_matters(&t->world, e);
    return e->kind != EV_SLICE || e->sub != SLICE_REST;
}

bool teller_next(struct teller *t)
{
    if (t->at >= t->trace->count)
        return false;
    const struct event *e = trace_at(t->trace, t->at);
    line_clear(&t->line);
    if (e->kind == EV_STATE)
        t->before = (enum state)t->world.task[e->proc].state;
    world_apply(&t->world, t->trace, e);
    t->at++;
    if (!is_told(t, e))
        return true;
    line_add_number(&t->line, "t", e->t);
    if (e->proc != NO_PROC)
        add_name(t, "process", e->proc);
    line_add_word(&t->line, "event", kinds[e->kind].name);
    kinds[e->kind].tell(t, e);
    return true;
}

void teller_free(struct teller *t)
{
    world_free(&t->world);
    line_free(&t->line);
}
