# The measurements run, and count something. (How long it takes is for
# `./run bench`: tests do not look at the clock.)
. "$SRC/tests/test.sh"

test_that 'policies_bench has a figure for every policy' '
    "$BUILD/tests/bench/policies_bench" 20000 2 >out
    cat out
    for policy in $(sed -n "s/^POLICY(\([a-z0-9]*\),.*/\1/p" \
        "$SRC/sim/scenario/policies.def"); do
        grep -Eq "^$policy +[0-9]+\.[0-9] +[0-9]+\.[0-9] +[0-9]+\.[0-9]" out
    done
    if grep -Ewq "nan|inf" out; then
        exit 1
    fi
'

test_that 'most sleep, and the memory of an event is told' '
    "$BUILD/tests/bench/policies_bench" 20000 1 >out
    awk "/B\/event/ { memory = 1; next }
        memory && NF == 4 && \$1 == 1000 { found = \$2 == 32 && \$4 >= 32 }
        /ns\/event/ { memory = 0; sleep = 1; next }
        sleep && \$1 == 100000 { blocked = \$2 > 90000 }
        END { exit !(found && blocked) }" out
'

test_that 'stream.sh streams as many decisions as it says' '
    DECISIONS=20000 sh "$SRC/tests/bench/stream.sh" >out
    cat out
    awk "/ of them are decisions/ { n = \$1 }
        END { exit !(n > 15000 && n < 40000) }" out
    grep -q "peak memory [0-9]" out
'

test_done
