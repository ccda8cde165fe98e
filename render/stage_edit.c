/* stage_edit.c: the lesson is changed: each change goes into its text, and the run
 * is made anew from that at once. */
#include "render/stage_edit.h"

#include "sim/scenario/policy_settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct scenario *edit_scenario(const struct stage *st)
{
    return st->travel.feed->scenario;
}

static const struct scheduler *scheduler_now(const struct stage *st)
{
    return world_scheduler(&st->travel.replay.world);
}

int edit_rows_now(const struct stage *st)
{
    return edit_rows(&st->edit, edit_scenario(st), scheduler_now(st));
}

struct edit_row edit_row_now(const struct stage *st, int row)
{
    return edit_row_at(&st->edit, edit_scenario(st), scheduler_now(st), row);
}

int edit_row_of(const struct stage *st, int32_t pc)
{
    int n = edit_rows_now(st);
    for (int i = 0; i < n; i++) {
        struct edit_row r = edit_row_now(st, i);
        if (r.pc == pc && (r.kind == EDIT_OP || r.kind == EDIT_END))
            return i;
    }
    return n - 1;
}

/* What can be marked after the lesson has changed. */
void edit_keep_inside(struct stage *st)
{
    struct edit *e = &st->edit;
    const struct scenario *sc = edit_scenario(st);
    if (e->process >= sc->process_count)
        e->process = sc->process_count - 1;
    const struct process_def *d =
        e->process == NONE ? NULL : &sc->processes[e->process];
    if (!d || (e->open != NONE && (e->open < d->first || e->open >= d->end)))
        e->open = NONE;
    int n = edit_rows_now(st);
    e->at = e->at < 0 ? 0 : e->at >= n ? n - 1 : e->at;
}

void edit_stop_typing(struct stage *st)
{
    st->edit.typing = false;
    st->ui.focus = 0;
}

void edit_stop_offering(struct edit *e)
{
    e->offering = false;
    arena_free(&e->texts);
    e->texts = (struct arena){0};
}

/* ---- the text ---- */

bool stage_edit_begin(struct stage *st)
{
    const struct app_options *o = &st->options;
    if (!o->text || !o->revise)
        return false;
    if (!st->edit.draft.text.length) {
        const struct str *text = o->text(o->ctx);
        draft_begin(&st->edit.draft, str_text(text), text->length);
    }
    return true;
}

void stage_edit_forget(struct stage *st)
{
    struct edit *e = &st->edit;
    edit_stop_offering(e);
    draft_free(&e->draft);
    str_cut(&e->refused, 0);
    e->typing = false;
    e->open = NONE;
}

/* The first line of what the loader says, without the file's name and place. */
static void refuse(struct edit *e, enum lang lang, const struct str *complaints)
{
    const char *text = str_text(complaints), *slash = strstr(text, ": /");
    const char *zh = strstr(text, "：/");
    const char *error = word(W_DIAG_ERROR, lang), *said = strstr(text, error);
    text = slash  ? slash + 2
           : zh   ? zh + strlen("：")
           : said ? said + strlen(error)
                  : text;
    str_cut(&e->refused, 0);
    str_add_bytes(&e->refused, text, strcspn(text, "\n"));
}

/* What the text makes becomes the run. */
bool edit_show_text(struct stage *st)
{
    struct str complaints = {0};
    bool well = stage_revise(st, &st->edit.draft.text, &complaints);
    str_cut(&st->edit.refused, 0);
    if (!well)
        refuse(&st->edit, st->view.lang, &complaints);
    str_free(&complaints);
    edit_keep_inside(st);
    return well;
}

/* What was chosen by E decides in the run that is made anew, too: it goes into the
 * text as a change of its own. */
void edit_begin_change(struct stage *st)
{
    struct draft *d = &st->edit.draft;
    const struct scheduler *now = scheduler_now(st);
    draft_change(d);
    if (!settings_same(now, &edit_scenario(st)->scheduler))
        draft_set_scheduler(d, now);
    draft_part(d);
}

