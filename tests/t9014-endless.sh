# A scenario that never gets past an instant is stopped, and the place is named:
# what the loader cannot see from the file alone.
. "$SRC/tests/test.sh"

# stops FILE LINE: run, check and a live run say where, and end with 2.
stops()
{
    for how in "run --until 100" "run --live --until 100" check; do
        status=0
        timeout 60 "$TIMESLICE" $how "$1" >out 2>said || status=$?
        test $status = 2 || { echo "$how: $status"; cat said; return 1; }
        grep -q "$1:$2: at t = [0-9]* this goes round and round" said
    done
}

test_that 'a handler that signals itself' '
    cat >self.json <<END
{"timeslice": 1, "processes": [{"name": "a", "program": [
 {"signal": "SIGUSR1", "do": [
  {"kill": "a", "sig": "SIGUSR1", "cost": 0}]},
 {"kill": "a", "sig": "SIGUSR1"}]}]}
END
    stops self.json 3
    "$TIMESLICE" run self.json --format json >out 2>said || :
    jq -e ".stopped == \"endless\" and .end == 2" out
'

test_that 'processes that make each other' '
    cat >pair.json <<END
{"timeslice": 1, "processes": [
 {"name": "a", "program": [{"fork": "b", "cost": 0}]},
 {"name": "b", "program": [{"fork": "c", "cost": 0}]},
 {"name": "c", "program": [
  {"fork": "b", "cost": 0}]}]}
END
    for how in run check; do
        status=0
        "$TIMESLICE" $how pair.json >out 2>said || status=$?
        test $status = 2
        grep "pair.json:[345]: at t = 0 this goes round and round" said
    done
'

test_that 'many that do much at one instant are left alone' '
    program=$(seq -s, 300 | sed "s/[0-9]*/{\"set\": \"i\", \"value\": &}/g")
    for i in $(seq 80); do
        echo "{\"name\": \"p$i\", \"program\": [$program]},"
    done >many
    echo "{\"timeslice\": 1, \"processes\": [$(cat many)
        {\"name\": \"z\", \"program\": []}]}" >many.json
    "$TIMESLICE" run many.json --format json | jq -e ".stopped == \"finished\""
'

test_that 'a long program that takes no time is not endless' '
    for i in $(seq 25000); do
        echo "{\"set\": \"x\", \"value\": $i},"
    done >many
    echo "{\"timeslice\": 1, \"machine\": {\"op_cost\": 0}, \"processes\": [{
        \"name\": \"p\", \"program\": [$(cat many) {\"cpu\": 1}]}]}" >long.json
    "$TIMESLICE" run long.json --format json >out
    grep -q "\"stopped\": \"finished\"" out
'

test_done
