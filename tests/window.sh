# A real window on a real (virtual) X display, driven by keys and mouse: what
# the scripts that do so have in common. Sourced behind test.sh.
#
# F12 writes the window's picture, named after the time it shows: so what a
# key did can be read from file names, sizes and bytes.

. "$SRC/tests/xvfb.sh"

trap 'kill $xvfb 2>/dev/null; rm -rf "$test_root"' EXIT
open_display "$test_root"

lesson='{"timeslice": 1, "title": "A pipe",
 "scheduler": {"policy": "rr", "quantum": 3}, "processes": [
 {"name": "parent", "program": [{"pipe": "p"}, {"fork": "child"},
  {"close": "p[0]"}, {"repeat": 3, "as": "i", "do": [{"cpu": 2},
   {"write": "p[1]", "text": "{i}"}, {"sleep": 4}]}, {"close": "p[1]"},
  {"wait": "child"}]},
 {"name": "child", "program": [{"close": "p[1]"}, {"repeat": "forever",
  "do": [{"read": "p[0]", "size": 100, "at_eof": "break"}]}]}]}'

# await_window_on ARGUMENT…: opens the window on what they say and waits for it;
# $window and $pid are set.
await_window_on()
{
    "$TIMESLICE" view --model "$@" >said 2>&1 &
    pid=$!
    window=
    for i in $(seq 75); do
        window=$(xdotool search --onlyvisible --pid $pid 2>/dev/null |
            head -1) || :
        [ -n "$window" ] && break
        sleep 0.2
    done
    test -n "$window" || { echo "no window came"; cat said; return 1; }
    sleep 0.3
}

# The same on $lesson.
await_window()
{
    printf '%s' "$lesson" >lesson.json
    await_window_on lesson.json "$@"
}

# It has the keyboard.
focus_window()
{
    xdotool windowfocus --sync "$window"
    sleep 0.3
}

open_window_on()
{
    await_window_on "$@"
    focus_window
}

open_window()
{
    await_window "$@"
    focus_window
}

# press KEY…: one after the other, each given time to be shown.
press()
{
    for k in "$@"; do
        xdotool key --clearmodifiers "$k"
        sleep 0.15
    done
}

close_window()
{
    press ctrl+q
    wait $pid
}

# Waits for a file that the window writes.
wait_for()
{
    for i in $(seq 100); do
        [ -s "$1" ] && return
        sleep 0.1
    done
    ls
    return 1
}

# What time the window shows: $t. A busy machine may be late, so F12 is pressed
# until there is a picture.
time_shown()
{
    t=nowhere
    for try in $(seq 20); do
        rm -f timeslice-*.png
        press F12
        for i in $(seq 20); do
            for f in timeslice-*.png; do
                [ -s "$f" ] || continue
                t=${f#timeslice-}
                t=${t%.png}
                return
            done
            sleep 0.1
        done
    done
    echo "no picture came"
    return 1
}

# Looks until the time shown is T, or until it is anything else but not T.
until_shown()
{
    for look in $(seq 20); do
        time_shown
        [ "$t" = "$1" ] && return
        sleep 0.2
    done
    echo "it shows $t, not $1"
    return 1
}

until_left()
{
    for look in $(seq 20); do
        time_shown
        [ "$t" != "$1" ] && return
        sleep 0.2
    done
    echo "it still shows $1"
    return 1
}

# The window's place: $X and $Y.
find_window()
{
    xdotool getwindowgeometry --shell "$window" >place
    cat place
    . ./place
}

# shot NAME: the picture of now, once the note about the last one is gone; it is
# all there when its end is.
shot()
{
    sleep 4.5
    rm -f timeslice-*.png
    press F12
    for i in $(seq 100); do
        for f in timeslice-*.png; do
            tail -c 8 "$f" 2>&1 | grep -qa IEND || continue
            mv "$f" "$1"
            return
        done
        sleep 0.1
    done
    echo "no whole picture came"
    return 1
}
