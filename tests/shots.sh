# shots.sh: pictures of the real window, through `./run shots [DIR]`: lessons,
# sizes, themes and languages, and what lies over the window.
#
# Each window has a display of its own (Xvfb), gets keys (xdotool) and is
# photographed when two pictures in a row are the same: nothing moves any more.
# A window that does not come, or dies, is a failure.
#
# From the environment: TIMESLICE, SRC; LESSONS, SIZES, THEMES, LANGS (lists)
# restrict what is photographed.
set -eu

to=${1:?where the pictures go}
: "${TIMESLICE:?}" "${SRC:?}"
lessons=${LESSONS:-"1 10 25 33 41 54 62"}
sizes=${SIZES:-"1024x700 1280x800 1366x768 1920x1080 2560x1440 3840x2160"}
themes=${THEMES:-"light dark contrast projector"}
langs=${LANGS:-"en zh"}
time=${TIME:-12}

mkdir -p "$to"
place=$(mktemp -d)
display=
window=
server=
status=0

say()
{
    printf 'shots: %s\n' "$*" >&2
}

finish()
{
    test -z "$window" || kill "$window" 2>/dev/null || :
    test -z "$server" || kill "$server" 2>/dev/null || :
    rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

# A display of that size; Xvfb picks the number and tells it.
open_display()
{
    : >"$place/number"
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp -noreset \
        3>"$place/number" 2>/dev/null &
    server=$!
    tries=100
    until [ -s "$place/number" ]; do
        tries=$((tries - 1))
        test $tries -gt 0 || { say "Xvfb does not start"; exit 3; }
        sleep 0.1
    done
    display=:$(cat "$place/number")
}

close_display()
{
    kill "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
    server=
}

# shoot NAME SIZE KEYS ARGUMENTS...: a picture after those keys.
shoot()
{
    name=$1 size=$2 keys=$3
    shift 3
    DISPLAY=$display "$TIMESLICE" view "$@" --model --no-settings \
        --size "$size" >"$place/said" 2>&1 &
    window=$!
    id=
    tries=100
    while [ -z "$id" ] && [ $tries -gt 0 ]; do
        id=$(DISPLAY=$display xdotool search --onlyvisible --name Timeslice \
            2>/dev/null | head -n 1) || :
        tries=$((tries - 1))
        [ -n "$id" ] || sleep 0.1
    done
    if [ -z "$id" ]; then
        say "$name: no window came: $(head -n 1 "$place/said")"
        status=1
    else
        DISPLAY=$display xdotool windowmove "$id" 0 0 windowfocus "$id" || :
        sleep 0.3
        for key in $keys; do
            DISPLAY=$display xdotool key --delay 20 "$key"
        done
        photograph "$name" "$id"
    fi
    kill "$window" 2>/dev/null || { say "$name: the window has died"; status=1; }
    wait "$window" 2>/dev/null || :
    window=
}

photograph()
{
    tries=40
    DISPLAY=$display import -window "$2" "$place/now.png"
    while [ $tries -gt 0 ]; do
        mv "$place/now.png" "$place/before.png"
        sleep 0.25
        DISPLAY=$display import -window "$2" "$place/now.png"
        test "$(compare -metric AE "$place/before.png" "$place/now.png" \
            null: 2>&1 | cut -d' ' -f1)" != 0 || break
        tries=$((tries - 1))
    done
    mv "$place/now.png" "$to/$1.png"
    printf '%s\n' "$to/$1.png"
}

# "12" as keys, and Enter.
go_to()
{
    printf 'Escape g %s Return' "$(printf '%s' "$1" | sed 's/./& /g')"
}

for size in $sizes; do
    open_display "$size"
    for theme in $themes; do
        for lang in $langs; do
            for lesson in $lessons; do
                shoot "$lesson-$size-$theme-$lang" "$size" "$(go_to "$time")" \
                    "$lesson" --theme "$theme" --lang "$lang"
            done
            first=${lessons%% *}
            for over in help:F1 lessons:ctrl+o scheduler:e compare:c find:ctrl+f \
                breaks:alt+b menu:alt+v notes:n; do
                shoot "${over%%:*}-$size-$theme-$lang" "$size" \
                    "Escape ${over#*:}" "$first" --theme "$theme" --lang "$lang"
            done
        done
    done
    close_display
done
exit $status
