/* body.c: the functions: processes, handlers, init and the user. */
#include "cli/to_c/inside.h"

#include <string.h>

typedef void call(struct c_writer *w, int32_t pc);

static call *const calls[OP_COUNT] = {
    call_end,
#define OP(verb, group, mech, time, how, c, en, zh) [OP_##verb] = call_##verb,
#define ARG(verb, key, type, need, low, high)
#include "sim/scenario/ops.def"
#undef OP
#undef ARG
};

void body_write(struct c_writer *w, int32_t first, int32_t end)
{
    for (int32_t pc = first; pc < end; pc++) {
        const struct op *op = &w->sc->ops[pc];
        bool block = op->verb == OP_repeat ||
                     (op->verb == OP_signal &&
                      op_arg(op, KEY_do) != ARG_ABSENT);
        if (op->note >= 0) {
            if (pc > first)
                str_add_char(&w->out, '\n');
            put_note(w, w->sc->texts[op->note]);
        }
        calls[op->verb](w, pc);
        if (block)
            pc = op->end;
    }
}

/* Whether the last op of a body leaves anyway. */
static bool ends_itself(const struct c_writer *w, int32_t first, int32_t end)
{
    return end > first && w->sc->ops[end - 1].verb == OP_exit;
}

static void open_function(struct c_writer *w, const char *head)
{
    str_addf(&w->out, "%s\n{\n", head);
    w->indent = 4;
}

static void close_function(struct c_writer *w)
{
    str_add(&w->out, "}\n\n");
    w->indent = 0;
}

/* On one CPU whoever is there first goes on; so do we, for a moment. */
static void write_turn(struct c_writer *w, enum word why)
{
    if (w->sc->machine.cpus > 1)
        return;
    needs_part(w, PART_REST);
    add_comment(&w->out, word(why, w->l->lang), w->indent);
    put_line(w, "rest(TICK_MS);");
}

/* ---- processes ---- */

/* A job of a periodic process is its program once. */
static void write_jobs(struct c_writer *w, const struct process_def *d)
{
    if (d->forked)
        put_line(w, "long long first_job = ms_since_begin() / TICK_MS;");
    else
        put_line(w, "const long long first_job = %lld;",
                 (long long)d->arrival);
    put(w, "for (long long job = 1; ");
    if (d->jobs)
        put(w, "job <= %lld", (long long)d->jobs);
    put_line(w, "; job++) {");
    w->indent += 4;
    w->loops++;
    body_write(w, d->first, d->end);
    w->loops--;
    w->indent -= 4;
    put_line(w, "}");
}

static void write_process(struct c_writer *w, int def)
{
    const struct process_def *d = &w->sc->processes[def];
    w->def = def;
    needs_part(w, PART_NAMED);
    needs_header(w, HEADER_stdlib);
    open_function(w, arena_printf(&w->arena, "static void %s(void)",
                                  w->run[def]));
    put(w, "i_am(");
    put_text(w, d->name);
    put_line(w, ");");
    if (d->forked)
        write_turn(w, W_C_PARENT_FIRST);
    if (d->period)
        write_jobs(w, d);
    else
        body_write(w, d->first, d->end);
    if (d->period ? d->jobs > 0 : !ends_itself(w, d->first, d->end))
        put_line(w, "exit(0);");
    close_function(w);
}

/* ---- handlers ---- */

static void write_handler(struct c_writer *w, int32_t pc)
{
    const struct op *op = &w->sc->ops[pc];
    w->def = scenario_owner(w->sc, pc);
    w->handler = true;
    needs_header(w, HEADER_errno);
    open_function(w, arena_printf(&w->arena, "static void %s(int sig)",
                                  w->on[pc]));
    put_line(w, "int saved_errno = errno;");
    needs_header(w, HEADER_string);
    put_line(w, "say(\"handler for %%s\", strsignal(sig));");
    body_write(w, pc + 1, op->end);
    put_line(w, "errno = saved_errno;");
    close_function(w);
    w->handler = false;
}

void functions_write(struct c_writer *w)
{
    str_add(&w->out, "/* ---- ");
    str_add(&w->out, word(W_C_LESSON, w->l->lang));
    str_add(&w->out, " ---- */\n\n");
    for (int d = 0; d < w->sc->process_count; d++)
        put_line(w, "static void %s(void);", w->run[d]);
    str_add_char(&w->out, '\n');
    for (int32_t pc = 0; pc < w->sc->op_count; pc++)
        if (w->on[pc])
            write_handler(w, pc);
    for (int d = 0; d < w->sc->process_count; d++)
        write_process(w, d);
}

/* ---- who begins what ---- */

