/* travel_wall.c: the place beyond which nothing is to be seen yet. */
#include "render/travel_in.h"

static int64_t events_at(const struct travel *tv)
{
    const struct world_head *h = tv->replay.world.head;
    return (int64_t)(h->events - h->evidence);
}

size_t travel_wall_place(const struct travel *tv)
{
    const struct trace *tr = tv->feed->trace;
    int64_t n = events_at(tv);
    size_t at = travel_cursor(tv);
    if (!tv->wall.on)
        return SIZE_MAX;
    for (; at < tr->count; at++) {
        bool counts = !event_is_evidence(trace_at(tr, at));
        if (counts && n >= tv->wall.events)
            return at;
        n += counts;
    }
    return n >= tv->wall.events ? at : SIZE_MAX;
}

bool travel_at_wall(const struct travel *tv)
{
    return tv->wall.on && events_at(tv) >= tv->wall.events;
}

size_t travel_before_wall(struct travel *tv, size_t position)
{
    size_t place = travel_wall_place(tv);
    if (position <= place)
        return position;
    tv->wall.met = true;
    return place;
}

bool travel_is_beyond(const struct travel *tv, tick t)
{
    return tv->wall.on && t > tv->wall.t;
}

/* Nothing beyond has to be fetched, and no real process has to do it. */
tick travel_up_to_wall(const struct travel *tv, tick t)
{
    return travel_is_beyond(tv, t) ? tv->wall.t : t;
}

void travel_set_clock_to(struct travel *tv, tick t)
{
    if (tv->clock < (double)t)
        travel_set_clock(tv, (double)t);
}

void travel_veil(struct travel *tv)
{
    travel_play(tv, false);
    travel_halt(tv);
    size_t at = travel_cursor(tv);
    tv->cuts++;
    lod_cut(&tv->lod, at);
    tv->seen = at;
    tv->seen_time = (tick)tv->clock;
}
