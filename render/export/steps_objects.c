/* steps_objects.c: the kernel objects of a moment, as the page wants them:
 * what the panels of the same names draw, without where it is drawn. */
#include "render/export/steps.h"

#include "render/lesson.h"
#include "render/segment.h"
#include "sim/model/semaphore.h"
#include "sim/model/shm.h"

#include <string.h>

/* As many of a kind of detail as a page has room for. */
enum {
    BYTES_MOST = 64, /* of a pipe, one by one */
    PAGES_MOST = 256,
    MESSAGES_MOST = 64,
    MESSAGE_BYTES = 24,
    MAPPINGS_MOST = 32,
    RUNS_MOST = 10,
    RUN_BYTES = 24,
    SEMS_MOST = 32,
    WAITERS_MOST = 128
};

/* ---- small parts ---- */

static void comma(struct str *out)
{
    char last = out->length ? out->text[out->length - 1] : '{';
    if (last != '{' && last != '[')
        str_add_char(out, ',');
}

static void add_number(struct str *out, const char *name, int64_t n)
{
    comma(out);
    str_addf(out, "\"%s\":%lld", name, (long long)n);
}

static void add_string(struct str *out, const char *text, size_t length)
{
    comma(out);
    str_add_char(out, '"');
    str_add_json(out, text, length);
    str_add_char(out, '"');
}

void steps_add_text(struct str *out, const char *name, const char *text,
                    size_t length)
{
    comma(out);
    str_addf(out, "\"%s\":\"", name);
    str_add_json(out, text, length);
    str_add_char(out, '"');
}

static void add_text(struct str *out, const char *name, const char *text)
{
    steps_add_text(out, name, text, strlen(text));
}

static void begin_list(struct str *out, const char *name)
{
    comma(out);
    str_addf(out, "\"%s\":[", name);
}

void steps_add_queue(const struct world *w, const char *name,
                     const struct queue *q, struct str *out)
{
    int who[WAITERS_MOST];
    int n = world_queue(w, q, who, WAITERS_MOST);
    if (!n)
        return;
    begin_list(out, name);
    for (int i = 0; i < n; i++)
        str_addf(out, "%s%d", i ? "," : "", who[i]);
    str_add_char(out, ']');
}

/* ---- pipes, and FIFOs as what they hold ---- */

static void add_pipe_name(const struct world *w, const struct pipe *p,
                          struct str *out)
{
    const struct scenario *sc = w->scenario;
    const char *name = p->inode != NONE ? sc->names[w->inode[p->inode].name]
                       : p->var >= 0    ? sc->vars[p->var]
                                        : "pipe";
    size_t length = p->inode != NONE ? strlen(name) : strcspn(name, "[");
    steps_add_text(out, "n", name, length);
}

/* [process, descriptor] of those who hold an end open. */
static void add_holders(const struct world *w, const char *name, int pipe,
                        enum desc_kind end, struct str *out)
{
    begin_list(out, name);
    for (int i = 0; i < w->head->procs; i++) {
        int fd = w->task[i].state == TERMINATED ? NONE
                                                : world_end(w, i, pipe, end);
        if (fd == NONE)
            continue;
        comma(out);
        str_addf(out, "[%d,%d]", i, fd);
    }
    str_add_char(out, ']');
}

static void add_pipe_pages(const struct world *w, const struct pipe *p,
                           struct str *out)
{
    begin_list(out, "pages");
    for (int i = 0; i < p->used && i < PAGES_MOST; i++) {
        const struct pipe_page *page =
            &w->page[p->ring + ((p->first + i) & (p->room - 1))];
        comma(out);
        str_addf(out, "[%d,%d]", (int)page->start, (int)page->end);
    }
    str_add_char(out, ']');
}

static void write_pipe(const struct world *w, int i, struct str *out)
{
    const struct pipe *p = &w->pipe[i];
    unsigned char bytes[BYTES_MOST];
    add_pipe_name(w, p, out);
    add_number(out, "bytes", p->bytes);
    add_number(out, "slots", p->slots);
    add_number(out, "used", p->used);
    if (p->inode != NONE)
        add_number(out, "fifo", 1);
    if (world_pipe_gone(w, i))
        add_number(out, "gone", 1);
    if (p->bytes && p->bytes <= BYTES_MOST) {
        size_t n = world_pipe_bytes(w, i, bytes, BYTES_MOST);
        begin_list(out, "cells");
        for (size_t k = 0; k < n; k++)
            str_addf(out, "%s%d", k ? "," : "", bytes[k]);
        str_add_char(out, ']');
    } else if (p->bytes) {
        add_pipe_pages(w, p, out);
    }
    add_holders(w, "readers", i, DESC_PIPE_READ, out);
    add_holders(w, "writers", i, DESC_PIPE_WRITE, out);
    steps_add_queue(w, "reading", &p->read_wait, out);
    steps_add_queue(w, "writing", &p->write_wait, out);
}

