/* t7109-mechanisms.c: every mechanism of a lesson has a place, in every theme,
 * language and size; and what the panels of queues, segments and sets show
 * stands in them whole. */
#include "sim/scenario/ops.h"
#include "tests/stand.h"

#include <stdio.h>
#include <string.h>

static const struct {
    int width, height;
} sizes[] = {{1280, 800}, {1024, 700}, {1920, 1080}};
enum { SIZES = sizeof sizes / sizeof *sizes, LOOKS = SIZES * THEME_COUNT * 2 };

/* The window in look number `i`. */
static void look(struct stand *s, int i)
{
    s->width = sizes[i % SIZES].width;
    s->height = sizes[i % SIZES].height;
    s->stage.view.theme = (enum theme_kind)(i / SIZES % THEME_COUNT);
    s->stage.view.lang = (enum lang)(i / SIZES / THEME_COUNT);
    test_case("%d × %d, theme %d, language %d", s->width, s->height,
              (int)s->stage.view.theme, (int)s->stage.view.lang);
    frame(s);
}

static void go_to(struct stand *s, tick t)
{
    travel_seek(&s->stage.travel, t);
    frame(s);
}

static const char four[] =
    "{'timeslice': 1, 'title': 'Four', 'scheduler':"
    " {'policy': 'rr', 'quantum': 3}, 'processes': ["
    " {'name': 'A', 'program': [{'mkfifo': 'f'}, {'pipe': 'p'},"
    "  {'msgget': 'q', 'key': 1, 'flags': 'IPC_CREAT|0664'},"
    "  {'shmget': 'm', 'key': 2, 'size': 99, 'flags': 'IPC_CREAT|0664'},"
    "  {'semget': 's', 'key': 3, 'nsems': 2, 'flags': 'IPC_CREAT|0664'},"
    "  {'semctl': 's', 'cmd': 'SETVAL', 'num': 0, 'value': 1},"
    "  {'fork': 'B'}, {'shmat': 'm', 'as': 'a'}, {'store': 'a', 'int': 5},"
    "  {'write': 'p[1]', 'text': 'hello'},"
    "  {'msgsnd': 'q', 'type': 1, 'text': 'hi'}, {'P': 's'}, {'cpu': 4},"
    "  {'V': 's'}, {'wait': 'B'}]},"
    " {'name': 'B', 'program': [{'shmat': 'm', 'as': 'b'},"
    "  {'read': 'p[0]', 'size': 9}, {'msgrcv': 'q', 'type': 1, 'size': 100},"
    "  {'P': 's'}, {'load': 'b', 'into': 'x'}, {'V': 's'}]}]}";

static const struct tabs *tabs(const struct stand *s)
{
    return &s->stage.layout.tabs;
}

static enum panel_id front(const struct stand *s)
{
    return tabs(s)->panel[tabs(s)->front];
}

static bool has_tab(const struct stand *s, enum panel_id p)
{
    for (int i = 0; i < tabs(s)->count; i++)
        if (tabs(s)->panel[i] == p)
            return true;
    return false;
}

TEST("each of four mechanisms and the directory is shown or has a tab")
{
    static const enum panel_id all[] = {PANEL_PIPE, PANEL_MSGQ, PANEL_SHM,
                                        PANEL_SEM,  PANEL_FIFO};
    struct stand s;
    NEED(stand_up(&s, four));
    for (int i = 0; i < LOOKS; i++) {
        look(&s, i);
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            EXPECT(s.stage.layout.at[all[k]].w > 0 || has_tab(&s, all[k]));
        EXPECT(theme_of(s.stage.view.theme)->big ||
               has_tab(&s, PANEL_TABLE));
        EXPECT(s.stage.layout.at[front(&s)].w > 0);
    }
    take_down(&s);
}

/* The panel of the mechanism of the last op before the cursor that one of the
 * tabs is about; NONE: there has been none. Whoever ends takes its mappings
 * away without an op. */
static int last_touched(const struct stand *s)
{
    static const enum panel_id of[MECH_COUNT] = {
        [MECH_PIPE] = PANEL_PIPE, [MECH_MSGQ] = PANEL_MSGQ,
        [MECH_SHM] = PANEL_SHM,   [MECH_SEM] = PANEL_SEM,
        [MECH_FIFO] = PANEL_FIFO};
    for (size_t i = cursor(s); i > 0; i--) {
        const struct event *e = trace_at(s->run.trace, i - 1);
        if (e->kind == EV_DETACH)
            return PANEL_SHM;
        if (e->kind != EV_OP && e->kind != EV_BLOCK)
            continue;
        const struct op *op = &s->run.scenario->ops[e->aux];
        enum panel_id p = of[op_about((enum verb)op->verb)->mechanism];
        if (p && has_tab(s, p))
            return (int)p;
    }
    return NONE;
}

