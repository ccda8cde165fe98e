#include "sim/scenario/json.h"

#include "sim/base/mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- the tree ---- */

/* Gives every node the number of its value in the order of the file. */
static void number_nodes(cJSON *node, int *next)
{
    for (; node; node = node->next) {
        node->valueint = (*next)++;
        number_nodes(node->child, next);
    }
}

static int by_key(const void *a, const void *b)
{
    const cJSON *x = *(cJSON *const *)a, *y = *(cJSON *const *)b;
    int order = strcmp(x->string, y->string);
    return order ? order
                 : (x->valueint > y->valueint) - (x->valueint < y->valueint);
}

/* Complains about the second of two equal keys; comments may be many. */
static void complain_twins(struct json *j, cJSON *const *sorted, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i]->string, sorted[i - 1]->string) == 0 &&
            !json_is_comment(sorted[i]))
            json_complain_key(j, sorted[i], SAID(JSON_TWICE),
                              json_line(j, sorted[i - 1]));
}

static void find_twins(struct json *j, const cJSON *node)
{
    size_t count = 0;
    for (cJSON *c = node->child; c; c = c->next) {
        count++;
        find_twins(j, c);
    }
    if (!cJSON_IsObject(node) || count < 2)
        return;
    cJSON **sorted = mem_new(count, sizeof *sorted);
    size_t i = 0;
    for (cJSON *c = node->child; c; c = c->next)
        sorted[i++] = c;
    qsort(sorted, count, sizeof *sorted, by_key);
    complain_twins(j, sorted, count);
    free(sorted);
}

void json_read(struct json *j, const char *text, size_t length,
               struct diag *diag)
{
    *j = (struct json){.text = text, .length = length, .diag = diag};
    if (!json_check(j))
        return;
    size_t skip = json_mark(text, length);
    j->root = cJSON_ParseWithLength(text + skip, length - skip);
    if (!j->root) {
        json_complain_at(j, 0, NULL, word(W_JSON_MEMORY, json_lang(j)));
        return;
    }
    int next = 0;
    number_nodes(j->root, &next);
    find_twins(j, j->root);
}

void json_free(struct json *j)
{
    cJSON_Delete(j->root);
    free(j->places);
    free(j->lines);
    *j = (struct json){0};
}

cJSON *json_member(const cJSON *object, const char *name)
{
    if (!cJSON_IsObject(object))
        return NULL;
    for (cJSON *c = object->child; c; c = c->next)
        if (strcmp(c->string, name) == 0)
            return c;
    return NULL;
}

bool json_is_comment(const cJSON *node)
{
    return node->string && strcmp(node->string, "//") == 0;
}

/* ---- places ---- */

