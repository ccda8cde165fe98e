/* msgq.c: a message queue as what it is: a list of messages, oldest first,
 * each with its type and its text, in the kernel.
 *
 * Below stand those who sleep there, in the order of their lines: receivers
 * with the type they want, senders with what they would append. */
#include "render/panel/msgq.h"
#include "render/panel/objects.h"

#include "render/lesson.h"

#include <math.h>

enum { ITEM_GAP = 10, ARROW = 16, WAITERS_MOST = 16, ROWS_MOST = 4 };

/* ---- what is said of a queue ---- */

/* How full it is, and "kernel: 2" if it was asked. Where there is less room,
 * the bytes alone, and where there is hardly any, what the kernel says: the
 * messages themselves stand below. */
static void level(struct scene *s, struct rect row, int queue)
{
    struct ui *ui = s->ui;
    const struct msgq *q = &s->world->msgq[queue];
    const char *bytes = scene_number(s, q->cbytes);
    const char *text =
        scene_say(s, q->qnum == 1 ? W_MSGQ_LEVEL_ONE : W_MSGQ_LEVEL, bytes,
                  scene_number(s, q->qbytes), q->qnum);
    const struct event *seen = scene_evidence(s, SEEN_QNUM, NONE, queue);
    const char *kernel =
        seen ? scene_say(s, W_MSGQ_KERNEL, scene_number(s, seen->val)) : NULL;
    float rest = kernel ? SPACE_3 + ui_width(ui, TYPE_STRONG, kernel) : 0;
    if (ui_width(ui, TYPE_CAPTION, text) + rest > row.w)
        text = scene_say(s, q->cbytes == 1 ? W_ARROW_BYTE : W_ARROW_BYTES,
                         bytes);
    float w = fminf(ui_width(ui, TYPE_CAPTION, text) + 2, row.w);
    if (!kernel || w + rest <= row.w) {
        ui_label_short(ui, rect_cut_left(&row, w), TYPE_CAPTION,
                       ui_tone(ui, TONE_MUTED), ALIGN_LEFT, text);
        rect_cut_left(&row, SPACE_3);
    }
    if (kernel)
        ui_label_short(ui, row, TYPE_STRONG,
                       ui_tone(ui, seen->val == q->qnum ? TONE_OK : TONE_ERROR),
                       ALIGN_LEFT, kernel);
}

/* ---- the list ---- */

/* The text of a message as one line, or how many bytes it has. */
static const char *message_text(struct scene *s, const struct msg *m,
                                const unsigned char *text)
{
    enum { SHOWN = 24 };
    struct ui *ui = s->ui;
    bool plain = m->length > 0 && m->length <= SHOWN;
    for (int i = 0; plain && i < m->length; i++)
        plain = text[i] >= 0x20 && text[i] != 0x7f;
    if (plain)
        return ui_format(ui, "“%.*s”", (int)m->length, (const char *)text);
    return scene_say(s, W_MSGQ_BYTES, scene_number(s, m->length));
}

struct node_look msgq_look(struct scene *s, const struct msg *m,
                           const unsigned char *text)
{
    struct ui *ui = s->ui;
    struct node_look l = {
        .type = scene_say(s, W_MSGQ_TYPE, scene_number(s, m->type)),
        .text = message_text(s, m, text)};
    l.width = fmaxf(ui_width(ui, TYPE_STRONG, l.type),
                    ui_width(ui, TYPE_CAPTION, l.text)) + 2 * SPACE_2;
    return l;
}

void msgq_node(struct scene *s, struct rect at, struct node_look l)
{
    struct ui *ui = s->ui;
    draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_WARN_SOFT),
                                    .border = ui->theme->line,
                                    .line = ui_tone(ui, TONE_WARN)});
    struct rect in = rect_middle(at, at.w,
                                 ui_leading(ui, TYPE_STRONG) +
                                     ui_leading(ui, TYPE_CAPTION));
    ui_label_short(ui, rect_cut_top(&in, ui_leading(ui, TYPE_STRONG)),
                   TYPE_STRONG, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE, l.type);
    ui_label_short(ui, in, TYPE_CAPTION, ui_tone(ui, TONE_TEXT), ALIGN_CENTRE,
                   l.text);
}

static void list_arrow(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    float y = at.y + at.h / 2;
    draw_line(ui->draw, (struct point){at.x + 2, y},
              (struct point){at.x + at.w - 1, y},
              (struct stroke){.line = ui_tone(ui, TONE_STRONG),
                              .width = ui->theme->line, .head = 7});
}

