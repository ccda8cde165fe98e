/* stage_look.c: wishes about how the window looks, carried out: the rows of the
 * table in stage_do.c that are not there. */
#include "render/stage_go.h"

void stage_language(struct stage *st, struct intent i)
{
    (void)i;
    st->view.lang = st->view.lang == LANG_EN ? LANG_ZH : LANG_EN;
}

void stage_theme(struct stage *st, struct intent i)
{
    (void)i;
    view_theme_next(&st->view);
}

void stage_projector(struct stage *st, struct intent i)
{
    (void)i;
    view_projector(&st->view);
}

void stage_text_size(struct stage *st, struct intent i)
{
    view_text(&st->view, i.what == DO_TEXT_LARGER    ? 1
                         : i.what == DO_TEXT_SMALLER ? -1
                                                     : 0);
}

void stage_full_screen(struct stage *st, struct intent i)
{
    (void)i;
    st->view.full_screen = !st->view.full_screen;
    st->wants_full_screen = true;
}

void stage_screenshot(struct stage *st, struct intent i)
{
    (void)i;
    st->wants_screenshot = true;
}

void stage_motion(struct stage *st, struct intent i)
{
    (void)i;
    bool *still = &st->view.reduced_motion;
    *still = !*still;
    view_arrive(&st->view);
    stage_say(st, word(*still ? W_MOTION_OFF : W_MOTION_ON, st->view.lang));
}
