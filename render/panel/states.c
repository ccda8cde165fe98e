/* states.c: the state diagram. Seven stations, and processes as tokens.
 *
 * Where they stand and how the arrows go is said in states_look.c. The rare
 * ones (kill, and two that suspension brings) are drawn while they are in use.
 */
#include "render/panel.h"

#include "render/panel/states.h"
#include "sim/model/explain.h"

#include <math.h>
#include <string.h>

/* ---- geometry ---- */

struct diagram {
    struct rect station[STATE_COUNT];
    float token; /* radius */
    int columns; /* 2: without the suspended ones */
};

static bool has_station(const struct diagram *d, enum state st)
{
    return d->columns == 3 || states_places[st].column > 0;
}

static float label_room(const struct scene *s)
{
    static const enum transition shown[] = {T_SLICE_OVER, T_DISPATCH, T_SUSPEND,
                                            T_ACTIVATE};
    float w = 0;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_CAPTION,
                              transition_title(shown[i], s->ui->lang)));
    return w + 16;
}

static float station_height(const struct scene *s)
{
    return 2 * ui_leading(s->ui, TYPE_STATE) + 6;
}

/* The least width in which every state's name and icon fit; names with a
 * hyphen take two lines. A projector has no room for the icons: a cross then
 * lies behind the name (ui_state_box). */
static float station_width(const struct scene *s)
{
    float w = 0;
    for (int i = 0; i < STATE_COUNT; i++) {
        const char *title = state_title((enum state)i, s->ui->lang);
        const char *hyphen = strchr(title, '-');
        const char *longest = hyphen ? hyphen + 1 : title;
        w = fmaxf(w, ui_width(s->ui, TYPE_STATE, longest));
    }
    float h = station_height(s);
    if (s->ui->theme->big)
        return ceilf(w + 0.6f * h) + 2;
    return ceilf(w + s->ui->theme->types[TYPE_STATE].size * 1.4f + 0.3f * h) + 2;
}

/* On a narrow projector the two suspended stations leave their room to others
 * if the lesson has nothing to do with them. */
static bool is_short(const struct scene *s)
{
    if (!s->ui->theme->big || s->ui->all.w >= 1250 ||
        lesson_about(s->scenario).suspends)
        return false;
    for (int i = 0; i < s->world->head->procs; i++)
        if (s->world->task[i].state >= READY_SUSPENDED)
            return false;
    return true;
}

static struct diagram diagram_in(const struct scene *s, struct rect in)
{
    struct diagram d;
    d.token = s->ui->theme->big ? 17 : 11.5f;
    rect_cut_top(&in, d.token + 4);
    float gap = label_room(s);
    d.columns = is_short(s) ? 2 : 3;
    float n = (float)d.columns;
    float w = fminf((in.w - (n - 1) * gap) / n, ui_leading(s->ui, TYPE_STATE) * 9);
    float h = fminf(station_height(s), in.h / 4);
    float column = (in.w - w) / (n - 1), row = (in.h - h) / 2;
    for (int i = 0; i < STATE_COUNT; i++)
        d.station[i] = (struct rect){
            floorf(in.x + column * (float)(states_places[i].column +
                                           d.columns - 3)),
            floorf(in.y + row * (float)states_places[i].row), floorf(w),
            floorf(h)};
    return d;
}

struct path {
    struct point a, ca, cb, b;
};

static struct point corner(struct rect r, float x, float y)
{
    return (struct point){r.x + r.w * x, r.y + r.h * y};
}

static struct path path_of(const struct diagram *d, const struct arrow_look *k)
{
    struct path p;
    p.a = corner(d->station[k->from], k->ax, k->ay);
    p.b = corner(d->station[k->to], k->bx, k->by);
    p.ca = (struct point){p.a.x + k->cx, p.a.y + k->cy};
    p.cb = (struct point){p.b.x + k->dx, p.b.y + k->dy};
    return p;
}

