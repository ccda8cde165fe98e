/* t6214-share-says.c: the why line of lottery, stride, cfs and eevdf: the
 * numbers that decided, in both languages. */
#include "tests/says.h"
#include "tests/story_lines.h"

TEST("lottery says the number")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'lottery', 'quantum': 2, 'draws': [57, 120, "
        "3]}, "
        "'processes': ["
        "{'name': 'A', 'tickets': 50, 'bursts': [4]}, "
        "{'name': 'B', 'tickets': 100, 'bursts': [4]}]}",
        {"CPU 0 takes `B` for at most 2 ticks: of 150 tickets number 57 is "
         "drawn, and it holds 50 to 149: ready → running.",
         "CPU 0 选中 `B`，最多运行 2 个滴答：从 150 张彩票中抽到第 57 号，它持"
         "有第 50 至 149 号：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 1 other is ready, so the next "
         "ticket is drawn; `B` holds 100: running → ready.",
         "2 个滴答的时间片用完，有 1 个其他进程就绪，于是再次抽签；`B` 持有 "
         "100 张彩票：运行 → 就绪。"});
}

TEST("stride compares passes")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'stride', 'quantum': 2}, "
        "'processes': ["
        "{'name': 'A', 'tickets': 50, 'bursts': [5]}, "
        "{'name': 'B', 'tickets': 250, 'bursts': [9]}]}",
        {"CPU 0 takes `A` for at most 2 ticks: its pass of 0 is the least; "
         "`B`, next, has the same but was created later: ready → running.",
         "CPU 0 选中 `A`，最多运行 2 个滴答：它的行程值为 0，是最小的；其次是 "
         "`B`，数值相同，但创建较晚：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 1 other is ready; `A` has come on, "
         "its pass is 200 now: running → ready.",
         "2 个滴答的时间片用完，有 1 个其他进程就绪；`A` 前进到行程值 200：运行"
         " → 就绪。"},
        {"CPU 0 takes `B` for at most 2 ticks: its pass of 0 is the least; "
         "`A`, next, is at 200: ready → running.",
         "CPU 0 选中 `B`，最多运行 2 个滴答：它的行程值为 0，是最小的；其次是 "
         "`A`，为 200：就绪 → 运行。"},
        {"The slice of `B` is over, but its pass of 40 is still the least, so "
         "it gets another 2 ticks.",
         "`B` 的时间片用完，但它的行程值 40 仍是最小的，于是再得到 2 个滴答。"},
        {"CPU 0 takes `A` for at most 2 ticks: nobody else is ready; its pass "
         "is 200: ready → running.",
         "CPU 0 选中 `A`，最多运行 2 个滴答：没有其他就绪进程；它的行程值为 200"
         "：就绪 → 运行。"});
}

TEST("cfs: virtual runtimes and slices by weight")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'cfs', 'latency': 12, 'min_granularity': 2}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [9]}, "
        "{'name': 'B', 'nice': 5, 'bursts': [3, 4, 2]}, "
        "{'name': 'C', 'arrival': 1, 'bursts': [1, 20, 3]}]}",
        {"CPU 0 takes `A` for at most 9 ticks: its virtual runtime of 0 is the "
         "least; `B`, next, has the same but was created later; its slice is "
         "its share of the latency, 12 × 1024 / 1359 = 9.042: ready → running.",
         "CPU 0 选中 `A`，最多运行 9 个滴答：它的虚拟运行时间为 0，是最小的；其"
         "次是 `B`，数值相同，但创建较晚；时间片按权重分享延迟：12 × 1024 / "
         "1359 = 9.042：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 1 other is ready; `B` has a virtual "
         "runtime of 6.113 now: running → ready.",
         "2 个滴答的时间片用完，有 1 个其他进程就绪；`B` 的虚拟运行时间现在为 "
         "6.113：运行 → 就绪。"},
        {"CPU 0 takes `C` for at most 9 ticks: its virtual runtime of 0 is the "
         "least; `B`, next, has 6.113; its slice is its share of the latency, "
         "12 × 1024 / 1359 = 9.042: ready → running.",
         "CPU 0 选中 `C`，最多运行 9 个滴答：它的虚拟运行时间为 0，是最小的；其"
         "次是 `B`，为 6.113；时间片按权重分享延迟：12 × 1024 / 1359 = 9.042："
         "就绪 → 运行。"},
        {"CPU 0 takes `B` for at most 12 ticks: nobody else is ready; its "
         "virtual runtime is 6.113; its slice is its share of the latency, 12 "
         "× 335 / 335 = 12: ready → running.",
         "CPU 0 选中 `B`，最多运行 12 个滴答：没有其他就绪进程；它的虚拟运行时"
         "间为 6.113；时间片按权重分享延迟：12 × 335 / 335 = 12：就绪 → 运行。"});
}

TEST("cfs: a newcomer far behind")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'cfs', 'min_granularity': 1}, "
        "'processes': ["
        "{'name': 'C', 'bursts': [1, 6, 2]}, "
        "{'name': 'B', 'bursts': [1, 1, 3]}, "
        "{'name': 'A', 'bursts': [20]}]}",
        {"`C` has just become ready with a virtual runtime of 1; even its "
         "least slice, 1 of virtual time, would leave it behind `A` with 5, so "
         "`A` has to give up the CPU: running → ready.",
         "`C` 刚刚就绪，虚拟运行时间为 1；即使再加上它的最小时间片（虚拟时间 1"
         "），仍小于 `A` 的 5，`A` 必须让出 CPU：运行 → 就绪。"});
}

