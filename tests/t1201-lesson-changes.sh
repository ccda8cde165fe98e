# The lessons on processes: what their notes ask the student to change, and
# what they promise will then be seen. The figures are worked out by hand.
. "$SRC/tests/test.sh"

# play NUMBER FILTER [OPTION…]: runs lesson NUMBER, its file changed by the jq
# FILTER, into out. Its `expect` is of the unchanged lesson and left out. `.` is
# no change; any other filter must change something, or its test cannot fail.
play()
{
    for lesson in "$SRC/scenarios/$1"-*.json; do :; done
    jq "del(.expect)" "$lesson" >before.json
    jq "$2" before.json >lesson.json
    if [ "$2" != . ] && cmp -s before.json lesson.json; then
        echo "this changes nothing: $2"
        return 1
    fi
    shift 2
    "$TIMESLICE" run lesson.json --format json "$@" >out
}

# sees FILTER: FILTER is true of the run; shows the processes when it is not.
sees()
{
    jq -e "def p(\$n): .processes[] | select(.name == \$n);
           def moved(\$n; \$t): [.events[] | select(.event == \"state\" and
               .process == \$n and .t == \$t) | .from + \" \" + .to];
           $1" out || { jq -c '.end, .processes[]' out; return 1; }
}

test_that '01: after a sleep of 1, A wakes while B has the CPU' '
    play 01 ".processes[0].program[1].sleep = 1"
    sees "moved(\"A\"; 9) == [\"blocked ready\"]"
    sees "any(.gantt[]; .process == \"B\" and .start <= 9 and .end == 11)"
    sees "moved(\"A\"; 11) == [\"ready running\"]"
'

test_that '02: a quantum of 100 runs them one after the other' '
    play 02 . --quantum 100
    sees "[.processes[].finish] == [7, 11, 16]"
    sees ".gantt | length == 3"
'

test_that '02: when a switch costs time, small slices cost more' '
    for quantum in 1 3 100; do
        play 02 . --quantum $quantum --set machine.context_switch=1
        jq .end out
    done >ends
    sort -rnu ends | diff ends -
    test "$(wc -l <ends)" = 3
'

test_that '03: waiting in a loop makes the run six ticks longer' '
    play 03 "(.processes[0].program[] | select(.sleep)) = {\"cpu\": 3}"
    sees ".end == 13 + 6"
'

test_that '04: one CPU needs 20 ticks, four need as long as A alone' '
    play 04 . --set machine.cpus=1
    sees ".end == 20"
    play 04 . --set machine.cpus=4
    sees ".end == 8 and (p(\"A\").waiting == 0)"
'

test_that '05: with memory for all nobody waits in new' '
    play 05 . --set machine.memory=16
    sees "all(.processes[]; .admitted == .arrival)"
'

test_that '05: with less memory C has to wait for B, and D behind C' '
    play 05 . --set machine.memory=6
    sees "p(\"B\").admitted == 4"
    sees "p(\"C\").admitted == 7 and p(\"D\").admitted == 7"
'

test_that '06: with more memory A is suspended while ready, and back at once' '
    play 06 . --set machine.memory=12
    sees "p(\"C\").admitted == 2"
    sees "moved(\"A\"; 6) == [\"ready ready-suspended\"]"
    sees "moved(\"A\"; 12)[0] == \"ready-suspended ready\""
'

test_that '07: the six states of the notes are those they are killed in' '
    play 07 .
    jq -r ".events[] | select(.event == \"state\" and .to == \"terminated\") |
        \"\(.t) \(.process) \(.from)\"" out >said
    diff said - <<END
6 F new
7 E ready-suspended
8 B blocked-suspended
9 D ready
10 A blocked
12 C running
END
'

test_that '08: without signal the same SIGUSR1 kills the child at t = 9' '
    play 08 "del(.processes[0].program[] | select(.signal))"
    sees "p(\"child\") | .exit.signal == \"SIGUSR1\" and .finish == 9"
    sees "[.events[] | select(.op == \"read\" and .data) | .data] ==
        [\"parent has x=6\"]"
'

test_that '08: with it both lines come out of the pipe, with two x' '
    play 08 .
    sees "[.events[] | select(.op == \"read\" and .data) | .data] ==
        [\"child has x=15, parent has x=6\"]"
'

test_that '09: without wait the zombie keeps its slot until the parent ends' '
    play 09 "del(.processes[0].program[] | select(.wait))"
    sees "p(\"parent\").finish == 12 and p(\"N\").admitted == 12"
'

test_done
