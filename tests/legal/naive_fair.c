/* naive_fair.c: weights, virtual times and lags once more, as their definitions
 * read. */
#include "tests/legal/naive.h"

#include <math.h>

bool naive_in_queue(const struct job *j, int q)
{
    return (j->state == READY || j->state == RUNNING) && j->queue == q;
}

long double naive_weight(const struct job *j)
{
    static const int table[] = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
        9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
        1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
        110,   87,    70,    56,    45,    36,    29,    23,    18,    15};
    return table[j->def->nice + 20];
}

long double naive_weights(const struct naive *n, int q, const struct job *but)
{
    long double sum = 0;
    for (int i = 0; i < n->jobs; i++)
        if (&n->job[i] != but && naive_in_queue(&n->job[i], q))
            sum += naive_weight(&n->job[i]);
    return sum;
}

static long double mean(const struct naive *n, int q, const struct job *but)
{
    long double sum = 0, all = naive_weights(n, q, but);
    for (int i = 0; i < n->jobs; i++)
        if (&n->job[i] != but && naive_in_queue(&n->job[i], q))
            sum += naive_weight(&n->job[i]) * n->job[i].v;
    return all > 0 ? floorl(sum / all) : n->floor[q];
}

/* So many steps, or parts of them, are `ticks`. */
long double naive_steps(const struct naive *n, tick ticks)
{
    return ldexpl((long double)ticks, n->s->fraction_bits);
}

long double naive_worth(const struct naive *n, const struct job *j, tick ticks)
{
    if (naive_is(n, "stride"))
        return floorl((10000.0L * (long double)n->s->pass_steps *
                           (long double)ticks + j->left_out) /
                      (long double)(j->def->tickets * n->s->pass_ticks));
    return floorl(naive_steps(n, ticks) * 1024 / naive_weight(j));
}

void naive_counts(struct naive *n, struct job *j)
{
    if (naive_is(n, "stride"))
        j->left_out = fmodl(
            10000.0L * (long double)n->s->pass_steps * (long double)j->stretch +
                j->left_out,
            (long double)(j->def->tickets * n->s->pass_ticks));
    j->from = j->v;
    j->stretch = 0;
}

bool naive_is_eligible(const struct naive *n, const struct job *j)
{
    return j->v <= mean(n, j->queue, NULL);
}

void naive_request(struct naive *n, struct job *j)
{
    j->request = n->s->slice;
    j->d = j->v + naive_worth(n, j, n->s->slice);
}

/* Where j stands in queue q with its lag. */
static void come_with_lag(struct naive *n, struct job *j, int q)
{
    long double all = naive_weights(n, q, j);
    j->v = mean(n, q, j) -
           (all > 0 ? floorl(j->lag * (all + naive_weight(j)) / all) : 0);
    j->from = j->v;
}

/* The least that queue q has without j. */
static long double least_of(const struct naive *n, const struct job *j, int q)
{
    long double least = n->floor[q];
    bool found = false;
    for (int i = 0; i < n->jobs; i++) {
        const struct job *o = &n->job[i];
        if (o == j || !naive_in_queue(o, q))
            continue;
        least = !found || o->v < least ? o->v : least;
        found = true;
    }
    return least;
}

void naive_joins(struct naive *n, struct job *j)
{
    if (naive_is(n, "eevdf")) {
        come_with_lag(n, j, j->queue);
        naive_request(n, j);
        return;
    }
    long double least = least_of(n, j, j->queue);
    j->left_out = j->v < least ? 0 : j->left_out;
    j->v = j->from = j->v < least ? least : j->v;
}

void naive_note_lag(struct naive *n, struct job *j)
{
    long double most = 2 * naive_worth(n, j, n->s->slice);
    j->lag = mean(n, j->queue, NULL) - j->v;
    j->lag = j->lag > most ? most : j->lag < -most ? -most : j->lag;
}

/* Virtual times of two queues are not to be compared. */
void naive_moves(struct naive *n, struct job *j, int to)
{
    int from = j->queue;
    long double own = j->v;
    if (naive_is(n, "eevdf")) {
        naive_note_lag(n, j);
        come_with_lag(n, j, to);
        j->d += j->v - own;
    } else if (naive_is(n, "stride cfs")) {
        long double least = least_of(n, NULL, from);
        j->v = j->from = least_of(n, j, to) + own - least;
    }
    bool last = true;
    for (int i = 0; i < n->jobs; i++)
        last &= &n->job[i] == j || !naive_in_queue(&n->job[i], from);
    if (last)
        n->floor[from] = own;
    j->queue = to;
}
