/* edit.c: which rows there are, and what stands in them. */
#include "render/edit.h"

#include "sim/model/figure.h"
#include "sim/scenario/ops.h"

#include <string.h>

/* ---- fields ---- */

/* Which processes and schedulers have a use for one. */
enum use {
    USE_ALWAYS,
    USE_ARRIVES,  /* who is not forked */
    USE_PRIORITY, /* policies that look at it … */
    USE_NICE,
    USE_TICKETS,
    USE_DEADLINE,
    USE_PERIOD,
    USE_MEMORY,   /* a machine whose memory is limited */
    USE_AFFINITY  /* … that has several CPUs */
};

static const struct field {
    const char *key;
    enum word label;
    enum use use;
    bool number;
    int64_t low;
} fields[EDIT_FIELDS_MOST] = {
    {"name", W_EDIT_NAME, USE_ALWAYS, false, 0},
    {"arrival", W_EDIT_ARRIVAL, USE_ARRIVES, true, 0},
    {"priority", W_EDIT_PRIORITY, USE_PRIORITY, true, -1000000},
    {"nice", W_EDIT_NICE, USE_NICE, true, -20},
    {"tickets", W_EDIT_TICKETS, USE_TICKETS, true, 1},
    {"period", W_EDIT_PERIOD, USE_PERIOD, true, 1},
    {"deadline", W_EDIT_DEADLINE, USE_DEADLINE, true, 1},
    {"memory", W_EDIT_MEMORY, USE_MEMORY, true, 0},
    {"affinity", W_EDIT_AFFINITY, USE_AFFINITY, false, 0},
};

/* ---- the machine ---- */

static const struct {
    const char *key;
    enum word label;
    int64_t low;
} machine[] = {
    {"cpus", W_EDIT_CPUS, 1},
    {"context_switch", W_EDIT_SWITCH, 0},
    {"migration", W_EDIT_MIGRATION, 0},
    {"op_cost", W_EDIT_OP_COST, 0},
    {"memory", W_EDIT_ALL_MEMORY, 1},
    {"max_processes", W_EDIT_SLOTS, 1},
};

enum { MACHINE_FIELDS = sizeof machine / sizeof *machine };

/* 0 of memory and slots: there is no limit, and the file says nothing. */
static void write_machine(const struct machine *m, const char *key,
                          struct str *to)
{
    int64_t value = strcmp(key, "cpus") == 0             ? m->cpus
                    : strcmp(key, "context_switch") == 0 ? m->context_switch
                    : strcmp(key, "migration") == 0      ? m->migration
                    : strcmp(key, "op_cost") == 0        ? m->op_cost
                    : strcmp(key, "memory") == 0         ? m->memory
                                                         : m->max_processes;
    bool limit = strcmp(key, "memory") == 0 || strcmp(key, "max_processes") == 0;
    if (value || !limit)
        str_addf(to, "%lld", (long long)value);
}

static struct edit_row machine_row(int row)
{
    return (struct edit_row){.kind = EDIT_FIELD,
                             .key = machine[row].key,
                             .label = machine[row].label,
                             .pc = NONE,
                             .must = true,
                             .number = true,
                             .low = machine[row].low};
}

/* ---- processes ---- */

static bool is_used(const struct scenario *sc, const struct scheduler *now,
                    const struct process_def *d, enum use use)
{
    enum policy_name p = now->name;
    switch (use) {
    case USE_ARRIVES: return !d->forked;
    case USE_PRIORITY: return p == POLICY_priority;
    case USE_NICE: return p == POLICY_cfs || p == POLICY_eevdf;
    case USE_TICKETS: return p == POLICY_lottery || p == POLICY_stride;
    case USE_PERIOD: return d->period > 0;
    case USE_DEADLINE: return d->deadline > 0 || p == POLICY_edf;
    case USE_MEMORY: return sc->machine.memory > 0;
    case USE_AFFINITY: return sc->machine.cpus > 1;
    default: return true;
    }
}

static int fields_of(const struct scenario *sc, const struct scheduler *now,
                     const struct process_def *d,
                     const struct field *to[EDIT_FIELDS_MOST])
{
    int n = 0;
    for (int i = 0; i < EDIT_FIELDS_MOST; i++)
        if (is_used(sc, now, d, fields[i].use))
            to[n++] = &fields[i];
    return n;
}

static int64_t field_value(const struct process_def *d, const char *key)
{
    return strcmp(key, "arrival") == 0    ? d->arrival
           : strcmp(key, "priority") == 0 ? d->priority
           : strcmp(key, "nice") == 0     ? d->nice
           : strcmp(key, "tickets") == 0  ? d->tickets
           : strcmp(key, "period") == 0   ? d->period
           : strcmp(key, "deadline") == 0 ? d->deadline
                                          : d->memory;
}

/* "0 2"; nothing if it may run on all of them. */
static void write_affinity(const struct scenario *sc,
                           const struct process_def *d, struct str *to)
{
    size_t before = to->length;
    for (int cpu = 0; d->affinity != UINT64_MAX && cpu < sc->machine.cpus; cpu++)
        if (d->affinity >> cpu & 1)
            str_addf(to, to->length > before ? " %d" : "%d", cpu);
}

