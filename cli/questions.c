/* questions.c: what predict mode asks in the window, on paper: the same
 * questions in the same order, and the answers behind them. */
#include "cli/questions.h"

#include "sim/predict/question.h"

enum { QUESTIONS_MOST = 2000 };

/* One of them, with the worlds where it is asked and where it is answered. */
struct asked {
    const struct report *r;
    struct str *out;
    int number; /* from 1 */
    struct prediction q;
    struct world now, then;
};

typedef void writing(struct asked *a);

/* Returns how many there are. */
static int each(const struct report *r, writing *write, struct str *out)
{
    static const struct question_wish all = {QUESTIONS_ALL, 1};
    const struct trace *tr = r->teller.trace;
    struct asked a = {.r = r, .out = out};
    size_t at = 0, p = 0;
    int skip = 0;
    world_init(&a.now, r->scenario);
    while (a.number < QUESTIONS_MOST &&
           question_next(&a.now, tr, p, skip, &all, INT32_MAX, &a.q, &p)) {
        skip = p == at ? skip + 1 : 1;
        at = p;
        a.number++;
        question_answered(&a.q, &a.now, tr, &a.then);
        write(&a);
    }
    world_free(&a.now);
    world_free(&a.then);
    return a.number;
}

/* ---- as text ---- */

static void write_sheet(struct asked *a)
{
    enum lang lang = a->r->o->lang;
    str_addf(a->out, "%4d. t = %lld  ", a->number, (long long)a->q.asked);
    question_write(&a->q, &a->now, lang, a->out);
    str_add_char(a->out, '\n');
    for (int i = 0; i < a->q.choices; i++) {
        str_addf(a->out, "        %d) ", i + 1);
        question_write_choice(&a->q, i, &a->now, lang, a->out);
        str_add_char(a->out, '\n');
    }
}

void questions_write(const struct report *r, struct str *out)
{
    str_addf(out, "%s\n\n", word(W_CLI_T_QUESTIONS, r->o->lang));
    if (!each(r, write_sheet, out))
        str_addf(out, "%s\n", word(W_CLI_T_NO_QUESTIONS, r->o->lang));
    str_add_char(out, '\n');
}

static void write_answer(struct asked *a)
{
    enum lang lang = a->r->o->lang;
    struct str why = {0};
    str_addf(a->out, "%4d. %d) ", a->number, a->q.answer + 1);
    question_write_choice(&a->q, a->q.answer, &a->now, lang, a->out);
    question_write_why(&a->q, &a->then, a->r->teller.trace, lang, &why);
    if (why.length)
        str_addf(a->out, "\n        %s", str_text(&why));
    str_free(&why);
    for (int i = 0; i < a->q.choices; i++) {
        if (i == a->q.answer)
            continue;
        question_write_wrong(&a->q, i, &a->now, lang, &why);
        if (why.length)
            str_addf(a->out, "\n        %d: %s", i + 1, str_text(&why));
        str_cut(&why, 0);
    }
    str_free(&why);
    str_add_char(a->out, '\n');
}

void questions_write_answers(const struct report *r, struct str *out)
{
    str_addf(out, "\n%s\n\n", word(W_CLI_T_ANSWERS, r->o->lang));
    each(r, write_answer, out);
}

/* ---- as JSON ---- */

static void add_text(struct str *out, struct str *text)
{
    str_add_char(out, '"');
    str_add_json(out, str_text(text), text->length);
    str_add_char(out, '"');
    str_cut(text, 0);
}

static void add_or_null(struct str *out, struct str *text)
{
    if (text->length)
        add_text(out, text);
    else
        str_add(out, "null");
}

static void json_choices(struct asked *a, struct str *text)
{
    enum lang lang = a->r->o->lang;
    str_add(a->out, ", \"choices\": [");
    for (int i = 0; i < a->q.choices; i++) {
        str_add(a->out, i ? ", " : "");
        question_write_choice(&a->q, i, &a->now, lang, text);
        add_text(a->out, text);
    }
    str_addf(a->out, "], \"answer\": %d, \"wrong\": [", a->q.answer);
    for (int i = 0; i < a->q.choices; i++) {
        str_add(a->out, i ? ", " : "");
        if (i != a->q.answer)
            question_write_wrong(&a->q, i, &a->now, lang, text);
        add_or_null(a->out, text);
    }
    str_add_char(a->out, ']');
}

static void write_json(struct asked *a)
{
    enum lang lang = a->r->o->lang;
    struct str text = {0};
    str_addf(a->out, "%s\n   {\"at\": %lld, \"kind\": \"%s\", \"ask\": ",
             a->number > 1 ? "," : "", (long long)a->q.asked,
             question_kind_name(a->q.kind));
    question_write(&a->q, &a->now, lang, &text);
    add_text(a->out, &text);
    json_choices(a, &text);
    question_write_why(&a->q, &a->then, a->r->teller.trace, lang, &text);
    str_add(a->out, ", \"because\": ");
    add_or_null(a->out, &text);
    str_addf(a->out, ", \"seen\": %lld}", (long long)a->q.seen);
    str_free(&text);
}

void questions_write_json(const struct report *r, struct str *out)
{
    str_add(out, "\"questions\": [");
    each(r, write_json, out);
    str_add_char(out, ']');
}
