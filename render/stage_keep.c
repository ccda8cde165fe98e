/* stage_keep.c: bookmarks, and what the window has remembered for it. */
#include "render/stage_go.h"

static struct habits habits_of(const struct stage *st)
{
    const struct view *v = &st->view;
    const struct habits *before = st->options.habits;
    struct habits h = {.lang = v->lang,
                       .theme = v->theme,
                       .text_scale = v->text_scale,
                       .speed = st->travel.speed,
                       .still = v->reduced_motion,
                       .predict_kinds = st->predict.wish.kinds,
                       .predict_every = st->predict.wish.every,
                       .width = st->width,
                       .height = st->height};
    if (v->full_screen) {
        h.width = before ? before->width : 0;
        h.height = before ? before->height : 0;
    }
    for (int i = 0; i < SPLITS; i++)
        h.split[i] = v->split[i];
    return h;
}

void stage_keep(struct stage *st)
{
    struct str complaint = {0};
    struct habits h = habits_of(st);
    if (!st->options.keep)
        return;
    st->options.keep(st->options.ctx, &h, str_text(&st->path),
                     &st->view.bookmarks, &complaint);
    if (complaint.length)
        stage_say(st, str_text(&complaint));
    str_free(&complaint);
}

void stage_recall(struct stage *st)
{
    st->view.bookmarks.count = 0;
    if (st->options.recall)
        st->options.recall(st->options.ctx, str_text(&st->path),
                           &st->view.bookmarks);
}

/* Says a word with two numbers. */
static void say(struct stage *st, enum word w, int a, int b)
{
    struct str text = {0};
    str_addf(&text, word(w, st->view.lang), a, b);
    stage_say(st, str_text(&text));
    str_free(&text);
}

static struct bookmark moment(const struct stage *st)
{
    return (struct bookmark){.t = (tick)st->travel.clock,
                             .events = travel_events(&st->travel),
                             .selected = st->view.selected};
}

void stage_bookmark(struct stage *st, struct intent i)
{
    struct bookmarks *b = &st->view.bookmarks;
    struct bookmark now = moment(st);
    int place = bookmarks_place(b, now);
    (void)i;
    if (place >= 0) {
        bookmarks_remove(b, place);
        say(st, W_BOOKMARK_AWAY, b->count, 0);
    } else if (bookmarks_add(b, now)) {
        say(st, W_BOOKMARK_AT, bookmarks_place(b, now) + 1, b->count);
    } else {
        stage_say(st, word(W_BOOKMARK_FULL, st->view.lang));
    }
    stage_keep(st);
}

void stage_bookmark_next(struct stage *st, struct intent i)
{
    const struct bookmarks *b = &st->view.bookmarks;
    int to = bookmarks_next(b, moment(st), i.what == DO_BOOKMARK_NEXT ? 1 : -1);
    if (to < 0) {
        stage_say(st, word(W_BOOKMARK_NONE, st->view.lang));
        return;
    }
    travel_visit(&st->travel, b->all[to].t, b->all[to].events);
    st->view.selected = b->all[to].selected;
    stage_in_sight(st);
    say(st, W_BOOKMARK_AT, to + 1, b->count);
}
