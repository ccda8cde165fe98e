/* op_c.c: the C statement that an op stands for.
 *
 * The patterns are in ops.def, which also explains their notation. An op that
 * was left out what C does not leave out shows what it means: no flags are 0,
 * a P takes 1. */
#include "sim/base/promises.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

struct writing {
    const struct scenario *sc;
    const struct op *op;
    const struct op_about *about;
    const int64_t *vars; /* may be NULL */
    struct str *out;
};

static void add_number(struct str *out, int64_t n)
{
    str_addf(out, "%lld", (long long)n);
}

/* ---- texts ---- */

/* Bytes as the inside of a C string literal; \ooo cannot run into what
 * follows, as \x would. */
static void add_literal(struct str *out, const char *bytes, size_t length)
{
    static const char named[] = "\"\\\n\t\r";
    static const char letter[] = "\"\\ntr";
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        const char *at = c ? strchr(named, c) : NULL;
        if (at)
            str_addf(out, "\\%c", letter[at - named]);
        else if (c < 0x20 || c == 0x7f)
            str_addf(out, "\\%03o", c);
        else
            str_add_char(out, (char)c);
    }
}

static void add_template(const struct writing *w, int64_t index)
{
    const struct template *t = &w->sc->templates[index];
    str_add_char(w->out, '"');
    for (int32_t i = 0; i < t->count; i++) {
        const struct template_piece *p = &t->pieces[i];
        if (p->literal)
            add_literal(w->out, p->literal, (size_t)p->length);
        else if (w->vars)
            add_number(w->out, w->vars[p->var]);
        else
            str_addf(w->out, "{%s}", w->sc->vars[p->var]);
    }
    str_add_char(w->out, '"');
}

/* How many bytes a template gives; -1 if that depends on unknown variables. */
static int64_t template_length(const struct writing *w, int64_t index)
{
    const struct template *t = &w->sc->templates[index];
    struct str number = {0};
    int64_t length = 0;
    for (int32_t i = 0; i < t->count; i++) {
        const struct template_piece *p = &t->pieces[i];
        if (p->literal) {
            length += p->length;
            continue;
        }
        if (!w->vars) {
            length = -1;
            break;
        }
        str_cut(&number, 0);
        add_number(&number, w->vars[p->var]);
        length += (int64_t)number.length;
    }
    str_free(&number);
    return length;
}

/* ---- arguments ---- */

static const struct arg_about *arg_of(const struct writing *w, const char *key,
                                      size_t length)
{
    for (int i = 0; i < w->about->args; i++)
        if (strlen(w->about->arg[i].name) == length &&
            memcmp(w->about->arg[i].name, key, length) == 0)
            return &w->about->arg[i];
    return NULL;
}

static int64_t value_of(const struct writing *w, const struct arg_about *a)
{
    return w->op->arg[a - w->about->arg];
}

