/* t6209-msgq-says.c: what the why line says of message queues. */
#include "tests/says.h"

TEST("messages that are sent, taken, looked at, refused")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 77, 'flags': "
        "'IPC_CREAT|0600'}, {'msgget': 'q', 'key': 77}, {'msgsnd': 'q', "
        "'type': 2, 'text': 'two'}, {'msgsnd': 'q', 'type': 0, 'text': "
        "'x'}, {'msgsnd': 'q', 'type': 1, 'bytes': 9000}, {'msgctl': 'q', "
        "'cmd': 'IPC_STAT'}, {'msgrcv': 'q', 'type': 7, 'size': 9, "
        "'flags': 'IPC_NOWAIT'}, {'msgrcv': 'q', 'type': 2, 'size': 9, "
        "'flags': 'IPC_NOWAIT|MSG_EXCEPT'}, {'msgrcv': 'q', 'type': -1, "
        "'size': 9, 'flags': 'IPC_NOWAIT'}, {'msgrcv': 'q', 'type': 5, "
        "'size': 9, 'flags': 'IPC_NOWAIT|MSG_COPY'}, {'msgrcv': 'q', "
        "'type': 0, 'size': 9, 'flags': 'IPC_NOWAIT|MSG_COPY'}, "
        "{'msgrcv': 'q', 'type': 0, 'size': 9, 'flags': 'MSG_COPY'}, "
        "{'msgrcv': 'q', 'type': 0, 'size': 2}, {'msgctl': 'q', 'cmd': "
        "'IPC_SET', 'qbytes': 20000}, {'msgctl': 'q', 'cmd': 'IPC_SET', "
        "'qbytes': 4}, {'msgsnd': 'q', 'type': 1, 'text': 'more', "
        "'flags': 'IPC_NOWAIT'}, {'msgrcv': 'q', 'type': 2, 'size': 9}, "
        "{'msgctl': 'q', 'cmd': 'IPC_RMID'}, {'msgrcv': 'q', 'type': 2, "
        "'size': 9}]}]}",
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"No message queue has the key 77 yet, so msgget(2) of `A` "
         "makes one; its id is 0.",
         "还没有键值为 77 的消息队列，`A` 的 msgget(2) 创建了一个，标识"
         "符为 0。"},
        {"A message queue with the key 77 is there already, made by "
         "`A`, so msgget(2) gives `A` its id 0.",
         "键值为 77 的消息队列已由 `A` 创建，msgget(2) 把它的标识符 0 "
         "交给 `A`。"},
        {"There is room in the queue, so msgsnd(2) of `A` puts a "
         "message of type 2 in without waiting: 3 bytes (\"two\"); now "
         "in it: 1.",
         "队列中有空间，`A` 的 msgsnd(2) 无需等待就放入一条类型为 2 的"
         "消息：3 个字节 \"two\"（现有 1 条）。"},
        {"A type must be above 0, so msgsnd(2) of `A` with type 0 "
         "fails with EINVAL.",
         "消息类型必须大于 0，`A` 用类型 0 调用 msgsnd(2) 失败，错误为 "
         "EINVAL。"},
        {"No message may be longer than 8192 bytes, so msgsnd(2) of "
         "`A` fails with EINVAL.",
         "消息不能超过 8192 个字节，`A` 的 msgsnd(2) 失败，错误为 EINVA"
         "L。"},
        {"`A` asks what is in the queue: messages: 1, 3 of 16384 bytes.",
         "`A` 查看队列：1 条消息，3/16384 个字节。"},
        {"There is no message that `A` wants (of type 7) and "
         "IPC_NOWAIT forbids to wait, so msgrcv(2) fails with ENOMSG.",
         "没有 `A` 想要的消息（类型 7），而 IPC_NOWAIT 不允许等待，msgr"
         "cv(2) 失败，错误为 ENOMSG。"},
        {"There is no message that `A` wants (of any type but 2) and "
         "IPC_NOWAIT forbids to wait, so msgrcv(2) fails with ENOMSG.",
         "没有 `A` 想要的消息（类型不为 2），而 IPC_NOWAIT 不允许等待，"
         "msgrcv(2) 失败，错误为 ENOMSG。"},
        {"There is no message that `A` wants (of the lowest type up to "
         "1) and IPC_NOWAIT forbids to wait, so msgrcv(2) fails with "
         "ENOMSG.",
         "没有 `A` 想要的消息（类型不大于 1 中最小的），而 IPC_NOWAIT "
         "不允许等待，msgrcv(2) 失败，错误为 ENOMSG。"},
        {"There is no message that `A` wants (number 5, counted from "
         "0) and IPC_NOWAIT forbids to wait, so msgrcv(2) fails with "
         "ENOMSG.",
         "没有 `A` 想要的消息（第 5 条，从 0 数起），而 IPC_NOWAIT 不允"
         "许等待，msgrcv(2) 失败，错误为 ENOMSG。"},
        {"MSG_COPY only looks: msgrcv(2) of `A` copies message number "
         "0 (type 2, 3 bytes (\"two\")) and leaves it in the queue.",
         "MSG_COPY 只查看：`A` 的 msgrcv(2) 复制第 0 条消息（类型 2，3 "
         "个字节 \"two\"），消息仍留在队列中。"},
        {"MSG_COPY needs IPC_NOWAIT and goes not with MSG_EXCEPT, so "
         "msgrcv(2) of `A` fails with EINVAL.",
         "MSG_COPY 必须与 IPC_NOWAIT 同用，且不能与 MSG_EXCEPT 同用，`A"
         "` 的 msgrcv(2) 失败，错误为 EINVAL。"},
        {"The message is longer than the 2 bytes that `A` has room "
         "for, so msgrcv(2) fails with E2BIG and the message stays.",
         "消息比 `A` 的缓冲区（2 个字节）长，msgrcv(2) 失败，错误为 E2B"
         "IG，消息仍在。"},
        {"Only a privileged process may allow more than 16384 bytes, "
         "so msgctl(2) of `A` fails with EPERM.",
         "只有特权进程才能把上限设到 16384 个字节以上，`A` 的 msgctl(2)"
         " 失败，错误为 EPERM。"},
        {"`A` has set the queue to at most 4 bytes and permissions 0600.",
         "`A` 设置了队列：上限 4 个字节，权限 0600。"},
        {"The message does not fit into the queue now (3 of 4 bytes, "
         "messages: 1) and IPC_NOWAIT forbids to wait, so msgsnd(2) of "
         "`A` fails with EAGAIN.",
         "队列现在放不下这条消息（3/4 个字节，1 条消息），而 IPC_NOWAIT"
         " 不允许等待，`A` 的 msgsnd(2) 失败，错误为 EAGAIN。"},
        {"A message of type 2 is there, so msgrcv(2) of `A` takes it "
         "without waiting: 3 bytes (\"two\"); left: 0.",
         "队列中有类型为 2 的消息，`A` 的 msgrcv(2) 无需等待就取走它：3"
         " 个字节 \"two\"（还剩 0 条）。"},
        {"`A` has removed the queue and all that was in it.",
         "`A` 删除了队列和其中的一切。"},
        {"0 is the id of no message queue (any more), so msgrcv(2) of "
         "`A` fails with EINVAL.",
         "0 不是（或不再是）任何消息队列的标识符，`A` 的 msgrcv(2) 失败"
         "，错误为 EINVAL。"});
}

