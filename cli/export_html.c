/* export_html.c: a run as one page that replays it (render/export/page.h): a
 * format of a run that needs the whole of it, and the files of assets/replay.
 */
#include "cli/export.h"

#include "cli/files.h"
#include "cli/places.h"
#include "cli/run.h"
#include "cli/themes.h"
#include "render/export/page.h"

#include <errno.h>
#include <string.h>

static bool read_part(const char *folder, const char *name,
                      const struct options *o, struct str *part)
{
    struct str path = {0};
    str_addf(&path, "%s/replay/%s", folder, name);
    bool well = file_read(str_text(&path), SIZE_MAX, part);
    if (!well)
        complain(o->lang, W_CLI_FILE_READ, str_text(&path), strerror(errno));
    str_free(&path);
    return well;
}

/* Fills page->part with texts that `parts` owns. */
static bool read_parts(struct page *page, const struct options *o,
                       struct str parts[PAGE_PARTS])
{
    struct str folder = {0};
    bool well = true;
    place_find("assets", &folder);
    for (int i = 0; i < PAGE_PARTS && well; i++) {
        well = read_part(str_text(&folder), page_files[i], o, &parts[i]);
        page->part[i] = str_text(&parts[i]);
    }
    str_free(&folder);
    return well;
}

static bool is_too_long(const struct report *r)
{
    return r->teller.world.head->procs > STEPS_PROCESSES_MOST ||
           steps_count(r->teller.trace) > STEPS_MOST;
}

static void html_end(struct report *r)
{
    struct str parts[PAGE_PARTS] = {{0}};
    const struct run_told run = {r->scenario, r->teller.trace, r->live};
    struct page page = {.run = &run, .lang = r->o->lang,
                        .theme = theme_wanted(r->o)};
    if (is_too_long(r))
        r->failed = fail(STATUS_USAGE, r->o->lang, W_CLI_PAGE_LONG,
                         r->scenario->path, (int)STEPS_MOST,
                         (int)STEPS_PROCESSES_MOST);
    else if (!read_parts(&page, r->o, parts))
        r->failed = STATUS_MACHINE;
    else
        page_write(&page, &r->out->text);
    for (int i = 0; i < PAGE_PARTS; i++)
        str_free(&parts[i]);
}

static const struct format format_html = {"html", false, true, NULL, html_end};

enum status export_html(const struct options *o, const char *operand,
                        const char *path)
{
    return run_to(o, operand, &format_html, path);
}
