# Where results go: full disks, closed pipes, files that are there complete or
# not at all.
. "$SRC/tests/test.sh"

lesson=$SRC/tests/cli/pipe.json

# status WANTED COMMAND…
status()
{
    want=$1
    shift
    got=0
    "$@" 2>said.err || got=$?
    cat said.err >&2
    test "$got" = "$want"
}

test_that 'a full disk is one sentence and status 3, in every format' '
    for format in text json ndjson csv; do
        status 3 "$TIMESLICE" run "$lesson" --format $format >/dev/full
        test "$(wc -l <said.err)" = 1
        grep -q "standard output: No space left on device" said.err
        status 3 "$TIMESLICE" run "$lesson" --format $format -o /dev/full
        test "$(wc -l <said.err)" = 1
        grep -q "/dev/full.: No space left" said.err
    done
    for name in list doctor --help --version check; do
        case $name in
        check) status 3 "$TIMESLICE" check "$lesson" >/dev/full ;;
        list) test "$("$TIMESLICE" list 2>&1 | wc -l)" -lt 2 ||
            status 3 "$TIMESLICE" list >/dev/full ;;
        *) status 3 "$TIMESLICE" $name >/dev/full ;;
        esac
    done
'

test_that 'a standard output that is closed is no place to write' '
    status 3 sh -c "\"\$0\" run \"\$1\" >&-" "$TIMESLICE" "$lesson"
    grep -q "standard output: Bad file descriptor" said.err
    status 3 sh -c "\"\$0\" run \"\$1\" >&- <&- " "$TIMESLICE" "$lesson"
'

test_that 'no file of ours gets the number of a closed standard descriptor' '
    sh -c "\"\$0\" run \"\$1\" --format json -o out.json 0<&- 1>&- 2>&-" \
        "$TIMESLICE" "$lesson"
    jq -e . out.json >pretty
'

test_that 'a reader that has seen enough is no error, and ends the run' '
    for format in text json ndjson csv; do
        mkfifo $format.pipe
        head -c 1 $format.pipe >first &
        status 0 "$TIMESLICE" run "$lesson" --format $format >$format.pipe
        wait
        test ! -s said.err
        test "$(wc -c <first)" = 1
    done
'

test_that 'an endless run stops when its reader leaves' '
    cat >endless.json <<-\END
	{"timeslice": 1, "title": "x", "processes": [
	 {"name": "a", "program": [{"repeat": "forever", "do": [{"cpu": 1}]}]}]}
	END
    "$TIMESLICE" run endless.json --until 1000000000000 --format ndjson \
        2>said | head -1 >first
    test ! -s said
    jq -e ".event == \"create\"" first >pretty
'

test_that 'a file is there complete, with the rights of the umask' '
    umask 027
    "$TIMESLICE" run "$lesson" --format json -o out.json
    "$TIMESLICE" run "$lesson" --format json >wanted
    cmp out.json wanted
    test "$(stat -c %a out.json)" = 640
    test "$(ls)" = "$(printf "out.json\nwanted")"
'

test_that 'what was there before stays when something goes wrong' '
    echo before >out.json
    echo "{" >bad.json
    status 2 "$TIMESLICE" run bad.json -o out.json
    test "$(cat out.json)" = before
    status 2 "$TIMESLICE" run "$lesson" --policy xyz -o out.json
    test "$(cat out.json)" = before
    test "$(ls)" = "$(printf "bad.json\nout.json\nsaid.err")"
'

test_that 'a link is followed, and stays a link' '
    echo before >real
    ln -s real link
    "$TIMESLICE" run "$lesson" --format json -o link
    test -L link
    jq -e . real >pretty
'

test_that 'a place that cannot be written is one sentence and status 3' '
    status 3 "$TIMESLICE" run "$lesson" -o no/such/place
    grep -q "cannot write .no/such/place.: No such file" said.err
    status 3 "$TIMESLICE" run "$lesson" -o .
    grep -q "cannot write ...: Is a directory" said.err
'

test_that 'a run that is killed leaves nothing beside the file' '
    cat >endless.json <<-\END
	{"timeslice": 1, "title": "x", "processes": [
	 {"name": "a", "program": [{"repeat": "forever", "do": [{"cpu": 1}]}]}]}
	END
    echo before >out
    for signal in TERM INT HUP; do
        "$TIMESLICE" run endless.json --until 1000000000000 --format ndjson \
            -o out &
        pid=$!
        tries=0
        until ls -l /proc/$pid/fd 2>&1 | grep -q "$(pwd)/"; do # it writes
            sleep 0.05
            tries=$((tries + 1))
            test $tries -lt 200
        done
        # a background job of a script ignores INT: it cannot end by it
        test $signal = INT && kill -TERM $pid || kill -$signal $pid
        wait $pid && exit 1
        test "$(ls)" = "$(printf "endless.json\nout")"
        test "$(cat out)" = before
    done
'

test_that 'a file that may not grow: one sentence, status 3, nothing is left' '
    lesson=$SRC/tests/cli/pipe.json
    for what in "run" "export --to csv" "export --to png"; do
        if test "$HEADLESS" = 1 && test "$what" = "export --to png"; then
            continue
        fi
        { (ulimit -f 0; "$TIMESLICE" $what "$lesson" -o out ||
            echo "ended $?") 2>&1; } | cat >said
        cat said
        grep -q "^timeslice: error: .*File too large$" said
        grep -qx "ended 3" said
        test "$(ls)" = said
    done
'

test_that 'real processes need no file that may grow' '
    lesson=$SRC/tests/cli/pipe.json
    for namespaces in 0 1; do
        { (ulimit -f 0; TIMESLICE_NAMESPACES=$namespaces \
            "$TIMESLICE" run "$lesson" --live --format json) 2>&1; } |
            cat >said
        jq -e ".live.divergences == []" said
    done
'

test_that 'a file that is there keeps who may read it; - is standard output' '
    run() { "$TIMESLICE" run "$SRC/scenarios/02-time-slice.json" "$@"; }
    touch mine.csv
    chmod 600 mine.csv
    run --format csv -o mine.csv
    test -s mine.csv
    test "$(stat -c %a mine.csv)" = 600
    run --format csv -o - >shown
    cmp shown mine.csv
    test ! -e ./-
'

test_done
