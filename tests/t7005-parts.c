/* t7005-parts.c: a paragraph whose parts have faces of their own. */
#include "render/ui.h"
#include "tests/test.h"

#include <math.h>
#include <string.h>

static struct ui ui;

static void frame(void (*draw)(void))
{
    static struct font_set *t;
    struct input in = {.x = -1, .y = -1, .now = 5};
    struct str why = {0};
    if (!t)
        t = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    str_free(&why);
    ui_free(&ui);
    ui_begin(&ui, (struct ui_setup){theme_of(THEME_LIGHT), t, LANG_EN, 1280,
                                    800, 1, &in});
    draw();
    ui_end(&ui);
}

static const char names_en[] = "The pipe is empty and parent still has p[0] "
                               "open, so child.2 sleeps in read(2) there.";
static const char names_zh[] = "管道为空，而写端仍由 parent 打开着，"
                               "因此 child.2 在 p[0] 上的 read(2) 中睡眠。";
static const char *const named[] = {"parent", "p[0]", "child.2"};
static const char *names_text;
static float names_width, measured, drawn;

/* The three names are bold or code, the rest is regular. */
static struct text_parts names_parts(struct text_span *spans)
{
    size_t count = 0, length = strlen(names_text);
    for (size_t i = 0; i < length;) {
        for (int k = 0; k < 3; k++) {
            size_t n = strlen(named[k]);
            if (strncmp(names_text + i, named[k], n) != 0)
                continue;
            if (i > (count ? spans[count - 1].end : 0))
                spans[count++] = (struct text_span){i, FACE_REGULAR, 1};
            i += n - 1;
            spans[count++] = (struct text_span){
                i + 1, k == 1 ? FACE_CODE : FACE_BOLD, 2};
        }
        i++;
    }
    spans[count++] = (struct text_span){length, FACE_REGULAR, 1};
    return (struct text_parts){names_text, length, spans};
}

static void names(void)
{
    struct text_span spans[8];
    struct text_parts p = names_parts(spans);
    measured = ui_parts_height(&ui, names_width, TYPE_BODY, &p);
    drawn = ui_parts(&ui, (struct rect){0, 0, names_width, measured},
                     TYPE_BODY, &p);
}

/* All that was drawn, without blanks; each run has its own face, stands where
 * the one before it ends and within the width. */
static const char *read_back(void)
{
    static char all[256];
    size_t n = 0;
    float y = -1, pen = 0;
    for (size_t i = 0; i < ui.layers[0].count; i++) {
        const struct draw_command *c = &ui.layers[0].commands[i];
        if (c->kind != DRAW_TEXT || n + c->text.run.length >= sizeof all)
            return "too much";
        const struct draw_run *r = &c->text.run;
        float w = text_width(ui.text, (enum face)r->face, 13, r->text,
                             r->length);
        EXPECT(fabsf(w - r->width) < 0.01f);
        EXPECT(fabsf(c->text.at.x - (c->text.at.y > y ? 0 : pen)) < 0.01f);
        EXPECT(c->text.at.x + w <= names_width + 0.5f);
        EXPECT(c->text.at.y >= y);
        y = c->text.at.y;
        pen = c->text.at.x + w;
        for (size_t k = 0; k < r->length; k++)
            if (r->text[k] != ' ')
                all[n++] = r->text[k];
    }
    all[n] = '\0';
    return all;
}

static const char *without_blanks(const char *s)
{
    static char all[256];
    size_t n = 0;
    for (; *s; s++)
        if (*s != ' ')
            all[n++] = *s;
    all[n] = '\0';
    return all;
}

TEST("a paragraph of many faces wraps each in its own, and loses nothing")
{
    for (int zh = 0; zh < 2; zh++)
        for (names_width = 60; names_width < 700; names_width += 7) {
            names_text = zh ? names_zh : names_en;
            test_case("%s in %d", zh ? "Chinese" : "English",
                      (int)names_width);
            frame(names);
            EXPECT_EQ_STR(read_back(), without_blanks(names_text));
            EXPECT(!(fabsf(measured - drawn) > 0.01f));
            EXPECT_EQ_INT(ui.cut_count, 0);
        }
}

static void names_cut(void)
{
    struct text_span spans[8];
    struct text_parts p = names_parts(spans);
    ui_parts(&ui, (struct rect){0, 0, names_width, 36}, TYPE_BODY, &p);
}

TEST("a paragraph of many faces without room ends in an ellipsis")
{
    names_text = names_en;
    for (names_width = 60; names_width < 250; names_width += 5) {
        test_case("%d", (int)names_width);
        frame(names_cut);
        const char *all = read_back(), *dots = strstr(all, "…");
        NEED(dots);
        EXPECT_EQ_STR(dots, "…");
        EXPECT(strncmp(all, without_blanks(names_en),
                       (size_t)(dots - all)) == 0);
        NEED(ui.cut_count == 1);
        EXPECT_EQ_STR(ui.cuts[0].text, names_en);
    }
}