static const struct arrow_look *look_of(enum state from, enum state to)
{
    for (int i = 0; i < STATES_ARROWS; i++)
        if (states_arrows[i].from == from && states_arrows[i].to == to)
            return &states_arrows[i];
    return NULL;
}

/* ---- which arrow is in use ---- */

struct use {
    bool any;
    enum state from, to;
    enum transition how;
    int proc;
};

/* The transition of the step that led here. */
static struct use use_of(const struct scene *s)
{
    struct step_range last = travel_last_step(s->travel);
    for (size_t i = last.end; i > last.begin; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->kind != EV_STATE || e->proc >= s->travel->lod.procs)
            continue;
        struct use u = {.any = true, .how = (enum transition)e->sub,
                        .proc = e->proc};
        u.from = explain_state_before(s->trace, i - 1);
        u.to = state_after(u.from, u.how);
        return u;
    }
    return (struct use){.any = false};
}

/* ---- drawing ---- */

/* The transitions that one arrow stands for, by their usual one. */
static const char *arrow_title(const struct scene *s, const struct arrow_look *k,
                               const struct use *u)
{
    bool lit = u->any && u->from == k->from && u->to == k->to;
    if (lit && u->how == T_BLOCK) {
        int32_t pc = travel_told_world(s->travel)->task[u->proc].pc;
        enum verb v = (enum verb)s->scenario->ops[pc].verb;
        if (v != OP_wait) /* "wait: read", but not "wait: wait" */
            return scene_say(s, W_STATES_BLOCKS_IN,
                             transition_title(T_BLOCK, s->ui->lang),
                             lesson_verb(v));
    }
    if (lit)
        return transition_title(u->how, s->ui->lang);
    for (int t = 0; t < TRANSITION_COUNT; t++)
        if (state_after(k->from, (enum transition)t) == k->to)
            return transition_title((enum transition)t, s->ui->lang);
    return "";
}

static void draw_label(struct scene *s, const struct path *p,
                       enum label_side side, const char *text, bool lit)
{
    struct ui *ui = s->ui;
    struct point m = curve_point(p->a, p->ca, p->cb, p->b, 0.5f);
    float h = ui_leading(ui, TYPE_CAPTION);
    enum tone ink = lit ? TONE_ACCENT_TEXT : TONE_MUTED;
    enum type type = lit && !ui->theme->big ? TYPE_STRONG : TYPE_CAPTION;
    float w = ui_width(ui, type, text);
    struct rect r = {m.x - w / 2, m.y - h - 2, w, h};
    if (side == LABEL_BELOW)
        r.y = m.y + 3;
    if (side == LABEL_RIGHT)
        r = (struct rect){m.x + 7, m.y - h / 2, w, h};
    if (side == LABEL_ON) {
        ui_plate(ui, m, type, ink, lit ? TONE_ACCENT_SOFT : TONE_SURFACE, text);
        return;
    }
    ui_label(ui, r, type, ink, text);
}

static void draw_arrow(struct scene *s, const struct diagram *d,
                       const struct arrow_look *k, const struct use *u)
{
    struct ui *ui = s->ui;
    bool lit = u->any && u->from == k->from && u->to == k->to;
    if ((k->rare && !lit) || !has_station(d, k->from) || !has_station(d, k->to))
        return;
    struct path p = path_of(d, k);
    float line = ui->theme->line;
    draw_curve(ui->draw, p.a, p.ca, p.cb, p.b,
               (struct stroke){.line = ui_tone(ui, lit ? TONE_ACCENT : TONE_LINE),
                               .width = lit ? line * 2 : line,
                               .head = lit ? 12 : 9});
    draw_label(s, &p, k->side, arrow_title(s, k, u), lit);
}

/* The room for the middles of a station's tokens, left of its arrows. */
static float token_room(const struct diagram *d)
{
    return d->station[READY].w * STATES_V - 2 * d->token - 12;
}

