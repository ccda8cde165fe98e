/* t1011-offer.c: ops to choose from at a place of a program, put in, moved and
 * taken out again, in every lesson at every place. */
#include "cli/lessons.h"
#include "sim/scenario/offer.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

struct lesson_text {
    struct draft d;
    struct scenario *sc;
    struct arena a;
};

static bool open_lesson(struct lesson_text *l, const char *path)
{
    char part[4096];
    struct str text = {0};
    struct diag diag = {.file = "x"};
    FILE *f = fopen(path, "rb");
    *l = (struct lesson_text){.sc = NULL};
    if (!f)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        str_add_bytes(&text, part, n);
    fclose(f);
    draft_begin(&l->d, text.text, text.length);
    l->sc = scenario_read("x", text.text, text.length, NULL, 0, &diag);
    str_free(&text);
    diag_free(&diag);
    return l->sc != NULL;
}

static void close_lesson(struct lesson_text *l)
{
    scenario_free(l->sc);
    draft_free(&l->d);
    arena_free(&l->a);
}

/* The scenario after a change; NULL and the change is dropped. */
static struct scenario *after(struct lesson_text *l)
{
    struct diag diag = {.file = "x"};
    struct scenario *sc = scenario_read("x", str_text(&l->d.text),
                                        l->d.text.length, NULL, 0, &diag);
    diag_free(&diag);
    if (sc)
        draft_keep(&l->d);
    else
        draft_drop(&l->d);
    return sc;
}

static void add_c(const struct scenario *sc, int32_t pc, struct str *out)
{
    str_cut(out, 0);
    op_write_c(sc, &sc->ops[pc], NULL, out);
}

static bool offered(const struct offer *all, int n, enum verb verb)
{
    for (int i = 0; i < n; i++)
        if (all[i].verb == verb)
            return true;
    return false;
}

TEST("what is offered can be put in, and is there then as it was offered")
{
    struct lessons all = {0};
    lessons_find(&all);
    int tried = 0;
    for (int i = 0; i < all.count; i++) {
        struct lesson_text l;
        struct offer to[OP_COUNT];
        NEED(open_lesson(&l, all.all[i].path));
        int32_t step = l.sc->op_count / 4 + 1;
        for (int32_t pc = i % step; pc < l.sc->op_count; pc += step) {
            struct str before = {0}, c = {0};
            test_case("%s, op %d", all.all[i].name, (int)pc);
            str_add(&before, str_text(&l.d.text));
            int n = offers_at(&l.d, l.sc, pc, &l.a, to);
            EXPECT_EQ_STR(str_text(&l.d.text), before.text);
            for (int k = 0; k < n; k++) {
                draft_change(&l.d);
                EXPECT(draft_insert_op(&l.d, l.sc, pc, to[k].json));
                struct scenario *sc = after(&l);
                NEED(sc != NULL);
                int32_t at = draft_row(l.sc, pc);
                EXPECT_EQ_INT(sc->ops[at].verb, to[k].verb);
                add_c(sc, at, &c);
                EXPECT_EQ_STR(c.text, to[k].c);
                scenario_free(sc);
                draft_undo(&l.d);
                EXPECT_EQ_STR(str_text(&l.d.text), before.text);
                tried++;
            }
            str_free(&before);
            str_free(&c);
        }
        close_lesson(&l);
    }
    EXPECT(tried > 5000);
    lessons_free(&all);
}

TEST("what a program does already is offered there, and what needs nothing")
{
    static const enum verb always[] = {OP_cpu,    OP_sleep, OP_io,   OP_yield,
                                       OP_repeat, OP_set,   OP_exit, OP_signal,
                                       OP_pause,  OP_nice,  OP_pipe, OP_mkfifo,
                                       OP_msgget, OP_shmget, OP_semget};
    struct lessons all = {0};
    lessons_find(&all);
    for (int i = 0; i < all.count; i++) {
        struct lesson_text l;
        struct offer to[OP_COUNT];
        NEED(open_lesson(&l, all.all[i].path));
        for (int p = 0; p < l.sc->process_count && p < 4; p++) {
            const struct process_def *def = &l.sc->processes[p];
            int n = offers_at(&l.d, l.sc, def->end, &l.a, to);
            test_case("%s, %s", all.all[i].name, def->name);
            for (size_t k = 0; k < sizeof always / sizeof *always; k++)
                EXPECT(offered(to, n, always[k]));
            for (int32_t pc = def->first; pc < def->end; pc++)
                if (l.sc->ops[pc].verb != OP_end && l.sc->ops[pc].depth == 0)
                    EXPECT(offered(to, n, (enum verb)l.sc->ops[pc].verb));
        }
        close_lesson(&l);
    }
    lessons_free(&all);
}

