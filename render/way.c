#include "render/way.h"

/* Adds a part of the sentence. */
static void say(const struct scene *s, struct str *out, const char *part)
{
    if (out->length)
        str_add(out, word(W_WAY_STOP, s->ui->lang));
    str_add(out, part);
}

static void say_if(const struct scene *s, struct str *out, bool so, enum word w)
{
    if (so)
        say(s, out, word(w, s->ui->lang));
}

/* "2, 4, 8": the quanta, each with its allotment where that is another. */
static void levels(const struct scene *s, const struct scheduler *k,
                   struct str *out)
{
    struct str list = {0};
    for (int i = 0; i < k->levels; i++) {
        const char *q = scene_number(s, k->level[i].quantum);
        tick all = k->level[i].allotment;
        if (all && all != k->level[i].quantum)
            q = scene_say(s, W_WAY_ALLOTMENT, q, scene_number(s, all));
        str_addf(&list, "%s%s", i ? word(W_LIST_COMMA, s->ui->lang) : "", q);
    }
    say(s, out, scene_say(s, W_WAY_LEVELS, str_text(&list)));
    str_free(&list);
    if (k->boost)
        say(s, out, scene_say(s, W_WAY_BOOST, scene_number(s, k->boost)));
    say_if(s, out, k->io_keeps_slice, W_WAY_KEEPS);
    say_if(s, out, k->io_to_front, W_WAY_FRONT);
    say_if(s, out, !k->demote_alone, W_WAY_ALONE);
}

static void priority(const struct scene *s, const struct scheduler *k,
                     struct str *out)
{
    say_if(s, out, true, k->preemptive ? W_WAY_PREEMPTIVE
                                       : W_WAY_NOT_PREEMPTIVE);
    if (k->aging_every)
        say(s, out, scene_say(s, W_WAY_AGING, scene_number(s, k->aging_by),
                              scene_number(s, k->aging_every)));
    say_if(s, out, k->inherit, W_WAY_INHERIT);
}

const char *way_of(const struct scene *s, const struct scheduler *k)
{
    struct str out = {0};
    if (k->quantum)
        say(s, &out, scene_say(s, W_WAY_QUANTUM, scene_number(s, k->quantum)));
    if (k->name == POLICY_mlfq)
        levels(s, k, &out);
    if (k->name == POLICY_priority)
        priority(s, k, &out);
    if (k->name == POLICY_cfs)
        say(s, &out, scene_say(s, W_WAY_LATENCY, scene_number(s, k->latency),
                               scene_number(s, k->min_granularity)));
    if (k->name == POLICY_eevdf)
        say(s, &out, scene_say(s, W_WAY_SLICE, scene_number(s, k->slice)));
    say_if(s, &out,
           k->estimate && (k->name == POLICY_sjf || k->name == POLICY_srtf),
           W_WAY_ESTIMATE);
    say_if(s, &out, k->per_cpu, W_WAY_PER_CPU);
    say_if(s, &out, k->per_cpu && k->steal, W_WAY_STEAL);
    say_if(s, &out, k->expired_first, W_WAY_EXPIRED);
    const char *text = ui_format(s->ui, "%s", str_text(&out));
    str_free(&out);
    return text;
}

const char *way_title(const struct scene *s, enum policy_name policy)
{
    return text_in(*s->feed->policies[policy].title, s->ui->lang);
}
