/* t1010-draft.c: a scenario's text changed in its place.
 *
 * What a change should make of a file is worked out a second time, on cJSON's
 * tree, which knows nothing of places: both must be the same value. */
#include "cli/lessons.h"
#include "sim/base/rng.h"
#include "sim/scenario/draft.h"
#include "sim/scenario/policy_settings.h"
#include "tests/run.h"
#include "tests/test.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static struct scenario *read_draft(const struct draft *d, bool *fine)
{
    struct diag diag = {.file = "x"};
    struct scenario *sc = scenario_read("x", str_text(&d->text), d->text.length,
                                        NULL, 0, &diag);
    *fine = sc != NULL;
    diag_free(&diag);
    return sc;
}

static void begin(struct draft *d, const char *quoted)
{
    struct str text = {0};
    str_add(&text, quoted);
    for (char *p = text.text; (p = strchr(p, '\'')); p++)
        *p = '"';
    draft_begin(d, text.text, text.length);
    draft_change(d);
    str_free(&text);
}

static void expect_text(const struct draft *d, const char *quoted)
{
    struct str text = {0};
    str_add(&text, str_text(&d->text));
    for (char *p = text.text; (p = strchr(p, '"')); p++)
        *p = '\'';
    EXPECT_EQ_STR(text.text, quoted);
    str_free(&text);
}

TEST("a value is changed where it stands, and all around it stays")
{
    struct draft d;
    begin(&d, "{ 'a':[ 1.50,2 ] ,\n\t'//': 'x', 'b' : {'c':'d'}}");
    EXPECT(draft_set(&d, "/a/1", "30"));
    EXPECT(draft_set(&d, "/b/c", "true"));
    EXPECT(!draft_set(&d, "/c/d", "1"));
    EXPECT(!draft_set(&d, "/a/2", "1"));
    EXPECT(!draft_set(&d, "/a/x", "1"));
    expect_text(&d, "{ 'a':[ 1.50,30 ] ,\n\t'//': 'x', 'b' : {'c':true}}");
    draft_keep(&d);
    EXPECT(draft_undo(&d) && !draft_undo(&d));
    expect_text(&d, "{ 'a':[ 1.50,2 ] ,\n\t'//': 'x', 'b' : {'c':'d'}}");
    EXPECT(draft_redo(&d) && !draft_redo(&d));
    expect_text(&d, "{ 'a':[ 1.50,30 ] ,\n\t'//': 'x', 'b' : {'c':true}}");
    draft_free(&d);
}

