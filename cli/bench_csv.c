/* bench_csv.c: figures as CSV, written and read: a figure a line.
 *
 * Numbers are written so that they are read back as the same numbers; what has
 * none (the throughput of a semaphore) is empty. */
#include "cli/bench_ipc.h"

#include "sim/base/mem.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column { MECHANISM, BYTES, COPIES, PIECES, PIN, RATE, LATENCY, LATE,
              COLUMNS };

static const char *const columns[COLUMNS] = {
    "mechanism", "bytes",     "copies",     "pieces",
    "pin",       "mib_per_s", "latency_us", "latency_p99_us"};

enum { LINE_MOST = 512, CELL_MOST = 64 };

static void add_head(struct str *out)
{
    for (int i = 0; i < COLUMNS; i++)
        str_addf(out, "%s%s", i ? "," : "", columns[i]);
}

static void add_row(const struct figures *f, enum way w, int i,
                    struct str *out)
{
    const struct figure *g = &f->at[w][i];
    bool carries = way_table[w].carries;
    str_addf(out, "%s,%lld,%d,%lld,%s,", way_table[w].name,
             carries ? (long long)f->sizes[i] : 0LL, way_table[w].copies,
             (long long)g->pieces, pin_names[f->pin]);
    if (carries)
        str_addf(out, "%.17g", g->rate);
    str_addf(out, ",%.17g,%.17g\n", g->latency, g->late);
}

void bench_write_csv(const struct figures *f, struct str *out)
{
    add_head(out);
    str_add_char(out, '\n');
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(f, (enum way)w); i++)
            if (figures_want(f, (enum way)w) && f->at[w][i].known)
                add_row(f, (enum way)w, i, out);
}

/* ---------------------------------------------------------------- reading */

struct row {
    enum way way;
    enum pin pin;
    int64_t size;
    struct figure figure;
    int line;
};

struct reader {
    const struct options *o;
    const char *path;
    int line;
    struct row *rows;
    size_t count, capacity;
};

/* Always false, after a line that names the place. */
static bool wrong(const struct reader *r, enum word w, ...)
{
    struct str what = {0}, line = {0}, shown = {0};
    va_list args;
    va_start(args, w);
    str_vaddf(&what, word(w, r->o->lang), args);
    va_end(args);
    str_add_shown(&shown, str_text(&what), what.length);
    str_addf(&line, word(W_CLI_B_CSV, r->o->lang), r->path, r->line,
             str_text(&shown));
    fputs(str_text(&line), stderr);
    str_free(&what);
    str_free(&shown);
    str_free(&line);
    return false;
}

/* A finite number that is not negative, and nothing behind it. */
static bool number(const char *text, double *n)
{
    char *end;
    *n = strtod(text, &end);
    return *text >= '0' && *text <= '9' && !*end && isfinite(*n);
}

static bool take_cell(struct row *row, enum column c, const char *text)
{
    double n = 0;
    bool fine = number(text, &n);
    bool carries = row->way < WAY_COUNT && way_table[row->way].carries;
    switch (c) {
    case MECHANISM:
        row->way = way_named(text, (int)strlen(text));
        return row->way < WAY_COUNT;
    case BYTES:
        row->size = fine && n <= BENCH_SIZE_MOST ? (int64_t)n : -1;
        return carries ? row->size >= BENCH_SIZE_LEAST : row->size == 0;
    case COPIES:
        return fine && n == way_table[row->way].copies;
    case PIECES:
        row->figure.pieces = fine && n <= BENCH_SIZE_MOST ? (int64_t)n : -1;
        return row->figure.pieces >= 0;
    case PIN:
        for (int i = 0; i < PIN_COUNT; i++)
            if (strcmp(text, pin_names[i]) == 0) {
                row->pin = (enum pin)i;
                return true;
            }
        return false;
    case RATE:
        row->figure.rate = n;
        return carries ? fine && n > 0 : !*text;
    case LATENCY:
        row->figure.latency = n;
        return fine && n > 0;
    default:
        row->figure.late = n;
        return fine && n >= row->figure.latency;
    }
}

static bool take_row(struct reader *r, const char *line)
{
    struct row row = {.figure = {.known = true}, .line = r->line};
    int given = 1;
    for (const char *p = line; *p; p++)
        given += *p == ',';
    if (given != COLUMNS)
        return wrong(r, W_CLI_B_CSV_COLUMNS, (int)COLUMNS, given);
    for (int c = 0; c < COLUMNS; c++) {
        char cell[CELL_MOST] = "";
        size_t length = strcspn(line, ",");
        size_t kept = length < CELL_MOST ? length : CELL_MOST - 1;
        memcpy(cell, line, kept);
        if (length != kept || !take_cell(&row, (enum column)c, cell))
            return wrong(r, W_CLI_B_CSV_COLUMN, cell, columns[c]);
        line += length + (line[length] == ',');
    }
    r->rows = mem_grow(r->rows, r->count + 1, &r->capacity, sizeof *r->rows);
    r->rows[r->count++] = row;
    return true;
}

static bool take_head(struct reader *r, const char *line)
{
    struct str head = {0};
    add_head(&head);
    bool same = strcmp(line, str_text(&head)) == 0;
    if (!same)
        wrong(r, W_CLI_B_CSV_HEAD, str_text(&head));
    str_free(&head);
    return same;
}

static bool read_lines(struct reader *r, FILE *file)
{
    char line[LINE_MOST];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        r->line++;
        bool well = r->line == 1 ? take_head(r, line)
                    : line[0]    ? take_row(r, line)
                                 : true;
        if (!well)
            return false;
    }
    if (ferror(file)) {
        complain(r->o->lang, W_CLI_FILE_READ, r->path, strerror(errno));
        return false;
    }
    r->line = r->line ? r->line : 1;
    return r->count || wrong(r, W_CLI_B_CSV_EMPTY);
}

static int by_size(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return (x->size > y->size) - (x->size < y->size);
}

/* The sizes first, so that every figure has its place. */
static bool place_rows(struct reader *r, struct figures *f)
{
    qsort(r->rows, r->count, sizeof *r->rows, by_size);
    for (size_t k = 0; k < r->count; k++) {
        const struct row *row = &r->rows[k];
        int n = f->size_count;
        r->line = row->line;
        if (row->size && (!n || f->sizes[n - 1] != row->size)) {
            if (n == FIGURE_SIZES_MOST)
                return wrong(r, W_CLI_B_CSV_SIZES, (int)FIGURE_SIZES_MOST);
            f->sizes[f->size_count++] = row->size;
        }
        struct figure *at =
            &f->at[row->way][row->size ? f->size_count - 1 : 0];
        if (at->known)
            return wrong(r, W_CLI_B_CSV_TWICE, way_table[row->way].name,
                         (long long)row->size);
        *at = row->figure;
        f->ways |= 1u << row->way;
        f->pin = row->pin;
    }
    return true;
}

bool bench_read_csv(const struct options *o, const char *path,
                    struct figures *f)
{
    struct reader r = {.o = o, .path = path};
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "r");
    *f = (struct figures){0};
    if (!file) {
        complain(o->lang, W_CLI_FILE_OPEN, path, strerror(errno));
        return false;
    }
    bool well = read_lines(&r, file) && place_rows(&r, f);
    if (!standard)
        fclose(file);
    free(r.rows);
    return well;
}
