/* t6212-policy-says.c: the why line of sjf, srtf, hrrn, priority and mlfq: the
 * numbers that decided, in both languages. */
#include "tests/says.h"

TEST("sjf compares the next bursts")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'sjf'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3]}, "
        "{'name': 'B', 'arrival': 1, 'bursts': [6]}, "
        "{'name': 'C', 'arrival': 2, 'bursts': [4]}, "
        "{'name': 'D', 'arrival': 3, 'bursts': [4]}]}",
        {"CPU 0 takes `A`: nobody else is ready; its next burst needs 3 ticks: "
         "ready → running.",
         "CPU 0 选中 `A`：没有其他就绪进程；它的下一个 CPU 区间为 3 个滴答：就"
         "绪 → 运行。"},
        {"CPU 0 takes `C`: its next burst of 4 ticks is the shortest; `D`, "
         "next, has the same but was created later: ready → running.",
         "CPU 0 选中 `C`：它的下一个 CPU 区间为 4 个滴答，是最短的；其次是 `D`"
         "，数值相同，但创建较晚：就绪 → 运行。"},
        {"CPU 0 takes `D`: its next burst of 4 ticks is the shortest; `B`, "
         "next, would need 6 ticks: ready → running.",
         "CPU 0 选中 `D`：它的下一个 CPU 区间为 4 个滴答，是最短的；其次是 `B`"
         "，需要 6 个滴答：就绪 → 运行。"});
}

TEST("what is a guess is called one")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'sjf', 'estimate': {'alpha': 0.5, 'initial': "
        "10}}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3, 1, 2]}, "
        "{'name': 'B', 'bursts': [6]}, "
        "{'name': 'C', 'bursts': [4, 1, 1]}]}",
        {"CPU 0 takes `A`: its next burst, guessed at 10 ticks, is the "
         "shortest; `B`, next, has the same but was created later: ready → "
         "running.",
         "CPU 0 选中 `A`：它的下一个 CPU 区间估计为 10 个滴答，是最短的；其次是"
         " `B`，数值相同，但创建较晚：就绪 → 运行。"},
        {"CPU 0 takes `A`: its next burst, guessed at 6.5 ticks, is the "
         "shortest; `C`, next, is guessed at 10 ticks: ready → running.",
         "CPU 0 选中 `A`：它的下一个 CPU 区间估计为 6.5 个滴答，是最短的；其次"
         "是 `C`，估计为 10 个滴答：就绪 → 运行。"},
        {"CPU 0 takes `C`: nobody else is ready; its next burst is guessed at "
         "10 ticks: ready → running.",
         "CPU 0 选中 `C`：没有其他就绪进程；它的下一个 CPU 区间估计为 10 个滴答"
         "：就绪 → 运行。"});
}

TEST("srtf compares what is left")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'srtf'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [7]}, "
        "{'name': 'B', 'arrival': 2, 'bursts': [4]}, "
        "{'name': 'C', 'arrival': 4, 'bursts': [1]}, "
        "{'name': 'D', 'arrival': 5, 'bursts': [4]}]}",
        {"CPU 0 takes `A`: nobody else is ready; it needs 7 ticks more: ready "
         "→ running.",
         "CPU 0 选中 `A`：没有其他就绪进程；它还需要 7 个滴答：就绪 → 运行。"},
        {"`B` needs only 4 ticks more, but `A` still 5 ticks, so `A` has to "
         "give up the CPU: running → ready.",
         "`B` 只需要 4 个滴答，而 `A` 还需要 5 个滴答，`A` 必须让出 CPU：运行 "
         "→ 就绪。"},
        {"CPU 0 takes `B`: it needs only 4 ticks more, which is the least; `A`, "
         "next, needs 5 ticks: ready → running.",
         "CPU 0 选中 `B`：它还需要 4 个滴答，是最少的；其次是 `A`，还需要 5 个"
         "滴答：就绪 → 运行。"});
}

