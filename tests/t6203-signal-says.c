/* t6203-signal-says.c: what the why line says of signals: from whom, where they
 * got, and in which order a SIGPIPE and its write come. */
#include "tests/says.h"

TEST("the handler of SIGPIPE runs before the write returns; a blocked one waits")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'handled', 'processes': [{'name': 'A', "
        "'program': [{'signal': 'SIGPIPE', 'do': [{'cpu': 2}]}, {'pipe': "
        "'p'}, {'close': 'p[0]'}, {'write': 'p[1]', 'text': 'x'}, {'signal': "
        "'SIGPIPE', 'action': 'block'}, {'write': 'p[1]', 'text': 'y'}, "
        "{'signal': 'SIGPIPE', 'action': 'default'}, {'signal': 'SIGPIPE', "
        "'action': 'unblock'}]}]}",
        {"From now on `A` answers SIGPIPE with a handler.",
         "从现在起，`A` 用处理函数响应 SIGPIPE。"},
        {"No process has the read end open any more, so the kernel sends "
         "SIGPIPE; the handler of `A` runs first, and only then write(2) "
         "fails with EPIPE.",
         "管道的读端已全部关闭，内核发来 SIGPIPE；先执行 `A` 的处理函数，然后 "
         "write(2) 才失败，错误为 EPIPE。"},
        {"The handler of `A` for SIGPIPE is done, and only now write(2) fails "
         "with EPIPE.",
         "`A` 的 SIGPIPE 处理函数执行完毕，这时 write(2) 才失败，错误为 EPIPE"
         "。"},
        {"From now on `A` blocks SIGPIPE: should it come, it has to wait.",
         "从现在起，`A` 屏蔽 SIGPIPE：它若到来，将保持未决。"},
        {"No process has the read end open any more, so the kernel sends "
         "SIGPIPE; `A` blocks it, so the signal waits, and write(2) fails "
         "with EPIPE.",
         "管道的读端已全部关闭，内核发来 SIGPIPE；`A` 屏蔽了它，信号保持未决，"
         "write(2) 失败，错误为 EPIPE。"},
        {"From now on SIGPIPE does to `A` what it does by default.",
         "从现在起，SIGPIPE 对 `A` 执行默认动作。"},
        {"`A` no longer blocks SIGPIPE.",
         "`A` 不再屏蔽 SIGPIPE。"},
        {"Nothing holds the pending SIGPIPE back any more, and its default "
         "action ends `A`: running → terminated.",
         "先前未决的 SIGPIPE 现在送达，其默认动作终止了 `A`：运行 → 终止。"});
}

TEST("a stopped process: what reaches it and what has to wait")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'stop', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'pipe': "
        "'p'}, {'fork': 'B'}, {'sleep': 4}, {'kill': 'B', 'sig': 'SIGSTOP'}, "
        "{'kill': 'B', 'sig': 'SIGUSR1'}, {'kill': 'B', 'sig': 'SIGCHLD'}, "
        "{'kill': 'B', 'sig': 'SIGCONT'}, {'sleep': 3}, {'kill': 'A', 'sig': "
        "'SIGUSR2'}]}, {'name': 'B', 'program': [{'read': 'p[0]', 'size': 1}, "
        "{'cpu': 1}]}]}",
        {"The pipe is empty and writers (`A` and `B` itself) still have it "
         "open, so `B` sleeps in read(2): running → blocked.",
         "管道为空，而写端仍由 `A` 和 `B` 自己打开着，因此 `B` 在 read(2) 中睡"
         "眠：运行 → 阻塞。"},
        {"`A` has sent SIGSTOP to `B`.",
         "`A` 向 `B` 发送了 SIGSTOP。"},
        {"SIGSTOP from `A` stops `B`, which keeps its memory: blocked → "
         "blocked-suspended.",
         "来自 `A` 的 SIGSTOP 使 `B` 停止，但它保留内存：阻塞 → 阻塞挂起。"},
        {"`A` has sent SIGUSR1 to `B`.",
         "`A` 向 `B` 发送了 SIGUSR1。"},
        {"SIGUSR1 from `A` has to wait, because `B` is suspended.",
         "`B` 已挂起，来自 `A` 的 SIGUSR1 要等它继续后才处理。"},
        {"SIGCHLD from `A` reaches `B`, which ignores it: nothing happens.",
         "来自 `A` 的 SIGCHLD 到达 `B`，被它忽略：什么也不发生。"},
        {"SIGCONT from `A` lets `B` go on: blocked-suspended → blocked.",
         "来自 `A` 的 SIGCONT 让 `B` 继续：阻塞挂起 → 阻塞。"},
        {"Nothing holds the pending SIGUSR1 back any more, and its default "
         "action ends `B`; it stays a zombie until `A` waits for it: blocked →"
         " terminated.",
         "先前未决的 SIGUSR1 现在送达，其默认动作终止了 `B`；在 `A` 等待它之前"
         "是僵尸进程：阻塞 → 终止。"},
        {"`A` has sent SIGUSR2 to itself.",
         "`A` 向自己发送了 SIGUSR2。"},
        {"`A` has sent SIGUSR2 to itself, and the default action ends it: "
         "running → terminated.",
         "`A` 给自己发送了 SIGUSR2，其默认动作终止了它：运行 → 终止。"});
}

