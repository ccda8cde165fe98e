/* page.c: see page.h. */
#include "render/export/page.h"

#include "render/export/sha256.h"
#include "render/panel/states.h"

#include <string.h>

const char *const page_files[PAGE_PARTS] = {
    [PAGE_HTML] = "page.html",       [PAGE_STYLE] = "style.css",
    [PAGE_MODEL] = "model.js",       [PAGE_TOOLS] = "tools.js",
    [PAGE_DIAGRAM] = "diagram.js",   [PAGE_TIMELINE] = "timeline.js",
    [PAGE_OBJECTS] = "objects.js",   [PAGE_PANELS] = "panels.js",
    [PAGE_PLAY] = "play.js",
};

/* ---- text in HTML ---- */

static void add_escaped(struct str *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': str_add(out, "&amp;"); break;
        case '<': str_add(out, "&lt;"); break;
        case '>': str_add(out, "&gt;"); break;
        case '"': str_add(out, "&quot;"); break;
        default: str_add_char(out, *text);
        }
    }
}

/* JSON as it may stand in a script element: these characters are only ever
 * inside of its strings. */
static void add_json(struct str *out, const struct str *json)
{
    for (size_t i = 0; i < json->length; i++) {
        char c = json->text[i];
        if (c == '<' || c == '>' || c == '&')
            str_addf(out, "\\u%04x", c);
        else
            str_add_char(out, c);
    }
}

/* ---- the run ---- */

static void add_texts(struct str *out, const char *name, struct text t)
{
    str_addf(out, "\"%s\":[", name);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        str_add(out, lang ? "," : "");
        steps_add_quoted(out, text_in(t, (enum lang)lang));
    }
    str_add(out, "],\n");
}

static void write_machine(const struct run_told *run, struct str *out)
{
    const struct machine *m = &run->scenario->machine;
    str_addf(out, "\"machine\":{\"cpus\":%d,\"memory\":%lld,\"slots\":%lld,"
                  "\"live\":%d},\n",
             m->cpus, (long long)m->memory, (long long)m->max_processes,
             run->live);
}

/* ["ready", "ready", "就绪"]: its name, and its titles. */
static void write_states(struct str *out)
{
    str_add(out, "\"states\":[");
    for (int s = 0; s < STATE_COUNT; s++)
        str_addf(out, "%s[\"%s\",\"%s\",\"%s\"]", s ? "," : "",
                 state_name((enum state)s), state_title((enum state)s, LANG_EN),
                 state_title((enum state)s, LANG_ZH));
    str_add(out, "],\n\"transitions\":[");
    for (int t = 0; t < TRANSITION_COUNT; t++)
        str_addf(out, "%s[\"%s\",\"%s\"]", t ? "," : "",
                 transition_title((enum transition)t, LANG_EN),
                 transition_title((enum transition)t, LANG_ZH));
    str_add(out, "],\n");
}

/* The transition that an arrow usually stands for. */
static int usual(const struct arrow_look *k)
{
    for (int t = 0; t < TRANSITION_COUNT; t++)
        if (state_after(k->from, (enum transition)t) == k->to)
            return t;
    return 0;
}

static void write_diagram(struct str *out)
{
    str_add(out, "\"places\":[");
    for (int s = 0; s < STATE_COUNT; s++)
        str_addf(out, "%s[%d,%d]", s ? "," : "", states_places[s].column,
                 states_places[s].row);
    str_add(out, "],\n\"arrows\":[");
    for (int i = 0; i < STATES_ARROWS; i++) {
        const struct arrow_look *k = &states_arrows[i];
        str_addf(out, "%s[%d,%d,%g,%g,%g,%g,%g,%g,%g,%g,%d,%d,%d]",
                 i ? "," : "", (int)k->from, (int)k->to, (double)k->ax,
                 (double)k->ay, (double)k->bx, (double)k->by, (double)k->cx,
                 (double)k->cy, (double)k->dx, (double)k->dy, (int)k->side,
                 k->rare, usual(k));
    }
    str_add(out, "],\n");
}

