# Sweeps: `timeslice run FILE --set KEY=FIRST..LAST`.
. "$SRC/tests/test.sh"

five=$SRC/tests/cli/five.json

# refused WORDS ARGUMENT…: status 2, one line, and it contains WORDS.
refused()
{
    words=$1
    shift
    status 2 "$TIMESLICE" run "$five" "$@"
    test ! -s out
    test "$(wc -l <err)" = 1
    grep -qF -e "$words" err
}

# values ARGUMENT…: the values of the first swept key, by blanks.
values()
{
    "$TIMESLICE" run "$five" --format csv "$@" | tr -d "\r" |
        sed 1d | cut -d, -f2 | tr "\n" " " | sed "s/ \$//"
}

test_that 'each row is what a run of its own says' '
    "$TIMESLICE" run "$five" --set scheduler.quantum=1..6 --format ndjson >rows
    test "$(wc -l <rows)" = 6
    for q in 1 2 3 4 5 6; do
        "$TIMESLICE" run "$five" --quantum $q --format json |
            jq -Sc "[.policy, .quantum, .cpus, .end, .stopped, .metrics,
                (.processes | length)]" >wanted
        jq -Sc "select(.set[\"scheduler.quantum\"] == $q) | [.policy, .quantum,
            .cpus, .end, .stopped, (.metrics | del(.deadlines_missed, .worst_response)),
            .processes]" rows | diff wanted -
    done
'

test_that 'missed deadlines are counted where there are deadlines' '
    printf "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rm\"},
        \"processes\": [{\"name\": \"a\", \"period\": 5, \"jobs\": 7, \"bursts\": [2]},
        {\"name\": \"b\", \"period\": 7, \"jobs\": 5, \"bursts\": [4]}]}" >rt.json
    "$TIMESLICE" run rt.json --policy rm,edf --format ndjson |
        jq -c "[.policy, .metrics.deadlines_missed]" >missed
    test "$(sed -n 2p missed)" = "[\"edf\",0]"
    test "$(sed -n "1s/.*,\([0-9]*\)]/\1/p" missed)" -gt 0
    "$TIMESLICE" run rt.json --policy rm,edf | grep -q "^  policy.*switches"
    "$TIMESLICE" run rt.json --policy rm,edf | grep -q missed
    "$TIMESLICE" run "$five" --quantum 1,2 >out
    if grep missed out; then exit 1; fi
    test "$("$TIMESLICE" run "$five" --quantum 1,2 --format csv | tr -d "\r" |
        sed -n 2p | sed "s/.*,//")" = ""
'

test_that 'ranges and lists, up and down, braces or none' '
    test "$(values --set scheduler.quantum=1..4)" = "1 2 3 4"
    test "$(values --quantum 1..10..4)" = "1 5 9"
    test "$(values --quantum 9..1..4)" = "9 5 1"
    test "$(values --quantum 3..3)" = "3"
    test "$(values --quantum "{1,2,4}")" = "1 2 4"
    test "$(values --quantum "{1, 2 ,4}")" = "1 2 4"
    test "$(values --quantum 1,2,4)" = "1 2 4"
    test "$(values --quantum "{2..4,8}")" = "2 3 4 8"
    test "$(values --quantum "{7}")" = "7"
    test "$(values --policy rr,fcfs)" = "rr fcfs"
    test "$(values --set "scheduler.policy={\"rr\",fcfs}")" = "rr fcfs"
    test "$(values --set scheduler.expired_first=true,false)" = "true false"
    test "$(values --seed 1..3)" = "1 2 3"
'

test_that 'one value is no sweep, also an object' '
    "$TIMESLICE" run "$five" --quantum 3 --quantum 2 --format json >out
    test "$(jq .quantum out)" = 2
    status 2 "$TIMESLICE" run "$five" --set "scheduler.aging={\"every\": 5, \"by\": 1}"
    grep -q "aging" err
'

