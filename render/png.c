/* png.c: the only file that knows stb_image_write. */
#include "render/png.h"

#include "sim/base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The library is one header of somebody else; our warnings are not its. */
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <stdio.h>

/* The chunks of the encoder go here; the first failure is kept. */
struct sink {
    FILE *file;
    int error;
};

static void write_chunk(void *context, void *bytes, int size)
{
    struct sink *s = context;
    if (!s->error && fwrite(bytes, 1, (size_t)size, s->file) != (size_t)size)
        s->error = errno;
}

static unsigned char *to_rgb(const colour *pixels, size_t count)
{
    unsigned char *rgb = mem_new(count, 3);
    for (size_t i = 0; i < count; i++) {
        rgb[3 * i] = (unsigned char)(pixels[i] >> 16 & 255);
        rgb[3 * i + 1] = (unsigned char)(pixels[i] >> 8 & 255);
        rgb[3 * i + 2] = (unsigned char)(pixels[i] & 255);
    }
    return rgb;
}

bool png_write(const char *path, const colour *pixels, int width, int height,
               struct str *why)
{
    struct sink s = {.file = fopen(path, "wbe")};
    if (!s.file) {
        str_add(why, strerror(errno));
        return false;
    }
    unsigned char *rgb = to_rgb(pixels, (size_t)width * (size_t)height);
    int ok = stbi_write_png_to_func(write_chunk, &s, width, height, 3, rgb,
                                    3 * width);
    free(rgb);
    if (fclose(s.file) != 0 && !s.error)
        s.error = errno;
    if (ok && !s.error)
        return true;
    str_add(why, s.error ? strerror(s.error) : "the encoder gave up");
    return false;
}
