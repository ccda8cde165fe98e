/* app.c: the window, until it is closed.
 *
 * The loop sleeps until something happens: input, the feed's descriptor, or
 * the next frame of something that moves. A paused window that nobody touches
 * is not woken at all. */
#include "render/app.h"

#include "render/window.h"

bool app_view(struct feed *feed, const struct app_options *options,
              struct str *why)
{
    struct window w;
    if (!window_open(&w, feed, options, why))
        return false;
    while (!window_done(&w)) {
        window_turn(&w);
        window_wait(&w, -1);
    }
    window_close(&w);
    return true;
}
