#include "cli/window.h"

#include "cli/feed_live.h"
#include "cli/feed_model.h"
#include "cli/keys.h"
#include "cli/policies.h"
#include "cli/rivals.h"
#include "cli/source.h"
#include "sim/base/mem.h"

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

/* A longer text is not read once more while somebody waits for the picture. */
enum { TEXT_MOST = 4 << 20 };

static bool is_wished(const struct scheduler *s, struct variant_wish wish)
{
    return s->name == wish.policy && scheduler_quantum(s) == wish.quantum;
}

/* The variant that is as wished, of those there are; NONE. */
static int variant_there(const struct scenario *sc, struct variant_wish wish)
{
    if (is_wished(&sc->scheduler, wish))
        return 0;
    for (int i = 0; i < sc->later_count; i++)
        if (is_wished(&sc->later[i], wish))
            return i + 1;
    return NONE;
}

/* A quantum that is the file's own needs no setting: with it come the levels
 * that the file has. */
static struct override *wished(struct arena *a, const struct open_feed *f,
                               const struct options *o,
                               struct variant_wish wish, int *count)
{
    const struct policy_entry *p = &policy_entries[wish.policy];
    const struct scheduler *own = &f->loaded.scenario->scheduler;
    struct override *all = policy_overrides(a, o, p->name, count);
    bool levels = wish.policy == POLICY_mlfq && own->levels &&
                  own->level[0].quantum == wish.quantum;
    if (wish.quantum && !levels &&
        policy_quantum(a, p->name, wish.quantum, &all[*count]))
        ++*count;
    else if (!wish.quantum && p->kind == QUANTUM_MAYBE)
        all[(*count)++] = (struct override){"scheduler.quantum", "\"none\""};
    return all;
}

int feed_vary(struct open_feed *f, const struct options *o,
              struct variant_wish wish, enum lang lang, struct str *complaints)
{
    struct arena a = {0};
    struct diag d = {.lang = lang, .file = f->loaded.scenario->path};
    int n, variant = variant_there(f->loaded.scenario, wish);
    if (variant != NONE)
        return variant;
    const struct override *all = wished(&a, f, o, wish, &n);
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
                struct variant_wish wish, struct scheduler *to)
{
    struct scenario *sc = f->loaded.scenario;
    struct arena a = {0};
    int n, variant = variant_there(sc, wish);
    if (variant != NONE)
        *to = variant ? sc->later[variant - 1] : sc->scheduler;
    if (variant != NONE || f->loaded.text.length > TEXT_MOST)
        return variant != NONE;
    const struct override *all = wished(&a, f, o, wish, &n);
    struct str ignored = {0};
    struct scenario *other = load_under(&f->loaded, o, all, n, &ignored);
    if (other)
        *to = other->scheduler;
    to->draws = NULL;
    if (other)
        scenario_free(other);
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
