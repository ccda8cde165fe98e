/* t7004-gallery.c: everything the picture is made of, on one page, in every
 * theme and language.
 *
 * With TIMESLICE_GALLERY=DIR in the environment the pages are also written
 * there as PNG, to be looked at. */
#include "render/canvas.h"
#include "render/png.h"
#include "render/ui.h"
#include "tests/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 800 };

/* What the pages say that is no word of the program. */
static const struct text why = {
    {"The pipe was empty and its write end is still open in parent, so child "
     "sleeps in read(2): running → blocked.",
     "管道是空的，但父进程仍打开着写端，所以子进程在 read(2) 中睡眠：运行 → 阻塞。"}};
static const struct text title = {
    {"Parent to child through a pipe", "父进程通过管道给子进程发数据"}};
static const struct text words[] = {
    {{"CPU and ready queue", "CPU 与就绪队列"}},
    {{"Play", "播放"}},
    {{"Speed", "速度"}},
    {{"Round robin", "时间片轮转"}},
    {{"nobody waits", "无人等待"}},
    {{"step", "单步"}},
    {{"States", "状态"}},
    {{"Type and text", "字体与文字"}},
    {{"Shapes", "图形"}},
    {{"Controls", "控件"}},
};
enum { CPU, PLAY, SPEED, RR, NOBODY, STEP, STATES, TYPES, SHAPES, CONTROLS };

static const char *say(const struct ui *ui, int which)
{
    return text_in(words[which], ui->lang);
}

static void states_card(struct ui *ui, struct rect at)
{
    struct rect in = ui_card(ui, at, say(ui, STATES), "7");
    float row = ui->theme->big ? 64 : 48;
    struct rect first = rect_cut_top(&in, row);
    float gap = ui->theme->big ? 20 : 34;
    for (int s = 0; s < 5; s++)
        ui_state_box(ui, rect_column(first, s, 5, gap), (enum state)s,
                     s == RUNNING);
    colour line = ui_tone(ui, TONE_STRONG);
    for (int s = 0; s < 4; s++) {
        struct rect a = rect_column(first, s, 5, gap);
        float y = a.y + a.h / 2;
        draw_line(ui->draw, (struct point){a.x + a.w + 3, y},
                  (struct point){a.x + a.w + gap - 3, y},
                  (struct stroke){.line = line, .width = ui->theme->line,
                                  .head = 10});
    }
    rect_cut_top(&in, 28);
    struct rect second = rect_cut_top(&in, row);
    ui_state_box(ui, rect_column(second, 0, 4, 40), READY_SUSPENDED, false);
    ui_state_box(ui, rect_column(second, 2, 4, 40), BLOCKED_SUSPENDED, false);
    struct rect b = rect_column(second, 2, 4, 40);
    draw_curve(ui->draw, (struct point){b.x - 2, b.y + b.h / 2},
               (struct point){b.x - 60, b.y - 20},
               (struct point){b.x - 80, b.y + b.h + 20},
               (struct point){b.x - b.w - 76, b.y + b.h / 2},
               (struct stroke){.line = ui_tone(ui, TONE_ACCENT), .width = 2.5f,
                               .head = 13});
    ui_plate(ui, (struct point){b.x - 70, b.y + b.h / 2}, TYPE_CAPTION,
             TONE_MUTED, TONE_SURFACE,
             transition_title(T_WAKE, ui->lang));
    static const char *const names[] = {"parent", "child", "P3", "worker-12",
                                        "init",   "sh",    "cat", "logger",
                                        "editor", "daemon"};
    rect_cut_top(&in, 24);
    float r = ui->theme->big ? 18 : 14;
    for (int i = 0; i < PROCESS_LOOKS; i++)
        ui_token(ui, (struct point){in.x + 16 + (float)i * 42, in.y + r + 2},
                 r, i, names[i], i == 1);
}

