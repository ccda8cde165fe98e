/* t6207-sem-says.c: what the why line says of semaphores, and who is said to
 * hold what in a deadlock. */
#include "sim/model/metrics.h"
#include "sim/model/semaphore.h"
#include "tests/says.h"

#include <string.h>

#define FILE(programs)                                                         \
    "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': [" programs \
    "]}"
#define GET "{'semget': 's', 'key': 77, 'nsems': 2, 'flags': 'IPC_CREAT|0600'}"
#define A(ops) "{'name': 'A', 'program': [" GET ", " ops "]}"
#define LATER(name, at, ops)                                                   \
    ", {'name': '" name "', 'arrival': " #at ", 'program': [" GET ", " ops "]}"

TEST("a semop without operations")
{
    EXPECT_SAYS(FILE(A("{'semop': 's', 'ops': []}")),
                {"One semop(2) has 1 to 500 operations and `A` asks for 0, so "
                 "it fails with EINVAL.",
                 "一次 semop(2) 只能有 1 到 500 个操作，而 `A` 要求 0 个，于是"
                 "失败，错误为 EINVAL。"});
}

TEST("what is taken and given at once, and what cannot be")
{
    EXPECT_SAYS(
        FILE(A("{'semctl': 's', 'cmd': 'SETVAL', 'value': 1}, {'P': 's'}, "
               "{'P': 's', 'flags': 'IPC_NOWAIT'}, {'V': 's', 'num': 1, 'by': "
               "2}, {'semop': 's', 'ops': [{'op': 0}]}, {'semop': 's', 'ops': "
               "[{'num': 1, 'op': -1}, {'num': 0, 'op': 1}]}, {'P': 's', "
               "'num': 5}, {'V': 's', 'by': 32767}")),
        {"No semaphore set has the key 77 yet, so semget(2) of `A` makes one; "
         "its id is 0.",
         "还没有键值为 77 的信号量集，`A` 的 semget(2) 创建了一个，标识符为 0。"},
        {"`A` has set semaphore 0 of `s` to 1; what anybody would have undone "
         "is forgotten.",
         "`A` 把 `s` 的第 0 号信号量设为 1；任何进程要撤销的量都被清除。"},
        {"There is enough in semaphore 0 of `s`, so semop(2) of `A` takes 1 "
         "without waiting; it is 0 now.",
         "`s` 的第 0 号信号量足够大，`A` 的 semop(2) 无需等待就减去 1；现在为 "
         "0。"},
        {"`A` wants to take 1 from semaphore 0 of `s`, but it is 0 and "
         "IPC_NOWAIT forbids to wait, so semop(2) fails with EAGAIN.",
         "`A` 要从 `s` 的第 0 号信号量减去 1，而它现在为 0，IPC_NOWAIT "
         "又不允许等待，semop(2) 失败，错误为 EAGAIN。"},
        {"semop(2) of `A` adds 2 to semaphore 1 of `s`; it is 2 now.",
         "`A` 的 semop(2) 给 `s` 的第 1 号信号量加上 2；现在为 2。"},
        {"The value is 0 already in semaphore 0 of `s`, so semop(2) of `A` "
         "does not wait.",
         "`s` 的第 0 号信号量已经为 0，`A` 的 semop(2) 无需等待。"},
        {"All 2 operations can be done, so semop(2) of `A` does them "
         "together.",
         "2 个操作都可以完成，`A` 的 semop(2) 把它们一起做完。"},
        {"The set has only 2 semaphores, counted from 0, so semop(2) of `A` "
         "fails with EFBIG.",
         "该集合只有 2 个信号量（从 0 数起），`A` 的 semop(2) 失败，错误为 "
         "EFBIG。"},
        {"No semaphore, and nothing that is to be undone, may be more than "
         "32767, so semop(2) of `A` fails with ERANGE.",
         "信号量的值和要撤销的量都不能超过 32767，`A` 的 semop(2) "
         "失败，错误为 ERANGE。"});
}

