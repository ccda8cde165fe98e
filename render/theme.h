/* The visual language: colours, type, spacing, and how states look.
 *
 * A state is never shown by hue alone: it also has a word, an icon, a pattern
 * and the height of its bar (UX.md, "Colours"; hues after Okabe and Ito,
 * Color Universal Design, 2008). Processes have identity tones of their own
 * and always carry an initial.
 *
 * Themes are constant records. A test computes the contrast of every pair of
 * text and ground in theme_pairs (WCAG 2.1: at least 4.5 to 1), and how far
 * the states are apart for deuteranopes and in grey. */
#ifndef TIMESLICE_THEME_H
#define TIMESLICE_THEME_H

#include "render/draw.h"
#include "render/icon.h"
#include "sim/model/state.h"

enum theme_kind {
    THEME_LIGHT,
    THEME_DARK,
    THEME_CONTRAST,
    THEME_PROJECTOR,
    THEME_COUNT
};

enum tone {
    TONE_NONE, /* nothing is drawn */
    /* grounds */
    TONE_GROUND,  /* behind the cards */
    TONE_SURFACE, /* a card */
    TONE_INSET,   /* a field, a track, a strip in a card */
    TONE_HOVER,   /* a row or button under the pointer */
    TONE_PRESSED,
    TONE_BAR,       /* the title bar */
    TONE_BAR_INSET, /* a pill on it */
    TONE_ACCENT,
    TONE_ACCENT_SOFT, /* the why line, the current row */
    TONE_OK_SOFT,
    TONE_WARN_SOFT,
    TONE_ERROR_SOFT,
    TONE_TIP, /* a tooltip */
    /* lines */
    TONE_HAIRLINE, /* around cards, grid lines */
    TONE_LINE,     /* arrows, axes, borders of fields */
    TONE_STRONG,   /* outlines of states */
    TONE_FOCUS,
    TONE_PLAYHEAD,
    TONE_SHADOW,
    /* text */
    TONE_TEXT,
    TONE_MUTED, /* captions, units */
    TONE_FAINT, /* what is switched off, or no more */
    TONE_BAR_TEXT,
    TONE_BAR_MUTED,
    TONE_ON_ACCENT,
    TONE_ACCENT_TEXT, /* accent as text on a surface */
    TONE_OK,
    TONE_WARN,
    TONE_ERROR,
    TONE_TIP_TEXT,
    TONE_COUNT
};

enum type {
    TYPE_CAPTION, /* axis labels, units */
    TYPE_BODY,
    TYPE_STRONG,  /* body, emphasised */
    TYPE_HEADING, /* title of a panel */
    TYPE_TITLE,   /* the lesson, a dialog */
    TYPE_WHY,     /* the why line: the largest sentence on screen */
    TYPE_STATE,   /* a state's name in its station */
    TYPE_INITIAL, /* in a token */
    TYPE_CODE,
    TYPE_CODE_STRONG,
    TYPE_COUNT
};

struct type_style {
    int face;     /* enum face */
    float size;   /* logical units */
    float leading; /* height of a line */
};

struct state_look {
    colour fill; /* alpha 0: hollow */
    enum pattern pattern;
    colour ink;     /* of the pattern */
    colour outline; /* dark on light, light on dark */
    bool dashed;
    colour text;  /* of the word on it; on patterns it stands on `plate` */
    colour plate; /* alpha 0: the word needs none */
    float height; /* of its bar in a timeline row, 0 … 1 */
    enum icon icon;
};

struct process_look {
    colour fill, on_fill; /* of the token, of its initial */
    colour text;          /* of its name on a surface */
};

enum { PROCESS_LOOKS = 10 };

/* Spacing: everything is a multiple of 4. */
enum { SPACE_1 = 4, SPACE_2 = 8, SPACE_3 = 12, SPACE_4 = 16, SPACE_6 = 24 };

struct theme {
    enum theme_kind kind;
    const char *name; /* "light": for settings and tests */
    colour tones[TONE_COUNT];
    struct type_style types[TYPE_COUNT];
    struct state_look states[STATE_COUNT];
    struct process_look processes[PROCESS_LOOKS];
    float radius;      /* of a card */
    float line;        /* width of outlines and arrows; projector: 2 or more */
    float edge;        /* of the borders of cards, buttons and bars */
    float row;         /* height of a list row */
    float control;     /* height of a button */
    bool dark, big;    /* big: side panes hidden */
};

const struct theme *theme_of(enum theme_kind kind);

/* The look of process `index`; tones come round again after PROCESS_LOOKS. */
struct process_look theme_process(const struct theme *th, int index);

/* WCAG 2.1 contrast of two opaque colours, 1 … 21. */
double colour_contrast(colour a, colour b);
/* CIE 1976 L*, 0 … 100: what is left on a grey projector. */
double colour_lightness(colour c);
/* What a deuteranope sees (Viénot, Brettel, Mollon 1999). */
colour colour_deuteranope(colour c);
/* Distance in CIELAB (ΔE 1976); 2 is just visible. */
double colour_distance(colour a, colour b);

/* Text and ground that may meet. */
struct tone_pair {
    enum tone text, ground;
};
extern const struct tone_pair theme_pairs[];
extern const size_t theme_pair_count;

#endif
