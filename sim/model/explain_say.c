/* explain_say.c: putting sentences together in any language. */
#include "sim/model/explain_say.h"

#include "sim/base/promises.h"
#include "sim/scenario/ops.h"

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

void say_name(struct say *s, int proc)
{
    if (proc < 0 || proc >= s->w->head->procs)
        say_text(s, "init");
    else
        world_write_name(s->w, proc, push(s));
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
    say_text(s, known ? s->w->scenario->vars[var] : "?");
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

/* "a", "a and b", "a, b and c", "a, b, c and 4 more". */
void say_names(struct say *s, const int *procs, int count)
{
    int shown = count > NAMES_SHOWN ? NAMES_SHOWN : count;
    int in_list = count > shown || shown < 2 ? shown : shown - 1;
    say_text(s, count ? "" : word(W_SAY_NOBODY, s->lang));
    for (int i = 0; i < in_list; i++) {
        if (i)
            str_add(&s->piece[s->depth - 1], word(W_SAY_COMMA, s->lang));
        world_write_name(s->w, procs[i], &s->piece[s->depth - 1]);
    }
    if (count > shown) {
        say_number(s, count - shown);
        say_fold(s, W_SAY_AND_MORE, 2);
    } else if (in_list < shown) {
        say_name(s, procs[in_list]);
        say_fold(s, W_SAY_AND, 2);
    }
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
        str_add(out, str_text(&args[i]));
        p += 2;
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
