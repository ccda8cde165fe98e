# What real processes may do and what they leave, seen from outside.
. "$SRC/tests/test.sh"

# Every op of the language and every command of the ctl calls, in one lesson;
# without signals that stop, which strace(1) takes for its own.
all_ops()
{
    cat <<-END
	{"timeslice": 1, "processes": [
	{"name": "a", "program": [
	    {"pipe": "p"}, {"write": "p[1]", "text": "hello"},
	    {"pipe": "u", "flags": "O_NONBLOCK"},
	    {"fcntl": "p[1]", "flags": "O_NONBLOCK"},
	    {"fcntl": "p[1]", "pipe_size": 8192}, {"dup": "p[0]", "as": "d"},
	    {"signal": "SIGUSR1", "do": [{"cpu": 1}], "restart": true},
	    {"signal": "SIGUSR2", "action": "ignore"},
	    {"signal": "SIGUSR2", "action": "block"},
	    {"signal": "SIGUSR2", "action": "unblock"},
	    {"set": "i", "value": 1}, {"add": "i", "value": 2},
	    {"repeat": 2, "do": [{"cpu": 1}]}, {"until": 9},
	    {"nice": 1}, {"yield": true}, {"sleep": 2},
	    {"fork": "b"}, {"kill": "b", "sig": "0"}, {"io": 2},
	    {"fork": "c"}, {"sleep": 5}, {"kill": "c", "sig": "SIGUSR1"},
	    {"wait": "any", "flags": "WNOHANG"},
	    {"read": "d", "size": 100}, {"wait": "any"}, {"wait": "c"},
	    {"close": "u[0]"}, {"signal": "SIGPIPE", "action": "ignore"},
	    {"write": "u[1]", "text": "x"},
	    {"mkfifo": "f"}, {"open": "f", "flags": "O_RDWR", "as": "n"},
	    {"write": "n", "bytes": 4096}, {"unlink": "f"},
	    {"msgget": "q", "key": {"ftok": ["file", "A"]},
	     "flags": "IPC_CREAT|0600"},
	    {"msgsnd": "q", "type": 3, "text": "hi"},
	    {"msgrcv": "q", "type": 0, "size": 10,
	     "flags": "MSG_COPY|IPC_NOWAIT"},
	    {"msgrcv": "q", "type": 0, "size": 10},
	    {"msgctl": "q", "cmd": "IPC_STAT"},
	    {"msgctl": "q", "cmd": "IPC_SET", "qbytes": 4096},
	    {"msgctl": "q", "cmd": "IPC_RMID"},
	    {"shmget": "m", "key": "IPC_PRIVATE", "size": 4096,
	     "flags": "IPC_CREAT|0600"}, {"shmat": "m", "as": "at"},
	    {"shmat": "m", "as": "ro", "flags": "SHM_RDONLY"},
	    {"store": "at", "int": 5}, {"load": "at", "into": "v"},
	    {"store": "at", "text": "abc"}, {"load": "ro", "size": 3},
	    {"shmctl": "m", "cmd": "IPC_STAT"},
	    {"shmctl": "m", "cmd": "IPC_SET", "mode": "0640"},
	    {"shmdt": "at"},
	    {"repeat": 60, "do": [{"shmat": "m", "as": "at"}, {"shmdt": "at"}]},
	    {"shmctl": "m", "cmd": "IPC_RMID"},
	    {"semget": "s", "key": "IPC_PRIVATE", "nsems": 2,
	     "flags": "IPC_CREAT|0600"}, {"semctl": "s", "cmd": "SETVAL",
	     "num": 0, "value": 1}, {"P": "s"}, {"V": "s", "flags": "SEM_UNDO"},
	    {"semop": "s", "ops": [{"num": 0, "op": -1}, {"num": 1, "op": 1}]},
	    {"semctl": "s", "cmd": "SETALL", "values": [1, 1]},
	    {"semctl": "s", "cmd": "GETALL"},
	    {"semctl": "s", "cmd": "GETVAL"}, {"semctl": "s", "cmd": "GETPID"},
	    {"semctl": "s", "cmd": "GETNCNT"},
	    {"semctl": "s", "cmd": "GETZCNT"},
	    {"semctl": "s", "cmd": "IPC_STAT"},
	    {"semctl": "s", "cmd": "IPC_SET", "mode": "0640"},
	    {"semctl": "s", "cmd": "IPC_RMID"},
	    {"cpu": 2}]},
	{"name": "b", "program": [{"read": "p[0]", "size": 2}, {"exit": 3}]},
	{"name": "c", "program": [{"signal": "SIGUSR1", "do": [{"cpu": 1}]},
	    {"pause": true}]}]}
	END
}

