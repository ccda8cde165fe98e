/* t7105-says.c: what panels say, read back from what they draw. */
#include "tests/stand.h"

#include <stdio.h>

/* The text that stands in the frame, from the `from`-th command on; NULL: it
 * stands nowhere. */
static const struct draw_command *find(const struct stand *s, const char *text,
                                       size_t *from)
{
    const struct draw *d = &s->stage.ui.layers[0];
    for (size_t i = from ? *from : 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT || c->text.run.length != strlen(text) ||
            memcmp(c->text.run.text, text, strlen(text)) != 0)
            continue;
        if (from)
            *from = i + 1;
        return c;
    }
    return NULL;
}

static bool says(const struct stand *s, const char *text)
{
    return find(s, text, NULL) != NULL;
}

/* What stands at the right of a statement in the list of programs, "" for
 * nothing; `ink` gets its colour. */
static const char *behind(const struct stand *s, const char *statement,
                          colour *ink)
{
    static char text[64];
    size_t from = 0;
    const struct rect *panel = &s->stage.layout.at[PANEL_PROGRAMS];
    const struct draw_command *at = find(s, statement, &from);
    while (at && at->text.at.x < panel->x)
        at = find(s, statement, &from);
    text[0] = '\0';
    if (!at)
        return "not there";
    const struct draw *d = &s->stage.ui.layers[0];
    for (size_t i = from; i < d->count && i < from + 2; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT || fabsf(c->text.at.y - at->text.at.y) > 2)
            continue;
        snprintf(text, sizeof text, "%.*s", (int)c->text.run.length,
                 c->text.run.text);
        *ink = c->text.run.ink;
        return text;
    }
    return text;
}

/* Steps on until `proc` is asleep in `verb` or is not; false: never. */
static bool until_asleep(struct stand *s, int proc, enum verb verb, bool asleep)
{
    for (int i = 0; i < 300; i++) {
        press(s, KEY_RIGHT, 0);
        if (world(s)->head->procs <= proc)
            continue;
        const struct task *t = &world(s)->task[proc];
        bool in = t->phase == PHASE_ASLEEP &&
                  s->run.scenario->ops[t->pc].verb == verb;
        if (in == asleep)
            return true;
    }
    return false;
}

TEST("a call under way says so; what its last round returned is not beside it")
{
    struct stand s;
    NEED(stand_up(&s,
                  "{'timeslice': 1, 'title': 'Rounds', 'processes': ["
                  " {'name': 'A', 'program': [{'pipe': 'p'}, {'fork': 'B'},"
                  "  {'repeat': 3, 'do': [{'sleep': 4},"
                  "   {'write': 'p[1]', 'text': '1'}]}]},"
                  " {'name': 'B', 'program': [{'repeat': 3, 'do':"
                  "  [{'read': 'p[0]', 'size': 9}]}]}]}"));
    static const char call[] = "n = read(p[0], buf, 9);";
    const struct theme *th = theme_of(s.stage.view.theme);
    colour ink = 0;
    NEED(until_asleep(&s, 1, OP_read, true));
    EXPECT_EQ_STR(behind(&s, call, &ink), "asleep");
    NEED(until_asleep(&s, 1, OP_read, false));
    EXPECT_EQ_STR(behind(&s, call, &ink), "= 1");
    for (int i = 0; i < 9 && world(&s)->task[1].state != RUNNING; i++)
        press(&s, KEY_RIGHT, 0);
    travel_seek(&s.stage.travel, (tick)s.stage.travel.clock);
    frame(&s);
    EXPECT_EQ_STR(behind(&s, call, &ink), "…");
    NEED(until_asleep(&s, 1, OP_read, true));
    EXPECT_EQ_STR(behind(&s, call, &ink), "asleep");
    EXPECT_EQ_INT(ink, th->tones[TONE_ERROR]);
    take_down(&s);
}

