/* export_c.c: the lesson as a C program, once its run in the model has said
 * how long it takes and how it ends. */
#include "cli/report.h"

#include "cli/to_c/to_c.h"

static void c_end(struct report *r)
{
    const struct world *w = &r->teller.world;
    const struct c_lesson lesson = {
        .scenario = r->scenario,
        .file = r->out->path ? r->out->path : "lesson.c",
        .both = !option_given(r->o, OPTION_LANG),
        .lang = r->o->lang,
        .end = w->head->now,
        .deadlock = w->head->stop == STOP_DEADLOCK};
    to_c(&lesson, &r->out->text);
}

const struct format format_c = {"c", false, false, NULL, c_end};
