#!/bin/sh
# Fuzzes the loader: run-loader.sh BUILD-DIRECTORY SECONDS
#
# Builds the harness alone with clang (ASan, UBSan, libFuzzer), makes a
# dictionary of every word of the tables, and begins with the lessons, the bad
# files and what earlier runs have left in BUILD-DIRECTORY/corpus.
set -eu
cd "$(dirname "$0")/../.."
build=${1:?the build directory}
seconds=${2:?how many seconds}
mkdir -p "$build/corpus" "$build/seeds" "$build/found"

# The words between quotes or commas of the tables, each as "\"word\"".
for table in ops keys signals policies expects; do
    sed -n 's/^[A-Z]*(//p' "sim/scenario/$table.def"
done | tr -c 'A-Za-z0-9_' '\n' | grep -E '^[A-Za-z_][A-Za-z0-9_]+$' |
    sort -u >"$build/words"
sed -n 's/.*\.name = "\([^"]*\)".*/\1/p' sim/scenario/load*.c >>"$build/words"
sed 's/.*/"\\"&\\""/' "$build/words" | sort -u >"$build/loader.dict"

clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined \
    -fno-sanitize-recover=all -I. tests/fuzz/loader.c sim/base/*.c \
    sim/scenario/*.c -lcjson -lm -o "$build/loader"

for file in scenarios/*.json tests/bad/*.json tests/fuzz/loader/*; do
    test ! -f "$file" || cp "$file" "$build/seeds/"
done
exec "$build/loader" -max_total_time="$seconds" -timeout=10 -max_len=8192 \
    -dict="$build/loader.dict" -artifact_prefix="$build/found/" \
    "$build/corpus" "$build/seeds"
