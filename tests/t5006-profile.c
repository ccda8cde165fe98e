/* t5006-profile.c: what this kernel does is found out by trying, and is what
 * its version says where nobody has changed that. */
#define _GNU_SOURCE
#include "ipc/profile.h"
#include "tests/test.h"

#include <stdio.h>
#include <sys/utsname.h>
#include <sys/wait.h>

TEST("a reader that frees no page wakes a writer before Linux 6.14 only")
{
    struct utsname about;
    int major = 0, minor = 0;
    NEED(uname(&about) == 0);
    NEED(sscanf(about.release, "%d.%d", &major, &minor) == 2);
    bool old = major < 6 || (major == 6 && minor < 14);
    EXPECT_EQ_INT(profile_wakes_in_vain(observe_choose()), old);
}

TEST("those who were needed for it are gone")
{
    EXPECT(waitpid(-1, NULL, WNOHANG) < 0);
}
