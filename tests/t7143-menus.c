/* t7143-menus.c: every command is in exactly one menu, and chosen there it does
 * what its key does; menus are opened and gone through by keys and by mouse. */
#include "render/menus.h"
#include "tests/stand.h"

#include <string.h>

TEST("every command of the table is in exactly one menu, and none is empty")
{
    int found = 0;
    for (int m = 0; m < MENU_COUNT; m++) {
        const struct command_about *all[MENU_ENTRIES_MOST];
        int n = menu_entries((enum menu)m, all);
        EXPECT(n > 0 && n < MENU_ENTRIES_MOST);
        found += n;
    }
    EXPECT_EQ_INT(found, commands_count);
    for (int i = 0; i < commands_count; i++) {
        int times = 0;
        for (int m = 0; m < MENU_COUNT; m++) {
            const struct command_about *all[MENU_ENTRIES_MOST];
            for (int k = menu_entries((enum menu)m, all); k > 0; k--)
                times += all[k - 1] == &commands_all[i];
        }
        test_case("%s", commands_all[i].label);
        EXPECT_EQ_INT(times, 1);
    }
}

/* ---- the same as the key ---- */

/* What of a stage a command can change. */
struct outcome {
    struct view view;
    size_t cursor;
    double clock;
    int speed, breaks;
    bool playing, quit, picture, full, says, field;
};

static struct outcome outcome_of(const struct stand *s)
{
    const struct stage *st = &s->stage;
    struct outcome o;
    memset(&o, 0, sizeof o);
    memcpy(&o.view, &st->view, sizeof o.view);
    o.view.menu = o.view.menu_at = 0;
    o.view.motion = (struct motion){0};
    o.cursor = cursor(s);
    o.clock = st->travel.clock;
    o.speed = st->travel.speed;
    o.breaks = st->travel.breaks.count;
    o.playing = st->travel.playing;
    o.quit = st->quit;
    o.picture = st->wants_screenshot;
    o.full = st->wants_full_screen;
    o.says = st->notice.length > 0;
    o.field = st->ui.focus != 0;
    return o;
}

/* In the midst of a run, with somebody selected, a bookmark, a breakpoint and
 * something found: so that each command finds something to do. */
static bool stand_busy(struct stand *s)
{
    if (!stand_up(s, stand_lesson))
        return false;
    frame(s);
    for (int i = 0; i < 6; i++)
        press(s, KEY_RIGHT, 0);
    press(s, 'b', MOD_CTRL);
    press(s, KEY_TAB, 0);
    for (int i = 0; i < 4; i++)
        press(s, KEY_RIGHT, 0);
    s->stage.view.text_scale = 1.2f;
    return true;
}

static struct outcome by_key(const struct key_press k)
{
    struct stand s;
    struct outcome o = {0};
    if (!stand_busy(&s))
        return o;
    press(&s, k.key, k.mods);
    o = outcome_of(&s);
    take_down(&s);
    return o;
}

static struct outcome by_menu(const struct command_about *c, bool by_mouse)
{
    struct stand s;
    struct outcome o = {0};
    const struct command_about *all[MENU_ENTRIES_MOST];
    int n = menu_entries(menu_of(c), all), at = 0;
    while (at < n && all[at] != c)
        at++;
    if (!stand_busy(&s))
        return o;
    press(&s, KEY_F10, 0);
    for (int i = 0; i < (int)menu_of(c); i++)
        press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(s.stage.view.menu, menu_of(c));
    for (int i = 0; i < at && !by_mouse; i++)
        press(&s, KEY_DOWN, 0);
    const struct draw *d = &s.stage.ui.layers[0];
    const char *about = word(c->about, LANG_EN);
    struct point place = {-1, -1};
    for (size_t i = 0; i < d->count && by_mouse; i++)
        if (d->commands[i].kind == DRAW_TEXT &&
            d->commands[i].text.run.length == strlen(about) &&
            memcmp(d->commands[i].text.run.text, about, strlen(about)) == 0)
            place = d->commands[i].text.at;
    if (by_mouse)
        click(&s, place.x + 4, place.y - 4);
    else
        press(&s, KEY_ENTER, 0);
    /* Where the pointer is matters to W and S; and it has moved. */
    o = outcome_of(&s);
    if (c->what != DO_MENU)
        EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    take_down(&s);
    return o;
}

static struct key_press first_key(enum wish what)
{
    for (int mods = 0; mods < 8; mods++)
        for (int key = ' '; key <= KEY_F12; key++) {
            struct key_press k = {.key = key, .mods = mods};
            struct intent i = command_of_key(k);
            if (i.what == (int)what && i.arg == 0)
                return k;
        }
    return (struct key_press){0};
}

