/* fit: does all text fit, in every lesson, size, theme, language and scale?
 *
 *   fit [--lesson NAME] [--size W×H] [--theme NAME] [--lang CODE] [--tips]
 *       [--short] [--say N]
 *
 * Without a restriction all of them. --tips: the pointer also rests on
 * everything (long). --short: texts that end in an ellipsis on purpose are
 * printed, too. At most N (20) faults of a kind are printed.
 *
 * Exit status: 0 no fault, 1 faults, 2 wrong usage, 3 no fonts. */
#include "tests/fit/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    const char *lesson, *size, *theme, *lang;
    bool tips, brief;
    long say;
} wish = {.say = 20};

static bool read_options(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--tips") == 0 || strcmp(argv[i], "--short") == 0) {
            wish.tips |= argv[i][2] == 't';
            wish.brief |= argv[i][2] == 's';
            continue;
        }
        if (!value)
            return false;
        if (strcmp(argv[i], "--lesson") == 0)
            wish.lesson = value;
        else if (strcmp(argv[i], "--size") == 0)
            wish.size = value;
        else if (strcmp(argv[i], "--theme") == 0)
            wish.theme = value;
        else if (strcmp(argv[i], "--lang") == 0)
            wish.lang = value;
        else if (strcmp(argv[i], "--say") == 0)
            wish.say = strtol(value, NULL, 10);
        else
            return false;
        i++;
    }
    return true;
}

static bool is_wished(const char *wanted, const char *name)
{
    return !wanted || strcmp(wanted, name) == 0;
}

static void walk_size(struct fit *f, struct fit_lesson *l, const int size[2])
{
    for (int t = 0; t < THEME_COUNT; t++)
        for (int g = 0; g < LANG_COUNT; g++)
            for (int s = 0; s < FIT_SCALES; s++) {
                struct fit_walk w = {.width = size[0], .height = size[1],
                                     .theme = (enum theme_kind)t,
                                     .lang = (enum lang)g,
                                     .text_scale = fit_scales[s],
                                     .moments = 4, .overlays = true,
                                     .tips = wish.tips};
                if (is_wished(wish.theme, theme_of(w.theme)->name) &&
                    is_wished(wish.lang, lang_codes[g]))
                    fit_walk(f, l, &w);
            }
}

static bool walk_lesson(struct fit *f, const char *name)
{
    struct fit_lesson *l = fit_open(name);
    if (!l)
        return false;
    for (int s = 0; s < FIT_SIZES; s++) {
        char size[32];
        snprintf(size, sizeof size, "%dx%d", fit_sizes[s][0], fit_sizes[s][1]);
        if (is_wished(wish.size, size))
            walk_size(f, l, fit_sizes[s]);
    }
    fit_close(l);
    return true;
}

int main(int argc, char **argv)
{
    if (!read_options(argc, argv)) {
        fputs("usage: fit [--lesson NAME] [--size WxH] [--theme NAME]"
              " [--lang CODE] [--tips] [--short] [--say N]\n", stderr);
        return 2;
    }
    struct fit f = {.say_most = wish.say};
    if (!wish.brief)
        f.said[FAULT_SHORT] = wish.say;
    for (int i = 0; i < fit_lesson_count(); i++)
        if (is_wished(wish.lesson, fit_lesson_name(i)) &&
            !walk_lesson(&f, fit_lesson_name(i)))
            return 3;
    if (!f.frames) {
        fputs("fit: nothing is called so: lessons are named without their number"
              " (cpu-affinity)\n", stderr);
        return 2;
    }
    printf("%ld frames, %ld texts: %ld cut, %ld overlap, %ld faint; %ld are "
           "short on purpose\nleast contrast %.2f : 1 (%s)\n",
           f.frames, f.texts, f.count[FAULT_CUT], f.count[FAULT_OVERLAP],
           f.count[FAULT_FAINT], f.count[FAULT_SHORT], f.least, f.least_of);
    return fit_faults(&f) != 0;
}
