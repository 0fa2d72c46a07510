/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of statistical programs made and read in one test. */
#ifndef PEIL_TESTS_STAT_READING_H
#define PEIL_TESTS_STAT_READING_H

#include "support/reading.h"
#include "support/stat_files.h"

static made file; /* the one being made */

/* ---- making one ---- */

typedef struct own {
    readstat_writer_t *writer;
} own;

static inline own begin_own(void) {
    const own o = {readstat_writer_init()};
    file.length = 0;
    readstat_set_data_writer(o.writer, made_append);
    return o;
}

static inline void end_own(own *o) {
    cr_assert_eq(readstat_end_writing(o->writer), READSTAT_OK);
    readstat_writer_free(o->writer);
}

/* Numbers, each a record of variable x. */
static inline void make_numbers(made_begin *begin, const double *numbers, size_t n,
                                const char *format, made *out) {
    own o = begin_own();
    readstat_variable_t *x = readstat_add_variable(o.writer, "x", READSTAT_TYPE_DOUBLE, 8);
    if (format) readstat_variable_set_format(x, format);
    cr_assert_eq(begin(o.writer, out, (long)n), READSTAT_OK);
    for (size_t i = 0; i < n; i++) {
        readstat_begin_row(o.writer);
        readstat_insert_double_value(o.writer, x, numbers[i]);
        cr_assert_eq(readstat_end_row(o.writer), READSTAT_OK);
    }
    end_own(&o);
}

/* ---- opening one ---- */

typedef struct opened {
    peil_reader *reader;
    peil_fault fault;
    scratch stored;
} opened;

static inline peil_status open_made(const made *bytes, const char *encoding, opened *out) {
    static peil_reading how;
    how = (peil_reading){.encoding = encoding};
    *out = (opened){.stored = scratch_make("data.bin", bytes->bytes, bytes->length)};
    return peil_reader_open(out->stored.path, &how, &out->reader, &out->fault);
}

static inline void close_made(opened *o) {
    peil_reader_free(o->reader);
    scratch_remove(&o->stored);
}

static inline const peil_variable *variable_of(const opened *o, const char *name) {
    size_t place;
    const peil_header *header = peil_reader_header(o->reader);
    cr_assert_eq(peil_header_find(header, name, "", &place, NULL), PEIL_OK, "%s", name);
    return &header->variables[place];
}

/* Stata's release 104 has room for 8 characters. */
static inline void expect_label(const peil_variable *v, const char *value, const char *text,
                                const char *name) {
    const size_t room = strcmp(name, "dta 104") == 0 ? 8 : 1000;
    const char *found = peil_variable_label_of(v, value);
    cr_expect(found && strncmp(found, text, room) == 0, "%s: %s is labelled %s", name, value,
              found ? found : "not at all");
}

#endif
