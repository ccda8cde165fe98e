# `timeslice bench-ipc`: what it writes, what it refuses, and that it does not
# believe a mechanism that delivers other bytes. How fast the machine is makes
# no difference here.
. "$SRC/tests/test.sh"

# refused WORDS ARGUMENT…: status 2, one line, and it contains WORDS.
refused()
{
    words=$1
    shift
    status 2 "$TIMESLICE" bench-ipc "$@"
    test ! -s out
    test "$(wc -l <err)" = 1
    grep -qF -e "$words" err
}

# A run of two sizes, small enough for any machine.
quick="--quick --sizes 64,20000"

test_that 'a quick run has a row for each mechanism and size, all positive' '
    status 0 "$TIMESLICE" bench-ipc $quick --format csv
    test ! -s err
    test "$(wc -l <out)" = 14
    head -1 out | grep -qx "mechanism,bytes,copies,pieces,pin,mib_per_s,latency_us,latency_p99_us"
    for row in pipe,64,2,1 pipe,20000,2,1 fifo,64,2,1 fifo,20000,2,1 \
        msgq,64,2,1 shm-copy,64,2,0 shm-copy,20000,2,0 shm-once,64,1,0 \
        shm,64,0,0 shm,20000,0,0 sem,0,0,0; do
        test "$(grep -c "^$row,[a-z]*,[0-9.e+-]*,[0-9.]" out)" = 1
    done
    awk -F, "NR > 1 && ((\$1 != \"sem\" && !(\$6 > 0)) || !(\$7 > 0) || \$8 < \$7) {
        print; bad = 1 } END { exit bad }" out
'

test_that 'a message greater than MSGMAX goes through the queue in pieces' '
    status 0 "$TIMESLICE" bench-ipc --quick --sizes 64,20000 \
        --mechanisms msgq,pipe --format csv
    max=$(cat /proc/sys/kernel/msgmax)
    mnb=$(cat /proc/sys/kernel/msgmnb)
    test "$max" -lt "$mnb" || max=$mnb
    max=$((max / 8 * 8))
    test "$(sed -n "s/^msgq,20000,2,\([0-9]*\),.*/\1/p" out)" = \
        $(((20000 + max - 1) / max))
    status 0 "$TIMESLICE" bench-ipc --quick --sizes 64,20000,100000
    test $max -ge 100000 || grep -q "went through the queue in pieces" out
    grep -q "went through it in parts" out
'

test_that 'what the CSV says is read back as the same numbers' '
    "$TIMESLICE" bench-ipc $quick --format csv -o a.csv
    "$TIMESLICE" bench-ipc --from a.csv --format csv -o b.csv
    cmp a.csv b.csv
    "$TIMESLICE" bench-ipc --from - --format csv <a.csv | cmp - a.csv
    sort -r a.csv >mixed
    { head -1 a.csv; grep -v ^mechanism mixed; } >c.csv
    "$TIMESLICE" bench-ipc --from c.csv --format csv | cmp - a.csv
'

# One that is always the same: shared memory overtakes the pipe at 1 KiB.
known()
{
    cat <<-\END
	mechanism,bytes,copies,pieces,pin,mib_per_s,latency_us,latency_p99_us
	pipe,64,2,1,apart,100,5,9
	pipe,16384,2,1,apart,1600,20,30
	msgq,64,2,1,apart,40,6,9
	msgq,16384,2,2,apart,1000,21,31
	shm,64,0,0,apart,50,7,9
	shm,16384,0,0,apart,3200,15,22
	sem,0,0,0,apart,,4,8
	END
}

test_that 'text says where the lines cross and whether the claim holds' '
    known >k.csv
    status 0 "$TIMESLICE" bench-ipc --from k.csv
    grep -q "shm. carries more than .pipe. from about 1 KiB on" out
    grep -q "shm. carries more than .msgq. at every size: no crossover" out
    grep -q "claim holds here" out
    grep -q "2.00$\|2.00 times" out
    grep -q "sem alone, no bytes: 4.00" out
    grep -q "^ *64 B *100 *40.0 *50.0$" out
    status 0 "$TIMESLICE" bench-ipc --from k.csv --lang zh
    grep -q "约从 1 KiB 起" out
    grep -q "讲义的说法在本机成立" out
    if LC_ALL=C grep -q "$(printf "\033")" out; then exit 1; fi
    sed "s/,9$/,999/" k.csv >busy.csv
    status 0 "$TIMESLICE" bench-ipc --from busy.csv
    grep -q "Other programs took" out
    if grep -q " $" out; then exit 1; fi
'

