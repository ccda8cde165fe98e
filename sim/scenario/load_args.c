/* load_args.c: one reader per type of argument (ops.def lists the types). */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <stdlib.h>
#include <string.h>

static bool read_number(const struct reading *r)
{
    return read_count(r->l, r->node, r->about->low, r->about->high, r->out);
}

bool reading_is(const struct reading *r, const char *word)
{
    return cJSON_IsString(r->node) && strcmp(r->node->valuestring, word) == 0;
}

static bool read_forever(const struct reading *r)
{
    if (reading_is(r, "forever")) {
        *r->out = ARG_FOREVER;
        return true;
    }
    if (cJSON_IsString(r->node)) {
        complain_must_be(r->l, r->node, W_BE_WHOLE_OR_FOREVER);
        return false;
    }
    return read_number(r);
}

static bool read_true(const struct reading *r)
{
    if (cJSON_IsTrue(r->node)) {
        *r->out = 1;
        return true;
    }
    complain_must_be(r->l, r->node, W_BE_TRUE);
    return false;
}

static bool read_truth(const struct reading *r)
{
    bool b;
    if (!read_bool(r->l, r->node, &b))
        return false;
    *r->out = b;
    return true;
}

/* ---- variables ---- */

static bool complain_near(const struct reading *r, enum word what,
                          const struct names *names)
{
    const char *near = names_near(names, r->node->valuestring);
    if (near)
        json_complain(&r->l->json, r->node, SAID(ARG_NEAR),
                      word(what, json_lang(&r->l->json)), near);
    else
        json_say(&r->l->json, r->node, what);
    return false;
}

static bool read_variable_name(const struct reading *r, bool index)
{
    const char *name;
    if (!read_string(r->l, r->node, &name))
        return false;
    if (is_variable(name, index))
        return true;
    complain_must_be(r->l, r->node, index ? W_BE_DESCRIPTOR : W_BE_VARIABLE);
    return false;
}

static bool read_var(const struct reading *r)
{
    const char *name = r->node->valuestring;
    if (!read_variable_name(r, false))
        return false;
    if (!made_there(&r->l->vars, name, MADE_ANYHOW))
        return complain_near(r, W_ARG_VARIABLE_UNSET, &r->l->vars.names);
    *r->out = names_find(&r->l->vars.names, name);
    return true;
}

static bool read_term(const struct reading *r)
{
    struct term t = {.is_var = cJSON_IsString(r->node)};
    if (!cJSON_IsString(r->node) && !cJSON_IsNumber(r->node)) {
        complain_must_be(r->l, r->node, W_BE_WHOLE_OR_VARIABLE);
        return false;
    }
    struct reading number = *r;
    number.out = &t.number;
    if (!(t.is_var ? read_var(&number) : read_number(&number)))
        return false;
    *r->out = ARRAY_PUSH(&r->l->terms, t);
    return true;
}

/* `pipe: p` names p[0]; `as` may name any descriptor; the others must name
 * one that is there. */
static bool read_fdvar(const struct reading *r)
{
    struct loader *l = r->l;
    const char *name = r->node->valuestring;
    bool pipe = r->verb == OP_pipe;
    if (!read_variable_name(r, !pipe))
        return false;
    struct str first = {0};
    str_addf(&first, "%s[0]", name);
    bool is_pipe = made_there(&l->vars, str_text(&first), MADE_FD);
    if (pipe)
        *r->out = names_find(&l->vars.names, str_text(&first));
    str_free(&first);
    if (pipe)
        return true;
    if (made_there(&l->vars, name, MADE_FD)) {
        *r->out = names_find(&l->vars.names, name);
        return true;
    }
    if (is_pipe) {
        json_complain(&l->json, r->node, SAID(ARG_PIPE_ENDS), name, name);
        return false;
    }
    return complain_near(r, W_ARG_DESCRIPTOR_UNMADE, &l->vars.names);
}

/* ---- texts ---- */

/* The piece from `p` on: a literal, or a variable in braces. Returns what
 * follows it, or NULL after a complaint. */
