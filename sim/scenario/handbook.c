/* handbook.c: the handbook's tables of a file's objects, of policies, of
 * `expect` and of signals, from the loader's tables and the .def files. */
#include "sim/scenario/handbook.h"

#include "sim/base/promises.h"
#include "sim/scenario/load.h"

#include <string.h>

/* ---- what the parts share ---- */

static void add_number(struct str *out, int64_t n)
{
    if (n == TICK_MAX || n == -TICK_MAX)
        str_addf(out, "%s10^15", n < 0 ? "-" : "");
    else
        str_addf(out, "%lld", (long long)n);
}

void handbook_range(struct str *out, int64_t low, int64_t high)
{
    str_add(out, "a whole number, ");
    add_number(out, low);
    str_add(out, " to ");
    add_number(out, high);
}

void handbook_cell(struct str *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '|')
            str_add_char(out, '\\');
        str_add_char(out, *p);
    }
}

void handbook_words(struct str *out, const char *words)
{
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");
        str_addf(out, "%s`%.*s`", w == words ? "" : ", ", (int)n, w);
        w += n;
        w += strspn(w, " ");
    }
}

/* ---- objects and their keys ---- */

/* Fields with a reader of their own, in the order of their tables' objects. */
static const struct {
    const struct object_about *of;
    const char *name, *value;
} others[] = {
    {&about_scenario, "$schema", "text"},
    {&about_scenario, "timeslice", "`1`"},
    {&about_scenario, "machine", "an object, see below"},
    {&about_scenario, "scheduler", "an object, see [Policies](#policies)"},
    {&about_scenario, "processes", "a list of processes"},
    {&about_scenario, "actions", "a list of actions"},
    {&about_scenario, "questions", "a list of questions"},
    {&about_scenario, "expect", "an object, see [expect](#expect)"},
    {&about_process, "name", "a name, neither `any` nor `init`"},
    {&about_process, "affinity", "a list of CPUs, counted from 0"},
    {&about_process, "program", "a list of [ops](#ops)"},
    {&about_process, "bursts", "a list of whole numbers from 1"},
    {&about_action, "suspend", "a process"},
    {&about_action, "activate", "a process"},
    {&about_action, "kill", "a process"},
    {&about_stuck, "process", "a process"},
    {&about_stuck, "waits_for", "the call and its object: `\"read p[0]\"`"},
    {&about_stuck, "held_by", "a list of processes"},
    {&about_question, "choices", "a list of 2 texts or more"},
    {&about_scheduler, "policy", "the name of a policy"},
    {&about_scheduler, "queues", "`\"shared\"` or `\"per-cpu\"`"},
    {&about_scheduler, "quantum", "a whole number from 1; `priority` and "
                                  "`xv6` also take `\"none\"`"},
    {&about_scheduler, "estimate", "`{\"alpha\", \"initial\"}`"},
    {&about_scheduler, "aging", "`{\"every\", \"by\"}`"},
    {&about_scheduler, "levels", "a list of `{\"quantum\", \"allotment\"}`"},
    {&about_scheduler, "seed", "a whole number, 0 to 2^53"},
    {&about_scheduler, "draws", "a list of whole numbers from 0"},
    {&about_estimate, "alpha", "a number, 0 to 1"},
    {&about_sem_op, "num", "a whole number, 0 to 31999"},
    {&about_sem_op, "op", "a whole number, -32767 to 32767"},
    {&about_sem_op, "flags", "`IPC_NOWAIT`, `SEM_UNDO`"},
};

static const char *other_value(const struct object_about *of, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; !value && i < sizeof others / sizeof *others; i++)
        if (others[i].of == of && strcmp(others[i].name, name) == 0)
            value = others[i].value;
    require(value); /* every such field has a line in `others` */
    return value;
}

static void write_value(const struct object_about *of, const struct field *f,
                        struct str *out)
{
    switch (f->type) {
    case FIELD_TICK:
    case FIELD_INT: handbook_range(out, f->low, f->high); break;
    case FIELD_BOOL: str_add(out, "`true` or `false`"); break;
    case FIELD_LINE:
    case FIELD_TEXT: str_add(out, "a text, or one for each language"); break;
    case FIELD_OTHER: handbook_cell(out, other_value(of, f->name)); break;
    }
}

static void write_fields(const struct object_about *of, struct str *out)
{
    str_add(out, "\n| key | value | |\n|---|---|---|\n");
    for (int i = 0; i < of->count; i++) {
        const struct field *f = &of->fields[i];
        str_addf(out, "| `%s`%s | ", f->name, f->must ? " (must)" : "");
        write_value(of, f, out);
        str_add(out, " | ");
        handbook_cell(out, f->about);
        str_add(out, " |\n");
    }
}

