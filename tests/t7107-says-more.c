/* t7107-says-more.c: what panels say about memory, families, ends and numbers,
 * and that a small projector keeps every process. */
#include "tests/stand.h"

#include <string.h>

/* The piece of text that reads `text` and begins in `inside` (NULL: anywhere);
 * NULL: there is none in the frame. */
static const struct draw_command *find(const struct stand *s, const char *text,
                                       const struct rect *inside)
{
    const struct draw *d = &s->stage.ui.layers[0];
    size_t length = strlen(text);
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT || c->text.run.length != length ||
            memcmp(c->text.run.text, text, length) != 0)
            continue;
        float x = c->text.at.x, y = c->text.at.y;
        if (!inside || (x >= inside->x && x <= inside->x + inside->w &&
                        y >= inside->y && y <= inside->y + inside->h))
            return c;
    }
    return NULL;
}

static bool says_in(const struct stand *s, const char *text,
                    const struct rect *inside)
{
    return find(s, text, inside) != NULL;
}

static bool panel_says(const struct stand *s, enum panel_id p, const char *text)
{
    return says_in(s, text, &s->stage.layout.at[p]);
}

static void go_to(struct stand *s, tick t)
{
    travel_seek(&s->stage.travel, t);
    frame(s);
    frame(s);
}

static const char tight[] =
    "{'timeslice': 1, 'title': 'x', 'machine': {'memory': 8}, 'scheduler':"
    " {'policy': 'rr', 'quantum': 2}, 'processes': ["
    " {'name': 'A', 'memory': 5, 'bursts': [4]},"
    " {'name': 'B', 'memory': 4, 'bursts': [4]}],"
    " 'actions': [{'at': 2, 'suspend': 'A'}]}";

TEST("who holds how much memory, who waits for how much, and what is free")
{
    struct stand s;
    NEED(stand_up(&s, tight));
    go_to(&s, 1);
    EXPECT(panel_says(&s, PANEL_MEMORY, "A 5"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "3 free"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "5 of 8 units held"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "waiting:"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "B 4"));
    EXPECT(panel_says(&s, PANEL_TABLE, "memory"));
    go_to(&s, 3);
    EXPECT(!panel_says(&s, PANEL_MEMORY, "A 5"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "4 free"));
    EXPECT(!panel_says(&s, PANEL_MEMORY, "waiting:"));
    EXPECT(panel_says(&s, PANEL_TABLE, "ready-susp."));
    take_down(&s);
}

TEST("a lesson without limits has no panel for them")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    EXPECT(s.stage.layout.at[PANEL_MEMORY].w <= 0);
    take_down(&s);
}

static const char family[] =
    "{'timeslice': 1, 'title': 'x', 'machine': {'max_processes': 3},"
    " 'scheduler': {'policy': 'rr', 'quantum': 9}, 'processes': ["
    " {'name': 'mum', 'program': [{'set': 'x', 'value': 5}, {'fork': 'kid'},"
    "  {'fork': 'imp'}, {'kill': 'imp', 'sig': 'SIGTERM'}, {'add': 'x',"
    "  'value': 1}, {'sleep': 9}]},"
    " {'name': 'kid', 'program': [{'add': 'x', 'value': 10}, {'exit': 3}]},"
    " {'name': 'imp', 'program': [{'cpu': 9}]}]}";

TEST("the table says whose child it is and how it ended, the programs its x")
{
    struct stand s;
    NEED(stand_up(&s, family));
    go_to(&s, 7);
    EXPECT(panel_says(&s, PANEL_TABLE, "mum"));
    EXPECT(panel_says(&s, PANEL_TABLE, "init"));
    EXPECT(panel_says(&s, PANEL_TABLE, "zombie: 3"));
    EXPECT(panel_says(&s, PANEL_TABLE, "zombie: SIGTERM"));
    EXPECT(panel_says(&s, PANEL_PROGRAMS, "x = 6"));
    EXPECT(panel_says(&s, PANEL_PROGRAMS, "x = 15"));
    EXPECT(panel_says(&s, PANEL_MEMORY, "3 of 3 process slots taken"));
    press(&s, KEY_END, 0);
    EXPECT(panel_says(&s, PANEL_TABLE, "terminated: 0"));
    take_down(&s);
}

