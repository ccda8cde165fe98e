# `check`, `list` and `run --live`: verdicts and statuses.
. "$SRC/tests/test.sh"

here=$SRC/tests/cli

test_that 'check says one line a file, and 0 when all is well' '
    status 0 "$TIMESLICE" check "$here/pipe.json" "$here/bursts.json"
    test ! -s err
    test "$(wc -l <out)" = 2
    head -1 out | grep -qx ".*/pipe.json: ok, 2 expectations met"
'

test_that 'check says when a file expects nothing' '
    status 0 "$TIMESLICE" check "$here/stuck.json"
    grep -q "has no .expect. to be held against" out
'

test_that 'check gives 1 for a difference, 2 for a bad file, and goes on' '
    sed "s/5.67/5.5/" "$here/bursts.json" >wrong.json
    echo "{}" >bad.json
    status 1 "$TIMESLICE" check wrong.json "$here/pipe.json"
    grep -q "^wrong.json: differs" out
    grep -q "pipe.json: ok" out
    grep -q "^wrong.json:[0-9]*:[0-9]*: error: /expect/avg_waiting: expected 5.5, got 5.66" err
    status 2 "$TIMESLICE" check wrong.json bad.json "$here/pipe.json"
    grep -q "^wrong.json: differs" out
    grep -q "^bad.json: bad file" out
    grep -q "pipe.json: ok" out
    grep -q "^bad.json:1:[0-9]*: error: " err
    status 2 "$TIMESLICE" check bad.json wrong.json
    status 2 "$TIMESLICE" check "$here/pipe.json" nothere.json
'

test_that 'complaints and differences are Chinese where Chinese is spoken' '
    echo "{\"timeslice\": 1, \"processes\": {}}" >bad.json
    status 2 "$TIMESLICE" --lang zh check bad.json
    grep -qx "bad.json:1:31: 错误：/processes：必须是列表，而不是对象" err
    status 2 env LC_ALL=zh_CN.UTF-8 "$TIMESLICE" run bad.json
    grep -qx "bad.json:1:31: 错误：/processes：必须是列表，而不是对象" err
    sed "s/5.67/5.5/" "$here/bursts.json" >wrong.json
    status 1 "$TIMESLICE" --lang zh run wrong.json
    grep -q "^wrong.json:[0-9:]* 错误：/expect/avg_waiting：预期为 5.5，实际为 5.6" err
    if grep -q "error:" err; then exit 1; fi
'

test_that 'check takes overrides' '
    status 1 "$TIMESLICE" check "$here/bursts.json" --policy fcfs
    status 1 "$TIMESLICE" check "$here/pipe.json" --until 5
    grep -q "/expect/stopped: expected \"finished\", got \"until\"" err
'

test_that 'run says in one line what does not hold of a changed scenario' '
    status 0 "$TIMESLICE" run "$here/bursts.json" --policy fcfs
    test "$(wc -l <err)" = 1
    grep -q "bursts.json: its .expect. is about the unchanged scenario" err
    grep -q "with these options, [1-3] of 3 expectations do not hold" err
    status 0 "$TIMESLICE" run "$here/pipe.json" --until 5 --format json
    test "$(wc -l <err)" = 1
    jq -e ".stopped == \"until\"" out
    status 0 "$TIMESLICE" --lang zh run "$here/pipe.json" --until 5
    grep -q "共 2 项" err
    status 0 "$TIMESLICE" run "$here/pipe.json" --set machine.cpus=1
    test ! -s err
    status 0 "$TIMESLICE" export "$here/bursts.json" --policy fcfs --to csv -o out.csv
    test "$(grep -c "^timeslice: note: " err)" = 1
    sed "s/5.67/5.5/" "$here/bursts.json" >wrong.json
    status 1 "$TIMESLICE" run wrong.json
    test "$(wc -l <err)" = 1
    grep -q "^wrong.json:[0-9:]* error: /expect/avg_waiting: expected 5.5" err
'

# expecting LIST: stuck.json, which expects this deadlock.
expecting()
{
    jq --argjson list "$1" ".expect.deadlock = \$list" "$here/stuck.json" \
        >stuck.json
}

