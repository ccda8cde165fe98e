/* t6301-questions.c: what is asked about the next step has one right answer:
 * the run itself is asked, and every other choice must be wrong. */
#include "sim/predict/question.h"
#include "tests/random.h"
#include "tests/run.h"
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

enum { STEPS_ALL = 1 << 28, SEEDS = 150 };

static const struct question_wish everything = {QUESTIONS_ALL, 1};

struct asked_so_far {
    int of[QUESTION_KINDS];
    int choices, questions;
};

/* ---- what really happens ---- */

static struct world after(const struct run *r, const struct world *w,
                          size_t from, size_t until)
{
    struct world then = {0};
    world_copy(&then, w);
    for (size_t i = from; i < until; i++)
        world_apply(&then, r->trace, trace_at(r->trace, i));
    return then;
}

/* The next event of that kind about `proc`, NULL. */
static const struct event *next_of(const struct run *r, size_t from,
                                   enum event_kind kind, int proc)
{
    for (size_t i = from; i < r->trace->count; i++)
        if (trace_at(r->trace, i)->kind == kind &&
            trace_at(r->trace, i)->proc == proc)
            return trace_at(r->trace, i);
    return NULL;
}

/* Whether nobody comes to the CPU before the clock goes on. */
static bool stays_idle(const struct run *r, const struct world *w,
                       const struct prediction *q)
{
    for (size_t i = q->from; i < r->trace->count; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->t > w->head->now)
            break;
        bool comes = e->kind == EV_SWITCH ||
                     (e->kind == EV_STATE && e->sub == T_DISPATCH);
        if (comes && e->cpu == q->cpu)
            return false;
    }
    return w->cpu[q->cpu].proc == NONE && w->cpu[q->cpu].next == NONE;
}

/* What the call returned in its step; NULL: nothing yet. */
static const struct event *returned(const struct run *r,
                                    const struct prediction *q)
{
    const struct event *found = NULL;
    for (size_t i = q->from; i < q->until; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->kind == EV_OP && e->proc == q->proc && e->aux == q->op)
            found = e;
    }
    return found;
}

static bool has_taken(const struct run *r, const struct prediction *q,
                      int64_t place)
{
    for (size_t i = q->from; i < q->until; i++) {
        const struct event *e = trace_at(r->trace, i);
        if (e->kind == EV_TAKE && e->proc == q->proc)
            return e->aux == place;
    }
    return false;
}

static bool comes_true(const struct run *r, const struct world *w,
                       const struct world *then, const struct prediction *q,
                       struct choice c)
{
    const struct event *op = returned(r, q);
    bool done = op && op->sub == E_OK;
    const struct event *state;
    switch (c.kind) {
    case CHOICE_STATE:
        return then->task[q->proc].state == c.value;
    case CHOICE_GOES_ON:
        return then->task[q->proc].state == RUNNING;
    case CHOICE_PROCESS:
        return then->cpu[q->cpu].proc == c.value ||
               then->cpu[q->cpu].next == c.value;
    case CHOICE_NOBODY:
        return q->until == q->from && stays_idle(r, w, q);
    case CHOICE_SLEEPS:
        return then->task[q->proc].state == BLOCKED;
    case CHOICE_RETURNS:
    case CHOICE_PID:
        return done && op->val == c.value + (c.kind == CHOICE_PID) &&
               (q->kind != QUESTION_MESSAGE);
    case CHOICE_OBJECT:
    case CHOICE_ADDRESS:
    case CHOICE_WORKS:
        return done;
    case CHOICE_FAILS:
        return op && op->sub == c.value &&
               then->task[q->proc].state != TERMINATED; /* it never sees it */
    case CHOICE_DIES:
        return then->task[q->proc].state == TERMINATED;
    case CHOICE_MESSAGE:
        return has_taken(r, q, c.value);
    case CHOICE_VALUE:
        return then->sem[q->obj].value == c.value;
    case CHOICE_TIME:
        state = next_of(r, q->from, EV_STATE, q->proc);
        return state && state->t == c.value;
    default:
        return false;
    }
}