TEST("what is new stands as its neighbours do")
{
    static const struct {
        const char *before, *list;
        int index;
        const char *after;
    } cases[] = {
        {"{'p': []}", "/p", 0, "{'p': [7]}"},
        {"{'p': [1]}", "/p", 1, "{'p': [1, 7]}"},
        {"{'p': [1]}", "/p", 0, "{'p': [7, 1]}"},
        {"{'p': [1,2]}", "/p", 1, "{'p': [1,7,2]}"},
        {"{'p': [\n  1,\n  2]}", "/p", 1, "{'p': [\n  1,\n  7,\n  2]}"},
        {"{'p': [\n  1,\n  2\n]}", "/p", 2, "{'p': [\n  1,\n  2,\n  7\n]}"},
        {"{'p': [1,\n  2]}", "/p", 0, "{'p': [7,\n  1,\n  2]}"},
        {"{'p': [1, 2, 3]}", "/p", 9, "{'p': [1, 2, 3, 7]}"},
        {"{'p': [1, 2, 3, 4]}", "/p", 2, "{'p': [1, 2, 7, 3, 4]}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft d;
        test_case("%s", cases[i].before);
        begin(&d, cases[i].before);
        EXPECT(draft_insert(&d, cases[i].list, cases[i].index, "7"));
        expect_text(&d, cases[i].after);
        draft_drop(&d);
        expect_text(&d, cases[i].before);
        draft_free(&d);
    }
}

TEST("what goes takes its comma along")
{
    static const struct {
        const char *before, *pointer, *after;
    } cases[] = {
        {"[1, 2, 3]", "/0", "[2, 3]"},
        {"[1, 2, 3]", "/1", "[1, 3]"},
        {"[1, 2, 3]", "/2", "[1, 2]"},
        {"[1]", "/0", "[]"},
        {"{'a': 1, 'b': {'c': [1]}}", "/b", "{'a': 1}"},
        {"{'a': 1, 'b': 2}", "/a", "{'b': 2}"},
        {"{\n 'a': 1,\n 'b': 2\n}", "/b", "{\n 'a': 1\n}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft d;
        test_case("%s %s", cases[i].before, cases[i].pointer);
        begin(&d, cases[i].before);
        EXPECT(draft_remove(&d, cases[i].pointer));
        EXPECT(!draft_remove(&d, "/9"));
        expect_text(&d, cases[i].after);
        draft_drop(&d);
        draft_free(&d);
    }
}

TEST("a key may be written with escapes, a pointer too")
{
    struct draft d;
    begin(&d, "{'\\u0061': 1, 'x/y': 2, 'q\\\\': [']', '\\\\', 3]}");
    EXPECT(draft_set(&d, "/a", "5"));
    EXPECT(draft_set(&d, "/x~1y", "6"));
    EXPECT(draft_set(&d, "/q\\/2", "7"));
    expect_text(&d, "{'\\u0061': 5, 'x/y': 6, 'q\\\\': [']', '\\\\', 7]}");
    draft_drop(&d);
    draft_free(&d);
}

TEST("bursts become the program that they stand for, and run the same")
{
    static const char json[] =
        "{'timeslice': 1, 'scheduler': {'policy': 'rr'}, 'processes': [\n"
        " {'name': 'A', 'bursts': [5, 3,2], 'arrival': 1},\n"
        " {'name': 'B', 'bursts': [7]}]}";
    struct draft d;
    struct run before = run_quoted(json, 100);
    struct str gantt = {0};
    str_add(&gantt, run_gantt(&before, 0));
    begin(&d, json);
    EXPECT(draft_unfold(&d, 0));
    expect_text(&d,
        "{'timeslice': 1, 'scheduler': {'policy': 'rr'}, 'processes': [\n"
        " {'name': 'A', 'program': [{'cpu': 5}, {'io': 3}, {'cpu': 2}], "
        "'arrival': 1},\n"
        " {'name': 'B', 'bursts': [7]}]}");
    draft_keep(&d);
    struct run after = run_json(d.text.text, 100);
    NEED(after.scenario);
    EXPECT_EQ_STR(run_gantt(&after, 0), gantt.text);
    str_free(&gantt);
    run_free(&before);
    run_free(&after);
    draft_free(&d);
}

TEST("a process is renamed wherever it is named, and nowhere else")
{
    static const char json[] =
        "{'timeslice': 1, 'title': 'kid', 'processes': ["
        "{'name': 'top', 'program': [{'fork': 'kid', 'note': 'kid'},"
        " {'fork': 'kid'}, {'kill': 'kid.2'}, {'wait': 'kid'},"
        " {'repeat': 2, 'as': 'kid', 'do': [{'wait': 'any'}]}]},"
        "{'name': 'kid', 'program': [{'cpu': 1}]},"
        "{'name': 'kid.2x', 'program': [{'cpu': 1}]}],"
        "'actions': [{'at': 1, 'kill': 'kid'}],"
        "'expect': {'processes': {'kid': {'exit': 0}}}}";
    struct draft d;
    struct run before = run_quoted(
        "{'timeslice': 1, 'processes': [{'name': 'top', 'program': []},"
        " {'name': 'kid', 'program': [{'cpu': 1}]}]}", 9);
    begin(&d, json);
    EXPECT(draft_rename(&d, before.scenario, 1, "son"));
    expect_text(&d,
        "{'timeslice': 1, 'title': 'kid', 'processes': ["
        "{'name': 'top', 'program': [{'fork': 'son', 'note': 'kid'},"
        " {'fork': 'son'}, {'kill': 'son.2'}, {'wait': 'son'},"
        " {'repeat': 2, 'as': 'kid', 'do': [{'wait': 'any'}]}]},"
        "{'name': 'son', 'program': [{'cpu': 1}]},"
        "{'name': 'kid.2x', 'program': [{'cpu': 1}]}],"
        "'actions': [{'at': 1, 'kill': 'son'}],"
        "'expect': {'processes': {'son': {'exit': 0}}}}");
    draft_drop(&d);
    run_free(&before);
    draft_free(&d);
}

TEST("saved is what was saved, whatever was taken back and done anew")
{
    struct draft d;
    begin(&d, "[1]");
    draft_drop(&d);
    EXPECT(!draft_differs(&d));
    for (int i = 0; i < 3; i++) {
        draft_change(&d);
        draft_set(&d, "/0", i == 0 ? "2" : i == 1 ? "3" : "4");
        draft_keep(&d);
    }
    draft_set_saved(&d);
    EXPECT(!draft_differs(&d));
    draft_undo(&d);
    EXPECT(draft_differs(&d));
    draft_redo(&d);
    EXPECT(!draft_differs(&d));
    draft_undo(&d);
    draft_undo(&d);
    draft_change(&d);
    draft_set(&d, "/0", "9"); /* as many changes as when it was saved … */
    draft_keep(&d);
    draft_change(&d);
    draft_set(&d, "/0", "8");
    draft_keep(&d);
    EXPECT(draft_differs(&d)); /* … but others */
    draft_free(&d);
}

/* ---- every lesson, random changes, and the tree beside it ---- */

struct pair {
    struct draft d;
    cJSON *tree;
    uint64_t dice;
};

static int roll(struct pair *p, int n)
{
    return (int)rng_below(&p->dice, (uint64_t)n);
}

static cJSON *list_of(cJSON *tree, const char *pointer)
{
    cJSON *at = tree;
    for (const char *p = pointer; at && *p;) {
        char step[64];
        int n = 0;
        sscanf(p, "/%63[^/]%n", step, &n);
        p += n;
        at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, (int)strtol(step, NULL, 10))
                               : cJSON_GetObjectItemCaseSensitive(at, step);
    }
    return at;
}

static void unfold_tree(cJSON *tree, int process)
{
    cJSON *p = cJSON_GetArrayItem(list_of(tree, "/processes"), process);
    cJSON *bursts = cJSON_DetachItemFromObjectCaseSensitive(p, "bursts");
    if (!bursts)
        return;
    cJSON *program = cJSON_AddArrayToObject(p, "program");
    int i = 0;
    for (const cJSON *c = bursts->child; c; c = c->next) {
        cJSON *op = cJSON_CreateObject();
        cJSON_AddNumberToObject(op, i++ % 2 ? "io" : "cpu", c->valuedouble);
        cJSON_AddItemToArray(program, op);
    }
    cJSON_Delete(bursts);
}

/* cJSON_InsertItemInArray loses items in some versions. */
static void put_at(cJSON *list, int index, cJSON *item)
{
    int n = cJSON_GetArraySize(list);
    for (int i = 0; i < n; i++) {
        if (i == index)
            cJSON_AddItemToArray(list, item);
        cJSON_AddItemToArray(list, cJSON_DetachItemFromArray(list, 0));
    }
    if (index >= n)
        cJSON_AddItemToArray(list, item);
}

/* An op put in, taken out, or exchanged with the next one, anywhere. */
static void change_program(struct pair *p, const struct scenario *sc)
{
    int process = roll(p, sc->process_count);
    const struct process_def *def = &sc->processes[process];
    int32_t pc = def->first + roll(p, def->end - def->first + 1);
    struct draft_spot spot;
    char pointer[DRAFT_POINTER_MOST + 16];
    EXPECT(draft_unfold(&p->d, process));
    unfold_tree(p->tree, process);
    NEED(draft_spot(&p->d, sc, pc, &spot));
    cJSON *list = list_of(p->tree, spot.list);
    NEED(cJSON_IsArray(list));
    EXPECT_EQ_INT(spot.count, cJSON_GetArraySize(list));
    int what = roll(p, 3);
    if (what == 0) {
        EXPECT(draft_insert(&p->d, spot.list, spot.index, "{\"cpu\": 3}"));
        cJSON *op = cJSON_CreateObject();
        cJSON_AddNumberToObject(op, "cpu", 3);
        put_at(list, spot.index, op);
    } else if (what == 1 && spot.index < spot.count) {
        snprintf(pointer, sizeof pointer, "%s/%d", spot.list, spot.index);
        EXPECT(draft_remove(&p->d, pointer));
        cJSON_DeleteItemFromArray(list, spot.index);
    } else if (spot.index + 1 < spot.count) {
        EXPECT(draft_exchange(&p->d, spot.list, spot.index));
        cJSON *one = cJSON_DetachItemFromArray(list, spot.index);
        put_at(list, spot.index + 1, one);
    }
}

static void change_process(struct pair *p, const struct scenario *sc)
{
    static const char *const keys[] = {"priority", "arrival", "tickets"};
    int process = roll(p, sc->process_count);
    const char *key = keys[roll(p, 3)];
    int n = roll(p, 20) + 1;
    char pointer[64], value[16];
    snprintf(pointer, sizeof pointer, "/processes/%d/%s", process, key);
    snprintf(value, sizeof value, "%d", n);
    EXPECT(draft_set(&p->d, pointer, value));
    cJSON *it = cJSON_GetArrayItem(list_of(p->tree, "/processes"), process);
    cJSON_DeleteItemFromObjectCaseSensitive(it, key);
    cJSON_AddNumberToObject(it, key, n);
}

static void add_process(struct pair *p, const struct scenario *sc)
{
    int like = roll(p, sc->process_count), arrival = roll(p, 9) + 1;
    char pointer[64];
    struct str name = {0};
    EXPECT(draft_add_process(&p->d, sc, like, arrival));
    snprintf(pointer, sizeof pointer, "/processes/%d/name", sc->process_count);
    draft_show(&p->d, pointer, &name);
    EXPECT(scenario_process(sc, str_text(&name)) < 0);
    cJSON *all = list_of(p->tree, "/processes");
    cJSON *it = cJSON_Duplicate(cJSON_GetArrayItem(all, like), true);
    cJSON_ReplaceItemInObjectCaseSensitive(it, "name",
                                           cJSON_CreateString(name.text));
    cJSON_DeleteItemFromObjectCaseSensitive(it, "arrival");
    cJSON_AddNumberToObject(it, "arrival", arrival);
    cJSON_AddItemToArray(all, it);
    str_free(&name);
}

/* Returns whether the loader takes the result; else it is as it was. */
static bool change(struct pair *p, struct scenario **sc)
{
    bool fine;
    cJSON *before = cJSON_Parse(str_text(&p->d.text));
    int what = roll(p, 6);
    draft_change(&p->d);
    if (what == 0)
        add_process(p, *sc);
    else if (what < 3)
        change_process(p, *sc);
    else
        change_program(p, *sc);
    cJSON *tree = cJSON_Parse(str_text(&p->d.text));
    EXPECT(tree && cJSON_Compare(tree, p->tree, true));
    cJSON_Delete(tree);
    struct scenario *next = read_draft(&p->d, &fine);
    if (fine) {
        scenario_free(*sc);
        *sc = next;
        draft_keep(&p->d);
        cJSON_Delete(before);
    } else {
        draft_drop(&p->d);
        cJSON_Delete(p->tree);
        p->tree = before;
    }
    return fine;
}

static int change_lesson(const char *text, size_t length, uint64_t seed)
{
    struct pair p = {.dice = seed};
    int kept = 0;
    bool fine;
    draft_begin(&p.d, text, length);
    p.tree = cJSON_Parse(text);
    struct scenario *sc = read_draft(&p.d, &fine);
    for (int i = 0; i < 12 && sc; i++)
        kept += change(&p, &sc);
    struct str changed = {0};
    str_add(&changed, str_text(&p.d.text));
    while (draft_undo(&p.d))
        ;
    EXPECT(p.d.text.length == length);
    EXPECT_EQ_STR(str_text(&p.d.text), text);
    while (draft_redo(&p.d))
        ;
    EXPECT_EQ_STR(str_text(&p.d.text), str_text(&changed));
    str_free(&changed);
    scenario_free(sc);
    cJSON_Delete(p.tree);
    draft_free(&p.d);
    return kept;
}

static bool slurp(const char *path, struct str *text)
{
    char part[4096];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        str_add_bytes(text, part, n);
    fclose(f);
    return true;
}

TEST("in every lesson, a dozen changes make what they make of the tree")
{
    struct lessons all = {0};
    int kept = 0;
    lessons_find(&all);
    EXPECT(all.count >= 69);
    for (int i = 0; i < all.count; i++)
        for (uint64_t seed = 1; seed <= 6; seed++) {
            struct str text = {0};
            test_case("%s, seed %d", all.all[i].name, (int)seed);
            NEED(slurp(all.all[i].path, &text));
            kept += change_lesson(text.text, text.length, seed * 7919);
            str_free(&text);
        }
    EXPECT(kept > all.count * 6 * 4); /* most of them are good */
    lessons_free(&all);
}

TEST("any policy in the place of any other is one the loader takes")
{
    struct lessons all = {0};
    lessons_find(&all);
    for (int i = 45; i < all.count; i++)
        for (int policy = 0; policy < POLICY_COUNT; policy++) {
            struct str text = {0};
            struct draft d;
            struct scheduler to;
            bool fine;
            test_case("%s, policy %d", all.all[i].name, policy);
            NEED(slurp(all.all[i].path, &text));
            draft_begin(&d, text.text, text.length);
            struct scenario *sc = read_draft(&d, &fine);
            NEED(fine);
            settings_under(&sc->scheduler, (enum policy_name)policy, &to);
            draft_change(&d);
            EXPECT(draft_set_scheduler(&d, &to));
            draft_keep(&d);
            struct scenario *next = read_draft(&d, &fine);
            EXPECT(fine && settings_same(&next->scheduler, &to));
            if (policy == (int)sc->scheduler.name)
                EXPECT_EQ_STR(str_text(&d.text), text.text);
            scenario_free(sc);
            scenario_free(next);
            draft_free(&d);
            str_free(&text);
        }
    lessons_free(&all);
}
