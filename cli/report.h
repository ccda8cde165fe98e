/* What comes out of a run: text, json, ndjson or csv.
 *
 * A format is a constant record. A run hands every event to it as it comes
 * and calls `end` when no more will come; ndjson writes at once and keeps
 * nothing, the others write at the end. */
#ifndef TIMESLICE_REPORT_H
#define TIMESLICE_REPORT_H

#include "cli/chrome.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/spans.h"
#include "cli/tell.h"

struct report {
    const struct options *o;
    const struct scenario *scenario;
    bool live;            /* real processes took part */
    struct out *out;
    struct teller teller; /* its world is that of the end, at the end */
    struct spans spans;
    struct str events;       /* json: the list so far */
    struct str divergences;  /* live: the list so far */
    enum status failed; /* of the format itself; its end says so, with a
                           sentence; STATUS_WELL: nothing has */
    void *whose;             /* for a format of the caller's own */
    struct chrome *chrome;   /* export --to chrome: what is gathered */
};

struct format {
    const char *name;
    bool lines;  /* reads the teller's lines */
    bool whole;  /* needs the whole trace at the end */
    void (*event)(struct report *r, const struct event *e); /* may be NULL */
    void (*end)(struct report *r);
};

extern const struct format format_text, format_json, format_ndjson,
    format_csv, format_events_csv, format_metrics_csv, format_chrome,
    format_c;

/* The format of that name; NULL if there is none. */
const struct format *format_named(const char *name);

void report_begin(struct report *r, const struct options *o,
                  const struct scenario *sc, const struct trace *tr,
                  struct out *out);

/* Hands everything that has come since the last call to the format. */
void report_take(struct report *r, const struct format *f);

void report_free(struct report *r);

/* What a JSON report is put together from, without braces and commas around
 * it (report_json.c). The spans have ended. */
void json_write_head(const struct report *r, struct str *out);
/* `between` separates the entries of the list. */
void json_write_processes(const struct report *r, const char *between,
                          struct str *out);
void json_write_metrics(const struct report *r, struct str *out);
void json_write_gantt(const struct report *r, struct str *out);
void json_write_live(const struct report *r, struct str *out);

/* The characters a chart may be wide: of the terminal, or 80. */
int report_columns(void);

/* Whether what goes to `fd` may have colours (a terminal, no NO_COLOR). */
bool report_colours(int fd);

#endif
