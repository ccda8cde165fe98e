/* t1001-loader.c: a good file becomes the scenario it says. */
#include "sim/scenario/load.h"
#include "tests/test.h"

#include <stdlib.h>

/* The scenario in the text, or NULL and a failed test. */
static struct scenario *read_with(const char *text, const struct override *o,
                                  int count)
{
    struct diag d = {0};
    struct str said = {0};
    struct scenario *sc =
        scenario_read("t.json", text, strlen(text), o, count, &d);
    diag_write(&d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    str_free(&said);
    diag_free(&d);
    return sc;
}

static struct scenario *read_file(const char *path)
{
    char *text = test_read_file(path, NULL);
    struct scenario *sc = read_with(text, NULL, 0);
    free(text);
    return sc;
}

static const struct op *op_at(const struct scenario *sc, const char *process,
                              int offset)
{
    return &sc->ops[sc->processes[scenario_process(sc, process)].first +
                    offset];
}

/* One process `a` with this program. */
static struct scenario *read_ops_of(const char *ops)
{
    struct str s = {0};
    str_addf(&s,
             "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", "
             "\"program\": [%s]}]}",
             ops);
    struct scenario *sc = read_with(str_text(&s), NULL, 0);
    str_free(&s);
    return sc;
}

static const char *const minimal =
    "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"bursts\": [1]}]}";

TEST("the example of the format has the machine and policy it says")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    EXPECT_EQ_STR(text_in(sc->title, LANG_EN),
                  "Parent to child through a pipe");
    EXPECT_EQ_STR(text_in(sc->title, LANG_ZH),
                  "父进程通过无名管道发送数据给子进程");
    EXPECT_EQ_INT(sc->machine.cpus, 1);
    EXPECT_EQ_INT(sc->machine.memory, 64);
    EXPECT_EQ_INT(sc->machine.max_processes, 16);
    EXPECT_EQ_INT(sc->machine.context_switch, 0);
    EXPECT_EQ_INT(sc->machine.op_cost, 1);
    EXPECT_EQ_STR(sc->scheduler.policy, "rr");
    EXPECT_EQ_INT(sc->scheduler.quantum, 3);
    EXPECT(sc->live);
    scenario_free(sc);
}

TEST("the example's processes are there, and the forked one waits for a fork")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    EXPECT_EQ_INT(sc->process_count, 2);
    EXPECT_EQ_INT(scenario_process(sc, "parent"), 0);
    EXPECT_EQ_INT(scenario_process(sc, "child"), 1);
    EXPECT_EQ_INT(scenario_process(sc, "nobody"), -1);
    EXPECT(!sc->processes[0].forked);
    EXPECT(sc->processes[1].forked);
    EXPECT_EQ_INT(sc->processes[0].memory, 4);
    EXPECT_EQ_INT(sc->processes[1].memory, 0);
    EXPECT_EQ_INT(sc->processes[0].tickets, 100);
    EXPECT(sc->processes[0].affinity == UINT64_MAX);
    EXPECT_EQ_INT(sc->processes[0].line, 9);
    EXPECT_EQ_INT(sc->processes[1].line, 19);
    scenario_free(sc);
}

TEST("the parent's program lies op by op in one array")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    static const struct {
        int verb, depth, end, cost, line;
    } want[] = {
        {OP_pipe, 0, -1, 1, 10},  {OP_fork, 0, -1, 1, 11},
        {OP_close, 0, -1, 1, 12}, {OP_repeat, 0, 7, 0, 13},
        {OP_cpu, 1, -1, 0, 14},   {OP_write, 1, -1, 1, 15},
        {OP_sleep, 1, -1, 0, 16}, {OP_end, 1, 3, 0, 0},
        {OP_close, 0, -1, 1, 17}, {OP_wait, 0, -1, 1, 18},
        {OP_end, 0, -1, 0, 0},
    };
    EXPECT_EQ_INT(sc->processes[0].first, 0);
    EXPECT_EQ_INT(sc->processes[0].end, 10);
    for (int i = 0; i < 11; i++) {
        test_case("op %d", i);
        EXPECT_EQ_INT(sc->ops[i].verb, want[i].verb);
        EXPECT_EQ_INT(sc->ops[i].depth, want[i].depth);
        EXPECT_EQ_INT(sc->ops[i].end, want[i].end);
        EXPECT_EQ_INT(sc->ops[i].cost, want[i].cost);
        EXPECT_EQ_INT(sc->ops[i].line, want[i].line);
        EXPECT_EQ_INT(scenario_owner(sc, i), 0);
    }
    EXPECT_EQ_INT(scenario_owner(sc, 11), 1);
    EXPECT_EQ_INT(sc->loop_depth, 1);
    EXPECT_EQ_INT(sc->handler_count, 0);
    EXPECT(sc->uses_fds);
    scenario_free(sc);
}

