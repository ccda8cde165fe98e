/* say.c: questions, choices and reasons in words. */
#include "sim/predict/question_in.h"

#include "sim/base/promises.h"
#include "sim/model/explain.h"
#include "sim/model/explain_say.h"
#include "sim/scenario/ops.h"

static const struct {
    const char *name;
    enum word title;
} kinds[QUESTION_KINDS] = {
#define QUESTION(NAME, name, title) [QUESTION_##NAME] = {name, title},
#include "sim/predict/kinds.def"
#undef QUESTION
};

const char *question_kind_name(enum question_kind k)
{
    require((int)k >= 0 && k < QUESTION_KINDS);
    return kinds[k].name;
}

const char *question_kind_title(enum question_kind k, enum lang lang)
{
    require((int)k >= 0 && k < QUESTION_KINDS);
    return word(kinds[k].title, lang);
}

static const struct question *of_lesson(const struct prediction *q,
                                        const struct world *w)
{
    return &w->scenario->questions[q->obj];
}

/* The C statement, marked as a name is. */
static void say_statement(struct say *s, const struct prediction *q)
{
    struct str c = {0};
    const int64_t *vars = s->w->var + (int64_t)q->proc * s->w->head->vars;
    op_write_c(s->w->scenario, &s->w->scenario->ops[q->op], vars, &c);
    size_t end = c.length;
    while (end && (c.text[end - 1] == ';' || c.text[end - 1] == '{' ||
                   c.text[end - 1] == ' '))
        end--;
    str_cut(&c, end);
    say_given(s, str_text(&c));
    str_free(&c);
}

/* "sem[1]": a semaphore by its set's variable and number. */
static void say_semaphore(struct say *s, int sem)
{
    const struct semset *set = &s->w->semset[s->w->sem[sem].set];
    struct str name = {0};
    str_add(&name, s->w->scenario->vars[set->ipc.var]);
    str_addf(&name, "[%d]", (int)(sem - set->first));
    say_given(s, str_text(&name));
    str_free(&name);
}

/* ---- the question ---- */

static void say_state_question(struct say *s, const struct prediction *q)
{
    say_name(s, q->proc);
    say_state(s, (enum state)s->w->task[q->proc].state);
    say_fold(s, W_ASK_STATE, 2);
}

static void say_who_question(struct say *s, const struct prediction *q)
{
    say_number(s, q->cpu);
    say_fold(s, W_ASK_WHO, 1);
}

static void say_goes_question(struct say *s, const struct prediction *q)
{
    say_name(s, q->proc);
    say_number(s, q->cpu);
    say_fold(s, W_ASK_GOES, 2);
}

static void say_of_call_question(struct say *s, const struct prediction *q, enum word w)
{
    say_name(s, q->proc);
    say_statement(s, q);
    say_fold(s, w, 2);
}

static void say_call_question(struct say *s, const struct prediction *q)
{
    int call = op_about((enum verb)s->w->scenario->ops[q->op].verb)->call;
    say_of_call_question(s, q, call == CALL_OWN ? W_ASK_MEMORY : W_ASK_CALL);
}

static void say_message_question(struct say *s, const struct prediction *q)
{
    say_of_call_question(s, q, W_ASK_MESSAGE);
}

static void say_semaphore_question(struct say *s, const struct prediction *q)
{
    say_name(s, q->proc);
    say_statement(s, q);
    say_semaphore(s, q->obj);
    say_number(s, s->w->sem[q->obj].value);
    say_fold(s, W_ASK_SEMAPHORE, 4);
}

static void say_slice_question(struct say *s, const struct prediction *q)
{
    say_name(s, q->proc);
    say_number(s, q->cpu);
    say_ticks(s, s->w->cpu[q->cpu].slice_length);
    say_number(s, q->asked);
    say_fold(s, W_ASK_SLICE, 4);
}

static void say_lesson_question(struct say *s, const struct prediction *q)
{
    say_text(s, text_in(of_lesson(q, s->w)->ask, s->lang));
}

