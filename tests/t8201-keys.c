/* t8201-keys.c: every key of the table, pressed in the real window on a real
 * display, does what the help says, and nothing else. */
#include "tests/desk/expect.h"

#include <stdio.h>
#include <stdlib.h>

/* Every key there is, with the command that it belongs to. */
static const struct {
    enum wish what;
    struct key_press press;
    int arg;
} keys[] = {
#define COMMAND(name, group, key, mods, label, word)                           \
    {DO_##name, {key, mods, false}, 0},
#define ALSO(name, key, mods, arg) {DO_##name, {key, mods, false}, arg},
#include "render/commands.def"
#undef COMMAND
#undef ALSO
};

enum { KEYS = sizeof keys / sizeof *keys };

struct attempt {
    const struct command_test *e;
    const char *names; /* of the keys to be pressed, for X */
    int arg;
};

static void press(struct desk *d)
{
    struct attempt a = *(const struct attempt *)d->ctx;
    command_test_scene(d, a.e);
    struct snapshot before = snapshot_of(d);
    desk_keys(d, a.names);
    command_test_check(d, a.e, &before, a.arg);
}

static void attempt(enum wish what, const char *names, int arg)
{
    struct attempt a = {command_test_of(what), names, arg};
    test_case("%s: %s", names, word(command_about(what)->about, LANG_EN));
    NEED(a.e);
    desk_open((struct desk_setup){.lesson = desk_nine, .script = press,
                                  .ctx = &a});
}

/* KEYS_TEST=End: only that one. */
static bool is_wanted(const char *name)
{
    const char *only = getenv("KEYS_TEST");
    return !only || strcmp(only, name) == 0;
}

TEST("every key of the table does what the help says")
{
    int pressed = 0;
    for (int i = 0; i < KEYS; i++) {
        char name[64];
        const char *x = desk_key_name(keys[i].press);
        if (!x)
            continue; /* on other keyboards; the command has another one */
        snprintf(name, sizeof name, "%s", x);
        pressed++;
        if (is_wanted(name))
            attempt(keys[i].what, name, keys[i].arg);
    }
    EXPECT(pressed > commands_count);
}

TEST("no command is without an expectation, nor without a key of this keyboard")
{
    for (int c = 0; c < commands_count; c++) {
        bool has_key = false;
        test_case("%s", commands_all[c].label);
        EXPECT(command_test_of(commands_all[c].what));
        for (int i = 0; i < KEYS; i++)
            has_key |= keys[i].what == commands_all[c].what &&
                       desk_key_name(keys[i].press);
        EXPECT(has_key);
    }
}

/* ---- the labels ---- */

/* What X calls what a label says ("Ctrl+O", "Shift+→", "Ctrl −"), without the
 * table that the window reads: a label must be true. */
static void name_of_label(const char *label, struct str *to)
{
    static const struct {
        const char *sign, *name;
    } signs[] = {
        {"Ctrl+", "ctrl+"}, {"Ctrl ", "ctrl+"}, {"Shift+", "shift+"},
        {"Alt+", "alt+"},   {"→", "Right"},     {"←", "Left"},
        {"↑", "Up"},        {"↓", "Down"},      {"−", "minus"},
        {"+", "plus"},      {"PgDn", "Next"},   {"PgUp", "Prior"},
        {"Space", "space"}, {"Esc", "Escape"},  {"[", "bracketleft"},
        {"]", "bracketright"}, {"/", "slash"},  {"?", "question"},
    };
    for (bool known = true; *label && known;) {
        known = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !known; i++) {
            size_t n = strlen(signs[i].sign);
            if (strncmp(label, signs[i].sign, n) != 0)
                continue;
            str_add(to, signs[i].name);
            label += n;
            known = true;
        }
    }
    /* A letter stands as a capital, and is meant without Shift. */
    bool letter = label[0] >= 'A' && label[0] <= 'Z' && !label[1];
    if (letter)
        str_add_char(to, (char)(label[0] - 'A' + 'a'));
    else
        str_add(to, label);
}

/* Whether a test above has pressed just that for this command. */
static bool was_pressed(enum wish what, const char *name)
{
    for (int i = 0; i < KEYS; i++) {
        const char *x = desk_key_name(keys[i].press);
        if (keys[i].what == what && x && strcmp(x, name) == 0)
            return true;
    }
    return false;
}

static void press_label(enum wish what, const char *label)
{
    struct str name = {0};
    name_of_label(label, &name);
    EXPECT(name.length > 0);
    if (!was_pressed(what, str_text(&name)) && is_wanted(str_text(&name)))
        attempt(what, str_text(&name), 0);
    str_free(&name);
}

TEST("what the help prints as the key is the key")
{
    for (int i = 0; i < commands_count; i++) {
        char label[64];
        snprintf(label, sizeof label, "%s", commands_all[i].label);
        if (commands_all[i].what == DO_SELECT_NUMBER) {
            EXPECT_EQ_STR(label, "1–9");
            continue; /* each of them was pressed above */
        }
        char *second = strstr(label, "  ");
        if (second)
            *second = '\0';
        press_label(commands_all[i].what, label);
        if (second)
            press_label(commands_all[i].what, second + 2);
    }
}
