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
    stage_edit_forget(st);
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

/* Where the run is, to be found again in another one. */
struct whereabouts {
    tick t;
    int64_t events;
    struct str selected; /* name of the process */
};

/* Before another feed is opened: that closes this one. */
static struct whereabouts whereabouts_of(const struct stage *st)
{
    struct whereabouts m = {travel_now(&st->travel), travel_events(&st->travel),
                       {0}};
    const struct world *w = &st->travel.replay.world;
    int p = st->view.selected;
    if (p != NONE && p < w->head->procs)
        world_write_name(w, p, &m.selected);
    return m;
}

/* NULL: all stays as it was. */
static void go_on_with(struct stage *st, struct feed *feed, struct whereabouts *m)
{
    if (feed) {
        show_feed(st, feed, true);
        st->view.selected = NONE;
        st->view.object = 0;
        str_add(&st->select, str_text(&m->selected));
        if (!feed->live) /* what is live begins anew */
            travel_visit(&st->travel, m->t, m->events);
        stage_in_sight(st);
    }
    str_free(&m->selected);
}

/* That file as it is now. False: it is not as it must be. */
static bool open_again(struct stage *st, const char *path)
{
    struct whereabouts m = whereabouts_of(st);
    struct feed *feed = feed_of(st, path);
    go_on_with(st, feed, &m);
    return feed != NULL;
}

bool stage_revise(struct stage *st, const struct str *text,
                  struct str *complaints)
{
    struct whereabouts m = whereabouts_of(st);
    travel_play(&st->travel, false);
    struct feed *feed = st->options.revise(st->options.ctx, text,
                                           st->view.lang, complaints);
    go_on_with(st, feed, &m);
    if (feed && feed->live)
        stage_say(st, word(W_EDIT_ANEW, st->view.lang));
    return feed != NULL;
}

/* ---- what is in no file yet ---- */

/* Whether there is something to ask about before that is done. */
static bool asks_first(struct stage *st, struct intent i)
{
    if (!edit_unsaved(&st->edit))
        return false;
    st->edit.waits = i;
    st->view.overlay = OVERLAY_UNSAVED;
    return true;
}

void stage_settle(struct stage *st, struct intent i)
{
    struct intent next = st->edit.waits;
    st->edit.waits = (struct intent){.what = DO_NOTHING};
    st->view.overlay = OVERLAY_NONE;
    if (i.arg == SETTLE_STAY || !next.what)
        return;
    if (i.arg == SETTLE_SAVE)
        stage_save(st, i);
    else
        stage_edit_forget(st);
    if (!edit_unsaved(&st->edit))
        stage_do(st, next);
}

/* A dropped file is there for one frame only, but waits as long as it must. */
void stage_open_lesson(struct stage *st, struct intent i)
{
    struct str path = {0};
    if (i.arg >= 0 && i.arg < st->options.lesson_count)
        str_add(&path, st->options.lessons[i.arg].path);
    else if (st->in && st->in->dropped[0])
        str_add(&path, st->in->dropped);
    else
        str_add(&path, str_text(&st->edit.dropped));
    str_cut(&st->edit.dropped, 0);
    if (asks_first(st, i))
        str_add(&st->edit.dropped, str_text(&path));
    else
        open_path(st, str_text(&path));
    str_free(&path);
}

void stage_quit(struct stage *st)
{
    if (!asks_first(st, (struct intent){.what = DO_QUIT}))
        st->quit = true;
}

void stage_elsewhere(struct stage *st)
{
    if (edit_unsaved(&st->edit))
        stage_say(st, word(W_EDIT_ELSEWHERE, st->view.lang));
    else
        stage_reload(st, (struct intent){.what = DO_RELOAD});
}

void stage_reload(struct stage *st, struct intent i)
{
    bool complained = st->view.overlay == OVERLAY_COMPLAINTS;
    if (asks_first(st, i) || !open_again(st, str_text(&st->path)))
        return;
    stage_edit_forget(st);
    if (complained || st->view.overlay == OVERLAY_EDIT)
        st->view.overlay = OVERLAY_NONE;
    stage_say(st, word(W_RELOADED, st->view.lang));
}

/* The scheduler that decides now goes into the text; whether that changed it. */
static bool write_scheduler(struct stage *st)
{
    struct draft *d = &st->edit.draft;
    size_t before = d->done;
    draft_change(d);
    if (draft_set_scheduler(d, world_scheduler(&st->travel.replay.world)))
        draft_keep(d);
    else
        draft_drop(d);
    return d->done != before;
}

void stage_save(struct stage *st, struct intent i)
{
    struct str where = {0}, say = {0};
    struct edit *e = &st->edit;
    (void)i;
    if (!st->options.save || !stage_edit_begin(st))
        return;
    bool changed = write_scheduler(st);
    if (st->options.save(st->options.ctx, &e->draft.text, st->view.lang, &where,
                         &say)) {
        draft_set_saved(&e->draft);
        if (open_again(st, str_text(&where))) {
            str_cut(&st->path, 0);
            str_add(&st->path, str_text(&where));
            stage_keep(st);
        }
        str_addf(&say, word(W_SAVED, st->view.lang), str_text(&where));
    } else if (changed) {
        draft_undo(&e->draft);
    }
    stage_say(st, str_text(&say));
    str_free(&where);
    str_free(&say);
}