TEST("why somebody sleeps, and what lets him go on")
{
    EXPECT_SAYS(
        FILE(A("{'P': 's'}, {'semop': 's', 'ops': [{'num': 1, 'op': -1}, "
               "{'num': 0, 'op': -1, 'flags': 'IPC_NOWAIT'}]}, {'P': 's'}")
                 LATER("B", 9, "{'V': 's'}, {'V': 's', 'num': 1}, {'sleep': "
                       "3}, {'semop': 's', 'ops': [{'op': 1}, {'op': -1, "
                       "'flags': 'SEM_UNDO'}]}")),
        {"`A` wants to take 1 from semaphore 0 of `s`, but it is 0, so `A` "
         "sleeps in semop(2): running → blocked.",
         "`A` 要从 `s` 的第 0 号信号量减去 1，而它现在为 0，所以在 semop(2) "
         "中睡眠：运行 → 阻塞。"},
        {"What `B` has done makes it possible for `A` to take 1 from "
         "semaphore 0 of `s`, and semop(2) returns 0: blocked → ready.",
         "`B` 的操作使 `A` 可以从 `s` 的第 0 号信号量减去 1，semop(2) 返回 "
         "0：阻塞 → 就绪。"},
        {"`B` has ended, and what SEM_UNDO gives back makes it possible for "
         "`A` to take 1 from semaphore 0 of `s`, and semop(2) returns 0: "
         "blocked → ready.",
         "`B` 已结束，SEM_UNDO 归还的量使 `A` 可以从 `s` 的第 0 "
         "号信号量减去 1，semop(2) 返回 0：阻塞 → 就绪。"});
}

TEST("of several operations the one that cannot be done is told")
{
    EXPECT_SAYS(
        FILE(A("{'semop': 's', 'ops': [{'num': 0, 'op': -1}, {'num': 1, 'op': "
               "-2, 'flags': 'IPC_NOWAIT'}]}") LATER("B", 9, "{'V': 's'}")),
        {"`A` has 2 operations, and number 1 cannot be done yet: to take 1 "
         "from semaphore 0 of `s`. So none of them is, and `A` sleeps in "
         "semop(2): running → blocked.",
         "`A` 有 2 个操作，其中第 1 个还不能完成：从 `s` 的第 0 号信号量减去 "
         "1。因此一个也不做，`A` 在 semop(2) 中睡眠：运行 → 阻塞。"},
        {"What `B` has done makes it possible for `A` to take 1 from "
         "semaphore 0 of `s`, but not what it wants next, and semop(2) fails "
         "with EAGAIN: blocked → ready.",
         "`B` 的操作使 `A` 可以从 `s` 的第 0 号信号量减去 "
         "1，但它的下一个操作无法完成，semop(2) 失败，错误为 EAGAIN：阻塞 → "
         "就绪。"});
}

TEST("a set is removed at which nobody sleeps")
{
    EXPECT_SAYS(FILE(A("{'semctl': 's', 'cmd': 'IPC_RMID'}")),
                {"`A` has removed the set.", "`A` 删除了信号量集。"});
}

TEST("a stop ends the call, a removal too")
{
    EXPECT_SAYS(
        FILE(A("{'P': 's'}, {'P': 's'}") LATER(
            "B", 9, "{'kill': 'A', 'sig': 'SIGSTOP'}, {'kill': 'A', 'sig': "
            "'SIGCONT'}, {'sleep': 5}, {'semctl': 's', 'cmd': 'IPC_RMID'}, "
            "{'V': 's'}")),
        {"A stop ends a sleeping semop(2) for good: `A` has lost its place "
         "and will be told EINTR when it goes on: blocked-suspended → "
         "ready-suspended.",
         "停止会彻底中断睡眠中的 semop(2)：`A` 失去了排队位置，继续运行时将得"
         "到 EINTR：阻塞挂起 → 就绪挂起。"},
        {"`B` has removed the set; whoever sleeps there is told EIDRM.",
         "`B` 删除了信号量集；在那里睡眠的进程都得到 EIDRM。"},
        {"0 is the id of no semaphore set (any more), so semop(2) of `B` "
         "fails with EINVAL.",
         "0 不是（或不再是）任何信号量集的标识符，`B` 的 semop(2) "
         "失败，错误为 EINVAL。"});
}

static const char crossed[] =
    FILE(A("{'semctl': 's', 'cmd': 'SETALL', 'values': [1, 1]}, {'P': 's'}, "
           "{'sleep': 9}, {'P': 's', 'num': 1}")
             LATER("B", 5, "{'P': 's', 'num': 1}, {'sleep': 9}, {'P': 's'}"));

