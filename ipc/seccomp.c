/* seccomp.c: the list of seccomp.def, in the form that the kernel takes.
 *
 * A filter is a small program that the kernel runs at the beginning of every
 * system call; it sees the number and the arguments as plain numbers, so it
 * cannot look at names of files or into structures. libseccomp writes it. The
 * lab has it written once, and each child hands it to the kernel with one call
 * and without needing the library.
 *
 * kill(2) needs a second filter. Below 0 the first argument means a group, and
 * the list can forbid that; but 0 means a group, too, and a rule of libseccomp
 * compares an argument only once. Of two filters the stricter answer counts.
 *
 * See also seccomp(2), seccomp_rule_add(3). */
#define _GNU_SOURCE
#include "ipc/seccomp.h"

/* A sanitizer's own calls are not on the list. */
#if defined(__SANITIZE_ADDRESS__) && !defined(TIMESLICE_NO_SECCOMP)
#define TIMESLICE_NO_SECCOMP
#elif defined(__has_feature) && !defined(TIMESLICE_NO_SECCOMP)
#if __has_feature(address_sanitizer)
#define TIMESLICE_NO_SECCOMP
#endif
#endif

#ifdef TIMESLICE_NO_SECCOMP

bool seccomp_built(void)
{
    return false;
}

bool seccomp_prepare(void)
{
    return true;
}

bool seccomp_begin(void)
{
    return true;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

struct rule {
    const char *name;
    uint32_t action;
    int arg; /* -1: whatever its arguments */
    uint64_t mask, is;
};

static const struct rule rules[] = {
#define CALL(name) {#name, SCMP_ACT_ALLOW, -1, 0, 0},
#define CALL_IF(name, arg, mask, is) {#name, SCMP_ACT_ALLOW, arg, mask, is},
#define CALL_NEVER(name) {#name, SCMP_ACT_ERRNO(ENOSYS), -1, 0, 0},
#include "ipc/seccomp.def"
#undef CALL
#undef CALL_IF
#undef CALL_NEVER
};

static const struct rule no_own_group = {"kill", SCMP_ACT_KILL_PROCESS, 0,
                                         ~0u, 0};

enum { FILTERS = 2, FILTER_ROOM = 4096 /* BPF_MAXINSNS */ };

static struct sock_fprog filters[FILTERS];

bool seccomp_built(void)
{
    return true;
}

static bool add_rule(scmp_filter_ctx ctx, const struct rule *r)
{
    int call = seccomp_syscall_resolve_name(r->name);
    if (call < 0)
        return true; /* this machine has none of that name */
    if (r->arg < 0)
        return seccomp_rule_add(ctx, r->action, call, 0) == 0;
    struct scmp_arg_cmp cmp = SCMP_CMP64((unsigned)r->arg, SCMP_CMP_MASKED_EQ,
                                         r->mask, r->is);
    return seccomp_rule_add_array(ctx, r->action, call, 1, &cmp) == 0;
}

/* All that can be read from `fd`, or `room` bytes of it. */
static size_t read_all(int fd, void *to, size_t room)
{
    size_t at = 0;
    for (ssize_t n; at < room &&
                    (n = read(fd, (char *)to + at, room - at)) > 0;)
        at += (size_t)n;
    return at;
}

/* The library writes it into a descriptor: a pipe, which no limit on the size
 * of files concerns. What does not fit into one is too much anyway. */
static bool take_program(scmp_filter_ctx ctx, struct sock_fprog *to)
{
    const size_t room = FILTER_ROOM * sizeof *to->filter;
    int end[2];
    if (pipe2(end, O_CLOEXEC | O_NONBLOCK) < 0)
        return false;
    bool well = seccomp_export_bpf(ctx, end[1]) == 0;
    close(end[1]);
    to->filter = well ? malloc(room + 1) : NULL;
    size_t size = to->filter ? read_all(end[0], to->filter, room + 1) : 0;
    close(end[0]);
    to->len = (unsigned short)(size / sizeof *to->filter);
    return size > 0 && size <= room;
}

static bool compile(uint32_t otherwise, const struct rule *rule, size_t count,
                    struct sock_fprog *to)
{
    scmp_filter_ctx ctx = seccomp_init(otherwise);
    if (!ctx)
        return false;
    bool well = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
                                 SCMP_ACT_KILL_PROCESS) == 0;
    seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; well && i < count; i++)
        well = add_rule(ctx, &rule[i]);
    well = well && take_program(ctx, to);
    seccomp_release(ctx);
    return well;
}

bool seccomp_prepare(void)
{
    static bool done;
    if (!done)
        done = compile(SCMP_ACT_KILL_PROCESS, rules,
                       sizeof rules / sizeof *rules, &filters[0]) &&
               compile(SCMP_ACT_ALLOW, &no_own_group, 1, &filters[1]);
    return done;
}

/* The list comes last: it does not allow this call. */
bool seccomp_begin(void)
{
    for (int i = FILTERS - 1; i >= 0; i--)
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filters[i]) < 0)
            return false;
    return true;
}

#endif
