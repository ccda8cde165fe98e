#!/bin/sh
# idle.sh: what a window costs while nobody does anything: a live lesson of
# twelve processes is open and paused, on a display of its own (Xvfb).
#
# CPU time (user and system) of the window, of the session behind it and of all
# its processes, over SECONDS (30 unless told) that begin 3 s after the window
# has opened, from /proc/PID/stat. Goal: at most 0.1 % of one CPU.
#
# usage: idle.sh [PROGRAM [FILE]]
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
program=${1:-${TIMESLICE:-$here/build/release/timeslice}}
file=${2:-$here/tests/bench/twelve.json}
seconds=${SECONDS_IDLE:-30}

for tool in Xvfb xdotool; do
    command -v $tool >/dev/null || { echo "idle: no $tool" >&2; exit 3; }
done
dir=$(mktemp -d)
xvfb=
window=
trap '[ -z "$window" ] || kill $window 2>/dev/null
    [ -z "$xvfb" ] || kill $xvfb 2>/dev/null
    wait; rm -rf "$dir"' EXIT

. "$here/tests/xvfb.sh"
open_display "$dir"
"$program" view "$file" --no-settings >"$dir/said" 2>&1 &
window=$!
xdotool search --sync --onlyvisible --pid $window >"$dir/id"
# Some steps, so that there are processes that sleep and one that runs.
for key in $(yes Right | head -n 60); do
    xdotool key --window "$(head -n 1 "$dir/id")" $key
    sleep 0.05
done
sleep 3

# The window and all below it: "PID PPID utime stime" of everybody, summed from
# the root down.
used()
{
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) . /\1 /' |
        awk -v root=$window '
            { parent[$1] = $2; spent[$1] = $12 + $13 }
            END {
                for (p in parent) {
                    for (q = p; q in parent && q != root; q = parent[q]);
                    if (q == root) { sum += spent[p]; count++ }
                }
                print sum, count
            }'
}

before=$(used)
sleep "$seconds"
after=$(used)
kill -0 $window || { cat "$dir/said"; exit 1; }
echo "$before $after $(getconf CLK_TCK) $seconds" | awk '{
    printf "%d processes, %d s, %.2f s of CPU: %.3f %% (goal: at most 0.1)\n",
        $4, $6, ($3 - $1) / $5, 100 * ($3 - $1) / $5 / $6 }'
