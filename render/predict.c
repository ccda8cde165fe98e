/* predict.c: the score of predict mode. */
#include "render/predict.h"

#include <string.h>

static int sum(const int of[QUESTION_KINDS])
{
    int n = 0;
    for (int k = 0; k < QUESTION_KINDS; k++)
        n += of[k];
    return n;
}

int score_asked(const struct score *s)
{
    return sum(s->asked);
}

int score_right(const struct score *s)
{
    return sum(s->right);
}

int score_skipped(const struct score *s)
{
    return sum(s->skipped);
}

int predict_hands(const struct predict *p)
{
    int n = 0;
    for (int i = 0; i < p->q.choices; i++)
        n += p->vote[i];
    return n;
}

int predict_majority(const struct predict *p)
{
    int best = 0, equals = 0;
    for (int i = 1; i < p->q.choices; i++) {
        if (p->vote[i] > p->vote[best])
            best = i;
    }
    for (int i = 0; i < p->q.choices; i++)
        equals += p->vote[i] == p->vote[best];
    return equals == 1 ? best : NONE;
}

static void keep_miss(struct predict *p)
{
    struct score *s = &p->score;
    if (s->misses == MISSES_MOST) {
        s->misses--;
        memmove(s->miss, s->miss + 1, (size_t)s->misses * sizeof *s->miss);
    }
    s->miss[s->misses++] =
        (struct miss){p->q.asked, p->q.asked_events, p->q.kind};
}

void score_answer(struct predict *p)
{
    struct score *s = &p->score;
    bool right = p->chosen == p->q.answer;
    s->asked[p->q.kind]++;
    s->right[p->q.kind] += right;
    s->streak = right ? s->streak + 1 : 0;
    s->best = s->streak > s->best ? s->streak : s->best;
    if (p->hands) {
        s->votes += predict_hands(p);
        s->votes_right += p->vote[p->q.answer];
    }
    if (!right)
        keep_miss(p);
}

void score_skip(struct predict *p)
{
    p->score.skipped[p->q.kind]++;
    p->score.streak = 0;
}

void predict_init(struct predict *p)
{
    *p = (struct predict){.wish = {QUESTIONS_ALL, 1},
                          .chosen = NONE,
                          .done_at = -1};
}

void predict_reset(struct predict *p)
{
    p->phase = PREDICT_WAITS;
    p->found = p->as_of.holds = p->summed_up = false;
    p->done_at = -1;
    p->done = 0;
    p->score.misses = 0;
}

void predict_free(struct predict *p)
{
    world_free(&p->ahead);
    world_free(&p->now);
    for (int l = 0; l < LANG_COUNT; l++)
        str_free(&p->why[l]);
    *p = (struct predict){0};
}