TEST("the two ends of a pipe are neighbours, and the ops name them")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    int64_t p = op_arg(op_at(sc, "parent", 0), KEY_pipe);
    EXPECT_EQ_STR(sc->vars[p], "p[0]");
    EXPECT_EQ_STR(sc->vars[p + 1], "p[1]");
    EXPECT_EQ_INT(op_arg(op_at(sc, "parent", 2), KEY_close), p);
    EXPECT_EQ_INT(op_arg(op_at(sc, "parent", 5), KEY_write), p + 1);
    EXPECT_EQ_INT(op_arg(op_at(sc, "parent", 0), KEY_flags), ARG_ABSENT);
    EXPECT_EQ_INT(op_arg(op_at(sc, "parent", 1), KEY_fork), 1);
    EXPECT_EQ_INT(op_arg(op_at(sc, "parent", 9), KEY_wait), 1);
    const struct op *loop = op_at(sc, "child", 1);
    EXPECT_EQ_INT(op_arg(loop, KEY_repeat), ARG_FOREVER);
    EXPECT_EQ_INT(op_arg(loop, KEY_do), loop - sc->ops + 1);
    EXPECT_EQ_INT(op_arg(loop + 1, KEY_size), 100);
    EXPECT_EQ_INT(op_arg(loop + 1, KEY_at_eof), 0);
    scenario_free(sc);
}

TEST("a text is cut into literals and variables, a note is kept")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    const struct op *loop = op_at(sc, "parent", 3);
    const struct op *write = op_at(sc, "parent", 5);
    const struct template *t = &sc->templates[op_arg(write, KEY_text)];
    EXPECT_EQ_INT(t->count, 1);
    EXPECT(t->pieces[0].literal == NULL);
    EXPECT_EQ_INT(t->pieces[0].var, op_arg(loop, KEY_as));
    EXPECT_EQ_STR(sc->vars[t->pieces[0].var], "i");
    EXPECT_EQ_STR(text_in(sc->texts[write->note], LANG_ZH),
                  "The byte goes into the kernel's buffer.");
    EXPECT_EQ_INT(loop->note, -1);
    scenario_free(sc);
}

TEST("actions, questions and expectations are kept as they are written")
{
    struct scenario *sc = read_file("tests/fuzz/loader/pipe.json");
    NEED(sc);
    NEED(sc->action_count == 2 && sc->question_count == 1);
    EXPECT_EQ_INT(sc->actions[0].at, 9);
    EXPECT_EQ_INT(sc->actions[0].kind, ACTION_SUSPEND);
    EXPECT_EQ_INT(sc->actions[0].process, 1);
    EXPECT_EQ_INT(sc->actions[1].at, 14);
    EXPECT_EQ_INT(sc->actions[1].kind, ACTION_ACTIVATE);
    const struct question *q = &sc->questions[0];
    EXPECT_EQ_INT(q->at, 5);
    EXPECT_EQ_INT(q->choice_count, 2);
    EXPECT_EQ_INT(q->answer, 1);
    EXPECT_EQ_STR(text_in(q->choices[1], LANG_EN), "blocked");
    EXPECT_EQ_STR(text_in(q->because, LANG_ZH),
                  "The pipe is empty and a writer is still open.");
    NEED(sc->expect_count == 2);
    EXPECT_EQ_STR(sc->expects[0].process, "child");
    EXPECT_EQ_STR(sc->expects[0].field, "exit");
    EXPECT_EQ_STR(sc->expects[0].json, "0");
    EXPECT(sc->expects[1].process == NULL);
    EXPECT_EQ_STR(sc->expects[1].json, "\"finished\"");
    EXPECT_EQ_INT(sc->expects[1].line, 28);
    EXPECT_EQ_INT(sc->expects[1].column, 65);
    scenario_free(sc);
}

TEST("what a file leaves out has the value that the format says")
{
    struct scenario *sc = read_with(minimal, NULL, 0);
    NEED(sc);
    EXPECT_EQ_INT(sc->machine.cpus, 1);
    EXPECT_EQ_INT(sc->machine.memory, 0);
    EXPECT_EQ_INT(sc->machine.max_processes, 0);
    EXPECT_EQ_INT(sc->machine.op_cost, 1);
    EXPECT_EQ_STR(sc->scheduler.policy, "fcfs");
    EXPECT_EQ_INT(sc->scheduler.quantum, 0);
    EXPECT_EQ_STR(text_in(sc->title, LANG_EN), "");
    EXPECT(sc->live);
    EXPECT(!sc->uses_fds);
    scenario_free(sc);
}

