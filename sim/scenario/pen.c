#include "sim/scenario/pen.h"

#include <string.h>

void pen_new_line(struct pen *p)
{
    str_addf(p->out, "%s\n%*s", p->comma ? "," : "", p->depth * 2, "");
    p->comma = true;
}

void pen_key(struct pen *p, const char *name)
{
    pen_new_line(p);
    str_add_char(p->out, '"');
    str_add_json(p->out, name, strlen(name));
    str_add(p->out, "\": ");
}

void pen_open(struct pen *p, char bracket)
{
    str_add_char(p->out, bracket);
    p->depth++;
    p->comma = false;
}

void pen_shut(struct pen *p, char bracket)
{
    p->depth--;
    if (p->comma) {
        p->comma = false;
        pen_new_line(p);
    }
    str_add_char(p->out, bracket);
    p->comma = true;
}

void pen_open_key(struct pen *p, const char *name, char bracket)
{
    pen_key(p, name);
    pen_open(p, bracket);
}

/* "name": json, where json is JSON already. */
void pen_raw(struct pen *p, const char *name, const char *json)
{
    pen_key(p, name);
    str_add(p->out, json);
}

void pen_quoted(struct pen *p, const char *name, const char *text)
{
    pen_key(p, name);
    str_add_char(p->out, '"');
    str_add_json(p->out, text, strlen(text));
    str_add_char(p->out, '"');
}

void pen_number(struct pen *p, const char *name, int64_t n)
{
    pen_key(p, name);
    str_addf(p->out, "%lld", (long long)n);
}