TEST("and guesses at what is left")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'srtf', 'estimate': {'alpha': 0.5, 'initial': "
        "10}}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3, 1, 9]}, "
        "{'name': 'B', 'arrival': 1, 'bursts': [9]}, "
        "{'name': 'C', 'bursts': [2, 1, 2]}]}",
        {"CPU 0 takes `A`: it is guessed to need 10 ticks more, which is "
         "the least; `C`, next, has the same but was created later: ready → running.",
         "CPU 0 选中 `A`：估计它还需要 10 个滴答，是最少的；其次是 `C`，数值相"
         "同，但创建较晚：就绪 → 运行。"},
        {"`A` is guessed to need only 6.5 ticks, but `C` still 9 ticks, so `C` "
         "has to give up the CPU: running → ready.",
         "估计 `A` 只需要 6.5 个滴答，而 `C` 还需要 9 个滴答，`C` 必须让出 CPU"
         "：运行 → 就绪。"},
        {"CPU 0 takes `A`: it is guessed to need 6.5 ticks more, which is "
         "the least; `C`, next, is guessed to need 9 ticks: ready → running.",
         "CPU 0 选中 `A`：估计它还需要 6.5 个滴答，是最少的；其次是 `C`，估计还"
         "需要 9 个滴答：就绪 → 运行。"},
        {"CPU 0 takes `B`: nobody else is ready; it is guessed to need 10 "
         "ticks more: ready → running.",
         "CPU 0 选中 `B`：没有其他就绪进程；估计它还需要 10 个滴答：就绪 → 运行"
         "。"});
}

TEST("hrrn divides the wait by the need")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'hrrn'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [3]}, "
        "{'name': 'B', 'arrival': 2, 'bursts': [6]}, "
        "{'name': 'C', 'arrival': 4, 'bursts': [4]}, "
        "{'name': 'D', 'arrival': 6, 'bursts': [5]}, "
        "{'name': 'E', 'arrival': 8, 'bursts': [2]}]}",
        {"CPU 0 takes `A`: nobody else is ready; its response ratio is (0 + 3) "
         "/ 3 = 1: ready → running.",
         "CPU 0 选中 `A`：没有其他就绪进程；它的响应比为 (0 + 3) / 3 = 1：就绪 "
         "→ 运行。"},
        {"CPU 0 takes `C`: it has the highest response ratio, (5 + 4) / 4 = "
         "2.25; `D`, next, has (3 + 5) / 5 = 1.6: ready → running.",
         "CPU 0 选中 `C`：它的响应比最高，为 (5 + 4) / 4 = 2.25；其次是 `D`，为"
         " (3 + 5) / 5 = 1.6：就绪 → 运行。"});
}

TEST("a priority is said with what has changed it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'priority', 'quantum': 2, 'aging': {'every': "
        "4, 'by': 2}}, "
        "'processes': ["
        "{'name': 'A', 'priority': 5, 'bursts': [6, 2, 1]}, "
        "{'name': 'B', 'priority': 3, 'arrival': 1, 'bursts': [3, 1, 2]}, "
        "{'name': 'C', 'priority': 3, 'arrival': 1, 'bursts': [4]}, "
        "{'name': 'D', 'priority': 2, 'arrival': 7, 'bursts': [2]}]}",
        {"CPU 0 takes `A` for at most 2 ticks: nobody else is ready; its "
         "priority is 5: ready → running.",
         "CPU 0 选中 `A`，最多运行 2 个滴答：没有其他就绪进程；它的优先数为 5："
         "就绪 → 运行。"},
        {"`B` with priority 3 is more urgent than `A` with 5, so `A` has to "
         "give up the CPU: running → ready.",
         "`B` 的优先数为 3，比 `A` 的 5 更紧急，`A` 必须让出 CPU：运行 → 就绪。"},
        {"CPU 0 takes `B` for at most 2 ticks: its priority 3 is the most "
         "urgent; `C`, next, has the same but stands behind it: ready → "
         "running.",
         "CPU 0 选中 `B`，最多运行 2 个滴答：它的优先数为 3，最紧急；其次是 `C`"
         "，数值相同，但排在后面：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 2 others are ready, so `B` goes to "
         "the tail of those with priority 3: running → ready.",
         "2 个滴答的时间片用完，有 2 个其他进程就绪，`B` 排到优先数为 3 的进程"
         "之后：运行 → 就绪。"},
        {"`A` has been ready for 4 ticks without a break, so aging makes it "
         "more urgent by 2: its priority is 3 (its own is 5, aged by 2) now.",
         "`A` 已连续就绪 4 个滴答，老化使它的优先数减少 2：现在为 3（自身为 5，"
         "老化减去 2）。"},
        {"CPU 0 takes `A` for at most 2 ticks: its priority 3 (its own is 5, "
         "aged by 2) is the most urgent; `B`, next, has the same but stands "
         "behind it: ready → running.",
         "CPU 0 选中 `A`，最多运行 2 个滴答：它的优先数为 3（自身为 5，老化减去"
         " 2），最紧急；其次是 `B`，数值相同，但排在后面：就绪 → 运行。"},
        {"`A` leaves the CPU, so what aging had brought is gone: its priority "
         "is 5 again, it was 3.",
         "`A` 离开 CPU，老化的效果随之消失：优先数由 3 恢复为 5。"},
        {"CPU 0 takes `B` for at most 2 ticks: its priority 1 (its own is 3, "
         "aged by 2) is the most urgent; `D`, next, has 2: ready → running.",
         "CPU 0 选中 `B`，最多运行 2 个滴答：它的优先数为 1（自身为 3，老化减去"
         " 2），最紧急；其次是 `D`，为 2：就绪 → 运行。"},
        {"CPU 0 takes `D` for at most 2 ticks: its priority 2 is the most "
         "urgent; `C`, next, has 3: ready → running.",
         "CPU 0 选中 `D`，最多运行 2 个滴答：它的优先数为 2，最紧急；其次是 `C`"
         "，为 3：就绪 → 运行。"},
        {"`C` with priority 1 (its own is 3, aged by 2) is more urgent than "
         "`D` with 2, so `D` has to give up the CPU: running → ready.",
         "`C` 的优先数为 1（自身为 3，老化减去 2），比 `D` 的 2 更紧急，`D` 必"
         "须让出 CPU：运行 → 就绪。"},
        {"CPU 0 takes `D` for at most 2 ticks: its priority 2 is the most "
         "urgent; `A`, next, has 3 (its own is 5, aged by 2): ready → running.",
         "CPU 0 选中 `D`，最多运行 2 个滴答：它的优先数为 2，最紧急；其次是 `A`"
         "，为 3（自身为 5，老化减去 2）：就绪 → 运行。"},
        {"`B` with priority 1 (its own is 3, aged by 2) is more urgent than "
         "`A` with 3 (its own is 5, aged by 2), so `A` has to give up the CPU: "
         "running → ready.",
         "`B` 的优先数为 1（自身为 3，老化减去 2），比 `A` 的 3（自身为 5，老化"
         "减去 2）更紧急，`A` 必须让出 CPU：运行 → 就绪。"});
}

