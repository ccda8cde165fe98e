/* soak: the program is killed at random moments, and leaves nothing.
 *
 *   soak [--kills N] [--seed S] [--windows K] [--program FILE]
 *
 * Window, lab and lesson's processes are each killed N times (200), in
 * namespaces of their own and without, as root and as an ordinary user (where
 * we are root; else as ourselves). Janitor, everybody at once, Ctrl+C and the
 * normal end come N / 4 times each. Every K-th (4) is done to the real window,
 * on a display of its own, by keys; the others to run --live.
 *
 * Exit status: 0 nothing was left, 1 something was, 2 wrong usage, 3 this
 * machine lacks something. */
#define _GNU_SOURCE
#include "tests/display.h"
#include "tests/soak/soak.h"

#include "ipc/sandbox.h"
#include "sim/base/rng.h"
#include "tests/random.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
    int kills, windows;
    uint64_t seed;
    const char *program;
} wish = {.kills = 200, .windows = 4};

static const char *const victims[VICTIMS] = {
    [V_WINDOW] = "the window",
    [V_LAB] = "the lab",
    [V_CHILD] = "a child",
    [V_JANITOR] = "the janitor",
    [V_EVERYBODY] = "everybody at once",
    [V_CTRL_C] = "Ctrl+C",
    [V_END] = "normal end",
};

static int usage(void)
{
    fputs("usage: soak [--kills N] [--seed S] [--windows K] "
          "[--program FILE]\n", stderr);
    return 2;
}

/* A number that is there, and at least `least`. */
static bool read_number(const char *text, long least, int *to)
{
    char *rest;
    long n = text ? strtol(text, &rest, 10) : -1;
    if (!text || rest == text || *rest || n < least || n > 1000000)
        return false;
    *to = (int)n;
    return true;
}

static bool read_options(int argc, char **argv)
{
    wish.seed = (uint64_t)time(NULL);
    wish.program = getenv("TIMESLICE");
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--kills") == 0) {
            if (!read_number(value, 1, &wish.kills))
                return false;
        } else if (strcmp(argv[i], "--windows") == 0) {
            if (!read_number(value, 0, &wish.windows))
                return false;
        } else if (strcmp(argv[i], "--seed") == 0 && value) {
            if (!random_number(value, &wish.seed))
                return false;
        } else if (strcmp(argv[i], "--program") == 0 && value) {
            wish.program = value;
        } else {
            return false;
        }
    }
    return wish.program != NULL;
}

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
    stopped = sig;
}

/* ---- the table ---- */

static struct {
    int done, left, failed;
} sum;

static int times(enum victim victim)
{
    bool often = victim == V_WINDOW || victim == V_LAB || victim == V_CHILD;
    return often ? wish.kills : (wish.kills + 3) / 4;
}

static void try_victim(const struct way *way, enum victim victim,
                       uint64_t *dice)
{
    int windows = 0, left = 0, bad = 0, n = times(victim);
    for (int i = 0; i < n; i++) {
        if (stopped)
            return;
        struct trial t = {.program = wish.program,
                          .victim = victim,
                          .way = way,
                          .window = wish.windows && i % wish.windows == 0,
                          .host = i / 2 % 2,
                          .dice = rng_below(dice, UINT64_C(1) << 40)};
        windows += t.window;
        int result = trial_run(&t);
        if (result == 0)
            continue;
        bad++;
        left += (result & (LEFT_THINGS | LEFT_PROCESSES)) != 0;
        fprintf(stderr, "soak: %s, %s, number %d%s: %s%s%s%s\n", way->name,
                victims[victim], i, t.window ? " (window)" : "",
                result & LEFT_THINGS ? "objects or files were left; " : "",
                result & LEFT_PROCESSES ? "processes were left; " : "",
                result & NO_VICTIM ? "it did not come so far; " : "",
                result & NOT_TRIED ? "it could not be tried" : "");
    }
    printf("%-32s %-18s %5d  %6d  %s\n", way->name, victims[victim], n,
           windows, left ? "SOMETHING" : bad ? "(not all done)" : "nothing");
    fflush(stdout);
    sum.done += n;
    sum.left += left;
    sum.failed += bad - left;
}

static void try_way(const struct way *way, uint64_t *dice)
{
    for (int v = 0; v < VICTIMS; v++)
        if (v != V_JANITOR || !way->walls) /* inside there is none */
            try_victim(way, (enum victim)v, dice);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool open_display(void)
{
    char name[16];
    int number = wish.windows ? display_open("1280x900") : 0;
    snprintf(name, sizeof name, ":%d", number);
    unsetenv("WAYLAND_DISPLAY");
    return number >= 0 && setenv("DISPLAY", name, 1) == 0 &&
           setenv("SDL_VIDEODRIVER", "x11", 1) == 0;
}

int main(int argc, char **argv)
{
    static const struct way ways[] = {
        {"root, namespaces", true, false},
        {"root, no namespaces", false, false},
        {"ordinary user, namespaces", true, true},
        {"ordinary user, no namespaces", false, true},
    };
    if (!read_options(argc, argv))
        return usage();
    if (!open_display()) {
        fputs("soak: no display for the window (Xvfb)\n", stderr);
        return 3;
    }
    double begun = seconds();
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    uint64_t dice = wish.seed;
    bool walls = sandbox_try().error == 0, root = geteuid() == 0;
    printf("seed %" PRIu64 ", %d kills\n%-32s %-18s %5s  %6s  %s\n", wish.seed,
           wish.kills, "started by", "killed", "times", "window", "left");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if ((walls || !ways[i].walls) && (root || ways[i].ordinary))
            try_way(&ways[i], &dice);
        else
            printf("%-32s cannot be tried here\n", ways[i].name);
    printf("%d times in %.0f s; %d left something, %d did not come so far\n",
           sum.done, seconds() - begun, sum.left, sum.failed);
    return stopped || sum.left || sum.failed ? 1 : 0;
}
