/* t6201-life-says.c: what the why line says of processes that come, wait for
 * what they need, and go. */
#include "tests/says.h"

TEST("a process is created, and says what it lacks and whose turn it is")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'turn', 'machine': {'memory': 6}, "
        "'scheduler': {'policy': 'fcfs'}, 'processes': [{'name': 'A', "
        "'memory': 4, 'program': [{'fork': 'B'}, {'cpu': 5}]}, {'name': 'B', "
        "'memory': 3, 'program': [{'cpu': 1}]}, {'name': 'C', 'arrival': 2, "
        "'memory': 1, 'program': [{'cpu': 1}]}], 'actions': [{'at': 3, "
        "'suspend': 'A'}, {'at': 3, 'activate': 'A'}, {'at': 4, 'activate': "
        "'A'}]}",
        {"`A` is to arrive at 0, so `init` creates it: it is new.",
         "`A` 在时刻 0 到达，由 `init` 创建：进入创建态。"},
        {"There is room for the 4 units of memory that `A` needs (2 of 6 "
         "left), so it is admitted: new → ready.",
         "`A` 需要 4 个单位的内存，可以满足（还剩 2/6），因此获得准入：创建 → "
         "就绪。"},
        {"`A` has called fork(2): `B` is born, with copies of its variables "
         "and descriptors; but it needs 3 units of memory, more than is free "
         "(2 of 6), so it stays new.",
         "`A` 调用了 fork(2)：`B` 诞生，得到变量与描述符的副本；但它需要 3 个"
         "单位的内存，超过了空闲的数量（2/6），只能停在创建态。"},
        {"`C` is to arrive at 2, so `init` creates it; but `B` came first and "
         "has to wait itself, so it stays new.",
         "`C` 在时刻 2 到达，由 `init` 创建；但先到的 `B` 自己也还在等，只能停"
         "在创建态。"},
        {"The user has suspended `A`, so others can have its 4 units of "
         "memory: running → ready-suspended.",
         "用户挂起了 `A`，它的 4 个单位内存可供其他进程使用：运行 → 就绪挂起。"},
        {"The user wants `A` back, but it needs 4 units of memory, more than "
         "is free (2 of 6), so it stays suspended.",
         "用户要激活 `A`，但它需要 4 个单位的内存，超过了空闲的数量（2/6），只"
         "能继续挂起。"},
        {"There is room for the 1 unit of memory that `C` needs (2 of 6 "
         "left), so it is admitted: new → ready.",
         "`C` 需要 1 个单位的内存，可以满足（还剩 2/6），因此获得准入：创建 → "
         "就绪。"},
        {"There is memory again for `A`, which the user wanted back: "
         "ready-suspended → ready.",
         "内存又够了，用户先前要求激活的 `A` 得以恢复：就绪挂起 → 就绪。"},
        {"The user wants to activate `A`, but no such arrow leads out of the "
         "state it is in.",
         "用户要求对 `A` 执行“激活”，但它当前的状态没有这条转换。"});
}

TEST("a process may lack memory where slots are counted too")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'memslot', 'machine': {'memory': 2, "
        "'max_processes': 1}, 'processes': [{'name': 'A', 'memory': 2, "
        "'program': [{'cpu': 2}]}, {'name': 'B', 'memory': 1, 'program': "
        "[{'cpu': 1}]}]}",
        {"`B` is to arrive at 0, so `init` creates it; but it needs 1 unit of "
         "memory, more than is free (0 of 2), so it stays new.",
         "`B` 在时刻 0 到达，由 `init` 创建；但它需要 1 个单位的内存，超过了空"
         "闲的数量（0/2），只能停在创建态。"},
        {"There is memory for `A` (0 of 2 left) and a process slot (now 1 of "
         "1 used), so it is admitted: new → ready.",
         "内存足够 `A` 使用（还剩 0/2），也有进程槽（现已用 1/1），因此获得准"
         "入：创建 → 就绪。"},
        {"`A` has ended by itself with exit code 0; its parent `init` takes "
         "the exit status at once, so the process slot is free: running → "
         "terminated.",
         "`A` 自行结束，退出码为 0；父进程 `init` 立即取走它的退出状态，进程槽"
         "随之空出：运行 → 终止。"});
}

TEST("a child may lack a process slot")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'fullslots', 'machine': {'max_processes': "
        "1}, 'processes': [{'name': 'A', 'program': [{'fork': 'B'}, {'cpu': "
        "2}]}, {'name': 'B', 'program': [{'cpu': 1}]}]}",
        {"`A` has called fork(2): `B` is born, with copies of its variables "
         "and descriptors; but no process slot is free (1 of 1 are used), so "
         "it stays new.",
         "`A` 调用了 fork(2)：`B` 诞生，得到变量与描述符的副本；但没有空闲的进"
         "程槽（已用 1/1），只能停在创建态。"},
        {"A process slot is free (now 1 of 1 are used), so `B` is admitted: "
         "new → ready.",
         "有空闲的进程槽（现已用 1/1），`B` 获得准入：创建 → 就绪。"});
}

