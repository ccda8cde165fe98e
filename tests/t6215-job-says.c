/* t6215-job-says.c: the why line of edf, rm and xv6, of jobs and deadlines, of
 * several CPUs, of switches, and of another policy: the numbers that decided,
 * in both languages. */
#include "sim/scenario/ops.h"
#include "tests/says.h"
#include "tests/story_lines.h"

TEST("edf: deadlines and jobs")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'edf'}, "
        "'processes': ["
        "{'name': 'A', 'period': 8, 'jobs': 2, 'bursts': [3]}, "
        "{'name': 'B', 'period': 10, 'deadline': 6, 'jobs': 2, 'bursts': [4]}, "
        "{'name': 'C', 'bursts': [3]}, "
        "{'name': 'D', 'bursts': [1]}]}",
        {"CPU 0 takes `B`: its deadline at 6 is the earliest; `A`, next, has "
         "until 8: ready → running.",
         "CPU 0 选中 `B`：它的截止时间为 6，是最早的；其次是 `A`，为 8：就绪 → "
         "运行。"},
        {"`B` has done job number 1 at 4, by its deadline at 6.",
         "`B` 在时刻 4 完成第 1 个作业，赶上了截止时间 6。"},
        {"`B` has done its job, so it sleeps until the next is released at 10, "
         "6 ticks from now: running → blocked.",
         "`B` 完成了作业，睡眠到时刻 10 释放下一个作业（6 个滴答之后）：运行 → "
         "阻塞。"},
        {"CPU 0 takes `A`: its deadline at 8 is the earliest; `C`, next, has "
         "no deadline: ready → running.",
         "CPU 0 选中 `A`：它的截止时间为 8，是最早的；其次是 `C`，没有截止时间"
         "：就绪 → 运行。"},
        {"CPU 0 takes `C`: it has no deadline; `D`, next, has none either and "
         "was created later: ready → running.",
         "CPU 0 选中 `C`：它没有截止时间；其次是 `D`，同样没有，且创建较晚：就"
         "绪 → 运行。"},
        {"The clock reads 8, so job number 2 of `A` is released; it must be "
         "done by 16: blocked → ready.",
         "时钟到 8，`A` 的第 2 个作业被释放，须在 16 前完成：阻塞 → 就绪。"},
        {"`A` has a deadline, at 16, and `C` has none, so `C` has to give up "
         "the CPU: running → ready.",
         "`A` 的截止时间为 16，而 `C` 没有截止时间，`C` 必须让出 CPU：运行 → 就"
         "绪。"},
        {"`A` has done all its jobs, 2 in number, so it does not wait for "
         "another.",
         "`A` 的 2 个作业已全部完成，不再等待。"},
        {"CPU 0 takes `D`: nobody else is ready; it has no deadline: ready → "
         "running.",
         "CPU 0 选中 `D`：没有其他就绪进程；它没有截止时间：就绪 → 运行。"});
}

TEST("a deadline that passes before its job begins")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'edf'}, "
        "'processes': ["
        "{'name': 'A', 'period': 4, 'jobs': 3, 'bursts': [10]}]}",
        {"The deadline of `A` at 4 has passed, and job number 1 is not done: "
         "it has missed 1 deadline so far.",
         "`A` 的截止时间 4 已过，第 1 个作业仍未完成：至今错过 1 次截止时间。"},
        {"The deadline of `A` at 8 has passed, and job number 2 has not begun, "
         "as job number 1 is not done: it has missed 2 deadlines so far.",
         "`A` 的截止时间 8 已过，第 1 个作业未完成，第 2 个作业尚未开始：至今错过 "
         "2 次截止时间。"});
}

