# chrome.sh FILE [OPTION…]: exports a Chrome trace and holds it against the JSON
# of the same run; what is wrong is printed. (For t9040.)
set -eu
file=$1
shift
name=$(basename "$file" .json)$(echo "$*" | tr -c 'a-z0-9\n' _)
"$TIMESLICE" run "$file" "$@" --format json >"$name.run" 2>said || :
"$TIMESLICE" export "$file" "$@" --to chrome -o "$name.trace" 2>said || :
{
    echo '$run[0] as $run |'
    cat "$SRC/tests/cli/chrome.jq"
} >"$name.jq"
jq -r --slurpfile run "$name.run" -f "$name.jq" "$name.trace" >"$name.wrong"
sed "s,^,$name: ," "$name.wrong" | head -3
test ! -s "$name.wrong"
