/* wakeups.c: see wakeups.h. */
#include "sim/mech/wakeups.h"

#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

bool wakeups_has(const struct wakeups *u, int proc)
{
    for (size_t i = u->first; i < u->count; i++)
        if (u->list[i].proc == proc)
            return true;
    return false;
}

void wakeups_add(struct wakeups *u, int proc, struct event why)
{
    u->list = mem_grow(u->list, u->count + 1, &u->room, sizeof *u->list);
    u->list[u->count++] = (struct woken){proc, why};
}

static void drop_awake(const struct sim *s, struct wakeups *u)
{
    size_t kept = u->first;
    for (size_t i = u->first; i < u->count; i++)
        if (s->world.task[u->list[i].proc].phase == PHASE_ASLEEP)
            u->list[kept++] = u->list[i];
    u->count = kept;
}

bool wakeups_next(struct sim *s, struct wakeups *u, enum race_kind kind,
                  int obj, struct woken *next)
{
    drop_awake(s, u);
    size_t among = u->count - u->first;
    if (!among)
        return false;
    struct woken *list = u->list + u->first;
    bool open = among > 1 && kind != RACE_NONE;
    size_t n = open ? race_choose(s, kind, obj, among) : 0;
    if (open && kind == RACE_PIPE)
        obey(s, RULE_P17);
    *next = list[n];
    memmove(list + 1, list, n * sizeof *list);
    u->first++;
    if (open)
        SAY(s, .kind = EV_CHOICE, .sub = (uint8_t)kind, .proc = next->proc,
            .obj = obj, .aux = (int32_t)among, .val = (int64_t)n);
    return true;
}

void wakeups_free(struct wakeups *u)
{
    free(u->list);
    *u = (struct wakeups){0};
}
