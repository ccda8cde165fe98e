# `view` and `export --to png` from the command line: no display, sizes,
# moments, files. What is drawn is looked at in families 7 and 8.
. "$SRC/tests/test.sh"

lesson=$SRC/tests/cli/pipe.json

if test "$HEADLESS" = 1; then
    test_that 'without SDL there is no window, and that is what is said' '
        status 3 "$TIMESLICE" view "$lesson"
        grep -q "built without the window" err
        status 3 "$TIMESLICE" export "$lesson" --to png
        grep -q "built without the window" err
    '
    test_done
fi

test_that 'without a display: one sentence, what to do, status 3' '
    status 3 env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER \
        XDG_RUNTIME_DIR="$PWD" "$TIMESLICE" view "$lesson"
    test "$(grep -c "^timeslice: error: no window here" err)" = 1
    status 3 env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER \
        -u XDG_RUNTIME_DIR "$TIMESLICE" view "$lesson"
    test "$(wc -l <err)" = 1
    grep -q "timeslice run FILE writes text" err
    test ! -s out
'

test_that 'a bad file is complained about before any window' '
    echo "{}" >bad.json
    status 2 "$TIMESLICE" view bad.json
    grep -q "^bad.json:1:" err
    status 2 "$TIMESLICE" bad.json
    status 2 "$TIMESLICE" view nothere.json
    status 2 "$TIMESLICE" view "$SRC/tests/cli/bursts.json" --live
    grep -q "so it runs as a model only" err
'

test_that 'a picture needs no display and has the size that was asked for' '
    unset DISPLAY WAYLAND_DISPLAY || true
    status 0 "$TIMESLICE" export "$lesson" --to png
    test "$(png_size pipe.png)" = 1280x800
    status 0 "$TIMESLICE" export "$lesson" --to png --size 1024x700 -o x.png
    test "$(png_size x.png)" = 1024x700
    status 0 "$TIMESLICE" export "$lesson" --to png,csv --at 9
    test "$(ls)" = "$(printf "err\nout\npipe.csv\npipe.png\nx.png")"
'

test_that 'moments, languages and themes give different pictures, twice the same' '
    n=0
    for options in "--at 0" "--at 9" "--at 9 --lang zh" "--at 9 --theme dark" \
        "--at 9 --theme projector"; do
        n=$((n + 1))
        "$TIMESLICE" export "$lesson" --to png -o $n.png $options
        "$TIMESLICE" export "$lesson" --to png -o again.png $options
        cmp $n.png again.png
        rm again.png
    done
    test "$(cksum *.png | cut -d" " -f1 | sort -u | wc -l)" = 5
'

test_that 'a picture that cannot be written leaves nothing' '
    status 3 "$TIMESLICE" export "$lesson" --to png -o no/such/x.png
    status 3 "$TIMESLICE" export "$lesson" --to png -o /dev/full
    test "$(ls)" = "$(printf "err\nout")"
'

test_that 'a picture of a live run is drawn too' '
    status 0 "$TIMESLICE" export "$lesson" --to png --live --at 9
    test "$(png_size pipe.png)" = 1280x800
'

test_that 'the window of a display that SDL makes up opens and stays' '
    got=0
    SDL_VIDEODRIVER=dummy XDG_RUNTIME_DIR="$PWD" timeout 2 "$TIMESLICE" \
        "$lesson" >out 2>err || got=$?
    cat out err
    test $got = 124
'

# Opens a display of our own and the window on it: $xvfb, $pid.
open_on_display()
{
    Xvfb -displayfd 3 -noreset -screen 0 1400x900x24 -nolisten tcp 3>display \
        2>xvfb.err &
    xvfb=$!
    for i in $(seq 50); do
        test -s display && break
        sleep 0.2
    done
    DISPLAY=:$(cat display)
    export DISPLAY
    unset WAYLAND_DISPLAY || true
    # A shell lets what it puts behind it ignore SIGINT and SIGQUIT.
    SDL_VIDEODRIVER=x11 env --default-signal "$TIMESLICE" view "$@" "$lesson" \
        >out 2>err &
    pid=$!
    window=
    for i in $(seq 75); do
        window=$(xdotool search --onlyvisible --pid $pid 2>/dev/null) || :
        test -n "$window" && break
        sleep 0.2
    done
    test -n "$window"
}

if command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
    test_that 'a display that dies under the window: one sentence, status 3' '
        open_on_display --model
        kill -9 $xvfb
        got=0
        wait $pid || got=$?
        cat err
        test $got = 3
        test "$(cat err)" = \
            "timeslice: error: the display is gone, and the window with it"
    '

    test_that 'signals end the window' '
        for signal in QUIT TERM HUP INT; do
            rm -f display
            open_on_display
            kill -$signal $pid
            got=0
            wait $pid || got=$?
            kill $xvfb
            echo "$signal: $got"
            test $got -gt 128
        done
    '
fi

test_done
