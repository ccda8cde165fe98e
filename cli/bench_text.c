/* bench_text.c: figures for people: what was compared, three tables, a chart,
 * where the lines cross, and what that says about the lecture's claim. */
#include "cli/bench_ipc.h"

#include "cli/chart.h"
#include "sim/base/figures_say.h"

#include <stdio.h>
#include <string.h>

enum { NAME_CELL = 10, COPIES_CELL = 8, SIZE_CELL = 10, CELL = 10 };

/* ----------------------------------------------------------- the mechanisms */

/* The bytes that one call takes, from the pieces of the largest message. */
static int64_t queue_piece(const struct figures *f)
{
    int64_t piece = 8192;
    for (int i = 0; i < f->size_count; i++) {
        int64_t n = f->at[WAY_MSGQ][i].pieces;
        if (n > 1)
            return (f->sizes[i] + n - 1) / n;
    }
    return piece;
}

static void write_mechanisms(const struct figures *f, enum lang lang,
                             struct str *out)
{
    static const enum word how[WAY_COUNT] = {
        W_CLI_B_HOW_PIPE,     W_CLI_B_HOW_FIFO, W_CLI_B_HOW_MSGQ,
        W_CLI_B_HOW_SHM_COPY, W_CLI_B_HOW_SHM_ONCE, W_CLI_B_HOW_SHM,
        W_CLI_B_HOW_SEM};
    int name = utf8_columns(word(W_CLI_B_MECHANISM, lang)) + 2;
    name = name > NAME_CELL ? name : NAME_CELL;
    add_cell(out, word(W_CLI_B_MECHANISM, lang), name, false);
    add_cell(out, word(W_CLI_B_COPIES, lang), COPIES_CELL, true);
    str_addf(out, "  %s\n", word(W_CLI_B_HOW, lang));
    for (int w = 0; w < WAY_COUNT; w++) {
        char copies[16];
        if (!figures_want(f, (enum way)w))
            continue;
        snprintf(copies, sizeof copies, "%d", way_table[w].copies);
        add_cell(out, way_table[w].name, name, false);
        add_cell(out, copies, COPIES_CELL, true);
        str_add(out, "  ");
        if (w == WAY_MSGQ)
            str_addf(out, word(how[w], lang), (long long)queue_piece(f));
        else
            str_add(out, word(how[w], lang));
        str_add_char(out, '\n');
    }
}

/* ------------------------------------------------------------------- tables */

static double rate_of(const struct figure *g)
{
    return g->rate;
}

static double latency_of(const struct figure *g)
{
    return g->latency;
}

static double late_of(const struct figure *g)
{
    return g->late;
}

static void add_number(double n, struct str *out)
{
    struct str text = {0};
    figures_say_number(n, &text);
    add_cell(out, str_text(&text), CELL, true);
    str_free(&text);
}

static void write_row(const struct figures *f, int i,
                      double (*value)(const struct figure *), struct str *out)
{
    struct str size = {0};
    figures_say_size((double)f->sizes[i], &size);
    add_cell(out, str_text(&size), SIZE_CELL, true);
    str_free(&size);
    for (int w = 0; w < WAY_COUNT; w++) {
        if (!figures_want(f, (enum way)w) || !way_table[w].carries)
            continue;
        if (f->at[w][i].known)
            add_number(value(&f->at[w][i]), out);
        else
            add_cell(out, "-", CELL, true);
    }
    str_add_char(out, '\n');
}

static void write_table(const struct figures *f, enum lang lang,
                        double (*value)(const struct figure *),
                        struct str *out)
{
    if (!(f->ways & ~(1u << WAY_SEM)))
        return;
    add_cell(out, word(W_CLI_B_SIZE, lang), SIZE_CELL, true);
    for (int w = 0; w < WAY_COUNT; w++)
        if (figures_want(f, (enum way)w) && way_table[w].carries)
            add_cell(out, way_table[w].name, CELL, true);
    str_add_char(out, '\n');
    for (int i = 0; i < f->size_count; i++)
        write_row(f, i, value, out);
}

static void write_semaphore(const struct figures *f, enum lang lang,
                            struct str *out)
{
    const struct figure *g = &f->at[WAY_SEM][0];
    struct str median = {0}, late = {0};
    if (!figures_want(f, WAY_SEM) || !g->known)
        return;
    figures_say_number(g->latency, &median);
    figures_say_number(g->late, &late);
    str_addf(out, word(W_CLI_B_SEM, lang), str_text(&median), str_text(&late));
    str_free(&median);
    str_free(&late);
}