TEST("a zombie holds its slot until it is adopted and reaped")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'slots', 'machine': {'max_processes': 2}, "
        "'scheduler': {'policy': 'fcfs'}, 'processes': [{'name': 'A', "
        "'program': [{'fork': 'Z'}, {'sleep': 9}, {'exit': 1}]}, {'name': "
        "'Z', 'program': [{'exit': 3}]}, {'name': 'N', 'arrival': 2, "
        "'program': [{'cpu': 1}]}, {'name': 'M', 'arrival': 5, 'program': "
        "[{'cpu': 1}]}]}",
        {"`Z` has ended by itself with exit code 3; it stays a zombie until "
         "`A` waits for it: running → terminated.",
         "`Z` 自行结束，退出码为 3；在 `A` 等待它之前是僵尸进程：运行 → 终止。"},
        {"`N` is to arrive at 2, so `init` creates it; but no process slot is "
         "free (2 of 2 are used, zombies hold 1), so it stays new.",
         "`N` 在时刻 2 到达，由 `init` 创建；但没有空闲的进程槽（已用 2/2，其"
         "中 1 个被僵尸进程占着），只能停在创建态。"},
        {"`M` is to arrive at 5, so `init` creates it; but `N` came first and "
         "has to wait itself, so it stays new.",
         "`M` 在时刻 5 到达，由 `init` 创建；但先到的 `N` 自己也还在等，只能停"
         "在创建态。"},
        {"`A` has ended by itself with exit code 1: running → terminated.",
         "`A` 自行结束，退出码为 1：运行 → 终止。"},
        {"`A` has ended without waiting for `Z`, so `init` adopts the zombie "
         "and waits for it at once: `Z` is gone.",
         "`A` 到结束也没有等待 `Z`，这个僵尸进程由 `init` 收养并立即回收：`Z` "
         "彻底消失。"},
        {"`init`, the parent of `A`, waits for it at once: `A` is gone.",
         "`init` 是 `A` 的父进程，立即回收了它：`A` 彻底消失。"},
        {"`M` has ended by itself with exit code 0; its parent `init` takes "
         "the exit status at once, so the process slot is free: running → "
         "terminated.",
         "`M` 自行结束，退出码为 0；父进程 `init` 立即取走它的退出状态，进程槽"
         "随之空出：运行 → 终止。"});
}

TEST("an orphan gets init as its parent")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'orphan', 'processes': [{'name': 'A', "
        "'program': [{'fork': 'B'}, {'fork': 'C'}, {'sleep': 2}]}, {'name': "
        "'B', 'program': [{'exit': 0}]}, {'name': 'C', 'program': [{'sleep': "
        "9}, {'exit': 4}]}]}",
        {"Nothing limits memory or processes here, so `A` is admitted at "
         "once: new → ready.",
         "这里不限制内存和进程数，`A` 立即获得准入：创建 → 就绪。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"`A` has called fork(2): `B` is born, with copies of its variables "
         "and descriptors, and is new.",
         "`A` 调用了 fork(2)：`B` 诞生，得到变量与描述符的副本，进入创建态。"},
        {"`C` has asked to sleep until the clock reads 11, 9 ticks from now, "
         "and gives up the CPU: running → blocked.",
         "`C` 要求睡眠到时刻 11（9 个滴答之后），因此让出 CPU：运行 → 阻塞。"},
        {"The clock reads 4, so the sleep of `A` is over: blocked → ready.",
         "时钟到 4，`A` 的睡眠结束：阻塞 → 就绪。"},
        {"`A` has ended before its child `C`, so `init` adopts the orphan and "
         "is its parent now.",
         "`A` 先于子进程 `C` 结束，孤儿进程 `C` 由 `init` 收养，`init` 成为它"
         "的父进程。"},
        {"`C` has ended by itself with exit code 4; its parent `init` takes "
         "the exit status at once: running → terminated.",
         "`C` 自行结束，退出码为 4；父进程 `init` 立即取走它的退出状态：运行 →"
         " 终止。"});
}

