/* parse.c: sentences back into what they were made of.
 *
 * What can stand in a place is told by a letter: a name (n), a whole number (i),
 * a time (t), a policy's number (f), a state (s), or one of a class of clauses
 * (capitals). Spaces do not count in Chinese, where they come and go. */
#include "tests/truth/truth.h"

#include <ctype.h>
#include <string.h>

static const struct form {
    enum word word;
    char class;        /* D decision, R reason, O others, U until when, K cost,
                          P so many processes, N deadlines, M units of memory,
                          C what changes besides; L: a whole sentence */
    const char *holes; /* by number */
} forms[] = {
    {W_SAY_MOVES, 'L', "Dss"},
    {W_SAY_STOP, 'L', "D"},
    {W_SAY_MOVES, 'L', "Css"},
    {W_SAY_STOP, 'L', "C"},
    {W_SAY_TAKES_SLICE, 'D', "inRt"},
    {W_SAY_TAKES, 'D', "inR"},
    {W_SAY_TAKES_SWITCHED, 'D', "intU"},
    {W_SAY_DISPATCH, 'D', "inOU"},
    {W_SAY_DISPATCH_QUEUE, 'D', "inOU"},
    {W_SAY_DISPATCH_PASSED, 'D', "inOUn"},
    {W_SAY_CHOSEN_SWITCH, 'D', "inKR"},
    {W_SAY_SWITCHES_FROM, 'D', "inKn"},
    {W_SAY_SWITCHES, 'D', "inK"},
    {W_SAY_MIGRATES, 'D', "iniP"},
    {W_SAY_RENEWED, 'D', "nt"},
    {W_SAY_RENEWED_QUEUE, 'D', "nt"},
    {W_SAY_SLICE_ELSEWHERE, 'D', "nti"},
    {W_SAY_SLICE_AGAIN_HERE, 'D', "nti"},
    {W_SAY_PRIORITY_AGAIN, 'D', "ntf"},
    {W_SAY_MLFQ_AGAIN, 'D', "ntf"},
    {W_SAY_STRIDE_AGAIN, 'D', "ntf"},
    {W_SAY_CFS_AGAIN, 'D', "ntf"},
    {W_SAY_EEVDF_AGAIN, 'D', "ntf"},
    {W_SAY_SLICE_OVER, 'D', "ntO"},
    {W_SAY_PRIORITY_OVER, 'D', "ntOf"},
    {W_SAY_MLFQ_OVER, 'D', "ntOf"},
    {W_SAY_LOTTERY_OVER, 'D', "ntOf"},
    {W_SAY_STRIDE_OVER, 'D', "ntOf"},
    {W_SAY_CFS_OVER, 'D', "ntOf"},
    {W_SAY_EEVDF_OVER, 'D', "ntOf"},
    {W_SAY_XV6_OVER, 'D', "ntOf"},
    {W_SAY_SRTF_PREEMPTS, 'D', "nnff"},
    {W_SAY_SRTF_GUESS_PREEMPTS, 'D', "nnff"},
    {W_SAY_PRIORITY_PREEMPTS, 'D', "nnff"},
    {W_SAY_MLFQ_PREEMPTS, 'D', "nnff"},
    {W_SAY_CFS_PREEMPTS, 'D', "nnfff"},
    {W_SAY_EEVDF_PREEMPTS, 'D', "nnfff"},
    {W_SAY_EDF_PREEMPTS, 'D', "nnff"},
    {W_SAY_EDF_PREEMPTS_NONE, 'D', "nnf"},
    {W_SAY_RM_PREEMPTS, 'D', "nnff"},
    {W_SAY_RM_PREEMPTS_NONE, 'D', "nnf"},
    {W_SAY_AGED, 'C', "ntif"},
    {W_SAY_AGED_BACK, 'C', "nii"},
    {W_SAY_LENT, 'C', "nnifi"},
    {W_SAY_LENT_BACK, 'C', "nii"},
    {W_SAY_LENT_ENDED, 'C', "nii"},
    {W_SAY_DEMOTED, 'C', "ntii"},
    {W_SAY_BOOST, 'C', "itP"},
    {W_SAY_BOOST_NOBODY, 'C', "it"},
    {W_SAY_BOOST_SLICE, 'C', "nt"},
    {W_SAY_JOB_LATE, 'C', "Ci"},
    {W_SAY_JOB_MET, 'C', "niii"},
    {W_SAY_JOB_MISSED, 'C', "niiit"},
    {W_SAY_JOB_JUST, 'C', "nii"},
    {W_SAY_DEADLINE_PASSED, 'C', "niiN"},
    {W_SAY_DEADLINE_PASSED_QUEUED, 'C', "niiNi"},
    {W_SAY_DEADLINE, 'N', "i"},
    {W_SAY_DEADLINES, 'N', "i"},
    {W_SAY_WAITS_ON, 'C', "C"},
    {W_SAY_SUSPENDED_MEMORY, 'C', "nM"},
    {W_SAY_SUSPENDED, 'C', "n"},
    {W_SAY_ACTIVATED_MEMORY, 'C', "n"},
    {W_SAY_ACTIVATED_LATE, 'C', "n"},
    {W_SAY_ACTIVATED, 'C', "n"},
    {W_SAY_STOPPED, 'C', "ns"},
    {W_SAY_CONTINUED, 'C', "ns"},
    {W_SAY_YIELDED, 'C', "n"},
    {W_SAY_YIELDED_BACK, 'C', "n"},
    {W_SAY_UNIT, 'M', "i"},
    {W_SAY_UNITS, 'M', "i"},
    {W_SAY_XV6_NEXT, 'R', "ni"},
    {W_SAY_REASON_ALONE, 'R', "R"},
    {W_SAY_REASON_ALONE_QUEUE, 'R', "Ri"},
    {W_SAY_REASON_ALONE_HERE, 'R', "Ri"},
    {W_SAY_REASON_PASSED, 'R', "Rni"},
    {W_SAY_REASON_EQUAL, 'R', "Rni"},
    {W_SAY_REASON_LEVEL, 'R', "Rni"},
    {W_SAY_REASON_QUEUE, 'R', "R"},
    {W_SAY_TIE_CREATED, 'R', "n"},
    {W_SAY_TIE_LINE, 'R', "n"},
    {W_SAY_TIE_LEVEL, 'R', "n"},
    {W_SAY_TIE_NONE, 'R', "n"},
    {W_SAY_SJF_BEST, 'R', "f"},
    {W_SAY_SJF_NEXT, 'R', "nf"},
    {W_SAY_SJF_OWN, 'R', "f"},
    {W_SAY_SJF_GUESS_BEST, 'R', "f"},
    {W_SAY_SJF_GUESS_NEXT, 'R', "nf"},
    {W_SAY_SJF_GUESS_OWN, 'R', "f"},
    {W_SAY_SRTF_BEST, 'R', "f"},
    {W_SAY_SRTF_NEXT, 'R', "nf"},
    {W_SAY_SRTF_OWN, 'R', "f"},
    {W_SAY_SRTF_GUESS_BEST, 'R', "f"},
    {W_SAY_SRTF_GUESS_NEXT, 'R', "nf"},
    {W_SAY_SRTF_GUESS_OWN, 'R', "f"},
    {W_SAY_HRRN_BEST, 'R', "f"},
    {W_SAY_HRRN_NEXT, 'R', "nf"},
    {W_SAY_HRRN_OWN, 'R', "f"},
    {W_SAY_PRIORITY_BEST, 'R', "f"},
    {W_SAY_PRIORITY_NEXT, 'R', "nf"},
    {W_SAY_PRIORITY_OWN, 'R', "f"},
    {W_SAY_MLFQ_BEST, 'R', "f"},
    {W_SAY_MLFQ_NEXT, 'R', "nf"},
    {W_SAY_MLFQ_OWN, 'R', "f"},
    {W_SAY_LOTTERY_DRAW, 'R', "iiii"},
    {W_SAY_LOTTERY_DRAW_HERE, 'R', "iiiii"},
    {W_SAY_STRIDE_BEST, 'R', "f"},
    {W_SAY_STRIDE_NEXT, 'R', "nf"},
    {W_SAY_STRIDE_OWN, 'R', "f"},
    {W_SAY_CFS_BEST, 'R', "f"},
    {W_SAY_CFS_NEXT, 'R', "nf"},
    {W_SAY_CFS_OWN, 'R', "f"},
    {W_SAY_CFS_SLICE, 'R', "iiif"},
    {W_SAY_CFS_LEAST, 'R', "iiifi"},
    {W_SAY_EEVDF_BEST, 'R', "ff"},
    {W_SAY_EEVDF_NEXT, 'R', "nf"},
    {W_SAY_EEVDF_NEXT_NOT, 'R', "nf"},
    {W_SAY_EEVDF_AHEAD, 'R', "f"},
    {W_SAY_EEVDF_OWN, 'R', "ff"},
    {W_SAY_EDF_BEST, 'R', "f"},
    {W_SAY_EDF_NEXT, 'R', "nf"},
    {W_SAY_EDF_NEXT_NONE, 'R', "n"},
    {W_SAY_EDF_OWN, 'R', "f"},
    {W_SAY_EDF_NONE, 'R', ""},
    {W_SAY_RM_BEST, 'R', "f"},
    {W_SAY_RM_NEXT, 'R', "nf"},
    {W_SAY_RM_NEXT_NONE, 'R', "n"},
    {W_SAY_RM_OWN, 'R', "f"},
    {W_SAY_RM_NONE, 'R', ""},
    {W_SAY_XV6_FOUND, 'R', "ii"},
    {W_SAY_XV6_FIRST, 'R', "i"},
    {W_SAY_XV6_PASSES, 'R', "Rnii"},
    {W_SAY_REASONS, 'R', "RR"},
    {W_SAY_BEHIND_NONE, 'O', ""},
    {W_SAY_BEHIND_ONE, 'O', ""},
    {W_SAY_BEHIND_MANY, 'O', "i"},
    {W_SAY_OTHERS_NONE, 'O', ""},
    {W_SAY_OTHERS_ONE, 'O', ""},
    {W_SAY_OTHERS_MANY, 'O', "i"},
    {W_SAY_OTHERS_ONE_QUEUE, 'O', ""},
    {W_SAY_OTHERS_MANY_QUEUE, 'O', "i"},
    {W_SAY_RUNS_SLICE, 'U', "t"},
    {W_SAY_RUNS_FREELY, 'U', ""},
    {W_SAY_COST_SWITCH, 'K', "t"},
    {W_SAY_COST_MIGRATION, 'K', "ti"},
    {W_SAY_COST_BOTH, 'K', "ttit"},
    {W_SAY_PROCESS, 'P', "i"},
    {W_SAY_PROCESSES, 'P', "i"},
};

