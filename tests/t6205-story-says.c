/* t6205-story-says.c: sentences of the why line that runs give seldom or not
 * yet, from events told by hand. */
#include "tests/story_lines.h"
#include "tests/test.h"

enum { EVENTS_MOST = 3 };

struct telling {
    struct event e[EVENTS_MOST]; /* up to one of time 0 */
    const char *en, *zh;
};

static void expect(const struct story *st, const char *en, const char *zh)
{
    EXPECT_EQ_STR(line(st, LANG_EN), en);
    EXPECT_EQ_STR(line(st, LANG_ZH), zh);
}

/* Each after parent and child have both come to run with a pipe, in which
 * there are 7 bytes. */
static void expect_all(const struct telling *t, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct story st;
        two_running(&st);
        story_put(&st, 3, 0, 7);
        for (int k = 0; k < EVENTS_MOST && t[i].e[k].t; k++)
            story_say(&st, t[i].e[k]);
        test_case("%zu", i);
        expect(&st, t[i].en, t[i].zh);
        story_end(&st);
    }
}

#define EXPECT_ALL(...)                                                        \
    do {                                                                       \
        const struct telling all_[] = {__VA_ARGS__};                           \
        expect_all(all_, sizeof all_ / sizeof *all_);                          \
    } while (0)

/* What child does. */
#define MOVES(how, why, a, v)                                                  \
    {.t = 4, .kind = EV_STATE, .sub = how, .cpu = 1, .proc = 1, .obj = why,    \
     .aux = a, .val = v}
#define DOES(op, ret, error, slept)                                            \
    {.t = 4, .kind = EV_OP, .sub = error, .cpu = slept, .proc = 1,             \
     .obj = NO_PAYLOAD, .aux = op, .val = ret}
#define GETS(sig, from, fate)                                                  \
    {.t = 4, .kind = EV_SIGNAL, .sub = sig, .cpu = NO_CPU, .proc = 1,          \
     .obj = from, .val = fate}
#define BLOCKS(op, wait)                                                       \
    {.t = 4, .kind = EV_BLOCK, .sub = wait, .cpu = NO_CPU, .proc = 1,          \
     .obj = 0, .aux = op}

TEST("why the CPU goes from one to another")
{
    EXPECT_ALL(
        {{MOVES(T_PREEMPT, WHY_NONE, 0, 0)},
         "`child` takes the arrow “preempt”: running → ready.",
         "`child` 经过“抢占”：运行 → 就绪。"},
        {{MOVES(T_PREEMPT, WHY_PREEMPTED, 0, 0)},
         "`parent` is more urgent, so `child` has to give up the CPU: running "
         "→ ready.",
         "`parent` 更紧急，`child` 必须让出 CPU：运行 → 就绪。"},
        {{MOVES(T_PREEMPT, WHY_POLICY, 0, 0)},
         "The policy rr prefers another, so `child` has to give up the CPU: "
         "running → ready.",
         "调度策略 rr 选择了别的进程，`child` 必须让出 CPU：运行 → 就绪。"},
        {{MOVES(T_SLICE_OVER, WHY_POLICY, 0, 0)},
         "The policy rr has decided so for `child`: running → ready.",
         "调度策略 rr 对 `child` 作出此决定：运行 → 就绪。"},
        {{MOVES(T_SLICE_OVER, WHY_SLICE_OVER, 1, 3)},
         "The slice of 3 ticks is over and 1 other is ready, so `child` goes "
         "to the tail of the queue: running → ready.",
         "3 个滴答的时间片用完，有 1 个其他进程就绪，`child` 回到就绪队列末尾："
         "运行 → 就绪。"},
        {{MOVES(T_SLICE_OVER, WHY_SLICE_OVER, 0, 1)},
         "The slice of 1 tick is over and nobody else is ready, so `child` "
         "goes to the tail of the queue: running → ready.",
         "1 个滴答的时间片用完，没有其他就绪进程，`child` 回到就绪队列末尾："
         "运行 → 就绪。"},
        {{MOVES(T_PREEMPT, WHY_NONE, 0, 0),
          MOVES(T_DISPATCH, WHY_POLICY, 0, 0)},
         "CPU 1 is free and the policy rr chooses `child`: ready → running.",
         "CPU 1 空闲，调度策略 rr 选中了 `child`：就绪 → 运行。"},
        {{MOVES(T_PREEMPT, WHY_NONE, 0, 0),
          MOVES(T_DISPATCH, WHY_HEAD_OF_QUEUE, 1, 2)},
         "CPU 1 is free and `child` is first in the ready queue (1 other "
         "waits behind it), so it runs for at most 2 ticks: ready → running.",
         "CPU 1 空闲，`child` 排在就绪队列之首（后面还有 1 个进程），"
         "于是开始运行，最多运行 2 个滴答：就绪 → 运行。"});
}

