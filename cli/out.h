/* Where results go: standard output, or a file that is there complete or not
 * at all.
 *
 * A file takes its place when all is well (files.h), so that a full disk, a
 * signal or a failure leaves what was there before, and nothing else. A device
 * or a FIFO is written as it is.
 *
 * A reader of standard output that goes away (`| head`) has seen enough: that
 * is no error, and out_wanted says so to whoever could stop working. */
#ifndef TIMESLICE_OUT_H
#define TIMESLICE_OUT_H

#include "cli/cli.h"
#include "cli/files.h"
#include "sim/base/str.h"

struct out {
    struct str text; /* append here; out_flush sends it */
    enum lang lang;
    int fd;
    const char *path; /* NULL: standard output */
    bool replaces;    /* what is at the path when all is well, by … */
    struct new_file file;
    int error;        /* errno of the first failure, 0: none */
};

/* `path` NULL or "-": standard output. False after one sentence:
 * STATUS_MACHINE. */
bool out_open(struct out *out, const char *path, enum lang lang);

/* Where the result can be opened now, for whoever writes to a path. Lives as long
 * as `out` is open. */
const char *out_path(const struct out *out);

/* Writes what has gathered; with `all` false only if it is worth it. */
void out_flush(struct out *out, bool all);

/* False when nobody will see what is still to come. */
bool out_wanted(const struct out *out);

/* Writes the rest and puts the file in its place. Gives `so_far`, or after
 * one sentence STATUS_MACHINE. With so_far = STATUS_USAGE or STATUS_MACHINE
 * the file is not put in its place. */
enum status out_close(struct out *out, enum status so_far);

/* Gives descriptors 0, 1 and 2 a meaning if the caller closed them, so that
 * no file of ours gets their numbers; and makes a write to a pipe that nobody
 * reads an error instead of a death. */
void out_prepare(void);

#endif