test_that 'json is json, and says the same' '
    known >k.csv
    status 0 "$TIMESLICE" bench-ipc --from k.csv --format json -o k.json
    test "$(jq ".points | length" k.json)" = 7
    test "$(jq -c ".points[0] | [.mechanism, .bytes, .copies, .mib_per_s]" k.json)" = \
        "[\"pipe\",64,2,100]"
    test "$(jq -c ".points[6].mib_per_s" k.json)" = null
    test "$(jq -c ".crossings[] | select(.against == \"pipe\") | [.is, .from_bytes]" k.json)" = \
        "[\"up\",1024]"
    test "$(jq -r .claim k.json)" = holds
    status 0 "$TIMESLICE" bench-ipc $quick --format json -o q.json
    test "$(jq ".points | length" q.json)" = 13
'

test_that 'a mechanism that delivers another byte is found, whichever it is' '
    for name in pipe fifo msgq shm-copy shm-once shm; do
        status 3 env TIMESLICE_BENCH_SPOIL=$name \
            "$TIMESLICE" bench-ipc $quick --format csv -o x.csv
        test "$(wc -l <err)" = 1
        grep -q "\`$name\` delivered other bytes than were sent" err
        test ! -e x.csv
    done
    status 3 env TIMESLICE_BENCH_SPOIL=pipe "$TIMESLICE" bench-ipc \
        --quick --sizes 17 --mechanisms shm,pipe
'

test_that 'sizes of any kind arrive whole' '
    status 0 "$TIMESLICE" bench-ipc --quick --sizes 16,17,23,100,8191,8193,65537,3M \
        --format csv
    test "$(wc -l <out)" = 50
    status 0 "$TIMESLICE" bench-ipc --quick --sizes 1K,64,1024,0064 --mechanisms shm \
        --format csv
    test "$(cut -d, -f2 out | tr "\n" " ")" = "bytes 64 1024 "
'

test_that 'wrong usage: one sentence, status 2' '
    for bad in "" 0 15 x 64, ,64 64,,128 64K4 -64 64.5 17M 99999999999999999999 "64 128"; do
        refused "--sizes must be 1 to 24 numbers" --sizes "$bad"
    done
    refused "no mechanism \`tape\`; there are: pipe, fifo, msgq" --mechanisms pipe,tape
    refused "no mechanism \`\`" --mechanisms ""
    refused "--pin must be one of: apart same none" --pin here
    refused "text csv json" --format xml
    refused "--from and --quick exclude" --from x.csv --quick
    refused "--window and --png exclude" --window --png x.png
    refused "cannot open \`none.csv\`" --from none.csv
    refused "no use for \`pipe\`" pipe
    refused "--png needs the name of a file" --png ""
'

# wrong LINE WORDS: what stands on stdin is refused at that line.
wrong()
{
    cat >w.csv
    refused "w.csv:$1:" --from w.csv
    grep -qF -e "$2" err
}

test_that 'a CSV that is none is refused with its line' '
    known | sed 1d | wrong 1 "first line must be mechanism,bytes"
    known | head -1 | wrong 1 "no results"
    printf "" | wrong 1 "no results"
    known | sed "3s/pipe/tape/" | wrong 3 "\`tape\` cannot be the value of \`mechanism\`"
    known | sed "3s/1600/-1/" | wrong 3 "\`mib_per_s\`"
    known | sed "3s/1600/nan/" | wrong 3 "\`mib_per_s\`"
    known | sed "3s/1600/0/" | wrong 3 "\`mib_per_s\`"
    known | sed "3s/,30$/,3/" | wrong 3 "\`latency_p99_us\`"
    known | sed "3s/,30$//" | wrong 3 "a line has 8 values, not 7"
    known | sed "3s/16384/64/" | wrong 3 "stands here twice"
    known | sed "3s/16384/1e99/" | wrong 3 "\`bytes\`"
    known | sed "3s/,2,/,3,/" | wrong 3 "\`copies\`"
    known | sed "s/apart/afar/" | wrong 2 "\`pin\`"
    known | sed "2s/^/$(printf "\033")[2J/" | wrong 2 "u001b"
'

test_that 'a process that may use one CPU only cannot be on two' '
    if command -v taskset >/dev/null; then
        cpu=$(taskset -cp $$ | sed "s/.*: //; s/[-,].*//")
        status 3 taskset -c $cpu "$TIMESLICE" bench-ipc --pin apart
        grep -q "needs two CPUs" err
        status 0 taskset -c $cpu "$TIMESLICE" bench-ipc $quick --format csv
        grep -q "^pipe,64,2,1,same," out
    fi
    for pin in same none; do
        status 0 "$TIMESLICE" bench-ipc $quick --pin $pin --format csv
        test "$(grep -c ",$pin," out)" = 13
    done
'

if test "$HEADLESS" = 1; then
    test_that 'without SDL there is no picture, and that is what is said' '
        known >k.csv
        status 3 "$TIMESLICE" bench-ipc --from k.csv --png x.png
        grep -q "built without the window" err
        status 3 "$TIMESLICE" bench-ipc --from k.csv --window
    '
    test_done
fi

test_that 'a picture needs no display, and is the same twice' '
    unset DISPLAY WAYLAND_DISPLAY || true
    known >k.csv
    for options in "" "--lang zh" "--theme dark" "--theme projector --lang zh"; do
        "$TIMESLICE" bench-ipc --from k.csv --png a.png --size 1024x700 $options >text
        "$TIMESLICE" bench-ipc --from k.csv --png b.png --size 1024x700 $options >text
        cmp a.png b.png
        test "$(png_size a.png)" = 1024x700
        cksum <a.png >>sums
    done
    test "$(sort -u sums | wc -l)" = 4
    grep -q 1.00 text
    status 3 "$TIMESLICE" bench-ipc --from k.csv --png no/such.png
    status 3 "$TIMESLICE" bench-ipc --from k.csv --png /dev/full
    status 0 "$TIMESLICE" bench-ipc $quick --png live.png --format csv
    test -s live.png
    test "$(wc -l <out)" = 14
'

test_that 'without a display: one sentence, what to do, status 3' '
    status 3 env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER \
        -u XDG_RUNTIME_DIR "$TIMESLICE" bench-ipc --window
    test "$(wc -l <err)" = 1
    grep -q "without --window" err
'

test_that 'the window of a display that SDL makes up opens and stays' '
    known >k.csv
    for what in "--from k.csv" "$quick"; do
        got=0
        SDL_VIDEODRIVER=dummy XDG_RUNTIME_DIR="$PWD" timeout 2 "$TIMESLICE" \
            bench-ipc --window $what >out 2>err || got=$?
        cat out err
        test $got = 124
    done
'

test_done
