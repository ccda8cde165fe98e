/* view.c: what the window remembers about how it looks. */
#include "render/view.h"

#include "sim/model/world.h"

#include <string.h>

void view_init(struct view *v, enum lang lang, enum theme_kind theme)
{
    *v = (struct view){.lang = lang,
                       .theme = theme,
                       .theme_before =
                           theme == THEME_PROJECTOR ? THEME_LIGHT : theme,
                       .text_scale = 1};
    view_reset(v);
}

void view_reset(struct view *v)
{
    v->selected = NONE;
    v->held = NONE;
    v->object = 0;
    v->tab = NONE;
    v->lens_mode = LENS_FOLLOW;
    lens_show(&v->lens, 0, 20);
    v->overlay = OVERLAY_NONE;
    v->menu = -1;
    view_arrive(v);
    v->mark[MARK_A] = v->mark[MARK_B] = MARK_NONE;
    v->field[0] = v->find_text[0] = '\0';
    v->finding = false;
    v->bookmarks.count = 0;
    memset(v->scroll, 0, sizeof v->scroll);
}

void view_text(struct view *v, int direction)
{
    float s = direction ? v->text_scale * (direction > 0 ? 1.125f : 1 / 1.125f)
                        : 1;
    if (s > 0.97f && s < 1.03f)
        s = 1;
    v->text_scale = s < TEXT_SCALE_LEAST  ? TEXT_SCALE_LEAST
                    : s > TEXT_SCALE_MOST ? TEXT_SCALE_MOST
                                          : s;
}

void view_theme_next(struct view *v)
{
    static const enum theme_kind next[THEME_COUNT] = {
        [THEME_LIGHT] = THEME_DARK,
        [THEME_DARK] = THEME_CONTRAST,
        [THEME_CONTRAST] = THEME_LIGHT,
        [THEME_PROJECTOR] = THEME_LIGHT,
    };
    v->theme = next[v->theme];
    v->theme_before = v->theme;
}

void view_projector(struct view *v)
{
    if (v->theme == THEME_PROJECTOR) {
        v->theme = v->theme_before;
        return;
    }
    v->theme_before = v->theme;
    v->theme = THEME_PROJECTOR;
}

void view_select_next(struct view *v, int direction, int procs)
{
    if (!procs)
        return;
    if (v->selected == NONE)
        v->selected = direction > 0 ? 0 : procs - 1;
    else
        v->selected = (v->selected + direction + procs) % procs;
}

void view_move(struct view *v, struct move m)
{
    int at = 0;
    while (at < v->move_count && v->moves[at].proc != m.proc)
        at++;
    if (at == MOVES_MOST)
        return;
    v->moves[at] = m;
    if (at == v->move_count)
        v->move_count++;
}

void view_arrive(struct view *v)
{
    v->move_count = 0;
    v->motion = (struct motion){0};
}

void view_settle(struct view *v, double now)
{
    int kept = 0;
    for (int i = 0; i < v->move_count; i++)
        if (now < v->moves[i].since + MOVE_TIME)
            v->moves[kept++] = v->moves[i];
    v->move_count = kept;
}

const struct move *view_moving(const struct view *v, int proc)
{
    for (int i = 0; i < v->move_count; i++)
        if (v->moves[i].proc == proc)
            return &v->moves[i];
    return NULL;
}
