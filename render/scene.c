/* scene.c: small things that several panels say or look up. */
#include "render/panel.h"

#include "render/link.h"

#include "render/tabs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct panel *const panels[PANEL_COUNT] = {
#define PANEL(NAME, name) [PANEL_##NAME] = &panel_##name,
#include "render/panels.def"
#undef PANEL
};

bool panel_always(const struct lesson_about *about)
{
    (void)about;
    return true;
}

bool scene_veiled(const struct scene *s)
{
    return s->predict && s->predict->on && s->predict->phase == PREDICT_ASKS;
}

const struct rival *scene_left(const struct scene *s)
{
    bool hidden = s->predict && s->predict->on;
    return hidden ? NULL : rivals_left(s->feed->rivals);
}

/* The text of a str that lasts for the frame; empties it. */
static const char *keep(const struct scene *s, struct str *made)
{
    const char *t = arena_copy(&s->ui->frame, str_text(made), made->length);
    str_free(made);
    return t;
}

const char *scene_name(const struct scene *s, int proc)
{
    struct str out = {0};
    if (proc < s->world->head->procs) {
        world_write_name(s->world, proc, &out);
        return keep(s, &out);
    }
    /* Not born yet at the cursor, but seen already. */
    const struct born *b = &s->travel->lod.born[proc];
    str_add(&out, s->scenario->processes[b->def].name);
    if (b->number > 1)
        str_addf(&out, ".%d", b->number);
    return keep(s, &out);
}

const char *scene_c(const struct scene *s, int32_t op, int proc)
{
    struct str out = {0};
    const int64_t *vars =
        proc == NONE ? NULL
                     : s->world->var + (int64_t)proc * s->world->head->vars;
    lesson_statement(s->scenario, op, vars, &out);
    return keep(s, &out);
}

struct rect scene_card(const struct scene *s, struct rect at, enum word title,
                       const char *remark)
{
    struct ui *ui = s->ui;
    if (s->tabs && tabs_has_front(s->tabs, s->drawing)) {
        struct rect in = ui_card(ui, at, " ", NULL);
        float h = ui_leading(ui, TYPE_HEADING);
        tabs_draw(s, (struct rect){in.x, in.y - SPACE_2 - h, in.w, h}, title);
        return in;
    }
    const char *text = word(title, ui->lang);
    float room = at.w - 28, w = ui_width(ui, TYPE_HEADING, text);
    float more = remark ? ui_width(ui, TYPE_CAPTION, remark) + SPACE_3 : 0;
    return ui_card(ui, at, w <= room ? text : " ",
                   w + more <= room ? remark : NULL);
}

tick scene_now(const struct scene *s)
{
    return travel_now(s->travel);
}

const char *scene_number(const struct scene *s, int64_t n)
{
    char digits[32];
    char *end = digits + sizeof digits - 1, *p = end;
    *p = '\0';
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    for (int i = 0; i == 0 || left; i++, left /= 10) {
        if (i && i % 3 == 0)
            *--p = ' ';
        *--p = (char)('0' + left % 10);
    }
    if (n < 0)
        *--p = '-';
    return arena_copy(&s->ui->frame, p, (size_t)(end - p));
}

tick scene_spent(const struct scene *s, int proc, enum state st)
{
    tick spent = world_spent(s->world, proc, st);
    if (s->world->task[proc].state == st)
        spent += scene_now(s) - s->world->head->now;
    return spent;
}

const char *scene_say(const struct scene *s, enum word w, ...)
{
    struct str out = {0};
    va_list args;
    va_start(args, w);
    str_vaddf(&out, word(w, s->ui->lang), args);
    va_end(args);
    return keep(s, &out);
}

void scene_is_about(struct scene *s, struct rect at, int proc)
{
    if (ui_over(s->ui, at))
        s->ui->about = proc + 1;
}

bool scene_is_pointed_at(const struct scene *s, int proc)
{
    int64_t about = s->ui->was_about;
    if (!about)
        about = s->view->object;
    return link_is_object(about) ? link_has(s->world, about, proc)
                                 : about == proc + 1;
}

void scene_ground(struct scene *s, struct rect at, int proc)
{
    bool selected = proc == s->view->selected;
    if (selected || scene_is_pointed_at(s, proc))
        draw_box(s->ui->draw,
                 (struct box){.at = at, .radius = 4,
                              .fill = ui_tone(s->ui, selected ? TONE_ACCENT_SOFT
                                                              : TONE_HOVER)});
}