TEST("edf: an earlier one")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'edf'}, "
        "'processes': ["
        "{'name': 'A', 'deadline': 20, 'bursts': [5]}, "
        "{'name': 'B', 'arrival': 2, 'deadline': 6, 'bursts': [2]}, "
        "{'name': 'C', 'arrival': 2, 'deadline': 6, 'bursts': [1]}]}",
        {"CPU 0 takes `A`: nobody else is ready; its deadline is at 20: ready "
         "→ running.",
         "CPU 0 选中 `A`：没有其他就绪进程；它的截止时间为 20：就绪 → 运行。"},
        {"The deadline of `B` at 8 is before that of `A` at 20, so `A` has to "
         "give up the CPU: running → ready.",
         "`B` 的截止时间 8 早于 `A` 的 20，`A` 必须让出 CPU：运行 → 就绪。"},
        {"CPU 0 takes `B`: its deadline at 8 is the earliest; `C`, next, has "
         "the same but was created later: ready → running.",
         "CPU 0 选中 `B`：它的截止时间为 8，是最早的；其次是 `C`，数值相同，但"
         "创建较晚：就绪 → 运行。"});
}

TEST("rm: periods, and a deadline that is missed")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'rm'}, "
        "'processes': ["
        "{'name': 'A', 'period': 8, 'jobs': 2, 'bursts': [3]}, "
        "{'name': 'B', 'period': 20, 'deadline': 14, 'jobs': 2, 'bursts': "
        "[12]}, "
        "{'name': 'C', 'bursts': [3]}, "
        "{'name': 'D', 'bursts': [1]}]}",
        {"CPU 0 takes `A`: its period of 8 ticks is the shortest; `B`, next, "
         "has one of 20 ticks: ready → running.",
         "CPU 0 选中 `A`：它的周期为 8 个滴答，是最短的；其次是 `B`，周期为 20 "
         "个滴答：就绪 → 运行。"},
        {"CPU 0 takes `B`: its period of 20 ticks is the shortest; `C`, next, "
         "has no period: ready → running.",
         "CPU 0 选中 `B`：它的周期为 20 个滴答，是最短的；其次是 `C`，没有周期"
         "：就绪 → 运行。"},
        {"The period of `A`, 8 ticks, is shorter than that of `B`, 20 ticks, "
         "so `B` has to give up the CPU: running → ready.",
         "`A` 的周期为 8 个滴答，短于 `B` 的 20 个滴答，`B` 必须让出 CPU：运行 "
         "→ 就绪。"},
        {"The deadline of `B` at 14 has passed, and job number 1 is not done: "
         "it has missed 1 deadline so far.",
         "`B` 的截止时间 14 已过，第 1 个作业仍未完成：至今错过 1 次截止时间。"},
        {"`B` has done job number 1 only at 18, 4 ticks after its deadline at "
         "14.",
         "`B` 到时刻 18 才完成第 1 个作业，比截止时间 14 晚了 4 个滴答。"},
        {"CPU 0 takes `C`: it has no period; `D`, next, has none either and "
         "was created later: ready → running.",
         "CPU 0 选中 `C`：它没有周期；其次是 `D`，同样没有，且创建较晚：就绪 → "
         "运行。"},
        {"`B` has a period, 20 ticks, and `C` has none, so `C` has to give up "
         "the CPU: running → ready.",
         "`B` 的周期为 20 个滴答，而 `C` 没有周期，`C` 必须让出 CPU：运行 → 就"
         "绪。"},
        {"CPU 0 takes `D`: nobody else is ready; it has no period: ready → "
         "running.",
         "CPU 0 选中 `D`：没有其他就绪进程；它没有周期：就绪 → 运行。"});
}

