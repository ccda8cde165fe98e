/* t6216-elsewhere-says.c: what the why line says where not everybody may run
 * everywhere, where each CPU has a queue of its own, and what moving costs. */
#include "tests/says.h"
#include "tests/story_lines.h"

TEST("a better one may not run there")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'srtf'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [1], 'affinity': [1]}, "
        "{'name': 'B', 'bursts': [2], 'affinity': [1]}, "
        "{'name': 'C', 'bursts': [4]}, "
        "{'name': 'D', 'bursts': [5]}]}",
        {"CPU 0 takes `C`: `A` would come first but may not run on CPU 0; of "
         "those who may, it does: it needs 4 ticks more; `D`, next, needs 5 "
         "ticks: ready → running.",
         "CPU 0 选中 `C`：`A` 本应优先，但不允许在 CPU 0 上运行；在允许的进程"
         "中轮到它：它还需要 4 个滴答；其次是 `D`，还需要 5 个滴答：就绪 → "
         "运行。"});
}

TEST("the line decides, but for one who may not run there")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'mlfq', 'levels': [{'quantum': 4}]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [6]}, "
        "{'name': 'B', 'bursts': [4], 'affinity': [0]}, "
        "{'name': 'C', 'bursts': [4]}, "
        "{'name': 'D', 'bursts': [3]}]}",
        {"CPU 1 takes `C` for at most 4 ticks: it is on level 0; `D`, next, is "
         "on the same level but stands behind it; `B` is on the same level but "
         "may not run on CPU 1: ready → running.",
         "CPU 1 选中 `C`，最多运行 4 个滴答：它在第 0 级；其次是 `D`，在同一级，"
         "但排在后面；`B` 在同一级，但不允许在 CPU 1 上运行：就绪 → 运行。"});
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'priority'}, "
        "'processes': ["
        "{'name': 'A', 'priority': 1, 'bursts': [6]}, "
        "{'name': 'B', 'priority': 2, 'bursts': [4], 'affinity': [0]}, "
        "{'name': 'C', 'priority': 2, 'bursts': [4]}, "
        "{'name': 'D', 'priority': 2, 'bursts': [3]}]}",
        {"CPU 1 takes `C`: its priority is 2; `D`, next, has the same but "
         "stands behind it; `B` has the same but may not run on CPU 1: ready "
         "→ running.",
         "CPU 1 选中 `C`：它的优先数为 2；其次是 `D`，数值相同，但排在后面；"
         "`B` 数值相同，但不允许在 CPU 1 上运行：就绪 → 运行。"});
}

TEST("nor may who is first in line")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'fcfs'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [1]}, "
        "{'name': 'B', 'bursts': [2], 'affinity': [0]}, "
        "{'name': 'C', 'bursts': [4]}, "
        "{'name': 'D', 'bursts': [5]}]}",
        {"CPU 1 is free; `B` is first in the ready queue but may not run "
         "there, so it is given to `C` (2 others are ready), which runs until "
         "it blocks or ends: ready → running.",
         "CPU 1 空闲；`B` 排在就绪队列之首，但不允许在它上面运行，于是轮到 "
         "`C`（有 2 个其他进程就绪），直到阻塞或结束：就绪 → 运行。"});
}

TEST("a scan passes over who may not run there")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'xv6'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [2]}, "
        "{'name': 'B', 'bursts': [2], 'affinity': [0]}, "
        "{'name': 'C', 'bursts': [2]}, "
        "{'name': 'D', 'bursts': [2]}]}",
        {"CPU 1 takes `C` for at most 1 tick: the scan of the process table "
         "begins at its top and comes to number 3, passing over `B`, number "
         "2, which may not run on CPU 1; `D`, next, is number 4: ready → "
         "running.",
         "CPU 1 选中 `C`，最多运行 1 个滴答：进程表的扫描从头开始，遇到 3 "
         "号，途中跳过不允许在 CPU 1 上运行的 `B`（2 号）；其次是 `D`，为 4 "
         "号：就绪 → 运行。"});
}

