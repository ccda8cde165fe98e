# A live run whose other side has been stopped from outside.
. "$SRC/tests/test.sh"

test_that 'a session that does not answer is said once, and waited for' '
    printf "%s" "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\",
        \"program\": [{\"pipe\": \"p\"}, {\"repeat\": 100000, \"do\": [
        {\"write\": \"p[1]\", \"text\": \"x\"},
        {\"read\": \"p[0]\", \"size\": 1}]}]}]}" >long.json
    "$TIMESLICE" --lang en run --live long.json >out 2>err &
    pid=$!
    session=
    for i in $(seq 100); do
        session=$(cat /proc/$pid/task/$pid/children)
        test -n "$session" && break
        sleep 0.01
    done
    sleep 0.2
    # In namespaces of its own it has a child that does the work.
    session=${session% }
    session="$session $(cat /proc/$session/task/$session/children)"
    kill -STOP $session
    sleep 8
    test ! -s err
    sleep 5
    kill -0 $pid
    grep -q "has not answered for 10 seconds" err
    kill -CONT $session
    wait $pid
    test "$(wc -l <err)" = 1
    grep -q "^The kernel confirmed .*; 0 differ" out
'

test_done
