/* widget.c: the small things: buttons, sliders, cards, rows, key caps. */
#include "render/ui.h"

#include <math.h>
#include <string.h>

static float icon_size(const struct ui *ui)
{
    return ui->theme->types[TYPE_BODY].size * 1.4f;
}

/* ---------------------------------------------------------------- buttons */

/* How a button looks in its present state. */
struct button_look {
    colour fill, line, ink;
};

static struct button_look look_of(const struct ui *ui, const struct button *b,
                                  bool over, bool held)
{
    const colour *t = ui->theme->tones;
    struct button_look k = {t[TONE_INSET], t[TONE_HAIRLINE], t[TONE_TEXT]};
    if (b->kind == BUTTON_PRIMARY)
        k = (struct button_look){t[TONE_ACCENT], 0, t[TONE_ON_ACCENT]};
    else if (b->kind == BUTTON_BAR)
        k = (struct button_look){t[TONE_BAR_INSET], 0, t[TONE_BAR_TEXT]};
    else if (b->kind == BUTTON_QUIET)
        k = (struct button_look){0, 0, t[TONE_TEXT]};
    if (b->on && b->kind == BUTTON_BAR)
        k = (struct button_look){t[TONE_BAR_TEXT], 0, t[TONE_BAR]};
    else if (b->on)
        k = (struct button_look){t[TONE_ACCENT_SOFT], t[TONE_ACCENT],
                                 t[TONE_ACCENT_TEXT]};
    if (b->off) {
        k.ink = t[TONE_FAINT];
        if (b->kind == BUTTON_PRIMARY) {
            k.fill = t[TONE_INSET];
            k.line = t[TONE_HAIRLINE];
        }
    } else if (over) {
        float by = held ? 0.22f : 0.11f;
        k.fill = k.fill >> 24 ? colour_mix(k.fill, k.ink, by)
                              : t[held ? TONE_PRESSED : TONE_HOVER];
    }
    return k;
}

static float label_width(struct ui *ui, const struct button *b)
{
    return b->label ? ui_width(ui, TYPE_STRONG, b->label) : 0;
}

static float content_width(struct ui *ui, const struct button *b)
{
    float icon = b->icon ? icon_size(ui) : 0;
    float gap = b->icon && b->label ? 6 : 0;
    return icon + gap + label_width(ui, b);
}

float ui_button_width(struct ui *ui, struct button b)
{
    float side = b.label ? 12 : 9;
    return ceilf(content_width(ui, &b)) + 2 * side;
}

static ui_id button_id(const struct button *b)
{
    if (b->id)
        return b->id;
    int64_t place = (int64_t)(b->at.x * 4) * 65536 + (int64_t)(b->at.y * 4);
    return ui_make_id(b->label ? b->label : "", place * 256 + (int)b->icon);
}

static void draw_button(struct ui *ui, const struct button *b,
                        struct button_look k)
{
    float radius = b->kind == BUTTON_BAR ? b->at.h / 2 : 8;
    draw_box(ui->draw, (struct box){.at = b->at, .radius = radius,
                                    .fill = k.fill,
                                    .border = ui->theme->edge,
                                    .line = k.line});
    float width = fminf(content_width(ui, b), b->at.w - 6);
    struct rect in = rect_middle(b->at, width, b->at.h);
    if (b->icon) {
        struct rect icon = rect_cut_left(&in, icon_size(ui));
        icon_draw(ui->draw, b->icon,
                  rect_middle(icon, icon_size(ui), icon_size(ui)), k.ink);
        rect_cut_left(&in, b->label ? 6 : 0);
    }
    if (b->label)
        ui_label_in(ui, in, TYPE_STRONG, k.ink, ALIGN_LEFT, b->label);
}

bool ui_button(struct ui *ui, struct button b)
{
    b.id = button_id(&b);
    bool clicked = ui_clicked(ui, b.id, b.at) && !b.off;
    bool over = ui->hot == b.id;
    draw_button(ui, &b, look_of(ui, &b, over, ui->active == b.id));
    if (over && !b.off)
        ui->cursor = CURSOR_HAND;
    ui_tip(ui, b.id, b.at, b.tip, b.key);
    ui_offer(ui, (struct ui_offer){.at = b.at, .id = b.id, .label = b.label,
                                   .tip = b.tip, .key = b.key, .off = b.off,
                                   .intent = b.intent});
    if (clicked)
        ui_want(ui, b.intent);
    return clicked;
}

/* ---------------------------------------------------------------- sliders */

static double snapped(const struct slider *s, double value)
{
    if (s->step > 0)
        value = s->least + floor((value - s->least) / s->step + 0.5) * s->step;
    return fmin(fmax(value, s->least), s->most);
}

