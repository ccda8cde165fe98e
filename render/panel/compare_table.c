/* compare_table.c: the figures of a comparison, a row for each run; the best of
 * each is marked, where they differ. */
#include "render/panel/compare.h"

#include <math.h>
#include <string.h>

enum { END = MEASURE_COUNT, RUNS_MOST = 64 };

static const struct column {
    int measure;
    enum word head;
} columns[] = {
    {MEASURE_TURNAROUND, W_MEASURE_TURNAROUND},
    {MEASURE_WAITING, W_MEASURE_WAITING},
    {MEASURE_RESPONSE, W_MEASURE_RESPONSE},
    {MEASURE_SWITCHES, W_MEASURE_SWITCHES},
    {MEASURE_UTILIZATION, W_MEASURE_UTILIZATION},
    {MEASURE_FAIRNESS, W_MEASURE_FAIRNESS},
    {MEASURE_MISSED, W_MEASURE_MISSED},
    {MEASURE_WORST, W_MEASURE_WORST},
    {END, W_COMPARE_END},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* Those that take part. */
struct runs {
    const struct rival *all[RUNS_MOST];
    bool fair[RUNS_MOST]; /* it came to its end: its figures are about all */
    bool jobs; /* they are of periodic jobs */
    int count;
};

static struct runs runs_of(const struct scene *s)
{
    const struct rivals *r = s->feed->rivals;
    struct runs runs = {.jobs = measures_jobs(s->scenario)};
    for (int i = 0; i < r->count && runs.count < RUNS_MOST; i++) {
        if (!r->all[i]->on)
            continue;
        runs.fair[runs.count] =
            r->all[i]->over && r->all[i]->stop == STOP_FINISHED;
        runs.all[runs.count++] = r->all[i];
    }
    return runs;
}

static double value(const struct rival *r, int measure)
{
    if (!r->over)
        return NAN;
    return measure == END ? (double)r->end : r->measure[measure];
}

/* A figure that no run has is no column. */
static bool is_shown(const struct runs *runs, int measure)
{
    if (measure != END && !measure_fits((enum measure)measure, runs->jobs))
        return false;
    for (int i = 0; i < runs->count; i++)
        if (measure < MEASURE_MISSED || measure == END ||
            !isnan(value(runs->all[i], measure)))
            return true;
    return false;
}

static float line_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_BODY) + 6;
}

/* Figures have their room first; a name that has too little is whole above. */
static float least_column(const struct scene *s)
{
    return ui_width(s->ui, TYPE_STRONG, "000.000") + SPACE_4 + 4;
}

/* As many as have room beside the names; what is left out is in the table of
 * `timeslice compare`. */
static int columns_shown(const struct scene *s, const struct runs *runs,
                         float room)
{
    float names = ui_width(s->ui, TYPE_STRONG, "mlfq 00") + SPACE_4;
    int n = 0, most = (int)((room - names) / least_column(s));
    for (int c = 0; c < COLUMNS && n < most; c++)
        n += is_shown(runs, columns[c].measure);
    return n > 0 ? n : 1;
}

static float first_width(const struct scene *s, const struct runs *runs,
                         float room)
{
    float w = 0;
    for (int i = 0; i < runs->count; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_STRONG,
                              compare_label(s, runs->all[i])));
    return fminf(ceilf(w) + SPACE_4,
                 room - least_column(s) * (float)columns_shown(s, runs, room));
}

static float column_width(const struct scene *s, const struct runs *runs,
                          float room)
{
    return floorf((room - first_width(s, runs, room)) /
                  (float)columns_shown(s, runs, room));
}

static float head_height(const struct scene *s, float width)
{
    float h = 0;
    for (int c = 0; c < COLUMNS; c++)
        h = fmaxf(h, ui_paragraph_height(s->ui, width - SPACE_4, TYPE_CAPTION,
                                         word(columns[c].head, s->ui->lang)));
    return h + 6;
}

float compare_table_height(const struct scene *s, float width)
{
    struct runs runs = runs_of(s);
    return head_height(s, column_width(s, &runs, width)) +
           line_height(s) * (float)(runs.count + 1);
}

