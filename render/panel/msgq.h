/* Messages of a queue as they are drawn, in the list and on their way
 * (msgq_hop.c). */
#ifndef TIMESLICE_PANEL_MSGQ_H
#define TIMESLICE_PANEL_MSGQ_H

#include "render/panel.h"

#include "sim/model/world.h"

struct node_look {
    const char *type, *text;
    float width;
};

struct node_look msgq_look(struct scene *s, const struct msg *m,
                           const unsigned char *text);
void msgq_node(struct scene *s, struct rect at, struct node_look l);

/* Whether there is one on its way. */
bool msgq_hops(const struct scene *s, int queue);

/* The number of the message that is on its way and so not in its place, among
 * those of the list; -1: none. And the number of the place whose message is
 * on its way, be it gone or to come. */
int msgq_hop_hides(const struct scene *s, int queue);
int msgq_hop_place(const struct scene *s, int queue);

/* Those on their way; `list` is where the list is, `place` where the message of
 * msgq_hop_place stands in it, or stood. */
void msgq_hop_draw(struct scene *s, struct rect list, struct rect place,
                   int queue);

#endif
