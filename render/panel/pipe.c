/* pipe.c: a pipe as what it is: the kernel's buffer between descriptors.
 *
 * Bytes come in at the left, through p[1], and leave at the right, through
 * p[0]; the next one to be read stands at the right. A few bytes are shown one
 * by one; more as pages, which is how the kernel counts what is full. Below
 * stands who holds which end open: end of file and SIGPIPE are about nothing
 * else. */
#include "render/panel.h"

#include <ctype.h>
#include <math.h>

enum { WAITERS_SHOWN = 8, HOLDERS_SHOWN = 6, CELLS_MOST = 64 };

static bool is_gone(const struct pipe *p)
{
    return p->readers == 0 && p->writers == 0;
}

/* ---- the buffer ---- */

/* "a", "↵", "·", "7f": what a byte looks like in a cell. */
static const char *byte_text(struct ui *ui, unsigned char b)
{
    if (b == '\n')
        return "↵";
    if (b == ' ')
        return "·";
    return isprint(b) ? ui_format(ui, "%c", b) : ui_format(ui, "%02x", b);
}

static void byte_cells(struct scene *s, struct rect in, int pipe, size_t n)
{
    struct ui *ui = s->ui;
    unsigned char bytes[CELLS_MOST];
    n = world_pipe_bytes(s->world, pipe, bytes, n);
    float w = fminf(ui_leading(ui, TYPE_CODE) * 1.25f, in.h);
    for (size_t i = 0; i < n; i++) {
        struct rect cell = {in.x + in.w - (float)(i + 1) * (w + 3), in.y, w, in.h};
        cell = rect_middle(cell, w, fminf(in.h, w * 1.2f));
        draw_box(ui->draw, (struct box){.at = cell, .radius = 4,
                                        .fill = ui_tone(ui, TONE_WARN_SOFT),
                                        .border = 1,
                                        .line = ui_tone(ui, TONE_WARN)});
        ui_label_short(ui, cell, TYPE_CODE_STRONG, ui_tone(ui, TONE_TEXT),
                       ALIGN_CENTRE, byte_text(ui, bytes[i]));
    }
}

/* Pages from the right: each as full as it is; what was read from its front
 * is not given back, and stays hatched. */
static void pages(struct scene *s, struct rect in, const struct pipe *p)
{
    struct ui *ui = s->ui;
    int n = p->slots;
    float w = in.w / (float)n;
    for (int i = 0; i < p->used && i < n; i++) {
        const struct pipe_page *page =
            &s->world->page[p->ring + ((p->first + i) & (p->room - 1))];
        struct rect cell = {in.x + in.w - (float)(i + 1) * w + 0.5f, in.y,
                            fmaxf(w - 1, 1), in.h};
        float from = cell.h * (float)page->start / PIPE_PAGE;
        float to = cell.h * (float)page->end / PIPE_PAGE;
        struct rect full = {cell.x, cell.y + cell.h - to, cell.w, to - from};
        struct rect read = {cell.x, cell.y + cell.h - from, cell.w, from};
        draw_box(ui->draw, (struct box){.at = full,
                                        .fill = ui_tone(ui, TONE_ACCENT)});
        draw_box(ui->draw, (struct box){.at = read, .pattern = PATTERN_HATCH,
                                        .ink = ui_tone(ui, TONE_LINE)});
    }
    for (int i = 1; i < n && w > 6; i++)
        draw_rect(ui->draw,
                  (struct rect){in.x + w * (float)i, in.y, 1, in.h},
                  ui_tone(ui, TONE_HAIRLINE));
}

static void buffer(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    draw_box(ui->draw,
             (struct box){.at = at, .radius = 8, .fill = ui_tone(ui, TONE_INSET),
                          .border = ui->theme->line,
                          .line = ui_tone(ui, is_gone(p) ? TONE_FAINT
                                                         : TONE_STRONG),
                          .dash = is_gone(p) ? 4 : 0});
    struct rect in = rect_inset(at, 5);
    float cell = fminf(ui_leading(ui, TYPE_CODE) * 1.25f, in.h) + 3;
    int64_t fit = (int64_t)(in.w / cell);
    if (fit > CELLS_MOST)
        fit = CELLS_MOST;
    if (p->bytes == 0 || is_gone(p))
        ui_label_short(ui, in, TYPE_STRONG, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(is_gone(p) ? W_PIPE_GONE : W_PIPE_EMPTY, ui->lang));
    else if (p->bytes <= fit)
        byte_cells(s, in, pipe, (size_t)p->bytes);
    else
        pages(s, in, p);
}

