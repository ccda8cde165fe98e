/* stage_whatif.c: the dialog on the scheduler carried out: what is chosen in it,
 * and what begins with it: another branch of the window's run, or another run
 * of the comparison. */
#include "render/stage.h"

#include <string.h>

enum { STRIDE = 10 }; /* ticks by which page keys change a number */

/* What decides at the moment shown; for a comparison the file's own. */
static const struct scheduler *present(const struct stage *st)
{
    return st->view.for_rival ? &st->travel.feed->scenario->scheduler
                              : world_scheduler(&st->travel.replay.world);
}

bool whatif_is_present(const struct view *v, const struct scheduler *now)
{
    return !v->for_rival && settings_same(&v->wish, now);
}

/* ---- the settings ---- */

int whatif_settings(const struct view *v, const struct scenario *sc,
                    struct setting to[SETTINGS_MOST])
{
    int n = settings_of(&v->wish, to), kept = 0;
    for (int i = 0; i < n; i++) {
        bool many = strcmp(to[i].key, "queues") == 0 ||
                    strcmp(to[i].key, "steal") == 0;
        if (!many || sc->machine.cpus > 1)
            to[kept++] = to[i];
    }
    return kept;
}

bool whatif_is_fixed(const struct view *v, const struct setting *x)
{
    return !v->for_rival && strcmp(x->key, "queues") == 0;
}

/* What − and + change while the mark is among the policies: the quantum, or
 * what has its place. */
static int main_setting(const struct setting *all, int n)
{
    int first = NONE;
    for (int i = n - 1; i >= 0; i--) {
        bool number = all[i].kind == SETTING_NUMBER ||
                      all[i].kind == SETTING_OR_NONE;
        if (number && (strcmp(all[i].key, "quantum") == 0 ||
                       (all[i].part && all[i].level == 0 &&
                        strcmp(all[i].part, "quantum") == 0)))
            return i;
        first = number ? i : first;
    }
    return first;
}

void whatif_setting(struct stage *st, int64_t which, tick by)
{
    struct setting all[SETTINGS_MOST];
    struct view *v = &st->view;
    int n = whatif_settings(v, st->travel.feed->scenario, all);
    if (which < 0 || which >= n || whatif_is_fixed(v, &all[which]))
        return;
    setting_step(&v->wish, &all[which], by);
    n = whatif_settings(v, st->travel.feed->scenario, all);
    v->setting_at = v->setting_at < n ? v->setting_at : n - 1;
}

/* ---- the policies ---- */

/* The quantum to begin with is the one there is, so that only the policy
 * differs; but `priority`, which has none by itself, gets none. */
static void keep_quantum(struct stage *st)
{
    const struct scheduler *now = present(st);
    const struct scheduler *own = &st->travel.feed->scenario->scheduler;
    struct scheduler *to = &st->view.wish;
    if (to->name == own->name)
        return;
    if (to->name == POLICY_priority)
        to->quantum = 0;
    else if (to->quantum && now->quantum)
        to->quantum = now->quantum;
    else if (to->name == POLICY_mlfq && !own->levels && now->quantum)
        settings_under(now, to->name, to);
}

static void begin_with(struct stage *st, enum policy_name policy)
{
    struct view *v = &st->view;
    const struct scheduler *now = present(st);
    settings_under(&st->travel.feed->scenario->scheduler, policy, &v->plain);
    if (st->options.would)
        st->options.would(st->options.ctx, policy, &v->plain);
    v->wish = v->plain;
    if (policy == now->name)
        v->wish = *now;
    else if (!v->for_rival)
        keep_quantum(st);
    v->wish.per_cpu = now->per_cpu;
}

void whatif_policy(struct stage *st, int64_t policy)
{
    if (policy < 0 || policy >= POLICY_COUNT ||
        policy == (int64_t)st->view.wish.name)
        return;
    begin_with(st, (enum policy_name)policy);
    st->view.setting_at = NONE;
}

/* ---- opening ---- */

static void open_dialog(struct stage *st, bool for_rival)
{
    struct view *v = &st->view;
    v->for_rival = for_rival;
    v->overlay = OVERLAY_SCHEDULER;
    v->overlay_scroll = v->setting_scroll = 0;
    v->setting_at = NONE;
    v->reveal = true;
}

