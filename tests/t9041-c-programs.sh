# `timeslice export FILE --to c`: every lesson is a C program that compiles
# without a warning, makes the calls that the lesson shows, ends, and leaves
# nothing behind.
. "$SRC/tests/test.sh"

strict="-std=c11 -Wall -Wextra -Werror"

# In a namespace of its own, where that can be, a program's objects are told
# from those of others.
alone=
! unshare -i true 2>/dev/null || alone='unshare -i'

test_that 'every lesson compiles with gcc and clang, without a warning' '
    for file in "$SRC"/scenarios/*.json; do
        "$TIMESLICE" export "$file" --to c
    done
    test "$(ls *.c | wc -l)" -ge 40
    printf "%s\n" *.c >files
    for compiler in gcc clang; do
        xargs -P 2 -I @ $compiler $strict -O1 -c @ -o x.@.o <files
    done
    for lang in en zh; do
        "$TIMESLICE" export 13 --lang $lang --to c -o $lang.c
        gcc $strict -c $lang.c
    done
    grep -q "处理函数" zh.c
    if LC_ALL=C grep -q "[^ -~]" en.c; then exit 1; fi
'

test_that 'the compiler as a student calls it is content, too' '
    "$TIMESLICE" export 24 --to c -o x.c
    cc -Wall -Wextra -Werror x.c -o x
'

# Each lesson in a directory of its own, half of them on each of two CPUs.
run_all()
{
    mkdir run
    cpus=$(taskset -cp $$ | sed "s/.*: //; s/[-,]/ /g")
    i=0
    for file in "$SRC"/scenarios/*.json; do
        name=$(basename "$file" .json)
        i=$((i + 1))
        mkdir "run/$name"
        "$TIMESLICE" export "$file" --to c -o "run/$name.c"
        cpu=$(echo $cpus | cut -d" " -f$((i % 2 + 1)))
        echo "$file ${cpu:-${cpus%% *}}"
    done >files
}

test_that 'the programs make the calls that timing does not decide' '
    run_all
    xargs -P 3 -L 1 sh -c "
        cd run/\$(basename \$0 .json)
        sh $SRC/tests/cli/c-program.sh \$0 \$1 >result || echo wrong >>result
        cat result" <files >results
    cat results
    if grep -q wrong results; then exit 1; fi
    # not by having compared nothing
    awk "{ same += \$(NF - 2); all += \$NF } END {
        print same, \"of\", all; exit !(same > 300 && all < 2 * same) }" results
'

test_that 'a deadlock ends by its alarm, and says so' '
    "$TIMESLICE" export 18 --to c -o x.c
    grep -q "ends in a deadlock" x.c
    gcc -DTICK_MS=1 -DLIMIT_S=1 x.c -o x
    status 1 timeout 20 ./x
    grep -q "still not over after 1 s" out
'

test_that 'Ctrl+C and kill -9 leave nothing: no process, no object, no file' '
    cat >play.sh <<-\END
	./left-$1 >out-$1 &
	pid=$!
	tries=0
	until test -s out-$1 || test $tries = 100; do
	    sleep 0.1
	    tries=$((tries + 1))
	done
	kill -$2 $pid
	wait $pid
	echo $? >status
	tries=0
	while pgrep -f "\./left-$1" >/dev/null && test $tries -lt 100; do
	    sleep 0.1
	    tries=$((tries + 1))
	done
	ipcs -q -m -s | grep -c ^0x >objects
	END
    for lesson in 19 41 29; do
        "$TIMESLICE" export $lesson --to c -o x.c
        sed -i "s,/tmp/lesson-,$PWD/left-," x.c
        gcc -DTICK_MS=1000 x.c -o left-$lesson
        for sig in TERM KILL; do
            $alone sh play.sh $lesson $sig || :
            test "$(cat status)" = $(test $sig = TERM && echo 1 || echo 137)
            test -z "$alone" || test "$(cat objects)" = 0
            test "$(find . -name "left-??????" | wc -l)" = 0
            if pgrep -f "\./left-$lesson" >said; then cat said; exit 1; fi
        done
    done
'

test_that 'a key that somebody else has on this machine is not touched' '
    "$TIMESLICE" export 27 --to c -o x.c
    gcc x.c -o x
    cat >holder.sh <<-\END
	id=$(ipcmk -Q -p 0600 | sed "s/.*: //")
	key=$(ipcs -q | awk -v id=$id "\$2 == id { print \$1 }")
	sed "s/1234/$(printf "%d" $key)/g" x.c >y.c
	gcc y.c -o y
	got=0; ./y >said || got=$?
	ipcs -q -i $id >still; r=$?
	ipcrm -q $id
	test $got = 1 && grep -q "is taken" said && test $r = 0
	END
    sh holder.sh
'

test_that 'nothing in a scenario breaks out of literals and comments' '
    "$TIMESLICE" export "$SRC/tests/cli/hostile.json" --to c -o "*; rm.c"
    cp "*; rm.c" x.c
    for compiler in gcc clang; do
        $compiler $strict x.c -o x
        timeout 20 ./x >out
    done
    "$TIMESLICE" run "$SRC/tests/cli/hostile.json" --format json |
        jq -r "[.events[] | select(.op == \"write\")][0].ret" >wanted
    grep -q "write p\[1\] = $(cat wanted)$" out
    grep -q "lesson.c -o lesson" x.c
'

test_that 'no name of C or of its library is a variable of the program' '
    {
        grep -oE "[A-Za-z_][A-Za-z_0-9]*" "$SRC/cli/to_c/words.def"
    } | sort -u >names
    printf "{\"timeslice\": 1, \"title\": \"x\", \"processes\": [{\"name\": " >x.json
    printf "\"a\", \"program\": [" >>x.json
    sed "s/.*/{\"set\": \"&\", \"value\": 1},/" names >>x.json
    printf "{\"exit\": 0}]}]}\n" >>x.json
    "$TIMESLICE" export x.json --to c
    for compiler in gcc clang; do
        $compiler $strict -c x.c
    done
'

test_done
