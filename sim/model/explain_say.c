/* explain_say.c: putting sentences together in any language. */
#include "sim/model/explain_say.h"

#include "sim/base/promises.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/policy_settings.h"

#include <string.h>

static struct str *push(struct say *s)
{
    require(s->depth < SAY_DEEP);
    return &s->piece[s->depth++];
}

void say_text(struct say *s, const char *text)
{
    str_add(push(s), text);
}

void say_number(struct say *s, int64_t n)
{
    str_addf(push(s), "%lld", (long long)n);
}

void say_word(struct say *s, enum word w)
{
    say_text(s, word(w, s->lang));
}

void say_given(struct say *s, const char *name)
{
    say_text(s, name);
    if (!s->plain)
        say_fold(s, W_SAY_MARKED, 1);
}

void say_scheduler(struct say *s, const struct scheduler *by)
{
    struct scheduler plain;
    struct str name = {0};
    if (!by->policy) { /* a trace without its file */
        say_text(s, "?");
        return;
    }
    settings_under(&s->w->scenario->scheduler, by->name, &plain);
    str_add(&name, by->policy);
    settings_differences(by, &plain, &name);
    say_text(s, str_text(&name));
    str_free(&name);
}

void say_name(struct say *s, int proc)
{
    struct str name = {0};
    if (proc < 0 || proc >= s->w->head->procs)
        str_add(&name, "init");
    else
        world_write_name(s->w, proc, &name);
    say_given(s, str_text(&name));
    str_free(&name);
}

void say_sender(struct say *s, int64_t who)
{
    if (who >= 0)
        say_name(s, (int)who);
    else
        say_word(s, who == -1 ? W_SAY_USER : W_SAY_KERNEL);
}

void say_state(struct say *s, enum state state)
{
    say_text(s, state_title(state, s->lang));
}

void say_signal(struct say *s, int number)
{
    const char *name = signal_name(number);
    say_number(s, number);
    if (name) {
        str_cut(&s->piece[s->depth - 1], 0);
        str_add(&s->piece[s->depth - 1], name);
    } else {
        say_fold(s, W_SAY_SIGNAL_NUMBER, 1);
    }
}

void say_var(struct say *s, int64_t var)
{
    bool known = var >= 0 && var < s->w->scenario->var_count;
    say_given(s, known ? s->w->scenario->vars[var] : "?");
}

void say_call(struct say *s, int32_t op)
{
    const struct scenario *sc = s->w->scenario;
    bool known = op >= 0 && op < sc->op_count;
    enum verb v = known ? (enum verb)sc->ops[op].verb : OP_end;
    if (v == OP_wait)
        say_text(s, "waitpid");
    else
        say_text(s, v == OP_end ? "exit" : op_about(v)->name);
}

/* What is no system call has no page in section 2 of the manual. */
void say_manual(struct say *s, int32_t op)
{
    const struct scenario *sc = s->w->scenario;
    bool known = op >= 0 && op < sc->op_count;
    int verb = known ? sc->ops[op].verb : OP_end;
    int call = op_about((enum verb)verb)->call;
    if (verb == OP_P || verb == OP_V)
        say_text(s, "semop"); /* the call that they are short for */
    else
        say_call(s, op);
    if (call != CALL_OWN)
        str_add(&s->piece[s->depth - 1], call == CALL_LIBRARY ? "(3)" : "(2)");
}

void say_count(struct say *s, int64_t n, enum word one, enum word many)
{
    say_number(s, n);
    say_fold(s, n == 1 ? one : many, 1);
}

void say_ticks(struct say *s, int64_t n)
{
    say_count(s, n, W_SAY_TICK, W_SAY_TICKS);
}

void say_bytes(struct say *s, int64_t n)
{
    say_count(s, n, W_SAY_BYTE, W_SAY_BYTES);
}

/* ---- bytes ---- */

/* More than QUOTED_MOST bytes are nothing to be read; of less, QUOTED_SHOWN
 * characters are shown. */
enum { QUOTED_MOST = 64, QUOTED_SHOWN = 24 };

/* Adds a character as C writes it in a string. */
static void add_quoted(struct str *out, const char *c, size_t length)
{
    static const char plain[] = "\n\t\r\\\"", escaped[] = "ntr\\\"";
    const char *found = length == 1 ? strchr(plain, *c) : NULL;
    if (found && *c)
        str_addf(out, "\\%c", escaped[found - plain]);
    else
        str_add_bytes(out, c, length);
}

static bool is_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == 0 || c == 0x7f || (c < 0x20 && !strchr("\n\t\r", c)))
            return false;
    }
    return utf8_valid(bytes, length);
}

bool say_quoted(struct say *s, const char *bytes, size_t length)
{
    if (length == 0 || length > QUOTED_MOST || !is_text(bytes, length))
        return false;
    struct str *out = push(s);
    str_add_char(out, '"');
    size_t at = 0;
    for (int shown = 0; at < length && shown < QUOTED_SHOWN; shown++) {
        size_t n = utf8_length(bytes + at, length - at, NULL);
        add_quoted(out, bytes + at, n);
        at += n;
    }
    str_add(out, at < length ? "…\"" : "\"");
    return true;
}