static void expect_equal(const struct outcome *a, const struct outcome *b)
{
    EXPECT_EQ_INT(a->cursor, b->cursor);
    EXPECT(fabs(a->clock - b->clock) < 1e-9);
    EXPECT_EQ_INT(a->speed, b->speed);
    EXPECT_EQ_INT(a->breaks, b->breaks);
    EXPECT_EQ_INT(a->playing, b->playing);
    EXPECT_EQ_INT(a->quit, b->quit);
    EXPECT_EQ_INT(a->picture, b->picture);
    EXPECT_EQ_INT(a->full, b->full);
    EXPECT_EQ_INT(a->says, b->says);
    EXPECT_EQ_INT(a->field, b->field);
    EXPECT_EQ_INT(a->view.overlay, b->view.overlay);
    EXPECT_EQ_INT(a->view.selected, b->view.selected);
    EXPECT_EQ_INT(a->view.lens_mode, b->view.lens_mode);
    EXPECT_EQ_INT(a->view.theme, b->view.theme);
    EXPECT_EQ_INT(a->view.lang, b->view.lang);
    EXPECT_EQ_INT(a->view.tab, b->view.tab);
    EXPECT_EQ_INT(a->view.finding, b->view.finding);
    EXPECT_EQ_INT(a->view.reduced_motion, b->view.reduced_motion);
    EXPECT_EQ_INT(a->view.bookmarks.count, b->view.bookmarks.count);
    EXPECT_EQ_INT(a->view.mark[0], b->view.mark[0]);
    EXPECT_EQ_INT(a->view.mark[1], b->view.mark[1]);
    EXPECT(fabsf(a->view.text_scale - b->view.text_scale) < 1e-6f);
    EXPECT(fabs(a->view.lens.from - b->view.lens.from) < 1e-9);
    EXPECT(fabs(a->view.lens.to - b->view.lens.to) < 1e-9);
}

TEST("a command chosen in its menu does what its key does")
{
    for (int i = 0; i < commands_count; i++) {
        const struct command_about *c = &commands_all[i];
        struct key_press k = first_key(c->what);
        struct outcome key = by_key(k), keys = by_menu(c, false),
                       mouse = by_menu(c, true);
        test_case("%s", c->label);
        EXPECT(k.key != 0);
        if (c->what == DO_MENU)
            continue; /* its key opens, its entry closes */
        expect_equal(&key, &keys);
        expect_equal(&key, &mouse);
    }
}

/* ---- opening, going, closing ---- */

TEST("F10 opens and closes, Alt and a letter opens one, Escape closes")
{
    static const char letters[] = "frvgth";
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    frame(&s);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    press(&s, KEY_F10, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_FILE);
    press(&s, KEY_F10, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    for (int m = 0; m < MENU_COUNT; m++) {
        press(&s, letters[m], MOD_ALT);
        test_case("Alt+%c", letters[m]);
        EXPECT_EQ_INT(s.stage.view.menu, m);
        const char *title = word(menu_title((enum menu)m), LANG_EN);
        EXPECT_EQ_INT(title[0] | 0x20, letters[m]);
        EXPECT(strchr(word(menu_title((enum menu)m), LANG_ZH), title[0]));
    }
    press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_FILE);
    press(&s, KEY_LEFT, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_HELP);
    press(&s, KEY_ESCAPE, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    take_down(&s);
}

TEST("the arrows go round, and a key that is none of a menu does its own thing")
{
    struct stand s;
    const struct command_about *all[MENU_ENTRIES_MOST];
    int n = menu_entries(MENU_RUN, all);
    NEED(stand_up(&s, stand_lesson));
    frame(&s);
    press(&s, 'r', MOD_ALT);
    press(&s, KEY_UP, 0);
    EXPECT_EQ_INT(s.stage.view.menu_at, n - 1);
    press(&s, KEY_DOWN, 0);
    EXPECT_EQ_INT(s.stage.view.menu_at, 0);
    press(&s, KEY_END, 0);
    EXPECT_EQ_INT(s.stage.view.menu_at, n - 1);
    press(&s, KEY_HOME, 0);
    EXPECT_EQ_INT(s.stage.view.menu_at, 0);
    press(&s, 'l', 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    EXPECT_EQ_INT(s.stage.view.lang, LANG_ZH);
    take_down(&s);
}

TEST("the mouse opens it, goes over to the next, and a press beside closes")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    frame(&s);
    float y = s.stage.layout.at[PANEL_TITLE].h / 2;
    click(&s, 30, y);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_FILE);
    s.in.x = 80;
    frame(&s);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_RUN);
    /* A pointer that rests does not undo what the keys do. */
    press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_VIEW);
    click(&s, 1000, 600);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    /* On a projector only keys call it. */
    press(&s, KEY_F9, 0);
    click(&s, 30, y);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_NONE);
    press(&s, KEY_F10, 0);
    EXPECT_EQ_INT(s.stage.view.menu, MENU_FILE);
    take_down(&s);
}