/* The k-th word of a list. */
static void add_word(struct str *out, const char *words, int64_t k)
{
    for (; k > 0; k--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    str_add_bytes(out, words, strcspn(words, " "));
}

static void add_flags(struct str *out, const char *words, int64_t flags)
{
    const char *between = "";
    for (int k = 0; k < 32; k++)
        if (flags >> k & 1) {
            str_add(out, between);
            add_word(out, words, k);
            between = "|";
        }
    if (flags >> 32)
        str_addf(out, "%s0%llo", between, (unsigned long long)(flags >> 32));
    else if (!*between)
        str_add_char(out, '0');
}

static void add_process(const struct writing *w, int64_t process)
{
    str_add(w->out, w->sc->processes[process & INT32_MAX].name);
    if (process >> 32)
        str_addf(w->out, ".%lld", (long long)(process >> 32) + 1);
}

static void add_key(const struct writing *w, int64_t index)
{
    const struct ipc_key *k = &w->sc->keys[index];
    if (k->kind == IPC_KEY_PRIVATE)
        str_add(w->out, "IPC_PRIVATE");
    else if (k->kind == IPC_KEY_NUMBER)
        add_number(w->out, k->number);
    else {
        str_add(w->out, "ftok(\"");
        add_literal(w->out, w->sc->names[k->path],
                    strlen(w->sc->names[k->path]));
        str_addf(w->out, "\", '%c')", (char)k->number);
    }
}

/* {1, 0} or {{0, -1, SEM_UNDO}, {1, -1, 0}} */
static void add_list(const struct writing *w, int64_t index)
{
    const struct list *list = &w->sc->lists[index];
    str_add_char(w->out, '{');
    for (int32_t i = 0; i < list->count; i++) {
        str_add(w->out, i ? ", " : "");
        if (list->numbers) {
            add_number(w->out, list->numbers[i]);
            continue;
        }
        str_addf(w->out, "{%d, %d, ", list->sem_ops[i].num,
                 list->sem_ops[i].op);
        add_flags(w->out, "IPC_NOWAIT SEM_UNDO", list->sem_ops[i].flags);
        str_add_char(w->out, '}');
    }
    str_add_char(w->out, '}');
}

/* i, j, k …: what a student calls the counter of the n-th loop inside. */
static void add_counter(const struct writing *w)
{
    int depth = w->op->depth < 12 ? w->op->depth : 12;
    str_add_char(w->out, (char)('i' + depth));
}

/* What C has in the place of an argument that was left out. */
static void add_absent(const struct writing *w, const struct arg_about *a)
{
    if (a->key == KEY_as)
        add_counter(w);
    else
        add_number(w->out, a->key == KEY_by);
}

static void add_term(const struct writing *w, int64_t index)
{
    const struct term *t = &w->sc->terms[index];
    if (t->is_var)
        str_add(w->out, w->sc->vars[t->number]);
    else
        add_number(w->out, t->number);
}

/* `pipe: p` is kept as p[0], and written p. */
static void add_variable(const struct writing *w, int64_t var)
{
    const char *name = w->sc->vars[var];
    bool pipe = w->op->verb == OP_pipe;
    str_add_bytes(w->out, name, pipe ? strcspn(name, "[") : strlen(name));
}

static void add_path(const struct writing *w, int64_t name)
{
    str_add_char(w->out, '"');
    add_literal(w->out, w->sc->names[name], strlen(w->sc->names[name]));
    str_add_char(w->out, '"');
}

static void add_arg(const struct writing *w, const struct arg_about *a)
{
    int64_t v = value_of(w, a);
    if (v == ARG_ABSENT) {
        add_absent(w, a);
        return;
    }
    switch ((enum arg_type)a->type) {
    case TAKES_FOREVER:
        if (v == ARG_FOREVER) {
            str_add(w->out, "forever");
            return;
        }
        add_number(w->out, v);
        return;
    case TAKES_COUNT:
    case TAKES_BODY:
        add_number(w->out, v);
        return;
    case TAKES_TRUE:
    case TAKES_BOOL:
        str_add(w->out, v ? "true" : "false");
        return;
    case TAKES_VAR:
    case TAKES_FDVAR:
    case TAKES_IDVAR:
        add_variable(w, v);
        return;
    case TAKES_TERM:
        add_term(w, v);
        return;
    case TAKES_PROCANY:
        if (v == ARG_ANY) {
            str_add(w->out, "any");
            return;
        }
        add_process(w, v);
        return;
    case TAKES_PROC:
        add_process(w, v);
        return;
    case TAKES_TEXT:
        add_template(w, v);
        return;
    case TAKES_PATH:
        add_path(w, v);
        return;
    case TAKES_NAME:
        str_add(w->out, w->sc->names[v]);
        return;
    case TAKES_CHOICE:
        add_word(w->out, a->words, v);
        return;
    case TAKES_FLAGS:
        add_flags(w->out, a->words, v);
        return;
    case TAKES_SIG:
    case TAKES_SIG0:
        if (!v) {
            add_number(w->out, v);
            return;
        }
        str_add(w->out, signal_name((int)v));
        return;
    case TAKES_KEY:
        add_key(w, v);
        return;
    case TAKES_COUNTS:
    case TAKES_SEMOPS:
        add_list(w, v);
        return;
    }
}

/* $n: how many bytes or operations go along; `n` where nobody can say. */
static void add_size(const struct writing *w)
{
    int64_t n = -1;
    for (int i = 0; i < w->about->args; i++) {
        int64_t v = w->op->arg[i];
        if (v == ARG_ABSENT)
            continue;
        if (w->about->arg[i].type == TAKES_TEXT)
            n = template_length(w, v);
        else if (w->about->arg[i].type == TAKES_SEMOPS)
            n = w->sc->lists[v].count;
        else if (w->about->arg[i].key == KEY_bytes)
            n = v;
    }
    if (n < 0)
        str_add_char(w->out, 'n');
    else
        add_number(w->out, n);
}

/* ---- patterns ---- */

static const char key_letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

/* A pattern without <…>: text with $keys. */
static void add_plain(const struct writing *w, const char *p, const char *end)
{
    while (p < end) {
        if (*p != '$') {
            str_add_char(w->out, *p);
            p += p[0] == '<' ? 2 : 1;
            continue;
        }
        size_t n = strspn(++p, key_letters);
        const struct arg_about *a = arg_of(w, p, n);
        if (a)
            add_arg(w, a);
        else
            add_size(w);
        p += n;
    }
}

static bool all_given(const struct writing *w, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p != '$')
            continue;
        const struct arg_about *a =
            arg_of(w, p + 1, strspn(p + 1, key_letters));
        if (a && value_of(w, a) == ARG_ABSENT)
            return false;
    }
    return true;
}

