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

test_done