/* ---- the ends ---- */

/* The first descriptor of `proc` for that end: its number, -1: none. */
static int end_of(const struct scene *s, int proc, int pipe, enum desc_kind end)
{
    const struct world *w = s->world;
    const struct fd *fd = &w->fd[(int64_t)proc * w->head->fds];
    for (int f = 0; f < w->head->fds; f++) {
        if (fd[f].desc == NONE)
            continue;
        const struct desc *d = &w->desc[fd[f].desc];
        if (d->kind == (int)end && d->object == pipe)
            return f;
    }
    return -1;
}

/* Who holds an end open: tokens, each with its descriptor's number. */
static void holders(struct scene *s, struct rect row, int pipe,
                    enum desc_kind end, bool brief)
{
    bool right = end == DESC_PIPE_READ;
    struct ui *ui = s->ui;
    float r = fminf(row.h / 2 - 2, ui->theme->big ? 16 : 10);
    int shown = 0, all = 0;
    row = rect_inset_xy(row, 4, 0);
    for (int i = 0; i < s->world->head->procs; i++) {
        if (s->world->task[i].state == TERMINATED)
            continue;
        int fd = end_of(s, i, pipe, end);
        if (fd < 0)
            continue;
        all++;
        const char *text = ui_format(ui, "%s fd %d", scene_name(s, i), fd);
        if (brief)
            text = ui_format(ui, "fd %d", fd);
        float need = 2 * r + 5 + ui_width(ui, TYPE_CAPTION, text) + SPACE_2;
        if (row.w < need || shown == HOLDERS_SHOWN)
            continue;
        struct rect cell = right ? rect_cut_right(&row, need)
                                 : rect_cut_left(&row, need);
        scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r, i);
        rect_cut_left(&cell, 2 * r + 5);
        ui_label_short(ui, cell, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                       ALIGN_LEFT, text);
        shown++;
    }
    enum align align = right ? ALIGN_RIGHT : ALIGN_LEFT;
    if (shown && right)
        rect_cut_right(&row, SPACE_2);
    if (!all)
        ui_label_short(ui, row, TYPE_STRONG, ui_tone(ui, TONE_ERROR), align,
                       word(end == DESC_PIPE_READ ? W_PIPE_NO_READER
                                                  : W_PIPE_NO_WRITER,
                            ui->lang));
    else if (all > shown)
        ui_label_short(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), align,
                       ui_format(ui, "+%d", all - shown));
}

/* "p[1]" over an arrow. A pipe without that end has a cross instead. */
static void end_arrow(struct scene *s, struct rect at, const char *name,
                      enum word what, bool open)
{
    struct ui *ui = s->ui;
    float line = ui_leading(ui, TYPE_CODE), small = ui_leading(ui, TYPE_CAPTION);
    struct rect in = rect_middle(at, at.w, line + 8 + small);
    in.y = fmaxf(in.y, at.y);
    ui_label_in(ui, rect_cut_top(&in, line), TYPE_CODE_STRONG,
                ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, name);
    struct rect mid = rect_cut_top(&in, 8);
    float y = mid.y + 4;
    colour ink = ui_tone(ui, open ? TONE_STRONG : TONE_ERROR);
    draw_line(ui->draw, (struct point){at.x + 2, y},
              (struct point){at.x + at.w - 3, y},
              (struct stroke){.line = ink, .width = ui->theme->line,
                              .dash = open ? 0 : 4, .head = open ? 9 : 0});
    if (!open)
        icon_draw(ui->draw, ICON_CROSS, rect_middle(mid, 14, 14), ink);
    ui_label_short(ui, in, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                   word(what, ui->lang));
}

/* ---- words below ---- */