TEST("who ignores SIGCHLD has no zombies; who fails may give up")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'ends', 'processes': [{'name': 'A', "
        "'program': [{'signal': 'SIGCHLD', 'action': 'ignore'}, {'fork': "
        "'B'}, {'sleep': 5}, {'wait': 'B', 'on_error': 'exit'}]}, {'name': "
        "'B', 'program': [{'exit': 0}]}]}",
        {"`B` has ended by itself with exit code 0; `A` ignores SIGCHLD, so "
         "no zombie is left: running → terminated.",
         "`B` 自行结束，退出码为 0；`A` 忽略 SIGCHLD，因此不留下僵尸进程：运行"
         " → 终止。"},
        {"`A` has no such child to wait for, so waitpid(2) fails with ECHILD.",
         "`A` 没有可等待的这个子进程，waitpid(2) 失败，错误为 ECHILD。"},
        {"waitpid(2) has failed, and the program of `A` gives up then "
         "(on_error), with exit code 1: running → terminated.",
         "waitpid(2) 失败，`A` 的程序规定失败即退出（on_error），退出码为 1："
         "运行 → 终止。"});
}

TEST("a wait brings how the child ended")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'wait', 'processes': [{'name': 'A', "
        "'program': [{'fork': 'B'}, {'wait': 'any', 'flags': 'WNOHANG'}, "
        "{'wait': 'any'}, {'fork': 'B'}, {'cpu': 3}, {'kill': 'B.2', 'sig': "
        "'SIGTERM'}, {'wait': 'B'}, {'wait': 'any'}, {'kill': 'B'}, {'kill': "
        "'A', 'sig': '0'}, {'kill': 'A', 'sig': 'SIGUSR1'}]}, {'name': 'B', "
        "'program': [{'sleep': 8}, {'exit': 7}]}]}",
        {"No child of `A` has ended yet, and with WNOHANG waitpid(2) does not "
         "wait: it returns 0.",
         "`A` 的子进程都未结束；带 WNOHANG 的 waitpid(2) 不等待，返回 0。"},
        {"No child of `A` has ended yet, so it sleeps in waitpid(2): running →"
         " blocked.",
         "`A` 的子进程都还没有结束，它在 waitpid(2) 中睡眠：运行 → 阻塞。"},
        {"`B` has ended by itself with exit code 7; `A` is waiting for that: "
         "running → terminated.",
         "`B` 自行结束，退出码为 7；`A` 正在等待它：运行 → 终止。"},
        {"`B`, for which `A` was waiting, has ended, and waitpid(2) returns "
         "its id 2 with exit code 7: blocked → ready.",
         "`A` 等待的子进程 `B` 已结束，waitpid(2) 返回它的编号 2 并取得退出码 "
         "7：阻塞 → 就绪。"},
        {"`A` has finished its CPU burst of 3 ticks.",
         "`A` 完成了 3 个滴答的 CPU 区间。"},
        {"`A` has sent SIGTERM to `B.2`.",
         "`A` 向 `B.2` 发送了 SIGTERM。"},
        {"`A` has sent SIGTERM, and its default action ends `B.2`; it stays a "
         "zombie until `A` waits for it: ready → terminated.",
         "`A` 发送了 SIGTERM，其默认动作终止了 `B.2`；在 `A` 等待它之前是僵尸"
         "进程：就绪 → 终止。"},
        {"`B.2` had already ended, so waitpid(2) of `A` returns at once with "
         "the signal SIGTERM that ended it, and the zombie is gone.",
         "`B.2` 早已结束，`A` 的 waitpid(2) 立即返回并取得使它终止的信号 "
         "SIGTERM，僵尸进程被回收。"});
}

TEST("the user kills a child, and what is left of it is said of the right one")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'killed', 'scheduler': {'policy': 'rr', "
        "'quantum': 9}, 'machine': {'cpus': 2}, 'processes': [{'name': 'A', "
        "'program': [{'fork': 'B'}, {'cpu': 4}, {'wait': 'B'}, {'cpu': 9}]}, "
        "{'name': 'B', 'program': [{'cpu': 30}]}], 'actions': [{'at': 3, "
        "'kill': 'B'}, {'at': 7, 'kill': 'A'}]}",
        {"The user has killed `B`; it stays a zombie until `A` waits for it: "
         "running → terminated.",
         "用户终止了 `B`；在 `A` 等待它之前是僵尸进程：运行 → 终止。"},
        {"`B` had already ended, so waitpid(2) of `A` returns at once with "
         "the signal SIGKILL that ended it, and the zombie is gone.",
         "`B` 早已结束，`A` 的 waitpid(2) 立即返回并取得使它终止的信号 SIGKILL"
         "，僵尸进程被回收。"},
        {"The user has killed `A`: running → terminated.",
         "用户终止了 `A`：运行 → 终止。"},
        {"All 2 processes have ended: the run is finished at 7.",
         "全部 2 个进程已结束：运行在时刻 7 完成。"});
}