TEST("of a pipe the ends are offered that fit, of objects those there are")
{
    static const struct {
        const char *lesson;
        enum verb verb;
        const char *c;
    } cases[] = {
        {"pipe-one-way", OP_dup, "fd = dup(p[0]);"},
        {"five-states", OP_pipe, "pipe(p);"},
        {"five-states", OP_msgget, "q = msgget(IPC_PRIVATE, IPC_CREAT|0600);"},
        {"five-states", OP_semget,
         "s = semget(IPC_PRIVATE, 1, IPC_CREAT|0600);"},
    };
    struct lessons all = {0};
    lessons_find(&all);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lesson_text l;
        struct offer to[OP_COUNT];
        NEED(open_lesson(&l, lesson_named(&all, cases[i].lesson)->path));
        int n = offers_at(&l.d, l.sc, 1, &l.a, to);
        const char *c = "";
        for (int k = 0; k < n; k++)
            if (to[k].verb == cases[i].verb)
                c = to[k].c;
        EXPECT_EQ_STR(c, cases[i].c);
        EXPECT(!offered(to, n, OP_read) || cases[i].verb == OP_dup);
        close_lesson(&l);
    }
    lessons_free(&all);
}

TEST("an op that is moved is the same one, and back again all is as it was")
{
    struct lessons all = {0};
    int moved = 0;
    lessons_find(&all);
    for (int i = 0; i < all.count; i++) {
        struct lesson_text l;
        NEED(open_lesson(&l, all.all[i].path));
        for (int32_t pc = 0; pc < l.sc->op_count; pc++)
            for (int by = -1; by <= 1; by += 2) {
                struct str c = {0}, now = {0};
                int32_t to = -1, back = -1;
                test_case("%s, op %d by %d", all.all[i].name, (int)pc, by);
                draft_change(&l.d);
                if (!draft_move_op(&l.d, l.sc, pc, by, &to)) {
                    draft_drop(&l.d);
                    continue;
                }
                struct scenario *sc = after(&l);
                if (!sc)
                    continue; /* before what makes its variable, say */
                add_c(l.sc, pc, &c);
                add_c(sc, to, &now);
                EXPECT_EQ_STR(now.text, c.text);
                draft_change(&l.d);
                EXPECT(draft_move_op(&l.d, sc, to, -by, &back));
                EXPECT_EQ_INT(back, pc);
                draft_drop(&l.d);
                draft_undo(&l.d);
                scenario_free(sc);
                str_free(&c);
                str_free(&now);
                moved++;
            }
        close_lesson(&l);
    }
    EXPECT(moved > 500);
    lessons_free(&all);
}

TEST("what is typed becomes the JSON that its argument takes")
{
    static const struct {
        enum verb verb;
        const char *key, *typed, *json;
    } cases[] = {
        {OP_cpu, "cpu", "5", "5"},
        {OP_cpu, "cpu", "five", "\"five\""},
        {OP_repeat, "repeat", "forever", "\"forever\""},
        {OP_write, "text", "5", "\"5\""},
        {OP_write, "text", "a \"b\"\\", "\"a \\\"b\\\"\\\\\""},
        {OP_set, "value", "i", "\"i\""},
        {OP_set, "value", "-2", "-2"},
        {OP_kill, "sig", "0", "\"0\""},
        {OP_msgget, "key", "{\"ftok\": [\"./f\", \"a\"]}",
         "{\"ftok\": [\"./f\", \"a\"]}"},
        {OP_msgget, "key", "IPC_PRIVATE", "\"IPC_PRIVATE\""},
        {OP_cpu, "cpu", "", "\"\""},
        {OP_write, "cost", "2", "2"},
        {OP_write, "note", "2", "\"2\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct op_field f[OP_FIELDS_MOST];
        struct str json = {0};
        int n = op_fields(cases[i].verb, f), at = 0;
        while (at < n && strcmp(f[at].key, cases[i].key) != 0)
            at++;
        NEED(at < n);
        op_field_json(&f[at], cases[i].typed, &json);
        EXPECT_EQ_STR(str_text(&json), cases[i].json);
        str_free(&json);
    }
}
