/* shm.c: shared memory as what it is: several address spaces, one frame.
 *
 * At the left stands who has mapped a segment, each at an address of its own;
 * lines lead from there to the one place where the bytes are. A mapping that
 * may only be read has a dashed frame, and bytes only come to it. What was
 * stored as an int is shown as one, the rest as text; zeros are left out. */
#include "render/motion.h"
#include "render/panel/objects.h"

#include "render/segment.h"
#include "sim/model/shm.h"

#include <math.h>

/* As /proc/PID/maps and ls(1) have it. */
#define READ_ONLY "r--"

enum { ITEM_GAP = 12, LINES = 26, RUN_BYTES = 24, RUNS_MOST = 10 };

static float row_height(const struct scene *s, bool tight)
{
    float free = s->ui->theme->big ? 14 : 10;
    return ui_leading(s->ui, TYPE_CAPTION) + (tight ? 1 : free);
}

/* ---- what is in a segment ---- */

/* How many runs there are; more than RUNS_MOST are not counted. */
static int count_runs(const struct world *w, int shm)
{
    int n = 0;
    struct segment_run r = {0};
    while (n <= RUNS_MOST &&
           (r = segment_next_run(w, shm, r.at + r.length)).length)
        n++;
    return n;
}

static const char *run_text(struct scene *s, int shm, struct segment_run r)
{
    char text[RUN_BYTES + 1];
    if (r.is_int)
        return ui_format(s->ui, "%d", segment_int(s->world, shm, r));
    segment_text(s->world, shm, r, text, sizeof text);
    if (r.length <= RUN_BYTES)
        return ui_format(s->ui, "“%s”", text);
    return ui_format(s->ui, "“%s” %s", text,
                     scene_say(s, W_SHM_MORE, scene_number(s, r.length)));
}

/* ---- who has mapped it ---- */

struct place {
    int proc, mapping;
};

/* The first mapping from `p` on; proc NONE: there is none. */
static struct place next_place(const struct world *w, int shm, struct place p)
{
    for (; p.proc < w->head->procs; p.proc++, p.mapping = 0)
        for (; p.mapping < w->head->attaches; p.mapping++)
            if (world_attach(w, p.proc, p.mapping)->shm == shm)
                return p;
    return (struct place){NONE, 0};
}

static const char *address_text(struct scene *s, int64_t address)
{
    return ui_format(s->ui, "0x%llx", (unsigned long long)address);
}

static float place_width(struct scene *s, struct place p, bool tight)
{
    const struct attach *a = world_attach(s->world, p.proc, p.mapping);
    float w = ui_width(s->ui, TYPE_CODE, address_text(s, a->address));
    if (a->readonly)
        w += SPACE_1 + ui_width(s->ui, TYPE_CODE, READ_ONLY);
    return row_height(s, tight) + w + SPACE_2;
}

/* Where the real process has it, where that was seen, and what may be done
 * there; "": nothing to say. */
static const char *place_about(struct scene *s, struct place p)
{
    const struct event *seen = scene_evidence_of(s, SEEN_ADDRESS, p.proc,
                                                 p.mapping);
    const char *where =
        seen ? scene_say(s, W_SHM_REALLY, address_text(s, seen->val)) : "";
    if (!world_attach(s->world, p.proc, p.mapping)->readonly)
        return where;
    const char *rights = word(W_SHM_READ_ONLY, s->ui->lang);
    return seen ? ui_format(s->ui, "%s · %s", where, rights) : rights;
}

/* How bright what was stored into just now flashes: 1 at once, 0 at rest. What
 * one process stores is there in every address space that has the page. */
static float flash(struct scene *s, int shm, struct segment_run r)
{
    size_t at = 0;
    const struct event *e;
    float bright = 0;
    while ((e = motion_next(s, EV_STORE, shm, &at))) {
        size_t length = sizeof(int32_t);
        if (!e->sub)
            trace_payload(s->trace, e->aux, &length);
        bool inside = e->val < r.at + r.length && r.at < e->val + (int64_t)length;
        if (!r.length || inside)
            bright = motion_is_done(s) ? 1 - motion_share(s) : motion_share(s);
    }
    return bright;
}

