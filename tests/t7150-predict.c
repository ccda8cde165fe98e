/* t7150-predict.c: predict mode: it asks before the step, takes answers by key
 * and mouse and by a show of hands, keeps the score, and no pixel of the window
 * knows the answer before it is given. */
#include "render/canvas.h"
#include "tests/stand.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 1280, HEIGHT = 800, KEYS_MOST = 300 };

static struct predict *mode(struct stand *s)
{
    return &s->stage.predict;
}

static bool asks(struct stand *s)
{
    return mode(s)->on && mode(s)->phase == PREDICT_ASKS;
}

/* On to the next question; false: there is none any more. */
static bool go_on(struct stand *s)
{
    for (int i = 0; i < KEYS_MOST && !asks(s); i++) {
        if (s->stage.view.overlay != OVERLAY_NONE)
            return false;
        press(s, KEY_RIGHT, 0);
    }
    return asks(s);
}

/* ---- no pixel knows ---- */

struct screen {
    struct stand s;
    struct canvas *canvas;
    colour pixels[WIDTH * HEIGHT];
};

static void photograph(struct screen *w)
{
    struct stage *st = &w->s.stage;
    frame(&w->s);
    canvas_draw(w->canvas, w->s.fonts, &st->ui.layers[0],
                stage_scale(st, WIDTH, HEIGHT), ui_tone(&st->ui, TONE_GROUND));
    memcpy(w->pixels, canvas_pixels(w->canvas), sizeof w->pixels);
}

static int differing(const struct screen *a, const struct screen *b)
{
    int n = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        n += a->pixels[i] != b->pixels[i];
    return n;
}

/* Two files whose runs are the same up to some moment; '%s' is what differs. */
struct pair {
    const char *what, *file, *one, *other;
};

static const struct pair pairs[] = {
    {"a draw",
     "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'lottery',"
     " 'quantum': 2, 'draws': [%s]}, 'processes': ["
     " {'name': 'A', 'tickets': 10, 'bursts': [5, 2, 4]},"
     " {'name': 'B', 'tickets': 10, 'bursts': [6, 1, 3]},"
     " {'name': 'C', 'tickets': 10, 'bursts': [7]}]}",
     "3, 14, 25, 3", "3, 14, 5, 3"},
    {"a kill by the user",
     "{'timeslice': 1, 'title': 'x', 'scheduler': {'policy': 'rr',"
     " 'quantum': 2}, 'processes': ["
     " {'name': 'A', 'program': [{'pipe': 'p'}, {'cpu': 2}, {'read': 'p[0]',"
     "  'size': 4}, {'cpu': 3}]},"
     " {'name': 'B', 'arrival': 1, 'bursts': [9]}],"
     " 'actions': [%s]}",
     "{'at': 5, 'kill': 'B'}, {'at': 40, 'suspend': 'A'}",
     "{'at': 5, 'suspend': 'B'}, {'at': 40, 'kill': 'A'}"},
};

static bool set_up(struct screen *w, const struct pair *p, const char *what,
                   enum theme_kind theme, enum lang lang)
{
    char file[1000];
    snprintf(file, sizeof file, p->file, what);
    w->canvas = canvas_new(WIDTH, HEIGHT);
    if (!stand_up(&w->s, file))
        return false;
    w->s.stage.view.theme = theme;
    w->s.stage.view.lang = lang;
    /* Somebody who has looked at all of it before. */
    press(&w->s, KEY_END, 0);
    press(&w->s, KEY_HOME, 0);
    press(&w->s, 'p', 0);
    return mode(&w->s)->on;
}

static void take_away(struct screen *w)
{
    canvas_free(w->canvas);
    take_down(&w->s);
}

/* Rests the pointer on every panel, and looks whether a tip knows more. */
static void compare_tips(struct screen *a, struct screen *b)
{
    for (float y = 60; y < HEIGHT; y += 90)
        for (float x = 40; x < WIDTH; x += 90) {
            a->s.in.x = b->s.in.x = x;
            a->s.in.y = b->s.in.y = y;
            for (int i = 0; i < 2; i++) {
                a->s.in.now += 1;
                b->s.in.now += 1;
                photograph(a);
                photograph(b);
            }
            test_case("tip at %d, %d", (int)x, (int)y);
            EXPECT_EQ_INT(differing(a, b), 0);
        }
    a->s.in.x = b->s.in.x = a->s.in.y = b->s.in.y = -1;
}

static bool have_same_past(const struct stand *a, const struct stand *b)
{
    const struct trace *x = a->stage.travel.feed->trace;
    const struct trace *y = b->stage.travel.feed->trace;
    if (cursor(a) != cursor(b))
        return false;
    for (size_t i = 0; i < cursor(a); i++)
        if (memcmp(trace_at(x, i), trace_at(y, i), sizeof(struct event)) != 0)
            return false;
    return true;
}

