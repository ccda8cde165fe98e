# `timeslice compare`: one time axis, the figures of each run, and where two
# first part.
. "$SRC/tests/test.sh"

five=$SRC/tests/cli/five.json
escape=$(printf '\033')

# on_terminal COMMAND: what it prints on a terminal of 100 columns.
on_terminal()
{
    script -qec "stty cols 100; $1" /dev/null </dev/null
}

# refused WORDS ARGUMENT…: status 2, one line, and it contains WORDS.
refused()
{
    words=$1
    shift
    status 2 "$TIMESLICE" compare "$five" "$@"
    test ! -s out
    test "$(wc -l <err)" = 1
    grep -qF -e "$words" err
}

test_that 'five processes under six policies, as the textbook has them' '
    test "$("$TIMESLICE" compare "$five" --policies fcfs,rr:1,rr:4,sjf,srtf,hrrn \
        --format json | jq -c "[.policies[].metrics.avg_turnaround]")" = \
        "[8.6,10.8,10,7.6,7.2,8]"
'

test_that 'what is compared keeps its name and its quantum' '
    status 0 "$TIMESLICE" compare "$five" --policies fcfs,rr:1,rr:4 \
        --format json -o c.json
    test "$(jq -c "[.policies[] | [.processes[].finish]]" c.json)" = \
        "[[3,9,13,18,20],[4,18,17,20,15],[3,17,11,20,19]]"
    test "$(jq -c "[.policies[].metrics.avg_turnaround]" c.json)" = "[8.6,10.8,10]"
    test "$(jq -c "[.policies[] | .name, .policy, .quantum]" c.json)" = \
        "[\"fcfs\",\"fcfs\",null,\"rr:1\",\"rr\",1,\"rr:4\",\"rr\",4]"
'

test_that 'each is what run prints for that policy alone' '
    for file in "$five" "$SRC/tests/cli/pipe.json" 04 08 43; do
        "$TIMESLICE" compare $file --policies fcfs,rr:3 --format json -o c.json
        for k in 0 1; do
            set -- --policy fcfs
            test $k = 0 || set -- --policy rr --quantum 3
            "$TIMESLICE" run $file "$@" --format json -o r.json 2>said ||
                test $? = 1
            jq -S "del(.events)" r.json >one
            jq -S ".policies[$k] | del(.name, .deadlines_missed, .worst_response)" c.json |
                diff one -
        done
    done
'

