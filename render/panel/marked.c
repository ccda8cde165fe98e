/* marked.c: a sentence with names in it, as it is drawn.
 *
 * explain.h writes names that a lesson's author has given as `parent` and
 * `p[0]`. On paper that helps; here a name has a look: a process is written in
 * its own colour and a strong face, anything else in the face of code, and
 * nobody needs to see the marks.
 *
 * What stands in double quotes are bytes of the run ("a`b"), and a backquote
 * without its fellow belongs to them too: both stay as they are. */
#include "render/panel.h"

#include <stdio.h>
#include <string.h>

/* The bytes of a string in double quotes as C writes it, with the quotes; 1 if
 * it has no end. */
static size_t quoted(const char *s)
{
    for (size_t i = 1; s[i]; i++) {
        if (s[i] == '"')
            return i + 1;
        if (s[i] == '\\' && s[i + 1])
            i++;
    }
    return 1;
}

/* The bytes of the name behind a backquote, 0: there is none. Names are made
 * of what the loader allows (declare.c), a number behind a dot, and the ends
 * of a pipe have brackets; a call (question.h) has more, and strings. */
static size_t name_after(const char *mark)
{
    static const char may[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_-.[]? (),|&{}=+*<>!:;/";
    const char *s = mark + 1;
    size_t n = 0;
    while (s[n] && (strchr(may, s[n]) || s[n] == '"' ||
                    (unsigned char)s[n] >= 0x80))
        n += s[n] == '"' ? quoted(s + n) : 1;
    bool whole = n && s[n] == '`' && s[0] != ' ' && s[n - 1] != ' ';
    return whole ? n : 0;
}

/* The process of the world that is called so, NONE: no one is. */
static int process_called(const struct world *w, const char *name,
                          size_t length)
{
    for (int i = 0; i < w->head->procs; i++) {
        const struct proc *p = &w->proc[i];
        const char *def = w->scenario->processes[p->def].name;
        char number[16] = "";
        size_t n = strlen(def);
        if (n > length || memcmp(def, name, n) != 0)
            continue;
        if (p->number > 1)
            snprintf(number, sizeof number, ".%d", (int)p->number);
        if (strlen(number) == length - n &&
            memcmp(number, name + n, length - n) == 0)
            return i;
    }
    return NONE;
}

/* A face that stands out from that of the type. */
static enum face strong(const struct theme *th, enum type t)
{
    int face = th->types[TYPE_STRONG].face;
    return face > th->types[t].face ? (enum face)face : FACE_BOLD;
}

static struct text_span name_span(const struct scene *s, enum type t,
                                  const char *name, size_t length)
{
    const struct theme *th = s->ui->theme;
    int proc = process_called(s->world, name, length);
    if (proc == NONE)
        return (struct text_span){.face = FACE_CODE,
                                  .ink = th->tones[TONE_TEXT]};
    return (struct text_span){.face = strong(th, t),
                              .ink = theme_process(th, proc).text};
}

/* Room for the spans of `sentence`: two marks make a name, and what stands
 * before it is a span too. */
static struct text_span *room_for(struct ui *ui, const char *sentence)
{
    size_t marks = 0;
    for (const char *c = sentence; *c; c++)
        marks += *c == '`';
    return arena_alloc(&ui->frame, (marks + 1) * sizeof(struct text_span));
}

/* The sentence as far as it is made. */
struct making {
    char *text;
    size_t length;
    struct text_span *spans;
    size_t count;
};

/* From where the last span ends to the end of the text is a span like `look`;
 * where nothing is, there is none. */
static void end_span(struct making *m, struct text_span look)
{
    size_t last = m->count ? m->spans[m->count - 1].end : 0;
    look.end = m->length;
    if (look.end > last)
        m->spans[m->count++] = look;
}

static void take(struct making *m, const char *s, size_t length)
{
    memcpy(m->text + m->length, s, length);
    m->length += length;
}

struct text_parts scene_marked(const struct scene *s, enum type t,
                               const char *sentence)
{
    const struct theme *th = s->ui->theme;
    const struct text_span plain = {.face = (enum face)th->types[t].face,
                                    .ink = th->tones[TONE_TEXT]};
    struct making m = {
        .text = arena_alloc(&s->ui->frame, strlen(sentence) + 1),
        .spans = room_for(s->ui, sentence),
    };
    for (const char *c = sentence; *c;) {
        size_t n = *c == '`' ? name_after(c) : 0;
        if (n) {
            end_span(&m, plain);
            take(&m, c + 1, n);
            end_span(&m, name_span(s, t, c + 1, n));
            c += n + 2;
        } else {
            n = *c == '"' ? quoted(c) : 1;
            take(&m, c, n);
            c += n;
        }
    }
    end_span(&m, plain);
    return (struct text_parts){m.text, m.length, m.spans};
}
