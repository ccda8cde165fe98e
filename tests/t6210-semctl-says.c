/* t6210-semctl-says.c: what the why line says of semctl(2). */
#include "tests/says.h"

TEST("what is asked of a set, and what it is told")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'semget': 's', 'key': 77, 'nsems': "
        "2, 'flags': 'IPC_CREAT|0600'}, {'semctl': 's', 'cmd': 'GETPID'}, "
        "{'semctl': 's', 'cmd': 'SETALL', 'values': [3, 4]}, {'semctl': "
        "'s', 'cmd': 'GETVAL'}, {'semctl': 's', 'cmd': 'GETPID'}, "
        "{'semctl': 's', 'cmd': 'GETPID', 'num': 1}, {'semctl': 's', "
        "'cmd': 'GETNCNT'}, {'semctl': 's', 'cmd': 'GETZCNT'}, {'semctl': "
        "'s', 'cmd': 'GETALL'}, {'semctl': 's', 'cmd': 'IPC_STAT'}, "
        "{'semctl': 's', 'cmd': 'IPC_SET', 'mode': '0640'}, {'semctl': "
        "'s', 'cmd': 'GETVAL', 'num': 2}, {'semctl': 's', 'cmd': "
        "'SETVAL', 'value': 40000}]}]}",
        {"No semaphore set has the key 77 yet, so semget(2) of `A` "
         "makes one; its id is 0.",
         "还没有键值为 77 的信号量集，`A` 的 semget(2) 创建了一个，标识"
         "符为 0。"},
        {"`A` asks who changed or passed semaphore 0 of `s` last: "
         "nobody yet.",
         "`A` 查询最后操作 `s` 的第 0 号信号量的进程：还没有。"},
        {"`A` has set the 2 semaphores of the set; what anybody would "
         "have undone is forgotten.",
         "`A` 设置了集合中的 2 个信号量；任何进程要撤销的量都被清除。"},
        {"`A` looks at semaphore 0 of `s`: it is 3.",
         "`A` 查看 `s` 的第 0 号信号量：值为 3。"},
        {"`A` asks who changed or passed semaphore 0 of `s` last: `A`.",
         "`A` 查询最后操作 `s` 的第 0 号信号量的进程：`A`。"},
        {"`A` asks who changed or passed semaphore 1 of `s` last: `A`.",
         "`A` 查询最后操作 `s` 的第 1 号信号量的进程：`A`。"},
        {"`A` asks how many wait for semaphore 0 of `s` to rise: 0.",
         "`A` 查询等待 `s` 的第 0 号信号量增加的进程数：0。"},
        {"`A` asks how many wait for semaphore 0 of `s` to be 0: 0.",
         "`A` 查询等待 `s` 的第 0 号信号量变为 0 的进程数：0。"},
        {"`A` looks at all 2 semaphores of the set.",
         "`A` 查看集合中的全部 2 个信号量。"},
        {"`A` looks at the set: semaphores: 2, permissions 0600.",
         "`A` 查看信号量集：2 个信号量，权限 0600。"},
        {"`A` has set the permissions of the set: 0640.",
         "`A` 设置了信号量集的权限：0640。"},
        {"The set has only 2 semaphores, counted from 0, so semctl(2) "
         "of `A` fails with EINVAL.",
         "该集合只有 2 个信号量（从 0 数起），`A` 的 semctl(2) 失败，错"
         "误为 EINVAL。"},
        {"A semaphore is 0 to 32767, so semctl(2) of `A` fails with "
         "ERANGE.",
         "信号量的值只能是 0 到 32767，`A` 的 semctl(2) 失败，错误为 ER"
         "ANGE。"});
}
