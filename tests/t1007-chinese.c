/* t1007-chinese.c: what is wrong with a file, said in Chinese.
 *
 * Some complaints of every kind are held to the letter. All the others, those
 * about tests/bad, must stand at the same places as the English ones, be other
 * texts, and have no English left in what is put together of pieces. */
#include "sim/base/str.h"
#include "sim/scenario/scenario.h"
#include "tests/test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static struct diag complaints(const char *text, size_t length, enum lang lang,
                              const struct override *over)
{
    struct diag d = {.lang = lang};
    struct scenario *sc =
        scenario_read("t", text, length, over, over != NULL, &d);
    EXPECT(sc == NULL);
    EXPECT(d.count > 0);
    scenario_free(sc);
    return d;
}

static void expect_said(const char *text, const struct override *over,
                        const char *said)
{
    struct str out = {0};
    struct diag d = complaints(text, strlen(text), LANG_ZH, over);
    diag_write(&d, &out);
    EXPECT_EQ_STR(str_text(&out), said);
    str_free(&out);
    diag_free(&d);
}

TEST("what is not JSON is said in Chinese")
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"", "t:1:1: 错误：文件是空的\n"},
        {"{'a': 1}", "t:1:2: 错误：JSON 的字符串要用双引号：\"…\"\n"},
        {"{\n\"a\": [1 2]}",
         "t:2:9: 错误：此处在列表中，应当是 `,` 或 `]`\n"},
        {"{\n\n\"a\": {\"b\": 1",
         "t:3:13: 错误：第 3 行开始的对象还没有结束，文件却结束了\n"},
        {"{\"a\": 007}", "t:1:7: 错误：数字不能以 0 开头\n"},
        {"{\"a\": True}",
         "t:1:7: 错误：`True` 不是值：文字要放在双引号中，其余只有小写的 "
         "true、false 和 null\n"},
        {"{\"a\": 1,}", "t:1:8: 错误：`}` 之前不能有逗号\n"},
        {"\xe9", "t:1:1: 错误：字节 0xe9 不是 UTF-8；请将文件另存为 UTF-8\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("%s", cases[i].text);
        expect_said(cases[i].text, NULL, cases[i].said);
    }
}

/* One process `a` with the ops, and what else the file says. */
static void expect_file(const char *rest, const char *ops, const char *said)
{
    struct str file = {0};
    str_addf(&file,
             "{\"timeslice\": 1%s, \"processes\": [\n"
             "{\"name\": \"a\", \"program\": [%s]}]}",
             rest, ops);
    test_case("%s %s", rest, ops);
    expect_said(str_text(&file), NULL, said);
    str_free(&file);
}

#define OP_0 "t:2:27: 错误：/processes/0/program/0"

