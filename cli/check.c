/* check.c: `timeslice check FILE…`: is every file well, and does its run come
 * out as it expects? One line a file on stdout; the complaints themselves go
 * to stderr, as a compiler's do. */
#include "cli/load.h"
#include "cli/run.h"

static void say_nothing(struct report *r)
{
    (void)r;
}

static const struct format format_nothing = {"nothing", false, false, NULL,
                                             say_nothing};

static enum status check_one(const struct options *o, const char *operand,
                             struct out *out)
{
    struct loaded l;
    struct options mine = *o;
    enum status s = STATUS_USAGE;
    if (load_operand(&l, o, operand)) {
        if (!l.scenario->live) /* such a lesson is checked as a model */
            mine.given &= ~OPTION_BIT(LIVE);
        s = run_scenario(&mine, &l, &format_nothing, out);
    }
    int expects = l.scenario ? l.scenario->expect_count : 0;
    enum word verdict = s == STATUS_DIFFERS  ? W_CLI_C_DIFFERS
                        : s == STATUS_USAGE   ? W_CLI_C_BAD
                        : s == STATUS_MACHINE ? W_CLI_C_MACHINE
                        : expects             ? W_CLI_C_OK
                                              : W_CLI_C_NO_EXPECT;
    str_addf(&out->text, word(verdict, o->lang), operand,
             expects);
    out_flush(out, true);
    loaded_free(&l);
    return s;
}

/* The worst of all is the status: a bad file before a machine that lacks
 * something, that before a difference. */
static int weight(enum status s)
{
    static const int weights[] = {[STATUS_WELL] = 0, [STATUS_DIFFERS] = 1,
                                  [STATUS_MACHINE] = 2, [STATUS_USAGE] = 3};
    return weights[s];
}

static enum status check_run(const struct options *o)
{
    struct out out;
    enum status worst = STATUS_WELL;
    out_open(&out, NULL, o->lang);
    for (int i = 0; i < o->operand_count && out_wanted(&out); i++) {
        enum status s = check_one(o, o->operands[i], &out);
        worst = weight(s) > weight(worst) ? s : worst;
    }
    enum status end = out_close(&out, STATUS_WELL);
    return weight(end) > weight(worst) ? end : worst;
}

const struct command command_check = {
    .name = "check",
    .summary = W_CLI_CHECK,
    .operands = "FILE…",
    .least = 1,
    .most = -1,
    .options = OPTIONS_OF_A_RUN,
    .judges = true,
    .run = check_run,
};
