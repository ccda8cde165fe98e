# What the window remembers from one time to the next, and in which file; on a
# real (virtual) X display, driven by keys and mouse.
. "$SRC/tests/test.sh"
. "$SRC/tests/window.sh"

unset TIMESLICE_SETTINGS
# Where the settings of this test are; `config=… open_window`: elsewhere.
with_settings()
{
    XDG_CONFIG_HOME=${config-$PWD/config}
    export XDG_CONFIG_HOME
    open_window "$@"
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
    with_settings
    press l t plus
    xdotool windowsize --sync "$window" 1100 720
    sleep 0.4
    close_window
    until_line "language zh"
    until_line "theme dark"
    until_line "speed 4"
    until_line "window 1100 720"
    until_line "lesson $PWD/lesson.json"
    with_settings
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
    with_settings
    press g 1 1 Return ctrl+b
    until_line "bookmark 11 [0-9]* 0 $PWD/lesson.json"
    kill -KILL $pid
    wait $pid || :
    with_settings
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
    with_settings --theme light --size 1200x800
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
    with_settings
    close_window
    test "$(wc -l <said)" = 1
    grep -q "settings: line 2 of $PWD/config/timeslice/settings is not" said
    cmp damaged config/timeslice/settings.damaged
    until_line "theme dark"
    until_line "language zh"
    cp damaged config/timeslice/settings
    with_settings
    close_window
    cmp damaged config/timeslice/settings.damaged.1
'

test_that 'where nothing can be written, one sentence says so and all else works' '
    mkdir -p config
    : >config/timeslice
    with_settings
    press t l Right
    close_window
    test "$(wc -l <said)" = 1
    grep -q "cannot be written" said
    test ! -s config/timeslice
'

test_that 'a file that cannot be read is left alone' '
    mkdir -p config/timeslice/settings
    with_settings
    press t
    close_window
    test "$(wc -l <said)" = 1
    grep -q "cannot be read: Is a directory" said
    rmdir config/timeslice/settings
'

test_that 'with --no-settings or TIMESLICE_SETTINGS=0 nothing is read or kept' '
    mkdir -p config/timeslice
    echo nonsense >config/timeslice/settings
    with_settings --no-settings
    press t
    close_window
    test ! -s said
    (
        TIMESLICE_SETTINGS=0
        export TIMESLICE_SETTINGS
        with_settings
        press t
        close_window
    )
    test ! -s said
    test "$(cat config/timeslice/settings)" = nonsense
    test "$(ls config/timeslice)" = settings
'

test_done
