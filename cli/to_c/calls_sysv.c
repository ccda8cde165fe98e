/* calls_sysv.c: message queues and shared memory. */
#include "cli/to_c/inside.h"

#include <string.h>

void put_kept(struct c_writer *w, const struct op *op,
                     const char *kind)
{
    int64_t var = op->arg[0];
    needs_part(w, PART_KEEP);
    put_checked_begin(w, op);
    put(w, "keep(%s, ", kind);
    put_check(w, op, "check");
    put_value(w, var);
    put(w, "))");
    put_checked_end(w, op);
}

void put_control(struct c_writer *w, const struct op *op,
                        const char *call, const char *cmd, const char *last)
{
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "%s(", call);
    put_value(w, op->arg[0]);
    put(w, ", %s%s))", cmd, last);
    put_checked_end(w, op);
}

/* ---- message queues ---- */

void call_msgget(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_assign(w, op->arg[0], "msgget(");
    put_key(w, op_arg(op, KEY_key));
    put(w, ", ");
    put_flags(w, op, KEY_flags);
    put_line(w, ");");
    put_kept(w, op, "QUEUE");
}

/* What is not known beforehand is put into `letter` first. */
static void put_letter(struct c_writer *w, const struct op *op)
{
    int64_t text = op_arg(op, KEY_text), bytes = op_arg(op, KEY_bytes);
    put(w, "letter.mtype = ");
    put_term(w, op_arg(op, KEY_type));
    put_line(w, ";");
    if (text == ARG_ABSENT) {
        needs_part(w, PART_MANY);
        put_line(w, "many(letter.mtext, %lld);", (long long)bytes);
        return;
    }
    needs_part(w, PART_LENGTH);
    put(w, "length = snprintf(letter.mtext, sizeof letter.mtext, ");
    put_format(w, text);
    put_line(w, ");");
}

void call_msgsnd(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t text = op_arg(op, KEY_text);
    bool fixed = text != ARG_ABSENT && text_is_fixed(w->sc, text);
    size_t length = 0;
    needs_part(w, PART_MESSAGE);
    if (!fixed)
        put_letter(w, op);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "msgsnd(");
    put_value(w, op->arg[0]);
    if (fixed) {
        put(w, ", &(struct message){");
        put_term(w, op_arg(op, KEY_type));
        put(w, ", ");
        const char *bytes = text_bytes(w, text, &length);
        add_literal(&w->line, bytes, length);
        put(w, "}, %zu, ", length);
    } else if (text == ARG_ABSENT) {
        put(w, ", &letter, %lld, ", (long long)op_arg(op, KEY_bytes));
    } else {
        put(w, ", &letter, length, ");
    }
    put_flags(w, op, KEY_flags);
    put(w, "))");
    put_checked_end(w, op);
}

void call_msgrcv(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t into = op_arg(op, KEY_into);
    needs_part(w, PART_GOT_MESSAGE);
    if (into != ARG_ABSENT || op->exit_on_error) {
        needs_part(w, PART_LENGTH);
        put(w, "length = ");
    }
    put(w, "got_message(");
    put_label(w, op);
    put(w, ", msgrcv(");
    put_value(w, op->arg[0]);
    put(w, ", &letter, %lld, ", (long long)op_arg(op, KEY_size));
    put_term(w, op_arg(op, KEY_type));
    put(w, ", ");
    put_flags(w, op, KEY_flags);
    put_line(w, "));");
    if (op->exit_on_error) {
        put_line(w, "if (length < 0)");
        put_give_up(w);
    }
    if (into == ARG_ABSENT)
        return;
    put_line(w, "if (length >= 0)");
    w->indent += 4;
    put_assign(w, into, "atoi(letter.mtext)");
    put_line(w, ";");
    w->indent -= 4;
}

/* IPC_SET writes back all there is: it is read before. */
static void put_set(struct c_writer *w, const struct op *op, const char *call,
                    const char *perm)
{
    int64_t mode = op_arg(op, KEY_mode);
    put(w, "%s(", call);
    put_value(w, op->arg[0]);
    put_line(w, ", IPC_STAT, &now);");
    if (mode != ARG_ABSENT)
        put_line(w, "now.%s.mode = 0%llo;", perm,
                 (unsigned long long)(mode >> 32));
}

void call_msgctl(struct c_writer *w, int32_t pc)
{
    enum { RMID, STAT };
    const struct op *op = &w->sc->ops[pc];
    int64_t cmd = op_arg(op, KEY_cmd);
    needs_header(w, HEADER_msg);
    if (cmd == RMID) {
        put_control(w, op, "msgctl", "IPC_RMID", ", NULL");
        return;
    }
    put_line(w, "{");
    w->indent += 4;
    put_line(w, "struct msqid_ds now;");
    if (cmd != STAT) {
        put_set(w, op, "msgctl", "msg_perm");
        if (op_arg(op, KEY_qbytes) != ARG_ABSENT)
            put_line(w, "now.msg_qbytes = %lld;",
                     (long long)op_arg(op, KEY_qbytes));
    }
    put_control(w, op, "msgctl", cmd == STAT ? "IPC_STAT" : "IPC_SET",
                ", &now");
    if (cmd == STAT)
        put_line(w, "say(\"messages: %%ld, room for %%ld bytes\", "
                    "(long)now.msg_qnum, (long)now.msg_qbytes);");
    w->indent -= 4;
    put_line(w, "}");
}

/* ---- shared memory ---- */

