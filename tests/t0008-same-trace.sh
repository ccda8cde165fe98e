# The same trace, byte for byte, whoever compiled the model and however: gcc
# and clang, without optimizing and with all of it, with and without
# sanitizers. Each builds the model and tests/traces, which runs the lessons
# and random scenarios of every policy and prints what each trace hashes to.
. "$SRC/tests/test.sh"

# What a run needs of the model: not its words for people. (No two files have
# the same name.)
sources()
{
    find "$SRC/sim" "$SRC/tests/traces" -name '*.c' ! -name 'explain*' \
        ! -name 'metrics*' ! -name 'measures*' ! -name 'handbook*' \
        ! -name schema.c ! -name op_c.c ! -name offer.c \
        ! -path '*/sim/predict/*'
    find "$SRC/tests" -maxdepth 1 -name 'random*.c'
}

# traces_of NAME COMPILER FLAG...: builds, runs, and leaves what was printed in
# $test_root/NAME.
traces_of()
{
    name=$1
    shift
    sources | xargs -P 2 -n 15 "$@" -std=c11 -ffp-contract=off -I"$SRC" -c
    "$@" ./*.o -lcjson -lm -o traces
    ./traces "$SRC"/scenarios/*.json "$test_root"/*.json >"$test_root/$name"
}

# Whether COMPILER has the sanitizers' libraries.
has_sanitizers()
{
    echo 'int main(void) { return 0; }' |
        "$1" -fsanitize=address,undefined -x c - -o "$test_root/probe" \
            2>/dev/null
}

sanitized='-fsanitize=address,undefined -fno-sanitize-recover=all'

test_that "what ran has many events, of every policy" '
    "$BUILD/tests/traces" --write "$test_root"
    traces_of first gcc -O0
    awk "{ events += \$2 } END { exit events < 50000 }" "$test_root/first"
    for policy in $(sed -n "s/^POLICY(\([a-z0-9]*\),.*/\1/p" \
        "$SRC/sim/scenario/policies.def"); do
        grep -q " $policy-[0-9]*-[0-9]*.json$" "$test_root/first"
    done
    test "$(cut -d" " -f1 "$test_root/first" | sort -u | wc -l)" -gt 200
'

test_that 'the same with gcc -O3' '
    traces_of now gcc -O3 -DNDEBUG
    cmp "$test_root/first" "$test_root/now"
'

for flags in -O0 '-O3 -DNDEBUG'; do
    test_that "the same with clang $flags" '
        traces_of now clang $flags
        cmp "$test_root/first" "$test_root/now"
    '
done

for compiler in gcc clang; do
    has_sanitizers $compiler || continue
    test_that "the same with $compiler and sanitizers" '
        traces_of now $compiler -O0 $sanitized
        cmp "$test_root/first" "$test_root/now"
    '
done

test_that 'the same in the build under test' '
    "$BUILD/tests/traces" "$SRC"/scenarios/*.json "$test_root"/*.json >now
    cmp "$test_root/first" now
'

test_done