void say_bytes_shown(struct say *s, const char *bytes, size_t length)
{
    say_bytes(s, (int64_t)length);
    if (say_quoted(s, bytes, length))
        say_fold(s, W_SAY_BYTES_SHOWN, 2);
}

void say_exit(struct say *s, int proc)
{
    const struct proc *p = &s->w->proc[proc];
    if (p->exit_kind)
        say_signal(s, p->exit_value);
    else
        say_number(s, p->exit_value);
    say_fold(s, p->exit_kind ? W_SAY_EXIT_SIGNAL : W_SAY_EXIT_CODE, 1);
}

/* ---- lists ---- */

static void say_one_of(struct say *s, int proc, bool itself)
{
    say_name(s, proc);
    if (itself)
        say_fold(s, W_SAY_ITSELF, 1);
}

void say_names(struct say *s, const int *procs, int count, int self)
{
    int shown = count > NAMES_SHOWN ? NAMES_SHOWN : count;
    int in_list = count > shown || shown < 2 ? shown : shown - 1;
    say_text(s, count ? "" : word(W_SAY_NOBODY, s->lang));
    for (int i = 0; i < in_list; i++) {
        say_text(s, i ? word(W_SAY_COMMA, s->lang) : "");
        say_one_of(s, procs[i], count > 1 && procs[i] == self);
        say_fold(s, W_SAY_WITH, 2);
        say_fold(s, W_SAY_WITH, 2);
    }
    if (count > shown) {
        say_number(s, count - shown);
        say_fold(s, W_SAY_AND_MORE, 2);
    } else if (in_list < shown) {
        say_one_of(s, procs[in_list], procs[in_list] == self);
        say_fold(s, W_SAY_AND, 2);
    }
}

/* ---- filling in ---- */

static bool is_chinese(const char *p, size_t left)
{
    unsigned c = 0;
    return utf8_length(p, left, &c) == 3 && c >= 0x2e80;
}

/* Whether `out` ends with a Chinese character before its last `skip` bytes. */
static bool ends_chinese(const struct str *out, size_t skip)
{
    return out->length >= skip + 3 &&
           is_chinese(out->text + out->length - skip - 3, 3);
}

static void fill_in(struct str *out, const struct str *arg)
{
    bool space = out->length && out->text[out->length - 1] == ' ';
    if (space && is_chinese(str_text(arg), arg->length) &&
        ends_chinese(out, 1))
        str_cut(out, out->length - 1);
    str_add_bytes(out, str_text(arg), arg->length);
}

static void fill(struct str *out, const char *pattern, const struct str *args,
                 int count)
{
    for (const char *p = pattern; *p; p++) {
        bool place = p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}';
        if (!place) {
            str_add_char(out, *p);
            continue;
        }
        int i = p[1] - '0';
        require(i < count);
        fill_in(out, &args[i]);
        p += 2;
        if (p[1] == ' ' && ends_chinese(out, 0) && is_chinese(p + 2, 3))
            p++;
    }
}

void say_fold(struct say *s, enum word pattern, int count)
{
    require(count <= s->depth);
    struct str whole = {0};
    struct str *args = &s->piece[s->depth - count];
    fill(&whole, word(pattern, s->lang), args, count);
    for (int i = 0; i < count; i++)
        str_free(&args[i]);
    s->depth -= count;
    *push(s) = whole;
}

void say_stop(struct say *s, enum word pattern, int count)
{
    say_fold(s, pattern, count);
    say_fold(s, W_SAY_STOP, 1);
}

void say_end(struct say *s, struct str *out)
{
    require(s->depth == 1);
    str_add(out, str_text(&s->piece[0]));
    str_free(&s->piece[0]);
    s->depth = 0;
}

const struct event *say_event(const struct say *s, enum event_kind kind,
                              int proc)
{
    for (size_t i = s->main + 1; i-- > s->from;) {
        const struct event *e = trace_at(s->tr, i);
        if (e->kind == kind && (proc == NO_PROC || e->proc == proc))
            return e;
    }
    return NULL;
}

bool say_is_reaped(const struct say *s, int proc)
{
    for (size_t i = s->main + 1; i < s->to; i++) {
        const struct event *e = trace_at(s->tr, i);
        if (e->kind == EV_REAP && e->proc == proc)
            return true;
    }
    return false;
}

enum { SIGPIPE_NUMBER = 13, FROM_KERNEL = -2 };

const struct event *say_broken_write(const struct say *s, size_t signal)
{
    const struct event *e = trace_at(s->tr, signal);
    if (e->sub != SIGPIPE_NUMBER || e->obj != FROM_KERNEL)
        return NULL;
    for (size_t i = signal; i-- > 0;) {
        const struct event *b = trace_at(s->tr, i);
        if (b->kind == EV_OP && b->proc == e->proc)
            return s->w->scenario->ops[b->aux].verb == OP_write ? b : NULL;
        bool woken = b->kind == EV_STATE && b->sub == T_WAKE;
        if (b->proc != e->proc || !woken)
            return NULL;
    }
    return NULL;
}

bool say_was_pending(const struct say *s, size_t signal)
{
    const struct event *e = trace_at(s->tr, signal);
    const struct event *b = signal ? trace_at(s->tr, signal - 1) : e;
    return e->obj == FROM_KERNEL && b->kind == EV_PENDING &&
           b->proc == e->proc;
}
