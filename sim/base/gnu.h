/* What gcc and clang check for us, and other compilers need not know. */
#ifndef TIMESLICE_GNU_H
#define TIMESLICE_GNU_H

#if defined(__GNUC__)
/* Argument number `format` is a printf format, its values begin at `first`. */
#define PRINTF_LIKE(format_, first_)                                           \
    __attribute__((format(printf, format_, first_)))
#define MAYBE_UNUSED __attribute__((unused))
#else
#define PRINTF_LIKE(format_, first_)
#define MAYBE_UNUSED
#endif

#endif
