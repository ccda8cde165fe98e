/* t8204-typing.c: whoever types into a field types into a field: no key of the
 * table, nor any other, does anything else. In the real window. */
#include "tests/desk/expect.h"

#include <stdio.h>

/* Every sign of the keyboard. */
static void printable(char to[128])
{
    int n = 0;
    for (int c = ' '; c < 127; c++)
        to[n++] = (char)c;
    to[n] = '\0';
}

/* Only this may be different. */
static void expect_only(const struct desk *d, const struct snapshot *before,
                        unsigned changes)
{
    struct snapshot now = snapshot_of(d);
    unsigned c = snapshot_changes(before, &now) & ~changes;
    EXPECT_EQ_STR(aspects_name(c), "");
}

/* Types all signs, in pieces that the field has room for, and takes them away
 * again. */
static void type_all(struct desk *d, const char *field, size_t room,
                     unsigned changes)
{
    char all[128], piece[32];
    printable(all);
    struct snapshot before = snapshot_of(d);
    for (size_t at = 0; all[at]; at += strlen(piece)) {
        snprintf(piece, sizeof piece, "%.*s", room > 20 ? 20 : 8, all + at);
        test_case("typing \"%s\"", piece);
        desk_type(d, piece);
        EXPECT_EQ_STR(field, piece);
        expect_only(d, &before, changes);
        EXPECT(d->st->ui.focus != 0);
        for (size_t i = 0; i < strlen(piece); i++)
            desk_keys(d, "BackSpace");
        EXPECT_EQ_STR(field, "");
    }
}

static const char *const no_text[] = {
    "ctrl+b", "ctrl+f", "alt+b", "F5", "F9", "F11", "shift+F3", "Tab",
    "Home", "End", "Left", "Right", "Next", "Prior", "ctrl+q", "ctrl+o",
    "ctrl+equal", "ctrl+minus", "ctrl+0", "shift+Tab",
};

/* Nor does a key that is no sign: only Escape and Enter leave. */
static void press_others(struct desk *d, const char *field, unsigned changes)
{
    struct snapshot before = snapshot_of(d);
    for (size_t i = 0; i < sizeof no_text / sizeof *no_text; i++) {
        test_case("in the field: %s", no_text[i]);
        desk_keys(d, no_text[i]);
        expect_only(d, &before, changes);
        EXPECT_EQ_STR(field, "");
    }
}

static void into_search(struct desk *d)
{
    desk_keys(d, "Escape End g 1 1 Return 4 ctrl+f");
    EXPECT(d->st->view.finding);
    type_all(d, d->st->view.find_text, FIND_MOST, CHANGES_FINDING);
    press_others(d, d->st->view.find_text, CHANGES_FINDING);
    desk_type(d, "child");
    desk_keys(d, "Escape");
    EXPECT(!d->st->view.finding);
    struct snapshot before = snapshot_of(d);
    desk_keys(d, "plus"); /* and now it is a command again */
    EXPECT(d->st->travel.speed > before.speed);
}

TEST("nothing typed into the search field fires a command")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = into_search});
}

static void into_go_to(struct desk *d)
{
    desk_keys(d, "Escape End g 1 1 Return 4 g");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_GO_TO);
    type_all(d, d->st->view.field, FIELD_MOST, 0);
    press_others(d, d->st->view.field, 0);
    desk_type(d, "19");
    desk_keys(d, "Return");
    EXPECT_EQ_INT(travel_now(&d->st->travel), 19);
    struct snapshot before = snapshot_of(d);
    desk_keys(d, "g k u Escape");
    expect_only(d, &before, 0);
}

TEST("nothing typed into the field for a time fires a command")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = into_go_to});
}

/* Keys come faster than a machine that is busy can show what they did: they
 * still mean what they meant when they were pressed. */
static void at_once(struct desk *d)
{
    desk_keys(d, "Escape End g 1 1 Return 4");
    struct snapshot before = snapshot_of(d);
    desk_do_at_once(d, "key --delay 0 ctrl+f k u c h i l d");
    EXPECT(d->st->view.finding);
    EXPECT_EQ_STR(d->st->view.find_text, "kuchild");
    expect_only(d, &before, CHANGES_FINDING);
    desk_do_at_once(d, "key --delay 0 Escape plus");
    EXPECT(!d->st->view.finding);
    EXPECT_EQ_INT(d->st->travel.speed, before.speed + 1);
    before = snapshot_of(d);
    desk_do_at_once(d, "key --delay 0 g k 1 l Escape");
    expect_only(d, &before, 0);
    desk_do_at_once(d, "key --delay 0 slash a b Escape g 1 9 Return plus");
    EXPECT_EQ_STR(d->st->view.find_text, "kuchildab");
    EXPECT_EQ_INT(travel_now(&d->st->travel), 19);
    EXPECT_EQ_INT(d->st->travel.speed, before.speed + 1);
    size_t to = desk_cursor(d);
    desk_do_at_once(d, "key --delay 0 Right Right Left Right");
    for (int i = 0; i < 2; i++)
        to = trace_step_after(d->run.trace, to);
    EXPECT_EQ_INT(desk_cursor(d), to);
}

TEST("keys that all come at once do what they do one by one")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = at_once});
}