test_that 'the parting is the first moment of different CPUs, from the Gantts' '
    for file in "$five" 02 04 08 16 36 43; do
        "$TIMESLICE" compare $file --policies fcfs,rr:1,rr:3 --format json -o c.json
        jq -c "[.policies[] | [.gantt[] | range(.start; .end) as \$t
            | {key: \"\(\$t) \(.cpu)\", value: .process}] | from_entries]
            | . as \$all | [\$all[] | keys[]] | unique
            | map(select(. as \$k | [\$all[] | .[\$k]] | unique | length > 1)
                | split(\" \") | map(tonumber)) | sort | .[0]" c.json >wanted
        jq -c "if .parting then [.parting.t, .parting.cpu] else null end" c.json >got
        cat c.json | jq -c .parting
        diff wanted got
    done
'

test_that 'one sentence says who takes whom, and who goes on' '
    status 0 "$TIMESLICE" compare "$five" --policies fcfs,rr:1,rr:4
    grep -qx "They first part at t = 2: fcfs, rr:4 go on with A, while rr:1 takes B." out
    grep -q "^  rr:1: .*B.* first in the ready queue" out
    status 0 "$TIMESLICE" compare "$five" --policies rr:1,fcfs --lang zh
    grep -qx "t = 2 时首次出现分歧：rr:1 选择 B，而 fcfs 继续运行 A。" out
    test "$("$TIMESLICE" compare "$five" --policies rr:1,fcfs --format json |
        jq -c "[.parting.groups[] | .policies[0], .process, .goes_on]")" = \
        "[\"rr:1\",\"B\",false,\"fcfs\",\"A\",true]"
    status 0 "$TIMESLICE" compare 04 --policies fcfs,rr
    grep -q "^They first part at t = [0-9]* on CPU [0-9]: " out
    status 0 "$TIMESLICE" compare "$five" --policies rr:20,rr:30,fcfs
    grep -q "^They never part" out
    if grep -q " v t = \|^ *v " out; then exit 1; fi
'

test_that 'all charts have one axis and the moment marked' '
    "$TIMESLICE" compare "$five" --policies fcfs,rr:1 --set machine.context_switch=3 >out
    test "$(grep -c "^time " out)" = 2
    test "$(grep "^time " out | sort -u | wc -l)" = 1
    test "$(grep "v t = 2$" out | sort -u | wc -l)" = 1
    test "$(grep -c "v t = 2$" out)" = 2
    column=$(grep -m1 "v t = 2$" out | sed "s/v.*//" | wc -c)
    grep "^CPU 0" out | cut -c $column | sort -u | wc -l | grep -qx 2
'

test_that 'a process has the same letter and row in every chart' '
    printf "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rr\"},
        \"processes\": [
        {\"name\": \"a\", \"program\": [{\"cpu\": 5}, {\"fork\": \"x\"}, {\"cpu\": 2}]},
        {\"name\": \"b\", \"program\": [{\"cpu\": 1}, {\"fork\": \"y\"}, {\"cpu\": 2}]},
        {\"name\": \"x\", \"program\": [{\"cpu\": 1}]},
        {\"name\": \"y\", \"program\": [{\"cpu\": 1}]}]}" >f.json
    "$TIMESLICE" compare f.json --policies fcfs,rr:1 >out
    test "$(grep -c "^C x" out)" = 2
    test "$(grep -c "^D y" out)" = 2
    for name in x y; do
        grep "^[A-Z] $name " out | while read -r letter rest; do
            echo "$letter: $rest"
            grep "^CPU 0" out | grep -q $letter
        done
    done
    "$TIMESLICE" compare f.json --policies fcfs,rr:1 --format json |
        jq -c "[.policies[] | [.processes[].name]]" >names
    test "$(cat names)" = "[[\"a\",\"b\",\"x\",\"y\"],[\"a\",\"b\",\"y\",\"x\"]]"
'

test_that 'the best are marked, and none where all are the same' '
    "$TIMESLICE" compare "$five" --policies fcfs,rr:1,rr:4 >out
    grep -q "^  fcfs *8.600\* *4.600\* *4.600 *0.250 *1 *4\*$" out
    grep -q "^  rr:1 *10.800 *6.800 *0.800\* *0.250 *1 *17$" out
    "$TIMESLICE" compare "$five" --policies fcfs,rr:1,rr:4 --format json |
        jq -c .best >best
    test "$(jq -c "[.avg_turnaround, .avg_response, .throughput]" best)" = \
        "[[\"fcfs\"],[\"rr:1\"],[]]"
    "$TIMESLICE" compare "$five" --policies rr:20,rr:30 >out
    if grep "[0-9]\*" out; then exit 1; fi
'

test_that 'a run that was broken off is not the best, and is named' '
    status 0 "$TIMESLICE" compare "$five" --policies fcfs,rr:1 --until 19 \
        --set machine.context_switch=0
    grep -q "^  fcfs: Stopped at t = 19" out
    sed -n "/^  averages/,/^\$/p" out >overall
    if grep "\*" overall; then exit 1; fi
'

test_that 'without --policies all that are built and fit, the named one first' '
    "$TIMESLICE" compare "$five" --format json | jq -r ".policies[].name" >names
    grep -qx fcfs names
    grep -qx rr names
    if grep -qx "edf\|rm" names; then exit 1; fi
    test "$(sort names | uniq -d)" = ""
    "$TIMESLICE" compare "$five" --policy rr --format json |
        jq -r ".policies[].name" >again
    test "$(head -1 again)" = rr
    sort names >a
    sort again | diff a -
'

test_that 'what a file has nothing for is left out, and missed deadlines count' '
    sed "s/\"bursts\": \[2\]/\"bursts\": [2], \"deadline\": 3/" "$five" >d.json
    "$TIMESLICE" compare d.json --format json -o c.json
    test "$(jq -r ".policies[].name" c.json | grep -cx "edf\|rm\|priority")" = 1
    test "$(jq -c "[.policies[] | select(.name == \"edf\" or .name == \"fcfs\")
        | .deadlines_missed]" c.json)" = "[1,0]"
    jq -e ".best.deadlines_missed | index(\"edf\")" c.json
    "$TIMESLICE" compare d.json --policies fcfs,edf | grep -q "missed  *end$"
    "$TIMESLICE" compare "$five" --policies fcfs,edf >out
    if grep missed out; then exit 1; fi
'

test_that 'mlfq has levels: from the file, the entry, or the quantum' '
    "$TIMESLICE" compare "$five" --policies mlfq,mlfq:1 --format json -o c.json
    for levels in 2,4,8 1,2,4; do
        "$TIMESLICE" run "$five" --policy mlfq --format json --set "scheduler.levels=$(
            echo $levels | sed "s/\([0-9]*\)/{\"quantum\": \1}/g; s/.*/[&]/")" |
            jq -c "[.gantt[]]"
    done >wanted
    jq -c ".policies[].gantt" c.json | diff wanted -
'

# Burns and Wellings, Real-Time Systems, on response time analysis: periods 7, 12
# and 20, computation 3, 3 and 5; the worst responses are 3, 6 and 20.
test_that 'of periodic jobs edf and rm are compared, by deadlines and responses' '
    printf "{\"timeslice\": 1, \"title\": \"x\", \"scheduler\": {\"policy\": \"rm\"},
        \"processes\": [{\"name\": \"a\", \"period\": 7, \"jobs\": 60, \"bursts\": [3]},
        {\"name\": \"b\", \"period\": 12, \"jobs\": 35, \"bursts\": [3]},
        {\"name\": \"c\", \"period\": 20, \"jobs\": 21, \"bursts\": [5]}]}" >rt.json
    status 0 "$TIMESLICE" compare rt.json
    grep -qx "  worst response *a *b *c" out
    grep -q "^  rm *3[ *]* 6[ *]* 20[ *]*$" out
    grep -q "^  averages .*missed" out
    grep -q "^  averages  worst response *end" out
    if grep "turnaround" out; then exit 1; fi
    "$TIMESLICE" compare rt.json --format json -o c.json
    test "$(jq -c "[.policies[] | [.name, .deadlines_missed]]" c.json)" = \
        "[[\"edf\",0],[\"rm\",0]]"
    test "$(jq -c ".policies[1].worst_response" c.json)" = 20
    test "$("$TIMESLICE" compare "$five" --policies rr --format json |
        jq -c ".policies[].worst_response")" = null
'

# names ARGUMENT…: the names of all that are compared.
names()
{
    "$TIMESLICE" compare "$@" --format json | jq -c "[.policies[].name]"
}

test_that 'each can have settings of its own, as many of a policy as wanted' '
    test "$(names 54 --policies xv6:none,xv6,priority:inherit,priority)" = \
        "[\"xv6:none\",\"xv6\",\"priority:inherit\",\"priority\"]"
    "$TIMESLICE" compare 54 --policies \
        priority,priority:inherit,priority:preemptive=false,priority:2 \
        --format json -o c.json
    for set in inherit=false inherit=true preemptive=false quantum=2; do
        "$TIMESLICE" run 54 --set scheduler.$set --format json | jq -c .gantt
    done >wanted
    jq -c ".policies[].gantt" c.json | diff wanted -
    test "$(jq -c "[.policies[].processes[] | select(.name == \"H\") | .finish]" \
        c.json)" = "[21,13,13,21]"
    "$TIMESLICE" compare "$five" --policies \
        "mlfq:levels=[{\"quantum\":1,\"allotment\":2},{\"quantum\":9}]:boost=7" \
        --format json | jq -c ".policies[].gantt" >got
    "$TIMESLICE" run "$five" --policy mlfq --set scheduler.boost=7 --set \
        "scheduler.levels=[{\"quantum\":1,\"allotment\":2},{\"quantum\":9}]" \
        --format json | jq -c .gantt | cmp - got
    status 0 "$TIMESLICE" compare 67 --policies rr:queues=per-cpu:steal,rr
'

test_that 'a setting with several values makes one of each' '
    test "$(names 54 --policies priority,fcfs --set scheduler.inherit=false,true)" = \
        "[\"priority:inherit=false\",\"priority:inherit=true\",\"fcfs\"]"
    test "$(names "$five" --policies rr,mlfq,rr:9 --quantum 1,4)" = \
        "[\"rr:1\",\"rr:4\",\"mlfq:1\",\"mlfq:4\",\"rr:9\"]"
    test "$(names "$five" --policy fcfs,rr:4)" = "[\"fcfs\",\"rr:4\"]"
    test "$(names "$five" --policies "rr, sjf")" = "[\"rr\",\"sjf\"]"
    test "$("$TIMESLICE" compare "$five" --policies rr --quantum 1..3 --format json |
        jq -c "[.policies[].quantum]")" = "[1,2,3]"
'

test_that 'settings go to whom they belong, and the quantum of the file too' '
    test "$("$TIMESLICE" compare "$five" --policies fcfs,rr --format json |
        jq -c "[.policies[].quantum]")" = "[null,2]"
    test "$("$TIMESLICE" compare "$five" --policies fcfs,rr,rr:5 --quantum 3 \
        --format json | jq -c "[.policies[].quantum]")" = "[null,3,5]"
    status 0 "$TIMESLICE" compare "$five" --policies fcfs,rr --seed 5
    refused "none of the policies has the setting \`scheduler.quantum\`" \
        --policies fcfs --quantum 3
'

test_that 'keys that are only of the policy of the file are left alone' '
    own="\"policy\": \"mlfq\", \"levels\": [{\"quantum\": 3}], \"boost\": 50"
    sed "s/\"policy\": \"rr\", \"quantum\": 2/$own/" "$five" >m.json
    status 0 "$TIMESLICE" compare m.json --policies fcfs,rr
    test ! -s err
    grep -q "^rr, quantum 4$" out
'

test_that 'colours only on a terminal, and NO_COLOR is obeyed' '
    "$TIMESLICE" compare "$five" --policies fcfs,rr >out
    if grep -q "$escape" out; then exit 1; fi
    command -v script || exit 0
    on_terminal "TERM=xterm \"$TIMESLICE\" compare \"$five\" --policies fcfs,rr" >seen
    grep -q "$escape" seen
    on_terminal "NO_COLOR=1 TERM=xterm \"$TIMESLICE\" compare \"$five\" --policies fcfs,rr" >seen
    if grep -q "$escape" seen; then exit 1; fi
'

test_that 'charts and tables keep to 80 columns, in both languages' '
    for file in "$five" 02 04 08 16 36 43; do
        for lang in en zh; do
            "$TIMESLICE" compare $file --policies fcfs,rr:1,rr:4,rr:9 --lang $lang >out
            grep -v "[.。]\$" out | wc -L >wide
            echo "$file $lang: $(cat wide)"
            test "$(cat wide)" -le 80
        done
    done
'

test_that 'real processes can be compared as well' '
    "$TIMESLICE" run 10 --live --format json -o live.json 2>said || exit 0
    status 0 "$TIMESLICE" compare 10 --policies fcfs,rr --live --format json -o c.json
    test "$(jq -c "[.policies[].live | .steps == .confirmed and .steps > 0]" c.json)" = \
        "[true,true]"
'

test_that 'runs that did not end have nothing that is best' '
    "$TIMESLICE" compare "$five" --policies rr,fcfs --until 12 >out
    grep -q "Stopped at t = 12" out
    test "$(grep -c "[*]" out)" = 1
    grep -q "^  [*] the best" out
    "$TIMESLICE" compare "$five" --policies rr,fcfs >out
    test "$(grep -c "[*]" out)" -gt 3
'

test_that 'wrong usage: one sentence, status 2' '
    refused "there is no policy \`nice\` to compare; there are: fcfs" --policies fcfs,nice
    refused "there is no policy \`rrr\`; did you mean \`rr\`?" --policies fcfs,rrr
    refused "there is no policy \`SRTF\`; did you mean \`srtf\`?" --policies SRTF
    refused "a policy has no name" --policies ""
    refused "a policy has no name" --policies fcfs,
    refused "a policy has no name" --policies rr,,fcfs
    refused "put all into one list" --policies rr --policies fcfs
    for same in rr:4,rr:04 rr:4,rr:quantum=4 lottery:seed=1,lottery:seed=1.0 \
        priority:inherit,priority:inherit=true; do
        refused "are the same run" --policies $same
    done
    long=$(printf "%5000s" | tr " " x)
    refused "xxx … xxx" --policies "$long"
    test "$(wc -c <err)" -lt 800
    refused "\`rr\` and \`rr\` are the same run" --policies rr,fcfs,rr
    refused "\`fcfs:3\`: the policy fcfs has no quantum" --policies fcfs:3
    for bad in rr:0 rr: rr:-1 rr:1.5 rr:99999999999999999999 rr::2; do
        refused "\`$bad\`: behind a colon" --policies $bad
    done
    refused "\`rr:x\`: the policy rr has no setting \`x\`; it has: quantum " \
        --policies rr:x
    refused "has no setting \`inherit\`" --policies rr:inherit
    refused "scheduler.quantum is set twice" --policies rr:1:2
    refused "rr cannot do without a quantum" --policies rr:none
    refused "the policy fcfs has no quantum" --policies fcfs:none
    refused "true or false, not \"maybe\"" --policies priority:preemptive=maybe
    refused "on the same machine: machine.cpus" --set machine.cpus=1,2
    refused "at most 64 policies" --policies rr --quantum 1..65
    refused "text json; not \`csv\`" --format csv
    refused "machine/cpus" --set machine.cpus=0
    status 2 "$TIMESLICE" compare none.json
    status 2 "$TIMESLICE" compare
    status 3 "$TIMESLICE" compare "$five" -o no/such
'

test_done