TEST("rm with too much to do")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'rm'}, "
        "'processes': ["
        "{'name': 'A', 'period': 4, 'jobs': 2, 'bursts': [5]}]}",
        {"CPU 0 takes `A`: nobody else is ready; its period is 4 ticks: ready "
         "→ running.",
         "CPU 0 选中 `A`：没有其他就绪进程；它的周期为 4 个滴答：就绪 → 运行。"},
        {"`A` has done job number 1 only at 5, 1 tick after its deadline at 4; "
         "the next was released at 4 already, so it begins at once.",
         "`A` 到时刻 5 才完成第 1 个作业，比截止时间 4 晚了 1 个滴答；下一个作"
         "业在时刻 4 已经释放，立即开始。"},
        {"`A` need not wait: its next job was released at 4 already.",
         "`A` 无需等待：下一个作业在时刻 4 已经释放。"},
        {"The deadline of `A` at 8 has passed, and job number 2 is not done: "
         "it has missed 2 deadlines so far.",
         "`A` 的截止时间 8 已过，第 2 个作业仍未完成：至今错过 2 次截止时间。"});
}

/* Woken by the clock behind the deadlines of that instant. */
TEST("done at its deadline, but too late")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'edf'}, "
        "'processes': ["
        "{'name': 'A', 'period': 6, 'deadline': 4, 'jobs': 2, 'program': ["
        "{'cpu': 3}, {'sleep': 1}]}]}",
        {"`A` has done job number 1 at 4, but behind its deadline, which passed "
         "at the same instant.",
         "`A` 在时刻 4 完成第 1 个作业，但同一时刻的截止时间先到。"});
}

TEST("xv6 scans its table")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'scheduler': {'policy': 'xv6'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [2]}, "
        "{'name': 'B', 'bursts': [2]}, "
        "{'name': 'C', 'arrival': 1, 'bursts': [1]}]}",
        {"CPU 0 takes `A` for at most 1 tick: the scan of the process table "
         "begins at its top and comes to number 1; `B`, next, is number 2: "
         "ready → running.",
         "CPU 0 选中 `A`，最多运行 1 个滴答：进程表的扫描从头开始，遇到 1 号；"
         "其次是 `B`，为 2 号：就绪 → 运行。"},
        {"The slice of 1 tick is over and 2 others are ready, so the scan of "
         "the process table goes on behind `A`, number 1: running → ready.",
         "1 个滴答的时间片用完，有 2 个其他进程就绪，进程表的扫描从 `A`（1 号）"
         "之后继续：运行 → 就绪。"},
        {"CPU 0 takes `B` for at most 1 tick: the scan of the process table "
         "goes on behind number 1 and comes to number 2; `C`, next, is number "
         "3: ready → running.",
         "CPU 0 选中 `B`，最多运行 1 个滴答：进程表的扫描从 1 号之后继续，遇到 "
         "2 号；其次是 `C`，为 3 号：就绪 → 运行。"},
        {"CPU 0 takes `B` for at most 1 tick: nobody else is ready; the scan "
         "of the process table goes on behind number 1 and comes to number 2: "
         "ready → running.",
         "CPU 0 选中 `B`，最多运行 1 个滴答：没有其他就绪进程；进程表的扫描从 "
         "1 号之后继续，遇到 2 号：就绪 → 运行。"});
}

TEST("a CPU takes from the queue of another")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'fcfs', 'queues': 'per-cpu', 'steal': true}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [1]}, "
        "{'name': 'B', 'bursts': [9]}, "
        "{'name': 'C', 'bursts': [2]}, "
        "{'name': 'D', 'arrival': 0, 'bursts': [2]}]}",
        {"The queue of CPU 0 is empty, so it takes `D`, whose turn it is, from "
         "the longest queue in which somebody may run on it, that of CPU 1, "
         "where 1 process waited.",
         "CPU 0 的队列为空，于是从有进程可移来的最长队列，即 CPU 1 的队列（1 个"
         "进程在等），取来轮到的 `D`。"});
}

