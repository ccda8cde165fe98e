/* t7003-ui.c: widgets answer the pointer and the keys with intents, popups
 * take the pointer from what lies below, and text that is cut is reported. */
#include "render/ui.h"
#include "sim/base/str.h"
#include "tests/test.h"

#include <math.h>

static struct ui ui;
static struct input in;

/* One frame of `draw`; what happened in `in` happens in this frame only. */
static void frame(void (*draw)(void))
{
    static struct font_set *t;
    struct str why = {0};
    if (!t)
        t = text_new(&why);
    EXPECT_EQ_STR(str_text(&why), "");
    ui_begin(&ui, (struct ui_setup){theme_of(THEME_LIGHT), t, LANG_EN, 1280,
                                    800, 1, &in});
    draw();
    ui_end(&ui);
    double now = in.now;
    input_next(&in);
    in.now = now + 0.1;
}

static void start(void)
{
    ui_free(&ui);
    in = (struct input){.x = -1, .y = -1, .now = 5};
}

static void move(float x, float y)
{
    in.x = x;
    in.y = y;
}

static void press(void)
{
    in.down[BUTTON_LEFT] = in.pressed[BUTTON_LEFT] = true;
}

static void release(void)
{
    in.down[BUTTON_LEFT] = false;
    in.released[BUTTON_LEFT] = true;
}

static void tap(int key)
{
    in.keys[in.key_count++] = (struct key_press){.key = key};
}

/* ---------------------------------------------------------------- buttons */

static bool second_is_off;

static void two_buttons(void)
{
    ui_button(&ui, (struct button){.at = {100, 100, 80, 30}, .label = "one",
                                   .tip = "the first", .key = "F1",
                                   .intent = {.what = 1, .arg = 11}});
    ui_button(&ui, (struct button){.at = {200, 100, 80, 30}, .label = "two",
                                   .off = second_is_off,
                                   .intent = {.what = 2}});
}

TEST("a button answers when it is pressed and released on it, once")
{
    start();
    move(120, 110);
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 0);
    EXPECT_EQ_INT(ui.cursor, CURSOR_HAND);
    press();
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 0);
    release();
    frame(two_buttons);
    NEED(ui.intent_count == 1);
    EXPECT_EQ_INT(ui.intents[0].what, 1);
    EXPECT_EQ_INT(ui.intents[0].arg, 11);
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 0);
    press();
    release();
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 1);
}

TEST("a press that ends elsewhere, or on a button that is off, is nothing")
{
    start();
    move(120, 110);
    press();
    frame(two_buttons);
    move(220, 110);
    frame(two_buttons);
    EXPECT_EQ_INT(ui.hot, 0);
    release();
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 0);
    second_is_off = true;
    press();
    frame(two_buttons);
    release();
    frame(two_buttons);
    EXPECT_EQ_INT(ui.intent_count, 0);
    second_is_off = false;
}

TEST("a tooltip comes when the pointer rests, and asks to be woken for it")
{
    start();
    frame(two_buttons);
    EXPECT(isinf(ui.wake));
    move(120, 110);
    frame(two_buttons);
    EXPECT(ui.wake > 0 && ui.wake < 1);
    size_t without = ui.layers[0].count;
    in.now += ui.wake;
    frame(two_buttons);
    EXPECT(ui.layers[0].count > without);
    EXPECT(isinf(ui.wake));
    move(500, 500);
    frame(two_buttons);
    EXPECT_EQ_INT(ui.layers[0].count, without);
}

/* ----------------------------------------------------------------- popups */

static void buttons_under_menu(void)
{
    static const struct menu_entry entries[] = {
        {.label = "English", .intent = {.what = 5, .arg = 0}},
        {.label = "Chinese", .intent = {.what = 5, .arg = 1}},
    };
    two_buttons();
    ui_menu(&ui, 9, (struct rect){100, 70, 20, 10}, entries, 2,
            (struct intent){.what = 7});
}

