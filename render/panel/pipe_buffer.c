/* pipe_buffer.c: what is in a pipe. The next byte to be read stands at the
 * right. A few bytes are shown one by one; more as pages, which is how the
 * kernel counts what is full. */
#include "render/panel/pipe.h"

#include "render/motion.h"

#include <ctype.h>
#include <math.h>

enum { CELLS_MOST = 64 };

/* "a", "↵", "·", "7f": what a byte looks like in a cell. */
const char *pipe_byte_text(struct ui *ui, unsigned char b)
{
    if (b == '\n')
        return "↵";
    if (b == ' ')
        return "·";
    return isprint(b) ? ui_format(ui, "%c", b) : ui_format(ui, "%02x", b);
}

enum { CELL_GAP = 2 };

/* The width of one of `n` cells: wide while there is room. */
float pipe_cell_width(const struct scene *s, struct rect in, size_t n)
{
    float best = fminf(ui_leading(s->ui, TYPE_CODE) * 1.25f, in.h);
    return fminf(best, in.w / (float)(n ? n : 1) - CELL_GAP);
}

/* As many as that may be shown one by one: two digits fit into each. */
int64_t pipe_cells_most(const struct scene *s, struct rect in)
{
    float least = ui_width(s->ui, TYPE_CODE_STRONG, "00") + 2 + CELL_GAP;
    int64_t fit = (int64_t)(in.w / least);
    return fit < CELLS_MOST ? fit : CELLS_MOST;
}

static void byte_cells(struct scene *s, struct rect in, int pipe, size_t n)
{
    struct ui *ui = s->ui;
    unsigned char bytes[CELLS_MOST];
    n = world_pipe_bytes(s->world, pipe, bytes, n);
    float w = pipe_cell_width(s, in, n);
    size_t first = (size_t)pipe_flow_hides(s, pipe, EV_GET);
    size_t last = n - (size_t)pipe_flow_hides(s, pipe, EV_PUT);
    for (size_t i = first; i < last; i++) {
        struct rect cell = {in.x + in.w - (float)(i + 1) * (w + CELL_GAP), in.y,
                            w, in.h};
        cell = rect_middle(cell, w, fminf(in.h, ui_leading(ui, TYPE_CODE) * 1.5f));
        draw_box(ui->draw, (struct box){.at = cell, .radius = 4,
                                        .fill = ui_tone(ui, TONE_WARN_SOFT),
                                        .border = 1,
                                        .line = ui_tone(ui, TONE_WARN)});
        ui_label_short(ui, cell, TYPE_CODE_STRONG, ui_tone(ui, TONE_TEXT),
                       ALIGN_CENTRE, pipe_byte_text(ui, bytes[i]));
    }
}

/* Pages from the right: each as full as it is; what was read from its front
 * is not given back, and stays hatched. */
static void pages(struct scene *s, struct rect in, const struct pipe *p)
{
    struct ui *ui = s->ui;
    int n = p->slots, pipe = (int)(p - s->world->pipe);
    float w = in.w / (float)n, share = motion_share(s);
    /* What is on its way fills the pages little by little. */
    float old = (float)pipe_flow_hides(s, pipe, EV_GET) * share, passed = 0;
    float all = (float)p->bytes -
                (float)pipe_flow_hides(s, pipe, EV_PUT) * (1 - share);
    for (int i = 0; i < p->used && i < n; i++) {
        const struct pipe_page *page =
            &s->world->page[p->ring + ((p->first + i) & (p->room - 1))];
        struct rect cell = {in.x + in.w - (float)(i + 1) * w + 0.5f, in.y,
                            fmaxf(w - 1, 1), in.h};
        float length = (float)(page->end - page->start);
        float first = fminf(fmaxf(old - passed, 0), length);
        float last = fmaxf(fminf(all - passed, length), first);
        float from = cell.h * ((float)page->start + first) / PIPE_PAGE;
        float to = cell.h * ((float)page->start + last) / PIPE_PAGE;
        passed += length;
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

static const char *nothing(const struct scene *s, struct rect in, bool is_gone)
{
    if (!is_gone)
        return word(W_PIPE_EMPTY, s->ui->lang);
    const char *gone = word(W_PIPE_GONE, s->ui->lang);
    bool fits = ui_width(s->ui, TYPE_STRONG, gone) <= in.w;
    return fits ? gone : word(W_PIPE_GONE_SHORT, s->ui->lang);
}

void pipe_buffer_draw(struct scene *s, struct rect at, int pipe)
{
    struct ui *ui = s->ui;
    const struct pipe *p = &s->world->pipe[pipe];
    bool is_gone = world_pipe_gone(s->world, pipe);
    draw_box(ui->draw,
             (struct box){.at = at, .radius = 8, .fill = ui_tone(ui, TONE_INSET),
                          .border = ui->theme->line,
                          .line = ui_tone(ui, is_gone ? TONE_FAINT
                                                         : TONE_STRONG),
                          .dash = is_gone ? 4 : 0});
    struct rect in = rect_inset(at, 5);
    bool is_empty = p->bytes == 0 || is_gone;
    if (is_empty && !pipe_flows(s, pipe))
        ui_label_in(ui, in, TYPE_STRONG, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                    nothing(s, in, is_gone));
    else if (!is_empty && p->bytes <= pipe_cells_most(s, in))
        byte_cells(s, in, pipe, (size_t)p->bytes);
    else if (!is_empty)
        pages(s, in, p);
    pipe_flow_draw(s, in, pipe);
}
