/* stage_score.c: the dialog with the score and what is wanted. */
#include "render/stage_predict.h"

#include "render/stage_go.h"

#include <string.h>

void stage_score(struct stage *st, struct intent i)
{
    bool open = st->view.overlay == OVERLAY_SCORE;
    (void)i;
    st->view.overlay = open ? OVERLAY_NONE : OVERLAY_SCORE;
    st->view.overlay_scroll = 0;
    st->view.list_at = 0;
}

static void toggle_kind(struct stage *st, int kind)
{
    unsigned *kinds = &st->predict.wish.kinds;
    unsigned then = *kinds ^ 1u << kind;
    if (then)
        *kinds = then;
}

static void visit(struct stage *st, int which)
{
    const struct miss *m = &st->predict.score.miss[which];
    st->view.overlay = OVERLAY_NONE;
    travel_visit(&st->travel, m->t, m->events);
    stage_in_sight(st);
}

/* Row `arg` is chosen; `value` more (every) where that means something. */
void stage_score_row(struct stage *st, struct intent i)
{
    struct predict *p = &st->predict;
    int row = (int)i.arg;
    if (row < 0 || row >= SCORE_ROW_MISSES + p->score.misses)
        return;
    st->view.list_at = row;
    if (row < QUESTION_KINDS) {
        toggle_kind(st, row);
    } else if (row == SCORE_ROW_EVERY) {
        int by = i.value < 0 ? PREDICT_EVERY_MOST - 1 : 1;
        p->wish.every = (p->wish.every - 1 + by) % PREDICT_EVERY_MOST + 1;
    } else {
        visit(st, row - SCORE_ROW_MISSES);
    }
    if (row <= SCORE_ROW_EVERY)
        stage_keep(st);
}

void stage_score_clear(struct stage *st, struct intent i)
{
    (void)i;
    memset(&st->predict.score, 0, sizeof st->predict.score);
    st->view.list_at = 0;
}

bool stage_score_key(struct stage *st, int key)
{
    int rows = SCORE_ROW_MISSES + st->predict.score.misses;
    int *at = &st->view.list_at;
    struct intent i = {.what = DO_SCORE_ROW, .arg = *at, .value = 1};
    if (key == KEY_DOWN || key == KEY_TAB)
        *at = (*at + 1) % rows;
    else if (key == KEY_UP)
        *at = (*at + rows - 1) % rows;
    else if (key == KEY_DELETE)
        stage_score_clear(st, (struct intent){.what = DO_SCORE_CLEAR});
    else if (key == ' ' || key == KEY_ENTER || key == KEY_RIGHT)
        stage_do(st, i);
    else if (key == KEY_LEFT && *at == SCORE_ROW_EVERY)
        stage_do(st, (struct intent){.what = i.what, .arg = *at, .value = -1});
    else
        return false;
    return true;
}
