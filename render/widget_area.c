/* widget_area.c: what holds other things: scroll areas, splitters, fields,
 * menus and dialogs. */
#include "render/ui.h"

#include <math.h>
#include <string.h>

/* ---------------------------------------------------------------- scrolling */

/* The thumb of a scroll bar at the right; moves `*offset` while dragged. */
static void scroll_bar(struct ui *ui, ui_id id, struct rect at, float content,
                       float *offset)
{
    float span = content - at.h;
    struct rect lane = {at.x + at.w - 10, at.y, 10, at.h};
    float thumb = fmaxf(at.h * at.h / content, 24);
    float room = fmaxf(at.h - thumb, 1);
    struct rect r = {lane.x + 3, at.y + room * *offset / span, 5, thumb};
    bool was = ui->active == id;
    bool held = ui_dragged(ui, id, lane);
    if (held && !was)
        ui->grip = rect_has((struct rect){lane.x, r.y, lane.w, r.h}, ui->in->x,
                            ui->in->y)
                       ? ui->in->y - r.y
                       : thumb / 2;
    if (held) {
        float share = (ui->in->y - ui->grip - at.y) / room;
        *offset = fminf(fmaxf(share, 0), 1) * span;
        r.y = at.y + room * *offset / span;
    }
    bool over = held || ui->hot == id;
    draw_box(ui->draw, (struct box){.at = {lane.x + 3, at.y, 5, at.h},
                                    .radius = 2.5f,
                                    .fill = ui_tone(ui, TONE_INSET)});
    draw_box(ui->draw,
             (struct box){.at = over ? rect_inset_xy(r, -1.5f, 0) : r,
                          .radius = 3, .fill = ui_tone(ui, TONE_LINE)});
}

struct rect ui_scroll_begin(struct ui *ui, ui_id id, struct rect at,
                            float content, float *offset)
{
    float span = fmaxf(content - at.h, 0);
    const struct input *in = ui->in;
    /* Wheel with a modifier is for somebody else (zoom, pan). */
    if (span > 0 && fabsf(in->wheel_y) > 0 && !in->mods &&
        ui_hover(ui, id, at))
        *offset -= in->wheel_y * 48;
    *offset = fminf(fmaxf(*offset, 0), span);
    struct rect inside = at;
    if (span > 0) {
        scroll_bar(ui, id, at, content, offset);
        inside.w -= 14;
    }
    draw_clip_push(ui->draw, inside);
    inside.y -= floorf(*offset * ui->scale + 0.5f) / ui->scale;
    inside.h = fmaxf(content, at.h);
    return inside;
}

void ui_scroll_end(struct ui *ui)
{
    draw_clip_pop(ui->draw);
}

/* ---------------------------------------------------------------- splitter */

bool ui_splitter(struct ui *ui, ui_id id, struct rect all, bool side_by_side,
                 float *share, float least)
{
    enum { GRIP = 8 };
    float length = side_by_side ? all.w : all.h;
    float at = *share * length;
    struct rect r = all;
    if (side_by_side)
        r = (struct rect){all.x + at - GRIP / 2.0f, all.y, GRIP, all.h};
    else
        r = (struct rect){all.x, all.y + at - GRIP / 2.0f, all.w, GRIP};
    bool held = ui_dragged(ui, id, r);
    if (!held && ui->hot != id)
        return false;
    ui->cursor = side_by_side ? CURSOR_SIZE_X : CURSOR_SIZE_Y;
    struct rect mark = side_by_side ? rect_middle(r, 3, all.h * 0.3f)
                                    : rect_middle(r, all.w * 0.3f, 3);
    draw_box(ui->draw, (struct box){.at = mark, .radius = 1.5f,
                                    .fill = ui_tone(ui, TONE_ACCENT)});
    if (!held)
        return false;
    float to = side_by_side ? ui->in->x - all.x : ui->in->y - all.y;
    float next = fminf(fmaxf(to / length, least), 1 - least);
    bool moved = fabsf(next - *share) > 0;
    *share = next;
    return moved;
}

