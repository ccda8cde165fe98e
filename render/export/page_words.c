/* page_words.c: the words of the page that replays a run, and its keys: those
 * of the window that make sense in it. */
#include "render/export/page.h"

#include "render/commands.h"

static const struct {
    const char *name;
    enum word word;
} words[] = {
    {"states", W_PANEL_STATES},
    {"cpu", W_PANEL_CPU},
    {"timeline", W_PANEL_TIMELINE},
    {"programs", W_PANEL_PROGRAMS},
    {"table", W_PANEL_TABLE},
    {"why", W_PANEL_WHY},
    {"transport", W_PANEL_TRANSPORT},
    {"memory", W_PANEL_MEMORY},
    {"memory_used", W_MEMORY_USED},
    {"memory_slots", W_MEMORY_SLOTS},
    {"quantum", W_TITLE_QUANTUM},
    {"one_cpu", W_TITLE_CPU},
    {"cpus", W_TITLE_CPUS},
    {"live", W_BADGE_LIVE},
    {"diverged", W_BADGE_DIVERGED},
    {"model", W_BADGE_MODEL},
    {"cpu_number", W_CPU_NUMBER},
    {"cpu_runs", W_CPU_RUNS},
    {"cpu_idle", W_CPU_IDLE},
    {"cpu_switches", W_CPU_SWITCHES},
    {"cpu_switch_until", W_CPU_SWITCH_UNTIL},
    {"cpu_no_slice", W_CPU_NO_SLICE},
    {"cpu_slice", W_CPU_SLICE},
    {"ready_queue", W_READY_QUEUE},
    {"queue_empty", W_QUEUE_EMPTY},
    {"pipe", W_PANEL_PIPE},
    {"fifo", W_PANEL_FIFOS},
    {"directory", W_PANEL_FIFO},
    {"pipe_level", W_PIPE_LEVEL},
    {"pipe_level_one", W_PIPE_LEVEL_ONE},
    {"pipe_empty", W_PIPE_EMPTY},
    {"pipe_gone", W_PIPE_GONE},
    {"pipe_no_reader", W_PIPE_NO_READER},
    {"pipe_no_writer", W_PIPE_NO_WRITER},
    {"fifo_no_reader", W_FIFO_NO_READER},
    {"fifo_no_writer", W_FIFO_NO_WRITER},
    {"write_end", W_PIPE_WRITE_END},
    {"read_end", W_PIPE_READ_END},
    {"sleeps_read", W_PIPE_SLEEPS_READ},
    {"sleeps_write", W_PIPE_SLEEPS_WRITE},
    {"opens_read", W_FIFO_TO_READ},
    {"opens_write", W_FIFO_TO_WRITE},
    {"for_ftok", W_FIFO_FOR_FTOK},
    {"msgq", W_PANEL_MSGQ},
    {"ipc_id", W_MSGQ_ID},
    {"removed", W_MSGQ_GONE},
    {"msgq_empty", W_MSGQ_EMPTY},
    {"msgq_level", W_MSGQ_LEVEL},
    {"msgq_level_one", W_MSGQ_LEVEL_ONE},
    {"msgq_type", W_MSGQ_TYPE},
    {"msgq_bytes", W_MSGQ_BYTES},
    {"msgq_more", W_MSGQ_MORE},
    {"msgq_receivers", W_MSGQ_RECEIVERS},
    {"msgq_senders", W_MSGQ_SENDERS},
    {"msgq_any", W_MSGQ_ANY},
    {"msgq_except", W_MSGQ_EXCEPT},
    {"msgq_up_to", W_MSGQ_UP_TO},
    {"msgq_sends", W_MSGQ_SENDS},
    {"shm", W_PANEL_SHM},
    {"shm_id", W_SHM_ID},
    {"shm_nattch", W_SHM_NATTCH},
    {"shm_dest", W_SHM_DEST},
    {"shm_gone", W_SHM_GONE},
    {"shm_nobody", W_SHM_NOBODY},
    {"shm_zero", W_SHM_ZERO},
    {"shm_more", W_SHM_MORE},
    {"sem", W_PANEL_SEM},
    {"sem_held", W_SEM_HELD},
    {"sem_taking", W_SEM_FOR_MORE},
    {"sem_zero", W_SEM_FOR_ZERO},
    {"sem_undo", W_SEM_UNDO},
    {"sem_last", W_SEM_LAST},
    {"sem_all", W_SEM_FOR_ALL},
    {"none", W_PROGRAMS_NONE},
    {"asleep", W_CALL_ASLEEP},
    {"zombie", W_STATE_ZOMBIE},
    {"gate", W_KERNEL_GATE},
    {"kernel", W_LANE_KERNEL},
    {"col_id", W_COLUMN_ID},
    {"col_name", W_COLUMN_NAME},
    {"col_pid", W_COLUMN_PID},
    {"col_parent", W_COLUMN_PARENT},
    {"col_state", W_COLUMN_STATE},
    {"col_letter", W_COLUMN_LETTER},
    {"col_wait", W_COLUMN_WAIT},
    {"col_slice", W_COLUMN_SLICE},
    {"col_cpu", W_COLUMN_CPU},
    {"col_ready", W_COLUMN_READY},
    {"col_blocked", W_COLUMN_BLOCKED},
    {"col_fds", W_COLUMN_FDS},
    {"col_priority", W_COLUMN_PRIORITY},
    {"play", W_PLAY},
    {"pause", W_PAUSE},
    {"help", W_HELP_TITLE},
    {"go_to", W_GO_TO_TITLE},
    {"go_to_hint", W_GO_TO_HINT},
    {"nobody", W_NOBODY_SELECTED},
    {"step_of", W_PAGE_STEP_OF},
    {"steps", W_PAGE_STEPS},
    {"marks", W_PAGE_MARKS},
    {"released", W_LEGEND_RELEASE},
    {"deadline", W_LEGEND_DEADLINE},
    {"missed", W_LEGEND_MISSED},
    {"close", W_PAGE_CLOSE},
    {"tab", W_PAGE_TAB},
};