static void place_box(struct scene *s, struct rect at, struct place p)
{
    struct ui *ui = s->ui;
    const struct attach *a = world_attach(s->world, p.proc, p.mapping);
    struct process_look look = theme_process(ui->theme, p.proc);
    const struct rect whole = at;
    float bright = flash(s, a->shm, (struct segment_run){0});
    draw_box(ui->draw, (struct box){.at = at, .radius = 5,
                                    .fill = colour_mix(
                                        ui_tone(ui, TONE_INSET),
                                        ui_tone(ui, TONE_ACCENT_SOFT), bright),
                                    .border = ui->theme->line + 2 * bright,
                                    .line = look.fill,
                                    .dash = a->readonly ? 4 : 0});
    float r = at.h / 2 - (at.h < ui_leading(ui, TYPE_CAPTION) + 4 ? 2 : 3);
    scene_token(s, (struct point){at.x + r + 4, at.y + at.h / 2}, r, p.proc);
    rect_cut_left(&at, 2 * r + 8);
    float w = ui_label_short(ui, at, TYPE_CODE, ui_tone(ui, TONE_TEXT),
                             ALIGN_LEFT, address_text(s, a->address));
    rect_cut_left(&at, w + SPACE_1);
    if (a->readonly)
        ui_label_short(ui, at, TYPE_CODE, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                       READ_ONLY);
    ui_id id = ui_make_id("mapping", p.proc * ATTACHES_MAX + p.mapping);
    if (ui_hover(ui, id, whole) && *place_about(s, p))
        ui_tip(ui, id, whole, place_about(s, p), NULL);
}

/* All mappings, one below the other, with a line to `frame` each. */
static void places(struct scene *s, struct rect at, struct rect frame, int shm)
{
    struct ui *ui = s->ui;
    float h = at.h / (float)s->world->shm[shm].nattch;
    bool tight = h < row_height(s, false);
    h = row_height(s, tight);
    struct place p = next_place(s->world, shm, (struct place){0, 0});
    float to = frame.y + fminf(frame.h / 2, h / 2);
    for (; p.proc != NONE; p.mapping++, p = next_place(s->world, shm, p)) {
        struct rect row = rect_inset_xy(rect_cut_top(&at, h), 0, tight ? 1 : 2);
        struct rect box = row;
        box.w = fminf(place_width(s, p, tight), row.w);
        place_box(s, box, p);
        bool readonly =
            world_attach(s->world, p.proc, p.mapping)->readonly;
        draw_line(ui->draw, (struct point){box.x + box.w + 2, row.y + row.h / 2},
                  (struct point){frame.x - 2, to},
                  (struct stroke){.line = theme_process(ui->theme, p.proc).fill,
                                  .width = ui->theme->line,
                                  .head = readonly ? 0 : 7, .tail = 7});
    }
}

/* ---- the frame ---- */

/* What the kernel showed of the page that was touched last: the same frame in
 * all who have touched it. */
static const char *frame_title(struct scene *s, int shm, float room)
{
    const struct event *seen = scene_evidence(s, SEEN_FRAME, NONE, shm);
    if (!seen || seen->val <= 0)
        return word(W_SHM_FRAME, s->ui->lang);
    const char *number = address_text(s, seen->val);
    const char *all = scene_say(s, W_SHM_FRAME_SEEN, number);
    return ui_width(s->ui, TYPE_CAPTION, all) <= room ? all : number;
}

