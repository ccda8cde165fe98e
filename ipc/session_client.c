/* session_client.c: the side of a live session that asks.
 *
 * Nothing here ever waits for the session but session_wait and session_close:
 * what the socket does not take at once is kept and sent later, what comes is
 * gathered until a message is whole. */
#define _GNU_SOURCE
#include "ipc/session.h"

#include "ipc/session_wire.h"
#include "sim/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct session {
    int fd, pid;
    bool ended;
    uint32_t asked, done; /* numbers of requests */
    struct str out;       /* not sent yet */
    struct str in;        /* not understood yet */
    struct trace trace;
    struct progress progress;
    struct str notice;
};

/* ---- starting ---- */

struct session *session_on(int fd, int pid)
{
    struct session *s = mem_new(1, sizeof *s);
    s->fd = fd;
    s->pid = pid;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    return s;
}

static int spawn(const char *program, int fd, bool host, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fd, SESSION_FD);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_RDWR, 0);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(
        &how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    char *arguments[] = {"timeslice", "lab", host ? "--host-ipc" : NULL, NULL};
    extern char **environ;
    int error = posix_spawn(pid, program, &files, &how, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return error;
}

struct session *session_open(const char *program, bool host)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return NULL;
    pid_t pid = 0;
    int error = spawn(program ? program : "/proc/self/exe", pair[1], host,
                      &pid);
    close(pair[1]);
    if (error) {
        close(pair[0]);
        errno = error;
        return NULL;
    }
    return session_on(pair[0], pid);
}

/* ---- ending ---- */

/* The process ends by itself when the socket is closed; one that does not in
 * time is killed, and its children with it (lab.c). */
