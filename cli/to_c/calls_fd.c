/* calls_fd.c: pipes and FIFOs. */
#include "cli/to_c/inside.h"

#include <string.h>

void call_pipe(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    const char *end = w->var[op->arg[0]];
    int n = (int)strcspn(end, "[");
    put_checked_begin(w, op);
    put_check(w, op, "check");
    if (op_arg(op, KEY_flags) > 0) {
        needs_header(w, HEADER_fcntl);
        put(w, "pipe2(%.*s, ", n, end);
        put_flags(w, op, KEY_flags);
        put(w, "))");
    } else {
        put(w, "pipe(%.*s))", n, end);
    }
    put_checked_end(w, op);
}

void call_mkfifo(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_header(w, HEADER_stat);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "mkfifo(");
    put_path(w, op->arg[0]);
    put(w, ", ");
    if (op_arg(op, KEY_mode) == ARG_ABSENT)
        put(w, "0666");
    else
        put_flags(w, op, KEY_mode);
    put(w, "))");
    put_checked_end(w, op);
}

/* `var = call`, and on a line of its own what has come of it. */
static void put_checked_variable(struct c_writer *w, const struct op *op,
                                 int64_t var)
{
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put_value(w, var);
    put(w, ")");
    put_checked_end(w, op);
}

void call_open(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_header(w, HEADER_fcntl);
    put_assign(w, op_arg(op, KEY_as), "open(");
    put_path(w, op->arg[0]);
    put(w, ", ");
    put_flags(w, op, KEY_flags);
    put_line(w, ");");
    put_checked_variable(w, op, op_arg(op, KEY_as));
}

/* got("read p[0]", buf, read(p[0], buf, 100)) */
static void put_read(struct c_writer *w, const struct op *op)
{
    needs_part(w, PART_GOT);
    put(w, "got(");
    put_label(w, op);
    put(w, ", buf, read(%s, buf, %lld))", w->var[op->arg[0]],
        (long long)op_arg(op, KEY_size));
}

void call_read(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t into = op_arg(op, KEY_into);
    bool breaks = op_arg(op, KEY_at_eof) != ARG_ABSENT &&
                  op_arg(op, KEY_size) > 0;
    int looks = breaks + op->exit_on_error + (into != ARG_ABSENT);
    const char *value = "length";
    if (looks > 1) {
        needs_part(w, PART_LENGTH);
        put(w, "length = ");
        put_read(w, op);
        put_line(w, ";");
    } else if (looks == 0) {
        put_read(w, op);
        put_line(w, ";");
    }
    struct str call = {0};
    if (looks == 1) {
        put_read(w, op);
        str_add(&call, str_text(&w->line));
        str_cut(&w->line, 0);
        value = str_text(&call);
    }
    if (breaks) {
        put_line(w, "if (%s == 0)", value);
        put_line(w, "    break;");
    }
    if (op->exit_on_error) {
        put_line(w, "if (%s < 0)", value);
        put_give_up(w);
    }
    if (into != ARG_ABSENT) {
        put_line(w, "if (%s > 0)", value);
        w->indent += 4;
        put_assign(w, into, "atoi(buf)");
        put_line(w, ";");
        w->indent -= 4;
    }
    str_free(&call);
}

/* The bytes that go along, and how many: "hello", 5. */
static void put_fixed(struct c_writer *w, int64_t text)
{
    size_t length;
    const char *bytes = text_bytes(w, text, &length);
    add_literal(&w->line, bytes, length);
    put(w, ", %zu", length);
}

void call_write(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t text = op_arg(op, KEY_text), bytes = op_arg(op, KEY_bytes);
    bool fixed = text != ARG_ABSENT && text_is_fixed(w->sc, text);
    if (text != ARG_ABSENT && !fixed) {
        needs_part(w, PART_LENGTH);
        needs_part(w, PART_BUF);
        put(w, "length = snprintf(buf, sizeof buf, ");
        put_format(w, text);
        put_line(w, ");");
    }
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "write(%s, ", w->var[op->arg[0]]);
    if (fixed) {
        put_fixed(w, text);
    } else if (bytes != ARG_ABSENT) {
        needs_part(w, PART_MANY);
        put(w, "many(buf, %lld), %lld", (long long)bytes, (long long)bytes);
    } else {
        put(w, "buf, length");
    }
    put(w, "))");
    put_checked_end(w, op);
}

void call_close(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "close(%s))", w->var[op->arg[0]]);
    put_checked_end(w, op);
}

void call_dup(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put(w, "%s = dup(", w->var[op_arg(op, KEY_as)]);
    put_value(w, op->arg[0]);
    put_line(w, ");");
    put_checked_variable(w, op, op_arg(op, KEY_as));
}

void call_unlink(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "unlink(");
    put_path(w, op->arg[0]);
    put(w, "))");
    put_checked_end(w, op);
}

void call_fcntl(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t size = op_arg(op, KEY_pipe_size);
    needs_header(w, HEADER_fcntl);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "fcntl(%s, ", w->var[op->arg[0]]);
    if (size == ARG_ABSENT) {
        put(w, "F_SETFL, ");
        put_flags(w, op, KEY_flags);
        put(w, "))");
    } else {
        put(w, "F_SETPIPE_SZ, %lld))", (long long)size);
    }
    put_checked_end(w, op);
}
