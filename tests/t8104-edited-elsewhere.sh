# The file that is open in the window is changed by another program: an error is
# shown, and what is good is loaded at once, at the same moment of the run.
. "$SRC/tests/test.sh"
. "$SRC/tests/window.sh"

# As an editor writes: a new file in the place of the old one.
write_as_editors_do()
{
    printf '%s' "$1" >.lesson.new
    mv .lesson.new lesson.json
}

# await_title TEXT: until the window is called so.
await_title()
{
    for i in $(seq 100); do
        case $(xdotool getwindowname "$window") in
        "$1"*) return ;;
        esac
        sleep 0.1
    done
    xdotool getwindowname "$window"
    return 1
}

# await_change PICTURE: until the window looks otherwise.
await_change()
{
    for i in $(seq 100); do
        shot now.png
        cmp -s "$1" now.png || return 0
        sleep 0.1
    done
    return 1
}

test_that 'saving there loads it here, at the same moment of the run' '
    open_window
    press g 1 1 Return F12
    wait_for timeslice-11.png
    rm timeslice-11.png
    write_as_editors_do "$(printf "%s" "$lesson" | sed "s/A pipe/Another pipe/")"
    await_title "Another pipe"
    press F12
    wait_for timeslice-11.png
    sed "s/Another pipe/In its place/" lesson.json >copy
    cat copy >lesson.json
    await_title "In its place"
    rm timeslice-11.png
    press F12
    wait_for timeslice-11.png
    close_window
'

test_that 'an error there is shown here, the run stays, and mending it is seen' '
    open_window
    press g 1 1 Return
    sleep 1
    shot before.png
    write_as_editors_do "$(printf "%s" "$lesson" | sed "s/\"sleep\"/\"slep\"/")"
    await_change before.png
    test "$(xdotool getwindowname "$window")" = "A pipe – Timeslice"
    shot wrong.png
    write_as_editors_do "$(printf "%s" "$lesson" | sed "s/A pipe/Mended/")"
    await_title "Mended"
    press F12
    wait_for timeslice-11.png
    press Left Left Right Right F12
    close_window
'

test_that 'a file that goes away changes nothing, and it may come back' '
    open_window
    press g 1 1 Return
    rm lesson.json
    sleep 0.5
    press F12
    wait_for timeslice-11.png
    test "$(xdotool getwindowname "$window")" = "A pipe – Timeslice"
    write_as_editors_do "$(printf "%s" "$lesson" | sed "s/A pipe/Back again/")"
    await_title "Back again"
    close_window
'

test_that 'the same contents once more, or another file there, change nothing' '
    open_window
    press Right Right Right
    sleep 4
    shot before.png
    cat lesson.json >copy
    cat copy >lesson.json
    write_as_editors_do "$lesson"
    echo "{" >other.json
    sleep 1
    shot after.png
    cmp before.png after.png
    close_window
'

test_that 'a link is watched where it leads, and when it is turned' '
    mkdir elsewhere
    printf "%s" "$lesson" >elsewhere/real.json
    printf "%s" "$lesson" | sed "s/A pipe/Turned/" >elsewhere/third.json
    ln -s elsewhere/real.json link.json
    open_window_on link.json
    printf "%s" "$lesson" | sed "s/A pipe/Behind it/" >elsewhere/real.json
    await_title "Behind it"
    ln -s elsewhere/third.json .link.new
    mv -T .link.new link.json
    await_title "Turned"
    sed "s/Turned/Third/" elsewhere/third.json >copy
    mv copy elsewhere/third.json
    await_title "Third"
    close_window
'

test_done
