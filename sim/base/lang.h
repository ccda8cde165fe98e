/* The languages the program speaks. A text that lacks one falls back to
 * English, then to any that is there (SCENARIO.md §1). */
#ifndef TIMESLICE_LANG_H
#define TIMESLICE_LANG_H

enum lang { LANG_EN, LANG_ZH, LANG_COUNT };

struct text {
    const char *in[LANG_COUNT]; /* NULL: not given */
};

/* "en", "zh". */
extern const char *const lang_codes[LANG_COUNT];

/* The text in `lang` or what comes nearest; never NULL ("" for no text). */
const char *text_in(struct text t, enum lang lang);

/* Words of our own, from assets/words: each file there is a list of
 * W(NAME, "English", "中文"). */
enum word {
#define W(name, en, zh) W_##name,
#include "assets/words/all.def"
#undef W
    WORD_COUNT
};

/* The word in `lang`; many are printf formats. */
const char *word(enum word w, enum lang lang);

#endif