TEST("calls of every kind of result")
{
    EXPECT_ALL(
        {{{.t = 4, .kind = EV_FD, .cpu = NO_CPU, .proc = 1, .obj = 3,
           .val = NONE},
          DOES(DO_READ, 5, E_OK, 0)},
         "`child` has called read(2), which returned 5.",
         "`child` 调用了 read(2)，返回 5。"},
        {{DOES(DO_SIZE, -1, E_EINVAL, 0)},
         "`child` has called fcntl(2), which failed with EINVAL.",
         "`child` 调用了 fcntl(2)，失败，错误为 EINVAL。"},
        {{DOES(DO_SIZE, -1, E_EPERM, 0)},
         "Only root may make a pipe that large, so fcntl(2) of `child` fails "
         "with EPERM.",
         "只有 root 才能使用这么大的管道，`child` 的 fcntl(2) 失败，"
         "错误为 EPERM。"},
        {{DOES(DO_PIPE, -1, E_EMFILE, 0)},
         "`child` has no free descriptor left, so pipe(2) fails with EMFILE.",
         "`child` 没有空闲的描述符，pipe(2) 失败，错误为 EMFILE。"},
        {{DOES(DO_FORK, -1, E_EAGAIN, 0)},
         "No process could be made, so fork(2) of `child` fails with EAGAIN.",
         "无法创建进程，`child` 的 fork(2) 失败，错误为 EAGAIN。"},
        {{DOES(DO_EXIT, 0, E_OK, 0)}, "`child` calls exit(3).",
         "`child` 调用 exit(3)。"},
        {{DOES(DO_READ, 4, E_OK, 1)},
         "Bytes have come, so read(2) of `child` takes 4 bytes; left in the "
         "pipe: 7.",
         "数据到来，`child` 的 read(2) 读走 4 个字节（还剩 7）。"},
        {{DOES(DO_WRITE, 10000, E_OK, 1)},
         "write(2) of `child` is done at last: it has put 10000 bytes in.",
         "`child` 的 write(2) 终于完成：写入了 10000 个字节。"},
        {{DOES(DO_WRITE, 4096, E_OK, 1)},
         "write(2) of `child` is cut short: it returns after 4096 bytes of "
         "10000.",
         "`child` 的 write(2) 提前返回：只写入了 4096 个字节（共 10000）。"},
        {{DOES(DO_WRITE, -1, E_EPIPE, 0)},
         "No process has the read end open any more, so write(2) of `child` "
         "fails with EPIPE.",
         "管道的读端已全部关闭，`child` 的 write(2) 失败，错误为 EPIPE。"},
        {{DOES(DO_WRITE, -1, E_EPIPE, 0), GETS(13, -2, FATE_PENDING)},
         "No process has the read end open any more, so the kernel sends "
         "SIGPIPE; `child` cannot take it at the moment, so the signal waits, "
         "and write(2) fails with EPIPE.",
         "管道的读端已全部关闭，内核发来 SIGPIPE；`child` 此刻无法处理，"
         "信号保持未决，write(2) 失败，错误为 EPIPE。"});
}

