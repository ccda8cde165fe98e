/* A sorted tree of processes for each group, with sums along the way.
 *
 * Each process in it has a key, by which the tree is sorted (equal ones: by age,
 * which is the process's number), a weight, and a rank. All questions take
 * O(log n). It is a treap: a search tree by key and a heap by a number that is
 * as good as random, here scrambled from the process's own, so that the same run
 * always has the same tree (Seidel, Aragon: Randomized search trees,
 * Algorithmica 16, 1996). */
#ifndef TIMESLICE_TREE_H
#define TIMESLICE_TREE_H

#include <stdint.h>

struct tree;

struct tree *tree_new(int groups);
void tree_free(struct tree *t);

struct leaf {
    int64_t key, weight, rank;
};

/* `proc` must not be in the tree; must be in it. */
void tree_add(struct tree *t, int group, int proc, struct leaf leaf);
void tree_remove(struct tree *t, int group, int proc);

/* What `proc`, in the tree, has been added with. */
struct leaf tree_leaf(const struct tree *t, int proc);

/* All weights of a group. */
int64_t tree_weight(const struct tree *t, int group);

/* The first whose (key, number) comes after (key, proc); NONE. */
int tree_after(const struct tree *t, int group, int64_t key, int proc);

/* Of those whose key is at most `key`, the one of the least rank, equal ones by
 * number; NONE if there is none. */
int tree_least_rank(const struct tree *t, int group, int64_t key);

#endif