TEST("who waits gets it at once, or too late, or not at all")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 'IPC_PRIVATE', "
        "'flags': '0600'}, {'msgctl': 'q', 'cmd': 'IPC_SET', 'qbytes': "
        "10}, {'fork': 'B'}, {'fork': 'C'}, {'fork': 'D'}, {'sleep': 20}, "
        "{'msgsnd': 'q', 'type': 3, 'text': 'abc'}, {'msgsnd': 'q', "
        "'type': 1, 'text': 'too long'}, {'msgsnd': 'q', 'type': 9, "
        "'text': '12345'}, {'sleep': 9}, {'msgctl': 'q', 'cmd': "
        "'IPC_SET', 'mode': '0000'}, {'msgsnd': 'q', 'type': 1, 'text': "
        "'no'}, {'msgctl': 'q', 'cmd': 'IPC_RMID'}]}, {'name': 'B', "
        "'program': [{'msgrcv': 'q', 'type': 3, 'size': 9}, {'msgrcv': "
        "'q', 'type': 0, 'size': 9}]}, {'name': 'C', 'program': "
        "[{'sleep': 2}, {'msgrcv': 'q', 'type': 1, 'size': 3}]}, {'name': "
        "'D', 'program': [{'sleep': 2}, {'msgrcv': 'q', 'type': -5, "
        "'size': 3}]}]}",
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"With IPC_PRIVATE msgget(2) of `A` always makes a new message "
         "queue; its id is 0.",
         "使用 IPC_PRIVATE 时，`A` 的 msgget(2) 总是创建新的消息队列，"
         "标识符为 0。"},
        {"`A` has set the queue to at most 10 bytes and permissions 0600.",
         "`A` 设置了队列：上限 10 个字节，权限 0600。"},
        {"CPU 0 is free and `B` is first in the ready queue (2 others "
         "wait behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`B` 排在就绪队列之首（后面还有 2 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"There is no message that `B` wants (of type 3) in the queue, "
         "so it sleeps in msgrcv(2): running → blocked.",
         "队列中没有 `B` 想要的消息（类型 3），它在 msgrcv(2) 中睡眠："
         "运行 → 阻塞。"},
        {"CPU 0 is free and `C` is first in the ready queue (1 other "
         "waits behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`C` 排在就绪队列之首（后面还有 1 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `D` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`D` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `C` is first in the ready queue (1 other "
         "waits behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`C` 排在就绪队列之首（后面还有 1 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"There is no message that `C` wants (of type 1) in the queue, "
         "so it sleeps in msgrcv(2): running → blocked.",
         "队列中没有 `C` 想要的消息（类型 1），它在 msgrcv(2) 中睡眠："
         "运行 → 阻塞。"},
        {"CPU 0 is free and `D` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`D` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"There is no message that `D` wants (of the lowest type up to "
         "5) in the queue, so it sleeps in msgrcv(2): running → "
         "blocked.",
         "队列中没有 `D` 想要的消息（类型不大于 5 中最小的），它在 msgr"
         "cv(2) 中睡眠：运行 → 阻塞。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"`B` is waiting for a message of type 3, so what `A` sends (3 "
         "bytes (\"abc\")) goes straight to it and never enters the "
         "queue.",
         "`B` 正在等待类型为 3 的消息，`A` 发送的消息（3 个字节 \"abc\""
         "）直接交给它，不进入队列。"},
        {"`A` has sent a message of type 3, just what `B` was waiting "
         "for, and msgrcv(2) returns 3 (\"abc\"): blocked → ready.",
         "`A` 发来一条类型为 3 的消息，正是 `B` 所等的，msgrcv(2) 返回 "
         "3（\"abc\"）：阻塞 → 就绪。"},
        {"There is room in the queue, so msgsnd(2) of `A` puts a "
         "message of type 1 in without waiting: 8 bytes (\"too "
         "long\"); now in it: 1.",
         "队列中有空间，`A` 的 msgsnd(2) 无需等待就放入一条类型为 1 的"
         "消息：8 个字节 \"too long\"（现有 1 条）。"},
        {"`A` has sent what `C` was waiting for, but it is longer than "
         "its buffer, and msgrcv(2) fails with E2BIG: blocked → ready.",
         "`A` 发来了 `C` 所等的消息，但比它的缓冲区长，msgrcv(2) 失败，"
         "错误为 E2BIG：阻塞 → 就绪。"},
        {"`A` has sent what `D` was waiting for, but it is longer than "
         "its buffer, and msgrcv(2) fails with E2BIG: blocked → ready.",
         "`A` 发来了 `D` 所等的消息，但比它的缓冲区长，msgrcv(2) 失败，"
         "错误为 E2BIG：阻塞 → 就绪。"},
        {"The message does not fit into the queue now (8 of 10 bytes, "
         "messages: 1), so `A` sleeps in msgsnd(2): running → blocked.",
         "队列现在放不下这条消息（8/10 个字节，1 条消息），`A` 在 msgsn"
         "d(2) 中睡眠：运行 → 阻塞。"},
        {"CPU 0 is free and `B` is first in the ready queue (2 others "
         "wait behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`B` 排在就绪队列之首（后面还有 2 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"A message of type 1 is there, so msgrcv(2) of `B` takes it "
         "without waiting: 8 bytes (\"too long\"); left: 0.",
         "队列中有类型为 1 的消息，`B` 的 msgrcv(2) 无需等待就取走它：8"
         " 个字节 \"too long\"（还剩 0 条）。"},
        {"`B` has taken a message, so there is room for the one of "
         "`A`, and msgsnd(2) returns 0: blocked → ready.",
         "`B` 取走了一条消息，`A` 的消息有了空间，msgsnd(2) 返回 0：阻"
         "塞 → 就绪。"},
        {"CPU 0 is free and `C` is first in the ready queue (2 others "
         "wait behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`C` 排在就绪队列之首（后面还有 2 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `D` is first in the ready queue (1 other "
         "waits behind it), so it runs until it blocks or ends: ready "
         "→ running.",
         "CPU 0 空闲，`D` 排在就绪队列之首（后面还有 1 个进程），于是开"
         "始运行，直到阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"`A` has set the queue to at most 10 bytes and permissions 0000.",
         "`A` 设置了队列：上限 10 个字节，权限 0000。"},
        {"The permissions of the message queue do not allow this, so "
         "msgsnd(2) of `A` fails with EACCES.",
         "消息队列的权限不允许这样做，`A` 的 msgsnd(2) 失败，错误为 EAC"
         "CES。"},
        {"`A` has removed the queue and all that was in it.",
         "`A` 删除了队列和其中的一切。"});
}

