#include "cli/window.h"

#include "cli/feed_live.h"
#include "cli/feed_model.h"
#include "cli/source.h"
#include "sim/base/mem.h"

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

/* What the command line says of the scheduler is about its own policy. */
static int other_overrides(const struct options *o, struct override *to)
{
    int n = 0;
    for (int i = 0; i < o->override_count; i++)
        if (strncmp(o->overrides[i].key, "scheduler.", 10) != 0)
            to[n++] = o->overrides[i];
    return n;
}

int feed_vary(struct open_feed *f, const struct options *o,
              struct variant_wish wish, enum lang lang, struct str *complaints)
{
    struct override *all =
        mem_new((size_t)o->override_count + 2, sizeof *all);
    int n = other_overrides(o, all);
    struct str policy = {0}, quantum = {0};
    struct diag d = {.lang = lang, .file = f->loaded.scenario->path};
    str_addf(&policy, "\"%s\"", wish.policy);
    str_addf(&quantum, "%lld", (long long)wish.quantum);
    all[n++] = (struct override){"scheduler.policy", str_text(&policy)};
    if (wish.quantum)
        all[n++] = (struct override){"scheduler.quantum", str_text(&quantum)};
    int variant = scenario_vary(f->loaded.scenario, str_text(&f->loaded.text),
                                f->loaded.text.length, all, n, &d);
    if (variant && f->session)
        feed_live_vary(f->feed, all, n);
    diag_write(&d, complaints);
    diag_free(&d);
    str_free(&policy);
    str_free(&quantum);
    free(all);
    return variant;
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