static void cell(struct scene *s, struct rect at, double x, bool best)
{
    struct ui *ui = s->ui;
    struct str text = {0};
    measure_write(x, &text);
    const char *number = ui_format(ui, "%s", str_text(&text));
    str_free(&text);
    struct rect in = {at.x + 2, at.y + 1, at.w - SPACE_2, at.h - 2};
    if (best) {
        float icon = ui->theme->types[TYPE_BODY].size;
        draw_box(ui->draw, (struct box){.at = in, .radius = 5,
                                        .fill = ui_tone(ui, TONE_OK_SOFT)});
        float text_width = ui_width(ui, TYPE_STRONG, number);
        if (text_width + icon + 5 + SPACE_3 <= in.w)
            icon_draw(ui->draw, ICON_CHECK,
                      (struct rect){in.x + 5, in.y + (in.h - icon) / 2, icon,
                                    icon},
                      ui_tone(ui, TONE_OK));
    }
    in.w -= SPACE_2;
    ui_label_in(ui, in, best ? TYPE_STRONG : TYPE_BODY,
                ui_tone(ui, best ? TONE_OK : TONE_TEXT), ALIGN_RIGHT, number);
}

/* Of the words of a heading, which may stand below each other. */
static float widest_word(const struct scene *s, const char *text)
{
    float w = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        w = fmaxf(w, ui_width(s->ui, TYPE_CAPTION,
                              ui_format(s->ui, "%.*s", (int)n, text)));
        text += n + (text[n] == ' ');
    }
    return ceilf(w) + 1;
}

/* At the right, over the figures; in lines below each other if need be. */
static void heading(struct scene *s, struct rect at, const char *text)
{
    float w = ceilf(ui_width(s->ui, TYPE_CAPTION, text)) + 1;
    w = w <= at.w ? w : fminf(widest_word(s, text), at.w);
    ui_paragraph(s->ui, rect_cut_right(&at, w), TYPE_CAPTION, TONE_MUTED, text);
}

/* One column from top to bottom. */
static void column(struct scene *s, const struct runs *runs, struct rect at,
                   const struct column *c, float head)
{
    double x[RUNS_MOST];
    bool best[RUNS_MOST];
    struct rect top = rect_cut_top(&at, head);
    top.w -= SPACE_4 - 2;
    heading(s, top, word(c->head, s->ui->lang));
    for (int i = 0; i < runs->count; i++)
        x[i] = value(runs->all[i], c->measure);
    measure_mark(x, runs->fair, runs->count,
                 c->measure != END && measures[c->measure].more, best);
    for (int i = 0; i < runs->count; i++)
        cell(s, rect_cut_top(&at, line_height(s)), x[i], best[i]);
}

static void names(struct scene *s, const struct runs *runs, struct rect at,
                  float width)
{
    struct ui *ui = s->ui;
    for (int i = 0; i < runs->count; i++) {
        struct rect line = rect_cut_top(&at, line_height(s));
        draw_rect(ui->draw, (struct rect){line.x, line.y, line.w, 1},
                  ui_tone(ui, TONE_HAIRLINE));
        line.w = width - SPACE_2;
        ui_label_short(ui, line, TYPE_STRONG, ui_tone(ui, TONE_TEXT),
                       ALIGN_LEFT, compare_label(s, runs->all[i]));
    }
    struct rect last = rect_cut_top(&at, line_height(s));
    float icon = ui->theme->types[TYPE_CAPTION].size;
    icon_draw(ui->draw, ICON_CHECK,
              (struct rect){last.x, last.y + (last.h - icon) / 2, icon, icon},
              ui_tone(ui, TONE_OK));
    rect_cut_left(&last, icon + 5);
    ui_label(ui, last, TYPE_CAPTION, TONE_MUTED,
             word(W_COMPARE_BEST, ui->lang));
}

void compare_table(struct scene *s, struct rect at)
{
    struct runs runs = runs_of(s);
    float each = column_width(s, &runs, at.w), head = head_height(s, each);
    float first = first_width(s, &runs, at.w);
    struct rect left = at;
    rect_cut_top(&left, head);
    names(s, &runs, left, first);
    int more = columns_shown(s, &runs, at.w);
    rect_cut_left(&at, first);
    for (int c = 0; c < COLUMNS && more; c++)
        if (is_shown(&runs, columns[c].measure) && more--)
            column(s, &runs, rect_cut_left(&at, each), &columns[c], head);
}
