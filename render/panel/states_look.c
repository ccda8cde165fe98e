/* states_look.c: where the stations of the state diagram stand and how its
 * arrows go. The window draws it so, and the page that replays a run, too.
 *
 * Which arrows there are is said by the state table; here stands only how each
 * is drawn, and a test asks that no arrow is missing. */
#include "render/panel/states.h"

/* Columns and rows of the stations; as in the textbooks' figure the suspended
 * ones stand at the left, what runs at the right. */
const struct states_place states_places[STATE_COUNT] = {
    [NEW] = {1, 0},     [TERMINATED] = {2, 0},
    [READY] = {1, 1},   [RUNNING] = {2, 1},
    [BLOCKED] = {1, 2}, [READY_SUSPENDED] = {0, 1},
    [BLOCKED_SUSPENDED] = {0, 2},
};

#define V STATES_V

const struct arrow_look states_arrows[STATES_ARROWS] = {
    {NEW, READY, V, 1, V, 0, 0, 0, 0, 0, LABEL_RIGHT, false},
    {READY, RUNNING, 1, 0.3f, 0, 0.3f, 0, 0, 0, 0, LABEL_ABOVE, false},
    {RUNNING, READY, 0, 0.72f, 1, 0.72f, 0, 0, 0, 0, LABEL_BELOW, false},
    {RUNNING, TERMINATED, V, 0, V, 1, 0, 0, 0, 0, LABEL_RIGHT, false},
    {RUNNING, BLOCKED, V, 1, 1, 0.5f, 0, 62, 60, 0, LABEL_ON, false},
    {BLOCKED, READY, V, 0, V, 1, 0, 0, 0, 0, LABEL_RIGHT, false},
    {READY, READY_SUSPENDED, 0, 0.72f, 1, 0.72f, 0, 0, 0, 0, LABEL_BELOW,
     false},
    {READY_SUSPENDED, READY, 1, 0.3f, 0, 0.3f, 0, 0, 0, 0, LABEL_ABOVE, false},
    {BLOCKED, BLOCKED_SUSPENDED, 0, 0.72f, 1, 0.72f, 0, 0, 0, 0, LABEL_BELOW,
     false},
    {BLOCKED_SUSPENDED, BLOCKED, 1, 0.3f, 0, 0.3f, 0, 0, 0, 0, LABEL_ABOVE,
     false},
    {BLOCKED_SUSPENDED, READY_SUSPENDED, V, 0, V, 1, 0, 0, 0, 0, LABEL_RIGHT,
     false},
    {RUNNING, READY_SUSPENDED, 0.2f, 1, 0.5f, 1, -40, 56, 40, 56, LABEL_ON,
     true},
    {READY_SUSPENDED, BLOCKED, 0.9f, 1, 0.1f, 0, 0, 0, 0, 0, LABEL_ON, true},
    {NEW, TERMINATED, 1, 0.5f, 0, 0.5f, 0, 0, 0, 0, LABEL_ABOVE, true},
    {READY, TERMINATED, 0.95f, 0, 0.1f, 1, 0, 0, 0, 0, LABEL_ON, true},
    {BLOCKED, TERMINATED, 0.98f, 0.1f, 0.3f, 1, 30, -60, 0, 40, LABEL_ON, true},
    {READY_SUSPENDED, TERMINATED, 0.9f, 0, 0, 0.75f, 30, -50, -60, 0, LABEL_ON,
     true},
    {BLOCKED_SUSPENDED, TERMINATED, 0.98f, 0.05f, 0.2f, 1, 60, -40, 0, 40,
     LABEL_ON, true},
};

bool states_draws(enum state from, enum state to)
{
    for (int i = 0; i < STATES_ARROWS; i++)
        if (states_arrows[i].from == from && states_arrows[i].to == to)
            return true;
    return false;
}