TEST("what decided is said when a switch begins")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 1, 'context_switch': 1}, "
        "'scheduler': {'policy': 'sjf'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [2]}, "
        "{'name': 'B', 'bursts': [4]}, "
        "{'name': 'C', 'program': [{'cpu': 1}, {'yield': true}, {'cpu': 1}]}]}",
        {"CPU 0 goes over to `C`: its next burst of 3 ticks is the shortest; "
         "`B`, next, would need 4 ticks. Nobody computes meanwhile: the "
         "context switch takes 1 tick.",
         "CPU 0 转向 `C`：它的下一个 CPU 区间为 3 个滴答，是最短的；其次是 `B`"
         "，需要 4 个滴答。期间没有进程计算：上下文切换需要 1 个滴答。"},
        {"CPU 0 has gone over to `C`, which took 1 tick, so it runs until it "
         "blocks or ends: ready → running.",
         "CPU 0 用 1 个滴答转向了 `C`，于是它开始运行，直到阻塞或结束：就绪 → "
         "运行。"},
        {"`C` gave up the CPU with sched_yield(2) and is one of the ready "
         "again: running → ready.",
         "`C` 用 sched_yield(2) 让出 CPU，回到就绪进程之中：运行 → 就绪。"},
        {"CPU 0 goes over to `B`: nobody else is ready; its next burst needs 4 "
         "ticks. Nobody computes meanwhile: the context switch takes 1 tick.",
         "CPU 0 转向 `B`：没有其他就绪进程；它的下一个 CPU 区间为 4 个滴答。期"
         "间没有进程计算：上下文切换需要 1 个滴答。"});
}

TEST("and how long when it is over")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 1, 'context_switch': 1}, "
        "'scheduler': {'policy': 'stride', 'quantum': 2}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [4]}, "
        "{'name': 'B', 'bursts': [4]}]}",
        {"CPU 0 goes over to `B`: its pass of 0 is the least; `A`, next, is at "
         "100. Nobody computes meanwhile: the context switch takes 1 tick.",
         "CPU 0 转向 `B`：它的行程值为 0，是最小的；其次是 `A`，为 100。期间没"
         "有进程计算：上下文切换需要 1 个滴答。"},
        {"CPU 0 has gone over to `B`, which took 1 tick, so it runs for at "
         "most 2 ticks: ready → running.",
         "CPU 0 用 1 个滴答转向了 `B`，于是它开始运行，最多运行 2 个滴答：就绪 "
         "→ 运行。"},
        {"CPU 0 goes over to `A`: its pass of 100 is the least; `B`, next, has "
         "the same but was created later. Nobody computes meanwhile: the "
         "context switch takes 1 tick.",
         "CPU 0 转向 `A`：它的行程值为 100，是最小的；其次是 `B`，数值相同，但"
         "创建较晚。期间没有进程计算：上下文切换需要 1 个滴答。"},
        {"CPU 0 goes over to `B`: nobody else is ready; its pass is 100. "
         "Nobody computes meanwhile: the context switch takes 1 tick.",
         "CPU 0 转向 `B`：没有其他就绪进程；它的行程值为 100。期间没有进程计算"
         "：上下文切换需要 1 个滴答。"});
}

TEST("some may not run everywhere")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'srtf'}, "
        "'processes': ["
        "{'name': 'A', 'bursts': [4]}, "
        "{'name': 'B', 'affinity': [1], 'bursts': [1]}, "
        "{'name': 'C', 'affinity': [1], 'bursts': [5]}, "
        "{'name': 'D', 'arrival': 1, 'affinity': [1], 'bursts': [2]}, "
        "{'name': 'E', 'arrival': 1, 'bursts': [9]}, "
        "{'name': 'F', 'arrival': 1, 'bursts': [10]}]}",
        {"CPU 0 takes `A`: nobody else in the queue may run on CPU 0; it needs "
         "4 ticks more: ready → running.",
         "CPU 0 选中 `A`：队列中没有其他进程允许在 CPU 0 上运行；它还需要 4 个"
         "滴答：就绪 → 运行。"},
        {"CPU 0 takes `E`: it needs only 9 ticks more, which is the least; `F`, "
         "next, needs 10 ticks: ready → running.",
         "CPU 0 选中 `E`：它还需要 9 个滴答，是最少的；其次是 `F`，还需要 10 个"
         "滴答：就绪 → 运行。"});
}