/* ------------------------------------------------------------------ fields */

/* Adds what was typed and takes away what Backspace did. */
static void edit(const struct input *in, char *text, size_t size)
{
    size_t length = strlen(text);
    for (int i = 0; i < in->key_count; i++)
        if (in->keys[i].key == KEY_BACKSPACE && length) {
            do
                length--;
            while (length && ((unsigned char)text[length] & 0xC0) == 0x80);
            text[length] = '\0';
        }
    size_t more = strlen(in->text);
    if (length + more < size)
        memcpy(text + length, in->text, more + 1);
}

bool ui_field(struct ui *ui, ui_id id, struct rect at, char *text, size_t size,
              const char *hint, struct intent intent)
{
    const struct input *in = ui->in;
    bool clicked = ui_clicked(ui, id, at);
    bool away = in->pressed[BUTTON_LEFT] && ui->hot != id;
    if (ui->focus == id) /* also what came just before the key that leaves */
        edit(in, text, size);
    if (clicked)
        ui->focus = id;
    else if (ui->focus == id && (away || input_key(in, KEY_ESCAPE, 0)))
        ui->focus = 0;
    bool focused = ui->focus == id;
    if (ui->hot == id)
        ui->cursor = CURSOR_TEXT;
    draw_box(ui->draw,
             (struct box){.at = at, .radius = 6,
                          .fill = ui_tone(ui, TONE_SURFACE),
                          .border = ui->theme->edge + (focused ? 1 : 0),
                          .line = ui_tone(ui, focused ? TONE_FOCUS
                                                      : TONE_LINE)});
    struct rect inside = rect_inset_xy(at, 10, 0);
    colour ink = ui_tone(ui, text[0] ? TONE_TEXT : TONE_MUTED);
    const char *shown = text[0] || focused ? text : hint;
    while (focused && *shown && ui_width(ui, TYPE_BODY, shown) > inside.w - 3)
        do /* its end is where one types */
            shown++;
        while (((unsigned char)*shown & 0xC0) == 0x80);
    float w = ui_label_short(ui, inside, TYPE_BODY, ink, ALIGN_LEFT, shown);
    if (focused) {
        float h = ui_leading(ui, TYPE_BODY);
        struct rect caret = {inside.x + w + 1, at.y + (at.h - h) / 2, 1.5f, h};
        draw_rect(ui->draw, caret, ui_tone(ui, TONE_FOCUS));
    }
    bool done = focused && input_key(in, KEY_ENTER, 0);
    if (done)
        ui_want(ui, intent);
    return done;
}

/* ------------------------------------------------------------------- menus */

static struct rect menu_place(struct ui *ui, struct rect from,
                              const struct menu_entry *e, size_t count)
{
    float w = 160, row = ui->theme->row + 6;
    for (size_t i = 0; i < count; i++) {
        float key = e[i].key ? ui_width(ui, TYPE_CAPTION, e[i].key) + 24 : 0;
        w = fmaxf(w, ui_width(ui, TYPE_BODY, e[i].label) + key + ui->theme->row + 44);
    }
    float h = row * (float)count + 12;
    struct rect at = {from.x, from.y + from.h + 4, w, h};
    at.x = fmaxf(fminf(at.x, ui->all.w - w - 8), 8);
    if (at.y + h > ui->all.h - 8)
        at.y = fmaxf(from.y - h - 4, 8);
    return at;
}

static void float_surface(struct ui *ui, struct rect at)
{
    struct rect shade = at;
    shade.y += 6;
    draw_shadow(ui->draw, shade, ui->theme->radius, 24,
                colour_fade(ui_tone(ui, TONE_SHADOW), 2.5f));
    draw_shadow(ui->draw, at, ui->theme->radius, 10,
                ui_tone(ui, TONE_SHADOW));
    draw_box(ui->draw, (struct box){.at = at, .radius = ui->theme->radius,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .border = ui->theme->edge,
                                    .line = ui_tone(ui, TONE_HAIRLINE)});
}

