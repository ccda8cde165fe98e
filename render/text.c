/* text.c: SDL2_ttf glyphs become coverage masks (text.h).
 *
 * SDL2_ttf can render a font with different resolutions across and up: at
 * four times the resolution across, one rendered glyph has four pixels where
 * we have one. Averaging them with an offset of 0 … 3 gives the glyph on each
 * quarter of a pixel, while its heights are still hinted to whole rows. So
 * letters keep the spacing their designer gave them and lines stay crisp.
 *
 * Glyphs live in a hash table with open addressing, masks in an arena. */
#include "render/text.h"

#include "sim/base/arena.h"
#include "sim/base/mem.h"
#include "sim/base/promises.h"

#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACROSS = 4, DPI = 72, SIZE_MOST = 400 };

/* The font files, the faces first in the order of enum face. */
enum { FILE_SIGNS = FACE_COUNT, FILE_CHINESE, FILE_COUNT };

static const struct {
    const char *path, *package;
} files[FILE_COUNT] = {
    {"opentype/inter/Inter-Regular.otf", "fonts-inter"},
    {"opentype/inter/Inter-Medium.otf", "fonts-inter"},
    {"opentype/inter/Inter-SemiBold.otf", "fonts-inter"},
    {"opentype/inter/Inter-Bold.otf", "fonts-inter"},
    {"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
     "fonts-jetbrains-mono"},
    {"truetype/jetbrains-mono/JetBrainsMono-Bold.ttf", "fonts-jetbrains-mono"},
    {"truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core"},
    {"truetype/wqy/wqy-microhei.ttc", "fonts-wqy-microhei"},
};

struct sized_font {
    TTF_Font *font;
    int file, size;
};

struct slot {
    uint64_t key; /* 0: free */
    struct glyph glyph;
};

struct font_set {
    struct str bytes[FILE_COUNT]; /* the files themselves, once wanted */
    struct sized_font *fonts;
    size_t font_count, font_capacity;
    struct slot *slots; /* a power of two */
    size_t slot_count, used;
    struct arena masks;
};

/* ------------------------------------------------------------------ files */

static FILE *open_file(int file, struct str *path)
{
    str_addf(path, "/usr/share/fonts/%s", files[file].path);
    return fopen(str_text(path), "rbe");
}

/* Only looks: fonts are read when their first glyph is wanted, because the
 * Chinese one has 5 MB and an English picture needs nothing of it. */
static bool is_there(int file, struct str *why)
{
    struct str path = {0};
    FILE *f = open_file(file, &path);
    if (f)
        fclose(f);
    else
        str_addf(why,
                 "the font %s is missing; install it with: apt-get install %s",
                 str_text(&path), files[file].package);
    str_free(&path);
    return f != NULL;
}

static void read_file(struct font_set *t, int file)
{
    static char part[1 << 16];
    struct str path = {0};
    FILE *f = open_file(file, &path);
    /* It was there when we began. */
    require(f);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        str_add_bytes(&t->bytes[file], part, n);
    fclose(f);
    str_free(&path);
}

struct font_set *text_new(struct str *why)
{
    if (TTF_Init() != 0) {
        str_addf(why, "SDL2_ttf cannot start: %s", TTF_GetError());
        return NULL;
    }
    struct font_set *t = mem_new(1, sizeof *t);
    t->slot_count = 1024;
    t->slots = mem_new(t->slot_count, sizeof *t->slots);
    for (int i = 0; i < FILE_COUNT; i++)
        if (!is_there(i, why)) {
            text_free(t);
            return NULL;
        }
    return t;
}

void text_free(struct font_set *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->font_count; i++)
        TTF_CloseFont(t->fonts[i].font);
    for (int i = 0; i < FILE_COUNT; i++)
        str_free(&t->bytes[i]);
    arena_free(&t->masks);
    free(t->fonts);
    free(t->slots);
    free(t);
    TTF_Quit();
}

static TTF_Font *font_of(struct font_set *t, int file, int size)
{
    for (size_t i = 0; i < t->font_count; i++)
        if (t->fonts[i].file == file && t->fonts[i].size == size)
            return t->fonts[i].font;
    if (!t->bytes[file].length)
        read_file(t, file);
    SDL_RWops *rw = SDL_RWFromConstMem(t->bytes[file].text,
                                       (int)t->bytes[file].length);
    TTF_Font *font = TTF_OpenFontDPIRW(rw, 1, size, ACROSS * DPI, DPI);
    /* The bytes are in memory: what fails now is a broken font file. */
    require(font);
    TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
    TTF_SetFontKerning(font, 0);
    t->fonts = mem_grow(t->fonts, t->font_count + 1, &t->font_capacity,
                        sizeof *t->fonts);
    t->fonts[t->font_count++] = (struct sized_font){font, file, size};
    return font;
}

/* ----------------------------------------------------------------- glyphs */

static int sane_size(int size)
{
    return size < 4 ? 4 : size > SIZE_MOST ? SIZE_MOST : size;
}

/* The font that has the code point; the face itself if none does. */
static int file_of(struct font_set *t, enum face face, int size, unsigned code)
{
    const int order[] = {(int)face, FILE_SIGNS, FILE_CHINESE};
    for (int i = 0; i < 3; i++)
        if (TTF_GlyphIsProvided32(font_of(t, order[i], size), code))
            return order[i];
    return (int)face;
}

bool text_has(struct font_set *t, enum face face, unsigned code)
{
    int file = file_of(t, face, 16, code);
    return TTF_GlyphIsProvided32(font_of(t, file, 16), code) != 0;
}

