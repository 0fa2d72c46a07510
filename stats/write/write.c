/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/write.h"

#include <string.h>

/* A row a format, the default first. */
#define ROWS(ROW) \
    ROW(text)     \
    ROW(csv)      \
    ROW(json)     \
    ROW(md)

#define DECLARE(name) extern const peil_writer peil_writer_##name;
ROWS(DECLARE)

#define ADDRESS(name) &peil_writer_##name,
const peil_writer *const peil_writers[] = {ROWS(ADDRESS) NULL};

const peil_writer *peil_writer_find(const char *name) {
    for (size_t i = 0; peil_writers[i]; i++) {
        if (strcmp(peil_writers[i]->name, name) == 0) return peil_writers[i];
    }
    return NULL;
}
