/* offer.c: ops to choose from. */
#include "sim/scenario/offer.h"

#include "sim/scenario/json.h"

#include <stdio.h>
#include <string.h>

enum {
    LOOKED_AT = 40,       /* names tried for one argument */
    CHOICES = 10,         /* words tried of a choice */
    TEXT_MOST = 128 << 10 /* of a longer file only what is copied is offered */
};

/* Where a new op would stand. */
struct place {
    struct draft *d;
    const struct scenario *sc;
    int32_t pc;
    struct arena *a;
};

/* The statement of `json` if the loader takes it there, NULL: it does not. */
static const char *try(const struct place *p, const char *json)
{
    struct diag ignored = {.file = ""};
    struct str c = {0};
    const char *text = NULL;
    draft_change(p->d);
    struct scenario *sc = NULL;
    if (draft_insert_op(p->d, p->sc, p->pc, json))
        sc = scenario_read("", str_text(&p->d->text), p->d->text.length, NULL,
                           0, &ignored);
    draft_drop(p->d);
    if (sc) {
        op_write_c(sc, &sc->ops[draft_row(p->sc, p->pc)], NULL, &c);
        text = arena_copy(p->a, str_text(&c), c.length);
    }
    scenario_free(sc);
    diag_free(&ignored);
    str_free(&c);
    return text;
}

/* ---- as the lesson has it already ---- */

static bool has_body(enum verb verb)
{
    const struct op_about *about = op_about(verb);
    for (int i = 0; i < about->args; i++)
        if (about->arg[i].type == TAKES_BODY)
            return true;
    return false;
}

/* The nearest op of that verb in the same program, else the first anywhere. */
static int32_t find_like(const struct place *p, enum verb verb)
{
    const struct process_def *own =
        &p->sc->processes[scenario_owner(p->sc, p->pc)];
    for (int32_t i = own->first; i < own->end; i++)
        if (p->sc->ops[i].verb == verb && p->sc->ops[i].line)
            return i;
    for (int32_t i = 0; i < p->sc->op_count; i++)
        if (p->sc->ops[i].verb == verb && p->sc->ops[i].line)
            return i;
    return -1;
}

/* Its text without its note. */
static bool copy_like(const struct place *p, enum verb verb, struct str *json)
{
    char pointer[DRAFT_POINTER_MOST + 16];
    struct draft one = {0};
    struct draft_place at;
    int32_t like = has_body(verb) ? -1 : find_like(p, verb);
    if (like < 0 || !draft_op_pointer(p->d, p->sc, like, pointer) ||
        !draft_find(p->d, pointer, &at) || p->d->text.text[at.begin] != '{')
        return false;
    draft_begin(&one, p->d->text.text + at.begin, at.end - at.begin);
    draft_change(&one);
    draft_remove(&one, "/note");
    draft_keep(&one);
    str_add(json, str_text(&one.text));
    draft_free(&one);
    return true;
}

/* ---- made of ops.def ---- */

static bool is_taken(const struct scenario *sc, const char *name)
{
    size_t n = strlen(name);
    for (int i = 0; i < sc->var_count; i++)
        if (strncmp(sc->vars[i], name, n) == 0 &&
            (!sc->vars[i][n] || sc->vars[i][n] == '['))
            return true;
    return false;
}

/* A name for what an op makes: "q", or "q2". */
static const char *new_variable(const struct place *p, const char *like)
{
    const char *name = like;
    for (int i = 2; is_taken(p->sc, name); i++)
        name = arena_printf(p->a, "%s%d", like, i);
    return name;
}

static const char *usual_name(enum verb verb, const struct arg_about *arg)
{
    bool number = arg->type == TAKES_VAR || arg->type == TAKES_TERM;
    if (arg->key == KEY_as && arg->type == TAKES_IDVAR)
        return "addr";
    if (arg->key == KEY_as || arg->type == TAKES_FDVAR)
        return arg->key == KEY_as ? "fd" : "p";
    if (number)
        return "x";
    return op_about(verb)->group == GROUP_QUEUE    ? "q"
           : op_about(verb)->group == GROUP_MEMORY ? "m"
                                                   : "s";
}