TEST("the tab in front is the one where something has just happened")
{
    struct stand s;
    NEED(stand_up(&s, four));
    for (int big = 0; big < 2; big++) {
        s.stage.view.theme = big ? THEME_PROJECTOR : THEME_LIGHT;
        press(&s, KEY_HOME, 0);
        unsigned seen = 0;
        for (size_t at = (size_t)-1; at != cursor(&s);) {
            at = cursor(&s);
            int want = last_touched(&s);
            test_case("theme %d, event %d", big, (int)at);
            EXPECT_EQ_INT(front(&s), want == NONE ? (int)tabs(&s)->panel[0]
                                                  : want);
            seen |= 1u << front(&s);
            press(&s, KEY_RIGHT, 0);
        }
        EXPECT(seen >> PANEL_MSGQ & seen >> PANEL_SHM & seen >> PANEL_SEM & 1);
        EXPECT(!big || seen >> PANEL_PIPE & 1);
    }
    take_down(&s);
}

TEST("the key goes through all tabs, each stays while one steps, and back")
{
    struct stand s;
    NEED(stand_up(&s, four));
    go_to(&s, 9);
    enum panel_id home = front(&s);
    int n = tabs(&s)->count;
    unsigned seen = 1u << home;
    for (int i = 1; i < n; i++) {
        press(&s, 'm', 0);
        seen |= 1u << front(&s);
        EXPECT_EQ_INT(s.stage.view.tab, (int)front(&s));
    }
    for (int i = 0; i < n; i++)
        EXPECT(seen >> tabs(&s)->panel[i] & 1);
    enum panel_id last = front(&s);
    for (int i = 0; i < 5; i++) {
        press(&s, KEY_RIGHT, 0);
        EXPECT_EQ_INT(front(&s), last);
    }
    go_to(&s, 9);
    press(&s, 'm', 0);
    EXPECT_EQ_INT(s.stage.view.tab, NONE);
    EXPECT_EQ_INT(front(&s), home);
    take_down(&s);
}

/* The text that stands in panel `p`; NULL: it does not stand there whole. */
static const struct draw_command *find(const struct stand *s, enum panel_id p,
                                       const char *text)
{
    const struct draw *d = &s->stage.ui.layers[0];
    struct rect in = s->stage.layout.at[p];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind == DRAW_TEXT && c->text.run.length == strlen(text) &&
            !memcmp(c->text.run.text, text, strlen(text)) &&
            rect_has(in, c->text.at.x, c->text.at.y) &&
            c->text.at.x + c->text.run.width <= in.x + in.w &&
            c->text.at.y < in.y + in.h - 6)
            return c;
    }
    return NULL;
}

TEST("a click on a tab brings it to the front, a second one follows again")
{
    struct stand s;
    NEED(stand_up(&s, four));
    go_to(&s, 9);
    enum panel_id was = front(&s), other = PANEL_TABLE;
    NEED(was != other);
    const struct draw_command *c = find(&s, was, "Processes");
    NEED(c);
    float scale = s.stage.ui.scale;
    float x = (c->text.at.x + 4) * scale, y = (c->text.at.y - 4) * scale;
    click(&s, x, y);
    EXPECT_EQ_INT(front(&s), other);
    EXPECT(s.stage.layout.at[other].w > 0 && s.stage.layout.at[was].w == 0);
    click(&s, x, y);
    EXPECT_EQ_INT(front(&s), was);
    EXPECT_EQ_INT(s.stage.view.tab, NONE);
    take_down(&s);
}

/* Nothing in panel `p` ends with an ellipsis. */
static void expect_whole(const struct stand *s, enum panel_id p)
{
    static const char mark[] = "…";
    const struct draw *d = &s->stage.ui.layers[0];
    struct rect in = s->stage.layout.at[p];
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        size_t n = sizeof mark - 1;
        if (c->kind != DRAW_TEXT || c->text.run.length <= n ||
            !rect_has(in, c->text.at.x, c->text.at.y))
            continue;
        const char *end = c->text.run.text + c->text.run.length - n;
        char text[99];
        snprintf(text, sizeof text, "%.*s", (int)c->text.run.length,
                 c->text.run.text);
        EXPECT_EQ_STR(memcmp(end, mark, n) == 0 ? text : "", "");
    }
}

TEST("the names of the tabs and what is below them stand there whole")
{
    struct stand s;
    NEED(stand_up(&s, four));
    for (int i = 0; i < LOOKS; i++) {
        go_to(&s, 17);
        look(&s, i);
        for (int k = 0; k < tabs(&s)->count; k++) {
            press(&s, 'm', 0);
            if (front(&s) != PANEL_TABLE)
                expect_whole(&s, front(&s));
        }
        EXPECT_EQ_INT(s.stage.view.tab, NONE);
    }
    take_down(&s);
}

/* ---- what fits ---- */

static const char twelve[] =
    "{'timeslice': 1, 'title': 'Twelve', 'scheduler':"
    " {'policy': 'rr', 'quantum': 3}, 'processes': ["
    " {'name': 'S', 'program': ["
    "  {'msgget': 'q', 'key': 2, 'flags': 'IPC_CREAT|0664'},"
    "  {'fork': 'R'}, {'fork': 'T'}, {'repeat': 12, 'as': 'i', 'do':"
    "   [{'msgsnd': 'q', 'type': 3, 'text': 'm{i}'}]}, {'sleep': 9},"
    "  {'msgctl': 'q', 'cmd': 'IPC_RMID'}]},"
    " {'name': 'R', 'program': [{'msgrcv': 'q', 'type': 7, 'size': 99}]},"
    " {'name': 'T', 'program': [{'msgrcv': 'q', 'type': -2, 'size': 99}]}]}";

