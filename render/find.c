/* find.c: steps held against words. */
#include "render/find.h"

#include "render/lesson.h"
#include "sim/base/mem.h"
#include "sim/model/explain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_AT_ONCE = 1500, REPLAY_ROOM = 1 << 20 };

void find_drop(struct find *f)
{
    if (f->text[0])
        replay_free(&f->replay);
    free(f->hits);
    *f = (struct find){0};
}

static void fold(char *text)
{
    for (; *text; text++)
        *text = (char)tolower((unsigned char)*text);
}

void find_ask(struct find *f, const struct scenario *sc, const struct trace *tr,
              const char *text, enum lang lang)
{
    char asked[FIND_MOST] = "";
    size_t n = strlen(text);
    memcpy(asked, text, n < FIND_MOST ? n : FIND_MOST - 1);
    fold(asked);
    if (f->trace == tr && f->lang == lang && strcmp(f->text, asked) == 0)
        return;
    find_drop(f);
    f->lang = lang;
    f->trace = tr;
    memcpy(f->text, asked, sizeof asked);
    if (!asked[0])
        return;
    replay_init(&f->replay, sc, tr);
    f->replay.budget = REPLAY_ROOM;
}

/* ---- what a step says ---- */

static void add_names(const struct world *w, const struct trace *tr, size_t i,
                      struct str *out)
{
    const struct event *e = trace_at(tr, i);
    if (e->proc >= 0 && e->proc < w->head->procs) {
        str_add_char(out, '\n');
        world_write_name(w, e->proc, out);
    }
    if (e->kind == EV_OP && e->aux >= 0) {
        enum verb v = (enum verb)w->scenario->ops[e->aux].verb;
        str_addf(out, "\n%s %s", lesson_verb(v),
                 errno_text((enum errno_name)e->sub));
    }
    if (e->kind == EV_STATE) {
        enum state to = state_after(explain_state_before(tr, i),
                                    (enum transition)e->sub);
        str_addf(out, "\n%s", to == NOWHERE ? "" : state_name(to));
    }
}

/* All that [from, to) can be found by, without the marks around names. */
static void write_step(const struct find *f, size_t from, size_t to,
                       struct str *out)
{
    const struct world *w = &f->replay.world;
    explain_step(w, f->trace, to, f->lang, out);
    for (size_t i = from; i < to; i++)
        add_names(w, f->trace, i, out);
    size_t n = 0;
    for (size_t i = 0; i < out->length; i++)
        if (out->text[i] != '`')
            out->text[n++] = out->text[i];
    str_cut(out, n);
    if (n)
        fold(out->text);
}

static bool has_words(const char *in, const char *words)
{
    char word_of[FIND_MOST];
    while (*words) {
        size_t n = strcspn(words, " ");
        memcpy(word_of, words, n);
        word_of[n] = '\0';
        if (n && !strstr(in, word_of))
            return false;
        words += n + (words[n] == ' ');
    }
    return true;
}

bool find_update(struct find *f, size_t seen)
{
    struct str text = {0};
    for (int n = 0; f->text[0] && f->read < seen && n < STEPS_AT_ONCE; n++) {
        size_t to = trace_step_after(f->trace, f->read);
        if (to > seen)
            to = seen;
        replay_seek(&f->replay, to);
        str_cut(&text, 0);
        write_step(f, f->read, to, &text);
        f->read = to;
        if (!has_words(str_text(&text), f->text))
            continue;
        f->hits = mem_grow(f->hits, f->count + 1, &f->room, sizeof *f->hits);
        f->hits[f->count++] = to - 1;
    }
    str_free(&text);
    return !f->text[0] || f->read >= seen;
}

/* ---- from one to the next ---- */

/* How many hits lie before position `cursor` or end there. */
static size_t before(const struct find *f, size_t cursor)
{
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->hits[middle] < cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t find_at(const struct find *f, size_t cursor)
{
    size_t n = before(f, cursor);
    return n && trace_step_after(f->trace, f->hits[n - 1]) == cursor
               ? n - 1
               : SIZE_MAX;
}

size_t find_next(const struct find *f, size_t cursor, int direction)
{
    if (!f->count)
        return SIZE_MAX;
    size_t n = before(f, cursor), at = find_at(f, cursor);
    if (direction > 0)
        return f->hits[n % f->count];
    size_t behind = at == SIZE_MAX ? n : at;
    return f->hits[(behind + f->count - 1) % f->count];
}
