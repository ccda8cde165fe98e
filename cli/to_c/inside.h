/* What the files of the C writer share. See to_c.h for who does what.
 *
 * Bodies are written first. Whatever they use they say (needs_part,
 * needs_header), so that the file as a whole has just that. */
#ifndef TIMESLICE_TO_C_INSIDE_H
#define TIMESLICE_TO_C_INSIDE_H

#include "cli/to_c/to_c.h"
#include "sim/base/gnu.h"
#include "sim/scenario/ops.h"

#include <stdint.h>

/* The headers a program may need, in the order in which they stand. */
#define C_HEADERS(H)                                                           \
    H(dirent, "dirent.h") H(errno, "errno.h") H(fcntl, "fcntl.h")              \
    H(sched, "sched.h") H(signal, "signal.h") H(stdarg, "stdarg.h")            \
    H(stdatomic, "stdatomic.h") H(stdint, "stdint.h") H(stdio, "stdio.h")      \
    H(stdlib, "stdlib.h") H(string, "string.h") H(ipc, "sys/ipc.h")            \
    H(mman, "sys/mman.h") H(msg, "sys/msg.h") H(prctl, "sys/prctl.h")          \
    H(sem, "sys/sem.h") H(shm, "sys/shm.h") H(stat, "sys/stat.h")              \
    H(wait, "sys/wait.h") H(time, "time.h") H(unistd, "unistd.h")

enum c_header {
#define H(name, file) HEADER_##name,
    C_HEADERS(H)
#undef H
    HEADER_COUNT
};

enum c_part {
#define PART(name, needs, headers, about, code) PART_##name,
#include "cli/to_c/parts.def"
#undef PART
    PART_COUNT
};

/* What a variable is in C. */
enum c_class { CLASS_NUMBER, CLASS_INT /* descriptor, id */, CLASS_ADDRESS };

enum { C_COLUMNS = 80, C_LOOPS = LOOPS_MAX + 1 };

struct c_writer {
    const struct c_lesson *l;
    const struct scenario *sc;
    struct arena arena;
    struct str out; /* what is being written */
    struct str line; /* a statement under way */
    int indent;      /* columns */
    int def;         /* whose body it is */
    bool handler;    /* … or that of a handler */
    int loops;       /* repeats around it */
    uint64_t headers, parts; /* bits: that are needed */
    bool directory; /* it has files */
    bool families;  /* some pid must be found by others */

    /* plan.c */
    bool wide;             /* numbers do not fit in an int */
    uint8_t *var_class;    /* enum c_class */
    bool *var_used;
    bool *var_escapes;     /* a loop's counter that others look at */
    bool *single;          /* definition: there is only ever one of it */
    bool *family;          /* … or many, which are found on the board */
    bool *sought;          /* single, and not only its parent has to find it */
    bool *device;          /* name: is a device */
    int64_t bytes, message, semaphores; /* room for the largest */

    /* names.c */
    const char **taken;
    int taken_count, taken_room;
    const char **var; /* "p[0]", "n" */
    const char **run, **pid; /* of a definition: its function, its pid */
    const char **on;         /* of an op: the handler's function */
    const char **station;    /* of a name: the device */
    const char *counter[C_LOOPS];
};

/* ---- plan.c ---- */
void plan_make(struct c_writer *w);

/* ---- names.c ---- */
void names_make(struct c_writer *w);
/* A name of C like `wish` that nothing else has, in the arena. */
const char *name_new(struct c_writer *w, const char *wish);

/* ---- quote.c ---- */

/* Bytes as a string literal with its quotes; nothing in them can end it. */
void add_literal(struct str *out, const char *bytes, size_t length);
/* A comment of its own, wrapped; nothing in the text can end it. */
void add_comment(struct str *out, const char *text, int indent);
/* The lines of a comment, each behind " * ", without its ends. */
void add_comment_lines(struct str *out, const char *text, int indent);

/* ---- write.c ---- */
void needs_part(struct c_writer *w, enum c_part p);
static inline bool has_part(const struct c_writer *w, enum c_part p)
{
    return w->parts >> p & 1;
}
/* Whether the program has a function clean_up(). */
bool has_clean_up(const struct c_writer *w);
static inline void needs_header(struct c_writer *w, enum c_header h)
{
    w->headers |= UINT64_C(1) << h;
}
/* Adds to the statement under way; ends it, broken into lines that fit. */
void put(struct c_writer *w, const char *format, ...) PRINTF_LIKE(2, 3);
void put_end(struct c_writer *w);
/* A statement in one go. */
void put_line(struct c_writer *w, const char *format, ...) PRINTF_LIKE(2, 3);
/* A comment of our own, not indented. */
void add_ours(struct c_writer *w, enum word about);
/* A text of the lesson in every language that is wanted, as comments. */
void put_note(struct c_writer *w, struct text note);

/* ---- calls.c: parts of calls ---- */

/* check("write p[1]", … or another function that looks at a result. */
void put_check(struct c_writer *w, const struct op *op, const char *by);
void put_label(struct c_writer *w, const struct op *op);
void put_text(struct c_writer *w, const char *text); /* a literal */
void put_path(struct c_writer *w, int64_t name);
void put_key(struct c_writer *w, int64_t key);
/* Flags as C writes them; 0 if there are none. */
void put_flags(struct c_writer *w, const struct op *op, enum arg_key key);
/* The value of a variable or term as a number. */
void put_value(struct c_writer *w, int64_t var);
void put_term(struct c_writer *w, int64_t term);
/* "x = ", and what must stand behind the value. */
void put_assign(struct c_writer *w, int64_t var, const char *value);
/* How printf writes a variable. */
const char *var_format(const struct c_writer *w, int64_t var);
/* `format, values…` of a text with variables. */
void put_format(struct c_writer *w, int64_t text);
bool text_is_fixed(const struct scenario *sc, int64_t text);
/* The bytes of a fixed text, in the arena. */
const char *text_bytes(struct c_writer *w, int64_t text, size_t *length);
/* What is done when a call fails and the lesson says so. */
void put_give_up(struct c_writer *w);
/* A check that is a statement: if the op says so, the program gives up. */
void put_checked_end(struct c_writer *w, const struct op *op);
void put_checked_begin(struct c_writer *w, const struct op *op);

/* An id that *get has found or made; main() removes what is left of it. */
void put_kept(struct c_writer *w, const struct op *op, const char *kind);
/* check("msgctl q", msgctl(q, IPC_STAT, &now)) */
void put_control(struct c_writer *w, const struct op *op, const char *call,
                 const char *cmd, const char *last);

/* One function a verb: writes its C. */
void call_end(struct c_writer *w, int32_t pc);
#define OP(verb, group, mech, time, call, c, en, zh)                           \
    void call_##verb(struct c_writer *w, int32_t pc);
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG

/* ---- body.c ---- */
void body_write(struct c_writer *w, int32_t first, int32_t end);
void functions_write(struct c_writer *w);
void init_write(struct c_writer *w);

/* ---- main.c ---- */
void main_write(struct c_writer *w);

/* fork(), and what the child does. */
void put_fork(struct c_writer *w, int def);

/* A pid that an op names; `own`: only a child's. */
void put_pid(struct c_writer *w, int64_t process, bool own);

#endif
