/* What somebody has left behind: processes, System V objects, files.
 *
 * Who asks makes itself the subreaper of all it starts (left_begin): then every
 * process that somebody leaves becomes its child, and nothing is left when
 * wait(2) says that there is no child any more. */
#ifndef TIMESLICE_LEFT_H
#define TIMESLICE_LEFT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* How many random moments are tried: TS_KILLS, or the usual number. */
int left_kills(int usual);

void left_doze(int64_t microseconds);

/* ---- processes ---- */

void left_begin(void);

/* Whether all that was started ends, a while from now at most: on a busy
 * machine the dying need some time to get the CPU for it. */
bool processes_go(void);

/* Ends what is left, so that the next test can say something. */
void processes_end(void);

/* All processes below `of`, the nearest first; returns how many. */
int descendants(pid_t of, pid_t *to, int room);

/* The first child of `parent`, 0: none yet. */
pid_t child_of(pid_t parent);

/* Name of a process as ps(1) shows it; "" if there is none. */
enum { COMM_ROOM = 32 };
const char *comm_of(pid_t pid, char to[COMM_ROOM]);

/* Kills all below `of` as one: nobody may notice and clean up before it is his
 * turn, so all are stopped first. */
void kill_below(pid_t of);

/* ---- objects and files ---- */

/* "q17", "s3", "m9", "ftimeslice-0123": a letter for the kind and then the id
 * or the name. */
enum { THINGS_MOST = 4096 };

struct things {
    char name[THINGS_MOST][64];
    int count;
};

/* All System V objects that our user has made (all there are, for root), and
 * all in the folder that begins with `prefix`. */
void things_look(struct things *t, const char *folder, const char *prefix);

bool things_have(const struct things *t, const char *name);

/* How many of `now` were not there before. */
int things_fresh(const struct things *before, const struct things *now);

#endif
