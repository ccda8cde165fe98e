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

static char letter_of(int proc)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789";
    return proc < CHART_ROWS_MOST ? letters[proc] : '*';
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

static int rows_of(const struct chart *c)
{
    int procs = c->world->head->procs;
    return procs < CHART_ROWS_MOST ? procs : CHART_ROWS_MOST;
}

static void label_of(const struct chart *c, int proc, struct str *out)
{
    str_addf(out, "%c ", letter_of(proc));
    name_of(c->world, proc, out);
}

static struct scale scale_of(const struct chart *c)
{
    struct scale s = {.label = 6, .wide = 1, .ticks = 1};
    for (int i = 0; i < rows_of(c); i++) {
        struct str label = {0};
        label_of(c, i, &label);
        int n = utf8_columns(label.text);
        s.label = n > s.label ? n : s.label;
        str_free(&label);
    }
    s.label = s.label > LABEL_MOST ? LABEL_MOST : s.label;
    tick end = c->world->head->now > 0 ? c->world->head->now : 1;
    int room = c->columns - s.label - 2;
    room = room < 10 ? 10 : room;
    if (end > room)
        s.ticks = (end + room - 1) / room;
    else
        s.wide = room / (int)end < WIDEST_TICK ? room / (int)end : WIDEST_TICK;
    s.cells = (int)((end + s.ticks - 1) / s.ticks) * s.wide;
    return s;
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

static void write_row(const struct chart *c, const struct scale *s,
                      const struct cell *row, bool cpu, struct str *out)
{
    int colour = -1;
    for (int i = 0; i < s->cells; i++) {
        int state = most_of(&row[i]);
        char mark = cpu ? '_' : ' ';
        if (state >= 0)
            mark = cpu && state == RUNNING ? letter_of(row[i].proc)
                                           : look[state].mark;
        put(c, out, state, mark, &colour);
    }
    if (c->colours && colour >= 0)
        str_add(out, "\033[0m");
    while (out->length && out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

static void chart_row(const struct chart *c, const struct scale *s,
                      const char *label, int cpu, int proc, struct str *out)
{
    struct cell *row = mem_new((size_t)s->cells, sizeof *row);
    for (size_t i = 0; i < c->spans->count; i++) {
        const struct span *one = &c->spans->all[i];
        if (cpu >= 0 ? one->cpu == cpu
                     : one->proc == proc && one->state != SWITCHING)
            take_span(s, row, one);
    }
    add_cell(out, label, s->label + 2, false);
    write_row(c, s, row, cpu >= 0, out);
    free(row);
}

/* Times under the chart's characters, ten or more apart. */
static void write_axis(const struct chart *c, const struct scale *s,
                       struct str *out)
{
    enum { APART = 10 };
    int step = (APART + s->wide - 1) / s->wide * s->wide;
    int column = 0;
    add_cell(out, word(W_CLI_T_TIME, c->lang), s->label + 2, false);
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

/* What the characters mean: only those that occur. */
static void write_legend(const struct chart *c, struct str *out)
{
    bool seen[STATES] = {false};
    for (size_t i = 0; i < c->spans->count; i++)
        if (c->spans->all[i].end > c->spans->all[i].start)
            seen[c->spans->all[i].state] = true;
    size_t line = out->length;
    str_add(out, "  ");
    for (int i = 0; i < STATES; i++)
        if (seen[i])
            add_meaning(out, &line, look[i].mark,
                        i == SWITCHING ? word(W_CLI_T_SWITCHING, c->lang)
                        : i == TERMINATED
                            ? word(W_CLI_T_ZOMBIE, c->lang)
                            : state_title((enum state)i, c->lang));
    add_meaning(out, &line, '_', word(W_CLI_T_IDLE, c->lang));
    while (out->length && out->text[out->length - 1] == ' ')
        str_cut(out, out->length - 1);
    str_add_char(out, '\n');
}

void chart_write(const struct chart *c, struct str *out)
{
    struct scale s = scale_of(c);
    write_axis(c, &s, out);
    for (int i = 0; i < c->world->head->cpus; i++) {
        char label[32];
        snprintf(label, sizeof label, "CPU %d", i);
        chart_row(c, &s, label, i, NONE, out);
    }
    for (int i = 0; i < rows_of(c); i++) {
        struct str label = {0};
        label_of(c, i, &label);
        chart_row(c, &s, label.text, -1, i, out);
        str_free(&label);
    }
    int more = c->world->head->procs - rows_of(c);
    if (more > 0)
        str_addf(out, word(W_CLI_T_MORE_PROCESSES, c->lang), more);
    if (s.ticks > 1)
        str_addf(out, word(W_CLI_T_SCALE, c->lang), (long long)s.ticks);
    write_legend(c, out);
}
