/* t2002-trace.c: the trace: growing, finding, stepping, cutting, hashing. */
#include "sim/base/mem.h"
#include "sim/model/state.h"
#include "sim/model/trace.h"
#include "sim/scenario/scenario.h"
#include "tests/test.h"

#include <stdlib.h>

static struct event at(tick t, enum event_kind kind)
{
    return (struct event){.t = t, .kind = (uint8_t)kind, .cpu = NO_CPU};
}

static struct event numbered(int64_t n)
{
    struct event e = at(n, EV_VAR);
    e.val = n * 7;
    return e;
}

TEST("an event, once appended, never moves and never changes")
{
    enum { MANY = 5 * TRACE_CHUNK + 3 };
    struct trace tr = {0};
    const struct event *first = trace_append(&tr, numbered(0));
    const struct event *edge = NULL;
    for (int64_t i = 1; i < MANY; i++) {
        const struct event *e = trace_append(&tr, numbered(i));
        if (i == TRACE_CHUNK - 1)
            edge = e;
    }
    EXPECT_EQ_INT(tr.count, MANY);
    EXPECT(trace_at(&tr, 0) == first);
    EXPECT(trace_at(&tr, TRACE_CHUNK - 1) == edge);
    bool same = true;
    for (int64_t i = 0; i < MANY; i++)
        same = same && trace_at(&tr, (size_t)i)->val == i * 7;
    EXPECT(same);
    trace_free(&tr);
}