TEST("a projector of any size names every process in the timeline")
{
    static const int sizes[][2] = {
        {1024, 700}, {1280, 720}, {1280, 800}, {1920, 1080}};
    static const char four[] =
        "{'timeslice': 1, 'title': 'A title that wants its room', 'processes':"
        " [{'name': 'north', 'bursts': [4, 2, 4]}, {'name': 'east', 'bursts':"
        " [3]}, {'name': 'south', 'bursts': [3]}, {'name': 'west', 'bursts':"
        " [3]}]}";
    static const char *const names[] = {"north", "east", "south", "west"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct stand s;
        NEED(stand_up(&s, four));
        s.width = sizes[i][0];
        s.height = sizes[i][1];
        s.stage.view.theme = THEME_PROJECTOR;
        go_to(&s, 9);
        test_case("%d x %d", s.width, s.height);
        const struct rect *at = &s.stage.layout.at[PANEL_TIMELINE];
        EXPECT(at->h > 100);
        for (size_t n = 0; n < 4; n++)
            EXPECT(says_in(&s, names[n], at));
        EXPECT(panel_says(&s, PANEL_TITLE, "A title that wants its room"));
        bool programs = s.stage.layout.at[PANEL_PROGRAMS].w > 0;
        EXPECT_EQ_INT(programs, s.width >= 1900);
        take_down(&s);
    }
}

static const char meeting[] =
    "{'timeslice': 1, 'title': 'x', 'processes': ["
    " {'name': 'A', 'program': [{'mkfifo': 'f'}, {'mkfifo': 'g',"
    "  'mode': '0200'}, {'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'},"
    "  {'read': 'r', 'size': 9}]},"
    " {'name': 'B', 'arrival': 9, 'program': [{'open': 'f',"
    "  'flags': 'O_WRONLY', 'as': 'w'}, {'unlink': 'f'}, {'sleep': 5}]}]}";

TEST("a FIFO has a name with a mode in a directory, and who waits in open(2)")
{
    struct stand s;
    NEED(stand_up(&s, meeting));
    go_to(&s, 1);
    EXPECT(panel_says(&s, PANEL_FIFO, "prw-r--r--"));
    EXPECT(panel_says(&s, PANEL_FIFO, "f"));
    EXPECT(panel_says(&s, PANEL_FIFO, "not open"));
    EXPECT(panel_says(&s, PANEL_PIPE, "nobody has a FIFO open"));
    EXPECT(!panel_says(&s, PANEL_FIFO, "p-w-------"));
    go_to(&s, 5);
    EXPECT(panel_says(&s, PANEL_FIFO, "p-w-------"));
    EXPECT(panel_says(&s, PANEL_FIFO, "A waits for a writer"));
    EXPECT(panel_says(&s, PANEL_PIPE, "A: asleep in open(2), to read"));
    EXPECT(panel_says(&s, PANEL_PIPE, "no writer"));
    go_to(&s, 10);
    EXPECT(panel_says(&s, PANEL_FIFO, "1 to read, 1 to write"));
    EXPECT(!panel_says(&s, PANEL_PIPE, "no writer"));
    go_to(&s, 12);
    EXPECT(panel_says(&s, PANEL_FIFO, "f (no name)"));
    take_down(&s);
}

TEST("a lesson without files has no panel for them")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    frame(&s);
    EXPECT(s.stage.layout.at[PANEL_FIFO].w == 0);
    take_down(&s);
}

static const char six[] =
    "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'rr', 'quantum':"
    " 2}, 'processes': [{'name': 'P1', 'bursts': [4, 3, 2]},"
    " {'name': 'P2', 'bursts': [3]}, {'name': 'P3', 'bursts': [3]},"
    " {'name': 'P4', 'bursts': [3, 1, 1]}, {'name': 'P5', 'bursts': [3]},"
    " {'name': 'P6', 'bursts': [5]}]}";

/* The programs in sight, of processes that live; -1: not in their order. */
static int programs_in_sight(const struct stand *s, bool in_sight[6])
{
    float y = 0;
    int n = 0;
    for (int p = 0; p < 6; p++) {
        char name[] = {'P', (char)('1' + p), 0};
        const struct draw_command *c =
            find(s, name, &s->stage.layout.at[PANEL_PROGRAMS]);
        in_sight[p] = c != NULL;
        if (!c || world(s)->task[p].state == TERMINATED)
            continue;
        if (c->text.at.y <= y)
            return -1;
        y = c->text.at.y;
        n++;
    }
    return n;
}