/* "5 bytes · 1 of 16 pages · kernel: 5". */
static void level(struct scene *s, struct rect row, int pipe, bool brief)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    if (is_gone(p))
        return;
    const char *text =
        scene_say(s, p->bytes == 1 ? W_PIPE_LEVEL_ONE : W_PIPE_LEVEL,
                  scene_number(s, p->bytes), p->used, p->slots);
    if (brief)
        text = scene_say(s, p->bytes == 1 ? W_ARROW_BYTE : W_ARROW_BYTES,
                         scene_number(s, p->bytes));
    const struct event *seen = scene_evidence(s, SEEN_BYTES, NONE, pipe);
    float w = ui_width(ui, TYPE_CAPTION, text);
    const char *kernel =
        seen ? scene_say(s, brief ? W_PIPE_KERNEL : W_PIPE_FIONREAD,
                         scene_number(s, seen->val))
             : "";
    float more = seen ? ui_width(ui, TYPE_STRONG, kernel) + SPACE_3 : 0;
    if (seen && !brief && w + more > row.w) {
        kernel = scene_say(s, W_PIPE_KERNEL, scene_number(s, seen->val));
        more = ui_width(ui, TYPE_STRONG, kernel) + SPACE_3;
    }
    struct rect mid = rect_middle(row, fminf(w + more, row.w), row.h);
    ui_label_short(ui, mid, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   text);
    if (!seen)
        return;
    enum tone ink = seen->val == p->bytes ? TONE_OK : TONE_ERROR;
    rect_cut_left(&mid, w + SPACE_3);
    ui_label_short(ui, mid, TYPE_STRONG, ui_tone(ui, ink), ALIGN_LEFT, kernel);
}

/* Who sleeps at it, in the order in which they will be served. */
static bool waiters(struct scene *s, struct rect row, int pipe)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    int who[WAITERS_SHOWN];
    bool reading = p->read_wait.count > 0;
    const struct queue *q = reading ? &p->read_wait : &p->write_wait;
    int n = world_queue(s->world, q, who, WAITERS_SHOWN);
    if (!n)
        return false;
    struct str list = {0};
    for (int i = 0; i < n; i++)
        str_addf(&list, "%s%s", i ? word(W_LIST_COMMA, ui->lang) : "",
                 scene_name(s, who[i]));
    if (q->count > n)
        str_addf(&list, " +%d", q->count - n);
    const char *text =
        scene_say(s, reading ? W_PIPE_SLEEPS_READ : W_PIPE_SLEEPS_WRITE,
                  str_text(&list));
    str_free(&list);
    if (ui_width(ui, TYPE_STRONG, text) > row.w)
        text = scene_say(s, W_PIPE_ASLEEP, q->count);
    ui_label_short(ui, row, TYPE_STRONG, ui_tone(ui, TONE_ERROR), ALIGN_CENTRE,
                   text);
    return true;
}

static float buffer_height(const struct scene *s)
{
    const struct ui *ui = s->ui;
    return ui_leading(ui, TYPE_CODE) + ui_leading(ui, TYPE_CAPTION) + 14;
}

static float section_height(const struct scene *s)
{
    const struct ui *ui = s->ui;
    return buffer_height(s) + 2 * ui_leading(ui, TYPE_CAPTION) + 8 +
           ui_leading(ui, TYPE_STRONG);
}