TEST("a draw among those who may run there")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'lottery', 'quantum': 2, 'draws': [7, 30, 3, "
        "3, 3]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [2], 'tickets': 10}, "
        "{'name': 'B', 'bursts': [2], 'affinity': [0], 'tickets': 20}, "
        "{'name': 'C', 'bursts': [2], 'tickets': 40}]}",
        {"CPU 1 takes `C` for at most 2 ticks: of the 40 tickets of those who "
         "may run on CPU 1 number 30 is drawn, and it holds 0 to 39: ready → "
         "running.",
         "CPU 1 选中 `C`，最多运行 2 个滴答：从允许在 CPU 1 上运行的进程的 40 "
         "张彩票中抽到第 30 号，它持有第 0 至 39 号：就绪 → 运行。"});
}

TEST("under eevdf, too")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'eevdf', 'slice': 3}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [5], 'affinity': [0]}, "
        "{'name': 'B', 'bursts': [5], 'affinity': [1], 'nice': -5}, "
        "{'name': 'C', 'bursts': [4], 'affinity': [1]}, "
        "{'name': 'D', 'bursts': [3]}, "
        "{'name': 'E', 'bursts': [9]}]}",
        {"CPU 0 takes `A` for at most 3 ticks: `B` would come first but may "
         "not run on CPU 0; of those who may, it does: its lag is 0 and its "
         "virtual deadline 3; `D`, next, has the same but was created later: "
         "ready → running.",
         "CPU 0 选中 `A`，最多运行 3 个滴答：`B` 本应优先，但不允许在 CPU 0 上"
         "运行；在允许的进程中轮到它：它的滞后量为 0，虚拟截止时间为 "
         "3；其次是 `D`，数值相同，但创建较晚：就绪 → 运行。"},
        {"CPU 1 takes `C` for at most 3 ticks: nobody else in the queue may "
         "run on CPU 1; its lag is -0.333 and its virtual deadline 6: ready → "
         "running.",
         "CPU 1 选中 `C`，最多运行 3 个滴答：队列中没有其他进程允许在 CPU 1 "
         "上运行；它的滞后量为 -0.333，虚拟截止时间为 6：就绪 → 运行。"});
}

TEST("queues of their own")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2, 'migration': 2}, "
        "'scheduler': {'policy': 'rr', 'quantum': 2, 'queues': 'per-cpu', "
        "'steal': true}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3]}, "
        "{'name': 'B', 'bursts': [5]}, "
        "{'name': 'C', 'bursts': [2]}, "
        "{'name': 'D', 'bursts': [5]}, "
        "{'name': 'E', 'bursts': [1]}, "
        "{'name': 'F', 'bursts': [1]}]}",
        {"CPU 0 is free and `A` is first in its queue (2 others wait behind "
         "it), so it runs for at most 2 ticks: ready → running.",
         "CPU 0 空闲，`A` 排在它的队列之首（后面还有 2 个进程），于是开始运行"
         "，最多运行 2 个滴答：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 2 others wait in its queue, so `A` "
         "goes to the tail of the queue: running → ready.",
         "2 个滴答的时间片用完，它的队列中还有 2 个进程，`A` "
         "回到就绪队列末尾：运行 → 就绪。"},
        {"The queue of CPU 0 is empty, so it takes `D`, whose turn it is, "
         "from the longest queue in which somebody may run on it, that of CPU "
         "1, where 1 process waited.",
         "CPU 0 的队列为空，于是从有进程可移来的最长队列，即 CPU 1 的队列（1 "
         "个进程在等），取来轮到的 `D`。"},
        {"CPU 0 goes over from `A` to `D`, first in line for it. Nobody "
         "computes meanwhile: the migration from CPU 1 takes 2 ticks.",
         "CPU 0 从 `A` 转向等待它的队首进程 `D`。期间没有进程计算：从 CPU 1 "
         "迁移来需要 2 个滴答。"},
        {"The slice of `B` is over, but nobody else waits in its queue, so it "
         "simply gets another 2 ticks.",
         "`B` 的时间片用完，但它的队列中没有其他进程，于是再得到 2 个滴答。"});
}

TEST("one other in a queue")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'stride', 'quantum': 2, 'queues': "
        "'per-cpu'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [9], 'tickets': 500}, "
        "{'name': 'B', 'bursts': [5]}, "
        "{'name': 'C', 'bursts': [2], 'tickets': 10}]}",
        {"The slice of 2 ticks is over and 1 other waits in its queue; `A` "
         "has come on, its pass is 20 now: running → ready.",
         "2 个滴答的时间片用完，它的队列中还有 1 个进程；`A` 前进到行程值 "
         "20：运行 → 就绪。"});
}

