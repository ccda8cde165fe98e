# What a Chrome trace must be, from "Trace Event Format"; $run is the same run
# as `run --format json`. Gives a sentence for each thing that is wrong.
def whole: type == "number" and . == floor and . >= 0;
def text: type == "string" and length > 0;
def track: "\(.pid)/\(.tid)";

def wrong_fields:
  if (.ph | IN("B", "E", "i", "C", "M", "s", "t", "f") | not) then "phase"
  elif ([.ts, .pid, .tid] | all(whole) | not) then "ts, pid, tid"
  elif .ph != "E" and (.name | text | not) then "name"
  elif .ph == "i" and (.s | IN("g", "p", "t") | not) then "scope"
  elif (.ph | IN("s", "t", "f")) and ([(.id | whole), (.cat | text)] | all | not)
    then "id, cat"
  elif (.ph | IN("t", "f")) and .bp != "e" then "bp"
  elif .ph == "C" and ([.args[]] | length > 0 and all(whole) | not)
    then "counter"
  elif .ph == "M" and (.name | IN("process_name", "thread_name") | not)
      and (.name | IN("process_sort_index", "thread_sort_index") | not)
    then "metadata"
  elif .ph == "M" and (.name | endswith("_name")) and (.args.name | text | not)
    then "metadata name"
  elif .ph == "M" and (.name | endswith("index"))
      and (.args.sort_index | whole | not) then "sort index"
  elif has("args") and (.args | type != "object") then "args"
  elif (keys_unsorted - ["ph", "ts", "pid", "tid", "name", "cat", "args", "id",
      "bp", "s"]) != [] then "unknown key"
  else empty end;

# Slices as brackets, per track, in the order of the file; with their lengths.
def walk_slices:
  reduce .traceEvents[] as $e ({open: {}, wrong: [], done: [], last: 0};
    ($e | track) as $k
    | if $e.ph == "M" then .
      else
        (if $e.ts < .last then .wrong += ["time goes back: \($e)"] else . end)
        | .last = $e.ts
        | if $e.ph == "B" then
            (if (.open[$k] | length) >= 2
             then .wrong += ["too deep: \($e)"] else . end)
            | .open[$k] += [$e]
          elif $e.ph == "E" then
            if (.open[$k] | length) == 0
            then .wrong += ["an end without a beginning: \($e)"]
            else .open[$k][-1] as $b
              | .done += [{track: $k, name: $b.name, cat: $b.cat,
                           us: ($e.ts - $b.ts), args: $e.args}]
              | .open[$k] |= .[:-1]
            end
          elif ($e.ph | IN("s", "t", "f")) and (.open[$k] | length) == 0
            then .wrong += ["an arrow outside of slices: \($e)"]
          else . end
      end)
  | .wrong += [.open | to_entries[] | select(.value != [])
               | "still open: \(.key)"];

def wrong_arrows:
  [.traceEvents[] | select(.ph | IN("s", "t", "f"))] | group_by(.id)[]
  | if (map(.ph) | join("") | test("^st*f$") | not) then "arrow \(.[0])"
    elif (map([.name, .cat]) | unique | length) != 1 then "names \(.[0])"
    else empty end;

def total($done; $id; $name):
  [$done[] | select(.track == "2/\($id)" and .cat == "state" and .name == $name)
   | .us] | add // 0;

def wrong_contents($run; $done):
  ([.traceEvents[] | select(.name == "thread_name" and .pid == 2)
    | .args.name] | . != [$run.processes[].name]
    | select(.) | "processes are missing"),
  ([.traceEvents[] | select(.name == "thread_name" and .pid == 1)]
    | length != $run.cpus | select(.) | "CPUs are missing"),
  ($run.processes[] | . as $p
    | [["running", .cpu], ["ready", .waiting], ["blocked", .blocked]][]
    | select(total($done; $p.id; .[0]) != .[1] * 1000)
    | "\($p.name) \(.[0]): \(total($done; $p.id; .[0])) us, not \(.[1]) ticks"),
  ([$done[] | select(.cat == "op" and .args) | .args | [.process, .op, .ret]]
    | . != [$run.events[] | select(.event == "op") | [.process, .op, .ret]]
    | select(.) | "ops differ"),
  ([$done[] | select(.cat == "op" and .args) | .args.sentence]
    | all(text) | select(. | not) | "a call without a sentence"),
  ([$done[] | select(.cat == "cpu" and (.name | startswith("switch") | not))
    | .us] | add // 0
    | select(. != ([$run.processes[].cpu] | add) * 1000) | "CPU time"),
  (select(.otherData.microseconds_per_tick != 1000) | "the tick"),
  (select(.displayTimeUnit != "ms") | "the unit");

walk_slices as $walk
| (.traceEvents[] | wrong_fields as $w | "\($w): \(.)"),
  $walk.wrong[], wrong_arrows, wrong_contents($run; $walk.done)