static void bars_card(struct ui *ui, struct rect at)
{
    struct rect in = ui_card(ui, at, say(ui, CPU), say(ui, NOBODY));
    struct rect ring = rect_cut_left(&in, 110);
    struct point c = {ring.x + 50, ring.y + 54};
    draw_ring(ui->draw, c, 46, 10, 0, 1, ui_tone(ui, TONE_INSET));
    draw_ring(ui->draw, c, 46, 10, 0, 0.33f,
              ui->theme->states[RUNNING].fill);
    ui_token(ui, c, 17, 0, "parent", false);
    rect_cut_left(&in, 12);
    struct rect legend = rect_cut_top(&in, ui->theme->row);
    float used = 0;
    for (int s = 0; s < (ui->theme->big ? 4 : STATE_COUNT - 2); s++) {
        struct rect chip = legend;
        rect_cut_left(&chip, used);
        used += ui_state_chip(ui, chip, (enum state)s, NULL) + 14;
    }
    rect_cut_top(&in, 10);
    struct rect rows = rect_cut_top(&in, 26);
    float x = rows.x;
    static const float wide[] = {40, 90, 60, 110, 34, 80, 90};
    for (int s = 0; s < STATE_COUNT; s++) {
        ui_state_bar(ui, (struct rect){x, rows.y, wide[s] * 0.9f, 26},
                     (enum state)s);
        x += wide[s] * 0.9f;
    }
    rect_cut_top(&in, 8);
    colour strip[200];
    for (int i = 0; i < 200; i++)
        strip[i] = colour_mix(ui->theme->states[RUNNING].fill,
                              ui->theme->states[READY].fill,
                              (float)(i * 37 % 200) / 200);
    draw_image(ui->draw, rect_cut_top(&in, 12), strip, 200, 1);
}

static void type_card(struct ui *ui, struct rect at)
{
    struct rect in = ui_card(ui, at, say(ui, TYPES), NULL);
    static const enum type shown[] = {TYPE_CAPTION, TYPE_BODY, TYPE_STRONG,
                                      TYPE_HEADING, TYPE_TITLE};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        struct rect row = rect_cut_top(&in, ui_leading(ui, shown[i]) + 2);
        ui_label(ui, row, shown[i], i ? TONE_TEXT : TONE_MUTED,
                 text_in(title, ui->lang));
    }
    rect_cut_top(&in, 4);
    static const char *const code[] = {"for (i = 1; ; i++) {",
                                       "    write(p[1], \"2\", 1);",
                                       "    n = read(p[0], buf, 100);"};
    for (int i = 0; i < 3; i++) {
        struct rect row = rect_cut_top(&in, ui_leading(ui, TYPE_CODE) + 2);
        if (i == 1)
            draw_box(ui->draw, (struct box){.at = row, .radius = 5,
                                            .fill = ui_tone(
                                                ui, TONE_ACCENT_SOFT)});
        ui_label(ui, rect_inset_xy(row, 8, 0),
                 i == 1 ? TYPE_CODE_STRONG : TYPE_CODE, TONE_TEXT, code[i]);
    }
    rect_cut_top(&in, 6);
    ui_paragraph(ui, in, TYPE_BODY, TONE_MUTED, text_in(why, ui->lang));
}

static void shapes_card(struct ui *ui, struct rect at)
{
    struct rect in = ui_card(ui, at, say(ui, SHAPES), NULL);
    struct rect row = rect_cut_top(&in, 40);
    for (int p = 0; p < PATTERN_COUNT; p++)
        draw_box(ui->draw,
                 (struct box){.at = rect_column(row, p, PATTERN_COUNT, 10),
                              .radius = 8,
                              .fill = ui_tone(ui, TONE_INSET),
                              .pattern = (enum pattern)p,
                              .ink = ui_tone(ui, TONE_ACCENT),
                              .border = 1.5f,
                              .line = ui_tone(ui, TONE_STRONG),
                              .dash = p % 2 ? 5 : 0});
    rect_cut_top(&in, 10);
    float x = in.x, y = in.y;
    for (int i = 1; i < ICON_COUNT; i++) {
        icon_draw(ui->draw, (enum icon)i, (struct rect){x, y, 20, 20},
                  ui_tone(ui, TONE_TEXT));
        x += 29;
        if (x + 20 > in.x + in.w) {
            x = in.x;
            y += 28;
        }
    }
    y += 34;
    for (int i = 0; i < 9; i++) {
        struct point c = {in.x + 30, y + 26};
        struct point to = {c.x + 60 + 20 * (float)i, y + 6 * (float)i};
        draw_line(ui->draw, c, to,
                  (struct stroke){.line = ui_tone(ui, TONE_LINE),
                                  .width = 0.5f + 0.25f * (float)i});
    }
    struct point wave[60];
    for (int i = 0; i < 60; i++)
        wave[i] = (struct point){in.x + 260 + (float)i * 2.4f,
                                 y + 24 + (float)((i * i) % 23)};
    draw_polyline(ui->draw, wave, 60,
                  (struct stroke){.line = ui_tone(ui, TONE_ERROR),
                                  .width = 2});
    draw_polyline(ui->draw, wave, 3,
                  (struct stroke){.line = ui_tone(ui, TONE_OK), .width = 6});
}