/* What does not go in one piece. */
static void write_parts(const struct figures *f, enum lang lang,
                        struct str *out)
{
    enum { PIPE_HOLDS = 65536 };
    int last = f->size_count - 1;
    if (last < 0)
        return;
    int64_t pieces = f->at[WAY_MSGQ][last].pieces;
    struct str size = {0};
    figures_say_size((double)f->sizes[last], &size);
    if (pieces > 1)
        str_addf(out, word(W_CLI_B_PIECES, lang), (long long)queue_piece(f),
                 (long long)pieces, str_text(&size));
    if (f->sizes[last] > PIPE_HOLDS &&
        (figures_want(f, WAY_PIPE) || figures_want(f, WAY_FIFO)))
        str_add(out, word(W_CLI_B_PARTS, lang));
    str_free(&size);
}

/* ---------------------------------------------------------------- crossings */

static void write_crossings(const struct figures *f, enum lang lang,
                            struct str *out)
{
    static const enum way memory[] = {WAY_SHM, WAY_SHM_ONCE, WAY_SHM_COPY};
    static const enum way calls[] = {WAY_PIPE, WAY_MSGQ};
    struct str lines = {0};
    for (int i = 0; i < 6; i++) {
        struct str one = {0};
        if (figures_say_crossing(f, memory[i / 2], calls[i % 2], lang, &one))
            str_addf(&lines, "  %s%s\n", str_text(&one),
                     word(W_BENCH_END, lang));
        str_free(&one);
    }
    if (lines.length)
        str_addf(out, "\n%s\n%s", word(W_CLI_B_CROSSINGS, lang),
                 str_text(&lines));
    str_free(&lines);
}

/* The bytes that stay together: a word with the blank behind it, or a character
 * of Chinese. */
static size_t part_length(const char *p)
{
    size_t n = utf8_length(p, strlen(p), NULL);
    if (n != 1)
        return n ? n : 1;
    while (p[n] && p[n - 1] != ' ' && (unsigned char)p[n] < 128)
        n++;
    return n;
}

static void cut_blanks(struct str *out)
{
    while (out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
}

/* The sentence in lines of 78 columns. */
static void write_wrapped(const char *text, struct str *out)
{
    enum { WIDEST = 78 };
    int column = 0;
    for (const char *p = text; *p;) {
        struct str part = {0};
        str_add_bytes(&part, p, part_length(p));
        int wide = utf8_columns(part.text);
        if (column && column + wide > WIDEST) {
            cut_blanks(out);
            str_add_char(out, '\n');
            column = 0;
        }
        str_add(out, part.text);
        column += wide;
        p += part.length;
        str_free(&part);
    }
    cut_blanks(out);
    str_add_char(out, '\n');
}

/* ---------------------------------------------------------------- the whole */

static void write_head(const struct figures *f, enum lang lang,
                       struct str *out)
{
    static const enum word pins[PIN_COUNT] = {
        W_BENCH_PIN_APART, W_BENCH_PIN_SAME, W_BENCH_PIN_NONE};
    str_addf(out, word(W_CLI_B_TITLE, lang), word(pins[f->pin], lang));
    str_add(out, word(W_CLI_B_METHOD, lang));
    str_add_char(out, '\n');
    write_mechanisms(f, lang, out);
}

void bench_write_text(const struct figures *f, const struct options *o,
                      struct str *out)
{
    static const struct {
        enum word title;
        double (*value)(const struct figure *);
    } tables[] = {{W_CLI_B_RATES, rate_of},
                  {W_CLI_B_LATENCIES, latency_of},
                  {W_CLI_B_LATES, late_of}};
    struct str verdict = {0};
    write_head(f, o->lang, out);
    for (int i = 0; i < 3 && f->size_count; i++) {
        str_addf(out, "\n%s\n", word(tables[i].title, o->lang));
        write_table(f, o->lang, tables[i].value, out);
    }
    write_semaphore(f, o->lang, out);
    str_add_char(out, '\n');
    write_parts(f, o->lang, out);
    bench_write_chart(f, o, out);
    write_crossings(f, o->lang, out);
    str_add_char(out, '\n');
    figures_say_verdict(f, o->lang, &verdict);
    if (figures_unsteady(f))
        str_addf(&verdict, "%s%s", o->lang == LANG_EN ? " " : "",
                 word(W_FIG_UNSTEADY, o->lang));
    write_wrapped(str_text(&verdict), out);
    str_free(&verdict);
}
