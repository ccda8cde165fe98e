#include "cli/window.h"

#include "cli/feed_live.h"
#include "cli/feed_model.h"
#include "cli/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void feed_open(struct open_feed *f, const struct options *o, bool live)
{
    const char *notice = NULL;
    if (live) {
        f->feed = feed_live_new(NULL, o, &f->loaded, o->until);
        f->session = f->feed != NULL;
        if (f->session)
            return;
        struct str why = {0};
        source_refusal(o->lang, errno, &why);
        str_addf(&f->notice, word(W_CLI_V_FALLBACK, o->lang), str_text(&why));
        str_free(&why);
        notice = f->notice.text;
    }
    f->feed = feed_model_new(f->loaded.scenario, o->until, notice);
}

void feed_close(struct open_feed *f)
{
    if (f->feed && f->session)
        feed_live_free(f->feed);
    else if (f->feed)
        feed_model_free(f->feed);
    loaded_free(&f->loaded);
    str_free(&f->notice);
    *f = (struct open_feed){0};
}

static const struct options *in_window;

static void say_display_lost(void)
{
    if (!in_window)
        return;
    complain(in_window->lang, W_CLI_V_LOST);
    _exit(STATUS_MACHINE);
}

void window_opens(const struct options *o)
{
    atexit(say_display_lost);
    in_window = o;
}

void window_closed(void)
{
    in_window = NULL;
}

enum theme_kind theme_wanted(const struct options *o)
{
    const char *name = o->value[OPTION_THEME];
    for (int i = 0; name && i < THEME_COUNT; i++)
        if (strcmp(theme_of((enum theme_kind)i)->name, name) == 0)
            return (enum theme_kind)i;
    return THEME_LIGHT;
}
