/* t6202-pipe-says.c: what the why line says of a pipe: the bytes, who waits for
 * whom, and what went wrong. */
#include "tests/says.h"

TEST("what went through a pipe is shown as C would write it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'pipe', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'read': "
        "'p[0]', 'size': 1}, {'pipe': 'p'}, {'write': 'p[0]', 'text': 'x'}, "
        "{'read': 'p[1]', 'size': 1}, {'write': 'p[1]', 'text': "
        "'a\\n\\\"b\\\"'}, {'read': 'p[0]', 'size': 0}, {'read': 'p[0]', "
        "'size': 64}, {'write': 'p[1]', 'text': ''}, {'dup': 'p[0]', 'as': "
        "'q'}, {'fcntl': 'p[0]', 'flags': 'O_NONBLOCK'}, {'read': 'p[0]', "
        "'size': 4}, {'fcntl': 'p[0]', 'flags': ''}, {'fcntl': 'p[1]', "
        "'flags': 'O_NONBLOCK'}, {'write': 'p[1]', 'bytes': 70000}, {'write': "
        "'p[1]', 'text': 'no room'}, {'fcntl': 'p[0]', 'pipe_size': 4096}, "
        "{'fcntl': 'p[0]', 'pipe_size': 1048576}, {'fcntl': 'p[0]', "
        "'pipe_size': 131072}, {'read': 'q', 'size': 65536}, {'close': 'q'}, "
        "{'close': 'q'}, {'close': 'p[1]'}, {'read': 'p[0]', 'size': 1}, "
        "{'close': 'p[0]'}]}]}",
        {"`A` has never opened `p[0]`, so read(2) fails with EBADF.",
         "`A` 从未打开过 `p[0]`，read(2) 失败，错误为 EBADF。"},
        {"`A` has made a pipe with room for 65536 bytes: `p[0]` (descriptor "
         "3) reads from it and `p[1]` (descriptor 4) writes to it.",
         "`A` 创建了容量为 65536 个字节的管道：`p[0]`（描述符 3）用于读，"
         "`p[1]`（描述符 4）用于写。"},
        {"`p[0]` (descriptor 3) is an end to read from, so write(2) of `A` "
         "fails with EBADF.",
         "`p[0]`（描述符 3）是读端，不能写，`A` 的 write(2) 失败，错误为 EBADF"
         "。"},
        {"`p[1]` (descriptor 4) is an end to write to, so read(2) of `A` "
         "fails with EBADF.",
         "`p[1]`（描述符 4）是写端，不能读，`A` 的 read(2) 失败，错误为 EBADF"
         "。"},
        {"There is room in the pipe, so write(2) of `A` puts 5 bytes "
         "(\"a\\n\\\"b\\\"\") in without waiting; now in it: 5.",
         "管道中有空间，`A` 的 write(2) 无需等待就写入 5 个字节 "
         "\"a\\n\\\"b\\\"\"（现有 5）。"},
        {"`A` has asked for 0 bytes, so read(2) returns 0: that is not end of "
         "file.",
         "`A` 要读 0 个字节，read(2) 返回 0：这不是文件结束。"},
        {"There were bytes in the pipe, so read(2) of `A` takes 5 bytes "
         "(\"a\\n\\\"b\\\"\") without waiting; left in it: 0.",
         "管道中有数据，`A` 的 read(2) 无需等待就读走 5 个字节 "
         "\"a\\n\\\"b\\\"\"（还剩 0）。"},
        {"`A` has written 0 bytes: nothing happens, not even SIGPIPE.",
         "`A` 写了 0 个字节：什么也不发生，连 SIGPIPE 也没有。"},
        {"`A` has made `q` (descriptor 5) a second descriptor for what `p[0]` "
         "means.",
         "`A` 让 `q`（描述符 5）成为 `p[0]` 的第二个描述符。"},
        {"From now on `p[0]` of `A` never waits: what cannot be done at once "
         "fails with EAGAIN.",
         "从现在起，`A` 的 `p[0]` 不再等待：不能立即完成的操作返回 EAGAIN。"},
        {"The pipe is empty and O_NONBLOCK forbids to wait, so read(2) of `A` "
         "fails with EAGAIN.",
         "管道为空，而 O_NONBLOCK 不允许等待，`A` 的 read(2) 失败，错误为 "
         "EAGAIN。"},
        {"From now on `p[0]` of `A` waits when it has to.",
         "从现在起，`A` 的 `p[0]` 在必要时等待。"},
        {"Only a part fits and O_NONBLOCK forbids to wait, so write(2) of `A` "
         "puts in no more than 65536 bytes of 70000.",
         "只容得下一部分，而 O_NONBLOCK 不允许等待，`A` 的 write(2) 只写入 "
         "65536 个字节（共 70000）。"},
        {"The pipe is too full (65536 bytes in 16 of 16 pages) and O_NONBLOCK "
         "forbids to wait, so write(2) of `A` fails with EAGAIN.",
         "管道空间不够（65536 个字节，占 16/16 页），而 O_NONBLOCK 不允许等待"
         "，`A` 的 write(2) 失败，错误为 EAGAIN。"},
        {"There is more in the pipe than the new size could hold, so fcntl(2) "
         "of `A` fails with EBUSY.",
         "管道中的数据超过新的容量，`A` 的 fcntl(2) 失败，错误为 EBUSY。"},
        {"`A` has given the pipe room for 1048576 bytes.",
         "`A` 把管道的容量改为 1048576 个字节。"},
        {"There were bytes in the pipe, so read(2) of `A` takes 65536 bytes "
         "without waiting; left in it: 0.",
         "管道中有数据，`A` 的 read(2) 无需等待就读走 65536 个字节（还剩 0）。"},
        {"`A` has closed `q`; this end of the pipe is still open in `A`.",
         "`A` 关闭了 `q`，但 `A` 仍打开着管道的这一端。"},
        {"`q` (descriptor 5) is closed in `A`, so close(2) fails with EBADF.",
         "`q`（描述符 5）在 `A` 中已经关闭，close(2) 失败，错误为 EBADF。"},
        {"`A` has closed `p[1]` and was the last writer: whoever reads the "
         "pipe empty gets end of file.",
         "`A` 关闭了 `p[1]`，它是最后一个写者：读空管道者将得到文件结束。"},
        {"The pipe is empty and its last writer has closed it, so read(2) of "
         "`A` returns 0: end of file.",
         "管道为空，最后一个写者已经关闭，`A` 的 read(2) 返回 0：文件结束。"},
        {"`A` has closed `p[0]`, the last descriptor of the pipe: it is gone "
         "with all that was in it.",
         "`A` 关闭了 `p[0]`，这是该管道的最后一个描述符：管道连同其中的数据一"
         "起消失。"});
}

