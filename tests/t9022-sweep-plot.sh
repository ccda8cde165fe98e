# `timeslice export FILE --set KEY=FIRST..LAST --to svg,png,csv`.
. "$SRC/tests/test.sh"

five=$SRC/tests/cli/five.json

# refused WORDS ARGUMENT…: status 2, one line, and it contains WORDS.
refused()
{
    words=$1
    shift
    status 2 "$TIMESLICE" export "$five" "$@"
    test ! -s out
    test "$(wc -l <err)" = 1
    grep -qF -e "$words" err
}

test_that 'csv is what run writes' '
    "$TIMESLICE" export "$five" --quantum 1..9 --to csv
    "$TIMESLICE" run "$five" --quantum 1..9 --format csv | cmp - five.csv
'

test_that 'wrong usage: one sentence, status 2' '
    refused "can be exported as png, svg or csv, not as \`chrome\`" \
        --quantum 1..3 --to chrome
    refused "leave out --at" --quantum 1..3 --at 4 --to png
    test -z "$(ls | grep -v "^out\$\|^err\$")"
'

if test "$HEADLESS" = 1; then
    test_that 'without SDL there is no picture, and that is what is said' '
        status 3 "$TIMESLICE" export "$five" --quantum 1..3 --to svg
        grep -q "built without the window" err
    '
    test_done
fi

test_that 'a plot is of one key, and of values that can be' '
    refused "one key with several values, not 2" \
        --quantum 1..3 --set machine.cpus=1..2 --to svg
    refused "must be at least 1, not 0" --quantum 0..3 --to svg
    test -z "$(ls | grep -v "^out\$\|^err\$")"
'

# points FILE: those of the lines of an SVG, a line of the plot in each.
points()
{
    grep "^<polyline" "$1" | sed "s/.* points=\"\([^\"]*\)\".*/\1/" |
        awk "NF > 2"
}

test_that 'a line of the SVG has the figures of the table, to scale' '
    "$TIMESLICE" export "$five" --quantum 1..20 --to svg,csv
    points five.svg >lines
    test "$(wc -l <lines)" = 4
    tr -d "\r" <five.csv | sed 1d >rows
    # Columns of turnaround, waiting, response, switches in the CSV; y falls as
    # the figure grows: between any two points by the same factor.
    k=1
    for column in 10 11 12 15; do
        cut -d, -f$column rows >figures
        sed -n ${k}p lines | tr " " "\n" | cut -d, -f2 >heights
        sed -n ${k}p lines | tr " " "\n" | cut -d, -f1 >across
        paste figures heights | awk "
            { f[NR] = \$1; y[NR] = \$2 }
            END {
                for (i = 2; i <= NR; i++) {
                    if (f[i] == f[1]) { bad = bad || y[i] != y[1]; continue }
                    s = (y[1] - y[i]) / (f[i] - f[1])
                    if (s <= 0 || (n++ && (s - last > 0.1 || last - s > 0.1)))
                        bad = 1
                    last = s
                }
                exit NR != 20 || bad || !n
            }"
        awk "NR > 1 { d = \$1 - last; if (d <= 0 || (NR > 2 && (d - was > 0.1 ||
            was - d > 0.1))) exit 1; was = d } { last = \$1 }" across
        k=$((k + 1))
    done
'

test_that 'axes have names and units, lines a legend, in both languages' '
    "$TIMESLICE" export "$five" --quantum 1..20 --to svg --lang en -o en.svg
    "$TIMESLICE" export "$five" --quantum 1..20 --to svg --lang zh -o zh.svg
    for text in "Five processes" "quantum (ticks)" Turnaround Waiting Response \
        "Context switches" "in ticks, of the processes that finished" 20; do
        grep -q ">$text</text>" en.svg
    done
    for text in 五个进程 "quantum（滴答）" 周转时间 等待时间 响应时间 上下文切换; do
        grep -q ">$text</text>" zh.svg
    done
    "$TIMESLICE" export "$five" --set machine.cpus=1..4 --to svg -o c.svg
    grep -q ">cpus</text>" c.svg
'

