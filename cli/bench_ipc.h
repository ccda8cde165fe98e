/* bench-ipc: the parts of the command. */
#ifndef TIMESLICE_BENCH_IPC_H
#define TIMESLICE_BENCH_IPC_H

#include "cli/cli.h"
#include "ipc/bench.h"
#include "sim/base/figures.h"

/* ---- what is to be measured (bench_plan.c) ---- */

/* From --sizes, --mechanisms, --pin and --quick; false after a sentence. */
bool bench_plan(const struct options *o, struct bench_settings *s,
                enum status *status);

/* The sentence for a run that broke off. */
void bench_say_trouble(const struct options *o, const struct bench_trouble *t,
                       struct str *out);

/* ---- files (bench_csv.c) ---- */

void bench_write_csv(const struct figures *f, struct str *out);

/* Reads what bench_write_csv writes. False after complaints to stderr. */
bool bench_read_csv(const struct options *o, const char *path,
                    struct figures *f);

/* ---- for people, and for programs (bench_text.c, bench_json.c) ---- */

void bench_write_text(const struct figures *f, const struct options *o,
                      struct str *out);
void bench_write_chart(const struct figures *f, const struct options *o,
                       struct str *out);
void bench_write_json(const struct figures *f, struct str *out);

/* ---- pictures (bench_window.c) ---- */

/* Draws the charts to `path`. */
enum status bench_png(const struct options *o, const struct figures *f,
                      const char *path);

/* The window; `b` measures into it, NULL: `f` is shown. */
enum status bench_window(const struct options *o, const struct figures *f,
                         struct bench *b);

#endif
