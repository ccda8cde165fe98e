/* Inside of the panel of semaphores: who is told of below a counter, in rows of
 * tokens. */
#ifndef TIMESLICE_SEM_ROWS_H
#define TIMESLICE_SEM_ROWS_H

#include "render/panel.h"

enum { SEM_ENTRIES_MOST = 24 };

/* A process and what is said of it, "" if nothing is. */
struct sem_entry {
    int proc;
    const char *text;
};

struct sem_line {
    struct sem_entry *all; /* in the frame's memory */
    int count; /* may be more than SEM_ENTRIES_MOST, the rest is only counted */
};

enum {
    SEM_TAKEN,   /* who has taken from it and not given it back */
    SEM_TO_TAKE, /* who sleeps in its line to take … */
    SEM_FOR_ZERO, /* … or for zero */
    SEM_TO_UNDO, /* whose end will change it (SEM_UNDO) */
    SEM_LAST,    /* its sempid */
    SEM_ROWS
};

struct sem_row {
    enum word label;
    enum tone tone;
};
extern const struct sem_row sem_rows[SEM_ROWS];

/* What row `row` says of semaphore `sem`. */
struct sem_line sem_row_of(struct scene *s, int sem, int row);

/* Which rows have something in them for one of `count` semaphores from `from`
 * on: bit n is row n; and how many these are. */
unsigned sem_rows_used(struct scene *s, int from, int count);
int sem_rows_in(unsigned used);

/* Who sleeps in the line of the whole set, and for what. */
struct sem_line sem_for_the_set(struct scene *s, int set);

float sem_line_width(struct scene *s, const struct sem_line *l);
void sem_line_draw(struct scene *s, struct rect row, const struct sem_line *l);

#endif
