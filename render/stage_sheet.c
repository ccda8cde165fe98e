/* stage_sheet.c: going about in the sheet in which a lesson is changed: opening
 * it, marking, typing, taking back; by keys and by wishes. */
#include "render/stage_edit.h"

#include <string.h>

enum { STRIDE = 10 }; /* by which Shift and an arrow change a number */

/* ---- one row ---- */

void stage_edit_mark(struct stage *st, struct intent i)
{
    edit_stop_typing(st);
    st->edit.at = (int)i.arg;
    edit_keep_inside(st);
}

/* Enter on a row: its value is typed; of an op the arguments are shown, or no
 * longer. */
void stage_edit_enter(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    stage_edit_mark(st, i);
    struct edit_row row = edit_row_now(st, e->at);
    str_cut(&e->refused, 0);
    if (row.kind == EDIT_END) {
        stage_edit_insert(st, i);
        return;
    }
    if (row.kind == EDIT_OP) {
        e->open = e->open == row.pc ? NONE : row.pc;
        e->at = edit_row_of(st, row.pc);
        return;
    }
    struct str text = {0};
    edit_value(e, edit_scenario(st), &row, &text);
    size_t n = text.length < sizeof e->typed - 1 ? text.length
                                                 : sizeof e->typed - 1;
    memcpy(e->typed, str_text(&text), n);
    e->typed[n] = '\0';
    str_free(&text);
    e->typing = true;
}

static bool rename_to(struct stage *st, const char *name)
{
    edit_begin_change(st);
    return edit_end_change(st, draft_rename(&st->edit.draft, edit_scenario(st),
                                       st->edit.process, name));
}

/* "0 2" or "0, 2"; nothing: it may run on all of them. */
static void set_affinity(struct stage *st, const struct edit_row *row,
                         const char *typed)
{
    struct str json = {0}, pointer = {0};
    struct draft_place at;
    for (; *typed; typed += strspn(typed, " ,[]")) {
        size_t n = strcspn(typed, " ,[]");
        if (n)
            str_add(&json, json.length ? ", " : "[");
        str_add_bytes(&json, typed, n);
        typed += n;
    }
    str_add(&json, json.length ? "]" : "");
    if (json.length) {
        edit_set_value(st, row, str_text(&json));
    } else if (edit_pointer(&st->edit, edit_scenario(st), row, &pointer) &&
               draft_find(&st->edit.draft, str_text(&pointer), &at)) {
        edit_begin_change(st);
        edit_end_change(st,
                        draft_remove(&st->edit.draft, str_text(&pointer)));
    }
    str_free(&pointer);
    str_free(&json);
}

static void arg_json(const struct stage *st, const struct edit_row *row,
                     const char *typed, struct str *json)
{
    struct op_field args[OP_FIELDS_MOST];
    int n = op_fields((enum verb)edit_scenario(st)->ops[row->pc].verb, args);
    if (typed[0] == '{' || typed[0] == '[')
        str_add(json, typed); /* it is JSON; if not, the loader says so */
    for (int i = 0; i < n && !json->length; i++)
        if (strcmp(args[i].key, row->key) == 0)
            op_field_json(&args[i], typed, json);
}

/* What has been typed counts. */
void stage_edit_typed(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    struct edit_row row = edit_row_now(st, e->at);
    struct str json = {0};
    (void)i;
    if (!e->typing)
        return;
    edit_stop_typing(st);
    if (row.kind == EDIT_ARG && !e->typed[0]) {
        stage_edit_remove(st, i);
        return;
    }
    if (row.kind == EDIT_FIELD && !row.number) {
        if (row.label == W_EDIT_AFFINITY)
            set_affinity(st, &row, e->typed);
        else
            rename_to(st, e->typed);
        return;
    }
    if (row.kind == EDIT_ARG)
        arg_json(st, &row, e->typed, &json);
    else
        str_add(&json, e->typed);
    if (json.length)
        edit_set_value(st, &row, str_text(&json));
    str_free(&json);
}

/* ---- undo ---- */

void stage_undo(struct stage *st, struct intent i)
{
    struct draft *d = &st->edit.draft;
    bool back = i.what == DO_UNDO;
    if (d->count) { /* what was chosen by E since then is the last change */
        edit_begin_change(st);
        draft_keep(d);
    }
    if (!d->text.length || !(back ? draft_undo(d) : draft_redo(d))) {
        stage_say(st, word(back ? W_UNDO_NOTHING : W_REDO_NOTHING,
                           st->view.lang));
        return;
    }
    edit_stop_typing(st);
    edit_stop_offering(&st->edit);
    st->edit.open = NONE;
    if (!edit_show_text(st)) {
        if (back)
            draft_redo(d);
        else
            draft_undo(d);
    }
}

