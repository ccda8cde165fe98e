#include "cli/chart.h"

#include "cli/tell.h"
#include "sim/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_MOST = 24, STATES = STATE_COUNT + 1, WIDEST_TICK = 4 };

static const struct {
    char mark;
    const char *colour; /* ECMA-48 */
} look[STATES] = {
    [NEW] = {'n', "\033[2m"},
    [READY] = {'-', "\033[33m"},
    [RUNNING] = {'#', "\033[1;32m"},
    [BLOCKED] = {'.', "\033[35m"},
    [TERMINATED] = {'z', "\033[2m"},
    [READY_SUSPENDED] = {'=', "\033[36m"},
    [BLOCKED_SUSPENDED] = {':', "\033[36m"},
    [SWITCHING] = {'~', "\033[2m"},
};

/* How ticks lie on characters: `wide` characters a tick, or `ticks` ticks a
 * character; one of them is 1. */
struct scale {
    int cells, label;
    int wide;
    tick ticks;
};

/* Who had how much of each character of a row. */
struct cell {
    tick share[STATES];
    tick longest; /* of one process on a CPU */
    int32_t proc;
};

/* A chart while it is written. */
struct sheet {
    const struct chart *c;
    struct scale scale;
    struct chart_row *rows;
    int row_count;
    char *letter; /* by process */
    struct str names; /* those of the rows, if they are our own */
};

static char letter_of_row(int row)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789";
    return row < CHART_ROWS_MOST ? letters[row] : '*';
}

void add_cell(struct str *out, const char *text, int columns, bool right)
{
    int blanks = columns - utf8_columns(text);
    if (!right)
        str_add(out, text);
    for (; blanks > 0; blanks--)
        str_add_char(out, ' ');
    if (right)
        str_add(out, text);
}

/* ----------------------------------------------------------------- scale */

static void label_of(const struct sheet *sh, int row, struct str *out)
{
    str_addf(out, "%c %s", letter_of_row(row), sh->rows[row].name);
}

static struct scale scale_of(const struct sheet *sh)
{
    struct scale s = {.label = 6, .wide = 1, .ticks = 1};
    for (int i = 0; i < sh->row_count; i++) {
        struct str label = {0};
        label_of(sh, i, &label);
        int n = utf8_columns(label.text);
        s.label = n > s.label ? n : s.label;
        str_free(&label);
    }
    s.label = s.label > LABEL_MOST ? LABEL_MOST : s.label;
    tick end = sh->c->end ? sh->c->end : sh->c->world->head->now;
    end = end > 0 ? end : 1;
    int room = sh->c->columns - s.label - 2;
    room = room < 10 ? 10 : room;
    if (end > room)
        s.ticks = (end + room - 1) / room;
    else
        s.wide = room / (int)end < WIDEST_TICK ? room / (int)end : WIDEST_TICK;
    s.cells = (int)((end + s.ticks - 1) / s.ticks) * s.wide;
    return s;
}

/* The rows are given, or all processes in the order in which they were made. */
static void find_rows(struct sheet *sh)
{
    const struct chart *c = sh->c;
    int procs = c->world->head->procs;
    int n = c->rows ? c->row_count : procs;
    sh->row_count = n < CHART_ROWS_MOST ? n : CHART_ROWS_MOST;
    sh->rows = mem_new((size_t)sh->row_count + 1, sizeof *sh->rows);
    sh->letter = mem_new((size_t)procs + 1, 1);
    memset(sh->letter, '*', (size_t)procs);
    for (int i = 0; i < sh->row_count; i++) {
        if (c->rows)
            sh->rows[i] = c->rows[i];
        else
            sh->rows[i].proc = i;
        if (sh->rows[i].proc >= 0)
            sh->letter[sh->rows[i].proc] = letter_of_row(i);
    }
    if (c->rows)
        return;
    size_t *at = mem_new((size_t)sh->row_count + 1, sizeof *at);
    for (int i = 0; i < sh->row_count; i++) {
        at[i] = sh->names.length;
        name_of(c->world, i, &sh->names);
        str_add_char(&sh->names, '\0');
    }
    for (int i = 0; i < sh->row_count; i++)
        sh->rows[i].name = sh->names.text + at[i];
    free(at);
}

static void sheet_begin(struct sheet *sh, const struct chart *c)
{
    *sh = (struct sheet){.c = c};
    find_rows(sh);
    sh->scale = scale_of(sh);
}

static void sheet_free(struct sheet *sh)
{
    free(sh->rows);
    free(sh->letter);
    str_free(&sh->names);
}

static tick cell_start(const struct scale *s, int cell)
{
    return cell / s->wide * s->ticks;
}

/* ------------------------------------------------------------------ rows */

static void take_span(const struct scale *s, struct cell *row,
                      const struct span *one)
{
    for (int i = (int)(one->start / s->ticks) * s->wide; i < s->cells; i++) {
        tick from = cell_start(s, i), to = from + s->ticks;
        if (from >= one->end)
            break;
        from = from < one->start ? one->start : from;
        to = to > one->end ? one->end : to;
        row[i].share[one->state] += to - from;
        if (to - from <= row[i].longest)
            continue;
        row[i].longest = to - from;
        row[i].proc = one->proc;
    }
}

/* One character, in the colour of its state (-1: none). */
static void put(const struct chart *c, struct str *out, int state, char mark,
                int *colour)
{
    if (c->colours && state != *colour) {
        str_add(out, *colour >= 0 ? "\033[0m" : "");
        str_add(out, state >= 0 ? look[state].colour : "");
    }
    *colour = state;
    str_add_char(out, mark);
}

