/* bench_draw.c: the page of bench-ipc: a bar, two charts, and the sentence
 * that says what they show. */
#include "render/bench_view.h"

#include "sim/base/figures_say.h"

#include <math.h>

static double rate_of(const struct figure *g)
{
    return g->rate;
}

static double latency_of(const struct figure *g)
{
    return g->latency;
}

/* -------------------------------------------------------------------- bar */

static void button_right(struct ui *ui, struct rect *row, struct button b)
{
    b.kind = BUTTON_BAR;
    b.at = *row;
    b.at = rect_cut_right(row, ui_button_width(ui, b));
    ui_button(ui, b);
    rect_cut_right(row, 6);
}

static void buttons(struct ui *ui, const struct bench_source *s,
                    struct rect *row)
{
    button_right(ui, row,
                 (struct button){.icon = ui->theme->dark ? ICON_SUN : ICON_MOON,
                                 .tip = word(W_DO_THEME, ui->lang),
                                 .key = "T",
                                 .intent = {.what = BENCH_DO_THEME}});
    button_right(ui, row,
                 (struct button){.icon = ICON_GLOBE,
                                 .label = ui->lang == LANG_EN ? "中文" : "EN",
                                 .tip = word(W_DO_LANGUAGE, ui->lang),
                                 .key = "L",
                                 .intent = {.what = BENCH_DO_LANG}});
    if (s->again)
        button_right(ui, row,
                     (struct button){.icon = ICON_RELOAD,
                                     .tip = word(W_BENCH_AGAIN, ui->lang),
                                     .key = "R",
                                     .off = s->measuring || s->trouble,
                                     .intent = {.what = BENCH_DO_AGAIN}});
}

/* What a pill takes (ui_pill says only afterwards). */
static void pill_right(struct ui *ui, struct rect *row, const char *text)
{
    float w = ceilf(ui_width(ui, TYPE_STRONG, text)) + 0.84f * row->h + 2;
    struct rect at = rect_cut_right(row, w);
    ui_pill(ui, at, ICON_NONE, text, TONE_BAR_INSET, TONE_BAR_TEXT);
    rect_cut_right(row, SPACE_2);
}

static void draw_bar(struct ui *ui, const struct bench_source *s,
                     struct rect at)
{
    static const enum word pins[PIN_COUNT] = {
        W_BENCH_PIN_APART, W_BENCH_PIN_SAME, W_BENCH_PIN_NONE};
    const struct figures *f = s->figures;
    struct rect row = rect_inset_xy(at, SPACE_4, at.h * 0.19f);
    draw_rect(ui->draw, at, ui_tone(ui, TONE_BAR));
    buttons(ui, s, &row);
    rect_cut_right(&row, SPACE_2);
    pill_right(ui, &row, word(pins[f->pin], ui->lang));
    if (s->trouble)
        pill_right(ui, &row, word(W_BENCH_STOPPED, ui->lang));
    else if (figures_known(f) < figures_wanted(f))
        pill_right(ui, &row, ui_format(ui, word(W_BENCH_PROGRESS, ui->lang),
                                       figures_known(f), figures_wanted(f)));
    enum type type = ui->theme->big ? TYPE_HEADING : TYPE_TITLE;
    float used = ui_label_in(ui, row, type, ui_tone(ui, TONE_BAR_TEXT),
                             ALIGN_LEFT, word(W_BENCH_TITLE, ui->lang));
    rect_cut_left(&row, used + SPACE_4);
    if (s->name)
        ui_label_short(ui, row, TYPE_STRONG, ui_tone(ui, TONE_BAR_MUTED),
                       ALIGN_LEFT, s->name);
}

/* ------------------------------------------------------------------ verdict */

static const char *framed(struct ui *ui, struct str *s)
{
    const char *text = ui_format(ui, "%s", str_text(s));
    str_free(s);
    return text;
}

static const char *verdict_text(struct ui *ui, const struct bench_source *s)
{
    const struct figures *f = s->figures;
    struct str text = {0};
    if (s->trouble)
        return s->trouble;
    if (figures_known(f) < figures_wanted(f))
        return ui_format(ui, word(W_BENCH_PROGRESS, ui->lang),
                         figures_known(f), figures_wanted(f));
    figures_say_verdict(f, ui->lang, &text);
    return framed(ui, &text);
}

