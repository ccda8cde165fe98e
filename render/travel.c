/* travel.c: going through a run, and waiting for it to grow.
 *
 * Nothing is asked for in advance: in a live run what has been asked for has
 * happened to real processes, and an action of the user at an earlier moment
 * would have to begin them all anew. */
#include "render/travel_in.h"

#include <math.h>

const double travel_speeds[SPEEDS] = {0.25, 0.5, 1,   2,   4,    8,    16,
                                      32,   64,  128, 256, 1024, 4096};

/* A frame reads, and lets the feed make, no more than keeps the window awake. */
enum { EVENTS_A_FRAME = 1 << 20, POLLS_A_FRAME = 16 };

/* Seconds that may be caught up with; what is lost beyond is lost. */
#define LATE_MOST 0.25

void travel_open(struct travel *tv, struct feed *feed)
{
    *tv = (struct travel){.feed = feed,
                          .speed = SPEED_NORMAL,
                          .own = NONE,
                          .patience = 1,
                          .goal = -1,
                          .visit = -1,
                          .broke = NONE};
    replay_init(&tv->replay, feed->scenario, feed->trace);
    lod_init(&tv->lod, feed->scenario, feed->trace);
}

void travel_close(struct travel *tv)
{
    replay_free(&tv->replay);
    told_free(&tv->told);
    lod_free(&tv->lod);
    *tv = (struct travel){0};
}

static void has_gone(struct travel *tv)
{
    tick now = tv->replay.world.head->now;
    if (tv->seen < travel_cursor(tv))
        tv->seen = travel_cursor(tv);
    if (tv->seen_time < now)
        tv->seen_time = now;
    tv->clock = (double)now;
}

/* The cursor goes to `position`; the clock with it. */
void travel_at(struct travel *tv, size_t position)
{
    told_drop(&tv->told);
    replay_seek(&tv->replay, travel_before_wall(tv, position));
    has_gone(tv);
}

/* The same to the end of the instant `t`, or of the last one before. */
void travel_at_time(struct travel *tv, tick t)
{
    size_t to = trace_find(tv->feed->trace, t + 1);
    told_seek(&tv->told, &tv->replay, travel_before_wall(tv, to));
    has_gone(tv);
}

void travel_set_clock(struct travel *tv, double t)
{
    tv->clock = tv->wall.on ? fmin(t, (double)tv->wall.t) : t;
    if (tv->seen_time < (tick)tv->clock)
        tv->seen_time = (tick)tv->clock;
}

void travel_halt(struct travel *tv)
{
    const struct feed *f = tv->feed;
    if (tv->goal >= 0 && f->busy(f->self) && !tv->acting)
        f->want(f->self, f->reached(f->self)); /* no further than it is */
    tv->steps_owed = 0;
    tv->acting = tv->acts_again = false;
    tv->goal = -1;
    tv->breaking = false;
    tv->visit = -1;
    tv->own = NONE;
    tv->patience = 1;
}

bool travel_known(const struct travel *tv)
{
    const struct trace *tr = tv->feed->trace;
    for (size_t i = tr->count; i > 0; i--) {
        const struct event *e = trace_at(tr, i - 1);
        if (!event_is_evidence(e))
            return e->kind == EV_STOP;
    }
    return false;
}

bool travel_at_end(const struct travel *tv)
{
    return tv->replay.world.head->stop != STOP_NOT;
}

static bool has_step(const struct trace *tr, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (event_is_step(trace_at(tr, i)))
            return true;
    return false;
}

struct step_range travel_last_step(const struct travel *tv)
{
    if (tv->told.chosen)
        return tv->told.step;
    const struct trace *tr = tv->feed->trace;
    size_t end = travel_cursor(tv);
    size_t begin = end ? trace_step_before(tr, end) : 0;
    if (begin && !has_step(tr, begin, end)) {
        end = begin;
        begin = trace_step_before(tr, end);
    }
    return (struct step_range){begin, end};
}

const struct world *travel_told_world(const struct travel *tv)
{
    return tv->told.apart ? &tv->told.world : &tv->replay.world;
}

/* ---- one step ---- */

static bool step_is_of(const struct travel *tv, size_t from, size_t to,
                       int proc)
{
    for (size_t i = from; i < to; i++) {
        const struct event *e = trace_at(tv->feed->trace, i);
        if (e->proc == proc && event_is_step(e))
            return true;
    }
    return proc == NONE;
}

/* Whether [from, to) is a step that nothing can be added to: at the end of
 * the trace there may be events that belong to a step yet to come. */
