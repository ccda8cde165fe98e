#include "sim/policy/tree.h"

#include "sim/base/mem.h"
#include "sim/base/promises.h"
#include "sim/base/rng.h"
#include "sim/model/world_objects.h"

#include <stdbool.h>
#include <stdlib.h>

struct node {
    struct leaf leaf;
    int64_t sum;  /* of the weights below and its own */
    int32_t left, right;
    int32_t best; /* of the least rank among those below and itself */
};

struct tree {
    struct node *nodes; /* by process */
    size_t room;
    int32_t *roots; /* by group */
};

struct tree *tree_new(int groups)
{
    struct tree *t = mem_new(1, sizeof *t);
    t->roots = mem_new((size_t)groups, sizeof *t->roots);
    for (int g = 0; g < groups; g++)
        t->roots[g] = NONE;
    return t;
}

void tree_free(struct tree *t)
{
    free(t->nodes);
    free(t->roots);
    free(t);
}

/* How high a process stands: whoever has more is nearer to the root. */
static uint64_t height(int proc)
{
    uint64_t state = (uint64_t)proc;
    return rng_next(&state);
}

static bool comes_before(const struct tree *t, int a, int64_t key, int proc)
{
    int64_t own = t->nodes[a].leaf.key;
    return own != key ? own < key : a < proc;
}

static int better(const struct tree *t, int a, int b)
{
    if (a == NONE || b == NONE)
        return a == NONE ? b : a;
    int64_t x = t->nodes[a].leaf.rank, y = t->nodes[b].leaf.rank;
    return x != y ? (x < y ? a : b) : (a < b ? a : b);
}

static int64_t sum_of(const struct tree *t, int at)
{
    return at == NONE ? 0 : t->nodes[at].sum;
}

static int best_of(const struct tree *t, int at)
{
    return at == NONE ? NONE : t->nodes[at].best;
}

static int recount(struct tree *t, int at)
{
    struct node *n = &t->nodes[at];
    n->sum = n->leaf.weight + sum_of(t, n->left) + sum_of(t, n->right);
    n->best = better(t, at, better(t, best_of(t, n->left),
                                   best_of(t, n->right)));
    return at;
}

/* Takes a tree apart: what comes before (key, proc), and what comes after. */
static void split(struct tree *t, int at, const struct leaf *leaf, int proc,
                  int32_t *before, int32_t *after)
{
    if (at == NONE) {
        *before = *after = NONE;
    } else if (comes_before(t, at, leaf->key, proc)) {
        split(t, t->nodes[at].right, leaf, proc, &t->nodes[at].right, after);
        *before = recount(t, at);
    } else {
        split(t, t->nodes[at].left, leaf, proc, before, &t->nodes[at].left);
        *after = recount(t, at);
    }
}

/* One tree of two; all of `a` comes before all of `b`. */
static int join(struct tree *t, int a, int b)
{
    if (a == NONE || b == NONE)
        return a == NONE ? b : a;
    if (height(a) > height(b)) {
        t->nodes[a].right = join(t, t->nodes[a].right, b);
        return recount(t, a);
    }
    t->nodes[b].left = join(t, a, t->nodes[b].left);
    return recount(t, b);
}

static int add_below(struct tree *t, int at, int proc)
{
    struct node *n = &t->nodes[proc];
    if (at == NONE || height(proc) > height(at)) {
        split(t, at, &n->leaf, proc, &n->left, &n->right);
        return recount(t, proc);
    }
    if (comes_before(t, at, n->leaf.key, proc))
        t->nodes[at].right = add_below(t, t->nodes[at].right, proc);
    else
        t->nodes[at].left = add_below(t, t->nodes[at].left, proc);
    return recount(t, at);
}

void tree_add(struct tree *t, int group, int proc, struct leaf leaf)
{
    t->nodes =
        mem_grow(t->nodes, (size_t)proc + 1, &t->room, sizeof *t->nodes);
    t->nodes[proc] = (struct node){.leaf = leaf, .left = NONE, .right = NONE};
    t->roots[group] = add_below(t, t->roots[group], proc);
}

static int remove_below(struct tree *t, int at, int proc)
{
    require(at != NONE);
    struct node *n = &t->nodes[at];
    if (at == proc)
        return join(t, n->left, n->right);
    if (comes_before(t, at, t->nodes[proc].leaf.key, proc))
        n->right = remove_below(t, n->right, proc);
    else
        n->left = remove_below(t, n->left, proc);
    return recount(t, at);
}

void tree_remove(struct tree *t, int group, int proc)
{
    t->roots[group] = remove_below(t, t->roots[group], proc);
}

struct leaf tree_leaf(const struct tree *t, int proc)
{
    return t->nodes[proc].leaf;
}

int64_t tree_weight(const struct tree *t, int group)
{
    return sum_of(t, t->roots[group]);
}

int tree_after(const struct tree *t, int group, int64_t key, int proc)
{
    int found = NONE, at = t->roots[group];
    while (at != NONE) {
        bool here = at == proc && t->nodes[at].leaf.key == key;
        if (here || comes_before(t, at, key, proc)) {
            at = t->nodes[at].right;
        } else {
            found = at;
            at = t->nodes[at].left;
        }
    }
    return found;
}

int tree_least_rank(const struct tree *t, int group, int64_t key)
{
    int best = NONE, at = t->roots[group];
    while (at != NONE) {
        const struct node *n = &t->nodes[at];
        if (n->leaf.key > key) {
            at = n->left;
            continue;
        }
        best = better(t, best, better(t, at, best_of(t, n->left)));
        at = n->right;
    }
    return best;
}
