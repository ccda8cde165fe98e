/* t6208-shm-says.c: what the why line says of shared memory. */
#include "tests/says.h"

TEST("what is asked of segments, and what becomes of it")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'shmget': 'm', 'key': 5, 'size': 0, "
        "'flags': 'IPC_CREAT|0600'}, {'shmget': 'm', 'key': 5, 'size': "
        "100, 'flags': 'IPC_CREAT|0600'}, {'shmget': 'n', 'key': 5, "
        "'size': 5000}, {'shmget': 'n', 'key': 'IPC_PRIVATE', 'size': "
        "16777216, 'flags': '0600'}, {'shmat': 'm', 'as': 'p'}, {'shmat': "
        "'m', 'as': 'q', 'flags': 'SHM_RDONLY'}, {'store': 'p', 'int': "
        "-5}, {'store': 'p', 'offset': 8, 'text': 'hi'}, {'store': 'p', "
        "'offset': 8, 'text': ''}, {'load': 'q', 'into': 'n'}, {'load': "
        "'q', 'offset': 8, 'size': 2}, {'shmctl': 'm', 'cmd': "
        "'IPC_STAT'}, {'shmctl': 'm', 'cmd': 'IPC_SET', 'mode': '0640'}, "
        "{'shmdt': 'q'}, {'shmctl': 'm', 'cmd': 'IPC_RMID'}, {'shmat': "
        "'m', 'as': 'q'}, {'shmdt': 'p'}, {'shmdt': 'p'}, {'shmdt': 'q'}, "
        "{'shmget': 'm', 'key': 'IPC_PRIVATE', 'size': 4, 'flags': "
        "'0600'}, {'shmat': 'm', 'as': 'p'}, {'shmdt': 'p'}, {'shmctl': "
        "'m', 'cmd': 'IPC_RMID'}, {'signal': 'SIGSEGV', 'do': [{'signal': "
        "'SIGSEGV', 'action': 'default'}]}, {'load': 'p', 'into': "
        "'n'}]}]}",
        {"A segment has at least 1 and at most 16777216 bytes here, so "
         "shmget(2) of `A` with 0 fails with EINVAL.",
         "这里的共享内存段至少 1 个字节，至多 16777216 个字节，`A` 用 0"
         " 调用 shmget(2) 失败，错误为 EINVAL。"},
        {"The segment that is there is smaller than the 5000 bytes "
         "asked for, so shmget(2) of `A` fails with EINVAL.",
         "已有的共享内存段小于所要求的 5000 个字节，`A` 的 shmget(2) 失"
         "败，错误为 EINVAL。"},
        {"All segments together may have 16777216 bytes here, and "
         "16777216 more would be too many, so shmget(2) of `A` fails "
         "with ENOSPC.",
         "这里所有共享内存段总共至多 16777216 个字节，再加 16777216 个"
         "就太多了，`A` 的 shmget(2) 失败，错误为 ENOSPC。"},
        {"`A` has mapped the segment at its own address "
         "0x7e0000000000; mappings of it in all processes: 1.",
         "`A` 把共享内存段映射到自己的地址 0x7e0000000000；所有进程对它"
         "的映射共 1 个。"},
        {"`A` has mapped the segment at its own address "
         "0x7e0000002000, only to read; mappings of it in all "
         "processes: 2.",
         "`A` 把共享内存段以只读方式映射到自己的地址 0x7e0000002000；所"
         "有进程对它的映射共 2 个。"},
        {"`A` has stored the int -5 at byte 0 of the segment, without "
         "any call; whoever has it mapped sees it at once.",
         "`A` 在共享内存段的第 0 个字节处存入整数 -5，没有任何系统调用"
         "；映射了它的进程立即可见。"},
        {"`A` has stored 2 bytes (\"hi\") from byte 8 of the segment "
         "on, without any call; whoever has it mapped sees it at once.",
         "`A` 从共享内存段的第 8 个字节起存入 2 个字节 \"hi\"，没有任何"
         "系统调用；映射了它的进程立即可见。"},
        {"`A` has stored nothing.",
         "`A` 什么也没有存入。"},
        {"`A` has loaded the int -5 from byte 0 of the segment into "
         "`n`.",
         "`A` 从共享内存段的第 0 个字节处取出整数 -5，放入 `n`。"},
        {"`A` has loaded 2 bytes (\"hi\") from byte 8 of the segment "
         "on.",
         "`A` 从共享内存段的第 8 个字节起取出 2 个字节 \"hi\"。"},
        {"`A` asks about the segment: mappings: 2, bytes: 100.",
         "`A` 查看共享内存段：映射 2 个，100 个字节。"},
        {"`A` has set the segment's permissions to 0640.",
         "`A` 把共享内存段的权限设为 0640。"},
        {"`A` has taken this mapping away; mappings of the segment "
         "that are left: 1.",
         "`A` 取消了映射；该段还有 1 个映射。"},
        {"Somebody has the segment mapped, so `A` only marks it for "
         "destruction: its key is free again, and the last to detach "
         "will destroy it (mappings: 1).",
         "该段还有映射，`A` 只是把它标记为待删除：键值已可重新使用，最"
         "后一个取消映射者将销毁它（映射 1 个）。"},
        {"The segment is marked for destruction, but it is there as "
         "long as somebody has it mapped, so `A` can still map it by "
         "its id (on Linux), at 0x7e0000004000; mappings: 2.",
         "该段已标记为待删除，但只要还有映射它就存在，因此 `A` 仍能（在"
         " Linux 上）凭标识符把它映射到 0x7e0000004000；映射共 2 个。"},
        {"`A` has taken this mapping away; mappings of the segment "
         "that are left: 1.",
         "`A` 取消了映射；该段还有 1 个映射。"},
        {"Nothing is mapped at 0x7e0000000000 of `A` (any more), so "
         "shmdt(2) fails with EINVAL.",
         "`A` 的地址 0x7e0000000000 处没有（或不再有）映射，shmdt(2) 失"
         "败，错误为 EINVAL。"},
        {"`A` has taken the last mapping away, and the segment was "
         "marked: now it is destroyed.",
         "`A` 取消了最后一个映射，而该段已标记为待删除：现在它被销毁。"},
        {"`A` has mapped the segment at its own address "
         "0x7e0000006000; mappings of it in all processes: 1.",
         "`A` 把共享内存段映射到自己的地址 0x7e0000006000；所有进程对它"
         "的映射共 1 个。"},
        {"`A` has taken the last mapping away; the segment and its "
         "bytes stay.",
         "`A` 取消了最后一个映射；共享内存段及其内容仍然存在。"},
        {"Nobody has the segment mapped, so `A` destroys it at once.",
         "没有进程映射该段，`A` 立即销毁它。"},
        {"Nothing is mapped at 0x7e0000006000 of `A`, but it loads "
         "from there: the kernel sends SIGSEGV, and its handler runs; "
         "then the same instruction is tried again.",
         "`A` 的地址 0x7e0000006000 处没有映射，它却从那里取数据：内核"
         "发来 SIGSEGV，先执行处理函数，之后重新执行同一条指令。"},
        {"Nothing is mapped at 0x7e0000006000 of `A`, but it loads "
         "from there: the kernel sends SIGSEGV, which ends it: running "
         "→ terminated.",
         "`A` 的地址 0x7e0000006000 处没有映射，它却从那里取数据：内核"
         "发来 SIGSEGV，进程被终止：运行 → 终止。"});
}

