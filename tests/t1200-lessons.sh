# The lessons: what a teacher relies on in each of them.
. "$SRC/tests/test.sh"

lessons=$SRC/scenarios

# every FILTER: FILTER is true of each lesson; says where it is not. One jq reads
# them all: one for each would take minutes.
every()
{
    status=0
    jq -r "if (($1) // false) then empty else input_filename end" \
        "$lessons"/*.json >said 2>&1 || status=$?
    cat said
    test $status = 0
    test ! -s said
}

# none FILTER: FILTER finds nothing in any lesson; shows what it finds, or why
# it could not look.
none()
{
    status=0
    jq -c "($1) | [(input_filename | sub(\".*/\"; \"\")), .]" \
        "$lessons"/*.json >found 2>&1 || status=$?
    cat found
    test $status = 0
    test ! -s found
}

test_that 'lessons are numbered 01, 02, … without a gap' '
    n=0
    for file in "$lessons"/*.json; do
        n=$((n + 1))
        name=${file##*/}
        test "${name%%-*}" = "$(printf %02d $n)"
    done
    test $n -ge 30
'

test_that 'every lesson comes out as it expects, with no complaint' '
    "$TIMESLICE" check "$lessons"/*.json >out 2>err || { cat out err; exit 1; }
    cat err
    test ! -s err
    if grep -v ": ok, [0-9]* expectations met$" out; then exit 1; fi
'

test_that 'check would notice: a wrong figure in any lesson is found' '
    for file in "$lessons"/*.json; do
        jq ".expect.end += 1" "$file" >wrong.json
        status=0
        "$TIMESLICE" check wrong.json >out 2>err || status=$?
        test $status = 1
        grep -q "/expect/end: expected" err
    done
'

test_that 'every lesson says why it stops and what becomes of each process' '
    every ".expect.stopped and (.expect.end | type == \"number\")"
    every "[.processes[].name] - (.expect.processes | keys) == []"
    every "all(.expect.processes[]; has(\"exit\") and has(\"finish\"))"
'

test_that 'every lesson has notes, one to three questions, and sentences' '
    every ".title and .notes"
    every ".questions | length | . >= 1 and . <= 3"
    every "all(.questions[]; .because)"
    every "[.. | .note? // empty] | length >= 1"
'

test_that 'every text is there in both languages, and in the right one' '
    # A text is what stands under one of these keys; choices may be numbers.
    texts="[.title, .notes, (.. | objects | .note?, .ask?, .because?)] |
           .[] | select(. != null)"
    none "$texts | select(type != \"object\" or
          (.en | type) != \"string\" or (.zh | type) != \"string\")"
    none "$texts | select((keys - [\"en\", \"zh\"]) != [])"
    none "$texts | select(.zh | test(\"[一-龥]\") | not)"
    none "$texts | select(.en | test(\"[一-龥]\"))"
    none ".questions[].choices[] | select((.en | type) != \"string\" or
          (.zh | type) != \"string\" or (.en | test(\"[一-龥]\")))"
'

test_that 'Chinese sentences have Chinese punctuation' '
    none ".. | .zh? // empty | select(test(\"[一-龥][,;:?!()]\"))"
    none "[.title, .notes] | .[].zh | select(test(\"[一-龥] +[一-龥]\"))"
'

test_that 'no two lessons have the same title' '
    for lang in en zh; do
        jq -r ".title.$lang" "$lessons"/*.json | sort | uniq -d >twice
        cat twice
        test ! -s twice
    done
'

test_that 'every lesson fits the board: few processes, short names, 60 ticks' '
    every ".processes | length | . >= 1 and . <= 6"
    every "all(.processes[].name; length <= 8)"
    every ".expect.end <= 60"
    every ". as \$file | all(.questions[]; .at < \$file.expect.end)"
'

test_that 'every lesson runs with real processes' '
    # "live": false is for what a real machine cannot show; nothing here is.
    every "has(\"live\") | not"
'

test_that 'every lesson names the schema, for editors' '
    every ".[\"\$schema\"] == \"../assets/scenario.schema.json\""
    test -f "$lessons/../assets/scenario.schema.json"
'

test_that 'the list of lessons in README.md is the lessons that there are' '
    sed -n "s/^| \[.*](\([0-9].*json\)) |.*/\1/p" "$lessons/README.md" >told
    (cd "$lessons" && ls -- *.json) | diff told -
'

test_done