/* The state that had most of a cell, -1: it was empty. */
static int most_of(const struct cell *cell)
{
    static const uint8_t order[STATES] = {
        RUNNING,         BLOCKED, READY,      BLOCKED_SUSPENDED,
        READY_SUSPENDED, NEW,     TERMINATED, SWITCHING};
    int best = -1;
    tick most = 0;
    for (int i = 0; i < STATES; i++) {
        if (cell->share[order[i]] <= most)
            continue;
        most = cell->share[order[i]];
        best = order[i];
    }
    return best;
}

static void write_row(const struct sheet *sh, const struct cell *row, bool cpu,
                      struct str *out)
{
    const struct chart *c = sh->c;
    int colour = -1;
    for (int i = 0; i < sh->scale.cells; i++) {
        int state = most_of(&row[i]);
        char mark = cpu ? '_' : ' ';
        if (state >= 0)
            mark = cpu && state == RUNNING ? sh->letter[row[i].proc]
                                           : look[state].mark;
        put(c, out, state, mark, &colour);
    }
    if (c->colours && colour >= 0)
        str_add(out, "\033[0m");
    while (out->length && out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

static void chart_row(const struct sheet *sh, const char *label, int cpu,
                      int proc, struct str *out)
{
    const struct scale *s = &sh->scale;
    struct cell *row = mem_new((size_t)s->cells, sizeof *row);
    for (size_t i = 0; i < sh->c->spans->count; i++) {
        const struct span *one = &sh->c->spans->all[i];
        if (cpu >= 0 ? one->cpu == cpu
                     : one->proc == proc && one->state != SWITCHING)
            take_span(s, row, one);
    }
    add_cell(out, label, s->label + 2, false);
    write_row(sh, row, cpu >= 0, out);
    free(row);
}

/* Times under the chart's characters, ten or more apart. */
static void write_axis(const struct sheet *sh, struct str *out)
{
    enum { APART = 10 };
    const struct scale *s = &sh->scale;
    int step = (APART + s->wide - 1) / s->wide * s->wide;
    int column = 0;
    add_cell(out, word(W_CLI_T_TIME, sh->c->lang), s->label + 2, false);
    for (int i = 0; i < s->cells; i += step) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)cell_start(s, i));
        for (; column < i; column++)
            str_add_char(out, ' ');
        if (column > i)
            continue;
        str_add(out, number);
        column += (int)strlen(number);
    }
    str_add_char(out, '\n');
}

/* "v t = 4": the moment that is pointed to; at the right end "t = 4 v". */
static void write_point(const struct sheet *sh, struct str *out)
{
    enum { ROOM = 28 };
    const struct scale *s = &sh->scale;
    char text[ROOM];
    int cell = (int)(sh->c->point / s->ticks) * s->wide;
    if (!sh->c->pointed || cell >= s->cells)
        return;
    int at = s->label + 2 + cell;
    int n = snprintf(text, sizeof text, "t = %lld", (long long)sh->c->point);
    bool before = at + 2 + n > sh->c->columns && at > n;
    add_cell(out, "", before ? at - n - 1 : at, false);
    str_addf(out, "%s%s%s%s\n", sh->c->colours ? "\033[1m" : "",
             before ? text : "v ", before ? " v" : text,
             sh->c->colours ? "\033[0m" : "");
}

/* One entry of the legend; a line that is full is ended first. */
static void add_meaning(struct str *out, size_t *line, char mark,
                        const char *means)
{
    enum { WIDEST = 78 };
    int there = utf8_columns(str_text(out) + *line);
    if (there > 2 && there + 2 + utf8_columns(means) > WIDEST) {
        str_add(out, "\n  ");
        *line = out->length - 2;
    }
    str_addf(out, "%c %s   ", mark, means);
}

void chart_write_legend(const struct spans *const *all, int count,
                        enum lang lang, struct str *out)
{
    bool seen[STATES] = {false};
    for (int k = 0; k < count; k++)
        for (size_t i = 0; i < all[k]->count; i++)
            if (all[k]->all[i].end > all[k]->all[i].start)
                seen[all[k]->all[i].state] = true;
    size_t line = out->length;
    str_add(out, "  ");
    for (int i = 0; i < STATES; i++)
        if (seen[i])
            add_meaning(out, &line, look[i].mark,
                        i == SWITCHING ? word(W_CLI_T_SWITCHING, lang)
                        : i == TERMINATED
                            ? word(W_CLI_T_ZOMBIE, lang)
                            : state_title((enum state)i, lang));
    add_meaning(out, &line, '_', word(W_CLI_T_IDLE, lang));
    while (out->length && out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

void chart_write_rows(const struct chart *c, struct str *out)
{
    struct sheet sh;
    sheet_begin(&sh, c);
    write_axis(&sh, out);
    write_point(&sh, out);
    for (int i = 0; i < c->world->head->cpus; i++) {
        char label[32];
        snprintf(label, sizeof label, "CPU %d", i);
        chart_row(&sh, label, i, NONE, out);
    }
    for (int i = 0; i < sh.row_count; i++) {
        struct str label = {0};
        label_of(&sh, i, &label);
        chart_row(&sh, label.text, -1, sh.rows[i].proc, out);
        str_free(&label);
    }
    int more = (c->rows ? c->row_count : c->world->head->procs) - sh.row_count;
    if (more > 0)
        str_addf(out, word(W_CLI_T_MORE_PROCESSES, c->lang), more);
    if (sh.scale.ticks > 1)
        str_addf(out, word(W_CLI_T_SCALE, c->lang), (long long)sh.scale.ticks);
    sheet_free(&sh);
}

void chart_write(const struct chart *c, struct str *out)
{
    chart_write_rows(c, out);
    chart_write_legend(&c->spans, 1, c->lang, out);
}
