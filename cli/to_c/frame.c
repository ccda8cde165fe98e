/* frame.c: the file as a whole. */
#include "cli/to_c/inside.h"

#include "cli/files.h"

#include <string.h>

static const struct {
    enum word about;
    const char *code;
} parts[PART_COUNT] = {
#define PART(name, needs, headers, about, code) [PART_##name] = {about, code},
#include "cli/to_c/parts.def"
#undef PART
};

/* ---- the comment at the head ---- */

static void add_text(struct str *out, const char *text)
{
    str_add(out, "\n *");
    add_comment_lines(out, text, 0);
}

/* Every language's own, or the one that is wanted. */
static void add_texts(const struct c_lesson *l, struct text t, struct str *out,
                      bool title)
{
    const char *before = NULL;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *text = l->both ? t.in[lang] : text_in(t, l->lang);
        if (!text || !*text || (before && strcmp(before, text) == 0))
            continue;
        if (title && !before)
            str_add(out, "/*");
        else
            str_add(out, title ? "\n *" : "\n *\n *");
        add_comment_lines(out, text, 0);
        before = text;
    }
    if (title && !before)
        str_add(out, "/*");
}

/* The program's name where a shell takes it as it is. */
static const char *own_name(const struct c_lesson *l)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *base = file_name(l->file);
    bool fits = *base && *base != '-' && strspn(base, plain) == strlen(base);
    return fits ? base : "lesson.c";
}

static void write_head(struct c_writer *w)
{
    const struct c_lesson *l = w->l;
    add_texts(l, w->sc->title, &w->out, true);
    add_texts(l, w->sc->notes, &w->out, false);
    str_add(&w->out, "\n *");
    add_text(&w->out, word(W_C_HEAD, l->lang));
    str_addf(&w->out, "\n *\n *     cc -Wall -Wextra %s -o lesson && ./lesson",
             own_name(l));
    str_add(&w->out, "\n *");
    add_text(&w->out, word(W_C_HEAD_KERNEL, l->lang));
    if (l->deadlock) {
        str_add(&w->out, "\n *");
        add_text(&w->out, word(W_C_HEAD_DEADLOCK, l->lang));
    }
    str_add(&w->out, " */\n");
}

static void write_headers(struct c_writer *w, struct str *out)
{
    static const char *const files[] = {
#define H(name, file) file,
        C_HEADERS(H)
#undef H
    };
    str_add(out, "#define _GNU_SOURCE\n");
    for (int i = 0; i < HEADER_COUNT; i++)
        if (w->headers >> i & 1)
            str_addf(out, "#include <%s>\n", files[i]);
}

/* How long it may take: three times as long as in the model if many share a
 * CPU; a deadlock need not be waited for so long. */
static long long limit_ticks(const struct c_lesson *l)
{
    enum { MOST = 6000 };
    tick n = l->deadlock ? l->end + 50 : 3 * l->end + 100;
    return n > MOST ? MOST : n;
}

static void write_numbers(struct c_writer *w)
{
    str_add_char(&w->out, '\n');
    add_ours(w, W_C_TICK);
    str_add(&w->out, "#ifndef TICK_MS\n#define TICK_MS 10\n#endif\n");
    if (has_part(w, PART_DONE)) {
        add_ours(w, W_C_MEMORY_TICKS);
        str_addf(&w->out,
                 "#ifndef MEMORY_TICKS\n#define MEMORY_TICKS %lld\n#endif\n",
                 (long long)w->sc->machine.op_cost);
    }
    add_ours(w, w->l->deadlock ? W_C_LIMIT_DEADLOCK : W_C_LIMIT);
    str_addf(&w->out,
             "#ifndef LIMIT_S\n#define LIMIT_S (2 + %lld * TICK_MS / 1000)\n"
             "#endif\n\n",
             limit_ticks(w->l));
}

/* ---- variables ---- */