static const char *read_piece(const struct reading *r, const char *p,
                              struct template_piece *piece)
{
    if (p[0] != '{' || p[1] == '{') {
        size_t n = p[0] == '{' ? 1 : strcspn(p, "{");
        *piece = (struct template_piece){.literal =
                                             arena_copy(&r->l->sc->arena, p, n),
                                         .length = (int32_t)n};
        return p + n + (p[0] == '{');
    }
    size_t n = strcspn(p, "}");
    char *name = arena_copy(&r->l->sc->arena, p + 1, n - 1);
    if (!p[n] || !is_variable(name, true)) {
        json_complain(&r->l->json, r->node, SAID(ARG_BRACE));
        return NULL;
    }
    piece->literal = NULL;
    piece->var = names_find(&r->l->vars.names, name);
    if (!made_there(&r->l->vars, name, MADE_ANYHOW)) {
        json_complain(&r->l->json, r->node, SAID(ARG_BRACE_UNSET), name, name);
        return NULL;
    }
    return p + n + 1;
}

/* The most bytes that the verb may take: as many as of its `bytes`. */
static int64_t most_bytes(enum verb verb)
{
    const struct op_about *about = op_about(verb);
    for (int i = 0; i < about->args; i++)
        if (about->arg[i].key == KEY_bytes)
            return about->arg[i].high;
    return INT32_MAX;
}

static bool read_template(const struct reading *r)
{
    const char *text;
    if (!read_string(r->l, r->node, &text))
        return false;
    if ((int64_t)strlen(text) > most_bytes(r->verb)) {
        json_complain(&r->l->json, r->node, SAID(ARG_BYTES),
                      (long long)most_bytes(r->verb), strlen(text));
        return false;
    }
    ARRAY(struct template_piece) pieces = {NULL, 0, 0};
    for (const char *p = text; p && *p;) {
        struct template_piece piece = {.var = -1};
        p = read_piece(r, p, &piece);
        if (!p) {
            free(pieces.at);
            return false;
        }
        ARRAY_PUSH(&pieces, piece);
    }
    size_t bytes = pieces.count * sizeof *pieces.at;
    struct template t = {.count = (int32_t)pieces.count};
    void *kept = arena_alloc(&r->l->sc->arena, bytes);
    if (bytes)
        memcpy(kept, pieces.at, bytes);
    t.pieces = kept;
    free(pieces.at);
    *r->out = ARRAY_PUSH(&r->l->templates, t);
    return true;
}

/* ---- processes, signals, objects, paths ---- */

static bool read_proc(const struct reading *r)
{
    const char *name;
    if (!read_string(r->l, r->node, &name))
        return false;
    if (r->about->type == TAKES_PROCANY && strcmp(name, "any") == 0) {
        *r->out = ARG_ANY;
        return true;
    }
    if (r->verb == OP_fork && strchr(name, '.') &&
        names_find(&r->l->processes, name) < 0) {
        json_complain(&r->l->json, r->node, SAID(ARG_FORK));
        return false;
    }
    return read_process(r->l, r->node, name, r->out);
}

static bool complain_signal(const struct reading *r)
{
    struct str all = {0}, near = {0};
    for (int i = 0; signal_at(i); i++)
        str_addf(&all, "%s%s", i ? " " : "", signal_at(i));
    if (word_near(str_text(&all), r->node->valuestring, &near)) {
        json_complain(&r->l->json, r->node, SAID(ARG_SIGNAL_NEAR),
                      str_text(&near));
    } else {
        add_words(str_text(&all), json_lang(&r->l->json), &near);
        json_complain(&r->l->json, r->node, SAID(ARG_SIGNAL), str_text(&near));
    }
    str_free(&all);
    str_free(&near);
    return false;
}

static bool read_signal(const struct reading *r)
{
    const char *name;
    if (r->about->type == TAKES_SIG0 && reading_is(r, "0")) {
        *r->out = 0;
        return true;
    }
    if (!read_string(r->l, r->node, &name))
        return false;
    *r->out = signal_number(name);
    if (!*r->out)
        return complain_signal(r);
    if (r->verb == OP_signal &&
        (strcmp(name, "SIGKILL") == 0 || strcmp(name, "SIGSTOP") == 0)) {
        json_complain(&r->l->json, r->node, SAID(ARG_SIGNAL_SURE), name);
        return false;
    }
    return true;
}

