# What eight lessons print, byte for byte: on scheduling, on suspending, on a
# pipe and a signal, on a FIFO, on a message queue, on shared memory, on a
# semaphore, on a deadlock. Every line of tests/golden was read before it was
# accepted; read a new one as well. `./run golden` shows what is different.
. "$SRC/tests/test.sh"

for golden in "$SRC"/tests/golden/[0-9]*.txt; do
    name=$(basename "$golden" .txt)
    test_that "$name is what was accepted" '
        "$TIMESLICE" run "$SRC/scenarios/${name%.*}.json" --lang en \
            --format "${name##*.}" >out
        diff "$golden" out
    '
done

test_that 'eight lessons in three formats were compared' '
    test "$(ls "$SRC"/tests/golden/[0-9]*.txt | wc -l)" -ge 24
'

test_done