enum { FORMS = sizeof forms / sizeof *forms };

/* The text between two points. */
struct span {
    const char *from, *to;
};

struct parser {
    enum lang lang;
    struct claims *to;
};

static bool is_whole(struct span s)
{
    for (const char *p = s.from; p < s.to; p++)
        if (!isdigit((unsigned char)*p) && !(p == s.from && *p == '-'))
            return false;
    return s.from < s.to;
}

/* "5", "4.333", "∞", "3 ticks", "(6 + 3) / 3 = 3", "4 (its own is 9 …)". */
static bool is_figure(struct span s)
{
    bool starts = s.from < s.to && (isdigit((unsigned char)*s.from) ||
                                    strchr("-(", *s.from) ||
                                    strncmp(s.from, "∞", 3) == 0);
    for (const char *p = s.from; p < s.to; p++)
        if (*p == ';' || *p == '`' || strncmp(p, "；", 3) == 0)
            return false;
    return starts && s.to - s.from < 100;
}

/* "3 ticks". */
static bool is_time(struct span s)
{
    const char *p = s.from;
    while (p < s.to && isdigit((unsigned char)*p))
        p++;
    size_t n = (size_t)(s.to - p);
    return p > s.from &&
           ((n == 5 && memcmp(p, " tick", n) == 0) ||
            (n == 6 && memcmp(p, " ticks", n) == 0) ||
            (n == strlen(" 个滴答") && memcmp(p, " 个滴答", n) == 0));
}