static void write_user(struct c_writer *w)
{
    static const char *const sends[] = {[ACTION_SUSPEND] = "SIGSTOP",
                                        [ACTION_ACTIVATE] = "SIGCONT",
                                        [ACTION_KILL] = "SIGKILL"};
    static const char *const says[] = {[ACTION_SUSPEND] = "suspend ",
                                       [ACTION_ACTIVATE] = "activate ",
                                       [ACTION_KILL] = "kill "};
    needs_part(w, PART_UNTIL);
    needs_part(w, PART_CHECK);
    add_comment(&w->out, word(W_C_USER, w->l->lang), 0);
    open_function(w, "static void user(void)");
    put_line(w, "i_am(\"user\");");
    for (int i = 0; i < w->sc->action_count; i++) {
        const struct action *a = &w->sc->actions[i];
        if (a->kind == ACTION_POLICY)
            continue;
        const char *name = w->sc->processes[a->process & INT32_MAX].name;
        put_line(w, "sleep_until(%lld);", (long long)a->at);
        put(w, "check(");
        put_text(w, arena_printf(&w->arena, "%s%s", says[a->kind], name));
        put(w, ", kill(");
        put_pid(w, a->process, false);
        put_line(w, ", %s));", sends[a->kind]);
    }
    put_line(w, "exit(0);");
    close_function(w);
}

static void write_start(struct c_writer *w, int def)
{
    if (w->sought[def]) {
        put_fork(w, def);
        return;
    }
    put_line(w, "if (fork() == 0)");
    put_line(w, "    %s();", w->run[def]);
}

/* By arrival, then as in the file. */
static void write_arrivals(struct c_writer *w)
{
    tick now = 0;
    for (;;) {
        tick next = TICK_NEVER;
        bool waits = false; /* the one before begins with a call */
        for (int d = 0; d < w->sc->process_count; d++) {
            const struct process_def *p = &w->sc->processes[d];
            if (!p->forked && p->arrival == now) {
                if (waits)
                    write_turn(w, W_C_FIRST_FIRST);
                write_start(w, d);
                waits = w->sc->ops[p->first].verb != OP_cpu;
            }
            if (!p->forked && p->arrival > now && p->arrival < next)
                next = p->arrival;
        }
        if (next == TICK_NEVER)
            return;
        now = next;
        needs_part(w, PART_UNTIL);
        put_line(w, "sleep_until(%lld);", (long long)now);
    }
}

/* Who is told by the kernel that main() has been killed. init is one of those to
 * be killed, so somebody outside of their group has to see to the rest. */
static void write_bereaved(struct c_writer *w)
{
    add_comment(&w->out, word(W_C_BEREAVED, w->l->lang), 0);
    put_line(w, "static pid_t program;");
    str_add(&w->out, "\n");
    open_function(w, "static void bereaved(int sig)");
    put_line(w, "pid_t group = getpgrp();");
    put_line(w, "if (fork() == 0) {");
    put_line(w, "    setpgid(0, 0);");
    put_line(w, "    kill(-group, SIGKILL);");
    if (has_clean_up(w)) {
        put_line(w, "    for (int i = 0; i < 1000 && kill(-group, 0) == 0; i++)");
        put_line(w, "        nanosleep(&(struct timespec){.tv_nsec = 1000000}, "
                    "NULL);");
        put_line(w, "    clean_up();");
    }
    put_line(w, "}");
    put_line(w, "_exit(sig);");
    close_function(w);
}

void init_write(struct c_writer *w)
{
    if (w->sc->action_count)
        write_user(w);
    needs_header(w, HEADER_signal);
    needs_header(w, HEADER_wait);
    needs_header(w, HEADER_prctl);
    write_bereaved(w);
    add_comment(&w->out, word(W_C_INIT, w->l->lang), 0);
    open_function(w, "static void init(void)");
    put_line(w, "sigset_t none;");
    put_line(w, "for (int sig = 1; sig < 32; sig++)");
    put_line(w, "    signal(sig, SIG_DFL);");
    put_line(w, "sigemptyset(&none);");
    put_line(w, "signal(SIGRTMIN, bereaved);");
    put_line(w, "prctl(PR_SET_PDEATHSIG, SIGRTMIN);");
    put_line(w, "if (getppid() != program)");
    put_line(w, "    bereaved(SIGRTMIN);");
    put_line(w, "sigprocmask(SIG_SETMASK, &none, NULL);");
    put_line(w, "prctl(PR_SET_CHILD_SUBREAPER, 1);");
    needs_part(w, PART_CPUS);
    put_line(w, "use_cpus(%d);", w->sc->machine.cpus);
    if (w->sc->action_count) {
        put_line(w, "if (fork() == 0)");
        put_line(w, "    user();");
    }
    write_arrivals(w);
    put_line(w, "while (wait(NULL) > 0)");
    put_line(w, "    ;");
    put_line(w, "exit(0);");
    close_function(w);
}
