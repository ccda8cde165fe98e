#include "sim/base/figures_say.h"

#include <stdio.h>

void figures_say_number(double n, struct str *out)
{
    int digits = n >= 99.95 ? 0 : n >= 9.995 ? 1 : n >= 0.9995 ? 2 : 3;
    str_addf(out, "%.*f", digits, n);
}

void figures_say_size(double bytes, struct str *out)
{
    static const char *const units[] = {"B", "KiB", "MiB"};
    int unit = 0;
    for (; bytes >= 1023.5 && unit < 2; unit++)
        bytes /= 1024;
    str_addf(out, bytes >= 99.95 ? "%.0f" : "%.3g", bytes);
    str_addf(out, " %s", units[unit]);
}

/* --------------------------------------------------------------- crossings */

bool figures_say_crossing(const struct figures *f, enum way first,
                          enum way second, enum lang lang, struct str *out)
{
    static const enum word plain[] = {
        [CROSSING_EVEN] = W_FIG_CROSS_EVEN,
        [CROSSING_AHEAD] = W_FIG_CROSS_AHEAD,
        [CROSSING_BEHIND] = W_FIG_CROSS_BEHIND,
    };
    struct crossing c = figures_cross(f, first, second);
    const char *a = way_table[first].name, *b = way_table[second].name;
    struct str size = {0};
    if (c.kind == CROSSING_UNKNOWN)
        return false;
    figures_say_size(c.size, &size);
    if (c.kind == CROSSING_UP)
        str_addf(out, word(W_FIG_CROSS_UP, lang), a, b, str_text(&size));
    else if (c.kind == CROSSING_DOWN)
        str_addf(out, word(W_FIG_CROSS_DOWN, lang), a, b, str_text(&size));
    else
        str_addf(out, word(plain[c.kind], lang), a, b);
    if (c.times > 1)
        str_addf(out, word(W_FIG_CROSS_TIMES, lang), c.times);
    str_free(&size);
    return true;
}

/* ----------------------------------------------------------------- verdict */

static void add_ratios(const struct figures *f, enum lang lang,
                       struct str *out)
{
    enum { PIPE_LAST, QUEUE_LAST, LAST, FIRST, PIPE_FIRST, QUEUE_FIRST, PARTS };
    struct str p[PARTS] = {{0}};
    int last = f->size_count - 1;
    figures_say_number(figures_ratio(f, WAY_SHM, WAY_PIPE, last),
                       &p[PIPE_LAST]);
    figures_say_number(figures_ratio(f, WAY_SHM, WAY_MSGQ, last),
                       &p[QUEUE_LAST]);
    figures_say_size((double)f->sizes[last], &p[LAST]);
    figures_say_size((double)f->sizes[0], &p[FIRST]);
    figures_say_number(figures_ratio(f, WAY_SHM, WAY_PIPE, 0), &p[PIPE_FIRST]);
    figures_say_number(figures_ratio(f, WAY_SHM, WAY_MSGQ, 0), &p[QUEUE_FIRST]);
    str_addf(out, word(W_FIG_RATIOS, lang), str_text(&p[PIPE_LAST]),
             str_text(&p[QUEUE_LAST]), str_text(&p[LAST]), str_text(&p[FIRST]),
             str_text(&p[PIPE_FIRST]), str_text(&p[QUEUE_FIRST]));
    for (int i = 0; i < PARTS; i++)
        str_free(&p[i]);
}

void figures_say_verdict(const struct figures *f, enum lang lang,
                         struct str *out)
{
    static const enum word opening[] = {
        [VERDICT_HOLDS] = W_FIG_HOLDS,
        [VERDICT_ALWAYS] = W_FIG_ALWAYS,
        [VERDICT_PARTLY] = W_FIG_PARTLY,
        [VERDICT_NOT] = W_FIG_NOT,
    };
    enum verdict v = figures_verdict(f);
    if (v == VERDICT_UNKNOWN) {
        str_add(out, word(W_FIG_UNKNOWN, lang));
        return;
    }
    str_add(out, word(opening[v], lang));
    add_ratios(f, lang, out);
}