TEST("who was stopped in a call finds out when it goes on")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'actions': "
        "[{'at': 6, 'suspend': 'B'}, {'at': 20, 'activate': 'B'}, {'at': "
        "40, 'suspend': 'B'}, {'at': 60, 'activate': 'B'}], 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 'IPC_PRIVATE', "
        "'flags': '0600'}, {'fork': 'B'}, {'sleep': 8}, {'msgsnd': 'q', "
        "'type': 1, 'text': 'x'}, {'sleep': 40}, {'msgctl': 'q', 'cmd': "
        "'IPC_RMID'}]}, {'name': 'B', 'program': [{'msgrcv': 'q', 'type': "
        "1, 'size': 9}, {'msgrcv': 'q', 'type': 1, 'size': 9}]}]}",
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"CPU 0 is free and `B` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`B` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"There is no message that `B` wants (of type 1) in the queue, "
         "so it sleeps in msgrcv(2): running → blocked.",
         "队列中没有 `B` 想要的消息（类型 1），它在 msgrcv(2) 中睡眠："
         "运行 → 阻塞。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"There is room in the queue, so msgsnd(2) of `A` puts a "
         "message of type 1 in without waiting: 1 byte (\"x\"); now in "
         "it: 1.",
         "队列中有空间，`A` 的 msgsnd(2) 无需等待就放入一条类型为 1 的"
         "消息：1 个字节 \"x\"（现有 1 条）。"},
        {"`B` need not wait any longer, but it is stopped, and its "
         "call goes on only when it is activated: blocked-suspended → "
         "ready-suspended.",
         "`B` 已不必再等，但它处于停止状态，激活后调用才继续：阻塞挂起 "
         "→ 就绪挂起。"},
        {"A message of type 1 has come, and msgrcv(2) of `B` has it: 1 "
         "byte (\"x\").",
         "类型为 1 的消息到来，`B` 的 msgrcv(2) 得到它：1 个字节 \"x\""
         "。"},
        {"CPU 0 is free and `B` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`B` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"There is no message that `B` wants (of type 1) in the queue, "
         "so it sleeps in msgrcv(2): running → blocked.",
         "队列中没有 `B` 想要的消息（类型 1），它在 msgrcv(2) 中睡眠："
         "运行 → 阻塞。"},
        {"CPU 0 is free and `A` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`A` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"},
        {"`A` has removed the queue and all that was in it.",
         "`A` 删除了队列和其中的一切。"},
        {"`B` need not wait any longer, but it is stopped, and its "
         "call goes on only when it is activated: blocked-suspended → "
         "ready-suspended.",
         "`B` 已不必再等，但它处于停止状态，激活后调用才继续：阻塞挂起 "
         "→ 就绪挂起。"},
        {"0 is the id of no message queue (any more), so msgrcv(2) of "
         "`B` fails with EINVAL.",
         "0 不是（或不再是）任何消息队列的标识符，`B` 的 msgrcv(2) 失败"
         "，错误为 EINVAL。"},
        {"CPU 0 is free and `B` is first in the ready queue (nobody waits "
         "behind it), so it runs until it blocks or ends: ready → running.",
         "CPU 0 空闲，`B` 排在就绪队列之首（后面没有进程），于是开始运行，直到"
         "阻塞或结束：就绪 → 运行。"});
}

