/* t6211-ipc-says.c: what the why line says of the keys and ids that all System V
 * objects have. */
#include "tests/says.h"

TEST("keys")
{
    EXPECT_SAYS(
        "{'timeslice': 1, 'scheduler': {'policy': 'fcfs'}, 'processes': "
        "[{'name': 'A', 'program': [{'msgget': 'q', 'key': 5, 'flags': "
        "'0600'}, {'msgget': 'q', 'key': {'ftok': ['gone', 'a']}, "
        "'flags': 'IPC_CREAT|0600'}, {'unlink': 'gone'}, {'msgget': 'q', "
        "'key': {'ftok': ['gone', 'a']}, 'flags': 'IPC_CREAT|0600'}, "
        "{'msgget': 'q', 'key': 5, 'flags': 'IPC_CREAT|0600'}, {'msgget': "
        "'r', 'key': 5, 'flags': 'IPC_CREAT|IPC_EXCL|0600'}]}]}",
        {"No message queue has the key 5, and without IPC_CREAT none "
         "is made, so msgget(2) of `A` fails with ENOENT.",
         "没有键值为 5 的消息队列，又没有指定 IPC_CREAT，`A` 的 msgget("
         "2) 失败，错误为 ENOENT。"},
        {"No message queue has the key ftok(\"gone\", 'a') yet, so "
         "msgget(2) of `A` makes one; its id is 0.",
         "还没有键值为 ftok(\"gone\", 'a') 的消息队列，`A` 的 msgget(2)"
         " 创建了一个，标识符为 0。"},
        {"ftok(3) finds no file of that name, so there is no key and "
         "msgget(2) of `A` fails with ENOENT.",
         "ftok(3) 找不到该文件，无法生成键值，`A` 的 msgget(2) 失败，错"
         "误为 ENOENT。"},
        {"No message queue has the key 5 yet, so msgget(2) of `A` "
         "makes one; its id is 1.",
         "还没有键值为 5 的消息队列，`A` 的 msgget(2) 创建了一个，标识"
         "符为 1。"},
        {"A message queue with the key 5 is there already, and "
         "IPC_EXCL asks for a new one, so msgget(2) of `A` fails with "
         "EEXIST.",
         "键值为 5 的消息队列已经存在，而 IPC_EXCL 要求新建，`A` 的 msg"
         "get(2) 失败，错误为 EEXIST。"});
}