void question_write(const struct prediction *q, const struct world *w,
                    enum lang lang, struct str *out)
{
    static void (*const say[QUESTION_KINDS])(struct say *,
                                             const struct prediction *) = {
        [QUESTION_LESSON] = say_lesson_question,   [QUESTION_STATE] = say_state_question,
        [QUESTION_WHO] = say_who_question,         [QUESTION_GOES] = say_goes_question,
        [QUESTION_CALL] = say_call_question,       [QUESTION_MESSAGE] = say_message_question,
        [QUESTION_SEMAPHORE] = say_semaphore_question, [QUESTION_SLICE] = say_slice_question};
    struct say s = {.w = w, .lang = lang};
    say[q->kind](&s, q);
    say_end(&s, out);
}

/* ---- choices ---- */

/* A process that is perhaps the child that is about to be born. */
static void say_person(struct say *s, const struct prediction *q, int64_t proc)
{
    if (proc < s->w->head->procs) {
        say_name(s, (int)proc);
        return;
    }
    const struct op *op = &s->w->scenario->ops[q->op];
    bool forks = op->verb == OP_fork;
    int64_t def = forks ? op_arg(op, KEY_fork) & INT32_MAX : 0;
    say_given(s, s->w->scenario->processes[def].name);
}

static void say_message(struct say *s, const struct prediction *q, int64_t nth)
{
    const struct msgq *queue = &s->w->msgq[q->obj];
    const struct msg *m = &s->w->msg[queue->first + nth];
    int64_t at = queue->texts;
    for (int64_t i = 0; i < nth; i++)
        at += s->w->msg[queue->first + i].length;
    say_number(s, nth + 1);
    say_number(s, m->type);
    say_bytes_shown(s, (const char *)s->w->text + at, (size_t)m->length);
    say_fold(s, W_CHOICE_MESSAGE, 3);
}

static void say_choice(struct say *s, const struct prediction *q, struct choice c)
{
    switch (c.kind) {
    case CHOICE_TEXT:
        say_text(s, text_in(of_lesson(q, s->w)->choices[c.value], s->lang));
        return;
    case CHOICE_STATE: say_state(s, (enum state)c.value); return;
    case CHOICE_PROCESS: say_name(s, (int)c.value); return;
    case CHOICE_GOES_ON: say_word(s, W_CHOICE_GOES_ON); return;
    case CHOICE_NOBODY: say_word(s, W_CHOICE_NOBODY); return;
    case CHOICE_SLEEPS: say_word(s, W_CHOICE_SLEEPS); return;
    case CHOICE_OBJECT: say_word(s, W_CHOICE_OBJECT); return;
    case CHOICE_ADDRESS: say_word(s, W_CHOICE_ADDRESS); return;
    case CHOICE_WORKS: say_word(s, W_CHOICE_WORKS); return;
    case CHOICE_MESSAGE: say_message(s, q, c.value); return;
    case CHOICE_VALUE: say_number(s, c.value); return;
    case CHOICE_RETURNS:
        say_number(s, c.value);
        say_fold(s, W_CHOICE_RETURNS, 1);
        return;
    case CHOICE_PID:
        say_person(s, q, c.value);
        say_fold(s, W_CHOICE_PID, 1);
        return;
    case CHOICE_FAILS:
        say_text(s, errno_text((enum errno_name)c.value));
        say_fold(s, W_CHOICE_FAILS, 1);
        return;
    case CHOICE_DIES:
        say_signal(s, (int)c.value);
        say_fold(s, W_CHOICE_DIES, 1);
        return;
    case CHOICE_TIME:
        say_number(s, c.value);
        say_fold(s, W_CHOICE_TIME, 1);
        return;
    }
}

void question_write_choice(const struct prediction *q, int i,
                           const struct world *w, enum lang lang,
                           struct str *out)
{
    require(i >= 0 && i < q->choices);
    struct say s = {.w = w, .lang = lang};
    say_choice(&s, q, q->choice[i]);
    say_end(&s, out);
}

void question_write_why(const struct prediction *q, const struct world *then,
                        const struct trace *tr, enum lang lang,
                        struct str *out)
{
    if (q->kind == QUESTION_LESSON) {
        str_add(out, text_in(of_lesson(q, then)->because, lang));
    } else if (q->until == q->from) {
        struct say s = {.w = then, .lang = lang};
        say_number(&s, q->cpu);
        say_stop(&s, W_WHY_IDLE, 1);
        say_end(&s, out);
    } else {
        explain_step(then, tr, q->until, lang, out);
    }
}
