# Every kind of wrong usage ends with status 2, nothing on stdout and one
# clear sentence on stderr.
. "$SRC/tests/test.sh"

lesson=$SRC/tests/cli/pipe.json

# status WANTED COMMAND…: runs it and looks at the exit status.
status()
{
    want=$1
    shift
    got=0
    "$@" >said.out 2>said.err || got=$?
    cat said.err
    test "$got" = "$want"
}

# refused WORDS ARGUMENT…: status 2, one line, and it contains WORDS.
refused()
{
    words=$1
    shift
    status 2 "$TIMESLICE" "$@"
    test ! -s said.out
    test "$(wc -l <said.err)" = 1
    grep -qF -e "$words" said.err
    grep -q "^timeslice: error: " said.err
}

test_that 'an unknown command is told what was meant' '
    refused "did you mean \`run\`" runn "$lesson"
    refused "did you mean \`check\`" chekc "$lesson"
    refused "see timeslice --help" xyzzy
'

test_that 'the hidden commands are never proposed' '
    status 2 "$TIMESLICE" mab
    grep -q "see timeslice --help" said.err
'

test_that 'an unknown option is told what was meant' '
    refused "did you mean \`--quantum\`" run "$lesson" --quantm 3
    refused "did you mean \`--format\`" run "$lesson" --fromat=json
    refused "no option \`-x\`" run "$lesson" -x
    refused "no option \`--wxyzv\`" run "$lesson" --wxyzv
'

test_that 'an option that the command does not take is named' '
    refused "timeslice run\` does not take --to" run "$lesson" --to png
    refused "timeslice list\` does not take --live" list --live
    refused "timeslice check\` does not take --format" check --format json x
'

test_that 'an argument that is missing or too much is named' '
    refused "--until needs an argument: T" run "$lesson" --until
    refused "--live takes no argument" run "$lesson" --live=yes
    refused "needs FILE" run
    refused "needs FILE" check
    refused "no use for \`b\`" run "$lesson" b
    refused "no use for \`x\`" list x
    refused "no use for \`b\`" view "$lesson" b
'

test_that 'a number must be whole, in range, and all of the argument' '
    for bad in "" x -1 1e3 3x 1.5 0x10 1000000000000001 99999999999999999999; do
        refused "--until must be a whole number" run "$lesson" --until="$bad"
    done
    refused "--quantum must be a whole number from 1" run "$lesson" --quantum 0
    refused "--seed must be a whole number from 0" run "$lesson" --seed -3
    refused "--at must be a whole number" export "$lesson" --at soon
'

test_that 'a size is two numbers' '
    for bad in 800 800x 800x600x2 x600 1x1 99999x800 -800x600 "800 x 600"; do
        refused "--size must be WIDTHxHEIGHT" view "$lesson" --size "$bad"
    done
'

test_that 'a choice names what there is' '
    refused "text json ndjson csv; not \`xml\`" run "$lesson" --format xml
    refused "text json ndjson csv; not \`\`" run "$lesson" --format ""
    refused "text json ndjson csv; not \`text json\`" run "$lesson" \
        --format "text json"
    refused "en zh; not \`fr\`" list --lang fr
    refused "not \`pink\`" view --theme pink
'

test_that '--set wants a key of the scheduler or the machine and a value' '
    for bad in cpus=2 machine.cpus scheduler.quantum= =3 title=1 ""; do
        refused "--set needs" run "$lesson" --set "$bad"
    done
'

test_that 'what the loader refuses in an override is refused' '
    for bad in machine.cpus=0 machine.cpus=two machine.cpsu=2 \
        "scheduler.policy=\"rrr\"" "scheduler.quantum=[]"; do
        status 2 "$TIMESLICE" run "$lesson" --set "$bad"
        test -s said.err
        test ! -s said.out
    done
    status 2 "$TIMESLICE" run "$lesson" --policy rrr
    grep -q "did you mean" said.err
'

test_that '--live and --model exclude each other' '
    refused "exclude each other" run "$lesson" --live --model
'

test_that 'what cannot be exported says so' '
    refused "must be one of: png, svg" export "$lesson" --to bmp
    refused "must be one of: png, svg" export "$lesson" --to csv,
    refused "needs --to" export "$lesson"
    refused "must be one of: title, states" export "$lesson" --to png --panel x
    refused "--fps must be a whole number from 1 to 50" \
        export "$lesson" --to gif --fps 51
    refused "--to asks for 2" export "$lesson" --to csv,png -o x
    test -z "$(ls | grep -v said)"
