# The same lines from strace -f -o: what each process of an exported program
# has called. A process is one from its prctl(PR_SET_NAME) on, which is not
# shown itself.

BEGIN {
    n = split("pipe2 pipe,mknodat mkfifo,mknod mkfifo,openat open," \
              "clone fork,clone3 fork,wait4 wait,rt_sigaction signal," \
              "rt_sigprocmask signal,semtimedop semop,unlinkat unlink", pair, ",")
    for (i = 1; i <= n; i++) {
        split(pair[i], word, " ")
        ours[word[1]] = word[2]
    }
    numbers = " read write msgrcv open dup "
}

function say(pid, call, result)
{
    if (pid in last)
        print name[pid], last[pid]
    last[pid] = call " " result
}

# A whole call: "read(3, …) = 5" or "… = -1 EAGAIN (…)".
function whole(pid, text,   call, ret, result)
{
    call = text
    sub(/\(.*/, "", call)
    ret = text
    sub(/^.*\) += /, "", ret)
    if (call == "prctl") {
        if (text ~ /PR_SET_NAME/) {
            sub(/^[^"]*"/, "", text)
            sub(/".*/, "", text)
            name[pid] = text
        }
        return
    }
    if (!(pid in name) || text ~ /^write\(1,/)
        return
    call = call in ours ? ours[call] : call
    if (ret ~ /^\? ERESTARTNOHAND/)
        ret = "-1 EINTR"
    if (ret ~ /^\?/)
        return
    result = "ok"
    if (ret ~ /^-1 /) {
        split(ret, word, " ")
        result = word[2]
    } else if (index(numbers, " " call " ")) {
        result = ret
    }
    say(pid, call, result)
}

{
    pid = $1
    text = $0
    sub(/^[0-9]+ +/, "", text)
}
text ~ /^\+\+\+ exited with/ {
    if (pid in name) {
        split(text, word, " ")
        say(pid, "end", word[4])
    }
    next
}
text ~ /^\+\+\+ killed by/ {
    if (pid in name) {
        split(text, word, " ")
        say(pid, "end", word[4])
    }
    next
}
text ~ /^(---|\+\+\+|exit_group)/ { next }
text ~ /<unfinished \.\.\.>$/ {
    sub(/ *<unfinished \.\.\.>$/, "", text)
    begun[pid] = text
    next
}
text ~ /^<\.\.\. / {
    sub(/^<\.\.\. [a-z0-9_]+ resumed>,? */, "", text)
    whole(pid, begun[pid] text)
    next
}
text ~ /^[a-z0-9_]+\(/ { whole(pid, text) }

END {
    for (pid in last)
        print name[pid], last[pid]
}
