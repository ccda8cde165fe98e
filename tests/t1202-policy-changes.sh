# The lessons on scheduling policies: what their notes ask the student to change,
# and what they promise will then be seen. The figures are worked out by hand;
# those of lessons 46 and 56 are also Stallings'.
. "$SRC/tests/test.sh"
. "$SRC/tests/lessons.sh"

test_that '46: E is done at 15 under rr, at 11 under sjf, at 10 under srtf' '
    play 46 . --policy rr --quantum 1
    sees "[.processes[].finish] == [4, 18, 17, 20, 15]"
    play 46 . --policy sjf
    sees "[.processes[].finish] == [3, 9, 15, 20, 11]"
    play 46 . --policy srtf
    sees "[.processes[].finish] == [3, 15, 8, 20, 10]"
'

test_that '47: the shortest first, or the lorry last, and all wait less' '
    play 47 . --policy sjf
    sees ".metrics.avg_waiting == 3 and .end == 18 and p(\"lorry\").waiting == 6"
    play 47 ".processes |= .[1:] + .[:1]"
    sees ".metrics.avg_waiting == 3 and .end == 18"
'

test_that '47: one tick too late sjf does not help, srtf does' '
    play 47 ".processes[1:][].arrival = 1" --policy sjf
    sees ".metrics.avg_waiting == 9.75"
    play 47 ".processes[1:][].arrival = 1" --policy srtf
    sees ".metrics.avg_waiting == 3"
'

test_that '48: no other policy has a shorter average turnaround' '
    for policy in fcfs sjf hrrn rr priority mlfq lottery stride cfs eevdf \
        edf rm xv6; do
        play 48 . --policy $policy
        sees ".metrics.avg_turnaround > 9"
    done
    play 48 . --policy sjf
    sees ".metrics.avg_turnaround == 10"
    play 48 . --policy fcfs
    sees ".metrics.avg_turnaround == 11"
'

test_that '49: who knows the truth takes C at 12, who believes 2 at 5' '
    play 49 "del(.scheduler.estimate)"
    sees "p(\"C\").first_run == 12 and p(\"A\").finish == 23 and .end == 28"
    play 49 ".scheduler.estimate.initial = 2"
    sees "p(\"C\").first_run == 5 and p(\"C\").finish == 28"
'

test_that '50: sjf keeps L waiting to the end, fcfs all the short ones' '
    play 50 . --policy sjf
    sees "p(\"L\").waiting == 11 and p(\"L\").finish == .end"
    play 50 . --policy fcfs
    sees "p(\"L\").first_run == 4 and [.processes[2:][].waiting] == [8, 8, 8, 8]"
'

test_that '51: a quantum of 100 switches twice, of 1 half of the time' '
    play 51 . --quantum 100
    sees ".end == 20 and .metrics.context_switches == 2"
    sees "p(\"C\").first_run == 16 + 2"
    play 51 . --quantum 1
    sees ".end == 35 and .metrics.context_switches == 17"
    sees "p(\"C\").first_run == 4 and p(\"C\").finish == 11"
    play 51 . --quantum 2
    sees "p(\"C\").finish == 8"
'

test_that '52: in a queue B waits for 4 ticks and is done at 13' '
    play 52 . --policy rr --quantum 1
    sees "p(\"B\").waiting == 4 and p(\"B\").finish == 13"
'

test_that '53: with aging L runs at 12 and is done at 15' '
    play 53 ".scheduler.aging = {every: 3, by: 1}"
    sees "p(\"L\").first_run == 12 and p(\"L\").finish == 15 and .end == 23"
'

test_that '54: with inheritance H is done at 13, and M waits' '
    play 54 ".scheduler.inherit = true"
    sees "p(\"L\").finish == 10 and p(\"H\").finish == 13"
    sees "p(\"M\").first_run == 13"
'

test_that '55: without inheritance X runs first, and H is done at 24' '
    play 55 ".scheduler.inherit = false"
    sees "p(\"X\").finish == 15 and p(\"L\").finish == 18"
    sees "p(\"H\").finish == 24 and .end == 24"
'

test_that '56: with quanta of 1 E is done at 11, and all switch more' '
    play 56 .
    jq .metrics.context_switches out >before
    play 56 ".scheduler.levels[].quantum = 1"
    sees "[.processes[].finish] == [4, 20, 16, 19, 11]"
    sees ".metrics.context_switches > $(cat before)"
'

test_that '57: under fcfs the second key is answered 12 ticks late' '
    play 57 . --policy fcfs
    sees "[.gantt[] | select(.process == \"editor\") | .start][:2] == [0, 17]"
    sees "p(\"editor\").waiting == 12"
    play 57 .
    sees "[.gantt[] | select(.process == \"editor\") | .start] == [0, 5, 10, 15]"
