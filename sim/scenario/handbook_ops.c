/* handbook_ops.c: the handbook's chapter on ops, from ops.def, and its
 * examples, from examples.def.
 *
 * An example is loaded in the midst of a small scenario that makes the names
 * it uses; the op that comes out is written as the C that stands on screen. */
#include "sim/base/promises.h"
#include "sim/scenario/handbook.h"
#include "sim/scenario/load.h"

#include <stdio.h>
#include <string.h>

static const struct example {
    enum verb verb;
    const char *json;
} examples[] = {
#define EXAMPLE(verb, ...) {OP_##verb, #__VA_ARGS__},
#include "sim/scenario/examples.def"
#undef EXAMPLE
};

enum { EXAMPLES = sizeof examples / sizeof *examples };

/* ---- examples ---- */

/* The example is the first op of the loop; what follows makes the names. */
static const char before[] =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"parent\", \"program\": ["
    "{\"repeat\": 2, \"as\": \"i\", \"do\": [";
static const char behind[] =
    ", {\"cpu\": 1}]},"
    "{\"set\": \"n\", \"value\": 1}, {\"fork\": \"child\"}, {\"pipe\": \"p\"},"
    "{\"dup\": \"p[0]\", \"as\": \"f\"},"
    "{\"msgget\": \"q\", \"key\": 1},"
    "{\"shmget\": \"m\", \"key\": 1, \"size\": 1},"
    "{\"shmat\": \"m\", \"as\": \"table\"},"
    "{\"semget\": \"s\", \"key\": 1, \"nsems\": 2}"
    "]}, {\"name\": \"child\", \"program\": [{\"exit\": 0}]}]}";

enum { PLACE = 1 /* of the example among the ops: behind the repeat */ };

static void write_c(const struct example *e, struct str *out)
{
    struct str text = {0}, said = {0};
    struct diag d = {0};
    str_add(&text, before);
    str_add(&text, e->json);
    str_add(&text, behind);
    struct scenario *sc = scenario_read(e->json, str_text(&text), text.length,
                                        NULL, 0, &d);
    diag_write(&d, &said);
    if (!sc)
        fputs(str_text(&said), stderr);
    require(sc && sc->ops[PLACE].verb == e->verb);
    op_write_c(sc, &sc->ops[PLACE], NULL, out);
    scenario_free(sc);
    str_free(&said);
    str_free(&text);
    diag_free(&d);
}

/* Statements with a body are shown without it. */
static void write_examples(enum verb v, struct str *out)
{
    int found = 0;
    str_add(out, "\n| in a file | in C |\n|---|---|\n");
    for (int i = 0; i < EXAMPLES; i++) {
        struct str c = {0};
        if (examples[i].verb != v)
            continue;
        write_c(&examples[i], &c);
        if (c.length && c.text[c.length - 1] == '{')
            str_add(&c, " … }");
        str_add(out, "| `");
        handbook_cell(out, examples[i].json);
        str_add(out, "` | `");
        handbook_cell(out, str_text(&c));
        str_add(out, "` |\n");
        str_free(&c);
        found++;
    }
    require(found); /* every verb has a line in examples.def */
}

/* ---- arguments ---- */

static const char *const plain[] = {
    [TAKES_TRUE] = "`true`",
    [TAKES_BOOL] = "`true` or `false`",
    [TAKES_VAR] = "a variable",
    [TAKES_FDVAR] = "a descriptor variable: `f`, `p[0]`",
    [TAKES_IDVAR] = "a variable for an id or an address: `q`, `addr`",
    [TAKES_PROC] = "a process",
    [TAKES_PROCANY] = "a process, or `\"any\"`",
    [TAKES_TEXT] = "a text; `{i}` is a variable, `{{` a brace",
    [TAKES_PATH] = "a path",
    [TAKES_SIG] = "a signal",
    [TAKES_SIG0] = "a signal, or `\"0\"`",
    [TAKES_BODY] = "a list of ops",
    [TAKES_NAME] = "a name",
    [TAKES_KEY] = "`{\"ftok\": [path, letter]}`, a whole number from 1, or "
                  "`\"IPC_PRIVATE\"`",
    [TAKES_SEMOPS] = "a list of 0 to 512 `{\"num\", \"op\", \"flags\"}`",
};

static void write_numbers(const struct arg_about *a, struct str *out)
{
    if (a->type == TAKES_COUNTS)
        str_add(out, "a list; each ");
    handbook_range(out, a->low, a->high);
    if (a->type == TAKES_FOREVER)
        str_add(out, ", or `\"forever\"`");
    if (a->type == TAKES_TERM)
        str_add(out, ", or a variable");
}

