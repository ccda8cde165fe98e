# What `run` prints for people.
. "$SRC/tests/test.sh"

here=$SRC/tests/cli
escape=$(printf '\033')

# on_terminal COMMAND: what it prints on a terminal of 100 columns.
on_terminal()
{
    script -qec "stty cols ${2:-100}; $1" /dev/null </dev/null
}

test_that 'the chart is drawn from the events, a character a tick or more' '
    "$TIMESLICE" run "$here/bursts.json" --lang en >out
    cat >wanted <<-\END
	The textbook'"'"'s three
	policy rr, quantum 4, CPUs: 1, model only

	time    0         5         10        15        20        25
	CPU 0   AAAAAAAABBBBBBCCCCCCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
	A P1    ########------------########################################
	B P2    --------######
	C P3    --------------######
	END
    head -8 out | diff - wanted
    grep -q "^  average waiting 5.667$" out
    grep -q "^  P2 *0 *4 *7 *7 *4 *4 *3 *0 *0$" out
    tail -1 out | grep -qx "All is done at t = 30."
'

test_that 'a chart of many ticks says how many a character stands for' '
    printf "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [
        {\"name\": \"a\", \"bursts\": [500]},
        {\"name\": \"b\", \"bursts\": [200]}]}" >long.json
    "$TIMESLICE" run long.json --policy fcfs >out
    grep -q "one character is 10 ticks" out
    grep -qx "CPU 0   A\{50\}B\{20\}" out
    grep -qx "b b *-\{50\}#\{20\}\|B b *-\{50\}#\{20\}" out
'

test_that 'no line of a chart is wider than 80 columns' '
    for file in "$here"/*.json "$SRC"/scenarios/*.json; do
        test -e "$file" || continue
        for lang in en zh; do
            "$TIMESLICE" run "$file" --lang $lang 2>said >out || test $? = 1
            # wc knows how wide a Chinese character is, awk does not.
            wide=$(awk "/^CPU 0/, /^ *\$/" out | head -40 | wc -L)
            echo "$file in $lang is $wide wide"
            test "$wide" -le 80
        done
    done
'

test_that 'text is in the language that was asked for' '
    "$TIMESLICE" run "$here/pipe.json" --lang zh >zh
    "$TIMESLICE" run "$here/pipe.json" --lang en >en
    grep -q "^三个数$" zh
    grep -q "平均等待时间" zh
    grep -q "^Three numbers$" en
    grep -q "average waiting" en
    if grep -q "[一-龥]" en; then exit 1; fi
'

test_that 'a table with Chinese headings still stands in columns' '
    "$TIMESLICE" run "$here/bursts.json" --lang zh >zh
    grep -n "进程 *到达" zh
    # a Chinese character is three bytes and two columns wide
    grep -A 3 "进程 *到达" zh | LC_ALL=C awk "{
        bytes = length(\$0); wide = gsub(/[\\343-\\351]/, \"\")
        print bytes - wide
    }" | sort -u | wc -l | grep -qx 1
'

test_that 'a pipe and a file get no colours' '
    "$TIMESLICE" run "$here/pipe.json" >out
    if grep -q "$escape" out; then exit 1; fi
    "$TIMESLICE" doctor >out || test $? = 3
    if grep -q "$escape" out; then exit 1; fi
'

test_that 'a terminal gets colours, unless NO_COLOR or TERM forbid it' '
    command="env TERM=xterm \"$TIMESLICE\" run \"$here/pipe.json\""
    on_terminal "$command" >out
    grep -q "${escape}\[" out
    for no in NO_COLOR=1 TERM=dumb; do
        on_terminal "env TERM=xterm $no \"$TIMESLICE\" run \"$here/pipe.json\"" \
            >out
        if grep -q "${escape}\[" out; then exit 1; fi
    done
    on_terminal "env TERM=xterm NO_COLOR= \"$TIMESLICE\" run \"$here/pipe.json\"" \
        >out
    grep -q "${escape}\[" out
    on_terminal "env TERM=xterm \"$TIMESLICE\" run \"$here/pipe.json\" -o file" \
        >out
    if grep -q "${escape}\[" file; then exit 1; fi
'

test_that 'colours only say again what the characters say' '
    on_terminal "env TERM=xterm \"$TIMESLICE\" run \"$here/pipe.json\"" 80 |
        tr -d "\r" | sed "s/${escape}\[[0-9;]*m//g" >plain
    "$TIMESLICE" run "$here/pipe.json" | diff - plain
'

test_that 'the chart is as wide as the terminal' '
    printf "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [
        {\"name\": \"a\", \"bursts\": [1000]}]}" >long.json
    for columns in 60 140; do
        on_terminal "env NO_COLOR=1 \"$TIMESLICE\" run long.json" $columns |
            tr -d "\r" | grep "^CPU 0" >row
        test "$(wc -c <row)" -le $((columns + 1))
        test "$(wc -c <row)" -gt $((columns - 20))
    done
'

test_that 'a deadlock is told by name' '
    "$TIMESLICE" run "$here/stuck.json" >out
    grep -q "^Deadlock at t = 2: " out
    tail -1 out | grep -q "^  reader waits for read p\[0\]"
'

test_that 'progress is for terminals only' '
    cat >long.json <<-\END
	{"timeslice": 1, "title": "x", "processes": [
	 {"name": "a", "program": [{"repeat": "forever", "do": [{"cpu": 1}]}]}]}
	END
    "$TIMESLICE" run long.json --until 3000000 --format csv >out 2>said
    test ! -s said
    on_terminal "\"$TIMESLICE\" run long.json --until 3000000 --format csv \
        >out" >said
    # it may be too fast to say anything; if it spoke, it wiped it away
    if grep -q "running" said; then tail -c 4 said | grep -q "K"; fi
'

test_that 'the last column says how one ended, or where it still stands' '
    "$TIMESLICE" run "$SRC/tests/cli/stuck.json" >en
    grep -q "^  process .*  exit or state$" en
    grep -q "^  reader .*  blocked$" en
    "$TIMESLICE" --lang zh run "$SRC/tests/cli/stuck.json" >zh
    grep -q "^  进程 .*  退出码/状态$" zh
    grep -q "^  reader .*  阻塞$" zh
'

test_done
