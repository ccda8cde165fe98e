/* load_program.c: a list of ops becomes a stretch of the array of ops. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <string.h>

/* Keys that every op may have. */
static bool is_common(const char *key)
{
    return strcmp(key, "note") == 0 || strcmp(key, "cost") == 0 ||
           strcmp(key, "on_error") == 0;
}

static const struct arg_about *arg_named(const struct op_about *about,
                                         const char *name)
{
    for (int i = 0; i < about->args; i++)
        if (strcmp(about->arg[i].name, name) == 0)
            return &about->arg[i];
    return NULL;
}

/* ---- which verb ---- */

static void complain_no_verb(struct loader *l, const cJSON *node)
{
    struct str words = {0}, near = {0};
    for (int v = OP_end + 1; v < OP_COUNT; v++)
        str_addf(&words, "%s%s", v > 1 ? " " : "",
                 op_about((enum verb)v)->name);
    for (const cJSON *c = node->child; c; c = c->next)
        if (!json_is_comment(c) && !is_common(c->string) &&
            word_near(str_text(&words), c->string, &near)) {
            json_complain_key(&l->json, c, SAID(OP_NONE_NEAR), str_text(&near));
            break;
        }
    if (!near.length)
        json_complain(&l->json, node, SAID(OP_NO_VERB));
    str_free(&words);
    str_free(&near);
}

/* The one verb of an op; OP_end after a complaint. */
static enum verb find_verb(struct loader *l, const cJSON *node)
{
    enum verb verb = OP_end;
    if (!cJSON_IsObject(node)) {
        complain_must_be(l, node, W_BE_OP);
        return OP_end;
    }
    for (const cJSON *c = node->child; c; c = c->next) {
        enum verb v = op_named(c->string);
        if (v && verb && v != verb)
            json_complain_key(&l->json, c, SAID(OP_TWO_VERBS),
                              op_about(verb)->name);
        else if (v)
            verb = v;
    }
    if (!verb)
        complain_no_verb(l, node);
    return verb;
}

/* ---- what goes with it ---- */

static void complain_unknown_arg(struct loader *l, const cJSON *node,
                                 const struct op_about *about)
{
    const char *names[OP_ARGS_MAX + 3];
    int count = 0;
    for (int i = 0; i < about->args; i++)
        names[count++] = about->arg[i].name;
    names[count++] = "note";
    names[count++] = "cost";
    names[count++] = "on_error";
    complain_unknown(l, node, names, count);
}

static void read_note(struct loader *l, const cJSON *node, struct op *op)
{
    struct text note;
    if (read_text(l, node, &note))
        op->note = ARRAY_PUSH(&l->texts, note);
}

static void read_cost(struct loader *l, const cJSON *node, struct op *op)
{
    if (op->verb == OP_repeat || op_about(op->verb)->time == TIME_WORK)
        json_complain_key(&l->json, node, SAID(OP_NO_COST),
                          op_about(op->verb)->name);
    else
        read_count(l, node, 0, TICK_MAX, &op->cost);
}

static void read_common(struct loader *l, const cJSON *node, struct op *op)
{
    int64_t choice;
    if (strcmp(node->string, "note") == 0)
        read_note(l, node, op);
    else if (strcmp(node->string, "cost") == 0)
        read_cost(l, node, op);
    else if (read_choice(l, node, W_KIND_GOING_ON, "exit", &choice))
        op->exit_on_error = true;
}

/* "`text` or `bytes`" */
static void add_ones(const struct op_about *about, enum lang lang,
                     struct str *out)
{
    int left = 0;
    for (int i = 0; i < about->args; i++)
        left += about->arg[i].need == NEED_ONE;
    for (int i = 0; i < about->args; i++)
        if (about->arg[i].need == NEED_ONE) {
            left--;
            str_addf(out, "`%s`%s", about->arg[i].name,
                     left > 1    ? word(W_DIAG_COMMA, lang)
                     : left == 1 ? word(W_DIAG_OR, lang)
                                 : "");
        }
}

static void check_needs(struct loader *l, const cJSON *node,
                        const struct op_about *about)
{
    const cJSON *one = NULL;
    bool wants_one = false;
    struct str ones = {0};
    add_ones(about, json_lang(&l->json), &ones);
    for (int i = 0; i < about->args; i++) {
        const struct arg_about *a = &about->arg[i];
        const cJSON *given = json_member(node, a->name);
        if (a->need == NEED_MUST && !given)
            json_complain(&l->json, node, SAID(OP_MUST_HAVE), about->name,
                          a->name);
        wants_one |= a->need == NEED_ONE;
        if (a->need != NEED_ONE || !given)
            continue;
        if (one)
            json_complain_key(&l->json, given, SAID(OP_ONLY_ONE), about->name,
                              str_text(&ones), one->string);
        one = given;
    }
    if (wants_one && !one)
        json_complain(&l->json, node, SAID(OP_MUST_HAVE_ONE), about->name,
                      str_text(&ones));
    str_free(&ones);
}

/* Rules between arguments that no table can say. */
static void check_together(struct loader *l, const cJSON *node,
                           const struct op *op)
{
    const cJSON *restart = json_member(node, "restart");
    if (op->verb == OP_signal && restart && !json_member(node, "do"))
        json_complain_key(&l->json, restart, SAID(OP_RESTART));
    const cJSON *flags = json_member(node, "flags");
    if (op->verb == OP_open && flags && op_arg(op, KEY_flags) >= 0) {
        int64_t way = op_arg(op, KEY_flags) & 7;
        if (way != 1 && way != 2 && way != 4)
            json_complain(&l->json, flags, SAID(OP_OPEN_WAY));
    }
    static const char *const set[] = {"qbytes", "mode"};
    for (int i = 0; i < 2 && op->verb == OP_msgctl; i++)
        if (json_member(node, set[i]) && op_arg(op, KEY_cmd) != 2)
            json_complain_key(&l->json, json_member(node, set[i]),
                              SAID(OP_QBYTES));
}

