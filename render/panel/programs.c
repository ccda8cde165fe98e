/* programs.c: each process's program as the C statements it stands for. The
 * statement it is at is marked, in the colour of blocked if it sleeps there;
 * behind a statement stands what it last returned. While a call is under way
 * it has not returned anything: then that is what stands there, and in a loop
 * what its last round returned is faint until the call begins again. */
#include "render/panel.h"

#include "render/panel/signals.h"
#include "sim/scenario/ops.h"

#include <math.h>

enum { LOOK_BACK = 2048, RESULTS_MOST = 64, LEAST_LINES = 3, PIPE_SIGNAL = 13 };

/* What a statement of a process last returned; `old`: it has come to that
 * statement again since. */
struct result {
    int proc;
    int32_t op;
    int64_t ret;
    tick at;
    uint8_t error;
    bool known, old;
};

struct results {
    struct result all[RESULTS_MOST];
    int count;
};

static struct result *result_of(struct results *r, int proc, int32_t op)
{
    for (int i = 0; i < r->count; i++)
        if (r->all[i].proc == proc && r->all[i].op == op)
            return &r->all[i];
    return NULL;
}

/* The last results before the cursor, and who has come to a statement anew. */
static void gather(const struct scene *s, struct results *r)
{
    size_t p = travel_cursor(s->travel);
    r->count = 0;
    for (size_t i = p; i > 0 && p - i < LOOK_BACK; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        bool done = e->kind == EV_OP;
        if (!done && e->kind != EV_AT && e->kind != EV_BLOCK)
            continue;
        struct result *at = result_of(r, e->proc, e->aux);
        if (at && (at->known || !done))
            continue;
        if (!at && r->count == RESULTS_MOST)
            return;
        if (!at) {
            at = &r->all[r->count++];
            *at = (struct result){.proc = e->proc, .op = e->aux, .old = !done};
        }
        at->known = done;
        at->ret = e->val;
        at->at = e->t;
        at->error = e->sub;
    }
}

/* Only a call's value says something, but every failure does. */
static bool says_something(const struct scene *s, const struct result *r)
{
    enum verb v = (enum verb)s->scenario->ops[r->op].verb;
    int call = op_about(v)->call;
    return r->error != E_OK || (call != CALL_OWN && call != CALL_LIBRARY);
}

/* ---- one program ---- */

struct listing {
    int proc;
    int32_t first, end; /* ops; the last one is left out */
};

static struct listing listing_of(const struct scene *s, int proc)
{
    const struct process_def *d =
        &s->scenario->processes[s->world->proc[proc].def];
    return (struct listing){proc, d->first, d->end};
}

static int32_t lines_of(const struct listing *l)
{
    return l->end > l->first ? l->end - l->first : 1;
}

/* The statement a process is at; behind its program's last one: none. */
static int32_t current(const struct scene *s, int proc)
{
    const struct task *t = &s->world->task[proc];
    return t->state == NEW || t->state == TERMINATED ? -1 : t->pc;
}

static int depth_of(const struct scene *s, int32_t op)
{
    const struct op *o = &s->scenario->ops[op];
    if (o->verb != OP_end)
        return o->depth;
    return o->end >= 0 ? s->scenario->ops[o->end].depth : 0;
}

/* What stands behind a statement, and in which colour. */
struct outcome {
    const char *text;
    enum tone ink;
};

/* Whether SIGPIPE ended the process inside of the write `r`: the event has the
 * errno, but the call never returned it. */
static bool died_in(const struct scene *s, int proc, const struct result *r)
{
    const struct proc *p = &s->world->proc[proc];
    return r->known && r->error == E_EPIPE && p->last_op == r->op &&
           p->finish == r->at && s->world->task[proc].state == TERMINATED && p->exit_kind == 1 &&
           p->exit_value == PIPE_SIGNAL;
}

/* Addresses are written as everywhere else, in hexadecimal. */
static const char *returned(const struct scene *s, const struct result *r)
{
    const struct op *op = &s->scenario->ops[r->op];
    bool address = op_about((enum verb)op->verb)->call == CALL_ADDRESS;
    return address && r->ret >= 0
               ? ui_format(s->ui, "= 0x%llx", (unsigned long long)r->ret)
               : ui_format(s->ui, "= %lld", (long long)r->ret);
}