static void menu_row(struct ui *ui, ui_id id, struct rect at,
                     const struct menu_entry *e)
{
    struct rect in = ui_list_row(ui, (struct list_row){.at = at, .id = id,
                                                       .intent = e->intent});
    struct rect icon = rect_cut_left(&in, ui->theme->row);
    enum icon i = e->on ? ICON_CHECK : e->icon;
    colour ink = ui_tone(ui, e->on ? TONE_ACCENT_TEXT : TONE_TEXT);
    float size = ui->theme->types[TYPE_BODY].size * 1.25f;
    icon_draw(ui->draw, i, rect_middle(icon, size, size), ink);
    rect_cut_left(&in, 4);
    ui_label_in(ui, in, TYPE_BODY, ink, ALIGN_LEFT, e->label);
    if (e->key)
        ui_label_in(ui, in, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                    ALIGN_RIGHT, e->key);
}

void ui_menu(struct ui *ui, ui_id id, struct rect from,
             const struct menu_entry *entries, size_t count,
             struct intent close)
{
    struct rect at = menu_place(ui, from, entries, count);
    float x = ui->in->x, y = ui->in->y;
    if ((ui->in->pressed[BUTTON_LEFT] && !rect_has(at, x, y) &&
         !rect_has(from, x, y)) ||
        input_key(ui->in, KEY_ESCAPE, 0))
        ui_want(ui, close);
    ui_layer_push(ui, LAYER_POPUP, at);
    float_surface(ui, at);
    struct rect in = rect_inset(at, 6);
    for (size_t i = 0; i < count; i++)
        menu_row(ui, id ^ ui_make_id("entry", (int64_t)i),
                 rect_cut_top(&in, ui->theme->row + 6), &entries[i]);
    ui_layer_pop(ui);
}

/* ----------------------------------------------------------------- dialogs */

/* A surface with a title and a way to close it; what is left of it. */
static struct rect titled(struct ui *ui, ui_id id, struct rect at,
                          const char *title, struct intent close)
{
    float_surface(ui, at);
    struct rect in = rect_inset(at, SPACE_6);
    float row = ui_leading(ui, TYPE_TITLE);
    struct rect head = rect_cut_top(&in, row);
    struct rect x = rect_cut_right(&head, row);
    ui_button(ui, (struct button){.at = rect_inset(x, -4), .id = id,
                                  .kind = BUTTON_QUIET, .icon = ICON_CLOSE,
                                  .tip = word(W_TIP_CLOSE, ui->lang),
                                  .key = "Esc", .intent = close});
    ui_label(ui, head, TYPE_TITLE, TONE_TEXT, title);
    rect_cut_top(&in, SPACE_4);
    return in;
}

struct rect ui_dialog(struct ui *ui, ui_id id, float width, float height,
                      const char *title, struct intent close)
{
    struct rect at = rect_middle(ui->all, fminf(width, ui->all.w - 32),
                                 fminf(height, ui->all.h - 32));
    ui_layer_push(ui, LAYER_POPUP, ui->all);
    draw_rect(ui->draw, ui->all, ui->theme->dark ? 0x99000000u : 0x66101420u);
    if ((ui->in->pressed[BUTTON_LEFT] && !rect_has(at, ui->in->x, ui->in->y)) ||
        input_key(ui->in, KEY_ESCAPE, 0))
        ui_want(ui, close);
    return titled(ui, id, at, title, close);
}

struct rect ui_sheet(struct ui *ui, ui_id id, float width, const char *title,
                     struct intent close)
{
    struct rect at = rect_inset(ui->all, 12);
    at = rect_cut_right(&at, fminf(width, at.w));
    ui_layer_push(ui, LAYER_POPUP, at);
    if (input_key(ui->in, KEY_ESCAPE, 0) && !ui->focus)
        ui_want(ui, close);
    return titled(ui, id, at, title, close);
}

void ui_dialog_end(struct ui *ui)
{
    ui_layer_pop(ui);
}