static float list_height(const struct scene *s)
{
    return ui_leading(s->ui, TYPE_STRONG) + ui_leading(s->ui, TYPE_CAPTION) + 8;
}

/* A message goes into the next row if the list has one; else the rest is
 * counted, for which there has to be room. */
struct place {
    struct rect row, below;
    int rows; /* below */
};

/* Whether `width` is to be had there, with `rest` behind it if need be. */
static bool has_place(const struct scene *s, struct place *p, float width,
                      float rest)
{
    float room = p->row.w - (p->rows ? 0 : rest);
    if (width <= room)
        return true;
    if (!p->rows)
        return false;
    p->rows--;
    p->row = rect_inset_xy(rect_cut_top(&p->below, list_height(s)), 0, 2);
    return width <= p->row.w - (p->rows ? 0 : rest);
}

/* Draws the list into `at`, or only measures (`mark` NULL): how many messages
 * have room in so many rows. `mark` gets the place of the message on its way. */
static int flow(struct scene *s, struct rect at, int queue, struct rect *mark)
{
    struct ui *ui = s->ui;
    const struct msgq *q = &s->world->msgq[queue];
    const unsigned char *text = s->world->text + q->texts;
    bool draws = mark;
    int hop = draws ? msgq_hop_place(s, queue) : -1;
    int hides = draws ? msgq_hop_hides(s, queue) : -1;
    struct place p = {.below = at,
                      .rows = (int)(at.h / list_height(s) + 0.5f) - 1};
    p.row = rect_inset_xy(rect_cut_top(&p.below, list_height(s)), 0, 2);
    for (int i = 0; i < q->qnum; i++) {
        const struct msg *m = &s->world->msg[q->first + i];
        struct node_look l = msgq_look(s, m, text);
        const char *more = scene_say(s, W_MSGQ_MORE, q->qnum - i);
        float rest = i + 1 < q->qnum ? ui_width(ui, TYPE_CAPTION, more) : 0;
        float arrow = i ? ARROW : 0;
        if (i && !has_place(s, &p, l.width + arrow, rest)) {
            if (draws)
                ui_label_short(ui, p.row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                               ALIGN_LEFT, more);
            return i;
        }
        struct rect before = rect_cut_left(&p.row, arrow);
        struct rect node = rect_cut_left(&p.row, fminf(l.width, p.row.w));
        if (i == hop)
            *mark = node;
        if (draws && i && i != hides)
            list_arrow(s, before);
        if (draws && i != hides)
            msgq_node(s, node, l);
        text += m->length;
    }
    if (hop == q->qnum)
        *mark = p.row;
    return q->qnum;
}

/* In how many rows the list stands: as few as will do. */
static int rows_of(struct scene *s, int queue, struct object_room room)
{
    int n = 1;
    struct rect at = {0, 0, room.width, list_height(s)};
    while (!room.tight && n < ROWS_MOST &&
           flow(s, at, queue, NULL) < s->world->msgq[queue].qnum) {
        n++;
        at.h += list_height(s);
    }
    return n;
}

static void list(struct scene *s, struct rect at, int queue)
{
    struct ui *ui = s->ui;
    struct rect place = rect_inset_xy(at, 0, 2);
    place.h = fminf(place.h, list_height(s) - 4);
    bool moves = msgq_hops(s, queue);
    if (s->world->msgq[queue].qnum)
        flow(s, at, queue, &place);
    else if (!moves)
        ui_label_in(ui, rect_inset_xy(at, 0, 2), TYPE_STRONG,
                    ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                    word(W_MSGQ_EMPTY, ui->lang));
    if (moves)
        msgq_hop_draw(s, at, place, queue);
}

/* ---- who sleeps ---- */

static const char *wish_of(struct scene *s, int proc)
{
    struct lesson_message m = lesson_message(s->world, proc);
    const char *type = scene_number(s, m.type < 0 ? -m.type : m.type);
    if (!m.receives)
        return scene_say(s, W_MSGQ_SENDS, scene_name(s, proc), type,
                         scene_number(s, m.bytes));
    const char *wants = m.type == 0 ? word(W_MSGQ_ANY, s->ui->lang)
                        : m.type < 0 ? scene_say(s, W_MSGQ_UP_TO, type)
                        : m.except   ? scene_say(s, W_MSGQ_EXCEPT, type)
                                     : scene_say(s, W_MSGQ_TYPE, type);
    return scene_say(s, W_MSGQ_WANTS, scene_name(s, proc), wants);
}

static float sleeper_width(struct scene *s, int proc, float radius)
{
    return 2 * radius + 4 + ui_width(s->ui, TYPE_CAPTION, wish_of(s, proc)) +
           SPACE_2;
}

