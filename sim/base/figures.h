/* Figures: what `timeslice bench-ipc` has measured, as plain numbers.
 *
 * ipc/ measures them, cli/ writes and reads them, render/ draws them; none of
 * these knows the other, so what they share stands here. A way is one way to
 * bring a message from a process to another; a figure is one way at one size.
 * Nothing here measures, and nothing here is about time but the numbers. */
#ifndef TIMESLICE_FIGURES_H
#define TIMESLICE_FIGURES_H

#include "sim/base/lang.h"

#include <stdbool.h>
#include <stdint.h>

enum way {
    WAY_PIPE,
    WAY_FIFO,
    WAY_MSGQ,
    WAY_SHM_COPY, /* the sender copies in, the receiver copies out */
    WAY_SHM_ONCE, /* the sender copies in, the receiver reads it there */
    WAY_SHM,      /* made and read where it lies */
    WAY_SEM,      /* no bytes at all: latency only */
    WAY_COUNT
};

struct way_about {
    const char *name; /* on the command line and in files */
    int copies;       /* of each byte on its way, kernel's and ours */
    bool carries;     /* bytes; else only a signal that somebody may go on */
    enum word title;
};

extern const struct way_about way_table[WAY_COUNT];

/* The way of that name, WAY_COUNT if there is none; `length` bytes. */
enum way way_named(const char *name, int length);

enum pin { PIN_APART, PIN_SAME, PIN_NONE, PIN_COUNT };

/* "apart", "same", "none". */
extern const char *const pin_names[PIN_COUNT];

struct figure {
    bool known;     /* measured; else all is zero */
    int64_t pieces; /* calls that it takes to send one message; 0: no calls
                       carry it */
    double rate;    /* MiB a second; 0: carries nothing */
    double latency; /* µs from process to process, the median */
    double late;    /* the same, 99th percentile */
};

enum { FIGURE_SIZES_MOST = 24 };

/* What carries nothing (WAY_SEM) has its figure at index 0. */
struct figures {
    enum pin pin;
    uint32_t ways; /* bits 1 << way: those that are or will be measured */
    int size_count;
    int64_t sizes[FIGURE_SIZES_MOST]; /* bytes, each greater than the last */
    struct figure at[WAY_COUNT][FIGURE_SIZES_MOST];
};

static inline bool figures_want(const struct figures *f, enum way w)
{
    return f->ways >> w & 1;
}

/* How many sizes a way is measured at: 1 for what carries nothing. */
int figures_sizes(const struct figures *f, enum way w);

/* How many figures are known, and how many there are to be. */
int figures_known(const struct figures *f);
int figures_wanted(const struct figures *f);

/* Whether somebody else took the machine while it was measured: of many figures
 * the 99th percentile is ten times the median or more. */
bool figures_unsteady(const struct figures *f);

/* The factor by which `a` carries more than `b` at size number `i`; 0 if one
 * of them is not known. */
double figures_ratio(const struct figures *f, enum way a, enum way b, int i);

/* ---- where one overtakes the other ---- */

enum crossing_kind {
    CROSSING_UNKNOWN, /* too little is known */
    CROSSING_EVEN,    /* never further apart than noise */
    CROSSING_AHEAD,   /* the first is ahead at every size */
    CROSSING_BEHIND,  /* the second is ahead at every size */
    CROSSING_UP,      /* from `size` on the first is ahead */
    CROSSING_DOWN     /* from `size` on it is behind */
};

struct crossing {
    enum crossing_kind kind;
    double size; /* bytes, of the last crossing; else 0 */
    double rate; /* MiB a second, of both, there */
    int times;   /* how often the lines cross */
};

/* Closer than this they are even: 1.05 is a twentieth. */
extern const double figures_noise;

/* How the throughput of `first` stands to that of `second`. Between two sizes
 * a line goes straight where both axes are logarithmic. */
struct crossing figures_cross(const struct figures *f, enum way first,
                              enum way second);

/* ---- the claim of the lecture: large data need shared memory ---- */

enum verdict {
    VERDICT_UNKNOWN,
    VERDICT_HOLDS,  /* shared memory in place is ahead of pipe and queue at the
                       largest size, and one of them is not behind at the
                       smallest */
    VERDICT_ALWAYS, /* it is ahead of both at every size: true, and small
                       messages are no exception */
    VERDICT_PARTLY, /* at the largest size it is ahead of one of them only */
    VERDICT_NOT     /* at the largest size it is ahead of neither */
};

enum verdict figures_verdict(const struct figures *f);

#endif
