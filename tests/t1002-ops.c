/* t1002-ops.c: the tables of the language, and the C that ops stand for. */
#include "sim/scenario/load.h"
#include "tests/test.h"

#include <stdlib.h>

TEST("every argument name is in keys.def, and nothing else is")
{
    static const char *const keys[] = {
#define KEY(name) #name,
#include "sim/scenario/keys.def"
#undef KEY
    };
    bool used[KEY_COUNT] = {false};
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        const struct op_about *about = op_about((enum verb)v);
        EXPECT(about->args >= 1);
        EXPECT_EQ_STR(about->arg[0].name, about->name);
        for (int i = 0; i < about->args; i++) {
            test_case("%s %s", about->name, about->arg[i].name);
            used[about->arg[i].key] = true;
            EXPECT_EQ_STR(keys[about->arg[i].key], about->arg[i].name);
        }
    }
    for (int k = 0; k < KEY_COUNT; k++) {
        test_case("%s", keys[k]);
        EXPECT(used[k]);
    }
}

TEST("verbs are found by name, and no argument is called like a verb")
{
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        const struct op_about *about = op_about((enum verb)v);
        EXPECT_EQ_INT(op_named(about->name), v);
        EXPECT(about->about.in[LANG_EN] && about->about.in[LANG_ZH]);
        for (int i = 1; i < about->args; i++) {
            test_case("%s %s", about->name, about->arg[i].name);
            EXPECT_EQ_INT(op_named(about->arg[i].name), OP_end);
        }
    }
    EXPECT_EQ_INT(op_named(""), OP_end);
    EXPECT_EQ_INT(op_named("reed"), OP_end);
    EXPECT_EQ_INT(op_named("rea"), OP_end);
}

TEST("an argument is found in its slot")
{
    struct op op = {.verb = OP_msgsnd, .arg = {1, 2, 3, 4, 5}};
    EXPECT_EQ_INT(op_arg(&op, KEY_msgsnd), 1);
    EXPECT_EQ_INT(op_arg(&op, KEY_type), 2);
    EXPECT_EQ_INT(op_arg(&op, KEY_flags), 5);
}

TEST("signals have Linux's numbers and what they do")
{
    EXPECT_EQ_INT(signal_number("SIGPIPE"), 13);
    EXPECT_EQ_STR(signal_name(9), "SIGKILL");
    EXPECT(signal_name(31) == NULL);
    EXPECT_EQ_INT(signal_number("SIGFOO"), 0);
    EXPECT_EQ_INT(signal_default(17), SIG_DOES_IGNORE);
    EXPECT_EQ_INT(signal_default(19), SIG_DOES_STOP);
    EXPECT_EQ_INT(signal_default(18), SIG_DOES_CONT);
    EXPECT_EQ_INT(signal_default(13), SIG_DOES_TERM);
}

TEST("every verb has the C statement that a student would write")
{
    size_t length = 0;
    char *text = test_read_file("tests/fuzz/loader/all-verbs.json", &length);
    char *want = test_read_file("tests/golden/all-verbs.c.txt", NULL);
    struct diag d = {0};
    struct scenario *sc = scenario_read("t.json", text, length, NULL, 0, &d);
    struct str said = {0}, c = {0};
    diag_write(&d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    bool seen[OP_COUNT] = {false};
    for (int i = 0; sc && i < sc->op_count; i++) {
        seen[sc->ops[i].verb] = true;
        op_write_c(sc, &sc->ops[i], NULL, &c);
        str_add_char(&c, '\n');
    }
    EXPECT_EQ_STR(str_text(&c), want);
    for (int v = 0; v < OP_COUNT; v++) {
        test_case("%s", op_about((enum verb)v)->name);
        EXPECT(seen[v]);
    }
    scenario_free(sc);
    diag_free(&d);
    str_free(&said);
    str_free(&c);
    free(text);
    free(want);
}

TEST("what a verb is in C, and what it gives")
{
    EXPECT_EQ_INT(op_about(OP_sleep)->call, CALL_OWN);
    EXPECT_EQ_INT(op_about(OP_exit)->call, CALL_LIBRARY);
    EXPECT_EQ_INT(op_about(OP_end)->call, CALL_LIBRARY);
    EXPECT_EQ_INT(op_about(OP_fork)->call, CALL_PROCESS);
    EXPECT_EQ_INT(op_about(OP_wait)->call, CALL_PROCESS);
    EXPECT_EQ_INT(op_about(OP_read)->call, CALL_BYTES);
    EXPECT_EQ_INT(op_about(OP_write)->call, CALL_NUMBER);
    EXPECT_EQ_INT(op_about(OP_yield)->call, CALL_NUMBER);
}