static unsigned alpha_at(const SDL_Surface *s, int x, int y)
{
    if (x < 0 || x >= s->w)
        return 0;
    uint32_t pixel;
    memcpy(&pixel, (const char *)s->pixels + (ptrdiff_t)y * s->pitch + x * 4,
           sizeof pixel);
    return (pixel & s->format->Amask) >> s->format->Ashift;
}

/* The rows of the surface that have something on them: *first <= y < *end. */
static void inked_rows(const SDL_Surface *s, int *first, int *end)
{
    *first = s->h;
    *end = 0;
    for (int y = 0; y < s->h; y++)
        for (int x = 0; x < s->w; x++)
            if (alpha_at(s, x, y)) {
                *first = y < *first ? y : *first;
                *end = y + 1;
                break;
            }
}

/* What lies on the surface before a mask is made of it. */
struct inked {
    const SDL_Surface *surface;
    int left; /* where it begins, in fine pixels, from the pen */
    int base; /* the row of the baseline */
    int bold; /* by how many fine pixels strokes are widened */
};

/* The darkest of the pixel and its `bold` left neighbours. */
static unsigned widened(const struct inked *k, int x, int y)
{
    unsigned most = 0;
    for (int i = 0; i <= k->bold; i++) {
        unsigned a = alpha_at(k->surface, x - i, y);
        most = a > most ? a : most;
    }
    return most;
}

/* Averages each ACROSS pixels to one. */
static void average(struct font_set *t, const struct inked *k, struct glyph *g)
{
    const SDL_Surface *s = k->surface;
    int left = k->left;
    int first, end;
    inked_rows(s, &first, &end);
    if (end <= first)
        return;
    int column = (left < 0 ? left - ACROSS + 1 : left) / ACROSS;
    int width = (left + s->w + k->bold - column * ACROSS + ACROSS - 1) / ACROSS;
    uint8_t *mask =
        arena_alloc(&t->masks, (size_t)width * (size_t)(end - first));
    g->mask = mask;
    g->width = width;
    g->height = end - first;
    g->left = column;
    g->top = k->base - first;
    for (int y = first; y < end; y++)
        for (int x = 0; x < width; x++) {
            unsigned sum = 0;
            int from = (column + x) * ACROSS - left;
            for (int i = 0; i < ACROSS; i++)
                sum += widened(k, from + i, y);
            *mask++ = (uint8_t)((sum + ACROSS / 2) / ACROSS);
        }
}

/* The fallback fonts have one weight: for heavy faces we widen it. */
static bool is_bold(enum face face)
{
    return face == FACE_SEMIBOLD || face == FACE_BOLD ||
           face == FACE_CODE_BOLD;
}

static struct glyph render(struct font_set *t, enum face face, int size,
                           unsigned code, int quarter)
{
    struct glyph g = {0};
    int file = file_of(t, face, size, code);
    TTF_Font *font = font_of(t, file, size);
    int min_x, max_x, min_y, max_y, advance;
    if (TTF_GlyphMetrics32(font, code, &min_x, &max_x, &min_y, &max_y,
                           &advance) != 0)
        return g;
    g.advance = (float)advance / ACROSS;
    SDL_Color white = {255, 255, 255, 255};
    SDL_Surface *s = TTF_RenderGlyph32_Blended(font, code, white);
    if (!s)
        return g;
    /* The surface begins left of the pen or above the ascent where the glyph
     * does, else at them. */
    int ascent = TTF_FontAscent(font);
    struct inked inked = {
        .surface = s,
        .left = (min_x < 0 ? min_x : 0) + quarter,
        .base = max_y > ascent ? max_y : ascent,
        .bold = file != (int)face && is_bold(face) ? size / 8 + 1 : 0,
    };
    average(t, &inked, &g);
    SDL_FreeSurface(s);
    return g;
}

static uint64_t scatter(uint64_t key)
{
    key *= UINT64_C(0x9E3779B97F4A7C15);
    return key ^ key >> 32;
}

static struct slot *find(struct slot *slots, size_t count, uint64_t key)
{
    size_t i = (size_t)scatter(key) & (count - 1);
    while (slots[i].key && slots[i].key != key)
        i = (i + 1) & (count - 1);
    return &slots[i];
}

static void grow(struct font_set *t)
{
    size_t count = t->slot_count * 2;
    struct slot *slots = mem_new(count, sizeof *slots);
    for (size_t i = 0; i < t->slot_count; i++)
        if (t->slots[i].key)
            *find(slots, count, t->slots[i].key) = t->slots[i];
    free(t->slots);
    t->slots = slots;
    t->slot_count = count;
}

const struct glyph *text_glyph(struct font_set *t, enum face face, int size,
                               unsigned code, int quarter)
{
    size = sane_size(size);
    uint64_t key = (uint64_t)code << 20 | (uint64_t)size << 8 |
                   (uint64_t)face << 3 | (uint64_t)quarter << 1 | 1;
    struct slot *slot = find(t->slots, t->slot_count, key);
    if (slot->key)
        return &slot->glyph;
    if (2 * ++t->used > t->slot_count) {
        grow(t);
        slot = find(t->slots, t->slot_count, key);
    }
    slot->key = key;
    slot->glyph = render(t, face, size, code, quarter);
    return &slot->glyph;
}

/* -------------------------------------------------------------- measuring */

float text_cap(struct font_set *t, enum face face, int size)
{
    const struct glyph *g = text_glyph(t, face, size, 'H', 0);
    return (float)g->top;
}
