# What `run` prints for programs: json, ndjson and csv, held to SCENARIO.md.
. "$SRC/tests/test.sh"

here=$SRC/tests/cli
pipe=$here/pipe.json

# same FILE-OR-TEXT FILE-OR-TEXT: says how they differ.
same()
{
    printf '%s\n' "$1" >same.a
    printf '%s\n' "$2" >same.b
    diff same.a same.b
}

test_that 'json is one JSON object, for every file' '
    for file in "$here"/*.json "$SRC"/scenarios/*.json; do
        test -e "$file" || continue
        "$TIMESLICE" run "$file" --format json >out.json || test $? = 1
        same "$(jq -s length out.json)" 1
        same "$(jq -r type out.json)" object
    done
'

test_that 'the keys stand in the order of the handbook' '
    "$TIMESLICE" run "$pipe" --format json >out.json
    same "$(jq -r "keys_unsorted | join(\" \")" out.json)" \
        "timeslice title policy quantum cpus end stopped processes metrics gantt events"
    same "$(jq -r ".processes[0] | keys_unsorted | join(\" \")" out.json)" \
        "name id parent state arrival admitted first_run finish turnaround response \
waiting cpu blocked suspended exit switches"
    same "$(jq -r ".metrics | keys_unsorted | join(\" \")" out.json)" \
        "avg_turnaround avg_waiting avg_response throughput cpu_utilization \
context_switches fairness"
    same "$(jq -r ".gantt[0] | keys_unsorted | join(\" \")" out.json)" \
        "cpu process start end"
    same "$(jq -c "[.events[] | select(.event == \"state\")
        | keys_unsorted] | unique" out.json)" \
        "[[\"t\",\"process\",\"event\",\"from\",\"to\",\"why\"]]"
    same "$(jq -c "[.events[] | select(.op == \"read\") | keys_unsorted]
        | unique" out.json)" \
        "[[\"t\",\"process\",\"event\",\"op\",\"object\"],[\"t\",\"process\",\"event\",\
\"op\",\"object\",\"ret\"],[\"t\",\"process\",\"event\",\"op\",\"object\",\"ret\",\"data\"]]"
'

test_that 'processes, times and exits are those of the run' '
    "$TIMESLICE" run "$pipe" --format json >out.json
    same "$(jq -c "[.policy, .quantum, .cpus, .end, .stopped]" out.json)" \
        "[\"rr\",3,1,29,\"finished\"]"
    same "$(jq -c "[.processes[] | [.name, .id, .parent, .exit]]" out.json)" \
        "[[\"parent\",1,\"init\",{\"code\":0}],[\"child\",2,\"parent\",{\"code\":0}]]"
    # every tick of a life is waiting, running, blocked or suspended
    same "$(jq "[.processes[] | .turnaround == .waiting + .cpu + .blocked +
        .suspended + (.admitted - .arrival)] | all" out.json)" true
'

test_that 'the chart is what the events say, slice by slice' '
    "$TIMESLICE" run "$here/bursts.json" --format json >out.json
    same "$(jq -c "[.gantt[] | [.process, .start, .end]]" out.json)" \
        "[[\"P1\",0,4],[\"P2\",4,7],[\"P3\",7,10],[\"P1\",10,14],[\"P1\",14,18],[\"P1\",\
18,22],[\"P1\",22,26],[\"P1\",26,30]]"
    for cpus in 1 2 3; do
        "$TIMESLICE" run "$pipe" --set machine.cpus=$cpus --format json \
            >out.json 2>/dev/null || test $? = 1
        # the CPU time of the chart is the CPU time of the processes
        same "$(jq "[.gantt[] | .end - .start] | add" out.json)" \
            "$(jq "[.processes[].cpu] | add" out.json)"
        # nobody is on two CPUs, and no CPU has two
        same "$(jq "[.gantt[] as \$a | .gantt[] as \$b | select(\$a != \$b
            and (\$a.cpu == \$b.cpu or \$a.process == \$b.process)
            and \$a.start < \$b.end and \$b.start < \$a.end)] | length" \
            out.json)" 0
    done
'

test_that 'events come in order, and every state follows from the one before' '
    for file in pipe stuck bytes bursts; do
        "$TIMESLICE" run "$here/$file.json" --format json >out.json
        same "$(jq "[.events[].t] | . == sort" out.json)" true
        same "$(jq "reduce (.events[] | select(.event == \"state\")) as \$e
            ({ok: true}; .ok = (.ok and (.[\$e.process] // \"new\") == \$e.from)
            | .[\$e.process] = \$e.to) | .ok" out.json)" true
        same "$(jq -r ".events[-1].event" out.json)" stop
    done
'

test_that 'data is text, or hex, or cut at 64 bytes; errno only in failure' '
    "$TIMESLICE" run "$here/bytes.json" --format json >out.json
    jq -c ".events[] | select(.op == \"read\") | [.ret, .data, .errno]" \
        out.json >reads
    cat >wanted <<-\END
	[15,"plain, \"quoted\"",null]
	[72,"时间片时间片时间片时间片时间片时间片时间片",null]
	[2,"hex:e697",null]
	[4,"hex:b6e997b4",null]
	[6,"hex:6865783a3030",null]
	[7,"hex:6f6e650a74776f",null]
	[-1,null,"EAGAIN"]
	[0,null,null]
	END
    diff reads wanted
'

test_that 'a deadlock says who waits for what' '
    "$TIMESLICE" run "$here/stuck.json" --format json >out.json
    same "$(jq -c "[.stopped, .deadlock[0].process, .deadlock[0].waits_for,
        .processes[0].finish, .processes[0].exit]" out.json)" \
        "[\"deadlock\",\"reader\",\"read p[0]\",null,null]"
    same "$(jq -c "[.events[] | select(.event == \"deadlock\")] | length" \
        out.json)" 1
    "$TIMESLICE" run "$pipe" --format json |
        jq -e "has(\"deadlock\") or has(\"live\") | not" >said
'

test_that '--until stops the run and says so' '
    "$TIMESLICE" run "$here/bursts.json" --until 10 --format json >out.json \
        2>said || test $? = 1
    same "$(jq -c "[.end, .stopped, .processes[0].finish]" out.json)" \
        "[10,\"until\",null]"
    same "$(jq "[.events[].t] | max" out.json)" 10
    "$TIMESLICE" run "$here/bursts.json" --until 0 --format json 2>said |
        jq -e ".end == 0" >said.too
'

test_that 'ndjson is the events of json, line by line, then the summary' '
    for file in "$here"/*.json "$SRC"/scenarios/*.json; do
        test -e "$file" || continue
        "$TIMESLICE" run "$file" --format json >a 2>said || test $? = 1
        "$TIMESLICE" run "$file" --format ndjson >b 2>said || test $? = 1
        jq -c ".events[]" a >events.a
        jq -c "select(has(\"summary\") | not)" b >events.b
        cmp events.a events.b
        jq -c "del(.events, .gantt)" a >summary.a
        tail -1 b | jq -c .summary >summary.b
        cmp summary.a summary.b
        same "$(jq -s "[.[] | has(\"summary\")] | index(true) == length - 1" b)" \
            true
    done
'

test_that 'overrides take the place of what the file says' '
    "$TIMESLICE" run "$here/bursts.json" --policy fcfs --format json \
        >out.json 2>said || test $? = 1
    same "$(jq -c "[.policy, .quantum, [.gantt[] | [.process, .end]]]" out.json)" \
        "[\"fcfs\",null,[[\"P1\",24],[\"P2\",27],[\"P3\",30]]]"
    "$TIMESLICE" run "$here/bursts.json" --quantum 2 --set machine.cpus=2 \
        --format json >out.json 2>said || test $? = 1
    same "$(jq -c "[.quantum, .cpus]" out.json)" "[2,2]"
'

test_that 'the title is in the language, the rest is not' '
    "$TIMESLICE" run "$pipe" --format json --lang en >en.json
    "$TIMESLICE" run "$pipe" --format json --lang zh >zh.json
    same "$(jq -r .title en.json)" "Three numbers"
    same "$(jq -r .title zh.json)" "三个数"
    same "$(jq -c "del(.title)" en.json)" "$(jq -c "del(.title)" zh.json)"
'

test_that 'the same run gives the same bytes, in every locale' '
    "$TIMESLICE" run "$pipe" --format json >a
    LC_ALL=C LANG=de_DE.UTF-8 "$TIMESLICE" run "$pipe" --format json >b
    cmp a b
'

test_that 'csv is one row a process, with the figures of json' '
    "$TIMESLICE" run "$pipe" --format csv >out.csv
    "$TIMESLICE" run "$pipe" --format json >out.json
    tr -d "\r" <out.csv >plain.csv
    same "$(head -1 plain.csv)" \
        "name,id,parent,state,arrival,admitted,first_run,finish,turnaround,response,\
waiting,cpu,blocked,suspended,exit,voluntary_switches,involuntary_switches"
    jq -r ".processes[] | [.name, .id, .parent, .state, .arrival, .admitted,
        .first_run, .finish, .turnaround, .response, .waiting, .cpu, .blocked,
        .suspended, .exit.code, .switches.voluntary, .switches.involuntary]
        | map(tostring) | join(\",\")" out.json >rows
    tail -n +2 plain.csv | diff rows -
    "$TIMESLICE" run "$here/stuck.json" --format csv | tr -d "\r" |
        grep -qx "reader,1,init,blocked,0,0,0,,,0,0,2,0,0,,1,0"
'

test_that 'export --to csv is one row an event, quoted as RFC 4180 asks' '
    "$TIMESLICE" export "$here/bytes.json" --to csv
    "$TIMESLICE" run "$here/bytes.json" --format ndjson >events
    same "$(wc -l <bytes.csv)" "$(wc -l <events)" # a header, no summary
    tr -d "\r" <bytes.csv >plain
    same "$(head -1 plain)" \
        "t,process,event,from,to,why,op,object,ret,errno,data,more"
    grep -qxF "3,a,op,,,,read,p[0],15,,\"plain, \"\"quoted\"\"\"," plain
    grep -qxF "14,a,op,,,,read,p[0],-1,EAGAIN,," plain
    test "$(ls)" = "$(printf "bytes.csv\nevents\nplain\nsame.a\nsame.b")"
'

test_that 'a difference from the expect is status 1, on stderr, with its place' '
    sed "s/\"exit\": 0}},/\"exit\": 3}},/" "$pipe" >wrong.json
    status=0
    "$TIMESLICE" run wrong.json --format json >out.json 2>said || status=$?
    test $status = 1
    cat said
    grep -q "^wrong.json:2[0-9]:[0-9]*: error: /expect/processes/child/exit: expected 3" \
        said
    jq -e . out.json >pretty # the results are all there nevertheless
    status=0
    "$TIMESLICE" run wrong.json --format text -o kept >out 2>said || status=$?
    test $status = 1
    test -s kept
'

test_done
