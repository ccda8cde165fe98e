/* snapshot.c: what there is to be changed by a command. */
#include "tests/desk/expect.h"

#include <math.h>
#include <stdio.h>

static uint64_t trace_sum(const struct desk *d)
{
    const struct trace *tr = d->st->travel.feed->trace;
    uint64_t h = 1;
    for (size_t i = 0; i < d->st->travel.seen && i < tr->count; i++) {
        const struct event *e = trace_at(tr, i);
        h = (h ^ (uint64_t)e->t ^ (uint64_t)e->kind << 32 ^
             (uint64_t)(unsigned)e->proc << 40 ^ (uint64_t)e->sub << 56) *
            UINT64_C(0x100000001B3);
    }
    return h;
}

struct snapshot snapshot_of(const struct desk *d)
{
    const struct stage *st = d->st;
    struct snapshot m = {.view = st->view,
                       .cursor = desk_cursor(d),
                       .clock = st->travel.clock,
                       .speed = st->travel.speed,
                       .breaks = st->travel.breaks.count,
                       .playing = st->travel.playing,
                       .predicts = st->predict.on,
                       .closed = window_done(d->w),
                       .feed = st->travel.feed,
                       .seen = st->travel.seen,
                       .trace = trace_sum(d)};
    snprintf(m.path, sizeof m.path, "%s", str_text(&st->path));
    return m;
}

static bool other(double a, double b)
{
    return fabs(a - b) > 1e-6;
}

/* One that follows the playhead goes where it goes. */
static bool other_lens(const struct view *a, const struct view *b)
{
    return a->lens_mode != b->lens_mode ||
           (a->lens_mode == LENS_FREE && (other(a->lens.from, b->lens.from) ||
                                          other(a->lens.to, b->lens.to)));
}

static unsigned view_changes(const struct view *a, const struct view *b)
{
    unsigned c = 0;
    bool split = false;
    for (int i = 0; i < SPLITS; i++)
        split |= other((double)a->split[i], (double)b->split[i]);
    c |= a->selected != b->selected || a->object != b->object
             ? CHANGES_SELECTED : 0u;
    c |= other_lens(a, b) ? CHANGES_LENS : 0u;
    c |= a->lang != b->lang ? CHANGES_LANGUAGE : 0u;
    c |= a->theme != b->theme ? CHANGES_THEME : 0u;
    c |= other((double)a->text_scale, (double)b->text_scale) ? CHANGES_SIZE : 0u;
    c |= a->overlay != b->overlay ? CHANGES_OVERLAY : 0u;
    c |= a->menu != b->menu ? CHANGES_MENU : 0u;
    c |= a->mark[MARK_A] != b->mark[MARK_A] || a->mark[MARK_B] != b->mark[MARK_B]
             ? CHANGES_MARKS : 0u;
    c |= a->bookmarks.count != b->bookmarks.count ? CHANGES_BOOKMARKS : 0u;
    c |= a->finding != b->finding || strcmp(a->find_text, b->find_text) != 0
             ? CHANGES_FINDING : 0u;
    c |= a->tab != b->tab ? CHANGES_TAB : 0u;
    c |= a->full_screen != b->full_screen ? CHANGES_FULL_SCREEN : 0u;
    c |= a->reduced_motion != b->reduced_motion ? CHANGES_MOTION : 0u;
    return c | (split ? CHANGES_SPLIT : 0u);
}

unsigned snapshot_changes(const struct snapshot *a, const struct snapshot *b)
{
    unsigned c = view_changes(&a->view, &b->view);
    bool other_run = b->seen < a->seen ||
                     (b->seen == a->seen && b->trace != a->trace);
    c |= a->cursor != b->cursor || other(a->clock, b->clock)
             ? CHANGES_MOMENT : 0u;
    c |= a->playing != b->playing ? CHANGES_PLAYING : 0u;
    c |= a->speed != b->speed ? CHANGES_SPEED : 0u;
    c |= a->breaks != b->breaks ? CHANGES_BREAKS : 0u;
    c |= a->predicts != b->predicts ? CHANGES_PREDICT : 0u;
    c |= a->closed != b->closed ? CHANGES_CLOSED : 0u;
    c |= a->feed != b->feed || strcmp(a->path, b->path) != 0 ? CHANGES_LESSON
                                                             : 0u;
    c |= other_run && a->feed == b->feed ? CHANGES_RUN : 0u;
    return c;
}

const char *aspects_name(unsigned aspects)
{
    static const char *const names[ASPECTS] = {
        "moment", "playing", "speed", "selected", "lens", "language", "theme",
        "size", "overlay", "menu", "breaks", "marks", "bookmarks", "finding",
        "tab", "full screen", "motion", "lesson", "predict", "run", "split",
        "closed"};
    static char text[512];
    size_t n = 0;
    text[0] = '\0';
    for (int i = 0; i < ASPECTS; i++)
        if (aspects >> i & 1)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
                                  n ? ", " : "", names[i]);
    return text;
}
