/* timeline_lane.c: one lane of the timeline.
 *
 * Few stretches are drawn as what they are: bars whose height and pattern say
 * the state, with a word where there is room. Many become columns, one a
 * pixel, each stacked from the shares of time that its kinds have in it. */
#include "render/panel/timeline.h"

#include <ctype.h>
#include <math.h>

enum { LEAST_WIDTH = 3 /* pixels a stretch, on average */, STACK = 12 };

/* While time passes it ends at the playhead, within a tick. */
static double end_of_time(const struct scene *s)
{
    if (s->beside)
        return (double)s->beside->end;
    return fmax((double)s->travel->seen_time, s->travel->clock);
}

/* What the number of a process in a lane of CPUs stands for. */
static const char *name_in_lane(const struct scene *s, int32_t value)
{
    if (s->beside)
        return s->feed->rivals->names[value];
    return scene_name(s, value);
}

/* The stretches that touch the view: [*first, *end). */
static void in_view(const struct scene *s, const struct lane *lane,
                    size_t *first, size_t *end)
{
    size_t a = lane_at(lane, s->view->lens.from);
    size_t b = lane_at(lane, s->view->lens.to);
    *first = a == SIZE_MAX ? 0 : a;
    *end = b == SIZE_MAX ? 0 : b + 1;
}

bool timeline_is_sparse(const struct scene *s, struct rect at,
                        const struct lane *lane)
{
    size_t first, end;
    in_view(s, lane, &first, &end);
    return end <= first || (float)(end - first) * LEAST_WIDTH <= at.w;
}

/* ---- many: columns ---- */

static colour kind_colour(const struct scene *s, enum lane_what what, int kind)
{
    const struct theme *th = s->ui->theme;
    if (what == LANE_STATE && kind < STATE_COUNT)
        return kind == TERMINATED ? th->states[kind].ink
                                  : th->states[kind].fill;
    if (what == LANE_CPU)
        return kind == KIND_IDLE        ? 0
               : kind == KIND_SWITCHING ? th->tones[TONE_LINE]
                                        : th->processes[kind].fill;
    static const enum tone tones[LANE_KINDS] = {
        TONE_PRESSED, TONE_OK, TONE_WARN, TONE_ERROR, TONE_MUTED, TONE_FAINT};
    return kind < 6 ? th->tones[tones[kind]] : th->tones[TONE_LINE];
}

/* One pixel column of `each` ticks: kinds from the bottom, running first. */
static void column(const struct scene *s, enum lane_what what,
                   const double shares[LANE_KINDS], double each, colour *to,
                   int pitch)
{
    static const int order[LANE_KINDS] = {RUNNING, READY, BLOCKED, NEW,
                                          READY_SUSPENDED, BLOCKED_SUSPENDED,
                                          TERMINATED, 7, 8, 9, 10, 11};
    double below = 0;
    int y = 0; /* what is filled so far */
    for (int i = 0; i < LANE_KINDS; i++) {
        int kind = what == LANE_STATE ? order[i] : i;
        if (shares[kind] <= 0)
            continue;
        below += shares[kind];
        int upto = (int)(below / each * STACK + 0.5);
        for (; y < upto && y < STACK; y++)
            to[(STACK - 1 - y) * pitch] = kind_colour(s, what, kind);
    }
}

void timeline_columns(struct scene *s, struct rect at, const struct lane *lane)
{
    int n = (int)(at.w * s->ui->scale);
    if (n < 1)
        return;
    struct arena *frame = &s->ui->frame;
    colour *pixels = arena_alloc(frame, (size_t)n * STACK * sizeof *pixels);
    double(*shares)[LANE_KINDS] = arena_alloc(frame, (size_t)n * sizeof *shares);
    const struct lens *lens = &s->view->lens;
    double each = (lens->to - lens->from) / n;
    tick end = s->beside ? s->beside->end : s->travel->seen_time;
    struct lane_cut cut = {lens->from, each, n};
    if (cut.from + each * n > (double)end)
        cut.count = (int)fmax(ceil(((double)end - cut.from) / each), 0);
    cut.count = cut.count < n ? cut.count : n;
    lane_columns(lane, cut, end, shares);
    for (int i = 0; i < cut.count; i++)
        column(s, lane->what, shares[i], each, pixels + i, n);
    draw_image(s->ui->draw, at, pixels, n, STACK);
}

/* ---- few: bars ---- */

/* "R", "gate", "S read". */
static const char *kernel_text(const struct scene *s, int32_t value)
{
    int letter = value & 255, verb = value >> 8;
    if (letter == '.')
        return word(W_KERNEL_GATE, s->ui->lang);
    if (verb)
        return ui_format(s->ui, "%c %s", letter, lesson_verb((enum verb)verb));
    return ui_format(s->ui, "%c", letter);
}

static void word_in(struct scene *s, struct rect bar, enum type type, colour ink,
                    const char *text)
{
    if (ui_width(s->ui, type, text) + 4 <= bar.w &&
        ui_leading(s->ui, type) <= bar.h + 6)
        ui_label_in(s->ui, bar, type, ink, ALIGN_CENTRE, text);
}

/* "P" of parent. */
static const char *initial(struct ui *ui, const char *name)
{
    if ((unsigned char)name[0] < 0x80)
        return ui_format(ui, "%c", toupper((unsigned char)name[0]));
    return ui_format(ui, "%.*s", (int)utf8_length(name, 8, NULL), name);
}