TEST("what may only be read, and what is not there")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'shmget': 'm', 'key': 5, 'size': 4, "
        "'flags': 'IPC_CREAT|0600'}, {'shmat': 'm', 'as': 'p', 'flags': "
        "'SHM_RDONLY'}, {'fork': 'C'}, {'wait': 'C'}, {'shmdt': 'p'}, "
        "{'store': 'p', 'int': 1}]}, {'name': 'C', 'program': [{'store': "
        "'p', 'int': 1}]}]}",
        {"`A` has mapped the segment at its own address "
         "0x7e0000000000, only to read; mappings of it in all "
         "processes: 1.",
         "`A` 把共享内存段以只读方式映射到自己的地址 0x7e0000000000；所"
         "有进程对它的映射共 1 个。"},
        {"`C` may only read at 0x7e0000000000, but stores there: the "
         "kernel sends SIGSEGV, which ends it; `A` is waiting for "
         "that: running → terminated.",
         "`C` 在 0x7e0000000000 处只能读，却向那里存入数据：内核发来 SI"
         "GSEGV，进程被终止；`A` 正在等待它：运行 → 终止。"},
        {"`C`, for which `A` was waiting, has ended, and waitpid(2) "
         "returns its id 2 with the signal SIGSEGV that ended it: "
         "blocked → ready.",
         "`A` 等待的子进程 `C` 已结束，waitpid(2) 返回它的编号 2 并取得"
         "使它终止的信号 SIGSEGV：阻塞 → 就绪。"},
        {"`A` has taken the last mapping away; the segment and its "
         "bytes stay.",
         "`A` 取消了最后一个映射；共享内存段及其内容仍然存在。"},
        {"Nothing is mapped at 0x7e0000000000 of `A`, but it stores "
         "there: the kernel sends SIGSEGV, which ends it: running → "
         "terminated.",
         "`A` 的地址 0x7e0000000000 处没有映射，它却向那里存入数据：内"
         "核发来 SIGSEGV，进程被终止：运行 → 终止。"});
}

