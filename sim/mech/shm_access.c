/* shm_access.c: stores and loads, which no system call stands behind.
 *
 * The processor looks up where an address lies. Where nothing is mapped, or
 * something that may only be read is to be written, there is a fault, and the
 * kernel sends SIGSEGV. It cannot be put off: who ignores or blocks it, dies.
 * Who has a handler comes back to the very instruction that has faulted, and
 * it faults again unless the handler has changed something.
 *
 * Memory is mapped in whole pages, so the rest of a segment's last page can be
 * touched, too. An int is stored and loaded at once; text and bytes go one
 * after the other as memcpy(3) does, so what lies before a fault is done.
 *
 * Rules H4 and H5. See also shmop(2), signal(7). */
#include "sim/engine/engine.h"
#include "sim/model/shm.h"

/* What a store or a load touches. */
struct access {
    int64_t address, length;
    bool stores;
    bool at_once; /* all of it or nothing */
    int mapping;  /* NONE: there is nothing */
    int64_t within; /* so much of it can be touched */
};

/* Bytes from `address` to the end of its mapping. */
static int64_t left_of(const struct sim *s, const struct attach *a,
                       int64_t address)
{
    int64_t bytes = (int64_t)s->world.shm[a->shm].pages * PIPE_PAGE;
    return a->address + bytes - address;
}

static struct access access_of(const struct sim *s, int proc, int64_t length,
                               bool at_once)
{
    const struct op *op = op_at(s, proc);
    int64_t offset = op_arg(op, KEY_offset);
    struct access a = {.address = world_var(&s->world, proc, op->arg[0]) +
                                  (offset == ARG_ABSENT ? 0 : offset),
                       .length = length,
                       .stores = op->verb == OP_store,
                       .at_once = at_once};
    a.mapping = world_mapping(&s->world, proc, a.address);
    if (a.mapping == NONE)
        return a;
    const struct attach *map = world_attach(&s->world, proc, a.mapping);
    int64_t left = left_of(s, map, a.address);
    bool whole = length <= left;
    if (a.stores && map->readonly)
        return a;
    a.within = whole ? length : at_once ? 0 : left;
    return a;
}

static bool is_int(const struct op *op)
{
    if (op->verb == OP_load)
        return op_arg(op, KEY_into) != ARG_ABSENT;
    return op_arg(op, KEY_int) != ARG_ABSENT ||
           op_arg(op, KEY_from) != ARG_ABSENT;
}

/* The segment that is there, but only to be read; NONE: there is nothing. */
static int read_only_there(const struct sim *s, int proc, const struct access *a)
{
    if (a->mapping == NONE || !a->stores)
        return NONE;
    const struct attach *map = world_attach(&s->world, proc, a->mapping);
    return map->readonly ? map->shm : NONE;
}

/* The first byte that cannot be touched. An int that goes over the end of a
 * mapping fails at that end. */
static int64_t fault_address(const struct sim *s, int proc,
                             const struct access *a)
{
    bool over = a->mapping != NONE && a->at_once &&
                read_only_there(s, proc, a) == NONE;
    if (!over)
        return a->address + a->within;
    return a->address +
           left_of(s, world_attach(&s->world, proc, a->mapping), a->address);
}

static void fault(struct sim *s, int proc, const struct access *a)
{
    obey(s, RULE_H4);
    SAY(s, .kind = EV_FAULT, .sub = a->stores, .proc = proc,
        .obj = read_only_there(s, proc, a), .aux = s->world.task[proc].pc,
        .val = fault_address(s, proc, a));
    signal_fault(s, proc);
}

/* Where in its segment it begins. */
static int64_t place_of(struct sim *s, int proc, const struct access *a)
{
    const struct attach *map = world_attach(&s->world, proc, a->mapping);
    int64_t at = a->address - map->address;
    if (at + a->within > s->world.shm[map->shm].size)
        obey(s, RULE_H5);
    return at;
}

/* ---- store ---- */

