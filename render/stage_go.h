/* Wishes about finding one's way in a run, carried out (stage_go.c): the rows
 * of the table in stage_do.c that are not there. */
#ifndef TIMESLICE_STAGE_GO_H
#define TIMESLICE_STAGE_GO_H

#include "render/stage.h"

/* The mark of the list of lessons goes to the one that is open. */
void stage_list_here(struct stage *st);

/* Moves a lens that is free so far that the time shown is in it. */
void stage_in_sight(struct stage *st);

/* Along the arrow that begins, or ends, at the step shown: the process there
 * is selected. */
void stage_follow(struct stage *st, struct intent i);

/* Kernel object i.arg (link.h) is selected, or no longer; and the next one that
 * is there, with its panel in front: behind the last one none. */
void stage_object(struct stage *st, struct intent i);
void stage_object_next(struct stage *st, struct intent i);

/* Marker A or B to the time shown; where it is already, it goes away. */
void stage_mark_here(struct stage *st, struct intent i);
/* Marker i.arg to time i.value. */
void stage_mark(struct stage *st, struct intent i);

/* Language, theme, projector, size of the text, full screen, a picture. */
void stage_language(struct stage *st, struct intent i);
void stage_theme(struct stage *st, struct intent i);
void stage_projector(struct stage *st, struct intent i);
void stage_text_size(struct stage *st, struct intent i);
void stage_full_screen(struct stage *st, struct intent i);
void stage_screenshot(struct stage *st, struct intent i);
/* Things move, or are where they belong at once. */
void stage_motion(struct stage *st, struct intent i);

/* Lesson number i.arg of the list, or the file that was dropped; and the file
 * that is open once more, at the moment shown if it has that (stage_open.c). */
void stage_open_lesson(struct stage *st, struct intent i);
void stage_reload(struct stage *st, struct intent i);
/* Who was selected before a reload is again, by name, as soon as it is there. */
void stage_select_again(struct stage *st);
/* What has been changed, and the scheduler that decides now, go into the file. */
void stage_save(struct stage *st, struct intent i);
/* That text, which is in no file, becomes the run, at the moment shown. False with
 * complaints, and all stays as it was. */
bool stage_revise(struct stage *st, const struct str *text,
                  struct str *complaints);
/* What becomes of changes that are in no file: i.arg of DO_SETTLE. */
void stage_settle(struct stage *st, struct intent i);

/* ---- stage_edit.c ---- */
/* The text can be changed from now on; false: this lesson's cannot. */
bool stage_edit_begin(struct stage *st);
/* It is another text, or none. */
void stage_edit_forget(struct stage *st);
void stage_edit(struct stage *st, struct intent i);
void stage_edit_close(struct stage *st);
void stage_edit_mark(struct stage *st, struct intent i);
void stage_edit_enter(struct stage *st, struct intent i);
void stage_edit_typed(struct stage *st, struct intent i);
void stage_edit_step(struct stage *st, struct intent i);
void stage_edit_process(struct stage *st, struct intent i);
void stage_edit_add(struct stage *st, struct intent i);
void stage_edit_insert(struct stage *st, struct intent i);
void stage_edit_offer(struct stage *st, struct intent i);
void stage_edit_remove(struct stage *st, struct intent i);
void stage_edit_move(struct stage *st, struct intent i);
void stage_undo(struct stage *st, struct intent i);
bool stage_edit_key(struct stage *st, struct key_press k);

/* A line between panels has been dragged; the next one is held by keys, behind the
 * last none; and a key for the one that is held (stage_split.c). */
void stage_split(struct stage *st, struct intent i);
void stage_split_next(struct stage *st, struct intent i);
bool stage_split_key(struct stage *st, struct key_press k);

/* A bookmark at the moment shown, or away; and from one to the next. */
void stage_bookmark(struct stage *st, struct intent i);
void stage_bookmark_next(struct stage *st, struct intent i);
/* Has what is to be remembered kept; what the lesson had is looked up. */
void stage_keep(struct stage *st);
void stage_recall(struct stage *st);

/* The search field opens and has the keyboard; the next and the previous step
 * that was found. */
void stage_find(struct stage *st, struct intent i);
void stage_find_next(struct stage *st, struct intent i);
void stage_find_close(struct stage *st, struct intent i);
/* Looks on, a little; and whether there is more to look at. */
void stage_find_on(struct stage *st);
bool stage_find_works(const struct stage *st);

/* A breakpoint on the selected process, or on what the step shown is. */
void stage_break(struct stage *st, struct intent i);
void stage_break_at(struct stage *st, struct intent i);
void stage_breaks(struct stage *st, struct intent i);
void stage_break_away(struct stage *st, struct intent i);
/* Tells of a breakpoint that has stopped the run. */
void stage_tell_break(struct stage *st);
/* What a key does in the list of breakpoints; false: nothing. */
bool stage_breaks_key(struct stage *st, int key);

#endif
