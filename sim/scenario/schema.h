/* The JSON Schema of scenario files (draft 2020-12), made of the loader's own
 * tables: what an editor underlines and what the loader refuses are the same.
 * Which names exist in the file only the loader can say. */
#ifndef TIMESLICE_SCHEMA_H
#define TIMESLICE_SCHEMA_H

#include "sim/base/str.h"

/* Appends the whole schema, indented, ending with the end of a line:
 * assets/scenario.schema.json, byte for byte. */
void schema_write(struct str *out);

#endif
