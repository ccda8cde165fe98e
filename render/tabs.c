/* tabs.c: see tabs.h. */
#include "render/tabs.h"

#include "sim/scenario/ops.h"

#include <math.h>

enum { LOOK_BACK = 4096 /* events */ };

/* ---- what happens where ---- */

static int panel_of_mechanism(enum mechanism m)
{
    switch (m) {
    case MECH_PIPE:
        return PANEL_PIPE;
    case MECH_FIFO:
        return PANEL_FIFO;
    case MECH_MSGQ:
        return PANEL_MSGQ;
    case MECH_SHM:
        return PANEL_SHM;
    case MECH_SEM:
        return PANEL_SEM;
    default:
        return NONE;
    }
}

static int panel_of_op(const struct scenario *sc, int32_t op)
{
    const struct op_about *about = op_about((enum verb)sc->ops[op].verb);
    return panel_of_mechanism((enum mechanism)about->mechanism);
}

/* The panel in which one sees what this event is about, NONE: in all or none.
 * What an exit releases has no op of its own. */
static int panel_of_event(const struct scenario *sc, const struct event *e)
{
    switch (e->kind) {
    case EV_OP:
    case EV_BLOCK:
        return panel_of_op(sc, e->aux);
    case EV_PUT:
    case EV_GET:
        return PANEL_PIPE;
    case EV_SEND:
    case EV_TAKE:
    case EV_HAND:
        return PANEL_MSGQ;
    case EV_SEM:
    case EV_SEMSET_GONE:
        return PANEL_SEM;
    case EV_SEGMENT_GONE:
    case EV_DETACH:
        return PANEL_SHM;
    default:
        return NONE;
    }
}

static int index_of(const struct tabs *t, int panel)
{
    for (int i = 0; i < t->count; i++)
        if ((int)t->panel[i] == panel)
            return i;
    return NONE;
}

static int happening(const struct scene *s, const struct tabs *t)
{
    size_t p = travel_cursor(s->travel);
    for (size_t i = p; i > 0 && p - i < LOOK_BACK; i--) {
        int panel = panel_of_event(s->scenario, trace_at(s->trace, i - 1));
        int found = panel == NONE ? NONE : index_of(t, panel);
        if (found != NONE)
            return found;
    }
    return NONE;
}

void tabs_choose(const struct scene *s, struct tabs *t)
{
    int chosen = s->view->tab == NONE ? NONE : index_of(t, s->view->tab);
    t->happening = happening(s, t);
    t->front = chosen != NONE         ? chosen
               : t->happening != NONE ? t->happening
                                      : 0;
}

int tabs_next(const struct tabs *t, int chosen)
{
    if (!t->count)
        return NONE;
    int home = t->happening == NONE ? 0 : t->happening;
    int at = chosen == NONE ? home : index_of(t, chosen);
    int next = (at + 1) % t->count;
    return next == home ? NONE : (int)t->panel[next];
}

bool tabs_has(const struct tabs *t, enum panel_id panel)
{
    for (int i = 0; i < t->count; i++)
        if (t->panel[i] == panel)
            return true;
    return false;
}

bool tabs_has_front(const struct tabs *t, enum panel_id panel)
{
    return t->count && t->panel[t->front] == panel;
}

/* ---- how they look ---- */

/* As few letters as will do. */
static enum word short_title(enum panel_id p)
{
    switch (p) {
    case PANEL_PIPE:
        return W_TAB_PIPE;
    case PANEL_MSGQ:
        return W_TAB_MSGQ;
    case PANEL_SHM:
        return W_TAB_SHM;
    case PANEL_SEM:
        return W_TAB_SEM;
    case PANEL_TABLE:
        return W_TAB_TABLE;
    case PANEL_FIFO:
        return W_TAB_FIFO;
    default:
        return panels[p]->title;
    }
}

static float tab_width(const struct scene *s, const char *text)
{
    return ceilf(ui_width(s->ui, TYPE_STRONG, text)) + 2 * SPACE_2 + 1;
}

/* The titles as they have room: whole, or so many of them short that all have.
 * Which ones does not hang on who is in front, so no tab moves away from under
 * the pointer that has chosen it. */
static void name_tabs(const struct scene *s, float room, enum word title,
                      const char **names)
{
    const struct tabs *t = s->tabs;
    float all = 0;
    for (int i = 0; i < t->count; i++) {
        enum word w = i == t->front ? title : panels[t->panel[i]]->title;
        names[i] = word(w, s->ui->lang);
        all += tab_width(s, names[i]);
    }
    for (int i = 0; i < 2 * t->count && all > room; i++) {
        int k = i % t->count;
        bool later = t->panel[k] == PANEL_SEM; /* is hard to shorten */
        if (later != (i >= t->count))
            continue;
        all -= tab_width(s, names[k]);
        names[k] = word(short_title(t->panel[k]), s->ui->lang);
        all += tab_width(s, names[k]);
    }
}

/* One tab: the front one is underlined, and thickly if it was chosen; a dot is
 * at another in which something has just happened. */
static void tab_draw(const struct scene *s, struct rect at, int i,
                     const char *name)
{
    struct ui *ui = s->ui;
    const struct tabs *t = s->tabs;
    bool front = i == t->front, chosen = s->view->tab == (int)t->panel[i];
    ui_id id = ui_make_id("tab", t->panel[i]);
    ui_pressed(ui, id, at,
               (struct intent){.what = DO_TAB, .arg = t->panel[i]});
    bool over = ui->hot == id;
    if (over)
        ui->cursor = CURSOR_HAND;
    ui_label_in(ui, rect_inset_xy(at, SPACE_2, 0), TYPE_STRONG,
                ui_tone(ui, front || over ? TONE_TEXT : TONE_MUTED), ALIGN_LEFT,
                name);
    struct rect foot = rect_inset_xy(at, SPACE_2, 0);
    float thick = ui->theme->line * (chosen ? 2 : 1);
    foot.y += foot.h;
    foot.h = thick;
    if (front)
        draw_rect(ui->draw, foot, ui_tone(ui, TONE_ACCENT));
    if (!front && i == t->happening)
        draw_circle(ui->draw, (struct point){at.x + at.w - SPACE_1, at.y + 4},
                    ui->theme->big ? 5 : 3, ui_tone(ui, TONE_ACCENT), 0, 0);
    ui_tip(ui, id, at,
           ui_format(ui, "%s · %s",
                     word(panels[t->panel[i]]->title, ui->lang),
                     word(chosen ? W_TAB_LEAVE : W_TAB_STAY, ui->lang)),
           command_about(DO_TAB_NEXT)->label);
}

void tabs_draw(const struct scene *s, struct rect head, enum word title)
{
    const char *names[TABS_MOST];
    head.x -= SPACE_2;
    head.w += 2 * SPACE_2;
    name_tabs(s, head.w, title, names);
    for (int i = 0; i < s->tabs->count; i++)
        tab_draw(s, rect_cut_left(&head, fminf(tab_width(s, names[i]), head.w)),
                 i, names[i]);
}
