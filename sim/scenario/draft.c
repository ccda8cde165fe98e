/* draft.c: what was done to a text, taken back and done again. */
#include "sim/scenario/draft.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/scenario/draft_text.h"

#include <stdlib.h>
#include <string.h>

void draft_begin(struct draft *d, const char *text, size_t length)
{
    *d = (struct draft){.done = 0};
    str_add_bytes(&d->text, text, length);
}

static void forget(struct draft *d, size_t from)
{
    for (size_t i = from; i < d->count; i++) {
        str_free(&d->steps[i].out);
        str_free(&d->steps[i].in);
    }
    d->count = from;
}

void draft_free(struct draft *d)
{
    forget(d, 0);
    free(d->steps);
    str_free(&d->text);
    *d = (struct draft){.done = 0};
}

/* ---- steps ---- */

static void splice(struct draft *d, size_t at, size_t out, const struct str *in)
{
    struct str rest = {0};
    str_add_bytes(&rest, d->text.text + at + out, d->text.length - at - out);
    str_cut(&d->text, at);
    str_add_bytes(&d->text, str_text(in), in->length);
    str_add_bytes(&d->text, str_text(&rest), rest.length);
    str_free(&rest);
}

void draft_replace(struct draft *d, size_t at, size_t out, const char *in,
                   size_t length)
{
    require(d->open && at + out <= d->text.length);
    if (d->done < d->count && d->saved > d->done)
        d->saved = SIZE_MAX; /* it was saved with what can never come again */
    forget(d, d->done);
    d->steps = mem_grow(d->steps, d->count + 1, &d->capacity, sizeof *d->steps);
    struct draft_step *s = &d->steps[d->count++];
    *s = (struct draft_step){.at = at, .joined = true};
    str_add_bytes(&s->out, d->text.text + at, out);
    str_add_bytes(&s->in, in, length);
    splice(d, at, out, &s->in);
    d->done = d->count;
}

static void take_back(struct draft *d)
{
    const struct draft_step *s = &d->steps[--d->done];
    splice(d, s->at, s->in.length, &s->out);
}

/* ---- changes ---- */

void draft_change(struct draft *d)
{
    require(!d->open);
    d->open = true;
    d->begun = d->parted = d->done;
}

void draft_part(struct draft *d)
{
    require(d->open);
    d->parted = d->done;
}

void draft_keep(struct draft *d)
{
    require(d->open);
    d->open = false;
    if (d->done > d->begun)
        d->steps[d->begun].joined = false;
    if (d->done > d->parted)
        d->steps[d->parted].joined = false;
}

void draft_drop(struct draft *d)
{
    require(d->open);
    d->open = false;
    while (d->done > d->begun)
        take_back(d);
    forget(d, d->done);
}

bool draft_undo(struct draft *d)
{
    require(!d->open);
    if (!d->done)
        return false;
    do
        take_back(d);
    while (d->steps[d->done].joined);
    return true;
}

bool draft_redo(struct draft *d)
{
    require(!d->open);
    if (d->done == d->count)
        return false;
    do {
        const struct draft_step *s = &d->steps[d->done++];
        splice(d, s->at, s->out.length, &s->in);
    } while (d->done < d->count && d->steps[d->done].joined);
    return true;
}

void draft_set_saved(struct draft *d)
{
    d->saved = d->done;
}

bool draft_differs(const struct draft *d)
{
    return d->saved != d->done;
}