TEST("cfs: behind even after a slice")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'cfs', 'latency': 12, 'min_granularity': 1}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [30]}, "
        "{'name': 'B', 'nice': 19, 'bursts': [3]}]}",
        {"CPU 0 takes `B` for at most 1 tick: its virtual runtime of 0 is the "
         "least; `A`, next, has 11; its share of the latency, 12 × 15 / 1039 = "
         "0.173, would be less than the least slice, 1: ready → running.",
         "CPU 0 选中 `B`，最多运行 1 个滴答：它的虚拟运行时间为 0，是最小的；其"
         "次是 `A`，为 11；按权重分享延迟只有 12 × 15 / 1039 = 0.173，小于最小"
         "时间片 1：就绪 → 运行。"},
        {"The slice of `A` is over, but its virtual runtime of 22 is still the "
         "least, so it gets another 11 ticks.",
         "`A` 的时间片用完，但它的虚拟运行时间 22 仍是最小的，于是再得到 11 个"
         "滴答。"});
}

TEST("eevdf: one request after the other")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'eevdf', 'slice': 3}, "
        "'processes': ["
        "{'name': 'A', 'nice': -10, 'bursts': [14]}, "
        "{'name': 'B', 'bursts': [6]}]}",
        {"CPU 0 takes `A` for at most 3 ticks: it is not ahead of its share "
         "(lag 0), and of all who are not its virtual deadline 0.322 is the "
         "earliest; `B`, next, has 3: ready → running.",
         "CPU 0 选中 `A`，最多运行 3 个滴答：它没有超出应得份额（滞后量 0），在"
         "这样的进程中它的虚拟截止时间 0.322 最早；其次是 `B`，为 3：就绪 → 运"
         "行。"},
        {"The request of 3 ticks is used up and 1 other is ready; `A` asks for "
         "the next, with the virtual deadline 0.643: running → ready.",
         "3 个滴答的请求用完，有 1 个其他进程就绪；`A` 提出下一个请求，虚拟截止"
         "时间为 0.643：运行 → 就绪。"},
        {"CPU 0 takes `B` for at most 3 ticks: it is not ahead of its share "
         "(lag 0.291), and of all who are not its virtual deadline 3 is the "
         "earliest; `A`, next, is ahead of its share (lag -0.031): ready → "
         "running.",
         "CPU 0 选中 `B`，最多运行 3 个滴答：它没有超出应得份额（滞后量 0.291）"
         "，在这样的进程中它的虚拟截止时间 3 最早；其次是 `A`，已超出应得份额（"
         "滞后量 -0.031）：就绪 → 运行。"},
        {"The request of `A` is used up, but it is not ahead of its share and "
         "its next virtual deadline 0.965 is the earliest, so it gets another "
         "3 ticks.",
         "`A` 的请求用完，但它没有超出应得份额，且下一个虚拟截止时间 0.965 最早"
         "，于是再得到 3 个滴答。"},
        {"CPU 0 takes `B` for at most 3 ticks: nobody else is ready; its lag "
         "is 0 and its virtual deadline 6: ready → running.",
         "CPU 0 选中 `B`，最多运行 3 个滴答：没有其他就绪进程；它的滞后量为 0，"
         "虚拟截止时间为 6：就绪 → 运行。"});
}

TEST("eevdf: lags and virtual deadlines")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'eevdf', 'slice': 3}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [14]}, "
        "{'name': 'B', 'nice': 5, 'bursts': [6, 5, 4]}, "
        "{'name': 'C', 'arrival': 4, 'nice': -3, 'bursts': [3, 4, 1, 2, 4]}]}",
        {"`C` has just become ready, is not ahead of its share (lag 0), and "
         "its virtual deadline 4.557 is before the 9.17 of `B`, so `B` has to "
         "give up the CPU: running → ready.",
         "`C` 刚刚就绪，没有超出应得份额（滞后量 0），其虚拟截止时间 4.557 早于"
         " `B` 的 9.17，`B` 必须让出 CPU：运行 → 就绪。"});
}

TEST("eevdf: all are ahead")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'eevdf', 'slice': 3}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [9]}, "
        "{'name': 'B', 'bursts': [9]}, "
        "{'name': 'C', 'arrival': 2, 'bursts': [9]}]}",
        {"CPU 1 takes `A` for at most 3 ticks: all who are ready are ahead of "
         "their shares, and it is so least (lag -0.333): ready → running.",
         "CPU 1 选中 `A`，最多运行 3 个滴答：就绪进程都已超出应得份额，它超出最"
         "少（滞后量 -0.333）：就绪 → 运行。"});
}

TEST("more tickets than an event has room for")
{
    struct story st;
    story_begin(&st, (struct machine){.cpus = 1});
    st.sc.scheduler = (struct scheduler){
        .policy = "lottery", .name = POLICY_lottery, .quantum = 2};
    for (int i = 0; i < 3; i++) {
        st.def[i].tickets = INT32_MAX;
        story_create(&st, 0, i, INIT_PROC);
        story_admit(&st, 0, i);
    }
    story_say(&st, (struct event){.kind = EV_DRAW, .proc = 2, .aux = -1,
                                  .sub = 1, .val = 5000000000});
    story_say(&st, (struct event){.kind = EV_STATE, .sub = T_DISPATCH,
                                  .proc = 2, .obj = WHY_POLICY, .aux = NONE,
                                  .val = 2});
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "CPU 0 takes `other` for at most 2 ticks: ticket number "
                  "5000000000 is drawn, and it holds 4294967294 to 6442450940: "
                  "ready → running.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "CPU 0 选中 `other`，最多运行 2 个滴答：抽到第 5000000000 号"
                  "彩票，它持有第 4294967294 至 6442450940 号：就绪 → 运行。");
    EXPECT_EQ_STR(why(&st), "dispatched: ticket 5000000000");
    story_end(&st);
}