'

test_that '58: if what was used before the I/O counts, fox is done at 34' '
    play 58 ".scheduler.io_keeps_slice = false"
    sees "p(\"honest\").finish == 16 and p(\"fox\").finish == 34"
'

test_that '59: without a boost C is done at 32, last of all' '
    play 59 ".scheduler.boost = 0"
    sees "[.processes[].finish] == [25, 27, 32]"
'

# shares: the CPU time of A, B and C.
shares="[.processes[].cpu]"

test_that '60: dice decide, each seed in its own way' '
    for seed in 1 2 3 4 5; do
        play 60 "del(.scheduler.draws)" --seed $seed
        jq -c .gantt out
    done >seen
    test "$(sort -u seen | wc -l)" -gt 3
'

# 7000 draws: 5 times the standard deviation of the share of A is 414 ticks.
test_that '60: in the long run the shares are nearly 4 : 2 : 1' '
    for seed in 1 2 3; do
        play 60 "del(.scheduler.draws) |
                 .processes[].program[0].cpu *= 1000" --seed $seed --until 14000
        sees "$shares | (.[0] - 8000 | fabs) < 414 and
              (.[1] - 4000 | fabs) < 414 and (.[2] - 2000 | fabs) < 414"
    done
'

test_that '61: at 14 the shares are exact, and with a lottery hardly ever' '
    play 61 . --until 14
    sees "$shares == [8, 4, 2]"
    for seed in 1 2 3 4 5; do
        play 61 . --policy lottery --seed $seed --until 14
        jq -c "$shares" out
    done >seen
    grep -qvxF "[8,4,2]" seen
'

test_that '62: only the difference between two nices counts' '
    play 62 .
    jq .gantt out >before
    play 62 ".processes[0].nice = 5 | .processes[1].nice = 10"
    jq .gantt out | diff before -
    play 62 ".processes[1].nice = 0"
    sees "p(\"B\").finish == 2 * 12"
'

test_that '63: with a min_granularity of 3 S waits for ends of slices' '
    play 63 ".scheduler.min_granularity = 3"
    sees "p(\"S\").finish == 26 and p(\"S\").waiting == 10"
'

test_that '64: with a slice of 1 C begins at 11, and the shares stay' '
    play 64 ".scheduler.slice = 1"
    sees "p(\"C\").first_run == 11"
    play 64 ".scheduler.slice = 1" --until 10
    sees "$shares[:2] == [7, 3]"
    play 64 . --until 10
    sees "$shares[:2] == [7, 3]"
'

# jobs_of NAME: when its jobs were done.
jobs_of()
{
    echo "[.events[] | select(.process == \"$1\" and .op == \"cpu\") | .t]"
}

test_that '65: edf is in time, and so is rm with one tick less' '
    play 65 .
    sees "$(jobs_of B) == [17, 29] and $(jobs_of A) == [5, 15, 25]"
    play 65 . --policy edf
    sees "$(jobs_of B) == [12, 29] and $(jobs_of A) == [5, 17, 25]"
    play 65 ".processes[1].program[0].cpu = 6"
    sees "$(jobs_of B) == [16, 27] and $(jobs_of A) == [5, 15, 25]"
'

test_that '66: without X all are in time; by priority only X is late' '
    play 66 "del(.processes[4])"
    sees "[.processes[].finish] == [3, 6, 9, 12]"
    play 66 . --policy priority
    sees "[.processes[].finish] == [3, 6, 9, 12, 14]"
'

test_that '67: stealing ends at 12, one queue for both at 10' '
    play 67 ".scheduler.steal = true"
    sees ".end == 12 and any(.gantt[]; .process == \"C\" and .cpu == 1 and
          .start == 4)"
    play 67 ".scheduler.queues = \"shared\""
    sees ".end == 10 and .metrics.cpu_utilization == 1"
'

test_that '68: unbound all is done at 9, with D bound as well at 13' '
    play 68 "del(.processes[].affinity)"
    sees ".end == 9 and p(\"B\").first_run == 0"
    play 68 ".processes[3].affinity = [0]"
    sees ".end == 13"
'

test_that '69: free moves end at 10, none at 12, one that pays at 10' '
    play 69 . --set machine.migration=0
    sees ".end == 10"
    play 69 ".scheduler.queues = \"per-cpu\""
    sees ".end == 12"
    play 69 ".scheduler += {queues: \"per-cpu\", steal: true}"
    sees ".end == 10"
    play 69 . --quantum 6
    sees ".end == 12"
'

test_done
