/* man.c: `timeslice man`: the manual page, made from the same tables as
 * --help, so that it cannot say anything else. assets/timeslice.1 is what
 * this prints; a test holds the two together. */
#include "cli/cli.h"
#include "cli/out.h"
#include "render/commands.h"

#include <string.h>

/* Text of roff: a minus and a backslash are escaped, and no line begins with
 * a point or a quote. */
static void add_text(struct str *out, const char *text)
{
    bool start = true;
    for (const char *p = text; *p; p++) {
        if (start && (*p == '.' || *p == '\''))
            str_add(out, "\\&");
        if (*p == '-')
            str_add(out, "\\-");
        else if (*p == '\\')
            str_add(out, "\\e");
        else
            str_add_char(out, *p);
        start = *p == '\n';
    }
}

static void section(struct str *out, const char *title)
{
    str_addf(out, ".SH %s\n", title);
}

static void paragraph(struct str *out, const char *text)
{
    str_add(out, ".PP\n");
    add_text(out, text);
    str_add_char(out, '\n');
}

/* .TP: a bold word, what it takes, and what it is. */
static void item(struct str *out, const char *bold, const char *rest,
                 const char *text)
{
    str_add(out, ".TP\n\\fB");
    add_text(out, bold);
    str_add(out, "\\fR");
    if (rest[0]) {
        str_add(out, " \\fI");
        add_text(out, rest);
        str_add(out, "\\fR");
    }
    str_add_char(out, '\n');
    add_text(out, text);
    str_add_char(out, '\n');
}

static void write_options(uint64_t which, struct str *out)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_about *a = &option_table[i];
        struct str name = {0};
        if (!(which >> i & 1))
            continue;
        if (a->letter)
            str_addf(&name, "-%c, ", a->letter);
        str_addf(&name, "--%s", a->name);
        item(out, name.text, a->argument, word(a->about, LANG_EN));
        str_free(&name);
    }
}

static void write_command(const struct command *c, struct str *out)
{
    struct str names = {0};
    item(out, c->name, c->operands, word(c->summary, LANG_EN));
    for (int i = 0; i < OPTION_COUNT; i++)
        if (c->options >> i & 1)
            str_addf(&names, "%s--%s", names.length ? ", " : "",
                     option_table[i].name);
    if (names.length) {
        str_add(out, ".br\nTakes ");
        add_text(out, names.text);
        str_add(out, ".\n");
    }
    if (c->formats) {
        str_add(out, ".br\nFormats: ");
        add_text(out, c->formats);
        str_add(out, ".\n");
    }
    str_free(&names);
}

static void write_commands(struct str *out)
{
    uint64_t all = OPTIONS_OF_ALL;
    section(out, "COMMANDS");
    for (int i = 0; i < command_count; i++) {
        if (commands[i]->hidden)
            continue;
        write_command(commands[i], out);
        all |= commands[i]->options;
    }
    section(out, "OPTIONS");
    write_options(all, out);
}

/* Keys, under the headings of the window's own help. */
static void write_keys(struct str *out)
{
    section(out, "KEYS OF THE WINDOW");
    for (int g = 0; g < COMMAND_GROUPS; g++) {
        str_add(out, ".SS ");
        add_text(out, word(command_group_title((enum command_group)g),
                           LANG_EN));
        str_add_char(out, '\n');
        for (int i = 0; i < commands_count; i++)
            if (commands_all[i].group == (enum command_group)g)
                item(out, commands_all[i].label, "",
                     word(commands_all[i].about, LANG_EN));
    }
}