TEST("a write that SIGPIPE killed its process in has returned nothing")
{
    static const char lesson[] =
        "{'timeslice': 1, 'title': 'No reader', 'processes': ["
        " {'name': 'A', 'program': [{'pipe': 'p'}, {'close': 'p[0]'}, %s"
        "  {'write': 'p[1]', 'text': '1'}, {'exit': 0}]}]}";
    static const char call[] = "write(p[1], \"1\", 1);";
    char json[sizeof lesson + 80];
    colour ink = 0;
    struct stand s;
    snprintf(json, sizeof json, lesson, "");
    NEED(stand_up(&s, json));
    press(&s, KEY_END, 0);
    EXPECT_EQ_STR(behind(&s, call, &ink), "killed: SIGPIPE");
    EXPECT(ink == theme_of(s.stage.view.theme)->tones[TONE_ERROR]);
    take_down(&s);
    snprintf(json, sizeof json, lesson,
             "{'signal': 'SIGPIPE', 'action': 'ignore'},");
    NEED(stand_up(&s, json));
    press(&s, KEY_END, 0);
    EXPECT_EQ_STR(behind(&s, call, &ink), "= -1  EPIPE");
    take_down(&s);
}

TEST("a result is bright when it has just come, faint once the call is next")
{
    struct stand s;
    NEED(stand_up(&s,
                  "{'timeslice': 1, 'title': 'Two writers', 'scheduler':"
                  " {'policy': 'rr', 'quantum': 1}, 'processes': ["
                  " {'name': 'A', 'program': [{'pipe': 'p'}, {'repeat': 3,"
                  "  'do': [{'write': 'p[1]', 'text': 'abc'}]}]},"
                  " {'name': 'B', 'program': [{'cpu': 9}]}]}"));
    static const char call[] = "write(p[1], \"abc\", 3);";
    const struct theme *th = theme_of(s.stage.view.theme);
    bool bright = false, faint = false;
    for (int i = 0; i < 60; i++) {
        press(&s, KEY_RIGHT, 0);
        colour ink = 0;
        if (strcmp(behind(&s, call, &ink), "= 3") != 0)
            continue;
        const struct task *t = &world(&s)->task[0];
        bright |= ink == th->tones[TONE_OK];
        faint |= ink == th->tones[TONE_FAINT] && t->state == READY;
        EXPECT(ink != th->tones[TONE_FAINT] || t->state != RUNNING);
    }
    EXPECT(bright);
    EXPECT(faint);
    take_down(&s);
}

TEST("a blocked signal is seen to be pending until it is unblocked")
{
    struct stand s;
    NEED(stand_up(&s,
                  "{'timeslice': 1, 'title': 'Pending', 'processes': ["
                  " {'name': 'A', 'program': ["
                  "  {'signal': 'SIGUSR1', 'do': [{'cpu': 1}]},"
                  "  {'signal': 'SIGPIPE', 'action': 'ignore'},"
                  "  {'signal': 'SIGUSR1', 'action': 'block'}, {'sleep': 5},"
                  "  {'signal': 'SIGUSR1', 'action': 'unblock'}, {'cpu': 5}]},"
                  " {'name': 'B', 'program': [{'sleep': 1},"
                  "  {'kill': 'A', 'sig': 'SIGUSR1'}]}]}"));
    EXPECT(!says(&s, "catches SIGUSR1"));
    bool pending = false, gone = false;
    for (tick t = 0; t < 20; t++) {
        travel_seek(&s.stage.travel, t);
        frame(&s);
        bool is = world(&s)->proc[0].pending != 0;
        test_case("t = %lld", (long long)t);
        EXPECT_EQ_INT(says(&s, "pending: SIGUSR1"), is);
        pending |= is;
        gone |= pending && !is;
    }
    EXPECT(pending && gone);
    travel_seek(&s.stage.travel, 3);
    frame(&s);
    EXPECT(says(&s, "blocks SIGUSR1 · catches SIGUSR1 · ignores SIGPIPE"));
    take_down(&s);
}

/* ---- zombies ---- */