TEST("with few lines for six programs, that of who runs is among them")
{
    struct stand s;
    NEED(stand_up(&s, six));
    bool in_sight[6];
    int fewest = 6, ran = 0;
    frame(&s);
    for (size_t was = SIZE_MAX; was != cursor(&s);) {
        was = cursor(&s);
        press(&s, KEY_RIGHT, 0);
        int n = programs_in_sight(&s, in_sight), p = world(&s)->cpu[0].proc;
        EXPECT(n >= 0);
        if (world(&s)->head->procs == 6 && world(&s)->head->alive == 6)
            fewest = n < fewest ? n : fewest;
        if (p == NONE)
            continue;
        EXPECT(in_sight[p]);
        ran |= 1 << p;
    }
    EXPECT_EQ_INT(ran, 63);
    EXPECT(fewest < 6);
    take_down(&s);
}

TEST("tokens at a station stand beside each other while they have room")
{
    struct stand s;
    NEED(stand_up(&s, six));
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        s.stage.view.theme = (enum theme_kind)theme;
        go_to(&s, 0);
        go_to(&s, 17); /* P4, P5 and P6 are ready or run */
        const struct rect *at = &s.stage.layout.at[PANEL_STATES];
        float end = 0;
        int seen = 0;
        for (int p = 0; p < world(&s)->head->procs; p++) {
            char name[] = {'P', (char)('1' + p), 0};
            const struct draw_command *c = find(&s, name, at);
            if (!c || world(&s)->task[p].state != READY)
                continue;
            EXPECT(c->text.at.x >= end);
            end = c->text.at.x + (s.stage.ui.theme->big ? 34 : 23);
            seen++;
        }
        EXPECT(seen >= 2);
    }
    take_down(&s);
}

static const char wordy[] =
    "{'timeslice': 1, 'title': 'x', 'processes': ["
    "{'name': 'grandparent', 'program': ["
    " {'shmget': 'm', 'key': 7, 'size': 9, 'flags': 'IPC_CREAT|0664'},"
    " {'shmat': 'm', 'as': 'a'}, {'shmctl': 'm', 'cmd': 'IPC_RMID'},"
    " {'shmat': 'm', 'as': 'b', 'note': 'A word of the author.'},"
    " {'cpu': 5}]}]}";

TEST("a sentence of two lines above a note is larger than the note, and whole")
{
    struct stand s;
    NEED(stand_up(&s, wordy));
    go_to(&s, 4);
    const struct rect *at = &s.stage.layout.at[PANEL_WHY];
    const struct draw_command *note = find(&s, "A word of the author.", at);
    const struct draw_command *said = find(&s, "grandparent", at);
    NEED(note && said);
    EXPECT(said->text.run.size > note->text.run.size);
    EXPECT(note->text.at.y < at->y + at->h);
    take_down(&s);
}

TEST("how many queues there are is said; those that are gone do not count")
{
    struct stand s;
    NEED(stand_up(&s, "{'timeslice': 1, 'title': 'x', 'processes': [{'name':"
                      " 'A', 'program': ["
                      "{'msgget': 'a', 'key': 1, 'flags': 'IPC_CREAT|0664'},"
                      "{'msgget': 'b', 'key': 2, 'flags': 'IPC_CREAT|0664'},"
                      "{'msgget': 'c', 'key': 3, 'flags': 'IPC_CREAT|0664'},"
                      "{'msgctl': 'b', 'cmd': 'IPC_RMID'}, {'cpu': 3}]}]}"));
    go_to(&s, 1);
    EXPECT(!panel_says(&s, PANEL_MSGQ, "1 in all"));
    go_to(&s, 3);
    EXPECT(panel_says(&s, PANEL_MSGQ, "3 in all"));
    go_to(&s, 5);
    EXPECT(panel_says(&s, PANEL_MSGQ, "2 in all"));
    take_down(&s);
}

TEST("of a deadlock the window tells what holds up the child, not its parent")
{
    struct stand s;
    NEED(stand_up(&s, "{'timeslice': 1, 'title': 'x', 'processes': ["
                      "{'name': 'mum', 'program': [{'pipe': 'p'},"
                      " {'fork': 'kid'}, {'close': 'p[1]'}, {'wait': 'kid'}]},"
                      "{'name': 'kid', 'program': ["
                      " {'read': 'p[0]', 'size': 9}]}]}"));
    press(&s, KEY_END, 0);
    EXPECT(panel_says(&s, PANEL_WHY, "kid"));
    EXPECT(!panel_says(&s, PANEL_WHY, "mum"));
    take_down(&s);
}