static void write_rest(struct str *out)
{
    static const struct {
        const char *status, *meaning;
    } statuses[] = {
        {"0", "All is well."},
        {"1", "The run differs from its expect, or the model from the kernel. "
              "What run and export make of a file under other settings is no "
              "difference from its expect; check judges that, too."},
        {"2", "Wrong usage, or a bad file; stderr says what is wrong, one "
              "complaint a line: file:line:column: error: /json/pointer: …"},
        {"3", "The machine lacks something; stderr says what."},
    };
    section(out, "EXIT STATUS");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        item(out, statuses[i].status, "", statuses[i].meaning);
    section(out, "ENVIRONMENT");
    item(out, "LC_ALL, LC_MESSAGES, LANG", "",
         "The language if --lang is not given: zh… is Chinese, everything "
         "else English. No locale needs to be installed.");
    item(out, "TIMESLICE_NAMESPACES", "",
         "If 0, real processes get no namespaces of their own; they live among "
         "all others, as with --host-ipc, and are cleaned up after.");
    item(out, "XDG_RUNTIME_DIR", "",
         "Where a live run without namespaces of its own keeps the lesson's "
         "directory, and a note of what is to be cleaned up. Else "
         "/run/user/UID and /tmp.");
    item(out, "TIMESLICE_SETTINGS", "",
         "If 0, the window neither uses nor keeps how it was left, as with "
         "--no-settings.");
    item(out, "XDG_CONFIG_HOME", "",
         "Where timeslice/settings is: what the window remembers of language, "
         "theme, text size, speed, its own size and panels, the last lesson, "
         "and the bookmarks of each. Else ~/.config. A text, a line for each "
         "thing; what the command line says counts more.");
    item(out, "NO_COLOR", "", "If set and not empty, no colours.");
    section(out, "EXAMPLES");
    item(out, "timeslice", "", "Shows the lessons to choose from.");
    item(out, "timeslice run pipe-one-way --live", "",
         "Runs a lesson with real processes, and says whether the kernel "
         "agrees with the model.");
    item(out, "timeslice run lesson.json --policy rr --quantum 2 --format json",
         "", "Runs a file under another policy, for a program to read.");
    item(out, "timeslice compare lesson.json --policies fcfs,rr:1,rr:4", "",
         "Shows the same file under three policies on one time axis, and where "
         "they first part.");
    item(out, "timeslice run lesson.json --set scheduler.quantum=1..20 "
              "--format csv", "",
         "Makes a run for each quantum, on all CPUs, and a row of each.");
    item(out, "timeslice export lesson.json --quantum 1..20 --to svg", "",
         "Draws turnaround, waiting, response and context switches against the "
         "quantum.");
    item(out, "timeslice export lesson.json --to html", "",
         "Writes a page that replays the run in a browser, from disk, forwards "
         "and backwards by the keys of the window.");
    item(out, "timeslice export lesson.json --to svg --panel states --at 9", "",
         "Draws the state diagram as it is at t = 9.");
    item(out, "timeslice export lesson.json --to gif --fps 10 --until 20", "",
         "Draws the window while the clock plays up to t = 20.");
    item(out, "timeslice export 10 --to c,chrome", "",
         "Writes a lesson as a C program that makes the same real calls "
         "(10.c), and its run as a trace for Perfetto (10.trace.json).");
    item(out, "timeslice bench-ipc --quick", "",
         "Measures what pipe, message queue and shared memory carry on this "
         "machine, and says from which size on shared memory is ahead.");
    section(out, "SEE ALSO");
    str_add(out, ".BR pipe (7),\n.BR sched (7),\n.BR svipc (7)\n");
}

static void write_page(struct str *out)
{
    str_add(out, ".\\\" generated by `timeslice man`; do not edit\n"
                 ".TH TIMESLICE 1 \"\" \"Timeslice " TIMESLICE_VERSION
                 "\" \"User Commands\"\n");
    section(out, "NAME");
    str_add(out, "timeslice \\- processes and their talk, simulated and real, "
                 "on one clock\n");
    section(out, "SYNOPSIS");
    str_add(out, ".B timeslice\n.I COMMAND\n"
                 "[\\fIOPTION\\fR]… [\\fIFILE\\fR]…\n.br\n"
                 ".B timeslice\n[\\fIFILE\\fR]\n");
    section(out, "DESCRIPTION");
    paragraph(out, word(W_CLI_ABOUT, LANG_EN));
    paragraph(out, word(W_CLI_HELP_MORE, LANG_EN));
    write_commands(out);
    write_keys(out);
    write_rest(out);
}

static enum status man_run(const struct options *o)
{
    struct out out;
    if (!out_open(&out, o->value[OPTION_OUTPUT], o->lang))
        return STATUS_MACHINE;
    write_page(&out.text);
    return out_close(&out, STATUS_WELL);
}

const struct command command_man = {
    .name = "man",
    .summary = W_CLI_MAN,
    .operands = "",
    .options = OPTION_BIT(OUTPUT),
    .hidden = true,
    .run = man_run,
};