static const char zombie_lesson[] =
    "{'timeslice': 1, 'title': 'A zombie', 'processes': ["
    " {'name': 'parent', 'program': [{'fork': 'child'}, {'sleep': 6},"
    "  {'wait': 'child'}]},"
    " {'name': 'child', 'program': [{'cpu': 1}, {'exit': 3}]}]}";

TEST("a zombie has a strip from its death until it is reaped")
{
    struct stand s;
    NEED(stand_up(&s, zombie_lesson));
    press(&s, KEY_END, 0);
    const struct lane *lane = &s.stage.travel.lod.state[1];
    tick died = world(&s)->proc[1].finish, reaped = -1;
    for (size_t i = 0; i < s.run.trace->count; i++) {
        const struct event *e = trace_at(s.run.trace, i);
        if (e->kind == EV_REAP && e->proc == 1)
            reaped = e->t;
    }
    NEED(reaped > died);
    size_t at = lane_at(lane, (double)died);
    EXPECT_EQ_INT(lane->value[at], TERMINATED);
    EXPECT_EQ_INT(lane->start[at], died);
    EXPECT_EQ_INT(lane->value[at + 1], LANE_REAPED);
    EXPECT_EQ_INT(lane->start[at + 1], reaped);
    EXPECT_EQ_INT(at + 2, lane->count);
    EXPECT(says(&s, "zombie"));
    travel_seek(&s.stage.travel, reaped - 1);
    frame(&s);
    EXPECT(says(&s, "zombie"));
    take_down(&s);
}

TEST("who is reaped at once was never a zombie")
{
    struct stand s;
    NEED(stand_up(&s, "{'timeslice': 1, 'title': 'One', 'processes': ["
                      " {'name': 'A', 'bursts': [3]}]}"));
    press(&s, KEY_END, 0);
    const struct lane *lane = &s.stage.travel.lod.state[0];
    EXPECT_EQ_INT(lane->value[lane->count - 1], LANE_REAPED);
    EXPECT_EQ_INT(lane->value[lane->count - 2], RUNNING);
    EXPECT(!s.stage.travel.lod.zombies);
    EXPECT(!says(&s, "zombie"));
    take_down(&s);
}

/* ---- the pipe ---- */

TEST("all who hold an end are named, however many they are")
{
    struct stand s;
    NEED(stand_up(&s,
                  "{'timeslice': 1, 'title': 'Heirs', 'processes': ["
                  " {'name': 'father', 'program': [{'pipe': 'p'},"
                  "  {'fork': 'son'}, {'fork': 'daughter'}, {'cpu': 9}]},"
                  " {'name': 'son', 'program': [{'cpu': 9}]},"
                  " {'name': 'daughter', 'program': [{'cpu': 9}]}]}"));
    travel_seek(&s.stage.travel, 4);
    for (int width = 1024; width <= 1920; width += 128) {
        s.width = width;
        s.height = width * 5 / 8 < 700 ? 700 : width * 5 / 8;
        frame(&s);
        test_case("%d × %d", s.width, s.height);
        struct rect panel = s.stage.layout.at[PANEL_PIPE];
        int initials = 0;
        const struct draw *d = &s.stage.ui.layers[0];
        for (size_t i = 0; i < d->count; i++) {
            const struct draw_command *c = &d->commands[i];
            if (c->kind != DRAW_TEXT || !rect_has(panel, c->text.at.x, c->text.at.y))
                continue;
            EXPECT(c->text.run.text[0] != '+');
            initials += c->text.run.length == 1 &&
                        strchr("FSD", c->text.run.text[0]);
        }
        EXPECT_EQ_INT(initials, 6);
        EXPECT_EQ_INT(s.stage.ui.cut_count, 0);
    }
    take_down(&s);
}