TEST("devices, context switches and what the user wants in vain")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'io', 'machine': {'context_switch': 1}, "
        "'scheduler': {'policy': 'rr', 'quantum': 2}, 'processes': [{'name': "
        "'A', 'program': [{'io': 3, 'device': 'disk'}, {'io': 2}, {'cpu': 5}, "
        "{'set': 'n', 'value': 1}, {'add': 'n', 'value': 1}]}, {'name': 'B', "
        "'program': [{'io': 3, 'device': 'disk'}, {'until': 0}]}], 'actions': "
        "[{'at': 2, 'suspend': 'B'}, {'at': 3, 'activate': 'B'}, {'at': 3, "
        "'activate': 'B'}, {'at': 25, 'kill': 'B'}]}",
        {"`A` has asked the device `disk`, which serves it now, and cannot go "
         "on without the answer: running → blocked.",
         "`A` 请求设备 `disk`，设备正在为它服务；没有结果它无法继续：运行 → 阻"
         "塞。"},
        {"CPU 0 goes over from `A` to `B`, first in line for it. Nobody "
         "computes meanwhile: the context switch takes 1 tick.",
         "CPU 0 从 `A` 转向等待它的队首进程 `B`。期间没有进程计算：上下文切换需"
         "要 1 个滴答。"},
        {"The device `disk` still serves `A`, so `B` queues for it: running → "
         "blocked.",
         "设备 `disk` 正在为 `A` 服务，`B` 排队等待：运行 → 阻塞。"},
        {"The user has suspended `B`: blocked → blocked-suspended.",
         "用户挂起了 `B`：阻塞 → 阻塞挂起。"},
        {"The device has done what `A` asked for: blocked → ready.",
         "设备已完成 `A` 的请求：阻塞 → 就绪。"},
        {"The user wants `B` back; what it waits for has not come yet: "
         "blocked-suspended → blocked.",
         "用户激活了 `B`；它所等的还没有到来：阻塞挂起 → 阻塞。"},
        {"The user wants to activate `B`, but no such arrow leads out of the "
         "state it is in.",
         "用户要求对 `B` 执行“激活”，但它当前的状态没有这条转换。"},
        {"`A` has asked for input or output, which takes until 6, and cannot "
         "go on without it: running → blocked.",
         "`A` 请求输入输出，要到时刻 6 才完成；在此之前无法继续：运行 → 阻塞。"},
        {"There is nothing to wait for, so `B` goes on at once.",
         "无需等待，`B` 立即继续。"},
        {"The slice of `A` is over, but nobody else is ready, so it simply "
         "gets another 2 ticks.",
         "`A` 的时间片用完，但没有其他就绪进程，于是再得到 2 个滴答。"},
        {"`A` has computed `n`: it is 1 now.",
         "`A` 计算了 `n`：现在是 1。"},
        {"The user wants to kill `B`, but no such arrow leads out of the "
         "state it is in.",
         "用户要求对 `B` 执行“终止”，但它当前的状态没有这条转换。"});
}

TEST("slices")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'slice', 'scheduler': {'policy': 'rr', "
        "'quantum': 2}, 'processes': [{'name': 'A', 'program': [{'cpu': 3}]}, "
        "{'name': 'B', 'program': [{'cpu': 1}, {'sleep': 0}]}, {'name': 'D', "
        "'program': [{'cpu': 1}]}]}",
        {"CPU 0 is free and `A` is first in the ready queue (2 others wait "
         "behind it), so it runs for at most 2 ticks: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面还有 2 个进程），于是开始运行"
         "，最多运行 2 个滴答：就绪 → 运行。"},
        {"The slice of 2 ticks is over and 2 others are ready, so `A` goes to "
         "the tail of the queue: running → ready.",
         "2 个滴答的时间片用完，有 2 个其他进程就绪，`A` 回到就绪队列末尾：运"
         "行 → 就绪。"},
        {"There is nothing to wait for, so `B` goes on at once.",
         "无需等待，`B` 立即继续。"});
}

TEST("where Linux may let wait find either of two, it is said whom")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'processes': ["
        "{'name': 'P', 'program': [{'pipe': 'p'}, {'fork': 'R'}, {'fork': "
        "'W'}, {'close': 'p[0]'}, {'wait': 'any'}]},"
        "{'name': 'R', 'program': [{'sleep': 20}, {'exit': 3}]},"
        "{'name': 'W', 'program': [{'close': 'p[0]'}, {'write': 'p[1]', "
        "'bytes': 70000}]}]}",
        {"`R`, for which `P` was waiting, has ended, and waitpid(2) returns "
         "its id 2 with exit code 3: blocked → ready. 2 children end at once, "
         "and whom wait(2) finds first is up to Linux; here it was `R`.",
         "`P` 等待的子进程 `R` 已结束，waitpid(2) 返回它的编号 2 并取得退出码 3："
         "阻塞 → 就绪。2 个子进程同时结束，wait(2) 先得到哪一个由 Linux 决定"
         "，这次是 `R`。"});
}