static struct outcome outcome(const struct scene *s, int proc, int32_t op,
                              const struct result *r)
{
    struct ui *ui = s->ui;
    const struct task *t = &s->world->task[proc];
    if (r && died_in(s, proc, r))
        return (struct outcome){scene_say(s, W_CALL_KILLED,
                                          signal_name(PIPE_SIGNAL)),
                                TONE_ERROR};
    bool old = current(s, proc) == op && (!r || r->old);
    if (old && t->phase == PHASE_ASLEEP)
        return (struct outcome){word(W_CALL_ASLEEP, ui->lang), TONE_ERROR};
    if (old && t->state == RUNNING)
        return (struct outcome){"…", TONE_ACCENT_TEXT};
    if (!r || !r->known || !says_something(s, r))
        return (struct outcome){"", TONE_TEXT};
    const char *text = returned(s, r);
    if (r->error)
        text = ui_format(ui, "%s  %s", text,
                         errno_text((enum errno_name)r->error));
    return (struct outcome){text, old        ? TONE_FAINT
                                  : r->error ? TONE_ERROR
                                             : TONE_OK};
}

/* The ground and the mark of the statement that a process is at. */
static void mark(struct scene *s, struct rect row, bool asleep)
{
    struct ui *ui = s->ui;
    float size = row.h * 0.55f;
    draw_box(ui->draw,
             (struct box){.at = row, .radius = 4,
                          .fill = ui_tone(ui, asleep ? TONE_ERROR_SOFT
                                                     : TONE_ACCENT_SOFT)});
    icon_draw(ui->draw, asleep ? ICON_STATE_BLOCKED : ICON_STATE_RUNNING,
              rect_middle(rect_cut_left(&row, row.h * 0.9f), size, size),
              ui_tone(ui, asleep ? TONE_ERROR : TONE_ACCENT_TEXT));
}

static void statement(struct scene *s, struct rect row, int proc, int32_t op,
                      const struct result *r)
{
    struct ui *ui = s->ui;
    bool here = current(s, proc) == op;
    const struct task *t = &s->world->task[proc];
    if (here)
        mark(s, row, t->phase == PHASE_ASLEEP);
    rect_cut_left(&row, row.h * 0.9f);
    rect_cut_left(&row, (float)depth_of(s, op) * row.h * 0.8f);
    struct outcome o = outcome(s, proc, op, r);
    float need = o.text[0] ? ui_width(ui, TYPE_CODE, o.text) + SPACE_2 : 0;
    struct rect end = rect_cut_right(&row, need + 6);
    enum type type = here ? TYPE_CODE_STRONG : TYPE_CODE;
    const char *c = scene_c(s, op, here ? proc : NONE);
    ui_label_short(ui, row, type,
                   ui_tone(ui, here || t->state != TERMINATED ? TONE_TEXT
                                                              : TONE_MUTED),
                   ALIGN_LEFT, c);
    if (ui_width(ui, type, c) > row.w) {
        ui_id id = ui_make_id("statement", (int64_t)proc * 65536 + op);
        ui_hover(ui, id, row);
        ui_tip(ui, id, row, c, NULL);
    }
    if (o.text[0])
        ui_label_short(ui, rect_inset_xy(end, 3, 0), TYPE_CODE,
                       ui_tone(ui, o.ink), ALIGN_RIGHT, o.text);
}

/* Those of anybody's variables that are numbers. */
static const bool *all_numbers(const struct scene *s)
{
    const struct scenario *sc = s->scenario;
    bool *any = arena_alloc(&s->ui->frame, (size_t)sc->var_count + 1);
    for (int d = 0; d < sc->process_count; d++)
        lesson_numbers(sc, d, any);
    return any;
}

