/* load_files.c: which files are in the lesson's directory from the beginning.
 *
 * ftok(3) wants a file that is there. So a name that a key is made of is an
 * empty regular file, unless some `mkfifo` of the lesson is to make it. Such a
 * file is there for ftok alone: reading and writing files is no lesson of
 * ours, so who opens one is told. */
#include "sim/base/mem.h"
#include "sim/scenario/load.h"

#include <stdlib.h>

void find_files(struct loader *l)
{
    bool *is_file = arena_alloc(&l->sc->arena, l->names.count + 1);
    for (size_t n = 0; n < l->names.count; n++)
        is_file[n] = false;
    for (size_t k = 0; k < l->keys.count; k++)
        if (l->keys.at[k].kind == IPC_KEY_FTOK)
            is_file[l->keys.at[k].path] = true;
    for (size_t i = 0; i < l->ops.count; i++) {
        int64_t path = l->ops.at[i].arg[0];
        if (l->ops.at[i].verb == OP_mkfifo && path >= 0)
            is_file[path] = false;
    }
    for (size_t i = 0; i < l->ops.count; i++) {
        int64_t path = l->ops.at[i].arg[0];
        if (l->ops.at[i].verb == OP_open && path >= 0 && is_file[path])
            json_complain(&l->json, json_member(l->op_nodes.at[i], "open"),
                          SAID(OP_OPEN_FILE));
    }
    l->sc->name_is_file = is_file;
}