test_that 'a deadlock is held against who waits for what, held by whom' '
    who="\"process\": \"reader\""
    what="\"waits_for\": \"read p[0]\""
    by="\"held_by\": [\"reader\"]"
    for fine in "[{$who, $what, $by}]" "[{$who, \"//\": [1]}]"; do
        expecting "$fine"
        status 0 "$TIMESLICE" check stuck.json
        grep -q "1 expectations met" out
    done
    for wrong in "[]" "[{$who, \"held_by\": []}]" "[{$who}, {$who}]" \
        "[{$who, \"waits_for\": \"read p[1]\"}]"; do
        expecting "$wrong"
        status 1 "$TIMESLICE" check stuck.json
        grep -F "/expect/deadlock: expected [" err
        grep -F ", got [{$who, $what, $by}]" err
    done
'

test_that 'every lesson comes out as it expects' '
    status 0 "$TIMESLICE" check "$SRC"/scenarios/*.json
'

test_that 'list has every lesson once, by number, in both languages' '
    ls "$SRC/scenarios" | grep -c "^[0-9]*-.*json$" >count
    for lang in en zh; do
        status 0 "$TIMESLICE" list --lang $lang
        test "$(wc -l <out)" = "$(cat count)"
        sed "s/^ *\([0-9]*\) .*/\1/" out | sort -nc
    done
    status 0 "$TIMESLICE" list --format json
    test "$(jq length out)" = "$(cat count)"
    jq -r ".[].path" out | while read -r path; do test -f "$path"; done
    first=$(jq -r ".[0].name" out)
    number=$(jq -r ".[0].number" out)
    status 0 "$TIMESLICE" run "$first" --format json
    mv out by.name
    status 0 "$TIMESLICE" run "$number" --format json
    cmp out by.name
    status 2 "$TIMESLICE" run "${first}x"
    grep -q "did you mean the lesson .$first." err
'

test_that 'a live run has confirmed every step' '
    for file in pipe bytes stuck; do
        status 0 "$TIMESLICE" run "$here/$file.json" --live --format json
        jq -e ".live | .steps > 0 and .steps == .confirmed and
            .divergences == [] and (keys_unsorted ==
            [\"steps\", \"confirmed\", \"divergences\"])" out
        jq -e "keys_unsorted[-1] == \"live\"" out
    done
'

test_that 'a live run tells the same story as the model' '
    "$TIMESLICE" run "$here/pipe.json" --live --format json |
        jq -c "del(.live) | .events |= map(select(.event != \"real\"))" >live
    "$TIMESLICE" run "$here/pipe.json" --format json | jq -c . >model
    diff live model
'

test_that 'a live run of ndjson and text says what the kernel confirmed' '
    "$TIMESLICE" run "$here/pipe.json" --live --format ndjson | tail -1 |
        jq -e ".summary.live.confirmed > 0"
    "$TIMESLICE" run "$here/pipe.json" --live | tail -1 |
        grep -q "^The kernel confirmed \([0-9]*\) of \1 steps; 0 differ.$"
'

test_that 'a lesson that is not for real processes is refused, not faked' '
    status 2 "$TIMESLICE" run "$here/bursts.json" --live
    grep -q "so it runs as a model only" err
    status 0 "$TIMESLICE" check "$here/bursts.json" "$here/pipe.json" --live
'

test_that 'a live run works in a pipeline whose reader leaves' '
    "$TIMESLICE" run "$here/pipe.json" --live --format ndjson 2>err |
        head -1 >first
    test ! -s err
    test -s first
'

test_that 'a change is blamed only where it could have changed something' '
    printf "%s" "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\",
        \"bursts\": [9]}], \"expect\": {\"end\": 10}}" >wrong.json
    got=0
    "$TIMESLICE" run wrong.json --until 100 >out 2>err || got=$?
    test $got = 1
    grep -q "/expect/end: expected 10, got 9$" err
    if grep -q "unchanged scenario" err; then exit 1; fi
    "$TIMESLICE" run wrong.json --until 5 >out 2>err || got=$?
    grep -q "unchanged scenario" err
'

test_that 'a comment may stand anywhere, also in what an exit is expected to be' '
    echo "{\"timeslice\": 1, \"//\": \"a\", \"processes\": [{\"name\": \"p\",
        \"//\": \"b\", \"program\": [{\"//\": \"c\", \"exit\": 0}]}], \"expect\": {
        \"//\": \"d\", \"processes\": {\"p\": {\"//\": \"e\",
        \"exit\": {\"//\": \"f\", \"code\": 0}}}}}" >said.json
    "$TIMESLICE" check said.json
'

test_done