static void write_file(const struct world *w, int i, struct str *out)
{
    const struct inode *n = &w->inode[i];
    if (n->kind == INODE_NONE)
        return;
    add_text(out, "n", w->scenario->names[n->name]);
    add_number(out, "fifo", n->kind == INODE_FIFO);
    comma(out);
    str_addf(out, "\"mode\":\"0%03o\"", (unsigned)n->mode);
    add_number(out, "links", n->links);
    if (n->pipe != NONE && !world_pipe_gone(w, n->pipe))
        add_number(out, "pipe", n->pipe);
    steps_add_queue(w, "reading", &n->open_read, out);
    steps_add_queue(w, "writing", &n->open_write, out);
}

/* ---- System V ---- */

static void add_ipc(const struct world *w, const struct ipc *ipc, int id,
                    struct str *out)
{
    struct arena a = {0};
    add_number(out, "id", id);
    add_text(out, "n", ipc->var >= 0 ? w->scenario->vars[ipc->var] : "");
    add_text(out, "key", lesson_key(w, ipc->key, &a));
    if (ipc->gone)
        add_number(out, "gone", 1);
    arena_free(&a);
}

/* [type, bytes, sender, "text"]; a text that is long or cannot be seen is left
 * out. */
static void add_message(struct str *out, const struct msg *m,
                        const unsigned char *text)
{
    bool plain = m->length > 0 && m->length <= MESSAGE_BYTES &&
                 utf8_valid((const char *)text, (size_t)m->length) &&
                 !text_obeyed((const char *)text, (size_t)m->length, false);
    comma(out);
    str_addf(out, "[%lld,%d,%d", (long long)m->type, (int)m->length,
             (int)m->sender);
    if (plain)
        add_string(out, (const char *)text, (size_t)m->length);
    str_add_char(out, ']');
}

/* [process, receives, not this type, type, bytes] of those who sleep there. */
static void add_wishes(const struct world *w, const char *name,
                       const struct queue *q, struct str *out)
{
    int who[WAITERS_MOST];
    int n = world_queue(w, q, who, WAITERS_MOST);
    begin_list(out, name);
    for (int i = 0; i < n; i++) {
        struct lesson_message m = lesson_message(w, who[i]);
        comma(out);
        str_addf(out, "[%d,%d,%d,%lld,%lld]", who[i], m.receives, m.except,
                 (long long)m.type, (long long)m.bytes);
    }
    str_add_char(out, ']');
}

static void write_msgq(const struct world *w, int i, struct str *out)
{
    const struct msgq *q = &w->msgq[i];
    add_ipc(w, &q->ipc, i, out);
    if (q->ipc.gone)
        return;
    add_number(out, "most", q->qbytes);
    add_number(out, "bytes", q->cbytes);
    add_number(out, "count", q->qnum);
    begin_list(out, "list");
    const unsigned char *text = w->text + q->texts;
    for (int k = 0; k < q->qnum && k < MESSAGES_MOST; k++) {
        const struct msg *m = &w->msg[q->first + k];
        add_message(out, m, text);
        text += m->length;
    }
    str_add_char(out, ']');
    add_wishes(w, "receivers", &q->receivers, out);
    add_wishes(w, "senders", &q->senders, out);
}

/* [process, "0x7f…", read-only]. */
static void add_mappings(const struct world *w, int shm, struct str *out)
{
    int n = 0;
    begin_list(out, "maps");
    for (int p = 0; p < w->head->procs; p++)
        for (int k = 0; k < w->head->attaches && n < MAPPINGS_MOST; k++) {
            const struct attach *a = world_attach(w, p, k);
            if (a->shm != shm)
                continue;
            comma(out);
            str_addf(out, "[%d,\"0x%llx\",%d]", p,
                     (unsigned long long)a->address, a->readonly != 0);
            n++;
        }
    str_add_char(out, ']');
}

