/* t8202-mouse.c: everything that can be pressed is pressed, with a real mouse in
 * the real window: its tip says what happens, and that happens. */
#include "tests/desk/press.h"

#include "render/menus.h"

#include <stdio.h>

static struct target found[TARGETS_MOST];
static int count;

/* A button with nothing but a picture on it says what it is, with its key. */
static void expect_words(const struct target *t)
{
    EXPECT(t->row || t->label[0] || t->tip[0]);
    if (t->intent.what >= DO_COMMANDS_END || t->row)
        return;
    const struct command_about *c = command_about((enum wish)t->intent.what);
    EXPECT_EQ_STR(t->tip, word(c->about, LANG_EN));
    EXPECT_EQ_STR(t->key, c->label);
}

static const struct target *awaited;

/* Its label may be the same word: the key is only in the tip. */
static bool shows_awaited(struct desk *d)
{
    return desk_shows(d, awaited->tip) &&
           (!awaited->key[0] || desk_shows(d, awaited->key));
}

/* Rests on it until it says what it is. */
static void expect_tip(struct desk *d, const struct target *t)
{
    if (!t->tip[0])
        return;
    desk_point(d, t->at.x, t->at.y);
    awaited = t;
    desk_until(d, shows_awaited);
}

/* ---- buttons for commands: what their key does ---- */

struct press_of {
    const struct command_test *test;
    ui_id id;
    int menu; /* MENU_NONE: in the window */
    bool was_there;
};

static const char *const menu_keys[MENU_COUNT] = {"alt+f", "alt+r", "alt+v",
                                                  "alt+g", "alt+t", "alt+h"};

static void press_command(struct desk *d)
{
    struct press_of *p = d->ctx;
    command_test_scene(d, p->test);
    struct snapshot before = snapshot_of(d);
    if (p->menu != MENU_NONE)
        desk_keys(d, menu_keys[p->menu]);
    struct target t = {.id = p->id};
    p->was_there = target_again(d, &t);
    NEED(p->was_there);
    if (p->menu == MENU_NONE)
        expect_words(&t);
    if (p->menu == MENU_NONE && !t.off)
        expect_tip(d, &t);
    if (t.off)
        return;
    desk_click(d, t.at.x, t.at.y);
    command_test_check(d, p->test, &before, 0);
}

static void try_command(enum wish what, ui_id id, int menu)
{
    struct press_of p = {command_test_of(what), id, menu, false};
    test_case("%s in %s", command_about(what)->label,
              menu == MENU_NONE ? "the window"
                                : word(menu_title((enum menu)menu), LANG_EN));
    NEED(p.test);
    desk_open((struct desk_setup){.lesson = desk_nine, .script = press_command,
                                  .ctx = &p});
    EXPECT(p.was_there);
}

static void list_targets(struct desk *d)
{
    desk_keys(d, "Escape g 1 1 Return");
    count = targets_of(d, found);
}

TEST("every button of the window does what its tip says")
{
    int buttons = 0;
    static struct target all[TARGETS_MOST];
    desk_open((struct desk_setup){.lesson = desk_nine, .script = list_targets});
    memcpy(all, found, sizeof all);
    int n = count;
    for (int i = 0; i < n; i++) {
        if (all[i].intent.what >= DO_COMMANDS_END)
            continue;
        buttons++;
        try_command((enum wish)all[i].intent.what, all[i].id, MENU_NONE);
    }
    EXPECT(buttons >= 13);
}

TEST("every entry of every menu does what its key does")
{
    for (int m = 0; m < MENU_COUNT; m++) {
        const struct command_about *all[MENU_ENTRIES_MOST];
        int n = menu_entries((enum menu)m, all);
        for (int i = 0; i < n; i++)
            if (all[i]->what != DO_MENU) /* it would close the one it is in */
                try_command(all[i]->what,
                            ui_make_id("menu entry", all[i]->what), m);
    }
}

/* ---- what else can be pressed, where it stands ---- */

static void press_one(struct desk *d, struct target *t)
{
    struct press_before before = press_before(d, t);
    desk_click(d, t->at.x, t->at.y);
    if (!t->off)
        press_check(d, t, &before);
    else
        EXPECT_EQ_STR(aspects_name(snapshot_changes(
                          &before.s, &(struct snapshot[]){snapshot_of(d)}[0])),
                      "");
}

static bool takes_time(const struct target *t)
{
    return t->intent.what == DO_OPEN; /* one of many, all alike */
}

/* All of a place that `keys` lead to from the scene. */
static void press_all(struct desk *d, const char *keys)
{
    static struct target all[TARGETS_MOST];
    desk_keys(d, keys);
    int n = targets_of(d, all), opened = 0;
    EXPECT(n > 0);
    for (int i = 0; i < n; i++) {
        if (all[i].intent.what < DO_COMMANDS_END ||
            (takes_time(&all[i]) && opened++ % 7))
            continue;
        test_case("after %s: \"%s%s\", wish %d %lld at %.0f, %.0f", keys,
                  all[i].label, all[i].tip, all[i].intent.what,
                  (long long)all[i].intent.arg, (double)all[i].at.x,
                  (double)all[i].at.y);
        struct target t = all[i];
        if (!target_again(d, &t)) { /* it has closed, or changed */
            desk_keys(d, "Escape Escape");
            desk_keys(d, keys);
        }
        if (!target_again(d, &t))
            continue;
        expect_words(&t);
        if (!t.row && !t.label[0])
            expect_tip(d, &t);
        press_one(d, &t);
    }
}

static void press_places(struct desk *d)
{
    static const char *const places[] = {
        "g 1 1 Return", "F1", "g", "n", "e", "alt+b", "c", "ctrl+f a", "shift+p",
    };
    desk_keys(d, "Escape End g 1 1 Return b 3 b");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        desk_keys(d, "Escape Escape Escape");
        press_all(d, places[i]);
    }
    desk_keys(d, "Escape Escape");
    press_all(d, "ctrl+o");
}

TEST("whatever else can be pressed does what it is for, in every dialog")
{
    desk_open((struct desk_setup){.lesson = desk_nine,
                                  .script = press_places});
}

/* ---- predict mode ---- */

static void ask(struct desk *d)
{
    for (int i = 0; i < 40 && d->st->predict.phase != PREDICT_ASKS; i++)
        desk_keys(d, "Right");
    EXPECT_EQ_INT(d->st->predict.phase, PREDICT_ASKS);
}

static void press_answers(struct desk *d)
{
    static struct target all[TARGETS_MOST];
    int answers = 0, votes = 0;
    desk_keys(d, "Escape p");
    for (int choice = 0; choice < 3; choice++) {
        ask(d);
        int n = targets_of(d, all);
        for (int i = 0; i < n; i++)
            if (all[i].intent.what == DO_ANSWER && all[i].intent.arg == choice) {
                test_case("answer %d", choice);
                press_one(d, &all[i]);
                answers++;
            }
    }
    ask(d);
    desk_keys(d, "v");
    int n = targets_of(d, all);
    for (int i = 0; i < n; i++)
        if (all[i].intent.what == DO_VOTE && target_again(d, &all[i])) {
            test_case("vote %lld by %g", (long long)all[i].intent.arg,
                      all[i].intent.value);
            expect_words(&all[i]);
            press_one(d, &all[i]);
            votes++;
        }
    EXPECT(answers >= 2);
    EXPECT(votes >= 4);
}

TEST("answers are given and hands are counted by the mouse")
{
    desk_open((struct desk_setup){.lesson = desk_nine,
                                  .script = press_answers});
}
