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

enum { NODE_CHILDREN = 6 };

struct node {
    enum node_kind kind;
    int panel;
    const struct tabs *tabs; /* panels that share the leaf; NULL: one alone */
    float weight;        /* of what is left over; 0: stays at its least */
    float gap;           /* between children */
    struct extent least; /* filled in by layout_measure */
    struct node *child[NODE_CHILDREN];
    int children;
};

/* Where each panel is; w = 0: not shown. */
struct layout {
    struct rect at[PANEL_COUNT];
    struct tabs tabs; /* of the one place that several share */
};

/* The tree for this scene's lesson and theme. */
struct node *layout_tree(const struct scene *s);

/* Fills in what every node needs at least. */
void layout_measure(const struct scene *s, struct node *n);

/* Lays the measured tree into `at`. */
void layout_place(const struct node *n, struct rect at, struct layout *to);

/* All of it: title bar on top, transport below, the rest between. */
void layout_scene(const struct scene *s, struct layout *to);

#endif