TEST("places that a program names")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'shmget': 'm', 'key': 5, 'size': 4, "
        "'flags': 'IPC_CREAT|0600'}, {'shmat': 'm', 'as': 'p'}, {'shmat': "
        "'m', 'as': 'q', 'at': 140000000000000}, {'shmat': 'm', 'as': "
        "'q', 'at': 140000000000000}, {'shmat': 'm', 'as': 'q', 'at': "
        "140000000000000, 'flags': 'SHM_REMAP'}, {'shmat': 'm', 'as': "
        "'r', 'at': 140000000004096}, {'shmat': 'm', 'as': 'r', 'at': "
        "140000000000001}, {'shmat': 'm', 'as': 'r', 'flags': "
        "'SHM_REMAP'}, {'shmat': 'm', 'as': 'r', 'at': 4096}, {'shmctl': "
        "'m', 'cmd': 'IPC_RMID'}, {'shmdt': 'q'}]}]}",
        {"`A` has mapped the segment at its own address "
         "0x7e0000000000; mappings of it in all processes: 1.",
         "`A` 把共享内存段映射到自己的地址 0x7e0000000000；所有进程对它"
         "的映射共 1 个。"},
        {"`A` has mapped the segment at 0x7f544a44c000, the place it "
         "has named; mappings of it in all processes: 2.",
         "`A` 把共享内存段映射到它指定的地址 0x7f544a44c000；所有进程对"
         "它的映射共 2 个。"},
        {"Something is already mapped at 0x7f544a44c000 of `A`, and "
         "SHM_REMAP is not given, so shmat(2) fails with EINVAL.",
         "`A` 的地址 0x7f544a44c000 处已有映射，又没有给出 SHM_REMAP，s"
         "hmat(2) 失败，错误为 EINVAL。"},
        {"`A` has mapped the segment at 0x7f544a44c000 in the place of "
         "what was mapped there (SHM_REMAP); mappings of it in all "
         "processes: 2.",
         "`A` 用共享内存段替换了地址 0x7f544a44c000 处原有的映射（SHM_R"
         "EMAP）；所有进程对它的映射共 2 个。"},
        {"At 0x7f544a44d000 the segment would touch or cover a part of "
         "another mapping of `A`, which a lesson does not allow, so "
         "shmat(2) fails with ENOMEM.",
         "在 0x7f544a44d000 处该段会紧挨或部分覆盖 `A` 的另一个映射，课"
         "程不允许这样做，shmat(2) 失败，错误为 ENOMEM。"},
        {"0x7f544a44c001 is not the start of a page, and without "
         "SHM_RND nothing is rounded, so shmat(2) of `A` fails with "
         "EINVAL.",
         "0x7f544a44c001 不是页的起始地址，又没有 SHM_RND 来取整，`A` "
         "的 shmat(2) 失败，错误为 EINVAL。"},
        {"SHM_REMAP replaces what is mapped at a named place, and `A` "
         "names none, so shmat(2) fails with EINVAL.",
         "SHM_REMAP 要替换指定地址处的映射，而 `A` 没有指定地址，shmat("
         "2) 失败，错误为 EINVAL。"},
        {"0x1000 is not among the addresses that `A` may name, so "
         "shmat(2) fails with EPERM.",
         "0x1000 不在 `A` 可以指定的地址范围内，shmat(2) 失败，错误为 E"
         "PERM。"},
        {"Somebody has the segment mapped, so `A` only marks it for "
         "destruction: its key is free again, and the last to detach "
         "will destroy it (mappings: 2).",
         "该段还有映射，`A` 只是把它标记为待删除：键值已可重新使用，最"
         "后一个取消映射者将销毁它（映射 2 个）。"},
        {"`A` has taken this mapping away; mappings of the segment "
         "that are left: 1.",
         "`A` 取消了映射；该段还有 1 个映射。"},
        {"`A` has ended by itself with exit code 0: running → "
         "terminated. That was the last mapping of a segment marked "
         "for destruction, so it is destroyed.",
         "`A` 自行结束，退出码为 0：运行 → 终止。这是一个待删除的共享"
         "内存段的最后一个映射，于是它被销毁。"});
}
