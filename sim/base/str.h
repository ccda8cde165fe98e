/* A string that grows: for building lines, sentences and files.
 *
 * `text` is always zero-terminated once anything was added, and NULL only in a
 * fresh `struct str s = {0}`. Bytes may be zero; `length` counts them all. */
#ifndef TIMESLICE_STR_H
#define TIMESLICE_STR_H

#include "sim/base/gnu.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    char *text;
    size_t length, capacity;
};

void str_add(struct str *s, const char *text);
void str_add_bytes(struct str *s, const char *bytes, size_t length);
void str_add_char(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...)
    PRINTF_LIKE(2, 3);
void str_vaddf(struct str *s, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

/* Adds `text` as the inside of a JSON string (no quotes around it). */
void str_add_json(struct str *s, const char *text, size_t length);

/* Adds `text` as one line that a terminal shows and does not obey: what
 * text_obeyed() names is written as \u001b, a byte that is no UTF-8 as \xff. */
void str_add_shown(struct str *s, const char *text, size_t length);

/* The first character of the text that a terminal would obey instead of showing
 * it, 0 if there is none: control characters (C0, DEL, C1) and those that turn
 * the direction of writing (U+202A to U+202E, U+2066 to U+2069). With `lines`
 * ends of lines and tabs are no such characters. */
unsigned text_obeyed(const char *text, size_t length, bool lines);

/* Cuts back to `length` bytes; `length` must not exceed what is there. */
void str_cut(struct str *s, size_t length);

/* The text, never NULL. */
const char *str_text(const struct str *s);

void str_free(struct str *s);

/* How many bytes the well-formed UTF-8 character at `p` takes (1 to 4), or 0
 * if `p[0..left)` does not start with one (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF). `*code_point` may be NULL. */
size_t utf8_length(const char *p, size_t left, unsigned *code_point);

/* Whether all of `p[0..length)` is UTF-8. */
bool utf8_valid(const char *p, size_t length);

/* How many cells of a terminal the text takes: 2 for CJK and other wide
 * characters, 0 for combining ones. */
int utf8_columns(const char *text);

/* The edit distance (Levenshtein) between two words, for "did you mean". */
int word_distance(const char *a, const char *b);

#endif
