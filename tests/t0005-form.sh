# The form of the source: what an editor should do by itself, looked at.
. "$SRC/tests/test.sh"

# sources ROOT PATTERN: files below ROOT whose path matches, build/ left out.
sources()
{
    (
        cd "$1"
        find . -name .git -prune -o -path ./build -prune -o \
            -path ./tests/bad -prune -o -type f -print
    ) | sed 's,^\./,,' | grep -E "$2" | sort
}

code='\.([ch]|def|sh|awk|cmake)$|CMakeLists\.txt$|^run$|^\.ci/run$'

# look ROOT PATTERN PROGRAM: runs an awk program over each file; what it
# prints is wrong. LC_ALL=C: lengths are bytes, whatever the awk.
look()
{
    sources "$1" "$2" >files
    test -s files
    while read -r file; do
        LC_ALL=C awk -v file="$file" "$3" "$1/$file"
    done <files >found
    cat found
    test ! -s found
}

no_tabs='/\t/ { print file ":" FNR ": error: a tab" }'
no_blanks='/[ \t\r]$/ { print file ":" FNR ": error: blanks at the end" }'
# A character is a byte that continues no other one.
columns='{
    gsub(/[\200-\277]/, "")
    if (length($0) > 100)
        print file ":" FNR ": error: " length($0) " columns, at most 100"
}'
lines='FNR == 1 { skip = /generated/ }
END {
    if (FNR > 500 && !skip)
        print file ": error: " FNR " lines, at most 500"
}'
header='FNR == 1 && !/^\/\*/ { print file ":1: error: no opening comment" }
/^#ifndef TIMESLICE_[A-Z0-9_]+_H$/ && !guard { guard = $2 }
/^#define / && $2 == guard { defined = 1 }
/^#endif/ { last = FNR }
END {
    if (!guard || !defined || last != FNR)
        print file ": error: no include guard TIMESLICE_…_H around it"
}'

# Here-documents of a script with <<- need their tabs.
test_that 'no tabs, but in the here-documents of scripts' '
    look "$SRC" "\.([ch]|def|awk|cmake)$|CMakeLists\.txt$" "$no_tabs"
'
test_that 'no blanks at the end of a line' '
    look "$SRC" "$code|\.(md|json)$" "$no_blanks"
'
test_that 'no line over 100 columns, but in tables' '
    look "$SRC" "\.([ch]|sh|awk|cmake)$|CMakeLists\.txt$|^run$" "$columns"
'
test_that 'no file over 500 lines, but generated ones' '
    look "$SRC" "\.([ch]|sh|awk)$|^run$" "$lines"
'
test_that 'every header opens with a comment and is guarded' '
    look "$SRC" "\.h$" "$header"
'
test_that 'every file ends with the end of a line' '
    sources "$SRC" "$code|\.(md|json)$" >files
    while read -r file; do
        test ! -s "$SRC/$file" || test "$(tail -c 1 "$SRC/$file" | wc -l)" = 1 ||
            echo "$file: error: no end of line at its end"
    done <files >found
    cat found
    test ! -s found
'

# misnamed ROOT: tests that the build would not find.
misnamed()
{
    sources "$1" "^tests/(.*/)?t[0-9][^/]*\.(c|sh)$" |
        grep -Ev "^tests/t[0-9]{4}-[a-z0-9-]+\.(c|sh)$" >found || :
    sed 's/$/: error: a test is tests\/tNNNN-name.c or .sh/' found
    test ! -s found
}
test_that 'every test is named so that it is run' '
    misnamed "$SRC"
    mkdir -p house/tests/golden
    for name in t001-x.c t0001x.c t0001.sh golden/t0001-x.c t0001-X.c; do
        touch "house/tests/$name"
        if misnamed house; then
            exit 1
        fi
        rm "house/tests/$name"
    done
    touch house/tests/t0001-x.c house/tests/test.c
    misnamed house
'

# planted FILE PATTERN PROGRAM: what stands on stdin must be found wrong.
planted()
{
    mkdir -p house
    cat >"house/$1"
    if look house "$2" "$3"; then
        echo "$1 was not found wrong"
        return 1
    fi
    rm "house/$1"
}

test_that 'each of these rules finds what breaks it' '
    printf "int\tx;\n" | planted x.c c "$no_tabs"
    printf "int x; \n" | planted x.c c "$no_blanks"
    printf "int x;\r\n" | planted x.c c "$no_blanks"
    printf "%0101d\n" 0 | planted x.c c "$columns"
    yes x | head -501 | planted x.c c "$lines"
    printf "/* x */\nint x;\n" | planted x.h h "$header"
    printf "/* x */\n#ifndef TIMESLICE_X_H\n#endif\n" | planted x.h h "$header"
    printf "#ifndef TIMESLICE_X_H\n#define TIMESLICE_X_H\n#endif\n" |
        planted x.h h "$header"
'
test_that 'and leaves alone what does not' '
    mkdir -p house
    printf "/* generated */\n" >house/x.h
    printf "#ifndef TIMESLICE_X_H\n#define TIMESLICE_X_H\n" >>house/x.h
    yes x | head -600 >>house/x.h
    printf "// %0091d時間片\n#endif\n" 0 >>house/x.h
    for program in "$no_tabs" "$no_blanks" "$columns" "$lines" "$header"; do
        look house h "$program"
    done
'

test_done
