/* desk.c: the window is opened as the program opens it, and hands work on it. */
#define _GNU_SOURCE
#include "tests/desk/desk.h"

#include "cli/cli.h"
#include "render/sdl_in.h"
#include "tests/display.h"

#include <SDL_syswm.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MOST = 64, TURN_MS = 5 };

static const double patience = 60; /* seconds: only what hangs takes so long */

static const struct desk_setup *setup; /* of the window that opens next */
static bool ran;                       /* … its script */

/* ------------------------------------------------------------------ places */

static char folder[] = "/tmp/timeslice-desk.XXXXXX";

static void remove_folder(void)
{
    char command[sizeof folder + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (chdir("/") != 0 || system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

/* A display and a folder, once for all windows. */
static bool prepare(void)
{
    static int display = -1;
    char text[64];
    if (display >= 0)
        return true;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return false;
    atexit(remove_folder);
    snprintf(text, sizeof text, "%dx%d", DESK_WIDTH, DESK_HEIGHT);
    display = display_open(text);
    snprintf(text, sizeof text, ":%d", display);
    setenv("DISPLAY", text, 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("TIMESLICE_SETTINGS", "1", 1);
    unsetenv("WAYLAND_DISPLAY");
    return display >= 0;
}

const char *desk_folder(void)
{
    return folder;
}

const char *desk_output(const char *format, ...)
{
    static char out[4096];
    char command[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    FILE *p = popen(command, "r");
    size_t n = p ? fread(out, 1, sizeof out - 1, p) : 0;
    if (p)
        pclose(p);
    out[n - (n && out[n - 1] == '\n')] = '\0';
    return out;
}

/* Ends each word of the line; returns how many there are, `most` at most. */
static int split(char *line, char **words, int most)
{
    int n = 0;
    for (char *c = line; *c && n < most;) {
        c += strspn(c, " ");
        if (*c)
            words[n++] = c;
        c += strcspn(c, " ");
        if (*c)
            *c++ = '\0';
    }
    return n;
}

/* ------------------------------------------------------------------- turns */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void desk_turn(struct desk *d)
{
    int marks = 0;
    window_wait(d->w, TURN_MS);
    for (int i = 0; i < d->w->in.key_count; i++)
        marks += d->w->in.keys[i].key == KEY_F8;
    window_turn(d->w);
    d->marks += marks;
}

bool desk_until(struct desk *d, bool (*so)(struct desk *d))
{
    double began = seconds();
    while (!so(d)) {
        if (window_done(d->w) || seconds() - began > patience)
            return test_expect(TEST_HERE("what was waited for"), false);
        desk_turn(d);
    }
    return true;
}

/* Nothing moves but what plays. */
static bool rests(struct desk *d)
{
    struct stage *st = d->st;
    struct feed *f = st->travel.feed;
    if (window_done(d->w))
        return true;
    if (rivals_busy(st))
        return false;
    return st->travel.playing ||
           (!travel_moves(&st->travel) && !f->busy(f->self));
}

static void turns_until_dead(struct desk *d, pid_t pid)
{
    double began = seconds();
    while (waitpid(pid, NULL, WNOHANG) == 0) {
        if (seconds() - began > patience) {
            test_expect(TEST_HERE("xdotool ends"), false);
            kill(pid, SIGKILL);
            waitpid(pid, NULL, 0);
            return;
        }
        desk_turn(d);
    }
}

/* ------------------------------------------------------------------- hands */

static pid_t start(char *const *words)
{
    pid_t pid = fork();
    if (pid == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    return pid;
}

/* Everything that hands have done is carried out. */
static void await_mark(struct desk *d)
{
    char *const words[] = {"xdotool", "key", "F8", NULL};
    int want = d->marks + 1;
    double began = seconds();
    pid_t pid = start(words);
    waitpid(pid, NULL, 0);
    while (d->marks < want && !window_done(d->w)) {
        if (seconds() - began > patience) {
            test_expect(TEST_HERE("the window has the keyboard"), false);
            return;
        }
        desk_turn(d);
    }
}

void desk_settle(struct desk *d)
{
    if (!window_done(d->w))
        await_mark(d);
    desk_until(d, rests);
}

static void act(struct desk *d, bool at_once, const char *format, va_list args)
{
    char line[1024], id[32], *words[WORDS_MOST] = {"xdotool"};
    int n = 1;
    vsnprintf(line, sizeof line, format, args);
    snprintf(id, sizeof id, "%lu", d->id);
    n += split(line, words + n, WORDS_MOST - 1 - n);
    for (int i = 1; i < n; i++)
        if (strcmp(words[i], "@") == 0)
            words[i] = id;
    pid_t pid = start(words);
    if (at_once)
        waitpid(pid, NULL, 0);
    else
        turns_until_dead(d, pid);
    desk_settle(d);
}

void desk_do(struct desk *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    act(d, false, format, args);
    va_end(args);
}

void desk_do_at_once(struct desk *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    act(d, true, format, args);
    va_end(args);
}

void desk_keys(struct desk *d, const char *names)
{
    desk_do(d, "key %s", names);
}

void desk_type(struct desk *d, const char *text)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", text);
    char *const words[] = {"xdotool", "type", "--delay", "5", "--", copy, NULL};
    turns_until_dead(d, start(words));
    desk_settle(d);
}

static struct point pixel(const struct desk *d, float x, float y)
{
    float scale = d->st->ui.scale;
    return (struct point){floorf(x * scale), floorf(y * scale)};
}

void desk_point(struct desk *d, float x, float y)
{
    struct point p = pixel(d, x, y);
    desk_do(d, "mousemove --window @ %.0f %.0f", (double)p.x, (double)p.y);
}

void desk_click(struct desk *d, float x, float y)
{
    desk_point(d, x, y);
    desk_do(d, "click 1");
}

void desk_drag(struct desk *d, struct point from, struct point to)
{
    struct point half = {(from.x + to.x) / 2, (from.y + to.y) / 2};
    desk_point(d, from.x, from.y);
    desk_do(d, "mousedown 1");
    desk_point(d, half.x, half.y);
    desk_point(d, to.x, to.y);
    desk_do(d, "mouseup 1");
}

struct point desk_middle(struct rect r)
{
    return (struct point){r.x + r.w / 2, r.y + r.h / 2};
}

/* -------------------------------------------------------------- the window */

static bool has_keyboard(struct desk *d)
{
    return SDL_GetKeyboardFocus() == d->w->sdl->window;
}

static void attend(struct window *w)
{
    struct desk d = {.w = w, .st = &w->stage, .ctx = setup->ctx};
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    NEED(SDL_GetWindowWMInfo(w->sdl->window, &info));
    d.id = info.info.x11.window;
    window_turn(w);
    char id[32];
    snprintf(id, sizeof id, "%lu", d.id);
    char *const words[] = {"xdotool", "windowmove", id, "0", "0",
                           "windowfocus", "--sync", id, NULL};
    turns_until_dead(&d, start(words));
    NEED(desk_until(&d, has_keyboard));
    desk_point(&d, w->stage.ui.all.w - 2, w->stage.ui.all.h - 2);
    if (setup->lesson)
        d.run = run_quoted(setup->lesson, 1000);
    setup->script(&d);
    run_free(&d.run);
    ran = true;
}

/* In the place of the one in app.c. */
bool app_view(struct feed *feed, const struct app_options *options,
              struct str *why)
{
    struct window w;
    if (!window_open(&w, feed, options, why))
        return false;
    attend(&w);
    window_close(&w);
    return true;
}

static void write_lesson(const char *quoted)
{
    FILE *f = fopen("lesson.json", "w");
    for (const char *c = quoted; f && *c; c++)
        fputc(*c == '\'' ? '"' : *c, f);
    if (f)
        fclose(f);
}

bool desk_open(struct desk_setup s)
{
    char line[1024], *words[WORDS_MOST] = {"timeslice", "view"};
    int n = 2;
    if (!test_expect(TEST_HERE("there is a display"), prepare()))
        return false;
    if (!s.keeps)
        remove("timeslice/settings");
    snprintf(line, sizeof line, "%s", s.args ? s.args : "--model");
    n += split(line, words + n, WORDS_MOST - 2 - n);
    if (s.lesson)
        write_lesson(s.lesson);
    if (s.lesson || s.file)
        words[n++] = s.lesson ? "lesson.json" : (char *)s.file;
    setup = &s;
    ran = false;
    EXPECT_EQ_INT(cli_main(n, words), 0);
    return test_expect(TEST_HERE("the script was run"), ran);
}

/* ------------------------------------------------------------------- looks */

static const struct draw_run *text_at(const struct desk *d, size_t i)
{
    const struct draw *all = &d->st->ui.layers[0];
    return all->commands[i].kind == DRAW_TEXT ? &all->commands[i].text.run
                                              : NULL;
}

bool desk_shows(const struct desk *d, const char *text)
{
    for (size_t i = 0; i < d->st->ui.layers[0].count; i++) {
        const struct draw_run *r = text_at(d, i);
        if (r && r->length == strlen(text) &&
            memcmp(r->text, text, r->length) == 0)
            return true;
    }
    return false;
}

bool desk_says(const struct desk *d, const char *part)
{
    for (size_t i = 0; i < d->st->ui.layers[0].count; i++) {
        const struct draw_run *r = text_at(d, i);
        if (r && memmem(r->text, r->length, part, strlen(part)))
            return true;
    }
    return false;
}

size_t desk_cursor(const struct desk *d)
{
    return travel_cursor(&d->st->travel);
}

const struct world *desk_world(const struct desk *d)
{
    return &d->st->travel.replay.world;
}
