# `timeslice export FILE --to chrome`: every lesson gives a trace that obeys
# the format (tests/cli/chrome.jq) and says what the run says.
. "$SRC/tests/test.sh"

trace=$SRC/tests/cli/chrome.sh

test_that 'every lesson is a valid trace, and the same run' '
    ls "$SRC"/scenarios/*.json >files
    xargs -P 2 -n 1 sh "$trace" <files
    test "$(ls *.trace | wc -l)" -ge 40
'

test_that 'so it is on two CPUs, with switches that cost, and calls that do not' '
    for lesson in 01 07 16 29 42; do
        file=$(echo "$SRC"/scenarios/$lesson-*.json)
        sh "$trace" "$file" --set machine.cpus=2
        sh "$trace" "$file" --set machine.context_switch=1
        sh "$trace" "$file" --quantum 1
        sh "$trace" "$file" --until 9
    done
    sh "$trace" "$(echo "$SRC"/scenarios/08-*.json)" --set machine.op_cost=0
'

# arrows FILE CATEGORY: how many there are.
arrows()
{
    jq "[.traceEvents[] | select(.ph == \"s\" and .cat == \"$2\")] | length" $1
}

test_that 'arrows go from sender to receiver: bytes, messages, wake-ups, signals' '
    for pair in 10:pipe 19:pipe 25:queue 36:wakes 24:signal 08:fork; do
        file=$(echo "$SRC"/scenarios/${pair%:*}-*.json)
        "$TIMESLICE" export "$file" --to chrome -o x.trace
        test "$(arrows x.trace ${pair#*:})" -ge 1
    done
    "$TIMESLICE" export "$(echo "$SRC"/scenarios/10-*.json)" --to chrome -o x
    jq -e "[.traceEvents[] | select(.cat == \"pipe\")]
        | group_by(.id) | map(map(.tid)) | all(. == [1, 2])" x >said
'

test_that 'counters follow the bytes of a pipe and the ready queue' '
    "$TIMESLICE" export "$(echo "$SRC"/scenarios/16-*.json)" --to chrome -o x
    test "$(jq "[.traceEvents[] | select(.ph == \"C\" and .name == \"pipe p\")
        | .args.bytes] | max" x)" = 32784
    jq -e "[.traceEvents[] | select(.name == \"ready queue\")] | length > 3" x \
        >said
'

test_that 'texts of a lesson cannot break the file' '
    cat >hostile.json <<-\END
	{"timeslice": 1, "title": "\"}],</script>\\ 父", "processes": [
	 {"name": "a b-父", "program": [
	  {"mkfifo": "./\"x\\ ,", "mode": "0664"},
	  {"open": "./\"x\\ ,", "flags": "O_RDWR", "as": "fd"},
	  {"write": "fd", "text": "\"\\\u0001 父"},
	  {"read": "fd", "size": 100},
	  {"io": 3, "device": "disk-父"}]}]}
	END
    sh "$trace" ./hostile.json
    jq -r .otherData.title hostile.trace >said
    test "$(cat said)" = "\"}],</script>\\ 父"
'

# broken FILTER: a trace that is changed so must be found wrong.
broken()
{
    "$TIMESLICE" export "$(echo "$SRC"/scenarios/10-*.json)" --to chrome -o ok
    "$TIMESLICE" run "$(echo "$SRC"/scenarios/10-*.json)" --format json >run
    jq "$1" ok >bad
    { echo "\$run[0] as \$run |"; cat "$SRC/tests/cli/chrome.jq"; } >all.jq
    jq -r --slurpfile run run -f all.jq bad >wrong
    test -s wrong || { echo "not found: $1"; return 1; }
}

test_that 'what is broken on purpose is found' '
    broken "del(.traceEvents[] | select(.ph == \"f\"))"
    broken "(.traceEvents | map(.ph) | index(\"E\")) as \$i
        | del(.traceEvents[\$i])"
    broken "(.traceEvents[] | select(.ph == \"E\")).ts += 1"
    broken "(.traceEvents[] | select(.ph == \"s\")).tid = 77"
    broken "(.traceEvents[] | select(.ph == \"B\")).name = \"\""
    broken "(.traceEvents[] | select(.ph == \"C\")).args = {\"x\": \"1\"}"
    broken "(.traceEvents[] | select(.name == \"thread_name\")).args.name = 1"
    broken ".traceEvents |= reverse"
    broken ".traceEvents[20].more = 1"
'

test_that 'the file ends in .trace.json, so that viewers know it' '
    "$TIMESLICE" export 10 --to chrome
    test "$(ls)" = 10.trace.json
'

test_done
