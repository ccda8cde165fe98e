#include "cli/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct format *format_named(const char *name)
{
    static const struct format *const formats[] = {
        &format_text, &format_json, &format_ndjson, &format_csv};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

void report_begin(struct report *r, const struct options *o,
                  const struct scenario *sc, const struct trace *tr,
                  struct out *out)
{
    *r = (struct report){.o = o, .scenario = sc, .out = out};
    teller_begin(&r->teller, sc, tr);
}

/* The divergence of a line: all of it but its kind. */
static void keep_divergence(struct report *r)
{
    struct str one = {0};
    line_write_json(&r->teller.line, &one);
    static const char kind[] = ", \"event\": \"divergence\"";
    const char *at = strstr(one.text, kind);
    str_add(&r->divergences, r->divergences.length ? ", " : "");
    str_add_bytes(&r->divergences, one.text, (size_t)(at - one.text));
    str_add(&r->divergences, at + sizeof kind - 1);
    str_free(&one);
}

void report_take(struct report *r, const struct format *f)
{
    r->teller.quiet = !f->lines;
    while (out_wanted(r->out) && teller_next(&r->teller)) {
        const struct event *e = trace_at(r->teller.trace, r->teller.at - 1);
        if (e->kind == EV_DIVERGE)
            keep_divergence(r);
        if (f->event)
            f->event(r, e);
        out_flush(r->out, false);
    }
}

void report_free(struct report *r)
{
    teller_free(&r->teller);
    spans_free(&r->spans);
    str_free(&r->events);
    str_free(&r->divergences);
    if (r->chrome)
        chrome_free(r->chrome);
    free(r->chrome);
}

int report_columns(void)
{
    struct winsize size;
    enum { LEAST = 40, MOST = 1000, USUAL = 80 };
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col)
        return USUAL;
    return size.ws_col < LEAST  ? LEAST
           : size.ws_col > MOST ? MOST
                                : size.ws_col;
}

bool report_colours(int fd)
{
    const char *no = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(fd) && !(no && no[0]) && terminal &&
           strcmp(terminal, "dumb") != 0;
}