TEST("what is wrong with an op is said in Chinese")
{
    static const struct {
        const char *ops, *said;
    } cases[] = {
        {"3", OP_0 "：必须是操作（如 {\"cpu\": 3}），而不是 3\n"},
        {"[]", OP_0 "：必须是操作（如 {\"cpu\": 3}），而不是列表\n"},
        {"{\"note\": \"x\"}",
         OP_0 "：操作的键中必须有一个是操作名，如 {\"cpu\": 3}\n"},
        {"{\"cpu\": 0}",
         "t:2:35: 错误：/processes/0/program/0/cpu：不能小于 1，而这里是 0\n"},
        {"{\"exit\": 256}",
         "t:2:36: 错误：/processes/0/program/0/exit：不能大于 255，而这里是 "
         "256\n"},
        {"{\"cpu\": 1.5}",
         "t:2:35: 错误：/processes/0/program/0/cpu：必须是整数，而不是 1.5\n"},
        {"{\"yield\": false}",
         "t:2:37: 错误：/processes/0/program/0/yield：必须是 true，而不是 "
         "false\n"},
        {"{\"slep\": 3}",
         "t:2:28: 错误：/processes/0/program/0/slep：没有这个名字的操作；"
         "是不是想写 `sleep`？\n"},
        {"{\"cpu\": 1, \"colour\": 1}",
         "t:2:38: 错误：/processes/0/program/0/colour：未知的键；可用的键有 "
         "`cpu`、`note`、`cost`、`on_error`\n"},
        {"{\"write\": \"p[1]\"}, {\"pipe\": \"p\"}",
         OP_0 "：`write` 必须有 `text` 或 `bytes`\n"},
        {"{\"set\": \"n\", \"value\": \"nn\"}",
         "t:2:49: 错误：/processes/0/program/0/value：本文件中没有操作给这个"
         "变量赋值；是不是想写 `n`？\n"},
        {"{\"cpu\": 1, \"on_error\": \"stop\"}",
         "t:2:50: 错误：/processes/0/program/0/on_error：没有这种处理方式；"
         "只有 `exit`\n"},
        {"{\"mkfifo\": \"f\", \"mode\": \"0999\"}",
         "t:2:51: 错误：/processes/0/program/0/mode：`0999` 不是权限模式："
         "应为八进制的 0 到 0777\n"},
        {"{\"pipe\": \"p\", \"flags\": \"O_NONBLOK\"}",
         "t:2:50: 错误：/processes/0/program/0/flags：没有标志 `O_NONBLOK`；"
         "是不是想写 `O_NONBLOCK`？\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_file("", cases[i].ops, cases[i].said);
}

TEST("what is wrong around the processes is said in Chinese")
{
    static const struct {
        const char *rest, *said;
    } cases[] = {
        {", \"titel\": \"x\"",
         "t:1:18: 错误：/titel：未知的键；是不是想写 `title`？\n"},
        {", \"title\": \"a\\nb\"",
         "t:1:27: 错误：/title：不能含有 U+000A，这个字符会控制终端："
         "这段文字只能有一行\n"},
        {", \"scheduler\": {}",
         "t:1:31: 错误：/scheduler：调度器必须有 `policy`\n"},
        {", \"scheduler\": {\"policy\": \"rr\", \"boost\": 3}",
         "t:1:48: 错误：/scheduler/boost：`rr` 没有这个键；它有 `quantum`\n"},
        {", \"scheduler\": {\"policy\": \"rr\", \"queues\": \"x\"}",
         "t:1:58: 错误：/scheduler/queues：没有这种就绪队列组织方式；"
         "可选的有 `shared`、`per-cpu`\n"},
        {", \"actions\": [{\"at\": 1}]",
         "t:1:30: 错误：/actions/0：用户动作必须有 `suspend`、`activate` 或 "
         "`kill`\n"},
        {", \"live\": true, \"live\": true",
         "t:1:32: 错误：/live：这个键出现了两次，第一次在第 1 行\n"},
        {", \"expect\": {\"processes\": {\"b\": {}}}",
         "t:1:48: 错误：/expect/processes/b：没有这个名字的进程\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_file(cases[i].rest, "{\"cpu\": 1}", cases[i].said);
}

TEST("what is wrong on the command line is said in Chinese")
{
    static const char good[] = "{\"timeslice\": 1, \"processes\": "
                               "[{\"name\": \"a\", \"bursts\": [1]}]}";
    static const struct {
        struct override over;
        const char *said;
    } cases[] = {
        {{"machine.cpus", "0"},
         "t: 错误：/machine/cpus：不能小于 1，而这里是 0（来自命令行）\n"},
        {{"machine.cpus", "{"},
         "t: 错误：/machine/cpus：`{` 不是 JSON：第 1 行开始的对象还没有结束，"
         "文件却结束了（来自命令行）\n"},
        {{"title.en", "1"},
         "t: 错误：`title.en` 不能设置；能设置的是 scheduler.键 和 machine.键"
         "（来自命令行）\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("%s=%s", cases[i].over.key, cases[i].over.json);
        expect_said(good, &cases[i].over, cases[i].said);
    }
}

/* ---- every broken file ---- */

static bool is_chinese(const char *text)
{
    size_t left = strlen(text);
    while (left) {
        unsigned code = 0;
        size_t n = utf8_length(text, left, &code);
        if (code >= 0x4e00 && code <= 0x9fff)
            return true;
        text += n ? n : 1;
        left -= n ? n : 1;
    }
    return false;
}

/* What follows the quoted piece that begins at `p`, or `p`. */
static const char *skip_quoted(const char *p)
{
    const char *end = *p == '`' || *p == '"' ? strchr(p + 1, *p) : NULL;
    return end ? end + 1 : p;
}

/* Whether two Latin words stand side by side outside of quotes: then a piece
 * has stayed English. */
static bool has_english(const char *p)
{
    while (*p) {
        const char *next = skip_quoted(p);
        if (next == p && isalpha((unsigned char)p[0]) && p[1] == ' ' &&
            isalpha((unsigned char)p[2]))
            return true;
        p = next == p ? p + 1 : next;
    }
    return false;
}

static void compare(const struct diag *en, const struct diag *zh)
{
    EXPECT_EQ_INT(zh->count, en->count);
    for (size_t i = 0; i < en->count && i < zh->count; i++) {
        const char *english = en->texts.text + en->lines[i].text;
        const char *chinese = zh->texts.text + zh->lines[i].text;
        test_case("%s", chinese);
        EXPECT_EQ_INT(zh->lines[i].line, en->lines[i].line);
        EXPECT_EQ_INT(zh->lines[i].column, en->lines[i].column);
        EXPECT(strcmp(english, chinese) != 0);
        EXPECT(is_chinese(chinese));
        EXPECT(!has_english(chinese));
    }
}

static void check_file(const char *path, void *ctx)
{
    size_t length = 0;
    (void)ctx;
    test_case("%s", path);
    char *text = test_read_file(path, &length);
    struct diag en = complaints(text, length, LANG_EN, NULL);
    struct diag zh = complaints(text, length, LANG_ZH, NULL);
    compare(&en, &zh);
    diag_free(&en);
    diag_free(&zh);
    free(text);
}

TEST("every broken file is complained about in Chinese, at the same places")
{
    EXPECT(test_each_file("tests/bad", ".json", check_file, NULL) >= 160);
}

TEST("a piece that has stayed English is found")
{
    EXPECT(has_english("必须是a list，而不是 3"));
    EXPECT(has_english("/a：错误 in line 3"));
    EXPECT(!has_english("必须是 `a list` 或 \"for ever\"，而不是 true"));
    EXPECT(is_chinese("/a：错误"));
    EXPECT(!is_chinese("/a: wrong…"));
}
