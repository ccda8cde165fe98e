# The handbook: made from the tables, and true.
. "$SRC/tests/test.sh"

book=$SRC/scenarios/HANDBOOK.md

test_that 'the handbook is what the tables say: `timeslice handbook` writes it' '
    "$TIMESLICE" handbook | diff "$book" -
    "$TIMESLICE" --lang zh handbook | diff "$book" -
    "$TIMESLICE" handbook -o copy
    diff "$book" copy
    if grep "^<!-- [a-z]* -->" "$book"; then exit 1; fi
'

test_that 'it has every op with both sentences, every policy, signal and figure' '
    sed -n "s/^OP(\([A-Za-z]*\),.*/\1/p" "$SRC/sim/scenario/ops.def" >ops
    test "$(wc -l <ops)" -gt 30
    while read -r op; do
        grep -A 4 "^#### $op\$" "$book" >entry || {
            echo "$op is missing"
            exit 1
        }
        sed -n 3p entry | grep -q "[^ ]\.\$"
        sed -n 5p entry | grep -q "。\$"
    done <ops
    for list in policies expects signals; do
        sed -n "s/^[A-Z]*(\(PROCESS, \|RUN, \)\{0,1\}\([A-Za-z0-9_]*\),.*/\2/p" \
            "$SRC/sim/scenario/$list.def" >names
        test "$(wc -l <names)" -gt 10
        while read -r name; do
            grep -q "^|.* \`$name\` |" "$book" || {
                echo "$name is missing"
                exit 1
            }
        done <names
    done
'

test_that 'its whole files are good, and expect what comes out' '
    n=0
    awk "/^\`\`\`json\$/ { inside = 1; n++; next }
         /^\`\`\`\$/ { inside = 0 }
         inside { print > (\"block\" n \".json\") }" "$book"
    for file in block*.json; do
        head -1 "$file" | grep -qx "{" || continue
        "$TIMESLICE" check "$file" >out || { cat out; exit 1; }
        grep -q "expectations\{0,1\} met\$" out
        n=$((n + 1))
    done
    test $n = 2
'

# What `events` has in it, one "kind key" a line.
keys_printed()
{
    for file in "$SRC"/scenarios/[0-9]*.json "$SRC"/tests/cli/*.json; do
        "$TIMESLICE" run "$file" --format ndjson 2>/dev/null || true
    done | jq -r 'select(.event) | .event + " " + keys_unsorted[]' | sort -u
}

test_that 'what the lessons print has the kinds and keys that it names' '
    keys_printed >printed
    test "$(cut -d" " -f1 printed | sort -u | wc -l)" -gt 11
    awk "/^## The results/ { on = 1 } on && /^\| \`/" "$book" >rows
    while read -r kind key; do
        case $key in t | event | process) continue ;; esac
        grep "^| \`$kind\` |" rows | cut -d"|" -f3 |
            grep -q "\`\[\{0,1\}$key\]\{0,1\}\`" || {
            echo "$kind has $key"
            exit 1
        }
    done <printed
    # And the other way: what is not in brackets is always there.
    cut -d" " -f1 printed | sort -u | while read -r kind; do
        grep "^| \`$kind\` |" rows | cut -d"|" -f3 | tr -d " \`" | tr , "\n" |
            grep -v "^\[\|^\$" | while read -r key; do
            grep -qx "$kind $key" printed || {
                echo "$kind has no $key"
                exit 1
            }
        done
    done
'

test_done
