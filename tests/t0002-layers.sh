# Who may include whom: the rules are in tests/layers.awk, the folders and the
# reasons in the README. Every rule is also broken on purpose in a copy.
. "$SRC/tests/test.sh"

# layers ROOT: every forbidden #include below ROOT, as file:line: error: …
# Fails if there is one, or nothing to look at.
layers()
{
    (
        cd "$1"
        find sim ipc render cli tests assets -name '*.[ch]' -o -name '*.def'
    ) 2>/dev/null | sort >files
    test -s files
    while read -r file; do
        awk -v keep_strings=1 -f "$SRC/tests/code.awk" "$1/$file" |
            awk -v file="$file" -v root="$1" -f "$SRC/tests/layers.awk"
    done <files >found
    cat found
    test ! -s found
}

# plant FILE INCLUDE: a file in the little house ./house with one #include.
plant()
{
    mkdir -p "house/$(dirname "$1")"
    printf '/* %s */\n#include %s\n' "$1" "$2" >"house/$1"
}

# house: one header in every folder, so that paths exist.
house()
{
    for name in sim/base/str sim/scenario/program sim/model/world sim/sim \
        sim/policy/policy sim/engine/engine sim/mech/pipe ipc/lab \
        render/ui render/sdl cli/cli; do
        plant $name.h '<stddef.h>'
    done
}

# refused FILE INCLUDE, allowed FILE INCLUDE
refused()
{
    house
    plant "$1" "$2"
    if layers house >said; then
        echo "$1 may include $2, and should not"
        return 1
    fi
    cat said
    test "$(cut -d: -f1,2 said)" = "$1:2"
    rm "house/$1"
}

allowed()
{
    house
    plant "$1" "$2"
    layers house
    rm "house/$1"
}

test_that 'every file includes only what its folder may' '
    layers "$SRC"
'

test_that 'an include of a higher layer is found with its file and line' '
    refused sim/base/x.c     "\"sim/scenario/program.h\""
    refused sim/scenario/x.c "\"sim/model/world.h\""
    refused sim/model/x.h    "\"sim/policy/policy.h\""
    refused sim/policy/x.c   "\"sim/engine/engine.h\""
    refused sim/policy/x.c   "\"sim/sim.h\""
    refused sim/engine/x.c   "\"sim/mech/pipe.h\""
    refused sim/x.c          "\"sim/engine/engine.h\""
    refused sim/mech/x.c     "\"ipc/lab.h\""
    refused sim/mech/x.c     "\"render/ui.h\""
    refused sim/base/x.def   "\"cli/cli.h\""
'

test_that 'lab and picture never meet, and nobody includes the command line' '
    refused ipc/mech/x.c     "\"render/ui.h\""
    refused ipc/x.c          "\"sim/engine/engine.h\""
    refused render/panel/x.c "\"ipc/lab.h\""
    refused render/x.c       "\"sim/sim.h\""
    refused render/export/x.c "\"cli/cli.h\""
    refused ipc/x.c          "\"cli/cli.h\""
'

test_that 'only render/sdl and render/text know SDL' '
    refused render/panel/x.c "<SDL.h>"
    refused render/canvas.c  "<SDL2/SDL_ttf.h>"
    refused cli/x.c          "<SDL.h>"
    refused ipc/x.c          "<SDL.h>"
    allowed render/sdl.c     "<SDL.h>"
    allowed render/text.c    "<SDL_ttf.h>"
'

test_that 'the model is ISO C, and only the loader knows cJSON' '
    refused sim/mech/x.c     "<unistd.h>"
    refused sim/base/x.c     "<sys/types.h>"
    refused sim/engine/x.c   "<time.h>"
    refused sim/engine/x.c   "<signal.h>"
    refused sim/model/x.c    "<cjson/cJSON.h>"
    refused render/x.c       "<cjson/cJSON.h>"
    allowed sim/scenario/x.c "<cjson/cJSON.h>"
    allowed ipc/x.c          "<unistd.h>"
'

test_that 'an include names its file from the root of the source' '
    refused sim/base/x.c     "\"str.h\""
    refused sim/base/x.c     "\"../base/str.h\""
    refused sim/base/x.c     "HEADER"
    refused render/x.c       "\"render/nowhere.h\""
'

test_that 'what the house allows is not refused' '
    allowed sim/engine/x.c   "\"sim/policy/policy.h\""
    allowed sim/engine/x.c   "\"sim/sim.h\""
    allowed sim/mech/x.c     "\"sim/engine/engine.h\""
    allowed ipc/mech/x.c     "\"sim/sim.h\""
    allowed ipc/mech/x.c     "\"ipc/lab.h\""
    allowed render/panel/x.c "\"sim/model/world.h\""
    allowed cli/x.c          "\"ipc/lab.h\""
    house
    printf "/* #include \"ipc/lab.h\"\n#include <SDL.h> */\n" >house/sim/base/x.c
    layers house
'

test_done
