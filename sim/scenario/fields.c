/* fields.c: values, and objects whose keys are known by a table. */
#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/scenario/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- complaints in their usual words ---- */

void complain_must_be(struct loader *l, const cJSON *node, enum word be)
{
    const char *what = word(be, json_lang(&l->json));
    struct str seen = {0};
    json_show(&l->json, node, &seen);
    if (cJSON_IsArray(node))
        json_complain(&l->json, node, SAID(LOAD_NOT_A_LIST), what);
    else if (cJSON_IsObject(node))
        json_complain(&l->json, node, SAID(LOAD_NOT_AN_OBJECT), what);
    else
        json_complain(&l->json, node, SAID(LOAD_MUST_BE), what,
                      str_text(&seen));
    str_free(&seen);
}

void complain_unknown(struct loader *l, const cJSON *node,
                      const char *const *names, int count)
{
    const char *best = NULL;
    int least = WORD_NO_SLIP;
    for (int i = 0; i < count; i++)
        if (word_slip(node->string, names[i]) < least) {
            best = names[i];
            least = word_slip(node->string, best);
        }
    if (best) {
        json_complain_key(&l->json, node, SAID(LOAD_UNKNOWN_NEAR), best);
        return;
    }
    struct str list = {0};
    const char *comma = word(W_DIAG_COMMA, json_lang(&l->json));
    for (int i = 0; i < count; i++)
        str_addf(&list, "%s`%s`", i ? comma : "", names[i]);
    json_complain_key(&l->json, node, SAID(LOAD_UNKNOWN), str_text(&list));
    str_free(&list);
}

bool word_near(const char *words, const char *word, struct str *out)
{
    int least = WORD_NO_SLIP;
    struct str one = {0};
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        str_cut(&one, 0);
        str_add_bytes(&one, p, n);
        int slip = word_slip(word, str_text(&one));
        if (slip < least) {
            least = slip;
            str_cut(out, 0);
            str_add(out, str_text(&one));
        }
        p += n;
        p += strspn(p, " ");
    }
    str_free(&one);
    return least < WORD_NO_SLIP;
}

void add_words(const char *words, enum lang lang, struct str *out)
{
    str_cut(out, 0);
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        bool mode = n == 1 && *p == '0';
        str_addf(out, "%s`%.*s`", p == words ? "" : word(W_DIAG_COMMA, lang),
                 mode ? 4 : (int)n, mode ? "0664" : p);
        p += n;
        p += strspn(p, " ");
    }
}

/* ---- values ---- */

/* A number that is below `low` or above `high`. */
static void complain_range(struct loader *l, const cJSON *node, int64_t low,
                           int64_t high)
{
    struct str seen = {0};
    json_show(&l->json, node, &seen);
    if (node->valuedouble < (double)low)
        json_complain(&l->json, node, SAID(LOAD_LEAST), (long long)low,
                      str_text(&seen));
    else
        json_complain(&l->json, node, SAID(LOAD_MOST), (long long)high,
                      str_text(&seen));
    str_free(&seen);
}

bool read_count(struct loader *l, const cJSON *node, int64_t low, int64_t high,
                int64_t *out)
{
    double d = node->valuedouble;
    if (!cJSON_IsNumber(node) || (isfinite(d) && !json_is_whole(&l->json, node))) {
        complain_must_be(l, node, W_BE_WHOLE);
        return false;
    }
    if (d < (double)low || d > (double)high) {
        complain_range(l, node, low, high);
        return false;
    }
    *out = (int64_t)d;
    return true;
}

bool read_bool(struct loader *l, const cJSON *node, bool *out)
{
    if (!cJSON_IsBool(node)) {
        complain_must_be(l, node, W_BE_BOOL);
        return false;
    }
    *out = cJSON_IsTrue(node);
    return true;
}

