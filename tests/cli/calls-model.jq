# The calls of a run (`run --format json`) as lines: process, call, result; and
# at the end how the process ended. What is a result that the kernel may choose
# (ids, addresses, pids) is "ok".
def call: if IN("P", "V") then "semop" else . end;
def result:
  if .ret < 0 then .errno
  elif .op | IN("read", "write", "msgrcv", "open", "dup") then "\(.ret)"
  else "ok" end;
(.events[]
 | select(.event == "op" and (.op | IN("cpu", "sleep", "until", "io", "set",
     "add", "repeat", "store", "load", "yield") | not))
 | [.process, (.op | call), result]),
(.processes[] | select(.exit != null)
 | [.name, "end", (.exit.signal // "\(.exit.code)")])
| join(" ")