TEST("round robin without a quantum has 4 ticks")
{
    struct override rr = {"scheduler.policy", "\"rr\""};
    struct scenario *sc = read_with(minimal, &rr, 1);
    NEED(sc);
    EXPECT_EQ_STR(sc->scheduler.policy, "rr");
    EXPECT_EQ_INT(sc->scheduler.quantum, 4);
    scenario_free(sc);
}

TEST("the command line's values replace those of the file")
{
    const struct override over[] = {
        {"scheduler.quantum", "9"},
        {"machine.cpus", "2"},
        {"machine.cpus", "3"},
        {"machine.op_cost", "5"},
    };
    char *text = test_read_file("tests/fuzz/loader/pipe.json", NULL);
    struct scenario *sc = read_with(text, over, 4);
    free(text);
    NEED(sc);
    EXPECT_EQ_INT(sc->scheduler.quantum, 9);
    EXPECT_EQ_INT(sc->machine.cpus, 3);
    EXPECT_EQ_INT(sc->machine.memory, 64);
    EXPECT_EQ_INT(op_at(sc, "parent", 0)->cost, 5);
    scenario_free(sc);
}

TEST("a policy from the command line leaves the file's keys for its own alone")
{
    struct override fcfs = {"scheduler.policy", "\"fcfs\""};
    char *text = test_read_file("tests/fuzz/loader/pipe.json", NULL);
    struct scenario *sc = read_with(text, &fcfs, 1);
    free(text);
    NEED(sc);
    EXPECT_EQ_STR(sc->scheduler.policy, "fcfs");
    EXPECT_EQ_INT(sc->scheduler.quantum, 0);
    scenario_free(sc);
}

TEST("bursts are cpu, io, cpu")
{
    struct scenario *sc = read_with(
        "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"bursts\": "
        "[5, 3, 2]}]}",
        NULL, 0);
    NEED(sc);
    static const int verbs[] = {OP_cpu, OP_io, OP_cpu, OP_end};
    static const int ticks[] = {5, 3, 2};
    EXPECT_EQ_INT(sc->op_count, 4);
    for (int i = 0; i < 4; i++)
        EXPECT_EQ_INT(sc->ops[i].verb, verbs[i]);
    for (int i = 0; i < 3; i++)
        EXPECT_EQ_INT(sc->ops[i].arg[0], ticks[i]);
    EXPECT_EQ_INT(op_arg(&sc->ops[1], KEY_device), ARG_ABSENT);
    scenario_free(sc);
}

TEST("a whole number may be written 3, 3.0 and 30e-1")
{
    struct scenario *sc =
        read_ops_of("{\"cpu\": 3}, {\"cpu\": 3.0}, {\"cpu\": 30e-1}");
    NEED(sc);
    for (int i = 0; i < 3; i++)
        EXPECT_EQ_INT(sc->ops[i].arg[0], 3);
    scenario_free(sc);
}

TEST("the greatest tick is read exactly")
{
    struct scenario *sc = read_ops_of("{\"cpu\": 1000000000000000}, "
                                      "{\"cpu\": 999999999999999}");
    NEED(sc);
    EXPECT_EQ_INT(sc->ops[0].arg[0], TICK_MAX);
    EXPECT_EQ_INT(sc->ops[1].arg[0], TICK_MAX - 1);
    scenario_free(sc);
}

TEST("flags are bits in the order of the list, a mode lies above them")
{
    struct scenario *sc = read_ops_of(
        "{\"msgget\": \"q\", \"key\": 1, \"flags\": \"IPC_CREAT | 0664\"}, "
        "{\"pipe\": \"p\", \"flags\": \"O_CLOEXEC\"}, "
        "{\"fcntl\": \"p[0]\", \"flags\": \"\"}");
    NEED(sc);
    EXPECT_EQ_HEX(op_arg(&sc->ops[0], KEY_flags), INT64_C(0664) << 32 | 1);
    EXPECT(op_flag(&sc->ops[0], "IPC_CREAT"));
    EXPECT(!op_flag(&sc->ops[0], "IPC_EXCL"));
    EXPECT(op_flag(&sc->ops[1], "O_CLOEXEC"));
    EXPECT(!op_flag(&sc->ops[1], "O_NONBLOCK"));
    EXPECT(!op_flag(&sc->ops[2], "O_NONBLOCK"));
    EXPECT_EQ_INT(op_arg(&sc->ops[2], KEY_flags), 0);
    scenario_free(sc);
}

TEST("a doubled brace is a brace, a single closing one stands for itself")
{
    struct scenario *sc =
        read_ops_of("{\"set\": \"i\", \"value\": 7}, {\"pipe\": \"p\"}, "
                    "{\"write\": \"p[1]\", \"text\": \"{{a} {i}é\"}");
    NEED(sc);
    struct str c = {0};
    int64_t vars[8] = {0};
    vars[op_arg(&sc->ops[0], KEY_set)] = 7;
    op_write_c(sc, &sc->ops[2], vars, &c);
    EXPECT_EQ_STR(str_text(&c), "write(p[1], \"{a} 7é\", 7);");
    str_free(&c);
    scenario_free(sc);
}