TEST("a blocked signal waits, and reaches its process in the end")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'block', 'scheduler': {'policy': 'rr', "
        "'quantum': 1}, 'processes': [{'name': 'A', 'program': [{'fork': "
        "'B'}, {'cpu': 2}, {'kill': 'B', 'sig': 'SIGUSR1'}, {'cpu': 9}]}, "
        "{'name': 'B', 'program': [{'signal': 'SIGUSR1', 'action': 'block'}, "
        "{'cpu': 4}, {'signal': 'SIGUSR1', 'action': 'unblock'}]}]}",
        {"SIGUSR1 from `A` has to wait, because `B` blocks this signal at "
         "present.",
         "`B` 目前屏蔽这个信号，来自 `A` 的 SIGUSR1 保持未决。"},
        {"`B` no longer blocks SIGUSR1.",
         "`B` 不再屏蔽 SIGUSR1。"},
        {"Nothing holds the pending SIGUSR1 back any more, and its default "
         "action ends `B`; it stays a zombie until `A` waits for it: running →"
         " terminated.",
         "先前未决的 SIGUSR1 现在送达，其默认动作终止了 `B`；在 `A` 等待它之前"
         "是僵尸进程：运行 → 终止。"});
}

TEST("a device is not interrupted: the signal waits for it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'device', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'fork': "
        "'B'}, {'cpu': 3}, {'kill': 'B', 'sig': 'SIGUSR1'}, {'kill': 'B', "
        "'sig': '0'}, {'wait': 'B'}, {'kill': 'B', 'sig': 'SIGTERM'}]}, "
        "{'name': 'B', 'program': [{'signal': 'SIGUSR1', 'do': []}, {'io': "
        "9}]}], 'machine': {'cpus': 2}}",
        {"`B` has asked for input or output, which takes until 11, and cannot "
         "go on without it: running → blocked.",
         "`B` 请求输入输出，要到时刻 11 才完成；在此之前无法继续：运行 → 阻塞"
         "。"},
        {"SIGUSR1 from `A` has to wait, because `B` cannot take it at the "
         "moment.",
         "`B` 此刻无法处理信号，来自 `A` 的 SIGUSR1 保持未决。"},
        {"`A` has asked with kill(2) and signal 0 whether `B` is there: it is.",
         "`A` 用 kill(2) 和信号 0 询问 `B` 是否存在：存在。"},
        {"`B` has not ended yet, so `A` sleeps in waitpid(2): running → "
         "blocked.",
         "`B` 尚未结束，`A` 在 waitpid(2) 中睡眠：运行 → 阻塞。"},
        {"The pending SIGUSR1 reaches `B`, which has a handler for it: the "
         "handler runs first.",
         "先前未决的 SIGUSR1 到达 `B`，它有处理函数：先执行处理函数。"},
        {"The handler of `B` for SIGUSR1 is done, so it goes on where the "
         "signal had come.",
         "`B` 的 SIGUSR1 处理函数执行完毕，回到信号到来时的地方继续。"},
        {"`B` is not there for `A` to signal, so kill(2) fails with ESRCH.",
         "`A` 要发信号的 `B` 不存在，kill(2) 失败，错误为 ESRCH。"});
}

