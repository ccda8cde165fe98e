# A taste of `./run fuzz ipc`, and whether it would find anything: each planted
# wrong rule is found within 20,000 steps, and shrunk to a scenario that still
# differs and can be run. TS_STEPS says how many steps are tried (20000).
. "$SRC/tests/test.sh"

differ=$BUILD/tests/differ

test_that 'model and kernel agree in 20,000 random steps' '
    "$differ" --seed 1 --steps "${TS_STEPS:-20000}" | tee said
    grep -q "no difference" said
'

for rule in pipe-capacity pipe-merges-part fifo-open-counts fifo-keeps-bytes \
    msgq-empty-fits msgq-one-receiver shm-nattch-fork shm-rmid-at-once \
    sem-undo-setval sem-no-overtaking; do
    test_that "the wrong rule $rule is found and shrunk" '
        status=0
        "$differ" --steps 20000 --plant '$rule' --found found.json >said ||
            status=$?
        cat said
        test $status -eq 1
        grep -q "^The smallest that still differs (t " said
        "$TIMESLICE" run found.json >/dev/null
    '
done

test_that 'wrong usage is exit status 2' '
    for wrong in --steps "--steps 0" --what "--seed" "--steps 1e6" \
        "--steps -5" "--seed abc" "--seed -1" "--seed 0x10" \
        "--seed 18446744073709551616"; do
        status=0
        "$differ" $wrong 2>said || status=$?
        test $status -eq 2
        grep -q usage said
    done
'

test_done
