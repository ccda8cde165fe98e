# Where the machine or the lab allows no more, nobody is wrong: the real side is
# given up with one sentence, and no step counts as differing.
. "$SRC/tests/test.sh"

# gives_up SENTENCE: said in one line, exit status 3, no divergence.
gives_up()
{
    test $status = 3
    grep -q "the real processes were lost: $1" said
    test "$(wc -l <said)" = 1
    jq -e '.live.divergences == [] and .stopped == "finished"' out
}

test_that 'more real processes than the lab has places for' '
    for i in $(seq 300); do
        echo "{\"name\": \"p$i\", \"bursts\": [1]},"
    done >many
    echo "{\"timeslice\": 1, \"processes\": [$(cat many)
        {\"name\": \"z\", \"bursts\": [1]}]}" >many.json
    status=0
    "$TIMESLICE" run many.json --live --format json >out 2>said || status=$?
    gives_up "more than 256 real processes at once"
'

test_done
