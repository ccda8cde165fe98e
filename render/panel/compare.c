/* compare.c: the same processes under several policies, on one time axis.
 *
 * Above, which runs take part; then the first moment where two of them part, in
 * one sentence; then the runs, and their figures. Who asks what a policy is good
 * for sees here what it does to the same work. */
#include "render/panel/compare.h"

#include "render/panel/timeline.h"
#include "render/way.h"

#include <math.h>

const char *compare_label(const struct scene *s, const struct rival *r)
{
    enum lang lang = s->ui->lang;
    if (r->kind == RIVAL_HERE)
        return scene_say(s, W_COMPARE_NAMED, word(W_COMPARE_HERE, lang),
                         r->name);
    if (r->kind == RIVAL_LEFT)
        return scene_say(s, W_COMPARE_ASIDE, r->name,
                         scene_say(s, W_COMPARE_LEFT, scene_number(s, r->left)));
    return ui_format(s->ui, "%s", r->name);
}

static int count_on(const struct rivals *r)
{
    int n = 0;
    for (int i = 0; i < r->count; i++)
        n += r->all[i]->on;
    return n;
}

/* ---- which ---- */

static struct button chip(struct scene *s, int i)
{
    const struct rival *r = s->feed->rivals->all[i];
    return (struct button){.id = ui_make_id("rival", i),
                           .icon = r->on ? ICON_CHECK : ICON_PLUS,
                           .label = compare_label(s, r),
                           .tip = way_title(s, r->policy),
                           .on = r->on,
                           .intent = {.what = DO_RIVAL, .arg = i}};
}

/* Behind all runs: one more. */
static struct button add_chip(struct scene *s)
{
    enum lang lang = s->ui->lang;
    return (struct button){.id = ui_make_id("rival", -1),
                           .kind = BUTTON_QUIET,
                           .icon = ICON_PLUS,
                           .label = word(W_COMPARE_ADD, lang),
                           .tip = word(W_COMPARE_ADD_TIP, lang),
                           .key = "E",
                           .intent = {.what = DO_RIVAL_ADD}};
}

/* Lays the chips out in lines of `width`; draws them if `draw`. Returns the
 * height. */
static float chips(struct scene *s, struct rect at, bool draw)
{
    struct ui *ui = s->ui;
    const struct rivals *r = s->feed->rivals;
    float h = ui->theme->control * 0.86f, x = at.x, y = at.y;
    for (int i = 0; i <= r->count; i++) {
        struct button b = i < r->count ? chip(s, i) : add_chip(s);
        float w = ui_button_width(ui, b);
        if (x > at.x && x + w > at.x + at.w) {
            x = at.x;
            y += h + SPACE_1 + 2;
        }
        b.at = (struct rect){x, y, w, h};
        if (draw)
            ui_button(ui, b);
        if (draw && i == s->view->rival_at)
            draw_box(ui->draw,
                     (struct box){.at = rect_inset(b.at, -2), .radius = 10,
                                  .border = 2, .line = ui_tone(ui, TONE_FOCUS)});
        x += w + SPACE_1 + 2;
    }
    return y + h - at.y;
}

/* ---- where they part ---- */