/* ---- the sheet ---- */

void stage_edit(struct stage *st, struct intent i)
{
    struct edit *e = &st->edit;
    (void)i;
    if (st->view.overlay == OVERLAY_EDIT) {
        stage_edit_close(st);
        return;
    }
    if (!stage_edit_begin(st)) {
        stage_say(st, word(W_EDIT_NOT, st->view.lang));
        return;
    }
    travel_play(&st->travel, false);
    const struct world *w = &st->travel.replay.world;
    int p = st->view.selected;
    if (p != NONE && p < w->head->procs)
        e->process = w->proc[p].def;
    e->open = NONE;
    e->at = 0;
    str_cut(&e->refused, 0);
    st->view.overlay = OVERLAY_EDIT;
    st->view.overlay_scroll = 0;
    edit_keep_inside(st);
}

/* One step back: from the field, from the offers, from the sheet. */
void stage_edit_close(struct stage *st)
{
    struct edit *e = &st->edit;
    if (e->typing)
        edit_stop_typing(st);
    else if (e->offering)
        edit_stop_offering(e);
    else
        st->view.overlay = OVERLAY_NONE;
}

/* ---- keys ---- */

static bool offer_key(struct stage *st, int key)
{
    struct edit *e = &st->edit;
    int by = key == KEY_UP          ? -1
             : key == KEY_DOWN      ? 1
             : key == KEY_PAGE_UP   ? -8
             : key == KEY_PAGE_DOWN ? 8
             : key == KEY_HOME      ? -OP_COUNT
             : key == KEY_END       ? OP_COUNT
                                    : 0;
    if (key == KEY_ENTER)
        stage_edit_offer(st, (struct intent){.arg = e->offer_at});
    else if (!by)
        return false;
    int to = e->offer_at + by, last = e->offer_count - 1;
    e->offer_at = to > last ? last : to;
    e->offer_at = e->offer_at < 0 ? 0 : e->offer_at;
    return true;
}

static void mark(struct stage *st, int row)
{
    int n = edit_rows_now(st);
    row = row < 0 ? 0 : row >= n ? n - 1 : row;
    stage_edit_mark(st, (struct intent){.arg = row});
}

static bool plain_key(struct stage *st, int key)
{
    struct edit *e = &st->edit;
    struct intent here = {.arg = e->at};
    switch (key) {
    case KEY_UP: mark(st, e->at - 1); return true;
    case KEY_DOWN:
    case KEY_TAB: mark(st, e->at + 1); return true;
    case KEY_HOME: mark(st, 0); return true;
    case KEY_END: mark(st, edit_rows_now(st) - 1); return true;
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        here.arg = key == KEY_PAGE_UP ? -1 : 1;
        stage_edit_process(st, here);
        return true;
    case KEY_LEFT:
    case '-':
    case KEY_RIGHT:
    case '+':
    case '=':
        here.value = key == KEY_LEFT || key == '-' ? -1 : 1;
        stage_edit_step(st, here);
        return true;
    case KEY_ENTER: stage_edit_enter(st, here); return true;
    case KEY_DELETE:
    case KEY_BACKSPACE: stage_edit_remove(st, here); return true;
    case 'i': stage_edit_insert(st, here); return true;
    case 'n': stage_edit_add(st, here); return true;
    default: return false;
    }
}

bool stage_edit_key(struct stage *st, struct key_press k)
{
    bool plus = (k.key == '=' || k.key == '+') && k.mods == MOD_SHIFT;
    st->view.reveal = true;
    if (st->edit.offering && !k.mods)
        return offer_key(st, k.key);
    if (k.mods == MOD_ALT && (k.key == KEY_UP || k.key == KEY_DOWN)) {
        stage_edit_move(st, (struct intent){.value = k.key == KEY_UP ? -1 : 1});
        return true;
    }
    if (k.mods == MOD_SHIFT && (k.key == KEY_LEFT || k.key == KEY_RIGHT)) {
        stage_edit_step(st, (struct intent){
                                .arg = st->edit.at,
                                .value = k.key == KEY_LEFT ? -STRIDE : STRIDE});
        return true;
    }
    if (k.mods == MOD_SHIFT && k.key == KEY_TAB) {
        mark(st, st->edit.at - 1);
        return true;
    }
    return (!k.mods || plus) && plain_key(st, k.key);
}
