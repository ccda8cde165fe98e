/* t0004-words.c: the tables of words, English and Chinese side by side.
 *
 * Many words are printf formats. Both languages of one word are printed with
 * the same arguments, so their conversions must be the same: in the order in
 * which arguments are taken, and of the same type. Where Chinese wants another
 * order, both sides may number them ("%1$s"). */
#include "sim/base/diag.h"
#include "sim/base/lang.h"
#include "sim/base/str.h"
#include "tests/test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARGS_MOST = 16, KIND_MOST = 8 };

/* What a format takes: per argument its length modifier and conversion,
 * "s", "lld"; "*" for a width. `wrong` says what is not a format at all. */
struct format {
    char kind[ARGS_MOST][KIND_MOST];
    int count;
    bool numbered, plain;
    const char *wrong;
};

static void take(struct format *f, int place, const char *kind, size_t length)
{
    if (place < 0 || place >= ARGS_MOST || length >= KIND_MOST) {
        f->wrong = "too many arguments or too long a conversion";
        return;
    }
    char *slot = f->kind[place];
    if (slot[0] && (strncmp(slot, kind, length) != 0 || slot[length]))
        f->wrong = "one argument is used as two types";
    memcpy(slot, kind, length);
    slot[length] = '\0';
    if (place >= f->count)
        f->count = place + 1;
}

/* Reads "12$" at `p`; gives 12 and moves on, or 0 and stays. */
static int read_number(const char **p)
{
    char *end;
    long n = strtol(*p, &end, 10);
    if (!isdigit((unsigned char)**p) || *end != '$' || n < 1 || n > ARGS_MOST)
        return 0;
    *p = end + 1;
    return (int)n;
}

/* Width or precision: digits, or a * that takes an argument. */
static const char *read_width(struct format *f, const char *p)
{
    if (*p == '*') {
        p++;
        take(f, f->count, "*", 1);
    }
    while (isdigit((unsigned char)*p))
        p++;
    return p;
}

/* Reads one conversion behind its % and gives what follows it. */
static const char *read_conversion(struct format *f, const char *p)
{
    if (*p == '%')
        return p + 1;
    int number = read_number(&p);
    *(number ? &f->numbered : &f->plain) = true;
    p += strspn(p, "-+ #0'");
    p = read_width(f, p);
    if (*p == '.')
        p = read_width(f, p + 1);
    size_t length = strspn(p, "hljztL");
    if (!p[length] || !strchr("diouxXeEfgGaAcsp", p[length])) {
        f->wrong = "a % that begins no conversion";
        return p;
    }
    take(f, number ? number - 1 : f->count, p, length + 1);
    return p + length + 1;
}

static struct format read_format(const char *text)
{
    struct format f = {0};
    for (const char *p = text; *p && !f.wrong;)
        p = *p == '%' ? read_conversion(&f, p + 1) : p + 1;
    if (f.numbered && f.plain)
        f.wrong = "numbered and plain conversions in one format";
    for (int i = 0; i < f.count; i++)
        if (!f.kind[i][0])
            f.wrong = "an argument is left out";
    return f;
}

/* NULL if both take the same arguments, else what is wrong. */
static const char *disagree(const char *a, const char *b)
{
    struct format x = read_format(a), y = read_format(b);
    if (x.wrong || y.wrong)
        return x.wrong ? x.wrong : y.wrong;
    if (x.count != y.count)
        return "one takes more arguments";
    for (int i = 0; i < x.count; i++)
        if (strcmp(x.kind[i], y.kind[i]) != 0)
            return "an argument has two types, or another place";
    return NULL;
}

/* A word may have a % of its own ("40 %") only if nobody prints it as a
 * format, which cannot be seen here: so it is written %% everywhere. */
TEST("a word takes the same arguments in both languages")
{
    for (int w = 0; w < WORD_COUNT; w++) {
        const char *en = word((enum word)w, LANG_EN);
        const char *zh = word((enum word)w, LANG_ZH);
        const char *wrong = disagree(en, zh);
        test_case("\"%s\", \"%s\": %s", en, zh, wrong ? wrong : "");
        EXPECT(wrong == NULL);
    }
}

/* sim/ is ISO C, which numbers no arguments; and the compiler holds them against
 * the English only (SAID in sim/base/diag.h), so that must be the word's. */
static const struct {
    enum word word;
    const char *english;
} complaints[] = {
#define W(name, en, zh) {SAID(name)},
#include "assets/words/scenario.def"
#undef W
};

TEST("a complaint takes its arguments in the order of its English")
{
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        enum word w = complaints[i].word;
        test_case("%s", complaints[i].english);
        EXPECT_EQ_STR(word(w, LANG_EN), complaints[i].english);
        EXPECT(!read_format(complaints[i].english).numbered);
        EXPECT(!read_format(word(w, LANG_ZH)).numbered);
    }
}

/* The table as written, before word() falls back to another language. */
static const struct {
    const char *name, *en, *zh;
} written[] = {
#define W(name, en, zh) {#name, en, zh},
#include "assets/words/all.def"
#undef W
};

TEST("no word is missing in a language")
{
    EXPECT_EQ_INT(sizeof written / sizeof *written, WORD_COUNT);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        test_case("%s", written[i].name);
        EXPECT(written[i].en && written[i].en[0]);
        EXPECT(written[i].zh && written[i].zh[0]);
    }
}

TEST("every word is UTF-8 without control characters but line ends")
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const char *both[] = {written[i].en, written[i].zh};
        test_case("%s", written[i].name);
        for (int k = 0; k < 2; k++) {
            EXPECT(utf8_valid(both[k], strlen(both[k])));
            for (const char *p = both[k]; *p; p++)
                EXPECT(*p == '\n' || !iscntrl((unsigned char)*p));
        }
    }
}

TEST("two formats that take other arguments are told apart")
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"plain", "无", true},
        {"%d of %s", "%d，%s", true},
        {"%d of %s", "%s，%d", false},
        {"%1$d of %2$s", "%2$s，%1$d", true},
        {"%d of %s", "%2$s，%1$d", true},
        {"%d", "%d %d", false},
        {"%d", "%lld", false},
        {"%d", "%u", false},
        {"%5d", "%-3d", true},
        {"%.*s", "%s", false},
        {"%.*s", "%.*s", true},
        {"100 %%", "100%%", true},
        {"100 %", "100 %", false},
        {"%1$d %s", "%1$d %s", false},
        {"%2$d", "%2$d", false},
        {"%1$d %1$s", "%1$d %1$s", false},
        {"%1$d %1$d", "%1$d", true},
        {"%q", "%q", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("\"%s\", \"%s\"", cases[i].a, cases[i].b);
        EXPECT_EQ_INT(disagree(cases[i].a, cases[i].b) == NULL, cases[i].same);
    }
}