static bool is_name(struct span s)
{
    size_t n = (size_t)(s.to - s.from);
    return n > 2 && *s.from == '`' && s.to[-1] == '`' &&
           !memchr(s.from + 1, '`', n - 2);
}

/* No sentence ends in it; a name may have a point. */
static bool is_phrase(struct span s)
{
    for (const char *p = s.from; p < s.to; p++)
        if (*p == '.' && (p + 1 == s.to || p[1] == ' '))
            return false;
    return s.from < s.to;
}

static bool parse_class(struct parser *p, struct span s, char class, int parent);

static bool fits(struct parser *p, struct span s, char hole, int parent)
{
    switch (hole) {
    case 'n': return is_name(s);
    case 'i': return is_whole(s);
    case 't': return is_time(s);
    case 'f': return is_figure(s);
    case 's': return is_phrase(s);
    default: return parse_class(p, s, hole, parent);
    }
}

static void skip_spaces(const char **text, const char *end, const char **pattern,
                        bool spaces)
{
    while (!spaces && **pattern == ' ')
        ++*pattern;
    while (!spaces && *text < end && **text == ' ')
        ++*text;
}

/* Whether the pattern's words up to its next place stand at `text`. */
static bool words_follow(struct span s, const char *pattern, bool spaces)
{
    while (*pattern && *pattern != '{') {
        skip_spaces(&s.from, s.to, &pattern, spaces);
        if (!*pattern || *pattern == '{')
            return true;
        if (s.from == s.to || *s.from != *pattern)
            return false;
        s.from++;
        pattern++;
    }
    return *pattern || s.from == s.to;
}