void call_shmget(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_assign(w, op->arg[0], "shmget(");
    put_key(w, op_arg(op, KEY_key));
    put(w, ", %lld, ", (long long)op_arg(op, KEY_size));
    put_flags(w, op, KEY_flags);
    put_line(w, ");");
    put_kept(w, op, "SEGMENT");
}

void call_shmat(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t at = op_arg(op, KEY_at);
    needs_part(w, PART_MAPPED);
    put(w, "%s = shmat(", w->var[op_arg(op, KEY_as)]);
    put_value(w, op->arg[0]);
    if (at == ARG_ABSENT) {
        put(w, ", NULL, ");
    } else if (w->sc->terms[at].is_var &&
               w->var_class[w->sc->terms[at].number] == CLASS_ADDRESS) {
        put(w, ", %s, ", w->var[w->sc->terms[at].number]);
    } else {
        needs_header(w, HEADER_stdint);
        put(w, ", (void *)(intptr_t)");
        put_term(w, at);
        put(w, ", ");
    }
    put_flags(w, op, KEY_flags);
    put_line(w, ");");
    put_checked_begin(w, op);
    put_check(w, op, "mapped");
    put(w, "%s)", w->var[op_arg(op, KEY_as)]);
    put_checked_end(w, op);
}

/* addr, or (addr + 64) */
static void put_place(struct c_writer *w, const struct op *op)
{
    int64_t offset = op_arg(op, KEY_offset);
    if (offset == ARG_ABSENT || offset == 0)
        put(w, "%s", w->var[op->arg[0]]);
    else
        put(w, "(%s + %lld)", w->var[op->arg[0]], (long long)offset);
}

static void put_int_at(struct c_writer *w, const struct op *op)
{
    put(w, "*(volatile int *)");
    put_place(w, op);
}

/* done("store counter: %d", n); */
static void put_said(struct c_writer *w, const struct op *op,
                     const char *format)
{
    needs_part(w, PART_DONE);
    put(w, "done(\"%%s: %s\", ", format);
    put_label(w, op);
    put(w, ", ");
}

void call_store(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t number = op_arg(op, KEY_int), from = op_arg(op, KEY_from);
    int64_t text = op_arg(op, KEY_text), bytes = op_arg(op, KEY_bytes);
    if (number != ARG_ABSENT || from != ARG_ABSENT) {
        put_int_at(w, op);
        put(w, " = ");
        if (from != ARG_ABSENT)
            put_value(w, from);
        else
            put(w, "%lld", (long long)number);
        put_line(w, ";");
        put_said(w, op, from != ARG_ABSENT ? var_format(w, from) : "%d");
        if (from != ARG_ABSENT)
            put_value(w, from);
        else
            put(w, "%lld", (long long)number);
        put_line(w, ");");
        return;
    }
    needs_header(w, HEADER_string);
    size_t length = 0;
    if (text != ARG_ABSENT && !text_is_fixed(w->sc, text)) {
        needs_part(w, PART_BUF);
        needs_part(w, PART_LENGTH);
        put(w, "length = snprintf(buf, sizeof buf, ");
        put_format(w, text);
        put_line(w, ");");
    }
    put(w, "memcpy(");
    put_place(w, op);
    if (text == ARG_ABSENT) {
        needs_part(w, PART_MANY);
        put_line(w, ", many(buf, %lld), %lld);", (long long)bytes,
                 (long long)bytes);
    } else if (text_is_fixed(w->sc, text)) {
        const char *fixed = text_bytes(w, text, &length);
        put(w, ", ");
        add_literal(&w->line, fixed, length);
        put_line(w, ", %zu);", length);
    } else {
        put_line(w, ", buf, length);");
    }
}

void call_load(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t into = op_arg(op, KEY_into), size = op_arg(op, KEY_size);
    if (into != ARG_ABSENT) {
        put_assign(w, into, "");
        put_int_at(w, op);
        put_line(w, ";");
        put_said(w, op, var_format(w, into));
        put_value(w, into);
        put_line(w, ");");
        return;
    }
    needs_part(w, PART_GOT);
    needs_header(w, HEADER_string);
    put(w, "memcpy(buf, ");
    put_place(w, op);
    put_line(w, ", %lld);", (long long)size);
    put(w, "got(");
    put_label(w, op);
    put_line(w, ", buf, %lld);", (long long)size);
}

void call_shmdt(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_header(w, HEADER_shm);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "shmdt(%s))", w->var[op->arg[0]]);
    put_checked_end(w, op);
}

void call_shmctl(struct c_writer *w, int32_t pc)
{
    enum { RMID, STAT };
    const struct op *op = &w->sc->ops[pc];
    int64_t cmd = op_arg(op, KEY_cmd);
    needs_header(w, HEADER_shm);
    if (cmd == RMID) {
        put_control(w, op, "shmctl", "IPC_RMID", ", NULL");
        return;
    }
    put_line(w, "{");
    w->indent += 4;
    put_line(w, "struct shmid_ds now;");
    if (cmd != STAT)
        put_set(w, op, "shmctl", "shm_perm");
    put_control(w, op, "shmctl", cmd == STAT ? "IPC_STAT" : "IPC_SET",
                ", &now");
    if (cmd == STAT)
        put_line(w, "say(\"bytes: %%ld, mapped %%ld times\", "
                    "(long)now.shm_segsz, (long)now.shm_nattch);");
    w->indent -= 4;
    put_line(w, "}");
}
