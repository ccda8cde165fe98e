#include "cli/export.h"

enum status export_png(const struct options *o, const char *operand,
                       const char *path)
{
    (void)operand;
    (void)path;
    return fail(STATUS_USAGE, o->lang, W_CLI_NOT_BUILT, "png");
}
