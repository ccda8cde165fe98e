/* stage_predict.c: predict mode, from the wall to the answer. */
#include "render/stage_predict.h"

#include "render/stage_go.h"

#include <math.h>

enum {
    FORESEEN = 2048,    /* events that are looked ahead at once … */
    STEPS_AHEAD = 400   /* … and steps in which a question is looked for */
};

static int64_t events_of(const struct world *w)
{
    return (int64_t)(w->head->events - w->head->evidence);
}

static const struct world *here(const struct stage *st)
{
    return &st->travel.replay.world;
}

/* ---- the wall ---- */

static int done_here(const struct predict *p, const struct world *w)
{
    return p->done_at == events_of(w) ? p->done : 0;
}

static bool is_known(const struct stage *st)
{
    const struct predict *p = &st->predict;
    return p->as_of.holds && p->as_of.seen == st->travel.seen &&
           p->as_of.cuts == st->travel.cuts &&
           p->as_of.kinds == p->wish.kinds && p->as_of.every == p->wish.every &&
           p->as_of.done == done_here(p, here(st));
}

static void note(struct stage *st)
{
    struct predict *p = &st->predict;
    p->as_of.holds = true;
    p->as_of.seen = st->travel.seen;
    p->as_of.cuts = st->travel.cuts;
    p->as_of.kinds = p->wish.kinds;
    p->as_of.every = p->wish.every;
    p->as_of.done = done_here(p, here(st));
}

/* From the moment shown, which must be the furthest one. */
static void look_ahead(struct stage *st)
{
    struct predict *p = &st->predict;
    const struct feed *f = st->travel.feed;
    size_t at = travel_cursor(&st->travel), end;
    bool met = st->travel.wall.met;
    const struct trace *tr = f->foresee(f->self, at, FORESEEN);
    world_copy(&p->ahead, here(st));
    p->found = question_next(&p->ahead, tr, at, done_here(p, here(st)),
                             &p->wish, STEPS_AHEAD, &p->next, &end);
    bool over = !p->found && p->ahead.head->stop != STOP_NOT;
    st->travel.wall = (struct wall){
        .on = !over,
        .events = events_of(&p->ahead),
        .t = p->found ? p->next.asked : p->ahead.head->now,
        .soft = !p->found,
        .met = met};
    note(st);
}

static void ask(struct stage *st)
{
    struct predict *p = &st->predict;
    travel_play(&st->travel, false);
    travel_halt(&st->travel);
    travel_set_clock_to(&st->travel, p->next.asked);
    st->travel.wall.met = false;
    p->q = p->next;
    world_copy(&p->now, &p->ahead);
    p->phase = PREDICT_ASKS;
    p->vote_at = 0;
    for (int i = 0; i < CHOICES_SHOWN; i++)
        p->vote[i] = 0;
}

/* The end of the run is told once. */
static void sum_up(struct stage *st)
{
    struct predict *p = &st->predict;
    bool any = score_asked(&p->score) || score_skipped(&p->score);
    if (p->summed_up || p->phase != PREDICT_WAITS || !any ||
        !travel_at_end(&st->travel))
        return;
    p->summed_up = true;
    stage_score(st, (struct intent){.what = DO_SCORE});
}

/* Whether the one that is open or told is about the moment shown; on the way
 * to where its answer is seen it is. */
static bool is_about_here(const struct stage *st)
{
    const struct prediction *q = &st->predict.q;
    int64_t now = events_of(here(st));
    if (st->predict.phase == PREDICT_ASKS)
        return now == q->asked_events;
    return st->travel.goal >= 0 || now == q->seen_events;
}

void stage_foresee(struct stage *st)
{
    struct predict *p = &st->predict;
    struct travel *tv = &st->travel;
    if (!p->on || tv->acting)
        return;
    if (p->phase != PREDICT_WAITS && !is_about_here(st))
        p->phase = PREDICT_WAITS;
    if (p->phase == PREDICT_ASKS || tv->goal >= 0)
        return;
    if (travel_cursor(tv) == tv->seen && !is_known(st))
        look_ahead(st);
    bool waits = p->phase == PREDICT_WAITS;
    if (waits && tv->wall.met && p->found && travel_at_wall(tv))
        ask(st);
    sum_up(st);
}

/* ---- the answer ---- */

static void done_with(struct predict *p)
{
    p->done = p->done_at == p->q.asked_events ? p->done + 1 : 1;
    p->done_at = p->q.asked_events;
    p->as_of.holds = false;
}

static void tell_why(struct stage *st)
{
    struct predict *p = &st->predict;
    const struct feed *f = st->travel.feed;
    const struct trace *tr = f->foresee(f->self, p->q.from, FORESEEN);
    struct world then = {0};
    question_answered(&p->q, &p->now, tr, &then);
    for (int l = 0; l < LANG_COUNT; l++) {
        str_cut(&p->why[l], 0);
        question_write_why(&p->q, &then, tr, (enum lang)l, &p->why[l]);
    }
    world_free(&then);
}

static void answer(struct stage *st, int chosen)
{
    struct predict *p = &st->predict;
    struct travel *tv = &st->travel;
    p->chosen = chosen;
    score_answer(p);
    tell_why(st);
    done_with(p);
    p->phase = PREDICT_TOLD;
    if (p->q.until == p->q.from)
        return;
    tv->wall = (struct wall){.on = true, .events = p->q.seen_events,
                             .t = p->q.seen, .soft = true};
    travel_visit(tv, p->q.seen, p->q.seen_events);
    stage_in_sight(st);
}