TEST("a menu takes the pointer from what lies under it")
{
    start();
    move(120, 110);
    frame(buttons_under_menu);
    press();
    frame(buttons_under_menu);
    release();
    frame(buttons_under_menu);
    NEED(ui.intent_count == 1);
    EXPECT_EQ_INT(ui.intents[0].what, 5);
}

TEST("a press beside a menu, or Escape, closes it")
{
    start();
    move(900, 600);
    press();
    frame(buttons_under_menu);
    NEED(ui.intent_count == 1);
    EXPECT_EQ_INT(ui.intents[0].what, 7);
    in.down[BUTTON_LEFT] = false;
    tap(KEY_ESCAPE);
    frame(buttons_under_menu);
    EXPECT_EQ_INT(ui.intent_count, 1);
}

static void buttons_under_dialog(void)
{
    two_buttons();
    ui_dialog(&ui, 8, 400, 300, "Help", (struct intent){.what = 6});
    ui_dialog_end(&ui);
}

TEST("under a dialog nothing can be pressed")
{
    start();
    move(120, 110);
    frame(buttons_under_dialog); /* says where it lies from now on */
    frame(buttons_under_dialog);
    EXPECT(ui.hot == 0);
    press();
    release();
    frame(buttons_under_dialog);
    NEED(ui.intent_count == 1);
    EXPECT_EQ_INT(ui.intents[0].what, 6);
}

/* -------------------------------------------------- sliders, fields, areas */

static double slider_value;

static void one_slider(void)
{
    ui_slider(&ui, (struct slider){.at = {100, 100, 218, 20}, .id = 3,
                                   .value = slider_value, .least = 0,
                                   .most = 10, .step = 1,
                                   .intent = {.what = 4}});
    if (ui.intent_count)
        slider_value = ui.intents[0].value;
}

TEST("a slider follows the pointer, in steps, also beyond its ends")
{
    start();
    slider_value = 2;
    move(209, 110);
    press();
    frame(one_slider);
    EXPECT_EQ_INT((int)slider_value, 5);
    frame(one_slider);
    EXPECT_EQ_INT(ui.intent_count, 0);
    move(2000, 700);
    frame(one_slider);
    EXPECT_EQ_INT((int)slider_value, 10);
    release();
    frame(one_slider);
    move(100, 110);
    frame(one_slider);
    EXPECT_EQ_INT((int)slider_value, 10);
}

static char typed[8];

static void one_field(void)
{
    ui_field(&ui, 12, (struct rect){100, 100, 100, 30}, typed, sizeof typed,
             "time", (struct intent){.what = 3});
}

TEST("a field takes text while it has the focus, as much as it has room for")
{
    start();
    memcpy(in.text, "4", 2);
    frame(one_field);
    EXPECT_EQ_STR(typed, "");
    move(150, 110);
    press();
    release();
    frame(one_field);
    EXPECT_EQ_INT(ui.focus, 12);
    memcpy(in.text, "4\xe7\x8a\xb6", 5);
    frame(one_field);
    EXPECT_EQ_STR(typed, "4状");
    memcpy(in.text, "12345", 6);
    frame(one_field);
    EXPECT_EQ_STR(typed, "4状");
    tap(KEY_BACKSPACE);
    frame(one_field);
    EXPECT_EQ_STR(typed, "4");
    tap(KEY_ENTER);
    frame(one_field);
    EXPECT_EQ_INT(ui.intent_count, 1);
    tap(KEY_ESCAPE);
    frame(one_field);
    EXPECT_EQ_INT(ui.focus, 0);
}

static float offset;
static struct rect content;

static void one_area(void)
{
    struct rect at = {100, 100, 200, 100};
    content = ui_scroll_begin(&ui, 20, at, 300, &offset);
    ui_button(&ui, (struct button){.at = {110, content.y + 250, 80, 30},
                                   .label = "low", .intent = {.what = 1}});
    ui_scroll_end(&ui);
}

