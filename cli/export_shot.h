/* What the exports of the window's own picture have in common: --size, --theme,
 * --panel, and a feed to take it from. */
#ifndef TIMESLICE_EXPORT_SHOT_H
#define TIMESLICE_EXPORT_SHOT_H

#include "cli/cli.h"
#include "cli/window.h"
#include "render/shot.h"

struct shot_export {
    const struct options *o;
    struct out *out;
    struct open_feed feed;
    struct shot shot;
    int pass; /* from 0 up */
    void *own; /* of the kind, from pass to pass */
};

/* A kind of picture: `draw` makes it of e->shot, which is open, and writes it to
 * e->out. */
struct shot_kind {
    bool moves; /* tokens travel */
    int passes; /* how often it is drawn, each time in a fresh window */
    enum status (*draw)(struct shot_export *e);
};

enum status shot_export(const struct options *o, const char *operand,
                        const char *path, const struct shot_kind *kind,
                        void *own);

/* The moment of --at, or what stands for it. */
tick shot_moment(const struct options *o, tick otherwise);

/* Describes the picture; STATUS_USAGE after a sentence if the lesson's window
 * has no such panel. */
enum status shot_describe(struct shot_export *e);

#endif