/* Words as they are written; a 0 in the list stands for a mode. */
static void write_words(const struct arg_about *a, struct str *out)
{
    bool several = strchr(a->words, ' ') != NULL;
    const char *quote = a->type == TAKES_FLAGS && several ? "" : "\"";
    if (a->type == TAKES_FLAGS && several)
        str_add(out, "one text, joined by `\\|`: ");
    for (const char *w = a->words; *w;) {
        size_t n = strcspn(w, " ");
        str_add(out, w == a->words ? "" : ", ");
        if (n == 1 && *w == '0')
            str_add(out, several ? "a mode as `0664`" : "a mode as `\"0664\"`");
        else
            str_addf(out, "`%s%.*s%s`", quote, (int)n, w, quote);
        w += n;
        w += strspn(w, " ");
    }
}

static void write_value(const struct arg_about *a, struct str *out)
{
    if (a->type < sizeof plain / sizeof *plain && plain[a->type])
        handbook_cell(out, plain[a->type]);
    else if (a->type == TAKES_CHOICE || a->type == TAKES_FLAGS)
        write_words(a, out);
    else
        write_numbers(a, out);
}

/* What is meant when an argument that may be left out is: the loader's and
 * the mechanisms' values, as op_c.c shows them. */
static const char *left_out(enum verb v, const char *key)
{
    static const struct {
        enum verb verb; /* OP_end: any */
        const char *key, *meaning;
    } meanings[] = {
        {OP_io, "device", "served at once"},
        {OP_repeat, "as", "no variable"},
        {OP_kill, "sig", "`SIGTERM`"},
        {OP_signal, "restart", "`false`"},
        {OP_mkfifo, "mode", "`0666`"},
        {OP_read, "at_eof", "goes on"},
        {OP_end, "into", "no variable"},
        {OP_msgctl, "qbytes", "as it is; with `IPC_SET` only"},
        {OP_msgctl, "mode", "as it is; with `IPC_SET` only"},
        {OP_shmat, "at", "0: the kernel says where"},
        {OP_shmctl, "mode", "as it is; with `IPC_SET` only"},
        {OP_semctl, "value", "with `SETVAL` only"},
        {OP_semctl, "values", "with `SETALL` only; missing ones are 0"},
        {OP_semctl, "mode", "as it is; with `IPC_SET` only"},
        {OP_end, "flags", "none"},
        {OP_end, "offset", "0"},
        {OP_end, "num", "0"},
        {OP_end, "by", "1"},
    };
    const char *meaning = NULL;
    for (size_t i = 0; !meaning && i < sizeof meanings / sizeof *meanings; i++)
        if ((meanings[i].verb == v || meanings[i].verb == OP_end) &&
            strcmp(meanings[i].key, key) == 0)
            meaning = meanings[i].meaning;
    require(meaning); /* every such argument has a line above */
    return meaning;
}

/* "*exactly one of* `text` `bytes`" */
static void write_ones(const struct op_about *op, struct str *out)
{
    str_add(out, "*exactly one of*");
    for (int i = 0; i < op->args; i++)
        if (op->arg[i].need == NEED_ONE)
            str_addf(out, " `%s`", op->arg[i].name);
}

static void write_need(enum verb v, const struct arg_about *a, struct str *out)
{
    if (a->need == NEED_MUST)
        str_add(out, "*must be there*");
    else if (a->need == NEED_ONE)
        write_ones(op_about(v), out);
    else
        str_add(out, left_out(v, a->name));
}

static void write_args(enum verb v, struct str *out)
{
    const struct op_about *op = op_about(v);
    str_add(out, "\n| key | value | if left out |\n|---|---|---|\n");
    for (int i = 0; i < op->args; i++) {
        const struct arg_about *a = &op->arg[i];
        str_addf(out, "| `%s` | ", a->name);
        write_value(a, out);
        str_add(out, " | ");
        write_need(v, a, out);
        str_add(out, " |\n");
    }
}

/* ---- ops ---- */

static void write_op(enum verb v, struct str *out)
{
    static const char *const times[] = {
        [TIME_FREE] = "\nTakes no CPU time itself.\n",
        [TIME_TIMED] = "",
        [TIME_WORK] = "\nTakes just as many ticks of CPU as it says.\n",
    };
    const struct op_about *op = op_about(v);
    str_addf(out, "\n#### %s\n\n%s\n\n%s\n%s", op->name, op->about.in[LANG_EN],
             op->about.in[LANG_ZH], times[op->time]);
    write_args(v, out);
    write_examples(v, out);
}

void handbook_ops(struct str *out)
{
    static const char *const groups[] = {
        [GROUP_CPU] = "CPU and time (CPU 与时间)",
        [GROUP_PROCESS] = "Processes and signals (进程与信号)",
        [GROUP_DESCRIPTOR] = "Descriptors (文件描述符)",
        [GROUP_QUEUE] = "Message queues (消息队列)",
        [GROUP_MEMORY] = "Shared memory (共享内存)",
        [GROUP_SEMAPHORE] = "Semaphores (信号量)",
    };
    int group = -1;
    for (int v = OP_end + 1; v < OP_COUNT; v++) {
        const struct op_about *op = op_about((enum verb)v);
        if (op->group != group)
            str_addf(out, "%s### %s\n", group < 0 ? "" : "\n",
                     groups[op->group]);
        group = op->group;
        write_op((enum verb)v, out);
    }
}