bool read_string(struct loader *l, const cJSON *node, const char **out)
{
    if (!cJSON_IsString(node)) {
        complain_must_be(l, node, W_BE_STRING);
        return false;
    }
    *out = node->valuestring;
    return true;
}

bool read_list(struct loader *l, const cJSON *node)
{
    if (cJSON_IsArray(node))
        return true;
    complain_must_be(l, node, W_BE_LIST);
    return false;
}

static void complain_choice(struct loader *l, const cJSON *node, enum word kind,
                            const char *words)
{
    enum lang lang = json_lang(&l->json);
    const char *what = word(kind, lang);
    struct str s = {0};
    if (word_near(words, node->valuestring, &s)) {
        json_complain(&l->json, node, SAID(LOAD_NO_SUCH_NEAR), what,
                      str_text(&s));
    } else {
        add_words(words, lang, &s);
        if (strchr(words, ' '))
            json_complain(&l->json, node, SAID(LOAD_NO_SUCH), what,
                          str_text(&s));
        else
            json_complain(&l->json, node, SAID(LOAD_NO_SUCH_ONE), what,
                          str_text(&s));
    }
    str_free(&s);
}

bool read_choice(struct loader *l, const cJSON *node, enum word kind,
                 const char *words, int64_t *out)
{
    const char *given;
    if (!read_string(l, node, &given))
        return false;
    *out = word_place(words, given, strlen(given));
    if (*out < 0)
        complain_choice(l, node, kind, words);
    return *out >= 0;
}

static char *keep(struct loader *l, const char *text)
{
    return arena_copy(&l->sc->arena, text, strlen(text));
}

/* "en", "zh", "pt-BR" (RFC 5646, as far as we need it). */
static bool is_language(const char *code)
{
    size_t n = strspn(code, "abcdefghijklmnopqrstuvwxyz");
    return (n == 2 || n == 3) && (!code[n] || (code[n] == '-' && code[n + 1]));
}

/* Texts for people end up on terminals, which obey some characters. */
static bool read_plain(struct loader *l, const cJSON *node, bool lines,
                       const char **out)
{
    if (!read_string(l, node, out))
        return false;
    unsigned u = text_obeyed(*out, strlen(*out), lines);
    if (!u)
        return true;
    if (u >= 0x2000)
        json_complain(&l->json, node, SAID(LOAD_TURNS), u);
    else if (u == '\n' || u == '\t')
        json_complain(&l->json, node, SAID(LOAD_CONTROLS_LINE), u);
    else
        json_complain(&l->json, node, SAID(LOAD_CONTROLS), u);
    return false;
}

static void read_translation(struct loader *l, const cJSON *node, bool lines,
                             struct text *out, const char **other)
{
    const char *text;
    if (!is_language(node->string)) {
        json_complain_key(&l->json, node, SAID(LOAD_LANGUAGE));
        return;
    }
    if (!read_plain(l, node, lines, &text))
        return;
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(node->string, lang_codes[i]) == 0)
            out->in[i] = keep(l, text);
    if (!*other)
        *other = keep(l, text);
}

static bool read_words(struct loader *l, const cJSON *node, bool lines,
                       struct text *out)
{
    const char *one;
    *out = (struct text){{NULL}};
    if (cJSON_IsString(node)) {
        bool well = read_plain(l, node, lines, &one);
        if (well)
            out->in[LANG_EN] = keep(l, one);
        return well;
    }
    if (!cJSON_IsObject(node)) {
        complain_must_be(l, node, W_BE_TEXT);
        return false;
    }
    const char *other = NULL;
    int before = l->json.complaints;
    for (const cJSON *c = node->child; c; c = c->next)
        if (!json_is_comment(c))
            read_translation(l, c, lines, out, &other);
    if (!other && before == l->json.complaints)
        json_complain(&l->json, node, SAID(LOAD_NO_TEXT));
    if (!out->in[LANG_EN] && !out->in[LANG_ZH])
        out->in[LANG_EN] = other;
    return before == l->json.complaints;
}

