/* t7111-ready.c: the ready queues in the order of each policy, the numbers that
 * make it, a line for each level and each CPU, and the figures in the process
 * table; read back from what the panels draw. */
#include "tests/stand.h"

#include <stdio.h>

/* All words in panel `p`, from its top left to its bottom right, in one text
 * with a bar behind each. */
static const char *words_of(const struct stand *s, enum panel_id p)
{
    static char text[4096];
    struct rect at = s->stage.layout.at[p];
    const struct draw *d = &s->stage.ui.layers[0];
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT || c->text.at.x < at.x ||
            c->text.at.x > at.x + at.w || c->text.at.y < at.y ||
            c->text.at.y > at.y + at.h)
            continue;
        int wrote = snprintf(text + n, sizeof text - n, "%.*s|",
                             (int)c->text.run.length, c->text.run.text);
        n += (size_t)wrote;
        if (n >= sizeof text)
            return text;
    }
    return text;
}

static void step(struct stand *s, int steps)
{
    for (int i = 0; i < steps; i++)
        press(s, KEY_RIGHT, 0);
}

/* Goes to the first moment of time t + 1 and expects `want` in the panel. */
static void expect_words(const char *lesson, tick t, enum panel_id p,
                         const char *want)
{
    struct stand s;
    NEED(stand_up(&s, lesson));
    frame(&s);
    for (int i = 0; i < 300 && world(&s)->head->now <= t; i++)
        step(&s, 1);
    test_case("%s", lesson);
    EXPECT_CONTAINS(words_of(&s, p), want);
    take_down(&s);
}

#define LESSON(scheduler, processes)                                           \
    "{'timeslice': 1, 'scheduler': {'policy': " scheduler "}, 'processes': [" \
    processes "]}"
/* A runs first and long; B, C and D come while it does, and D is best. */
#define FOUR                                                                   \
    "{'name': 'A', 'tickets': 10, 'period': 90, 'bursts': [20]}, "             \
    "{'name': 'B', 'arrival': 1, 'priority': 7, 'nice': 5, 'tickets': 20, "    \
    "'period': 80, 'jobs': 1, 'bursts': [9]}, "                                \
    "{'name': 'C', 'arrival': 1, 'priority': 5, 'tickets': 30, 'period': 70, " \
    "'jobs': 1, 'bursts': [7]}, "                                              \
    "{'name': 'D', 'arrival': 2, 'priority': 2, 'nice': -2, 'tickets': 40, "   \
    "'period': 60, 'jobs': 1, 'bursts': [3]}"

