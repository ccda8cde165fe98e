/* calls.c: parts of calls: labels, texts, keys, flags, variables. */
#include "cli/to_c/inside.h"

#include <stdarg.h>
#include <limits.h>
#include <string.h>

/* ---- texts and names ---- */

void put_text(struct c_writer *w, const char *text)
{
    add_literal(&w->line, text, strlen(text));
}

void put_path(struct c_writer *w, int64_t name)
{
    struct str path = {0};
    str_addf(&path, "./%s", w->sc->names[name]);
    add_literal(&w->line, path.text, path.length);
    str_free(&path);
    w->directory = true;
}

/* What an op is about, as the lesson writes it: "p[0]", "./mfifo". */
static void add_object(const struct c_writer *w, const struct op *op,
                       struct str *out)
{
    const struct op_about *about = op_about((enum verb)op->verb);
    int64_t v = about->args ? op->arg[0] : ARG_ABSENT;
    if (v == ARG_ABSENT)
        return;
    switch ((enum arg_type)about->arg[0].type) {
    case TAKES_FDVAR:
    case TAKES_IDVAR:
    case TAKES_VAR: {
        const char *name = w->sc->vars[v];
        bool both = op->verb == OP_pipe;
        str_add_bytes(out, name, both ? strcspn(name, "[") : strlen(name));
        break;
    }
    case TAKES_PATH:
        str_addf(out, "./%s", w->sc->names[v]);
        break;
    case TAKES_PROC:
    case TAKES_PROCANY:
        str_add(out, v == ARG_ANY ? "any"
                                  : w->sc->processes[v & INT32_MAX].name);
        if (v != ARG_ANY && v >> 32)
            str_addf(out, ".%lld", (long long)(v >> 32) + 1);
        break;
    case TAKES_SIG:
        str_add(out, signal_name((int)v));
        break;
    case TAKES_COUNT:
        str_addf(out, "%lld", (long long)v);
        break;
    default:
        break;
    }
}

void put_label(struct c_writer *w, const struct op *op)
{
    struct str label = {0};
    str_add(&label, op_about((enum verb)op->verb)->name);
    size_t bare = label.length;
    str_add_char(&label, ' ');
    add_object(w, op, &label);
    if (label.length == bare + 1)
        str_cut(&label, bare);
    add_literal(&w->line, label.text, label.length);
    str_free(&label);
}

void put_check(struct c_writer *w, const struct op *op, const char *by)
{
    needs_part(w, PART_CHECK);
    put(w, "%s(", by);
    put_label(w, op);
    put(w, ", ");
}

void put_give_up(struct c_writer *w)
{
    put_line(w, "    %s(1);", w->handler ? "_exit" : "exit");
}

void put_checked_begin(struct c_writer *w, const struct op *op)
{
    if (op->exit_on_error)
        put(w, "if (");
}

void put_checked_end(struct c_writer *w, const struct op *op)
{
    if (!op->exit_on_error) {
        put_line(w, ";");
        return;
    }
    put_line(w, " < 0)");
    put_give_up(w);
}

/* ---- keys and flags ---- */

void put_key(struct c_writer *w, int64_t key)
{
    const struct ipc_key *k = &w->sc->keys[key];
    if (k->kind == IPC_KEY_PRIVATE) {
        put(w, "IPC_PRIVATE");
    } else if (k->kind == IPC_KEY_NUMBER) {
        bool fits = k->number <= INT_MAX && k->number >= -INT_MAX;
        put(w, "%s%lld", fits ? "" : "(key_t)", (long long)k->number);
    } else {
        put(w, "ftok(");
        put_path(w, k->path);
        put(w, ", %s%c')", k->number == '\'' || k->number == '\\' ? "'\\" : "'",
            (char)k->number);
    }
}

static void put_flag_words(struct c_writer *w, const char *words,
                           int64_t flags)
{
    const char *between = "";
    for (int k = 0; *words && k < 32; k++) {
        size_t n = strcspn(words, " ");
        if (flags >> k & 1) {
            put(w, "%s%.*s", between, (int)n, words);
            between = " | ";
        }
        words += n;
        words += strspn(words, " ");
    }
    if (flags >> 32)
        put(w, "%s0%llo", between, (unsigned long long)(flags >> 32));
    else if (!*between)
        put(w, "0");
}

void put_flags(struct c_writer *w, const struct op *op, enum arg_key key)
{
    const struct op_about *about = op_about((enum verb)op->verb);
    for (int k = 0; k < about->args; k++) {
        if (about->arg[k].key != key)
            continue;
        int64_t v = op->arg[k];
        put_flag_words(w, about->arg[k].words, v == ARG_ABSENT ? 0 : v);
    }
}

/* ---- variables ---- */

void put_value(struct c_writer *w, int64_t var)
{
    needs_header(w, HEADER_stdint);
    if (w->var_class[var] == CLASS_ADDRESS)
        put(w, "(int)(intptr_t)%s", w->var[var]);
    else
        put(w, "%s", w->var[var]);
}

void put_term(struct c_writer *w, int64_t term)
{
    const struct term *t = &w->sc->terms[term];
    if (t->is_var)
        put_value(w, t->number);
    else
        put(w, "%lld", (long long)t->number);
}

void put_assign(struct c_writer *w, int64_t var, const char *value)
{
    bool address = w->var_class[var] == CLASS_ADDRESS;
    if (address)
        needs_header(w, HEADER_stdint);
    put(w, "%s = %s%s", w->var[var], address ? "(char *)(intptr_t)" : "",
        value);
}

const char *var_format(const struct c_writer *w, int64_t var)
{
    return w->wide && w->var_class[var] == CLASS_NUMBER ? "%lld" : "%d";
}

/* ---- texts with variables ---- */

bool text_is_fixed(const struct scenario *sc, int64_t text)
{
    const struct template *t = &sc->templates[text];
    for (int32_t i = 0; i < t->count; i++)
        if (!t->pieces[i].literal)
            return false;
    return true;
}

const char *text_bytes(struct c_writer *w, int64_t text, size_t *length)
{
    const struct template *t = &w->sc->templates[text];
    struct str s = {0};
    for (int32_t i = 0; i < t->count; i++)
        str_add_bytes(&s, t->pieces[i].literal, (size_t)t->pieces[i].length);
    *length = s.length;
    char *copy = arena_copy(&w->arena, str_text(&s), s.length);
    str_free(&s);
    return copy;
}

void put_format(struct c_writer *w, int64_t text)
{
    const struct template *t = &w->sc->templates[text];
    struct str format = {0};
    for (int32_t i = 0; i < t->count; i++) {
        const struct template_piece *p = &t->pieces[i];
        for (int32_t k = 0; p->literal && k < p->length; k++) {
            str_add_char(&format, p->literal[k]);
            if (p->literal[k] == '%')
                str_add_char(&format, '%');
        }
        if (!p->literal)
            str_add(&format, var_format(w, p->var));
    }
    add_literal(&w->line, str_text(&format), format.length);
    for (int32_t i = 0; i < t->count; i++)
        if (!t->pieces[i].literal) {
            put(w, ", ");
            put_value(w, t->pieces[i].var);
        }
    str_free(&format);
}
