/* world_shm.c: questions about mappings and segments. */
#include "sim/base/promises.h"
#include "sim/model/shm.h"

#include <string.h>

int world_mapping(const struct world *w, int proc, int64_t address)
{
    for (int i = 0; i < w->head->attaches; i++) {
        const struct attach *a = world_attach(w, proc, i);
        if (a->shm == NONE || address < a->address)
            continue;
        int64_t bytes = (int64_t)w->shm[a->shm].pages * PIPE_PAGE;
        if (address < a->address + bytes)
            return i;
    }
    return NONE;
}

void world_shm_bytes(const struct world *w, int shm, int64_t from,
                     unsigned char *to, int64_t count)
{
    require(from >= 0 &&
            from + count <= (int64_t)w->shm[shm].pages * PIPE_PAGE);
    while (count > 0) {
        int64_t in_page = from % PIPE_PAGE, n = PIPE_PAGE - in_page;
        if (n > count)
            n = count;
        int32_t frame = world_frame(w, shm, from / PIPE_PAGE);
        if (frame == NONE)
            memset(to, 0, (size_t)n);
        else
            memcpy(to, w->mem_frame + (int64_t)frame * PIPE_PAGE + in_page,
                   (size_t)n);
        from += n;
        to += n;
        count -= n;
    }
}
