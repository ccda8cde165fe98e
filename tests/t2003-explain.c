/* t2003-explain.c: the why line, in every language.
 *
 * A table of moments told by hand, each with its exact sentence; and then
 * every arrow with every reason, which must always give a whole sentence. */
#include "sim/model/explain.h"
#include "tests/story_lines.h"
#include "tests/test.h"

#include <stdio.h>

/* What the moment just told reads like: English, Chinese, and in JSON. */
static void expect_lines(const struct story *st, const char *en,
                         const char *zh, const char *reason)
{
    EXPECT_EQ_STR(line(st, LANG_EN), en);
    EXPECT_EQ_STR(line(st, LANG_ZH), zh);
    EXPECT_EQ_STR(why(st), reason);
}

TEST("a lesson begins by saying what it is about to do")
{
    struct story st;
    story_begin(&st, small);
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "Nothing has happened yet: 3 processes will share 2 CPUs "
                  "under the policy rr with slices of 3 ticks.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "一切尚未开始：3 个进程将在策略 rr 下共用 2 个 CPU，"
                  "时间片为 3 个滴答。");
    story_end(&st);
}

TEST("admission says what was scarce and how much is left")
{
    const struct {
        struct machine machine;
        const char *en;
    } cases[] = {
        {{.cpus = 1}, "Nothing limits memory or processes here, so `parent` is "
                      "admitted at once: new → ready."},
        {{.cpus = 1, .memory = 16},
         "There is room for the 4 units of memory that `parent` needs (10 of "
         "16 left), so it is admitted: new → ready."},
        {{.cpus = 1, .max_processes = 4},
         "A process slot is free (now 1 of 4 are used), so `parent` is "
         "admitted: new → ready."},
        {{.cpus = 1, .memory = 16, .max_processes = 4},
         "There is memory for `parent` (10 of 16 left) and a process slot (now "
         "1 of 4 used), so it is admitted: new → ready."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct story st;
        story_begin(&st, cases[i].machine);
        story_create(&st, 0, 0, INIT_PROC);
        story_admit(&st, 0, 0);
        EXPECT_EQ_STR(line(&st, LANG_EN), cases[i].en);
        EXPECT_EQ_STR(why(&st), "admitted");
        story_end(&st);
    }
}

TEST("the CPU's own reasons: first in line, slice over, a switch")
{
    struct story st;
    story_begin(&st, small);
    for (int i = 0; i < 3; i++) {
        story_create(&st, 0, i, INIT_PROC);
        story_admit(&st, 0, i);
    }
    story_dispatch(&st, 0, 0, 0, 3);
    expect_lines(&st,
                 "CPU 0 is free and `parent` is first in the ready queue (2 "
                 "others wait behind it), so it runs for at most 3 ticks: "
                 "ready → running.",
                 "CPU 0 空闲，`parent` 排在就绪队列之首（后面还有 2 个进程），"
                 "于是开始运行，最多运行 3 个滴答：就绪 → 运行。",
                 "dispatched");
    story_move(&st, 3, 0, T_SLICE_OVER, WHY_SLICE_OVER, 2, 3);
    expect_lines(&st,
                 "The slice of 3 ticks is over and 2 others are ready, so "
                 "`parent` goes to the tail of the queue: running → ready.",
                 "3 个滴答的时间片用完，有 2 个其他进程就绪，`parent` 回到就绪"
                 "队列末尾：运行 → 就绪。",
                 "slice over");
    story_dispatch(&st, 3, 1, 1, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN), "CPU 1 is free and `child` is first");
    EXPECT_CONTAINS(line(&st, LANG_EN), "so it runs until it blocks or ends:");
    story_say(&st, (struct event){.t = 7, .kind = EV_SWITCH, .proc = 2,
                                  .cpu = 0, .val = 8});
    expect_lines(&st,
                 "CPU 0 goes over from `parent` to `other`, first in line for "
                 "it. Nobody computes meanwhile: the context switch takes 1 "
                 "tick.",
                 "CPU 0 从 `parent` 转向等待它的队首进程 `other`。期间没有进程"
                 "计算：上下文切换需要 1 个滴答。",
                 "");
    story_end(&st);
}

TEST("alone, a slice is followed by the next")
{
    struct story st;
    story_begin(&st, small);
    story_create(&st, 0, 1, INIT_PROC);
    story_admit(&st, 0, 0);
    story_dispatch(&st, 0, 0, 1, 3);
    story_say(&st, (struct event){.t = 3, .kind = EV_SLICE, .proc = 0,
                                  .cpu = 1, .val = 3});
    expect_lines(&st,
                 "The slice of `child` is over, but nobody else is ready, so "
                 "it simply gets another 3 ticks.",
                 "`child` 的时间片用完，但没有其他就绪进程，于是再得到 3 个滴答"
                 "。",
                 "nobody else is ready");
    story_end(&st);
}