TEST("pipes of one name tell whose they are; a name of its own needs no maker")
{
    static const char one[] =
        "{'timeslice': 1, 'title': 'Pipes', 'scheduler':"
        " {'policy': 'rr', 'quantum': 2}, 'processes': ["
        " {'name': 'A', 'program': [{'pipe': 'p'}, {'pipe': 'q'}, {'cpu': 9}]},"
        " {'name': 'B', 'program': [{'pipe': 'p'}, {'close': 'p[0]'},"
        "  {'cpu': 9}]}]}";
    struct stand s;
    NEED(stand_up(&s, one));
    travel_seek(&s.stage.travel, 8);
    for (int i = 0; i < 3 * LANG_COUNT; i++) {
        s.stage.view.lang = (enum lang)(i / 3);
        s.width = 1024 + 448 * (i % 3);
        s.height = 700 + 190 * (i % 3);
        frame(&s);
        test_case("%d × %d, language %d", s.width, s.height, i / 3);
        bool zh = s.stage.view.lang == LANG_ZH;
        EXPECT(says(&s, zh ? "A：" : "A: "));
        /* In the smallest window one has to scroll for it. */
        EXPECT(i % 3 == 0 || says(&s, zh ? "B：" : "B: "));
        size_t from = 0;
        EXPECT(find(&s, zh ? "A：" : "A: ", &from));
        EXPECT(!find(&s, zh ? "A：" : "A: ", &from));
        EXPECT_EQ_INT(s.stage.ui.cut_count, 0);
    }
    take_down(&s);
}

/* ---- arrows ---- */

static bool overlap(struct rect a, struct rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

TEST("what an arrow says stands clear of every strip")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    struct rect in = s.stage.layout.at[PANEL_TIMELINE];
    const struct draw *d = &s.stage.ui.layers[0];
    size_t from = 0;
    int found = 0;
    for (;;) {
        const struct draw_command *c = find(&s, "1 byte", &from);
        if (!c)
            break;
        if (!rect_has(in, c->text.at.x, c->text.at.y))
            continue;
        found++;
        struct rect small = {c->text.at.x, c->text.at.y - 8,
                             c->text.run.width, 9};
        for (size_t i = 0; i < d->count; i++)
            if (d->commands[i].kind == DRAW_BOX &&
                d->commands[i].box.border > 0 && d->commands[i].box.at.h < 40)
                EXPECT(!overlap(small, d->commands[i].box.at));
    }
    EXPECT(found >= 2);
    take_down(&s);
}

/* ---- the why line ---- */

enum { SAID_ROOM = 2048 };

/* All that is written in the why line. */
static void read_why(const struct stand *s, char said[SAID_ROOM])
{
    struct rect in = s->stage.layout.at[PANEL_WHY];
    const struct draw *d = &s->stage.ui.layers[0];
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT ||
            !rect_has(in, c->text.at.x, c->text.at.y))
            continue;
        const struct draw_run *r = &c->text.run;
        if (n + r->length + 1 >= SAID_ROOM)
            break;
        memcpy(said + n, r->text, r->length);
        n += r->length;
    }
    said[n] = '\0';
}

/* The run that is just `name`, in the why line; NULL: it is not there. */
static const struct draw_run *why_name(const struct stand *s, const char *name)
{
    struct rect in = s->stage.layout.at[PANEL_WHY];
    size_t from = 0;
    const struct draw_command *c;
    while ((c = find(s, name, &from)))
        if (rect_has(in, c->text.at.x, c->text.at.y))
            return &c->text.run;
    return NULL;
}

/* Whatever is written there can be read on what is under it. */
static void expect_readable(const struct stand *s)
{
    struct rect in = s->stage.layout.at[PANEL_WHY];
    const struct draw *d = &s->stage.ui.layers[0];
    colour ground = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_BOX && rect_has(in, c->box.at.x, c->box.at.y) &&
            c->box.at.w > in.w - 2)
            ground = c->box.fill;
        if (c->kind == DRAW_TEXT && rect_has(in, c->text.at.x, c->text.at.y))
            EXPECT(colour_contrast(c->text.run.ink, ground) >= 4.5);
    }
    EXPECT(ground >> 24 == 255);
}

