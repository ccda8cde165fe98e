/* stage_split.c: the lines between panels, moved: by hand (splitters.c), or held
 * and moved by keys. */
#include "render/stage_go.h"

static const float stride = 0.02f; /* of both sides, a key */

void stage_split(struct stage *st, struct intent i)
{
    if (i.what == DO_SPLIT && i.arg >= 0 && i.arg < SPLITS)
        st->view.split[i.arg] = (float)i.value;
}

void stage_split_next(struct stage *st, struct intent i)
{
    struct view *v = &st->view;
    int n = st->layout.grips;
    (void)i;
    v->held = v->held == NONE ? 0 : v->held + 1;
    if (v->held >= n)
        v->held = NONE;
    if (!n)
        stage_say(st, word(W_SPLIT_NONE, v->lang));
    else if (v->held != NONE)
        stage_say(st, word(st->layout.grip[v->held].side_by_side
                               ? W_SPLIT_HELD_SIDE
                               : W_SPLIT_HELD_ABOVE, v->lang));
}

static void let_go(struct stage *st)
{
    st->view.held = NONE;
    stage_keep(st);
}

/* What the first side has now, a little more or less of it. */
static void move(struct stage *st, const struct grip *g, float by)
{
    float share = g->first / (g->first + g->second) + by;
    share = share < 0.05f ? 0.05f : share > 0.95f ? 0.95f : share;
    st->view.split[g->split] = share;
}

bool stage_split_key(struct stage *st, struct key_press k)
{
    struct view *v = &st->view;
    if (v->held == NONE || k.mods)
        return false;
    if (v->held >= st->layout.grips) {
        v->held = NONE;
        return false;
    }
    const struct grip *g = &st->layout.grip[v->held];
    int less = g->side_by_side ? KEY_LEFT : KEY_UP;
    int more = g->side_by_side ? KEY_RIGHT : KEY_DOWN;
    if (k.key == less || k.key == more)
        move(st, g, k.key == less ? -stride : stride);
    else if (k.key == KEY_DELETE || k.key == KEY_BACKSPACE)
        v->split[g->split] = 0;
    else if (k.key == KEY_ENTER || k.key == KEY_ESCAPE)
        let_go(st);
    else
        return false;
    return true;
}
