#include "cli/doctor.h"

#include "cli/lessons.h"
#ifndef TIMESLICE_HEADLESS
#include "render/text.h"
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0];
}

/* ":0" and ":0.0" stand for a socket of this machine. */
static bool x_answers(const char *display)
{
    char path[64];
    struct stat st;
    if (display[0] != ':')
        return true; /* another machine's: nobody knows before it is tried */
    long number = strtol(display + 1, NULL, 10);
    snprintf(path, sizeof path, "/tmp/.X11-unix/X%ld", number);
    return stat(path, &st) == 0;
}

void probe_display(struct finding *f)
{
    if (is_set("WAYLAND_DISPLAY"))
        str_addf(&f->text, "WAYLAND_DISPLAY=%s", getenv("WAYLAND_DISPLAY"));
    if (is_set("DISPLAY"))
        str_addf(&f->text, "%sDISPLAY=%s", f->text.length ? ", " : "",
                 getenv("DISPLAY"));
    if (!f->text.length) {
        str_add(&f->text, word(W_CLI_D_NO_DISPLAY, f->lang));
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_DISPLAY);
    } else if (!is_set("WAYLAND_DISPLAY") && !x_answers(getenv("DISPLAY"))) {
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_DISPLAY);
    }
}

#ifdef TIMESLICE_HEADLESS

void probe_fonts(struct finding *f)
{
    str_add(&f->text, word(W_CLI_D_HEADLESS, f->lang));
    finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_HEADLESS);
}

void probe_sdl(struct finding *f)
{
    probe_fonts(f);
}

#else

void probe_fonts(struct finding *f)
{
    struct str why = {0};
    struct font_set *t = text_new(&why);
    if (t) {
        str_add(&f->text, "Inter, JetBrains Mono, DejaVu Sans, "
                          "WenQuanYi Micro Hei");
        text_free(t);
    } else {
        str_add(&f->text, str_text(&why));
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_FONTS);
    }
    str_free(&why);
}

/* The libraries that are really loaded, by the names of their files:
 * libSDL2-2.0.so.0.2600.5 is SDL 2.26.5. */
void probe_sdl(struct finding *f)
{
    char line[1024];
    FILE *maps = fopen("/proc/self/maps", "re");
    while (maps && fgets(line, sizeof line, maps)) {
        char *name = strstr(line, "/libSDL2");
        if (!name)
            continue;
        name[strcspn(name, "\n")] = '\0';
        if (!strstr(str_text(&f->text), name + 1))
            str_addf(&f->text, "%s%s", f->text.length ? ", " : "", name + 1);
    }
    if (maps)
        fclose(maps);
    if (!f->text.length) {
        str_add(&f->text, "-");
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_HEADLESS);
    }
}

#endif

void probe_lessons(struct finding *f)
{
    struct lessons l;
    lessons_find(&l);
    str_addf(&f->text, "%d", l.count);
    if (!l.count)
        finding_set(f, HEALTH_MISSING, W_CLI_D_FIX_LESSONS);
    lessons_free(&l);
}