TEST("a full pipe, room, and data with its bytes")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'full', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'pipe': "
        "'p'}, {'fork': 'B'}, {'close': 'p[0]'}, {'write': 'p[1]', 'bytes': "
        "65536}, {'write': 'p[1]', 'text': 'again'}, {'cpu': 2}, {'write': "
        "'p[1]', 'text': 'more'}, {'exit': 0}]}, {'name': 'B', 'program': "
        "[{'close': 'p[1]'}, {'sleep': 9}, {'read': 'p[0]', 'size': 65536}, "
        "{'read': 'p[0]', 'size': 9}, {'read': 'p[0]', 'size': 9}, {'read': "
        "'p[0]', 'size': 9}, {'read': 'p[0]', 'size': 9}]}]}",
        {"`A` has closed `p[0]`; this end of the pipe is still open in `B`.",
         "`A` 关闭了 `p[0]`，但 `B` 仍打开着管道的这一端。"},
        {"The pipe is full (65536 bytes in 16 of 16 pages) and a reader (`B`) "
         "still has it open, so `A` sleeps in write(2): running → blocked.",
         "管道已满（65536 个字节，占 16/16 页），而读端仍由 `B` 打开着，因此 "
         "`A` 在 write(2) 中睡眠：运行 → 阻塞。"},
        {"`B` has read from the pipe and made room for `A`, and write(2) "
         "returns 5: blocked → ready.",
         "`B` 读走了管道中的数据，为 `A` 腾出了空间，write(2) 返回 5：阻塞 → "
         "就绪。"},
        {"There were bytes in the pipe, so read(2) of `B` takes 5 bytes "
         "(\"again\") without waiting; left in it: 0.",
         "管道中有数据，`B` 的 read(2) 无需等待就读走 5 个字节 \"again\"（还剩"
         " 0）。"},
        {"The pipe is empty and a writer (`A`) still has it open, so `B` "
         "sleeps in read(2): running → blocked.",
         "管道为空，而写端仍由 `A` 打开着，因此 `B` 在 read(2) 中睡眠：运行 → "
         "阻塞。"},
        {"`A` has written 4 bytes into the pipe, just what `B` was waiting "
         "for, and read(2) returns 4 (\"more\"): blocked → ready.",
         "`A` 向管道写入了 4 个字节，正是 `B` 所等的，read(2) 返回 4（\"more\""
         "）：阻塞 → 就绪。"});
}

