/* pipe.c: a pipe as what it is: the kernel's buffer between descriptors.
 *
 * Bytes come in at the left, through p[1], and leave at the right, through
 * p[0] (pipe_buffer.c). Below stands how full it is, in the model and in the
 * kernel, who holds which end open (pipe_ends.c), and who sleeps at it. */
#include "render/panel/pipe.h"

#include "render/link.h"

#include <math.h>

enum { WAITERS_SHOWN = 8 };

/* ---- words below ---- */

/* "5 bytes · 1 of 16 pages", or less, and "kernel: 5" if it was asked. */
struct level {
    const char *text, *kernel;
    float text_width, kernel_width;
    enum tone ink;
};

static struct level level_of(const struct scene *s, int pipe, bool brief,
                             float room)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    bool one = p->bytes == 1;
    const char *bytes = scene_number(s, p->bytes);
    struct level v = {.text = NULL};
    v.text = brief ? scene_say(s, one ? W_ARROW_BYTE : W_ARROW_BYTES, bytes)
                   : scene_say(s, one ? W_PIPE_LEVEL_ONE : W_PIPE_LEVEL, bytes,
                               p->used, p->slots);
    v.text_width = ui_width(ui, TYPE_CAPTION, v.text);
    const struct event *seen = scene_evidence(s, SEEN_BYTES, NONE, pipe);
    if (!seen || world_pipe_gone(s->world, pipe))
        return v;
    const char *number = scene_number(s, seen->val);
    v.ink = seen->val == p->bytes ? TONE_OK : TONE_ERROR;
    v.kernel = scene_say(s, W_PIPE_FIONREAD, number);
    if (brief ||
        v.text_width + SPACE_3 + ui_width(ui, TYPE_STRONG, v.kernel) > room)
        v.kernel = scene_say(s, W_PIPE_KERNEL, number);
    v.kernel_width = SPACE_3 + ui_width(ui, TYPE_STRONG, v.kernel);
    return v;
}

static void level(struct scene *s, struct rect row, int pipe, bool brief)
{
    struct ui *ui = s->ui;
    if (world_pipe_gone(s->world, pipe))
        return;
    struct level v = level_of(s, pipe, brief, row.w);
    float all = v.text_width + v.kernel_width;
    /* Where it is narrow they move closer together before one is cut. */
    float over = fminf(fmaxf(all - row.w, 0), SPACE_3 - 2);
    struct rect mid = rect_middle(row, fminf(all - over, row.w), row.h);
    ui_label_short(ui, mid, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   v.text);
    rect_cut_left(&mid, v.text_width + SPACE_3 - over);
    if (v.kernel)
        ui_label_short(ui, mid, TYPE_STRONG, ui_tone(ui, v.ink), ALIGN_LEFT,
                       v.kernel);
}

/* One line of sleepers at a pipe, and what is said of them. */
struct sleepers {
    const struct queue *line;
    enum word what;
};

/* Those at a pipe: at most one of its lines has any. Who opens a FIFO waits
 * for the other side as well. */
static struct sleepers sleepers_of(const struct scene *s, int pipe)
{
    const struct pipe *p = &s->world->pipe[pipe];
    const struct inode *f =
        p->inode == NONE ? NULL : &s->world->inode[p->inode];
    if (p->read_wait.count)
        return (struct sleepers){&p->read_wait, W_PIPE_SLEEPS_READ};
    if (f && f->open_read.count)
        return (struct sleepers){&f->open_read, W_FIFO_TO_READ};
    if (f && f->open_write.count)
        return (struct sleepers){&f->open_write, W_FIFO_TO_WRITE};
    return (struct sleepers){&p->write_wait, W_PIPE_SLEEPS_WRITE};
}

