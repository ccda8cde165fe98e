# Both compilers, whichever built this: the other one reads every source with
# the same flags, and both read every header alone. (They only read: warnings
# that take an optimizer come from a build of one's own, CC=clang.)
. "$SRC/tests/test.sh"

case $("${CC:-cc}" --version) in
*clang*) other=gcc ;;
*) other=clang ;;
esac

# What the build knows: a line a source, its file, a tab, its flags.
jq -r '.[] | .file + "\t" + (.command | sub("^[^ ]+ "; "") |
    sub(" -o [^ ]+ -c .*$"; ""))' "$BUILD/compile_commands.json" >"$test_root/flags"

# reads COMPILER FLAGS FILE: whether FILE is clean. The flags are quoted for a
# shell, so a shell takes them apart.
reads()
{
    eval "\"\$1\" $2 -fsyntax-only \"\$3\""
}

# sources_clean COMPILER LIST: whether every source of the list is clean.
sources_clean()
{
    test -s "$2"
    while IFS="$(printf '\t')" read -r file flags; do
        reads "$1" "$flags" "$file" || echo "$file" >>bad
    done <"$2"
    test ! -e bad
}

# header_clean COMPILER HEADER FLAGS: whether HEADER stands on its own.
header_clean()
{
    printf '#include "%s"\nextern int alone;\n' "$2" >alone.c
    reads "$1" "$3" "$PWD/alone.c"
}

test_that "every source is clean for $other too" '
    sources_clean "$other" "$test_root/flags"
'

for compiler in gcc clang; do
    test_that "every header can be included alone, for $compiler" '
        flags=$(sed -n "s,.*/cli/main\.c\t,,p" "$test_root/flags")
        (cd "$SRC"; find . -name build -prune -o -name "*.h" -print) |
            sed "s,^\./,," >headers
        if ! grep -q "SDL2" "$BUILD/compile_commands.json"; then
            grep -Ev "^render/(sdl|text)\.h$" headers >some
            mv some headers
        fi
        test -n "$flags"
        test -s headers
        while read -r header; do
            header_clean "$compiler" "$header" "$flags" || echo "$header" >>bad
        done <headers
        test ! -e bad
    '
done

test_that 'a warning and a header that leans on others are found' '
    printf "int x(long y);\nint x(long y)\n{\n    return y;\n}\n" >x.c
    printf "%s\t%s\n" "$PWD/x.c" "-Wconversion -Werror" >list
    if sources_clean "$other" list; then
        exit 1
    fi
    printf "extern size_t x;\n" >x.h
    if header_clean "$other" "$PWD/x.h" "-std=c11"; then
        exit 1
    fi
    printf "#include <stddef.h>\nextern size_t x;\n" >x.h
    header_clean "$other" "$PWD/x.h" "-std=c11 -Wpedantic -Werror"
'

test_done
