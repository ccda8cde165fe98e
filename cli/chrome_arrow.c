/* chrome_arrow.c: arrows between slices: who sends, who receives, who wakes
 * whom. */
#include "cli/chrome.h"

#include "sim/base/mem.h"

#include <stdio.h>
#include <string.h>

/* Where an end of an arrow can stand: inside of the op that is open; before
 * the end of the slice that was closed just now; inside of the state. -1:
 * nowhere. */
static int64_t place_on(const struct chrome *c, const struct track *on, tick t)
{
    if (on->op)
        return c->place + 2;
    if (on->closed != NO_RECORD && c->all[on->closed].t == t)
        return c->all[on->closed].place - 1;
    return on->state ? c->place + 2 : -1;
}

/* The same behind what stands at `after`. */
static int64_t place_behind(const struct chrome *c, const struct track *on,
                            tick t, int64_t after)
{
    int64_t place = place_on(c, on, t);
    if (place > after)
        return place;
    return on->op || on->state ? c->place + 2 : -1;
}

static size_t add_end(struct chrome *c, tick t, char phase, int proc,
                      const struct arrow *a, int64_t place)
{
    size_t n = chrome_add(
        c, t, phase,
        "\"pid\": %d, \"tid\": %d, \"id\": %lld, %s\"cat\": \"%s\", "
        "\"name\": \"%s\"",
        PID_PROCESSES, proc + 1, (long long)a->id,
        phase == 's' ? "" : "\"bp\": \"e\", ", a->category, a->name);
    c->all[n].place = place;
    return n;
}

static bool begin(struct chrome *c, tick t, struct arrow *a)
{
    int64_t place = place_on(c, chrome_track(c, a->from), t);
    if (place < 0)
        return false;
    a->id = ++c->arrow_id;
    a->begun = add_end(c, t, 's', a->from, a, place);
    a->last = NO_RECORD;
    return true;
}

static void arrive(struct chrome *c, tick t, struct arrow *a, int to,
                   char phase)
{
    const struct record *s = &c->all[a->begun];
    struct track *on = chrome_track(c, to);
    int64_t place = s->t == t ? place_behind(c, on, t, s->place)
                              : place_on(c, on, t);
    if (place >= 0)
        a->last = add_end(c, t, phase, to, a, place);
}

/* An arrow ends where it was last seen, or it was none. */
static void end_arrow(struct chrome *c, const struct arrow *a)
{
    if (a->last == NO_RECORD)
        c->all[a->begun].dropped = true;
    else
        c->all[a->last].phase = 'f';
}

static void set_name(struct arrow *a, const char *name)
{
    struct str s = {0};
    str_add_json(&s, name, strlen(name));
    if (s.length < sizeof a->name)
        memcpy(a->name, s.text, s.length + 1);
    else
        memcpy(a->name, "arrow", sizeof "arrow");
    str_free(&s);
}

void chrome_point(struct chrome *c, tick t, int from, int to,
                  const char *category, const char *name)
{
    struct arrow a = {
        .from = from, .kind = MECH_PROC, .category = category};
    struct str whole = {0};
    str_addf(&whole, "%s%s%s", category, *name ? " " : "", name);
    set_name(&a, str_text(&whole));
    str_free(&whole);
    if (from == to || !begin(c, t, &a))
        return;
    arrive(c, t, &a, to, 'f');
    end_arrow(c, &a);
}

void chrome_send(struct chrome *c, tick t, enum mechanism kind, int32_t object,
                 int from, int64_t bytes, const char *name)
{
    struct arrow a = {.kind = kind,
                      .object = object,
                      .from = from,
                      .left = bytes,
                      .category = kind == MECH_PIPE ? "pipe" : "queue"};
    set_name(&a, name);
    if (!begin(c, t, &a))
        a.begun = NO_RECORD; /* it is there all the same */
    c->arrow = mem_grow(c->arrow, c->arrows + 1, &c->arrow_room,
                        sizeof *c->arrow);
    c->arrow[c->arrows++] = a;
}

static void take_out(struct chrome *c, size_t i)
{
    if (c->arrow[i].begun != NO_RECORD)
        end_arrow(c, &c->arrow[i]);
    c->arrows--;
    memmove(&c->arrow[i], &c->arrow[i + 1],
            (c->arrows - i) * sizeof *c->arrow);
}

void chrome_take_bytes(struct chrome *c, tick t, int32_t pipe, int to,
                       int64_t bytes)
{
    for (size_t i = 0; i < c->arrows && bytes > 0;) {
        struct arrow *a = &c->arrow[i];
        if (a->kind != MECH_PIPE || a->object != pipe) {
            i++;
            continue;
        }
        int64_t n = a->left < bytes ? a->left : bytes;
        bytes -= n;
        a->left -= n;
        if (a->begun != NO_RECORD && to != a->from)
            arrive(c, t, a, to, a->left ? 't' : 'f');
        if (!a->left)
            take_out(c, i);
    }
}

void chrome_take_message(struct chrome *c, tick t, int32_t queue, int to,
                         int place)
{
    for (size_t i = 0; i < c->arrows; i++) {
        struct arrow *a = &c->arrow[i];
        if (a->kind != MECH_MSGQ || a->object != queue || place-- > 0)
            continue;
        if (a->begun != NO_RECORD && to != a->from)
            arrive(c, t, a, to, 'f');
        take_out(c, i);
        return;
    }
}

void chrome_forget(struct chrome *c, enum mechanism kind, int32_t object)
{
    for (size_t i = 0; i < c->arrows;)
        if (c->arrow[i].kind == kind && c->arrow[i].object == object)
            take_out(c, i);
        else
            i++;
}

void chrome_arrows_end(struct chrome *c)
{
    while (c->arrows)
        take_out(c, c->arrows - 1);
}
