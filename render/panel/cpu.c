/* cpu.c: who runs, how much of the slice is left, and who waits for a CPU.
 *
 * A CPU is a ring that drains with the slice. One CPU has room for the
 * statement it carries out; many share the room, and with more than eight of
 * them only ring and number are left. */
#include "render/panel/ready.h"

#include <math.h>

enum { WITH_TEXT = 8 };

/* How much of the ring is filled, 0 … 1. */
static float filled(const struct scene *s, const struct cpu *c)
{
    double now = s->travel->clock;
    if (c->next != NONE) {
        double since = (double)c->since, whole = (double)c->switched - since;
        return whole > 0 ? (float)(((double)c->switched - now) / whole) : 0;
    }
    if (c->proc == NONE)
        return 0;
    if (c->slice_end == TICK_NEVER || c->slice_length <= 0 || scene_veiled(s))
        return 1;
    double left = ((double)c->slice_end - now) / (double)c->slice_length;
    return (float)fmin(fmax(left, 0), 1);
}

static void ring(struct scene *s, struct rect at, const struct cpu *c)
{
    struct ui *ui = s->ui;
    float r = fminf(at.w, at.h) / 2 - 1;
    struct point m = {at.x + at.w / 2, at.y + at.h / 2};
    float width = fmaxf(r * 0.24f, 4);
    draw_ring(ui->draw, m, r, width, 0, 1, ui_tone(ui, TONE_PRESSED));
    float part = fminf(fmaxf(filled(s, c), 0), 1);
    colour ink = c->next != NONE ? ui_tone(ui, TONE_LINE)
                                 : ui->theme->states[RUNNING].fill;
    if (part > 0.001f)
        draw_ring(ui->draw, m, r, width, 0, part, ink);
    float token = fminf(r - width - 5, ui->theme->big ? 24 : 19);
    if (c->next != NONE || c->proc != NONE)
        scene_token(s, m, token, c->next != NONE ? c->next : c->proc);
    else
        draw_circle(ui->draw, m, token * 0.5f, 0, 1.5f, ui_tone(ui, TONE_FAINT));
}

/* "2 of 3 left", "no slice", "until t = 9". */
static const char *slice_text(const struct scene *s, const struct cpu *c)
{
    tick now = scene_now(s);
    if (c->next != NONE)
        return scene_say(s, W_CPU_SWITCH_UNTIL, (long long)c->switched);
    if (c->proc == NONE)
        return "";
    if (scene_veiled(s))
        return word(W_PREDICT_HIDDEN, s->ui->lang);
    if (c->slice_end == TICK_NEVER)
        return word(W_CPU_NO_SLICE, s->ui->lang);
    return scene_say(s, W_CPU_SLICE, (long long)(c->slice_end - now),
                     (long long)c->slice_length);
}

static const char *headline(const struct scene *s, int cpu, const struct cpu *c)
{
    if (c->next != NONE)
        return scene_say(s, W_CPU_SWITCHES, cpu, scene_name(s, c->next));
    if (c->proc == NONE)
        return scene_say(s, W_CPU_IDLE, cpu);
    return scene_say(s, W_CPU_RUNS, cpu, scene_name(s, c->proc));
}

/* The statement that the CPU carries out, "" if it carries out none. */
static const char *statement(const struct scene *s, const struct cpu *c)
{
    if (c->proc == NONE || c->next != NONE)
        return "";
    return scene_c(s, s->world->task[c->proc].pc, c->proc);
}

/* Who runs, what, and for how long; the statement only if there is room. */
static void cpu_words(struct scene *s, struct rect at, int cpu)
{
    struct ui *ui = s->ui;
    const struct cpu *c = &s->world->cpu[cpu];
    float heading = ui_leading(ui, TYPE_HEADING), code = ui_leading(ui, TYPE_CODE);
    float small = ui_leading(ui, TYPE_CAPTION);
    const char *code_text = statement(s, c);
    bool with_code = at.h >= heading + code + small && code_text[0];
    struct rect text =
        rect_middle(at, at.w, heading + small + (with_code ? code : 0));
    ui_label_short(ui, rect_cut_top(&text, heading), TYPE_HEADING,
                   ui_tone(ui, TONE_TEXT), ALIGN_LEFT, headline(s, cpu, c));
    if (with_code)
        ui_label_short(ui, rect_cut_top(&text, code), TYPE_CODE,
                       ui_tone(ui, TONE_TEXT), ALIGN_LEFT, code_text);
    ui_label_short(ui, text, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   slice_text(s, c));
}

static void narrow_cell(struct scene *s, struct rect at, int cpu)
{
    struct ui *ui = s->ui;
    struct rect foot = rect_cut_bottom(&at, ui_leading(ui, TYPE_CAPTION));
    ring(s, rect_inset(at, 1), &s->world->cpu[cpu]);
    ui_label_in(ui, foot, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                scene_say(s, W_CPU_NUMBER, cpu));
}

