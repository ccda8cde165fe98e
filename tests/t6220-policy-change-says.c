/* t6220-policy-change-says.c: what is said when the user lets another policy
 * decide, and when that cannot be. */
#include "sim/model/explain.h"
#include "sim/model/replay.h"
#include "tests/run.h"
#include "tests/test.h"

static const char lesson[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rr\","
    " \"quantum\": 2}, \"processes\": [{\"name\": \"a\", \"bursts\": [5]},"
    " {\"name\": \"b\", \"bursts\": [4]}]}";

static int vary(struct scenario *sc, const char *policy, const char *key,
                const char *value)
{
    struct diag d = {0};
    struct override o[] = {{"scheduler.policy", policy}, {key, value}};
    int n = scenario_vary(sc, lesson, sizeof lesson - 1, o, key ? 2 : 1, &d);
    diag_free(&d);
    EXPECT(n > 0);
    return n;
}

/* The sentence of the user's last step. */
static const char *said(const struct sim *s, enum lang lang)
{
    static struct str out;
    const struct trace *tr = sim_trace(s);
    size_t p = tr->count;
    while (p > 0 && trace_at(tr, p - 1)->kind != EV_USER)
        p--;
    struct replay at;
    str_cut(&out, 0);
    replay_init(&at, sim_world(s)->scenario, tr);
    replay_seek(&at, p);
    explain_main(&at.world, tr, p, lang, &out);
    replay_free(&at);
    return str_text(&out);
}

TEST("another policy from now on: its name, its quantum, and a fresh start")
{
    struct diag d = {0};
    struct scenario *sc =
        scenario_read("x", lesson, sizeof lesson - 1, NULL, 0, &d);
    diag_free(&d);
    NEED(sc != NULL);
    int srtf = vary(sc, "\"srtf\"", NULL, NULL);
    int rr_3 = vary(sc, "\"rr\"", "scheduler.quantum", "3");
    struct sim *s = sim_new(sc);
    sim_advance(s, 1, 0);
    sim_act(s, ACTION_POLICY, srtf);
    EXPECT_EQ_STR(said(s, LANG_EN),
                  "From now on the user lets the policy srtf decide: everybody "
                  "is new to it.");
    EXPECT_EQ_STR(said(s, LANG_ZH),
                  "用户从此刻起改用策略 srtf：所有进程对它都是新来的。");
    sim_advance(s, 3, 0);
    sim_act(s, ACTION_POLICY, rr_3);
    EXPECT_EQ_STR(said(s, LANG_EN),
                  "From now on the user lets the policy rr decide, with a "
                  "quantum of 3 ticks: everybody is new to it.");
    EXPECT_EQ_STR(said(s, LANG_ZH),
                  "用户从此刻起改用策略 rr，时间片 3 个滴答："
                  "所有进程对它都是新来的。");
    sim_advance(s, 4, 0);
    sim_act(s, ACTION_POLICY,
            vary(sc, "\"priority\"", "scheduler.inherit", "true"));
    EXPECT_CONTAINS(said(s, LANG_EN), "the policy priority +inherit decide");
    EXPECT_CONTAINS(said(s, LANG_ZH), "改用策略 priority +inherit");
    sim_act(s, ACTION_POLICY, srtf);
    sim_advance(s, 100, 0);
    EXPECT_EQ_INT(sim_act(s, ACTION_POLICY, 0), REFUSED_STATE);
    EXPECT_EQ_STR(said(s, LANG_EN),
                  "The user wants the policy rr, but the run is over.");
    EXPECT_EQ_STR(said(s, LANG_ZH), "用户要求改用策略 rr，但运行已结束。");
    sim_free(s);
    scenario_free(sc);
}
