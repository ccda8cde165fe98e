/* Inside the loader: what its files share. Nobody else includes this, but the
 * schema, which is made of the same tables, and tests.
 *
 * Loading goes in two rounds. The first (declare.c) only collects names: the
 * processes, who is forked, which variables and kernel objects some op makes.
 * The second reads everything and complains; it can then say that a name is
 * unknown, whatever the order in the file. */
#ifndef TIMESLICE_LOAD_H
#define TIMESLICE_LOAD_H

#include "sim/scenario/json.h"
#include "sim/scenario/names.h"
#include "sim/scenario/ops.h"
#include "sim/scenario/scenario.h"

/* What an op of the file makes under a name. */
enum made {
    MADE_NUMBER = 1, /* a variable with a number */
    MADE_FD = 2,     /* one with a descriptor … */
    MADE_QUEUE = 4, /* … with the id of an object … */
    MADE_SEGMENT = 8,
    MADE_MAPPING = 16, /* … with an address */
    MADE_SEMAPHORES = 32,
    MADE_ID = MADE_QUEUE | MADE_SEGMENT | MADE_MAPPING | MADE_SEMAPHORES,
    MADE_ANYHOW = MADE_NUMBER | MADE_FD | MADE_ID
};

/* Names and, per name, which of enum made there are. */
struct made_names {
    struct names names;
    uint8_t *made;
    size_t capacity;
};

/* An array that grows until it is copied into the scenario's arena. */
#define ARRAY(type)                                                            \
    struct {                                                                   \
        type *at;                                                              \
        size_t count, capacity;                                                \
    }
#define ARRAY_PUSH(a, value)                                                   \
    ((a)->at = mem_grow((a)->at, (a)->count + 1, &(a)->capacity,               \
                        sizeof *(a)->at),                                      \
     (void)((a)->at[(a)->count] = (value)), (int32_t)(a)->count++)

struct loader {
    struct json json;
    struct scenario *sc;
    const struct override *overrides;
    int override_count;

    struct names processes; /* number = index of its process_def */
    bool *forked;           /* by the same index */
    struct made_names vars;
    struct names names; /* devices and paths */

    ARRAY(struct op) ops;
    ARRAY(const cJSON *) op_nodes; /* beside ops; NULL: made by us */
    ARRAY(struct text) texts;
    ARRAY(struct template) templates;
    ARRAY(struct term) terms;
    ARRAY(struct ipc_key) keys;
    ARRAY(struct list) lists;
    ARRAY(struct action) actions;
    ARRAY(struct question) questions;
    ARRAY(struct expectation) expects;
    uint32_t handled; /* bit n: some op has a handler for signal n */

    /* while a program is read */
    int depth;     /* bodies around the next op */
    int repeats;   /* repeats around it */
    int breakable; /* repeats around it that `break` can leave */
};

/* ---- objects with keys that are known (fields.c) ---- */

enum field_type {
    FIELD_TICK, /* int64_t */
    FIELD_INT,  /* int */
    FIELD_BOOL,
    FIELD_LINE, /* struct text, without ends of lines */
    FIELD_TEXT, /* struct text */
    FIELD_OTHER /* `read` does it, `schema` says it */
};

struct field {
    const char *name;
    enum field_type type;
    bool must;
    size_t offset; /* in the struct that is filled in */
    int64_t low, high;
    void (*read)(struct loader *l, const cJSON *node, void *into);
    const char *schema; /* JSON */
    const char *about;  /* one English sentence, shown by editors */
};

struct object_about {
    enum word what; /* "a process" */
    const struct field *fields;
    int count;
};

extern const struct object_about about_scenario, about_machine,
    about_scheduler, about_process, about_action, about_question, about_level,
    about_estimate, about_aging, about_sem_op, about_stuck;

/* Reads the members of an object into `into`, as its fields say; complains
 * about what is unknown, missing or wrong. False if it is no object. */
bool read_object(struct loader *l, const cJSON *node,
                 const struct object_about *about, void *into);

