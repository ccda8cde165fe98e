/* t9019-files.c: a new file is there whole or not at all, whoever dies when. */
#define _GNU_SOURCE
#include "cli/files.h"
#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct folder {
    char path[64], file[80];
};

static bool folder_make(struct folder *f)
{
    snprintf(f->path, sizeof f->path, "/tmp/timeslice-files.XXXXXX");
    bool well = mkdtemp(f->path) != NULL;
    snprintf(f->file, sizeof f->file, "%s/result", f->path);
    return well;
}

/* How many names there are; all are removed with `remove_all`. */
static int names(const struct folder *f, bool remove_all)
{
    DIR *d = opendir(f->path);
    int n = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        char path[400];
        if (e->d_name[0] == '.')
            continue;
        n++;
        snprintf(path, sizeof path, "%s/%s", f->path, e->d_name);
        if (remove_all)
            unlink(path);
    }
    if (d)
        closedir(d);
    return n;
}

static void folder_remove(struct folder *f)
{
    names(f, true);
    rmdir(f->path);
}

/* Whether files here can be without a name. */
static bool may_be_nameless(const struct folder *f)
{
    int fd = open(f->path, O_TMPFILE | O_RDWR, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool put(const char *path, const char *text)
{
    struct str s = {0};
    str_add(&s, text);
    bool well = file_replace(path, &s, 0640);
    str_free(&s);
    return well;
}

static bool holds(const char *path, const char *text)
{
    struct str s = {0};
    bool same = file_read(path, 1000, &s) && strcmp(str_text(&s), text) == 0;
    str_free(&s);
    return same;
}

TEST("a file that is new, and one in the place of another, with its permissions")
{
    struct folder f;
    struct stat st;
    NEED(folder_make(&f));
    EXPECT(put(f.file, "one"));
    EXPECT(holds(f.file, "one"));
    EXPECT(put(f.file, "two"));
    EXPECT(holds(f.file, "two"));
    EXPECT(stat(f.file, &st) == 0 && (st.st_mode & 0777) == 0640);
    EXPECT_EQ_INT(names(&f, false), 1);
    folder_remove(&f);
}

TEST("before its end nobody sees it, and what is put away was never there")
{
    struct folder f;
    struct new_file n;
    NEED(folder_make(&f));
    EXPECT(put(f.file, "old"));
    NEED(file_begin(&n, f.file, 0600));
    EXPECT_EQ_INT(n.named, !may_be_nameless(&f));
    EXPECT_EQ_INT(names(&f, false), 1 + n.named);
    EXPECT(write(n.fd, "new", 3) == 3);
    FILE *again = fopen(n.name, "w");
    NEED(again);
    fputs("newer", again);
    fclose(again);
    EXPECT(holds(f.file, "old"));
    EXPECT(file_end(&n, true));
    EXPECT(holds(f.file, "newer"));
    NEED(file_begin(&n, f.file, 0600));
    EXPECT(file_end(&n, false));
    EXPECT(holds(f.file, "newer"));
    EXPECT_EQ_INT(names(&f, false), 1);
    folder_remove(&f);
}

/* Two hundred that are killed while they write, at any moment. */
TEST("whoever is killed has left the old file, and no other name")
{
    enum { KILLS = 200 };
    struct folder f;
    NEED(folder_make(&f));
    int left = 0, whole = 0;
    for (int i = 0; i < KILLS; i++) {
        put(f.file, "old");
        pid_t pid = fork();
        if (pid == 0)
            for (;;) {
                struct new_file n;
                if (!file_begin(&n, f.file, 0600) || write(n.fd, "part", 4) != 4)
                    _exit(1);
                usleep(200);
                file_end(&n, false);
            }
        usleep((useconds_t)(300 + 37 * (i % 20)));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        whole += holds(f.file, "old");
        left += names(&f, true) - 1;
    }
    EXPECT_EQ_INT(whole, KILLS);
    if (may_be_nameless(&f))
        EXPECT_EQ_INT(left, 0);
    folder_remove(&f);
}

TEST("where there is no place, the reason is told and nothing is made")
{
    struct folder f;
    struct new_file n;
    char nowhere[100];
    NEED(folder_make(&f));
    snprintf(nowhere, sizeof nowhere, "%s/no/where", f.path);
    EXPECT(!file_begin(&n, nowhere, 0600));
    EXPECT(access(nowhere, F_OK) != 0);
    EXPECT(!put(f.path, "a directory is not replaced"));
    EXPECT_EQ_INT(names(&f, false), 0);
    folder_remove(&f);
}
