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
    str_cut(&st->select, 0);
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

/* Who has the selected process's number after a reload may be another. */
void stage_select_again(struct stage *st)
{
    const struct world *w = &st->travel.replay.world;
    struct str name = {0};
    if (st->view.selected != NONE)
        str_cut(&st->select, 0);
    for (int p = 0; p < w->head->procs && st->select.length; p++) {
        str_cut(&name, 0);
        world_write_name(w, p, &name);
        if (strcmp(str_text(&name), str_text(&st->select)) == 0) {
            st->view.selected = p;
            str_cut(&st->select, 0);
        }
    }
    str_free(&name);
}

static void write_selected(const struct stage *st, struct str *name)
{
    const struct world *w = &st->travel.replay.world;
    int p = st->view.selected;
    if (p != NONE && p < w->head->procs)
        world_write_name(w, p, name);
}

/* That file as it is now, at the moment of the run that was shown. False: it is
 * not as it must be, and all stays as it was. */
static bool open_again(struct stage *st, const char *path)
{
    tick t = travel_now(&st->travel);
    int64_t events = travel_events(&st->travel);
    struct str name = {0};
    write_selected(st, &name); /* what is open closes when another opens */
    struct feed *feed = feed_of(st, path);
    if (feed) {
        show_feed(st, feed, true);
        st->view.selected = NONE;
        st->view.object = 0;
        str_add(&st->select, str_text(&name));
        if (!feed->live) /* what is live begins anew */
            travel_visit(&st->travel, t, events);
        stage_in_sight(st);
    }
    str_free(&name);
    return feed != NULL;
}

void stage_reload(struct stage *st, struct intent i)
{
    bool complained = st->view.overlay == OVERLAY_COMPLAINTS;
    (void)i;
    if (!open_again(st, str_text(&st->path)))
        return;
    if (complained)
        st->view.overlay = OVERLAY_NONE;
    stage_say(st, word(W_RELOADED, st->view.lang));
}

void stage_save(struct stage *st, struct intent i)
{
    struct str where = {0}, say = {0};
    const struct scheduler *now = world_scheduler(&st->travel.replay.world);
    (void)i;
    if (!st->options.save)
        return;
    if (st->options.save(st->options.ctx, now, st->view.lang, &where, &say)) {
        if (open_again(st, str_text(&where))) {
            str_cut(&st->path, 0);
            str_add(&st->path, str_text(&where));
            stage_keep(st);
        }
        str_addf(&say, word(W_SAVED, st->view.lang), str_text(&where));
    }
    stage_say(st, str_text(&say));
    str_free(&where);
    str_free(&say);
}