bool reading_complains(const struct reading *r, enum word sentence)
{
    json_say(&r->l->json, r->node, sentence);
    return false;
}

/* What a variable must hold for this argument. An id may also have been handed
 * over as a number. */
static unsigned wanted(const struct reading *r)
{
    switch (op_about(r->verb)->group) {
    case GROUP_QUEUE:
        return MADE_QUEUE;
    case GROUP_SEMAPHORE:
        return MADE_SEMAPHORES;
    default:
        return r->verb == OP_shmctl || r->verb == OP_shmget ||
                       r->about->key == KEY_shmat
                   ? MADE_SEGMENT
                   : MADE_MAPPING;
    }
}

static bool read_idvar(const struct reading *r)
{
    static const enum word makers[] = {
        [MADE_QUEUE] = W_ARG_MSGGET,
        [MADE_SEGMENT] = W_ARG_SHMGET,
        [MADE_MAPPING] = W_ARG_SHMAT,
        [MADE_SEMAPHORES] = W_ARG_SEMGET,
    };
    const char *name = r->node->valuestring;
    unsigned want = wanted(r);
    if (!read_variable_name(r, false))
        return false;
    if (!made_there(&r->l->vars, name, want | MADE_NUMBER))
        return complain_near(r, makers[want], &r->l->vars.names);
    *r->out = names_find(&r->l->vars.names, name);
    return true;
}

static bool read_name(const struct reading *r)
{
    const char *name;
    enum word wrong;
    if (!read_string(r->l, r->node, &name))
        return false;
    if (name_wrong(name, &wrong))
        return reading_complains(r, wrong);
    *r->out = names_enter(&r->l->names, name);
    return true;
}

bool read_path(const struct reading *r)
{
    const char *path;
    if (!read_string(r->l, r->node, &path))
        return false;
    if (strncmp(path, "./", 2) == 0)
        path += 2;
    if (!*path || strlen(path) > 255 || strchr(path, '/') ||
        strcmp(path, ".") == 0 || strcmp(path, "..") == 0)
        return reading_complains(r, W_ARG_PATH);
    if (text_obeyed(path, strlen(path), false))
        return reading_complains(r, W_ARG_PATH_CONTROLS);
    *r->out = names_enter(&r->l->names, path);
    return true;
}

static bool read_word(const struct reading *r)
{
    return read_choice(r->l, r->node, W_KIND_WORD, r->about->words, r->out);
}

bool read_arg(struct loader *l, enum verb verb, const struct arg_about *about,
              const cJSON *node, int64_t *out)
{
    static bool (*const readers[])(const struct reading *) = {
        [TAKES_COUNT] = read_number,  [TAKES_FOREVER] = read_forever,
        [TAKES_TRUE] = read_true,     [TAKES_BOOL] = read_truth,
        [TAKES_VAR] = read_var,       [TAKES_TERM] = read_term,
        [TAKES_FDVAR] = read_fdvar,   [TAKES_PROC] = read_proc,
        [TAKES_PROCANY] = read_proc,  [TAKES_TEXT] = read_template,
        [TAKES_PATH] = read_path,     [TAKES_CHOICE] = read_word,
        [TAKES_FLAGS] = read_flags,   [TAKES_SIG] = read_signal,
        [TAKES_SIG0] = read_signal,   [TAKES_NAME] = read_name,
        [TAKES_IDVAR] = read_idvar,
        [TAKES_KEY] = read_key,       [TAKES_COUNTS] = read_counts,
        [TAKES_SEMOPS] = read_semops,
    };
    struct reading r = {l, verb, about, node, out};
    if (verb == OP_read && about->key == KEY_at_eof && !l->breakable)
        json_complain(&l->json, node, SAID(ARG_BREAK));
    return readers[about->type](&r);
}
