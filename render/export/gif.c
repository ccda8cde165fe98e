/* gif.c: see gif.h, and "Graphics Interchange Format, Version 89a" (CompuServe
 * 1990). LZW's patents have been over since 2004. */
#include "render/export/gif.h"

#include "render/export/gif_palette.h"
#include "sim/base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    AS_BEFORE = 255,  /* the index that leaves a pixel as it was */
    DELAY_LEAST = 2,
    DELAY_MOST = 65535,
    CODES = 4096,     /* of LZW: 12 bits */
    BLOCK_MOST = 255  /* bytes */
};

struct gif {
    int width, height;
    struct tints tints;
    uint8_t *before, *now; /* indices of the frame that was written, and of the
                              one that is not yet … */
    bool written, waits;   /* … if there are such */
    int delay;             /* of the one that waits */
};

struct gif *gif_new(int width, int height)
{
    struct gif *g = mem_new(1, sizeof *g);
    size_t pixels = (size_t)width * (size_t)height;
    *g = (struct gif){.width = width, .height = height};
    g->before = mem_new(pixels, 1);
    g->now = mem_new(pixels, 1);
    return g;
}

void gif_free(struct gif *g)
{
    tints_free(&g->tints);
    free(g->before);
    free(g->now);
    free(g);
}

void gif_count(struct gif *g, struct gif_picture p)
{
    for (int y = 0; y < g->height; y++) {
        const colour *row = p.pixels + (ptrdiff_t)y * p.pitch;
        for (int x = 0, end; x < g->width; x = end) {
            for (end = x + 1; end < g->width && row[end] == row[x];)
                end++;
            tints_add(&g->tints, row[x] & 0xffffff, (uint64_t)(end - x));
        }
    }
}

/* ---- bytes ---- */

static void add_byte(struct str *out, int byte)
{
    str_add_char(out, (char)(unsigned char)byte);
}

static void add_word(struct str *out, int word)
{
    add_byte(out, word & 255);
    add_byte(out, word >> 8 & 255);
}

/* ---- LZW ---- */

/* Codes as bits, least significant first, in blocks. */
struct bits {
    struct str *out;
    uint32_t held;
    int count, length;
    char block[BLOCK_MOST];
};

static void end_block(struct bits *b)
{
    if (!b->length)
        return;
    add_byte(b->out, b->length);
    str_add_bytes(b->out, b->block, (size_t)b->length);
    b->length = 0;
}

static void add_bits(struct bits *b, int code, int width)
{
    b->held |= (uint32_t)code << b->count;
    b->count += width;
    while (b->count >= 8) {
        b->block[b->length++] = (char)(unsigned char)(b->held & 255);
        b->held >>= 8;
        b->count -= 8;
        if (b->length == BLOCK_MOST)
            end_block(b);
    }
}

/* What is known: a code is one before it and one index more. Those that go on
 * from the same code are a list. */
struct dictionary {
    int16_t first[CODES], next[CODES];
    uint8_t last[CODES];
    int count, width, bits;
};

static void dictionary_begin(struct dictionary *d, int bits)
{
    d->bits = bits;
    d->count = (1 << bits) + 2;
    d->width = bits + 1;
    memset(d->first, -1, sizeof d->first);
}

/* The code for `code` and then `index`, -1: there is none. */
static int code_after(const struct dictionary *d, int code, uint8_t index)
{
    int at = d->first[code];
    while (at >= 0 && d->last[at] != index)
        at = d->next[at];
    return at;
}

static void learn(struct dictionary *d, int code, uint8_t index)
{
    int fresh = d->count++;
    d->last[fresh] = index;
    d->next[fresh] = d->first[code];
    d->first[code] = (int16_t)fresh;
    if (fresh == 1 << d->width)
        d->width++;
}

void gif_add_lzw(const uint8_t *indices, size_t count, int bits,
                 struct str *out)
{
    struct dictionary *d = mem_new(1, sizeof *d);
    struct bits b = {.out = out};
    int clear = 1 << bits, code = count ? indices[0] : -1;
    dictionary_begin(d, bits);
    add_byte(out, bits);
    add_bits(&b, clear, d->width);
    for (size_t i = 1; i < count; i++) {
        int longer = code_after(d, code, indices[i]);
        if (longer >= 0) {
            code = longer;
            continue;
        }
        add_bits(&b, code, d->width);
        if (d->count < CODES) {
            learn(d, code, indices[i]);
        } else {
            add_bits(&b, clear, d->width);
            dictionary_begin(d, bits);
        }
        code = indices[i];
    }
    if (code >= 0)
        add_bits(&b, code, d->width);
    if (code >= 0 && d->count == 1 << d->width && d->width < 12)
        d->width++;
    add_bits(&b, clear + 1, d->width);
    add_bits(&b, 0, 7);
    end_block(&b);
    add_byte(out, 0);
    free(d);
}