TEST("a reader of an empty pipe, data, and end of file")
{
    struct story st;
    two_running(&st);
    closes(&st, 3, 1, 4);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    expect_lines(&st,
                 "The pipe is empty and a writer (`parent`) still has it open, "
                 "so `child` sleeps in read(2): running → blocked.",
                 "管道为空，而写端仍由 `parent` 打开着，因此 `child` 在 read(2)"
                 " 中睡眠：运行 → 阻塞。",
                 "blocked in read");
    story_put(&st, 4, 0, 5);
    story_op(&st, 4, 0, DO_WRITE, 5, E_OK);
    story_get(&st, 4, 1, 5);
    story_op(&st, 4, 1, DO_READ, 5, E_OK);
    story_move(&st, 4, 1, T_WAKE, WHY_DATA_CAME, 0, 5);
    expect_lines(&st,
                 "`parent` has written 5 bytes into the pipe, just what "
                 "`child` was waiting for, and read(2) returns 5: blocked → "
                 "ready.",
                 "`parent` 向管道写入了 5 个字节，正是 `child` 所等的，read(2) "
                 "返回 5：阻塞 → 就绪。",
                 "data came from parent");
    story_dispatch(&st, 5, 1, 1, 3);
    story_sleep(&st, 6, 1, DO_READ, WAIT_READ, 0, 0);
    story_op(&st, 7, 0, DO_CLOSE_WRITE, 0, E_OK);
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "`parent` has closed `p[1]` and was the last writer: whoever "
                  "reads the pipe empty gets end of file.");
    closes(&st, 7, 0, 4);
    story_op(&st, 7, 1, DO_READ, 0, E_OK);
    story_move(&st, 7, 1, T_WAKE, WHY_NO_WRITER_LEFT, 0, 0);
    expect_lines(&st,
                 "`parent` was the last writer and has closed the pipe, so "
                 "`child` has reached end of file, and read(2) returns 0: "
                 "blocked → ready.",
                 "最后一个写者 `parent` 关闭了管道，`child` 读到文件末尾，read("
                 "2) 返回 0：阻塞 → 就绪。",
                 "last writer closed: parent");
    story_end(&st);
}

TEST("whoever waits for itself alone is told so")
{
    struct story st;
    two_running(&st);
    closes(&st, 3, 0, 4);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN), "only `child` itself still has its "
                    "write end open");
    story_say(&st, (struct event){.t = 3, .kind = EV_DEADLOCK, .proc = 1,
                                  .cpu = NO_CPU});
    EXPECT_EQ_STR(line(&st, LANG_EN), "`child` sleeps in read(2), and only "
                                      "`child` itself has the other end open: "
                                      "deadlock.");
    story_end(&st);
}

TEST("a writer of a full pipe, room, and nobody left to read")
{
    struct story st;
    two_running(&st);
    closes(&st, 3, 0, 3);
    for (int i = 0; i < PIPE_SLOTS; i++)
        story_put(&st, 3, 0, PIPE_PAGE);
    story_sleep(&st, 3, 0, DO_WRITE, WAIT_WRITE, 0, 10000);
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "The pipe is full (65536 bytes in 16 of 16 pages) and a "
                  "reader (`child`) still has it open, so `parent` sleeps in "
                  "write(2): running → blocked.");
    story_op(&st, 4, 0, DO_WRITE, -1, E_EPIPE);
    story_move(&st, 4, 0, T_WAKE, WHY_NO_READER_LEFT, 1, 0);
    expect_lines(&st,
                 "`child` was the last reader and has closed the pipe, so "
                 "nobody will ever read what `parent` writes: blocked → ready.",
                 "最后一个读者 `child` 关闭了管道，`parent` 写的内容再也无人读"
                 "取：阻塞 → 就绪。",
                 "last reader closed: child");
    story_end(&st);
}