static void write_object(const char *title, const struct object_about *of,
                         struct str *out)
{
    str_addf(out, "\n### %s\n", title);
    write_fields(of, out);
}

void handbook_file(struct str *out)
{
    str_add(out, "### The file\n");
    write_fields(&about_scenario, out);
    write_object("`machine`", &about_machine, out);
    write_object("A process", &about_process, out);
    write_object("An action", &about_action, out);
    write_object("A question", &about_question, out);
}

/* ---- policies ---- */

static void write_policy(const struct policy_about *p, struct str *out)
{
    str_addf(out, "| `%s` | ", p->name);
    handbook_words(out, p->keys);
    str_add(out, " | ");
    if (p->quantum)
        str_addf(out, "%lld", (long long)p->quantum);
    else
        str_add(out, "none");
    str_add(out, " |\n");
}

void handbook_policies(struct str *out)
{
    str_add(out, "| policy | its keys | quantum if not given |\n"
                 "|---|---|---|\n");
    for (int i = 0; i < POLICY_COUNT; i++)
        write_policy(&policies[i], out);
    str_add(out, "\nEvery policy also takes ");
    handbook_words(out, policy_keys);
    str_add(out, ". What the keys are:\n");
    write_fields(&about_scheduler, out);
    write_object("`estimate`", &about_estimate, out);
    write_object("`aging`", &about_aging, out);
    write_object("A level of `levels`", &about_level, out);
}

/* ---- expect ---- */

void handbook_expect(struct str *out)
{
    static const char WHERE_PROCESS[] = "a process";
    static const char WHERE_RUN[] = "the run";
    static const char IS_TIME[] = "a tick, or `null`: never reached";
    static const char IS_COUNT[] = "a whole number";
    static const char IS_FIGURE[] = "a number, or `null`: there is none";
    static const char IS_STATE[] =
        "`new`, `ready`, `running`, `blocked`, `terminated`, "
        "`ready-suspended`, `blocked-suspended`";
    static const char IS_STOP[] = "`finished`, `deadlock`, `until`";
    static const char IS_SCHEDULING[] =
        "an object of the policy's figures, those that are to hold";
    static const char IS_DEADLOCK[] =
        "a list of all who are stuck; `[]`: nobody";
    static const char IS_EXIT[] =
        "0 to 255, `\"SIGPIPE\"`, `{\"code\": 0}`, "
        "`{\"signal\": \"SIGPIPE\"}`, or `null`: still there";
    static const struct {
        const char *field, *of, *value;
    } all[] = {
#define EXPECT(scope, field, type) {#field, WHERE_##scope, IS_##type},
#include "sim/scenario/expects.def"
#undef EXPECT
    };
    str_add(out, "| of | key | value |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        str_addf(out, "| %s | `%s` | %s |\n", all[i].of, all[i].field,
                 all[i].value);
    write_object("One who is stuck, in `deadlock`", &about_stuck, out);
}

/* ---- the policies' figures ---- */

static void write_policies_of(unsigned set, struct str *out)
{
    bool first = true;
    for (int i = 0; i < POLICY_COUNT; i++)
        if (set >> i & 1) {
            str_addf(out, "%s`%s`", first ? "" : ", ", policies[i].name);
            first = false;
        }
    str_add(out, set ? "" : "any, with a deadline");
}

void handbook_figures(struct str *out)
{
#define IN(policy) (1u << POLICY_##policy)
    static const struct {
        const char *name, *about;
        unsigned policies;
    } all[] = {
#define FIGURE(name, kind, policies, about) {#name, about, policies},
#include "sim/scenario/figures.def"
#undef FIGURE
    };
#undef IN
    str_add(out, "| `scheduling` | under | what it is |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        str_addf(out, "| `%s` | ", all[i].name);
        write_policies_of(all[i].policies, out);
        str_addf(out, " | %s |\n", all[i].about);
    }
}

/* ---- signals ---- */

void handbook_signals(struct str *out)
{
    static const char *const does[] = {
        [SIG_DOES_TERM] = "ends the process",
        [SIG_DOES_IGNORE] = "nothing",
        [SIG_DOES_STOP] = "suspends it",
        [SIG_DOES_CONT] = "activates it",
    };
    str_add(out, "| signal | number | by default |\n|---|---|---|\n");
    for (int i = 0; signal_at(i); i++) {
        int number = signal_number(signal_at(i));
        str_addf(out, "| `%s` | %d | %s |\n", signal_at(i), number,
                 does[signal_default(number)]);
    }
}