TEST("a sleeping writer learns that nobody reads before it learns of SIGPIPE")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'broken', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'pipe': "
        "'p'}, {'fork': 'B'}, {'close': 'p[0]'}, {'write': 'p[1]', 'bytes': "
        "65536}, {'write': 'p[1]', 'text': 'again'}]}, {'name': 'B', "
        "'program': [{'cpu': 3}, {'close': 'p[0]'}, {'cpu': 2}]}]}",
        {"`B` has closed `p[0]` and was the last reader: whoever writes now "
         "gets SIGPIPE.",
         "`B` 关闭了 `p[0]`，它是最后一个读者：再写入者将收到 SIGPIPE。"},
        {"`B` was the last reader and has closed the pipe, so nobody will "
         "ever read what `A` writes: blocked → ready.",
         "最后一个读者 `B` 关闭了管道，`A` 写的内容再也无人读取：阻塞 → 就绪。"},
        {"No process has the read end open any more, so the kernel sends "
         "SIGPIPE, and its default action ends `A` before write(2) returns: "
         "ready → terminated.",
         "管道的读端已全部关闭，内核发来 SIGPIPE，其默认动作终止了 `A`，"
         "write(2) 不再返回：就绪 → 终止。"});
}

TEST("a write that had begun returns what it has done, after the SIGPIPE")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'brokenig', 'scheduler': {'policy': 'rr', "
        "'quantum': 50}, 'processes': [{'name': 'A', 'program': [{'signal': "
        "'SIGPIPE', 'action': 'ignore'}, {'pipe': 'p'}, {'fork': 'B'}, "
        "{'close': 'p[0]'}, {'write': 'p[1]', 'bytes': 70000}]}, {'name': "
        "'B', 'program': [{'cpu': 3}, {'close': 'p[0]'}, {'cpu': 2}]}]}",
        {"`B` was the last reader and has closed the pipe, so nobody will "
         "ever read what `A` writes: blocked → ready.",
         "最后一个读者 `B` 关闭了管道，`A` 写的内容再也无人读取：阻塞 → 就绪。"},
        {"No process has the read end open any more, so the kernel sends "
         "SIGPIPE; `A` ignores it, and write(2) returns 65536.",
         "管道的读端已全部关闭，内核发来 SIGPIPE；`A` 忽略它，write(2) 返回 "
         "65536。"});
}

TEST("who holds the other end itself is told so when it falls asleep")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'self', 'processes': [{'name': 'A', "
        "'program': [{'pipe': 'p'}, {'fork': 'B'}, {'read': 'p[0]', 'size': "
        "1}]}, {'name': 'B', 'program': [{'close': 'p[1]'}, {'pipe': 'q'}, "
        "{'write': 'q[1]', 'bytes': 65536}, {'write': 'q[1]', 'text': '!'}]}]}",
        {"The pipe is empty and writers (`A` itself and `B`) still have it "
         "open, so `A` sleeps in read(2): running → blocked.",
         "管道为空，而写端仍由 `A` 自己和 `B` 打开着，因此 `A` 在 read(2) 中睡"
         "眠：运行 → 阻塞。"},
        {"The pipe is full (65536 bytes in 16 of 16 pages) and only `B` "
         "itself still has its read end open, so it sleeps in write(2) and "
         "nobody is left who could read: running → blocked.",
         "管道已满（65536 个字节，占 16/16 页），而读端只剩 `B` 自己打开着，它"
         "在 write(2) 中睡眠，再没有谁能读走数据：运行 → 阻塞。"},
        {"`A` sleeps in read(2), and only `A` itself has the other end open: "
         "deadlock.",
         "`A` 在 read(2) 中睡眠，而另一端只有 `A` 自己打开着：死锁。"},
        {"`B` sleeps in write(2), and only `B` itself has the other end open: "
         "deadlock.",
         "`B` 在 write(2) 中睡眠，而另一端只有 `B` 自己打开着：死锁。"},
        {"Nothing can ever happen again, and 2 processes are still there: the "
         "run stops in deadlock.",
         "再也不会发生任何事，而仍有 2 个进程：运行因死锁停止。"});
}

TEST("two who wait for each other are told as a circle")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'circle', 'processes': [{'name': 'A', "
        "'program': [{'pipe': 'p'}, {'pipe': 'q'}, {'fork': 'B'}, {'close': "
        "'p[1]'}, {'close': 'q[0]'}, {'read': 'p[0]', 'size': 1}]}, {'name': "
        "'B', 'program': [{'close': 'p[0]'}, {'close': 'q[1]'}, {'read': "
        "'q[0]', 'size': 1}]}]}",
        {"`A` sleeps in read(2), which only `B` could end, and so on in a "
         "circle (`A` → `B` → `A`): deadlock.",
         "`A` 在 read(2) 中睡眠，只有 `B` 能使其结束，这样绕成一个圈（`A` → "
         "`B` → `A`）：死锁。"},
        {"`B` sleeps in read(2), which only `A` could end, and so on in a "
         "circle (`B` → `A` → `B`): deadlock.",
         "`B` 在 read(2) 中睡眠，只有 `A` 能使其结束，这样绕成一个圈（`B` → "
         "`A` → `B`）：死锁。"});
}

