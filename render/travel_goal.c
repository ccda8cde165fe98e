/* travel_goal.c: on the way to a time, until it has been reached, until there
 * is a breakpoint, or to one step of the instant. */
#include "render/travel_in.h"

/* ---- breakpoints ---- */

enum meeting travel_meet_break(struct travel *tv, size_t to)
{
    const struct trace *tr = tv->feed->trace;
    int which;
    size_t wall = travel_wall_place(tv);
    to = to < wall ? to : wall;
    size_t at = breaks_find(&tv->breaks, tv->feed->scenario, tr,
                            travel_cursor(tv), to, &which);
    if (at == SIZE_MAX)
        return MEETS_NONE;
    size_t end = trace_step_after(tr, at);
    if (!travel_is_whole(tv, at, end))
        return MEETS_SOON;
    travel_play(tv, false);
    travel_halt(tv);
    travel_at(tv, end);
    tv->broke = which;
    return STOPPED;
}

/* ---- on the way ---- */

/* The position of the visit; SIZE_MAX: the run has no such moment. */
static size_t place_of_visit(const struct travel *tv)
{
    const struct trace *tr = tv->feed->trace;
    if (tv->visit < 0)
        return SIZE_MAX;
    size_t at = trace_without_evidence(tr, (size_t)tv->visit);
    bool early = at < tr->count && trace_at(tr, at)->t < tv->goal;
    bool late = at > 0 && trace_at(tr, at - 1)->t > tv->goal;
    return early || late ? SIZE_MAX : at;
}

void travel_towards_goal(struct travel *tv)
{
    const struct feed *f = tv->feed;
    bool there = travel_known(tv) || f->reached(f->self) >= tv->goal;
    size_t place = there ? place_of_visit(tv) : SIZE_MAX;
    if (place != SIZE_MAX) {
        travel_at(tv, place);
        if (!travel_at_end(tv))
            travel_set_clock(tv, (double)tv->goal);
        travel_halt(tv);
        return;
    }
    size_t to = trace_find(f->trace, tv->goal + 1);
    if (tv->breaking && travel_meet_break(tv, to) != MEETS_NONE)
        return;
    if (to != travel_cursor(tv))
        travel_at_time(tv, tv->goal);
    if (!there)
        return;
    if (!travel_at_end(tv))
        travel_set_clock(tv, (double)tv->goal);
    travel_halt(tv);
}

void travel_run(struct travel *tv, tick t)
{
    bool beyond = travel_is_beyond(tv, t);
    t = travel_up_to_wall(tv, t);
    if (!tv->breaks.count || (double)t <= tv->clock) {
        travel_seek(tv, t);
        tv->wall.met |= beyond;
        return;
    }
    tv->wall.met = beyond;
    travel_halt(tv);
    tv->goal = t;
    tv->breaking = true;
    if (t > tv->feed->reached(tv->feed->self) && !travel_known(tv))
        tv->feed->want(tv->feed->self, t);
    travel_towards_goal(tv);
}


int64_t travel_events(const struct travel *tv)
{
    const struct world_head *h = tv->replay.world.head;
    return (int64_t)(h->events - h->evidence);
}

void travel_visit(struct travel *tv, tick t, int64_t events)
{
    travel_play(tv, false);
    travel_halt(tv);
    tv->wall.met = false;
    if (tv->wall.on && events > tv->wall.events) {
        events = tv->wall.events;
        t = tv->wall.t;
    }
    tv->goal = t;
    tv->visit = events;
    if (t > tv->feed->reached(tv->feed->self) && !travel_known(tv))
        tv->feed->want(tv->feed->self, t);
    travel_towards_goal(tv);
}
