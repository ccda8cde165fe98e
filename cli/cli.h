/* The command line: what every command is and what all of them share.
 *
 * One command is one file, ending with a constant `struct command`, and one
 * row in commands.def. The table feeds dispatch, --help, the man page and the
 * "did you mean". A command gets its options checked: whoever reads them need
 * not look again. */
#ifndef TIMESLICE_CLI_H
#define TIMESLICE_CLI_H

#include "cli/options.h"
#include "sim/base/lang.h"
#include "sim/base/str.h"

#include <stdbool.h>
#include <stdio.h>

/* How the program ends (SCENARIO.md §2). */
enum status {
    STATUS_WELL = 0,
    STATUS_DIFFERS = 1, /* the run from its expect, the model from the kernel */
    STATUS_USAGE = 2,   /* wrong usage or a bad file */
    STATUS_MACHINE = 3  /* the machine lacks something */
};

struct command {
    const char *name;
    enum word summary;
    const char *operands;  /* as written in the usage line: "FILE…" */
    int least, most;       /* how many operands; most -1: any number */
    uint64_t options;      /* which it takes: OPTION_BIT(…) joined by | */
    const char *formats;   /* blank-separated words --format may be, first is
                              the default; NULL: has no --format */
    bool hidden;           /* not in the help: for the program itself */
    bool judges;           /* says every difference from the expect, also of a
                              scenario that options have changed */
    bool sweeps;           /* may have several values for a key */
    enum status (*run)(const struct options *o);
};

extern const struct command *const commands[];
extern const int command_count;

/* The command of that name, NULL if there is none. */
const struct command *command_named(const char *name);

/* One sentence on one line to stderr, "timeslice: error: …", from a word that
 * is a format. What is put into it is shown, never obeyed: str_add_shown(). */
void complain(enum lang lang, enum word w, ...);

/* The same for what is no error: "timeslice: note: …". */
void note(enum lang lang, enum word w, ...);

/* A complaint as a line of `to` instead; NULL: to stderr. */
void complain_to(struct str *to, enum lang lang, enum word w, ...);

/* To stderr, and gives `s` back: return fail(STATUS_USAGE, …). */
enum status fail(enum status s, enum lang lang, enum word w, ...);

/* What is nearest to `given` among `count` names, for "did you mean"; NULL
 * if nothing is near. */
const char *nearest_name(const char *given, const char *const *names,
                         int count);

/* Writes the help of one command, or (NULL) of the program. */
void help_write(const struct command *c, enum lang lang, struct str *out);

/* Runs the whole program: parse, dispatch, clean up. */
int cli_main(int argc, char **argv);

#endif
