# A page that replays a run: one file that loads nothing, and says what the run
# was. (`./run replay` drives all lessons in a browser.) What the page's own
# model says is only asked where there is a node to run it.
. "$SRC/tests/test.sh"

# page LESSON: page.html and run.json
page()
{
    "$TIMESLICE" export "$SRC/scenarios/$1.json" --to html -o page.html
    "$TIMESLICE" run "$SRC/scenarios/$1.json" --format json -o run.json
}

# parts FILE: its style and its scripts, each in a file part1, part2 …
parts()
{
    awk 'BEGIN { RS = "\001" } {
        while (match($0, /<(style|script id="code-[a-z]*")>/)) {
            tag = substr($0, RSTART + 1, 5) == "style" ? "style" : "script"
            $0 = substr($0, RSTART + RLENGTH)
            n++
            printf "%s", substr($0, 1, index($0, "</" tag ">") - 1) > ("part" n)
            close("part" n)
        }
    }' "$1"
}

# agrees PAGE: with run.json, by the page's own model
agrees()
{
    node "$SRC/tests/replay/agree.mjs" "$1" run.json
}

# told_apart SED: a page changed so does not agree any more
told_apart()
{
    sed "$1" page.html >other.html
    status 1 cmp -s page.html other.html
    status 1 agrees other.html
    grep -q 'other.html: .' err
}

test_that 'a page refers to nothing outside of it' '
    page 10-pipe-one-way
    grep -q "default-src .none.; base-uri .none.; form-action .none." page.html
    grep -oE "(src|href|action)=|https?://[a-z0-9./]*|url\([^#]|@import|import\(" \
        page.html | sort -u >found
    echo "http://www.w3.org/2000/svg" | diff - found
'

test_that 'its policy names the digests of its style and of each script' '
    page 10-pipe-one-way
    parts page.html
    test "$(ls part* | wc -l)" -eq "$(ls "$SRC"/assets/replay/*.[cj]s* | wc -l)"
    grep -o "sha256-[^'"'"' ]*" page.html | sort >named
    test "$(wc -l <named)" -eq "$(ls part* | wc -l)"
    command -v openssl >/dev/null || exit 0
    for part in part*; do
        openssl dgst -sha256 -binary <$part | base64 | sed "s/^/sha256-/"
    done | sort >digests
    diff named digests
'

test_that 'no two scripts of the page give one name to two things' '
    cat "$SRC"/assets/replay/*.js |
        sed -nE "s/^(async )?(function|const|let) ([A-Za-z]+).*/\3/p" |
        sort >names
    test "$(wc -l <names)" -gt 50
    uniq -d names | diff /dev/null -
'

test_that 'a text of a scenario cannot end the script that it stands in' '
    page 10-pipe-one-way
    "$TIMESLICE" export "$SRC/tests/replay/hostile.json" --to html -o hostile.html
    for tag in "<script" "</script" "<style" "<meta" "<img"; do
        test "$(grep -o "$tag" hostile.html | wc -l)" -eq \
            "$(grep -o "$tag" page.html | wc -l)"
    done
    grep -q "<title>&lt;/script&gt;&lt;script&gt;" hostile.html
    grep -qF "{{run}} {{scripts}}" hostile.html
'

test_that 'the same run is the same page' '
    page 10-pipe-one-way
    "$TIMESLICE" export 10 --to html -o again.html
    cmp page.html again.html
'

test_that 'a page has both languages and opens in that of --lang' '
    page 10-pipe-one-way
    "$TIMESLICE" export 10 --to html --lang zh -o zh.html
    grep -q "<html lang=\"zh\"" zh.html
    grep -q "<html lang=\"en\"" page.html
    grep -q "时间线" page.html
'

test_that 'a run that no page can hold is refused, and --until helps' '
    printf "%s" "{\"timeslice\": 1, \"title\": \"long\", \"processes\": [" \
        "{\"name\": \"a\", \"program\": [{\"repeat\": 30000, \"do\": [" \
        "{\"cpu\": 1}]}]}]}" >long.json
    status 2 "$TIMESLICE" export long.json --to html -o long.html
    grep -q -e "--until" err
    test ! -e long.html
    "$TIMESLICE" export long.json --to html --until 100 -o long.html
    test -s long.html
'

if command -v node >/dev/null; then
    for lesson in 04-many-cpus 06-suspend-activate 10-pipe-one-way \
        35-shm-marked 38-sem-order-abc 41-philosophers-deadlock \
        69-migration; do
        test_that "each step of $lesson is the run's, forwards and backwards" '
            page "$lesson"
            agrees page.html
        '
    done

    test_that 'a page that says something else is told apart' '
        page 38-sem-order-abc
        told_apart "s/\"p1\":{\"s\":3,/\"p1\":{\"s\":1,/"
        told_apart "s/\"r\":\[\[\([0-9]*,[0-9]*\),0,\"\"/\"r\":[[\1,1,\"\"/"
        told_apart "s/\"c0\":{\"proc\":1,/\"c0\":{\"proc\":2,/"
        told_apart "s/new Map(k > 0 ?/new Map(k > 1 ?/"
        page 35-shm-marked
        told_apart "s/\"nattch\":[0-9]*/\"nattch\":9/g"
    '
fi

test_done
