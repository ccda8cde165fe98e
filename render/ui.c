/* ui.c: a frame of the interface: layers, the pointer, tooltips.
 *
 * The pointer belongs to one thing at a time. `hot` is what it is on, `active`
 * what was pressed and is held; while something is active nothing else gets
 * hot, so dragging past a button does not light it. What lies under a popup
 * does not get hot either: popups say where they are, and the layers below
 * ask in the next frame. */
#include "render/ui.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <math.h>
#include <stdlib.h>

static const double tip_delay = 0.45; /* seconds */

void ui_begin(struct ui *ui, struct ui_setup s)
{
    require(s.theme && s.text && s.in && s.scale > 0);
    arena_clear(&ui->frame);
    ui->theme = s.theme;
    ui->text = s.text;
    ui->lang = s.lang;
    ui->all = (struct rect){0, 0, s.width, s.height};
    ui->scale = s.scale;
    ui->in = s.in;
    for (int i = 0; i < LAYER_COUNT; i++) {
        draw_begin(&ui->layers[i], &ui->frame, ui->all);
        ui->blocked[i] = ui->blocking[i];
        ui->blocking[i] = (struct rect){0, 0, 0, 0};
    }
    ui->layer = LAYER_BASE;
    ui->draw = &ui->layers[LAYER_BASE];
    ui->intent_count = ui->cut_count = ui->offer_count = 0;
    ui->cursor = CURSOR_ARROW;
    ui->moving = false;
    ui->wake = HUGE_VAL;
    ui->hot = 0;
    ui->was_about = ui->about;
    ui->about = 0;
    ui->moved = fabsf(s.in->x - ui->was_x) + fabsf(s.in->y - ui->was_y) > 0;
    ui->was_x = s.in->x;
    ui->was_y = s.in->y;
}

void ui_end(struct ui *ui)
{
    require(ui->layer == LAYER_BASE);
    for (int i = 1; i < LAYER_COUNT; i++)
        draw_append(&ui->layers[0], &ui->layers[i]);
    if (!ui->in->down[BUTTON_LEFT])
        ui->active = 0;
    if (!ui->hot)
        ui->tip_id = 0;
}

void ui_free(struct ui *ui)
{
    arena_free(&ui->frame);
    free(ui->intents);
    free(ui->cuts);
    free(ui->offers);
    *ui = (struct ui){0};
}

ui_id ui_make_id(const char *name, int64_t index)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * UINT64_C(0x100000001B3);
    h = (h ^ (uint64_t)index) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 31;
    return h ? h : 1;
}

/* ---------------------------------------------------------------- pointer */

/* Whether something of a higher layer lies under the pointer. */
static bool is_covered(const struct ui *ui)
{
    for (int i = (int)ui->layer + 1; i < LAYER_COUNT; i++)
        if (rect_has(ui->blocked[i], ui->in->x, ui->in->y) ||
            rect_has(ui->blocking[i], ui->in->x, ui->in->y))
            return true;
    return false;
}

bool ui_hover(struct ui *ui, ui_id id, struct rect at)
{
    float x = ui->in->x, y = ui->in->y;
    if (ui->active && ui->active != id)
        return false;
    if (!rect_has(at, x, y) || !rect_has(draw_clip(ui->draw), x, y))
        return false;
    if (is_covered(ui))
        return false;
    ui->hot = id;
    return true;
}

bool ui_over(const struct ui *ui, struct rect at)
{
    float x = ui->in->x, y = ui->in->y;
    return !ui->active && rect_has(at, x, y) &&
           rect_has(draw_clip(ui->draw), x, y) && !is_covered(ui);
}

bool ui_clicked(struct ui *ui, ui_id id, struct rect at)
{
    bool over = ui_hover(ui, id, at);
    if (over && ui->in->pressed[BUTTON_LEFT])
        ui->active = id;
    return over && ui->active == id && ui->in->released[BUTTON_LEFT];
}

bool ui_dragged(struct ui *ui, ui_id id, struct rect at)
{
    if (ui_hover(ui, id, at) && ui->in->pressed[BUTTON_LEFT])
        ui->active = id;
    return ui->active == id;
}

void ui_want(struct ui *ui, struct intent i)
{
    if (!i.what)
        return;
    ui->intents = mem_grow(ui->intents, ui->intent_count + 1,
                           &ui->intent_capacity, sizeof *ui->intents);
    ui->intents[ui->intent_count++] = i;
}

bool ui_pressed(struct ui *ui, ui_id id, struct rect at, struct intent intent)
{
    bool clicked = ui_clicked(ui, id, at);
    ui_offer(ui, (struct ui_offer){.at = at, .id = id, .row = true,
                                   .intent = intent});
    if (clicked)
        ui_want(ui, intent);
    return clicked;
}

void ui_offer(struct ui *ui, struct ui_offer o)
{
    o.at = rect_meet(o.at, draw_clip(ui->draw));
    o.layer = ui->layer;
    if (!o.intent.what || o.at.w <= 0 || o.at.h <= 0)
        return;
    ui->offers = mem_grow(ui->offers, ui->offer_count + 1, &ui->offer_capacity,
                          sizeof *ui->offers);
    ui->offers[ui->offer_count++] = o;
}

/* --------------------------------------------------------------- tooltips */

static void draw_tip(struct ui *ui, struct rect from, const char *tip,
                     const char *key)
{
    float text = ui_width(ui, TYPE_BODY, tip);
    float cap = key ? ui_width(ui, TYPE_STRONG, key) + SPACE_3 : 0;
    float h = ui_leading(ui, TYPE_BODY) + SPACE_3;
    struct rect at = {from.x + from.w / 2, from.y - h - 6,
                      text + cap + 2 * SPACE_3, h};
    at.x = fminf(fmaxf(at.x - at.w / 2, SPACE_1), ui->all.w - at.w - SPACE_1);
    if (at.y < SPACE_1)
        at.y = from.y + from.h + 6;
    struct draw *below = ui->draw;
    ui->draw = &ui->layers[LAYER_TIP];
    draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_TIP)});
    struct rect in = rect_inset_xy(at, SPACE_3, 0);
    ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_TIP_TEXT), ALIGN_LEFT,
                   tip);
    if (key)
        ui_label_short(ui, in, TYPE_STRONG,
                       colour_mix(ui_tone(ui, TONE_TIP_TEXT),
                                  ui_tone(ui, TONE_TIP), 0.25f),
                       ALIGN_RIGHT, key);
    ui->draw = below;
}

void ui_tip(struct ui *ui, ui_id id, struct rect at, const char *tip,
            const char *key)
{
    if (ui->hot != id || ui->active || !tip)
        return;
    if (ui->tip_id != id) {
        ui->tip_id = id;
        ui->tip_since = ui->in->now;
    }
    double left = tip_delay - (ui->in->now - ui->tip_since);
    if (left > 0)
        ui->wake = fmin(ui->wake, left);
    else
        draw_tip(ui, at, tip, key);
}

/* ----------------------------------------------------------------- layers */

void ui_layer_push(struct ui *ui, enum layer layer, struct rect at)
{
    require(ui->layer == LAYER_BASE && layer != LAYER_BASE);
    ui->layer = layer;
    ui->draw = &ui->layers[layer];
    ui->blocking[layer] = at;
}

void ui_layer_pop(struct ui *ui)
{
    require(ui->layer != LAYER_BASE);
    ui->layer = LAYER_BASE;
    ui->draw = &ui->layers[LAYER_BASE];
}