/* "x = 5  i = 2": its own numbers, and those that it was born with. */
static const char *numbers(const struct scene *s, int proc)
{
    const struct scenario *sc = s->scenario;
    size_t count = (size_t)sc->var_count;
    bool *own = arena_alloc(&s->ui->frame, count + 1);
    const bool *any = NULL; /* of all programs: only if it is needed */
    struct str out = {0};
    lesson_numbers(sc, s->world->proc[proc].def, own);
    for (size_t v = 0; v < count; v++) {
        int64_t value = world_var(s->world, proc, (int64_t)v);
        if (!own[v] && value && !any)
            any = all_numbers(s);
        if (own[v] || (value && any[v]))
            str_addf(&out, "%s%s = %lld", out.length ? "  " : "", sc->vars[v],
                     (long long)value);
    }
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

/* Token, name, pid, numbers, and at the right the state and the kernel's
 * letter. */
static void heading(struct scene *s, struct rect row, int proc)
{
    struct ui *ui = s->ui;
    float r = row.h / 2 - 3;
    struct rect all = row;
    scene_is_about(s, all, proc);
    scene_ground(s, all, proc);
    struct rect dot = rect_cut_left(&row, row.h);
    scene_token(s, (struct point){dot.x + r + 1, dot.y + dot.h / 2}, r, proc);
    rect_cut_left(&row, 3);
    rect_cut_left(&row, scene_label_name(s, row, proc) + SPACE_2);
    char letter = scene_letter(s, proc);
    const struct task *t = &s->world->task[proc];
    const char *state = t->flags & TASK_ZOMBIE
                            ? word(W_STATE_ZOMBIE, ui->lang)
                            : state_title((enum state)t->state, ui->lang);
    if (letter)
        state = letter == '.'
                    ? ui_format(ui, "%s · %s", state, word(W_KERNEL_GATE, ui->lang))
                    : ui_format(ui, "%s · %c", state, letter);
    float w = ui_width(ui, TYPE_CAPTION, state) + 2;
    struct rect right = rect_cut_right(&row, fminf(w, row.w));
    ui_label_short(ui, right, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_RIGHT,
                   state);
    int pid = s->world->proc[proc].real_pid;
    if (pid && row.w > 60) {
        const char *text = ui_format(ui, "pid %d", pid);
        ui_label_short(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_MUTED),
                       ALIGN_LEFT, text);
        rect_cut_left(&row, ui_width(ui, TYPE_CAPTION, text) + SPACE_3);
    }
    ui_label_short(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_ACCENT_TEXT),
                   ALIGN_LEFT, numbers(s, proc));
    ui_id id = ui_make_id("program", proc);
    ui_pressed(ui, id, all, (struct intent){.what = DO_SELECT, .arg = proc});
}

/* The statement to keep in sight: the current one, or where it ended. */
static int32_t in_sight(const struct scene *s, int proc)
{
    return s->world->task[proc].state == TERMINATED
               ? s->world->proc[proc].last_op
               : current(s, proc);
}

/* As many lines as have room, the one to keep in sight among them. */
static void listing(struct scene *s, struct rect at, const struct listing *l,
                    struct results *results)
{
    float line = ui_leading(s->ui, TYPE_CODE);
    int room = (int)((at.h + 1) / line);
    int32_t n = lines_of(l), from = 0, here = in_sight(s, l->proc) - l->first;
    if (here >= 0 && n > room) {
        from = here - room / 2;
        if (from > n - room)
            from = n - room;
        if (from < 0)
            from = 0;
    }
    for (int32_t i = from; i < n && i < from + room; i++) {
        int32_t op = l->first + i;
        statement(s, rect_cut_top(&at, line), l->proc, op,
                  result_of(results, l->proc, op));
    }
}

/* ---- which programs, and how much of each ---- */

enum { PROGRAMS_MOST = 16 };

/* Whom the step that led here is about; NONE: nobody in particular. */
static int subject(const struct scene *s)
{
    struct step_range last = travel_last_step(s->travel);
    for (size_t i = last.end; i > last.begin; i--) {
        const struct event *e = trace_at(s->trace, i - 1);
        if (e->kind == EV_STATE || e->kind == EV_OP || e->kind == EV_DEADLOCK)
            return e->proc;
    }
    return NONE;
}

enum { URGENCY_MOST = 7 };

/* Who comes first when there is no room for all: the selected one, whom the
 * step is about, who runs; among equals those that live. */
static int urgency(const struct scene *s, int proc, int about)
{
    int state = s->world->task[proc].state;
    int u = proc == s->view->selected ? 3
            : proc == about           ? 2
            : state == RUNNING        ? 1
                                      : 0;
    return 2 * u + (state != TERMINATED);
}

/* The processes worth showing, the most urgent first. Returns how many. */
static int choose(const struct scene *s, int *who, int room)
{
    int n = 0, procs = s->world->head->procs, about = subject(s);
    for (int u = URGENCY_MOST; u >= 0; u--)
        for (int i = 0; i < procs && n < room; i++)
            if (urgency(s, i, about) == u)
                who[n++] = i;
    return n;
}