TEST("whoever is more urgent goes on")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'priority', 'quantum': 2}, "
        "'processes': ["
        "{'name': 'A', 'priority': 1, 'bursts': [5]}, "
        "{'name': 'B', 'priority': 4, 'bursts': [2]}, "
        "{'name': 'C', 'priority': 4, 'program': [{'yield': true}, {'cpu': "
        "1}]}]}",
        {"The slice of `A` is over, but all who are ready are less urgent than "
         "its priority 1, so it gets another 2 ticks.",
         "`A` 的时间片用完，但就绪进程都不如它的优先数 1 紧急，于是再得到 2 个"
         "滴答。"},
        {"`C` gave up the rest of its slice with sched_yield(2) and goes to "
         "the tail of the queue: running → ready.",
         "`C` 用 sched_yield(2) 放弃剩余时间片，回到就绪队列末尾：运行 → 就绪。"});
}

TEST("urgency is lent to the holder of a lock")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'priority', 'inherit': true}, "
        "'processes': ["
        "{'name': 'low', 'priority': 9, 'program': [{'semget': 's', 'key': 77, "
        "'nsems': 1, 'flags': 'IPC_CREAT|0600'}, {'semctl': 's', 'cmd': "
        "'SETVAL', 'value': 1}, {'P': 's'}, {'cpu': 5}, {'V': 's'}, {'cpu': "
        "2}]}, "
        "{'name': 'high', 'priority': 1, 'arrival': 5, 'program': [{'semget': "
        "'s', 'key': 77, 'nsems': 1, 'flags': 'IPC_CREAT|0600'}, {'P': 's'}, "
        "{'cpu': 1}, {'V': 's'}]}, "
        "{'name': 'mid', 'priority': 5, 'arrival': 6, 'bursts': [6]}]}",
        {"CPU 0 takes `low`: nobody else is ready; its priority is 9: ready → "
         "running.",
         "CPU 0 选中 `low`：没有其他就绪进程；它的优先数为 9：就绪 → 运行。"},
        {"CPU 0 takes `high`: its priority 1 is the most urgent; `low`, next, "
         "has 9: ready → running.",
         "CPU 0 选中 `high`：它的优先数为 1，最紧急；其次是 `low`，为 9：就绪 "
         "→ 运行。"},
        {"`high` with priority 1 sleeps for a lock that `low` holds, so `low` "
         "inherits that: its priority is 1 now, its own is 9.",
         "`high` 的优先数为 1，正等待 `low` 占有的锁，`low` 继承其优先级：优先"
         "数现在为 1，自身为 9。"},
        {"CPU 0 takes `low`: its priority 1 (its own is 9, the rest is lent) "
         "is the most urgent; `mid`, next, has 5: ready → running.",
         "CPU 0 选中 `low`：它的优先数为 1（自身为 9，其余为继承），最紧急；其"
         "次是 `mid`，为 5：就绪 → 运行。"},
        {"Nobody so urgent waits for a lock of `low` any more, so it gives "
         "back what it was lent: its priority is 9 now, it was 1.",
         "不再有那么紧急的进程等待 `low` 占有的锁，它归还继承的优先级：优先数由"
         " 1 变为 9。"});
}

