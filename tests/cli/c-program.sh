# c-program.sh FILE CPU: runs the exported program of a lesson under strace and
# holds its calls against those of the model. (For t9041; the program is
# ../NAME.c.)
#
# Timing decides some of what happens. What it does not decide is found in the
# model itself: it is what all of these schedules have in common.
set -eu
file=$1
name=$(basename "$file" .json)
calls=clone,clone3,fork,vfork,wait4,exit_group,kill,rt_sigaction
calls=$calls,rt_sigprocmask,pause,pipe,pipe2,mknod,mknodat,open,openat,read
calls=$calls,write,close,dup,unlink,unlinkat,fcntl,msgget,msgsnd,msgrcv,msgctl
calls=$calls,shmget,shmat,shmdt,shmctl,semget,semop,semtimedop,semctl
calls=$calls,setpriority,prctl

n=0
while read -r options; do
    # shellcheck disable=SC2086
    "$TIMESLICE" run "$file" $options --until 300 --format json >json \
        2>complaints || :
    test -s json || continue # not every lesson can be run so
    n=$((n + 1))
    jq -r -f "$SRC/tests/cli/calls-model.jq" json >$n.model
done <<END

--quantum 1
--quantum 2
--quantum 1000
--set machine.cpus=2
--set machine.cpus=4 --quantum 1
--set machine.op_cost=0
--set machine.op_cost=3
--policy lottery --quantum 1 --seed 1
--policy lottery --quantum 1 --seed 2
--policy lottery --quantum 1 --seed 3
END

alone=
! unshare -i true 2>complaints || alone='unshare -i'
cat >play.sh <<END
timeout 60 taskset -c $2 strace -f -q --seccomp-bpf -o strace \
    -e trace=$calls ./program >printed 2>&1
echo \$? >status
ipcs -q -m -s | grep -c ^0x >objects
END

# play TICK_MS: in a namespace of its own nothing may be left in it, either.
play()
{
    gcc -O1 "-DTICK_MS=$1" "../$name.c" -o program
    $alone sh play.sh || :
    awk -f "$SRC/tests/cli/calls-strace.awk" strace >real
    awk -f "$SRC/tests/cli/calls-common.awk" ./*.model real >compared
    test -z "$alone" || test "$(cat objects)" = 0
}

# What the lesson's own clock decides (who is killed when) goes wrong on a
# machine that is too busy for the tick: the second time it is slower.
printf '%s: ' "$name"
play 5 || play 50 || failed=yes
printf 'status %s, ' "$(cat status)"
cat compared
test -z "${failed:-}"