/* The longest of the captions that leaves room for all who sleep; nothing if
 * none does. */
static const char *caption(struct scene *s, const enum word *words, float room)
{
    for (int i = 0; i < 2; i++) {
        const char *text = word(words[i], s->ui->lang);
        if (ui_width(s->ui, TYPE_CAPTION, text) + SPACE_2 <= room)
            return text;
    }
    return "";
}

static void sleepers(struct scene *s, struct rect row, const struct queue *q,
                     const enum word *words)
{
    struct ui *ui = s->ui;
    int who[WAITERS_MOST];
    int n = world_queue(s->world, q, who, WAITERS_MOST);
    float r = fminf(row.h / 2 - 2, ui->theme->big ? 16 : 9);
    float plus = ui_width(ui, TYPE_CAPTION, "+00"), all = 0;
    for (int i = 0; i < n; i++)
        all += sleeper_width(s, who[i], r);
    const char *text = caption(s, words, row.w - all);
    rect_cut_left(&row,
                  ui_label(ui, row, TYPE_CAPTION, TONE_ERROR, text) +
                      (*text ? SPACE_2 : 0));
    for (int i = 0; i < n; i++) {
        float w = sleeper_width(s, who[i], r);
        if (i && w - SPACE_2 + (i + 1 < n ? plus : 0) > row.w) {
            ui_label_in(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                        ALIGN_LEFT, ui_format(ui, "+%d", q->count - i));
            return;
        }
        struct rect cell = rect_cut_left(&row, fminf(w, row.w));
        scene_token(s, (struct point){cell.x + r, cell.y + cell.h / 2}, r,
                    who[i]);
        rect_cut_left(&cell, 2 * r + 4);
        ui_label_short(ui, cell, TYPE_CAPTION, ui_tone(ui, TONE_TEXT),
                       ALIGN_LEFT, wish_of(s, who[i]));
    }
}

/* ---- a queue ---- */

/* Where there is little room, an empty queue says so in its heading. */
static bool is_line(const struct msgq *q, bool tight)
{
    return tight && !q->qnum;
}

static float section_height(struct scene *s, int queue,
                            struct object_room room)
{
    const struct msgq *q = &s->world->msgq[queue];
    int lines = 2 + (q->senders.count > 0) + (q->receivers.count > 0);
    if (q->ipc.gone)
        return objects_line(s);
    if (room.tight)
        lines--;
    int rows = is_line(q, room.tight) ? 0 : rows_of(s, queue, room);
    return objects_line(s) * (float)lines + list_height(s) * (float)rows;
}

static void section(struct scene *s, struct rect at, int queue, bool tight)
{
    const struct msgq *q = &s->world->msgq[queue];
    float line = objects_line(s);
    const char *key = lesson_key(s->world, q->ipc.key, &s->ui->frame);
    struct rect rest = objects_heading(
        s, rect_cut_top(&at, line),
        (struct object_title){&q->ipc, scene_say(s, W_MSGQ_ID, queue, key),
                              W_MSGQ_GONE});
    if (q->ipc.gone)
        return;
    int below = (q->senders.count > 0) + (q->receivers.count > 0) + !tight;
    struct rect in = rect_cut_top(&at, at.h - line * (float)below);
    list(s, is_line(q, tight) ? rest : in, queue);
    if (!is_line(q, tight))
        level(s, tight ? rest : rect_cut_top(&at, line), queue);
    static const enum word receive[] = {W_MSGQ_RECEIVERS, W_MSGQ_RCV};
    static const enum word send[] = {W_MSGQ_SENDERS, W_MSGQ_SND};
    if (q->receivers.count)
        sleepers(s, rect_cut_top(&at, line), &q->receivers, receive);
    if (q->senders.count)
        sleepers(s, rect_cut_top(&at, line), &q->senders, send);
}

static const struct ipc *ipc_of(const struct world *w, int queue)
{
    return &w->msgq[queue].ipc;
}

static void draw(struct scene *s, struct rect at)
{
    objects_draw(s, at,
                 &(struct object_list){.panel = PANEL_MSGQ,
                                       .none = W_MSGQ_NONE,
                                       .count = s->world->head->msgqs,
                                       .gap = ITEM_GAP,
                                       .ipc = ipc_of,
                                       .height = section_height,
                                       .draw = section});
}

static bool wanted(const struct lesson_about *about)
{
    return about->uses[MECH_MSGQ];
}

static struct extent least(const struct scene *s)
{
    return objects_least(s, objects_line(s) * 4 + list_height(s));
}

const struct panel panel_msgq = {
    .title = W_PANEL_MSGQ,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
