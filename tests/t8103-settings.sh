# What the window remembers from one time to the next, and in which file; on a
# real (virtual) X display, driven by keys and mouse.
. "$SRC/tests/test.sh"

display_file=$test_root/display
Xvfb -displayfd 3 -noreset -screen 0 1920x1080x24 -nolisten tcp \
    3>"$display_file" 2>"$test_root/xvfb" &
xvfb=$!
trap 'kill $xvfb 2>/dev/null; rm -rf "$test_root"' EXIT
for i in $(seq 100); do
    [ -s "$display_file" ] && break
    sleep 0.2
done
DISPLAY=:$(cat "$display_file")
SDL_VIDEODRIVER=x11
export DISPLAY SDL_VIDEODRIVER
unset WAYLAND_DISPLAY TIMESLICE_SETTINGS

lesson='{"timeslice": 1, "title": "A pipe",
 "scheduler": {"policy": "rr", "quantum": 3}, "processes": [
 {"name": "parent", "program": [{"pipe": "p"}, {"fork": "child"},
  {"close": "p[0]"}, {"repeat": 3, "as": "i", "do": [{"cpu": 2},
   {"write": "p[1]", "text": "{i}"}, {"sleep": 4}]}, {"close": "p[1]"},
  {"wait": "child"}]},
 {"name": "child", "program": [{"close": "p[1]"}, {"repeat": "forever",
  "do": [{"read": "p[0]", "size": 100, "at_eof": "break"}]}]}]}'

# open_window [OPTION…]: the window on lesson.json; what it says goes to `said`.
open_window()
{
    XDG_CONFIG_HOME=${config-$PWD/config}
    export XDG_CONFIG_HOME
    printf '%s' "$lesson" >lesson.json
    "$TIMESLICE" view --model lesson.json "$@" >said 2>&1 &
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
    xdotool windowfocus --sync "$window"
    sleep 0.3
}

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
    cat said
}

# until_line LINE: until it stands in the settings.
until_line()
{
    for i in $(seq 50); do
        grep -qx -- "$1" config/timeslice/settings 2>&1 && return
        sleep 0.1
    done
    cat config/timeslice/settings
    return 1
}

test_that 'language, theme, speed, size and lesson are there the next time' '
    open_window
    press l t plus
    xdotool windowsize --sync "$window" 1100 720
    sleep 0.4
    close_window
    until_line "language zh"
    until_line "theme dark"
    until_line "speed 4"
    until_line "window 1100 720"
    until_line "lesson $PWD/lesson.json"
    open_window
    press F12
    sleep 1
    test "$(png_size timeslice-0.png)" = 1100x720
    press t
    until_line "theme contrast"
    press t
    until_line "theme light"
    close_window
    until_line "language zh"
    test ! -s said
'

test_that 'bookmarks are kept at once, and PgDn finds them the next time' '
    open_window
    press g 1 1 Return ctrl+b
    until_line "bookmark 11 [0-9]* 0 $PWD/lesson.json"
    kill -KILL $pid
    wait $pid || :
    open_window
    press Next F12
    for i in $(seq 50); do
        [ -s timeslice-11.png ] && break
        sleep 0.1
    done
    test -s timeslice-11.png
    close_window
'

test_that 'what the command line says counts more' '
    mkdir -p config/timeslice
    printf "theme dark\nwindow 1100 720\n" >config/timeslice/settings
    open_window --theme light --size 1200x800
    press F12
    sleep 1
    test "$(png_size timeslice-0.png)" = 1200x800
    close_window
    until_line "theme light"
'

test_that 'a damaged file is one sentence, counts where it is whole, and is kept' '
    mkdir -p config/timeslice
    printf "theme dark\nspeed fast\n\377\nlanguage zh\n" >damaged
    cp damaged config/timeslice/settings
    open_window
    close_window
    test "$(wc -l <said)" = 1
    grep -q "settings: line 2 of $PWD/config/timeslice/settings is not" said
    cmp damaged config/timeslice/settings.damaged
    until_line "theme dark"
    until_line "language zh"
    cp damaged config/timeslice/settings
    open_window
    close_window
    cmp damaged config/timeslice/settings.damaged.1
'

test_that 'where nothing can be written, one sentence says so and all else works' '
    mkdir -p config
    : >config/timeslice
    open_window
    press t l Right
    close_window
    test "$(wc -l <said)" = 1
    grep -q "cannot be written" said
    test ! -s config/timeslice
'

test_that 'a file that cannot be read is left alone' '
    mkdir -p config/timeslice/settings
    open_window
    press t
    close_window
    test "$(wc -l <said)" = 1
    grep -q "cannot be read: Is a directory" said
    rmdir config/timeslice/settings
'

test_that 'with --no-settings or TIMESLICE_SETTINGS=0 nothing is read or kept' '
    mkdir -p config/timeslice
    echo nonsense >config/timeslice/settings
    open_window --no-settings
    press t
    close_window
    test ! -s said
    (
        TIMESLICE_SETTINGS=0
        export TIMESLICE_SETTINGS
        open_window
        press t
        close_window
    )
    test ! -s said
    test "$(cat config/timeslice/settings)" = nonsense
    test "$(ls config/timeslice)" = settings
'

test_done
