# Ctrl+S: the scheduler that decides in the window is written into the file.
. "$SRC/tests/test.sh"
. "$SRC/tests/window.sh"

# await_text TEXT FILE: until it is in there.
await_text()
{
    for i in $(seq 100); do
        grep -qs "$1" "$2" && return
        sleep 0.1
    done
    cat "$2"
    return 1
}

# Another quantum from time 5 on.
change_quantum()
{
    press g 5 Return
    press e Right Right Return
}

test_that 'another quantum, saved: one number of the file is another' '
    open_window
    cp lesson.json before.json
    chmod 640 lesson.json
    change_quantum
    press ctrl+s
    await_text "\"quantum\": 5" lesson.json
    sed "s/\"quantum\": 3/\"quantum\": 5/" before.json | cmp - lesson.json
    test "$(stat -c %a lesson.json)" = 640
    "$TIMESLICE" check lesson.json
    test "$(ls -A | grep -c lesson.json)" = 1
    press F12
    wait_for timeslice-5.png
    close_window
'

test_that 'a lesson of ours is not touched, a copy goes to the user' '
    mkdir data
    export XDG_DATA_HOME="$PWD/data"
    sum=$(cksum <"$SRC/scenarios/51-quantum.json")
    lesson=$(cat "$SRC/scenarios/51-quantum.json")
    cp "$SRC/scenarios/51-quantum.json" lesson.json
    ln -s "$SRC/scenarios" by-another-path
    open_window_on by-another-path/51-quantum.json
    press Escape ctrl+s
    wait_for data/timeslice/lessons/51-quantum.json
    cmp "$SRC/scenarios/51-quantum.json" data/timeslice/lessons/51-quantum.json
    press e Right Return ctrl+s
    for i in $(seq 50); do
        cmp -s lesson.json data/timeslice/lessons/51-quantum.json || break
        sleep 0.1
    done
    ! cmp -s lesson.json data/timeslice/lessons/51-quantum.json
    # what the file expects is of the quantum that it had
    status 1 "$TIMESLICE" run data/timeslice/lessons/51-quantum.json --until 30
    test "$sum" = "$(cksum <"$SRC/scenarios/51-quantum.json")"
    close_window
'

test_that 'where nothing can be written, nothing is lost' '
    mkdir closed
    printf "%s" "$lesson" >closed/lesson.json
    cp closed/lesson.json before.json
    if [ "$(id -u)" = 0 ]; then
        # root may write everywhere but where it says so
        mkdir mount
        mount --bind closed mount && mount -o remount,ro,bind mount || exit 0
        at=mount
    else
        chmod 555 closed
        at=closed
    fi
    open_window_on $at/lesson.json
    change_quantum
    press ctrl+s
    sleep 1
    press F12
    ls
    kill -0 $pid
    close_window
    [ $at = closed ] || umount mount
    cmp before.json closed/lesson.json
    test "$(ls -A closed | wc -l)" = 1
'

test_that 'what another program has saved meanwhile is not written over' '
    open_window
    change_quantum
    kill -STOP $pid
    printf "%s" "$lesson" | sed "s/A pipe/Mine/" >new.json
    cat new.json >lesson.json
    xdotool key --window "$window" ctrl+s
    kill -CONT $pid
    sleep 2
    cmp new.json lesson.json
    close_window
'

test_that 'what is changed in the sheet is saved, and nothing else' '
    open_window
    press ctrl+e Down plus plus
    case $(xdotool getwindowname "$window") in "• A pipe"*) ;; *) exit 1 ;; esac
    press ctrl+s
    for i in $(seq 50); do
        grep -q arrival lesson.json && break
        sleep 0.1
    done
    test "$(jq .processes[0].arrival lesson.json)" = 2
    sed "s/, *\"arrival\": 2//" lesson.json >without
    printf "%s" "$lesson" | cmp - without
    "$TIMESLICE" check lesson.json || test $? = 0
    test "$(xdotool getwindowname "$window")" = "A pipe – Timeslice"
    close_window
    open_window_on lesson.json
    press ctrl+e Down plus ctrl+z
    close_window
'

test_that 'who leaves with changes is asked' '
    open_window
    press ctrl+e Down plus Escape ctrl+q
    sleep 0.5
    kill -0 $pid
    press Escape
    sleep 0.3
    kill -0 $pid
    press ctrl+q d
    wait $pid
    printf "%s" "$lesson" | cmp - lesson.json
    open_window
    press ctrl+e Down plus Escape ctrl+q Return
    wait $pid
    test "$(jq .processes[0].arrival lesson.json)" = 1
'

test_that 'changed here and elsewhere: both are kept, ours in a copy beside' '
    open_window
    press ctrl+e Down plus
    printf "%s" "$lesson" | sed "s/A pipe/Mine/" >new.json
    cat new.json >lesson.json
    sleep 1 # that was seen, and nothing was loaded
    press plus ctrl+s
    wait_for lesson-2.json
    cmp new.json lesson.json
    test "$(jq .processes[0].arrival lesson-2.json)" = 2
    sed "s/, *\"arrival\": 2//" lesson-2.json >without
    printf "%s" "$lesson" | cmp - without
    press plus ctrl+s # the window goes on with the copy
    await_text "\"arrival\": 3" lesson-2.json
    cmp new.json lesson.json
    test "$(ls lesson*.json | wc -l)" = 2
    close_window
'

test_done