/* Ends the change that is open: `done` is what the draft said of it. */
bool edit_end_change(struct stage *st, bool done)
{
    struct draft *d = &st->edit.draft;
    if (done && d->done == d->parted) {
        draft_drop(d); /* nothing is other than it was */
        return true;
    }
    if (done && edit_show_text(st)) {
        draft_keep(d);
        return true;
    }
    draft_drop(d);
    return false;
}

/* ---- one row ---- */

bool edit_set_value(struct stage *st, const struct edit_row *row,
                      const char *json)
{
    struct draft *d = &st->edit.draft;
    struct str pointer = {0};
    edit_begin_change(st);
    struct draft_place there;
    bool well = true;
    if (row->kind != EDIT_FIELD)
        well = draft_unfold(d, st->edit.process);
    else if (st->edit.process == NONE && !draft_find(d, "/machine", &there))
        well = draft_set(d, "/machine", "{}");
    well = well && edit_pointer(&st->edit, edit_scenario(st), row, &pointer) &&
           draft_set(d, str_text(&pointer), json);
    str_free(&pointer);
    return edit_end_change(st, well);
}

/* The number that − and + change at a row: its own, of an op the first of its
 * arguments that is one. */
static bool number_row(const struct stage *st, int at, struct edit_row *row,
                       int64_t *value)
{
    struct op_field args[OP_FIELDS_MOST];
    struct edit_row r = edit_row_now(st, at);
    int n = r.kind == EDIT_OP
                ? op_fields((enum verb)edit_scenario(st)->ops[r.pc].verb, args)
                : 1;
    for (int i = 0; i < n; i++) {
        struct str text = {0};
        char *end;
        *row = r;
        if (r.kind == EDIT_OP)
            *row = (struct edit_row){.kind = EDIT_ARG, .key = args[i].key,
                                     .pc = r.pc,
                                     .low = args[i].about ? args[i].about->low
                                                          : 0};
        edit_value(&st->edit, edit_scenario(st), row, &text);
        *value = strtoll(str_text(&text), &end, 10);
        bool whole = text.length && !*end;
        str_free(&text);
        if (whole && (r.kind == EDIT_OP || r.number))
            return true;
    }
    return false;
}

void stage_edit_step(struct stage *st, struct intent i)
{
    struct edit_row row;
    int64_t value;
    struct str json = {0};
    if (i.arg < 0 || i.arg >= edit_rows_now(st))
        return;
    st->edit.at = (int)i.arg;
    if (!number_row(st, st->edit.at, &row, &value))
        return;
    int64_t to = value + (int64_t)i.value;
    to = to < row.low ? row.low : to;
    str_addf(&json, "%lld", (long long)to);
    if (to != value)
        edit_set_value(st, &row, str_text(&json));
    str_free(&json);
}

/* ---- ops ---- */

void stage_edit_insert(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    struct edit_row row = edit_row_now(st, e->at);
    const struct scenario *sc = edit_scenario(st);
    (void)i;
    edit_stop_typing(st);
    edit_stop_offering(e);
    if (e->process == NONE)
        return;
    int32_t pc = row.kind == EDIT_FIELD ? sc->processes[e->process].first
                                        : row.pc;
    e->at = edit_row_of(st, pc);
    e->offer_count = offers_at(&e->draft, sc, pc, &e->texts, e->offers);
    e->offering = true;
    e->offer_at = 0;
}

/* The offer is taken. */
void stage_edit_offer(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    const struct scenario *sc = edit_scenario(st);
    if (!e->offering || i.arg < 0 || i.arg >= e->offer_count)
        return;
    int32_t pc = edit_row_now(st, e->at).pc, to = draft_row(sc, pc);
    edit_begin_change(st);
    if (edit_end_change(st, draft_insert_op(&e->draft, sc, pc,
                                       e->offers[i.arg].json))) {
        e->open = to;
        edit_keep_inside(st);
        e->at = edit_row_of(st, to);
    }
    edit_stop_offering(e);
}

