/* t6206-fifo-says.c: what the why line says of FIFOs: names that come and go,
 * and who waits for whom in open(2). */
#include "tests/says.h"

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'machine': {'cpus': 4}, 'scheduler': {'policy': "        \
    "'fcfs'}, 'processes': [" programs "]}"

TEST("a FIFO is made, and whoever comes first waits for the other side")
{
    EXPECT_SAYS(
        FILE("{'name': 'A', 'program': [{'mkfifo': 'f', 'mode': '0666'}, "
             "{'mkfifo': 'f'}, {'mkfifo': 'g', 'mode': '0600'}, "
             "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'}, "
             "{'read': 'r', 'size': 9}]}, "
             "{'name': 'B', 'arrival': 8, 'program': ["
             "{'open': 'f', 'flags': 'O_WRONLY', 'as': 'w'}, "
             "{'close': 'w'}]}"),
        {"`A` has made the FIFO `f`: a pipe with a name; of the mode 0666 the "
         "umask 022 leaves 0644.",
         "`A` 创建了有名管道 `f`：有名字的管道；权限 0666 经 umask 022 屏蔽后为 "
         "0644。"},
        {"There is a file `f` already, so mkfifo(3) of `A` fails with EEXIST.",
         "文件 `f` 已经存在，`A` 的 mkfifo(3) 失败，错误为 EEXIST。"},
        {"`A` has made the FIFO `g` with mode 0600: a pipe with a name, for "
         "all who may open it.",
         "`A` 创建了有名管道 `g`，权限为 0600：有名字的管道，凡有权限者都可打开。"},
        {"Nobody has `f` open for writing, so `A` sleeps in open(2) until "
         "somebody opens it so: running → blocked.",
         "没有进程为写打开 `f`，`A` 在 open(2) 中睡眠，直到有进程为写打开它："
         "运行 → 阻塞。"},
        {"There is somebody to read from `f`, so open(2) of `B` does not wait: "
         "`w` (descriptor 3) writes to it.",
         "`f` 已有读者，`B` 的 open(2) 无需等待：`w`（描述符 3）用于写。"},
        {"`B` has opened the FIFO for writing, just what `A` was waiting for, "
         "and open(2) returns 3: blocked → ready.",
         "`B` 为写打开了有名管道，正是 `A` 所等的，open(2) 返回 3："
         "阻塞 → 就绪。"},
        {"`B` has closed `w` and was the last writer: whoever reads the pipe "
         "empty gets end of file.",
         "`B` 关闭了 `w`，它是最后一个写者：读空管道者将得到文件结束。"},
        {"The pipe is empty and its last writer has closed it, so read(2) of "
         "`A` returns 0: end of file.",
         "管道为空，最后一个写者已经关闭，`A` 的 read(2) 返回 0：文件结束。"});
}

TEST("a writer waits for a reader; alone it is a deadlock")
{
    EXPECT_SAYS(
        FILE("{'name': 'A', 'program': [{'mkfifo': 'f'}, "
             "{'open': 'f', 'flags': 'O_WRONLY', 'as': 'w'}, "
             "{'mkfifo': 'g'}, "
             "{'open': 'g', 'flags': 'O_WRONLY', 'as': 'w'}]}, "
             "{'name': 'B', 'arrival': 8, 'program': ["
             "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'}]}"),
        {"Nobody has `f` open for reading, so `A` sleeps in open(2) until "
         "somebody opens it so: running → blocked.",
         "没有进程为读打开 `f`，`A` 在 open(2) 中睡眠，直到有进程为读打开它："
         "运行 → 阻塞。"},
        {"There is somebody to write to `f`, so open(2) of `B` does not wait: "
         "`r` (descriptor 3) reads from it.",
         "`f` 已有写者，`B` 的 open(2) 无需等待：`r`（描述符 3）用于读。"},
        {"`B` has opened the FIFO for reading, just what `A` was waiting for, "
         "and open(2) returns 3: blocked → ready.",
         "`B` 为读打开了有名管道，正是 `A` 所等的，open(2) 返回 3："
         "阻塞 → 就绪。"},
        {"`A` sleeps in open(2), which nobody can ever end: deadlock.",
         "`A` 在 open(2) 中睡眠，再没有谁能使其结束：死锁。"});
}

