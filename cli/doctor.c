/* doctor.c: `timeslice doctor`: what this machine allows. Everything is
 * tried, not guessed; what may do harm is tried in a child that is thrown
 * away. */
#include "cli/doctor.h"

#include "cli/chart.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/report.h"

#include <unistd.h>

static const struct {
    enum word what;
    probe *look;
} probes[] = {
    {W_CLI_D_KERNEL, probe_kernel},
    {W_CLI_D_PROC, probe_proc},
    {W_CLI_D_CPUS, probe_cpus},
    {W_CLI_D_FILES, probe_files},
    {W_CLI_D_PIPES, probe_pipes},
    {W_CLI_D_SYSV, probe_sysv},
    {W_CLI_D_NAMESPACES, probe_namespaces},
    {W_CLI_D_SECCOMP, probe_seccomp},
    {W_CLI_D_SWEEPER, probe_sweeper},
    {W_CLI_D_PTRACE, probe_ptrace},
    {W_CLI_D_SYSCALL, probe_syscall},
    {W_CLI_D_LIVE, probe_live},
    {W_CLI_D_DISPLAY, probe_display},
    {W_CLI_D_FONTS, probe_fonts},
    {W_CLI_D_SDL, probe_sdl},
    {W_CLI_D_LESSONS, probe_lessons},
};

enum { PROBES = sizeof probes / sizeof *probes };

void finding_set(struct finding *f, enum health health, enum word remedy)
{
    f->health = health;
    f->remedy = remedy;
}

static void write_finding(const struct finding *f, enum word what, int width,
                          bool colours, struct str *out)
{
    static const enum word words[] = {[HEALTH_OK] = W_CLI_D_OK,
                                      [HEALTH_LIMITED] = W_CLI_D_LIMITED,
                                      [HEALTH_MISSING] = W_CLI_D_MISSING};
    static const char *const colour[] = {[HEALTH_OK] = "\033[32m",
                                         [HEALTH_LIMITED] = "\033[33m",
                                         [HEALTH_MISSING] = "\033[31m"};
    str_add(out, colours ? colour[f->health] : "");
    add_cell(out, word(words[f->health], f->lang), 8, false);
    str_add(out, colours ? "\033[0m" : "");
    add_cell(out, word(what, f->lang), width + 2, false);
    str_addf(out, "%s\n", str_text(&f->text));
    if (f->health != HEALTH_OK) {
        add_cell(out, "", 8, false);
        str_addf(out, "-> %s\n", word(f->remedy, f->lang));
    }
}

static enum status doctor_run(const struct options *o)
{
    struct out out;
    int width = 0;
    bool live = true, colours = report_colours(STDOUT_FILENO);
    out_open(&out, NULL, o->lang);
    for (int i = 0; i < PROBES; i++) {
        int n = utf8_columns(word(probes[i].what, o->lang));
        width = n > width ? n : width;
    }
    for (int i = 0; i < PROBES; i++) {
        struct finding f = {.lang = o->lang};
        out_flush(&out, true); /* the probe may fork */
        probes[i].look(&f);
        write_finding(&f, probes[i].what, width, colours, &out.text);
        live = live && !f.no_live;
        str_free(&f.text);
    }
    str_addf(&out.text, "\n%s\n",
             word(live ? W_CLI_D_CAN_LIVE : W_CLI_D_NO_LIVE, o->lang));
    return out_close(&out, live ? STATUS_WELL : STATUS_MACHINE);
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = W_CLI_DOCTOR,
    .operands = "",
    .run = doctor_run,
};