/* Two names in a sentence, and one name that is no process's. */
static const char marks_lesson[] =
    "{'timeslice': 1, 'title': 'Marks', 'processes': ["
    " {'name': 'parent', 'program': [{'pipe': 'p'}, {'fork': 'child 1'},"
    "  {'close': 'p[0]'}, {'write': 'p[1]', 'text': %s},"
    "  {'wait': 'child 1'}]},"
    " {'name': 'child 1', 'program': [{'close': 'p[1]'},"
    "  {'read': 'p[0]', 'size': 99}, {'cpu': 2}]}]}";

static bool stand_up_marks(struct stand *s, const char *text)
{
    char json[sizeof marks_lesson + 80];
    snprintf(json, sizeof json, marks_lesson, text);
    return stand_up(s, json);
}

/* In this look of the window: all steps, and what their sentences show. */
static void walk_marks(struct stand *s)
{
    const struct theme *th = theme_of(s->stage.view.theme);
    static const char *const who[] = {"parent", "child 1"};
    char said[SAID_ROOM];
    int seen[2] = {0}, code = 0;
    press(s, KEY_HOME, 0);
    for (size_t at = (size_t)-1; at != cursor(s);) {
        at = cursor(s);
        press(s, KEY_RIGHT, 0);
        read_why(s, said);
        EXPECT(!strchr(said, '`'));
        expect_readable(s);
        EXPECT_EQ_INT(s->stage.ui.cut_count, 0);
        for (int i = 0; i < 2; i++) {
            const struct draw_run *r = why_name(s, who[i]);
            if (!r)
                continue;
            seen[i]++;
            EXPECT_EQ_INT(r->ink, theme_process(th, i).text);
            EXPECT(r->face == FACE_SEMIBOLD || r->face == FACE_BOLD);
        }
        const struct draw_run *end = why_name(s, "p[0]");
        code += end != NULL;
        if (end) {
            EXPECT_EQ_INT(end->face, FACE_CODE);
            EXPECT_EQ_INT(end->ink, th->tones[TONE_TEXT]);
        }
    }
    EXPECT(seen[0] > 3);
    EXPECT(seen[1] > 3);
    EXPECT(code > 0);
}

TEST("a name in the why line has the look of what it names, and no marks")
{
    struct stand s;
    NEED(stand_up_marks(&s, "'abc'"));
    for (int i = 0; i < 3 * THEME_COUNT * LANG_COUNT; i++) {
        static const int sizes[][2] = {{1024, 700}, {1280, 800}, {1920, 1080}};
        s.width = sizes[i % 3][0];
        s.height = sizes[i % 3][1];
        s.stage.view.theme = (enum theme_kind)(i / 3 % THEME_COUNT);
        s.stage.view.lang = (enum lang)(i / 3 / THEME_COUNT);
        test_case("%d × %d, theme %d, language %d", s.width, s.height,
                  (int)s.stage.view.theme, (int)s.stage.view.lang);
        walk_marks(&s);
    }
    take_down(&s);
}

TEST("a backquote that marks no name stays, and so do those among the bytes")
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"'a`b'", "\"a`b\""}, {"'`'", "\"`\""}, {"'`x`'", "\"`x`\""},
        {"'\\\"`p`'", "\"\\\"`p`\""},
    };
    char said[SAID_ROOM];
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct stand s;
        int shown = 0;
        NEED(stand_up_marks(&s, cases[k].text));
        test_case("%s", cases[k].text);
        for (size_t at = (size_t)-1; at != cursor(&s);) {
            at = cursor(&s);
            press(&s, KEY_RIGHT, 0);
            read_why(&s, said);
            bool there = strstr(said, cases[k].shown) != NULL;
            shown += there;
            EXPECT(there || !strchr(said, '`'));
            if (there)
                EXPECT(why_name(&s, "parent") || why_name(&s, "child 1"));
        }
        EXPECT(shown > 0);
        take_down(&s);
    }
}
