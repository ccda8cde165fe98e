/* layout.c: rows and columns of panels.
 *
 * Reading order is the order of a lesson: above, the moment as pictures
 * (states, CPUs and what processes share, programs); then why, in words; then
 * how it came to be (the timeline) beside the figures. */
#include "render/layout.h"

#include <math.h>

enum { GAP = 10, EDGE = 10 };

static struct node *node_new(const struct scene *s, enum node_kind kind,
                             float weight)
{
    struct node *n = arena_alloc(&s->ui->frame, sizeof *n);
    n->kind = kind;
    n->weight = weight;
    n->gap = GAP;
    return n;
}

static void add(struct node *to, struct node *child)
{
    if (child)
        to->child[to->children++] = child;
}

static struct node *leaf(const struct scene *s, enum panel_id p, float weight)
{
    struct lesson_about about = lesson_about(s->scenario);
    if (!panels[p]->wanted(&about))
        return NULL;
    struct node *n = node_new(s, NODE_PANEL, weight);
    n->panel = (int)p;
    return n;
}

/* A projector of few pixels: what a lesson is not about has to go. */
static bool is_cramped(const struct scene *s)
{
    return s->ui->theme->big && s->ui->all.h < 1000;
}

/* What processes share: the panels of the mechanisms that the lesson uses. */
struct shared {
    enum panel_id panel[4];
    int count;
};

