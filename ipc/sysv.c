/* sysv.c: reading /proc/sysvipc.
 *
 * Each kind has a file there: a line of headings, then a line for each object.
 * The columns of the three are told apart by their headings, of which newer
 * kernels may have more. Everybody may read them, also about objects whose
 * permissions keep IPC_STAT out.
 *
 * See also proc(5), sysvipc(7). */
#define _GNU_SOURCE
#include "ipc/sysv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

enum column {
    KEY, ID, UID, CUID, CTIME, CPID, USE_1, USE_2, COLUMNS
};

static const struct {
    const char *file;
    const char *heading[COLUMNS]; /* NULL: this kind has none */
} kinds[SYSV_KINDS] = {
    [SYSV_MSG] = {"/proc/sysvipc/msg",
                  {"key", "msqid", "uid", "cuid", "ctime", NULL, "stime",
                   "rtime"}},
    [SYSV_SHM] = {"/proc/sysvipc/shm",
                  {"key", "shmid", "uid", "cuid", "ctime", "cpid", "atime",
                   NULL}},
    [SYSV_SEM] = {"/proc/sysvipc/sem",
                  {"key", "semid", "uid", "cuid", "ctime", NULL, "otime",
                   NULL}},
};

/* Where each column stands, -1: nowhere. */
static void read_headings(enum sysv_kind kind, char *line, int place[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++)
        place[c] = -1;
    char *at = line;
    for (int i = 0;; i++) {
        at += strspn(at, " \t\n");
        size_t length = strcspn(at, " \t\n");
        if (!length)
            return;
        for (int c = 0; c < COLUMNS; c++) {
            const char *want = kinds[kind].heading[c];
            if (want && strlen(want) == length &&
                strncmp(want, at, length) == 0)
                place[c] = i;
        }
        at += length;
    }
}

static void read_row(const char *line, const int place[COLUMNS],
                     int64_t value[COLUMNS])
{
    const char *at = line;
    for (int i = 0; *at; i++) {
        char *next;
        int64_t number = strtoll(at, &next, 10);
        if (next == at)
            return;
        for (int c = 0; c < COLUMNS; c++)
            if (place[c] == i)
                value[c] = number;
        at = next;
    }
}

static struct sysv_object as_object(enum sysv_kind kind,
                                    const int64_t v[COLUMNS])
{
    return (struct sysv_object){.kind = kind,
                                .key = (int32_t)v[KEY],
                                .id = (int32_t)v[ID],
                                .owner = (uid_t)v[UID],
                                .creator = (uid_t)v[CUID],
                                .maker = kind == SYSV_SHM ? (int)v[CPID] : -1,
                                .used = v[USE_1] || v[USE_2],
                                .changed = v[CTIME]};
}

bool sysv_each(enum sysv_kind kind, sysv_see *see, void *ctx)
{
    char line[512];
    int place[COLUMNS];
    FILE *f = fopen(kinds[kind].file, "re");
    if (!f)
        return false;
    bool more = fgets(line, sizeof line, f) != NULL;
    read_headings(kind, line, place);
    while (more && fgets(line, sizeof line, f)) {
        int64_t value[COLUMNS] = {0};
        read_row(line, place, value);
        struct sysv_object o = as_object(kind, value);
        more = see(ctx, &o);
    }
    fclose(f);
    return true;
}

bool sysv_exists(enum sysv_kind kind, int id)
{
    union {
        struct msqid_ds msg;
        struct shmid_ds shm;
        struct semid_ds sem;
    } now;
    int got = -1;
    errno = EINVAL;
    switch (kind) {
    case SYSV_MSG: got = msgctl(id, IPC_STAT, &now.msg); break;
    case SYSV_SHM: got = shmctl(id, IPC_STAT, &now.shm); break;
    case SYSV_SEM: got = semctl(id, 0, IPC_STAT, &now.sem); break;
    case SYSV_KINDS: break;
    }
    return got >= 0 || (errno != EINVAL && errno != EIDRM);
}

void sysv_remove(enum sysv_kind kind, int id)
{
    switch (kind) {
    case SYSV_MSG: msgctl(id, IPC_RMID, NULL); break;
    case SYSV_SHM: shmctl(id, IPC_RMID, NULL); break;
    case SYSV_SEM: semctl(id, 0, IPC_RMID); break;
    case SYSV_KINDS: break;
    }
}

static bool remove_one(void *ctx, const struct sysv_object *o)
{
    (void)ctx;
    sysv_remove(o->kind, o->id);
    return true;
}

void sysv_remove_all(void)
{
    for (int kind = 0; kind < SYSV_KINDS; kind++)
        sysv_each((enum sysv_kind)kind, remove_one, NULL);
}