test_that 'an SVG is XML, whatever the title' '
    command -v python3 || exit 0
    sed "s/Five processes/<\&> ]]>/" "$five" >odd.json
    "$TIMESLICE" export odd.json --quantum 1..3 --to svg -o odd.svg
    python3 -c "import xml.dom.minidom as x; x.parse(\"odd.svg\")"
    grep -q "&lt;&amp;&gt;" odd.svg
'

test_that 'a picture needs no display, and is the same twice' '
    unset DISPLAY WAYLAND_DISPLAY || true
    for options in "--lang en" "--lang zh" "--theme dark" "--theme projector"; do
        "$TIMESLICE" export "$five" --quantum 1..20 --to png -o a.png --size 1024x700 $options
        "$TIMESLICE" export "$five" --quantum 1..20 --to png -o b.png -j1 --size 1024x700 $options
        cmp a.png b.png
        test "$(png_size a.png)" = 1024x700
        cksum <a.png >>sums
    done
    test "$(sort -u sums | wc -l)" = 4
    "$TIMESLICE" export "$five" --quantum 1..20 --to svg,png
    test -s five.svg
    test "$(png_size five.png)" = 1280x800
    "$TIMESLICE" export "$five" --quantum 1..20 --to svg -o - | cmp - five.svg
'

test_that 'one value, words, powers of two and thousands can all be drawn' '
    for sweep in 3..3 1,2,4,8,16,32,64,128 5..1 1..3000; do
        "$TIMESLICE" export "$five" --quantum $sweep --to svg,png
        test -s five.svg
    done
    # of 3000 points a line keeps two a column, not all
    test "$(points five.svg | head -1 | wc -w)" -le 2200
    "$TIMESLICE" export "$five" --quantum 1,2,4,8,16,32,64,128 --to svg
    for label in 1 2 4 8 16 32 64 128; do
        test "$(grep -c ">$label</text>" five.svg)" -ge 2
    done
    "$TIMESLICE" export "$five" --policy rr,fcfs --to svg
    grep -q ">fcfs</text>" five.svg
    "$TIMESLICE" export "$five" --quantum 1..5 --until 0 --to svg,png
    test -z "$(points five.svg | head -1)" || points five.svg | grep -v nan
    if grep -i "nan\|inf" five.svg; then exit 1; fi
'

# switches FILE: the texts of an SVG, from "Context switches" on, with bars.
switches()
{
    grep "<text" "$1" | sed "s/<text[^>]*>//; s/<.*//" | tr "\n" "/" |
        sed "s/.*Context switches//"
}

test_that 'what does not change lies over a 0, with whole switches and no ring' '
    echo "{\"timeslice\": 1, \"title\": \"One\",
        \"scheduler\": {\"policy\": \"rr\"}, \"processes\": [
        {\"name\": \"A\", \"bursts\": [7]},
        {\"name\": \"B\", \"arrival\": 9, \"bursts\": [4]}]}" >one.json
    for sweep in 1..5 3..3 "{4}"; do
        "$TIMESLICE" export one.json --quantum "$sweep" --to svg
        switches one.svg | grep -q "^/number in the whole run/0/1/2/[1345]/"
        if grep -q "least" one.svg; then exit 1; fi
        # the one switch that there is lies half way up
        test "$(sed -n "/Context switches/,\$ s/.*<text[^>]* y=\"\([0-9.]*\)\".*>[012]<.*/\1/p" \
            one.svg | head -3 | awk "{ y[NR] = \$1 }
            END { print (y[1] - y[2] > 20 && (y[1] + y[3]) / 2 - y[2] < 1) }")" = 1
    done
    "$TIMESLICE" export one.json --quantum 2000000..6000000..2000000 --to svg
    grep -q ">[2-6][0-9]00000</text>" one.svg
    if grep "e+0" one.svg; then exit 1; fi
    "$TIMESLICE" export "$five" --quantum 1..3 --to svg
    grep -q "least" five.svg
'

test_that 'a file that cannot be written: one sentence, status 3' '
    status 3 "$TIMESLICE" export "$five" --quantum 1..3 --to svg -o no/such.svg
    test "$(wc -l <err)" = 1
    status 3 "$TIMESLICE" export "$five" --quantum 1..3 --to svg -o /dev/full
    status 3 "$TIMESLICE" export "$five" --quantum 1..3 --to png -o /dev/full
    test "$(wc -l <err)" = 1
'

test_done
