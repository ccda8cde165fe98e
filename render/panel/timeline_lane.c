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
    return fmax((double)s->travel->seen_time, s->travel->clock);
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
        return kind == TERMINATED ? 0 : th->states[kind].fill;
    if (what == LANE_CPU)
        return kind == KIND_IDLE        ? 0
               : kind == KIND_SWITCHING ? th->tones[TONE_LINE]
                                        : th->processes[kind].fill;
    static const enum tone tones[LANE_KINDS] = {
        TONE_PRESSED, TONE_OK, TONE_WARN, TONE_ERROR, TONE_MUTED, TONE_FAINT};
    return kind < 6 ? th->tones[tones[kind]] : th->tones[TONE_LINE];
}

/* One pixel column: kinds from the bottom, running first. */
static void column(const struct scene *s, const struct lane *lane, double a,
                   double b, colour *to, int pitch)
{
    static const int order[LANE_KINDS] = {RUNNING, READY, BLOCKED, NEW,
                                          READY_SUSPENDED, BLOCKED_SUSPENDED,
                                          TERMINATED, 7, 8, 9, 10, 11};
    double shares[LANE_KINDS], below = 0;
    lane_shares(lane, a, b, s->travel->seen_time, shares);
    for (int i = 0; i < LANE_KINDS; i++) {
        int kind = lane->what == LANE_STATE ? order[i] : i;
        double from = below / (b - a) * STACK;
        below += shares[kind];
        double upto = below / (b - a) * STACK;
        for (int y = (int)(from + 0.5); y < (int)(upto + 0.5) && y < STACK; y++)
            to[(STACK - 1 - y) * pitch] = kind_colour(s, lane->what, kind);
    }
}

void timeline_columns(struct scene *s, struct rect at, const struct lane *lane)
{
    int n = (int)(at.w * s->ui->scale);
    if (n < 1)
        return;
    colour *pixels =
        arena_alloc(&s->ui->frame, (size_t)n * STACK * sizeof *pixels);
    const struct lens *lens = &s->view->lens;
    double each = (lens->to - lens->from) / n;
    for (int i = 0; i < n; i++) {
        double a = lens->from + each * i;
        if (a >= end_of_time(s))
            break;
        column(s, lane, a, a + each, pixels + i, n);
    }
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

static void cpu_bar(struct scene *s, struct rect bar, int32_t value)
{
    struct ui *ui = s->ui;
    if (value == LANE_IDLE)
        return;
    struct rect inner = {bar.x, bar.y, fmaxf(bar.w - 1, 1), bar.h};
    if (value == LANE_SWITCHING) {
        draw_box(ui->draw, (struct box){.at = inner, .pattern = PATTERN_HATCH,
                                        .ink = ui_tone(ui, TONE_FAINT)});
        return;
    }
    struct process_look k = theme_process(ui->theme, value);
    draw_box(ui->draw, (struct box){.at = inner, .radius = 2, .fill = k.fill});
    const char *name = scene_name(s, value);
    if (ui_width(ui, TYPE_STRONG, name) + 8 > bar.w)
        name = initial(ui, name);
    word_in(s, inner, TYPE_STRONG, k.on_fill, name);
}

static void kernel_bar(struct scene *s, struct rect bar, int32_t value)
{
    struct ui *ui = s->ui;
    if ((value & 255) == 'X')
        return;
    bool calm = (value & 255) == '.';
    draw_box(ui->draw,
             (struct box){.at = bar, .radius = 2,
                          .fill = ui_tone(ui, calm ? TONE_SURFACE : TONE_INSET),
                          .border = 1, .line = ui_tone(ui, TONE_HAIRLINE)});
    word_in(s, bar, TYPE_CAPTION, ui_tone(ui, calm ? TONE_MUTED : TONE_TEXT),
            kernel_text(s, value));
}

static void bar(struct scene *s, struct rect r, const struct lane *lane,
                int32_t value)
{
    if (lane->what == LANE_CPU)
        cpu_bar(s, r, value);
    else if (lane->what == LANE_KERNEL)
        kernel_bar(s, r, value);
    else if (value != TERMINATED)
        ui_state_bar(s->ui, r, (enum state)value);
    else
        icon_draw(s->ui->draw, ICON_STATE_TERMINATED,
                  (struct rect){r.x + 2, r.y + r.h / 2 - 1, r.h / 2, r.h / 2},
                  ui_tone(s->ui, TONE_MUTED));
}

void timeline_lane(struct scene *s, struct rect at, const struct lane *lane)
{
    if (!timeline_is_sparse(s, at, lane)) {
        timeline_columns(s, at, lane);
        return;
    }
    size_t first, end;
    in_view(s, lane, &first, &end);
    for (size_t i = first; i < end; i++) {
        bool last = i + 1 == lane->count;
        double stop = last ? end_of_time(s) : (double)lane->start[i + 1];
        float a = lens_x(&s->view->lens, at, (double)lane->start[i]);
        float b = lens_x(&s->view->lens, at, stop);
        a = fmaxf(a, at.x - 4);
        b = fminf(b, at.x + at.w + 4);
        bool ended = lane->what == LANE_STATE && lane->value[i] == TERMINATED;
        if (b > a || ended)
            bar(s, (struct rect){a, at.y, fmaxf(b - a, 1), at.h}, lane,
                lane->value[i]);
    }
}
