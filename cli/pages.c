/* pages.c: memory that costs few page faults.
 *
 * Linux gives memory when it is first touched, 4 KiB at a time, and that costs
 * a trace that grows as much as what is written there. Where transparent huge
 * pages are to be had ("madvise" or "always" in
 * /sys/kernel/mm/transparent_hugepage/enabled), a piece of 2 MiB that begins at
 * a multiple of 2 MiB is given at one touch. Elsewhere all is as it was.
 *
 * See also madvise(2). */
#define _DEFAULT_SOURCE
#include "cli/pages.h"

#include "sim/base/mem.h"

#include <stdint.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2 << 20 /* bytes */ };

static unsigned char *map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

/* How far it is from `p` to a multiple of a large page. */
static size_t gap(const unsigned char *p)
{
    return (LARGE_PAGE - (uintptr_t)p % LARGE_PAGE) % LARGE_PAGE;
}

/* More than is asked for, and what is too much goes back. */
static unsigned char *map_with_gap(size_t bytes)
{
    unsigned char *p = map(bytes + LARGE_PAGE);
    if (!p)
        return NULL;
    size_t before = gap(p);
    if (before)
        munmap(p, before);
    munmap(p + before + bytes, LARGE_PAGE - before);
    return p + before;
}

static void *take(size_t bytes)
{
    unsigned char *p = map(bytes);
    if (p && gap(p)) {
        munmap(p, bytes);
        p = map_with_gap(bytes);
    }
    if (p)
        (void)madvise(p, bytes, MADV_HUGEPAGE); /* a wish: it may say no */
    return p;
}

static void give(void *piece, size_t bytes)
{
    munmap(piece, bytes);
}

void pages_begin(void)
{
    mem_set_source((struct mem_source){take, give});
}