void stage_answer(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    if (p->phase == PREDICT_ASKS && i.arg >= 0 && i.arg < p->q.choices)
        answer(st, (int)i.arg);
}

/* It is not answered, and the next step is shown. */
void stage_skip(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    (void)i;
    if (p->phase != PREDICT_ASKS)
        return;
    score_skip(p);
    done_with(p);
    p->phase = PREDICT_WAITS;
    look_ahead(st);
    travel_step(&st->travel, 1, NONE);
}

void stage_go_on(struct stage *st, struct intent i)
{
    (void)i;
    if (st->predict.phase != PREDICT_TOLD)
        return;
    st->predict.phase = PREDICT_WAITS;
    stage_foresee(st);
    travel_step(&st->travel, 1, NONE);
}

/* ---- a show of hands ---- */

void stage_hands(struct stage *st, struct intent i)
{
    (void)i;
    st->predict.hands = !st->predict.hands;
}

/* `value` more hands for choice `arg`. */
void stage_vote(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    if (p->phase != PREDICT_ASKS || i.arg < 0 || i.arg >= p->q.choices)
        return;
    double n = fmin(fmax(p->vote[i.arg] + i.value, 0), VOTES_MOST);
    p->vote[i.arg] = (int)n;
    p->vote_at = (int)i.arg;
}

void stage_count(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    (void)i;
    if (p->phase != PREDICT_ASKS || !p->hands)
        return;
    if (predict_hands(p))
        answer(st, predict_majority(p));
    else
        stage_say(st, word(W_PREDICT_NO_HANDS, st->view.lang));
}

/* ---- on and off ---- */

void stage_predict(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    (void)i;
    st->view.overlay = OVERLAY_NONE;
    if (p->on) {
        if (p->phase == PREDICT_ASKS)
            score_skip(p);
        p->on = false;
        p->phase = PREDICT_WAITS;
        st->travel.wall = (struct wall){.on = false};
        stage_say(st, word(W_PREDICT_OFF, st->view.lang));
        return;
    }
    predict_reset(p);
    p->on = true;
    travel_veil(&st->travel);
    find_drop(&st->find);
    for (int m = 0; m < MARK_COUNT; m++)
        if (st->view.mark[m] > st->travel.seen_time)
            st->view.mark[m] = MARK_NONE;
    stage_foresee(st);
    stage_say(st, word(W_PREDICT_ON, st->view.lang));
}

/* What shows or changes what comes, or what the author tells of it. */
bool stage_predict_lets(struct stage *st, int what)
{
    struct predict *p = &st->predict;
    bool asks = p->on && p->phase == PREDICT_ASKS;
    bool other_runs = what == DO_COMPARE || what == DO_RIVAL || what == DO_VISIT;
    if (p->on && other_runs) {
        stage_say(st, word(W_PREDICT_NOT_COMPARE, st->view.lang));
        return false;
    }
    if (asks && (what == DO_NOTES || what == DO_PLAY)) {
        stage_say(st, word(W_PREDICT_FIRST, st->view.lang));
        return false;
    }
    if (asks && (what == DO_SUSPEND || what == DO_KILL ||
                 what == DO_RESCHEDULE)) {
        score_skip(p);
        p->phase = PREDICT_WAITS;
    }
    return true;
}

/* ---- keys ---- */

/* While hands are counted: digits type how many, arrows choose for what. */
static bool hands_key(struct stage *st, int key)
{
    struct predict *p = &st->predict;
    int n = p->q.choices, *vote = &p->vote[p->vote_at];
    if (key >= '0' && key <= '9')
        *vote = *vote * 10 + key - '0' <= VOTES_MOST ? *vote * 10 + key - '0'
                                                     : *vote;
    else if (key == KEY_BACKSPACE || key == KEY_DELETE)
        *vote /= 10;
    else if (key == KEY_DOWN || key == KEY_TAB)
        p->vote_at = (p->vote_at + 1) % n;
    else if (key == KEY_UP)
        p->vote_at = (p->vote_at + n - 1) % n;
    else if (key == '+' || key == '=' || key == '-')
        stage_vote(st, (struct intent){.arg = p->vote_at,
                                       .value = key == '-' ? -1 : 1});
    else if (key == KEY_ENTER)
        stage_count(st, (struct intent){.what = DO_COUNT});
    else
        return false;
    return true;
}

static bool asks_key(struct stage *st, int key)
{
    struct predict *p = &st->predict;
    if (key == 'v')
        p->hands = !p->hands;
    else if (key == KEY_RIGHT)
        stage_skip(st, (struct intent){.what = DO_SKIP});
    else if (p->hands)
        return hands_key(st, key);
    else if (key >= '1' && key <= '9')
        stage_answer(st, (struct intent){.arg = key - '1'});
    else
        return false;
    return true;
}

bool stage_predict_key(struct stage *st, struct key_press k)
{
    struct predict *p = &st->predict;
    bool plus = k.mods == MOD_SHIFT && (k.key == '+' || k.key == '=');
    if (!p->on || (k.mods && !plus))
        return false;
    if (p->phase == PREDICT_ASKS)
        return asks_key(st, k.key);
    bool on = k.key == KEY_RIGHT || k.key == KEY_ENTER;
    if (p->phase == PREDICT_TOLD && on) {
        stage_go_on(st, (struct intent){.what = DO_GO_ON});
        return true;
    }
    return false;
}