test_that 'no values are dropped: a key with several is set once' '
    for twice in "--quantum 1..3 --quantum 2" "--quantum 2 --quantum 1..3" \
        "--quantum 1..3 --quantum 5..6" "--policy rr,fcfs --policy rr" \
        "--quantum 4 --set scheduler.quantum=1,2" "--seed 1,2 --seed 3"; do
        refused "is set twice, and to several values" $twice
        refused "is set twice, and to several values" $twice --format csv
    done
'

test_that 'several keys are all combinations, the last changing fastest' '
    "$TIMESLICE" run "$five" --set "machine.cpus={1,2}" --quantum 1..3 --format csv |
        tr -d "\r" >out
    head -1 out | grep -q "^run,machine.cpus,scheduler.quantum,policy,quantum,cpus,end,"
    test "$(sed 1d out | cut -d, -f1-3 | tr "\n" " ")" = \
        "1,1,1 2,1,2 3,1,3 4,2,1 5,2,2 6,2,3 "
'

test_that 'a policy without the key has one run, and no value there' '
    "$TIMESLICE" run "$five" --quantum 1..3 --policy rr,fcfs --format csv |
        tr -d "\r" >out
    test "$(sed 1d out | cut -d, -f2-5 | tr "\n" " ")" = \
        "rr,1,rr,1 rr,2,rr,2 rr,3,rr,3 fcfs,,fcfs, "
    "$TIMESLICE" run "$five" --quantum 1..3 --policy fcfs,rr --format json |
        jq -c ".[0].set" >first
    test "$(cat first)" = "{\"scheduler.policy\":\"fcfs\",\"scheduler.quantum\":null}"
    refused "none of the policies has the setting" \
        --policy fcfs,fcfs --quantum 1..3
'

test_that 'a quantum is one for mlfq and eevdf, too' '
    "$TIMESLICE" run "$five" --policy mlfq,eevdf --quantum 2,3 --format ndjson |
        jq -c "[.[\"scheduler.policy\"], .set[\"scheduler.quantum\"], .end]" >out
    test "$(wc -l <out)" = 4
    "$TIMESLICE" run "$five" --policy mlfq --quantum 3 --format json |
        jq -c .gantt >out
    "$TIMESLICE" run "$five" --policy mlfq --format json --set \
        "scheduler.levels=[{\"quantum\":3},{\"quantum\":6},{\"quantum\":12}]" |
        jq -c .gantt | cmp - out
    "$TIMESLICE" run "$five" --policy eevdf --quantum 2 --format json |
        jq -c .gantt >out
    "$TIMESLICE" run "$five" --policy eevdf --set scheduler.slice=2 --format json |
        jq -c .gantt | cmp - out
    "$TIMESLICE" run "$five" --policy eevdf --set scheduler.slice=3 --format json |
        jq -c .gantt >other
    if cmp -s out other; then exit 1; fi
    refused "\`mlfq\` has no such key" --policy mlfq --quantum 2 \
        --set "scheduler.levels=[{\"quantum\":3}]"
    refused "must be a whole number, not \"none\"" --policy mlfq \
        --set scheduler.quantum=none
    status 0 "$TIMESLICE" run "$five" --policy xv6 --quantum none
'

test_that 'bare words are texts, and null takes a key away' '
    "$TIMESLICE" run "$five" --set scheduler.policy=sjf --format json |
        jq -e ".policy == \"sjf\""
    refused "did you mean \`per-cpu\`" --set scheduler.queues=percpu
    refused "true or false, not \"yes\"" --set scheduler.expired_first=yes
    "$TIMESLICE" run "$five" --set scheduler.quantum=null --format json |
        jq -e ".quantum == 4"
    refused "/scheduler/policy: must be a text" --set scheduler.policy=null
'

