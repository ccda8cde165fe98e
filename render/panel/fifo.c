/* fifo.c: the lesson's own directory: the names of its FIFOs, with kind and
 * permissions as ls(1) shows them, and who waits in open(2) for the other side.
 * What is in a FIFO that somebody has open is the pipe panel's. */
#include "render/panel.h"

#include <math.h>
#include <string.h>

enum { WAITERS_SHOWN = 8, ROWS_LEAST = 3 };

/* ---- what is listed ---- */

static bool in_use(const struct scene *s, const struct inode *f)
{
    return f->pipe != NONE && !world_pipe_gone(s->world, f->pipe);
}

/* Files with a name, and those without one that are still in use. */
static bool is_listed(const struct scene *s, int inode)
{
    const struct inode *f = &s->world->inode[inode];
    return f->links > 0 || in_use(s, f);
}

static int listed(const struct scene *s)
{
    int n = 0;
    for (int i = 0; i < s->world->head->inodes; i++)
        n += is_listed(s, i);
    return n;
}

/* How many names the lesson's directory may have at once. */
static int names_of(const struct scenario *sc)
{
    int n = 0;
    for (int i = 0; i < sc->name_count; i++) {
        bool named = sc->name_is_file && sc->name_is_file[i];
        for (int k = 0; k < sc->op_count && !named; k++)
            named = lesson_makes_file(sc, k) == i;
        n += named;
    }
    return n;
}

/* ---- a row ---- */

/* "prw-r--r--" */
static const char *mode_text(const struct scene *s, const struct inode *f)
{
    char text[11] = "----------";
    static const char letters[] = "rwx";
    text[0] = f->kind == INODE_FIFO ? 'p' : '-';
    for (int bit = 0; bit < 9; bit++)
        if (f->mode >> (8 - bit) & 1)
            text[1 + bit] = letters[bit % 3];
    return arena_copy(&s->ui->frame, text, sizeof text - 1);
}

/* Who sleeps in open(2) for it; NULL: nobody. */
static const char *openers(const struct scene *s, const struct inode *f)
{
    int who[WAITERS_SHOWN];
    bool reads = f->open_read.count > 0;
    const struct queue *q = reads ? &f->open_read : &f->open_write;
    int n = world_queue(s->world, q, who, WAITERS_SHOWN);
    struct str list = {0};
    for (int i = 0; i < n; i++)
        str_addf(&list, "%s%s", i ? word(W_LIST_COMMA, s->ui->lang) : "",
                 scene_name(s, who[i]));
    if (q->count > n)
        str_addf(&list, " +%d", q->count - n);
    const char *text =
        n ? scene_say(s, reads ? W_FIFO_OPENS_READ : W_FIFO_OPENS_WRITE,
                      str_text(&list))
          : NULL;
    str_free(&list);
    return text;
}

static const char *use_of(const struct scene *s, const struct inode *f)
{
    if (f->kind == INODE_FILE)
        return word(W_FIFO_FOR_FTOK, s->ui->lang);
    if (!in_use(s, f))
        return word(W_FIFO_UNUSED, s->ui->lang);
    const struct pipe *p = &s->world->pipe[f->pipe];
    return scene_say(s, W_FIFO_ENDS, p->readers, p->writers);
}

/* What the kernel has said of its mode; NULL: nothing near. */
static const char *kernel_mode(const struct scene *s, int inode, enum tone *ink)
{
    const struct event *seen = scene_evidence(s, SEEN_FILE, NONE, inode);
    if (!seen)
        return NULL;
    bool same = (seen->val & 0777) == s->world->inode[inode].mode;
    *ink = same ? TONE_OK : TONE_ERROR;
    return scene_say(s, W_PIPE_KERNEL,
                     ui_format(s->ui, "%04o", (unsigned)(seen->val & 0777)));
}

static float row_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_CODE) + 6;
}

/* At the end of the row, as far as there is room: who waits, or else how it is
 * used and what the kernel says. */
static void remarks(struct scene *s, struct rect at, int inode)
{
    struct ui *ui = s->ui;
    const struct inode *f = &s->world->inode[inode];
    const char *waits = openers(s, f), *use = use_of(s, f);
    enum tone ink = TONE_OK;
    const char *kernel = waits ? NULL : kernel_mode(s, inode, &ink);
    if (waits) {
        ui_label_short(ui, at, TYPE_STRONG, ui_tone(ui, TONE_ERROR),
                       ALIGN_RIGHT, waits);
        return;
    }
    float w = kernel ? ui_width(ui, TYPE_STRONG, kernel) : 0;
    if (kernel && w <= at.w) {
        ui_label_in(ui, rect_cut_right(&at, w), TYPE_STRONG, ui_tone(ui, ink),
                    ALIGN_RIGHT, kernel);
        rect_cut_right(&at, SPACE_3);
    }
    if (ui_width(ui, TYPE_CAPTION, use) <= at.w)
        ui_label_in(ui, at, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_RIGHT,
                    use);
}

static void row(struct scene *s, struct rect at, int inode)
{
    struct ui *ui = s->ui;
    const struct inode *f = &s->world->inode[inode];
    bool named = f->links > 0;
    const char *mode = mode_text(s, f), *name = s->scenario->names[f->name];
    if (!named)
        name = scene_say(s, W_FIFO_UNNAMED, name);
    ui_label_in(ui, rect_cut_left(&at, ui_width(ui, TYPE_CODE, mode)),
                TYPE_CODE, ui_tone(ui, named ? TONE_MUTED : TONE_FAINT),
                ALIGN_LEFT, mode);
    rect_cut_left(&at, SPACE_2);
    float w = fminf(ui_width(ui, TYPE_CODE_STRONG, name) + 2, at.w);
    ui_label_short(ui, rect_cut_left(&at, w), TYPE_CODE_STRONG,
                   ui_tone(ui, named ? TONE_TEXT : TONE_FAINT), ALIGN_LEFT,
                   name);
    rect_cut_left(&at, SPACE_3);
    remarks(s, at, inode);
}

/* ---- all of it ---- */

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    int n = listed(s);
    struct rect in = scene_card(s, at, W_PANEL_FIFO, NULL);
    if (!n) {
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(W_FIFO_NO_FILE, ui->lang));
        return;
    }
    float all = row_height(s) * (float)n;
    struct rect list = ui_scroll_begin(ui, ui_make_id("files", 0), in, all,
                                       &s->view->scroll[PANEL_FIFO]);
    for (int i = 0; i < s->world->head->inodes; i++)
        if (is_listed(s, i))
            row(s, rect_cut_top(&list, row_height(s)), i);
    ui_scroll_end(ui);
}

static bool wanted(const struct lesson_about *about)
{
    return about->files;
}

static struct extent least(const struct scene *s)
{
    const struct ui *ui = s->ui;
    int rows = names_of(s->scenario);
    rows = rows > ROWS_LEAST ? ROWS_LEAST : rows > 0 ? rows : 1;
    float card = ui_leading(ui, TYPE_HEADING) + SPACE_2 + 24;
    return (struct extent){ui->theme->big ? 420 : 290,
                           card + row_height(s) * (float)rows};
}

const struct panel panel_fifo = {
    .title = W_PANEL_FIFO,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