/* The line that an offset is in, from 0. */
static size_t line_of(const struct json *j, size_t offset)
{
    size_t low = 0, high = j->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (j->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Counts characters from the last place asked for when that is on the way:
 * a file may be one long line. */
static int column_of(struct json *j, size_t line, size_t offset)
{
    size_t at = j->lines[line], column = 1;
    if (j->column && j->seen >= at && j->seen <= offset) {
        at = j->seen;
        column = j->column;
    }
    while (at < offset) {
        size_t n = utf8_length(j->text + at, j->length - at, NULL);
        at += n ? n : 1;
        column++;
    }
    j->seen = offset;
    j->column = column;
    return (int)column;
}

static bool is_here(const cJSON *node)
{
    return node->valueint >= 0;
}

int json_line(const struct json *j, const cJSON *node)
{
    return is_here(node) ? (int)line_of(j, j->places[node->valueint].value) + 1
                         : 0;
}

int json_column(struct json *j, const cJSON *node)
{
    if (!is_here(node))
        return 0;
    size_t offset = j->places[node->valueint].value;
    return column_of(j, line_of(j, offset), offset);
}

/* One step of a JSON pointer (RFC 6901), kept on one line and short. */
static void add_step(struct str *out, const char *key)
{
    enum { LONGEST = 80 };
    size_t length = strlen(key), n = 0;
    str_add_char(out, '/');
    while (n < length) {
        size_t step = utf8_length(key + n, length - n, NULL);
        if (n + step > LONGEST) {
            str_add(out, "…");
            return;
        }
        if (key[n] == '~' || key[n] == '/')
            str_add(out, key[n] == '~' ? "~0" : "~1");
        else
            str_add_json(out, key + n, step);
        n += step;
    }
}

/* Whether `target` lies in the subtree that begins with `node`, whose next
 * neighbour is given: by number in the file, else by looking. */
static bool leads_to(const cJSON *node, const cJSON *target)
{
    if (node == target)
        return true;
    if (is_here(target)) {
        const cJSON *next = node->next;
        while (next && !is_here(next))
            next = next->next;
        return is_here(node) && node->valueint < target->valueint &&
               (!next || next->valueint > target->valueint);
    }
    for (const cJSON *c = node->child; c; c = c->next)
        if (leads_to(c, target))
            return true;
    return false;
}

static void add_pointer(const struct json *j, const cJSON *target,
                        struct str *out)
{
    const cJSON *at = j->root;
    while (at && at != target) {
        size_t index = 0;
        const cJSON *c = at->child;
        while (c && !leads_to(c, target)) {
            c = c->next;
            index++;
        }
        if (c && c->string)
            add_step(out, c->string);
        else if (c)
            str_addf(out, "/%zu", index);
        at = c;
    }
}

/* ---- complaints ---- */

enum lang json_lang(const struct json *j)
{
    return j->diag->lang;
}

void json_complain_at(struct json *j, size_t offset, const char *pointer,
                      const char *message)
{
    size_t line = line_of(j, offset);
    int column = column_of(j, line, offset);
    if (pointer && *pointer)
        diag_add(j->diag, (int)line + 1, column, SAID(DIAG_AT), pointer,
                 message);
    else
        diag_add_text(j->diag, (int)line + 1, column, message);
    j->complaints++;
}

/* False once there are too many, which is said, once. */
static bool has_room(struct json *j)
{
    if (j->complaints < JSON_COMPLAINTS_MAX)
        return true;
    if (j->complaints++ == JSON_COMPLAINTS_MAX)
        diag_add(j->diag, (int)j->line_count + 1, 1, SAID(DIAG_MORE),
                 JSON_COMPLAINTS_MAX);
    return false;
}

static void complain(struct json *j, const cJSON *node, bool at_key,
                     enum word w, va_list args)
{
    if (!has_room(j))
        return;
    struct str pointer = {0}, message = {0};
    add_pointer(j, node, &pointer);
    str_vaddf(&message, word(w, json_lang(j)), args);
    if (is_here(node)) {
        struct json_place place = j->places[node->valueint];
        json_complain_at(j, at_key ? place.key : place.value,
                         str_text(&pointer), str_text(&message));
    } else {
        diag_add(j->diag, 0, 0, SAID(DIAG_FROM_LINE), str_text(&pointer),
                 str_text(&message));
        j->complaints++;
    }
    str_free(&pointer);
    str_free(&message);
}

void json_complain(struct json *j, const cJSON *node, enum word w,
                   const char *english, ...)
{
    va_list args;
    va_start(args, english);
    complain(j, node, false, w, args);
    va_end(args);
}

void json_complain_key(struct json *j, const cJSON *node, enum word w,
                       const char *english, ...)
{
    va_list args;
    va_start(args, english);
    complain(j, node, true, w, args);
    va_end(args);
}

void json_say(struct json *j, const cJSON *node, enum word w)
{
    json_complain(j, node, SAID(DIAG_TEXT), word(w, json_lang(j)));
}

/* ---- values as text ---- */

static void add_number(const struct json *j, const cJSON *node, struct str *out)
{
    if (!is_here(node)) {
        str_addf(out, "%.17g", node->valuedouble);
        return;
    }
    const char *p = j->text + j->places[node->valueint].value;
    const char *end = j->text + j->length;
    size_t n = 0;
    while (p + n < end && p[n] && strchr("+-.0123456789eE", p[n]))
        n++;
    str_add_bytes(out, p, n);
}

/* How many of n digits are left without the zeros at their end. */
static long significant(const char *p, size_t n)
{
    while (n && p[n - 1] == '0')
        n--;
    return (long)n;
}

bool json_is_whole(const struct json *j, const cJSON *node)
{
    struct str s = {0};
    add_number(j, node, &s);
    const char *p = str_text(&s) + (str_text(&s)[0] == '-');
    size_t whole = strspn(p, "0123456789"), part = 0;
    const char *rest = p + whole;
    if (*rest == '.')
        part = strspn(++rest, "0123456789");
    long behind = significant(rest, part); /* decimal places that count */
    long zeros = behind ? 0 : (long)whole - significant(p, whole);
    bool zero = !behind && zeros == (long)whole;
    long shift = rest[part] ? strtol(rest + part + 1, NULL, 10) : 0;
    str_free(&s);
    return zero || (behind ? shift >= behind : shift >= -zeros);
}

static void add_text(const char *text, size_t longest, struct str *out)
{
    size_t length = strlen(text), n = 0;
    while (n < length) {
        size_t step = utf8_length(text + n, length - n, NULL);
        if (n + step > longest)
            break;
        n += step;
    }
    str_add_char(out, '"');
    str_add_json(out, text, n);
    str_add(out, n < length ? "…\"" : "\"");
}

void json_show(const struct json *j, const cJSON *node, struct str *out)
{
    if (cJSON_IsString(node))
        add_text(node->valuestring, 40, out);
    else if (cJSON_IsNumber(node))
        add_number(j, node, out);
    else if (!cJSON_IsArray(node) && !cJSON_IsObject(node))
        str_add(out, cJSON_IsTrue(node)    ? "true"
                     : cJSON_IsFalse(node) ? "false"
                                           : "null");
}

void json_compact(const struct json *j, const cJSON *node, struct str *out)
{
    bool list = cJSON_IsArray(node);
    if (cJSON_IsString(node)) {
        add_text(node->valuestring, SIZE_MAX, out);
        return;
    }
    if (!list && !cJSON_IsObject(node)) {
        json_show(j, node, out);
        return;
    }
    str_add_char(out, list ? '[' : '{');
    for (const cJSON *c = node->child; c; c = c->next) {
        if (!list) {
            add_text(c->string, SIZE_MAX, out);
            str_add_char(out, ':');
        }
        json_compact(j, c, out);
        if (c->next)
            str_add_char(out, ',');
    }
    str_add_char(out, list ? ']' : '}');
}
