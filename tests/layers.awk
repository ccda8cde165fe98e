# Reads one C file (comments already gone) and complains about every #include
# that its place in the house does not allow. -v file=PATH from the root of
# the source, -v root=DIR.

BEGIN {
    base = "^sim/base/|^assets/words/"
    scenario = base "|^sim/scenario/"
    model = scenario "|^sim/model/"
    policy = model "|^sim/policy/"
    # Engine and mechanisms call each other through sim/sim.h.
    engine = policy "|^sim/sim\\.h$|^sim/engine/"
    mech = engine "|^sim/mech/"
    ipc = model "|^sim/sim\\.h$|^ipc/"
    predict = model "|^sim/predict/"
    render = predict "|^render/"

    may = "^$"
    if (file ~ /^sim\/base\//) may = base
    else if (file ~ /^sim\/scenario\//) may = scenario
    else if (file ~ /^sim\/model\//) may = model
    else if (file ~ /^sim\/policy\//) may = policy
    else if (file ~ /^sim\/predict\//) may = predict
    else if (file ~ /^sim\/engine\//) may = engine
    else if (file ~ /^sim\/mech\//) may = mech
    else if (file ~ /^sim\/[^\/]*$/) may = policy "|^sim/sim\\.h$"
    else if (file ~ /^ipc\//) may = ipc
    else if (file ~ /^render\//) may = render
    else if (file ~ /^cli\//) may = "^sim/|^ipc/|^render/|^cli/|^assets/"
    else if (file ~ /^assets\//) may = "^assets/"
    else if (file ~ /^tests\//) may = "."

    # What ISO C11 has; the clock, threads, signals and jumps are left out.
    iso = "^<(assert|ctype|errno|float|inttypes|iso646|limits|locale|math" \
          "|stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn" \
          "|string|tgmath|uchar|wchar|wctype)\\.h>$"
}

function complain(what)
{
    printf "%s:%d: error: %s\n", file, FNR, what
}

function own(name)
{
    if (system("test -f '" root "/" name "'") != 0)
        complain("\"" name "\" is not a path from the root of the source")
    else if (name !~ may)
        complain("\"" name "\" is not for this folder")
}

function system_header(name)
{
    if (name ~ /SDL/ && file !~ /^render\/(sdl(_in|_watch|_present)?|text)\.[ch]$/ &&
        file !~ /^tests\//)
        complain(name ": only render/sdl and render/text may know SDL")
    else if (name ~ /cJSON/ && file !~ /^(sim\/scenario|tests)\//)
        complain(name ": only sim/scenario reads JSON")
    else if (file ~ /^sim\// && name !~ iso && name !~ /cJSON/)
        complain(name ": sim/ is ISO C without clock, signals and threads")
}

/^[ \t]*#[ \t]*include/ {
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "")
    sub(/[ \t\r]*$/, "")
    if ($0 ~ /^"[^"]*"$/) own(substr($0, 2, length($0) - 2))
    else if ($0 ~ /^<[^>]*>$/) system_header($0)
    else complain("an #include must name its file")
}
