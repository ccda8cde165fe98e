/* ready.c: the ready queues.
 *
 * Each is a track whose left end is the head: who stands there runs next. The
 * order is the policy's, which the feed knows, and beside each process stands
 * the number that puts it there. A level of a feedback queue is a line of its
 * own, and so is each CPU that has its own queue. */
#include "render/panel/ready.h"

#include "sim/model/figure.h"

#include <math.h>
#include <string.h>

enum { LINES_MOST = CPUS_MAX * MLFQ_LEVELS_MAX };

/* A line: of a group of CPUs, and one level of it. */
struct line {
    int group, level;
};

static int levels_of(const struct scene *s)
{
    const struct scheduler *keys = world_scheduler(s->world);
    return keys->name == POLICY_mlfq ? keys->levels : 1;
}

int ready_lines(const struct scene *s)
{
    return s->world->head->groups * levels_of(s);
}

bool ready_is_plain(const struct scene *s)
{
    enum policy_name policy = world_scheduler(s->world)->name;
    return s->world->head->groups == 1 &&
           (policy == POLICY_rr || policy == POLICY_fcfs);
}

float ready_line_height(const struct scene *s)
{
    return s->ui->theme->big ? 42 : 30;
}

/* ---- who stands in a line ---- */

static const struct queue *queue_of(const struct scene *s, struct line l)
{
    return &s->world->ready[l.group * READY_LINES + l.level];
}

/* Those who stand in a line, from its head on, and what they stand there with. */
struct standing {
    int n, all; /* as many are looked at; so many there are */
    int who[ORDER_SHOWN];
    const char *number[ORDER_SHOWN]; /* "": none */
};

/* Levels are lines of the world; the rest the policy has to sort. */
static void who_stands(const struct scene *s, struct line l,
                       struct standing *to)
{
    to->all = queue_of(s, l)->count;
    if (levels_of(s) > 1) {
        to->n = world_queue(s->world, queue_of(s, l), to->who, ORDER_SHOWN);
        return;
    }
    const struct present_order *o = present_ready(s->present, l.group);
    to->n = o->count;
    memcpy(to->who, o->who, (size_t)o->count * sizeof *o->who);
}

/* While somebody is to say who runs next, the order does not. */
static void veil_order(struct standing *st)
{
    for (int i = 1; i < st->n; i++)
        for (int k = i; k > 0 && st->who[k] < st->who[k - 1]; k--) {
            int kept = st->who[k];
            st->who[k] = st->who[k - 1];
            st->who[k - 1] = kept;
        }
}

/* ---- numbers ---- */

static const char *figure_text(const struct scene *s, struct shown_figure f)
{
    struct str text = {0};
    if (figure_is_none(f.kind, f.value))
        return f.kind == FIGURE_FRACTION ? "∞" : "–";
    shown_write(&f, 2, &text);
    const char *kept = ui_format(s->ui, "%s", str_text(&text));
    str_free(&text);
    return kept;
}

/* Which numbers its tickets have in a draw, of which `before` are of others;
 * where affinity decides who takes part in it, they are not known. */
static const char *tickets_text(const struct scene *s, int64_t tickets,
                                int64_t before)
{
    if (s->scenario->is_affine)
        return scene_number(s, tickets);
    return ui_format(s->ui, tickets > 1 ? "%lld–%lld" : "%lld",
                     (long long)before, (long long)(before + tickets - 1));
}

/* Its deadline, and of who is ahead of his share by how much he is. */
static const char *eligible_text(const struct scene *s, struct shown_figure lag,
                                 struct shown_figure deadline)
{
    const char *due = figure_text(s, deadline);
    return lag.value >= 0
               ? scene_say(s, W_READY_DEADLINE, due)
               : scene_say(s, W_READY_LAG_AND_DEADLINE, figure_text(s, lag), due);
}