'

test_that 'the far side of a session is no command for people' '
    refused "started by it" lab 3<&-
'

test_that 'files that cannot be a scenario end with one sentence' '
    refused "no file and no lesson" run nothere.json
    refused "is a directory" run .
    refused "Not a directory" run "$lesson/x"
'

test_that 'a file that may not be read says why' '
    cp "$lesson" secret.json
    chmod 0 secret.json
    if test -r secret.json; then
        # root reads everything: a file that nobody can read instead
        refused "cannot read" run /proc/self/mem
    else
        refused "Permission denied" run secret.json
    fi
'

test_that 'a file that is too big is not read to its end' '
    refused "at most 64 MiB" run /dev/zero
'

test_that 'a bad file gets all complaints with places and nothing is run' '
    printf "{\"timeslice\": 1,\n \"titel\": \"x\",\n \"machine\": {\"cpus\": 0}}" \
        >bad.json
    status 2 "$TIMESLICE" run bad.json --format json -o out.json
    test ! -s said.out
    test ! -e out.json
    grep -q "^bad.json:2:2: error: /titel: .*did you mean" said.err
    grep -q "^bad.json:3:[0-9]*: error: /machine/cpus: " said.err
'

test_that 'a sentence is Chinese where Chinese is spoken' '
    status 2 env LC_ALL=zh_CN.UTF-8 "$TIMESLICE" run --until x "$lesson"
    grep -q "错误：--until 必须是" said.err
    status 2 env LC_ALL= LC_MESSAGES= LANG=zh_TW "$TIMESLICE" run
    grep -q "错误：" said.err
    status 2 env LC_ALL=C LANG=zh_CN.UTF-8 "$TIMESLICE" run
    grep -q "error: " said.err
    status 2 "$TIMESLICE" --lang zh runn
    grep -q "是不是想写" said.err
'

test_that 'every command has its help, in both languages, status 0' '
    "$TIMESLICE" --help >all
    for name in view run check compare list export bench-ipc doctor; do
        grep -q "^  $name " all
        "$TIMESLICE" $name --help >help.en
        "$TIMESLICE" $name --help --lang zh >help.zh
        head -1 help.en | grep -q "^usage: timeslice $name"
        head -1 help.zh | grep -q "^用法：timeslice $name"
        grep -q -- "--version" help.en
    done
    for name in lab schema man; do
        if grep -q "^  $name " all; then exit 1; fi
    done
    "$TIMESLICE" --version | grep -qx "timeslice [0-9.]*"
    "$TIMESLICE" run --version | grep -qx "timeslice [0-9.]*"
'

test_that 'options may stand anywhere, with = or a blank, and -- ends them' '
    "$TIMESLICE" --format json run "$lesson" >a
    "$TIMESLICE" run --format=json "$lesson" >b
    "$TIMESLICE" run "$lesson" --format csv --format json >c
    cmp a b
    cmp a c
    cp "$lesson" -- --live
    "$TIMESLICE" run --format json -- --live >d
    cmp a d
    "$TIMESLICE" run --format json - <"$lesson" >e
    cmp a e
    "$TIMESLICE" run "$lesson" --format json -oout
    cmp a out
'

test_that 'what the command line brings is shown, never obeyed by a terminal' '
    esc=$(printf "\033]0;p\007")
    refused "no option \`--q\\u001b]0;p\\u0007\`" run "--q$esc" "$lesson"
    refused "lesson \`x\\u001b]0;p\\u0007\\u000ay.json\`" run "x$esc
y.json"
    status 2 "$TIMESLICE" run "$lesson" --set "machine.cpus=\"$esc\""
    echo "{}" >"n$esc
m.json"
    status 2 "$TIMESLICE" run "n$esc
m.json"
    grep -qF "n\\u001b]0;p\\u0007\\u000am.json:1:" said.err
    if LC_ALL=C grep -q "[[:cntrl:]]" said.err; then exit 1; fi
'

test_that 'an empty name of a file to write is wrong usage' '
    refused "--output needs the name of a file" run "$lesson" -o ""
    refused "--output needs the name of a file" list --output=
'

test_done