/* Name and state, and a line for its signals if there is something to say. */
static float head_height(const struct scene *s, int proc)
{
    return ui_leading(s->ui, TYPE_CODE) + 4 +
           (signals_matter(s, proc) ? ui_leading(s->ui, TYPE_CAPTION) : 0);
}

/* How many of them fit with a few lines each. */
static int that_fit(const struct scene *s, const int *who, int n, float room)
{
    float line = ui_leading(s->ui, TYPE_CODE);
    int fit = 0;
    for (; fit < n; fit++) {
        struct listing l = listing_of(s, who[fit]);
        int lines = lines_of(&l) < LEAST_LINES ? lines_of(&l) : LEAST_LINES;
        room -= line * (float)lines + head_height(s, who[fit]) + 8;
        if (room < 0 && fit)
            break;
    }
    return fit;
}

static bool stands_before(const struct scene *s, int a, int b)
{
    bool a_ended = s->world->task[a].state == TERMINATED;
    bool b_ended = s->world->task[b].state == TERMINATED;
    return a_ended != b_ended ? b_ended : a < b;
}

/* In the order of all other views, those that have ended behind the others. */
static void put_in_order(const struct scene *s, int *who, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && stands_before(s, who[k], who[k - 1]); k--) {
            int other = who[k];
            who[k] = who[k - 1];
            who[k - 1] = other;
        }
}

/* Shares `lines` out: nobody gets more than its program has. */
static void share_lines(const struct listing *l, int n, int lines, int *out)
{
    int left = lines, hungry = n;
    for (int i = 0; i < n; i++)
        out[i] = 0;
    while (left > 0 && hungry > 0) {
        int each = left / hungry ? left / hungry : 1;
        hungry = 0;
        for (int i = 0; i < n && left > 0; i++) {
            int more = lines_of(&l[i]) - out[i];
            int take = more < each ? more : each;
            take = take < left ? take : left;
            out[i] += take;
            left -= take;
            hungry += out[i] < lines_of(&l[i]);
        }
    }
}

static void draw(struct scene *s, struct rect at)
{
    struct ui *ui = s->ui;
    float line = ui_leading(ui, TYPE_CODE), gap = 8;
    float inside = at.h - 24 - ui_leading(ui, TYPE_HEADING) - SPACE_2;
    int who[PROGRAMS_MOST], lines[PROGRAMS_MOST];
    int n = choose(s, who, PROGRAMS_MOST), procs = s->world->head->procs;
    n = that_fit(s, who, n, inside + gap);
    put_in_order(s, who, n);
    const char *more =
        procs > n ? scene_say(s, W_PROGRAMS_MORE, procs - n) : NULL;
    struct rect in = scene_card(s, at, W_PANEL_PROGRAMS, more);
    struct listing all[PROGRAMS_MOST];
    float left = in.h - (float)(n - 1) * gap;
    for (int i = 0; i < n; i++) {
        all[i] = listing_of(s, who[i]);
        left -= head_height(s, who[i]);
    }
    share_lines(all, n, (int)(left / line), lines);
    struct results results;
    gather(s, &results);
    for (int i = 0; i < n; i++) {
        heading(s, rect_cut_top(&in, line + 4), who[i]);
        if (signals_matter(s, who[i]))
            signals_draw(s, rect_cut_top(&in, ui_leading(ui, TYPE_CAPTION)),
                         who[i]);
        listing(s, rect_cut_top(&in, (float)lines[i] * line), &all[i], &results);
        struct rect between = rect_cut_top(&in, gap);
        if (i + 1 < n)
            draw_rect(ui->draw,
                      (struct rect){in.x, between.y + gap / 2, in.w, 1},
                      ui_tone(ui, TONE_HAIRLINE));
    }
    if (!n)
        ui_label_short(ui, in, TYPE_BODY, ui_tone(ui, TONE_MUTED), ALIGN_CENTRE,
                       word(W_PROGRAMS_NONE, ui->lang));
}

static struct extent least(const struct scene *s)
{
    (void)s;
    return (struct extent){250, 200};
}

const struct panel panel_programs = {
    .title = W_PANEL_PROGRAMS,
    .wanted = panel_always,
    .least = least,
    .draw = draw,
};
