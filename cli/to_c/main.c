/* main.c: main(): what is there before the lesson, and what is left of it. */
#include "cli/to_c/inside.h"

/* Keys that are not ours must not become ours: main() would remove what is
 * found by them. */
static void write_refusals(struct c_writer *w)
{
    static const char *const gets[] = {"msgget(%s, 0)", "shmget(%s, 0, 0)",
                                       "semget(%s, 0, 0)"};
    static const uint8_t verbs[] = {OP_msgget, OP_shmget, OP_semget};
    for (int k = 0; k < w->sc->key_count; k++)
        for (int i = 0; i < 3; i++) {
            bool used = false;
            for (int32_t pc = 0; pc < w->sc->op_count; pc++)
                used = used || (w->sc->ops[pc].verb == verbs[i] &&
                                op_arg(&w->sc->ops[pc], KEY_key) == k);
            if (!used || w->sc->keys[k].kind == IPC_KEY_PRIVATE)
                continue;
            put_key(w, k);
            char *key = arena_copy(&w->arena, w->line.text, w->line.length);
            str_cut(&w->line, 0);
            put(w, "refuse_if_taken(");
            put_text(w, key);
            put(w, ", ");
            put(w, gets[i], key);
            put_line(w, ");");
        }
}

static void write_files(struct c_writer *w)
{
    put_line(w, "make_directory();");
    for (int i = 0; w->sc->name_is_file && i < w->sc->name_count; i++) {
        if (!w->sc->name_is_file[i])
            continue;
        needs_header(w, HEADER_fcntl);
        put(w, "close(open(");
        put_path(w, i);
        put_line(w, ", O_CREAT | O_WRONLY, 0666));");
    }
}

static void write_board_begin(struct c_writer *w)
{
    put_line(w, "board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, "
                "MAP_SHARED | MAP_ANONYMOUS, -1, 0);");
    put_line(w, "if (board == MAP_FAILED) {");
    put_line(w, "    perror(\"mmap\");");
    put_line(w, "    return 1;");
    put_line(w, "}");
    for (int d = 0; d < w->sc->process_count; d++)
        if (w->sought[d])
            put_line(w, "%s = NOBODY;", w->pid[d]);
}

static const char main_rest[] =
    "    lesson = fork();\n"
    "    if (lesson == 0) {\n"
    "        setpgid(0, 0);\n"
    "        init();\n"
    "    }\n"
    "    setpgid(lesson, lesson);\n"
    "    for (int i = 0; i < 5; i++)\n"
    "        signal(ends[i], stop);\n"
    "    sigemptyset(&all);\n"
    "    sigprocmask(SIG_SETMASK, &all, NULL);\n"
    "    alarm(LIMIT_S);\n"
    "    while (wait(NULL) > 0 || errno == EINTR)\n"
    "        ;\n";

void main_write(struct c_writer *w)
{
    add_ours(w, W_C_STOP);
    str_add(&w->out, "static volatile sig_atomic_t stopped_by;\n"
                     "static pid_t lesson;\n\n"
                     "static void stop(int sig)\n{\n"
                     "    stopped_by = sig;\n"
                     "    if (lesson > 0)\n"
                     "        kill(-lesson, SIGKILL);\n}\n\n");
    add_ours(w, W_C_MAIN);
    str_add(&w->out, "int main(void)\n{\n");
    w->indent = 4;
    put_line(w, "static const int ends[] = {SIGALRM, SIGINT, SIGTERM, SIGHUP, "
                "SIGQUIT};");
    put_line(w, "sigset_t all;");
    put_line(w, "clock_gettime(CLOCK_MONOTONIC, &begun);");
    put_line(w, "sigfillset(&all);");
    put_line(w, "sigprocmask(SIG_BLOCK, &all, NULL);");
    if (has_part(w, PART_BOARD))
        write_board_begin(w);
    if (w->directory)
        write_files(w);
    if (has_part(w, PART_TAKEN))
        write_refusals(w);
    put_line(w, "prctl(PR_SET_CHILD_SUBREAPER, 1);");
    put_line(w, "program = getpid();");
    str_add(&w->out, main_rest);
    if (has_clean_up(w))
        put_line(w, "clean_up();");
    put_line(w, "if (stopped_by == SIGALRM)");
    put_line(w, "    say(\"still not over after %%d s: ended\", "
                "(int)(LIMIT_S));");
    put_line(w, "return stopped_by != 0;");
    str_add(&w->out, "}\n");
}
