/* hearing.c: what a claim is held against.
 *
 * "The shortest", "next" and "nobody else" are found out by looking at every
 * process there is, not by asking the queues or what the policy keeps. */
#include "tests/truth/hearing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide_int;

/* ---- what stands in the places ---- */

int64_t whole(const struct hearing *h, int hole)
{
    return strtoll(h->c->hole[hole], NULL, 10);
}

/* The number itself: behind an equals sign, or at the beginning. */
double figure(const struct hearing *h, int hole)
{
    const char *text = h->c->hole[hole], *is = strstr(text, "= ");
    text = is ? is + 2 : text;
    if (strncmp(text, "∞", strlen("∞")) == 0)
        return INFINITY;
    return strtod(text, NULL);
}

int named(const struct hearing *h, int hole)
{
    const char *text = h->c->hole[hole];
    for (int p = 0; p < h->w->head->procs; p++) {
        struct str name = {0};
        str_add_char(&name, '`');
        world_write_name(h->w, p, &name);
        str_add_char(&name, '`');
        bool same = strcmp(str_text(&name), text) == 0;
        str_free(&name);
        if (same)
            return p;
    }
    return NONE;
}

/* Three decimals are written. */
bool near(double said, double is)
{
    return isinf(is) ? isinf(said) : fabs(said - is) < 0.00051;
}

bool is_inside(const struct hearing *h, enum word w)
{
    for (int i = h->c->parent; i >= 0; i = h->claims->all[i].parent)
        if (h->claims->all[i].word == w)
            return true;
    return false;
}

/* ---- who is there ---- */

const struct process_def *def_of(const struct hearing *h, int p)
{
    return &h->w->scenario->processes[h->w->proc[p].def];
}

int queue_of(const struct hearing *h, int p)
{
    return world_group(h->w->task[p].queue);
}

bool may_run(const struct hearing *h, int p)
{
    return def_of(h, p)->affinity >> h->cpu & 1;
}

/* Ready, and no CPU is turning to it. */
bool waits(const struct hearing *h, int p)
{
    for (int c = 0; c < h->w->head->cpus; c++)
        if (h->w->cpu[c].next == p)
            return false;
    return h->w->task[p].state == READY;
}

/* The others among whom the one it is about was chosen. */
bool is_other(const struct hearing *h, int p, enum among who)
{
    if (p == h->proc || !waits(h, p))
        return false;
    if (who == EVERYWHERE)
        return true;
    bool here = queue_of(h, p) == world_cpu_group(h->w, h->cpu);
    return here && (who == IN_QUEUE || may_run(h, p));
}

int count_others(const struct hearing *h, enum among who)
{
    int n = 0;
    for (int p = 0; p < h->w->head->procs; p++)
        n += is_other(h, p, who);
    return n;
}

/* ---- the numbers of the policies ---- */

static int64_t mean_time(const struct hearing *h, int group)
{
    wide_int sum = 0, weights = 0;
    for (int p = 0; p < h->w->head->procs; p++) {
        bool competes = h->w->task[p].state == READY ||
                        h->w->task[p].state == RUNNING;
        int64_t weight = weight_of_nice(h->w->proc[p].nice);
        if (!competes || queue_of(h, p) != group)
            continue;
        sum += (wide_int)weight * world_vruntime(h->w, p, now_of(h));
        weights += weight;
    }
    if (!weights)
        return 0;
    wide_int floor = sum / weights - (sum % weights < 0);
    return (int64_t)floor;
}

int64_t lag_of(const struct hearing *h, int p)
{
    return mean_time(h, queue_of(h, p)) - world_vruntime(h->w, p, now_of(h));
}

static void ratio_of(const struct hearing *h, int p, wide_int *all,
                     wide_int *need)
{
    *need = world_burst(h->w, p, now_of(h));
    *all = *need + (now_of(h) - h->w->task[p].since);
}

/* The less, the better; but for hrrn, where it is a ratio. */
int64_t key_of(const struct hearing *h, int p)
{
    switch (policy_of(h)) {
    case POLICY_sjf:
    case POLICY_srtf:
        return world_scheduler(h->w)->estimate
                   ? world_burst_known(h->w, p, now_of(h))
                   : world_burst(h->w, p, now_of(h));
    case POLICY_priority: return world_priority(h->w, p);
    case POLICY_mlfq: return world_figure(h->w, p, MLFQ_LEVEL);
    case POLICY_lottery: return def_of(h, p)->tickets;
    case POLICY_stride: return world_pass(h->w, p, now_of(h));
    case POLICY_cfs: return world_vruntime(h->w, p, now_of(h));
    case POLICY_eevdf: return world_figure(h->w, p, EEVDF_DEADLINE);
    case POLICY_edf: return world_deadline(h->w, p);
    case POLICY_rm: return def_of(h, p)->period ? def_of(h, p)->period : TICK_NEVER;
    case POLICY_xv6: return p + 1;
    default: return 0;
    }
}

double number_of(const struct hearing *h, int p)
{
    int64_t key = key_of(h, p);
    wide_int all, need;
    switch (policy_of(h)) {
    case POLICY_hrrn:
        ratio_of(h, p, &all, &need);
        return need ? (double)all / (double)need : INFINITY;
    case POLICY_sjf:
    case POLICY_srtf:
        if (world_scheduler(h->w)->estimate)
            return (double)key / one_of(h);
        return key >= TICK_MAX ? INFINITY : (double)key;
    case POLICY_stride:
    case POLICY_cfs:
    case POLICY_eevdf: return (double)key / one_of(h);
    default: return (double)key;
    }
}

/* < 0: `a` has the better number, 0: they have the same. */
int compare(const struct hearing *h, int a, int b)
{
    if (policy_of(h) == POLICY_hrrn) {
        wide_int all_a, need_a, all_b, need_b;
        ratio_of(h, a, &all_a, &need_a);
        ratio_of(h, b, &all_b, &need_b);
        if (!need_a || !need_b)
            return !need_b - !need_a;
        wide_int x = all_a * need_b, y = all_b * need_a;
        return (x < y) - (x > y);
    }
    if (policy_of(h) == POLICY_eevdf) {
        bool a_owed = lag_of(h, a) >= 0, b_owed = lag_of(h, b) >= 0;
        if (a_owed != b_owed)
            return a_owed ? -1 : 1;
        int64_t x = a_owed ? key_of(h, a) : -lag_of(h, a);
        int64_t y = a_owed ? key_of(h, b) : -lag_of(h, b);
        return (x > y) - (x < y);
    }
    int64_t x = key_of(h, a), y = key_of(h, b);
    return (x > y) - (x < y);
}

/* How far the scan of the table goes until it comes to `p`. */
int scanned(const struct hearing *h, int p)
{
    int procs = h->w->head->procs, last = h->w->cpu[h->cpu].last;
    return (p - last - 1 + procs) % procs;
}

/* Whether `a` stands before `b`; of those whom only the line tells apart, it
 * may. */
bool may_be_before(const struct hearing *h, int a, int b)
{
    enum policy_name policy = policy_of(h);
    if (policy == POLICY_xv6)
        return scanned(h, a) < scanned(h, b);
    int sign = compare(h, a, b);
    bool in_line = policy == POLICY_priority || policy == POLICY_mlfq;
    return sign < 0 || (sign == 0 && (in_line || a < b));
}

bool is_best(const struct hearing *h, int best, enum among who)
{
    for (int p = 0; p < h->w->head->procs; p++)
        if (p != best && is_other(h, p, who) && !may_be_before(h, best, p))
            return false;
    return true;
}
