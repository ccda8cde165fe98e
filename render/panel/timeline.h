/* The timeline's parts, and where its plot is, for those who zoom at the
 * pointer. */
#ifndef TIMESLICE_PANEL_TIMELINE_H
#define TIMESLICE_PANEL_TIMELINE_H

#include "render/panel.h"

/* Heights; a process has a strip, below it one for the kernel (0: none), and
 * below that a gap. */
struct rows {
    float strip, kernel, cpu, gap;
};

/* Where rows stand: `all` of them, as far as they have been scrolled, and the
 * part of them that time is laid over. */
struct field {
    struct rect all, plot;
    struct rows rows;
};

/* Where arrows go through the kernel's strip of a process. */
enum { CROSSINGS_MOST = 160 };
struct crossings {
    float x[CROSSINGS_MOST];
    int count;
};

/* The part of the panel at `at` that time is laid over. */
struct rect timeline_plot(const struct scene *s, struct rect at);

/* The top of the row of a process. */
float timeline_row(const struct scene *s, const struct field *f, int proc);

/* Times and hairlines of the lens, for a plot below and with `top`. */
void timeline_ruler(struct scene *s, struct rect plot, struct rect top);

/* Draws stretch by stretch, or, where more of them than pixels are in view,
 * column by column (timeline_lane.c). Words keep out of the way of arrows
 * that go `through` it; NULL: none do. */
void timeline_lane(struct scene *s, struct rect at, const struct lane *lane,
                   const struct crossings *through);

/* A CPU is between two processes. */
void timeline_switching(struct ui *ui, struct rect at);

/* What the marks that occur mean, at the right of `head`
 * (timeline_legend.c). */
void timeline_legend(struct scene *s, struct rect head);

/* ---- deadlines (timeline_jobs.c) ---- */

enum { JOBS_EDGE = 6 /* how far marks reach over the lane, half of it up and
                         down */ };

/* Releases, deadlines and misses over the lane of a process, of what has been
 * seen up to `end`. */
void timeline_jobs(struct scene *s, struct rect lane, const struct jobs *j,
                   tick end);
/* A tool tip about the job whose arrow the pointer is on, if it is on one. */
void timeline_jobs_tip(struct scene *s, struct rect lane, int proc,
                       const struct jobs *j);
/* The marks by themselves: released (up) or due; late; missed. */
void jobs_arrow(struct ui *ui, struct rect at, bool up);
void jobs_late(struct ui *ui, struct rect at);
void jobs_cross(struct ui *ui, struct point at, float size);

/* Draws it column by column in any case. */
void timeline_columns(struct scene *s, struct rect at, const struct lane *lane);

/* Whether a lane is drawn stretch by stretch in that plot. */
bool timeline_is_sparse(const struct scene *s, struct rect at,
                        const struct lane *lane);

/* The row of a CPU in the run that the user has left, from there to its end
 * (timeline_left.c): its label is in `row`, its time in `lane`. */
void timeline_left(struct scene *s, const struct rival *left, struct rect row,
                   struct rect lane, int cpu);

/* From each write to the reads that took its bytes (timeline_arrow.c). */
void timeline_arrows(struct scene *s, const struct field *f);
void timeline_crossings(const struct scene *s, const struct field *f, int proc,
                        struct crossings *to);

/* ---- markers (timeline_mark.c) ---- */

/* The time that a hand at x means: the nearest edge of a bar, if one is near,
 * else the nearest tick. */
double timeline_snap(const struct scene *s, struct rect plot, float x);

/* Pulling a marker by its flag in the ruler `top`, and Shift with a drag on
 * `lanes`, which sets A where it begins and B where it is. Both return whether
 * the pointer is theirs. */
bool timeline_flags(struct scene *s, struct rect plot, struct rect top);
bool timeline_measure(struct scene *s, struct rect plot, struct rect lanes);

/* The markers over the plot; on the minimap; and in words, which take their
 * room from the left of `head`. */
void timeline_marks(struct scene *s, struct rect plot, struct rect top);
void timeline_marks_small(struct scene *s, const struct lens *whole,
                          struct rect at);
/* The bookmarks that `lens` shows over `over`, their feet at y. */
void timeline_bookmarks(struct scene *s, const struct lens *lens,
                        struct rect over, float y);
void timeline_mark_text(struct scene *s, struct rect *head);
/* The same in the ruler, where there is no heading. */
void timeline_mark_plate(struct scene *s, struct rect top);

/* What the pointer wants on `plot`, whose uppermost part is as high as the
 * ruler `top`; `scrolls`: the wheel belongs to the rows. */
void timeline_pointer(struct scene *s, struct rect plot, struct rect top,
                      bool scrolls);

#endif
