/* t8206-drop.c: a file dropped on the real window is opened; by the protocol
 * that file managers speak (tests/drop). */
#define _GNU_SOURCE
#include "tests/desk/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char small[] =
    "{\"timeslice\": 1, \"title\": \"Small\", \"processes\": [\n"
    " {\"name\": \"only\", \"bursts\": [3]}]}\n";
static const char bad[] =
    "{\"timeslice\": 1, \"title\": \"Bad\", \"processes\": [\n"
    " {\"name\": \"only\", \"burst\": [3]}]}\n";

static void put(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");
    if (f)
        fputs(text, f);
    if (f)
        fclose(f);
}

/* The window goes on while files are dropped on it: what drop ends with. */
static int drop(struct desk *d, const char *a, const char *b)
{
    char id[32], first[512], second[512];
    int status = 0;
    snprintf(id, sizeof id, "%lu", d->id);
    snprintf(first, sizeof first, "%s/%s", desk_folder(), a);
    snprintf(second, sizeof second, "%s/%s", desk_folder(), b ? b : "");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        execl(TIMESLICE_DROP, "drop", id, first, b ? second : NULL,
              (char *)NULL);
        _exit(127);
    }
    while (waitpid(pid, &status, WNOHANG) == 0)
        desk_turn(d);
    desk_settle(d);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_open(struct desk *d, const char *name, const char *title)
{
    char path[512], want[128];
    snprintf(path, sizeof path, "%s/%s", desk_folder(), name);
    snprintf(want, sizeof want, "%s – Timeslice", title);
    EXPECT_EQ_STR(str_text(&d->st->path), path);
    EXPECT_EQ_STR(desk_output("xdotool getwindowname %lu", d->id), want);
}

static void drop_one(struct desk *d)
{
    desk_keys(d, "Escape Right Right");
    put("small.json", small);
    EXPECT_EQ_INT(drop(d, "small.json", NULL), 0);
    expect_open(d, "small.json", "Small");
    EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
    EXPECT_EQ_INT(desk_cursor(d), 0);
    desk_keys(d, "End");
    EXPECT(desk_says(d, "only"));
    EXPECT_EQ_INT(travel_now(&d->st->travel), 3);
}

TEST("a dropped file is opened, from its beginning")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drop_one});
}

static void drop_named(struct desk *d)
{
    static const char *const names[] = {
        "a lesson.json", "100% & more #1.json", "课程.json", "it's \"it\".json",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        test_case("%s", names[i]);
        put(names[i], small);
        EXPECT_EQ_INT(drop(d, names[i], NULL), 0);
        expect_open(d, names[i], "Small");
    }
}

TEST("whatever its name is")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drop_named});
}

/* Over a dialog, while somebody types, in a menu, while it plays. */
static void drop_anywhere(struct desk *d)
{
    static const char *const places[] = {
        "F1", "ctrl+o", "g 1 2", "ctrl+f a b", "e", "c", "alt+v", "p Right",
        "minus minus space",
    };
    put("small.json", small);
    put("other.json", small);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *name = i % 2 ? "small.json" : "other.json";
        test_case("after %s", places[i]);
        desk_keys(d, "Escape Escape Escape");
        desk_keys(d, places[i]);
        EXPECT_EQ_INT(drop(d, name, NULL), 0);
        expect_open(d, name, "Small");
        EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_NONE);
        EXPECT(!d->st->view.finding && !d->st->ui.focus);
        EXPECT(!d->st->travel.playing);
    }
}

TEST("whatever lies over the window, and whatever it is at")
{
    desk_open((struct desk_setup){.lesson = desk_nine,
                                  .script = drop_anywhere});
}

static void drop_bad(struct desk *d)
{
    desk_keys(d, "Escape g 1 1 Return");
    struct snapshot before = snapshot_of(d);
    put("bad.json", bad);
    mkdir("folder.json", 0700);
    static const char *const names[] = {"bad.json", "folder.json",
                                        "not there.json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        test_case("%s", names[i]);
        EXPECT_EQ_INT(drop(d, names[i], NULL), 0);
        EXPECT_EQ_INT(d->st->view.overlay, OVERLAY_COMPLAINTS);
        EXPECT_CONTAINS(str_text(&d->st->complaints), names[i]);
        if (i == 0)
            EXPECT_CONTAINS(str_text(&d->st->complaints), "bad.json:2:");
        desk_keys(d, "Escape");
        struct snapshot now = snapshot_of(d);
        EXPECT_EQ_STR(aspects_name(snapshot_changes(&before, &now)), "");
    }
}

TEST("of one that is no good it says where and why, and the lesson stays")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drop_bad});
}

static void drop_two(struct desk *d)
{
    put("small.json", small);
    put("other.json", small);
    EXPECT_EQ_INT(drop(d, "small.json", "other.json"), 0);
    EXPECT(strstr(str_text(&d->st->path), "small.json") ||
           strstr(str_text(&d->st->path), "other.json"));
    desk_keys(d, "Escape End");
    EXPECT_EQ_INT(travel_now(&d->st->travel), 3);
}

TEST("of two one is opened")
{
    desk_open((struct desk_setup){.lesson = desk_nine, .script = drop_two});
}
