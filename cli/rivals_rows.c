#include "cli/rivals_rows.h"

#include "sim/base/mem.h"
#include "sim/base/str.h"

#include <stdlib.h>
#include <string.h>

void rivals_rows_begin(struct rivals_rows *r, const struct scenario *sc)
{
    *r = (struct rivals_rows){.scenario = sc,
                              .def_count = sc->process_count};
    r->defs = mem_new((size_t)sc->process_count + 1, sizeof *r->defs);
}

static int32_t add(struct rivals_rows *r, const char *def, int32_t number)
{
    struct str name = {0};
    str_add(&name, def);
    if (number > 1)
        str_addf(&name, ".%d", (int)number);
    r->names = mem_grow(r->names, (size_t)r->count + 1, &r->room,
                        sizeof *r->names);
    r->names[r->count] = mem_new(name.length + 1, 1);
    memcpy(r->names[r->count], str_text(&name), name.length);
    str_free(&name);
    return r->count++;
}

int32_t rivals_row(struct rivals_rows *r, int32_t def, int32_t number)
{
    struct rows_of_def *d = &r->defs[def];
    size_t n = (size_t)number;
    d->row = mem_grow(d->row, n, &d->room, sizeof *d->row);
    for (; d->count < n; d->count++)
        d->row[d->count] = NONE;
    int32_t *row = &d->row[n - 1];
    if (*row == NONE)
        *row = add(r, r->scenario->processes[def].name, number);
    return *row;
}

void rivals_rows_free(struct rivals_rows *r)
{
    for (int i = 0; i < r->count; i++)
        free(r->names[i]);
    for (int i = 0; i < r->def_count; i++)
        free(r->defs[i].row);
    free(r->names);
    free(r->defs);
    *r = (struct rivals_rows){0};
}
