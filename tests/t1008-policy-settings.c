/* t1008-policy-settings.c: the keys of a policy as values to be changed: there
 * is one for each, and what they are set to is what the loader reads. */
#include "sim/scenario/load.h"
#include "sim/scenario/policy_settings.h"
#include "tests/test.h"

#include <string.h>

static const char file[] =
    "{\"timeslice\": 1, \"title\": \"x\", \"machine\": {\"cpus\": 2},"
    " \"scheduler\": {\"policy\": \"fcfs\"},"
    " \"processes\": [{\"name\": \"A\", \"period\": 9, \"jobs\": 1,"
    "  \"bursts\": [1]}]}";

static struct scenario *read_under(const struct override *o, int count)
{
    struct diag d = {.lang = LANG_EN, .file = "x"};
    struct str complaints = {0};
    struct scenario *sc = scenario_read("x", file, strlen(file), o, count, &d);
    diag_write(&d, &complaints);
    EXPECT_EQ_STR(str_text(&complaints), "");
    str_free(&complaints);
    diag_free(&d);
    return sc;
}

/* What the file makes of policy number `p`, with some keys that are not given:
 * so that their parts can be changed. */
static struct scheduler plain(int p)
{
    struct arena a = {0};
    struct override o[3] = {
        {"scheduler.policy", arena_printf(&a, "\"%s\"", policies[p].name)}};
    int n = 1;
    if (word_place(policies[p].keys, "aging", 5) >= 0)
        o[n++] = (struct override){"scheduler.aging",
                                   "{\"every\": 3, \"by\": 2}"};
    if (word_place(policies[p].keys, "estimate", 8) >= 0)
        o[n++] = (struct override){"scheduler.estimate", "{\"alpha\": 0.3}"};
    o[n++] = (struct override){"scheduler.queues", "\"per-cpu\""};
    struct scenario *sc = read_under(o, n);
    struct scheduler s = sc->scheduler;
    s.draws = NULL;
    scenario_free(sc);
    arena_free(&a);
    return s;
}

TEST("every key that a policy takes has one row")
{
    for (int p = 0; p < POLICY_COUNT; p++) {
        struct setting all[SETTINGS_MOST];
        struct scheduler s = plain(p);
        s.draw_count = 1;
        int n = settings_of(&s, all);
        struct str keys = {0};
        str_addf(&keys, "%s %s", policies[p].keys, policy_keys);
        const char *k = str_text(&keys);
        for (k += strspn(k, " "); *k; k += strspn(k, " ")) {
            int length = (int)strcspn(k, " ");
            int rows = strncmp(k, "policy ", 7) == 0;
            for (int i = 0; i < n; i++)
                rows += !all[i].part && (int)strlen(all[i].key) == length &&
                        strncmp(all[i].key, k, (size_t)length) == 0;
            test_case("%s: %.*s", policies[p].name, length, k);
            EXPECT_EQ_INT(rows, 1);
            k += length;
        }
        str_free(&keys);
    }
}

TEST("what is changed and written the loader reads as it was set")
{
    for (int p = 0; p < POLICY_COUNT; p++) {
        struct setting all[SETTINGS_MOST];
        struct scheduler before = plain(p);
        int n = settings_of(&before, all);
        for (int i = 0; i < n; i++)
            for (int by = -1; by <= 1; by += 2) {
                struct scheduler wish = before;
                struct arena a = {0};
                struct override o[SETTINGS_MOST];
                setting_step(&wish, &all[i], by);
                struct scenario *sc =
                    read_under(o, settings_overrides(&wish, &a, o));
                test_case("%s: %s %s, level %d, by %d", before.policy,
                          all[i].key, all[i].part ? all[i].part : "",
                          all[i].level, by);
                NEED(sc != NULL);
                EXPECT(settings_same(&sc->scheduler, &wish));
                EXPECT_EQ_INT(setting_value(&sc->scheduler, &all[i]),
                              setting_value(&wish, &all[i]));
                bool moved = setting_value(&wish, &all[i]) !=
                             setting_value(&before, &all[i]);
                EXPECT(moved || by < 0); /* some are at their least */
                EXPECT_EQ_INT(settings_same(&before, &wish), !moved);
                scenario_free(sc);
                arena_free(&a);
            }
    }
}

static const struct setting *find(const struct setting *all, int n,
                                  const char *key, const char *part)
{
    for (int i = 0; i < n; i++)
        if (strcmp(all[i].key, key) == 0 && !all[i].part == !part &&
            (!part || strcmp(all[i].part, part) == 0))
            return &all[i];
    return NULL;
}

