# stream.sh: ten million decisions of a mixed workload through
# `timeslice run --format ndjson` into a file: events a second, peak memory.
#
# A thousand processes on 4 CPUs under mlfq: some compute, some sleep, some ask
# a device, some talk through a pipe. DECISIONS says how many (a smoke test
# takes fewer).
set -eu

decisions=${DECISIONS:-10000000}
place=$(mktemp -d "${TMPDIR:-/tmp}/timeslice-stream.XXXXXX")
trap 'rm -rf "$place"' EXIT

awk 'BEGIN {
    printf "{\"timeslice\": 1, \"title\": \"mixed\", \"live\": false,"
    printf " \"machine\": {\"cpus\": 4},"
    printf " \"scheduler\": {\"policy\": \"mlfq\", \"boost\": 1000, "
    printf "\"levels\": [{\"quantum\": 2}, {\"quantum\": 4}, "
    printf "{\"quantum\": 8}]},\n \"processes\": [\n"
    for (i = 0; i < 950; i++) {
        printf "  {\"name\": \"p%d\", \"arrival\": %d, \"program\": [", i, i % 50
        printf "{\"repeat\": \"forever\", \"do\": [{\"cpu\": %d}", 1 + i % 9
        if (i % 3 == 0)
            printf ", {\"sleep\": %d}", 10 + i % 100
        if (i % 5 == 1)
            printf ", {\"io\": %d, \"device\": \"disk%d\"}", 1 + i % 4, i % 8
        printf "]}]},\n"
    }
    for (i = 0; i < 25; i++) {
        printf "  {\"name\": \"w%d\", \"program\": [{\"pipe\": \"p\"}, ", i
        printf "{\"fork\": \"r%d\"}, {\"repeat\": \"forever\", \"do\": [", i
        printf "{\"cpu\": 2}, {\"write\": \"p[1]\", \"text\": \"x\"}]}]},\n"
        printf "  {\"name\": \"r%d\", \"program\": [{\"repeat\": ", i
        printf "\"forever\", \"do\": [{\"read\": \"p[0]\", \"size\": 10}, "
        printf "{\"cpu\": 1}]}]}%s\n", i < 24 ? "," : ""
    }
    print " ]}"
}' >"$place/mixed.json"

# How many ticks so many decisions take: from a run of a hundredth.
count()
{
    "$TIMESLICE" run "$place/mixed.json" --format ndjson --until "$1" |
        grep -c '"to": *"running"'
}
some=$((decisions / 100 + 2000))
until=$((some * (decisions / ($(count "$some") + 1) + 1)))

start=$(date +%s%N)
"$TIMESLICE" run "$place/mixed.json" --format ndjson --until "$until" \
    -o "$place/out" &
pid=$!
peak=0
cpu=0
while kill -0 $pid 2>/dev/null; do
    now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" \
        2>/dev/null || true)
    peak=${now:-$peak}
    now=$(cut -d' ' -f14,15 "/proc/$pid/stat" 2>/dev/null || true)
    cpu=${now:-$cpu}
    sleep 0.1
done
wait $pid
end=$(date +%s%N)
cpu=$((${cpu% *} + ${cpu#* }))
bytes=$(wc -c <"$place/out")
lines=$(wc -l <"$place/out")
awk -v events="$((lines - 1))" -v ns="$((end - start))" -v bytes="$bytes" \
    -v peak="$peak" -v cpu="$cpu" -v hz="$(getconf CLK_TCK)" 'BEGIN {
    printf "%d events into a file of %.2f GB in %.1f s (%.1f s of CPU): ",
        events, bytes / 1e9, ns / 1e9, cpu / hz
    printf "%.2f million a second (%.2f a second of CPU), peak memory %.1f MB\n",
        events / ns * 1e3, events * hz / cpu / 1e6, peak / 1024
}'
printf '%s of them are decisions\n' "$(grep -c '"to": *"running"' "$place/out")"
