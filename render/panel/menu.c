/* menu.c: the bar of menus over the title bar, and the open one below it. The
 * bar is there only while a menu is open: F10, Alt and a letter, or the button
 * at the left of the title bar call it. */
#include "render/menus.h"

#include <math.h>
#include <string.h>

enum { SIDE = 12, PAD = 6, BESIDE_KEY = 32 };

/* The first Latin letter of a title opens it with Alt: a line is under it. */
static void underline(struct scene *s, struct rect at, const char *title)
{
    struct ui *ui = s->ui;
    size_t n = 0;
    while (title[n] && !(title[n] >= 'A' && title[n] <= 'Z'))
        n++;
    if (!title[n])
        return;
    float x = ui_width(ui, TYPE_STRONG, ui_format(ui, "%.*s", (int)n, title));
    float w = ui_width(ui, TYPE_STRONG, ui_format(ui, "%c", title[n]));
    float y = at.y + at.h / 2 + ui->theme->types[TYPE_STRONG].size * 0.55f;
    draw_rect(ui->draw, (struct rect){at.x + x, y, w, fmaxf(ui->theme->edge, 1)},
              ui_tone(ui, TONE_BAR_TEXT));
}

/* One title of the bar; returns its width. */
static float heading(struct scene *s, struct rect at, enum menu m)
{
    struct ui *ui = s->ui;
    const char *title = word(menu_title(m), ui->lang);
    bool open = s->view->menu == (int)m;
    at.w = ceilf(ui_width(ui, TYPE_STRONG, title)) + 2 * SIDE;
    ui_id id = ui_make_id("menu", m);
    struct intent to = {.what = DO_MENU, .arg = m + 1};
    bool hot = ui_hover(ui, id, at);
    if (!ui_pressed(ui, id, at, to) && hot && !open && ui->moved)
        ui_want(ui, to);
    if (open || hot)
        draw_box(ui->draw,
                 (struct box){.at = rect_inset_xy(at, 1, 4), .radius = 6,
                              .fill = ui_tone(ui, TONE_BAR_INSET)});
    struct rect text = rect_inset_xy(at, SIDE, 0);
    ui_label_in(ui, text, TYPE_STRONG, ui_tone(ui, TONE_BAR_TEXT), ALIGN_LEFT,
                title);
    underline(s, text, title);
    return at.w;
}

struct open_menu {
    const struct command_about *all[MENU_ENTRIES_MOST];
    int count;
    float row;
    struct rect at;
};

/* Rows are lower where the window is. */
static struct open_menu menu_below(struct scene *s, struct rect bar, float left)
{
    struct ui *ui = s->ui;
    struct open_menu m = {.count = 0};
    m.count = menu_entries((enum menu)s->view->menu, m.all);
    float room = ui->all.h - bar.h - 2 * PAD - SPACE_2, w = 0;
    m.row = fminf(ui->theme->row + 6, floorf(room / (float)m.count));
    for (int i = 0; i < m.count; i++)
        w = fmaxf(w, ui_width(ui, TYPE_BODY, word(m.all[i]->about, ui->lang)) +
                         ui_width(ui, TYPE_CAPTION, m.all[i]->label));
    w = ceilf(w) + BESIDE_KEY + 2 * SPACE_2 + 2 * PAD;
    m.at = (struct rect){fminf(left, ui->all.w - w - SPACE_1), bar.h, w,
                         m.row * (float)m.count + 2 * PAD};
    return m;
}

static void entry(struct scene *s, struct rect at, const struct open_menu *m,
                  int i)
{
    struct ui *ui = s->ui;
    const struct command_about *c = m->all[i];
    ui_id id = ui_make_id("menu entry", c->what);
    struct rect in = ui_list_row(
        ui, (struct list_row){.at = at, .id = id,
                              .selected = i == s->view->menu_at,
                              .intent = {.what = (int)c->what}});
    if (ui->hot == id && ui->moved && i != s->view->menu_at)
        ui_want(ui, (struct intent){.what = DO_MENU_AT, .arg = i});
    ui_label(ui, in, TYPE_BODY, TONE_TEXT, word(c->about, ui->lang));
    float w = ui_width(ui, TYPE_CAPTION, c->label) + 1;
    ui_label_in(ui, rect_cut_right(&in, w), TYPE_CAPTION,
                ui_tone(ui, TONE_MUTED), ALIGN_RIGHT, c->label);
}

static void open_menu(struct scene *s, const struct open_menu *m)
{
    struct ui *ui = s->ui;
    draw_shadow(ui->draw, m->at, ui->theme->radius, 14,
                colour_fade(ui_tone(ui, TONE_SHADOW), 2.5f));
    draw_box(ui->draw, (struct box){.at = m->at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .border = ui->theme->edge,
                                    .line = ui_tone(ui, TONE_LINE)});
    struct rect in = rect_inset(m->at, PAD);
    for (int i = 0; i < m->count; i++)
        entry(s, rect_cut_top(&in, m->row), m, i);
}

static float bar_width(struct scene *s, enum menu upto)
{
    float w = SPACE_1;
    for (int m = 0; m < (int)upto; m++)
        w += ceilf(ui_width(s->ui, TYPE_STRONG,
                            word(menu_title((enum menu)m), s->ui->lang))) +
             2 * SIDE;
    return w;
}

void menus_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    if (s->view->menu == MENU_NONE)
        return;
    struct rect bar = {0, 0, ui->all.w, panels[PANEL_TITLE]->least(s).h};
    struct open_menu m =
        menu_below(s, bar, bar_width(s, (enum menu)s->view->menu));
    float x = ui->in->x, y = ui->in->y;
    if (ui->in->pressed[BUTTON_LEFT] && !rect_has(bar, x, y) &&
        !rect_has(m.at, x, y))
        ui_want(ui, (struct intent){.what = DO_CLOSE});
    ui_layer_push(ui, LAYER_POPUP, ui->all);
    draw_rect(ui->draw, bar, ui_tone(ui, TONE_BAR));
    struct rect row = bar;
    rect_cut_left(&row, SPACE_1);
    for (int i = 0; i < MENU_COUNT; i++)
        rect_cut_left(&row, heading(s, row, (enum menu)i));
    open_menu(s, &m);
    ui_layer_pop(ui);
}
