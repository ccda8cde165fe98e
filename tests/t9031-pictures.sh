# SVG and GIF from the command line, read by other people's programs: ImageMagick
# always, librsvg where it is installed.
. "$SRC/tests/test.sh"

lesson=$SRC/scenarios/10-pipe-one-way.json

test_that 'metrics are rows of figures: those of run --format json' '
    "$TIMESLICE" export "$lesson" --to metrics
    "$TIMESLICE" run "$lesson" --format json >run.json
    tr -d "\r" <10-pipe-one-way.metrics.csv >rows
    test "$(sed -n 1p rows)" = "of,name,metric,value"
    jq -r ".metrics | to_entries[] | \"run,,\(.key),\(.value // \"\")\"" \
        run.json >wanted
    jq -r ".processes[] | .name as \$n | (. + {voluntary_switches:
        .switches.voluntary, involuntary_switches: .switches.involuntary}) |
        to_entries[] | select(.key | IN(\"arrival\", \"admitted\",
        \"first_run\", \"finish\", \"turnaround\", \"response\", \"waiting\",
        \"cpu\", \"blocked\", \"suspended\", \"voluntary_switches\",
        \"involuntary_switches\")) |
        \"process,\(\$n),\(.key),\(.value // \"\")\"" run.json >>wanted
    sed 1d rows | sort >got
    sort wanted | diff - got
'

if test "$HEADLESS" = 1; then
    test_that 'without SDL there are no pictures, and that is what is said' '
        for kind in svg gif; do
            status 3 "$TIMESLICE" export "$lesson" --to $kind
            grep -q "built without the window" err
        done
    '
    test_done
fi

# apart A B: the root of the mean square of what differs, in thousandths of the
# whole range.
apart()
{
    compare -metric RMSE "$1" "$2" null: 2>&1 |
        sed 's/.*(\([0-9.e-]*\)).*/\1/' | awk '{ print int($1 * 1000) }'
}

test_that 'a panel alone has its own size, in each kind of picture' '
    for panel in states cpu pipe programs why timeline table; do
        "$TIMESLICE" export "$lesson" --to png,svg --at 6 --panel $panel
        size=$(identify -format "%wx%h" 10-pipe-one-way.png)
        width=${size%x*}
        grep -q "^<svg .* width=\"$width\" height=\"${size#*x}\"" \
            10-pipe-one-way.svg
        test "$width" -lt 1280 || test "${size#*x}" -lt 800
    done
'

test_that 'a panel that the lesson does not open is named with those it has' '
    status 2 "$TIMESLICE" export "$lesson" --to svg --panel sem
    grep -q "does not show the panel .sem.*states" err
    test ! -e 10-pipe-one-way.svg
'

test_that 'an SVG is text as text, and the same twice' '
    "$TIMESLICE" export "$lesson" --to svg --at 6
    grep -q ">running</text>" 10-pipe-one-way.svg
    grep -q "<title>A pipe, one way: parent to child, t = 6</title>" \
        10-pipe-one-way.svg
    "$TIMESLICE" export "$lesson" --to svg --at 6 -o - |
        cmp - 10-pipe-one-way.svg
'

if command -v rsvg-convert >/dev/null; then
    test_that 'an SVG looks as the PNG of the same moment' '
        for panel in states cpu pipe programs timeline table; do
            "$TIMESLICE" export "$lesson" --to png,svg --at 6 --panel $panel
            rsvg-convert 10-pipe-one-way.svg -o other.png
            far=$(apart 10-pipe-one-way.png other.png)
            echo "$panel: $far"
            test "$far" -lt 80
        done
        # Another moment is further away than another renderer.
        "$TIMESLICE" export "$lesson" --to png --at 20 --panel timeline
        "$TIMESLICE" export "$lesson" --to svg --at 6 --panel timeline
        rsvg-convert 10-pipe-one-way.svg -o other.png
        test "$(apart 10-pipe-one-way.png other.png)" -gt 80
    '
fi

test_that 'an animation has a frame a step, loops, and ends as the run does' '
    "$TIMESLICE" export "$lesson" --to gif --panel timeline --until 20
    gif=10-pipe-one-way.gif
    identify -format "%T %n\n" $gif >frames
    # What looks the same is one frame; a step is shown for 1.5 seconds.
    test "$(wc -l <frames)" -gt 12
    awk "\$1 % 150 { exit 1 } { sum += \$1 } END { exit sum < 3000 }" frames
    test "$(tail -n 1 frames | cut -d" " -f1)" -ge 450
    identify -verbose $gif | grep -q "Iterations: 0"
    convert $gif -coalesce frame-%03d.png
    "$TIMESLICE" export "$lesson" --to png --panel timeline --until 20 --at 20
    last=$(ls frame-* | tail -n 1)
    test "$(identify -format %wx%h $last)" = \
        "$(identify -format %wx%h 10-pipe-one-way.png)"
    test "$(apart $last 10-pipe-one-way.png)" -lt 30
    test "$(apart frame-000.png 10-pipe-one-way.png)" -gt 50
'

test_that 'with --fps the clock plays: as long as the run at two ticks a second' '
    "$TIMESLICE" export "$lesson" --to gif --panel states --at 4 --until 12 \
        --fps 20 -o moves.gif
    identify -format "%T\n" moves.gif >delays
    # 8 ticks take 4 seconds; the last frame stays 3 more.
    awk "{ sum += \$1 } END { exit !(sum >= 650 && sum <= 760) }" delays
    "$TIMESLICE" export "$lesson" --to gif --panel states --at 4 --until 12 \
        --fps 20 -o again.gif
    cmp moves.gif again.gif
'

test_that 'an animation that would be too long is refused, and nothing is left' '
    printf "%s" "{\"timeslice\": 1, \"title\": \"long\", \"processes\": [" \
        "{\"name\": \"a\", \"program\": [{\"repeat\": 2000, \"do\": [" \
        "{\"cpu\": 1}]}]}]}" >long.json
    status 2 "$TIMESLICE" export long.json --to gif --panel why
    grep -q "at most 1000 frames.*--until" err
    test ! -e long.gif
'

test_done
