/* Predict mode: what is asked just now, and how well it went so far.
 *
 * At the furthest moment that was shown stands a wall (travel.h) wherever a
 * question is due. Who wants to go on is asked; the answer is told, and the run
 * goes there. What is shown meanwhile does not know what comes: see
 * scene_veiled in panel.h. */
#ifndef TIMESLICE_PREDICT_H
#define TIMESLICE_PREDICT_H

#include "sim/predict/question.h"

enum predict_phase {
    PREDICT_WAITS, /* no question is open */
    PREDICT_ASKS,
    PREDICT_TOLD   /* the answer is on the screen */
};

enum { MISSES_MOST = 64, VOTES_MOST = 999, PREDICT_EVERY_MOST = 5 };

/* A question that was answered wrong: where, to go there again. */
struct miss {
    tick t;
    int64_t events;
    enum question_kind kind;
};

struct score {
    int asked[QUESTION_KINDS], right[QUESTION_KINDS], skipped[QUESTION_KINDS];
    int streak, best;    /* right ones without a wrong one between */
    int votes, votes_right; /* hands, of all shows of hands */
    struct miss miss[MISSES_MOST]; /* of the lesson that is open, the last … */
    int misses;                    /* … so many */
};

struct predict {
    bool on;
    struct question_wish wish;
    enum predict_phase phase;
    struct score score;
    bool summed_up; /* this run's end has been told */

    /* The next question, if there is one before the wall. */
    bool found;
    struct prediction next;
    struct world ahead; /* where it is asked */
    /* For which state of things that was found out. */
    struct {
        bool holds;
        size_t seen;
        unsigned cuts;
        unsigned kinds;
        int every;
        int done;
    } as_of;
    /* So many questions are done with at the place of so many events. */
    int64_t done_at;
    int done;

    /* The one that is open, or told. */
    struct prediction q;
    struct world now; /* where it was asked */
    int chosen;       /* NONE: a show of hands without a majority */
    struct str why[LANG_COUNT];
    bool hands;       /* hands are counted … */
    int vote[CHOICES_SHOWN], vote_at; /* … for each choice; the one to count */
};

int score_asked(const struct score *s);
int score_right(const struct score *s);
int score_skipped(const struct score *s);

/* The choice that most hands were for, NONE if two have as many. */
int predict_majority(const struct predict *p);
int predict_hands(const struct predict *p);

/* It was answered with `chosen`. */
void score_answer(struct predict *p);
void score_skip(struct predict *p);

void predict_init(struct predict *p);
/* Another lesson: only the score stays, and what is wanted. */
void predict_reset(struct predict *p);
void predict_free(struct predict *p);

#endif
