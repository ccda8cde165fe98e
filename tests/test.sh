# test.sh: the test kit for scripts, as test.h is for programs.
#
#     . "$SRC/tests/test.sh"
#     test_that 'a bad file ends with status 2' '
#         status=0; "$TIMESLICE" check bad.json || status=$?
#         test $status = 2
#     '
#     test_done
#
# Each body runs in a subshell with `set -eu`, in a fresh directory $TMP of its
# own that is removed afterwards: the first command that fails fails the test,
# and what it printed is shown. (A pipeline fails with its last command, and a
# command before && or || never does: write one command a line.) ctest
# sets TIMESLICE (the program), SRC (the root of the source), BUILD and CC.

: "${SRC:?is the root of the source: run the tests with ctest}"
test_count=0
test_bad=0
test_root=$(mktemp -d "${TMPDIR:-/tmp}/timeslice-test.XXXXXX") || exit 1
trap 'rm -rf "$test_root"' EXIT
trap 'exit 1' HUP INT TERM

# test_that SENTENCE BODY
test_that()
{
    test_count=$((test_count + 1))
    TMP=$test_root/$test_count
    mkdir "$TMP"
    # Not `if (...)`: inside a condition, set -e does nothing.
    (set -eu; cd "$TMP"; eval "$2") >"$test_root/said" 2>&1 </dev/null
    if [ $? -eq 0 ]; then
        echo "ok $test_count - $1"
    else
        test_bad=$((test_bad + 1))
        sed 's/^/# /' "$test_root/said"
        echo "not ok $test_count - $1"
    fi
    rm -rf "$TMP"
}

# status WANTED COMMAND…: the command ends with that status; what it said lies
# in out and err.
status()
{
    want=$1
    shift
    got=0
    "$@" >out 2>err || got=$?
    cat out err
    test "$got" = "$want"
}

# png_size FILE: width and height, from the header: "1280x800".
png_size()
{
    od -An -tu1 -j16 -N8 "$1" |
        awk '{ print $3 * 256 + $4 "x" $7 * 256 + $8 }'
}

# The plan, and the exit status of the whole script.
test_done()
{
    echo "1..$test_count"
    [ "$test_count" -gt 0 ] && [ "$test_bad" -eq 0 ]
    exit
}