TEST("many at the other end, and calls that only change the process")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'title': 'many', 'scheduler': {'policy': 'rr', "
        "'quantum': 9}, 'processes': [{'name': 'A', 'program': [{'pipe': "
        "'p'}, {'fork': 'B'}, {'fork': 'C'}, {'close': 'p[0]'}, {'sleep': 9}, "
        "{'write': 'p[1]', 'bytes': 65536}, {'write': 'p[1]', 'text': '!'}, "
        "{'until': 3}]}, {'name': 'B', 'program': [{'read': 'p[0]', 'size': "
        "1}, {'yield': true}, {'nice': 3}]}, {'name': 'C', 'program': "
        "[{'sleep': 1}, {'set': 'i', 'value': 4}, {'sleep': 30}]}]}",
        {"The pipe is empty and writers (`A`, `B` itself and `C`) still have "
         "it open, so `B` sleeps in read(2): running → blocked.",
         "管道为空，而写端仍由 `A`、`B` 自己和 `C` 打开着，因此 `B` 在 "
         "read(2) 中睡眠：运行 → 阻塞。"},
        {"`C` has computed `i`: it is 4 now.",
         "`C` 计算了 `i`：现在是 4。"},
        {"`A` has written 65536 bytes into the pipe, just what `B` was "
         "waiting for, and read(2) returns 1 (\"A\"): blocked → ready.",
         "`A` 向管道写入了 65536 个字节，正是 `B` 所等的，read(2) 返回 1（"
         "\"A\"）：阻塞 → 就绪。"},
        {"The pipe is full (65535 bytes in 16 of 16 pages) and readers (`B` "
         "and `C`) still have it open, so `A` sleeps in write(2): running → "
         "blocked.",
         "管道已满（65535 个字节，占 16/16 页），而读端仍由 `B` 和 `C` 打开着"
         "，因此 `A` 在 write(2) 中睡眠：运行 → 阻塞。"},
        {"`B` calls sched_yield(2): it offers the CPU to the others.",
         "`B` 调用 sched_yield(2)，把 CPU 让给其他进程。"},
        {"`B` gave up the rest of its slice with sched_yield(2) and goes to "
         "the tail of the queue: running → ready.",
         "`B` 用 sched_yield(2) 放弃剩余时间片，回到就绪队列末尾：运行 → 就绪"
         "。"},
        {"`B` has niceness 3 now.",
         "`B` 的谦让值现在是 3。"});
}

TEST("where Linux may let either of two look first, it is said who did")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'processes': ["
        "{'name': 'A', 'program': [{'pipe': 'p'}, {'fork': 'B'}, {'fork': "
        "'C'}, {'sleep': 20}, {'write': 'p[1]', 'bytes': 70000}]},"
        "{'name': 'B', 'program': [{'read': 'p[0]', 'size': 17463}]},"
        "{'name': 'C', 'program': [{'sleep': 4}, {'read': 'p[0]', 'size': "
        "65536}]}]}",
        {"`B` has read from the pipe and made room for `A`, and write(2) "
         "returns 70000: blocked → ready. 2 were woken at this pipe at once "
         "and Linux lets any of them look first; here it was `A`.",
         "`B` 读走了管道中的数据，为 `A` 腾出了空间，write(2) 返回 70000："
         "阻塞 → 就绪。2 个进程同时在这个管道上被唤醒，谁先查看由 Linux 决定"
         "，这次是 `A`。"});
}

TEST("the same with two receivers of a message queue")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'processes': ["
        "{'name': 'A', 'program': [{'msgget': 'q', 'key': 'IPC_PRIVATE', "
        "'flags': '0600'}, {'fork': 'B'}, {'fork': 'C'}, {'sleep': 9}, "
        "{'msgctl': 'q', 'cmd': 'IPC_SET', 'qbytes': 4096}, {'msgsnd': 'q', "
        "'type': 1, 'text': 'x'}]},"
        "{'name': 'B', 'program': [{'msgrcv': 'q', 'type': 0, 'size': 9}]},"
        "{'name': 'C', 'program': [{'msgrcv': 'q', 'type': 0, 'size': 9}]}]}",
        {"`B` is waiting for a message of type 1, so what `A` sends (1 byte "
         "(\"x\")) goes straight to it and never enters the queue. 2 wait at "
         "this message queue, and only Linux knows who stands first; here it "
         "was `B`.",
         "`B` 正在等待类型为 1 的消息，`A` 发送的消息（1 个字节 \"x\"）直接交"
         "给它，不进入队列。2 个进程在这个消息队列上等待，谁排在最前面由 Linux "
         "决定，这次是 `B`。"});
}