TEST("a handler interrupts a call; a zombie feels nothing")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'sig', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'fork': "
        "'B'}, {'sleep': 3}, {'kill': 'B', 'sig': 'SIGUSR1'}, {'sleep': 1}, "
        "{'kill': 'B', 'sig': 'SIGSTOP'}, {'kill': 'B', 'sig': 'SIGUSR1'}, "
        "{'kill': 'B', 'sig': 'SIGCONT'}, {'sleep': 2}, {'kill': 'B', 'sig': "
        "'SIGUSR2'}, {'sleep': 3}, {'kill': 'B', 'sig': 'SIGCHLD'}]}, "
        "{'name': 'B', 'program': [{'signal': 'SIGUSR1', 'do': [{'cpu': 1}]}, "
        "{'pause': true}, {'signal': 'SIGUSR2', 'action': 'block'}, {'cpu': "
        "9}, {'signal': 'SIGUSR2', 'action': 'default'}, {'signal': "
        "'SIGUSR2', 'action': 'unblock'}]}]}",
        {"`B` waits in pause(2) until a signal handler has run: running → "
         "blocked.",
         "`B` 在 pause(2) 中等待，直到某个信号处理函数运行过：运行 → 阻塞。"},
        {"SIGUSR1 from `A` reaches `B`, which has a handler for it: the "
         "handler runs first.",
         "来自 `A` 的 SIGUSR1 到达 `B`，它有处理函数：先执行处理函数。"},
        {"SIGUSR1 has come and interrupts the sleep of `B`: blocked → ready.",
         "信号 SIGUSR1 到来，打断了 `B` 的睡眠：阻塞 → 就绪。"},
        {"The handler of `B` for SIGUSR1 is done, so it goes on where the "
         "signal had come.",
         "`B` 的 SIGUSR1 处理函数执行完毕，回到信号到来时的地方继续。"},
        {"A signal handler of `B` has interrupted pause(2), which fails with "
         "EINTR.",
         "`B` 的信号处理函数打断了 pause(2)，pause(2) 失败，错误为 EINTR。"},
        {"`A` has sent SIGCHLD to `B`, which is a zombie: nothing happens.",
         "`A` 向 `B` 发送了 SIGCHLD，但后者是僵尸进程：什么也不发生。"});
}

TEST("a deadlock says who could have ended each sleep")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'dead', 'processes': [{'name': 'A', "
        "'program': [{'fork': 'B'}, {'pause': true}]}, {'name': 'B', "
        "'program': [{'pipe': 'q'}, {'fork': 'C'}, {'close': 'q[1]'}, "
        "{'read': 'q[0]', 'size': 1}]}, {'name': 'C', 'program': [{'close': "
        "'q[0]'}, {'wait': 'any'}, {'pause': true}]}]}",
        {"`A` sleeps in pause(2), which nobody can ever end: deadlock.",
         "`A` 在 pause(2) 中睡眠，再没有谁能使其结束：死锁。"},
        {"`B` sleeps in read(2), which only `C` could end, and that can never "
         "happen now: deadlock.",
         "`B` 在 read(2) 中睡眠，只有 `C` 能使其结束，而这已不可能发生：死锁。"},
        {"`C` sleeps in pause(2), which nobody can ever end: deadlock.",
         "`C` 在 pause(2) 中睡眠，再没有谁能使其结束：死锁。"},
        {"Nothing can ever happen again, and 3 processes are still there: the "
         "run stops in deadlock.",
         "再也不会发生任何事，而仍有 3 个进程：运行因死锁停止。"});
}