/* Who sleeps at it, in the order in which they will be served. */
static bool waiters(struct scene *s, struct rect row, int pipe)
{
    struct ui *ui = s->ui;
    int who[WAITERS_SHOWN];
    struct sleepers at = sleepers_of(s, pipe);
    const struct queue *q = at.line;
    int n = world_queue(s->world, q, who, WAITERS_SHOWN);
    if (!n)
        return false;
    struct str list = {0};
    for (int i = 0; i < n; i++)
        str_addf(&list, "%s%s", i ? word(W_LIST_COMMA, ui->lang) : "",
                 scene_name(s, who[i]));
    if (q->count > n)
        str_addf(&list, " +%d", q->count - n);
    const char *text = scene_say(s, at.what, str_text(&list));
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

/* Whether another pipe goes by the same name: then its maker says which. */
static bool is_ambiguous(const struct scene *s, int pipe)
{
    const struct pipe *all = s->world->pipe;
    for (int i = 0; i < s->world->head->pipes; i++)
        if (i != pipe && all[i].var == all[pipe].var && all[i].var != NONE)
            return true;
    return false;
}

/* "catcher: " in the room there is: the name, or the token. Returns its
 * width. */
static float maker(struct scene *s, struct rect row, int pipe, float most)
{
    struct ui *ui = s->ui;
    int proc = s->world->pipe[pipe].maker;
    if (proc < 0 || !is_ambiguous(s, pipe))
        return 0;
    const char *text = scene_say(s, W_PIPE_OF, scene_name(s, proc));
    float w = ui_width(ui, TYPE_STRONG, text) + 2, r = row.h / 2 - 3;
    if (w > most) {
        scene_token(s, (struct point){row.x + r, row.y + row.h / 2}, r, proc);
        return 2 * r + 4;
    }
    row.w = w;
    ui_label_in(ui, row, TYPE_STRONG, theme_process(ui->theme, proc).text,
                ALIGN_LEFT, text);
    return w;
}

/* "p[1]"; the ends of a FIFO have no names of their own. */
static const char *end_name(const struct scene *s, int pipe, int end)
{
    const char *name = scene_pipe_name(s, pipe);
    bool fifo = s->world->pipe[pipe].inode != NONE;
    return fifo ? name : ui_format(s->ui, "%s[%d]", name, end);
}

/* Shares `room` between those who hold the two ends: each gets what it needs,
 * then what it would like, and what is left over is the writers'. */
static float reader_room(const struct scene *s, float room, int pipe,
                         float height)
{
    struct span_want in = holders_want(s, pipe, DESC_PIPE_WRITE, height);
    struct span_want out = holders_want(s, pipe, DESC_PIPE_READ, height);
    float most = fmaxf(room - in.best, room / 2);
    return fmaxf(fminf(fminf(out.best, most), room - in.least),
                 fminf(out.least, room));
}

static void section(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    float small = ui_leading(ui, TYPE_CAPTION);
    float more = at.h - section_height(s);
    struct rect main = rect_cut_top(&at, buffer_height(s) + more);
    const char *in = end_name(s, pipe, 1), *out = end_name(s, pipe, 0);
    float side = fmaxf(ui_width(ui, TYPE_CODE_STRONG, in) + 12,
                       fmaxf(ui_width(ui, TYPE_CAPTION,
                                      word(W_PIPE_WRITE_END, ui->lang)),
                             ui_width(ui, TYPE_CAPTION,
                                      word(W_PIPE_READ_END, ui->lang))) + 6);
    end_draw(s, rect_cut_left(&main, side), in, pipe, DESC_PIPE_WRITE);
    end_draw(s, rect_cut_right(&main, side), out, pipe, DESC_PIPE_READ);
    pipe_buffer_draw(s, rect_inset_xy(main, 4, 4), pipe);
    struct rect line = rect_cut_top(&at, small);
    rect_cut_left(&line, maker(s, line, pipe, line.w * 0.3f));
    level(s, line, pipe, false);
    rect_cut_top(&at, 2);
    struct rect row = rect_cut_top(&at, small + 4);
    if (!world_pipe_gone(s->world, pipe)) {
        float room = reader_room(s, row.w - SPACE_2, pipe, row.h);
        struct rect right = rect_cut_right(&row, room);
        rect_cut_right(&row, SPACE_2);
        holders_draw(s, row, pipe, DESC_PIPE_WRITE);
        holders_draw(s, right, pipe, DESC_PIPE_READ);
    }
    waiters(s, rect_cut_top(&at, ui_leading(ui, TYPE_STRONG)), pipe);
}

/* Two lines instead of five, for several pipes in little room: the buffer
 * between its ends' names; below, who holds them, and who sleeps or how full
 * it is in the middle. */
static float compact_main(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CODE) + 6;
}

static float compact_height(const struct scene *s)
{
    return compact_main(s) + ui_leading(s->ui, TYPE_STRONG) + 4;
}

/* The width that stands between the holders: who sleeps, or how full. */
static float compact_level(const struct scene *s, int pipe)
{
    struct level v = level_of(s, pipe, true, 0);
    int asleep = sleepers_of(s, pipe).line->count;
    float w = asleep ? ui_width(s->ui, TYPE_STRONG,
                                scene_say(s, W_PIPE_ASLEEP, asleep))
                     : v.text_width + v.kernel_width;
    return w + SPACE_2;
}

static const char *in_name(const struct scene *s, int pipe)
{
    return ui_format(s->ui, "%s →", end_name(s, pipe, 1));
}

static const char *out_name(const struct scene *s, int pipe)
{
    return ui_format(s->ui, "→ %s", end_name(s, pipe, 0));
}

