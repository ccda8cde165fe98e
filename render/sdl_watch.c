/* sdl_watch.c: descriptors that end the wait for events. */
#include "render/sdl_in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

static void wake(const struct sdl_window *w)
{
    SDL_Event e = {0};
    e.type = w->wake_event;
    SDL_PushEvent(&e);
}

/* Sleeps until a descriptor is readable or a control byte has come. */
static int watch(void *window)
{
    const struct sdl_window *w = window;
    bool armed = true;
    for (;;) {
        struct pollfd fds[3] = {{.fd = w->control[0], .events = POLLIN},
                                {.fd = armed ? w->watched : -1,
                                 .events = POLLIN},
                                {.fd = armed ? w->also : -1,
                                 .events = POLLIN}};
        if (poll(fds, 3, -1) < 0 && errno != EINTR)
            return 1;
        if (fds[1].revents || fds[2].revents) {
            armed = false;
            wake(w);
        }
        char told = 0;
        if (fds[0].revents && read(w->control[0], &told, 1) != 1)
            return 1;
        if (told == 'q')
            return 0;
        armed = armed || told == 'a';
    }
}

static void tell(const struct sdl_window *w, char what)
{
    while (write(w->control[1], &what, 1) < 0 && errno == EINTR)
        ;
}

void sdl_watch(struct sdl_window *w, int fd, int other)
{
    if (w->watcher) {
        tell(w, 'q');
        SDL_WaitThread(w->watcher, NULL);
        w->watcher = NULL;
        close(w->control[0]);
        close(w->control[1]);
    }
    w->watched = fd;
    w->also = other;
    if ((fd < 0 && other < 0) || pipe(w->control) != 0)
        return;
    fcntl(w->control[0], F_SETFD, FD_CLOEXEC);
    fcntl(w->control[1], F_SETFD, FD_CLOEXEC);
    w->watcher = SDL_CreateThread(watch, "watcher", w);
}

void sdl_watch_again(struct sdl_window *w)
{
    if (w->watcher)
        tell(w, 'a');
}