TEST("signals whose end is still to come")
{
    EXPECT_ALL(
        {{GETS(15, -1, FATE_KILLS)},
         "SIGTERM from the user reaches `child`, and its default action ends "
         "the process.",
         "来自用户的 SIGTERM 到达 `child`，其默认动作将终止该进程。"},
        {{GETS(19, 0, FATE_STOPS)},
         "SIGSTOP from `parent` reaches `child` and stops it.",
         "来自 `parent` 的 SIGSTOP 到达 `child`，使它停止。"},
        {{DOES(DO_SLEEP, 0, E_OK, 1)},
         "The time had come while `child` was suspended; now that it goes on, "
         "sleep returns.",
         "`child` 挂起期间时间已到；现在它继续运行，sleep 随即返回。"},
        {{GETS(17, -2, FATE_MERGED)},
         "SIGCHLD from the kernel has come once more before `child` could see "
         "to it: its handler runs once for all.",
         "来自内核的 SIGCHLD 在 `child` 来得及处理之前又来了一次：处理函数只为"
         "它们执行一次。"},
        {{GETS(18, -2, FATE_CONTINUES)},
         "SIGCONT from the kernel reaches `child` and lets it go on.",
         "来自内核的 SIGCONT 到达 `child`，让它继续。"},
        {{MOVES(T_KILL, WHY_KILLED, 11, -2)},
         "The kernel has sent SIGSEGV, and its default action ends `child`; "
         "it stays a zombie until `parent` waits for it: running → "
         "terminated.",
         "内核发来 SIGSEGV，其默认动作终止了 `child`；"
         "在 `parent` 等待它之前是僵尸进程：运行 → 终止。"});
}

TEST("sleeping, waking and being stopped")
{
    EXPECT_ALL(
        {{BLOCKS(DO_READ, WAIT_NOTHING),
          MOVES(T_BLOCK, WHY_BLOCKED, DO_READ, 0)},
         "`child` cannot go on in read(2) yet, so it sleeps: running → "
         "blocked.",
         "`child` 的 read(2) 暂时无法完成，因此睡眠：运行 → 阻塞。"},
        {{BLOCKS(DO_READ, WAIT_READ), MOVES(T_BLOCK, WHY_BLOCKED, DO_READ, 0),
          MOVES(T_WAKE, WHY_CHILD_ENDED, -1, 0)},
         "`child` need not wait any longer, but it is stopped, and its call goes "
         "on only when it is activated: blocked → ready.",
         "`child` 已不必再等，但它处于停止状态，激活后调用才继续：阻塞 → 就绪。"},
        {{BLOCKS(DO_READ, WAIT_READ), MOVES(T_BLOCK, WHY_BLOCKED, DO_READ, 0),
          MOVES(T_WAKE, WHY_STILL_WAITING, -1, 0)},
         "Being stopped has cut the call of `child` short: blocked → ready.",
         "停止使 `child` 的调用提前返回：阻塞 → 就绪。"},
        {{BLOCKS(DO_READ, WAIT_READ), MOVES(T_BLOCK, WHY_BLOCKED, DO_READ, 0),
          MOVES(T_WAKE, WHY_DATA_CAME, 0, 0)},
         "`parent` has written into the pipe, just what `child` was waiting "
         "for: blocked → ready.",
         "`parent` 向管道写入了数据，正是 `child` 所等的：阻塞 → 就绪。"},
        {{MOVES(T_SUSPEND, WHY_USER, 0, 0),
          {.t = 4, .kind = EV_USER, .sub = ACTION_ACTIVATE, .cpu = 1,
           .proc = 1},
          MOVES(T_ACTIVATE, WHY_USER, 0, 0)},
         "The user wants `child` back, and there is memory for it: "
         "ready-suspended → ready.",
         "用户激活 `child`，内存也足够：就绪挂起 → 就绪。"},
        {{{.t = 4, .kind = EV_USER, .sub = ACTION_KILL, .cpu = 1,
           .proc = NO_PROC, .val = REFUSED_ABSENT}},
         "The user wants to kill a process that is not there.",
         "用户要求执行“终止”，但该进程不存在。"},
        {{{.t = 4, .kind = EV_USER, .sub = ACTION_ACTIVATE, .cpu = 1,
           .proc = 1, .val = REFUSED_WAITS}},
         "The user wants to activate `child` once more, but it waits for its "
         "memory already.",
         "用户再次要求对 `child` 执行“激活”，但它已在等待内存。"});
}

TEST("a stopped sleeper goes on sleeping, or has been overtaken")
{
    struct story st;
    two_running(&st);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    story_move(&st, 4, 1, T_SUSPEND, WHY_STOP_SIGNAL, 0, 0);
    story_move(&st, 5, 1, T_ACTIVATE, WHY_STILL_WAITING, 0, 0);
    expect(&st,
           "`child` is back, but what it waits for in read(2) has not come, "
           "so it sleeps on: blocked-suspended → blocked.",
           "`child` 已激活，但 read(2) 所等的仍未到来，继续睡眠："
           "阻塞挂起 → 阻塞。");
    story_move(&st, 6, 1, T_SUSPEND, WHY_STOP_SIGNAL, 0, 0);
    story_move(&st, 7, 1, T_WAKE, WHY_DATA_CAME, 0, 0);
    story_move(&st, 8, 1, T_RESLEEP, WHY_STILL_WAITING, 0, 0);
    expect(&st,
           "`child` was woken while it was suspended, but others were faster, "
           "so it sleeps in read(2) again: ready-suspended → blocked.",
           "`child` 在挂起期间曾被唤醒，但别的进程抢先一步，"
           "它又在 read(2) 中睡眠：就绪挂起 → 阻塞。");
    story_end(&st);
}

