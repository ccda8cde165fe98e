#include "sim/base/lang.h"

#include "sim/base/promises.h"

#include <stddef.h>

const char *const lang_codes[LANG_COUNT] = {"en", "zh"};

static const struct text words[WORD_COUNT] = {
#define W(name, en, zh) [W_##name] = {{en, zh}},
#include "assets/words/all.def"
#undef W
};

const char *text_in(struct text t, enum lang lang)
{
    if (t.in[lang])
        return t.in[lang];
    if (t.in[LANG_EN])
        return t.in[LANG_EN];
    for (int i = 0; i < LANG_COUNT; i++)
        if (t.in[i])
            return t.in[i];
    return "";
}

const char *word(enum word w, enum lang lang)
{
    require(w >= 0 && w < WORD_COUNT);
    return text_in(words[w], lang);
}
