/* Where the panels stand: a tree of rows and columns.
 *
 * A leaf is a panel with the least it needs; a node gives its children what
 * they need and shares out what is left by their weights. Which panels there
 * are follows from what the lesson uses and from the theme (the projector has
 * no side panes). The tree is made anew for each frame, in the frame's arena;
 * it is small. */
#ifndef TIMESLICE_LAYOUT_H
#define TIMESLICE_LAYOUT_H

#include "render/tabs.h"

enum node_kind { NODE_PANEL, NODE_ROW, NODE_COLUMN };

enum { NODE_CHILDREN = 6, NODE_CUTS = 2, GRIPS_MOST = 8 };

/* A line that can be dragged: the children `first` and `second` share what they
 * have as the user likes. */
struct cut {
    enum split split;
    int first, second;
};

struct node {
    enum node_kind kind;
    int panel;
    const struct tabs *tabs; /* panels that share the leaf; NULL: one alone */
    float weight;        /* of what is left over; 0: stays at its least */
    float gap;           /* between children */
    struct extent least; /* filled in by layout_measure */
    struct node *child[NODE_CHILDREN];
    int children;
    struct cut cut[NODE_CUTS];
    int cuts;
};

/* Where such a line can be taken hold of. */
struct grip {
    enum split split;
    bool side_by_side;
    struct rect at;      /* the gap */
    float first, second; /* what both have along it */
};

/* Where each panel is; w = 0: not shown. */
struct layout {
    struct rect at[PANEL_COUNT];
    struct tabs tabs; /* of the one place that several share */
    struct grip grip[GRIPS_MOST];
    int grips;
};

/* The tree for this scene's lesson and theme. */
struct node *layout_tree(const struct scene *s);

/* Fills in what every node needs at least. */
void layout_measure(const struct scene *s, struct node *n);

/* Lays the measured tree into `at`. */
void layout_place(const struct node *n, struct rect at, struct layout *to);

/* The lines between panels, to be dragged (splitters.c). */
void splitters_draw(struct scene *s, const struct layout *l);

/* All of it: title bar on top, transport below, the rest between. */
void layout_scene(const struct scene *s, struct layout *to);

#endif