static void controls_card(struct ui *ui, struct rect at, bool menu)
{
    struct rect in = ui_card(ui, at, say(ui, CONTROLS), NULL);
    float h = ui->theme->control;
    struct rect row = rect_cut_top(&in, h);
    static const enum icon icons[] = {ICON_FIRST, ICON_BACK, ICON_PLAY,
                                      ICON_STEP, ICON_LAST};
    for (int i = 0; i < 5; i++) {
        struct button b = {.icon = icons[i], .off = i == 0, .on = i == 4,
                           .intent = {.what = 1, .arg = i},
                           .tip = say(ui, PLAY), .key = "Space"};
        if (i == 2) {
            b.kind = BUTTON_PRIMARY;
            b.label = say(ui, PLAY);
        }
        b.at = rect_cut_left(&row, fmaxf(ui_button_width(ui, b), h + 4));
        ui_button(ui, b);
        rect_cut_left(&row, 8);
    }
    rect_cut_left(&row, 12);
    struct rect track = rect_cut_left(&row, 220);
    ui_slider(ui, (struct slider){.at = track, .id = 77, .value = 0.4,
                                  .most = 1, .intent = {.what = 2}});
    rect_cut_left(&row, 16);
    ui_label(ui, row, TYPE_BODY, TONE_TEXT,
             ui_format(ui, "%s ×1", say(ui, SPEED)));
    rect_cut_top(&in, 12);
    struct rect pills = rect_cut_top(&in, ui->theme->row + 6);
    float used = ui_pill(ui, pills, ICON_LIVE, "LIVE 31/31", TONE_OK_SOFT,
                         TONE_OK) + 8;
    rect_cut_left(&pills, used);
    used = ui_pill(ui, pills, ICON_WARNING, "EAGAIN", TONE_ERROR_SOFT,
                   TONE_ERROR) + 8;
    rect_cut_left(&pills, used);
    used = ui_pill(ui, pills, ICON_NONE, say(ui, RR), TONE_INSET, TONE_TEXT);
    rect_cut_left(&pills, used + 16);
    static char typed[32] = "42";
    struct rect field = rect_cut_left(&pills, 120);
    ui_field(ui, 78, field, typed, sizeof typed, "t", (struct intent){3, 0, 0});
    rect_cut_left(&pills, 16);
    rect_cut_left(&pills, ui_key(ui, pills, "Space", say(ui, PLAY)) + 12);
    rect_cut_left(&pills, ui_key(ui, pills, "→", say(ui, STEP)) + 12);
    rect_cut_top(&in, 10);
    static float offset = 20;
    struct rect area = rect_cut_left(&in, 300);
    float content = 8 * ui->theme->row;
    struct rect list = ui_scroll_begin(ui, 79, area, content, &offset);
    for (int i = 0; i < 8; i++) {
        struct rect r = ui_list_row(
            ui, (struct list_row){.at = rect_cut_top(&list, ui->theme->row),
                                  .id = ui_make_id("row", i),
                                  .selected = i == 2,
                                  .intent = {.what = 4, .arg = i}});
        ui_label(ui, r, TYPE_BODY, TONE_TEXT, ui_format(ui, "pid %d", i));
    }
    ui_scroll_end(ui);
    struct menu_entry entries[] = {
        {.label = "English", .key = "L", .on = true, .intent = {5, 0, 0}},
        {.label = "中文", .icon = ICON_GLOBE, .intent = {5, 1, 0}},
        {.label = say(ui, RR), .icon = ICON_CLOCK, .intent = {6, 0, 0}},
    };
    if (menu)
        ui_menu(ui, 80, (struct rect){in.x + 40, in.y - 6, 0, 0}, entries, 3,
                (struct intent){7, 0, 0});
}