bool travel_is_whole(const struct travel *tv, size_t from, size_t to)
{
    const struct trace *tr = tv->feed->trace;
    if (from == to)
        return false;
    if (to < tr->count)
        return true;
    bool step = travel_known(tv) || has_step(tr, from, to);
    return step && !tv->feed->busy(tv->feed->self);
}

/* Goes one step if the trace has it. False: it has to grow first. */
static bool step_forward(struct travel *tv)
{
    const struct trace *tr = tv->feed->trace;
    size_t at = travel_cursor(tv), next = at, wall = travel_wall_place(tv);
    do {
        at = next;
        if (at >= wall) {
            travel_at(tv, at);
            tv->wall.met = true;
            return true;
        }
        next = trace_step_after(tr, at);
        if (!travel_is_whole(tv, at, next)) {
            if (at != travel_cursor(tv))
                travel_at(tv, at);
            return false;
        }
    } while (!step_is_of(tv, at, next, tv->own));
    travel_at(tv, next);
    return true;
}

static void step_back(struct travel *tv, int own)
{
    const struct trace *tr = tv->feed->trace;
    size_t at = travel_cursor(tv), before = at;
    /* What belongs to a step yet to come goes with the one before it. */
    size_t last = at ? trace_step_before(tr, at) : 0;
    if (last && !has_step(tr, last, at))
        before = last;
    do {
        at = before;
        before = trace_step_before(tv->feed->trace, at);
    } while (before && !step_is_of(tv, trace_step_before(tr, before), before, own));
    travel_at(tv, before);
}

void travel_step(struct travel *tv, int direction, int own)
{
    travel_play(tv, false);
    if (tv->goal >= 0)
        travel_halt(tv);
    tv->wall.met = false;
    if (direction < 0) {
        travel_halt(tv);
        step_back(tv, own);
        return;
    }
    tv->own = own;
    if (tv->steps_owed || !step_forward(tv))
        tv->steps_owed++;
}

/* ---- far ---- */

void travel_seek(struct travel *tv, tick t)
{
    travel_halt(tv);
    tv->wall.met = false;
    if (travel_is_beyond(tv, t)) {
        travel_visit(tv, tv->wall.t, tv->wall.events);
        tv->wall.met = true;
        return;
    }
    if (t < 0)
        t = 0;
    bool there = t <= tv->feed->reached(tv->feed->self) || travel_known(tv);
    travel_at_time(tv, t);
    if (!there) {
        tv->goal = t;
        tv->feed->want(tv->feed->self, t);
    } else if (!travel_at_end(tv)) {
        travel_set_clock(tv, (double)t);
    }
}

void travel_go(struct travel *tv, size_t event)
{
    travel_play(tv, false);
    travel_halt(tv);
    tv->wall.met = false;
    travel_at(tv, trace_step_after(tv->feed->trace, event));
}

void travel_first(struct travel *tv)
{
    travel_play(tv, false);
    travel_halt(tv);
    tv->wall.met = false;
    travel_at(tv, 0);
}

void travel_last(struct travel *tv)
{
    travel_play(tv, false);
    tick far = TRAVEL_FAR;
    while (far <= tv->feed->reached(tv->feed->self) && !travel_known(tv))
        far *= 2;
    travel_run(tv, far);
}

void travel_play(struct travel *tv, bool on)
{
    if (on && (travel_at_end(tv) || tv->playing))
        return;
    if (on)
        travel_halt(tv);
    else if (tv->playing)
        tv->clock = floor(tv->clock);
    if (on != tv->playing)
        tv->feed->play(tv->feed->self, on);
    tv->playing = on;
}

void travel_act(struct travel *tv, enum action_kind kind, int proc)
{
    tv->acts_again = tv->acting;
    tv->next_kind = kind;
    tv->next_proc = proc;
    if (tv->acting)
        return; /* where it will happen is not known before that is done */
    size_t at = travel_cursor(tv);
    bool past = at < tv->feed->trace->count;
    tv->wall = (struct wall){.on = false};
    travel_halt(tv);
    tv->feed->act(tv->feed->self, (struct deed){.position = at,
                                                .at = (tick)tv->clock,
                                                .kind = kind,
                                                .proc = proc});
    if (past) {
        tv->cuts++;
        replay_cut(&tv->replay, at);
        lod_cut(&tv->lod, at);
        tv->seen = at;
        tv->seen_time = (tick)tv->clock;
    }
    tv->acting = true;
}

/* ---- as time goes by ---- */

/* The user's action stands behind all that its instant brought anyway: the
 * cursor goes to the end of its step. A refused one is a step of its own, and
 * may be followed by more in the same instant. */
