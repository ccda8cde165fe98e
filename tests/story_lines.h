/* What a hand-told story reads like (story.h, sim/model/explain.h). */
#ifndef TIMESLICE_TESTS_STORY_LINES_H
#define TIMESLICE_TESTS_STORY_LINES_H

#include "sim/model/explain.h"
#include "tests/story.h"

/* The text of `s`, which is freed; good until the next call. */
static inline const char *story_keep(struct str *s)
{
    static char text[2048];
    size_t n = s->length < sizeof text - 1 ? s->length : sizeof text - 1;
    memcpy(text, str_text(s), n);
    text[n] = '\0';
    str_free(s);
    return text;
}

static const struct machine small = {.cpus = 2, .memory = 16,
                                     .max_processes = 4};

static inline const char *line(const struct story *st, enum lang lang)
{
    struct str s = {0};
    explain_step(&st->w, &st->tr, st->tr.count, lang, &s);
    return story_keep(&s);
}

static inline const char *why(const struct story *st)
{
    struct str s = {0};
    explain_why(&st->w, &st->tr, st->tr.count - 1, &s);
    return story_keep(&s);
}

/* Parent runs on CPU 0 and has made a pipe; child runs on CPU 1 with copies
 * of the descriptors. */
static inline void two_running(struct story *st)
{
    story_begin(st, small);
    story_create(st, 0, 0, INIT_PROC);
    story_admit(st, 0, 0);
    story_dispatch(st, 0, 0, 0, 3);
    story_pipe(st, 1, 0);
    story_create(st, 2, 1, 0);
    story_admit(st, 2, 1);
    story_dispatch(st, 2, 1, 1, 3);
}

/* `proc` closes a descriptor without a word. */
static inline void closes(struct story *st, tick t, int proc, int fd)
{
    story_fd(st, t, proc, fd, NONE);
}

#endif