/* Complains about a key that is not one of `names[0..count)`. */
void complain_unknown(struct loader *l, const cJSON *node,
                      const char *const *names, int count);

/* Each reads one value, or complains and returns false. */
bool read_count(struct loader *l, const cJSON *node, int64_t low, int64_t high,
                int64_t *out);
bool read_bool(struct loader *l, const cJSON *node, bool *out);
bool read_string(struct loader *l, const cJSON *node, const char **out);
bool read_text(struct loader *l, const cJSON *node, struct text *out);
/* A text without ends of lines. */
bool read_line(struct loader *l, const cJSON *node, struct text *out);
/* One of the words of a blank-separated list; `kind` says "state". */
bool read_choice(struct loader *l, const cJSON *node, enum word kind,
                 const char *words, int64_t *out);
bool read_list(struct loader *l, const cJSON *node);
/* A process of this file, "child" or "child.2": its index, and the number
 * behind the dot - 1 in bits 32…. */
bool read_process(struct loader *l, const cJSON *node, const char *name,
                  int64_t *out);

/* "must be …, not 0"; `be` is one of the words BE_…. */
void complain_must_be(struct loader *l, const cJSON *node, enum word be);

/* The word of the list nearest to `word`, copied to `out`; false: none. */
bool word_near(const char *words, const char *word, struct str *out);

/* `out` becomes "`a`, `b`"; a 0 in the list stands for modes (ops.def). */
void add_words(const char *words, enum lang lang, struct str *out);

/* ---- the rounds ---- */

/* declare.c: the first round. */
void declare(struct loader *l);
int32_t made_enter(struct made_names *m, const char *name, enum made made);
bool made_there(const struct made_names *m, const char *name, unsigned made);

/* Whether a name may not stand for a process, an object or a device, and why:
 * a word that is no format. */
bool name_wrong(const char *name, enum word *why);
/* Whether it is a C identifier; with `index`, one that may end in [0] or
 * [1]. */
bool is_variable(const char *name, bool index);

/* load_program.c, load_args.c: the second. */
void read_program(struct loader *l, const cJSON *list, bool periodic);
void read_bursts(struct loader *l, const cJSON *list, bool periodic);
bool read_arg(struct loader *l, enum verb verb, const struct arg_about *about,
              const cJSON *node, int64_t *out);
/* load_override.c: puts a value of the command line into the tree. */
void put_override(struct loader *l, const struct override *o);

/* What the reader of one type of argument is told: the argument, its value,
 * where to put it. Each complains and returns false, or fills in *out. */
struct reading {
    struct loader *l;
    enum verb verb;
    const struct arg_about *about;
    const cJSON *node;
    int64_t *out;
};
/* By a word that is no format. */
bool reading_complains(const struct reading *r, enum word sentence);
/* Whether the value is the text `word`. */
bool reading_is(const struct reading *r, const char *word);
bool read_path(const struct reading *r);
bool read_flags(const struct reading *r);
bool read_key(const struct reading *r);
bool read_counts(const struct reading *r);
bool read_semops(const struct reading *r);

/* load_files.c: the files that are there from the beginning. */
void find_files(struct loader *l);

/* loops.c: every repeat that can come round without using time. */
void check_loops(struct loader *l);

/* load_machine.c, load_process.c, load_lesson.c, load_expect.c: readers of
 * fields. */
void read_machine(struct loader *l, const cJSON *node, void *into);
void read_scheduler(struct loader *l, const cJSON *node, void *into);
void read_processes(struct loader *l, const cJSON *node, void *into);
void read_actions(struct loader *l, const cJSON *node, void *into);
void read_questions(struct loader *l, const cJSON *node, void *into);
void read_expect(struct loader *l, const cJSON *node, void *into);

/* What the format knows of policies: policies.def. */
struct policy_about {
    const char *name;
    tick quantum;
    const char *keys;
};
extern const struct policy_about policies[POLICY_COUNT];
extern const char policy_keys[]; /* what every policy has */


#endif
