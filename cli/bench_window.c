#include "cli/bench_ipc.h"
enum status bench_png(const struct options *o, const struct figures *f,
                      const char *path)
{
    (void)o;(void)f;(void)path;return STATUS_MACHINE;
}
enum status bench_window(const struct options *o, const struct figures *f,
                         struct bench *b)
{
    (void)o;(void)f;(void)b;return STATUS_MACHINE;
}