static void page(struct ui *ui, struct ui_setup setup)
{
    ui_begin(ui, setup);
    struct rect all = ui->all;
    bool big = ui->theme->big;
    struct rect bar = rect_cut_top(&all, big ? 64 : 46);
    draw_rect(ui->draw, bar, ui_tone(ui, TONE_BAR));
    struct rect in = rect_inset_xy(bar, 16, 8);
    struct rect pill = rect_cut_right(&in, big ? 220 : 150);
    ui_button(ui, (struct button){.at = pill, .kind = BUTTON_BAR,
                                  .icon = ICON_GLOBE, .label = "EN 中",
                                  .intent = {8, 0, 0}});
    rect_cut_left(&in, ui_label(ui, in, TYPE_TITLE, TONE_BAR_TEXT,
                                "Timeslice") + 14);
    ui_label(ui, in, TYPE_BODY, TONE_BAR_MUTED, text_in(title, ui->lang));
    all = rect_inset(all, 12);
    struct rect line = rect_cut_bottom(&all, big ? 92 : 56);
    draw_box(ui->draw, (struct box){.at = line, .radius = 10,
                                    .fill = ui_tone(ui, TONE_ACCENT_SOFT)});
    struct rect words_at = rect_inset_xy(line, 18, 8);
    float h = ui_paragraph_height(ui, words_at.w, TYPE_WHY,
                                  text_in(why, ui->lang));
    ui_paragraph(ui, rect_middle(words_at, words_at.w, h), TYPE_WHY, TONE_TEXT,
                 text_in(why, ui->lang));
    rect_cut_bottom(&all, 12);
    struct rect left = rect_cut_left(&all, big ? 1060 : 760);
    rect_cut_left(&all, 12);
    states_card(ui, rect_cut_top(&left, big ? 290 : 270));
    rect_cut_top(&left, 12);
    if (!big) {
        bars_card(ui, rect_cut_top(&left, 160));
        rect_cut_top(&left, 12);
    }
    controls_card(ui, left, true);
    type_card(ui, rect_cut_top(&all, big ? 600 : 330));
    rect_cut_top(&all, 12);
    if (!big)
        shapes_card(ui, all);
    ui_end(ui);
}

static void save(const struct canvas *c, const char *name)
{
    const char *dir = getenv("TIMESLICE_GALLERY");
    if (!dir)
        return;
    char path[512];
    struct str failed = {0};
    snprintf(path, sizeof path, "%s/gallery-%s.png", dir, name);
    EXPECT(png_write(path, canvas_pixels(c), canvas_width(c),
                     canvas_height(c), &failed));
    EXPECT_EQ_STR(str_text(&failed), "");
    str_free(&failed);
}

TEST("every theme and language draws the gallery, and all its text fits")
{
    struct str failed = {0};
    struct font_set *t = text_new(&failed);
    EXPECT_EQ_STR(str_text(&failed), "");
    NEED(t);
    struct input in = {.x = 640, .y = 500, .now = 1};
    for (int k = 0; k < THEME_COUNT; k++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const struct theme *th = theme_of((enum theme_kind)k);
            char name[64];
            snprintf(name, sizeof name, "%s-%s", th->name, lang_codes[lang]);
            test_case("%s", name);
            struct ui ui = {0};
            int width = th->big ? 1600 : WIDTH;
            int height = th->big ? 1000 : HEIGHT;
            struct canvas *c = canvas_new(width, height);
            page(&ui, (struct ui_setup){th, t, (enum lang)lang, (float)width,
                                        (float)height, 1, &in});
            for (size_t i = 0; i < ui.cut_count; i++)
                EXPECT_EQ_STR(ui.cuts[i].text, "");
            EXPECT(ui.layers[0].count > 120);
            canvas_draw(c, t, &ui.layers[0], 1, ui_tone(&ui, TONE_GROUND));
            save(c, name);
            canvas_free(c);
            ui_free(&ui);
        }
    text_free(t);
}
