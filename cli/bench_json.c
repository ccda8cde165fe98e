/* bench_json.c: figures for programs. */
#include "cli/bench_ipc.h"

static void add_point(const struct figures *f, enum way w, int i,
                      struct str *out)
{
    const struct figure *g = &f->at[w][i];
    str_addf(out, "  {\"mechanism\": \"%s\", \"bytes\": %lld, \"copies\": %d, "
                  "\"pieces\": %lld, \"mib_per_s\": ",
             way_table[w].name,
             way_table[w].carries ? (long long)f->sizes[i] : 0LL,
             way_table[w].copies, (long long)g->pieces);
    if (way_table[w].carries)
        str_addf(out, "%.6g", g->rate);
    else
        str_add(out, "null");
    str_addf(out, ", \"latency_us\": %.6g, \"latency_p99_us\": %.6g}",
             g->latency, g->late);
}

static void add_points(const struct figures *f, struct str *out)
{
    int n = 0;
    str_add(out, " \"points\": [\n");
    for (int w = 0; w < WAY_COUNT; w++)
        for (int i = 0; i < figures_sizes(f, (enum way)w); i++) {
            if (!figures_want(f, (enum way)w) || !f->at[w][i].known)
                continue;
            str_add(out, n++ ? ",\n" : "");
            add_point(f, (enum way)w, i, out);
        }
    str_add(out, "],\n");
}

static void add_crossing(const struct figures *f, enum way a, enum way b,
                         struct str *out)
{
    static const char *const kinds[] = {
        [CROSSING_EVEN] = "even",     [CROSSING_AHEAD] = "ahead",
        [CROSSING_BEHIND] = "behind", [CROSSING_UP] = "up",
        [CROSSING_DOWN] = "down"};
    struct crossing c = figures_cross(f, a, b);
    str_addf(out, "  {\"mechanism\": \"%s\", \"against\": \"%s\", "
                  "\"is\": \"%s\", \"from_bytes\": ",
             way_table[a].name, way_table[b].name, kinds[c.kind]);
    if (c.times)
        str_addf(out, "%.0f", c.size);
    else
        str_add(out, "null");
    str_addf(out, ", \"crossings\": %d}", c.times);
}

static void add_crossings(const struct figures *f, struct str *out)
{
    int n = 0;
    str_add(out, " \"crossings\": [\n");
    for (int a = WAY_SHM; a >= WAY_SHM_COPY; a--)
        for (int b = WAY_PIPE; b <= WAY_MSGQ; b++) {
            if (figures_cross(f, (enum way)a, (enum way)b).kind ==
                CROSSING_UNKNOWN)
                continue;
            str_add(out, n++ ? ",\n" : "");
            add_crossing(f, (enum way)a, (enum way)b, out);
        }
    str_add(out, "],\n");
}

void bench_write_json(const struct figures *f, struct str *out)
{
    static const char *const verdicts[] = {
        [VERDICT_UNKNOWN] = "null",
        [VERDICT_HOLDS] = "\"holds\"",
        [VERDICT_ALWAYS] = "\"holds for all sizes\"",
        [VERDICT_PARTLY] = "\"in part\"",
        [VERDICT_NOT] = "\"does not hold\""};
    str_addf(out, "{\"timeslice\": 1, \"pin\": \"%s\",\n", pin_names[f->pin]);
    add_points(f, out);
    add_crossings(f, out);
    str_addf(out, " \"claim\": %s}\n", verdicts[figures_verdict(f)]);
}