/* Clauses are claims of their own. */
static void keep(char *hole, struct span s, char kind)
{
    size_t n = isupper((unsigned char)kind) ? 0 : (size_t)(s.to - s.from);
    n = n < HOLE_ROOM ? n : HOLE_ROOM - 1;
    memcpy(hole, s.from, n);
    hole[n] = '\0';
}

/* Matches `s` against the pattern from `pattern` on. */
static bool match(struct parser *p, struct span s, const char *pattern,
                  const struct form *f, int self)
{
    bool spaces = p->lang == LANG_EN;
    skip_spaces(&s.from, s.to, &pattern, spaces);
    if (!*pattern)
        return s.from == s.to;
    if (pattern[0] != '{' || !isdigit((unsigned char)pattern[1]))
        return s.from < s.to && *s.from == *pattern &&
               match(p, (struct span){s.from + 1, s.to}, pattern + 1, f, self);
    int which = pattern[1] - '0';
    for (const char *end = s.from; end <= s.to; end++) {
        struct span in = {s.from, end};
        int mark = p->to->count;
        while (!spaces && in.to > in.from && in.to[-1] == ' ')
            in.to--;
        struct span rest = {end, s.to};
        if (words_follow(rest, pattern + 3, spaces) &&
            fits(p, in, f->holes[which], self)) {
            keep(p->to->all[self].hole[which], in, f->holes[which]);
            if (match(p, rest, pattern + 3, f, self))
                return true;
        }
        p->to->count = mark;
    }
    return false;
}

static bool parse_class(struct parser *p, struct span s, char class, int parent)
{
    for (int i = 0; i < FORMS; i++) {
        int mark = p->to->count;
        if (forms[i].class != class || mark == CLAIMS_MOST)
            continue;
        p->to->count++;
        p->to->all[mark].word = forms[i].word;
        p->to->all[mark].parent = parent;
        for (int k = 0; k < HOLES_MOST; k++)
            p->to->all[mark].hole[k][0] = '\0';
        if (match(p, s, word(forms[i].word, p->lang), &forms[i], mark))
            return true;
        p->to->count = mark;
    }
    return false;
}

bool truth_parse(const char *sentence, enum lang lang, struct claims *to)
{
    struct parser p = {lang, to};
    to->count = 0;
    return parse_class(&p, (struct span){sentence, sentence + strlen(sentence)},
                       'L', -1);
}