static const char *sentence(const struct scene *s)
{
    struct rivals *r = s->feed->rivals;
    struct str out = {0};
    int on = count_on(r);
    if (on < 2 || !r->compared || !r->parted)
        return word(on == 0        ? W_COMPARE_CHOOSE
                    : on == 1      ? W_COMPARE_ONE
                    : !r->compared ? W_COMPARE_WORKS
                                   : W_COMPARE_NEVER,
                    s->ui->lang);
    r->say_parting(r->self, s->ui->lang, &out);
    while (out.length && out.text[out.length - 1] == '\n')
        str_cut(&out, out.length - 1);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

static bool has_parting(const struct rivals *r)
{
    return count_on(r) > 1 && r->compared && r->parted;
}

static struct button go_button(struct scene *s)
{
    const struct rivals *r = s->feed->rivals;
    return (struct button){.id = ui_make_id("parting", 0),
                           .kind = BUTTON_PRIMARY,
                           .label = scene_say(s, W_COMPARE_GO,
                                              scene_number(s, r->parting)),
                           .key = "Enter",
                           .intent = {.what = DO_VISIT,
                                      .value = (double)r->parting}};
}

static float parting_room(struct scene *s, float width)
{
    float w = width - 2 * SPACE_3;
    if (has_parting(s->feed->rivals))
        w -= ui_button_width(s->ui, go_button(s)) + SPACE_3;
    return w;
}

static float parting_height(struct scene *s, float width)
{
    float text = ui_paragraph_height(s->ui, parting_room(s, width), TYPE_STRONG,
                                     sentence(s));
    return fmaxf(text, s->ui->theme->control * 0.86f) + SPACE_3;
}

static void parting(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    draw_box(ui->draw, (struct box){.at = at, .radius = 8,
                                    .fill = ui_tone(ui, TONE_ACCENT_SOFT)});
    struct rect in = rect_inset_xy(at, SPACE_3, SPACE_3 / 2.0f);
    float room = parting_room(s, at.w);
    if (has_parting(s->feed->rivals)) {
        struct button b = go_button(s);
        float w = ui_button_width(ui, b), h = ui->theme->control * 0.86f;
        b.at = rect_middle(rect_cut_right(&in, w), w, h);
        ui_button(ui, b);
    }
    in.w = room;
    float h = ui_paragraph_height(ui, room, TYPE_STRONG, sentence(s));
    in.y += fmaxf((in.h - h) / 2, 0);
    in.h = h;
    ui_paragraph(ui, in, TYPE_STRONG, TONE_TEXT, sentence(s));
}

/* ---- the whole ---- */

enum { ROW_MORE = 16 };

/* Where there is room to spare, rows are higher. */
static struct compare_form form_of(struct scene *s, float width, float room)
{
    struct compare_form f = {compare_gutter(s, width), compare_row(s)};
    float rows = (float)(count_on(s->feed->rivals) * s->scenario->machine.cpus);
    float spare = room - compare_runs_height(s, f);
    float more = floorf(spare / fmaxf(rows, 1));
    f.row += fminf(fmaxf(more, 0), ROW_MORE);
    return f;
}

static void runs_and_table(struct scene *s, struct rect in)
{
    struct ui *ui = s->ui;
    struct lens own = s->view->lens;
    s->view->lens = compare_lens(s);
    float width = in.w - 14, table = compare_table_height(s, width);
    struct rect top = rect_cut_top(&in, compare_ruler_height(s));
    struct compare_form f = form_of(s, width, in.h - table - SPACE_4);
    float runs = compare_runs_height(s, f);
    struct rect all = ui_scroll_begin(ui, ui_make_id("compare", 1), in,
                                      runs + SPACE_4 + table,
                                      &s->view->overlay_scroll);
    all.w = width;
    compare_runs(s, rect_cut_top(&all, runs), f);
    rect_cut_top(&all, SPACE_4);
    compare_table(s, rect_cut_top(&all, table));
    ui_scroll_end(ui);
    struct rect plot = {in.x, in.y, width, 0};
    plot = compare_plot(s, plot, f.gutter);
    timeline_ruler(s, plot, (struct rect){plot.x, top.y, plot.w, top.h});
    s->view->lens = own;
}

static void keys(struct scene *s, struct rect row)
{
    static const struct key_about all[] = {{"← →", W_COMPARE_KEY_NEXT},
                                           {"Space", W_COMPARE_KEY_CHOOSE},
                                           {"E", W_COMPARE_KEY_ADD},
                                           {"Enter", W_COMPARE_KEY_GO},
                                           {"Esc", W_COMPARE_KEY_BACK}};
    scene_keys(s, row, all, sizeof all / sizeof *all);
}

void compare_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float edge = ui->theme->big || ui->all.h < 720 ? 32 : 64;
    struct rect in = ui_dialog(ui, ui_make_id("compare", 0), ui->all.w - edge,
                               ui->all.h - edge,
                               word(W_COMPARE_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    float h = chips(s, in, false);
    chips(s, rect_cut_top(&in, h), true);
    rect_cut_top(&in, SPACE_3);
    parting(s, rect_cut_top(&in, parting_height(s, in.w)));
    rect_cut_top(&in, SPACE_2);
    keys(s, rect_cut_bottom(&in, ui_leading(ui, TYPE_CAPTION) + 6));
    rect_cut_bottom(&in, SPACE_2);
    if (count_on(s->feed->rivals))
        runs_and_table(s, in);
    ui_dialog_end(ui);
}
