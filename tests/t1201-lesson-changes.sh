# The lessons on processes: what their notes ask the student to change, and
# what they promise will then be seen. The figures are worked out by hand.
. "$SRC/tests/test.sh"
. "$SRC/tests/lessons.sh"

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

test_that '19: with two names, both wait in open for ever' '
    play 19 ".processes[1].program[0].mkfifo = \"other\" |
             .processes[1].program[1].open = \"other\""
    sees "[.deadlock[].waits_for] == [\"open mfifo\", \"open other\"]"
'

test_that '20: readers that do not wait read 0, and the writer waits' '
    play 20 ".processes[1,2].program[0].flags = \"O_RDONLY|O_NONBLOCK\""
    sees "[.events[] | select(.op == \"read\") | .ret] == [0, 0]"
    sees "[.deadlock[].process] == [\"writer\"]"
'

test_that '21: B first or A late: B creates, A gets EEXIST, all works' '
    made="[.events[] | select(.op == \"mkfifo\") | [.process, .errno]] ==
          [[\"B\", null], [\"A\", \"EEXIST\"]]"
    for change in ".processes |= [.[2], .[0], .[1]]" \
        ".processes[1].arrival = 9"; do
        play 21 "$change"
        sees "$made"
        sees ".stopped == \"finished\""
    done
    sees "any(.events[]; .process == \"B\" and .data == \"hello\")"
'

test_that '22: if B is not busy it gets the question, and A the answer' '
    play 22 "del(.processes[1].program[2])"
    sees ".stopped == \"finished\""
    sees "[.events[] | select(.op == \"read\" and
              .event == \"op\") | .process + \" \" + .data] ==
          [\"B question\", \"A answer\"]"
'

test_that '23: opened in orders that do not fit, both wait for ever' '
    play 23 ".processes[1].program |= (.[2:4] |= reverse)"
    sees "[.deadlock[].waits_for] == [\"open ab\", \"open ba\"]"
'

test_that '24: exit in the handler ends it; without one the name stays' '
    play 24 ".processes[0].program[0].do += [{exit: 0}]"
    sees "p(\"writer\").finish == 11 and p(\"writer\").exit.code == 0"
    play 24 "del(.processes[0].program[0])"
    sees "p(\"writer\").exit.signal == \"SIGINT\""
    sees "all(.events[]; .errno != \"ENOENT\")"
'

test_that '26: if C asks for type 4 it opens a letter to D' '
    play 26 "(.processes[2].program[1].type) = 4"
    sees "any(.events[]; .process == \"C\" and .data == \"B to D\")"
    sees "any(.deadlock[]; .process == \"D\")"
'

test_that '27: a stranger with another number leaves 1234 to A and B' '
    play 27 ".processes[0].program[0].key = 77"
    sees "[.events[] | select(.process == \"B\" and .data) | .data] ==
          [\"guessed\", \"by ftok\"]"
'

test_that '28: before it has read the number, B fails with EINVAL' '
    play 28 ".processes[1].program |= (.[2:4] |= reverse)"
    sees "any(.events[]; .process == \"B\" and .op == \"msgrcv\" and
              .errno == \"EINVAL\")"
'

test_that '29: with a limit of 20 no sender sleeps' '
    play 29 ".processes[0].program[1].qbytes = 20"
    sees "all(.events[]; .event != \"block\" or .op != \"msgsnd\")"
    sees "all(.events[]; .errno == null)"
'

test_that '30: nobody removes the queue: a message, then B waits' '
    play 30 "del(.processes[2].program[1])"
    sees "any(.events[]; .process == \"B\" and .data == \"too late\")"
    sees "[.deadlock[].process] == [\"B\"]"
'

# loads: what was loaded, in its order, as the first byte in hex.
loads="[.events[] | select(.op == \"load\") | .data[4:6]]"

test_that '31: read-only B is ended by its store; private keys share nothing' '
    play 31 ".processes[1].program[1].flags = \"SHM_RDONLY\""
    sees "p(\"B\").exit.signal == \"SIGSEGV\" and p(\"A\").exit.code == 0"
    play 31 ".processes[].program[0].key = \"IPC_PRIVATE\""
    sees "$loads == [\"00\", \"00\", \"2a\"]"
    play 31 .
    sees "[.events[] | select(.op == \"load\") | .data] ==
          [\"hello\", \"hex:2a000000\", \"hex:2b000000\"]"
'

test_that '32: B creates if it runs first; IPC_EXCL is no way to share' '
    play 32 ".processes[0].arrival = 2 | .processes[1].arrival = 0"
    sees "[.events[] | select(.op == \"shmget\") | .process] == [\"B\", \"A\"]"
    sees "$loads == [\"00\", \"01\", \"02\"]"
    play 32 ".processes[1].program[0].flags |= . + \"|IPC_EXCL\""
    sees "any(.events[]; .process == \"B\" and .errno == \"EEXIST\")"
    sees "p(\"B\").exit.signal == \"SIGSEGV\""
'

test_that '33: 4 with a quantum of 3, 2 with two CPUs' '
    play 33 . --quantum 3
    sees "$loads[-1] == \"04\""
    play 33 . --set machine.cpus=2
    sees "$loads[-1] == \"02\""
    play 33 .
    sees "$loads[-1] == \"02\""
'

test_that '34: 8 KiB go without any sleep, 96 do not' '
    asleep="[.events[] | select(.event == \"block\") | .op]"
    play 34 ".processes[0].program[5:7][].repeat = 1 |
        (.processes[1].program[0], .processes[1].program[2]).bytes = 8192 |
        .processes[1].program[1].repeat = 1"
    sees "$asleep == []"
    play 34 .
    sees "$asleep | contains([\"write\", \"msgsnd\"])"
    sees "$asleep | contains([\"store\"]) | not"
'

test_that '35: without IPC_RMID it outlives all; a kill detaches as shmdt does' '
    play 35 "del(.processes[0].program[4])"
    sees "[.events[] | select(.op == \"shmat\" and .errno)] == []"
    play 35 .
    sees "[.events[] | select(.op == \"shmat\") | .errno] ==
          [null, null, \"EINVAL\"]"
    jq ".processes[1].program[1] = {kill: \"child\", sig: \"SIGKILL\"}" \
        lesson.json >killed.json
    "$TIMESLICE" run killed.json --lang en >out
    grep -q "the last mapping of a segment marked for destruction" out
'

# slept: who slept in semop when, in the run of out.
slept()
{
    jq -c '[.events[] | select(.event == "block") |
            select(.op == "P" or .op == "semop") | "\(.process) \(.t)"]' out
}

test_that '36: 2 lets both in and one addition is lost; 0 lets nobody in' '
    read_last="[.events[] | select(.op == \"load\") | .data][-1]"
    play 36 ".processes[0].program[3].value = 2"
    sees "$read_last == \"hex:03000000\""
    test "$(slept)" = "[]"
    play 36 ".processes[0].program[3].value = 0"
    sees "[.deadlock[].process] | contains([\"A\", \"B\"])"
    play 36 .
    sees "$read_last == \"hex:04000000\""
'

test_that '37: if B does not lock, it is done while A is inside' '
    play 37 "del(.processes[1].program[] | select(.P or .V))"
    sees "p(\"B\").finish == 13"
    sees "any(.events[]; .process == \"A\" and .op == \"V\" and .t == 18)"
'

test_that '37: with a quantum of 100 nobody sleeps for the lock' '
    play 37 . --quantum 100
    test "$(slept)" = "[]"
    play 37 .
    test "$(slept)" = "[\"B 5\"]"
'

test_that '38: the order of the forks changes nothing, the first turn does' '
    play 38 ".processes[0].program |= .[:3] + (.[3:6] | reverse) + .[6:]"
    sees "any(.events[]; .op == \"read\" and .data == \"ABCABC\")"
    play 38 ".processes[0].program[1].values = [0, 0, 1]"
    sees "any(.events[]; .op == \"read\" and .data == \"CABCAB\")"
'

test_that '39: with 5 C sleeps instead of B, with 6 nobody' '
    play 39 ".processes[0].program[1].value = 5"
    test "$(slept)" = "[\"C 8\"]"
    play 39 ".processes[0].program[1].value = 6"
    test "$(slept)" = "[]"
'

test_that '40: with two P, A holds 0 while it sleeps, and C waits for it' '
    play 40 ".processes[1].program |=
             .[:1] + [{P: \"s\", num: 0}, {P: \"s\", num: 1}] + .[2:]"
    test "$(slept)" = "[\"A 6\",\"C 8\"]"
    sees "p(\"C\").finish == 20"
    play 40 .
    test "$(slept)" = "[\"A 5\"]"
'

test_that '41: in one slice all eat, and so they do if one sits down later' '
    play 41 . --quantum 100
    sees ".stopped == \"finished\""
    test "$(slept)" = "[]"
    play 41 ".processes[5].program[0].until = 40"
    sees ".stopped == \"finished\""
    play 41 .
    sees ".stopped == \"deadlock\""
'

test_that '42: the old order starves them, both forks at once never do' '
    play 42 ".processes[5].program |= [.[0], .[3], .[2], .[1]] + .[4:]"
    sees "[.deadlock[] | select(.process == \"E\").held_by] == [[\"A\"]]"
    both="(.processes[1:][].program) |=
        [.[0], {semop: \"forks\", ops: [{num: .[1].num, op: -1},
                                        {num: .[3].num, op: -1}]}] + .[4:]"
    play 42 "$both"
    sees ".stopped == \"finished\""
    play 42 "$both | .processes[5].program[1].ops |= reverse"
    sees ".stopped == \"finished\""
'

test_that '43: locked before it asks for a place, the producer starves both' '
    play 43 ".processes[0].program[3].values[0] = 1 | .processes[1].program |=
        [.[1], .[0]] + .[2:5] + [.[6], .[5]] + .[7:10] + [.[11], .[10]] +
        .[12:]"
    sees "[.deadlock[] | select(.process == \"consumer\")] ==
          [{process: \"consumer\", waits_for: \"sem 2 of s\",
            held_by: [\"producer\"]}]"
'

test_that '43: with one place they take turns, and nothing else changes' '
    turns="[.events[] | select(.op == \"store\" or .op == \"load\") | .op]"
    play 43 ".processes[0].program[3].values[0] = 1"
    sees "$turns == [range(3) | \"store\", \"load\"]"
    play 43 .
    sees "$turns != [range(3) | \"store\", \"load\"]"
    sees "$loads == [\"01\", \"02\", \"03\"]"
'

test_that '44: with a gate R2 sleeps behind W, which is next' '
    gate="[{P: \"s\", num: 1}, .[0], {V: \"s\", num: 1}] + .[1:]"
    play 44 ".processes[0].program[2].nsems = 2 |
        .processes[0].program[3].values = [3, 1] |
        .processes[1:][].program |= $gate"
    sees "p(\"W\").finish < p(\"R2\").finish"
    sees "p(\"R1\").finish < p(\"W\").finish"
    play 44 .
    sees "p(\"R3\").finish < p(\"W\").finish"
'

test_that '45: without SEM_UNDO B sleeps forever' '
    play 45 "del(.processes[1].program[].flags)"
    sees "[.deadlock[].process] == [\"parent\", \"B\"]"
    sees "p(\"A\").exit.signal == \"SIGKILL\""
'

test_done
