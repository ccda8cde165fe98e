/* The frame of a panel that shows several kernel objects of one kind, one
 * below the other: what message queues, shared memory and semaphores have in
 * common. */
#ifndef TIMESLICE_OBJECTS_H
#define TIMESLICE_OBJECTS_H

#include "render/panel.h"

#include "sim/model/world.h"

/* How wide an object is, and whether it has to do with less height than it
 * would like: there would not be room for all. */
struct object_room {
    float width;
    bool tight;
};

struct object_list {
    enum panel_id panel;
    enum word none; /* what is said while there is none */
    int count;
    float gap; /* between two */
    /* The properties that all System V objects have. */
    const struct ipc *(*ipc)(const struct world *w, int object);
    float (*height)(struct scene *s, int object, struct object_room room);
    void (*draw)(struct scene *s, struct rect at, int object, bool tight);
};

/* The panel: its card, and in it the objects, those that are gone behind the
 * others; it scrolls if there is not room for all. */
void objects_draw(struct scene *s, struct rect at, const struct object_list *l);

/* The height of a line of small print. */
float objects_line(const struct scene *s);

/* "q  id 0 · key 1234" at the left of `row`: the variable that has the id, and
 * what the id is; at the right what one that is gone is called. What is left
 * of the row is returned. */
struct object_title {
    const struct ipc *ipc;
    const char *id;
    enum word gone;
};
struct rect objects_heading(struct scene *s, struct rect row,
                            struct object_title title);

/* The least that such a panel needs, with `more` below its card's title. */
struct extent objects_least(const struct scene *s, float more);

#endif
