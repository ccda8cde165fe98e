/* keys.c: what X calls a key. */
#include "tests/desk/desk.h"

#include <stdio.h>

static const struct {
    int key;
    const char *name;
} named[] = {
    {KEY_LEFT, "Left"},     {KEY_RIGHT, "Right"},   {KEY_UP, "Up"},
    {KEY_DOWN, "Down"},     {KEY_HOME, "Home"},     {KEY_END, "End"},
    {KEY_PAGE_UP, "Prior"}, {KEY_PAGE_DOWN, "Next"}, {KEY_ENTER, "Return"},
    {KEY_ESCAPE, "Escape"}, {KEY_TAB, "Tab"},       {KEY_DELETE, "Delete"},
    {KEY_BACKSPACE, "BackSpace"},
    {' ', "space"},         {'-', "minus"},         {'=', "equal"},
    {'[', "bracketleft"},   {']', "bracketright"},  {'/', "slash"},
    {'+', "KP_Add"}, /* the only plus without Shift on this keyboard */
};

/* Keys that give such a sign without Shift are on other keyboards. */
static bool is_elsewhere(struct key_press k)
{
    return k.key == '?' || (k.key == '+' && k.mods & MOD_SHIFT);
}

const char *desk_key_name(struct key_press k)
{
    static char name[64];
    char key[16];
    if (is_elsewhere(k))
        return NULL;
    snprintf(key, sizeof key, "%c", k.key < KEY_FIRST ? k.key : 'F');
    if (k.key >= KEY_F1 && k.key <= KEY_F12)
        snprintf(key, sizeof key, "F%d", k.key - KEY_F1 + 1);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i].key == k.key)
            snprintf(key, sizeof key, "%s", named[i].name);
    snprintf(name, sizeof name, "%s%s%s%s", k.mods & MOD_CTRL ? "ctrl+" : "",
             k.mods & MOD_ALT ? "alt+" : "", k.mods & MOD_SHIFT ? "shift+" : "",
             key);
    return name;
}