TEST("a slice goes on where the others may not run")
{
    EXPECT_SAYS(
        "{'timeslice': 1, "
        "'machine': {'cpus': 2}, "
        "'scheduler': {'policy': 'rr', 'quantum': 2}, "
        "'processes': ["
        "{'name': 'A', 'affinity': [0], 'bursts': [5]}, "
        "{'name': 'B', 'affinity': [1], 'bursts': [5]}, "
        "{'name': 'C', 'affinity': [1], 'bursts': [3]}]}",
        {"The slice of `A` is over, but none of those who are ready may run on "
         "CPU 0, so it gets another 2 ticks.",
         "`A` 的时间片用完，但就绪进程都不允许在 CPU 0 上运行，于是再得到 2 个"
         "滴答。"},
        {"The slice of 2 ticks is over and 1 other is ready, so `B` goes to "
         "the tail of the queue: running → ready.",
         "2 个滴答的时间片用完，有 1 个其他进程就绪，`B` 回到就绪队列末尾：运行"
         " → 就绪。"});
}

TEST("from now on another policy decides")
{
    static const struct scheduler later[] = {
        {.policy = "sjf", .name = POLICY_sjf},
        {.policy = "rr", .name = POLICY_rr, .quantum = 7}};
    struct story st;
    story_begin(&st, (struct machine){.cpus = 1});
    st.sc.later = later;
    st.sc.later_count = 2;
    story_say(&st, (struct event){.t = 4, .kind = EV_POLICY, .cpu = NO_CPU,
                                  .proc = NO_PROC, .val = 1});
    EXPECT_EQ_STR(line(&st, LANG_EN), "From 4 on the policy sjf decides; what "
                                      "the one before had counted is "
                                      "forgotten.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "从时刻 4 起由策略 sjf 调度，先前策略的统计全部清除。");
    story_say(&st, (struct event){.t = 9, .kind = EV_POLICY, .cpu = NO_CPU,
                                  .proc = NO_PROC, .val = 2});
    EXPECT_EQ_STR(line(&st, LANG_EN), "From 9 on the policy rr decides, with "
                                      "slices of 7 ticks; what the one before "
                                      "had counted is forgotten.");
    EXPECT_EQ_STR(line(&st, LANG_ZH), "从时刻 9 起由策略 rr 调度，时间片为 7 "
                                      "个滴答，先前策略的统计全部清除。");
    story_end(&st);
}

TEST("and whoever runs begins anew under it")
{
    struct story st;
    story_begin(&st, (struct machine){.cpus = 1});
    story_create(&st, 0, 0, INIT_PROC);
    story_admit(&st, 0, 0);
    story_dispatch(&st, 0, 0, 0, 3);
    story_say(&st, (struct event){.t = 1, .kind = EV_SLICE,
                                  .sub = SLICE_POLICY, .val = 5});
    EXPECT_EQ_STR(line(&st, LANG_EN),
                  "Under the new policy `parent` begins a slice of 5 ticks.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "在新策略下，`parent` 开始新的时间片 5 个滴答。");
    story_say(&st, (struct event){.t = 2, .kind = EV_SLICE,
                                  .sub = SLICE_POLICY});
    EXPECT_EQ_STR(line(&st, LANG_EN), "Under the new policy `parent` goes on "
                                      "until it blocks or ends.");
    EXPECT_EQ_STR(line(&st, LANG_ZH),
                  "在新策略下，`parent` 继续运行，直到阻塞或结束。");
    story_end(&st);
}

TEST("a program that is a job shows that it waits for the next")
{
    struct run r = run_quoted(
        "{'timeslice': 1, 'processes': [{'name': 'A', 'period': 5, 'jobs': 1, "
        "'bursts': [2]}]}", 100);
    struct str c = {0};
    NEED(r.sim);
    op_write_c(r.scenario, &r.scenario->ops[1], NULL, &c);
    EXPECT_EQ_STR(str_text(&c), "wait_for_next_period();");
    str_free(&c);
    run_free(&r);
}