static void section(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    const char *name = scene_pipe_name(s, pipe);
    float small = ui_leading(ui, TYPE_CAPTION);
    float more = at.h - section_height(s);
    struct rect main = rect_cut_top(&at, buffer_height(s) + more);
    const char *in_name = ui_format(ui, "%s[1]", name);
    const char *out_name = ui_format(ui, "%s[0]", name);
    float side = fmaxf(ui_width(ui, TYPE_CODE_STRONG, in_name) + 12,
                       fmaxf(ui_width(ui, TYPE_CAPTION,
                                      word(W_PIPE_WRITE_END, ui->lang)),
                             ui_width(ui, TYPE_CAPTION,
                                      word(W_PIPE_READ_END, ui->lang))) + 6);
    end_arrow(s, rect_cut_left(&main, side), in_name, W_PIPE_WRITE_END,
              p->writers > 0);
    end_arrow(s, rect_cut_right(&main, side), out_name, W_PIPE_READ_END,
              p->readers > 0);
    buffer(s, rect_inset_xy(main, 4, 4), pipe);
    level(s, rect_cut_top(&at, small), pipe, false);
    rect_cut_top(&at, 2);
    struct rect row = rect_cut_top(&at, small + 4);
    if (!is_gone(p)) {
        holders(s, rect_column(row, 0, 2, SPACE_2), pipe, DESC_PIPE_WRITE, false);
        holders(s, rect_column(row, 1, 2, SPACE_2), pipe, DESC_PIPE_READ, false);
    }
    waiters(s, rect_cut_top(&at, ui_leading(ui, TYPE_STRONG)), pipe);
}

/* Two lines instead of five, for several pipes in little room: the buffer
 * between its ends' names; below, who holds them, and who sleeps or how full
 * it is in the middle. */
static float compact_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CODE) + 6 + ui_leading(s->ui, TYPE_STRONG) + 4;
}

static void compact(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    const char *name = scene_pipe_name(s, pipe);
    const char *in_name = ui_format(ui, "%s[1] →", name);
    const char *out_name = ui_format(ui, "→ %s[0]", name);
    struct rect main = rect_cut_top(&at, ui_leading(ui, TYPE_CODE) + 6);
    float side = ui_width(ui, TYPE_CODE_STRONG, in_name) + SPACE_2;
    ui_label_in(ui, rect_cut_left(&main, side), TYPE_CODE_STRONG,
                ui_tone(ui, TONE_TEXT), ALIGN_LEFT, in_name);
    ui_label_in(ui, rect_cut_right(&main, side), TYPE_CODE_STRONG,
                ui_tone(ui, TONE_TEXT), ALIGN_RIGHT, out_name);
    buffer(s, main, pipe);
    if (is_gone(&s->world->pipe[pipe]))
        return;
    rect_cut_top(&at, 4);
    struct rect left = rect_cut_left(&at, at.w * 0.28f);
    struct rect right = rect_cut_right(&at, left.w);
    holders(s, left, pipe, DESC_PIPE_WRITE, true);
    holders(s, right, pipe, DESC_PIPE_READ, true);
    if (!waiters(s, at, pipe))
        level(s, at, pipe, true);
}

static void several(struct scene *s, struct rect in, int n)
{
    float h = section_height(s), gap = 12;
    bool small = h * (float)n + gap * (float)(n - 1) > in.h;
    if (small)
        h = compact_height(s);
    struct rect all = ui_scroll_begin(s->ui, ui_make_id("pipes", 0), in,
                                      h * (float)n + gap * (float)(n - 1),
                                      &s->view->scroll[PANEL_PIPE]);
    for (int i = 0; i < n; i++) {
        struct rect r = rect_cut_top(&all, h);
        rect_cut_top(&all, gap);
        if (small)
            compact(s, r, i);
        else
            section(s, r, i);
    }
    ui_scroll_end(s->ui);
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    int n = s->world->head->pipes;
    const char *remark =
        n == 1 ? scene_say(s, W_PIPE_BUFFER,
                           scene_number(s, (int64_t)s->world->pipe[0].slots *
                                               PIPE_PAGE))
               : NULL;
    struct rect in = scene_card(s, at, W_PANEL_PIPE, remark);
    if (!n) {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(W_PIPE_NONE, ui->lang));
        return;
    }
    if (n > 1) {
        several(s, in, n);
        return;
    }
    float h = fminf(in.h, section_height(s) * 1.4f);
    section(s, rect_middle(in, in.w, h), 0);
}

static bool wanted(const struct lesson_about *about)
{
    return about->pipes;
}

static struct extent least(const struct scene *s)
{
    return (struct extent){s->ui->theme->big ? 420 : 290,
                           section_height(s) + 24 +
                               ui_leading(s->ui, TYPE_HEADING) + SPACE_2};
}

const struct panel panel_pipe = {
    .title = W_PANEL_PIPE,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
