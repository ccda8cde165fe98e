/* world_program.c: what the words of a program mean to a process just now. */
#include "sim/base/str.h"
#include "sim/model/world.h"

int64_t world_term(const struct world *w, int proc, int64_t term)
{
    struct term t = w->scenario->terms[term];
    return t.is_var ? world_var(w, proc, t.number) : t.number;
}

void world_write_text(const struct world *w, int proc, int64_t text,
                      struct str *out)
{
    if (text == ARG_ABSENT)
        return;
    const struct template *t = &w->scenario->templates[text];
    for (int i = 0; i < t->count; i++) {
        const struct template_piece *p = &t->pieces[i];
        if (p->literal)
            str_add_bytes(out, p->literal, (size_t)p->length);
        else
            str_addf(out, "%lld", (long long)world_var(w, proc, p->var));
    }
}