static void write_variable(struct c_writer *w, int v)
{
    const char *name = w->var[v];
    size_t array = strcspn(name, "[");
    if (name[array]) {
        if (strcmp(name + array, "[0]") == 0)
            str_addf(&w->out, "static int %.*s[2] = {-1, -1};\n", (int)array,
                     name);
        return;
    }
    if (w->var_class[v] == CLASS_ADDRESS)
        str_addf(&w->out, "static char *%s = (char *)-1;\n", name);
    else if (w->var_class[v] == CLASS_INT)
        str_addf(&w->out, "static int %s = -1;\n", name);
    else
        str_addf(&w->out, "static %s %s;\n", w->wide ? "long long" : "int",
                 name);
}

/* p[1] alone makes p an array, too. */
static bool is_used(const struct c_writer *w, int v)
{
    const char *name = w->sc->vars[v];
    size_t n = strcspn(name, "[");
    bool used = w->var_used[v];
    for (int i = 0; name[n] && i < w->sc->var_count && !used; i++)
        used = w->var_used[i] && strncmp(w->sc->vars[i], name, n + 1) == 0;
    return used;
}

/* Its parent keeps its pid. */
static bool is_plain(const struct c_writer *w, int d)
{
    return w->sc->processes[d].forked && !w->family[d] && !w->sought[d];
}

static void write_variables(struct c_writer *w)
{
    size_t before = w->out.length;
    add_ours(w, W_C_VARIABLES);
    size_t bare = w->out.length;
    for (int v = 0; v < w->sc->var_count; v++)
        if (is_used(w, v))
            write_variable(w, v);
    for (int d = 0; d < w->sc->process_count; d++)
        if (is_plain(w, d))
            str_addf(&w->out, "static pid_t %s = NOBODY;\n", w->pid[d]);
    if (w->out.length == bare)
        str_cut(&w->out, before);
    else
        str_add_char(&w->out, '\n');
}

static bool has_nobody(const struct c_writer *w)
{
    bool plain = has_part(w, PART_FAMILY);
    for (int d = 0; d < w->sc->process_count; d++)
        plain = plain || is_plain(w, d) || w->sought[d];
    return plain;
}

static void write_shared_types(struct c_writer *w)
{
    if (has_nobody(w)) {
        add_ours(w, W_C_NOBODY);
        str_add(&w->out, "enum { NOBODY = 0x7fffffff };\n\n");
    }
}

/* ---- parts whose sizes the lesson says ---- */

static void write_message(struct c_writer *w)
{
    add_ours(w, W_C_MESSAGE);
    str_addf(&w->out,
             "struct message {\n    long mtype;\n    char mtext[%lld];\n};\n\n",
             (long long)w->message + 1);
}

static void write_family(struct c_writer *w)
{
    add_ours(w, W_C_FAMILY);
    str_add(&w->out, "enum { ");
    for (int d = 0; d < w->sc->process_count; d++)
        if (w->family[d])
            str_addf(&w->out, "%s, ", w->pid[d]);
    str_add(&w->out,
            "FAMILIES, FAMILY_MOST = 256 };\n\n"
            "struct family {\n    _Atomic int born;\n    struct {\n"
            "        pid_t pid, parent;\n        int gone;\n"
            "    } one[FAMILY_MOST];\n};\n");
    str_add_char(&w->out, '\n');
}

static void write_board(struct c_writer *w)
{
    if (has_part(w, PART_KEEP))
        str_add(&w->out, "enum { QUEUE, SEGMENT, SEMAPHORES, "
                         "OBJECTS_MOST = 1024 };\n\n");
    add_ours(w, W_C_BOARD);
    str_add(&w->out, "static struct board {\n");
    if (has_part(w, PART_FAMILY))
        str_add(&w->out, "    struct family family[FAMILIES];\n");
    for (int d = 0; d < w->sc->process_count; d++)
        if (w->sought[d])
            str_addf(&w->out, "    volatile pid_t %s;\n", w->pid[d] + 7);
    for (int i = 0; i < w->sc->name_count; i++)
        if (w->device[i])
            str_addf(&w->out, "    _Atomic long long %s;\n", w->station[i]);
    if (has_part(w, PART_KEEP))
        str_add(&w->out, "    _Atomic int objects;\n    struct {\n"
                         "        int kind, id;\n    } object[OBJECTS_MOST];\n");
    str_add(&w->out, "} *board;\n\n");
}

