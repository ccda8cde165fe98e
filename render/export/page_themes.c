/* page_themes.c: the themes as variables of a style sheet, so that a page has
 * the colours of the window. */
#include "render/export/page.h"

static const struct {
    const char *name;
    enum tone tone;
} tones[] = {
    {"ground", TONE_GROUND},
    {"surface", TONE_SURFACE},
    {"inset", TONE_INSET},
    {"hover", TONE_HOVER},
    {"pressed", TONE_PRESSED},
    {"bar", TONE_BAR},
    {"bar-inset", TONE_BAR_INSET},
    {"accent", TONE_ACCENT},
    {"accent-soft", TONE_ACCENT_SOFT},
    {"ok-soft", TONE_OK_SOFT},
    {"warn-soft", TONE_WARN_SOFT},
    {"error-soft", TONE_ERROR_SOFT},
    {"hairline", TONE_HAIRLINE},
    {"line", TONE_LINE},
    {"strong", TONE_STRONG},
    {"focus", TONE_FOCUS},
    {"playhead", TONE_PLAYHEAD},
    {"text", TONE_TEXT},
    {"muted", TONE_MUTED},
    {"faint", TONE_FAINT},
    {"bar-text", TONE_BAR_TEXT},
    {"bar-muted", TONE_BAR_MUTED},
    {"on-accent", TONE_ON_ACCENT},
    {"accent-text", TONE_ACCENT_TEXT},
    {"ok", TONE_OK},
    {"warn", TONE_WARN},
    {"error", TONE_ERROR},
};

static void add_colour(struct str *out, colour c)
{
    if (c >> 24)
        str_addf(out, "#%06x;", (unsigned)(c & 0xffffff));
    else
        str_add(out, "transparent;");
}

static void write_tones(const struct theme *th, struct str *out)
{
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++) {
        str_addf(out, "--%s:", tones[i].name);
        add_colour(out, th->tones[tones[i].tone]);
    }
}

static void write_states(const struct theme *th, struct str *out)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        const struct state_look *k = &th->states[s];
        const struct {
            const char *part;
            colour c;
        } parts[] = {{"fill", k->fill}, {"ink", k->ink},
                     {"line", k->outline}, {"text", k->text},
                     {"plate", k->plate}};
        str_add(out, "\n");
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            str_addf(out, "--s%d-%s:", s, parts[i].part);
            add_colour(out, parts[i].c);
        }
    }
}

static void write_processes(const struct theme *th, struct str *out)
{
    str_add(out, "\n");
    for (int p = 0; p < PROCESS_LOOKS; p++) {
        str_addf(out, "--p%d-fill:", p);
        add_colour(out, th->processes[p].fill);
        str_addf(out, "--p%d-on:", p);
        add_colour(out, th->processes[p].on_fill);
        str_addf(out, "--p%d-text:", p);
        add_colour(out, th->processes[p].text);
    }
}

void page_write_themes(struct str *out)
{
    for (int i = 0; i < THEME_COUNT; i++) {
        const struct theme *th = theme_of((enum theme_kind)i);
        str_addf(out, "[data-theme=%s]{--stroke:%gpx;color-scheme:%s;\n",
                 th->name, (double)th->line, th->dark ? "dark" : "light");
        write_tones(th, out);
        write_states(th, out);
        write_processes(th, out);
        str_add(out, "}\n");
    }
}
