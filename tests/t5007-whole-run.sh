# A live run ends as the model does, wherever the session happens to draw
# breath: it looks at its socket every few hundred events, and a run whose last
# instant falls just there must be found finished all the same.
. "$SRC/tests/test.sh"

# A process that sets a variable $1 times (which takes no time), then waits for
# itself on a pipe: a deadlock. $2 more end quietly before.
scenario()
{
    sets=$(seq -s, "$1" | sed 's/[0-9]*/{"set": "i", "value": &}/g')
    echo "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": [
        $sets, {\"pipe\": \"p\"}, {\"cpu\": 1}$2]}]}"
}

test_that 'finished or deadlocked, live and model say the same' '
    for n in $(seq 156 176); do
        for last in "" ", {\"read\": \"p[0]\", \"size\": 1}"; do
            scenario $n "$last" >lesson.json
            for how in --model --live; do
                "$TIMESLICE" run lesson.json $how --until 100000 \
                    --format json | jq -r "\"\(.stopped) \(.end)\"" >said$how
            done
            cmp said--model said--live || { echo "with $n sets"; exit 1; }
            grep -q -e finished -e deadlock said--live
        done
    done
'

# confirmed COMMAND…: its run is live, and the kernel agrees in each step.
confirmed()
{
    "$@" "$TIMESLICE" run lesson.json --live --format json >out
    jq -e ".live | .steps > 0 and .steps == .confirmed" out
}

test_that 'a program that gives up has ended, whatever would have come next' '
    for next in "{\"sleep\": 3}" "{\"until\": 9}" "{\"cpu\": 2}" \
        "{\"pipe\": \"p\"}" "{\"fork\": \"c\"}" "{\"pause\": true}" \
        "{\"msgget\": \"q\", \"key\": 1, \"flags\": \"IPC_CREAT|0600\"}"; do
        echo "{\"timeslice\": 1, \"processes\": [
            {\"name\": \"a\", \"program\": [{\"pipe\": \"p\"},
                {\"fork\": \"b\"}, {\"wait\": \"b\"}]},
            {\"name\": \"b\", \"program\": [{\"close\": \"p[0]\"},
                {\"close\": \"p[0]\", \"on_error\": \"exit\"}, $next]},
            {\"name\": \"c\", \"program\": []}]}" >lesson.json
        confirmed env
        jq -e "(.processes[] | select(.name == \"b\").exit) == {code: 1}" out
    done
'

test_that 'under nice(1), too, niceness ends at 19' '
    ops=$(for by in 5 3 40 1 40; do printf "{\"nice\": %d}, " $by; done)
    echo "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": [
        $ops {\"nice\": -1}, {\"cpu\": 1}]},
        {\"name\": \"b\", \"nice\": -5, \"program\": [$ops {\"cpu\": 1}]}
        ]}" >lesson.json
    for already in 0 3 10 19; do
        confirmed nice -n $already
    done
'

test_done
