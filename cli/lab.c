/* lab.c: `timeslice lab`: the far side of a live session. The window and
 * `run --live` start it with a socket as descriptor 3; people have no use for
 * it. */
#include "cli/cli.h"
#include "ipc/session.h"

#include <sys/socket.h>

static enum status lab_run(const struct options *o)
{
    int type;
    socklen_t size = sizeof type;
    if (getsockopt(SESSION_FD, SOL_SOCKET, SO_TYPE, &type, &size) < 0)
        return fail(STATUS_USAGE, o->lang, W_CLI_LAB_ALONE);
    return (enum status)session_serve(SESSION_FD,
                                      option_given(o, OPTION_HOST_IPC));
}

const struct command command_lab = {
    .name = "lab",
    .summary = W_CLI_LAB,
    .operands = "",
    .options = OPTION_BIT(HOST_IPC),
    .hidden = true,
    .run = lab_run,
};
