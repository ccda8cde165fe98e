# A taste of `./run soak`: the real program, and its real window, are killed,
# and nothing is left. Seeds are printed with what failed.
. "$SRC/tests/test.sh"

soak=$BUILD/tests/soak

test_that 'window, lab, child, janitor, all: killed through the real window' '
    "$soak" --kills 2 --windows 1 >out
    cat out
    grep -q "^seed [0-9]" out
    grep -q "namespaces *the window *2 *2  nothing$" out
    tail -n 1 out | grep -q "; 0 left something, 0 did"
'

test_that 'and without a window, more often' '
    "$soak" --kills 5 --windows 0 >out
    cat out
    tail -n 1 out | grep -q "; 0 left something, 0 did"
'

test_that 'what is left is found, and so is a program that does not run' '
    printf "%s\n" "#!/bin/sh" ": >\"\$XDG_RUNTIME_DIR/forgotten\"" \
        "exec \"$TIMESLICE\" \"\$@\"" >timeslice
    chmod 755 . .. timeslice
    got=0
    "$soak" --kills 1 --windows 0 --program "$PWD/timeslice" >out || got=$?
    cat out
    test $got = 1
    test "$(grep -c " SOMETHING$" out)" -gt 5
    got=0
    "$soak" --kills 1 --windows 0 --program /bin/true >out || got=$?
    test $got = 1
    tail -n 1 out | grep -q "; 0 left something, [1-9]"
'

test_done
