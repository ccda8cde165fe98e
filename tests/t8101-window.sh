# The real window on a real (virtual) X display, driven by keys and mouse.
. "$SRC/tests/test.sh"
. "$SRC/tests/window.sh"

test_that 'it opens, steps forward and back, and ends with Ctrl+Q' '
    open_window
    press Right Right Right Right F12
    wait_for timeslice-1.png
    press Right Right Right Right Right
    shot there.png
    press Left Left Left Left Left F12
    wait_for timeslice-1.png
    press Right Right Right Right Right
    shot again.png
    cmp there.png again.png
    close_window
'

test_that 'End, Home and G go through the run' '
    open_window
    press End F12
    wait_for timeslice-28.png
    press Home F12
    wait_for timeslice-0.png
    press g 1 1 Return F12
    wait_for timeslice-11.png
    close_window
'

test_that 'it plays, and a pause stays where it is' '
    open_window
    press space
    sleep 2
    press space F12
    sleep 1
    ls timeslice-*.png >shot
    test "$(wc -l <shot)" = 1
    t=$(sed "s/[^0-9]//g" shot)
    test "$t" -ge 3
    test "$t" -le 6
    press F12
    close_window
'

test_that 'a click into the timeline seeks' '
    open_window
    press End
    until_shown 28
    find_window
    xdotool mousemove --sync $((X + 460)) $((Y + 600))
    xdotool click 1
    until_left 28
    echo "the click went to $t"
    test "$t" -ge 15
    test "$t" -le 25
    close_window
'

# click_at X: the time that stands there; $t.
click_at()
{
    press End
    until_shown 28
    xdotool mousemove --sync $((X + $1)) $((Y + 600))
    xdotool click 1
    until_left 28
}

test_that 'a drag in the timeline takes it along and leaves the time' '
    open_window
    press End
    until_shown 28
    press w w
    find_window
    click_at 500
    before=$t
    press End
    until_shown 28
    xdotool mousemove --sync $((X + 400)) $((Y + 600))
    xdotool mousedown 1
    xdotool mousemove --sync $((X + 440)) $((Y + 600))
    xdotool mousemove --sync $((X + 520)) $((Y + 600))
    xdotool mouseup 1
    until_shown 28
    click_at 500
    echo "there stood $before, now $t"
    test "$t" -lt "$before"
    close_window
'

test_that 'a click that comes together with the focus is not lost' '
    await_window
    find_window
    # The focus is elsewhere; then the window finds focus and click in its
    # queue when it goes on.
    xdotool windowfocus "$(xdotool search --maxdepth 0 "" | head -1)"
    sleep 0.3
    test "$(xdotool getwindowfocus)" != "$window"
    kill -STOP $pid
    xdotool windowfocus "$window"
    xdotool mousemove $((X + 460)) $((Y + 600))
    xdotool click 1
    kill -CONT $pid
    until_left 0
    close_window
'

test_that 'it resizes to 1024 x 700 and 1920 x 1080' '
    open_window
    xdotool windowsize --sync "$window" 1024 700
    sleep 0.4
    press F12
    wait_for timeslice-0.png
    test "$(png_size timeslice-0.png)" = 1024x700
    rm timeslice-0.png
    xdotool windowmove "$window" 0 0
    xdotool windowsize --sync "$window" 1920 1080
    sleep 0.4
    press F12
    wait_for timeslice-0.png
    test "$(png_size timeslice-0.png)" = 1920x1080
    close_window
'

test_that 'language, theme and projector change the picture, and back' '
    open_window
    press Right Right Right
    shot plain.png
    for round in "l l" "t t t" "F9 F9"; do
        set -- $round
        while [ $# -gt 1 ]; do
            press $1
            shot other.png
            ! cmp -s plain.png other.png || exit 1
            shift
        done
        press $1
        shot again.png
        cmp plain.png again.png
    done
    close_window
'

test_that 'E changes the policy from here on, by keys and by mouse' '
    open_window
    press End
    until_shown 28
    press g 1 1 Return
    until_shown 11
    shot before.png
    press e Up Return
    shot after.png
    ! cmp -s before.png after.png || exit 1
    until_shown 11
    press End
    time_shown
    echo "under another policy it ends at $t"
    press Home e
    find_window
    shot dialog.png
    xdotool mousemove --sync $((X + 640)) $((Y + 10))
    xdotool click 1
    shot closed.png
    ! cmp -s dialog.png closed.png || exit 1
    close_window
'

test_that 'C compares policies, a click on the axis goes to that time' '
    open_window
    press Right
    shot plain.png
    press c
    sleep 1
    shot compared.png
    ! cmp -s plain.png compared.png || exit 1
    press Right space
    sleep 1
    shot fewer.png
    ! cmp -s compared.png fewer.png || exit 1
    press c
    until_shown 0
    press c
    sleep 1
    find_window
    xdotool mousemove --sync $((X + 760)) $((Y + 240))
    xdotool click 1
    until_left 0
    echo "the click went to $t"
    test "$t" -ge 10
    close_window
'

test_that 'U suspends the selected process: another picture, another run' '
    open_window
    press Right Right Right
    shot plain.png
    press 1 u
    shot suspended.png
    ! cmp -s plain.png suspended.png || exit 1
    close_window
'

test_that 'words are typed into the search field, and fire no command' '
    open_window
    press End
    until_shown 28
    press Home
    shot before.png
    press ctrl+f
    xdotool type --delay 60 "blocked child l t k 1"
    press BackSpace BackSpace BackSpace BackSpace BackSpace BackSpace
    press BackSpace BackSpace Return Escape
    until_left 0
    echo "found at $t"
    test "$t" -lt 28
    # Neither language nor theme nor run were touched.
    press Home
    shot after.png
    cmp before.png after.png
    close_window
'

test_that 'Ctrl and the wheel zoom at the pointer, Shift and the wheel pan' '
    open_window
    find_window
    click_at 400
    under=$t
    click_at 560
    beside=$t
    press End
    until_shown 28
    xdotool mousemove --sync $((X + 400)) $((Y + 600))
    xdotool keydown ctrl click 4 click 4 click 4 keyup ctrl
    sleep 0.5
    click_at 401
    echo "under the pointer stood $under, now $t"
    test "$t" -ge $((under - 1))
    test "$t" -le $((under + 1))
    click_at 560
    echo "beside it stood $beside, now $t"
    test "$t" -lt "$beside"
    press End
    until_shown 28
    xdotool mousemove --sync $((X + 400)) $((Y + 600))
    xdotool keydown shift click 5 click 5 keyup shift
    sleep 0.5
    click_at 401
    echo "after panning there stands $t"
    test "$t" -gt $((under + 1))
    close_window
'

test_that 'a breakpoint stops End, and ] follows a byte to who reads it' '
    open_window
    press Right Right Right Right Right Right Right Right
    press 2 b End
    until_shown 3
    press b End
    until_shown 28
    press Home Right 1 bracketright
    until_left 0
    echo "a byte came at $t"
    test "$t" -lt 28
    close_window
'

# CPU time of a process in hundredths of a second.
used()
{
    sed "s/.*) //" /proc/$1/stat | awk "{ print \$12 + \$13 }"
}

test_that 'a paused window uses no CPU' '
    open_window
    press Right Right Right
    sleep 1
    before=$(used $pid)
    sleep 10
    after=$(used $pid)
    echo "used $((after - before)) hundredths of a second in 10 s"
    test $((after - before)) -le 5
    close_window
'

test_done
