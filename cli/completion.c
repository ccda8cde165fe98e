/* completion.c: `timeslice completion bash`: what the shell may offer behind
 * `timeslice` when Tab is pressed. Commands, their options and what an option
 * may be are written from the tables that the program reads its arguments
 * with; the lessons are asked for when Tab is pressed. assets/timeslice.bash is
 * what this prints; a test holds the two together.
 *
 *     source <(timeslice completion bash)        # or as installed */
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/out.h"
#include "sim/base/figures.h"
#include "sim/policy/policy.h"

#include <string.h>

/* The words of "en|zh", with blanks between them; "" if it is no such list. */
static void add_choices(const char *argument, struct str *out)
{
    if (!strchr(argument, '|'))
        return;
    for (const char *p = argument; *p; p++)
        str_add_char(out, *p == '|' ? ' ' : *p);
}

static void write_commands(struct str *out)
{
    str_add(out, "_timeslice_commands='");
    for (int i = 0, n = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            str_addf(out, "%s%s", n++ ? " " : "", commands[i]->name);
    str_add(out, "'\n\n");
}

/* The options of a command as a case of the shell. */
static void write_options(const struct command *c, struct str *out)
{
    uint64_t all = c->options | OPTIONS_OF_ALL;
    str_addf(out, "    %s) echo '", c->name);
    for (int i = 0, n = 0; i < OPTION_COUNT; i++)
        if (all >> i & 1)
            str_addf(out, "%s--%s", n++ ? " " : "", option_table[i].name);
    str_add(out, "' ;;\n");
}

static void write_options_of(struct str *out)
{
    str_add(out, "_timeslice_options()\n{\n    case $1 in\n");
    for (int i = 0; i < command_count; i++)
        if (!commands[i]->hidden)
            write_options(commands[i], out);
    str_add(out, "    esac\n}\n\n");
}

static void write_kinds(struct str *out)
{
    str_add(out, "    *' --to') echo '");
    for (int i = 0; export_built(i); i++)
        str_addf(out, "%s%s", i ? " " : "", export_built(i));
    str_add(out, "' ;;\n");
}

/* What may follow an option: the cases are "COMMAND --OPTION". */
static void write_values_of(struct str *out)
{
    str_add(out, "_timeslice_values()\n{\n    case \"$1 $2\" in\n");
    for (int i = 0; i < command_count; i++)
        if (!commands[i]->hidden && commands[i]->formats)
            str_addf(out, "    '%s --format') echo '%s' ;;\n",
                     commands[i]->name, commands[i]->formats);
    for (int i = 0; i < OPTION_COUNT; i++) {
        struct str words = {0};
        add_choices(option_table[i].argument, &words);
        if (words.length)
            str_addf(out, "    *' --%s') echo '%s' ;;\n",
                     option_table[i].name, str_text(&words));
        str_free(&words);
    }
    write_kinds(out);
    str_add(out, "    *' --mechanisms') echo '");
    for (int w = 0; w < WAY_COUNT; w++)
        str_addf(out, "%s%s", w ? " " : "", way_table[w].name);
    str_add(out, "' ;;\n");
    str_add(out, "    *' --policy' | *' --policies') echo '");
    for (int i = 0; i < POLICY_COUNT; i++)
        str_addf(out, "%s%s", i ? " " : "", policies_all[i]->name);
    str_add(out, "' ;;\n");
    str_add(out, "    *) return 1 ;;\n    esac\n}\n\n");
}

/* The shell's side of it. `=` is a word of its own to bash. */
static const char rest[] =
    "_timeslice_files()\n"
    "{\n"
    "    compgen -d -- \"$2\"\n"
    "    compgen -f -X '!*.json' -- \"$2\"\n"
    "    compgen -W \"$(\"$1\" list --format json 2>/dev/null |\n"
    "        sed -n 's/.*\"name\": \"\\([^\"]*\\)\".*/\\1/p')\" -- \"$2\"\n"
    "}\n"
    "\n"
    "_timeslice()\n"
    "{\n"
    "    local current=${COMP_WORDS[COMP_CWORD]}\n"
    "    local before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local command='' word values\n"
    "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do\n"
    "        case \" $_timeslice_commands \" in\n"
    "        *\" $word \"*) command=$word; break ;;\n"
    "        esac\n"
    "    done\n"
    "    if [ \"$current\" = = ]; then\n"
    "        current=\n"
    "    elif [ \"$before\" = = ]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    if [[ $before == -o || $before == --output || $before == --png ||\n"
    "        $before == --from ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
    "    elif values=$(_timeslice_values \"$command\" \"$before\"); then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$current\")\n"
    "    elif [[ $current == -* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen \\\n"
    "            -W \"$(_timeslice_options \"${command:-view}\")\" "
    "-- \"$current\")\n"
    "    else\n"
    "        mapfile -t COMPREPLY < <(\n"
    "            [ -n \"$command\" ] ||\n"
    "                compgen -W \"$_timeslice_commands\" -- \"$current\"\n"
    "            _timeslice_files \"$1\" \"$current\")\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -o filenames -F _timeslice timeslice\n";

static enum status completion_run(const struct options *o)
{
    struct out out;
    if (strcmp(o->operands[0], "bash") != 0)
        return fail(STATUS_USAGE, o->lang, W_CLI_NO_SHELL, o->operands[0]);
    if (!out_open(&out, o->value[OPTION_OUTPUT], o->lang))
        return STATUS_MACHINE;
    str_add(&out.text, "# bash completion of timeslice; generated by "
                       "`timeslice completion bash`; do not edit\n");
    write_commands(&out.text);
    write_options_of(&out.text);
    write_values_of(&out.text);
    str_add(&out.text, rest);
    return out_close(&out, STATUS_WELL);
}

const struct command command_completion = {
    .name = "completion",
    .summary = W_CLI_COMPLETION,
    .operands = "SHELL",
    .least = 1,
    .most = 1,
    .options = OPTION_BIT(OUTPUT),
    .hidden = true,
    .run = completion_run,
};
