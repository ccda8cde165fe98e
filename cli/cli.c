/* cli.c: from main to a command: read the arguments, find the command, help. */
#include "cli/cli.h"

#include "cli/files.h"
#include "cli/load.h"
#include "cli/out.h"
#include "cli/pages.h"

#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* ------------------------------------------------------------- sentences */

enum { SENTENCE_MOST = 600 };

/* What somebody has given may be as long as he likes; a sentence with it is cut
 * in the middle, so that what is wrong and what to do can be read. */
static void add_sentence(struct str *line, const struct str *s)
{
    const char *text = str_text(s);
    size_t head = s->length, tail = s->length;
    if (s->length > SENTENCE_MOST) {
        head = SENTENCE_MOST / 2;
        tail = s->length - SENTENCE_MOST / 2;
        while (head && ((unsigned char)text[head] & 0xc0) == 0x80)
            head--;
        while (tail < s->length && ((unsigned char)text[tail] & 0xc0) == 0x80)
            tail++;
    }
    str_add_shown(line, text, head);
    if (tail > head)
        str_add(line, " … ");
    str_add_shown(line, text + tail, s->length - tail);
}

static void vsay(struct str *to, enum lang lang, enum word kind, enum word w,
                 va_list args)
{
    struct str s = {0}, line = {0};
    str_addf(&s, "timeslice: %s", word(kind, lang));
    str_vaddf(&s, word(w, lang), args);
    add_sentence(&line, &s);
    str_add_char(&line, '\n');
    if (to)
        str_add_bytes(to, line.text, line.length);
    else
        fputs(line.text, stderr);
    str_free(&line);
    str_free(&s);
}

void complain_to(struct str *to, enum lang lang, enum word w, ...)
{
    va_list args;
    va_start(args, w);
    vsay(to, lang, W_CLI_ERROR, w, args);
    va_end(args);
}

void complain(enum lang lang, enum word w, ...)
{
    va_list args;
    va_start(args, w);
    vsay(NULL, lang, W_CLI_ERROR, w, args);
    va_end(args);
}

void note(enum lang lang, enum word w, ...)
{
    va_list args;
    va_start(args, w);
    vsay(NULL, lang, W_CLI_NOTE, w, args);
    va_end(args);
}

enum status fail(enum status s, enum lang lang, enum word w, ...)
{
    va_list args;
    va_start(args, w);
    vsay(NULL, lang, W_CLI_ERROR, w, args);
    va_end(args);
    return s;
}

/* ------------------------------------------------------------------ help */

static void add_padded(struct str *out, const char *text, int columns)
{
    str_add(out, text);
    for (int n = utf8_columns(text); n < columns; n++)
        str_add_char(out, ' ');
}

enum { OPTION_COLUMNS = 24, COMMAND_COLUMNS = 10 };

static void write_options(uint64_t which, enum lang lang, struct str *out)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_about *a = &option_table[i];
        if (!(which >> i & 1))
            continue;
        struct str left = {0};
        if (a->letter)
            str_addf(&left, "-%c, ", a->letter);
        str_addf(&left, "--%s%s%s", a->name, a->argument[0] ? " " : "",
                 a->argument);
        str_add(out, "  ");
        add_padded(out, left.text, OPTION_COLUMNS);
        str_addf(out, "  %s\n", word(a->about, lang));
        str_free(&left);
    }
}

static void write_program_help(enum lang lang, struct str *out)
{
    str_addf(out, "%s\n\n%s\n", word(W_CLI_ABOUT, lang),
             word(W_CLI_USAGE_PROGRAM, lang));
    str_addf(out, "\n%s\n", word(W_CLI_HEAD_COMMANDS, lang));
    for (int i = 0; i < command_count; i++) {
        if (commands[i]->hidden)
            continue;
        str_add(out, "  ");
        add_padded(out, commands[i]->name, COMMAND_COLUMNS);
        str_addf(out, "  %s\n", word(commands[i]->summary, lang));
    }
    str_addf(out, "\n%s\n", word(W_CLI_HEAD_OPTIONS_ALL, lang));
    write_options(OPTIONS_OF_ALL, lang, out);
    str_addf(out, "\n%s\n", word(W_CLI_HELP_MORE, lang));
}

void help_write(const struct command *c, enum lang lang, struct str *out)
{
    if (!c) {
        write_program_help(lang, out);
        return;
    }
    str_addf(out, word(W_CLI_USAGE, lang), c->name, c->operands);
    str_addf(out, "\n\n%s\n\n%s\n", word(c->summary, lang),
             word(W_CLI_HEAD_OPTIONS, lang));
    write_options(c->options | OPTIONS_OF_ALL, lang, out);
    if (c->formats)
        str_addf(out, word(W_CLI_FORMATS, lang), c->formats);
    str_addf(out, "\n%s\n", word(W_CLI_EXIT_STATUS, lang));
}

/* -------------------------------------------------------------- dispatch */

static enum status print(const struct options *o, struct str *text)
{
    struct out out;
    out_open(&out, NULL, o->lang);
    str_add_bytes(&out.text, str_text(text), text->length);
    str_free(text);
    return out_close(&out, STATUS_WELL);
}

/* Whether what is read there is that file; "-" may be any. */
static bool is_read_from(const char *operand, const char *path)
{
    struct stat from, to;
    if (strcmp(operand, "-") != 0)
        return file_is_same(operand, path);
    return fstat(STDIN_FILENO, &from) == 0 && stat(path, &to) == 0 &&
           from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

/* Whether the result would take the place of a file that is read. */
static bool is_over_itself(const struct options *o)
{
    struct stat to;
    const char *path = o->value[OPTION_OUTPUT];
    if (!path || stat(path, &to) != 0 || !S_ISREG(to.st_mode))
        return false;
    for (int i = 0; i < o->operand_count; i++)
        if (is_read_from(o->operands[i], path))
            return true;
    return false;
}

static enum status run_command(const struct options *o)
{
    struct str text = {0};
    if (option_given(o, OPTION_HELP)) {
        help_write(o->command, o->lang, &text);
        return print(o, &text);
    }
    if (option_given(o, OPTION_VERSION)) {
        str_add(&text, "timeslice " TIMESLICE_VERSION "\n");
        return print(o, &text);
    }
    if (is_over_itself(o))
        return fail(STATUS_USAGE, o->lang, W_CLI_OUT_ITSELF,
                    o->value[OPTION_OUTPUT]);
    return o->command->run(o);
}

/* A scenario may ask for more than there is. It shall be refused, here, and not
 * make the machine take memory from whatever else runs on it. Sanitizers take
 * terabytes for themselves. */
static void bound_memory(void)
{
    struct rlimit data;
    long long page = sysconf(_SC_PAGESIZE), pages = sysconf(_SC_PHYS_PAGES);
    if (SANITIZED || page <= 0 || pages <= 0 ||
        getrlimit(RLIMIT_DATA, &data) < 0)
        return;
    rlim_t most = (rlim_t)(pages / 3 * page);
    if (data.rlim_cur == RLIM_INFINITY || data.rlim_cur > most)
        data.rlim_cur = most;
    setrlimit(RLIMIT_DATA, &data);
}

int cli_main(int argc, char **argv)
{
    struct options o;
    bound_memory();
    pages_begin();
    out_prepare();
    enum status s =
        options_read(&o, argc, argv) ? run_command(&o) : STATUS_USAGE;
    options_free(&o);
    return (int)s;
}
