/* test.c: the runner behind test.h. */
#define _GNU_SOURCE
#include "tests/test.h"

#include <dirent.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_MOST = 20 }; /* failures of one test that are printed */

static struct test *first, **last = &first;

/* The test that is running. */
static struct {
    int expected, failed;
    char which[256]; /* from test_case */
} now;

void test_register(struct test *t)
{
    *last = t;
    last = &t->next;
}

void test_case(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(now.which, sizeof now.which, format, args);
    va_end(args);
}

/* Counts the expectation and, if it failed, says where; the caller adds what
 * was found. Returns whether the caller should. */
static bool failed_here(struct test_place at, bool ok)
{
    now.expected++;
    if (ok)
        return false;
    if (now.failed++ == SHOWN_MOST)
        printf("# (more failures of this test are not shown)\n");
    if (now.failed > SHOWN_MOST)
        return false;
    printf("# %s:%d: %s\n", at.file, at.line, at.what);
    if (now.which[0])
        printf("#   case: %s\n", now.which);
    return true;
}

bool test_expect(struct test_place at, bool ok)
{
    if (failed_here(at, ok))
        printf("#   is not so\n");
    return ok;
}

bool test_expect_int(struct test_place at, intmax_t got, intmax_t want)
{
    bool ok = got == want;
    if (failed_here(at, ok))
        printf("#   got %" PRIdMAX ", wanted %" PRIdMAX "\n", got, want);
    return ok;
}

bool test_expect_hex(struct test_place at, uintmax_t got, uintmax_t want)
{
    bool ok = got == want;
    if (failed_here(at, ok))
        printf("#   got %#" PRIxMAX ", wanted %#" PRIxMAX "\n", got, want);
    return ok;
}

/* One text of a failure; a comment sign goes before each of its lines. */
static void print_text(const char *title, const char *text)
{
    if (!text) {
        printf("#   %s NULL\n", title);
        return;
    }
    printf("#   %s \"", title);
    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            printf("\\n%s", p[1] ? "\n#     " : "");
        else
            putchar(*p);
    }
    printf("\"\n");
}

bool test_expect_str(struct test_place at, const char *got, const char *want)
{
    bool ok = got && want ? strcmp(got, want) == 0 : got == want;
    if (failed_here(at, ok)) {
        print_text("got   ", got);
        print_text("wanted", want);
    }
    return ok;
}

bool test_expect_contains(struct test_place at, const char *text,
                          const char *part)
{
    bool ok = text && strstr(text, part);
    if (failed_here(at, ok)) {
        print_text("got          ", text);
        print_text("wanted in it ", part);
    }
    return ok;
}

bool test_expect_bytes(struct test_place at, const void *got, const void *want,
                       size_t size)
{
    const unsigned char *a = got, *b = want;
    size_t i = 0;
    while (i < size && a[i] == b[i])
        i++;
    bool ok = i == size;
    if (failed_here(at, ok))
        printf("#   byte %zu of %zu: got %#x, wanted %#x\n", i, size,
               (unsigned)a[i], (unsigned)b[i]);
    return ok;
}

char *test_read_file(const char *path, size_t *length)
{
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", TIMESLICE_SOURCE_DIR, path);
    FILE *f = fopen(full, "rb");
    test_expect((struct test_place){full, 0, "can be opened"}, f != NULL);
    size_t n = 0, room = 4096;
    char *bytes = calloc(room, 1);
    while (f && bytes) {
        n += fread(bytes + n, 1, room - n - 1, f);
        if (n + 1 < room)
            break;
        bytes = realloc(bytes, room *= 2);
    }
    if (!bytes)
        abort();
    bytes[n] = '\0';
    if (f)
        fclose(f);
    if (length)
        *length = n;
    return bytes;
}

int test_each_file(const char *folder, const char *ending,
                   void (*look)(const char *path, void *ctx), void *ctx)
{
    char path[4096];
    int files = 0;
    snprintf(path, sizeof path, "%s/%s", TIMESLICE_SOURCE_DIR, folder);
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || strcmp(dot, ending) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        look(path, ctx);
        files++;
    }
    if (dir)
        closedir(dir);
    return files;
}

/* Runs one test and writes its line; returns whether it passed. A test that
 * expects nothing cannot fail, so it has. */
static bool run_one(const struct test *t, int number)
{
    now.expected = now.failed = 0;
    now.which[0] = '\0';
    t->body();
    if (!now.expected)
        printf("# this test expected nothing\n");
    bool ok = now.expected && !now.failed;
    printf("%s %d - %s\n", ok ? "ok" : "not ok", number, t->sentence);
    fflush(stdout);
    return ok;
}

int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : "";
    int ran = 0, bad = 0;
    unshare(CLONE_NEWIPC); /* if we may: others here use the same keys */
    for (const struct test *t = first; t; t = t->next)
        if (strstr(t->sentence, only))
            bad += !run_one(t, ++ran);
    printf("1..%d\n", ran);
    if (!ran)
        printf("# no test ran\n");
    return ran && !bad ? 0 : 1;
}