/* In the order in which the help shows them; `name` is what play.js knows. */
static const struct {
    const char *name;
    enum wish what;
} keys[] = {
    {"play", DO_PLAY},         {"step", DO_STEP},
    {"back", DO_BACK},         {"step_own", DO_STEP_OWN},
    {"back_own", DO_BACK_OWN}, {"first", DO_FIRST},
    {"last", DO_LAST},         {"go_to", DO_GO_TO},
    {"slower", DO_SLOWER},     {"faster", DO_FASTER},
    {"next", DO_SELECT_NEXT},  {"before", DO_SELECT_BEFORE},
    {"number", DO_SELECT_NUMBER},
    {"lang", DO_LANGUAGE},     {"theme", DO_THEME},
    {"projector", DO_PROJECTOR}, {"notes", DO_NOTES},
    {"full_screen", DO_FULL_SCREEN},
    {"help", DO_HELP},         {"escape", DO_ESCAPE},
};

static void add_pair(struct str *out, enum word w)
{
    str_add_char(out, '[');
    steps_add_quoted(out, word(w, LANG_EN));
    str_add_char(out, ',');
    steps_add_quoted(out, word(w, LANG_ZH));
    str_add_char(out, ']');
}

void page_write_words(struct str *out)
{
    str_add(out, "\"words\":{");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        str_addf(out, "%s\"%s\":", i ? ",\n" : "", words[i].name);
        add_pair(out, words[i].word);
    }
    str_add(out, "},\n\"keys\":[");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct command_about *c = command_about(keys[i].what);
        str_addf(out, "%s[\"%s\",", i ? ",\n" : "", keys[i].name);
        steps_add_quoted(out, c->label);
        str_add_char(out, ',');
        add_pair(out, c->about);
        str_add_char(out, ']');
    }
    str_add(out, "]");
}