/* H lends to M, and what M has then goes on to L. */
TEST("a loan through a chain of locks is told from its beginning")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'priority', 'inherit': true}, "
        "'processes': ["
        "{'name': 'L', 'priority': 4, 'program': [{'semget': 's', 'key': 55, "
        "'nsems': 2, 'flags': 'IPC_CREAT|0600'}, {'semctl': 's', 'cmd': "
        "'SETALL', 'values': [1, 1]}, {'P': 's', 'num': 1}, {'cpu': 4}, "
        "{'V': 's', 'num': 1}]}, "
        "{'name': 'M', 'priority': 3, 'arrival': 4, 'program': [{'semget': 's', "
        "'key': 55, 'nsems': 2, 'flags': 'IPC_CREAT|0600'}, {'P': 's', 'num': "
        "0}, {'P': 's', 'num': 1}, {'cpu': 1}, {'V': 's', 'num': 1}, {'V': "
        "'s', 'num': 0}]}, "
        "{'name': 'H', 'priority': 1, 'arrival': 7, 'program': [{'semget': 's', "
        "'key': 55, 'nsems': 2, 'flags': 'IPC_CREAT|0600'}, {'P': 's', 'num': "
        "0}, {'cpu': 2}, {'V': 's', 'num': 0}]}]}",
        {"`M` with priority 3 sleeps for a lock that `L` holds, so `L` inherits "
         "that: its priority is 3 now, its own is 4.",
         "`M` 的优先数为 3，正等待 `L` 占有的锁，`L` 继承其优先级：优先数现在为 "
         "3，自身为 4。"},
        {"`H` with priority 1 sleeps for a lock that `M` holds, so `M` inherits "
         "that: its priority is 1 now, its own is 3.",
         "`H` 的优先数为 1，正等待 `M` 占有的锁，`M` 继承其优先级：优先数现在为 "
         "1，自身为 3。"},
        {"`M` with priority 1 (its own is 3, the rest is lent) sleeps for a "
         "lock that `L` holds, so `L` inherits that: its priority is 1 now, "
         "its own is 4.",
         "`M` 的优先数为 1（自身为 3，其余为继承），正等待 `L` 占有的锁，`L` 继"
         "承其优先级：优先数现在为 1，自身为 4。"},
        {"Nobody so urgent waits for a lock of `L` any more, so it gives back "
         "what it was lent: its priority is 4 now, it was 1.",
         "不再有那么紧急的进程等待 `L` 占有的锁，它归还继承的优先级：优先数由 1 "
         "变为 4。"});
}

TEST("who ends with a lock has nothing that was lent any more")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'priority', 'inherit': true}, "
        "'processes': ["
        "{'name': 'low', 'priority': 9, 'program': [{'semget': 's', 'key': 77, "
        "'nsems': 1, 'flags': 'IPC_CREAT|0600'}, {'semctl': 's', 'cmd': "
        "'SETVAL', 'value': 1}, {'P': 's'}, {'cpu': 5}]}, "
        "{'name': 'high', 'priority': 1, 'arrival': 5, 'program': [{'semget': "
        "'s', 'key': 77, 'nsems': 1, 'flags': 'IPC_CREAT|0600'}, {'P': 's'}]}]}",
        {"`low` has ended, and what it was lent with it: its priority is 9, it "
         "was 1.",
         "`low` 已终止，继承的优先级随之失效：优先数由 1 变为 9。"});
}