static void frame_row(struct scene *s, struct rect row, int shm,
                      struct segment_run r)
{
    struct ui *ui = s->ui;
    float bright = flash(s, shm, r);
    if (bright > 0)
        draw_box(ui->draw, (struct box){.at = rect_inset_xy(row, -4, 0),
                                        .radius = 4,
                                        .fill = colour_mix(
                                            ui_tone(ui, TONE_WARN_SOFT),
                                            ui_tone(ui, TONE_ACCENT_SOFT),
                                            bright),
                                        .border = 1.5f * bright,
                                        .line = ui_tone(ui, TONE_ACCENT)});
    float w = ui_label_in(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                          ALIGN_LEFT, ui_format(ui, "+%lld", (long long)r.at));
    const struct rect whole = row;
    const char *text = run_text(s, shm, r);
    rect_cut_left(&row, fmaxf(w, ui_width(ui, TYPE_CAPTION, "+000")) + SPACE_1);
    ui_label_short(ui, row, r.is_int ? TYPE_CODE_STRONG : TYPE_CAPTION,
                   ui_tone(ui, TONE_TEXT), ALIGN_LEFT, text);
    ui_id id = ui_make_id("bytes", ((int64_t)shm << 32) + r.at);
    if (ui_hover(ui, id, whole))
        ui_tip(ui, id, whole, text, NULL);
}

static bool is_touched(const struct world *w, int shm)
{
    for (int32_t page = 0; page < w->shm[shm].pages; page++)
        if (world_frame(w, shm, page) != NONE)
            return true;
    return false;
}

static const char *nothing_in(const struct scene *s, int shm, float room)
{
    const char *zero = word(W_SHM_ZERO, s->ui->lang);
    const char *untouched = word(W_SHM_UNTOUCHED, s->ui->lang);
    bool said = !is_touched(s->world, shm) &&
                ui_width(s->ui, TYPE_CAPTION, untouched) <= room;
    return said ? untouched : zero;
}

static void frame(struct scene *s, struct rect at, int shm)
{
    struct ui *ui = s->ui;
    struct segment_run r = {0};
    draw_box(ui->draw, (struct box){.at = at, .radius = 6,
                                    .fill = ui_tone(ui, TONE_WARN_SOFT),
                                    .border = ui->theme->line,
                                    .line = ui_tone(ui, TONE_WARN)});
    at = rect_inset_xy(at, SPACE_2, 3);
    ui_label_short(ui, rect_cut_top(&at, objects_line(s)), TYPE_CAPTION,
                   ui_tone(ui, TONE_MUTED), ALIGN_LEFT, frame_title(s, shm, at.w));
    if (!count_runs(s->world, shm))
        ui_label_short(ui, rect_cut_top(&at, objects_line(s)), TYPE_CAPTION,
                       ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                       nothing_in(s, shm, at.w));
    for (int n = 0;
         (r = segment_next_run(s->world, shm, r.at + r.length)).length;
         n++) {
        struct rect row = rect_cut_top(&at, objects_line(s));
        if (n < RUNS_MOST) {
            frame_row(s, row, shm, r);
            continue;
        }
        ui_label_short(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_LEFT, "…");
        return;
    }
}

/* ---- a segment ---- */

static const char *title_of(struct scene *s, int shm)
{
    const struct shm *m = &s->world->shm[shm];
    const char *key = lesson_key(s->world, m->ipc.key, &s->ui->frame);
    return scene_say(s, W_SHM_ID, shm, key, scene_number(s, m->size));
}

static void counts(struct scene *s, struct rect row, int shm)
{
    struct ui *ui = s->ui;
    const struct shm *m = &s->world->shm[shm];
    const char *text = m->nattch ? scene_say(s, W_SHM_NATTCH, m->nattch)
                                 : word(W_SHM_NOBODY, ui->lang);
    const struct event *seen = scene_evidence(s, SEEN_NATTCH, NONE, shm);
    rect_cut_left(&row, ui_label_short(ui, row, TYPE_CAPTION,
                                       ui_tone(ui, TONE_TEXT), ALIGN_LEFT,
                                       text) + SPACE_3);
    if (seen)
        rect_cut_left(
            &row, ui_label_short(
                      ui, row, TYPE_STRONG,
                      ui_tone(ui, seen->val == m->nattch ? TONE_OK
                                                         : TONE_ERROR),
                      ALIGN_LEFT,
                      scene_say(s, W_SHM_KERNEL,
                                scene_number(s, seen->val))) + SPACE_3);
    if (!m->dest)
        return;
    const char *marked = word(W_SHM_DEST, ui->lang);
    if (ui_width(ui, TYPE_STRONG, marked) > row.w)
        marked = word(W_SHM_DEST_SHORT, ui->lang);
    ui_label_short(ui, row, TYPE_STRONG, ui_tone(ui, TONE_ERROR), ALIGN_LEFT,
                   marked);
}