/* [byte, 5] of an int, [byte, "text", bytes] of others. */
static void add_runs(const struct world *w, int shm, struct str *out)
{
    struct segment_run r = {0};
    begin_list(out, "runs");
    for (int n = 0; n < RUNS_MOST; n++) {
        char text[RUN_BYTES + 1];
        r = segment_next_run(w, shm, r.at + r.length);
        if (!r.length)
            break;
        comma(out);
        str_addf(out, "[%lld", (long long)r.at);
        if (r.is_int) {
            str_addf(out, ",%d]", segment_int(w, shm, r));
            continue;
        }
        segment_text(w, shm, r, text, sizeof text);
        add_string(out, text, strlen(text));
        str_addf(out, ",%d]", r.length);
    }
    str_add_char(out, ']');
}

static void write_shm(const struct world *w, int i, struct str *out)
{
    const struct shm *m = &w->shm[i];
    add_ipc(w, &m->ipc, i, out);
    if (m->ipc.gone)
        return;
    add_number(out, "size", m->size);
    add_number(out, "nattch", m->nattch);
    if (m->dest)
        add_number(out, "dest", 1);
    add_mappings(w, i, out);
    add_runs(w, i, out);
}

/* ---- semaphores ---- */

static void add_pair(struct str *out, int proc, int n)
{
    comma(out);
    str_addf(out, "[%d,%d]", proc, n);
}

/* [process, how many] of those who have taken from semaphore `sem`, sleep to
 * take, or sleep until it is 0; and what ends will give back. */
static void add_sem_lines(const struct world *w, int sem, struct str *out)
{
    const struct sem *one = &w->sem[sem];
    begin_list(out, "held");
    for (int64_t i = 0; i < w->head->holds; i++)
        if (w->hold[i].proc != NONE && w->hold[i].sem == sem)
            add_pair(out, w->hold[i].proc, w->hold[i].count);
    str_add(out, "]");
    begin_list(out, "taking");
    for (int i = one->alter.head; i != NONE; i = w->task[i].line.next)
        add_pair(out, i, -sem_awaited(w, i).op);
    str_add(out, "]");
    begin_list(out, "undo");
    for (int64_t i = 0; i < w->head->undos; i++)
        if (w->undo[i].proc != NONE && w->undo[i].sem == sem)
            add_pair(out, w->undo[i].proc, w->undo[i].adjust);
    str_add(out, "]");
    steps_add_queue(w, "zero", &one->zero, out);
    if (one->pid != NONE)
        add_number(out, "last", one->pid);
}

static void write_sem(const struct world *w, int i, struct str *out)
{
    const struct semset *s = &w->semset[i];
    add_ipc(w, &s->ipc, i, out);
    if (s->ipc.gone)
        return;
    add_number(out, "count", s->nsems);
    begin_list(out, "sems");
    for (int k = 0; k < s->nsems && k < SEMS_MOST; k++) {
        comma(out);
        str_addf(out, "{\"v\":%d", (int)w->sem[s->first + k].value);
        add_sem_lines(w, (int)(s->first + k), out);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
    steps_add_queue(w, "all", &s->alter, out);
    steps_add_queue(w, "all_zero", &s->zero, out);
}

/* ---- all of them ---- */

int steps_objects(const struct world *w, enum step_key kind)
{
    switch (kind) {
    case KEY_PIPE: return w->head->pipes;
    case KEY_FILE: return w->head->inodes;
    case KEY_MSGQ: return w->head->msgqs;
    case KEY_SHM: return w->head->shms;
    case KEY_SEM: return w->head->semsets;
    case KEY_PROCESS: return w->head->procs;
    case KEY_CPU: return w->head->cpus;
    case KEY_QUEUE: return w->head->groups;
    default: return 1;
    }
}

void steps_write_object(const struct world *w, enum step_key kind, int i,
                        struct str *out)
{
    static void (*const write[STEP_KEYS])(const struct world *, int,
                                          struct str *) = {
        [KEY_PIPE] = write_pipe, [KEY_FILE] = write_file,
        [KEY_MSGQ] = write_msgq, [KEY_SHM] = write_shm,
        [KEY_SEM] = write_sem,
    };
    str_add_char(out, '{');
    write[kind](w, i, out);
    str_add_char(out, '}');
}
