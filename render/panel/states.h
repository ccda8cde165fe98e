/* What a test asks of the state diagram. */
#ifndef TIMESLICE_PANEL_STATES_H
#define TIMESLICE_PANEL_STATES_H

#include "sim/model/state.h"

#include <stdbool.h>

/* Whether the diagram has an arrow from one state to the other. */
bool states_draws(enum state from, enum state to);

#endif