/* The same keys in both, up to the question whose answers are not the same. */
static void expect_no_hint(const struct pair *p, enum theme_kind theme,
                           enum lang lang)
{
    static struct screen a, b;
    NEED(set_up(&a, p, p->one, theme, lang));
    NEED(set_up(&b, p, p->other, theme, lang));
    int same = 0;
    bool parted = false;
    while (!parted && go_on(&a.s) && go_on(&b.s)) {
        test_case("%s, theme %d, question %d", p->what, (int)theme, same);
        NEED(have_same_past(&a.s, &b.s));
        photograph(&a);
        photograph(&b);
        EXPECT_EQ_INT(differing(&a, &b), 0);
        int right = mode(&a.s)->q.answer;
        parted = right != mode(&b.s)->q.answer;
        if (parted)
            compare_tips(&a, &b);
        press(&a.s, '1' + right, 0);
        press(&b.s, '1' + right, 0);
        same += !parted;
    }
    EXPECT(parted);
    EXPECT(same > 2);
    photograph(&a);
    photograph(&b);
    EXPECT(differing(&a, &b) > 500); /* or nothing would have been compared */
    take_away(&a);
    take_away(&b);
}

TEST("before the answer, two runs that part there are the same to the pixel")
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int t = 0; t < THEME_COUNT; t++)
            expect_no_hint(&pairs[i], (enum theme_kind)t, (enum lang)(t % 2));
}

/* ---- keys ---- */

TEST("P asks before the step, a digit answers, the right arrow goes on")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'p', 0);
    EXPECT(mode(&s)->on);
    NEED(go_on(&s));
    int64_t events = (int64_t)world(&s)->head->events;
    EXPECT(events < mode(&s)->q.seen_events);
    press(&s, '9', 0); /* there are not so many */
    EXPECT(asks(&s));
    int right = mode(&s)->q.answer;
    press(&s, '1' + right, 0);
    EXPECT(mode(&s)->phase == PREDICT_TOLD);
    EXPECT_EQ_INT((int64_t)world(&s)->head->events, mode(&s)->q.seen_events);
    EXPECT_EQ_INT(score_right(&mode(&s)->score), 1);
    NEED(go_on(&s));
    int wrong = (mode(&s)->q.answer + 1) % mode(&s)->q.choices;
    press(&s, '1' + wrong, 0);
    EXPECT_EQ_INT(score_right(&mode(&s)->score), 1);
    EXPECT_EQ_INT(score_asked(&mode(&s)->score), 2);
    EXPECT_EQ_INT(mode(&s)->score.misses, 1);
    EXPECT(str_text(&mode(&s)->why[LANG_EN])[0]);
    EXPECT(str_text(&mode(&s)->why[LANG_ZH])[0]);
    NEED(go_on(&s));
    press(&s, KEY_RIGHT, 0); /* skipped */
    EXPECT_EQ_INT(score_skipped(&mode(&s)->score), 1);
    press(&s, 'p', 0);
    EXPECT(!mode(&s)->on);
    take_down(&s);
}

TEST("playing stops where something is asked, and cannot run past it")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'p', 0);
    press(&s, ' ', 0);
    for (int i = 0; i < 400 && !asks(&s); i++) {
        s.in.now += 0.25;
        frame(&s);
    }
    EXPECT(asks(&s));
    int64_t at = (int64_t)world(&s)->head->events;
    press(&s, KEY_END, 0);
    press(&s, ' ', 0);
    EXPECT_EQ_INT((int64_t)world(&s)->head->events, at);
    EXPECT(asks(&s));
    take_down(&s);
}

TEST("back to before a question that was answered, and on: not asked twice")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'p', 0);
    for (int i = 0; i < 3; i++) {
        NEED(go_on(&s));
        press(&s, '1', 0);
    }
    size_t at = cursor(&s);
    press(&s, KEY_LEFT, 0);
    press(&s, KEY_LEFT, 0);
    EXPECT(cursor(&s) < at);
    EXPECT(!asks(&s));
    press(&s, KEY_RIGHT, 0);
    press(&s, KEY_RIGHT, 0);
    EXPECT_EQ_INT(cursor(&s), at);
    EXPECT(!asks(&s));
    EXPECT_EQ_INT(score_asked(&mode(&s)->score), 3);
    take_down(&s);
}

/* ---- the mouse ---- */