TEST("in a chain of wake-ups each is told what it waited for itself")
{
    struct story st;
    two_running(&st);
    story_sleep(&st, 3, 0, DO_WRITE, WAIT_WRITE, 0, 10000);
    story_op(&st, 4, 0, DO_WRITE, 10000, E_OK);
    story_move(&st, 4, 0, T_WAKE, WHY_DATA_CAME, 0, 10000);
    expect_lines(&st,
                 "There is room again in the pipe for what `parent` writes, "
                 "and write(2) returns 10000: blocked → ready.",
                 "管道又有了空间，`parent` 可以写入，write(2) 返回 10000：阻塞 "
                 "→ 就绪。",
                 "room came");
    story_sleep(&st, 5, 1, DO_READ, WAIT_READ, 0, 0);
    story_op(&st, 6, 1, DO_READ, 4, E_OK);
    story_move(&st, 6, 1, T_WAKE, WHY_ROOM_CAME, 0, 0);
    EXPECT_EQ_STR(line(&st, LANG_EN), "There are bytes again in the pipe for "
                                      "`child`, and read(2) returns 4: blocked "
                                      "→ ready.");
    EXPECT_EQ_STR(why(&st), "data came");
    story_end(&st);
}

/* ---- endings ---- */

TEST("who killed whom, and with what")
{
    const struct {
        int64_t by;
        const char *en, *reason;
    } cases[] = {
        {-1, "The user has killed `parent`: running → terminated.",
         "killed by the user"},
        {-2, "The kernel has sent SIGPIPE, and its default action ends "
             "`parent`: running → terminated.",
         "killed by SIGPIPE"},
        {0, "`parent` has sent SIGPIPE to itself, and the default action ends "
            "it: running → terminated.", "killed by SIGPIPE"},
        {1, "`child` has sent SIGPIPE, and its default action ends `parent`: "
            "running → terminated.", "killed by SIGPIPE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct story st;
        two_running(&st);
        story_move(&st, 4, 0, T_KILL, WHY_KILLED, 13, cases[i].by);
        EXPECT_EQ_STR(line(&st, LANG_EN), cases[i].en);
        EXPECT_EQ_STR(why(&st), cases[i].reason);
        story_end(&st);
    }
}

TEST("a child's end is told with who should wait for it")
{
    struct story st;
    two_running(&st);
    story_move(&st, 4, 1, T_EXIT, WHY_EXITED, 0, 3);
    expect_lines(&st,
                 "`child` has ended by itself with exit code 3; it stays a "
                 "zombie until `parent` waits for it: running → terminated.",
                 "`child` 自行结束，退出码为 3；在 `parent` 等待它之前是僵尸进"
                 "程：运行 → 终止。",
                 "exited with 3");
    story_end(&st);
    two_running(&st);
    story_sleep(&st, 3, 0, DO_WAIT, WAIT_CHILD, 1, 0);
    EXPECT_EQ_STR(line(&st, LANG_EN), "`child` has not ended yet, so `parent` "
                                      "sleeps in waitpid(2): running → blocked.");
    story_move(&st, 4, 1, T_EXIT, WHY_EXITED, 0, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN), "; `parent` is waiting for that:");
    story_end(&st);
}

TEST("being killed says from which state, whatever came before")
{
    struct story st;
    two_running(&st);
    story_sleep(&st, 3, 1, DO_SLEEP, WAIT_TIME, NONE, 90);
    story_move(&st, 4, 1, T_SUSPEND, WHY_USER, 0, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN), ": blocked → blocked-suspended.");
    story_op(&st, 5, 1, DO_SLEEP, 0, E_OK);
    story_move(&st, 5, 1, T_WAKE, WHY_TIME_CAME, 0, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN),
                    ": blocked-suspended → ready-suspended.");
    story_move(&st, 6, 1, T_ACTIVATE, WHY_USER, 0, 0);
    EXPECT_CONTAINS(line(&st, LANG_EN), ": ready-suspended → ready.");
    story_move(&st, 7, 1, T_SUSPEND, WHY_USER, 0, 0);
    story_move(&st, 8, 1, T_KILL, WHY_KILLED, 9, -1);
    EXPECT_CONTAINS(line(&st, LANG_ZH), "：就绪挂起 → 终止。");
    story_create(&st, 9, 2, INIT_PROC);
    story_move(&st, 9, 2, T_KILL, WHY_KILLED, 9, -1);
    EXPECT_CONTAINS(line(&st, LANG_EN), ": new → terminated.");
    story_end(&st);
}

/* ---- who waits for what ---- */

static void expect_wait(const struct story *st, int proc, const char *what,
                        int count, int first)
{
    struct str s = {0};
    int holders[8] = {NONE};
    int n = explain_wait(&st->w, proc, LANG_EN, &s, holders, 8);
    EXPECT_EQ_STR(str_text(&s), what);
    EXPECT_EQ_INT(n, count);
    if (count)
        EXPECT_EQ_INT(holders[0], first);
    str_free(&s);
}

