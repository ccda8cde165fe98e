/* stage_rivals.c: the comparison of policies carried out: it opens, runs are
 * ticked, and what they lack is made piece by piece while the window goes on. */
#include "render/stage.h"

static struct rivals *rivals_of(const struct stage *st)
{
    return st->travel.feed->rivals;
}

const struct rival *rivals_left(const struct rivals *r)
{
    for (int i = r ? r->count : 0; i > 0; i--)
        if (r->all[i - 1]->kind == RIVAL_LEFT && r->all[i - 1]->on)
            return r->all[i - 1];
    return NULL;
}

void rivals_begin(struct stage *st)
{
    struct rivals *r = rivals_of(st);
    if (st->view.overlay == OVERLAY_COMPARE) {
        st->view.overlay = OVERLAY_NONE;
        return;
    }
    if (!r || !r->begin(r->self)) {
        stage_say(st, word(W_COMPARE_NOT, st->view.lang));
        return;
    }
    travel_play(&st->travel, false);
    st->view.overlay = OVERLAY_COMPARE;
    st->view.overlay_scroll = 0;
    st->view.rival_at = 0;
}

void rivals_choose(struct stage *st, int64_t which)
{
    struct rivals *r = rivals_of(st);
    if (!r || which < 0 || which >= r->count)
        return;
    st->view.rival_at = (int)which;
    r->choose(r->self, (int)which, !r->all[which]->on);
}

bool rivals_key(struct stage *st, int key)
{
    const struct rivals *r = rivals_of(st);
    int n = r->count + 1, by = 0; /* behind the runs: one more */
    if (key == 'e' || (st->view.rival_at == r->count &&
                       (key == ' ' || key == KEY_ENTER)))
        whatif_begin_rival(st);
    else if (key == ' ')
        rivals_choose(st, st->view.rival_at);
    else if (key == KEY_ENTER && r->compared && r->parted)
        stage_do(st, (struct intent){.what = DO_VISIT,
                                     .value = (double)r->parting});
    else if (key == KEY_LEFT || key == KEY_RIGHT || key == KEY_TAB)
        by = key == KEY_LEFT ? n - 1 : 1;
    else if (key == KEY_UP || key == KEY_DOWN)
        st->view.overlay_scroll += key == KEY_UP ? -40 : 40;
    else if (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN)
        st->view.overlay_scroll += key == KEY_PAGE_UP ? -300 : 300;
    else if (key != KEY_ENTER)
        return false;
    st->view.rival_at = (st->view.rival_at + by) % n;
    return true;
}

bool rivals_busy(const struct stage *st)
{
    const struct rivals *r = rivals_of(st);
    return r && r->busy(r->self);
}

bool rivals_update(struct stage *st)
{
    struct rivals *r = rivals_of(st);
    if (!rivals_busy(st))
        return false;
    r->work(r->self);
    return true;
}