/* One of key, !key, key=word, key!=word. */
static bool holds(const struct writing *w, const char *p, size_t length)
{
    bool not = *p == '!';
    p += not ;
    length -= not ;
    size_t n = strspn(p, key_letters);
    const struct arg_about *a = arg_of(w, p, n);
    require(a);
    bool given = value_of(w, a) != ARG_ABSENT;
    if (n == length)
        return given != not ;
    bool differs = p[n] == '!';
    size_t from = n + (differs ? 2 : 1);
    struct str is = {0};
    struct writing inner = *w;
    inner.out = &is;
    add_arg(&inner, a);
    bool same = given && is.length == length - from &&
                memcmp(str_text(&is), p + from, is.length) == 0;
    str_free(&is);
    return given && same != differs;
}

static bool all_hold(const struct writing *w, const char *p, const char *end)
{
    while (p < end) {
        size_t n = 0;
        while (p + n < end && p[n] != '&')
            n++;
        if (!holds(w, p, n))
            return false;
        p += n + 1;
    }
    return true;
}

/* The inside of <…>. */
static void add_part(const struct writing *w, const char *p, const char *end)
{
    size_t n = 0;
    while (p + n < end && (strchr(key_letters, p[n]) || strchr("&!=", p[n])))
        n++;
    if (p + n < end && p[n] == '?') {
        if (all_hold(w, p, p + n))
            add_plain(w, p + n + 1, end);
        return;
    }
    const char *bar = p;
    while (bar < end && *bar != '|')
        bar++;
    if (all_given(w, p, bar))
        add_plain(w, p, bar);
    else if (bar < end)
        add_plain(w, bar + 1, end);
}

void op_write_c(const struct scenario *sc, const struct op *op,
                const int64_t *vars, struct str *out)
{
    struct writing w = {sc, op, op_about(op->verb), vars, out};
    if (op->verb == OP_end) {
        str_add_char(out, '}');
        return;
    }
    if (op->verb == OP_until && op->arg[0] == ARG_NEXT_JOB) {
        str_add(out, "wait_for_next_period();");
        return;
    }
    for (const char *p = w.about->c; *p;) {
        size_t n = strcspn(p, "<");
        add_plain(&w, p, p + n);
        p += n;
        if (!*p)
            break;
        const char *end = ++p;
        while (*end != '>')
            end += end[0] == '<' && end[1] == '<' ? 2 : 1;
        add_part(&w, p, end);
        p = end + 1;
    }
}
