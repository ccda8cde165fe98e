/* pipe_ends.c: who holds an end of a pipe open: end of file and SIGPIPE are
 * about nothing else. So nobody is left out as long as there is any room:
 * first the descriptors' numbers go, then the names. */
#include "render/panel/pipe.h"

#include <math.h>

enum { HOLDERS_MOST = 32 };

/* Who holds an end open. */
struct holders {
    struct {
        int proc, fd;
    } all[HOLDERS_MOST];
    int count;
};

static struct holders holders_of(const struct scene *s, int pipe,
                                 enum desc_kind end)
{
    struct holders h = {.count = 0};
    for (int i = 0; i < s->world->head->procs; i++) {
        int fd = s->world->task[i].state == TERMINATED
                     ? NONE
                     : world_end(s->world, i, pipe, end);
        if (fd == NONE || h.count == HOLDERS_MOST)
            continue;
        h.all[h.count].proc = i;
        h.all[h.count++].fd = fd;
    }
    return h;
}

/* What stands beside a holder's token, the longest first; the number is that
 * of its descriptor. */
enum form { FORM_FULL, FORM_SHORT, FORM_NAME, FORM_NUMBER };

static const char *holder_text(const struct scene *s, const struct holders *h,
                               int i, enum form form)
{
    int fd = h->all[i].fd;
    if (form == FORM_NUMBER)
        return ui_format(s->ui, "%d", fd);
    const char *name = scene_name(s, h->all[i].proc);
    if (form == FORM_NAME)
        return name;
    return ui_format(s->ui, form == FORM_FULL ? "%s fd %d" : "%s %d", name, fd);
}

static float holder_radius(const struct scene *s, float height)
{
    return fminf(height / 2 - 2, s->ui->theme->big ? 16 : 9);
}

static float holder_width(const struct scene *s, const struct holders *h, int i,
                          enum form form, float radius)
{
    return 2 * radius + 4 + SPACE_2 +
           ui_width(s->ui, TYPE_CAPTION, holder_text(s, h, i, form));
}

static float holders_width(const struct scene *s, const struct holders *h,
                           enum form form, float radius)
{
    float w = 8;
    for (int i = 0; i < h->count; i++)
        w += holder_width(s, h, i, form, radius);
    return w;
}

/* A pipe has had both; to a FIFO they may come yet. */
static const char *nobody(const struct scene *s, int pipe, enum desc_kind end)
{
    bool fifo = s->world->pipe[pipe].inode != NONE;
    bool reads = end == DESC_PIPE_READ;
    return word(fifo    ? reads ? W_FIFO_NO_READER : W_FIFO_NO_WRITER
                : reads ? W_PIPE_NO_READER
                        : W_PIPE_NO_WRITER,
                s->ui->lang);
}

struct span_want holders_want(const struct scene *s, int pipe,
                              enum desc_kind end, float height)
{
    struct holders h = holders_of(s, pipe, end);
    float word = ui_width(s->ui, TYPE_STRONG, nobody(s, pipe, end)) + 9;
    float r = holder_radius(s, height);
    if (!h.count)
        return (struct span_want){word, word};
    return (struct span_want){holders_width(s, &h, FORM_NUMBER, r),
                              holders_width(s, &h, FORM_FULL, r)};
}

/* One holder, cut off the end of `row` that its arrow is at. */
static void holder(struct scene *s, struct rect *row, const struct holders *h,
                   int i, enum form form, bool right)
{
    float r = holder_radius(s, row->h), need = holder_width(s, h, i, form, r);
    struct rect cell = right ? rect_cut_right(row, need) : rect_cut_left(row, need);
    scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r,
                h->all[i].proc);
    rect_cut_left(&cell, 2 * r + 4);
    ui_label_short(s->ui, cell, TYPE_CAPTION, ui_tone(s->ui, TONE_TEXT),
                   ALIGN_LEFT, holder_text(s, h, i, form));
}

void holders_draw(struct scene *s, struct rect row, int pipe,
                  enum desc_kind end)
{
    struct ui *ui = s->ui;
    bool right = end == DESC_PIPE_READ;
    enum align align = right ? ALIGN_RIGHT : ALIGN_LEFT;
    struct holders h = holders_of(s, pipe, end);
    row = rect_inset_xy(row, 4, 0);
    if (!h.count) {
        ui_label_in(ui, row, TYPE_STRONG, ui_tone(ui, TONE_ERROR), align,
                    nobody(s, pipe, end));
        return;
    }
    float r = holder_radius(s, row.h);
    enum form form = FORM_FULL;
    while (form < FORM_NUMBER && holders_width(s, &h, form, r) - 8 - SPACE_2 > row.w)
        form++;
    float plus = ui_width(ui, TYPE_CAPTION, "+00");
    int i = 0;
    for (; i < h.count; i++) {
        float rest = i + 1 < h.count ? plus : 0;
        if (holder_width(s, &h, i, form, r) - SPACE_2 + rest > row.w)
            break;
        holder(s, &row, &h, i, form, right);
    }
    if (i < h.count)
        ui_label_in(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), align,
                    ui_format(ui, "+%d", h.count - i));
}

/* "poll(2): POLLIN POLLHUP", as the kernel last said of an end; NULL: nothing
 * near. */
static const char *end_polls(const struct scene *s, int pipe, enum desc_kind end)
{
    static const struct {
        int bit;
        const char *name;
    } bits[] = {{POLLS_IN, " POLLIN"},
                {POLLS_OUT, " POLLOUT"},
                {POLLS_ERR, " POLLERR"},
                {POLLS_HUP, " POLLHUP"}};
    enum evidence what =
        end == DESC_PIPE_READ ? SEEN_POLL_READ : SEEN_POLL_WRITE;
    const struct event *seen = scene_evidence(s, what, NONE, pipe);
    if (!seen)
        return NULL;
    const char *text = "poll(2):";
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        if (seen->val & bits[i].bit)
            text = ui_format(s->ui, "%s%s", text, bits[i].name);
    return seen->val ? text : ui_format(s->ui, "%s 0", text);
}

void end_draw(struct scene *s, struct rect at, const char *name,
              int pipe, enum desc_kind end)
{
    struct ui *ui = s->ui;
    bool reads = end == DESC_PIPE_READ;
    enum word what = reads ? W_PIPE_READ_END : W_PIPE_WRITE_END;
    const struct pipe *p = &s->world->pipe[pipe];
    bool open = (reads ? p->readers : p->writers) > 0;
    const char *polls = end_polls(s, pipe, end);
    if (polls && open)
        ui_tip(ui, ui_make_id("end", pipe * 2 + reads), at, polls, NULL);
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
