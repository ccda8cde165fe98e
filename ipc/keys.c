/* keys.c: see keys.h.
 *
 * This is a look before the lesson begins. Somebody may still make an object
 * with such a key while it runs: then the get op that would have made it, which
 * outside of namespaces always asks for a new one (ipc_key.c), fails with
 * EEXIST, and the run is given up. In no case does a lesson get hold of
 * an object that is not its own. */
#define _GNU_SOURCE
#include "ipc/keys.h"

#include "ipc/actor.h"
#include "ipc/place.h"
#include "ipc/sysv.h"
#include "sim/scenario/ops.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <unistd.h>

static enum lang language;

void keys_speak(enum lang lang)
{
    language = lang;
}

struct search {
    int key;
    bool found;
    struct sysv_object object;
};

static bool look(void *ctx, const struct sysv_object *o)
{
    struct search *s = ctx;
    s->found = o->key == s->key;
    s->object = *o;
    return !s->found;
}

static const char *sentence(const struct sysv_object *o)
{
    static const struct {
        enum word name;
        char letter; /* of ipcrm(1) */
    } kinds[SYSV_KINDS] = {[SYSV_MSG] = {W_IPC_MSGQ, 'q'},
                           [SYSV_SHM] = {W_IPC_SHM, 'm'},
                           [SYSV_SEM] = {W_IPC_SEM, 's'}};
    static char text[512];
    snprintf(text, sizeof text, word(W_IPC_KEY_TAKEN, language),
             (unsigned)o->key, word(kinds[o->kind].name, language), o->id,
             (unsigned)o->owner, kinds[o->kind].letter, o->id);
    return text;
}

static bool real_key(const struct scenario *sc, const struct ipc_key *k,
                     key_t *key)
{
    char path[512];
    if (k->kind == IPC_KEY_NUMBER)
        *key = (key_t)k->number;
    else
        snprintf(path, sizeof path, "%s/%s", place_path(),
                 sc->names[k->path]);
    if (k->kind == IPC_KEY_FTOK)
        *key = ftok(path, (int)k->number);
    return *key != -1 || k->kind == IPC_KEY_NUMBER;
}

/* The file gets another number while the old one still has its own. */
static bool make_anew(const char *name)
{
    int fd = openat(place_dirfd(), ".new", O_CREAT | O_EXCL | O_WRONLY |
                                               O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    fchmod(fd, 0644);
    close(fd);
    return renameat(place_dirfd(), ".new", place_dirfd(), name) == 0;
}

/* Whether the key of that op is free, with the object that has it if not. */
static bool is_free(const struct scenario *sc, const struct op *op,
                    struct search *s)
{
    enum { TRIES = 100 };
    const struct ipc_key *k = &sc->keys[op_arg(op, KEY_key)];
    enum sysv_kind kind = (enum sysv_kind)(object_kind(op) - OBJECT_MSGQ);
    key_t key = 0;
    for (int i = 0; i < TRIES; i++) {
        if (k->kind == IPC_KEY_PRIVATE || !real_key(sc, k, &key))
            return true;
        *s = (struct search){.key = (int)key};
        sysv_each(kind, look, s);
        if (!s->found)
            return true;
        if (k->kind == IPC_KEY_NUMBER || !make_anew(sc->names[k->path]))
            return false;
    }
    return false;
}

const char *keys_taken(const struct scenario *sc)
{
    for (int i = 0; i < sc->op_count; i++) {
        const struct op *op = &sc->ops[i];
        struct search s;
        if (object_kind(op) != OBJECT_NONE &&
            op_about((enum verb)op->verb)->call == CALL_OBJECT &&
            !is_free(sc, op, &s))
            return sentence(&s.object);
    }
    return NULL;
}