TEST("the first event of a time is found, also between and behind all")
{
    struct trace tr = {0};
    const tick times[] = {0, 0, 3, 3, 3, 8};
    for (size_t i = 0; i < 6; i++)
        trace_append(&tr, at(times[i], EV_VAR));
    const struct {
        tick t;
        size_t first;
    } cases[] = {{-1, 0}, {0, 0}, {1, 2}, {3, 2}, {4, 5}, {8, 5}, {9, 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case("time %lld", (long long)cases[i].t);
        EXPECT_EQ_INT(trace_find(&tr, cases[i].t), cases[i].first);
    }
    trace_free(&tr);
    EXPECT_EQ_INT(trace_find(&tr, 0), 0);
}

/* ---- steps ---- */

static void add(struct trace *tr, enum event_kind kind)
{
    trace_append(tr, at(0, kind));
}

static void add_woken_op(struct trace *tr)
{
    struct event e = at(0, EV_OP);
    e.cpu = 1;
    trace_append(tr, e);
}

static void add_woken(struct trace *tr)
{
    struct event e = at(0, EV_STATE);
    e.sub = T_WAKE;
    trace_append(tr, e);
}

/* Walks both ways and compares with the positions of `ends`. */
static void expect_steps(const struct trace *tr, const size_t *ends,
                         size_t count)
{
    size_t p = 0;
    for (size_t i = 0; i < count; i++) {
        p = trace_step_after(tr, p);
        test_case("step %zu forward", i);
        EXPECT_EQ_INT(p, ends[i]);
    }
    EXPECT_EQ_INT(p, tr->count);
    EXPECT_EQ_INT(trace_step_after(tr, p), tr->count);
    for (size_t i = count; i-- > 0;) {
        p = trace_step_before(tr, p);
        test_case("step %zu back", i);
        EXPECT_EQ_INT(p, i ? ends[i - 1] : 0);
    }
    EXPECT_EQ_INT(trace_step_before(tr, 0), 0);
}

TEST("a step ends behind what moved something")
{
    struct trace tr = {0};
    add(&tr, EV_CREATE);
    add(&tr, EV_STATE); /* 2 */
    add(&tr, EV_STATE);
    add(&tr, EV_AT); /* 4 */
    add(&tr, EV_FD);
    add(&tr, EV_OP); /* 6 */
    add(&tr, EV_SLICE); /* 7 */
    add(&tr, EV_STOP); /* 8 */
    expect_steps(&tr, (size_t[]){2, 4, 6, 7, 8}, 5);
    trace_free(&tr);
}

TEST("a sleeping op that completes is one step with the wake-up")
{
    struct trace tr = {0};
    add(&tr, EV_BLOCK);
    add(&tr, EV_STATE); /* 2 */
    add(&tr, EV_PUT);
    add(&tr, EV_OP); /* 4 */
    add(&tr, EV_GET);
    add_woken_op(&tr);
    add(&tr, EV_LOOP);
    add_woken(&tr); /* 8 */
    expect_steps(&tr, (size_t[]){2, 4, 8}, 3);
    trace_free(&tr);
}

TEST("a call that returns late to a running process is a step of its own")
{
    struct trace tr = {0};
    add(&tr, EV_RETURN); /* 1 */
    add_woken_op(&tr);
    add(&tr, EV_AT); /* 3 */
    add(&tr, EV_STATE); /* 4 */
    expect_steps(&tr, (size_t[]){1, 3, 4}, 3);
    trace_free(&tr);
}

static void add_of(struct trace *tr, enum event_kind kind, int sub, int obj,
                   int64_t val)
{
    struct event e = at(0, kind);
    e.sub = (uint8_t)sub;
    e.obj = obj;
    e.val = val;
    trace_append(tr, e);
}

TEST("what init does is a step, a fork's child and a wait's are part of it")
{
    struct trace tr = {0};
    add_of(&tr, EV_CREATE, 0, INIT_PROC, 1); /* 1 */
    add_of(&tr, EV_CREATE, 0, 0, 1);
    add(&tr, EV_OP); /* 3 */
    add_of(&tr, EV_REAP, 0, 0, 0);
    add(&tr, EV_OP); /* 5 */
    add_of(&tr, EV_PARENT, 0, INIT_PROC, 0); /* 6: of somebody who lives */
    add(&tr, EV_STATE); /* 7 */
    add_of(&tr, EV_REAP, 0, INIT_PROC, 0); /* 8 */
    add(&tr, EV_WANT); /* 9 */
    expect_steps(&tr, (size_t[]){1, 3, 5, 6, 7, 8, 9}, 7);
    trace_free(&tr);
}

TEST("an end or an adoption and init's waiting at once are one step")
{
    struct trace tr = {0};
    add(&tr, EV_EXIT);
    add_of(&tr, EV_STATE, T_EXIT, WHY_EXITED, 0);
    add(&tr, EV_FD);
    add_of(&tr, EV_REAP, 0, INIT_PROC, 0); /* 4 */
    add_of(&tr, EV_PARENT, 0, INIT_PROC, 0);
    add_of(&tr, EV_REAP, 0, INIT_PROC, 0); /* 6 */
    add_of(&tr, EV_STATE, T_EXIT, WHY_EXITED, 0); /* 7: somebody wakes first */
    add_woken(&tr); /* 8 */
    add_of(&tr, EV_REAP, 0, INIT_PROC, 0); /* 9 */
    expect_steps(&tr, (size_t[]){4, 6, 7, 8, 9}, 5);
    trace_free(&tr);
}

TEST("a broken write is one step with its SIGPIPE, and the death by it too")
{
    struct trace tr = {0};
    add_of(&tr, EV_OP, E_EPIPE, NO_PAYLOAD, -1);
    add_of(&tr, EV_SIGNAL, 13, -2, FATE_IGNORED); /* 2 */
    add_of(&tr, EV_OP, E_EPIPE, NO_PAYLOAD, -1);
    add_of(&tr, EV_SIGNAL, 13, -2, FATE_KILLS);
    add(&tr, EV_EXIT);
    add_of(&tr, EV_STATE, T_KILL, WHY_KILLED, -2); /* 6 */
    add_of(&tr, EV_OP, E_EPIPE, NO_PAYLOAD, -1); /* no signal came */
    add(&tr, EV_AT); /* 8 */
    add(&tr, EV_STATE); /* 9 */
    expect_steps(&tr, (size_t[]){2, 6, 8, 9}, 4);
    trace_free(&tr);
}

TEST("what the user asks is a step where nothing comes of it")
{
    struct trace tr = {0};
    add_of(&tr, EV_USER, ACTION_KILL, 0, REFUSED_STATE); /* 1 */
    add_of(&tr, EV_USER, ACTION_SUSPEND, 0, REFUSED_NOT);
    add(&tr, EV_STATE); /* 3 */
    expect_steps(&tr, (size_t[]){1, 3}, 2);
    trace_free(&tr);
}

TEST("evidence belongs to the step before it")
{
    struct trace tr = {0};
    add(&tr, EV_OP);
    add(&tr, EV_KERNEL);
    add(&tr, EV_CONFIRM);
    add(&tr, EV_AT);
    add(&tr, EV_KERNEL); /* 5 */
    add(&tr, EV_STATE);
    add(&tr, EV_REAL); /* 7 */
    add(&tr, EV_DIVERGE); /* 8 */
    expect_steps(&tr, (size_t[]){5, 7, 8}, 3);
    trace_free(&tr);
}

TEST("where the program goes on belongs to the step before it")
{
    struct trace tr = {0};
    add(&tr, EV_OP);
    add(&tr, EV_VAR);
    add(&tr, EV_LOOP);
    add(&tr, EV_AT); /* 4 */
    add(&tr, EV_VAR); /* of the op behind it */
    add(&tr, EV_OP);
    add(&tr, EV_AT); /* 7 */
    trace_append(&tr, at(3, EV_AT)); /* later, so of what comes then */
    trace_append(&tr, at(3, EV_STATE)); /* 9 */
    expect_steps(&tr, (size_t[]){4, 7, 9}, 3);
    trace_free(&tr);
}

TEST("details that come behind what they belong to are of that step")
{
    struct trace tr = {0};
    add_of(&tr, EV_SIGNAL, 10, 0, FATE_PENDING);
    add(&tr, EV_PENDING);
    add(&tr, EV_CONFIRM); /* 3 */
    add(&tr, EV_PENDING); /* no longer */
    add_of(&tr, EV_SIGNAL, 10, 0, FATE_HANDLER);
    add(&tr, EV_HANDLE);
    add(&tr, EV_MASK); /* 7 */
    add(&tr, EV_MASK);
    add(&tr, EV_OP); /* 9 */
    add_of(&tr, EV_STATE, T_SUSPEND, WHY_USER, 0);
    add(&tr, EV_UNQUEUE);
    add(&tr, EV_KERNEL); /* 12 */
    add_of(&tr, EV_FD, 0, 3, -1);
    add(&tr, EV_OP); /* 14: close */
    add_of(&tr, EV_STATE, T_EXIT, WHY_EXITED, 0);
    add_of(&tr, EV_FD, 0, 4, -1);
    add_of(&tr, EV_FD, 0, 5, -1);
    add(&tr, EV_CONFIRM); /* 18 */
    expect_steps(&tr, (size_t[]){3, 7, 9, 12, 14, 18}, 6);
    trace_free(&tr);
}

TEST("a place without evidence has the same number in every live run")
{
    struct trace tr = {0};
    add(&tr, EV_REAL);
    add(&tr, EV_OP);
    add(&tr, EV_KERNEL);
    add(&tr, EV_CONFIRM); /* 4 */
    add(&tr, EV_AT); /* 5 */
    EXPECT_EQ_INT(trace_without_evidence(&tr, 0), 1);
    EXPECT_EQ_INT(trace_without_evidence(&tr, 1), 4);
    EXPECT_EQ_INT(trace_without_evidence(&tr, 2), 5);
    EXPECT_EQ_INT(trace_without_evidence(&tr, 9), 5);
    trace_free(&tr);
}

TEST("the end of the trace ends a step, and an empty trace has none")
{
    struct trace tr = {0};
    EXPECT_EQ_INT(trace_step_after(&tr, 0), 0);
    EXPECT_EQ_INT(trace_step_before(&tr, 0), 0);
    add(&tr, EV_STATE); /* 1 */
    add(&tr, EV_MASK); /* 2 */
    expect_steps(&tr, (size_t[]){1, 2}, 2);
    EXPECT_EQ_INT(trace_step_before(&tr, 2), 1);
    trace_free(&tr);
}

/* ---- payloads ---- */

static void expect_payload(const struct trace *tr, int32_t payload,
                           const char *want)
{
    size_t length = 99;
    const unsigned char *p = trace_payload(tr, payload, &length);
    EXPECT_EQ_INT(length, strlen(want));
    EXPECT_EQ_BYTES(p, want, strlen(want));
}

TEST("payloads come back by number, and their bytes by place")
{
    struct trace tr = {0};
    int32_t five = trace_store(&tr, "fives", 5);
    int32_t none = trace_store(&tr, "", 0);
    int32_t four = trace_store(&tr, "four", 4);
    expect_payload(&tr, five, "fives");
    expect_payload(&tr, none, "");
    expect_payload(&tr, four, "four");
    expect_payload(&tr, NO_PAYLOAD, "");
    EXPECT_EQ_BYTES(tr.bytes + trace_payload_at(&tr, four), "four", 4);
    EXPECT_EQ_INT(trace_payload_at(&tr, five), 4);
    for (int i = 0; i < 20000; i++)
        trace_store(&tr, "more and more", 13);
    expect_payload(&tr, five, "fives");
    trace_free(&tr);
}

/* ---- cutting and hashing ---- */

static void grow(struct trace *tr, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++) {
        trace_append(tr, numbered(i));
        if (i % 100 == 0)
            trace_store(tr, &i, sizeof i);
    }
}