void scene_token(struct scene *s, struct point at, float radius, int proc)
{
    struct ui *ui = s->ui;
    const char *name = scene_name(s, proc);
    struct rect r = {at.x - radius, at.y - radius, 2 * radius, 2 * radius};
    bool selected = proc == s->view->selected;
    scene_is_about(s, r, proc);
    if (!selected && scene_is_pointed_at(s, proc))
        draw_circle(ui->draw, at, radius + 3, ui_tone(ui, TONE_LINE), 0, 0);
    ui_token(ui, at, radius, proc, name, selected);
    int64_t place = (int64_t)at.x * 65536 + (int64_t)at.y;
    ui_id id = ui_make_id("token", place * 4096 + proc);
    ui_pressed(ui, id, r, (struct intent){.what = DO_SELECT, .arg = proc});
    enum state st = (enum state)s->world->task[proc].state;
    ui_tip(ui, id, r,
           ui_format(ui, "%s · %s", name, state_title(st, ui->lang)), NULL);
}

char scene_letter(const struct scene *s, int proc)
{
    const struct task *t = &s->world->task[proc];
    char seen = (char)s->world->proc[proc].letter;
    if (t->state != TERMINATED)
        return seen;
    bool zombie = t->flags & TASK_ZOMBIE;
    return zombie && seen == 'Z' ? seen : 0;
}

float scene_label_name(struct scene *s, struct rect at, int proc)
{
    colour ink = theme_process(s->ui->theme, proc).text;
    const char *name = scene_name(s, proc);
    ui_label_short(s->ui, at, TYPE_STRONG, ink, ALIGN_LEFT, name);
    return fminf(ui_width(s->ui, TYPE_STRONG, name), at.w);
}

enum { LOOK_BACK = 4096 /* events */ };

/* Whether `e` has changed what the evidence `like` is about: from then on it
 * says nothing, until the kernel is asked again. */
static bool outdates(const struct event *e, const struct event *like)
{
    bool is_object = e->obj == like->aux;
    switch ((enum evidence)like->sub) {
    case SEEN_BYTES:
    case SEEN_POLL_READ:
    case SEEN_POLL_WRITE:
        return is_object && (e->kind == EV_PUT || e->kind == EV_GET);
    case SEEN_QNUM:
        return is_object && (e->kind == EV_SEND || e->kind == EV_TAKE);
    case SEEN_SEMVAL:
        return is_object && e->kind == EV_SEM;
    case SEEN_NATTCH:
        return is_object && (e->kind == EV_ATTACH || e->kind == EV_DETACH);
    case SEEN_WCHAN:
        return e->proc == like->proc && e->kind == EV_BLOCK;
    default:
        return false;
    }
}

/* The last evidence before the cursor that is `like` one wants. */
static const struct event *look_back(const struct scene *s, struct event like,
                                     bool (*fits)(const struct event *seen,
                                                  const struct event *like))
{
    size_t p = travel_cursor(s->travel);
    if (!s->travel->lod.evidence)
        return NULL;
    for (size_t i = p; i > 0 && p - i < LOOK_BACK; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->kind == EV_KERNEL && e->sub == like.sub && fits(e, &like))
            return e;
        if (outdates(e, &like))
            return NULL;
    }
    return NULL;
}

static bool same_process(const struct event *seen, const struct event *like)
{
    return seen->proc == like->proc;
}

static bool same_object(const struct event *seen, const struct event *like)
{
    return seen->aux == like->aux;
}

static bool same_number(const struct event *seen, const struct event *like)
{
    return seen->proc == like->proc && seen->obj == like->obj;
}

const struct event *scene_evidence(const struct scene *s, enum evidence what,
                                   int proc, int32_t obj)
{
    return look_back(s, (struct event){.sub = (uint8_t)what, .proc = proc, .aux = obj},
                     proc != NONE ? same_process : same_object);
}

const struct event *scene_evidence_of(const struct scene *s, enum evidence what,
                                      int proc, int32_t obj)
{
    return look_back(s, (struct event){.sub = (uint8_t)what, .proc = proc, .obj = obj},
                     same_number);
}

const char *scene_pipe_name(const struct scene *s, int pipe)
{
    int32_t var = s->world->pipe[pipe].var, inode = s->world->pipe[pipe].inode;
    if (inode != NONE)
        return s->scenario->names[s->world->inode[inode].name];
    const char *name = var >= 0 ? s->scenario->vars[var] : "pipe";
    return arena_copy(&s->ui->frame, name, strcspn(name, "["));
}

void scene_keys(struct scene *s, struct rect row, const struct key_about *all,
                int count)
{
    struct ui *ui = s->ui;
    for (int i = 0; i < count; i++) {
        const char *what = word(all[i].what, ui->lang);
        float w = ui_width(ui, TYPE_CAPTION, what) +
                  ui_width(ui, TYPE_CAPTION, all[i].key) + SPACE_6;
        if (w > row.w)
            return;
        rect_cut_left(&row, ui_key(ui, row, all[i].key, what) + SPACE_4);
    }
}