test_that 'text is a table with the best marked, json a list' '
    "$TIMESLICE" run "$five" --quantum 1..6 --lang en >out
    grep -q "^  quantum *turnaround *waiting *response" out
    grep -q "^  6 *8.600\* *4.600\* *4.600 *0.250 *1 *4\*$" out
    "$TIMESLICE" run "$five" --quantum 1..6 --lang zh >out
    grep -q "周转" out
    "$TIMESLICE" run "$five" --quantum 1..6 --format ndjson | jq -Sc . >a
    "$TIMESLICE" run "$five" --quantum 1..6 --format json | jq -Sc ".[]" | diff a -
    "$TIMESLICE" run "$five" --quantum 1..2 --until 5 >out
    grep -q "until$" out
'

test_that 'however many processes run it, the bytes are the same' '
    for format in ndjson csv json text; do
        for jobs in 1 2 3 7; do
            "$TIMESLICE" run "$five" --quantum 1..500 --set machine.cpus=1..3 \
                --format $format -j$jobs -o $format.$jobs
            cmp $format.1 $format.$jobs
        done
        "$TIMESLICE" run "$five" --quantum 1..500 --set machine.cpus=1..3 \
            --format $format | cmp - $format.1
    done
    test "$(wc -l <ndjson.1)" = 1500
'

test_that 'parts, one behind the other, are the whole' '
    "$TIMESLICE" run "$five" --quantum 1..100 --format ndjson >whole
    for n in 1 2 3 7 100 150; do
        k=1
        while [ $k -le $n ]; do
            "$TIMESLICE" run "$five" --quantum 1..100 --format ndjson --part $k/$n
            k=$((k + 1))
        done >parts
        cmp whole parts
    done
    "$TIMESLICE" run "$five" --quantum 1..3 --part 1/9 --format json | grep -qx "\[\]"
'