TEST("after a cut the trace grows as if the rest had never been")
{
    enum { LONG = 3 * TRACE_CHUNK, CUT = TRACE_CHUNK + 5 };
    struct trace once = {0}, cut = {0};
    grow(&once, 0, CUT);
    size_t bytes = once.byte_count;
    grow(&cut, 0, LONG);
    uint64_t uncut = trace_hash(&cut);
    EXPECT(trace_hash(&once) != uncut);
    trace_cut(&cut, CUT, bytes);
    EXPECT_EQ_INT(cut.count, CUT);
    EXPECT_EQ_HEX(trace_hash(&cut), trace_hash(&once));
    grow(&cut, CUT, LONG);
    EXPECT_EQ_HEX(trace_hash(&cut), uncut);
    trace_cut(&cut, 0, 0);
    grow(&cut, 0, LONG);
    EXPECT_EQ_HEX(trace_hash(&cut), uncut);
    trace_free(&once);
    trace_free(&cut);
}

/* ---- where the memory of a long trace comes from ---- */

static int taken, given;

static void *take_counted(size_t bytes)
{
    taken++;
    return malloc(bytes);
}

static void give_counted(void *piece, size_t bytes)
{
    given += bytes == TRACE_BLOCK_EVENTS * sizeof(struct event);
    free(piece);
}