/* ---- arguments ---- */

static bool is_number(const struct op_field *f)
{
    if (!f->about)
        return strcmp(f->key, "cost") == 0;
    switch (f->about->type) {
    case TAKES_COUNT:
    case TAKES_FOREVER:
    case TAKES_TERM: return true;
    default: return false;
    }
}

static int args_of(const struct scenario *sc, int32_t pc,
                   struct op_field to[OP_FIELDS_MOST])
{
    return pc == NONE ? 0 : op_fields((enum verb)sc->ops[pc].verb, to);
}

/* ---- rows ---- */

int edit_rows(const struct edit *e, const struct scenario *sc,
              const struct scheduler *now)
{
    if (e->process == NONE)
        return MACHINE_FIELDS;
    const struct process_def *d = &sc->processes[e->process];
    const struct field *used[EDIT_FIELDS_MOST];
    struct op_field args[OP_FIELDS_MOST];
    return fields_of(sc, now, d, used) + (d->end - d->first) +
           args_of(sc, e->open, args) + 1;
}

static struct edit_row arg_row(const struct op_field *f, int32_t pc)
{
    return (struct edit_row){.kind = EDIT_ARG,
                             .key = f->key,
                             .pc = pc,
                             .must = f->must,
                             .number = is_number(f),
                             .low = f->about ? f->about->low : 0};
}

struct edit_row edit_row_at(const struct edit *e, const struct scenario *sc,
                            const struct scheduler *now, int row)
{
    if (e->process == NONE)
        return machine_row(row);
    const struct process_def *d = &sc->processes[e->process];
    const struct field *used[EDIT_FIELDS_MOST];
    struct op_field args[OP_FIELDS_MOST];
    int n = fields_of(sc, now, d, used), more = args_of(sc, e->open, args);
    if (row < n)
        return (struct edit_row){.kind = EDIT_FIELD, .key = used[row]->key,
                                 .label = used[row]->label, .pc = NONE,
                                 .must = true, .number = used[row]->number,
                                 .low = used[row]->low};
    int32_t pc = d->first + row - n;
    if (more && pc > e->open) {
        if (pc - e->open <= more)
            return arg_row(&args[pc - e->open - 1], e->open);
        pc -= more;
    }
    return (struct edit_row){.kind = pc >= d->end ? EDIT_END : EDIT_OP,
                             .pc = pc >= d->end ? d->end : pc};
}

bool edit_pointer(const struct edit *e, const struct scenario *sc,
                  const struct edit_row *row, struct str *to)
{
    char op[DRAFT_POINTER_MOST + 16];
    if (e->process == NONE) {
        str_addf(to, "/machine/%s", row->key);
        return true;
    }
    if (row->kind == EDIT_FIELD) {
        str_addf(to, "/processes/%d/%s", e->process, row->key);
        return true;
    }
    if (row->kind == EDIT_END || !draft_op_pointer(&e->draft, sc, row->pc, op))
        return false;
    str_add(to, op);
    if (row->kind == EDIT_ARG)
        str_addf(to, "/%s", row->key);
    return true;
}

/* In `bursts` an op is its number alone. */
static bool stands_for(const struct scenario *sc, const struct edit_row *row,
                       const struct str *pointer)
{
    return row->kind == EDIT_ARG && strstr(str_text(pointer), "/bursts/") &&
           strcmp(row->key,
                  op_about((enum verb)sc->ops[row->pc].verb)->name) == 0;
}

void edit_value(const struct edit *e, const struct scenario *sc,
                const struct edit_row *row, struct str *to)
{
    struct str pointer = {0};
    if (e->process == NONE)
        write_machine(&sc->machine, row->key, to);
    else if (row->kind == EDIT_FIELD && row->number)
        str_addf(to, "%lld", (long long)field_value(&sc->processes[e->process],
                                                    row->key));
    else if (row->kind == EDIT_FIELD && row->label == W_EDIT_AFFINITY)
        write_affinity(sc, &sc->processes[e->process], to);
    else if (row->kind == EDIT_FIELD)
        str_add(to, sc->processes[e->process].name);
    else if (row->kind == EDIT_OP)
        op_write_c(sc, &sc->ops[row->pc], NULL, to);
    else if (edit_pointer(e, sc, row, &pointer)) {
        if (stands_for(sc, row, &pointer))
            str_cut(&pointer, pointer.length - strlen(row->key) - 1);
        draft_show(&e->draft, str_text(&pointer), to);
    }
    str_free(&pointer);
}

/* ---- the whole ---- */

bool edit_unsaved(const struct edit *e)
{
    return e->draft.text.length && draft_differs(&e->draft);
}

void edit_free(struct edit *e)
{
    draft_free(&e->draft);
    arena_free(&e->texts);
    str_free(&e->refused);
    str_free(&e->dropped);
    *e = (struct edit){.open = NONE};
}
