#!/bin/sh
# first_frame.sh: how long from exec to the first picture on an X display.
#
# The program is not asked: a small library put in front of SDL's notes the
# first present, says how long ago the process was started, and ends it. What
# is measured is a display of our own (Xvfb), so a window manager and a
# screen's refresh are left out.
#
# usage: first_frame.sh [PROGRAM [FILE]]; the median and the best of ROUNDS
# (9 unless told) are printed.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
program=${1:-${TIMESLICE:-$here/build/release/timeslice}}
file=${2:-$(ls "$here"/scenarios/*.json | head -1)}
rounds=${ROUNDS:-9}

for tool in Xvfb cc; do
    command -v $tool >/dev/null || { echo "first_frame: no $tool" >&2; exit 3; }
done
dir=$(mktemp -d)
xvfb=
trap '[ -z "$xvfb" ] || kill $xvfb 2>/dev/null; rm -rf "$dir"' EXIT

cat >"$dir/first.c" <<'CODE'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* In front of SDL's function of this name. */
int SDL_UpdateWindowSurfaceRects(void *window, const void *rects, int count)
{
    int (*shown)(void *, const void *, int);
    *(void **)&shown = dlsym(RTLD_NEXT, "SDL_UpdateWindowSurfaceRects");
    shown(window, rects, count);
    printf("%.1f\n", now_ms() - atof(getenv("FIRST_FRAME_START")));
    fflush(stdout);
    _exit(0);
}

/* As a program: notes the time and becomes the one to be measured. */
int main(int argc, char **argv)
{
    char start[40];
    if (argc < 3)
        return 2;
    snprintf(start, sizeof start, "%.3f", now_ms());
    setenv("FIRST_FRAME_START", start, 1);
    setenv("LD_PRELOAD", argv[1], 1);
    execv(argv[2], argv + 2);
    return 3;
}
CODE
cc -o "$dir/start" "$dir/first.c"
cc -shared -fPIC -o "$dir/first.so" "$dir/first.c"

. "$here/tests/xvfb.sh"
open_display "$dir"

for round in $(seq "$rounds"); do
    "$dir/start" "$dir/first.so" "$program" view --model "$file"
done | sort -n | awk '{ ms[NR] = $1 }
    END {
        if (!NR) exit 1
        median = ms[int((NR + 1) / 2)]
        printf "first frame: median %.1f ms, best %.1f ms of %d; " \
               "goal: median <= 300 ms: %s\n",
            median, ms[1], NR, median <= 300 ? "met" : "MISSED"
    }'