static void write_heights(struct str *out)
{
    const struct theme *th = theme_of(THEME_LIGHT);
    str_add(out, "\"heights\":[");
    for (int s = 0; s < STATE_COUNT; s++)
        str_addf(out, "%s%g", s ? "," : "", (double)th->states[s].height);
    str_addf(out, "],\n\"looks\":%d,\n", PROCESS_LOOKS);
}

static void write_run(const struct page *page, struct str *out)
{
    const struct run_told *run = page->run;
    str_add(out, "{");
    add_texts(out, "title", run->scenario->title);
    add_texts(out, "notes", run->scenario->notes);
    write_machine(run, out);
    write_states(out);
    write_diagram(out);
    write_heights(out);
    page_write_words(out);
    str_add(out, ",\n");
    steps_write(run, out);
    str_add(out, "}");
}

/* ---- the parts ---- */

static void add_style(const struct page *page, struct str *out)
{
    str_add(out, "\n");
    page_write_themes(out);
    str_add(out, page->part[PAGE_STYLE]);
}

static void fill_title(const struct page *page, struct str *out)
{
    add_escaped(out, text_in(page->run->scenario->title, page->lang));
}

static void fill_lang(const struct page *page, struct str *out)
{
    str_add(out, lang_codes[page->lang]);
}

static void fill_theme(const struct page *page, struct str *out)
{
    str_add(out, theme_of(page->theme)->name);
}

/* The policy: nothing is loaded, sent or framed, and of styles and scripts only
 * those that stand here. */
static void fill_policy(const struct page *page, struct str *out)
{
    struct str style = {0};
    add_style(page, &style);
    str_add(out, "default-src 'none'; base-uri 'none'; form-action 'none'; "
                 "style-src 'sha256-");
    sha256_add_base64(style.text, style.length, out);
    str_add(out, "'; script-src");
    for (int i = PAGE_MODEL; i < PAGE_PARTS; i++) {
        str_add(out, " 'sha256-");
        sha256_add_base64(page->part[i], strlen(page->part[i]), out);
        str_add(out, "'");
    }
    str_free(&style);
}

static void fill_style(const struct page *page, struct str *out)
{
    add_style(page, out);
}

static void fill_run(const struct page *page, struct str *out)
{
    struct str json = {0};
    write_run(page, &json);
    add_json(out, &json);
    str_free(&json);
}

static void fill_scripts(const struct page *page, struct str *out)
{
    for (int i = PAGE_MODEL; i < PAGE_PARTS; i++)
        str_addf(out, "<script id=\"code-%.*s\">%s</script>\n",
                 (int)strcspn(page_files[i], "."), page_files[i],
                 page->part[i]);
}

static const struct {
    const char *mark;
    void (*fill)(const struct page *page, struct str *out);
} marks[] = {
    {"{{title}}", fill_title},   {"{{lang}}", fill_lang},
    {"{{theme}}", fill_theme},   {"{{policy}}", fill_policy},
    {"{{style}}", fill_style},   {"{{run}}", fill_run},
    {"{{scripts}}", fill_scripts},
};

/* The length of the mark at `p`, which is filled in; 0: there is none. */
static size_t fill(const struct page *page, const char *p, struct str *out)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i].mark);
        if (strncmp(p, marks[i].mark, length) == 0) {
            marks[i].fill(page, out);
            return length;
        }
    }
    return 0;
}

void page_write(const struct page *page, struct str *out)
{
    for (const char *p = page->part[PAGE_HTML]; *p;) {
        size_t n = strcspn(p, "{");
        str_add_bytes(out, p, n);
        p += n;
        size_t mark = *p ? fill(page, p, out) : 0;
        if (*p && !mark)
            str_add_char(out, *p++);
        p += mark;
    }
}