/* What was expected of a process that is no more. */
static void expect_no_more(struct draft *d, const char *name)
{
    struct str pointer = {0};
    struct draft_place there;
    str_add(&pointer, "/expect/processes/");
    for (; *name; name++)
        if (*name == '~' || *name == '/')
            str_add(&pointer, *name == '~' ? "~0" : "~1"); /* RFC 6901 */
        else
            str_add_char(&pointer, *name);
    if (draft_find(d, str_text(&pointer), &there))
        draft_remove(d, str_text(&pointer));
    str_free(&pointer);
}

/* Whoever forks it or sends it something would be left with a name that nobody
 * has: that the loader refuses. */
static void remove_process(struct stage *st)
{
    struct edit *e = &st->edit;
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/processes/%d", e->process);
    if (edit_scenario(st)->process_count == 1) {
        str_cut(&e->refused, 0);
        str_add(&e->refused, word(W_EDIT_LAST_PROCESS, st->view.lang));
        return;
    }
    edit_begin_change(st);
    bool well = draft_remove(&e->draft, pointer);
    if (well)
        expect_no_more(&e->draft,
                       edit_scenario(st)->processes[e->process].name);
    edit_end_change(st, well);
}

/* What the row shows is in the file no more, if it was. */
static void leave_out(struct stage *st, const struct edit_row *row)
{
    struct draft *d = &st->edit.draft;
    struct draft_place there;
    struct str pointer = {0};
    if (edit_pointer(&st->edit, edit_scenario(st), row, &pointer) &&
        draft_find(d, str_text(&pointer), &there)) {
        edit_begin_change(st);
        edit_end_change(st, draft_remove(d, str_text(&pointer)));
    }
    str_free(&pointer);
}

/* The op that is marked, an argument or a number of the machine that may be left
 * out, or the process. */
void stage_edit_remove(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    struct edit_row row = edit_row_now(st, e->at);
    (void)i;
    if (row.kind == EDIT_FIELD && e->process != NONE)
        remove_process(st);
    else if (row.kind == EDIT_FIELD || row.kind == EDIT_ARG)
        leave_out(st, &row);
    if (row.kind == EDIT_OP) {
        edit_begin_change(st);
        e->open = NONE;
        edit_end_change(st, draft_remove_op(&e->draft, edit_scenario(st), row.pc));
        e->at = edit_row_of(st, row.pc);
    }
}

void stage_edit_move(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    struct edit_row row = edit_row_now(st, e->at);
    int32_t to = row.pc;
    if (row.kind != EDIT_OP)
        return;
    edit_begin_change(st);
    e->open = NONE;
    bool well = draft_move_op(&e->draft, edit_scenario(st), row.pc,
                              i.value < 0 ? -1 : 1, &to);
    e->at = edit_row_of(st, edit_end_change(st, well) && well ? to : row.pc);
}

/* ---- processes ---- */

void stage_edit_process(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    int n = edit_scenario(st)->process_count;
    edit_stop_typing(st);
    edit_stop_offering(e);
    /* Behind the last process comes the machine, then the first. */
    int at = e->process == NONE ? n : e->process;
    at = (at + (int)i.arg + n + 1) % (n + 1);
    e->process = at == n ? NONE : at;
    e->open = NONE;
    str_cut(&e->refused, 0);
    edit_keep_inside(st);
}

/* One more, with the program of the one that is shown. */
void stage_edit_add(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    const struct scenario *sc = edit_scenario(st);
    (void)i;
    tick arrival = e->process == NONE ? 0 : sc->processes[e->process].arrival;
    edit_begin_change(st);
    if (!edit_end_change(st, draft_add_process(&e->draft, sc, e->process, arrival)))
        return;
    e->process = edit_scenario(st)->process_count - 1;
    e->open = NONE;
    e->at = 0;
    edit_keep_inside(st);
}