TEST("who alone holds the other end is told so; bytes may come again")
{
    struct story st;
    two_running(&st);
    closes(&st, 3, 0, 4);
    story_sleep(&st, 3, 1, DO_READ, WAIT_READ, 0, 0);
    expect(&st,
           "The pipe is empty and only `child` itself still has its write end "
           "open, so it sleeps in read(2) and nobody is left who could write: "
           "running → blocked.",
           "管道为空，而写端只剩 `child` 自己打开着，它在 read(2) 中睡眠，"
           "再没有谁能写入数据：运行 → 阻塞。");
    story_op(&st, 6, 1, DO_READ, 4, E_OK);
    story_move(&st, 6, 1, T_WAKE, WHY_ROOM_CAME, 0, 0);
    expect(&st,
           "There are bytes again in the pipe for `child`, and read(2) "
           "returns 4: blocked → ready.",
           "管道中又有了可供 `child` 读取的数据，read(2) 返回 4："
           "阻塞 → 就绪。");
    story_end(&st);
}

TEST("a child is reaped late, by whom it may concern")
{
    struct story st;
    const struct event by_init = {.t = 5, .kind = EV_REAP, .cpu = NO_CPU,
                                  .proc = 1, .obj = INIT_PROC};
    const struct event by_parent = {.t = 5, .kind = EV_REAP, .cpu = NO_CPU,
                                    .proc = 1, .obj = 0};
    two_running(&st);
    story_move(&st, 4, 1, T_EXIT, WHY_EXITED, 0, 0);
    story_op(&st, 5, 0, DO_CPU, 0, E_OK);
    story_say(&st, by_init);
    expect(&st,
           "`parent` ignores SIGCHLD, so nobody has to wait for `child`: it "
           "is gone at once.",
           "`parent` 忽略 SIGCHLD，无需谁来等待 `child`：它立即彻底消失。");
    story_end(&st);
    two_running(&st);
    story_move(&st, 4, 1, T_EXIT, WHY_EXITED, 0, 0);
    story_say(&st, by_parent);
    story_say(&st, (struct event){.t = 5, .kind = EV_OP, .cpu = 1, .proc = 0,
                                  .obj = NO_PAYLOAD, .aux = DO_WAIT,
                                  .val = 2});
    expect(&st,
           "`child` has ended, so waitpid(2) of `parent` returns with exit "
           "code 0, and the zombie is gone.",
           "`child` 已结束，`parent` 的 waitpid(2) 返回并取得退出码 0，"
           "僵尸进程被回收。");
    story_end(&st);
}

TEST("deadlock of those who wait for memory or to be activated")
{
    struct story st;
    two_running(&st);
    story_create(&st, 3, 2, INIT_PROC);
    st.sc.machine.memory = 5; /* of which 6 are taken */
    story_say(&st, (struct event){.t = 4, .kind = EV_DEADLOCK, .proc = 2,
                                  .cpu = NO_CPU});
    expect(&st,
           "`other` waits for memory, held by `parent` and `child`, who will "
           "never give it back: deadlock.",
           "`other` 等待内存，而占有它的 `parent` 和 `child` 永远不会归还："
           "死锁。");
    story_move(&st, 4, 1, T_SUSPEND, WHY_USER, 0, 0);
    story_say(&st, (struct event){.t = 5, .kind = EV_DEADLOCK, .proc = 1,
                                  .cpu = NO_CPU});
    expect(&st, "`child` is suspended, and so it stays unless somebody "
                "activates it.",
           "`child` 处于挂起状态，除非有人激活它，否则不会再继续。");
    story_end(&st);
    two_running(&st);
    story_move(&st, 4, 1, T_SUSPEND, WHY_STOP_SIGNAL, 0, 0);
    story_say(&st, (struct event){.t = 5, .kind = EV_DEADLOCK, .proc = 1,
                                  .cpu = NO_CPU});
    expect(&st, "`child` waits for “SIGCONT”, which will never come: deadlock.",
           "`child` 等待“SIGCONT”，而它永远不会到来：死锁。");
    story_move(&st, 5, 0, T_SUSPEND, WHY_USER, 0, 0);
    story_say(&st, (struct event){.t = 6, .kind = EV_STOP, .cpu = NO_CPU,
                                  .sub = STOP_DEADLOCK, .proc = NO_PROC});
    expect(&st, "Nothing happens any more by itself, and 2 processes are still "
                "suspended: the run stops here.",
           "不会再自行发生任何事，而仍有 2 个进程处于挂起状态：运行到此为止。");
    story_end(&st);
}