test_that 'until is for every run' '
    test "$("$TIMESLICE" run "$five" --quantum 1..3 --until 7 --format ndjson |
        jq -c "[.end, .stopped, .finished]" | sort -u | head -1 | cut -c1-10)" = \
        "[7,\"until\""
'

test_that 'runs that differ from the expect: one line, and status 0' '
    sed "s/^}\$/, \"expect\": {\"end\": 20, \"avg_turnaround\": 10}}/" "$five" >e.json
    status 0 "$TIMESLICE" run e.json --quantum 1..4 --format csv
    test "$(wc -l <err)" = 1
    grep -q "2 of 4 runs do not meet" err
    test "$(wc -l <out)" = 5
    status 0 "$TIMESLICE" run e.json --quantum 2,4 --format csv
    test ! -s err
'

test_that 'what cannot be is said before anything is run' '
    refused "must be at least 1, not 0" --quantum 0..5
    refused "must be at least 1, not 0" --quantum 5..0
    refused "must be at least 1, not 0" --quantum 3,0,1..2
    refused "did you mean" --policy rr,fcsf
    refused "cpsu" --set machine.cpsu=1..2
    status 2 "$TIMESLICE" run "$five" --quantum 0..5 -o x.csv
    test ! -e x.csv
'

test_that 'wrong usage: one sentence, status 2' '
    for bad in 1.. ..3 1..x 1..5..2..3 a..b 1...3; do
        refused "\`$bad\` is no range" --set scheduler.quantum=$bad
    done
    for bad in 1..5..0 1..5..-1; do
        refused "the step of \`$bad\` must be at least 1" --quantum $bad
    done
    for bad in 1..9223372036854775807 1..99999999999999999999 1..1000000000000001; do
        refused "a number in \`$bad\` is too large, at most 1000000000000000" \
            --set scheduler.quantum=$bad
    done
    refused "no range inside a value" --policy priority \
        --set "scheduler.aging={\"every\":1..3,\"by\":1}"
    refused "--policy takes a name alone, not \`rr:4\`" --policy rr:4
    refused "--policy takes a name alone" --policy fcfs,rr:4
    refused "a value is missing" --quantum 1,
    refused "a value is missing" --quantum ,1
    refused "a value is missing" --set scheduler.quantum=1,,2
    refused "too many values" --quantum 1..99999999
    refused "more than 10000000 runs" --quantum 1..10000 --seed 1..10000
    for bad in 0/3 4/3 1 1/0 a/b 1/2/3 -1/2 ""; do
        refused "--part must be K/N" --quantum 1..3 --part "$bad"
    done
    refused "--part is for sweeps" --part 1/2
    refused "--jobs is for sweeps" -j2
    refused "--jobs must be a whole number from 1" --quantum 1..3 -j0
    refused "leave out --live" --quantum 1..3 --live
    refused "is not JSON" -j4 --set scheduler.quantum=1-20
    refused "must be at least 1, not 0" --part 1/2 --set scheduler.quantum=0
    for command in check view; do
        status 2 "$TIMESLICE" $command "$five" --quantum 1..3
        grep -q "takes one value for scheduler.quantum, not \`1..3\`" err
    done
'

test_that 'a reader that has seen enough ends it: no error, nobody left' '
    status 0 sh -c "\"\$0\" run \"\$1\" --quantum 1..1000000 --format ndjson -j3 |
        head -3" "$TIMESLICE" "$five"
    test "$(wc -l <out)" = 3
    test ! -s err
    status 3 sh -c "\"\$0\" run \"\$1\" --quantum 1..9 --format csv >/dev/full" \
        "$TIMESLICE" "$five"
    test "$(wc -l <err)" = 1
'

# long: a file whose runs take their time.
long()
{
    cat <<-\END
	{"timeslice": 1, "title": "long", "scheduler": {"policy": "rr"}, "processes": [
	  {"name": "a", "program": [{"repeat": "forever", "do": [{"cpu": 1}]}]},
	  {"name": "b", "program": [{"repeat": "forever", "do": [{"cpu": 1}]}]}]}
	END
}

# workers PID: the processes that it has started, one a line.
workers()
{
    ps -o pid= --ppid "$1"
}

# begin: a sweep that would take hours, on three processes, into out.csv;
# $sweep is its pid.
begin()
{
    long >long.json
    "$TIMESLICE" run long.json --quantum 1..50 --until 1000000000000 -j3 \
        --format csv -o out.csv 2>err &
    sweep=$!
    tries=0
    while [ "$(workers $sweep | wc -l)" -lt 3 ]; do
        tries=$((tries + 1))
        test $tries -lt 200
        sleep 0.05
    done
    workers $sweep >pids
}

# gone: all of pids are, soon.
gone()
{
    tries=0
    for pid in $(cat pids); do
        while kill -0 $pid 2>/dev/null; do
            tries=$((tries + 1))
            test $tries -lt 200
            sleep 0.05
        done
    done
}

test_that 'a process that dies is named with its run, and leaves nothing' '
    begin
    sleep 0.2
    kill -KILL $(sed -n 2p pids)
    got=0
    wait $sweep || got=$?
    cat err
    test $got = 3
    test "$(wc -l <err)" = 1
    grep -q "the run with scheduler.quantum=[123] was lost: its process was ended by signal 9" err
    gone
    test "$(ls | tr "\n" " ")" = "err long.json pids "
'

test_that 'whoever ends the sweep, no process and no file is left' '
    for signal in TERM KILL; do
        begin
        kill -$signal $sweep
        wait $sweep || true
        gone
        test ! -e out.csv
        rm -f out.csv.*
        test "$(ls | tr "\n" " ")" = "err long.json pids "
    done
'

test_that 'a run that never gets past an instant: its line, status 2' '
    cat >endless.json <<-\END
	{"timeslice": 1, "title": "x", "machine": {"op_cost": 1}, "processes": [
	  {"name": "a", "program": [
	    {"signal": "SIGUSR1", "cost": 0, "do": [{"kill": "a", "sig": "SIGUSR1", "cost": 0}]},
	    {"kill": "a", "sig": "SIGUSR1", "cost": 0}]}]}
	END
    status 2 "$TIMESLICE" run endless.json --set machine.cpus=1..3 --format csv
    test "$(wc -l <err)" = 1
    grep -q "goes round and round" err
'

test_done
