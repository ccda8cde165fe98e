/* Promises in two strengths.
 *
 * `require` guards a contract: if it fails, the caller is wrong, and going on
 * would only move the damage. It stays in every build.
 * `check` guards an invariant of our own: if it fails, we are wrong. It is
 * compiled out where NDEBUG is defined.
 *
 * What a scenario file can cause is neither: that is a complaint (diag.h). */
#ifndef TIMESLICE_PROMISES_H
#define TIMESLICE_PROMISES_H

#define require(cond)                                                          \
    ((cond) ? (void)0 : promise_broken("require", #cond, __FILE__, __LINE__))

#ifdef NDEBUG
#define check(cond) ((void)sizeof((cond) ? 1 : 0))
#else
#define check(cond)                                                            \
    ((cond) ? (void)0 : promise_broken("check", #cond, __FILE__, __LINE__))
#endif

/* Says which promise broke and where, on stderr, and aborts. */
_Noreturn void promise_broken(const char *strength, const char *cond,
                              const char *file, int line);

#endif