/* Where a choice's text begins on the screen. */
static bool find_choice(const struct stand *s, int i, float *x, float *y)
{
    const struct draw *d = &s->stage.ui.layers[0];
    struct str text = {0};
    question_write_choice(&s->stage.predict.q, i, &s->stage.predict.now,
                          LANG_EN, &text);
    bool found = false;
    for (size_t k = 0; k < d->count && !found; k++) {
        const struct draw_command *c = &d->commands[k];
        if (c->kind != DRAW_TEXT || c->text.run.length != text.length ||
            memcmp(c->text.run.text, str_text(&text), text.length) != 0)
            continue;
        found = c->text.at.y > 300; /* on the card, not in the diagram */
        *x = c->text.at.x + 3;
        *y = c->text.at.y - 3;
    }
    str_free(&text);
    return found;
}

TEST("a click on a choice answers with it")
{
    struct stand s;
    NEED(stand_up(&s, stand_crowd));
    press(&s, 'p', 0);
    NEED(go_on(&s));
    float x = 0, y = 0;
    NEED(find_choice(&s, mode(&s)->q.choices - 1, &x, &y));
    click(&s, x, y);
    EXPECT(mode(&s)->phase == PREDICT_TOLD);
    EXPECT_EQ_INT(mode(&s)->chosen, mode(&s)->q.choices - 1);
    take_down(&s);
}

/* ---- a class ---- */

TEST("V: hands are counted for each choice, and the most of them answer")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'p', 0);
    NEED(go_on(&s));
    press(&s, 'v', 0);
    EXPECT(mode(&s)->hands);
    press(&s, KEY_ENTER, 0); /* nobody has raised a hand yet */
    EXPECT(asks(&s));
    press(&s, '1', 0);
    press(&s, '2', 0);
    EXPECT_EQ_INT(mode(&s)->vote[0], 12);
    press(&s, KEY_DOWN, 0);
    press(&s, '2', 0);
    press(&s, '7', 0);
    press(&s, '+', MOD_SHIFT);
    EXPECT_EQ_INT(mode(&s)->vote[1], 28);
    press(&s, KEY_BACKSPACE, 0);
    EXPECT_EQ_INT(mode(&s)->vote[1], 2);
    press(&s, '8', 0);
    EXPECT(asks(&s));
    press(&s, KEY_ENTER, 0);
    EXPECT(mode(&s)->phase == PREDICT_TOLD);
    EXPECT_EQ_INT(mode(&s)->chosen, 1);
    EXPECT_EQ_INT(mode(&s)->score.votes, 40);
    EXPECT_EQ_INT(mode(&s)->score.votes_right, mode(&s)->vote[mode(&s)->q.answer]);
    NEED(go_on(&s));
    press(&s, '5', 0);
    press(&s, KEY_DOWN, 0);
    press(&s, '5', 0);
    press(&s, KEY_ENTER, 0);
    EXPECT_EQ_INT(mode(&s)->chosen, NONE); /* no majority: nobody is right */
    EXPECT_EQ_INT(score_asked(&mode(&s)->score), 2);
    take_down(&s);
}

/* ---- the end ---- */

TEST("all of a run, answered: the score at its end, by kind")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, 'p', 0);
    int n = 0;
    for (; go_on(&s); n++) {
        int wrong = n % 4 == 3;
        press(&s, '1' + (mode(&s)->q.answer + wrong) % mode(&s)->q.choices, 0);
    }
    EXPECT(n > 20);
    EXPECT_EQ_INT(score_asked(&mode(&s)->score), n);
    EXPECT_EQ_INT(score_right(&mode(&s)->score), n - n / 4);
    EXPECT(s.stage.view.overlay == OVERLAY_SCORE);
    EXPECT(travel_at_end(&s.stage.travel));
    int kinds = 0;
    for (int k = 0; k < QUESTION_KINDS; k++)
        kinds += mode(&s)->score.asked[k] > 0;
    EXPECT(kinds >= 4);
    press(&s, KEY_ESCAPE, 0);
    EXPECT(s.stage.view.overlay == OVERLAY_NONE);
    take_down(&s);
}

/* ---- what else must not tell ---- */

TEST("neither notes nor the comparison nor a search tell while it asks")
{
    struct stand s;
    NEED(stand_up(&s, stand_lesson));
    press(&s, KEY_END, 0);
    press(&s, KEY_HOME, 0);
    press(&s, 'p', 0);
    NEED(go_on(&s));
    press(&s, 'n', 0);
    EXPECT(s.stage.view.overlay == OVERLAY_NONE);
    press(&s, 'c', 0);
    EXPECT(s.stage.view.overlay == OVERLAY_NONE);
    EXPECT(asks(&s));
    take_down(&s);
}
