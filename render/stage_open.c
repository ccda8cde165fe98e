/* stage_open.c: another lesson, or the same file again. */
#include "render/stage_go.h"

#include <string.h>

/* What is open now is another feed; the file may be the same. */
static void show_feed(struct stage *st, struct feed *feed, bool again)
{
    int at_speed = st->travel.speed;
    struct breaks kept = {.count = 0};
    if (again)
        kept = st->travel.breaks;
    find_drop(&st->find);
    travel_close(&st->travel);
    travel_open(&st->travel, feed);
    present_forget(&st->present);
    st->travel.speed = at_speed;
    st->travel.breaks = kept;
    predict_reset(&st->predict);
    st->ui.focus = 0;
    st->states_known = 0;
    st->shown = 0;
}

/* The feed of that file; NULL: the old one stays, and what is wrong lies over
 * it. */
static struct feed *feed_of(struct stage *st, const char *path)
{
    if (!st->options.open)
        return NULL;
    struct str complaints = {0};
    travel_play(&st->travel, false);
    struct feed *feed = st->options.open(st->options.ctx, path,
                                          st->view.lang, &complaints);
    str_cut(&st->complaints, 0);
    str_add(&st->complaints, str_text(&complaints));
    str_free(&complaints);
    st->view.overlay_scroll = 0;
    if (!feed)
        st->view.overlay = OVERLAY_COMPLAINTS;
    return feed;
}

static void open_path(struct stage *st, const char *path)
{
    struct feed *feed = feed_of(st, path);
    if (!feed)
        return;
    stage_keep(st);
    bool again = strcmp(path, str_text(&st->path)) == 0;
    str_cut(&st->path, 0);
    str_add(&st->path, path);
    show_feed(st, feed, again);
    view_reset(&st->view);
    stage_recall(st);
    stage_keep(st);
    if (text_in(feed->scenario->notes, st->view.lang)[0])
        st->view.overlay = OVERLAY_NOTES;
}

void stage_open_lesson(struct stage *st, struct intent i)
{
    struct str path = {0};
    if (i.arg >= 0 && i.arg < st->options.lesson_count)
        str_add(&path, st->options.lessons[i.arg].path);
    else if (st->in)
        str_add(&path, st->in->dropped);
    open_path(st, str_text(&path));
    str_free(&path);
}

/* The process that has the number now may be another one. */
static void select_again(struct stage *st, const char *name)
{
    const struct scenario *sc = st->travel.feed->scenario;
    int p = st->view.selected;
    bool same = p >= 0 && p < sc->process_count &&
                strcmp(sc->processes[p].name, name) == 0;
    if (!same)
        st->view.selected = NONE;
}

void stage_reload(struct stage *st, struct intent i)
{
    (void)i;
    tick t = travel_now(&st->travel);
    int64_t events = travel_events(&st->travel);
    const struct scenario *old = st->travel.feed->scenario;
    int p = st->view.selected;
    struct str name = {0};
    str_add(&name, p >= 0 && p < old->process_count ? old->processes[p].name
                                                    : "");
    bool complained = st->view.overlay == OVERLAY_COMPLAINTS;
    struct feed *feed = feed_of(st, str_text(&st->path));
    if (feed) {
        show_feed(st, feed, true);
        select_again(st, str_text(&name));
        st->view.object = 0;
        if (!feed->live) /* what is live begins anew */
            travel_visit(&st->travel, t, events);
        stage_in_sight(st);
        if (complained)
            st->view.overlay = OVERLAY_NONE;
        stage_say(st, word(W_RELOADED, st->view.lang));
    }
    str_free(&name);
}

void stage_save(struct stage *st, struct intent i)
{
    struct str where = {0}, say = {0};
    const struct scheduler *now = world_scheduler(&st->travel.replay.world);
    if (!st->options.save)
        return;
    if (st->options.save(st->options.ctx, now, st->view.lang, &where, &say)) {
        str_cut(&st->path, 0);
        str_add(&st->path, str_text(&where));
        stage_reload(st, i);
        stage_keep(st);
        str_addf(&say, word(W_SAVED, st->view.lang), str_text(&where));
    }
    stage_say(st, str_text(&say));
    str_free(&where);
    str_free(&say);
}
