# Functions nobody may call here, and why. A table, one rule a line:
#   where (a pattern of paths) @ names @ why
. "$SRC/tests/test.sh"

rules='.@strcpy strcat stpcpy sprintf vsprintf gets@write past the end: use struct str
.@strncpy strncat@do not end what they cut: use struct str
.@strtok strerror_r@keep or choose hidden state
.@atoi atol atoll atof@cannot say that the text was no number: use strtol
^(sim|render|cli)/@sscanf scanf fscanf@overflow is undefined: use strtol
.@alloca@has no way to fail
.@setjmp longjmp sigsetjmp siglongjmp@hide where control goes
.@tmpnam tempnam mktemp@race with whoever guesses the name: use mkstemp
.@rand srand random srandom drand48@differ by system: use sim/base/rng.h
^(sim|ipc|render|cli)/@system popen@run a shell
^sim/@time clock clock_gettime gettimeofday nanosleep@the model has no clock
^sim/@getenv setlocale signal raise@the model sees nothing but its scenario
^(sim|render)/@printf puts putchar@only cli/ speaks to stdout
^(sim|ipc|render|cli)/@assert@use require or check (sim/base/promises.h)'

# banned ROOT: every call of a banned function below ROOT.
banned()
{
    (
        cd "$1"
        find sim ipc render cli tests -name '*.[ch]'
    ) 2>/dev/null | sort >files
    test -s files
    printf '%s\n' "$rules" >rules
    while read -r file; do
        awk -f "$SRC/tests/code.awk" "$1/$file" >code
        awk -F@ -v file="$file" '
            NR == FNR {
                if (file !~ $1) next
                n = split($2, name, " ")
                for (i = 1; i <= n; i++) why[name[i]] = $3
                next
            }
            {
                left = $0
                while (match(left, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
                    before = RSTART > 1 ? substr(left, RSTART - 1, 1) : ""
                    call = substr(left, RSTART, RLENGTH - 1)
                    sub(/[ \t]+$/, "", call)
                    if (before !~ /[.>]/ && call in why)
                        printf "%s:%d: error: %s: %s\n", file, FNR, call,
                            why[call]
                    left = substr(left, RSTART + RLENGTH)
                }
            }' rules code
    done <files >found
    cat found
    test ! -s found
}

test_that 'nobody calls a banned function' '
    banned "$SRC"
'

test_that 'every banned name is found where it is planted' '
    printf "%s\n" "$rules" | while IFS=@ read -r where names why; do
        case $where in
        *sim*) folder=sim/base ;;
        *) folder=ipc ;;
        esac
        for name in $names; do
            rm -rf house
            mkdir -p house/$folder
            printf "/* %s(1) */\nint x(void)\n{\n    return %s (1);\n}\n" \
                $name $name >house/$folder/x.c
            if banned house >said; then
                echo "$name was not found"
                exit 1
            fi
            test "$(cut -d: -f1-4 said)" = "$folder/x.c:4: error: $name"
        done
    done
'

test_that 'comments, strings, fields and longer names are no calls' '
    mkdir -p house/sim
    cat >house/sim/x.c <<-\END
	/* system(1) and
	 * strcpy(2) */
	const char *s = "gets(3) \" rand(4)"; // atoi(5)
	int my_time(struct clock *c) { return c->time(1) + c.rand(2); }
	int timeless(void); int n = (int)sizeof(time_t);
	END
    banned house
'

test_done