/* How wide the counts are with nothing cut short. */
static float counts_width(struct scene *s, int shm)
{
    const struct shm *m = &s->world->shm[shm];
    const struct event *seen = scene_evidence(s, SEEN_NATTCH, NONE, shm);
    float w = ui_width(s->ui, TYPE_CAPTION,
                       scene_say(s, W_SHM_NATTCH, m->nattch)) + SPACE_3;
    if (seen)
        w += ui_width(s->ui, TYPE_STRONG,
                      scene_say(s, W_SHM_KERNEL,
                                scene_number(s, seen->val))) + SPACE_3;
    if (m->dest)
        w += ui_width(s->ui, TYPE_STRONG, word(W_SHM_DEST, s->ui->lang));
    return w;
}

/* Whether the counts stand beside the heading, to save a line. */
static bool one_line(struct scene *s, int shm, struct object_room room)
{
    const char *var = s->scenario->vars[s->world->shm[shm].ipc.var];
    float heading = ui_width(s->ui, TYPE_CODE_STRONG, var) + SPACE_2 +
                    ui_width(s->ui, TYPE_CAPTION, title_of(s, shm)) + SPACE_3;
    return room.tight && heading + counts_width(s, shm) <= room.width;
}

static float picture_height(const struct scene *s, int shm, bool tight)
{
    int runs = count_runs(s->world, shm);
    float left = row_height(s, tight) * (float)s->world->shm[shm].nattch;
    float right = objects_line(s) * (float)(1 + (runs ? runs : 1)) + 8;
    return fmaxf(left, right);
}

static float section_height(struct scene *s, int shm, struct object_room room)
{
    if (s->world->shm[shm].ipc.gone)
        return objects_line(s);
    return (one_line(s, shm, room) ? 1 : 2) * objects_line(s) +
           picture_height(s, shm, room.tight) + SPACE_1;
}

static void section(struct scene *s, struct rect at, int shm, bool tight)
{
    struct object_room room = {at.w, tight};
    struct rect rest =
        objects_heading(s, rect_cut_top(&at, objects_line(s)),
                        (struct object_title){&s->world->shm[shm].ipc,
                                              title_of(s, shm), W_SHM_GONE});
    if (s->world->shm[shm].ipc.gone)
        return;
    if (one_line(s, shm, room))
        counts(s, rest, shm);
    else
        counts(s, rect_cut_top(&at, objects_line(s)), shm);
    rect_cut_top(&at, SPACE_1);
    struct place p = next_place(s->world, shm, (struct place){0, 0});
    float widest = 0;
    for (; p.proc != NONE; p.mapping++, p = next_place(s->world, shm, p))
        widest = fmaxf(widest, place_width(s, p, tight));
    widest = fminf(widest, at.w * 0.6f);
    struct rect left = widest > 0 ? rect_cut_left(&at, widest) : at;
    if (widest > 0)
        rect_cut_left(&at, LINES);
    frame(s, at, shm);
    if (widest > 0)
        places(s, left, at, shm);
}

static const struct ipc *ipc_of(const struct world *w, int shm)
{
    return &w->shm[shm].ipc;
}

static void draw(struct scene *s, struct rect at)
{
    objects_draw(s, at,
                 &(struct object_list){.panel = PANEL_SHM,
                                       .none = W_SHM_NONE,
                                       .count = s->world->head->shms,
                                       .gap = ITEM_GAP,
                                       .ipc = ipc_of,
                                       .height = section_height,
                                       .draw = section});
}

static bool wanted(const struct lesson_about *about)
{
    return about->uses[MECH_SHM];
}

static struct extent least(const struct scene *s)
{
    return objects_least(s, objects_line(s) * 4 + row_height(s, false) * 2);
}

const struct panel panel_shm = {
    .title = W_PANEL_SHM,
    .wanted = wanted,
    .least = least,
    .draw = draw,
};
