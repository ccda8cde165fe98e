/* t1003-bad.c: every broken file gets exactly the complaints beside it.
 *
 * tests/bad/NAME.json is broken, NAME.expected is what is said about it, line
 * for line. Read a new expected file before it goes in: it is the contract. */
#include "sim/scenario/load.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

static void complaints(const char *name, const char *text, size_t length,
                       const struct override *over, int count, struct str *out)
{
    struct diag d = {0};
    struct scenario *sc = scenario_read(name, text, length, over, count, &d);
    EXPECT(sc == NULL);
    EXPECT(d.count > 0);
    diag_write(&d, out);
    scenario_free(sc);
    diag_free(&d);
}

static void check_file(const char *path, void *ctx)
{
    char beside[300];
    size_t length = 0;
    struct str said = {0};
    (void)ctx;
    test_case("%s", path);
    char *text = test_read_file(path, &length);
    snprintf(beside, sizeof beside, "%.*s.expected", (int)strlen(path) - 5,
             path);
    char *want = test_read_file(beside, NULL);
    complaints(strrchr(path, '/') + 1, text, length, NULL, 0, &said);
    EXPECT_EQ_STR(str_text(&said), want);
    str_free(&said);
    free(text);
    free(want);
}

TEST("every broken file gets exactly its complaints")
{
    EXPECT(test_each_file("tests/bad", ".json", check_file, NULL) >= 60);
}

static const char good[] =
    "{\"timeslice\": 1, \"scheduler\": {\"policy\": \"rr\"}, "
    "\"processes\": [{\"name\": \"a\", \"bursts\": [1]}]}";

TEST("what is wrong on the command line says where it comes from")
{
    static const struct {
        struct override over;
        const char *said;
    } cases[] = {
        {{"scheduler.quantum", "0"},
         "t: error: /scheduler/quantum: must be at least 1, not 0 (from the "
         "command line)\n"},
        {{"scheduler.quantum", "2.5"},
         "t: error: /scheduler/quantum: must be a whole number, not 2.5 (from "
         "the command line)\n"},
        {{"scheduler.policy", "\"rrr\""},
         "t: error: /scheduler/policy: no such policy; did you mean `rr`? "
         "(from the command line)\n"},
        {{"scheduler.policy", "rr"},
         "t: error: /scheduler/policy: `rr` is not JSON: `rr` is no value: "
         "texts stand in double quotes, the others are true, false and null "
         "in small letters (from the command line)\n"},
        {{"scheduler.boost", "3"},
         "t: error: /scheduler/boost: `rr` has no such key; it has `quantum` "
         "(from the command line)\n"},
        {{"machine.cpu", "3"},
         "t: error: /machine/cpu: unknown key; did you mean `cpus`? (from the "
         "command line)\n"},
        {{"machine.cpus", "[1]"},
         "t: error: /machine/cpus: must be a whole number, not a list (from "
         "the command line)\n"},
        {{"processes", "[]"},
         "t: error: `processes` is not to be set; scheduler.KEY and "
         "machine.KEY are (from the command line)\n"},
        {{"title.en", "1"},
         "t: error: `title.en` is not to be set; scheduler.KEY and "
         "machine.KEY are (from the command line)\n"},
        {{"machine.", "1"},
         "t: error: `machine.` is not to be set; scheduler.KEY and "
         "machine.KEY are (from the command line)\n"},
        {{"machine.cpus", ""},
         "t: error: /machine/cpus: `` is not JSON: the file is empty (from "
         "the command line)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str said = {0};
        test_case("%s=%s", cases[i].over.key, cases[i].over.json);
        complaints("t", good, strlen(good), &cases[i].over, 1, &said);
        EXPECT_EQ_STR(str_text(&said), cases[i].said);
        str_free(&said);
    }
}

TEST("a mistake inside a value of the command line has its pointer")
{
    struct override over = {"scheduler.levels",
                            "[{\"quantum\": 1}, {\"quantum\": 0}]"};
    struct str said = {0};
    complaints("t", good, strlen(good), &over, 1, &said);
    EXPECT_CONTAINS(str_text(&said),
                    "/scheduler/levels/1/quantum: must be at least 1, not 0 "
                    "(from the command line)");
    str_free(&said);
}

TEST("a file that is too big is not even looked at")
{
    size_t length = (size_t)SCENARIO_BYTES_MAX + 1;
    char *blanks = malloc(length);
    NEED(blanks);
    memset(blanks, ' ', length);
    struct str said = {0};
    complaints("t", blanks, length, NULL, 0, &said);
    EXPECT_EQ_STR(str_text(&said),
                  "t: error: the file has 67108865 bytes, and at most "
                  "67108864 are read\n");
    str_free(&said);
    free(blanks);
}

TEST("a text of more bytes than a write may take is refused")
{
    struct str file = {0}, said = {0};
    str_add(&file, "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", "
                   "\"program\": [{\"pipe\": \"p\"}, {\"write\": \"p[1]\", "
                   "\"text\": \"");
    for (int i = 0; i < 1048577; i++)
        str_add_char(&file, 'x');
    str_add(&file, "\"}]}]}");
    complaints("t", file.text, file.length, NULL, 0, &said);
    EXPECT_CONTAINS(str_text(&said), "/processes/0/program/1/text: must have "
                                     "at most 1048576 bytes, not 1048577");
    str_free(&file);
    str_free(&said);
}

TEST("a zero byte ends no file")
{
    static const char text[] = "{\"timeslice\": 1}\0, \"x\": 1}";
    struct str said = {0};
    complaints("t", text, sizeof text - 1, NULL, 0, &said);
    EXPECT_EQ_STR(str_text(&said),
                  "t:1:17: error: something stands behind the end of the "
                  "scenario\n");
    str_free(&said);
}

/* Names are found by hash, places by number: ten times the processes take ten
 * times as long, not a hundred times; ctest's time limit is the judge. */
TEST("a hundred thousand processes with a kill each are read")
{
    enum { MANY = 100000 };
    struct str file = {0};
    struct diag d = {0};
    str_add(&file, "{\"timeslice\": 1, \"processes\": [\n");
    for (int i = 0; i < MANY; i++)
        str_addf(&file,
                 "{\"name\": \"p%d\", \"program\": [{\"cpu\": 3}, "
                 "{\"kill\": \"p%d\", \"sig\": \"SIGINT\"}]}%s\n",
                 i, (i + 1) % MANY, i + 1 < MANY ? "," : "");
    str_add(&file, "]}\n");
    struct scenario *sc =
        scenario_read("t", file.text, file.length, NULL, 0, &d);
    str_free(&file);
    diag_free(&d);
    NEED(sc);
    EXPECT_EQ_INT(sc->process_count, MANY);
    EXPECT_EQ_INT(sc->op_count, 3 * MANY);
    EXPECT_EQ_INT(scenario_process(sc, "p77777"), 77777);
    EXPECT_EQ_INT(scenario_owner(sc, 3 * 77777 + 2), 77777);
    EXPECT_EQ_INT(sc->ops[3 * 4711 + 1].arg[0], 4712);
    EXPECT_EQ_INT(sc->processes[99999].line, 100001);
    scenario_free(sc);
}