bool read_text(struct loader *l, const cJSON *node, struct text *out)
{
    return read_words(l, node, true, out);
}

bool read_line(struct loader *l, const cJSON *node, struct text *out)
{
    return read_words(l, node, false, out);
}

/* ---- processes ---- */

/* "child.2" is "child", the second: cuts off what is behind the dot and gives
 * the number, 1 if there is no dot, 0 if it is no number. */
static int64_t split_number(char *name)
{
    char *dot = strrchr(name, '.');
    if (!dot)
        return 1;
    *dot = '\0';
    const char *p = dot + 1;
    size_t digits = strspn(p, "0123456789");
    if (p[digits] || !digits || digits > 6 || *p == '0')
        return 0;
    return strtol(p, NULL, 10);
}

bool read_process(struct loader *l, const cJSON *node, const char *name,
                  int64_t *out)
{
    char *base = keep(l, name);
    int64_t number = split_number(base);
    int32_t index = names_find(&l->processes, base);
    const char *near = index < 0 ? names_near(&l->processes, base) : NULL;
    if (index < 0 && near)
        json_complain(&l->json, node, SAID(PROCESS_NONE_NEAR), near);
    else if (index < 0)
        json_complain(&l->json, node, SAID(PROCESS_NONE));
    else if (!number)
        json_complain(&l->json, node, SAID(PROCESS_WHICH), base);
    else if (number > 1 && !l->forked[index])
        json_complain(&l->json, node, SAID(PROCESS_ONE), base);
    else {
        *out = index | (number - 1) << 32;
        return true;
    }
    return false;
}

/* ---- objects ---- */

static const struct field *field_named(const struct object_about *about,
                                       const char *name)
{
    for (int i = 0; i < about->count; i++)
        if (strcmp(about->fields[i].name, name) == 0)
            return &about->fields[i];
    return NULL;
}

static void read_field(struct loader *l, const cJSON *node,
                       const struct field *f, void *into)
{
    void *at = (char *)into + f->offset;
    int64_t n = 0;
    switch (f->type) {
    case FIELD_TICK:
        if (read_count(l, node, f->low, f->high, &n))
            *(int64_t *)at = n;
        return;
    case FIELD_INT:
        if (read_count(l, node, f->low, f->high, &n))
            *(int *)at = (int)n;
        return;
    case FIELD_BOOL:
        read_bool(l, node, at);
        return;
    case FIELD_LINE:
        read_line(l, node, at);
        return;
    case FIELD_TEXT:
        read_text(l, node, at);
        return;
    case FIELD_OTHER:
        f->read(l, node, into);
        return;
    }
}

static void complain_unknown_field(struct loader *l, const cJSON *node,
                                   const struct object_about *about)
{
    const char *names[32];
    int count = 0;
    for (; count < about->count && count < 32; count++)
        names[count] = about->fields[count].name;
    complain_unknown(l, node, names, count);
}

bool read_object(struct loader *l, const cJSON *node,
                 const struct object_about *about, void *into)
{
    if (!cJSON_IsObject(node)) {
        complain_must_be(l, node, W_BE_OBJECT);
        return false;
    }
    uint32_t seen = 0;
    require(about->count <= 32);
    for (const cJSON *c = node->child; c; c = c->next) {
        if (json_is_comment(c))
            continue;
        const struct field *f = field_named(about, c->string);
        uint32_t bit = f ? (uint32_t)1 << (f - about->fields) : 0;
        if (!f)
            complain_unknown_field(l, c, about);
        else if (!(seen & bit)) /* the second of two is a complaint already */
            read_field(l, c, f, into);
        seen |= bit;
    }
    for (int i = 0; i < about->count; i++)
        if (about->fields[i].must && !json_member(node, about->fields[i].name))
            json_complain(&l->json, node, SAID(LOAD_MUST_HAVE),
                          word(about->what, json_lang(&l->json)),
                          about->fields[i].name);
    return true;
}
