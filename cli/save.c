/* save.c: a changed text goes where it may. */
#include "cli/save.h"

#include "cli/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPIES_MOST = 1000, NEW_MODE = 0644 };

/* By whatever path it was opened. */
static bool is_built_in(const struct lessons *all, const char *path)
{
    for (int i = 0; i < all->count; i++)
        if (file_is_same(all->all[i].path, path))
            return true;
    return false;
}

/* ---- where to ---- */

/* "51-quantum.json", "51-quantum-2.json" …: the first that is not there. */
static bool free_name(const char *like, struct str *path)
{
    size_t place = path->length, stem = strlen(like);
    if (stem > 5 && strcmp(like + stem - 5, ".json") == 0)
        stem -= 5;
    for (int i = 1; i < COPIES_MOST; i++) {
        str_cut(path, place);
        str_add_bytes(path, like, stem);
        str_addf(path, i > 1 ? "-%d.json" : ".json", i);
        if (access(str_text(path), F_OK) != 0 && errno == ENOENT)
            return true;
    }
    return false;
}

/* A link stays one: what it leads to is written. */
static bool place_of(const char *from, const struct lessons *built_in,
                     struct str *path)
{
    if (is_built_in(built_in, from)) {
        if (!file_of_user("XDG_DATA_HOME", ".local/share", "timeslice/lessons/",
                          path) ||
            !free_name(file_name(from), path))
            return false;
        file_make_place(str_text(path));
        return true;
    }
    char *real = realpath(from, NULL);
    str_add(path, real ? real : from);
    free(real);
    return true;
}

/* ---- what ---- */

/* Whether the file still is what was loaded; one that is not there is. */
static bool is_as_loaded(const char *path, const struct str *text)
{
    struct str now = {0};
    bool same = file_read(path, SCENARIO_BYTES_MAX, &now)
                    ? now.length == text->length &&
                          memcmp(str_text(&now), str_text(text),
                                 now.length) == 0
                    : errno == ENOENT;
    str_free(&now);
    return same;
}

/* The path of a copy in the same place. */
static bool beside(struct str *path)
{
    struct str name = {0};
    str_add(&name, file_name(str_text(path)));
    str_cut(path, path->length - name.length);
    bool there = free_name(str_text(&name), path);
    str_free(&name);
    return there;
}

static bool is_scenario(const char *path, const struct str *text)
{
    struct diag diag = {.file = path};
    struct scenario *sc = scenario_read(path, str_text(text), text->length, NULL,
                                        0, &diag);
    diag_free(&diag);
    if (sc)
        scenario_free(sc);
    return sc != NULL;
}

static unsigned mode_of(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? (unsigned)s.st_mode & 0777u : NEW_MODE;
}

static bool write_to(const char *from, const struct str *on_disk,
                     const struct str *text, const struct lessons *built_in,
                     enum lang lang, struct str *where, struct str *remark)
{
    if (!place_of(from, built_in, where)) {
        str_addf(remark, "%s", word(W_CLI_SAVE_NOWHERE, lang));
        return false;
    }
    const char *path = str_text(where);
    if (!is_built_in(built_in, from) && !is_as_loaded(path, on_disk)) {
        str_addf(remark, word(W_CLI_SAVE_OTHER, lang), path);
        if (!beside(where)) {
            str_addf(remark, word(W_CLI_SAVE_FAILED, lang), path,
                     strerror(errno));
            return false;
        }
        path = str_text(where);
    }
    if (!file_replace(path, text, mode_of(path))) {
        str_addf(remark, word(W_CLI_SAVE_FAILED, lang), path,
                 strerror(errno));
        return false;
    }
    return true;
}

bool save_text(const char *path, const struct str *on_disk,
               const struct str *text, const struct lessons *built_in,
               enum lang lang, struct str *where, struct str *remark)
{
    bool same = text->length == on_disk->length &&
                memcmp(str_text(text), str_text(on_disk), text->length) == 0;
    if (strcmp(path, "-") == 0 || !path[0])
        str_addf(remark, "%s", word(W_CLI_SAVE_STDIN, lang));
    else if (!is_scenario(path, text))
        str_addf(remark, word(W_CLI_SAVE_NOT, lang), path);
    else if (same && !is_built_in(built_in, path))
        str_addf(remark, word(W_CLI_SAVE_SAME, lang), path);
    else
        return write_to(path, on_disk, text, built_in, lang, where, remark);
    return false;
}
