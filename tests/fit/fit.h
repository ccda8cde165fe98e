/* Does all text fit, stand apart from other text, and stand out from what is
 * under it? Asked of the draw commands of a frame, whoever made them, so no
 * panel and no colour can be forgotten.
 *
 *   cut      the layout itself reports that it had to cut a text (ui.h), or a
 *            text ends outside of its clip or of the window
 *   overlap  two texts share ground, and nothing covers the lower one
 *   faint    less than 4.5 : 1 (WCAG 2.1, 1.4.3) between a text and any colour
 *            that is under it
 *   short    it ends in an ellipsis on purpose: the whole of it is elsewhere
 *
 * `short` is counted, and no fault. */
#ifndef TIMESLICE_TESTS_FIT_H
#define TIMESLICE_TESTS_FIT_H

#include "render/ui.h"

enum fault { FAULT_CUT, FAULT_OVERLAP, FAULT_FAINT, FAULT_SHORT, FAULT_COUNT };

extern const char *const fault_names[FAULT_COUNT];

/* What has been seen so far. `where` names the frame, for what is said. */
struct fit {
    const char *where;
    long frames, texts;
    long count[FAULT_COUNT];
    double least;      /* contrast so far */
    char least_of[160];
    long said[FAULT_COUNT], say_most; /* faults printed, and how many at most */
};

/* Looks at the frame that `ui` has ended. */
void fit_look(struct fit *f, const struct ui *ui);

/* Faults so far. */
long fit_faults(const struct fit *f);

/* ---- inside ---- */

void fit_say(struct fit *f, enum fault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Where the letters of a text are: from its baseline up, as wide as it is. */
struct rect fit_letters(const struct draw_command *c);

/* The least contrast of text command `i` with what is under it. */
double fit_contrast(const struct draw *d, size_t i, colour ground,
                    colour *under);

/* ---- frames to look at (walk.c) ---- */

/* Of a lesson: how often in time, and whether what may lie over the window and
 * the tips are looked at, too. */
struct fit_walk {
    int width, height;
    enum theme_kind theme;
    enum lang lang;
    float text_scale;
    int moments;
    bool overlays, tips;
};

struct fit_lesson; /* an open one */

struct fit_lesson *fit_open(const char *operand);
void fit_walk(struct fit *f, struct fit_lesson *l, const struct fit_walk *w);
void fit_close(struct fit_lesson *l);

/* The sizes, scales of the text and built-in lessons there are. */
enum { FIT_SIZES = 6, FIT_SCALES = 3 };
extern const int fit_sizes[FIT_SIZES][2];
extern const float fit_scales[FIT_SCALES];
int fit_lesson_count(void);
const char *fit_lesson_name(int i);

#endif