static void add_crossings(struct ui *ui, const struct figures *f,
                          struct str *text)
{
    struct plot_crossing list[PLOT_CROSSINGS_MOST];
    int n = plot_crossings(f, list);
    if (!n && figures_verdict(f) != VERDICT_UNKNOWN)
        str_add(text, word(W_BENCH_NO_RING, ui->lang));
    for (int i = 0; i < n; i++) {
        struct str size = {0};
        figures_say_size(list[i].crossing.size, &size);
        str_add(text, word(i ? W_LIST_COMMA : W_BENCH_RING, ui->lang));
        str_addf(text, word(W_BENCH_RING_AT, ui->lang),
                 word(way_table[list[i].against].title, ui->lang),
                 str_text(&size));
        if (i == n - 1)
            str_add(text, word(W_BENCH_RING_END, ui->lang));
        str_free(&size);
    }
}

static const char *remark_text(struct ui *ui, const struct figures *f)
{
    struct str text = {0};
    if (figures_known(f) == figures_wanted(f))
        add_crossings(ui, f, &text);
    if (figures_unsteady(f))
        str_add(&text, word(W_FIG_UNSTEADY, ui->lang));
    str_add(&text, word(W_BENCH_METHOD, ui->lang));
    return framed(ui, &text);
}

/* Takes the card of the verdict off the bottom. */
static void draw_verdict(struct ui *ui, const struct bench_source *s,
                         struct rect *page)
{
    const char *verdict = verdict_text(ui, s);
    const char *remark = remark_text(ui, s->figures);
    enum type big = ui->theme->big ? TYPE_HEADING : TYPE_WHY;
    enum type small = ui->theme->big ? TYPE_CAPTION : TYPE_BODY;
    float w = page->w - 28;
    float high = ui_paragraph_height(ui, w, big, verdict);
    float low = ui_paragraph_height(ui, w, small, remark);
    struct rect at = rect_cut_bottom(page, high + low + SPACE_1 + 26);
    rect_cut_bottom(page, SPACE_3);
    struct rect in = ui_card(ui, at, NULL, NULL);
    ui_paragraph(ui, rect_cut_top(&in, high + 1), big,
                 s->trouble ? TONE_ERROR : TONE_TEXT, verdict);
    rect_cut_top(&in, SPACE_1);
    in.h = low + 1;
    ui_paragraph(ui, in, small, TONE_MUTED, remark);
}

/* ------------------------------------------------------------------- charts */

static void draw_chart(struct ui *ui, const struct bench_source *s,
                       struct rect at, bool rates, struct plot_labels *labels)
{
    enum word title = rates ? W_BENCH_RATE : W_BENCH_LATENCY;
    enum word remark = rates ? W_BENCH_OVER_SIZE : W_BENCH_HALF_TRIP;
    struct rect in = ui_card(ui, at, word(title, ui->lang),
                             word(remark, ui->lang));
    if (labels)
        *labels = (struct plot_labels){.inside = at};
    struct plot p = {.ui = ui,
                     .figures = s->figures,
                     .at = in,
                     .value = rates ? rate_of : latency_of,
                     .rates = rates,
                     .labels = labels};
    plot_draw(&p);
}

void bench_draw(struct ui *ui, const struct bench_source *s,
                struct plot_labels labels[2])
{
    struct rect page = ui->all;
    float bar = ui_leading(ui, TYPE_TITLE) * (ui->theme->big ? 1.65f : 1.9f);
    draw_bar(ui, s, rect_cut_top(&page, bar));
    page = rect_inset(page, SPACE_3);
    draw_verdict(ui, s, &page);
    struct rect left = rect_cut_left(&page, floorf(page.w * 0.54f));
    rect_cut_left(&page, SPACE_3);
    draw_chart(ui, s, left, true, labels);
    draw_chart(ui, s, page, false, labels ? labels + 1 : NULL);
}