TEST("values keep to their bounds, however far they are to go")
{
    for (int p = 0; p < POLICY_COUNT; p++) {
        struct setting all[SETTINGS_MOST];
        struct scheduler s = plain(p);
        int n = settings_of(&s, all);
        for (int i = 0; i < n; i++)
            for (int far = -1; far <= 1; far += 2) {
                struct scheduler wish = s;
                if (all[i].kind == SETTING_YES_NO)
                    continue;
                for (int k = 0; k < 40; k++)
                    setting_step(&wish, &all[i], far * (TICK_MAX / 2));
                test_case("%s: %s %s", s.policy, all[i].key,
                          all[i].part ? all[i].part : "");
                tick least = all[i].kind == SETTING_OR_NONE ? 0 : all[i].low;
                EXPECT_EQ_INT(setting_value(&wish, &all[i]),
                              far < 0 ? least : all[i].high);
            }
    }
}

TEST("a level more has twice the quantum of the one above; a quantum comes back")
{
    struct setting all[SETTINGS_MOST];
    struct scheduler s = plain(POLICY_mlfq);
    int n = settings_of(&s, all);
    EXPECT_EQ_INT(s.levels, 3);
    setting_step(&s, find(all, n, "levels", NULL), 2);
    EXPECT_EQ_INT(s.levels, 5);
    EXPECT_EQ_INT(s.level[4].quantum, 4 * s.level[2].quantum);
    struct scheduler x = plain(POLICY_xv6);
    n = settings_of(&x, all);
    const struct setting *quantum = find(all, n, "quantum", NULL);
    EXPECT_EQ_INT(x.quantum, 1);
    setting_step(&x, quantum, -1);
    EXPECT_EQ_INT(x.quantum, 0);
    setting_step(&x, quantum, 1);
    EXPECT_EQ_INT(x.quantum, 1);
    setting_step(&x, quantum, -1);
    setting_step(&x, quantum, 10);
    EXPECT_EQ_INT(x.quantum, 10);
}

/* The name of policy `p` after steps of these keys, "key part". */
static const char *name_after(enum policy_name p, const char *key,
                              const char *part, tick by)
{
    static struct str name;
    struct setting all[SETTINGS_MOST];
    struct scheduler base = plain((int)p), s = base;
    int n = settings_of(&s, all);
    setting_step(&s, find(all, n, key, part), by);
    str_cut(&name, 0);
    settings_name(&s, &base, &name);
    return str_text(&name);
}

TEST("a name says the quantum, and what is not as it is in the file")
{
    EXPECT_EQ_STR(name_after(POLICY_rr, "quantum", NULL, 1), "rr 5");
    EXPECT_EQ_STR(name_after(POLICY_priority, "inherit", NULL, 1),
                  "priority +inherit");
    EXPECT_EQ_STR(name_after(POLICY_priority, "preemptive", NULL, 1),
                  "priority -preemptive");
    EXPECT_EQ_STR(name_after(POLICY_priority, "aging", NULL, 1),
                  "priority -aging");
    EXPECT_EQ_STR(name_after(POLICY_priority, "aging", "every", 1),
                  "priority +aging 4/2");
    EXPECT_EQ_STR(name_after(POLICY_sjf, "estimate", "alpha", 1),
                  "sjf +estimate 0.35/10");
    EXPECT_EQ_STR(name_after(POLICY_mlfq, "levels", "allotment", 9),
                  "mlfq 4 levels 4(9)/8/16");
    EXPECT_EQ_STR(name_after(POLICY_mlfq, "boost", NULL, 20),
                  "mlfq 4 boost 20");
    EXPECT_EQ_STR(name_after(POLICY_fcfs, "queues", NULL, 1), "fcfs shared");
    EXPECT_EQ_STR(name_after(POLICY_eevdf, "slice", NULL, 2), "eevdf 5");
    EXPECT_EQ_STR(name_after(POLICY_cfs, "latency", NULL, -4),
                  "cfs latency 20");
}

TEST("a policy beside the file's own has its quantum, and levels of it")
{
    struct scheduler own = plain(POLICY_rr), to;
    own.quantum = 3;
    settings_under(&own, POLICY_stride, &to);
    EXPECT_EQ_INT(to.quantum, 3);
    EXPECT_EQ_STR(to.policy, "stride");
    settings_under(&own, POLICY_mlfq, &to);
    EXPECT_EQ_INT(to.levels, 3);
    EXPECT_EQ_INT(to.level[2].quantum, 12);
    settings_under(&own, POLICY_fcfs, &to);
    EXPECT_EQ_INT(to.quantum, 0);
}
