# The real side of a run is killed from outside, in the middle of it.
. "$SRC/tests/test.sh"

# Starts a long live run in the background: $pid, and $session, $children.
start()
{
    printf "%s" "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\",
        \"program\": [{\"pipe\": \"p\"}, {\"repeat\": 60000, \"do\": [
        {\"write\": \"p[1]\", \"text\": \"x\"},
        {\"read\": \"p[0]\", \"size\": 1}]}]}],
        \"expect\": {\"stopped\": \"finished\", \"context_switches\": 99}}" \
        >long.json
    "$TIMESLICE" --lang en "$@" long.json >out 2>err &
    pid=$!
    session=
    for i in $(seq 200); do
        session=$(cat /proc/$pid/task/$pid/children)
        test -n "$session" && break
        sleep 0.01
    done
    session=${session% }
    sleep 0.3 # the lab has tried out the kernel, the run is under way
    children=$(cat /proc/$session/task/$session/children)
    # In namespaces of its own the lab is the session's only child.
    lab=$session
    for child in $children; do
        test "$(cat /proc/$child/comm)" != "$(cat /proc/$session/comm)" ||
            lab=$child
    done
    children=$(cat /proc/$lab/task/$lab/children)
    test -n "$children"
}

# Whether a process runs no more. (Who has lost his parent stays a zombie until
# the machine's init gets round to him.)
ended()
{
    ! state=$(sed "s/.*) //; s/ .*//" /proc/$1/stat 2>gone) ||
        test "$state" = Z || test -z "$state"
}

# The run's exit status: $status. Nothing of it is left, a moment later.
end()
{
    status=0
    wait $pid || status=$?
    cat err
    for p in $session $lab $children; do
        for i in $(seq 50); do
            ! ended $p || continue 2
            sleep 0.02
        done
        echo "process $p is still there"
        return 1
    done
}

test_that 'a process that dies against the model is a difference: status 1' '
    start run --live --format json
    kill -9 $children
    end
    test $status = 1
    jq -e ".live.divergences | length == 1" out
    grep -q "model and kernel differ in 1 steps" err
    grep -q "the real processes were lost: .*died" err
'

test_that 'check --live ends with 1 then, too' '
    start check --live
    kill -9 $children
    end
    test $status = 1
'

test_that 'a session that is killed: status 3, and no figures are compared' '
    start run --live
    kill -9 $session
    end
    test $status = 3
    test "$(wc -l <err)" = 1
    grep -q "the live session has ended unexpectedly" err
'

test_done