static void wide_cell(struct scene *s, struct rect at, int cpu)
{
    struct rect left = rect_cut_left(&at, fminf(at.h, at.w * 0.4f));
    ring(s, left, &s->world->cpu[cpu]);
    rect_cut_left(&at, SPACE_3);
    cpu_words(s, at, cpu);
}

/* How many columns make cells that are nearest to their best shape. */
static int columns_for(struct rect in, int cells, float shape)
{
    int best = 1;
    float least = HUGE_VALF;
    for (int n = 1; n <= cells; n++) {
        int rows = (cells + n - 1) / n;
        float have = (in.w / (float)n) / (in.h / (float)rows);
        float off = fabsf(logf(have / shape)) + 0.1f * (float)(rows * n - cells);
        if (off < least) {
            least = off;
            best = n;
        }
    }
    return best;
}

static void cells(struct scene *s, struct rect in)
{
    int n = s->world->head->cpus;
    float wide = ui_leading(s->ui, TYPE_HEADING) * 7;
    int cols = columns_for(in, n, 3.2f);
    bool text = n <= WITH_TEXT && in.w / (float)cols >= wide;
    if (!text)
        cols = columns_for(in, n, 0.95f);
    int rows = (n + cols - 1) / cols;
    for (int i = 0; i < n; i++) {
        struct rect row = rect_row(in, i / cols, rows, SPACE_2);
        struct rect cell = rect_column(row, i % cols, cols, SPACE_3);
        if (text)
            wide_cell(s, cell, i);
        else
            narrow_cell(s, cell, i);
    }
}

/* ---- with the queues ---- */

/* One CPU and one queue: the ring at the left, all words right of it. */
static void only_cpu(struct scene *s, struct rect in)
{
    struct ui *ui = s->ui;
    float size = fminf(fminf(in.h, in.w * 0.35f), 150);
    float track = ready_line_height(s), label = ui_leading(ui, TYPE_CAPTION);
    float words = ui_leading(ui, TYPE_HEADING) + ui_leading(ui, TYPE_CODE) + label;
    struct rect left = rect_cut_left(&in, size);
    ring(s, left, &s->world->cpu[0]);
    rect_cut_left(&in, SPACE_4);
    bool labelled = in.h >= words + track + label + SPACE_3;
    float all = words + track + SPACE_1 + (labelled ? label + SPACE_1 : 0);
    struct rect text = rect_middle(in, in.w, fminf(all, in.h));
    struct rect foot = rect_cut_bottom(&text, track);
    ready_draw_line(s, foot,
                    labelled ? NULL : word(W_READY_FIRST, ui->lang));
    if (labelled)
        ui_label_short(ui, rect_cut_bottom(&text, label + 2), TYPE_CAPTION,
                       ui_tone(ui, TONE_MUTED), ALIGN_LEFT, ready_heading(s));
    rect_cut_bottom(&text, SPACE_1);
    cpu_words(s, text, 0);
}

/* The CPUs have at least what their words need; the lines of the queues, of
 * which there may be many, the rest, and the CPUs what those do not use. */
static float queues_height(const struct scene *s, float all)
{
    float words = ui_leading(s->ui, TYPE_HEADING) +
                  ui_leading(s->ui, TYPE_CODE) +
                  ui_leading(s->ui, TYPE_CAPTION);
    float most = fmaxf(all - words * (s->world->head->cpus > 4 ? 2 : 1.1f),
                       all * 0.45f);
    int lines = ready_lines(s);
    while (lines > 1 && ready_height(s, lines) > most)
        lines--;
    return ready_height(s, lines);
}

static void draw(struct scene *s, struct rect at)
{
    struct rect in = scene_card(s, at, W_PANEL_CPU, NULL);
    if (s->world->head->cpus == 1 && ready_is_plain(s)) {
        only_cpu(s, in);
        return;
    }
    struct rect foot = rect_cut_bottom(&in, queues_height(s, in.h));
    rect_cut_bottom(&in, SPACE_2);
    ready_draw(s, foot);
    cells(s, in);
}

static struct extent least(const struct scene *s)
{
    const struct ui *ui = s->ui;
    float card = ui_leading(ui, TYPE_HEADING) + SPACE_2 + 24;
    int n = s->scenario->machine.cpus;
    float words = ui_leading(ui, TYPE_HEADING) + ui_leading(ui, TYPE_CODE) +
                  ui_leading(ui, TYPE_CAPTION);
    float cpus = n == 1 ? words + SPACE_1 : words * (n > 4 ? 2.2f : 1.2f);
    float queues = n == 1 && ready_is_plain(s)
                       ? ready_line_height(s) + SPACE_1
                       : ready_height(s, 3) + SPACE_2;
    return (struct extent){ui->theme->big ? 420 : 290, card + queues + cpus};
}

const struct panel panel_cpu = {
    .title = W_PANEL_CPU,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
