/* sweep_plan.c: which runs there are, and which values each has. */
#include "cli/sweep.h"

#include "cli/keys.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char policy_key[] = "scheduler.policy";

/* ------------------------------------------------------------ combinations */

/* Whether axis `a` has its values under policy number `p` (not by policy: 0).
 * The policy itself is settled by p. */
static bool varies(const struct sweep *s, int p, int a)
{
    if (!s->by_policy)
        return true;
    return a > 0 && policy_takes(s->policy[p], s->axes[a].key);
}

static int policies(const struct sweep *s)
{
    return s->by_policy ? (int)s->axes[0].count : 1;
}

/* Runs under one policy; more than SWEEP_RUNS_MOST is one more. */
static int64_t runs_under(const struct sweep *s, int p)
{
    int64_t n = 1;
    for (int a = 0; a < s->axis_count; a++)
        if (varies(s, p, a) && n <= SWEEP_RUNS_MOST)
            n *= s->axes[a].count;
    return n > SWEEP_RUNS_MOST ? SWEEP_RUNS_MOST + 1 : n;
}

struct combination sweep_combination(const struct sweep *s, int64_t run)
{
    struct combination c;
    int p = 0;
    while (run >= runs_under(s, p))
        run -= runs_under(s, p++);
    for (int a = s->axis_count - 1; a >= 0; a--) {
        c.value[a] = s->by_policy && a == 0 ? p : NONE;
        if (!varies(s, p, a))
            continue;
        c.value[a] = run % s->axes[a].count;
        run /= s->axes[a].count;
    }
    return c;
}

void sweep_write_values(const struct sweep *s, int64_t run, struct str *out)
{
    struct combination c = sweep_combination(s, run);
    for (int a = 0, some = 0; a < s->axis_count; a++) {
        if (c.value[a] == NONE)
            continue;
        str_addf(out, "%s%s=", some++ ? ", " : "", s->axes[a].key);
        axis_value(&s->axes[a], c.value[a], out);
    }
}

struct scenario *sweep_scenario(const struct sweep *s,
                                const struct combination *c, struct str *to)
{
    struct arena a = {0};
    const struct options *o = s->o;
    int n = 0;
    struct override *list = arena_alloc(
        &a, (size_t)(o->override_count + s->axis_count + 1) * sizeof *list);
    for (int i = 0; i < o->override_count; i++)
        if (!s->by_policy ||
            policy_takes(s->policy[c->value[0]], o->overrides[i].key))
            list[n++] = o->overrides[i];
    for (int i = 0; i < s->axis_count; i++) {
        struct str json = {0};
        if (c->value[i] == NONE)
            continue;
        axis_value(&s->axes[i], c->value[i], &json);
        list[n++] = (struct override){
            s->axes[i].key, arena_copy(&a, json.text, json.length)};
        str_free(&json);
    }
    struct scenario *sc = load_under(&s->file, o, list, n, to);
    arena_free(&a);
    return sc;
}

/* ------------------------------------------------------------------- checks */

/* All in the first run, but one axis at one value: well, or its complaints.
 * What a range has between its ends is as well as they are; what no look can
 * tell, the runs will. */
static bool try_value(const struct sweep *s, int axis, int64_t value)
{
    struct combination c = sweep_combination(s, 0);
    if (s->by_policy && axis > 0)
        for (int64_t p = 0, run = 0; p < policies(s); p++) {
            if (varies(s, (int)p, axis)) {
                c = sweep_combination(s, run);
                break;
            }
            run += runs_under(s, (int)p);
        }
    else if (s->by_policy)
        for (int a = 1; a < s->axis_count; a++)
            c.value[a] = varies(s, (int)value, a) ? 0 : NONE;
    c.value[axis] = value;
    struct scenario *sc = sweep_scenario(s, &c, NULL);
    if (sc)
        scenario_free(sc);
    return sc != NULL;
}

static bool try_axis(const struct sweep *s, int axis)
{
    const struct axis *x = &s->axes[axis];
    int64_t at = 0;
    for (int i = 0; i < x->part_count; i++) {
        int64_t n = x->parts[i].count;
        if (!try_value(s, axis, at) ||
            (n > 1 && !try_value(s, axis, at + n - 1)))
            return false;
        at += n;
    }
    return true;
}

/* An axis that none of the policies has a key for. */
static bool every_axis_counts(const struct sweep *s)
{
    for (int a = 1; a < s->axis_count && s->by_policy; a++) {
        bool counts = false;
        for (int p = 0; p < policies(s); p++)
            counts = counts || varies(s, p, a);
        if (!counts) {
            complain(s->o->lang, W_CLI_CMP_NOBODYS, s->axes[a].key);
            return false;
        }
    }
    return true;
}

/* --------------------------------------------------------------------- plan */

/* The policies come first; their names, without quotes. */
static bool take_policies(struct sweep *s)
{
    int at = 0;
    while (at < s->axis_count && strcmp(s->axes[at].key, policy_key) != 0)
        at++;
    if (at == s->axis_count)
        return true;
    struct axis x = s->axes[at];
    memmove(&s->axes[1], &s->axes[0], (size_t)at * sizeof x);
    s->axes[0] = x;
    s->by_policy = true;
    if (x.count > POLICIES_SWEPT_MOST) {
        complain(s->o->lang, W_CLI_CMP_MANY, POLICIES_SWEPT_MOST);
        return false;
    }
    for (int i = 0; i < x.count; i++) {
        struct str name = {0};
        axis_value(&x, i, &name);
        size_t n = name.length > 2 ? name.length - 2 : 0;
        n = n < POLICY_NAME_MOST ? n : POLICY_NAME_MOST - 1;
        memcpy(s->policy[i], name.text + 1, n);
        str_free(&name);
    }
    return true;
}

static bool count_runs(struct sweep *s)
{
    const struct options *o = s->o;
    for (int p = 0; p < policies(s) && s->all <= SWEEP_RUNS_MOST; p++)
        s->all += runs_under(s, p);
    if (s->all > SWEEP_RUNS_MOST) {
        complain(o->lang, W_CLI_SWEEP_MANY, SWEEP_RUNS_MOST);
        return false;
    }
    /* 10^7 runs times 10^7 parts is far from too much. */
    s->first = s->all * (o->part - 1) / o->parts;
    s->count = s->all * o->part / o->parts - s->first;
    return true;
}

bool sweep_plan(struct sweep *s, const struct options *o, const char *operand)
{
    *s = (struct sweep){.o = o, .axis_count = o->axis_count};
    memcpy(s->axes, o->axes, (size_t)o->axis_count * sizeof *s->axes);
    if (!take_policies(s) || !count_runs(s) ||
        !load_text(&s->file, o, operand))
        return false;
    struct combination c = sweep_combination(s, 0);
    s->file.scenario = sweep_scenario(s, &c, NULL);
    bool well = s->file.scenario != NULL;
    for (int a = 0; a < s->axis_count && well; a++)
        well = (a != 1 || every_axis_counts(s)) && try_axis(s, a);
    return well;
}

void sweep_free(struct sweep *s)
{
    loaded_free(&s->file);
}
