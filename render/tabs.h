/* Several panels in one place: where there is not room for each mechanism of a
 * lesson, they share a place, and its heading has a tab for each.
 *
 * The one in which something has happened last is in front, unless somebody
 * has chosen another to stay with (view.tab). */
#ifndef TIMESLICE_TABS_H
#define TIMESLICE_TABS_H

#include "render/panel.h"

enum { TABS_MOST = 6 };

struct tabs {
    enum panel_id panel[TABS_MOST];
    int count;      /* 0: no place is shared */
    int front;      /* is shown */
    int happening;  /* something has happened there last, NONE: nowhere yet */
};

/* Chooses which of `t`'s panels is in front at the cursor. */
void tabs_choose(const struct scene *s, struct tabs *t);

/* The panel that the key goes to from here: each in turn, and when all have
 * been in front, NONE: the place follows what happens again. */
int tabs_next(const struct tabs *t, int chosen);

/* Whether `panel` is in front of a place that is shared. */
bool tabs_has_front(const struct tabs *t, enum panel_id panel);

/* Whether `panel` shares the place. */
bool tabs_has(const struct tabs *t, enum panel_id panel);

/* The tabs in `head`, the heading of a card; `title` is that of the panel in
 * front. */
void tabs_draw(const struct scene *s, struct rect head, enum word title);

#endif