/* ---- a question ---- */

static void look_at_words(const struct prediction *q, const struct world *w,
                          enum lang lang)
{
    char seen[CHOICES_SHOWN][300];
    struct str text = {0};
    question_write(q, w, lang, &text);
    EXPECT(text.length > 5);
    for (int i = 0; i < q->choices; i++) {
        str_cut(&text, 0);
        question_write_choice(q, i, w, lang, &text);
        EXPECT(text.length > 0);
        snprintf(seen[i], sizeof seen[i], "%s", str_text(&text));
        for (int k = 0; k < i; k++)
            EXPECT(strcmp(seen[k], seen[i]) != 0);
    }
    str_free(&text);
}

static void look_at_answers(const struct run *r, const struct prediction *q,
                            const struct world *w)
{
    struct world then = after(r, w, q->from, q->until);
    for (int i = 0; i < q->choices; i++) {
        bool is = comes_true(r, w, &then, q, q->choice[i]);
        if (is != (i == q->answer)) {
            struct str text = {0};
            question_write(q, w, LANG_EN, &text);
            str_add(&text, " -- ");
            question_write_choice(q, i, w, LANG_EN, &text);
            str_add(&text, ", not ");
            question_write_choice(q, q->answer, w, LANG_EN, &text);
            test_case("t %d: %s (%s)", (int)w->head->now, str_text(&text),
                      i == q->answer ? "the answer" : "not the answer");
            EXPECT(is == (i == q->answer));
            str_free(&text);
        }
    }
    struct str why = {0};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        str_cut(&why, 0);
        question_write_why(q, &then, r->trace, (enum lang)lang, &why);
        EXPECT(q->until == q->from || why.length > 5);
    }
    str_free(&why);
    world_free(&then);
}

static void look_at(const struct run *r, const struct prediction *q,
                    const struct world *w, struct asked_so_far *so_far)
{
    so_far->of[q->kind]++;
    so_far->questions++;
    so_far->choices += q->choices;
    EXPECT(q->choices >= 2 && q->choices <= CHOICES_SHOWN);
    EXPECT(q->answer >= 0 && q->answer < q->choices);
    EXPECT(q->until >= q->from);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        look_at_words(q, w, (enum lang)lang);
    if (q->kind != QUESTION_LESSON)
        look_at_answers(r, q, w);
}

static void walk(const struct run *r, struct asked_so_far *so_far)
{
    struct world w = {0};
    struct prediction q;
    size_t p = 0, end;
    int skip = 0;
    world_init(&w, r->scenario);
    while (question_next(&w, r->trace, p, skip, &everything, STEPS_ALL, &q,
                         &end)) {
        skip = q.from == p ? skip + 1 : 1;
        p = q.from;
        look_at(r, &q, &w, so_far);
    }
    EXPECT(end == r->trace->count);
    world_free(&w);
}

/* ---- runs ---- */

TEST("random programs: one choice comes true, and the others do not")
{
    static const unsigned with[] = {RANDOM_PIPES | RANDOM_SIGNALS,
                                    RANDOM_QUEUES | RANDOM_MEMORY,
                                    RANDOM_SEMAPHORES | RANDOM_ACTIONS,
                                    RANDOM_SEGMENTS | RANDOM_FIFOS};
    struct asked_so_far so_far = {.questions = 0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct str file = {0};
        random_scenario(seed, with[seed % 4], &file);
        test_case("seed %d", (int)seed);
        struct run r = run_json(str_text(&file), 200);
        NEED(r.sim);
        walk(&r, &so_far);
        run_free(&r);
        str_free(&file);
    }
    for (int k = 0; k < QUESTION_KINDS; k++) {
        test_case("%s", question_kind_name((enum question_kind)k));
        EXPECT(so_far.of[k] > 10 || k == QUESTION_LESSON);
    }
    printf("# %d questions, %d choices\n", so_far.questions, so_far.choices);
}

