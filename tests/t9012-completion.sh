# What Tab offers behind `timeslice`: bash itself is asked.
. "$SRC/tests/test.sh"

test_that 'the completion in assets is not stale: `timeslice completion bash`' '
    "$TIMESLICE" completion bash | diff "$SRC/assets/timeslice.bash" -
    "$TIMESLICE" --lang zh completion bash | diff "$SRC/assets/timeslice.bash" -
    status=0
    "$TIMESLICE" completion fish 2>err || status=$?
    test $status = 2
    grep -q "bash" err
'

# offers WORD…: what Tab behind the last word offers, one a line.
offers()
{
    bash -c ". \"\$0\"; COMP_WORDS=(\"\$@\"); COMP_CWORD=\$((\$# - 1))
        _timeslice \"$TIMESLICE\" && printf \"%s\\n\" \"\${COMPREPLY[@]}\"" \
        "$SRC/assets/timeslice.bash" timeslice "$@" | sort
}

test_that 'it offers commands, but not those of the program itself' '
    "$TIMESLICE" --help | sed -n "/^Commands/,/^\$/s/^  \([a-z-]*\) .*/\1/p" |
        sort >commands
    test "$(wc -l <commands)" -gt 5
    offers "" >offered
    while read -r name; do grep -qx "$name" offered; done <commands
    if grep -qx "lab\|schema\|completion" offered; then exit 1; fi
    test "$(offers doc)" = doctor
'

test_that 'it offers every option that the command takes, and no other' '
    for name in run check list export bench-ipc doctor view; do
        "$TIMESLICE" $name --help | grep -o -e "^  [-a-z, ]*--[a-z-]*" |
            sed "s/.*--/--/" | sort -u >taken
        test -s taken
        offers $name -- | diff taken -
    done
'

test_that 'it offers what an option may be, also behind =' '
    test "$(offers run x.json --format "" | tr "\n" " ")" = "csv json ndjson text "
    test "$(offers run x.json --format = n)" = ndjson
    test "$(offers run x.json --lang = | tr "\n" " ")" = "en zh "
    test "$(offers run --policy r | tr "\n" " ")" = "rm rr "
    test "$(offers view --theme p)" = projector
    test "$(offers export x --to p)" = png
    test "$(offers bench-ipc --pin s)" = same
    test "$(offers bench-ipc --mechanisms shm- | tr "\n" " ")" = "shm-copy shm-once "
'

test_that 'it offers scenario files, folders and lessons' '
    mkdir "a folder"
    touch "a file.json" another.txt
    test "$(offers run a | tr "\n" "|")" = "a file.json|a folder|"
    test "$(offers check ./a | tr "\n" "|")" = "./a file.json|./a folder|"
    test "$(offers run five-)" = five-states
    test "$(offers run x -o an)" = another.txt
    test "$(offers bench-ipc --from an)" = another.txt
    test "$(offers bench-ipc --png an)" = another.txt
'

test_done