static void compact(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    struct rect main = rect_cut_top(&at, compact_main(s));
    float side = 0; /* the same for all, so that their buffers stand in line */
    for (int i = 0; i < s->world->head->pipes && i < 16; i++)
        side = fmaxf(side, ui_width(ui, TYPE_CODE_STRONG,
                                    in_name(s, i)) + SPACE_2);
    rect_cut_left(&main, maker(s, main, pipe, main.w * 0.24f));
    ui_label_in(ui, rect_cut_left(&main, side), TYPE_CODE_STRONG,
                ui_tone(ui, TONE_TEXT), ALIGN_LEFT, in_name(s, pipe));
    ui_label_in(ui, rect_cut_right(&main, side), TYPE_CODE_STRONG,
                ui_tone(ui, TONE_TEXT), ALIGN_RIGHT, out_name(s, pipe));
    pipe_buffer_draw(s, main, pipe);
    if (world_pipe_gone(s->world, pipe))
        return;
    rect_cut_top(&at, 4);
    float room = at.w - compact_level(s, pipe) - 2 * SPACE_2;
    float out = reader_room(s, room, pipe, at.h);
    struct span_want in = holders_want(s, pipe, DESC_PIPE_WRITE, at.h);
    holders_draw(s, rect_cut_left(&at, fminf(in.best, room - out)), pipe,
                 DESC_PIPE_WRITE);
    holders_draw(s, rect_cut_right(&at, out), pipe, DESC_PIPE_READ);
    if (!waiters(s, at, pipe))
        level(s, at, pipe, true);
}

/* What a pipe takes of the list; one that is gone is only its name. */
static float item_height(const struct scene *s, int pipe, bool small)
{
    if (world_pipe_gone(s->world, pipe))
        return compact_main(s);
    return small ? compact_height(s) : section_height(s);
}

enum { ITEM_GAP = 12 };

/* Which pipes are shown, the gone ones behind the others. The buffer of a FIFO
 * that nobody has open is not there at all. */
struct shown {
    const int *pipe;
    int count;
};

static struct shown all_shown(const struct scene *s)
{
    int n = s->world->head->pipes;
    int *list = arena_alloc(&s->ui->frame, (size_t)(n + 1) * sizeof *list);
    struct shown all = {list, 0};
    for (int i = 0; i < 2 * n; i++) {
        bool gone = world_pipe_gone(s->world, i % n);
        bool fifo = s->world->pipe[i % n].inode != NONE;
        if (gone == (i >= n) && !(gone && fifo))
            list[all.count++] = i % n;
    }
    return all;
}

static float items_height(const struct scene *s, struct shown all, bool small)
{
    float h = ITEM_GAP * (float)(all.count - 1);
    for (int i = 0; i < all.count; i++)
        h += item_height(s, all.pipe[i], small);
    return h;
}

static void several(struct scene *s, struct rect in, struct shown all)
{
    bool small = items_height(s, all, false) > in.h;
    struct rect list = ui_scroll_begin(s->ui, ui_make_id("pipes", 0), in,
                                       items_height(s, all, small),
                                       &s->view->scroll[PANEL_PIPE]);
    for (int i = 0; i < all.count; i++) {
        int pipe = all.pipe[i];
        struct rect r = rect_cut_top(&list, item_height(s, pipe, small));
        rect_cut_top(&list, ITEM_GAP);
        link_ground(s, r, PANEL_PIPE, pipe);
        if (small || world_pipe_gone(s->world, pipe))
            compact(s, r, pipe);
        else
            section(s, r, pipe);
        link_click(s, r, PANEL_PIPE, pipe);
    }
    ui_scroll_end(s->ui);
}

static enum word title_of(const struct lesson_about *about)
{
    return !about->fifos  ? W_PANEL_PIPE
           : about->pipes ? W_PANEL_PIPES
                          : W_PANEL_FIFOS;
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    struct lesson_about about = lesson_about(s->scenario);
    struct shown all = all_shown(s);
    const char *remark = NULL;
    if (all.count == 1) {
        const struct pipe *p = &s->world->pipe[all.pipe[0]];
        remark = scene_say(s, W_PIPE_BUFFER,
                           scene_number(s, (int64_t)p->slots * PIPE_PAGE));
    }
    struct rect in = scene_card(s, at, title_of(&about), remark);
    if (!all.count) {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(about.pipes ? W_PIPE_NONE : W_FIFO_NOBODY,
                            ui->lang));
        return;
    }
    if (all.count > 1) {
        several(s, in, all);
        return;
    }
    float h = fminf(in.h, section_height(s) * 1.4f);
    struct rect one = rect_middle(in, in.w, h);
    link_ground(s, one, PANEL_PIPE, all.pipe[0]);
    section(s, one, all.pipe[0]);
    link_click(s, one, PANEL_PIPE, all.pipe[0]);
}

static bool wanted(const struct lesson_about *about)
{
    return about->buffers;
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
