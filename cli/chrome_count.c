/* chrome_count.c: counters: how long the ready queue is, what is in pipes and
 * queues, what semaphores are. */
#include "cli/chrome_count.h"

#include <string.h>

static size_t count(struct chrome *c, tick t, int pid, const char *name,
                    const char *unit, int64_t value)
{
    struct str s = {0};
    str_add_json(&s, name, strlen(name));
    size_t n = chrome_add(c, t, 'C',
                          "\"pid\": %d, \"tid\": 0, \"name\": \"%s\", "
                          "\"args\": {\"%s\": %lld}",
                          pid, str_text(&s), unit, (long long)value);
    str_free(&s);
    return n;
}

void chrome_count_ready(struct report *r, tick t)
{
    struct chrome *c = r->chrome;
    if (c->ready != NO_RECORD && c->all[c->ready].t == t)
        c->all[c->ready].dropped = true;
    c->ready = count(c, t, PID_CPUS, "ready queue", "processes",
                     r->teller.world.head->in_state[READY]);
}

/* "pipe p", "fifo ./mfifo" */
void chrome_pipe_name(const struct world *w, int pipe, struct str *out)
{
    const struct pipe *p = &w->pipe[pipe];
    if (p->var != NONE) {
        const char *var = w->scenario->vars[p->var];
        str_addf(out, "pipe %.*s", (int)strcspn(var, "["), var);
    } else if (p->inode != NONE) {
        str_addf(out, "fifo ./%s",
                 w->scenario->names[w->inode[p->inode].name]);
    } else {
        str_addf(out, "pipe %d", pipe);
    }
}

void chrome_object_name(const struct world *w, const char *kind,
                        const struct ipc *o, int64_t number, struct str *out)
{
    str_addf(out, "%s %s", kind, w->scenario->vars[o->var]);
    if (number >= 0)
        str_addf(out, "[%lld]", (long long)number);
}

void chrome_count_pipe(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    struct str name = {0};
    chrome_pipe_name(w, e->obj, &name);
    count(r->chrome, e->t, PID_OBJECTS, str_text(&name), "bytes",
          w->pipe[e->obj].bytes);
    str_free(&name);
}

void chrome_count_queue(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    struct str name = {0};
    chrome_object_name(w, "queue", &w->msgq[e->obj].ipc, -1, &name);
    count(r->chrome, e->t, PID_OBJECTS, str_text(&name), "messages",
          w->msgq[e->obj].qnum);
    str_free(&name);
}

void chrome_count_semaphore(struct report *r, const struct event *e)
{
    const struct world *w = &r->teller.world;
    const struct semset *set = &w->semset[w->sem[e->obj].set];
    struct str name = {0};
    chrome_object_name(w, "semaphore", &set->ipc, e->obj - set->first, &name);
    count(r->chrome, e->t, PID_OBJECTS, str_text(&name), "value",
          w->sem[e->obj].value);
    str_free(&name);
}