/* The number that puts `proc` where it stands; "" if there is none. */
static const char *number_of(const struct scene *s, int proc, int64_t *tickets)
{
    struct moment now = present_moment(s->present);
    enum policy_name policy = world_scheduler(s->world)->name;
    struct shown_figure f;
    if (!world_order_figure(now, proc, &f))
        return "";
    if (policy == POLICY_eevdf)
        return eligible_text(s, world_lag_figure(now, proc), f);
    if (policy != POLICY_lottery)
        return figure_text(s, f);
    *tickets += f.value;
    return tickets_text(s, f.value, *tickets - f.value);
}

static void find_numbers(const struct scene *s, struct standing *st)
{
    int64_t tickets = 0;
    for (int i = 0; i < st->n; i++)
        st->number[i] = number_of(s, st->who[i], &tickets);
}

/* ---- one line ---- */

/* What is shown of each: its token always. */
enum detail { BARE, NUMBERED, NAMED };

static float entry_width(const struct scene *s, const struct standing *st,
                         int i, float r, enum detail detail)
{
    float w = 2 * r + 6;
    const char *number = detail >= NUMBERED ? st->number[i] : "";
    if (number[0])
        w += ui_width(s->ui, TYPE_CAPTION, number) + SPACE_2;
    if (detail == NAMED)
        w += ui_width(s->ui, TYPE_CAPTION, scene_name(s, st->who[i])) + SPACE_2;
    return w;
}

/* The most that fits for all of them; the numbers rather than all of them. */
static enum detail choose_detail(const struct scene *s, float room, float r,
                                 const struct standing *st)
{
    float want = 0;
    for (int i = 0; i < st->n && want <= room; i++)
        want += entry_width(s, st, i, r, NAMED);
    if (want <= room)
        return NAMED;
    return st->n && st->number[0][0] ? NUMBERED : BARE;
}

static void entry(struct scene *s, struct rect cell, const struct standing *st,
                  int i, float r, enum detail detail)
{
    struct ui *ui = s->ui;
    int proc = st->who[i];
    scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r, proc);
    rect_cut_left(&cell, 2 * r + 6);
    if (detail == NAMED) {
        const char *name = scene_name(s, proc);
        float w = ui_width(ui, TYPE_CAPTION, name) + SPACE_1;
        ui_label_short(ui, rect_cut_left(&cell, w), TYPE_CAPTION,
                       ui_tone(ui, TONE_TEXT), ALIGN_LEFT, name);
    }
    if (detail >= NUMBERED)
        ui_label_short(ui, cell, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_LEFT, st->number[i]);
}

/* From the head on; how many more there are where room ends. */
static void entries(struct scene *s, struct rect in, const struct standing *st)
{
    struct ui *ui = s->ui;
    float r = in.h / 2 - 4;
    enum detail detail = choose_detail(s, in.w, r, st);
    for (int i = 0; i < st->n; i++) {
        float need = entry_width(s, st, i, r, detail);
        if (in.w < need + (st->all - i > 1 ? 34 : 0)) {
            ui_label_short(ui, in, TYPE_STRONG, ui_tone(ui, TONE_TEXT),
                           ALIGN_LEFT, ui_format(ui, "+%d", st->all - i));
            return;
        }
        entry(s, rect_cut_left(&in, need), st, i, r, detail);
    }
}

static void track(struct scene *s, struct rect at, struct line l,
                  enum word nobody, const char *label)
{
    struct ui *ui = s->ui;
    draw_box(ui->draw, (struct box){.at = at, .radius = at.h / 2,
                                    .fill = ui_tone(ui, TONE_INSET),
                                    .border = 1,
                                    .line = ui_tone(ui, TONE_HAIRLINE)});
    struct rect in = rect_inset_xy(at, SPACE_3, 0);
    if (!queue_of(s, l)->count) {
        ui_label_short(ui, in, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_CENTRE, word(nobody, ui->lang));
        return;
    }
    if (label)
        rect_cut_left(&in, ui_label(ui, in, TYPE_CAPTION, TONE_MUTED, label) +
                               SPACE_2);
    struct standing st = {0};
    who_stands(s, l, &st);
    if (scene_veiled(s))
        veil_order(&st);
    find_numbers(s, &st);
    entries(s, in, &st);
}

