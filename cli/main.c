/* main.c: where the program starts. Everything is in cli.c, so that tests can
 * call it too. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