bool ui_slider(struct ui *ui, struct slider s)
{
    float knob = ui->theme->big ? 13 : 9;
    float left = s.at.x + knob, room = fmaxf(s.at.w - 2 * knob, 1);
    double span = s.most > s.least ? s.most - s.least : 1;
    bool held = ui_dragged(ui, s.id, s.at);
    double value = s.value;
    if (held)
        value = snapped(&s, s.least + (double)((ui->in->x - left) / room) * span);
    bool over = ui->hot == s.id || held;
    float share = (float)((value - s.least) / span);
    float x = left + room * fminf(fmaxf(share, 0), 1);
    float y = s.at.y + s.at.h / 2, thick = ui->theme->big ? 8 : 6;
    struct box track = {.at = {s.at.x, y - thick / 2, s.at.w, thick},
                        .radius = thick / 2,
                        .fill = ui_tone(ui, TONE_PRESSED)};
    draw_box(ui->draw, track);
    track.at.w = x - s.at.x;
    track.fill = ui_tone(ui, TONE_ACCENT);
    draw_box(ui->draw, track);
    if (over)
        draw_circle(ui->draw, (struct point){x, y}, knob + 5,
                    colour_fade(ui_tone(ui, TONE_ACCENT), 0.2f), 0, 0);
    draw_circle(ui->draw, (struct point){x, y}, knob, ui_tone(ui, TONE_ACCENT),
                2, ui_tone(ui, TONE_SURFACE));
    if (over)
        ui->cursor = CURSOR_HAND;
    ui_tip(ui, s.id, s.at, s.tip, s.key);
    bool changed = held && fabs(value - s.value) > 0;
    s.intent.value = value;
    if (changed)
        ui_want(ui, s.intent);
    return changed;
}

/* ------------------------------------------------------- cards, rows, caps */

struct rect ui_card(struct ui *ui, struct rect at, const char *title,
                    const char *remark)
{
    struct rect shade = at;
    shade.y += 2;
    draw_shadow(ui->draw, shade, ui->theme->radius, 8,
                ui_tone(ui, TONE_SHADOW));
    draw_box(ui->draw, (struct box){.at = at, .radius = ui->theme->radius,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .border = ui->theme->edge,
                                    .line = ui_tone(ui, TONE_HAIRLINE)});
    struct rect in = rect_inset_xy(at, 14, 12);
    if (!title && !remark)
        return in;
    in.y -= 2;
    in.h += 2;
    struct rect head = rect_cut_top(&in, ui_leading(ui, TYPE_HEADING));
    float used = 0;
    if (title)
        used = ui_label(ui, head, TYPE_HEADING, TONE_TEXT, title);
    rect_cut_left(&head, used + SPACE_3);
    if (remark)
        ui_label_in(ui, head, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                    ALIGN_RIGHT, remark);
    rect_cut_top(&in, SPACE_2);
    return in;
}

struct rect ui_list_row(struct ui *ui, struct list_row r)
{
    bool clicked = ui_clicked(ui, r.id, r.at);
    colour fill = 0;
    if (r.selected)
        fill = ui_tone(ui, TONE_ACCENT_SOFT);
    else if (r.linked || (ui->hot == r.id && r.intent.what))
        fill = ui_tone(ui, TONE_HOVER);
    draw_box(ui->draw, (struct box){.at = r.at, .radius = 6, .fill = fill});
    if (r.selected) {
        struct rect mark = {r.at.x, r.at.y + 4, 3, r.at.h - 8};
        draw_box(ui->draw, (struct box){.at = mark, .radius = 1.5f,
                                        .fill = ui_tone(ui, TONE_ACCENT)});
    }
    if (ui->hot == r.id && r.intent.what)
        ui->cursor = CURSOR_HAND;
    ui_offer(ui, (struct ui_offer){.at = r.at, .id = r.id, .row = true,
                                   .intent = r.intent});
    if (clicked)
        ui_want(ui, r.intent);
    return rect_inset_xy(r.at, SPACE_2, 0);
}

float ui_key(struct ui *ui, struct rect at, const char *key,
             const char *meaning)
{
    float h = ui_leading(ui, TYPE_CAPTION) + 4;
    float w = fmaxf(ui_width(ui, TYPE_CAPTION, key) + 12, h);
    struct rect cap = {at.x, at.y + (at.h - h) / 2, w, h};
    struct rect foot = cap;
    foot.h += 2;
    draw_box(ui->draw, (struct box){.at = foot, .radius = 5,
                                    .fill = ui_tone(ui, TONE_PRESSED)});
    draw_box(ui->draw, (struct box){.at = cap, .radius = 5,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .border = 1,
                                    .line = ui_tone(ui, TONE_PRESSED)});
    ui_label_in(ui, cap, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                key);
    if (!meaning)
        return w;
    struct rect rest = {cap.x + w + 6, at.y, at.x + at.w - cap.x - w - 6, at.h};
    return w + 6 + ui_label(ui, rest, TYPE_CAPTION, TONE_MUTED, meaning);
}

float ui_pill(struct ui *ui, struct rect at, enum icon icon, const char *s,
              enum tone ground, enum tone ink)
{
    float side = at.h * 0.42f, size = icon ? icon_size(ui) * 0.8f : 0;
    float gap = icon ? 5 : 0;
    float text = ceilf(ui_width(ui, TYPE_STRONG, s));
    float w = fminf(2 * side + size + gap + text, at.w);
    struct rect r = {at.x, at.y, w, at.h};
    draw_box(ui->draw, (struct box){.at = r, .radius = at.h / 2,
                                    .fill = ui_tone(ui, ground)});
    struct rect in = rect_inset_xy(r, side, 0);
    if (icon) {
        struct rect place = rect_cut_left(&in, size + gap);
        place.w = size;
        icon_draw(ui->draw, icon, rect_middle(place, size, size),
                  ui_tone(ui, ink));
    }
    ui_label(ui, in, TYPE_STRONG, ink, s);
    return w;
}
