/* timeline_jobs.c: deadlines in a lane, as books on real-time systems draw them.
 *
 * An arrow up where a job is released, an arrow down where it must be done. A
 * deadline that is missed has a cross, and red stripes from there on until its
 * job is done. Where releases come too close together for arrows only the misses
 * are left. */
#include "render/panel/timeline.h"

#include <math.h>

enum { APART = 9 /* units between releases */, HEAD = 4, NEAR = 6 };
enum { LATE_MOST = 256 /* jobs that are seen because they are late */ };

/* A lane of time: jobs that lie behind `end` have not been seen. */
struct stripe {
    struct rect at;
    tick end;
};

static float x_of(const struct scene *s, const struct stripe *l, tick t)
{
    return lens_x(&s->view->lens, l->at, (double)t);
}

static bool is_crowded(const struct scene *s, const struct stripe *l,
                       const struct jobs *j)
{
    double px = 1 / lens_ticks(&s->view->lens, l->at);
    return j->def->period && (double)j->def->period * px < APART;
}

/* ---- marks ---- */

/* `wider` than it is, behind it: what lies under it stands off. */
static void shape(struct ui *ui, float x, struct rect in, bool up, float wider)
{
    float tip = up ? in.y : in.y + in.h, way = up ? 1 : -1;
    float half = HEAD + wider * 1.5f;
    colour ink = ui_tone(ui, wider > 0 ? TONE_SURFACE : TONE_TEXT);
    struct point head[] = {{x - half, tip + way * (HEAD * 1.5f + wider)},
                           {x + half, tip + way * (HEAD * 1.5f + wider)},
                           {x, tip - way * wider * 1.5f}};
    draw_line(ui->draw, (struct point){x, in.y}, (struct point){x, in.y + in.h},
              (struct stroke){.line = ink,
                              .width = ui->theme->line + 2 * wider});
    draw_polygon(ui->draw, head, 3, ink);
}

void jobs_arrow(struct ui *ui, struct rect at, bool up)
{
    shape(ui, at.x + at.w / 2, at, up, 0);
}

void jobs_late(struct ui *ui, struct rect at)
{
    draw_box(ui->draw, (struct box){.at = at,
                                    .fill = ui_tone(ui, TONE_SURFACE),
                                    .pattern = PATTERN_HATCH,
                                    .ink = ui_tone(ui, TONE_ERROR),
                                    .border = 1,
                                    .line = ui_tone(ui, TONE_ERROR)});
}

void jobs_cross(struct ui *ui, struct point at, float size)
{
    draw_circle(ui->draw, at, size * 0.62f, ui_tone(ui, TONE_SURFACE), 1,
                ui_tone(ui, TONE_ERROR));
    icon_draw(ui->draw, ICON_CROSS,
              (struct rect){at.x - size * 0.7f, at.y - size * 0.7f, size * 1.4f,
                            size * 1.4f},
              ui_tone(ui, TONE_ERROR));
}

static float late_height(const struct stripe *l)
{
    return fmaxf(floorf(l->at.h / 3), 4);
}

/* From the deadline on until it is done, or ends undone, or was last seen. */
static void lateness(struct scene *s, const struct stripe *l,
                     const struct jobs *j, int64_t job)
{
    struct job known = jobs_at(j, job);
    tick until = known.done < j->ended ? known.done : j->ended;
    until = until < l->end ? until : l->end;
    float a = x_of(s, l, jobs_deadline(j, job)), b = x_of(s, l, until);
    if (b > a)
        jobs_late(s->ui, (struct rect){a, l->at.y, b - a, late_height(l)});
}

static bool is_missed(const struct stripe *l, const struct jobs *j, int64_t job)
{
    return jobs_at(j, job).missed && jobs_deadline(j, job) <= l->end;
}

static void arrows(struct scene *s, const struct stripe *l,
                   const struct jobs *j, int64_t job, float wider)
{
    tick release = jobs_release(j, job), due = jobs_deadline(j, job);
    if (release <= l->end)
        shape(s->ui, x_of(s, l, release), l->at, true, wider);
    if (due <= l->end)
        shape(s->ui, x_of(s, l, due), l->at, false, wider);
}

/* What of a job is drawn before what of any other. */
enum pass { PASS_LATE, PASS_BEHIND, PASS_ARROWS, PASS_CROSSES, PASSES };

