/* load_flags.c: flags as C writes them: words and a mode, joined by `|`. */
#include "sim/scenario/load.h"

#include <string.h>

/* "0664": octal digits behind a 0; -1 if it is something else. */
static int64_t read_octal(const char *word, size_t length)
{
    int64_t n = 0;
    if (!length || word[0] != '0' || length > 5)
        return -1;
    for (size_t i = 0; i < length; i++) {
        if (word[i] < '0' || word[i] > '7')
            return -1;
        n = n * 8 + (word[i] - '0');
    }
    return n <= 0777 ? n : -1;
}

static bool complain_flag(const struct reading *r, const char *word, size_t n)
{
    struct str given = {0}, near = {0};
    const char *words = r->about->words;
    str_add_json(&given, word, n < 40 ? n : 40);
    if (word[0] == '0' && strrchr(words, '0'))
        json_complain(&r->l->json, r->node, SAID(FLAG_NO_MODE),
                      str_text(&given));
    else if (word_near(words, str_text(&given), &near))
        json_complain(&r->l->json, r->node, SAID(FLAG_NEAR), str_text(&given),
                      str_text(&near));
    else {
        add_words(words, json_lang(&r->l->json), &near);
        json_complain(&r->l->json, r->node, SAID(FLAG_NONE), str_text(&given),
                      str_text(&near));
    }
    str_free(&given);
    str_free(&near);
    return false;
}

/* "A,B" and "A+B" are what one writes elsewhere. */
static bool is_joined_otherwise(const char *word, size_t n)
{
    return strcspn(word, ",+;&") < n;
}

static bool has_mode(const char *words)
{
    size_t n = strlen(words);
    return n && words[n - 1] == '0' && (n == 1 || words[n - 2] == ' ');
}

bool read_flags(const struct reading *r)
{
    const char *text;
    if (!read_string(r->l, r->node, &text))
        return false;
    int64_t flags = 0;
    text += strspn(text, " ");
    while (*text) {
        size_t n = strcspn(text, "| ");
        int bit = word_place(r->about->words, text, n);
        int64_t mode = has_mode(r->about->words) ? read_octal(text, n) : -1;
        if (mode >= 0)
            flags |= mode << 32;
        else if (bit >= 0 && text[0] != '0')
            flags |= (int64_t)1 << bit;
        else if (is_joined_otherwise(text, n))
            return reading_complains(r, W_FLAG_JOINED);
        else
            return complain_flag(r, text, n);
        text += n;
        text += strspn(text, " ");
        if (*text && (*text != '|' || !text[1 + strspn(text + 1, " ")]))
            return reading_complains(r, W_FLAG_JOINED);
        text += *text == '|';
        text += strspn(text, " ");
    }
    *r->out = flags;
    return true;
}