void whatif_begin(struct stage *st)
{
    if (!st->options.vary)
        return;
    if (st->view.overlay == OVERLAY_SCHEDULER) {
        whatif_close(st);
        return;
    }
    if (travel_at_end(&st->travel)) {
        stage_say(st, word(W_SCHEDULER_OVER, st->view.lang));
        return;
    }
    travel_play(&st->travel, false);
    open_dialog(st, false);
    begin_with(st, present(st)->name);
}

void whatif_begin_rival(struct stage *st)
{
    const struct rivals *r = st->travel.feed->rivals;
    const struct rival *marked =
        st->view.rival_at < r->count ? r->all[st->view.rival_at] : NULL;
    bool like = marked && marked->kind == RIVAL_POLICY && marked->by;
    open_dialog(st, true);
    begin_with(st, like ? marked->policy : present(st)->name);
    if (like)
        st->view.wish = *marked->by;
}

void whatif_close(struct stage *st)
{
    bool back = st->view.overlay == OVERLAY_SCHEDULER && st->view.for_rival;
    st->view.overlay = back ? OVERLAY_COMPARE : OVERLAY_NONE;
    st->view.overlay_scroll = 0;
}

/* ---- deciding ---- */

static void add_rival(struct stage *st)
{
    struct rivals *r = st->travel.feed->rivals;
    int at = r->add(r->self, &st->view.wish, &st->view.plain);
    whatif_close(st);
    if (at == NONE)
        stage_say(st, word(W_COMPARE_FULL, st->view.lang));
    else
        st->view.rival_at = at;
}

void whatif_decide(struct stage *st)
{
    struct str complaints = {0};
    struct rivals *r = st->travel.feed->rivals;
    if (st->view.for_rival) {
        add_rival(st);
        return;
    }
    if (whatif_is_present(&st->view, present(st)) || st->travel.acting)
        return;
    if (r)
        r->leave(r->self, (tick)st->travel.clock);
    int variant = st->options.vary(st->options.ctx, &st->view.wish,
                                   st->view.lang, &complaints);
    st->view.overlay = OVERLAY_NONE;
    if (variant == NONE) {
        if (r)
            r->stay(r->self);
        str_cut(&st->complaints, 0);
        str_add(&st->complaints, str_text(&complaints));
        st->view.overlay = OVERLAY_COMPLAINTS;
    } else {
        travel_act(&st->travel, ACTION_POLICY, variant);
    }
    str_free(&complaints);
}

/* ---- keys ---- */

/* The mark goes on among the settings, or the next policy is chosen. */
static void move_mark(struct stage *st, int by)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(&st->view, st->travel.feed->scenario, all);
    int at = st->view.setting_at;
    if (at == NONE)
        whatif_policy(st, ((int)st->view.wish.name + by + POLICY_COUNT) %
                              POLICY_COUNT);
    else
        st->view.setting_at = (at + by + n) % n;
}

/* From the policies through the settings and back. */
static void move_on(struct stage *st, int by)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(&st->view, st->travel.feed->scenario, all);
    int at = st->view.setting_at == NONE ? n : st->view.setting_at;
    at = (at + by + n + 1) % (n + 1);
    st->view.setting_at = at == n ? NONE : at;
}

static void change(struct stage *st, tick by, bool only_yes_no)
{
    struct setting all[SETTINGS_MOST];
    int n = whatif_settings(&st->view, st->travel.feed->scenario, all);
    int at = st->view.setting_at;
    at = at == NONE ? main_setting(all, n) : at;
    if (at != NONE && (!only_yes_no || all[at].kind == SETTING_YES_NO))
        whatif_setting(st, at, by);
}

bool whatif_key(struct stage *st, int key, bool shift)
{
    st->view.reveal = true;
    if (key == KEY_TAB)
        move_on(st, shift ? -1 : 1);
    else if (key == KEY_DOWN || key == KEY_UP)
        move_mark(st, key == KEY_DOWN ? 1 : -1);
    else if (key == '+' || key == '=' || key == KEY_RIGHT)
        change(st, 1, false);
    else if (key == '-' || key == KEY_LEFT)
        change(st, -1, false);
    else if (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN)
        change(st, key == KEY_PAGE_UP ? STRIDE : -STRIDE, false);
    else if (key == ' ')
        change(st, 1, true);
    else if (key == KEY_ENTER)
        whatif_decide(st);
    else
        return false;
    return true;
}
