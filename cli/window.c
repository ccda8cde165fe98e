#include "cli/window.h"

#include "cli/feed_live.h"
#include "cli/feed_model.h"
#include "cli/keys.h"
#include "cli/policies.h"
#include "cli/rivals.h"
#include "cli/source.h"
#include "sim/base/mem.h"
#include "sim/scenario/policy_settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void begin_rivals(struct open_feed *f, const struct options *o)
{
    f->feed->rivals = rivals_new(o, &f->loaded, f->feed);
}

void feed_open(struct open_feed *f, const struct options *o, bool live)
{
    const char *notice = NULL;
    if (live) {
        f->feed = feed_live_new(NULL, o, &f->loaded, o->until);
        f->session = f->feed != NULL;
        if (f->session) {
            begin_rivals(f, o);
            return;
        }
        struct str why = {0};
        source_refusal(o->lang, errno, &why);
        str_addf(&f->notice, word(W_CLI_V_FALLBACK, o->lang), str_text(&why));
        str_free(&why);
        notice = f->notice.text;
    }
    f->feed = feed_model_new(f->loaded.scenario, o->until, notice);
    begin_rivals(f, o);
}

struct feed *feed_revise(struct open_feed *f, const struct options *o,
                         const struct str *text, bool may_live, enum lang lang,
                         struct str *complaints)
{
    struct open_feed next = {0};
    struct options in = *o;
    in.lang = lang;
    str_add(&next.loaded.path, str_text(&f->loaded.path));
    str_add_bytes(&next.loaded.text, str_text(text), text->length);
    next.loaded.scenario = load_under(&next.loaded, &in, o->overrides,
                                      o->override_count, complaints);
    if (!next.loaded.scenario) {
        loaded_free(&next.loaded);
        return NULL;
    }
    feed_open(&next, o, may_live && next.loaded.scenario->live);
    feed_close(f);
    *f = next;
    return f->feed;
}

/* A longer text is not read once more while somebody waits for the picture. */
enum { TEXT_MOST = 4 << 20 };

/* The variant that is as wished, of those there are; NONE. */
static int variant_there(const struct scenario *sc,
                         const struct scheduler *wish)
{
    if (settings_same(&sc->scheduler, wish))
        return 0;
    for (int i = 0; i < sc->later_count; i++)
        if (settings_same(&sc->later[i], wish))
            return i + 1;
    return NONE;
}

int feed_vary(struct open_feed *f, const struct options *o,
              const struct scheduler *wish, enum lang lang,
              struct str *complaints)
{
    struct arena a = {0};
    struct diag d = {.lang = lang, .file = f->loaded.scenario->path};
    int n, variant = variant_there(f->loaded.scenario, wish);
    if (variant != NONE)
        return variant;
    const struct override *all = scheduler_overrides(&a, o, wish, &n);
    variant = scenario_vary(f->loaded.scenario, str_text(&f->loaded.text),
                            f->loaded.text.length, all, n, &d);
    if (variant && f->session)
        feed_live_vary(f->feed, all, n);
    diag_write(&d, complaints);
    diag_free(&d);
    arena_free(&a);
    return variant ? variant : NONE;
}

bool feed_would(const struct open_feed *f, const struct options *o,
                enum policy_name policy, struct scheduler *to)
{
    const struct scheduler *own = &f->loaded.scenario->scheduler;
    struct arena a = {0};
    struct str ignored = {0};
    int n;
    if (policy == own->name)
        *to = *own;
    if (policy == own->name || f->loaded.text.length > TEXT_MOST)
        return policy == own->name;
    const struct override *all =
        policy_overrides(&a, o, policy_entries[policy].name, &n);
    struct scenario *other = load_under(&f->loaded, o, all, n, &ignored);
    if (other) {
        *to = other->scheduler;
        to->draws = NULL;
        scenario_free(other);
    }
    str_free(&ignored);
    arena_free(&a);
    return other != NULL;
}

void feed_close(struct open_feed *f)
{
    if (f->feed && f->feed->rivals)
        rivals_free(f->feed->rivals);
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