TEST("a deadlock names who holds what everybody waits for")
{
    struct run r = run_quoted(crossed, 1000);
    NEED(r.sim);
    struct str said = {0};
    metrics_write_deadlock(r.world, &said);
    EXPECT_EQ_STR(str_text(&said),
                  "[{\"process\": \"A\", \"waits_for\": \"sem 1 of s\", "
                  "\"held_by\": [\"B\"]}, {\"process\": \"B\", \"waits_for\": "
                  "\"sem 0 of s\", \"held_by\": [\"A\"]}]");
    str_free(&said);
    run_free(&r);
    EXPECT_SAYS(crossed,
                {"`B` waits for sem 0 of s, held by `A`, and so on in a circle "
                 "(`B` → `A` → `B`): deadlock.",
                 "`B` 等待 s[0]，占有它的是 `A`，这样绕成一个圈（`B` → `A` → "
                 "`B`）：死锁。"});
}

TEST("who takes what he holds himself waits for himself")
{
    struct run r = run_quoted(
        FILE(A("{'V': 's'}, {'P': 's'}, {'P': 's'}")), 1000);
    NEED(r.sim);
    struct str said = {0};
    metrics_write_deadlock(r.world, &said);
    EXPECT_EQ_STR(str_text(&said),
                  "[{\"process\": \"A\", \"waits_for\": \"sem 0 of s\", "
                  "\"held_by\": [\"A\"]}]");
    str_free(&said);
    EXPECT_EQ_INT(sem_held(r.world, 0, 0), 1);
    run_free(&r);
}

static void expect_deadlock(const char *file, const char *wanted)
{
    struct run r = run_quoted(file, 1000);
    NEED(r.sim);
    struct str said = {0};
    metrics_write_deadlock(r.world, &said);
    EXPECT_EQ_STR(str_text(&said), wanted);
    str_free(&said);
    run_free(&r);
}

TEST("nobody holds what others give: a semaphore that counts what happened")
{
    /* Two consumers of two items: none of them holds what the third waits for. */
    expect_deadlock(
        FILE(A("{'P': 's'}") LATER("B", 2, "{'V': 's'}, {'V': 's'}")
             LATER("C", 4, "{'P': 's'}") LATER("D", 6, "{'P': 's'}")),
        "[{\"process\": \"D\", \"waits_for\": \"sem 0 of s\", "
        "\"held_by\": []}]");
}

TEST("the last reader gives back what the first one has taken")
{
    expect_deadlock(
        FILE(A("{'V': 's'}, {'P': 's'}, {'sleep': 40}") LATER("B", 9,
             "{'V': 's'}, {'sleep': 40}") LATER("C", 20, "{'P': 's'}, "
             "{'P': 's'}")),
        "[{\"process\": \"C\", \"waits_for\": \"sem 0 of s\", "
        "\"held_by\": [\"C\"]}]");
}

#define BIG "{'semget': 't', 'key': 'IPC_PRIVATE', 'nsems': 32000}"
#define BIGS BIG ", " BIG ", " BIG ", " BIG

TEST("more semaphores than there may be")
{
    EXPECT_SAYS(
        FILE(A(BIGS ", " BIGS ", " BIG)),
        {"All sets together may have 262144 semaphores here, and 32000 more "
         "would be too many, so semget(2) of `A` fails with ENOSPC.",
         "这里所有信号量集总共至多 262144 个信号量，再加 32000 个就太多了，`A` "
         "的 semget(2) 失败，错误为 ENOSPC。"});
}

TEST("what is held is what was taken and not given back, till the end")
{
    struct run r = run_quoted(
        FILE(A("{'semctl': 's', 'cmd': 'SETALL', 'values': [3, 3]}, {'P': "
               "'s', 'by': 3}, {'V': 's'}, {'V': 's', 'num': 1}, {'pause': "
               "true}") LATER("B", 9, "{'P': 's', 'num': 1}")), 1000);
    NEED(r.sim);
    EXPECT_EQ_INT(sem_held(r.world, 0, 0), 2);
    EXPECT_EQ_INT(sem_held(r.world, 0, 1), 0);
    EXPECT_EQ_INT(sem_held(r.world, 1, 1), 0);
    run_free(&r);
}