TEST("a scroll area moves with the wheel, stops at its ends and hides the rest")
{
    start();
    offset = 0;
    move(150, 360);
    press();
    release();
    frame(one_area);
    EXPECT_EQ_INT(ui.intent_count, 0);
    move(150, 150);
    for (int i = 0; i < 20; i++) {
        in.wheel_y = -1;
        frame(one_area);
    }
    EXPECT_EQ_INT((int)offset, 200);
    EXPECT_EQ_INT((int)content.y, -100);
    move(150, 160);
    press();
    release();
    frame(one_area);
    EXPECT_EQ_INT(ui.intent_count, 1);
    in.wheel_y = 100;
    frame(one_area);
    EXPECT_EQ_INT((int)offset, 0);
    in.wheel_y = -1;
    in.mods = MOD_CTRL;
    frame(one_area);
    EXPECT_EQ_INT((int)offset, 0);
}

static float share;

static void one_splitter(void)
{
    ui_splitter(&ui, 30, (struct rect){0, 0, 1000, 800}, true, &share, 0.2f);
}

TEST("a splitter is dragged, but leaves both sides their least")
{
    start();
    share = 0.5f;
    move(501, 300);
    press();
    frame(one_splitter);
    move(300, 300);
    frame(one_splitter);
    EXPECT(fabsf(share - 0.3f) < 1e-6f);
    move(5, 300);
    frame(one_splitter);
    EXPECT(fabsf(share - 0.2f) < 1e-6f);
    release();
    frame(one_splitter);
    EXPECT_EQ_INT(ui.active, 0);
}

/* ------------------------------------------------------------------- text */

static void tight_labels(void)
{
    struct rect narrow = {10, 10, 60, 20};
    ui_label(&ui, narrow, TYPE_BODY, TONE_TEXT, "short");
    ui_label(&ui, narrow, TYPE_BODY, TONE_TEXT, "much too long for this");
    ui_label_short(&ui, narrow, TYPE_BODY, 0, ALIGN_LEFT,
                   "may be cut without a word");
    ui_paragraph(&ui, (struct rect){10, 50, 90, 36}, TYPE_BODY, TONE_TEXT,
                 "two lines of room but text for many more of them");
    ui_paragraph(&ui, (struct rect){10, 90, 200, 36}, TYPE_BODY, TONE_TEXT,
                 "this fits");
}

TEST("text that did not fit is reported, whole, and where")
{
    start();
    frame(tight_labels);
    NEED(ui.cut_count == 2);
    EXPECT_EQ_STR(ui.cuts[0].text, "much too long for this");
    EXPECT(ui.cuts[0].at.w > 59 && ui.cuts[0].at.w < 61);
    EXPECT_CONTAINS(ui.cuts[1].text, "many more");
    for (size_t i = 0; i < ui.layers[0].count; i++) {
        const struct draw_command *c = &ui.layers[0].commands[i];
        if (c->kind == DRAW_TEXT && c->text.at.y < 40)
            EXPECT(c->text.run.width <= 60.5f);
    }
}

static float measured, drawn;

static void paragraph(void)
{
    static const char s[] = "管道是空的，but its write end is open in parent, "
                            "所以子进程睡眠。\nSecond.";
    measured = ui_paragraph_height(&ui, 150, TYPE_BODY, s);
    drawn = ui_paragraph(&ui, (struct rect){0, 0, 150, 400}, TYPE_BODY,
                         TONE_TEXT, s);
}

TEST("a paragraph is as high as it was measured")
{
    start();
    frame(paragraph);
    EXPECT(measured > 60);
    EXPECT(!(fabsf(measured - drawn) > 0.01f));
    EXPECT_EQ_INT(ui.cut_count, 0);
}

static struct rect bar;

static void one_bar(void)
{
    bar = ui_state_bar(&ui, (struct rect){0, 100, 50, 20}, READY);
}

TEST("the bar of a state stands on the bottom of its row")
{
    start();
    frame(one_bar);
    EXPECT(bar.h > 8 && bar.h < 13);
    EXPECT_EQ_INT((int)(bar.y + bar.h), 120);
}
