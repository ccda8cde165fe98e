#include "render/segment.h"

#include "sim/model/shm.h"

static bool int_begins(const struct world *w, int shm, int64_t at)
{
    int32_t frame = world_frame(w, shm, at / PIPE_PAGE);
    int64_t in_page = at % PIPE_PAGE;
    return frame != NONE &&
           w->mem_int[(int64_t)frame * (PIPE_PAGE / 8) + in_page / 8] >>
                   in_page % 8 & 1;
}

static unsigned char byte_at(const struct world *w, int shm, int64_t at)
{
    int32_t frame = world_frame(w, shm, at / PIPE_PAGE);
    return frame == NONE ? 0
                         : w->mem_frame[(int64_t)frame * PIPE_PAGE +
                                        at % PIPE_PAGE];
}

struct segment_run segment_next_run(const struct world *w, int shm, int64_t at)
{
    int64_t end = (int64_t)w->shm[shm].pages * PIPE_PAGE;
    while (at < end) {
        if (world_frame(w, shm, at / PIPE_PAGE) == NONE)
            at = (at / PIPE_PAGE + 1) * PIPE_PAGE;
        else if (int_begins(w, shm, at))
            return (struct segment_run){at, 4, true};
        else if (byte_at(w, shm, at))
            break;
        else
            at++;
    }
    struct segment_run r = {.at = at};
    for (; at < end && byte_at(w, shm, at) && !int_begins(w, shm, at); at++)
        r.length++;
    return r;
}

int segment_int(const struct world *w, int shm, struct segment_run r)
{
    uint32_t n = 0;
    for (int i = 3; i >= 0; i--)
        n = n << 8 | byte_at(w, shm, r.at + i);
    return (int)n;
}

void segment_text(const struct world *w, int shm, struct segment_run r,
                  char *to, size_t room)
{
    size_t n = 0;
    for (; n + 1 < room && (int)n < r.length; n++) {
        unsigned char c = byte_at(w, shm, r.at + (int64_t)n);
        to[n] = (char)(c >= 0x20 && c < 0x7f ? c : '.');
    }
    to[n] = '\0';
}