TEST("handlers are counted by signal, and a kill without one is SIGTERM")
{
    struct scenario *sc =
        read_ops_of("{\"signal\": \"SIGUSR1\", \"do\": [{\"cpu\": 1}]}, "
                    "{\"signal\": \"SIGUSR1\", \"do\": []}, "
                    "{\"signal\": \"SIGPIPE\", \"do\": [], \"restart\": true}, "
                    "{\"kill\": \"a\"}, {\"kill\": \"a\", \"sig\": \"0\"}");
    NEED(sc);
    EXPECT_EQ_INT(sc->handler_count, 2);
    EXPECT_EQ_INT(sc->loop_depth, 0);
    EXPECT_EQ_INT(op_arg(&sc->ops[0], KEY_do), 1);
    EXPECT_EQ_INT(sc->ops[0].end, 2);
    EXPECT_EQ_INT(op_arg(&sc->ops[7], KEY_sig), 15);
    EXPECT_EQ_INT(op_arg(&sc->ops[8], KEY_sig), 0);
    scenario_free(sc);
}

TEST("the second child of a fork has a name of its own")
{
    struct scenario *sc = read_with(
        "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": "
        "[{\"fork\": \"b\"}, {\"fork\": \"b\"}, {\"wait\": \"b.2\"}, "
        "{\"wait\": \"any\"}]}, {\"name\": \"b\", \"program\": []}], "
        "\"actions\": [{\"at\": 5, \"kill\": \"b.3\"}, "
        "{\"at\": 1, \"suspend\": \"b\"}, {\"at\": 5, \"kill\": \"a\"}], "
        "\"expect\": {\"processes\": {\"b.2\": {\"state\": "
        "\"terminated\"}}}}",
        NULL, 0);
    NEED(sc);
    EXPECT_EQ_INT(op_arg(&sc->ops[2], KEY_wait), INT64_C(1) << 32 | 1);
    EXPECT_EQ_INT(op_arg(&sc->ops[3], KEY_wait), ARG_ANY);
    EXPECT_EQ_INT(sc->actions[0].at, 1);
    EXPECT_EQ_INT(sc->actions[1].process, INT64_C(2) << 32 | 1);
    EXPECT_EQ_INT(sc->actions[2].process, 0);
    EXPECT_EQ_STR(sc->expects[0].process, "b.2");
    scenario_free(sc);
}

TEST("other languages are welcome and stand in where ours are missing")
{
    struct scenario *sc = read_with(
        "{\"timeslice\": 1, \"title\": {\"fr\": \"Un\", \"de\": \"Eins\"}, "
        "\"notes\": {\"pt-BR\": \"Um\", \"zh\": \"一\"}, "
        "\"//\": 1, \"//\": [2], "
        "\"processes\": [{\"//\": \"x\", \"name\": \"a\", \"bursts\": [1]}]}",
        NULL, 0);
    NEED(sc);
    EXPECT_EQ_STR(text_in(sc->title, LANG_ZH), "Un");
    EXPECT_EQ_STR(text_in(sc->notes, LANG_ZH), "一");
    EXPECT_EQ_STR(text_in(sc->notes, LANG_EN), "一");
    scenario_free(sc);
}

TEST("a byte order mark and CR LF do not count")
{
    struct scenario *sc = read_with("\xef\xbb\xbf{\"timeslice\": 1,\r\n"
                                    "\"processes\": [\r\n{\"name\": \"a\", "
                                    "\"bursts\": [1]}]}\r\n",
                                    NULL, 0);
    NEED(sc);
    EXPECT_EQ_INT(sc->processes[0].line, 3);
    scenario_free(sc);
}

TEST("a loop that a call leaves or time ends is no complaint")
{
    struct scenario *sc = read_ops_of(
        "{\"pipe\": \"p\"}, {\"repeat\": \"forever\", \"do\": "
        "[{\"until\": 3}, {\"exit\": 0}]}, "
        "{\"repeat\": 2, \"do\": [{\"repeat\": 2, \"do\": [{\"sleep\": "
        "1}]}]}, {\"repeat\": 2, \"do\": [{\"io\": 1}]}, "
        "{\"repeat\": 2, \"do\": [{\"read\": \"p[0]\", \"size\": 1, "
        "\"cost\": 0, \"at_eof\": \"break\"}, {\"cpu\": 1}]}");
    NEED(sc);
    EXPECT_EQ_INT(sc->loop_depth, 2);
    scenario_free(sc);
}
