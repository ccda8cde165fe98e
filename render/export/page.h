/* A run as one HTML page that replays it: no network, no other file, from disk.
 *
 * The page is put together from the files of assets/replay: page.html with
 * marks {{so}} in it, a style sheet, and scripts. What we add are the colours
 * of our themes, our words, and the run (steps.h).
 *
 * A scenario is data from strangers. It goes into the page as JSON in which no
 * `<` is left, and into its title with entities; the scripts show it as text
 * only. Besides, the page's policy (CSP) forbids every load, and every script
 * but our own, which it names by their digests. */
#ifndef TIMESLICE_PAGE_H
#define TIMESLICE_PAGE_H

#include "render/export/steps.h"
#include "render/theme.h"

/* What must be read from assets/replay, in this order. */
enum page_part {
    PAGE_HTML,
    PAGE_STYLE,
    PAGE_MODEL, /* what a moment looks like; knows no page */
    PAGE_TOOLS,
    PAGE_DIAGRAM,
    PAGE_TIMELINE,
    PAGE_OBJECTS,
    PAGE_PANELS,
    PAGE_PLAY,
    PAGE_PARTS
};

/* "page.html". */
extern const char *const page_files[PAGE_PARTS];

struct page {
    const struct run_told *run;
    enum lang lang;        /* at first: both are in it … */
    enum theme_kind theme; /* … and all themes */
    const char *part[PAGE_PARTS]; /* their texts */
};

void page_write(const struct page *page, struct str *out);

/* The themes as a style sheet: the variables --ground, --s2-fill … */
void page_write_themes(struct str *out);

/* "words": {…} and "keys": […] in both languages. */
void page_write_words(struct str *out);

#endif
