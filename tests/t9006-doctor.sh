# `doctor`, the manual page and the schema.
. "$SRC/tests/test.sh"

test_that 'the doctor looks at everything, a line each, in both languages' '
    for lang in en zh; do
        "$TIMESLICE" doctor --lang $lang >out
        for what in seccomp /proc/PID/syscall "System V IPC" SDL; do
            grep -q "$what" out
        done
    done
    "$TIMESLICE" doctor --lang en >out
    grep -v "^ *->" out | sed "/^$/,\$d" >lines
    test "$(wc -l <lines)" = 16
    if grep -v "^\(ok     \|limited\|missing\) " lines; then exit 1; fi
    grep -q "^Live runs with real processes work here.$" out
'

test_that 'what is not well has a remedy in the line below' '
    env -u DISPLAY -u WAYLAND_DISPLAY "$TIMESLICE" doctor --lang en >out
    grep -A 1 "^missing display" out | tail -1 | grep -q "^ *-> .*ssh -X"
    DISPLAY=:4711 WAYLAND_DISPLAY= "$TIMESLICE" doctor --lang en >out
    grep -q "^missing display *DISPLAY=:4711" out
'

test_that 'a limit that is too low and a /proc that is missing are named' '
    (ulimit -n 20; "$TIMESLICE" doctor --lang en >out || true)
    grep -A 1 "^limited open files  *20$" out | grep -q "ulimit -n 1024"
    no_proc="mount -t tmpfs none /proc"
    # The dev preset looks for leaks by way of /proc; without it the status is
    # that of the sanitizer, and only what was said counts.
    grep -q __asan_init "$TIMESLICE" && sanitized=yes || sanitized=no
    if unshare -Urm sh -c "$no_proc" 2>/dev/null; then
        got=0
        unshare -Urm sh -c "$no_proc; exec \"$TIMESLICE\" doctor --lang en" \
            >out || got=$?
        test $got = 3 || test $sanitized = yes
        grep -q "^missing /proc  */proc/self/exe: No such file" out
        unshare -Urm sh -c "$no_proc; exec \"$TIMESLICE\" run --live \
            \"$SRC/tests/cli/pipe.json\"" >out 2>err || got=$?
        test $got = 3 || test $sanitized = yes
        grep -q "no real processes here: /proc is not mounted" err
    fi
'

test_that 'the live run of the doctor is a real one' '
    "$TIMESLICE" doctor --lang en >out
    grep -q "^ok *a live run *the kernel confirmed \([0-9][0-9]\) of \1 steps$" \
        out
'

test_that 'the manual page in assets is what the tables say' '
    "$TIMESLICE" man | diff "$SRC/assets/timeslice.1" -
    "$TIMESLICE" --lang zh man | diff "$SRC/assets/timeslice.1" -
'

test_that 'the manual page has every command, option and key' '
    "$TIMESLICE" --help | sed -n "/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p" >names
    test "$(wc -l <names)" -ge 7
    while read -r name; do
        grep -q "^.fB$name.fR" "$SRC/assets/timeslice.1"
        "$TIMESLICE" $name --help | grep -o -e "--[a-z-]*" | sort -u >options
        while read -r option; do
            test "$option" = "--" && continue
            dashes=$(echo "$option" | sed "s/-/\\\\\\\\-/g")
            grep -q -e "$dashes" "$SRC/assets/timeslice.1" || {
                echo "$option is missing"
                exit 1
            }
        done <options
    done <names
    sed -n "s/^COMMAND([^\"]*\"\([^\"]*\)\".*/\1/p" \
        "$SRC/render/commands.def" >keys
    test "$(wc -l <keys)" -gt 20
    tr -d "\\\\" <"$SRC/assets/timeslice.1" >plain
    while read -r key; do
        grep -qF "fB${key}fR" plain || {
            echo "$key is missing"
            exit 1
        }
    done <keys
'

test_that 'the schema in assets is what the tables say' '
    "$TIMESLICE" schema | diff "$SRC/assets/scenario.schema.json" -
'

test_done
