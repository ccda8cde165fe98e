/* press.c: wishes that have no key of their own, each with what must have come
 * of it when it was pressed. */
#include "tests/desk/press.h"

#include "sim/scenario/policy_settings.h"

#include <stdio.h>

/* ------------------------------------------------------------ what is there */

static bool is_same(const struct ui_offer *a, const struct ui_offer *b)
{
    return a->id == b->id;
}

/* Nothing that lies higher, or was described later, has its middle. */
static bool is_free(const struct ui *ui, size_t i)
{
    const struct ui_offer *o = &ui->offers[i];
    struct point p = desk_middle(o->at);
    for (int l = (int)o->layer + 1; l < LAYER_COUNT; l++)
        if (rect_has(ui->blocked[l], p.x, p.y) ||
            rect_has(ui->blocking[l], p.x, p.y))
            return false;
    for (size_t k = i + 1; k < ui->offer_count; k++)
        if (!is_same(o, &ui->offers[k]) && ui->offers[k].layer == o->layer &&
            rect_has(ui->offers[k].at, p.x, p.y))
            return false;
    return true;
}

static void copy_text(char *to, size_t room, const char *from)
{
    snprintf(to, room, "%s", from ? from : "");
}

static struct target target_of(const struct ui_offer *o)
{
    struct target t = {.id = o->id, .at = desk_middle(o->at),
                       .intent = o->intent, .off = o->off, .row = o->row};
    copy_text(t.label, sizeof t.label, o->label);
    copy_text(t.tip, sizeof t.tip, o->tip);
    copy_text(t.key, sizeof t.key, o->key);
    return t;
}

int targets_of(const struct desk *d, struct target to[TARGETS_MOST])
{
    const struct ui *ui = &d->st->ui;
    int n = 0;
    for (size_t i = 0; i < ui->offer_count && n < TARGETS_MOST; i++)
        if (is_free(ui, i))
            to[n++] = target_of(&ui->offers[i]);
    return n;
}

bool target_again(const struct desk *d, struct target *t)
{
    const struct ui *ui = &d->st->ui;
    for (size_t i = 0; i < ui->offer_count; i++)
        if (ui->offers[i].id == t->id && is_free(ui, i)) {
            *t = target_of(&ui->offers[i]);
            return true;
        }
    return false;
}

/* ------------------------------------------------------------- what it does */

static int64_t setting(const struct desk *d, int64_t row)
{
    struct setting all[SETTINGS_MOST];
    const struct view *v = &d->st->view;
    int n = whatif_settings(v, d->st->travel.feed->scenario, all);
    return row < n ? setting_value(&v->wish, &all[row]) : 0;
}

struct press_before press_before(const struct desk *d, const struct target *t)
{
    const struct predict *p = &d->st->predict;
    const struct rivals *r = d->st->travel.feed->rivals;
    int64_t arg = t->intent.arg;
    struct press_before b = {.s = snapshot_of(d), .every = p->wish.every,
                             .misses = p->score.misses,
                             .kinds = p->wish.kinds, .hands = p->hands,
                             .wish = d->st->view.wish,
                             .breaks = d->st->travel.breaks};
    b.rivals = r ? r->count : 0;
    b.rival_on = t->intent.what == DO_RIVAL && r->all[arg]->on;
    b.vote = t->intent.what == DO_VOTE ? p->vote[arg] : 0;
    b.setting = t->intent.what == DO_SETTING ? setting(d, arg) : 0;
    return b;
}

typedef const struct press_before *old;

static void selects(struct desk *d, int64_t arg, double value, old b)
{
    (void)value;
    EXPECT_EQ_INT(d->st->view.selected, b->s.view.selected == arg ? NONE : arg);
}

static void selects_object(struct desk *d, int64_t arg, double value, old b)
{
    (void)value;
    EXPECT_EQ_INT(d->st->view.object, b->s.view.object == arg ? 0 : arg);
}

static void opens_tab(struct desk *d, int64_t arg, double value, old b)
{
    (void)value;
    EXPECT_EQ_INT(d->st->view.tab, b->s.view.tab == arg ? NONE : arg);
}

static void opens(struct desk *d, int64_t arg, double value, old b)
{
    (void)value, (void)b;
    EXPECT_EQ_STR(str_text(&d->st->path), d->st->options.lessons[arg].path);
}

