/* menus.c: which command stands in which menu, and keys in an open one. */
#include "render/menus.h"

/* Of those commands whose menu is not that of their group. */
static const struct {
    enum wish what;
    enum menu menu;
} elsewhere[] = {
    {DO_GO_TO, MENU_GO},           {DO_SELECT_NEXT, MENU_GO},
    {DO_SELECT_BEFORE, MENU_GO},   {DO_SELECT_NUMBER, MENU_GO},
    {DO_OBJECT_NEXT, MENU_GO},
    {DO_BREAK, MENU_TOOLS},        {DO_BREAKS, MENU_TOOLS},
    {DO_FULL_SCREEN, MENU_VIEW},   {DO_ESCAPE, MENU_VIEW},
    {DO_HELP, MENU_HELP},          {DO_NOTES, MENU_HELP},
    {DO_MENU, MENU_HELP},
};

enum menu menu_of(const struct command_about *c)
{
    static const enum menu of_group[COMMAND_GROUPS] = {
        [COMMANDS_PLAY] = MENU_RUN,     [COMMANDS_PROCESS] = MENU_TOOLS,
        [COMMANDS_LOOK] = MENU_VIEW,    [COMMANDS_FIND] = MENU_GO,
        [COMMANDS_WINDOW] = MENU_FILE,
    };
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (elsewhere[i].what == c->what)
            return elsewhere[i].menu;
    return of_group[c->group];
}

enum word menu_title(enum menu m)
{
    static const enum word titles[MENU_COUNT] = {
        [MENU_FILE] = W_MENU_FILE,   [MENU_RUN] = W_MENU_RUN,
        [MENU_VIEW] = W_MENU_VIEW,   [MENU_GO] = W_MENU_GO,
        [MENU_TOOLS] = W_MENU_TOOLS, [MENU_HELP] = W_MENU_HELP,
    };
    return titles[m];
}

int menu_entries(enum menu m, const struct command_about **to)
{
    int n = 0;
    for (int i = 0; i < commands_count && n < MENU_ENTRIES_MOST; i++)
        if (menu_of(&commands_all[i]) == m)
            to[n++] = &commands_all[i];
    return n;
}

/* ---- in an open menu ---- */

static void open_menu(struct view *v, int menu)
{
    v->menu = menu;
    v->menu_at = 0;
}

void stage_menu(struct stage *st, struct intent i)
{
    struct view *v = &st->view;
    bool closes = v->menu != MENU_NONE && (i.arg == 0 || i.arg - 1 == v->menu);
    v->overlay = OVERLAY_NONE;
    st->ui.focus = 0;
    if (closes)
        v->menu = MENU_NONE;
    else
        open_menu(v, i.arg > 0 && i.arg <= MENU_COUNT ? (int)i.arg - 1 : 0);
}

void stage_menu_at(struct stage *st, struct intent i)
{
    st->view.menu_at = (int)i.arg;
}

bool stage_menu_key(struct stage *st, struct key_press k)
{
    struct view *v = &st->view;
    const struct command_about *all[MENU_ENTRIES_MOST];
    int n = menu_entries((enum menu)v->menu, all);
    if (k.mods)
        return false;
    if (k.key == KEY_LEFT || k.key == KEY_RIGHT)
        open_menu(v, (v->menu + (k.key == KEY_LEFT ? MENU_COUNT - 1 : 1)) %
                         MENU_COUNT);
    else if (k.key == KEY_UP || k.key == KEY_DOWN)
        v->menu_at = (v->menu_at + (k.key == KEY_UP ? n - 1 : 1)) % n;
    else if (k.key == KEY_HOME || k.key == KEY_END)
        v->menu_at = k.key == KEY_HOME ? 0 : n - 1;
    else if (k.key == KEY_ENTER)
        stage_do(st, (struct intent){.what = (int)all[v->menu_at]->what});
    else if (k.key == KEY_ESCAPE)
        v->menu = MENU_NONE;
    else
        return false;
    return true;
}
