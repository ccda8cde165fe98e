#include "cli/lessons.h"

#include "cli/cli.h"
#include "cli/places.h"
#include "sim/base/mem.h"
#include "sim/base/str.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* "11-pipe-one-way.json" is lesson 11, "pipe-one-way". */
static bool is_lesson(const char *file)
{
    size_t digits = strspn(file, "0123456789");
    size_t length = strlen(file);
    return digits > 0 && digits < 6 && file[digits] == '-' &&
           length > digits + 6 && strcmp(file + length - 5, ".json") == 0;
}

static void add_lesson(struct lessons *l, size_t *room, const char *folder,
                       const char *file)
{
    size_t digits = strspn(file, "0123456789");
    l->all = mem_grow(l->all, (size_t)l->count + 1, room, sizeof *l->all);
    l->all[l->count++] = (struct lesson){
        .number = (int)strtol(file, NULL, 10),
        .name = arena_copy(&l->arena, file + digits + 1,
                           strlen(file) - digits - 6),
        .path = arena_printf(&l->arena, "%s/%s", folder, file),
    };
}

static int by_number(const void *a, const void *b)
{
    const struct lesson *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->name, y->name);
}

bool lessons_find(struct lessons *l)
{
    *l = (struct lessons){0};
    struct str folder = {0};
    size_t room = 0;
    DIR *d = place_find("scenarios", &folder) ? opendir(folder.text) : NULL;
    if (d) {
        for (struct dirent *e; (e = readdir(d));)
            if (is_lesson(e->d_name))
                add_lesson(l, &room, folder.text, e->d_name);
        closedir(d);
    }
    if (l->count)
        qsort(l->all, (size_t)l->count, sizeof *l->all, by_number);
    str_free(&folder);
    return l->count > 0;
}

const struct lesson *lesson_named(const struct lessons *l, const char *word)
{
    size_t digits = strspn(word, "0123456789");
    bool numbered = digits > 0 && digits < 6 &&
                    (!word[digits] || word[digits] == '-');
    long number = numbered ? strtol(word, NULL, 10) : -1;
    const char *name = numbered ? word + digits + (word[digits] == '-') : word;
    for (int i = 0; i < l->count; i++) {
        const struct lesson *one = &l->all[i];
        bool same_name = strcmp(one->name, name) == 0;
        if (numbered ? one->number == number && (!*name || same_name)
                     : same_name)
            return one;
    }
    return NULL;
}

const char *lesson_near(const struct lessons *l, const char *word)
{
    const char **names = mem_new((size_t)l->count + 1, sizeof *names);
    for (int i = 0; i < l->count; i++)
        names[i] = l->all[i].name;
    const char *near = nearest_name(word, names, l->count);
    free(names);
    return near;
}

void lessons_free(struct lessons *l)
{
    free(l->all);
    arena_free(&l->arena);
    *l = (struct lessons){0};
}