/* How many tokens a station has room for; they may overlap a little. */
static int slots(const struct diagram *d)
{
    int n = (int)(token_room(d) / (d->token * 1.55f)) + 1;
    return n < 1 ? 1 : n;
}

/* Where the i-th of so many tokens of a station stands: beside the one before
 * it where that fits. */
static struct point slot(const struct diagram *d, enum state st, int i,
                         int tokens)
{
    struct rect r = d->station[st];
    int n = tokens < slots(d) ? tokens : slots(d);
    float step = 2.1f * d->token;
    if (n > 1)
        step = fminf(step, token_room(d) / (float)(n - 1));
    return (struct point){r.x + d->token + 2 + (float)i * step,
                          r.y - d->token * 0.35f};
}

static struct point between(struct point a, struct point b, float t)
{
    return (struct point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* Where a travelling token is: off its place, along the arrow, onto the next
 * place. */
static struct point on_the_way(const struct diagram *d, const struct move *m,
                               struct point goal, float t)
{
    struct point start = slot(d, m->from, 0, 1);
    const struct arrow_look *k = m->back ? look_of(m->to, m->from)
                                         : look_of(m->from, m->to);
    float e = t * t * (3 - 2 * t);
    if (!k)
        return between(start, goal, e);
    struct path p = path_of(d, k);
    struct point q = curve_point(p.a, p.ca, p.cb, p.b, m->back ? 1 - e : e);
    if (e < 0.2f)
        return between(start, q, e / 0.2f);
    if (e > 0.8f)
        return between(q, goal, (e - 0.8f) / 0.2f);
    return q;
}

static void draw_more(struct scene *s, struct point at, int more)
{
    ui_plate(s->ui, (struct point){at.x + 4, at.y}, TYPE_STRONG, TONE_TEXT,
             TONE_INSET, ui_format(s->ui, "+%d", more));
}

static void draw_tokens(struct scene *s, const struct diagram *d)
{
    int count[STATE_COUNT] = {0}, room = slots(d);
    for (int i = 0; i < s->world->head->procs; i++)
        count[s->world->task[i].state]++;
    int at[STATE_COUNT] = {0};
    for (int i = 0; i < s->world->head->procs; i++) {
        enum state st = (enum state)s->world->task[i].state;
        const struct move *m = view_moving(s->view, i);
        int fits = count[st] > room ? room - 1 : room;
        int place = at[st]++;
        struct point goal = slot(d, st, place < fits ? place : fits,
                                 count[st]);
        if (m) {
            float t = (float)((s->ui->in->now - m->since) / MOVE_TIME);
            t = fminf(fmaxf(t, 0), 1);
            scene_token(s, on_the_way(d, m, goal, t), d->token, i);
            s->ui->moving = true;
        } else if (place < fits) {
            scene_token(s, goal, d->token, i);
        } else if (place == fits) {
            draw_more(s, goal, count[st] - fits);
        }
    }
}

static void draw(struct scene *s, struct rect at)
{
    struct rect in = scene_card(s, at, W_PANEL_STATES, NULL);
    struct diagram d = diagram_in(s, in);
    struct use u = use_of(s);
    for (int i = 0; i < STATES_ARROWS; i++)
        draw_arrow(s, &d, &states_arrows[i], &u);
    for (int i = 0; i < STATE_COUNT; i++)
        if (has_station(&d, (enum state)i))
            ui_state_box(s->ui, d.station[i], (enum state)i,
                         u.any && (enum state)i == u.to);
    draw_tokens(s, &d);
}

static struct extent least(const struct scene *s)
{
    float line = ui_leading(s->ui, TYPE_STATE), n = is_short(s) ? 2 : 3;
    return (struct extent){n * station_width(s) + (n - 1) * label_room(s) + 28,
                           line * (s->ui->theme->big ? 10 : 13) + 24};
}

const struct panel panel_states = {
    .title = W_PANEL_STATES,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