static void write_own(struct c_writer *w, enum c_part p)
{
    if (p == PART_BUF)
        str_addf(&w->out, "static char buf[%lld];\n",
                 (long long)w->bytes + 1);
    else if (p == PART_LENGTH)
        str_add(&w->out, "static long length;\n");
    else if (p == PART_STATUS)
        str_add(&w->out, "static int status;\n");
    else if (p == PART_PID)
        str_add(&w->out, "static pid_t pid;\n");
    else if (p == PART_MESSAGE)
        write_message(w);
    else if (p == PART_LETTER)
        str_add(&w->out, "static struct message letter;\n\n");
    else if (p == PART_FAMILY)
        write_family(w);
    else if (p == PART_BOARD)
        write_board(w);
}

bool has_clean_up(const struct c_writer *w)
{
    return w->directory || has_part(w, PART_KEEP);
}

static void write_clean_up(struct c_writer *w)
{
    if (!has_clean_up(w))
        return;
    add_ours(w, W_C_CLEAN_UP);
    str_add(&w->out, "static void clean_up(void)\n{\n");
    if (has_part(w, PART_KEEP))
        str_add(&w->out, "    remove_objects();\n");
    if (w->directory)
        str_add(&w->out, "    remove_directory();\n");
    str_add(&w->out, "}\n\n");
}

static void write_parts(struct c_writer *w)
{
    for (int p = 0; p < PART_COUNT; p++) {
        if (!has_part(w, (enum c_part)p))
            continue;
        if (p == PART_TAKEN)
            write_clean_up(w);
        if (p == PART_VALUES)
            str_addf(&w->out, "enum { SEMAPHORES_MOST = %lld };\n\n",
                     (long long)(w->semaphores ? w->semaphores : 1));
        if (!parts[p].code) {
            write_own(w, (enum c_part)p);
            continue;
        }
        add_ours(w, parts[p].about);
        str_addf(&w->out, "%s\n", parts[p].code);
    }
    if (!has_part(w, PART_TAKEN))
        write_clean_up(w);
}

/* ---- all of it ---- */

static bool has_keys(const struct c_writer *w)
{
    for (int k = 0; k < w->sc->key_count; k++)
        if (w->sc->keys[k].kind != IPC_KEY_PRIVATE)
            return true;
    return false;
}

/* Bodies first, into a text of their own: they say what is needed. */
static char *write_bodies(struct c_writer *w, size_t *length)
{
    functions_write(w);
    init_write(w);
    if (has_keys(w) && has_part(w, PART_KEEP))
        needs_part(w, PART_TAKEN);
    if (w->directory)
        needs_part(w, PART_DIRECTORY);
    main_write(w);
    *length = w->out.length;
    char *bodies = arena_copy(&w->arena, w->out.text, w->out.length);
    str_cut(&w->out, 0);
    return bodies;
}

void to_c(const struct c_lesson *l, struct str *out)
{
    struct c_writer w = {.l = l, .sc = l->scenario};
    plan_make(&w);
    names_make(&w);
    needs_part(&w, PART_SAY);
    size_t length;
    const char *bodies = write_bodies(&w, &length);
    write_head(&w);
    write_headers(&w, &w.out);
    write_numbers(&w);
    write_shared_types(&w);
    write_variables(&w);
    write_parts(&w);
    str_add_bytes(&w.out, bodies, length);
    str_add_bytes(out, w.out.text, w.out.length);
    str_free(&w.out);
    str_free(&w.line);
    arena_free(&w.arena);
}
