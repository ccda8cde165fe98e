/* help.c: the help: every command with its key, from the command table, in as
 * many columns as have room; and what the marks of the picture mean. */
#include "render/panel.h"

#include <math.h>

/* What the kernel's letters in strips and table mean (ps(1)). */
static const struct mark {
    const char *letter; /* NULL: the word for the gate */
    enum word about;
} marks[] = {
    {"R", W_HELP_R}, {NULL, W_HELP_GATE}, {"S read", W_HELP_S_CALL},
    {"S", W_HELP_S}, {"T", W_HELP_T},     {"Z", W_HELP_Z},
};

enum { MARKS = sizeof marks / sizeof *marks, GROUPS = COMMAND_GROUPS + 1 };

static int rows_of(int g)
{
    int n = 2; /* its heading and a gap */
    if (g == COMMAND_GROUPS)
        return n + MARKS;
    for (int i = 0; i < commands_count; i++)
        n += commands_all[i].group == (enum command_group)g;
    return n;
}

static const char *mark_text(const struct scene *s, int i)
{
    return marks[i].letter ? marks[i].letter
                           : word(W_KERNEL_GATE, s->ui->lang);
}

static float key_room(const struct scene *s)
{
    float w = 0;
    for (int i = 0; i < commands_count; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_CAPTION, commands_all[i].label));
    for (int i = 0; i < MARKS; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_CAPTION, mark_text(s, i)));
    return w + 12 + SPACE_2;
}

static float about_room(const struct scene *s)
{
    float w = 0;
    for (int i = 0; i < commands_count; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_BODY,
                              word(commands_all[i].about, s->ui->lang)));
    for (int i = 0; i < MARKS; i++)
        w = fmaxf(w, ui_width(s->ui, TYPE_BODY,
                              word(marks[i].about, s->ui->lang)));
    return w + SPACE_2;
}

static void title(struct scene *s, struct rect *in, float row, enum word w)
{
    ui_label(s->ui, rect_cut_top(in, row), TYPE_STRONG, TONE_ACCENT_TEXT,
             word(w, s->ui->lang));
}

/* A key or a mark, and what it means. */
static void line(struct scene *s, struct rect *in, float row, float keys,
                 const char *key, enum word about)
{
    struct rect at = rect_cut_top(in, row);
    ui_key(s->ui, rect_cut_left(&at, keys), key, NULL);
    ui_label(s->ui, at, TYPE_BODY, TONE_TEXT, word(about, s->ui->lang));
}

/* A group of commands; the one behind them is that of the kernel's marks. */
static void group(struct scene *s, struct rect *in, int g, float row,
                  float keys)
{
    bool kernel = g == COMMAND_GROUPS;
    title(s, in, row,
          kernel ? W_HELP_KERNEL : command_group_title((enum command_group)g));
    for (int i = 0; !kernel && i < commands_count; i++)
        if (commands_all[i].group == (enum command_group)g)
            line(s, in, row, keys, commands_all[i].label,
                 commands_all[i].about);
    for (int i = 0; kernel && i < MARKS; i++)
        line(s, in, row, keys, mark_text(s, i), marks[i].about);
    rect_cut_top(in, row * 0.6f);
}

/* The groups in columns of about the same height. */
static int column_of(int g, int columns)
{
    static const int place[4][GROUPS] = {
        [2] = {0, 1, 1, 0, 1, 0}, [3] = {0, 1, 2, 1, 0, 2}};
    return place[columns][g];
}

static float height_of(int columns, float row)
{
    float most = 0;
    for (int c = 0; c < columns; c++) {
        float h = 0;
        for (int g = 0; g < GROUPS; g++)
            if (column_of(g, columns) == c)
                h += row * (float)rows_of(g);
        most = fmaxf(most, h);
    }
    return most;
}

static int columns_for(float room, float column)
{
    int n = (int)((room - 120) / column);
    return n < 1 ? 1 : n > 3 ? 3 : n;
}

void help_draw(struct scene *s)
{
    struct ui *ui = s->ui;
    float row = ui_leading(ui, TYPE_BODY) + 8, keys = key_room(s);
    float column = keys + about_room(s);
    int columns = columns_for(ui->all.w, column);
    float width = (column + SPACE_6) * (float)columns + 64;
    float want = height_of(columns, row);
    struct rect in = ui_dialog(ui, ui_make_id("help", 0), width,
                               want + ui_leading(ui, TYPE_TITLE) + 64,
                               word(W_HELP_TITLE, ui->lang),
                               (struct intent){.what = DO_CLOSE});
    struct rect all = ui_scroll_begin(ui, ui_make_id("help", 1), in, want,
                                      &s->view->overlay_scroll);
    for (int c = 0; c < columns; c++) {
        struct rect part = rect_column(all, c, columns, SPACE_6);
        for (int g = 0; g < GROUPS; g++)
            if (column_of(g, columns) == c)
                group(s, &part, g, row, keys);
    }
    ui_scroll_end(ui);
    ui_dialog_end(ui);
}
