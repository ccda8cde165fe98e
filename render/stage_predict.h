/* What the stage does in predict mode: it puts the wall, asks, and lets the run
 * go to where the answer is seen. */
#ifndef TIMESLICE_STAGE_PREDICT_H
#define TIMESLICE_STAGE_PREDICT_H

#include "render/stage.h"

/* Finds the next question and puts the wall there; asks it if somebody wanted
 * to go beyond. To be called whenever the cursor may have moved. */
void stage_foresee(struct stage *st);

/* A key while predict mode is on and nothing lies over the panels. False: it
 * means what it always does. */
bool stage_predict_key(struct stage *st, struct key_press k);
/* A key while the score lies open. */
bool stage_score_key(struct stage *st, int key);

/* Before any wish is carried out: false if it must not be just now, and then
 * it has been said why. */
bool stage_predict_lets(struct stage *st, int what);

/* The rows of the dialog: the kinds, how often, and those that were wrong. */
enum { SCORE_ROW_EVERY = QUESTION_KINDS, SCORE_ROW_MISSES };

/* ---- wishes ---- */
void stage_predict(struct stage *st, struct intent i);
void stage_answer(struct stage *st, struct intent i);
void stage_hands(struct stage *st, struct intent i);
void stage_vote(struct stage *st, struct intent i);
void stage_count(struct stage *st, struct intent i);
void stage_skip(struct stage *st, struct intent i);
void stage_go_on(struct stage *st, struct intent i);
void stage_score(struct stage *st, struct intent i);
void stage_score_row(struct stage *st, struct intent i);
void stage_score_clear(struct stage *st, struct intent i);

#endif