TEST("without waiting: ENXIO, an early reader, both sides at once")
{
    EXPECT_SAYS(
        FILE("{'name': 'A', 'program': [{'mkfifo': 'f'}, "
             "{'open': 'f', 'flags': 'O_WRONLY|O_NONBLOCK', 'as': 'w'}, "
             "{'open': 'f', 'flags': 'O_RDONLY|O_NONBLOCK', 'as': 'r'}, "
             "{'read': 'r', 'size': 9}, "
             "{'open': 'f', 'flags': 'O_RDWR', 'as': 'b'}, "
             "{'fcntl': 'b', 'flags': 'O_DIRECT'}, {'close': 'r'}, "
             "{'close': 'b'}]}"),
        {"Nobody has `f` open for reading and O_NONBLOCK forbids to wait, so "
         "open(2) of `A` fails with ENXIO.",
         "没有进程为读打开 `f`，而 O_NONBLOCK 不允许等待，`A` 的 open(2) "
         "失败，错误为 ENXIO。"},
        {"Nobody writes to `f` yet, but O_NONBLOCK forbids to wait, so open(2) "
         "of `A` returns at once: `r` (descriptor 3) reads from it.",
         "`f` 还没有写者，但 O_NONBLOCK 不允许等待，`A` 的 open(2) 立即返回："
         "`r`（描述符 3）用于读。"},
        {"No writer has come to the FIFO yet, so read(2) of `A` returns 0, as "
         "if at end of file.",
         "有名管道还没有写者，`A` 的 read(2) 返回 0，如同文件结束。"},
        {"O_RDWR is both sides at once, so on Linux open(2) of `A` never "
         "waits: `b` (descriptor 4) reads from `f` and writes to it.",
         "O_RDWR 同时是两端，在 Linux 上 `A` 的 open(2) 从不等待："
         "`b`（描述符 4）既读又写 `f`。"},
        {"From now on each write to `b` of `A` is a packet that one read takes "
         "whole or loses.",
         "从现在起，`A` 对 `b` 的每次写入是一个数据包，一次读取取走整包或"
         "丢弃其余。"},
        {"`A` has closed `r`; this end of the pipe is still open in `A`.",
         "`A` 关闭了 `r`，但 `A` 仍打开着管道的这一端。"},
        {"`A` has closed `b`, the last descriptor of the pipe: it is gone with "
         "all that was in it.",
         "`A` 关闭了 `b`，这是该管道的最后一个描述符：管道连同其中的数据一起"
         "消失。"});
}

TEST("names that are not there, are taken away, or let nobody in")
{
    EXPECT_SAYS(
        FILE("{'name': 'A', 'program': [{'mkfifo': 'f', 'mode': '0200'}, "
             "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'}, {'unlink': 'f'}, "
             "{'unlink': 'f'}, {'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'}, "
             "{'mkfifo': 'f'}, {'open': 'f', 'flags': 'O_RDWR', 'as': 'r'}, "
             "{'unlink': 'f'}]}"),
        {"The mode of `f` is 0200, which does not let `A` open it so: open(2) "
         "fails with EACCES.",
         "`f` 的权限是 0200，不允许 `A` 这样打开它，open(2) 失败，错误为 "
         "EACCES。"},
        {"`A` has taken the name `f` away, and nobody had it open: the file is "
         "gone.",
         "`A` 删除了名字 `f`，没有进程打开着它：文件随之消失。"},
        {"There is no file `f`, so unlink(2) of `A` fails with ENOENT.",
         "文件 `f` 不存在，`A` 的 unlink(2) 失败，错误为 ENOENT。"},
        {"There is no file `f`, so open(2) of `A` fails with ENOENT.",
         "文件 `f` 不存在，`A` 的 open(2) 失败，错误为 ENOENT。"},
        {"`A` has taken the name `f` away; who has it open goes on, but nobody "
         "can find it any more.",
         "`A` 删除了名字 `f`；已打开它的进程不受影响，但再也无法按名字找到它。"});
}

TEST("who was stopped in open is told when the other side had come")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'machine': {'cpus': 4}, 'processes': ["
        "{'name': 'A', 'program': [{'mkfifo': 'f'}, "
        "{'open': 'f', 'flags': 'O_RDONLY', 'as': 'r'}]}, "
        "{'name': 'B', 'arrival': 6, 'program': ["
        "{'open': 'f', 'flags': 'O_RDWR', 'as': 'w'}, {'sleep': 9}]}], "
        "'actions': [{'at': 4, 'suspend': 'A'}, {'at': 9, 'activate': 'A'}]}",
        {"`B` has opened the FIFO for writing, just what `A` was waiting for: "
         "blocked-suspended → ready-suspended.",
         "`B` 为写打开了有名管道，正是 `A` 所等的：阻塞挂起 → 就绪挂起。"},
        {"The other side of `f` has come, so open(2) of `A` returns: `r` "
         "(descriptor 3).",
         "`f` 的另一端已到，`A` 的 open(2) 返回：`r`（描述符 3）。"});
}
