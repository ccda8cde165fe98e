/* calls_process.c: the CPU, time, processes and signals. */
#include "cli/to_c/inside.h"

#include <string.h>

/* ---- the CPU and time ---- */

void call_end(struct c_writer *w, int32_t pc)
{
    (void)w;
    (void)pc;
}

void call_cpu(struct c_writer *w, int32_t pc)
{
    needs_part(w, PART_COMPUTE);
    put_line(w, "compute(%lld);", (long long)w->sc->ops[pc].arg[0]);
}

void call_sleep(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_part(w, PART_SLEEP);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "sleep_ticks(%lld))", (long long)op->arg[0]);
    put_checked_end(w, op);
}

/* The last op of a periodic process waits for its next job. */
void call_until(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_part(w, PART_UNTIL);
    if (op->arg[0] == ARG_NEXT_JOB) {
        const struct process_def *d = &w->sc->processes[w->def];
        if (d->jobs)
            put_line(w, "if (job < %lld)", (long long)d->jobs);
        put_line(w, "%ssleep_until(first_job + job * %lld);",
                 d->jobs ? "    " : "", (long long)d->period);
        return;
    }
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "sleep_until(%lld))", (long long)op->arg[0]);
    put_checked_end(w, op);
}

void call_io(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int64_t device = op_arg(op, KEY_device);
    if (device == ARG_ABSENT) {
        needs_part(w, PART_IO);
        put_line(w, "io_ticks(%lld);", (long long)op->arg[0]);
        return;
    }
    needs_part(w, PART_DEVICE);
    needs_part(w, PART_BOARD);
    put(w, "device_io(&board->%s, ", w->station[device]);
    put_text(w, w->sc->names[device]);
    put_line(w, ", %lld);", (long long)op->arg[0]);
}

void call_yield(struct c_writer *w, int32_t pc)
{
    needs_header(w, HEADER_sched);
    put_check(w, &w->sc->ops[pc], "check");
    put_line(w, "sched_yield());");
}

static void begin_counted(struct c_writer *w, const struct op *op)
{
    int64_t times = op->arg[0], as = op_arg(op, KEY_as);
    const char *own = w->counter[w->loops];
    const char *type = w->wide || times > INT32_MAX ? "long long" : "int";
    bool simple = as != ARG_ABSENT && !w->var_escapes[as] &&
                  w->var_class[as] == CLASS_NUMBER;
    const char *name = simple ? w->var[as] : own;
    put(w, "for (%s%s%s = 1; ", simple ? "" : type, simple ? "" : " ", name);
    if (times != ARG_FOREVER)
        put(w, "%s <= %lld", name, (long long)times);
    put_line(w, "; %s++) {", name);
    if (simple || as == ARG_ABSENT)
        return;
    w->indent += 4;
    put_assign(w, as, own);
    put_line(w, ";");
    w->indent -= 4;
}

void call_repeat(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    if (op->arg[0] == ARG_FOREVER && op_arg(op, KEY_as) == ARG_ABSENT)
        put_line(w, "for (;;) {");
    else
        begin_counted(w, op);
    w->indent += 4;
    w->loops++;
    body_write(w, pc + 1, op->end);
    w->loops--;
    w->indent -= 4;
    put_line(w, "}");
}

void call_set(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put_assign(w, op->arg[0], "");
    put_term(w, op->arg[1]);
    put_line(w, ";");
}

void call_add(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    put(w, "%s += ", w->var[op->arg[0]]);
    put_term(w, op->arg[1]);
    put_line(w, ";");
}

/* ---- processes ---- */

void put_pid(struct c_writer *w, int64_t process, bool own)
{
    int def = (int)(process & INT32_MAX);
    int64_t number = process >> 32;
    if (!w->family[def]) {
        put(w, "%s", w->pid[def]);
        if (w->sought[def])
            needs_part(w, PART_BOARD);
        return;
    }
    needs_part(w, PART_ONE_OF);
    put(w, "one_of(%s, %lld, %s)", w->pid[def],
        (long long)(number ? number + 1 : 0), own ? "getpid()" : "0");
}