/* ---- nothing of what comes ---- */

static const char fork_in_the_road[] =
    "{'timeslice': 1, 'scheduler': {'policy': 'rr', 'quantum': 3},"
    " 'processes': [{'name': 'A', 'program': [{'pipe': 'p'}, {'cpu': 2},"
    "   {'write': 'p[1]', 'text': 'abc'}, {'read': 'p[0]', 'size': 10},"
    "   {'cpu': %d}, {'exit': 0}]},"
    "  {'name': 'B', 'arrival': 1, 'program': [{'cpu': 4}, %s]}]}";

/* Walks both runs side by side as long as they are the same. */
static int same_questions(const struct run *a, const struct run *b)
{
    struct world wa = {0}, wb = {0};
    struct prediction qa, qb;
    size_t pa = 0, pb = 0, end;
    int skip = 0, n = 0;
    world_init(&wa, a->scenario);
    world_init(&wb, b->scenario);
    for (;; n++) {
        bool more = question_next(&wa, a->trace, pa, skip, &everything,
                                  STEPS_ALL, &qa, &end) &&
                    question_next(&wb, b->trace, pb, skip, &everything,
                                  STEPS_ALL, &qb, &end);
        if (!more || qa.from != qb.from || qa.kind != qb.kind ||
            memcmp(wa.head, wb.head, sizeof *wa.head) != 0 ||
            qa.proc != qb.proc || qa.op != qb.op)
            break;
        EXPECT_EQ_INT(qa.choices, qb.choices);
        EXPECT(memcmp(qa.choice, qb.choice,
                      (size_t)qa.choices * sizeof *qa.choice) == 0);
        skip = qa.from == pa ? skip + 1 : 1;
        pa = pb = qa.from;
    }
    world_free(&wa);
    world_free(&wb);
    return n;
}

TEST("two runs that are the same so far are asked the same, in one order")
{
    static const char *const ends[] = {"{'sleep': 2}", "{'cpu': 3}",
                                       "{'exit': 1}", "{'yield': true}"};
    char file[2][700];
    int all = 0;
    for (int x = 0; x < 4; x++)
        for (int y = 0; y < 4; y++) {
            snprintf(file[0], sizeof file[0], fork_in_the_road, 1 + x, ends[x]);
            snprintf(file[1], sizeof file[1], fork_in_the_road, 1 + y, ends[y]);
            struct run a = run_quoted(file[0], 100);
            struct run b = run_quoted(file[1], 100);
            test_case("%s and %s", ends[x], ends[y]);
            int n = same_questions(&a, &b);
            EXPECT(n > 5);
            all += n;
            run_free(&a);
            run_free(&b);
        }
    EXPECT(all > 100);
}

/* ---- seldom ---- */

TEST("one in three is about a third, and the same ones each time")
{
    struct str file = {0};
    random_scenario(5, RANDOM_PIPES, &file);
    struct run r = run_json(str_text(&file), 300);
    NEED(r.sim);
    int of[2][2] = {{0}};
    for (int round = 0; round < 2; round++)
        for (int few = 0; few < 2; few++) {
            struct question_wish wish = {QUESTIONS_ALL, few ? 3 : 1};
            struct world w = {0};
            struct prediction q;
            size_t p = 0, end;
            int skip = 0;
            world_init(&w, r.scenario);
            while (question_next(&w, r.trace, p, skip, &wish, STEPS_ALL, &q,
                                 &end)) {
                skip = q.from == p ? skip + 1 : 1;
                p = q.from;
                of[round][few]++;
            }
            world_free(&w);
        }
    EXPECT_EQ_INT(of[0][0], of[1][0]);
    EXPECT_EQ_INT(of[0][1], of[1][1]);
    EXPECT(of[0][1] * 5 < of[0][0] * 3 && of[0][1] > 0);
    run_free(&r);
    str_free(&file);
}
