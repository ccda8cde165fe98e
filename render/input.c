#include "render/input.h"

#include <string.h>

void input_next(struct input *in)
{
    struct input next = {.x = in->x, .y = in->y, .mods = in->mods,
                         .now = in->now};
    memcpy(next.down, in->down, sizeof next.down);
    *in = next;
}

bool input_key(const struct input *in, int key, int mods)
{
    for (int i = 0; i < in->key_count; i++)
        if (in->keys[i].key == key && in->keys[i].mods == mods)
            return true;
    return false;
}
