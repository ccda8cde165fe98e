# Lessons that mean harm: each is refused in one sentence with its place, or
# contained: in check, run and run --live, in namespaces and without, as root and
# as an ordinary user. BOUND seconds and MEMORY are what any of them may take.
#
# Where we are root, the machine whose objects are in reach is an IPC namespace
# in which nobody else works just now.
if test "$(id -u)" = 0 && test -z "${OWN_MACHINE:-}"; then
    exec env OWN_MACHINE=1 unshare -i sh "$0"
fi
. "$SRC/tests/test.sh"

BOUND=60        # seconds
MEMORY=2000000  # KiB of data
! grep -q __asan_init "$TIMESLICE" || MEMORY=unlimited # it maps terabytes

# lesson OPS [PROCESS…]: bad.json, a program of these ops.
lesson()
{
    printf '%s' "{\"timeslice\": 1, \"processes\": [
{\"name\": \"a\", \"program\": [
$1]}${2:+, $2}]}" >bad.json
}

bounded()
{
    (ulimit -d $MEMORY && exec timeout -s KILL $BOUND "$@")
}

# As whoever we are, and where we are root as an ordinary user, too.
as_all()
{
    "$@"
    test "$(id -u)" = 0 || return 0
    who="setpriv --reuid 61000 --regid 61000 --clear-groups"
    "$@"
    who=
}
who=

# A program that an ordinary user can start, whoever may enter our build.
reachable()
{
    chmod 755 "$test_root" . "$TMP"
    test -e timeslice || cp "$TIMESLICE" timeslice
    chmod 644 bad.json
    chmod 755 timeslice
}

# every COMMAND…: the live run among others (all three ways), as everybody.
every_live()
{
    for how in "" "--host-ipc" "refused"; do
        got=0
        if test "$how" = refused; then
            TIMESLICE_NAMESPACES=0 bounded $who ./timeslice run bad.json \
                --live --lang en "$@"
        else
            bounded $who ./timeslice run bad.json ${how:---live} --lang en "$@"
        fi >out 2>err || got=$?
        echo "run ${how:---live} $who: $got"
        cat err
        verdict $got || return 1
    done
}

# refused_everywhere OPS WORDS: status 2, one line on stderr, with its place.
refused_everywhere()
{
    lesson "$1"
    words=$2
    for how in check run "run --live" "run --host-ipc"; do
        status 2 bounded "$TIMESLICE" $how bad.json --lang en
        test "$(wc -l <err)" = 1
        grep -q "^bad.json:[0-9]*:[0-9]*: error: " err
        grep -qF -e "$words" err
    done
}

# contained OPS [STATUS WORDS [PROCESS]]: check and run come to an end, status
# 0; live runs with that status (0), and that sentence.
contained()
{
    lesson "$1" "${4:-}"
    want_live=${2:-0}
    want_words=${3:-}
    verdict()
    {
        test "$1" = $want_live || return 1
        test -z "$want_words" || grep -qF -e "$want_words" err || return 1
        test "$(wc -l <err)" -le 1
    }
    status 0 bounded "$TIMESLICE" check bad.json --until 20000 >said
    status 0 bounded "$TIMESLICE" run bad.json --until 20000 >said
    reachable
    as_all every_live --until 20000
}

test_that 'no name leads out of the directory, or cannot be shown' '
    long=$(printf "%0300d" 0)
    for name in ../x ../../etc/passwd /etc/passwd /tmp/x .. . a/b "" "$long"; do
        refused_everywhere "{\"mkfifo\": \"$name\"}" "own directory"
        refused_everywhere "{\"open\": \"$name\", \"flags\": \"O_RDWR\",
            \"as\": \"f\"}" "own directory"
        refused_everywhere "{\"msgget\": \"q\", \"flags\": \"0\",
            \"key\": {\"ftok\": [\"$name\", \"A\"]}}" "own directory"
    done
    refused_everywhere "{\"mkfifo\": \"a\\nb\"}" "control characters"
    refused_everywhere "{\"mkfifo\": \"a\\u001bb\"}" "control characters"
    refused_everywhere "{\"mkfifo\": \"a\\u0000b\"}" "zero byte"
