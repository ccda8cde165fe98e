/* look.c: what is cut and what overlaps, from the commands of a frame. */
#include "tests/fit/fit.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double readable = 4.5; /* WCAG 2.1, 1.4.3 */

const char *const fault_names[FAULT_COUNT] = {"cut", "overlap", "faint",
                                              "short"};

void fit_say(struct fit *f, enum fault fault, const char *format, ...)
{
    f->count[fault]++;
    if (f->said[fault]++ >= f->say_most)
        return;
    va_list args;
    va_start(args, format);
    printf("%s: %s: ", f->where, fault_names[fault]);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
}

long fit_faults(const struct fit *f)
{
    return f->count[FAULT_CUT] + f->count[FAULT_OVERLAP] +
           f->count[FAULT_FAINT];
}

struct rect fit_letters(const struct draw_command *c)
{
    const struct draw_run *run = &c->text.run;
    float up = run->size * 0.72f;
    return (struct rect){c->text.at.x, c->text.at.y - up, run->width, up};
}

static bool is_blank(const struct draw_run *r)
{
    size_t i = 0;
    while (i < r->length && r->text[i] == ' ')
        i++;
    return i == r->length;
}

static bool is_text(const struct draw_command *c)
{
    return c->kind == DRAW_TEXT && !is_blank(&c->text.run) &&
           c->text.run.ink >> 24;
}

/* What of the letters can be seen. */
static struct rect seen(const struct draw_command *c)
{
    return rect_meet(fit_letters(c), c->clip);
}

static bool ends_in_ellipsis(const struct draw_run *r)
{
    return r->length >= 3 && memcmp(r->text + r->length - 3, "…", 3) == 0;
}

/* A row that scrolls may be cut by its top or bottom, but never by its sides;
 * what no eye sees at all was left out. */
static void look_at_edges(struct fit *f, const struct ui *ui,
                          const struct draw_command *c)
{
    struct rect letters = fit_letters(c), left = seen(c);
    struct rect window = rect_meet(left, ui->all);
    if (left.w <= 0 || left.h <= 0)
        return;
    float lost = letters.w - window.w;
    if (lost > 1.5f || window.h < left.h - 1)
        fit_say(f, FAULT_CUT, "\"%.*s\" has no room for %.0f units",
                (int)c->text.run.length, c->text.run.text, (double)lost);
}

/* An opaque box that was drawn after `i` and before `j` over what they share
 * is a card that lies above: whoever reads sees only the upper one. */
static bool is_covered(const struct draw *d, size_t i, size_t j,
                       struct rect shared)
{
    for (size_t k = i + 1; k < j; k++) {
        const struct draw_command *c = &d->commands[k];
        struct rect at = c->kind == DRAW_BOX ? c->box.at : c->bounds;
        bool solid = (c->kind == DRAW_BOX && c->box.fill >> 24 == 255) ||
                     (c->kind == DRAW_CIRCLE && c->circle.fill >> 24 == 255);
        if (c->kind == DRAW_CIRCLE)
            at = (struct rect){c->circle.at.x - c->circle.radius,
                               c->circle.at.y - c->circle.radius,
                               2 * c->circle.radius, 2 * c->circle.radius};
        struct rect over = rect_meet(rect_meet(at, c->clip), shared);
        if (solid && over.w >= shared.w - 0.5f && over.h >= shared.h - 0.5f)
            return true;
    }
    return false;
}

static void look_at_pair(struct fit *f, const struct draw *d, size_t i,
                         size_t j)
{
    const struct draw_command *a = &d->commands[i], *b = &d->commands[j];
    struct rect shared = rect_meet(seen(a), seen(b));
    if (shared.w <= 1.5f || shared.h <= 1.5f || is_covered(d, i, j, shared))
        return;
    fit_say(f, FAULT_OVERLAP, "\"%.*s\" and \"%.*s\" share %.0f × %.0f units",
            (int)a->text.run.length, a->text.run.text,
            (int)b->text.run.length, b->text.run.text, (double)shared.w,
            (double)shared.h);
}

static void look_at_ground(struct fit *f, const struct ui *ui, size_t i)
{
    const struct draw_command *c = &ui->layers[0].commands[i];
    struct rect at = seen(c);
    if (at.w <= 1 || at.h < fit_letters(c).h - 1)
        return;
    colour under = 0;
    double k = fit_contrast(&ui->layers[0], i, ui_tone(ui, TONE_GROUND),
                            &under);
    if (k < f->least || f->least <= 0) {
        f->least = k;
        snprintf(f->least_of, sizeof f->least_of, "%s: \"%.*s\" #%06x on #%06x",
                 f->where, (int)fmin((double)c->text.run.length, 60),
                 c->text.run.text, c->text.run.ink & 0xFFFFFF,
                 under & 0xFFFFFF);
    }
    if (k < readable)
        fit_say(f, FAULT_FAINT, "\"%.*s\" #%08x on #%06x: %.2f : 1",
                (int)c->text.run.length, c->text.run.text, c->text.run.ink,
                under & 0xFFFFFF, k);
}

void fit_look(struct fit *f, const struct ui *ui)
{
    const struct draw *d = &ui->layers[0];
    f->frames++;
    for (size_t i = 0; i < ui->cut_count; i++)
        fit_say(f, FAULT_CUT, "\"%s\" at %.0f, %.0f", ui->cuts[i].text,
                (double)ui->cuts[i].at.x, (double)ui->cuts[i].at.y);
    size_t *texts = malloc((d->count + 1) * sizeof *texts), n = 0;
    for (size_t i = 0; i < d->count && texts; i++)
        if (is_text(&d->commands[i]))
            texts[n++] = i;
    f->texts += (long)n;
    for (size_t j = 0; j < n; j++) {
        const struct draw_command *c = &d->commands[texts[j]];
        look_at_edges(f, ui, c);
        look_at_ground(f, ui, texts[j]);
        if (ends_in_ellipsis(&c->text.run))
            fit_say(f, FAULT_SHORT, "\"%.*s\"", (int)c->text.run.length,
                    c->text.run.text);
        for (size_t i = 0; i < j; i++)
            look_at_pair(f, d, texts[i], texts[j]);
    }
    free(texts);
}