static void after_the_act(struct travel *tv)
{
    const struct trace *tr = tv->feed->trace;
    if (tv->feed->busy(tv->feed->self))
        return;
    tv->acting = false;
    for (size_t i = tr->count; i > travel_cursor(tv); i--)
        if (trace_at(tr, i - 1)->kind == EV_USER) {
            size_t to = trace_step_after(tr, i - 1);
            travel_at(tv, has_step(tr, to, tr->count) ? to : tr->count);
            break;
        }
    if (tv->acts_again)
        travel_act(tv, tv->next_kind, tv->next_proc);
}

static void owed_steps(struct travel *tv)
{
    const struct feed *f = tv->feed;
    while (tv->steps_owed) {
        if (step_forward(tv)) {
            tv->steps_owed--;
            tv->patience = 1;
            continue;
        }
        if (travel_known(tv) && travel_cursor(tv) == f->trace->count)
            travel_halt(tv);
        else if (!f->busy(f->self)) {
            f->want(f->self, travel_up_to_wall(tv, f->reached(f->self) +
                                                       tv->patience));
            tv->patience = tv->patience < TRAVEL_FAR ? tv->patience * 2
                                                     : tv->patience;
        }
        return;
    }
}

/* The clock runs on, but not into what is not known yet. */
static void run_clock(struct travel *tv, double seconds)
{
    const struct feed *f = tv->feed;
    double speed = travel_speeds[tv->speed];
    double clock = tv->clock + (seconds + tv->late) * speed;
    tv->late = 0;
    if (tv->wall.on)
        clock = fmin(clock, (double)tv->wall.t);
    tick reached = f->reached(f->self);
    bool over = travel_known(tv);
    if (!over && clock >= (double)reached + 1) {
        if (!f->busy(f->self))
            f->want(f->self, (tick)clock);
        double held = (double)reached + 0.999;
        tv->late = fmin((clock - held) / speed, LATE_MOST);
        clock = held;
    }
    if (clock < tv->clock)
        clock = tv->clock;
    size_t to = trace_find(f->trace, (tick)clock + 1);
    if (travel_meet_break(tv, to) != MEETS_NONE)
        return;
    if (to > travel_cursor(tv))
        travel_at_time(tv, (tick)clock);
    if (travel_at_end(tv))
        travel_play(tv, false);
    else
        travel_set_clock(tv, clock);
    if (travel_at_wall(tv) && !tv->wall.soft && clock >= (double)tv->wall.t) {
        travel_play(tv, false);
        tv->wall.met = true;
    }
}

/* Events from `cut_at` on are others now: the cursor goes to where it stood in
 * the run, whatever that place's number has become. */
static void follow_cut(struct travel *tv, size_t cut_at)
{
    const struct world_head *h = tv->replay.world.head;
    size_t cursor = travel_cursor(tv), model = h->events - h->evidence;
    tv->cuts++;
    told_drop(&tv->told);
    lod_cut(&tv->lod, cut_at);
    replay_cut(&tv->replay, cut_at);
    if (cut_at < cursor)
        replay_seek(&tv->replay,
                    trace_without_evidence(tv->feed->trace, model));
    if (tv->seen > cut_at)
        tv->seen = travel_cursor(tv);
}

static bool poll_once(struct travel *tv)
{
    struct feed *f = tv->feed;
    bool grew = f->poll(f->self);
    if (f->cut_at != SIZE_MAX)
        follow_cut(tv, f->cut_at);
    return grew;
}

/* What is not here will never come. */
static void give_up(struct travel *tv)
{
    travel_halt(tv);
    if (tv->clock >= (double)tv->feed->reached(tv->feed->self))
        travel_play(tv, false);
}

bool travel_update(struct travel *tv, double seconds)
{
    struct feed *f = tv->feed;
    size_t cursor = travel_cursor(tv), read = tv->lod.read;
    double clock = tv->clock;
    size_t had = f->trace->count;
    bool grew = poll_once(tv);
    for (int i = 0; i < POLLS_A_FRAME && grew && f->busy(f->self); i++)
        grew = poll_once(tv);
    grew |= f->trace->count != had;
    if (f->ended && !travel_known(tv))
        give_up(tv);
    if (tv->acting)
        after_the_act(tv);
    owed_steps(tv);
    if (tv->goal >= 0)
        travel_towards_goal(tv);
    else if (tv->playing)
        run_clock(tv, seconds);
    lod_read(&tv->lod, tv->seen, EVENTS_A_FRAME);
    return grew || cursor != travel_cursor(tv) || read != tv->lod.read ||
           clock < tv->clock || clock > tv->clock;
}

bool travel_moves(const struct travel *tv)
{
    return tv->playing || tv->steps_owed || tv->acting || tv->goal >= 0 ||
           tv->lod.read < tv->seen;
}