void ready_draw_line(struct scene *s, struct rect at, const char *label)
{
    track(s, at, (struct line){0, 0}, W_QUEUE_EMPTY, label);
}

/* ---- all lines ---- */

static const char *line_label(const struct scene *s, struct line l)
{
    const struct world_head *h = s->world->head;
    bool levels = levels_of(s) > 1;
    if (h->groups > 1 && levels)
        return scene_say(s, W_READY_OF_BOTH, l.group, l.level);
    if (h->groups > 1)
        return scene_say(s, W_READY_OF_CPU, l.group);
    return levels ? scene_say(s, W_READY_OF_LEVEL, l.level) : "";
}

const char *ready_heading(const struct scene *s)
{
    static const enum word by[POLICY_COUNT] = {
        [POLICY_fcfs] = W_BY_since,      [POLICY_rr] = W_BY_since,
        [POLICY_sjf] = W_BY_burst,       [POLICY_srtf] = W_BY_left,
        [POLICY_hrrn] = W_BY_ratio,      [POLICY_priority] = W_BY_priority,
        [POLICY_stride] = W_BY_pass,     [POLICY_cfs] = W_BY_vruntime,
        [POLICY_edf] = W_BY_deadline,    [POLICY_rm] = W_BY_period,
    };
    enum policy_name policy = world_scheduler(s->world)->name;
    if (policy == POLICY_mlfq)
        return word(W_READY_BY_LEVEL, s->ui->lang);
    if (policy == POLICY_lottery)
        return word(s->scenario->is_affine ? W_READY_BY_TICKETS : W_READY_BY_DRAW,
                    s->ui->lang);
    if (policy == POLICY_xv6)
        return word(W_READY_BY_SCAN, s->ui->lang);
    if (policy == POLICY_eevdf)
        return word(W_READY_BY_ELIGIBLE, s->ui->lang);
    return scene_say(s, W_READY_BY, word(by[policy], s->ui->lang));
}

/* All lines if they fit; else those in which somebody stands, in their order.
 * Returns how many it has written; *more: how many of these have no room. */
static int choose_lines(const struct scene *s, int fit,
                        struct line lines[LINES_MOST], int *more)
{
    int all = ready_lines(s), levels = levels_of(s), n = 0;
    for (int i = 0; i < all; i++) {
        struct line l = {i / levels, i % levels};
        if (all <= fit || queue_of(s, l)->count)
            lines[n++] = l;
    }
    if (!n)
        lines[n++] = (struct line){0, 0};
    *more = n > fit ? n - (fit > 1 ? fit - 1 : fit) : 0;
    return n - *more;
}

static float line_step(const struct scene *s)
{
    return ready_line_height(s) + (ready_lines(s) > 1 ? 2 : 4);
}

float ready_height(const struct scene *s, int most)
{
    int n = ready_lines(s) < most ? ready_lines(s) : most;
    return ui_leading(s->ui, TYPE_CAPTION) + 2 + line_step(s) * (float)n;
}

void ready_draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    struct line lines[LINES_MOST];
    float step = line_step(s), label = 0;
    ui_label_short(ui, rect_cut_top(&at, ui_leading(ui, TYPE_CAPTION) + 2),
                   TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   ready_heading(s));
    int fit = (int)fmaxf(at.h / step, 1), more;
    int n = choose_lines(s, fit, lines, &more);
    for (int i = 0; i < n; i++)
        label = fmaxf(label, ui_width(ui, TYPE_CAPTION, line_label(s, lines[i])));
    for (int i = 0; i < n; i++) {
        struct rect row = rect_cut_top(&at, step);
        rect_cut_bottom(&row, step - ready_line_height(s));
        if (label > 0)
            ui_label(ui, rect_cut_left(&row, label + SPACE_2), TYPE_CAPTION,
                     TONE_MUTED, line_label(s, lines[i]));
        track(s, row, lines[i], W_QUEUE_NOBODY, NULL);
    }
    if (more)
        ui_label_short(ui, at, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_LEFT, scene_say(s, W_READY_MORE_LINES, more));
}