TEST("the best of a queue, and nobody else in it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2, 'context_switch': 1, 'migration': 3}, "
        "'scheduler': {'policy': 'priority', 'queues': 'per-cpu', 'steal': "
        "true}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [2], 'priority': 3}, "
        "{'name': 'B', 'bursts': [9], 'priority': 2}, "
        "{'name': 'C', 'bursts': [2], 'priority': 1}, "
        "{'name': 'D', 'bursts': [5], 'priority': 4}, "
        "{'name': 'F', 'bursts': [4], 'priority': 5, 'arrival': 1}]}",
        {"CPU 0 takes `C`: of those in its queue, its priority 1 is the most "
         "urgent; `A`, next, has 3: ready → running.",
         "CPU 0 选中 `C`：在它的队列中，它的优先数为 1，最紧急；其次是 "
         "`A`，为 3：就绪 → 运行。"},
        {"CPU 0 goes over to `F`: nobody else waits in the queue of CPU 0; "
         "its priority is 5. Nobody computes meanwhile: the context switch "
         "takes 1 tick.",
         "CPU 0 转向 `F`：CPU 0 的队列中没有其他进程；它的优先数为 5。期间没有"
         "进程计算：上下文切换需要 1 个滴答。"},
        {"CPU 0 has gone over to `F`, which took 1 tick, so it runs until it "
         "blocks or ends: ready → running.",
         "CPU 0 用 1 个滴答转向了 `F`，于是它开始运行，直到阻塞或结束：就绪 → "
         "运行。"});
}

TEST("a switch and a migration at once")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2, 'migration': 2, 'context_switch': 1}, "
        "'scheduler': {'policy': 'rr', 'quantum': 2, 'queues': 'per-cpu', "
        "'steal': true}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3]}, "
        "{'name': 'B', 'bursts': [5]}, "
        "{'name': 'C', 'bursts': [2]}, "
        "{'name': 'D', 'bursts': [5]}, "
        "{'name': 'E', 'bursts': [1]}, "
        "{'name': 'F', 'bursts': [1]}]}",
        {"CPU 0 goes over from `A` to `D`, first in line for it. Nobody "
         "computes meanwhile: the context switch takes 1 tick and the "
         "migration from CPU 1 another 2 ticks, together 3 ticks.",
         "CPU 0 从 `A` 转向等待它的队首进程 `D`。期间没有进程计算：上下文切换"
         "需要 1 个滴答，从 CPU 1 迁移来又需要 2 个滴答，共 3 个滴答。"});
}

TEST("a slice goes on though a better one is ready elsewhere")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'priority', 'quantum': 2}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [5], 'priority': 1}, "
        "{'name': 'B', 'bursts': [5], 'priority': 2}, "
        "{'name': 'C', 'bursts': [5], 'priority': 0, 'affinity': [1]}, "
        "{'name': 'D', 'bursts': [5], 'priority': 0, 'affinity': [1]}]}",
        {"The slice of `A` is over, but of those who wait for CPU 0 nobody "
         "comes before it, so it gets another 2 ticks.",
         "`A` 的时间片用完，但等待 CPU 0 的进程都不比它优先，于是再得到 2 "
         "个滴答。"});
}

TEST("tickets of which no draw is told")
{
    struct story st;
    story_begin(&st, (struct machine){.cpus = 1});
    st.sc.scheduler = (struct scheduler){
        .policy = "lottery", .name = POLICY_lottery, .quantum = 2};
    st.def[0].tickets = 30;
    story_create(&st, 0, 0, INIT_PROC);
    story_admit(&st, 0, 0);
    story_say(&st, (struct event){.kind = EV_STATE, .sub = T_DISPATCH,
                                  .obj = WHY_POLICY, .aux = NONE, .val = 2});
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "CPU 0 takes `parent` for at most 2 ticks: it holds 30 "
                  "tickets: ready → running.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "CPU 0 选中 `parent`，最多运行 2 个滴答：它持有 30 张彩票：就"
                  "绪 → 运行。");
    story_end(&st);
}