static struct op new_op(const struct loader *l, enum verb verb)
{
    struct op op = {.verb = (uint8_t)verb,
                    .depth = (int16_t)l->depth,
                    .end = -1,
                    .note = -1};
    if (op_about(verb)->time == TIME_TIMED)
        op.cost = l->sc->machine.op_cost;
    for (int i = 0; i < OP_ARGS_MAX; i++)
        op.arg[i] = ARG_ABSENT;
    return op;
}

static int32_t push_op(struct loader *l, struct op op, const cJSON *node)
{
    ARRAY_PUSH(&l->op_nodes, node);
    return ARRAY_PUSH(&l->ops, op);
}

static void push_end(struct loader *l, int32_t of)
{
    struct op op = new_op(l, OP_end);
    op.end = of;
    int32_t at = push_op(l, op, NULL);
    if (of >= 0)
        l->ops.at[of].end = at;
}

static void read_ops(struct loader *l, const cJSON *list);

/* The body of the op at `of`, a repeat or a handler. */
static void read_body(struct loader *l, int32_t of, const cJSON *list)
{
    bool loop = l->ops.at[of].verb == OP_repeat;
    int breakable = l->breakable, repeats = l->repeats;
    l->depth++;
    l->repeats += loop;
    l->breakable = loop ? breakable + 1 : 0;
    if (l->repeats > l->sc->loop_depth)
        l->sc->loop_depth = l->repeats;
    if (loop && l->repeats == LOOPS_MAX + 1)
        json_complain(&l->json, list, SAID(OP_REPEATS), LOOPS_MAX);
    read_ops(l, list);
    push_end(l, of);
    l->depth--;
    l->repeats = repeats;
    l->breakable = breakable;
}

/* Reads the arguments of `op` and gives the body it has, or NULL. */
static const cJSON *read_args(struct loader *l, const cJSON *node,
                              struct op *op)
{
    const struct op_about *about = op_about(op->verb);
    const cJSON *body = NULL;
    for (const cJSON *c = node->child; c; c = c->next) {
        const struct arg_about *a = arg_named(about, c->string);
        if (a && a->type == TAKES_BODY)
            body = read_list(l, c) ? c : NULL;
        else if (a)
            read_arg(l, op->verb, a, c, &op->arg[a - about->arg]);
        else if (is_common(c->string))
            read_common(l, c, op);
        else if (!json_is_comment(c) && !op_named(c->string))
            complain_unknown_arg(l, c, about);
    }
    return body;
}

static void finish_op(struct loader *l, const cJSON *node, struct op *op,
                      int32_t at, bool has_body)
{
    const struct op_about *about = op_about(op->verb);
    check_needs(l, node, about);
    check_together(l, node, op);
    if (op->verb == OP_kill && op_arg(op, KEY_sig) == ARG_ABSENT)
        for (int i = 0; i < about->args; i++)
            if (about->arg[i].key == KEY_sig)
                op->arg[i] = signal_number("SIGTERM");
    for (int i = 0; i < about->args && has_body; i++)
        if (about->arg[i].type == TAKES_BODY)
            op->arg[i] = at + 1;
    if (op->verb == OP_signal && has_body && op_arg(op, KEY_signal) > 0)
        l->handled |= (uint32_t)1 << op_arg(op, KEY_signal);
    l->sc->uses_fds |= about->group == GROUP_DESCRIPTOR;
    l->sc->uses_memory |= about->group == GROUP_MEMORY;
}

static void read_op(struct loader *l, const cJSON *node)
{
    enum verb verb = find_verb(l, node);
    if (!verb)
        return;
    struct op op = new_op(l, verb);
    op.line = json_line(&l->json, node);
    const cJSON *body = read_args(l, node, &op);
    finish_op(l, node, &op, (int32_t)l->ops.count, body != NULL);
    int32_t at = push_op(l, op, node);
    if (body)
        read_body(l, at, body);
}

static void read_ops(struct loader *l, const cJSON *list)
{
    for (const cJSON *c = list->child; c; c = c->next)
        read_op(l, c);
}

/* A job of a periodic process is over: until the next one. */
static void push_job_end(struct loader *l)
{
    struct op op = new_op(l, OP_until);
    op.arg[0] = ARG_NEXT_JOB;
    push_op(l, op, NULL);
}

static void end_program(struct loader *l, bool periodic)
{
    if (periodic)
        push_job_end(l);
    push_end(l, -1);
}

void read_program(struct loader *l, const cJSON *list, bool periodic)
{
    if (read_list(l, list))
        read_ops(l, list);
    end_program(l, periodic);
}

/* "bursts": [5, 3, 2] is cpu 5, io 3, cpu 2. */
void read_bursts(struct loader *l, const cJSON *list, bool periodic)
{
    enum verb next = OP_cpu;
    if (read_list(l, list)) {
        if (!list->child)
            json_complain(&l->json, list, SAID(BURSTS_NONE));
        for (const cJSON *c = list->child; c; c = c->next) {
            struct op op = new_op(l, next);
            if (read_count(l, c, 1, TICK_MAX, &op.arg[0]))
                push_op(l, op, c);
            next = next == OP_cpu ? OP_io : OP_cpu;
        }
    }
    end_program(l, periodic);
}