TEST("who is first in line stands first, with the number that puts him there")
{
    static const struct {
        const char *lesson, *words;
    } cases[] = {
        {LESSON("'fcfs'", FOUR), "|B|1|C|1|D|2|ready, by time of joining|"},
        {LESSON("'sjf'", FOUR),
         "ready, by next CPU burst|D|D|3|C|C|7|B|B|9|"},
        {LESSON("'priority', 'preemptive': false", FOUR),
         "ready, by priority|D|D|2|C|C|5|B|B|7|"},
        {LESSON("'lottery', 'quantum': 9", FOUR),
         "ready, by the numbers of their tickets|A|0–9|B|10–29|C|30–59|"},
        {LESSON("'xv6', 'quantum': 9", FOUR),
         "ready, as the scan comes to them, by number|B|B|2|C|C|3|D|D|4|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_words(cases[i].lesson, 2, PANEL_CPU, cases[i].words);
}

TEST("and after the best of them have run, the rest do")
{
    static const struct {
        const char *lesson, *words;
    } cases[] = {
        {LESSON("'srtf'", FOUR),
         "ready, by what is left of the burst|C|C|6|B|B|9|A|A|19|"},
        {LESSON("'edf'", FOUR), "ready, by deadline|C|C|71|B|B|81|A|A|90|"},
        {LESSON("'rm'", FOUR), "ready, by period|C|C|70|B|B|80|A|A|90|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_words(cases[i].lesson, 2, PANEL_CPU, cases[i].words);
}

#define THREE(b)                                                               \
    "{'name': 'A', 'bursts': [9]}, {'name': 'B', 'bursts': [" b "]}, "         \
    "{'name': 'C', 'nice': 5, 'tickets': 50, 'bursts': [9]}"

TEST("shares: passes, virtual runtimes, deadlines, and who is ahead")
{
    expect_words(LESSON("'stride', 'quantum': 2", THREE("9")), 4, PANEL_CPU,
                 "ready, by pass|A|A|100|B|B|100|");
    expect_words(LESSON("'cfs', 'latency': 6, 'min_granularity': 1",
                        THREE("9")), 5, PANEL_CPU,
                 "ready, by virtual runtime|B|B|2|C|C|3.06|A|A|4|");
    expect_words(LESSON("'eevdf', 'slice': 2", THREE("9")), 4, PANEL_CPU,
                 "ready: lag ≥ 0 first, by virtual deadline d|A|d 4|B|d 4|C|"
                 "lag -3.54, d 12.23|");
}

TEST("the highest response ratio stands first")
{
    expect_words(LESSON("'hrrn'", FOUR), 2, PANEL_CPU,
                 "ready, by response ratio|D|D|7|C|C|3.71|B|B|3.11|");
}

TEST("a level is a line, and so is a CPU with its own queue")
{
    expect_words(LESSON("'mlfq', 'levels': [{'quantum': 1}, {'quantum': 2}, "
                        "{'quantum': 4}]",
                        THREE("9")), 3, PANEL_CPU,
                 "ready, by level, then as they came|level 0|empty|level 1|B|B|"
                 "C|C|level 2|A|A|");
    expect_words("{'timeslice': 1, 'machine': {'cpus': 2}, 'scheduler': "
                 "{'policy': 'sjf', 'queues': 'per-cpu'}, 'processes': ["
                 THREE("7") ", {'name': 'D', 'bursts': [4]}, {'name': 'E', "
                 "'bursts': [8]}]}", 3, PANEL_CPU,
                 "CPU 0|A|A|9|C|C|9|CPU 1|B|B|7|");
}

TEST("lines for which there is no room are counted")
{
    struct stand s;
    NEED(stand_up(&s, "{'timeslice': 1, 'machine': {'cpus': 16}, 'scheduler': "
                      "{'policy': 'rr', 'quantum': 2, 'queues': 'per-cpu'}, "
                      "'processes': [{'name': 'root', 'program': [{'repeat': "
                      "40, 'do': [{'fork': 'x'}]}]}, {'name': 'x', 'program': "
                      "[{'cpu': 200}]}]}"));
    frame(&s);
    for (int i = 0; i < 400 && world(&s)->head->now <= 60; i++)
        step(&s, 1);
    EXPECT_CONTAINS(words_of(&s, PANEL_CPU), " more lines|");
    take_down(&s);
}

TEST("the process table has the policy's figures, and says so")
{
    expect_words(LESSON("'lottery', 'quantum': 9", FOUR), 2, PANEL_TABLE,
                 "tickets|won|deadline|met|");
    expect_words(LESSON("'edf'", FOUR), 2, PANEL_TABLE,
                 "deadline|met|missed|");
    expect_words(LESSON("'mlfq', 'levels': [{'quantum': 1}, {'quantum': 9}]",
                        THREE("9")), 3, PANEL_TABLE, "level|used|");
    expect_words(LESSON("'eevdf', 'slice': 2", THREE("9")), 4, PANEL_TABLE,
                 "vruntime|v-deadline|lag|");
}

TEST("none of it is lost in Chinese and on a small screen")
{
    struct stand s;
    NEED(stand_up(&s, LESSON("'eevdf', 'slice': 2", THREE("9"))));
    s.width = 1024;
    s.height = 700;
    s.stage.view.lang = LANG_ZH;
    frame(&s);
    step(&s, 9);
    EXPECT_CONTAINS(words_of(&s, PANEL_CPU), "就绪：滞后 ≥ 0 者先，按虚拟截止 d|");
    EXPECT_CONTAINS(words_of(&s, PANEL_TABLE), "虚拟时间|虚拟截止|滞后量|");
    take_down(&s);
}

TEST("the order that the window shows is the one in which they run")
{
    struct stand s;
    NEED(stand_up(&s, LESSON("'sjf'", FOUR)));
    frame(&s);
    for (int i = 0; i < 300 && world(&s)->head->now <= 2; i++)
        step(&s, 1);
    int order[4], found = 0;
    int n = s.feed->order(s.feed->self, moment_of(world(&s), NULL), 0, order, 4);
    EXPECT_EQ_INT(n, 3);
    for (size_t i = cursor(&s); i < s.run.trace->count && found < n; i++) {
        const struct event *e = trace_at(s.run.trace, i);
        if (e->kind == EV_STATE && e->sub == T_DISPATCH && e->proc != 0)
            EXPECT_EQ_INT(e->proc, order[found++]);
    }
    EXPECT_EQ_INT(found, n);
    EXPECT_EQ_INT(s.feed->order(s.feed->self, moment_of(world(&s), NULL), 0, order, 2), 2);
    take_down(&s);
}

/* B has waited for 1 + k ticks, C for k. */
TEST("between two events the numbers and the order are those of the time shown")
{
    struct stand s;
    NEED(stand_up(&s, LESSON("'hrrn'",
                             "{'name': 'A', 'bursts': [30]}, "
                             "{'name': 'B', 'arrival': 1, 'bursts': [10]}, "
                             "{'name': 'C', 'arrival': 4, 'bursts': [4]}")));
    frame(&s);
    travel_seek(&s.stage.travel, 5);
    frame(&s);
    EXPECT_EQ_INT(world(&s)->head->now, 4);
    EXPECT_CONTAINS(words_of(&s, PANEL_CPU), "|B|B|1.4|C|C|1.25|");
    travel_seek(&s.stage.travel, 12);
    frame(&s);
    EXPECT_EQ_INT(world(&s)->head->now, 4);
    EXPECT_CONTAINS(words_of(&s, PANEL_CPU), "|C|C|3|B|B|2.1|");
    EXPECT_CONTAINS(words_of(&s, PANEL_TABLE), "|2.1|");
    take_down(&s);
}

static int asked; /* how often for an order */
static int (*order_of)(const void *, struct moment, int, int *, int);

static int count_order(const void *self, struct moment at, int group, int *to,
                       int room)
{
    asked++;
    return order_of(self, at, group, to, room);
}

TEST("who is next is looked up once for a tick, however many frames show it")
{
    struct stand s;
    NEED(stand_up(&s, LESSON("'sjf'", FOUR)));
    order_of = s.feed->order;
    s.feed->order = count_order;
    travel_seek(&s.stage.travel, 3);
    frame(&s);
    EXPECT_EQ_INT(asked, 1);
    for (int i = 0; i < 5; i++)
        frame(&s);
    EXPECT_EQ_INT(asked, 1);
    travel_seek(&s.stage.travel, 4);
    frame(&s);
    EXPECT_EQ_INT(asked, 2);
    travel_seek(&s.stage.travel, 3);
    frame(&s);
    EXPECT_EQ_INT(asked, 3);
    take_down(&s);
}
