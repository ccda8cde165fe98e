/* t2001-states.c: the state table, every cell of it, against the list of
 * arrows that the textbooks and SCENARIO.md draw. */
#include "sim/model/state.h"
#include "tests/test.h"

static const struct {
    const char *from, *arrow, *to;
} arrows[] = {
    {"new", "admit", "ready"},
    {"new", "kill", "terminated"},
    {"ready", "dispatch", "running"},
    {"ready", "suspend", "ready-suspended"},
    {"ready", "kill", "terminated"},
    {"running", "slice over", "ready"},
    {"running", "preempt", "ready"},
    {"running", "yield", "ready"},
    {"running", "wait", "blocked"},
    {"running", "exit", "terminated"},
    {"running", "kill", "terminated"},
    {"running", "suspend", "ready-suspended"},
    {"blocked", "wake up", "ready"},
    {"blocked", "suspend", "blocked-suspended"},
    {"blocked", "kill", "terminated"},
    {"ready-suspended", "activate", "ready"},
    {"ready-suspended", "wait again", "blocked"},
    {"ready-suspended", "kill", "terminated"},
    {"blocked-suspended", "activate", "blocked"},
    {"blocked-suspended", "wake up", "ready-suspended"},
    {"blocked-suspended", "kill", "terminated"},
};

static const char *drawn(const char *from, const char *arrow)
{
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (strcmp(arrows[i].from, from) == 0 &&
            strcmp(arrows[i].arrow, arrow) == 0)
            return arrows[i].to;
    return "nowhere";
}

TEST("every arrow leads where it is drawn, and there are no others")
{
    size_t found = 0;
    for (int s = 0; s < STATE_COUNT; s++)
        for (int t = 0; t < TRANSITION_COUNT; t++) {
            const char *from = state_name((enum state)s);
            const char *arrow = transition_name((enum transition)t);
            enum state to = state_after((enum state)s, (enum transition)t);
            test_case("%s, %s", from, arrow);
            EXPECT_EQ_STR(to == NOWHERE ? "nowhere" : state_name(to),
                          drawn(from, arrow));
            found += to != NOWHERE;
        }
    EXPECT_EQ_INT(found, sizeof arrows / sizeof *arrows);
}

TEST("nothing leads out of terminated, and nothing back to new")
{
    for (int s = 0; s < STATE_COUNT; s++)
        for (int t = 0; t < TRANSITION_COUNT; t++) {
            enum state to = state_after((enum state)s, (enum transition)t);
            test_case("%d, %d", s, t);
            EXPECT(s != TERMINATED || to == NOWHERE);
            EXPECT(to != NEW);
        }
}

TEST("every state but terminated can be killed")
{
    for (int s = 0; s < STATE_COUNT; s++) {
        test_case("%s", state_name((enum state)s));
        EXPECT_EQ_INT(state_after((enum state)s, T_KILL),
                      s == TERMINATED ? NOWHERE : TERMINATED);
    }
}

TEST("states and arrows have names of their own in every language")
{
    for (int l = 0; l < LANG_COUNT; l++)
        for (int a = 0; a < STATE_COUNT; a++)
            for (int b = 0; b < a; b++)
                EXPECT(strcmp(state_title((enum state)a, (enum lang)l),
                              state_title((enum state)b, (enum lang)l)) != 0);
    for (int l = 0; l < LANG_COUNT; l++)
        for (int a = 0; a < TRANSITION_COUNT; a++)
            for (int b = 0; b < a; b++)
                EXPECT(strcmp(transition_title((enum transition)a,
                                               (enum lang)l),
                              transition_title((enum transition)b,
                                               (enum lang)l)) != 0);
    EXPECT_EQ_STR(state_title(READY_SUSPENDED, LANG_ZH), "就绪挂起");
    EXPECT_EQ_STR(transition_title(T_SLICE_OVER, LANG_ZH), "时间片到");
}
