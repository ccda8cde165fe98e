# A file whose policy may do without a quantum, under every other policy: each
# has the quantum that it has by itself, wherever it was asked for.
. "$SRC/tests/test.sh"

policies="fcfs sjf srtf hrrn rr priority mlfq lottery stride cfs eevdf edf rm xv6"

write_none()
{
    printf '{"timeslice": 1, "title": "x", "scheduler": {"policy": "%s",
     "quantum": "none"}, "processes": [{"name": "A", "bursts": [9]},
     {"name": "B", "bursts": [9]}]}\n' "$1" >none.json
    printf '{"timeslice": 1, "title": "x", "scheduler": {"policy": "fcfs"},
     "processes": [{"name": "A", "bursts": [9]},
     {"name": "B", "bursts": [9]}]}\n' >plain.json
}

test_that 'run: as from a file that has no quantum' '
    for own in xv6 priority; do
        write_none $own
        for p in $policies; do
            case $p in xv6 | priority) continue ;; esac
            "$TIMESLICE" run none.json --policy $p --format csv >a.csv
            "$TIMESLICE" run plain.json --policy $p --format csv >b.csv
            cmp a.csv b.csv
            "$TIMESLICE" run none.json --policy $p --format json |
                jq .events >a.json
            "$TIMESLICE" run plain.json --policy $p --format json |
                jq .events >b.json
            cmp a.json b.json
        done
    done
'

test_that 'compare, a sweep and an export of them' '
    for own in xv6 priority; do
        write_none $own
        "$TIMESLICE" compare none.json >/dev/null
        "$TIMESLICE" compare none.json --policies rr,lottery,stride \
            --format json >c.json
        jq -e ".policies | all(.quantum > 0)" c.json
        "$TIMESLICE" run none.json --policy rr,stride --format csv >s.csv
        "$TIMESLICE" export none.json --policy stride --to svg -o s.svg
        test "$(ls | grep -c s.svg)" = 1
    done
'

test_that 'the file itself still has none' '
    write_none xv6
    test "$("$TIMESLICE" run none.json --format json | jq .quantum)" = null
'

test_that 'a result never takes the place of the scenario' '
    write_none xv6
    cp none.json before.json
    ln none.json other-name
    ln -s none.json link
    for to in none.json ./none.json other-name link; do
        for command in "run none.json --format csv" "compare none.json" \
            "export none.json --to svg"; do
            status 2 "$TIMESLICE" $command -o $to
            grep -q "another file" err
        done
        status 2 "$TIMESLICE" run - --format csv -o $to <none.json
        status 2 "$TIMESLICE" compare - -o $to <none.json
        grep -q "another file" err
    done
    cmp none.json before.json
    "$TIMESLICE" run - --format csv -o new.csv <none.json
    test -s new.csv
'

test_that 'a link to what is not there yet is followed' '
    write_none xv6
    mkdir d
    ln -s real.csv d/link
    "$TIMESLICE" run none.json --format csv -o d/link
    test -L d/link
    test -s d/real.csv
'

test_that 'no seed is taken for another' '
    write_none xv6
    "$TIMESLICE" run plain.json --policy lottery \
        --set scheduler.seed=9007199254740991 --format csv >/dev/null
    status 2 "$TIMESLICE" run plain.json --policy lottery \
        --set scheduler.seed=9007199254740993
'

test_done
