/* The tickets of those who are ready, in the order of the file.
 *
 * All processes of a definition hold as many, so there is one sum of tickets by
 * definition, and for a definition that is forked one more of who of its
 * processes is ready, by number. */
#ifndef TIMESLICE_URN_H
#define TIMESLICE_URN_H

#include "sim/model/world.h"

struct urn;

struct urn *urn_new(const struct world *w);
void urn_free(struct urn *u);

void urn_add(struct urn *u, const struct world *w, int proc);
void urn_remove(struct urn *u, const struct world *w, int proc);

/* How many tickets there are in a group, and who holds which (0 …). */
int64_t urn_tickets(const struct urn *u, int group);
int urn_holder(const struct urn *u, const struct world *w, int group,
               int64_t ticket);

#endif
