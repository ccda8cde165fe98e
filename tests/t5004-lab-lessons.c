/* t5004-lab-lessons.c: every lesson with real processes, 20 times in a row;
 * and what they do while the clock plays. */
#define _GNU_SOURCE
#include "ipc/lab.h"
#include "sim/base/str.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TIMES = 20 };

static struct scenario *read_text(const char *path, const char *text)
{
    struct diag d = {.file = path};
    struct scenario *sc =
        scenario_read(path, text, strlen(text), NULL, 0, &d);
    struct str said = {0};
    diag_write(&d, &said);
    EXPECT_EQ_STR(str_text(&said), "");
    str_free(&said);
    diag_free(&d);
    return sc;
}

static void run_live(const struct scenario *sc)
{
    const char *why = "";
    struct lab *lab = lab_set_up(sc, &why);
    EXPECT_EQ_STR(why ? why : "", "");
    struct sim *s = sim_new(sc);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, 100000, 0);
    sim_stop_until(s, 100000);
    EXPECT(sim_world(s)->head->confirmed > 0);
    EXPECT_EQ_INT(sim_world(s)->head->diverged, 0);
    lab_tear_down(lab);
    sim_free(s);
}

static void run_lesson(const char *path, void *ctx)
{
    (void)ctx;
    char *text = test_read_file(path, NULL);
    struct scenario *sc = read_text(path, text);
    for (int i = 0; sc && sc->live && i < TIMES; i++) {
        test_case("%s, run %d", path, i + 1);
        run_live(sc);
    }
    scenario_free(sc);
    free(text);
}

TEST("model and kernel agree in every lesson, 20 times in a row")
{
    EXPECT(test_each_file("scenarios", ".json", run_lesson, NULL) > 0);
}

/* ---- while the clock plays ---- */

static const char computing[] =
    "{\"timeslice\": 1, "
    "\"scheduler\": {\"policy\": \"rr\", \"quantum\": 4}, \"processes\": ["
    "{\"name\": \"a\", \"program\": [{\"cpu\": 100}]},"
    "{\"name\": \"b\", \"program\": [{\"cpu\": 100}]}]}";

/* Nanoseconds of CPU that the real process of `proc` has had so far. */
static long long cpu_of(const struct sim *s, int proc)
{
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/%d/schedstat",
             sim_world(s)->proc[proc].real_pid);
    FILE *f = fopen(path, "r");
    EXPECT(f != NULL);
    if (!f)
        return -1;
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    return strtoll(text, NULL, 10);
}

static void doze(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

/* Whether `proc` gets some milliseconds of CPU, however busy the machine. */
static bool computes(const struct sim *s, int proc)
{
    const long long some = 3000000; /* ns */
    long long before = cpu_of(s, proc);
    for (int tries = 0; tries < 250; tries++) {
        if (cpu_of(s, proc) - before > some)
            return true;
        doze();
    }
    return false;
}

/* Once it has come to rest, it gets none at all. */
static bool rests(const struct sim *s, int proc)
{
    for (int tries = 0; tries < 250; tries++) {
        long long before = cpu_of(s, proc);
        doze();
        if (cpu_of(s, proc) == before)
            return true;
    }
    return false;
}

/* The evidence, which joins the trace, and the letter it leaves behind. */
static char letter_after(struct sim *s, struct lab_seen seen, int proc)
{
    sim_see(s, seen.evidence, seen.count);
    return (char)sim_world(s)->proc[proc].letter;
}

TEST("who runs in the model computes while the clock plays, and only then")
{
    const char *why;
    struct scenario *sc = read_text("computing", computing);
    NEED(sc);
    struct lab *lab = lab_set_up(sc, &why);
    NEED(lab);
    struct sim *s = sim_new(sc);
    sim_set_kernel(s, lab_kernel(lab));
    sim_advance(s, 2, 0);
    EXPECT_EQ_INT(sim_world(s)->task[0].state, RUNNING);
    EXPECT(rests(s, 0));
    EXPECT_EQ_INT(letter_after(s, lab_play(lab, sim_world(s)), 0), 'R');
    EXPECT(computes(s, 0));
    EXPECT_EQ_INT(lab_play(lab, sim_world(s)).count, 0); /* nothing new */
    EXPECT(rests(s, 1));
    sim_advance(s, 5, 0); /* a slice of 4 is over: it is the other's turn */
    EXPECT_EQ_INT(sim_world(s)->task[1].state, RUNNING);
    EXPECT_EQ_INT(letter_after(s, lab_play(lab, sim_world(s)), 0), '.');
    EXPECT_EQ_INT(sim_world(s)->proc[1].letter, 'R');
    EXPECT(rests(s, 0));
    EXPECT(computes(s, 1));
    EXPECT_EQ_INT(letter_after(s, lab_still(lab), 1), '.');
    EXPECT(rests(s, 1));
    lab_tear_down(lab);
    sim_free(s);
    scenario_free(sc);
}
