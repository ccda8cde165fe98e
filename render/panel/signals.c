/* signals.c: what a process has said about signals, and what waits for it.
 *
 * A signal that is blocked is not lost: the kernel keeps it *pending*, and it
 * arrives in the moment in which it is unblocked. Nothing else on the screen
 * would show it meanwhile. */
#include "render/panel/signals.h"

#include "sim/scenario/ops.h"

#include <math.h>

/* Bits of the signals whose answer is `a` or `b`. */
static uint64_t answered(const struct scene *s, int proc, enum disposition a,
                         enum disposition b)
{
    uint64_t set = 0;
    for (int sig = 1; sig < SIGNALS; sig++) {
        int32_t d = world_handler(s->world, proc, sig).disposition;
        if (d == (int32_t)a || d == (int32_t)b)
            set |= UINT64_C(1) << (sig - 1);
    }
    return set;
}

static uint64_t caught(const struct scene *s, int proc)
{
    return answered(s, proc, SIG_HANDLED, SIG_HANDLED_RESTART);
}

static uint64_t ignored(const struct scene *s, int proc)
{
    return answered(s, proc, SIG_IGNORED, SIG_IGNORED);
}

/* Appends "blocks SIGPIPE, SIGINT", behind a dot if something is there. */
static void add(const struct scene *s, struct str *out, enum word what,
                uint64_t set)
{
    if (!set)
        return;
    struct str names = {0};
    for (int sig = 1; sig < SIGNALS; sig++)
        if (set >> (sig - 1) & 1)
            str_addf(&names, "%s%s",
                     names.length ? word(W_LIST_COMMA, s->ui->lang) : "",
                     signal_name(sig));
    str_add(out, out->length ? " · " : "");
    str_addf(out, word(what, s->ui->lang), str_text(&names));
    str_free(&names);
}

static const char *keep(const struct scene *s, struct str *made)
{
    const char *text = ui_format(s->ui, "%s", str_text(made));
    str_free(made);
    return text;
}

const char *signals_pending(const struct scene *s, int proc)
{
    struct str out = {0};
    add(s, &out, W_SIGNALS_PENDING, s->world->proc[proc].pending);
    return keep(s, &out);
}

const char *signals_rest(const struct scene *s, int proc)
{
    struct str out = {0};
    add(s, &out, W_SIGNALS_BLOCKED, s->world->proc[proc].mask);
    add(s, &out, W_SIGNALS_CAUGHT, caught(s, proc));
    add(s, &out, W_SIGNALS_IGNORED, ignored(s, proc));
    return keep(s, &out);
}

bool signals_matter(const struct scene *s, int proc)
{
    const struct proc *p = &s->world->proc[proc];
    if (s->world->task[proc].state == TERMINATED)
        return false;
    return p->pending || p->mask || caught(s, proc) || ignored(s, proc);
}

void signals_draw(struct scene *s, struct rect row, int proc)
{
    struct ui *ui = s->ui;
    struct rect all = row;
    const char *pending = signals_pending(s, proc), *rest = signals_rest(s, proc);
    rect_cut_left(&row, ui_leading(ui, TYPE_CODE) * 0.9f);
    if (pending[0]) {
        float w = ui_width(ui, TYPE_CAPTION, pending) + 2 * SPACE_2;
        struct rect plate = rect_cut_left(&row, fminf(w, row.w));
        draw_box(ui->draw, (struct box){.at = plate, .radius = plate.h / 2,
                                        .fill = ui_tone(ui, TONE_WARN_SOFT)});
        ui_label_short(ui, plate, TYPE_CAPTION, ui_tone(ui, TONE_WARN),
                       ALIGN_CENTRE, pending);
        rect_cut_left(&row, SPACE_2);
    }
    ui_label_short(ui, row, TYPE_CAPTION, ui_tone(ui, TONE_MUTED), ALIGN_LEFT,
                   rest);
    ui_id id = ui_make_id("signals", proc);
    ui_hover(ui, id, all);
    ui_tip(ui, id, all,
           ui_format(ui, "%s%s%s", pending, pending[0] && rest[0] ? " · " : "",
                     rest),
           NULL);
}