test_that 'that lesson has every verb, and every command of the ctl calls' '
    all_ops >all.json
    jq "[.processes[].program | .. | objects | keys[]]" all.json >keys
    sed -n "s/^OP(\([A-Za-z]*\),.*/\1/p" "$SRC/sim/scenario/ops.def" >verbs
    test "$(wc -l <verbs)" -gt 30
    while read -r verb; do
        grep -q "\"$verb\"" keys || { echo "it has no $verb"; exit 1; }
    done <verbs
    for ctl in msgctl shmctl semctl; do
        sed -n "s/^ARG($ctl, cmd, [^\"]*\"\([^\"]*\)\".*/\1/p" \
            "$SRC/sim/scenario/ops.def" | tr " " "\n" | grep . >commands
        test -s commands
        while read -r cmd; do
            jq -e "[.. | objects | select(.$ctl) | .cmd] |
                index(\"$cmd\") != null" all.json
        done <commands
    done
'

# What no op uses here is for other machines and other C libraries.
elsewhere="clock_gettime clone3 exit getpid getppid gettid gettimeofday mknod
    newfstatat ppoll restart_syscall rseq rt_sigsuspend semop set_robust_list
    stat time unlinkat waitid"

test_that 'strace sees no call of a lesson that is not on the list' '
    # Without a filter, or with sanitizers, there is nothing to be seen.
    grep -q "^TIMESLICE_SECCOMP:BOOL=ON" "$BUILD/CMakeCache.txt" || exit 0
    ! grep -q __asan_init "$TIMESLICE" || exit 0
    all_ops >all.json
    strace -f -qq -o log "$TIMESLICE" run all.json --host-ipc --format json \
        >out 2>err || { cat err; exit 1; }
    jq -e ".live.divergences == []" out
    sed -n "s/^CALL[A-Z_]*(\([a-z0-9_]*\).*/\1/p" "$SRC/ipc/seccomp.def" |
        sort -u >allowed
    test "$(wc -l <allowed)" -gt 40
    # Behind the second filter, and of the children that are born there.
    awk "/prctl\(PR_SET_SECCOMP/ { if (++n[\$1] == 2) { on[\$1] = 1; next } }
        on[\$1] && /[ ]clone\(|clone resumed/ { on[\$NF] = 1 }
        on[\$1] && \$2 ~ /\(/ { sub(/\(.*/, \"\", \$2); print \$2 }
" log | sort -u >used
    cat used
    grep -q "^msgsnd$" used
    grep -q "^pipe2$" used
    comm -13 allowed used >forbidden
    test ! -s forbidden
    comm -23 allowed used >unused
    echo "not used:" $(cat unused)
    for name in $elsewhere; do sed -i "/^$name\$/d" unused; done
    test ! -s unused
'

# A lesson that makes a queue with the key $1, and removes it.
lesson_with_key()
{
    echo "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": [
        {\"msgget\": \"q\", \"key\": $1, \"flags\": \"IPC_CREAT|0600\"},
        {\"msgctl\": \"q\", \"cmd\": \"IPC_RMID\"}]}]}"
}

test_that 'a key that somebody else has is refused where it could be touched' '
    test -x "$(command -v ipcmk)" || exit 0
    for try in $(seq 40); do # until the number is one that a lesson may have
        id=$(ipcmk -Q -p 0600 | sed "s/.*: //")
        key=$(ipcs -q | awk -v id="$id" "\$2 == id { print \$1 }")
        test $((key)) -gt 2147483647 || break
        ipcrm -q "$id"
    done
    key=$(printf 0x%x $((key))) # as we print it, without leading zeros
    lesson_with_key $((key)) >key.json
    status=0
    "$TIMESLICE" run key.json --host-ipc --lang en >out 2>err || status=$?
    # Among namespaces of its own the number is free.
    "$TIMESLICE" run key.json --live --format json >own || true
    ipcs -q | awk -v id="$id" "\$2 == id { found = 1 } END { exit !found }"
    ipcrm -q "$id"
    cat err
    test $status = 3
    test "$(wc -l <err)" = 1
    grep -q "the key $key of the lesson is taken .* message queue with id $id" \
        err
'

# Starts a run in the background whose temporary files lie in ./run, then
# presses Ctrl+C: $status.
interrupted()
{
    mkdir -p run
    chmod 700 run
    # A shell lets what it starts in the background ignore this signal.
    env --default-signal=INT XDG_RUNTIME_DIR="$PWD/run" \
        "$TIMESLICE" run long.json "$@" >out 2>err &
    pid=$!
    sleep 0.4
    kill -INT $pid
    (sleep 10; kill -9 $pid) 2>/dev/null &
    watchdog=$!
    status=0
    wait $pid || status=$?
    kill $watchdog
    test $status = 130
    for i in $(seq 100); do
        test -n "$(find run -mindepth 1)" || return 0
        sleep 0.02
    done
    find run
    return 1
}

test_that 'Ctrl+C leaves neither object nor file' '
    printf "%s" "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\",
        \"program\": [{\"repeat\": 900000, \"do\": [{\"mkfifo\": \"f\"},
        {\"msgget\": \"q\", \"key\": 74756, \"flags\": \"IPC_CREAT|0600\"},
        {\"msgctl\": \"q\", \"cmd\": \"IPC_RMID\"},
        {\"unlink\": \"f\"}]}]}]}" >long.json
    interrupted --live
    interrupted --host-ipc
    TIMESLICE_NAMESPACES=0 interrupted --live
    grep -c " 74756 " /proc/sysvipc/msg >left || true
    test "$(cat left)" = 0
'

test_that 'pids are those that ps shows, also inside of a namespace' '
    printf "%s" "{\"timeslice\": 1, \"processes\": [{\"name\": \"ts5022\",
        \"program\": [{\"pipe\": \"p\"}, {\"repeat\": 60000, \"do\": [
        {\"write\": \"p[1]\", \"text\": \"x\"},
        {\"read\": \"p[0]\", \"size\": 1}]}]}]}" >long.json
    "$TIMESLICE" run long.json --live --format ndjson >out 2>err &
    pid=$!
    found=
    for i in $(seq 100); do
        found=$(grep -slx ts5022 /proc/[0-9]*/comm | head -n 1) || true
        found=${found#/proc/}
        found=${found%/comm}
        test -z "$found" || break
        sleep 0.02
    done
    wait $pid
    test -n "$found"
    grep -m 1 "\"real\"" out | grep -q "\b$found\b"
'

test_that 'no name leads out of the lesson'"'"'s directory' '
    for name in ../x /tmp/x .. a/b ""; do
        echo "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\",
            \"program\": [{\"mkfifo\": \"$name\"}]}]}" >bad.json
        status=0
        "$TIMESLICE" run bad.json --live >out 2>err || status=$?
        test $status = 2
        grep -q "^bad.json:" err
    done
'

test_that 'where one directory takes nothing the next does, or is asked for' '
    echo "{\"timeslice\": 1, \"processes\": [{\"name\": \"a\", \"program\": [
        {\"mkfifo\": \"f\"}]}]}" >lesson.json
    export TIMESLICE_NAMESPACES=0
    for runtime in /proc /nowhere relative ""; do
        XDG_RUNTIME_DIR="$runtime" "$TIMESLICE" run lesson.json --live \
            --format json | jq -e ".live.confirmed > 0"
    done
    unshare -rm true || exit 0 # such a /tmp can only be shown in namespaces
    unset XDG_RUNTIME_DIR
    status 3 unshare -rm sh -c "mount --bind /tmp /tmp &&
        mount -o remount,bind,ro /tmp && cd \"\$PWD\" &&
        exec \"\$1\" run lesson.json --live --lang en" sh "$TIMESLICE"
    grep -q "make room in /tmp, or set XDG_RUNTIME_DIR" err
    test "$(wc -l <err)" = 1
'

test_done
