/* JSON with places: a file's tree, and where in the file each value stands.
 *
 * The tree is cJSON's. cJSON is lenient where a file that people write by hand
 * should not be (it takes 007, 1e400, half a surrogate, any bytes as text, the
 * same key twice) and its nodes do not know where they came from. So the text
 * is first held against RFC 8259 to the letter, which also notes where every
 * value begins; cJSON then builds the tree, and each node's `valueint`, which
 * nobody needs (numbers are read from valuedouble or from the text), becomes
 * the number of its value in the order of the file. */
#ifndef TIMESLICE_JSON_H
#define TIMESLICE_JSON_H

#include "sim/base/gnu.h"
#include "sim/base/diag.h"
#include "sim/base/str.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    JSON_NUMBER_MAX = 60,      /* characters of a number; cJSON cuts at 63 */
    JSON_COMPLAINTS_MAX = 1000 /* then only their end is said */
};

struct json_place {
    uint32_t key;   /* offset of the key's quote; of the value if none */
    uint32_t value; /* offset of its first byte */
};

struct json {
    const char *text;
    size_t length;
    struct diag *diag;
    int complaints;
    struct json_place *places; /* by the number of a value */
    size_t place_count, place_capacity;
    uint32_t *lines; /* offsets of the beginnings of lines */
    size_t line_count, line_capacity;
    size_t seen, column; /* the column of an offset, the last one asked for */
    int depth;
    cJSON *root; /* NULL: complained */
};

/* Reads `text`; complains about the first thing that is not JSON, and about
 * keys that an object has twice. `json->root` is NULL after the former. */
void json_read(struct json *j, const char *text, size_t length,
               struct diag *diag);
void json_free(struct json *j);

/* A node that does not stand in the file but on the command line. */
#define JSON_FROM_ELSEWHERE (-1)

/* Whether the text is JSON; complains otherwise (json_check.c). */
bool json_check(struct json *j);

/* How many bytes the mark takes that some editors put in front of UTF-8. */
size_t json_mark(const char *text, size_t length);

/* Complains at an offset of the text; `pointer` may be NULL. */
void json_complain_at(struct json *j, size_t offset, const char *pointer,
                      const char *message);

/* Complains about a value, or about the key it has in its object:
 * json_complain(j, node, SAID(NAME), …). */
void json_complain(struct json *j, const cJSON *node, enum word w,
                   const char *english, ...)
    PRINTF_LIKE(4, 5);
void json_complain_key(struct json *j, const cJSON *node, enum word w,
                       const char *english, ...)
    PRINTF_LIKE(4, 5);

/* Complains about a value by a word that is no format. */
void json_say(struct json *j, const cJSON *node, enum word w);

/* The language in which it complains. */
enum lang json_lang(const struct json *j);

/* The line and column of a value, from 1; 0 if it is not in the file. */
int json_line(const struct json *j, const cJSON *node);
int json_column(struct json *j, const cJSON *node);

/* The member of an object with exactly this name, or NULL. */
cJSON *json_member(const cJSON *object, const char *name);

/* A comment: any value with the key "//". */
bool json_is_comment(const cJSON *node);

/* Whether a number is whole as it is written: 1.0000000000000001 is not,
 * though it is 1 once it is a double. */
bool json_is_whole(const struct json *j, const cJSON *node);

/* Appends the value as the file has it, cut after a few dozen characters:
 * what a complaint shows of it. Nothing of a list or an object. */
void json_show(const struct json *j, const cJSON *node, struct str *out);

/* Appends the value as compact JSON. */
void json_compact(const struct json *j, const cJSON *node, struct str *out);

#endif
