/* stage_find.c: the search field of the window, and the steps it leads to. */
#include "render/stage_go.h"

void stage_find(struct stage *st, struct intent i)
{
    (void)i;
    st->view.overlay = OVERLAY_NONE;
    st->view.finding = true;
    st->ui.focus = find_field_id();
}

void stage_find_close(struct stage *st, struct intent i)
{
    (void)i;
    st->view.finding = false;
    st->ui.focus = 0;
}

void stage_find_on(struct stage *st)
{
    struct travel *tv = &st->travel;
    if (!st->view.finding)
        return;
    if (st->find_cuts != tv->cuts)
        find_drop(&st->find);
    st->find_cuts = tv->cuts;
    find_ask(&st->find, tv->feed->scenario, tv->feed->trace,
             st->view.find_text, st->view.lang);
    find_update(&st->find, tv->seen);
}

bool stage_find_works(const struct stage *st)
{
    return st->view.finding && st->find.text[0] &&
           st->find.read < st->travel.seen;
}

void stage_find_next(struct stage *st, struct intent i)
{
    if (!st->view.finding && !st->view.find_text[0]) {
        stage_find(st, i);
        return;
    }
    /* What was looked for last is to be seen again; keys remain commands. */
    st->view.finding = true;
    st->view.overlay = OVERLAY_NONE;
    stage_find_on(st);
    size_t hit = find_next(&st->find, travel_cursor(&st->travel),
                           i.what == DO_FIND_NEXT ? 1 : -1);
    if (hit == SIZE_MAX)
        return;
    travel_go(&st->travel, hit);
    stage_in_sight(st);
}
