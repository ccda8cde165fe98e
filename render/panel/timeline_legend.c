/* timeline_legend.c: what the marks of the timeline mean: those that occur, at
 * the right of its heading. What has no room in the size of the text is written
 * smaller, and then the most usual is left out. */
#include "render/panel/timeline.h"

#include <math.h>

enum { SWATCH = 20, BETWEEN = 12 };

static void draw_release(struct ui *ui, struct rect at)
{
    jobs_arrow(ui, at, true);
}

static void draw_deadline(struct ui *ui, struct rect at)
{
    jobs_arrow(ui, at, false);
}

static void draw_miss(struct ui *ui, struct rect at)
{
    struct point left = {at.x + 6, at.y + at.h / 2};
    jobs_late(ui, (struct rect){left.x, at.y + at.h / 4, at.w - 6, at.h / 2});
    jobs_cross(ui, left, 11);
}

static void draw_switch(struct ui *ui, struct rect at)
{
    timeline_switching(ui, at);
}

static void draw_end(struct ui *ui, struct rect at)
{
    float size = fminf(at.w, at.h);
    icon_draw(ui->draw, ICON_STATE_TERMINATED,
              (struct rect){at.x + (at.w - size) / 2, at.y, size, size},
              ui_tone(ui, TONE_MUTED));
}

/* ---- which of them occur ---- */

static bool always(const struct scene *s)
{
    (void)s;
    return true;
}

static bool suspends(const struct scene *s)
{
    return s->ui->theme->big || lesson_about(s->scenario).suspends;
}

static bool has_zombies(const struct scene *s)
{
    return s->travel->lod.zombies || s->world->head->zombies;
}

static bool has_ends(const struct scene *s)
{
    return s->travel->lod.ends;
}

static bool has_switches(const struct scene *s)
{
    return s->travel->lod.switches;
}

static bool has_deadlines(const struct scene *s)
{
    return s->travel->lod.deadlines;
}

static bool has_misses(const struct scene *s)
{
    return s->travel->lod.misses;
}

/* From left to right. `rank`: who stays when there is no room for all. */
static const struct entry {
    int state; /* NONE: `draw` has the mark … */
    enum word title; /* … and this is its name; of a state 0: its own */
    int rank;
    bool (*occurs)(const struct scene *s);
    void (*draw)(struct ui *ui, struct rect at);
} entries[] = {
    {RUNNING, 0, 6, always, NULL},
    {READY, 0, 7, always, NULL},
    {BLOCKED, 0, 8, always, NULL},
    {TERMINATED, W_STATE_ZOMBIE, 3, has_zombies, NULL},
    {NEW, 0, 10, always, NULL},
    {READY_SUSPENDED, 0, 4, suspends, NULL},
    {BLOCKED_SUSPENDED, 0, 5, suspends, NULL},
    {NONE, W_LEGEND_TERMINATED, 9, has_ends, draw_end},
    {NONE, W_LEGEND_SWITCHING, 2, has_switches, draw_switch},
    {NONE, W_LEGEND_RELEASE, 1, has_deadlines, draw_release},
    {NONE, W_LEGEND_DEADLINE, 1, has_deadlines, draw_deadline},
    {NONE, W_LEGEND_MISSED, 0, has_misses, draw_miss},
};

enum { ENTRIES = sizeof entries / sizeof *entries, RANKS = 11 };

static const char *title_of(const struct scene *s, const struct entry *e)
{
    return e->title ? word(e->title, s->ui->lang)
                    : state_title((enum state)e->state, s->ui->lang);
}

static float swatch_width(const struct scene *s, const struct entry *e)
{
    float size = s->ui->theme->types[TYPE_BODY].size;
    return e->state == NONE ? fmaxf(size * 1.25f, SWATCH) : size * 1.875f;
}

static float entry_width(const struct scene *s, const struct entry *e,
                         enum type t)
{
    return swatch_width(s, e) + 6 + ui_width(s->ui, t, title_of(s, e)) + 2;
}

/* Those up to `rank`, together. */
static float width_of(const struct scene *s, enum type t, int rank)
{
    float w = 0;
    for (int i = 0; i < ENTRIES; i++)
        if (entries[i].rank <= rank && entries[i].occurs(s))
            w += entry_width(s, &entries[i], t) + BETWEEN;
    return w;
}

static void draw_entry(struct scene *s, struct rect at, const struct entry *e,
                       enum type t)
{
    struct ui *ui = s->ui;
    float size = ui->theme->types[TYPE_BODY].size * 1.25f;
    struct rect swatch = rect_cut_left(&at, swatch_width(s, e));
    swatch = (struct rect){swatch.x, at.y + at.h / 2 - size * 0.66f, swatch.w,
                           size};
    rect_cut_left(&at, 6);
    if (e->state == NONE)
        e->draw(ui, swatch);
    else
        ui_state_bar(ui, swatch, (enum state)e->state);
    ui_label_in(ui, at, t, ui_tone(ui, TONE_TEXT), ALIGN_LEFT, title_of(s, e));
}

void timeline_legend(struct scene *s, struct rect head)
{
    enum type t = TYPE_BODY;
    int rank = RANKS;
    if (width_of(s, t, rank) > head.w)
        t = TYPE_CAPTION;
    while (rank >= 0 && width_of(s, t, rank) > head.w)
        rank--;
    rect_cut_left(&head, head.w - width_of(s, t, rank) + BETWEEN);
    for (int i = 0; i < ENTRIES; i++) {
        const struct entry *e = &entries[i];
        if (e->rank > rank || !e->occurs(s))
            continue;
        draw_entry(s, rect_cut_left(&head, entry_width(s, e, t)), e, t);
        rect_cut_left(&head, BETWEEN);
    }
}