void timeline_switching(struct ui *ui, struct rect at)
{
    draw_box(ui->draw, (struct box){.at = at, .pattern = PATTERN_HATCH,
                                    .ink = ui_tone(ui, TONE_FAINT)});
}

static void cpu_bar(struct scene *s, struct rect bar, int32_t value)
{
    struct ui *ui = s->ui;
    if (value == LANE_IDLE)
        return;
    struct rect inner = {bar.x, bar.y, fmaxf(bar.w - 1, 1), bar.h};
    if (value == LANE_SWITCHING) {
        timeline_switching(ui, inner);
        return;
    }
    struct process_look k = theme_process(ui->theme, value);
    /* Beside, numbers are those of another run. */
    bool selected = !s->beside && value == s->view->selected;
    if (!s->beside)
        scene_is_about(s, inner, value);
    bool pointed = !s->beside && scene_is_pointed_at(s, value);
    draw_box(ui->draw,
             (struct box){.at = inner, .radius = 2, .fill = k.fill,
                          .border = selected ? 3 : pointed ? 1.5f : 0,
                          .line = ui_tone(ui, TONE_STRONG)});
    const char *name = name_in_lane(s, value);
    if (ui_width(ui, TYPE_STRONG, name) + 8 > bar.w)
        name = initial(ui, name);
    word_in(s, inner, TYPE_STRONG, k.on_fill, name);
}

/* The widest part of `bar` that no arrow goes through. */
static struct rect clear_part(struct rect bar, const struct crossings *through)
{
    struct rect best = {0};
    for (int i = -1; i < through->count; i++) {
        float from = i < 0 ? bar.x : through->x[i], to = bar.x + bar.w;
        if (from < bar.x || from > to)
            continue;
        for (int k = 0; k < through->count; k++)
            if (through->x[k] > from)
                to = fminf(to, through->x[k]);
        if (to - from > best.w)
            best = (struct rect){from, bar.y, to - from, bar.h};
    }
    return best;
}

static void kernel_bar(struct scene *s, struct rect bar, int32_t value,
                       const struct crossings *through)
{
    struct ui *ui = s->ui;
    int letter = value & 255;
    if (letter == 'X')
        return;
    bool calm = letter == '.';
    enum tone ground = calm            ? TONE_SURFACE
                       : letter == 'R' ? TONE_OK_SOFT
                                       : TONE_INSET;
    draw_box(ui->draw,
             (struct box){.at = bar, .radius = 2, .fill = ui_tone(ui, ground),
                          .border = 1, .line = ui_tone(ui, TONE_HAIRLINE)});
    word_in(s, clear_part(bar, through), TYPE_CAPTION,
            ui_tone(ui, calm ? TONE_MUTED : TONE_TEXT), kernel_text(s, value));
}

/* Dead, and not yet waited for; after that only the cross is left. */
static void dead_bar(struct scene *s, struct rect r, int32_t value)
{
    struct ui *ui = s->ui;
    if (value == LANE_REAPED || r.w < 4) {
        float size = fmaxf(r.h / 2, 9);
        icon_draw(ui->draw, ICON_STATE_TERMINATED,
                  (struct rect){r.x + 2, r.y + r.h - size, size, size},
                  ui_tone(ui, TONE_MUTED));
        return;
    }
    struct rect bar = ui_state_bar(ui, r, TERMINATED);
    const char *text = word(W_STATE_ZOMBIE, ui->lang);
    float w = ui_width(ui, TYPE_CAPTION, text) + 10;
    if (w + 12 <= bar.w && ui_leading(ui, TYPE_CAPTION) <= r.h)
        ui_plate(ui,
                 (struct point){bar.x + bar.w / 2,
                                r.y + r.h - ui_leading(ui, TYPE_CAPTION) / 2},
                 TYPE_CAPTION, TONE_TEXT, TONE_SURFACE, text);
}

static void bar(struct scene *s, struct rect r, const struct lane *lane,
                int32_t value, const struct crossings *through)
{
    if (lane->what == LANE_CPU)
        cpu_bar(s, r, value);
    else if (lane->what == LANE_KERNEL)
        kernel_bar(s, r, value, through);
    else if (value == TERMINATED || value == LANE_REAPED)
        dead_bar(s, r, value);
    else
        ui_state_bar(s->ui, r, (enum state)value);
}

/* Stretch number i of a lane. */
static void stretch(struct scene *s, struct rect at, const struct lane *lane,
                    size_t i, const struct crossings *through)
{
    int32_t value = lane->value[i];
    double start = (double)lane->start[i], stop = end_of_time(s);
    if (i + 1 < lane->count)
        stop = (double)lane->start[i + 1];
    float before = s->beside ? 0 : 4; /* beside lies what is another's */
    float a = fmaxf(lens_x(&s->view->lens, at, start), at.x - before);
    float b = fminf(lens_x(&s->view->lens, at, stop), at.x + at.w + 4);
    bool state = lane->what == LANE_STATE;
    if (state && value == LANE_REAPED && start < s->view->lens.from)
        return;
    bool ended = state && (value == TERMINATED || value == LANE_REAPED);
    if (b > a || ended)
        bar(s, (struct rect){a, at.y, fmaxf(b - a, 1), at.h}, lane, value,
            through);
}

void timeline_lane(struct scene *s, struct rect at, const struct lane *lane,
                   const struct crossings *through)
{
    if (!timeline_is_sparse(s, at, lane)) {
        timeline_columns(s, at, lane);
        return;
    }
    size_t first, end;
    in_view(s, lane, &first, &end);
    for (size_t i = first; i < end; i++)
        stretch(s, at, lane, i, through);
}