'

test_that 'a name of 200 bytes, or a leading dash, is a name like others' '
    long=$(printf "%0200d" 0)
    for name in "$long" -rf "a b" "\$(id)" "*"; do
        contained "{\"mkfifo\": \"$name\"},
            {\"open\": \"$name\", \"flags\": \"O_RDWR\", \"as\": \"f\"},
            {\"write\": \"f\", \"text\": \"x\"}, {\"unlink\": \"$name\"}"
    done
'

test_that 'no process but those of the lesson can be named in kill' '
    for pid in 1 -1 0 -5 99999999999; do
        refused_everywhere "{\"kill\": $pid, \"sig\": \"SIGKILL\"}" \
            "must be a text"
        refused_everywhere "{\"kill\": \"$pid\", \"sig\": \"SIGKILL\"}" \
            "no process of that name"
        refused_everywhere "{\"set\": \"i\", \"value\": 1},
            {\"kill\": \"{i}\", \"sig\": \"SIGKILL\"}" "no process of that name"
    done
    refused_everywhere "{\"kill\": \"a\", \"sig\": \"99\"}" "no signal"
'

test_that 'a file that is too big or too deep is refused' '
    {
        printf "{\"timeslice\": 1, \"notes\": \""
        head -c 100000000 /dev/zero | tr "\\0" x
        printf "\", \"processes\": []}"
    } >big.json
    for how in check run "run --live"; do
        status 2 bounded "$TIMESLICE" $how big.json --lang en
        test "$(wc -l <err)" = 1
        grep -q "is too big: a scenario has at most 64 MiB" err
    done
    rm big.json
    head -c 1000000 /dev/zero | tr "\\0" "[" >deep.json
    status 2 bounded "$TIMESLICE" check deep.json --lang en
    grep -q "nested more than 64 deep" err
    text=$(head -c 100000 /dev/zero | tr "\\0" x)
    for i in 1 2 3 4 5 6 7 8 9 10 11; do printf "%s" "$text"; done >text
    {
        printf "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", "
        printf "\"program\": [{\"pipe\": \"p\"}, {\"write\": \"p[1]\", "
        printf "\"text\": \"%s\"}]}]}" "$(cat text)"
    } >long.json
    status 2 bounded "$TIMESLICE" run long.json --live --lang en
    grep -q "must have at most 1048576 bytes" err
'

test_that 'a loop in a loop in a loop ends when the clock says so' '
    contained "{\"repeat\": 1000000000, \"do\": [{\"repeat\": 1000000000,
        \"do\": [{\"repeat\": \"forever\", \"do\": [{\"cpu\": 1}]}]}]}"
    refused_everywhere "$(for i in $(seq 20); do
        printf "{\"repeat\": \"forever\", \"do\": ["; done)
        {\"cpu\": 1}$(for i in $(seq 20); do printf "]}"; done)" \
        "more than 16 repeats inside one another"
'

many="more than 256 real processes at once"

test_that '10,000 forks, and forks that fork: 256 real processes, no more' '
    contained "{\"repeat\": 10000, \"do\": [{\"fork\": \"b\"}]}" 3 "$many" \
        "{\"name\": \"b\", \"program\": [{\"pause\": true}]}"
    contained "{\"repeat\": \"forever\", \"do\": [{\"fork\": \"b\"}]}" 3 \
        "$many" "{\"name\": \"b\", \"program\": [
        {\"repeat\": \"forever\", \"do\": [{\"fork\": \"b\"}]}]}"
'

test_that 'children that end at once do not use up anything' '
    contained "{\"repeat\": 2000, \"do\": [{\"fork\": \"b\"},
        {\"wait\": \"any\"}]}" 0 "" \
        "{\"name\": \"b\", \"program\": [{\"exit\": 0}]}"
'

test_that 'shared memory: 16 MiB in all, whoever asks and however' '
    get="\"key\": \"IPC_PRIVATE\", \"flags\": \"IPC_CREAT|0600\""
    contained "{\"shmget\": \"m\", \"size\": 1073741824, $get},
        {\"shmget\": \"m\", \"size\": 16777216, $get},
        {\"shmget\": \"n\", \"size\": 1, $get}"
    "$TIMESLICE" run bad.json --live --format json >out
    jq -e "[.events[] | select(.op == \"shmget\") | .errno] ==
        [\"EINVAL\", null, \"ENOSPC\"]" out
    contained "{\"repeat\": 300, \"do\": [
        {\"shmget\": \"m\", \"size\": 65536, $get}]}"
    "$TIMESLICE" run bad.json --live --format json >out
    jq -e "[.events[] | select(.op == \"shmget\" and .ret >= 0)] |
        length == 256" out
    contained "{\"repeat\": 5000, \"do\": [
        {\"shmget\": \"m\", \"size\": 1, $get}]}" 3 "more than 2048 System V"
'

test_that 'semaphores: 262144 in all, and the kernel says so itself' '
    contained "{\"repeat\": 12, \"do\": [{\"semget\": \"s\", \"nsems\": 32000,
        \"key\": \"IPC_PRIVATE\", \"flags\": \"IPC_CREAT|0600\"}]}"
    "$TIMESLICE" run bad.json --live --format json >out
    jq -e "[.events[] | select(.op == \"semget\" and .ret >= 0)] |
        length == 8" out
    jq -e ".live.divergences == []" out
    refused_everywhere "{\"semget\": \"s\", \"nsems\": 32001,
        \"key\": \"IPC_PRIVATE\", \"flags\": \"0\"}" "at most 32000"
    contained "{\"repeat\": 3000, \"do\": [{\"semget\": \"s\", \"nsems\": 1,
        \"key\": \"IPC_PRIVATE\", \"flags\": \"IPC_CREAT|0600\"}]}" 3 \
        "more than 2048 System V"
'

test_that 'queues, and writing without an end' '
    contained "{\"msgget\": \"q\", \"key\": 77, \"flags\": \"IPC_CREAT|0600\"},
        {\"repeat\": \"forever\", \"do\": [{\"msgsnd\": \"q\", \"type\": 1,
        \"text\": \"$(printf "%01000d" 0)\"}]}"
    contained "{\"pipe\": \"p\"}, {\"repeat\": \"forever\", \"do\": [
        {\"write\": \"p[1]\", \"text\": \"$(printf "%01000d" 0)\"}]}"
    contained "{\"pipe\": \"p\"}, {\"fork\": \"b\"},
        {\"repeat\": \"forever\", \"do\": [{\"write\": \"p[1]\",
        \"text\": \"$(printf "%010000d" 0)\"}]}" 0 "" \
        "{\"name\": \"b\", \"program\": [{\"repeat\": \"forever\", \"do\": [
        {\"read\": \"p[0]\", \"size\": 65536}]}]}"
'

# many_names COUNT: that many FIFOs.
many_names()
{
    lesson "$(seq -f "{\"mkfifo\": \"f%g\"}," $1) {\"cpu\": 1}"
}

test_that 'thousands of FIFOs: 4000 take moments, more are refused' '
    many_names 4000
    timeout 10 "$TIMESLICE" run bad.json --live --format json >out
    jq -e ".live | .divergences == [] and .confirmed > 4000" out
    many_names 9000
    for how in --live --host-ipc; do
        status 3 bounded "$TIMESLICE" run bad.json $how --lang en
        test "$(wc -l <err)" = 1
        grep -q "more than 4096 names" err
    done
'

test_that 'thousands of descriptors: EMFILE after 32' '
    contained "{\"pipe\": \"p\"}, {\"mkfifo\": \"f\"}, {\"repeat\": 3000,
        \"do\": [{\"dup\": \"p[0]\", \"as\": \"d\"}, {\"pipe\": \"p\"},
        {\"open\": \"f\", \"flags\": \"O_RDWR\", \"as\": \"g\"}]}"
    "$TIMESLICE" run bad.json --live --format json --until 200 >out
    jq -e "[.events[] | select(.errno == \"EMFILE\")] | length > 50" out
'

test_that 'what the memory does not hold is refused, not taken from others' '
    lesson "{\"repeat\": \"forever\", \"do\": [{\"msgget\": \"q\",
        \"key\": \"IPC_PRIVATE\", \"flags\": \"IPC_CREAT|0600\"}]}"
    MEMORY=100000
    ! grep -q __asan_init "$TIMESLICE" || exit 0
    status 3 bounded "$TIMESLICE" check bad.json --lang en
    test "$(wc -l <err)" = 1
    grep -q "out of memory: .*use a smaller scenario or --until" err
    # Without anybody asking for it, there is a bound.
    lesson "{\"sleep\": 1}"
    mkfifo pipe
    "$TIMESLICE" run pipe >out 2>err &
    sleep 0.2
    awk "/^Max data size/ { exit !(\$4 != \"unlimited\") }" /proc/$!/limits
    cat bad.json >pipe
    wait $!
'

# ---- what is somebody else's, where everybody's objects are in reach ----

# foreign LETTER ARGUMENT…: an object made with ipcmk: $id and $key, which a
# lesson could write.
foreign()
{
    letter=$1
    shift
    for try in $(seq 60); do
        id=$(ipcmk "$@" -p 0644 | sed "s/.*: //")
        key=$(ipcs -$letter | awk -v id="$id" "\$2 == id { print \$1 }")
        key=$((key))
        test $key -gt 2147483647 || return 0
        ipcrm -$letter "$id"
    done
    return 1
}

# All that the kernel tells of it: owner, mode, times, bytes, who was last.
looks()
{
    ipcs -$letter -i "$id"
    awk -v id="$id" "\$2 == id" /proc/sysvipc/$file
}

# untouched: lessons that go for key and id of the foreign object.
untouched()
{
    file=$1 get=$2 ctl=$3 get_more=$4
    looks >before
    for flags in 0 "IPC_CREAT|0600" "IPC_CREAT|IPC_EXCL|0666"; do
        lesson "{\"$get\": \"o\", \"key\": $key, \"flags\": \"$flags\"
            $get_more}, {\"$ctl\": \"o\", \"cmd\": \"IPC_RMID\"}"
        verdict()
        {
            test "$how" || return 0 # in namespaces the key is free
            test $1 = 3 && test "$(wc -l <err)" = 1 &&
                grep -q "the key 0x[0-9a-f]* of the lesson is taken .*ipcrm" err
        }
        reachable
        as_all every_live
    done
    verdict()
    {
        test $1 = 0
    }
    for try in "\"value\": $id" "\"value\": 0"; do
        lesson "{\"set\": \"o\", $try},
            {\"$ctl\": \"o\", \"cmd\": \"IPC_RMID\"},
            {\"$ctl\": \"o\", \"cmd\": \"IPC_SET\", \"mode\": \"0000\"},
            {\"$ctl\": \"o\", \"cmd\": \"IPC_STAT\"},
            {\"repeat\": 100, \"as\": \"o\", \"do\": [
                {\"$ctl\": \"o\", \"cmd\": \"IPC_RMID\"}]},
            {\"$get\": \"o\", \"key\": \"IPC_PRIVATE\", \"flags\": \"0600\"
            $get_more}"
        reachable
        as_all every_live
    done
    looks >after
    ipcrm -$letter "$id"
    diff before after
}

test_that 'a foreign queue stays as it is: bytes, times, mode' '
    foreign q -Q
    untouched msg msgget msgctl ""
'

test_that 'and a foreign segment' '
    foreign m -M 4096
    untouched shm shmget shmctl ", \"size\": 4096"
'

test_that 'and a foreign semaphore set' '
    foreign s -S 3
    untouched sem semget semctl ", \"nsems\": 3"
'

test_that 'a link that somebody lays in the way leads nowhere' '
    echo secret >victim
    mkdir -m 700 run
    export XDG_RUNTIME_DIR="$PWD/run"
    for target in "$PWD/victim" "$PWD"; do
        rm -rf run/timeslice
        ln -s "$target" run/timeslice
        lesson "{\"mkfifo\": \"victim\"}, {\"unlink\": \"victim\"}"
        TIMESLICE_NAMESPACES=0 bounded "$TIMESLICE" run bad.json --live >out
        test "$(cat victim)" = secret
        test -L run/timeslice
    done
    test "$(ls run)" = timeslice
'

test_done
