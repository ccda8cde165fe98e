/* The menus: every command of commands.def is in exactly one of them. Which one
 * follows from its group; a few stand elsewhere (menus.c).
 *
 * They have no keys of their own for what they do: an entry is the command, and
 * beside it stands its key. */
#ifndef TIMESLICE_MENUS_H
#define TIMESLICE_MENUS_H

#include "render/stage.h"

enum menu {
    MENU_FILE, MENU_RUN, MENU_VIEW, MENU_GO, MENU_TOOLS, MENU_HELP,
    MENU_COUNT,
    MENU_NONE = -1
};

enum { MENU_ENTRIES_MOST = 32 };

enum menu menu_of(const struct command_about *c);
enum word menu_title(enum menu m);

/* The commands of a menu in the order of the table; returns how many. */
int menu_entries(enum menu m, const struct command_about **to);

/* ---- what the stage does with them ---- */

/* The menu number i.arg opens, or the one that is open closes. */
void stage_menu(struct stage *st, struct intent i);
/* The mark goes to entry i.arg. */
void stage_menu_at(struct stage *st, struct intent i);
/* What a key does while a menu is open; false: what it does anyway. */
bool stage_menu_key(struct stage *st, struct key_press k);

#endif
