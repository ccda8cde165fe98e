/* loader.c: any bytes at all as a scenario file.
 *
 * Whatever comes, the loader must give either a scenario that keeps the
 * promises of scenario.h and program.h, or at least one complaint, each on a
 * line of its own; and must say the same when it is asked again. Run it with
 * tests/fuzz/run-loader.sh, which makes a dictionary of the language's words,
 * or with `./run fuzz loader`. */
#include "sim/base/promises.h"
#include "sim/scenario/load.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char no_memory[] = "x:1:1: error: there is not enough memory";

static const struct override overrides[] = {
    {"scheduler.policy", "\"rr\""},
    {"scheduler.quantum", "3"},
    {"machine.cpus", "2"},
};

static void look_at_program(const struct scenario *sc, int index)
{
    const struct process_def *p = &sc->processes[index];
    int16_t depth = 0;
    require(p->first <= p->end && p->end < sc->op_count);
    for (int32_t i = p->first; i <= p->end; i++) {
        const struct op *op = &sc->ops[i];
        require(op->verb < OP_COUNT && op->depth == depth);
        require(scenario_owner(sc, i) == index);
        require(op->cost >= 0 && op->note < sc->text_count);
        if (op->verb == OP_end) {
            require((i == p->end) == (op->end < 0));
            require(op->end < 0 || sc->ops[op->end].end == i);
            depth--;
        } else if (op->end >= 0) {
            require(op->end > i && op->end < p->end);
            depth++;
        }
    }
    require(depth == -1);
}

static void look_at(const struct scenario *sc)
{
    struct str out = {0};
    int64_t *vars = calloc((size_t)sc->var_count + 1, sizeof *vars);
    require(vars);
    for (int i = 0; i < sc->op_count; i++) {
        op_write_c(sc, &sc->ops[i], NULL, &out);
        op_write_c(sc, &sc->ops[i], vars, &out);
        str_cut(&out, 0);
    }
    free(vars);
    str_free(&out);
    require(sc->process_count > 0);
    for (int i = 0; i < sc->process_count; i++) {
        require(scenario_process(sc, sc->processes[i].name) == i);
        look_at_program(sc, i);
    }
    for (int i = 1; i < sc->action_count; i++)
        require(sc->actions[i - 1].at <= sc->actions[i].at);
    require(sc->loop_depth <= LOOPS_MAX);
}

/* Everything that is said about the file, or "" for a scenario. */
static void read_in(enum lang lang, const uint8_t *bytes, size_t length,
                    int count, struct str *out)
{
    struct diag d = {.lang = lang};
    struct scenario *sc = scenario_read("x", (const char *)bytes, length, overrides,
                               count, &d);
    diag_write(&d, out);
    require((sc != NULL) == (d.count == 0));
    /* JSON by our rules that cJSON will not take: one of us is wrong. */
    require(strncmp(str_text(out), no_memory, strlen(no_memory)) != 0);
    require(utf8_valid(str_text(out), out->length));
    size_t lines = 0;
    for (size_t i = 0; i < out->length; i++)
        lines += out->text[i] == '\n';
    require(lines <= d.count);
    if (sc)
        look_at(sc);
    scenario_free(sc);
    diag_free(&d);
}

static void read_once(const uint8_t *bytes, size_t length, int count,
                      struct str *out)
{
    read_in(LANG_EN, bytes, length, count, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct str first = {0}, second = {0};
    read_once(bytes, length, 0, &first);
    read_once(bytes, length, 0, &second);
    require(strcmp(str_text(&first), str_text(&second)) == 0);
    str_cut(&second, 0);
    read_once(bytes, length, 3, &second);
    str_cut(&first, 0);
    read_in(LANG_ZH, bytes, length, 3, &first);
    require((first.length > 0) == (second.length > 0));
    str_free(&first);
    str_free(&second);
    return 0;
}