static void closes(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)value;
    EXPECT(d->st->view.overlay == OVERLAY_NONE ||
           d->st->view.overlay == OVERLAY_COMPARE);
    EXPECT(d->st->view.overlay != b->s.view.overlay);
}

static void closes_find(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)value;
    EXPECT(b->s.view.finding && !d->st->view.finding);
}

static void sets_break(struct desk *d, int64_t arg, double value, old b)
{
    struct break_at at = {(enum break_kind)(arg / 65536), (int)(arg % 65536)};
    (void)value;
    bool was = breaks_place(&b->breaks, at) >= 0;
    EXPECT(breaks_place(&d->st->travel.breaks, at) >= 0 ? !was : was);
}

static void removes_break(struct desk *d, int64_t arg, double value, old b)
{
    (void)value;
    EXPECT_EQ_INT(d->st->travel.breaks.count, b->breaks.count - 1);
    EXPECT(breaks_place(&d->st->travel.breaks, b->breaks.all[arg]) < 0);
}

static void chooses_policy(struct desk *d, int64_t arg, double value, old b)
{
    (void)value, (void)b;
    EXPECT_EQ_INT(d->st->view.wish.name, arg);
}

/* A setting that cannot go on stays. */
static void sets(struct desk *d, int64_t arg, double value, old b)
{
    int64_t now = setting(d, arg);
    EXPECT_EQ_INT(d->st->view.setting_at, arg);
    EXPECT(value > 0   ? now != b->setting
           : value < 0 ? now < b->setting
                       : now == b->setting);
}

static void reschedules(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)value;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT(settings_same(world_scheduler(desk_world(d)), &b->wish));
}

static void turns_rival(struct desk *d, int64_t arg, double value, old b)
{
    (void)value;
    EXPECT(d->st->travel.feed->rivals->all[arg]->on != b->rival_on);
}

static void adds_rival(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)value, (void)b;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_SCHEDULER);
    EXPECT(d->st->view.for_rival);
}

static void visits(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)b;
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT(travel_now(&d->st->travel), (tick)value);
}

static void answers(struct desk *d, int64_t arg, double value, old b)
{
    (void)value, (void)b;
    EXPECT_EQ_INT(d->st->predict.phase, PREDICT_TOLD);
    EXPECT_EQ_INT(d->st->predict.chosen, arg);
}

static void votes(struct desk *d, int64_t arg, double value, old b)
{
    EXPECT_EQ_INT(d->st->predict.vote[arg], b->vote + (int)value);
}

static void chooses_row(struct desk *d, int64_t arg, double value, old b)
{
    const struct predict *p = &d->st->predict;
    (void)value;
    EXPECT_EQ_INT(d->st->view.list_at, arg);
    if (arg < QUESTION_KINDS) /* one kind is always asked */
        EXPECT(p->wish.kinds == (b->kinds ^ 1u << arg) ||
               b->kinds == 1u << arg);
    else
        EXPECT(p->wish.every != b->every);
}

static void clears(struct desk *d, int64_t arg, double value, old b)
{
    (void)arg, (void)value, (void)b;
    EXPECT_EQ_INT(score_asked(&d->st->predict.score), 0);
}

static void (*const does[])(struct desk *, int64_t, double, old) = {
    [DO_SELECT] = selects,
    [DO_SELECT_OBJECT] = selects_object,
    [DO_TAB] = opens_tab,
    [DO_OPEN] = opens,
    [DO_CLOSE] = closes,
    [DO_FIND_CLOSE] = closes_find,
    [DO_BREAK_AT] = sets_break,
    [DO_BREAK_AWAY] = removes_break,
    [DO_POLICY] = chooses_policy,
    [DO_SETTING] = sets,
    [DO_RESCHEDULE] = reschedules,
    [DO_RIVAL] = turns_rival,
    [DO_RIVAL_ADD] = adds_rival,
    [DO_VISIT] = visits,
    [DO_ANSWER] = answers,
    [DO_VOTE] = votes,
    [DO_SCORE_ROW] = chooses_row,
    [DO_SCORE_CLEAR] = clears,
};

void press_check(struct desk *d, const struct target *t,
                 const struct press_before *before)
{
    int what = t->intent.what;
    bool known = (size_t)what < sizeof does / sizeof *does && does[what];
    EXPECT(known);
    if (known)
        does[what](d, t->intent.arg, t->intent.value, before);
}
