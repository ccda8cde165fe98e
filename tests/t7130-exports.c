/* t7130-exports.c: files that pictures and pages are made of: digests, LZW and
 * palettes of GIF, SVG of every command. What is written is read again here, by
 * other code. */
#include "render/canvas_draw.h"
#include "render/export/gif.h"
#include "render/export/gif_palette.h"
#include "render/export/sha256.h"
#include "render/export/svg.h"
#include "sim/base/mem.h"
#include "sim/base/rng.h"
#include "tests/stand.h"

/* ---- SHA-256 ---- */

static void expect_digest(const char *text, size_t length, const char *wanted)
{
    struct str got = {0};
    sha256_add_base64(text, length, &got);
    EXPECT_EQ_STR(str_text(&got), wanted);
    str_free(&got);
}

TEST("digests are those of FIPS 180-4")
{
    expect_digest("", 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    expect_digest("abc", 3, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    expect_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  56, "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

TEST("a digest of a million bytes is right, too")
{
    char *a = mem_new(1000000, 1);
    memset(a, 'a', 1000000);
    expect_digest(a, 1000000, "zcduXJkU+5KBocfihNc+Z/GAmkiklyAOBG05zMcRLNA=");
    free(a);
}

/* ---- GIF ---- */

/* A reader of LZW as GIF has it: the indices, or fewer if it is broken. */
struct reader {
    const unsigned char *p, *end;
    uint32_t held;
    int bits, left; /* in the block */
};

static int next_code(struct reader *r, int width)
{
    while (r->bits < width) {
        if (!r->left) {
            if (r->p >= r->end || !*r->p)
                return -1;
            r->left = *r->p++;
        }
        r->held |= (uint32_t)*r->p++ << r->bits;
        r->bits += 8;
        r->left--;
    }
    int code = (int)(r->held & ((1u << width) - 1));
    r->held >>= width;
    r->bits -= width;
    return code;
}

struct entry {
    int before;
    unsigned char last, first;
};

/* Writes the string of a code; returns its length. */
static size_t unfold(const struct entry *e, int code, unsigned char *to)
{
    size_t n = 0;
    for (int c = code; c >= 0; c = e[c].before)
        n++;
    size_t at = n;
    for (int c = code; c >= 0; c = e[c].before)
        to[--at] = e[c].last;
    return n;
}

static size_t read_lzw(struct reader *r, unsigned char *to, size_t room)
{
    static struct entry e[4096];
    int bits = *r->p++, clear = 1 << bits, count = 0, width = 0, before = -1;
    size_t n = 0;
    for (int i = 0; i < clear; i++)
        e[i] = (struct entry){-1, (unsigned char)i, (unsigned char)i};
    for (;;) {
        int code = next_code(r, width ? width : bits + 1);
        if (code < 0 || code == clear + 1)
            break;
        if (code == clear) {
            count = clear + 2;
            width = bits + 1;
            before = -1;
            continue;
        }
        if (before >= 0 && count < 4096) {
            unsigned char first = e[code < count ? code : before].first;
            e[count] = (struct entry){before, first, e[before].first};
            count++;
            if (count == 1 << width && width < 12)
                width++;
        }
        if (code >= count || n + 4096 > room)
            break;
        n += unfold(e, code, to + n);
        before = code;
    }
    while (r->left-- > 0)
        r->p++;
    r->left = 0;
    if (*r->p == 0)
        r->p++;
    r->bits = 0;
    r->held = 0;
    return n;
}

static void expect_round(const unsigned char *list, size_t count)
{
    struct str out = {0};
    gif_add_lzw(list, count, 8, &out);
    unsigned char *back = mem_new(count + 8192, 1);
    struct reader r = {.p = (const unsigned char *)out.text,
                       .end = (const unsigned char *)out.text + out.length};
    size_t n = read_lzw(&r, back, count + 8192);
    EXPECT_EQ_INT((int64_t)n, (int64_t)count);
    EXPECT(n == count && memcmp(back, list, count) == 0);
    EXPECT(r.p == r.end);
    free(back);
    str_free(&out);
}

TEST("what LZW has written is read again, of any length and kind")
{
    enum { MOST = 200000 };
    unsigned char *list = mem_new(MOST, 1);
    uint64_t dice = 7;
    for (int kinds = 1; kinds <= 256; kinds *= 4)
        for (size_t n = 1; n <= MOST; n = n * 3 + 1) {
            test_case("%d kinds, %zu of them", kinds, n);
            for (size_t i = 0; i < n; i++)
                list[i] = (unsigned char)rng_below(&dice, (uint64_t)kinds);
            expect_round(list, n);
        }
    free(list);
}

TEST("the widths of codes change where readers expect it")
{
    /* Every count of indices around the places where a code gets wider. */
    unsigned char list[6000];
    for (size_t i = 0; i < sizeof list; i++)
        list[i] = (unsigned char)(i * 7 + i / 256);
    for (size_t n = 240; n < sizeof list; n += n % 256 > 250 ? 1 : 3)
        expect_round(list, n);
}

TEST("few colours are all in the palette, of many the commonest")
{
    struct tints t = {0};
    uint32_t palette[PALETTE_ROOM];
    for (uint32_t i = 0; i < 200; i++)
        tints_add(&t, i * 1234567 & 0xffffff, 1 + i);
    EXPECT_EQ_INT(tints_choose(&t, palette), 200);
    for (uint32_t i = 0; i < 200; i++) {
        uint32_t rgb = i * 1234567 & 0xffffff;
        EXPECT_EQ_INT(palette[tints_index(&t, rgb)], rgb);
    }
    for (uint32_t i = 0; i < 9000; i++)
        tints_add(&t, i * 7654321 & 0xffffff, i < 50 ? 100000 : 1);
    EXPECT(tints_choose(&t, palette) <= PALETTE_ROOM);
    for (uint32_t i = 0; i < 50; i++) {
        uint32_t rgb = i * 7654321 & 0xffffff;
        EXPECT_EQ_INT(palette[tints_index(&t, rgb)], rgb);
    }
    tints_free(&t);
}

enum { SIDE = 24 };

/* The k-th frame: a square that moves, and in frame 2 nothing new. */
static void paint(colour *to, int k)
{
    int at = k >= 2 ? k - 1 : k;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            bool in = x >= at * 4 && x < at * 4 + 6 && y > 3 && y < 12;
            to[y * SIDE + x] = in ? 0xFFCC2200 + (colour)k / 9 : 0xFFFFFFF0;
        }
}

static int word_at(const unsigned char *p)
{
    return p[0] | p[1] << 8;
}

/* Puts the next frame of the file on `screen` (indices); 0: there is none. */
static int next_frame(struct reader *r, unsigned char *screen)
{
    if (r->p >= r->end || *r->p == 0x3B)
        return 0;
    int delay = word_at(r->p + 4), clear = r->p[6];
    const unsigned char *image = r->p + 8;
    int x = word_at(image + 1), y = word_at(image + 3);
    int w = word_at(image + 5), h = word_at(image + 7);
    static unsigned char list[SIDE * SIDE + 8192];
    r->p = image + 10;
    EXPECT_EQ_INT((int64_t)read_lzw(r, list, sizeof list), (int64_t)w * h);
    for (int i = 0; i < w * h; i++)
        if (list[i] != clear)
            screen[(y + i / w) * SIDE + x + i % w] = list[i];
    return delay;
}

TEST("frames that say only what has changed make the pictures they came from")
{
    enum { FRAMES = 5 };
    static colour picture[SIDE * SIDE];
    static unsigned char screen[SIDE * SIDE];
    struct gif *g = gif_new(SIDE, SIDE);
    struct str out = {0};
    struct gif_picture p = {picture, SIDE};
    for (int k = 0; k < FRAMES; k++) {
        paint(picture, k);
        gif_count(g, p);
    }
    gif_begin(g, &out);
    for (int k = 0; k < FRAMES; k++) {
        paint(picture, k);
        gif_frame(g, p, 10, &out);
    }
    gif_end(g, 30, &out);
    gif_free(g);
    const unsigned char *palette = (const unsigned char *)out.text + 13;
    struct reader r = {.p = palette + 768 + 19,
                       .end = (const unsigned char *)out.text + out.length};
    EXPECT(memcmp(out.text, "GIF89a", 6) == 0);
    /* Frames 1 and 2 look the same: they are one, twice as long. */
    static const int delays[] = {10, 20, 10, 40}, shows[] = {0, 1, 3, 4};
    for (int k = 0; k < 4; k++) {
        test_case("frame %d", k);
        EXPECT_EQ_INT(next_frame(&r, screen), delays[k]);
        paint(picture, shows[k]);
        for (int i = 0; i < SIDE * SIDE; i++) {
            const unsigned char *c = palette + 3 * screen[i];
            colour got = 0xFF000000u | (colour)c[0] << 16 | (colour)c[1] << 8 |
                         c[2];
            if (got != picture[i])
                EXPECT_EQ_INT(got, picture[i]);
        }
    }
    EXPECT_EQ_INT(next_frame(&r, screen), 0);
    str_free(&out);
}

/* ---- SVG ---- */

TEST("XML has no text that it could not have")
{
    static const char odd[] = "a<b>&\"\x01\x1b\xff\xef\xbf\xbf\tz";
    struct str out = {0};
    svg_add_text(&out, odd, sizeof odd - 1);
    EXPECT_EQ_STR(str_text(&out), "a&lt;b&gt;&amp;&quot;"
                                  "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                                  "\xEF\xBF\xBD\tz");
    str_free(&out);
}

/* Whether tags are balanced, attributes quoted and entities known. */
static bool is_well_formed(const char *p)
{
    int depth = 0;
    bool any = false;
    while (*p) {
        if (*p == '&') {
            size_t n = strcspn(p, ";");
            if (n > 5 || !strchr("ampltgquo", p[1]))
                return false;
        }
        if (*p != '<') {
            p++;
            continue;
        }
        bool closes = p[1] == '/';
        int quotes = 0;
        while (*++p && (*p != '>' || quotes % 2))
            quotes += *p == '"';
        if (!*p || quotes % 2)
            return false;
        depth += closes ? -1 : p[-1] == '/' ? 0 : 1;
        any = true;
        if (depth < 0 || (depth == 0 && !closes))
            return false;
        p++;
    }
    return any && depth == 0;
}

static void svg_of(struct stand *s, struct pixel_rect part, struct str *out)
{
    frame(s);
    svg_write(&(struct svg_picture){
                  .draw = &s->stage.ui.layers[0],
                  .part = part,
                  .scale = stage_scale(&s->stage, s->width, s->height),
                  .ground = ui_tone(&s->stage.ui, TONE_GROUND),
                  .title = "a < b"},
              out);
}

TEST("every moment of a lesson is well-formed SVG, in all themes")
{
    struct stand s;
    NEED(stand_up(&s, stand_crowd));
    press(&s, KEY_END, 0);
    for (tick t = 0; t <= s.stage.travel.seen_time; t += 3) {
        struct str out = {0};
        s.stage.view.theme = (enum theme_kind)(t % THEME_COUNT);
        travel_seek(&s.stage.travel, t);
        svg_of(&s, (struct pixel_rect){0, 0, s.width, s.height}, &out);
        test_case("t = %lld", (long long)t);
        EXPECT(is_well_formed(str_text(&out)));
        EXPECT(strstr(str_text(&out), ">ready</text>"));
        EXPECT(strstr(str_text(&out), "url(#p0)"));
        str_free(&out);
    }
    take_down(&s);
}

TEST("a part of the window has what touches it, and nothing else")
{
    struct stand s;
    struct str all = {0}, part = {0};
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    svg_of(&s, (struct pixel_rect){0, 0, s.width, s.height}, &all);
    struct rect at = s.stage.layout.at[PANEL_STATES];
    svg_of(&s, canvas_pixels_of(at, 1), &part);
    EXPECT(is_well_formed(str_text(&part)));
    EXPECT(strstr(all.text, "dispatch") && strstr(part.text, "dispatch"));
    EXPECT(strstr(all.text, ">Timeline<") && !strstr(part.text, ">Timeline<"));
    EXPECT(part.length < all.length / 2);
    str_free(&all);
    str_free(&part);
    take_down(&s);
}