/* The variable number `nth` to try: a new one, which the loader takes where an
 * op makes it; then those there are. Who writes tries the ends to write to
 * first. NULL: there are no more. */
static const char *variable(const struct place *p, enum verb verb,
                            const struct arg_about *arg, int nth)
{
    if (nth == 0)
        return new_variable(p, usual_name(verb, arg));
    int left = nth;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < p->sc->var_count; i++) {
            const char *v = p->sc->vars[i];
            bool writes = strstr(v, "[1]") != NULL;
            if ((verb == OP_write ? !writes : writes) == (pass == 1) &&
                --left == 0)
                return v;
        }
    return NULL;
}

/* Whoever is forked, but not by itself, comes first. */
static const char *process(const struct place *p, int nth)
{
    int own = scenario_owner(p->sc, p->pc), left = nth + 1;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < p->sc->process_count; i++)
            if (i != own && p->sc->processes[i].forked == (pass == 0) &&
                --left == 0)
                return p->sc->processes[i].name;
    return NULL;
}

static void add_string(struct str *out, const char *text)
{
    str_add_char(out, '"');
    str_add_json(out, text, strlen(text));
    str_add_char(out, '"');
}

static void add_word(struct str *out, const char *words, int nth)
{
    for (; nth > 0 && *words; nth--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    str_addf(out, "\"%.*s\"", (int)strcspn(words, " "), words);
}

static int64_t number(enum verb verb, const struct arg_about *arg)
{
    bool own = strcmp(arg->name, op_about(verb)->name) == 0;
    int64_t n = arg->key == KEY_size  ? 100
                : verb == OP_exit     ? 0
                : own                 ? 3
                                      : 1;
    return n < arg->low ? arg->low : n > arg->high ? arg->high : n;
}

/* The value to try; false: there is none. */
static bool add_value(const struct place *p, enum verb verb,
                      const struct arg_about *arg, int nth, int choice,
                      struct str *out)
{
    const char *name = NULL;
    switch (arg->type) {
    case TAKES_COUNT:
    case TAKES_FOREVER:
    case TAKES_TERM:
        str_addf(out, "%lld", (long long)number(verb, arg));
        return true;
    case TAKES_TRUE:
    case TAKES_BOOL: str_add(out, "true"); return true;
    case TAKES_BODY: str_add(out, "[{\"cpu\": 1}]"); return true;
    case TAKES_SEMOPS: str_add(out, "[{\"num\": 0, \"op\": -1}]"); return true;
    case TAKES_COUNTS: str_add(out, "[1]"); return true;
    case TAKES_CHOICE:
    case TAKES_FLAGS: add_word(out, arg->words, choice); return true;
    case TAKES_PROCANY: name = "any"; break;
    case TAKES_PROC: name = process(p, nth); break;
    case TAKES_KEY: name = "IPC_PRIVATE"; break;
    case TAKES_SIG:
    case TAKES_SIG0: name = "SIGTERM"; break;
    case TAKES_PATH:
        name = nth < p->sc->name_count ? p->sc->names[nth] : "fifo";
        break;
    case TAKES_TEXT:
    case TAKES_NAME: name = "x"; break;
    default:
        name = variable(p, verb, arg, arg->key == KEY_as ? 0 : nth);
        break;
    }
    if (name)
        add_string(out, name);
    return name != NULL;
}

static bool is_first_of_one(const struct op_about *about, int arg)
{
    for (int i = 0; i < arg; i++)
        if (about->arg[i].need == NEED_ONE)
            return false;
    return about->arg[arg].need == NEED_ONE;
}

/* An object that is found or made is made. */
static bool wants_flags(const struct arg_about *arg)
{
    return arg->type == TAKES_FLAGS && arg->need == NEED_MAY &&
           word_place(arg->words, "IPC_CREAT", 9) >= 0;
}

static bool make(const struct place *p, enum verb verb, int nth, int choice,
                 struct str *json)
{
    const struct op_about *about = op_about(verb);
    str_cut(json, 0);
    str_add_char(json, '{');
    for (int i = 0; i < about->args; i++) {
        const struct arg_about *arg = &about->arg[i];
        bool flags = wants_flags(arg);
        if (arg->need != NEED_MUST && !is_first_of_one(about, i) && !flags)
            continue;
        str_addf(json, "%s\"%s\": ", i ? ", " : "", arg->name);
        if (flags)
            str_add(json, "\"IPC_CREAT|0600\"");
        else if (!add_value(p, verb, arg, nth, choice, json))
            return false;
    }
    str_add_char(json, '}');
    return true;
}

/* ---- all ---- */

static bool keep(const struct place *p, enum verb verb, const struct str *json,
                 struct offer *to)
{
    const char *c = try(p, str_text(json));
    if (c)
        *to = (struct offer){verb, arena_copy(p->a, json->text, json->length),
                             c};
    return c != NULL;
}

/* How many values there are to try for its arguments: names, and words of a
 * choice. */
static void count_tries(enum verb verb, int *names, int *words)
{
    const struct op_about *about = op_about(verb);
    *names = *words = 1;
    for (int i = 0; i < about->args; i++) {
        const struct arg_about *arg = &about->arg[i];
        bool needed = arg->need == NEED_MUST || is_first_of_one(about, i);
        bool named = arg->type == TAKES_VAR || arg->type == TAKES_FDVAR ||
                     arg->type == TAKES_IDVAR || arg->type == TAKES_PROC ||
                     arg->type == TAKES_PATH;
        if (needed && named)
            *names = LOOKED_AT;
        if (needed && (arg->type == TAKES_CHOICE || arg->type == TAKES_FLAGS))
            *words = CHOICES;
    }
}

static bool offer(const struct place *p, enum verb verb, struct offer *to)
{
    struct str json = {0};
    bool found = copy_like(p, verb, &json) && keep(p, verb, &json, to);
    int names, words;
    count_tries(verb, &names, &words);
    if (p->d->text.length > TEXT_MOST)
        words = 0;
    for (int w = 0; w < words && !found; w++)
        for (int nth = 0; nth < names && !found; nth++) {
            if (!make(p, verb, nth, w, &json))
                break;
            found = keep(p, verb, &json, to);
        }
    str_free(&json);
    return found;
}

int offers_at(struct draft *d, const struct scenario *sc, int32_t pc,
              struct arena *a, struct offer to[OP_COUNT])
{
    const struct place p = {d, sc, pc, a};
    int n = 0;
    for (int verb = OP_end + 1; verb < OP_COUNT; verb++)
        n += offer(&p, (enum verb)verb, &to[n]);
    return n;
}

/* ---- forms ---- */

int op_fields(enum verb verb, struct op_field to[OP_FIELDS_MOST])
{
    const struct op_about *about = op_about(verb);
    int n = 0;
    for (int i = 0; i < about->args; i++)
        if (about->arg[i].type != TAKES_BODY)
            to[n++] = (struct op_field){about->arg[i].name, &about->arg[i],
                                        about->arg[i].need == NEED_MUST};
    if (about->time == TIME_TIMED)
        to[n++] = (struct op_field){.key = "cost"};
    to[n++] = (struct op_field){.key = "on_error"};
    to[n++] = (struct op_field){.key = "note"};
    return n;
}

static bool is_text(const struct op_field *f)
{
    switch (f->about ? f->about->type : TAKES_COUNT) {
    case TAKES_TEXT:
    case TAKES_PATH:
    case TAKES_CHOICE:
    case TAKES_FLAGS:
    case TAKES_PROC:
    case TAKES_PROCANY:
    case TAKES_SIG:
    case TAKES_SIG0:
    case TAKES_NAME: return true;
    default: return !f->about && strcmp(f->key, "cost") != 0;
    }
}

void op_field_json(const struct op_field *f, const char *typed,
                   struct str *json)
{
    struct diag ignored = {.file = ""};
    struct json j;
    bool plain = !is_text(f);
    if (plain) {
        json_read(&j, typed, strlen(typed), &ignored);
        plain = j.root && !j.complaints;
        json_free(&j);
        diag_free(&ignored);
    }
    if (plain)
        str_add(json, typed);
    else
        add_string(json, typed);
}
