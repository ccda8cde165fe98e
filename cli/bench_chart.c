/* bench_chart.c: throughput over message size in characters, both axes
 * logarithmic: a letter a mechanism, plain ASCII as in chart.c; colours only
 * say again what the letters say. */
#include "cli/bench_ipc.h"

#include "cli/chart.h"
#include "sim/base/figures_say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 16, LABEL = 9, STEP = 8, COLUMNS = 66 };

static const struct {
    char letter;
    const char *colour; /* ECMA-48 */
} look[WAY_COUNT] = {{'P', "\033[34m"}, {'F', "\033[36m"}, {'Q', "\033[31m"},
                     {'C', "\033[33m"}, {'1', "\033[35m"}, {'S', "\033[1;32m"},
                     {'0', ""}};

static const char even = '*';

struct plot {
    const struct figures *f;
    bool colours;
    double low, high; /* decades of the y axis */
    int step;         /* characters from a size to the next */
    int width;
    char cell[ROWS][COLUMNS + 1];
};

static bool drawn(const struct figures *f, enum way w)
{
    return figures_want(f, w) && way_table[w].carries;
}

static void find_range(struct plot *p)
{
    p->low = INFINITY;
    p->high = -INFINITY;
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < p->f->size_count && drawn(p->f, (enum way)w); i++)
            if (p->f->at[w][i].known) {
                double y = log10(p->f->at[w][i].rate);
                p->low = fmin(p->low, y);
                p->high = fmax(p->high, y);
            }
    if (p->high - p->low < 0.5)
        p->high = p->low + 0.5;
}

static int row_of(const struct plot *p, double rate)
{
    double share = (log10(rate) - p->low) / (p->high - p->low);
    return ROWS - 1 - (int)lround(share * (ROWS - 1));
}

static void put(struct plot *p, int row, int column, char mark)
{
    char *at = &p->cell[row][column];
    *at = *at == ' ' || *at == '.' ? mark : *at == mark ? mark : even;
}

/* Dots between two points of a line, where nothing else is. */
static void join(struct plot *p, const struct figure *a,
                 const struct figure *b, int column)
{
    for (int k = 1; k < p->step; k++) {
        double share = (double)k / p->step;
        double rate = exp((1 - share) * log(a->rate) + share * log(b->rate));
        char *at = &p->cell[row_of(p, rate)][column + k];
        *at = *at == ' ' ? '.' : *at;
    }
}

static void draw_way(struct plot *p, enum way w, bool points)
{
    const struct figure *g = p->f->at[w];
    for (int i = 0; i < p->f->size_count; i++) {
        if (!g[i].known)
            continue;
        if (points)
            put(p, row_of(p, g[i].rate), i * p->step, look[w].letter);
        else if (i + 1 < p->f->size_count && g[i + 1].known)
            join(p, &g[i], &g[i + 1], i * p->step);
    }
}

static void fill(struct plot *p)
{
    int n = p->f->size_count;
    p->step = n > 1 ? (COLUMNS - 1) / (n - 1) : 1;
    p->step = p->step > STEP ? STEP : p->step;
    p->width = (n - 1) * p->step + 1;
    for (int r = 0; r < ROWS; r++)
        memset(p->cell[r], ' ', COLUMNS);
    for (int points = 0; points < 2; points++)
        for (int w = 0; w < WAY_COUNT; w++)
            if (drawn(p->f, (enum way)w))
                draw_way(p, (enum way)w, points);
}

/* --------------------------------------------------------------- characters */

static const char *colour_of(char mark)
{
    for (int w = 0; w < WAY_COUNT; w++)
        if (look[w].letter == mark)
            return look[w].colour;
    return "";
}

static void write_row(const struct plot *p, int row, struct str *out)
{
    int end = p->width;
    for (; end > 0 && p->cell[row][end - 1] == ' '; end--)
        ;
    for (int i = 0; i < end; i++) {
        const char *colour = p->colours ? colour_of(p->cell[row][i]) : "";
        str_add(out, colour);
        str_add_char(out, p->cell[row][i]);
        str_add(out, colour[0] ? "\033[0m" : "");
    }
    str_add_char(out, '\n');
}

static void write_rows(const struct plot *p, struct str *out)
{
    for (int row = 0; row < ROWS; row++) {
        struct str label = {0};
        double share = (double)(ROWS - 1 - row) / (ROWS - 1);
        if (row % 5 == 0)
            figures_say_number(
                pow(10, p->low + share * (p->high - p->low)), &label);
        add_cell(out, str_text(&label), LABEL - 2, true);
        str_add(out, " |");
        write_row(p, row, out);
        str_free(&label);
    }
}

static void write_axis(const struct plot *p, struct str *out)
{
    int column = 0;
    add_cell(out, "", LABEL - 1, false);
    str_add_char(out, '+');
    for (int i = 0; i < p->width; i++)
        str_add_char(out, i % p->step ? '-' : '+');
    str_add_char(out, '\n');
    add_cell(out, "", LABEL, false);
    for (int i = 0; i < p->f->size_count; i++) {
        struct str size = {0};
        figures_say_size((double)p->f->sizes[i], &size);
        if (!column || column + 1 <= i * p->step) {
            for (; column < i * p->step; column++)
                str_add_char(out, ' ');
            str_add(out, str_text(&size));
            column += (int)size.length;
        }
        str_free(&size);
    }
    str_add_char(out, '\n');
}

static void write_legend(const struct plot *p, enum lang lang,
                         struct str *out)
{
    bool several = false;
    for (int row = 0; row < ROWS; row++)
        several = several || memchr(p->cell[row], even, COLUMNS);
    str_add(out, "  ");
    for (int w = 0; w < WAY_COUNT; w++)
        if (drawn(p->f, (enum way)w))
            str_addf(out, "%s%c%s %s   ", p->colours ? look[w].colour : "",
                     look[w].letter, p->colours ? "\033[0m" : "",
                     way_table[w].name);
    if (several)
        str_addf(out, "%c %s", even, word(W_CLI_B_SEVERAL, lang));
    while (out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

static bool wants_colours(const struct options *o)
{
    const char *no = getenv("NO_COLOR");
    return !option_given(o, OPTION_OUTPUT) && isatty(STDOUT_FILENO) &&
           !(no && no[0]);
}

void bench_write_chart(const struct figures *f, const struct options *o,
                       struct str *out)
{
    struct plot p = {.f = f, .colours = wants_colours(o)};
    find_range(&p);
    if (isinf(p.low))
        return;
    fill(&p);
    str_addf(out, "\n%s\n", word(W_CLI_B_CHART, o->lang));
    write_rows(&p, out);
    write_axis(&p, out);
    write_legend(&p, o->lang, out);
}
