/* The state diagram's geometry, and what a test asks of it. */
#ifndef TIMESLICE_PANEL_STATES_H
#define TIMESLICE_PANEL_STATES_H

#include "sim/model/state.h"

#include <stdbool.h>

/* Where a station stands. */
struct states_place {
    int column, row; /* 0 … 2 */
};

extern const struct states_place states_places[STATE_COUNT];

enum label_side { LABEL_ABOVE, LABEL_BELOW, LABEL_RIGHT, LABEL_ON };

/* Vertical arrows stand there in the station, right of the tokens. */
#define STATES_V 0.74f

/* From the point (ax, ay) of one station to (bx, by) of the other, both in
 * shares of the station; the control points of the curve lie (cx, cy) from the
 * start and (dx, dy) from the end. */
struct arrow_look {
    enum state from, to;
    float ax, ay, bx, by;
    float cx, cy, dx, dy;
    enum label_side side;
    bool rare; /* drawn only while it is in use */
};

enum { STATES_ARROWS = 18 };
extern const struct arrow_look states_arrows[STATES_ARROWS];

/* Whether the diagram has an arrow from one state to the other. */
bool states_draws(enum state from, enum state to);

#endif
