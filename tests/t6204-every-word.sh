# Every form of a sentence has a hand-written one somewhere: of each SAY_ word
# the longest piece between its places is looked for in the tests' strings, in
# English and in Chinese.
. "$SRC/tests/test.sh"

# One word a line: NAME <tab> English piece <tab> Chinese piece. Pieces shorter
# than a few characters say nothing and are left out.
pieces()
{
    sed -n 's/^W(\(SAY_[A-Z0-9_]*\), "\(.*\)", "\(.*\)")$/\1\t\2\t\3/p' "$1" |
        awk -F'\t' '
            function longest(s,    n, part, i, best) {
                n = split(s, part, /\{[0-9]\}/)
                best = ""
                for (i = 1; i <= n; i++) {
                    gsub(/^ +| +$/, "", part[i])
                    if (length(part[i]) > length(best)) best = part[i]
                }
                return best
            }
            {
                en = longest($2)
                if (length(en) >= 6) print $1 "\t" en "\t" longest($3)
            }'
}

# All string literals of the tests, neighbours joined, one a line.
literals()
{
    cat "$@" | tr '\n' ' ' | sed 's/" *"//g'
}

# missing WORDS FILES…: the words that no test spells out.
missing()
{
    words=$1
    shift
    literals "$@" >literals
    pieces "$words" >pieces
    test -s pieces
    while IFS="$(printf '\t')" read -r name en zh; do
        grep -qF -e "$en" literals || echo "$name English: $en"
        [ -z "$zh" ] || grep -qF -e "$zh" literals || echo "$name Chinese: $zh"
    done <pieces
}

test_that 'every form of a sentence is written by hand in a test, twice' '
    for words in model policy fifo msgq ipc shm sem; do
        missing "$SRC/assets/words/$words.def" "$SRC"/tests/t200[34]-*.c \
            "$SRC"/tests/t62*.c
    done >missed
    cat missed
    test ! -s missed
'

test_that 'a form without its sentence is found' '
    printf "%s\n" "W(SAY_ONE, \"{0} is here\", \"{0} 在这里\")" \
        "W(SAY_TWO2, \"{0} is gone\", \"{0} 不见了\")" >words.def
    printf "%s\n" "\"A is \" \"here\", \"A 在\"" "    \"这里\"" >one.c
    missing words.def one.c >missed
    printf "SAY_TWO2 English: is gone\nSAY_TWO2 Chinese: 不见了\n" >want
    cmp missed want
'

test_done
