# The program with its window on a real (virtual) X display: that it opens, plays,
# listens, sleeps and ends. What every key and button does is in t82xx.
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

test_that 'it plays, and a pause stays where it is' '
    open_window
    begun=$(date +%s%N)
    press space
    sleep 2
    press space
    ticks=$((($(date +%s%N) - begun) * 2 / 1000000000)) # two a second
    time_shown
    test "$t" -ge 1
    test "$t" -le $((ticks + 1))
    stands=$t
    sleep 1
    time_shown
    test "$t" = "$stands"
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