static void one(struct scene *s, const struct stripe *l, const struct jobs *j,
                int64_t job, enum pass pass)
{
    float x = x_of(s, l, jobs_deadline(j, job));
    if (pass == PASS_BEHIND || pass == PASS_ARROWS)
        arrows(s, l, j, job, pass == PASS_BEHIND ? 1 : 0);
    if (pass == PASS_LATE && is_missed(l, j, job))
        lateness(s, l, j, job);
    if (pass == PASS_CROSSES && is_missed(l, j, job))
        jobs_cross(s->ui, (struct point){x, l->at.y + l->at.h / 2},
                   fminf(late_height(l) + 3, 12));
}

/* The first that may be seen: jobs before it are done when the view begins. */
static int64_t first_seen(const struct scene *s, const struct jobs *j)
{
    tick from = (tick)fmax(s->view->lens.from, 0);
    int64_t due = jobs_due(j, from), job = due;
    while (job > 0 && due - job < LATE_MOST && jobs_at(j, job - 1).missed &&
           jobs_at(j, job - 1).done > from)
        job--;
    return job > 0 ? job - 1 : 0;
}

/* ---- many: where somebody was late ---- */

static void only_misses(struct scene *s, const struct stripe *l,
                        const struct jobs *j)
{
    const struct lens *lens = &s->view->lens;
    for (float x = 0; x < l->at.w; x += 2) {
        double a = lens_time(lens, l->at, l->at.x + x);
        double b = lens_time(lens, l->at, l->at.x + x + 2);
        tick until = (tick)fmin(ceil(b), (double)l->end + 1);
        size_t missed = jobs_missed_before(j, jobs_due(j, until)) -
                        jobs_missed_before(j, jobs_due(j, (tick)ceil(a)));
        if (b > 0 && missed && (double)l->end >= a)
            draw_rect(s->ui->draw,
                      (struct rect){l->at.x + x, l->at.y, 2, late_height(l)},
                      ui_tone(s->ui, TONE_ERROR));
    }
}

void timeline_jobs(struct scene *s, struct rect lane, const struct jobs *j,
                   tick end)
{
    struct stripe l = {lane, end};
    if (!jobs_any(j))
        return;
    if (is_crowded(s, &l, j)) {
        only_misses(s, &l, j);
        return;
    }
    int64_t first = first_seen(s, j);
    for (int pass = 0; pass < PASSES; pass++)
        for (int64_t job = first; jobs_has(j, job); job++) {
            tick release = jobs_release(j, job);
            if (release > end || (double)release > s->view->lens.to)
                break;
            one(s, &l, j, job, (enum pass)pass);
        }
}

/* ---- in words ---- */

static const char *outcome(const struct scene *s, const struct jobs *j,
                           int64_t job)
{
    struct job known = jobs_at(j, job);
    tick due = jobs_deadline(j, job);
    bool done = known.done <= s->travel->seen_time;
    if (done && known.done <= due)
        return scene_say(s, W_JOB_IN_TIME, scene_number(s, known.done));
    if (done)
        return scene_say(s, W_JOB_LATE, scene_number(s, known.done),
                         scene_number(s, known.done - due));
    return word(known.missed && due <= s->travel->seen_time ? W_JOB_MISSED
                                                            : W_JOB_OPEN,
                s->ui->lang);
}

/* The job whose arrow is nearest to the pointer, -1: none is near. */
static int64_t pointed_at(const struct scene *s, const struct stripe *l,
                          const struct jobs *j)
{
    float nearest = NEAR, x = s->ui->in->x;
    int64_t found = -1;
    for (int64_t job = first_seen(s, j); jobs_has(j, job); job++) {
        if ((double)jobs_release(j, job) > s->view->lens.to)
            break;
        float up = fabsf(x_of(s, l, jobs_release(j, job)) - x);
        float down = fabsf(x_of(s, l, jobs_deadline(j, job)) - x);
        if (fminf(up, down) < nearest) {
            nearest = fminf(up, down);
            found = job;
        }
    }
    return found;
}

void timeline_jobs_tip(struct scene *s, struct rect lane, int proc,
                       const struct jobs *j)
{
    struct ui *ui = s->ui;
    struct stripe l = {lane, s->travel->seen_time};
    if (!jobs_any(j) || !rect_has(lane, ui->in->x, ui->in->y) ||
        is_crowded(s, &l, j))
        return;
    int64_t job = pointed_at(s, &l, j);
    if (job < 0 || jobs_release(j, job) > l.end)
        return;
    struct rect near = {ui->in->x - NEAR, lane.y, 2 * NEAR, lane.h};
    ui_tip(ui, ui->hot, near,
           scene_say(s, W_JOB_TIP, scene_name(s, proc), (long long)(job + 1),
                     scene_number(s, jobs_release(j, job)),
                     scene_number(s, jobs_deadline(j, job)),
                     outcome(s, j, job)),
           NULL);
}