TEST("the same for who sends")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'actions': "
        "[{'at': 8, 'suspend': 'B'}, {'at': 20, 'activate': 'B'}], "
        "'processes': [{'name': 'A', 'program': [{'msgget': 'q', 'key': "
        "'IPC_PRIVATE', 'flags': '0600'}, {'msgctl': 'q', 'cmd': "
        "'IPC_SET', 'qbytes': 4}, {'fork': 'B'}, {'sleep': 8}, {'msgrcv': "
        "'q', 'type': 0, 'size': 9}, {'sleep': 10}, {'msgrcv': 'q', "
        "'type': 0, 'size': 9}]}, {'name': 'B', 'program': [{'msgsnd': "
        "'q', 'type': 1, 'text': 'abc'}, {'msgsnd': 'q', 'type': 2, "
        "'text': 'def'}]}]}",
        {"`B` need not wait any longer, but it is stopped, and its "
         "call goes on only when it is activated: blocked-suspended → "
         "ready-suspended.",
         "`B` 已不必再等，但它处于停止状态，激活后调用才继续：阻塞挂起 "
         "→ 就绪挂起。"},
        {"There is room at last, so msgsnd(2) of `B` puts its message "
         "of type 2 in: 3 bytes (\"def\"); now in it: 1.",
         "终于有了空间，`B` 的 msgsnd(2) 放入类型为 2 的消息：3 个字节 "
         "\"def\"（现有 1 条）。"});
}