TEST("how runs end, and where the clock alone has moved")
{
    struct story st;
    story_begin(&st, small);
    story_create(&st, 0, 0, INIT_PROC);
    story_say(&st, (struct event){.t = 9, .kind = EV_AT, .cpu = NO_CPU,
                                  .proc = 0});
    expect(&st, "The clock reads 9.", "时钟为 9。");
    story_say(&st, (struct event){.t = 9, .kind = EV_STOP, .cpu = NO_CPU,
                                  .sub = STOP_UNTIL, .proc = NO_PROC});
    expect(&st, "The clock reads 9, where the run was to stop.",
           "时钟到 9，运行按要求停止。");
    story_say(&st, (struct event){.t = 9, .kind = EV_STOP, .cpu = NO_CPU,
                                  .sub = STOP_FINISHED, .proc = NO_PROC});
    expect(&st, "The only process has ended: the run is finished at 9.",
           "唯一的进程已结束：运行在时刻 9 完成。");
    story_say(&st, (struct event){.t = 9, .kind = EV_STOP, .cpu = NO_CPU,
                                  .sub = STOP_ENDLESS, .proc = 0});
    expect(&st,
           "`parent` goes on and on without using any time: this instant would "
           "never be over, so the run stops here.",
           "`parent` 不断执行而不消耗任何时间，这一时刻永远不会结束，运行到此为止。");
    story_end(&st);
}

static void diverge(struct story *st, const char *text)
{
    int32_t payload = trace_store(&st->tr, text, strlen(text));
    story_say(st, (struct event){.t = 4, .kind = EV_DIVERGE, .proc = 1,
                                 .obj = payload, .aux = DO_READ,
                                 .cpu = NO_CPU});
}

TEST("a difference from the kernel is told side by side")
{
    struct story st;
    two_running(&st);
    diverge(&st, "{\"model\": {\"ret\": 1}, \"kernel\": {\"ret\": 2}}");
    expect(&st,
           "Model and kernel differ about read(2) of `child`: the model has "
           "{\"ret\": 1}, the kernel {\"ret\": 2}.",
           "模型与内核对 `child` 的 read(2) 结果不一致：模型为 {\"ret\": 1}，"
           "内核为 {\"ret\": 2}。");
    diverge(&st, "{\"other\": 3}");
    expect(&st,
           "Model and kernel differ about read(2) of `child`: {\"other\": 3}.",
           "模型与内核对 `child` 的 read(2) 结果不一致：{\"other\": 3}。");
    story_end(&st);
}

TEST("a step of two tells the main one first, and alone where room is short")
{
    struct story st;
    two_running(&st);
    story_say(&st, (struct event){.t = 4, .kind = EV_SIGNAL, .sub = 18,
                                  .cpu = NO_CPU, .proc = 0, .obj = 1,
                                  .val = FATE_CONTINUES});
    story_move(&st, 4, 1, T_PREEMPT, WHY_PREEMPTED, 0, 0);
    expect(&st,
           "`parent` is more urgent, so `child` has to give up the CPU: "
           "running → ready. SIGCONT from `child` reaches `parent` and lets "
           "it go on.",
           "`parent` 更紧急，`child` 必须让出 CPU：运行 → 就绪。来自 `child` "
           "的 SIGCONT 到达 `parent`，让它继续。");
    struct str s = {0};
    explain_main(&st.w, &st.tr, st.tr.count, LANG_EN, &s);
    EXPECT_EQ_STR(str_text(&s), "`parent` is more urgent, so `child` has to "
                  "give up the CPU: running → ready.");
    str_free(&s);
    story_end(&st);
}
