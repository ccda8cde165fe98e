/* A stand at which the lesson is being changed: the sheet is open at t = 7. */
#ifndef TIMESLICE_TESTS_STAND_EDIT_H
#define TIMESLICE_TESTS_STAND_EDIT_H

#include "render/stage_go.h"
#include "tests/stand_open.h"

#include <stdio.h>
#include <string.h>

static inline const struct edit *edit(const struct stand_open *w)
{
    return &w->s.stage.edit;
}

static inline const char *text(const struct stand_open *w)
{
    return str_text(&edit(w)->draft.text);
}

static inline const struct scenario *lesson(const struct stand_open *w)
{
    return w->open.loaded.scenario;
}

static inline const struct process_def *shown(const struct stand_open *w)
{
    return &lesson(w)->processes[edit(w)->process];
}

static inline void type(struct stand_open *w, const char *typed)
{
    while (w->s.stage.edit.typed[0])
        press(&w->s, KEY_BACKSPACE, 0);
    snprintf(w->s.in.text, sizeof w->s.in.text, "%s", typed);
    frame(&w->s);
    press(&w->s, KEY_ENTER, 0);
}

static inline bool refused(const struct stand_open *w)
{
    return edit(w)->refused.length > 0;
}

/* The window's run is the one that the text makes by itself. */
static inline void expect_run_of_text(struct stand_open *w)
{
    struct run r = run_json(text(w), w->o.until);
    struct world kept = {0};
    settle(w);
    tick t = travel_now(&w->s.stage.travel);
    travel_last(&w->s.stage.travel);
    settle(w);
    world_copy(&kept, world(&w->s));
    EXPECT(world_equal(&kept, r.world));
    world_free(&kept);
    run_free(&r);
    travel_seek(&w->s.stage.travel, t);
    settle(w);
}

static inline bool up(struct stand_open *w, const char *json)
{
    if (!stand_up_open(w, json, NULL, false))
        return false;
    press(&w->s, 'g', 0);
    snprintf(w->s.in.text, sizeof w->s.in.text, "7");
    frame(&w->s);
    press(&w->s, KEY_ENTER, 0);
    settle(w);
    press(&w->s, 'e', MOD_CTRL);
    return w->s.stage.view.overlay == OVERLAY_EDIT;
}

#endif
