/* SHA-256 (FIPS 180-4), for what a page says of its own scripts: a browser runs
 * those whose digest stands in the page's policy, and no other. */
#ifndef TIMESLICE_SHA256_H
#define TIMESLICE_SHA256_H

#include "sim/base/str.h"

#include <stdint.h>

enum { SHA256_BYTES = 32 };

void sha256(const void *bytes, size_t length, uint8_t digest[SHA256_BYTES]);

/* Appends the digest of a text in base64 (RFC 4648), as CSP wants it. */
void sha256_add_base64(const char *text, size_t length, struct str *out);

#endif