TEST("new limits wake senders, removal wakes all")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 'IPC_PRIVATE', "
        "'flags': '0600'}, {'msgctl': 'q', 'cmd': 'IPC_SET', 'qbytes': "
        "4}, {'fork': 'B'}, {'sleep': 8}, {'msgctl': 'q', 'cmd': "
        "'IPC_SET', 'qbytes': 5}, {'msgctl': 'q', 'cmd': 'IPC_SET', "
        "'qbytes': 10}, {'msgrcv': 'q', 'type': 0, 'size': 9}, {'msgrcv': "
        "'q', 'type': 0, 'size': 9}, {'sleep': 9}, {'msgctl': 'q', 'cmd': "
        "'IPC_RMID'}]}, {'name': 'B', 'program': [{'msgsnd': 'q', 'type': "
        "1, 'text': 'abc'}, {'msgsnd': 'q', 'type': 2, 'text': 'def'}, "
        "{'sleep': 5}, {'msgrcv': 'q', 'type': 0, 'size': 9}]}]}",
        {"`A` has changed the queue, so `B` looks again, and msgsnd(2) "
         "returns 0: blocked → ready.",
         "`A` 修改了队列的设置，`B` 重新查看，msgsnd(2) 返回 0：阻塞 →"
         " 就绪。"},
        {"There is no message that `B` wants (of any type) in the "
         "queue, so it sleeps in msgrcv(2): running → blocked.",
         "队列中没有 `B` 想要的消息（任意类型），它在 msgrcv(2) 中睡眠"
         "：运行 → 阻塞。"},
        {"`A` has removed the queue and all that was in it; whoever "
         "sleeps there is told EIDRM.",
         "`A` 删除了队列和其中的一切；在那里睡眠的进程都得到 EIDRM。"},
        {"`A` has removed the message queue at which `B` was waiting, "
         "and msgrcv(2) fails with EIDRM: blocked → ready.",
         "`A` 删除了 `B` 正在等待的消息队列，msgrcv(2) 失败，错误为 EID"
         "RM：阻塞 → 就绪。"});
}

TEST("room is asked for before anybody is looked for")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 'IPC_PRIVATE', "
        "'flags': '0600'}, {'fork': 'B'}, {'sleep': 5}, {'msgctl': 'q', "
        "'cmd': 'IPC_SET', 'qbytes': 0}, {'msgsnd': 'q', 'type': 1, "
        "'text': 'x'}]}, {'name': 'B', 'program': [{'msgrcv': 'q', "
        "'type': 1, 'size': 9}, {'sleep': 5}, {'msgctl': 'q', 'cmd': "
        "'IPC_SET', 'qbytes': 99}]}]}",
        {"The message does not fit into the queue now (0 of 0 bytes, "
         "messages: 0), and room is asked for before anybody is looked "
         "for: `A` sleeps in msgsnd(2) although `B` waits for just "
         "this message: running → blocked.",
         "队列现在放不下这条消息（0/0 个字节，0 条消息）；内核先查空间"
         "、后找接收者：虽然 `B` 正等着这条消息，`A` 仍在 msgsnd(2) 中"
         "睡眠：运行 → 阻塞。"});
}
