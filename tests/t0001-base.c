/* t0001-base.c: what sim/base promises. */
#include "sim/base/arena.h"
#include "sim/base/diag.h"
#include "sim/base/heap.h"
#include "sim/base/lang.h"
#include "sim/base/mem.h"
#include "sim/base/rng.h"
#include "sim/base/str.h"
#include "tests/test.h"

#include <stdlib.h>

/* ----------------------------------------------------------------- arena */

TEST("an arena gives zeroed, aligned memory that does not overlap")
{
    enum { COUNT = 2000 };
    static unsigned char *got[COUNT];
    struct arena a = {0};
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = 1 + i % 97;
        got[i] = arena_alloc(&a, size);
        test_case("allocation %zu of %zu bytes", i, size);
        EXPECT((uintptr_t)got[i] % _Alignof(max_align_t) == 0);
        for (size_t k = 0; k < size; k++)
            EXPECT(got[i][k] == 0);
        memset(got[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < 1 + i % 97; k++)
            EXPECT_EQ_INT(got[i][k], i % 251);
    arena_free(&a);
}

TEST("an arena is zeroed again after arena_clear, and usable after arena_free")
{
    struct arena a = {0};
    for (int round = 0; round < 3; round++) {
        unsigned char *p = arena_alloc(&a, 300);
        for (int i = 0; i < 300; i++)
            EXPECT(p[i] == 0);
        memset(p, 0xff, 300);
        arena_clear(&a);
    }
    arena_free(&a);
    EXPECT_EQ_STR(arena_copy(&a, "again", 5), "again");
    arena_free(&a);
}

TEST("an arena takes a block larger than any chunk")
{
    struct arena a = {0};
    char *small = arena_copy(&a, "small", 5);
    size_t size = (size_t)5 << 20; /* bytes */
    char *large = arena_alloc(&a, size);
    memset(large, 1, size);
    EXPECT_EQ_STR(small, "small");
    EXPECT_EQ_STR(arena_printf(&a, "%d %s", 7, "bytes"), "7 bytes");
    EXPECT_EQ_INT(large[size - 1], 1);
    arena_free(&a);
}

TEST("an arena copies exactly the bytes asked for")
{
    struct arena a = {0};
    EXPECT_EQ_STR(arena_copy(&a, "abcdef", 3), "abc");
    EXPECT_EQ_STR(arena_copy(&a, "abcdef", 0), "");
    arena_free(&a);
}

/* ------------------------------------------------------------------- str */

TEST("a string grows, keeps zero bytes and is always terminated")
{
    struct str s = {0};
    EXPECT_EQ_STR(str_text(&s), "");
    str_add(&s, "");
    NEED(s.text);
    EXPECT_EQ_STR(s.text, "");
    str_add_bytes(&s, "a\0b", 3);
    str_add_char(&s, 'c');
    str_addf(&s, "%05d", 42);
    EXPECT_EQ_INT(s.length, 9);
    EXPECT_EQ_BYTES(s.text, "a\0bc00042\0", 10);
    str_cut(&s, 2);
    EXPECT_EQ_INT(s.length, 2);
    EXPECT_EQ_BYTES(s.text, "a\0\0", 3);
    str_free(&s);
    EXPECT(s.text == NULL);
}

TEST("a string takes ten thousand additions")
{
    struct str s = {0};
    for (int i = 0; i < 10000; i++)
        str_addf(&s, "%04d", i);
    EXPECT_EQ_INT(s.length, 40000);
    EXPECT_EQ_BYTES(s.text + 4 * 1234, "12341235", 8);
    EXPECT_EQ_STR(s.text + 4 * 9999, "9999");
    str_free(&s);
}

TEST("JSON text is escaped as RFC 8259 asks, and nothing else is touched")
{
    static const struct {
        const char *text;
        size_t length;
        const char *json;
    } cases[] = {
        {"plain /", 7, "plain /"},
        {"\"\\", 2, "\\\"\\\\"},
        {"\b\f\n\r\t", 5, "\\b\\f\\n\\r\\t"},
        {"\0\1\37\177", 4, "\\u0000\\u0001\\u001f\\u007f"},
        {"é时🙂", 9, "é时🙂"},
        {"", 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str s = {0};
        test_case("%s", cases[i].json);
        str_add_json(&s, cases[i].text, cases[i].length);
        EXPECT_EQ_STR(str_text(&s), cases[i].json);
        str_free(&s);
    }
}

/* ----------------------------------------------------------------- UTF-8 */

TEST("utf8_length knows the edges of RFC 3629")
{
    static const struct {
        const char *bytes;
        size_t left, length;
        unsigned code_point;
    } cases[] = {
        {"a", 0, 0, 0},
        {"\0", 1, 1, 0},
        {"\x7f", 1, 1, 0x7f},
        {"\x80", 1, 0, 0},              /* a continuation alone */
        {"\xc0\x80", 2, 0, 0},          /* overlong NUL */
        {"\xc1\xbf", 2, 0, 0},          /* overlong U+7F */
        {"\xc2\x80", 2, 2, 0x80},       /* least of two bytes */
        {"\xc2", 1, 0, 0},              /* cut off */
        {"\xc2\x41", 2, 0, 0},          /* no continuation */
        {"\xdf\xbf", 2, 2, 0x7ff},      /* most of two bytes */
        {"\xe0\x9f\xbf", 3, 0, 0},      /* overlong U+7FF */
        {"\xe0\xa0\x80", 3, 3, 0x800},  /* least of three bytes */
        {"\xe0\xa0\x80", 2, 0, 0},      /* cut off */
        {"\xed\x9f\xbf", 3, 3, 0xd7ff}, /* before the surrogates */
        {"\xed\xa0\x80", 3, 0, 0},      /* first surrogate */
        {"\xed\xbf\xbf", 3, 0, 0},      /* last surrogate */
        {"\xee\x80\x80", 3, 3, 0xe000}, /* behind them */
        {"\xef\xbf\xbf", 3, 3, 0xffff}, /* most of three bytes */
        {"\xf0\x8f\xbf\xbf", 4, 0, 0},  /* overlong U+FFFF */
        {"\xf0\x90\x80\x80", 4, 4, 0x10000},
        {"\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff},
        {"\xf4\x90\x80\x80", 4, 0, 0}, /* above U+10FFFF */
        {"\xf5\x80\x80\x80", 4, 0, 0},
        {"\xff", 1, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned u = 0;
        test_case("row %zu", i);
        EXPECT_EQ_INT(utf8_length(cases[i].bytes, cases[i].left, &u),
                      cases[i].length);
        EXPECT_EQ_INT(utf8_length(cases[i].bytes, cases[i].left, NULL),
                      cases[i].length);
        EXPECT_EQ_HEX(u, cases[i].code_point);
    }
}

/* Writes `u` as UTF-8 by the table of RFC 3629, section 3. */
static size_t encode(unsigned u, char out[4])
{
    size_t n = u < 0x80 ? 1 : u < 0x800 ? 2 : u < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (u & 0x3f));
        u >>= 6;
    }
    out[0] = (char)(lead[n] | u);
    return n;
}

TEST("every code point but the surrogates is read back")
{
    unsigned wrong = 0;
    for (unsigned u = 0; u < 0x110000; u++) {
        char bytes[4];
        unsigned back = ~u;
        size_t n = encode(u, bytes);
        bool surrogate = u >= 0xd800 && u < 0xe000;
        size_t got = utf8_length(bytes, n, &back);
        wrong += surrogate ? got != 0 : got != n || back != u;
    }
    EXPECT_EQ_INT(wrong, 0);
}

TEST("utf8_valid looks at the whole text")
{
    EXPECT(utf8_valid("", 0));
    EXPECT(utf8_valid("a\0时间", 8));
    EXPECT(!utf8_valid("时间", 5));
    EXPECT(!utf8_valid("abc\xff", 4));
}

TEST("utf8_columns counts the cells of a terminal")
{
    EXPECT_EQ_INT(utf8_columns(""), 0);
    EXPECT_EQ_INT(utf8_columns("abc"), 3);
    EXPECT_EQ_INT(utf8_columns("é"), 1);
    EXPECT_EQ_INT(utf8_columns("e\u0301"), 1); /* a combining accent */
    EXPECT_EQ_INT(utf8_columns("时间片"), 6);
    EXPECT_EQ_INT(utf8_columns("(时)，"), 6);
    EXPECT_EQ_INT(utf8_columns("\xff"
                               "a"),
                  2);
}

/* ------------------------------------------------------- did you mean … */

TEST("word_distance counts insertions, deletions and changes")
{
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},         {"", "abc", 3},
        {"rr", "rr", 0},     {"quantm", "quantum", 1},
        {"sjf", "srtf", 2},  {"kitten", "sitting", 3},
        {"flaw", "lawn", 2}, {"ab", "ba", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("%s, %s", cases[i].a, cases[i].b);
        EXPECT_EQ_INT(word_distance(cases[i].a, cases[i].b), cases[i].distance);
        EXPECT_EQ_INT(word_distance(cases[i].b, cases[i].a), cases[i].distance);
    }
}

TEST("word_distance calls words of 64 bytes and more far apart")
{
    char most[64], over[66];
    memset(most, 'x', 63);
    most[63] = '\0';
    memset(over, 'x', 65);
    over[65] = '\0';
    EXPECT_EQ_INT(word_distance(most, most), 0);
    EXPECT_EQ_INT(word_distance(most, ""), 63);
    EXPECT(word_distance(over, over) >= 64);
}

/* ------------------------------------------------------------------ diag */

TEST("complaints come sorted by place, and the same one only once")
{
    struct diag d = {.file = "lesson.json"};
    struct str out = {0};
    diag_add(&d, 14, 22, SAID(DIAG_AT), "/b", "must be at least 1");
    diag_add_text(&d, 2, 9, "/a: second column");
    diag_add(&d, 14, 22, SAID(DIAG_AT), "/b", "must be at least 1");
    diag_add_text(&d, 2, 3, "/a: first column");
    diag_add_text(&d, 14, 22, "/b: another");
    diag_write(&d, &out);
    EXPECT_EQ_STR(str_text(&out),
                  "lesson.json:2:3: error: /a: first column\n"
                  "lesson.json:2:9: error: /a: second column\n"
                  "lesson.json:14:22: error: /b: must be at least 1\n"
                  "lesson.json:14:22: error: /b: another\n");
    str_free(&out);
    diag_free(&d);
    EXPECT_EQ_INT(d.count, 0);
}

TEST("a complaint without a place names the file, or nothing")
{
    struct diag d = {.file = "lesson.json"};
    struct str out = {0};
    diag_add_text(&d, 0, 0, "cannot be read");
    diag_write(&d, &out);
    d.file = NULL;
    diag_write(&d, &out);
    EXPECT_EQ_STR(str_text(&out), "lesson.json: error: cannot be read\n"
                                  "error: cannot be read\n");
    str_free(&out);
    diag_free(&d);
}

TEST("complaints are in the language of their reader")
{
    struct diag d = {.file = "lesson.json", .lang = LANG_ZH};
    struct str out = {0};
    diag_add(&d, 3, 7, SAID(NAME_RESERVED), "any");
    diag_add_text(&d, 9, 1, "中文");
    diag_write(&d, &out);
    EXPECT_EQ_STR(str_text(&out),
                  "lesson.json:3:7: 错误：`any` 另有含义，不能用作名字\n"
                  "lesson.json:9:1: 错误：中文\n");
    str_free(&out);
    diag_free(&d);
}

TEST("no complaints are no lines")
{
    struct diag d = {.file = "lesson.json"};
    struct str out = {0};
    diag_write(&d, &out);
    EXPECT_EQ_INT(out.length, 0);
    str_free(&out);
    diag_free(&d);
}

/* ------------------------------------------------------------------ heap */

static int by_key_then_order(const void *a, const void *b)
{
    const struct heap_entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

TEST("a heap gives its entries in the order of a sort")
{
    enum { COUNT = 5000 };
    static struct heap_entry all[COUNT];
    struct heap h = {0};
    uint64_t seed = 1;
    for (int i = 0; i < COUNT; i++) {
        /* few keys, so that many are equal; some below zero */
        all[i].key = (int64_t)rng_below(&seed, 300) - 150;
        all[i].order = i;
        all[i].id = i * 7;
        all[i].tag = -i;
    }
    for (int i = 0; i < COUNT; i++)
        heap_push(&h, all[(i * 1237) % COUNT]); /* 1237 and 5000 are coprime */
    qsort(all, COUNT, sizeof *all, by_key_then_order);
    for (int i = 0; i < COUNT; i++) {
        test_case("entry %d", i);
        EXPECT_EQ_INT(heap_least(&h).order, all[i].order);
        struct heap_entry e = heap_pop(&h);
        EXPECT_EQ_BYTES(&e, &all[i], sizeof e);
    }
    EXPECT_EQ_INT(h.count, 0);
    heap_free(&h);
}

TEST("what a terminal would obey is shown, byte for byte")
{
    static const struct {
        const char *text, *shown;
        unsigned obeyed, with_lines;
    } cases[] = {
        {"plain 中文 é", "plain 中文 é", 0, 0},
        {"a\tb\nc", "a\\u0009b\\u000ac", '\t', 0},
        {"\033[31m\r", "\\u001b[31m\\u000d", 27, 27},
        {"\x7f", "\\u007f", 127, 127},
        {"\xc2\x9b" "1m", "\\u009b1m", 0x9b, 0x9b},
        {"\xc2\xa0", "\xc2\xa0", 0, 0},
        {"\xe2\x80\xae", "\\u202e", 0x202e, 0x202e},
        {"\xe2\x81\xa6", "\\u2066", 0x2066, 0x2066},
        {"\xe2\x81\xaa", "\xe2\x81\xaa", 0, 0},
        {"\x9b\xff", "\\x9b\\xff", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        struct str s = {0};
        test_case("%zu", i);
        str_add_shown(&s, text, strlen(text));
        EXPECT_EQ_STR(str_text(&s), cases[i].shown);
        EXPECT_EQ_INT(text_obeyed(text, strlen(text), false), cases[i].obeyed);
        EXPECT_EQ_INT(text_obeyed(text, strlen(text), true),
                      cases[i].with_lines);
        str_free(&s);
    }
}

TEST("a complaint is one line of shown characters, whatever is in it")
{
    struct diag d = {.file = "a\nb\033.json"};
    struct str out = {0};
    diag_add(&d, 1, 2, SAID(DIAG_TEXT), "`\xc2\x9b\n`");
    diag_write(&d, &out);
    EXPECT_EQ_STR(str_text(&out),
                  "a\\u000ab\\u001b.json:1:2: error: `\\u009b\\u000a`\n");
    diag_free(&d);
    str_free(&out);
}

TEST("a heap keeps its order while entries come and go")
{
    static unsigned waiting[100]; /* how many entries of each key are inside */
    struct heap h = {0};
    uint64_t seed = 2;
    for (int step = 0; step < 20000; step++) {
        if (h.count == 0 || rng_below(&seed, 5) < 3) {
            int64_t key = (int64_t)rng_below(&seed, 100);
            heap_push(&h, (struct heap_entry){.key = key, .order = step});
            waiting[key]++;
            continue;
        }
        size_t least = 0;
        while (!waiting[least])
            least++;
        test_case("step %d", step);
        EXPECT_EQ_INT(heap_pop(&h).key, least);
        waiting[least]--;
    }
    heap_free(&h);
}

/* ------------------------------------------------------------------- rng */

TEST("random numbers are splitmix64's published ones")
{
    /* the sequence of the reference code from seed 1234567 */
    static const uint64_t known[] = {
        6457827717110365317u, 3203168211198807973u,  9817491932198370423u,
        4593380528125082431u, 16408922859458223821u,
    };
    uint64_t seed = 1234567;
    for (size_t i = 0; i < 5; i++)
        EXPECT_EQ_HEX(rng_next(&seed), known[i]);
    seed = 0;
    EXPECT_EQ_HEX(rng_next(&seed), 0xe220a8397b1dcdafu);
}

TEST("rng_below stays below, reaches every number, and repeats from its seed")
{
    unsigned count[7] = {0};
    uint64_t a = 99, b = 99;
    for (int i = 0; i < 70000; i++) {
        uint64_t r = rng_below(&a, 7);
        EXPECT_EQ_INT(rng_below(&b, 7), r);
        NEED(r < 7);
        count[r]++;
    }
    for (int i = 0; i < 7; i++) {
        test_case("%d came %u times of 10000", i, count[i]);
        EXPECT(count[i] > 9500 && count[i] < 10500);
    }
    EXPECT_EQ_INT(rng_below(&a, 1), 0);
}

/* ------------------------------------------------------------ lang, mem */

TEST("a missing text falls back to English, then to any, then to nothing")
{
    EXPECT_EQ_STR(text_in((struct text){{"a", "b"}}, LANG_ZH), "b");
    EXPECT_EQ_STR(text_in((struct text){{"a", NULL}}, LANG_ZH), "a");
    EXPECT_EQ_STR(text_in((struct text){{NULL, "b"}}, LANG_EN), "b");
    EXPECT_EQ_STR(text_in((struct text){{NULL, NULL}}, LANG_ZH), "");
    EXPECT_EQ_STR(lang_codes[LANG_EN], "en");
    EXPECT_EQ_STR(lang_codes[LANG_ZH], "zh");
}

TEST("mem_grow keeps what was there and never gives less than was asked")
{
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 5000; i++) {
        numbers = mem_grow(numbers, (size_t)i + 1, &capacity, sizeof *numbers);
        EXPECT(capacity > (size_t)i);
        numbers[i] = i;
    }
    for (int i = 0; i < 5000; i++)
        EXPECT_EQ_INT(numbers[i], i);
    free(numbers);
}