TEST("twelve messages are a list in rows on a projector, whole and apart")
{
    struct stand s;
    NEED(stand_up(&s, twelve));
    go_to(&s, 20);
    NEED(world(&s)->msgq[0].qnum == 12);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        s.stage.view.theme = THEME_PROJECTOR;
        s.stage.view.lang = (enum lang)lang;
        frame(&s);
        const struct draw_command *before = NULL;
        for (int i = 1; i <= 12; i++) {
            char text[32];
            snprintf(text, sizeof text, "“m%d”", i);
            const struct draw_command *c = find(&s, PANEL_MSGQ, text);
            test_case("language %d, %s", lang, text);
            NEED(c);
            EXPECT(!before || c->text.at.y > before->text.at.y + 10 ||
                   c->text.at.x >
                       before->text.at.x + before->text.run.width);
            before = c;
        }
        EXPECT(find(&s, PANEL_MSGQ, lang ? "R：类型 7" : "R: type 7"));
        EXPECT(find(&s, PANEL_MSGQ, lang ? "T：类型 ≤ 2" : "T: type ≤ 2"));
    }
    take_down(&s);
}

TEST("where there is less room the rest of the list is counted")
{
    struct stand s;
    NEED(stand_up(&s, twelve));
    go_to(&s, 20);
    EXPECT(find(&s, PANEL_MSGQ, "“m1”"));
    EXPECT(!find(&s, PANEL_MSGQ, "“m12”"));
    EXPECT(find(&s, PANEL_MSGQ, "+9 more"));
    EXPECT(find(&s, PANEL_MSGQ, "T: type ≤ 2"));
    take_down(&s);
}

TEST("who was woken by a removal is told of what")
{
    struct stand s;
    NEED(stand_up(&s, twelve));
    press(&s, KEY_HOME, 0);
    bool said = false;
    for (size_t at = (size_t)-1; at != cursor(&s) && !said;) {
        at = cursor(&s);
        press(&s, KEY_RIGHT, 0);
        const struct draw *d = &s.stage.ui.layers[0];
        char all[4096];
        size_t n = 0;
        for (size_t i = 0; i < d->count; i++) {
            const struct draw_command *c = &d->commands[i];
            if (c->kind == DRAW_TEXT && n + c->text.run.length < sizeof all &&
                rect_has(s.stage.layout.at[PANEL_WHY], c->text.at.x,
                         c->text.at.y)) {
                memcpy(all + n, c->text.run.text, c->text.run.length);
                n += c->text.run.length;
            }
        }
        all[n < sizeof all ? n : sizeof all - 1] = '\0';
        said = strstr(all, "has removed the message queue at which") != NULL;
    }
    EXPECT(said);
    take_down(&s);
}

static const char three[] =
    "{'timeslice': 1, 'title': 'Three', 'scheduler':"
    " {'policy': 'rr', 'quantum': 3}, 'processes': ["
    " {'name': 'W', 'program': [{'shmget': 'm', 'key': 2, 'size': 8192,"
    "   'flags': 'IPC_CREAT|0664'}, {'shmat': 'm', 'as': 'a'},"
    "  {'store': 'a', 'int': 5}, {'fork': 'R'}, {'fork': 'O'}, {'cpu': 2},"
    "  {'shmctl': 'm', 'cmd': 'IPC_RMID'}, {'cpu': 20}]},"
    " {'name': 'R', 'program': [{'shmat': 'm', 'as': 'b',"
    "   'flags': 'SHM_RDONLY'}, {'cpu': 20}]},"
    " {'name': 'O', 'program': [{'cpu': 20}]}]}";

TEST("four mappings of one segment are seen at once, and that it is marked")
{
    struct stand s;
    NEED(stand_up(&s, three));
    go_to(&s, 20);
    NEED(world(&s)->shm[0].nattch == 4 && world(&s)->shm[0].dest);
    for (int i = 0; i < LOOKS; i++) {
        look(&s, i);
        const struct draw *d = &s.stage.ui.layers[0];
        struct rect in = s.stage.layout.at[PANEL_SHM];
        int addresses = 0;
        for (size_t k = 0; k < d->count; k++) {
            const struct draw_command *c = &d->commands[k];
            if (c->kind == DRAW_TEXT && c->text.run.length > 8 &&
                !memcmp(c->text.run.text, "0x7e", 4) &&
                rect_has(in, c->text.at.x, c->text.at.y))
                addresses += c->text.at.y <= in.y + in.h - 6;
        }
        EXPECT_EQ_INT(addresses, 4);
        bool zh = s.stage.view.lang == LANG_ZH;
        EXPECT(find(&s, PANEL_SHM, zh ? "已标记删除" : "marked for destruction"));
    }
    take_down(&s);
}