static void bytes_to_store(const struct sim *s, int proc, struct str *out)
{
    const struct op *op = op_at(s, proc);
    if (!is_int(op)) {
        op_text(s, proc, op, out);
        return;
    }
    int64_t n = op_arg(op, KEY_int);
    if (n == ARG_ABSENT)
        n = world_var(&s->world, proc, op_arg(op, KEY_from));
    char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (char)(unsigned char)((uint64_t)n >> 8 * i & 0xff);
    str_add_bytes(out, bytes, sizeof bytes);
}

void model_store(struct sim *s, int proc)
{
    bool at_once = is_int(op_at(s, proc));
    struct str bytes = {0};
    bytes_to_store(s, proc, &bytes);
    struct access a = access_of(s, proc, (int64_t)bytes.length, at_once);
    if (a.within > 0) {
        int shm = world_attach(&s->world, proc, a.mapping)->shm;
        int32_t payload =
            trace_store(&s->trace, str_text(&bytes), (size_t)a.within);
        SAY(s, .kind = EV_STORE, .sub = at_once, .proc = proc, .obj = shm,
            .aux = payload, .val = place_of(s, proc, &a));
    }
    str_free(&bytes);
    if (a.within < a.length)
        fault(s, proc, &a);
    else
        op_returns(s, proc, 0, E_OK, NO_PAYLOAD);
}

/* ---- load ---- */

static int64_t as_int(const unsigned char *b)
{
    uint32_t n = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                 (uint32_t)b[3] << 24;
    return n < UINT32_C(0x80000000) ? (int64_t)n
                                    : (int64_t)n - (INT64_C(1) << 32);
}

static int32_t loaded(struct sim *s, int proc, const struct access *a)
{
    struct str bytes = {0};
    static const char zeros[64] = {0};
    for (int64_t n = a->length; n > 0; n -= (int64_t)sizeof zeros)
        str_add_bytes(&bytes, zeros,
                      n < (int64_t)sizeof zeros ? (size_t)n : sizeof zeros);
    world_shm_bytes(&s->world, world_attach(&s->world, proc, a->mapping)->shm,
                    place_of(s, proc, a), (unsigned char *)bytes.text,
                    a->length);
    int32_t payload = trace_store(&s->trace, bytes.text, bytes.length);
    str_free(&bytes);
    return payload;
}

void model_load(struct sim *s, int proc)
{
    const struct op *op = op_at(s, proc);
    int64_t into = op_arg(op, KEY_into);
    bool at_once = into != ARG_ABSENT;
    struct access a =
        access_of(s, proc, at_once ? 4 : op_arg(op, KEY_size), at_once);
    if (a.within > 0)
        SAY(s, .kind = EV_LOAD, .sub = at_once, .proc = proc,
            .obj = world_attach(&s->world, proc, a.mapping)->shm,
            .aux = (int32_t)a.within, .val = place_of(s, proc, &a));
    if (a.within < a.length) {
        fault(s, proc, &a);
        return;
    }
    int32_t payload = loaded(s, proc, &a);
    size_t length;
    if (at_once)
        SAY(s, .kind = EV_VAR, .proc = proc, .obj = (int32_t)into,
            .val = as_int(trace_payload(&s->trace, payload, &length)));
    op_returns(s, proc, 0, E_OK, payload);
}

/* ---- tried again ---- */

/* What was done before the fault is not done again. */
void shm_fault_again(struct sim *s, int proc)
{
    if (state_of(s, proc) == TERMINATED || is_stopped(s, proc) ||
        s->world.task[proc].phase != PHASE_FAULT)
        return;
    const struct op *op = op_at(s, proc);
    struct str bytes = {0};
    if (op->verb == OP_store)
        bytes_to_store(s, proc, &bytes);
    int64_t length = op->verb == OP_store ? (int64_t)bytes.length
                     : is_int(op)         ? 4
                                          : op_arg(op, KEY_size);
    struct access a = access_of(s, proc, length, is_int(op));
    str_free(&bytes);
    fault(s, proc, &a);
}
