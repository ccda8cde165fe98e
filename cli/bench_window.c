/* bench_window.c: the charts of bench-ipc in the window, while they are
 * measured, and in a picture. */
#include "cli/bench_ipc.h"

#ifdef TIMESLICE_HEADLESS

enum status bench_png(const struct options *o, const struct figures *f,
                      const char *path)
{
    (void)f;
    (void)path;
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

enum status bench_window(const struct options *o, const struct figures *f,
                         struct bench *b)
{
    (void)f;
    (void)b;
    return fail(STATUS_MACHINE, o->lang, W_CLI_V_HEADLESS);
}

#else

#include "cli/out.h"
#include "cli/themes.h"
#include "cli/window.h"
#include "ipc/sweep.h"
#include "render/bench_view.h"

#include <string.h>

static struct bench_look look_of(const struct options *o)
{
    return (struct bench_look){o->lang, theme_wanted(o), o->width, o->height};
}

enum status bench_png(const struct options *o, const struct figures *f,
                      const char *path)
{
    const struct bench_look look = look_of(o);
    struct str why = {0};
    struct out out;
    enum status s = STATUS_WELL;
    if (!out_open(&out, path, o->lang))
        return STATUS_MACHINE;
    if (!bench_shot(f, &look, out_path(&out), &why))
        s = fail(STATUS_MACHINE, o->lang, W_CLI_PNG_FAILED, path,
                 str_text(&why));
    str_free(&why);
    return out_close(&out, s);
}

/* ---------------------------------------------------------------- measuring */

struct live {
    const struct options *o;
    struct figures figures;
    struct bench *bench;
    struct bench_trouble trouble;
    struct str sentence;
};

static void poll_live(struct bench_source *s)
{
    struct live *l = s->self;
    while (s->measuring) {
        enum bench_news news =
            bench_next(l->bench, false, &l->figures, &l->trouble);
        if (news == BENCH_NOTHING)
            return;
        s->measuring = news == BENCH_FIGURE;
        if (news == BENCH_TROUBLE) {
            bench_say_trouble(l->o, &l->trouble, &l->sentence);
            s->trouble = str_text(&l->sentence);
        }
    }
}

static void measure_again(struct bench_source *s)
{
    struct live *l = s->self;
    memset(l->figures.at, 0, sizeof l->figures.at);
    s->measuring = true;
    bench_measure(l->bench);
}

enum status bench_window(const struct options *o, const struct figures *f,
                         struct bench *b)
{
    const struct bench_look look = look_of(o);
    struct live l = {.o = o, .figures = *f, .bench = b};
    struct bench_source s = {.self = &l,
                             .figures = &l.figures,
                             .name = b ? NULL : o->value[OPTION_FROM],
                             .descriptor = b ? bench_descriptor(b) : -1,
                             .poll = poll_live,
                             .again = b ? measure_again : NULL};
    struct str why = {0};
    enum status status = STATUS_WELL;
    sweep_after_window();
    if (b)
        measure_again(&s);
    window_opens(o);
    bool shown = bench_view(&s, &look, &why);
    window_closed();
    if (!shown)
        status = fail(STATUS_MACHINE, o->lang, W_CLI_B_NO_WINDOW,
                      str_text(&why));
    str_free(&why);
    str_free(&l.sentence);
    return status;
}

#endif
