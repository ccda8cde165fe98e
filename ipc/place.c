/* place.c: see place.h. */
#define _GNU_SOURCE
#include "ipc/place.h"

#include "ipc/sandbox.h"
#include "ipc/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    char path[256]; /* "": there is none */
    int fd;
} place = {.fd = -1};

const char *place_path(void)
{
    return place.path;
}

int place_dirfd(void)
{
    return place.fd;
}

bool place_enter(void)
{
    return place.fd < 0 || fchdir(place.fd) == 0;
}

static bool make_file(const char *name)
{
    int fd = openat(place.fd, name, O_CREAT | O_WRONLY | O_NOFOLLOW | O_CLOEXEC,
                    0644);
    if (fd < 0)
        return false;
    bool well = fchmod(fd, 0644) == 0; /* whatever our umask is */
    close(fd);
    return well;
}

static bool make_files(const struct scenario *sc)
{
    for (int n = 0; sc->name_is_file && n < sc->name_count; n++)
        if (sc->name_is_file[n] && !make_file(sc->names[n]))
            return false;
    return true;
}

/* Inside of our own namespaces the directory for temporary files is nobody
 * else's (sandbox.c); outside, the user's own is better than everybody's. NULL:
 * he has none. */
static const char *users_own(void)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    bool usable = runtime && runtime[0] == '/' && strlen(runtime) < 150;
    return usable && !sandbox_inside() ? runtime : NULL;
}

/* A name that nobody can guess, and that the sweeper knows before the directory
 * is there. */
static int make_directory_in(const char *parent)
{
    int error = EEXIST;
    for (int tries = 0; tries < 100 && error == EEXIST; tries++) {
        uint64_t chance = 0;
        struct stat seen;
        if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
            return EIO;
        snprintf(place.path, sizeof place.path, "%s/timeslice-%016llx",
                 parent, (unsigned long long)chance);
        if (lstat(place.path, &seen) == 0)
            continue;
        sweep_owns_place(place.path);
        error = mkdir(place.path, 0700) < 0 ? errno : 0;
    }
    if (error)
        place.path[0] = '\0';
    if (error)
        sweep_owns_place("");
    return error;
}

static bool is_made_in(const char *parent, const struct scenario *sc,
                       int *error)
{
    *error = make_directory_in(parent);
    if (*error)
        return false;
    place.fd = open(place.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
                                    O_CLOEXEC);
    if (place.fd >= 0 && make_files(sc))
        return true;
    *error = errno;
    place_remove();
    return false;
}

/* The user's own may be full, or not be there any more. */
int place_make(const struct scenario *sc)
{
    int error;
    const char *own = users_own();
    if ((own && is_made_in(own, sc, &error)) || is_made_in("/tmp", sc, &error))
        return 0;
    return error;
}

void place_remove(void)
{
    DIR *dir = place.path[0] ? opendir(place.path) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
    if (place.fd >= 0)
        close(place.fd);
    if (place.path[0])
        rmdir(place.path);
    place.path[0] = '\0';
    place.fd = -1;
    sweep_owns_place("");
}