TEST("a short trace takes no large memory; a long one that forgets two pieces")
{
    enum { LONG = 20 * TRACE_BLOCK_EVENTS };
    mem_set_source((struct mem_source){take_counted, give_counted});
    struct trace tr = {0};
    grow(&tr, 0, TRACE_BLOCK_EVENTS);
    EXPECT_EQ_INT(taken, 0);
    for (int64_t n = TRACE_BLOCK_EVENTS; n < LONG; n += TRACE_CHUNK) {
        grow(&tr, n, n + TRACE_CHUNK);
        trace_forget(&tr, (size_t)n);
    }
    EXPECT_EQ_INT(taken, 2);
    EXPECT_EQ_INT(trace_at(&tr, LONG - TRACE_CHUNK)->t, LONG - TRACE_CHUNK);
    EXPECT_EQ_INT(trace_at(&tr, LONG - 1)->t, LONG - 1);
    trace_free(&tr);
    EXPECT_EQ_INT(given, 2);
}

TEST("a long trace that is kept lies in large pieces, and nothing moves")
{
    enum { LONG = 3 * TRACE_BLOCK_EVENTS + 5 };
    int before = taken, back = given;
    struct trace tr = {0};
    grow(&tr, 0, TRACE_BLOCK_EVENTS + 1);
    const struct event *e = trace_at(&tr, TRACE_BLOCK_EVENTS);
    grow(&tr, TRACE_BLOCK_EVENTS + 1, LONG);
    EXPECT(trace_at(&tr, TRACE_BLOCK_EVENTS) == e);
    EXPECT(trace_at(&tr, TRACE_BLOCK_EVENTS + TRACE_CHUNK) == e + TRACE_CHUNK);
    EXPECT_EQ_INT(trace_at(&tr, LONG - 1)->t, LONG - 1);
    EXPECT_EQ_INT(taken - before, 3);
    trace_free(&tr);
    EXPECT_EQ_INT(given - back, 3);
}

TEST("the hash sees every field, every payload byte and the order")
{
    struct event base = {1, EV_OP, 2, 3, 4, 5, 6, 7}, other[8];
    for (int i = 0; i < 8; i++)
        other[i] = base;
    other[0].t++;
    other[1].kind++;
    other[2].sub++;
    other[3].cpu++;
    other[4].proc++;
    other[5].obj++;
    other[6].aux++;
    other[7].val++;
    struct trace a = {0};
    trace_append(&a, base);
    uint64_t h = trace_hash(&a);
    for (int i = 0; i < 8; i++) {
        struct trace b = {0};
        trace_append(&b, other[i]);
        test_case("field %d", i);
        EXPECT(trace_hash(&b) != h);
        trace_free(&b);
    }
    trace_store(&a, "x", 1);
    EXPECT(trace_hash(&a) != h);
    uint64_t with_x = trace_hash(&a);
    trace_cut(&a, 1, 0);
    trace_store(&a, "y", 1);
    EXPECT(trace_hash(&a) != with_x);
    trace_free(&a);
}

/* FNV-1a's published value for an empty input. */
TEST("the hash of nothing is the offset basis of FNV-1a")
{
    struct trace tr = {0};
    EXPECT_EQ_HEX(trace_hash(&tr), 0xcbf29ce484222325u);
}

TEST("kinds and errors have their names")
{
    EXPECT_EQ_STR(event_kind_name(EV_CREATE), "CREATE");
    EXPECT_EQ_STR(event_kind_name(EV_DIVERGE), "DIVERGE");
    EXPECT_EQ_STR(errno_text(E_OK), "");
    EXPECT_EQ_STR(errno_text(E_EAGAIN), "EAGAIN");
    EXPECT_EQ_STR(errno_text(E_EIDRM), "EIDRM");
}