static void wait_for_end(int pid)
{
    for (int ms = 0; ms < 300; ms++) {
        if (waitpid(pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static void hang_up(struct session *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    s->ended = true;
    if (s->pid > 0)
        wait_for_end(s->pid);
    s->pid = 0;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    hang_up(s);
    trace_free(&s->trace);
    str_free(&s->in);
    str_free(&s->out);
    str_free(&s->notice);
    free(s);
}

static void note(struct session *s, const char *text, size_t length)
{
    str_cut(&s->notice, 0);
    str_add_bytes(&s->notice, text, length);
}

static void has_ended(struct session *s)
{
    static const char gone[] = "the live session has ended unexpectedly";
    if (s->notice.length == 0)
        note(s, gone, sizeof gone - 1);
    hang_up(s);
}

/* ---- asking ---- */

static void flush(struct session *s)
{
    size_t sent = 0;
    while (!s->ended && sent < s->out.length) {
        ssize_t n = send(s->fd, s->out.text + sent, s->out.length - sent,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break; /* full; or gone, which the next read will tell */
        sent += (size_t)n;
    }
    if (sent == 0)
        return;
    memmove(s->out.text, s->out.text + sent, s->out.length - sent);
    str_cut(&s->out, s->out.length - sent);
}

static void ask(struct session *s, enum message_kind kind, const void *body,
                size_t length)
{
    if (s->ended)
        return;
    message_add(&s->out, kind, ++s->asked, body, length);
    flush(s);
}

static void add_overrides(struct str *to, const struct override *o, int count)
{
    for (int i = 0; i < count; i++) {
        str_add_bytes(to, o[i].key, strlen(o[i].key) + 1);
        str_add_bytes(to, o[i].json, strlen(o[i].json) + 1);
    }
}

void session_load(struct session *s, const struct session_load *load)
{
    struct str b = {0};
    struct load_head head = {.text_length = load->length,
                             .override_count = load->override_count,
                             .has_plant = load->plant != NULL,
                             .lang = (int32_t)load->lang};
    str_add_bytes(&b, (const char *)&head, sizeof head);
    str_add_bytes(&b, load->path, strlen(load->path) + 1);
    const char *plant = load->plant ? load->plant : "";
    str_add_bytes(&b, plant, strlen(plant) + 1);
    add_overrides(&b, load->overrides, load->override_count);
    str_add_bytes(&b, load->text, load->length);
    ask(s, SAY_LOAD, b.text, b.length);
    str_free(&b);
}

void session_advance(struct session *s, tick until)
{
    ask(s, SAY_ADVANCE, &(struct ask){.until = until}, sizeof(struct ask));
}

void session_finish(struct session *s, tick until)
{
    ask(s, SAY_FINISH, &(struct ask){.until = until}, sizeof(struct ask));
}

void session_play(struct session *s, bool playing)
{
    ask(s, SAY_PLAY, &(struct ask){.flag = playing}, sizeof(struct ask));
}

void session_act(struct session *s, struct deed deed)
{
    struct ask a = {.position = deed.position,
                    .until = deed.at,
                    .action = (int32_t)deed.kind,
                    .proc = deed.proc};
    ask(s, SAY_ACT, &a, sizeof a);
}

void session_vary(struct session *s, const struct override *overrides,
                  int count)
{
    struct str b = {0};
    struct vary_head head = {.override_count = count};
    str_add_bytes(&b, (const char *)&head, sizeof head);
    add_overrides(&b, overrides, count);
    ask(s, SAY_VARY, b.text, b.length);
    str_free(&b);
}

/* ---- being told ---- */

static bool take_events(struct session *s, const char *body, size_t length,
                        struct session_news *news)
{
    struct events_head h;
    if (length < sizeof h)
        return false;
    memcpy(&h, body, sizeof h);
    struct trace *tr = &s->trace;
    bool fits = h.keep_events <= tr->count && h.keep_bytes <= tr->byte_count &&
                h.events <= length / sizeof(struct event) &&
                h.events * sizeof(struct event) + h.bytes ==
                    length - sizeof h;
    if (!fits)
        return false;
    if (h.keep_events < tr->count || h.keep_bytes < tr->byte_count) {
        trace_cut(tr, (size_t)h.keep_events, (size_t)h.keep_bytes);
        if (!news->cut || news->cut_at > h.keep_events)
            news->cut_at = (size_t)h.keep_events;
        news->cut = true;
    }
    const char *at = body + sizeof h;
    const char *bytes = at + (size_t)h.events * sizeof(struct event);
    tr->bytes = mem_grow(tr->bytes, tr->byte_count + (size_t)h.bytes + 1,
                         &tr->byte_room, 1);
    memcpy(tr->bytes + tr->byte_count, bytes, (size_t)h.bytes);
    tr->byte_count += (size_t)h.bytes;
    for (; at < bytes; at += sizeof(struct event)) {
        struct event e;
        memcpy(&e, at, sizeof e);
        trace_append(tr, e);
    }
    news->grown |= h.events > 0;
    return true;
}

static bool take_message(struct session *s, const struct message *f,
                       const char *body, struct session_news *news)
{
    size_t length = (size_t)f->length;
    bool well = true;
    if (f->kind == SAY_EVENTS)
        well = take_events(s, body, length, news);
    else if (f->kind == SAY_PROGRESS && length == sizeof s->progress)
        memcpy(&s->progress, body, sizeof s->progress);
    else if (f->kind == SAY_NOTICE)
        note(s, body, length);
    else
        well = false;
    if (f->request)
        s->done = f->request;
    return well;
}

static void take_messages(struct session *s, struct session_news *news)
{
    size_t at = 0;
    struct message f;
    const char *body;
    while (message_take(&s->in, &at, &f, &body))
        if (!take_message(s, &f, body, news)) {
            has_ended(s);
            break;
        }
    if (at == 0)
        return;
    memmove(s->in.text, s->in.text + at, s->in.length - at);
    str_cut(&s->in, s->in.length - at);
}

struct session_news session_poll(struct session *s)
{
    struct session_news news = {0};
    char piece[PIECE];
    flush(s);
    while (!s->ended) {
        ssize_t n = recv(s->fd, piece, sizeof piece, MSG_DONTWAIT);
        if (n > 0) {
            str_add_bytes(&s->in, piece, (size_t)n);
            take_messages(s, &news);
        } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
            has_ended(s);
        } else if (errno == EAGAIN) {
            break;
        }
    }
    return news;
}

bool session_wait(struct session *s, int milliseconds)
{
    if (s->ended)
        return false;
    struct pollfd look = {.fd = s->fd, .events = POLLIN};
    if (s->out.length > 0)
        look.events |= POLLOUT;
    return poll(&look, 1, milliseconds) > 0;
}

/* ---- questions ---- */

int session_descriptor(const struct session *s)
{
    return s->fd;
}

const struct trace *session_trace(const struct session *s)
{
    return &s->trace;
}

bool session_busy(const struct session *s)
{
    return !s->ended && s->done != s->asked;
}

tick session_reached(const struct session *s)
{
    return s->progress.reached;
}

bool session_live(const struct session *s)
{
    return s->progress.live && !s->ended;
}

bool session_ended(const struct session *s)
{
    return s->ended;
}

const char *session_notice(const struct session *s)
{
    return s->notice.length ? s->notice.text : NULL;
}