/* ---- the animation ---- */

void gif_begin(struct gif *g, struct str *out)
{
    uint32_t palette[PALETTE_ROOM + 1] = {0};
    tints_choose(&g->tints, palette);
    str_add(out, "GIF89a");
    add_word(out, g->width);
    add_word(out, g->height);
    add_byte(out, 0xF7); /* 256 colours of 8 bits follow */
    add_byte(out, 0);
    add_byte(out, 0);
    for (int i = 0; i <= PALETTE_ROOM; i++)
        for (int shift = 16; shift >= 0; shift -= 8)
            add_byte(out, (int)(palette[i] >> shift & 255));
    str_add_bytes(out, "\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0", 19);
}

struct area {
    int x, y, w, h;
};

/* Around all that is other than in the frame before; w 0: nothing is. */
static struct area changed(const struct gif *g)
{
    int x0 = g->width, y0 = g->height, x1 = -1, y1 = -1;
    if (!g->written)
        return (struct area){0, 0, g->width, g->height};
    for (int y = 0; y < g->height; y++) {
        const uint8_t *a = g->before + (ptrdiff_t)y * g->width;
        const uint8_t *b = g->now + (ptrdiff_t)y * g->width;
        if (memcmp(a, b, (size_t)g->width) == 0)
            continue;
        int left = 0, right = g->width - 1;
        while (a[left] == b[left])
            left++;
        while (a[right] == b[right])
            right--;
        x0 = left < x0 ? left : x0;
        x1 = right > x1 ? right : x1;
        y0 = y < y0 ? y : y0;
        y1 = y;
    }
    return y1 < 0 ? (struct area){0, 0, 0, 0}
                  : (struct area){x0, y0, x1 - x0 + 1, y1 - y0 + 1};
}

/* The area's indices, those that have not changed as AS_BEFORE. */
static uint8_t *difference(const struct gif *g, struct area a)
{
    uint8_t *list = mem_new((size_t)a.w * (size_t)a.h, 1), *to = list;
    for (int y = a.y; y < a.y + a.h; y++)
        for (int x = a.x; x < a.x + a.w; x++) {
            size_t at = (size_t)y * (size_t)g->width + (size_t)x;
            bool same = g->written && g->now[at] == g->before[at];
            *to++ = same ? AS_BEFORE : g->now[at];
        }
    return list;
}

/* Writes the frame that waits. One in which nothing has changed is one pixel:
 * its time must pass. */
static void write_waiting(struct gif *g, struct str *out)
{
    struct area a = changed(g);
    if (!a.w)
        a.w = a.h = 1;
    uint8_t *list = difference(g, a);
    str_add_bytes(out, "\x21\xF9\x04\x05", 4); /* stays; has AS_BEFORE */
    add_word(out, g->delay);
    add_byte(out, AS_BEFORE);
    add_byte(out, 0);
    add_byte(out, 0x2C);
    add_word(out, a.x);
    add_word(out, a.y);
    add_word(out, a.w);
    add_word(out, a.h);
    add_byte(out, 0);
    gif_add_lzw(list, (size_t)a.w * (size_t)a.h, 8, out);
    free(list);
    uint8_t *swap = g->before;
    g->before = g->now;
    g->now = swap;
    g->written = true;
    g->waits = false;
}

static void take(const struct gif *g, struct gif_picture p, uint8_t *to)
{
    for (int y = 0; y < g->height; y++) {
        const colour *row = p.pixels + (ptrdiff_t)y * p.pitch;
        for (int x = 0; x < g->width; x++) {
            bool same = x && row[x] == row[x - 1];
            *to = same ? to[-1] : tints_index(&g->tints, row[x] & 0xffffff);
            to++;
        }
    }
}

/* A frame waits for the next: if that looks the same, it only lasts longer. */
void gif_frame(struct gif *g, struct gif_picture p, int hundredths,
               struct str *out)
{
    size_t pixels = (size_t)g->width * (size_t)g->height;
    int delay = hundredths < DELAY_LEAST ? DELAY_LEAST : hundredths;
    uint8_t *fresh = mem_new(pixels, 1);
    take(g, p, fresh);
    if (g->waits && memcmp(fresh, g->now, pixels) == 0 &&
        g->delay + delay <= DELAY_MOST) {
        g->delay += delay;
        free(fresh);
        return;
    }
    if (g->waits)
        write_waiting(g, out);
    free(g->now);
    g->now = fresh;
    g->waits = true;
    g->delay = delay > DELAY_MOST ? DELAY_MOST : delay;
}

void gif_end(struct gif *g, int hundredths, struct str *out)
{
    g->delay += hundredths;
    if (g->delay > DELAY_MOST)
        g->delay = DELAY_MOST;
    if (g->waits)
        write_waiting(g, out);
    add_byte(out, 0x3B);
}
