/* draft_op.c: ops of a program in the text: where one stands, and one more, one
 * less, or one further up or down. */
#include "sim/scenario/draft_text.h"

#include <stdio.h>
#include <string.h>

/* ---- where an op stands ---- */

/* "/7/do" or "/program": without a number, then a word. */
static bool spot_add(struct draft_spot *to, int index, const char *key)
{
    size_t n = strlen(to->list), room = sizeof to->list - n;
    int more = index < 0 ? snprintf(to->list + n, room, "/%s", key)
                         : snprintf(to->list + n, room, "/%d/%s", index, key);
    return more > 0 && (size_t)more < room;
}

/* Goes through the ops before `pc` in their order; a body that `pc` is in
 * makes the way one list longer. */
static bool walk_to(const struct scenario *sc, int32_t pc,
                    struct draft_spot *to)
{
    const struct process_def *p = &sc->processes[scenario_owner(sc, pc)];
    to->index = 0;
    for (int32_t i = p->first; i < pc;) {
        const struct op *op = &sc->ops[i];
        bool body = op->end > i;
        if (body && pc <= op->end) {
            if (!spot_add(to, to->index, "do"))
                return false;
            to->index = 0;
            i++;
        } else {
            to->index++;
            i = body ? op->end + 1 : i + 1;
        }
    }
    return true;
}

bool draft_spot(const struct draft *d, const struct scenario *sc, int32_t pc,
                struct draft_spot *to)
{
    struct draft_place at;
    *to = (struct draft_spot){.list = "/processes"};
    size_t n = strlen(to->list);
    spot_add(to, scenario_owner(sc, pc), "bursts");
    to->bursts = draft_find(d, to->list, &at);
    if (!to->bursts) {
        to->list[n] = '\0';
        spot_add(to, scenario_owner(sc, pc), "program");
    }
    if (!walk_to(sc, pc, to))
        return false;
    to->count = draft_count(d, to->list);
    to->index = to->index < to->count ? to->index : to->count;
    return true;
}

/* ---- bursts ---- */

/* [5, 3] becomes [{"cpu": 5}, {"io": 3}]. */
static void unfold(const char *text, size_t begin, struct str *out)
{
    struct draft_walk w;
    draft_walk_begin(&w, text, begin);
    str_add_char(out, '[');
    for (int i = 0; draft_walk_next(&w); i++) {
        str_addf(out, "%s{\"%s\": ", i ? ", " : "", i % 2 ? "io" : "cpu");
        str_add_bytes(out, text + w.place.begin, w.place.end - w.place.begin);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

bool draft_unfold(struct draft *d, int process)
{
    char pointer[64];
    struct draft_place at;
    struct str out = {0};
    snprintf(pointer, sizeof pointer, "/processes/%d/bursts", process);
    if (!draft_find(d, pointer, &at))
        return true;
    str_add(&out, "\"program\": ");
    unfold(d->text.text, at.begin, &out);
    draft_replace(d, at.key, at.end - at.key, out.text, out.length);
    str_free(&out);
    return true;
}

/* ---- one op ---- */

/* Where it stands, in a program. */
static bool spot_in_program(struct draft *d, const struct scenario *sc,
                            int32_t pc, struct draft_spot *to)
{
    return draft_unfold(d, scenario_owner(sc, pc)) && draft_spot(d, sc, pc, to);
}

bool draft_op_pointer(const struct draft *d, const struct scenario *sc,
                      int32_t pc, char to[DRAFT_POINTER_MOST + 16])
{
    struct draft_spot spot;
    if (sc->ops[pc].verb == OP_end || !draft_spot(d, sc, pc, &spot) ||
        spot.index >= spot.count)
        return false;
    snprintf(to, DRAFT_POINTER_MOST + 16, "%s/%d", spot.list, spot.index);
    return true;
}

int32_t draft_row(const struct scenario *sc, int32_t pc)
{
    const struct process_def *p = &sc->processes[scenario_owner(sc, pc)];
    return p->period && pc == p->end ? pc - 1 : pc;
}

bool draft_insert_op(struct draft *d, const struct scenario *sc, int32_t pc,
                     const char *json)
{
    struct draft_spot spot;
    return spot_in_program(d, sc, pc, &spot) &&
           draft_insert(d, spot.list, spot.index, json);
}

bool draft_remove_op(struct draft *d, const struct scenario *sc, int32_t pc)
{
    char pointer[DRAFT_POINTER_MOST + 16];
    return draft_unfold(d, scenario_owner(sc, pc)) &&
           draft_op_pointer(d, sc, pc, pointer) && draft_remove(d, pointer);
}

bool draft_move_op(struct draft *d, const struct scenario *sc, int32_t pc,
                   int by, int32_t *to)
{
    struct draft_spot spot;
    const struct op *op = &sc->ops[pc];
    if (op->verb == OP_end || !spot_in_program(d, sc, pc, &spot))
        return false;
    int first = by < 0 ? spot.index - 1 : spot.index;
    if (first < 0 || first + 1 >= spot.count ||
        !draft_exchange(d, spot.list, first))
        return false;
    int32_t behind = (op->end > pc ? op->end : pc) + 1;
    if (by > 0) { /* by as much as the next one takes */
        int32_t end = sc->ops[behind].end;
        *to = pc + (end > behind ? end - behind : 0) + 1;
        return true;
    }
    *to = pc - 1;
    if (sc->ops[*to].verb == OP_end)
        *to = sc->ops[*to].end;
    return true;
}