TEST("mlfq: levels, demotions and boosts")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'mlfq', 'boost': 12, 'levels': [{'quantum': "
        "2}, {'quantum': 4, 'allotment': 4}, {'quantum': 4}]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [14]}, "
        "{'name': 'B', 'arrival': 3, 'bursts': [1, 2, 1, 2, 3, 2, 1]}, "
        "{'name': 'C', 'arrival': 4, 'bursts': [6]}]}",
        {"CPU 0 takes `A` for at most 2 ticks: nobody else is ready; it is on "
         "level 0: ready → running.",
         "CPU 0 选中 `A`，最多运行 2 个滴答：没有其他就绪进程；它在第 0 级：就"
         "绪 → 运行。"},
        {"The slice of `A` is over, but nobody else is ready, so it simply "
         "gets another 4 ticks. `A` has used up the 2 ticks that level 0 "
         "allots, so it goes down to level 1.",
         "`A` 的时间片用完，但没有其他就绪进程，于是再得到 4 个滴答。`A` 用完了"
         "第 0 级的配额 2 个滴答，降到第 1 级。"},
        {"`B` on level 0 is above `A` on level 1, so `A` has to give up the "
         "CPU: running → ready.",
         "`B` 在第 0 级，高于 `A` 的第 1 级，`A` 必须让出 CPU：运行 → 就绪。"},
        {"CPU 0 takes `B` for at most 2 ticks: it is first on level 0, the "
         "highest on which anybody is ready; `A`, next, is on level 1: ready → "
         "running.",
         "CPU 0 选中 `B`，最多运行 2 个滴答：它排在第 0 级之首，这是有就绪进程"
         "的最高一级；其次是 `A`，在第 1 级：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 2 others are ready, so `C` goes to "
         "the tail of level 1: running → ready. `C` has used up the 2 ticks "
         "that level 0 allots, so it goes down to level 1.",
         "2 个滴答的时间片用完，有 2 个其他进程就绪，`C` 排到第 1 级的末尾：运"
         "行 → 就绪。`C` 用完了第 0 级的配额 2 个滴答，降到第 1 级。"},
        {"`B` has asked for input or output, which takes until 9, and cannot "
         "go on without it: running → blocked. `B` has used up the 2 ticks "
         "that level 0 allots, so it goes down to level 1.",
         "`B` 请求输入输出，要到时刻 9 才完成；在此之前无法继续：运行 → 阻塞。"
         "`B` 用完了第 0 级的配额 2 个滴答，降到第 1 级。"},
        {"CPU 0 takes `A` for at most 3 ticks: it is first on level 1, the "
         "highest on which anybody is ready; `C`, next, is on the same "
         "level but stands behind it: ready → running.",
         "CPU 0 选中 `A`，最多运行 3 个滴答：它排在第 1 级之首，这是有就绪进程"
         "的最高一级；其次是 `C`，在同一级，但排在后面：就绪 → 运行。"},
        {"The clock reads 12, a multiple of 12 ticks: everybody is lifted to "
         "level 0; of those who are ready or run, 3 processes came from lower "
         "levels.",
         "时钟到 12，是 12 个滴答的整数倍：所有进程提升到第 0 级，就绪和运行的进"
         "程中有 3 个进程来自较低的级。"},
        {"Lifted to level 0, `C` begins a slice of 2 ticks.",
         "`C` 提升到第 0 级，开始新的时间片 2 个滴答。"});
}

TEST("mlfq: a boost that finds nobody below")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'mlfq', 'boost': 4, 'levels': [{'quantum': 3, "
        "'allotment': 9}, {'quantum': 4}]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [6]}]}",
        {"The slice of `A` is over, but nobody else is ready, so it simply "
         "gets another 3 ticks.",
         "`A` 的时间片用完，但没有其他就绪进程，于是再得到 3 个滴答。"},
        {"The clock reads 4, a multiple of 4 ticks: everybody is lifted to "
         "level 0 with a fresh allotment; those who are ready or run are there "
         "already.",
         "时钟到 4，是 4 个滴答的整数倍：所有进程提升到第 0 级，重新得到配额；就"
         "绪和运行的进程本来就在那里。"});
}

TEST("mlfq goes on above the others")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'mlfq', 'levels': [{'quantum': 2, "
        "'allotment': 4}, {'quantum': 9}]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [8]}, "
        "{'name': 'B', 'arrival': 4, 'bursts': [4]}]}",
        {"The slice of `B` is over, but all who are ready are below its level "
         "0, so it gets another 2 ticks.",
         "`B` 的时间片用完，但就绪进程都低于它所在的第 0 级，于是再得到 2 个滴"
         "答。"});
}

TEST("mlfq: the tail of a level without leaving it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'mlfq', 'levels': [{'quantum': 2, "
        "'allotment': 4}, {'quantum': 9}]}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [4]}, "
        "{'name': 'B', 'bursts': [4]}]}",
        {"The slice of 2 ticks is over and 1 other is ready, so `A` goes to "
         "the tail of level 0: running → ready.",
         "2 个滴答的时间片用完，有 1 个其他进程就绪，`A` 排到第 0 级的末尾：运"
         "行 → 就绪。"});
}