static struct shared shared_panels(const struct scene *s)
{
    static const enum panel_id all[] = {PANEL_PIPE, PANEL_MSGQ, PANEL_SHM,
                                        PANEL_SEM};
    struct lesson_about about = lesson_about(s->scenario);
    struct shared found = {.count = 0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (panels[all[i]]->wanted(&about))
            found.panel[found.count++] = all[i];
    return found;
}

static void tab_add(const struct scene *s, struct tabs *t, enum panel_id p)
{
    struct lesson_about about = lesson_about(s->scenario);
    if (panels[p]->wanted(&about))
        t->panel[t->count++] = p;
}

/* A leaf that all of `t` share; one alone needs no tabs. */
static struct node *shared_leaf(const struct scene *s, struct tabs *t,
                                float weight)
{
    if (t->count < 2)
        return t->count ? leaf(s, t->panel[0], weight) : NULL;
    tabs_choose(s, t);
    struct tabs *kept = arena_alloc(&s->ui->frame, sizeof *kept);
    *kept = *t;
    struct node *n = leaf(s, t->panel[t->front], weight);
    n->tabs = kept;
    return n;
}

/* On a projector there is one place for all: each mechanism has a part of it
 * as long as they do not take the room of the timeline. */
static void add_big(const struct scene *s, struct node *n, struct shared sh)
{
    struct tabs t = {.count = 0};
    float h = 0;
    for (int i = 0; i < sh.count; i++)
        h += panels[sh.panel[i]]->least(s).h + GAP;
    bool stacked = sh.count < 2 || h < s->ui->all.h * 0.36f;
    if (stacked && sh.count < 2)
        add(n, leaf(s, PANEL_FIFO, 0.5f));
    for (int i = 0; i < sh.count && stacked; i++)
        add(n, leaf(s, sh.panel[i], 1));
    for (int i = 0; i < sh.count && !stacked; i++)
        tab_add(s, &t, sh.panel[i]);
    if (!stacked)
        tab_add(s, &t, PANEL_FIFO);
    add(n, shared_leaf(s, &t, 1));
}

/* The middle: CPUs, and below them what processes share. Other mechanisms
 * stand in the corner beside the timeline. */
static struct node *middle(const struct scene *s)
{
    struct shared sh = shared_panels(s);
    struct node *n = node_new(s, NODE_COLUMN, 3.0f);
    if (!is_cramped(s) || !sh.count)
        add(n, leaf(s, PANEL_CPU, sh.count ? 0.8f : 1));
    if (s->ui->theme->big)
        add_big(s, n, sh);
    else if (sh.count)
        add(n, leaf(s, sh.panel[0], 1));
    add(n, leaf(s, PANEL_MEMORY, 0.6f));
    return n;
}

/* The corner: the processes and the files of the lesson; with them the
 * mechanisms that have no place of their own share one. Files that are only
 * there for ftok leave room for the processes, of which fewer have it below
 * the panels of segments and semaphores, which are high. */
static struct node *corner(const struct scene *s)
{
    struct shared sh = shared_panels(s);
    struct lesson_about about = lesson_about(s->scenario);
    bool high = sh.count && (sh.panel[0] == PANEL_SHM ||
                             sh.panel[0] == PANEL_SEM);
    int few = high ? 2 : 3;
    bool apart = sh.count < 2 && (about.fifos || about.processes <= few);
    struct tabs t = {.count = 0};
    for (int i = 1; i < sh.count; i++)
        tab_add(s, &t, sh.panel[i]);
    tab_add(s, &t, PANEL_TABLE);
    if (!apart)
        tab_add(s, &t, PANEL_FIFO);
    struct node *n = node_new(s, NODE_COLUMN, 1);
    add(n, shared_leaf(s, &t, 1));
    if (apart)
        add(n, leaf(s, PANEL_FIFO, 0.5f));
    return n;
}

/* Whether both have their least width side by side. */
static bool has_room_beside(const struct scene *s, struct node *a,
                            struct node *b)
{
    layout_measure(s, a);
    layout_measure(s, b);
    return a->least.w + b->least.w + GAP <= s->ui->all.w - 2 * EDGE;
}

/* Children `a` and `b` of `n` have a line between them that can be dragged; a
 * projector has its own layout. */
static void divide(const struct scene *s, struct node *n, struct node *a,
                   struct node *b, enum split split)
{
    struct cut c = {.split = split};
    float share = s->view->split[split], sum;
    if (!a || !b || s->ui->theme->big)
        return;
    while (n->child[c.first] != a)
        c.first++;
    while (n->child[c.second] != b)
        c.second++;
    n->cut[n->cuts++] = c;
    sum = a->weight + b->weight;
    if (share > 0) {
        a->weight = sum * share;
        b->weight = sum - a->weight;
    }
}

struct node *layout_tree(const struct scene *s)
{
    bool big = s->ui->theme->big;
    struct node *all = node_new(s, NODE_COLUMN, 1);
    struct node *top = node_new(s, NODE_ROW, 1.25f);
    struct node *states = leaf(s, PANEL_STATES, 3.5f);
    struct node *programs = NULL, *lanes = leaf(s, PANEL_TIMELINE, 2);
    struct node *beside = big ? NULL : corner(s);
    add(top, states);
    struct node *shared = middle(s);
    if (!big || has_room_beside(s, top->child[0], shared))
        add(top, shared);
    if (!big || s->ui->all.w >= 1800)
        programs = leaf(s, PANEL_PROGRAMS, 3.3f);
    add(top, programs);
    divide(s, top, states, shared, SPLIT_STATES);
    divide(s, top, shared, programs, SPLIT_PROGRAMS);
    struct node *bottom = node_new(s, NODE_ROW, 1);
    add(bottom, lanes);
    add(bottom, beside);
    divide(s, bottom, lanes, beside, SPLIT_CORNER);
    add(all, top);
    add(all, leaf(s, PANEL_WHY, 0));
    if (!s->ui->theme->big || s->ui->all.h >= 760)
        add(all, bottom);
    divide(s, all, top, bottom, SPLIT_ROWS);
    return all;
}

void layout_measure(const struct scene *s, struct node *n)
{
    if (n->kind == NODE_PANEL) {
        n->least = panels[n->panel]->least(s);
        for (int i = 0; n->tabs && i < n->tabs->count; i++) {
            struct extent e = panels[n->tabs->panel[i]]->least(s);
            n->least.w = fmaxf(n->least.w, e.w);
            n->least.h = fmaxf(n->least.h, e.h);
        }
        return;
    }
    float along = n->gap * (float)(n->children - 1), across = 0;
    for (int i = 0; i < n->children; i++) {
        layout_measure(s, n->child[i]);
        struct extent e = n->child[i]->least;
        along += n->kind == NODE_ROW ? e.w : e.h;
        across = fmaxf(across, n->kind == NODE_ROW ? e.h : e.w);
    }
    n->least = n->kind == NODE_ROW ? (struct extent){along, across}
                                   : (struct extent){across, along};
}

/* What is left over goes to those with weight, in such a way that sizes come
 * near the weights: whoever already has more than its part gets nothing. */
static void share_out(const struct node *n, float room, float *size)
{
    float left = room - n->gap * (float)(n->children - 1);
    bool fixed[NODE_CHILDREN] = {false};
    for (int i = 0; i < n->children; i++) {
        struct extent e = n->child[i]->least;
        size[i] = n->kind == NODE_ROW ? e.w : e.h;
        fixed[i] = n->child[i]->weight <= 0;
        left -= fixed[i] ? size[i] : 0;
    }
    for (bool again = true; again;) {
        again = false;
        float weights = 0;
        for (int i = 0; i < n->children; i++)
            weights += fixed[i] ? 0 : n->child[i]->weight;
        for (int i = 0; i < n->children && !again; i++) {
            float part = left * n->child[i]->weight / weights;
            if (fixed[i] || part >= size[i])
                continue;
            fixed[i] = again = true;
            left -= size[i];
        }
        for (int i = 0; i < n->children && !again; i++)
            if (!fixed[i])
                size[i] = left * n->child[i]->weight / weights;
    }
}

/* The gap behind child k of a node at `at` ends at p. */
static void add_grips(const struct node *n, struct rect at, int k, float p,
                      const float *size, struct layout *to)
{
    bool row = n->kind == NODE_ROW;
    for (int i = 0; i < n->cuts; i++) {
        const struct cut *c = &n->cut[i];
        if (k < c->first || k >= c->second || to->grips == GRIPS_MOST)
            continue;
        float gap = p - n->gap;
        to->grip[to->grips++] = (struct grip){
            .split = c->split,
            .side_by_side = row,
            .at = row ? (struct rect){gap, at.y, n->gap, at.h}
                      : (struct rect){at.x, gap, at.w, n->gap},
            .first = size[c->first],
            .second = size[c->second]};
    }
}

void layout_place(const struct node *n, struct rect at, struct layout *to)
{
    if (n->kind == NODE_PANEL) {
        to->at[n->panel] = at;
        if (n->tabs)
            to->tabs = *n->tabs;
        return;
    }
    bool row = n->kind == NODE_ROW;
    float size[NODE_CHILDREN], p = row ? at.x : at.y;
    share_out(n, row ? at.w : at.h, size);
    for (int i = 0; i < n->children; i++) {
        float a = floorf(p + 0.5f), b = floorf(p + size[i] + 0.5f);
        if (i + 1 == n->children)
            b = row ? at.x + at.w : at.y + at.h;
        struct rect r = row ? (struct rect){a, at.y, b - a, at.h}
                            : (struct rect){at.x, a, at.w, b - a};
        layout_place(n->child[i], r, to);
        p += size[i] + n->gap;
        add_grips(n, at, i, p, size, to);
    }
}

void layout_scene(const struct scene *s, struct layout *to)
{
    *to = (struct layout){0};
    struct rect all = s->ui->all;
    float title = panels[PANEL_TITLE]->least(s).h;
    float transport = panels[PANEL_TRANSPORT]->least(s).h;
    to->at[PANEL_TITLE] = rect_cut_top(&all, title);
    to->at[PANEL_TRANSPORT] = rect_cut_bottom(&all, transport);
    struct node *tree = layout_tree(s);
    layout_measure(s, tree);
    layout_place(tree, rect_inset(all, EDGE), to);
}
