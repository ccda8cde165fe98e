# lessons.sh: a lesson, changed as its notes ask for, and what is seen then. For
# scripts that have read test.sh.

# play NUMBER FILTER [OPTION…]: runs lesson NUMBER, its file changed by the jq
# FILTER, into out. Its `expect` is of the unchanged lesson and left out. `.` is
# no change; any other filter must change something, or its test cannot fail.
play()
{
    for lesson in "$SRC/scenarios/$1"-*.json; do :; done
    jq "del(.expect)" "$lesson" >before.json
    jq "$2" before.json >lesson.json
    if [ "$2" != . ] && cmp -s before.json lesson.json; then
        echo "this changes nothing: $2"
        return 1
    fi
    shift 2
    "$TIMESLICE" run lesson.json --format json "$@" >out
}

# sees FILTER: FILTER is true of the run; shows the processes when it is not.
sees()
{
    jq -e "def p(\$n): .processes[] | select(.name == \$n);
           def moved(\$n; \$t): [.events[] | select(.event == \"state\" and
               .process == \$n and .t == \$t) | .from + \" \" + .to];
           $1" out || { jq -c '.end, .processes[]' out; return 1; }
}