/* Who is sought must not be entered by the child, to which fork() gives 0. */
void put_fork(struct c_writer *w, int def)
{
    bool shared = w->family[def] || w->sought[def];
    const char *pid = shared ? "pid" : w->pid[def];
    if (shared)
        needs_part(w, PART_PID);
    if (w->family[def]) {
        needs_part(w, PART_FORK_ONE);
        put_line(w, "pid = fork_one_of(%s);", w->pid[def]);
    } else {
        put_line(w, "%s = fork();", pid);
    }
    put_line(w, "if (%s == 0)", pid);
    put_line(w, "    %s();", w->run[def]);
    if (w->sought[def]) {
        needs_part(w, PART_BOARD);
        put_line(w, "%s = pid;", w->pid[def]);
    }
}

void call_fork(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int def = (int)op->arg[0];
    const char *pid = w->family[def] || w->sought[def] ? "pid" : w->pid[def];
    put_fork(w, def);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "%s)", pid);
    put_checked_end(w, op);
}

void call_wait(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    bool any = op->arg[0] == ARG_ANY, flags = op_arg(op, KEY_flags) > 0;
    needs_part(w, PART_ENDED);
    needs_header(w, HEADER_wait);
    put_checked_begin(w, op);
    if (w->families)
        needs_part(w, PART_REAPED);
    put(w, "%s", w->families ? "reaped(" : "");
    put_check(w, op, "ended");
    if (any && !flags) {
        put(w, "wait(&status)");
    } else {
        put(w, "waitpid(");
        if (any)
            put(w, "-1");
        else
            put_pid(w, op->arg[0], true);
        put(w, ", &status, ");
        put_flags(w, op, KEY_flags);
        put(w, ")");
    }
    put(w, ", &status)%s", w->families ? ")" : "");
    put_checked_end(w, op);
}

void call_exit(struct c_writer *w, int32_t pc)
{
    put_line(w, "%s(%d);", w->handler ? "_exit" : "exit",
             (int)w->sc->ops[pc].arg[0]);
}

void call_nice(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_part(w, PART_NICER);
    put_checked_begin(w, op);
    put(w, "nicer(");
    put_label(w, op);
    put(w, ", %d)", (int)op->arg[0]);
    put_checked_end(w, op);
}

/* ---- signals ---- */

void call_kill(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    int sig = (int)op_arg(op, KEY_sig);
    needs_header(w, HEADER_signal);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "kill(");
    put_pid(w, op->arg[0], false);
    put(w, ", %s))", sig ? signal_name(sig) : "0");
    put_checked_end(w, op);
}

void call_signal(struct c_writer *w, int32_t pc)
{
    static const char *const how[] = {"SIG_DFL", "SIG_IGN", "SIG_BLOCK",
                                      "SIG_UNBLOCK"};
    const struct op *op = &w->sc->ops[pc];
    const char *sig = signal_name((int)op->arg[0]);
    int64_t action = op_arg(op, KEY_action);
    needs_header(w, HEADER_signal);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    if (action == 2 || action == 3) {
        needs_part(w, PART_MASK);
        put(w, "mask(%s, %s))", how[action], sig);
    } else {
        needs_part(w, PART_HANDLE);
        put(w, "handle(%s, %s, %s))", sig,
            action == ARG_ABSENT ? w->on[pc] : how[action],
            op_arg(op, KEY_restart) == 1 ? "SA_RESTART" : "0");
    }
    put_checked_end(w, op);
}

void call_pause(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    needs_header(w, HEADER_unistd);
    put_checked_begin(w, op);
    put_check(w, op, "check");
    put(w, "pause())");
    put_checked_end(w, op);
}
