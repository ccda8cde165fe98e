#include "cli/places.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder the running program lies in; "" if that is not to be known. */
static void program_folder(char *to, size_t room)
{
    ssize_t n = readlink("/proc/self/exe", to, room - 1);
    to[n < 0 ? 0 : n] = '\0';
    char *slash = strrchr(to, '/');
    if (slash)
        *slash = '\0';
}

bool place_find(const char *folder, struct str *out)
{
    char bin[PATH_MAX];
    program_folder(bin, sizeof bin);
    const char *const roots[][2] = {
        {bin, "/" TIMESLICE_DATADIR_FROM_BIN},
        {TIMESLICE_INSTALL_DATADIR, ""},
        {TIMESLICE_SOURCE_DIR, ""},
    };
    size_t start = out->length;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        str_addf(out, "%s%s/%s", roots[i][0], roots[i][1], folder);
        if (is_folder(out->text + start))
            return true;
        str_cut(out, start);
    }
    return false;
}