TEST("what a process waits for, and who could end that")
{
    struct story st;
    two_running(&st);
    story_create(&st, 3, 2, 1);
    expect_wait(&st, 2, "admission", 0, 0);
    st.sc.machine.memory = 5; /* of which 6 are taken */
    expect_wait(&st, 2, "memory", 2, 0);
    story_sleep(&st, 3, 0, DO_WAIT_ANY, WAIT_CHILD, NONE, 0);
    expect_wait(&st, 0, "wait any", 1, 1);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    expect_wait(&st, 1, "read p[0]", 2, 0);
    story_move(&st, 4, 1, T_SUSPEND, WHY_USER, 0, 0);
    expect_wait(&st, 1, "read p[0]", 2, 0);
    story_get(&st, 5, 1, 0);
    story_op(&st, 5, 1, DO_READ, 0, E_OK);
    story_move(&st, 5, 1, T_WAKE, WHY_DATA_CAME, 0, 0);
    expect_wait(&st, 1, "activate", 0, 0);
    story_end(&st);
}

/* ---- every arrow, every reason ---- */

/* Brings child into a state, with the CPU where it is needed. */
static void bring_to(struct story *st, enum state s)
{
    story_begin(st, small);
    story_create(st, 0, 0, INIT_PROC);
    story_admit(st, 0, 0);
    story_dispatch(st, 0, 0, 0, 3);
    story_pipe(st, 0, 0);
    story_create(st, 0, 1, 0);
    if (s == NEW)
        return;
    story_admit(st, 0, 1);
    if (s == RUNNING || s == BLOCKED || s == BLOCKED_SUSPENDED)
        story_dispatch(st, 0, 1, 1, 3);
    if (s == BLOCKED || s == BLOCKED_SUSPENDED)
        story_sleep(st, 1, 1, DO_READ, WAIT_READ, 0, 0);
    if (s == READY_SUSPENDED || s == BLOCKED_SUSPENDED)
        story_move(st, 2, 1, T_SUSPEND, WHY_USER, 0, 0);
    if (s == TERMINATED)
        story_move(st, 2, 1, T_KILL, WHY_KILLED, 9, -1);
}

static void take_arrow(struct story *st, enum transition how, enum why because,
                       int32_t aux)
{
    story_say(st, (struct event){
        .t = 3, .kind = EV_STATE, .sub = (uint8_t)how, .cpu = 1, .proc = 1,
        .obj = (int32_t)because, .aux = aux, .val = 0});
}

static void expect_whole(const struct story *st, enum lang lang, enum state from)
{
    char end[128];
    enum state to = (enum state)st->w.task[1].state;
    snprintf(end, sizeof end, lang == LANG_EN ? ": %s → %s." : "：%s → %s。",
             state_title(from, lang), state_title(to, lang));
    const char *s = line(st, lang);
    EXPECT_CONTAINS(s, end);
    EXPECT(strlen(s) > strlen(end) + 8);
    EXPECT(strchr(s, '{') == NULL && strchr(s, '?') == NULL);
}

TEST("every arrow for every reason is a whole sentence in every language")
{
    int arrows = 0;
    for (int from = 0; from < STATE_COUNT; from++)
        for (int how = 0; how < TRANSITION_COUNT; how++)
            for (int because = 0; because < WHY_COUNT; because++)
                for (int aux = -1; aux < 2; aux++) {
                    struct story st;
                    if (state_after((enum state)from,
                                    (enum transition)how) == NOWHERE)
                        continue;
                    bring_to(&st, (enum state)from);
                    take_arrow(&st, (enum transition)how, (enum why)because,
                               aux);
                    test_case("%s, %s, why %d, aux %d",
                              state_name((enum state)from),
                              transition_name((enum transition)how), because,
                              aux);
                    expect_whole(&st, LANG_EN, (enum state)from);
                    expect_whole(&st, LANG_ZH, (enum state)from);
                    EXPECT(because == WHY_NONE || why(&st)[0]);
                    story_end(&st);
                    arrows++;
                }
    EXPECT(arrows > 1000);
}

/* (Those at FIFOs and System V objects have tests with such objects: t62xx.) */
TEST("every wait is a whole sentence in every language")
{
    for (int kind = WAIT_TIME; kind <= WAIT_WRITE; kind++)
        for (int obj = -1; obj < 1; obj++) {
            struct story st;
            if (obj < 0 && (kind == WAIT_READ || kind == WAIT_WRITE))
                continue;
            bring_to(&st, RUNNING);
            story_sleep(&st, 3, 1, kind == WAIT_DEVICE ? DO_DISK : DO_READ,
                        (enum wait_kind)kind, obj, 20);
            test_case("wait %d on %d", kind, obj);
            expect_whole(&st, LANG_EN, RUNNING);
            expect_whole(&st, LANG_ZH, RUNNING);
            story_end(&st);
        }
}
