/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One small survey as a file of each statistical program, by ReadStat's own writer. */
#ifndef PEIL_TESTS_STAT_FILES_H
#define PEIL_TESTS_STAT_FILES_H

#include <math.h>
#include <readstat.h>

#include "support/testing.h"

enum { MADE_ROWS = 6, MADE_ROOM = 1 << 22 };

typedef struct made {
    size_t length;
    unsigned char bytes[MADE_ROOM];
} made;

static inline ssize_t made_append(const void *bytes, size_t length, void *context) {
    made *out = context;
    cr_assert_leq(out->length + length, MADE_ROOM);
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    return (ssize_t)length;
}

/* The first place of these bytes, which are there. */
static inline unsigned char *made_find(made *file, const void *bytes, size_t length) {
    for (size_t at = 0; at + length <= file->length; at++)
        if (memcmp(file->bytes + at, bytes, length) == 0) return file->bytes + at;
    cr_assert(false, "bytes that are not there");
    return NULL;
}

typedef readstat_error_t made_begin(readstat_writer_t *writer, void *context, long rows);

/* What a program's files are like. */
typedef struct made_kind {
    const char *name, *format; /* of the kind; of peil's format */
    made_begin *begin;
    uint8_t version; /* 0: the writer's own */
    readstat_compress_t compression;
    bool has_labels, has_ranges, has_tags; /* of values; that are missing; missing values */
    const char *date_format;
    double date_unit, date_epoch; /* a day, and 1970-01-01, in what the program counts */
} made_kind;

#define MADE_SPSS "EDATE10", 86400, 12219379200
#define MADE_SAS "DATE9", 1, 3653

static const made_kind made_kinds[] = {
    {"sav", "sav", readstat_begin_writing_sav, 2, READSTAT_COMPRESS_NONE, true, true, false,
     MADE_SPSS},
    {"sav by code", "sav", readstat_begin_writing_sav, 2, READSTAT_COMPRESS_ROWS, true, true, false,
     MADE_SPSS},
    {"zsav", "sav", readstat_begin_writing_sav, 3, READSTAT_COMPRESS_BINARY, true, true, false,
     MADE_SPSS},
    {"por", "por", readstat_begin_writing_por, 0, READSTAT_COMPRESS_NONE, true, true, false,
     MADE_SPSS},
    {"dta 104", "dta", readstat_begin_writing_dta, 104, READSTAT_COMPRESS_NONE, true, false, false,
     "%td", 1, 3653},
    {"dta 108", "dta", readstat_begin_writing_dta, 108, READSTAT_COMPRESS_NONE, true, false, false,
     "%td", 1, 3653},
    {"dta 110", "dta", readstat_begin_writing_dta, 110, READSTAT_COMPRESS_NONE, true, false, false,
     "%td", 1, 3653},
    {"dta 111", "dta", readstat_begin_writing_dta, 111, READSTAT_COMPRESS_NONE, true, false, false,
     "%td", 1, 3653},
    {"dta 113", "dta", readstat_begin_writing_dta, 113, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"dta 114", "dta", readstat_begin_writing_dta, 114, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"dta 115", "dta", readstat_begin_writing_dta, 115, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"dta 117", "dta", readstat_begin_writing_dta, 117, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"dta 118", "dta", readstat_begin_writing_dta, 118, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"dta 119", "dta", readstat_begin_writing_dta, 119, READSTAT_COMPRESS_NONE, true, false, true,
     "%td", 1, 3653},
    {"sas7bdat", "sas7bdat", readstat_begin_writing_sas7bdat, 0, READSTAT_COMPRESS_NONE, false,
     false, true, MADE_SAS},
    {"sas7bdat by run", "sas7bdat", readstat_begin_writing_sas7bdat, 0, READSTAT_COMPRESS_ROWS,
     false, false, true, MADE_SAS},
    {"xpt 5", "xpt", readstat_begin_writing_xport, 5, READSTAT_COMPRESS_NONE, false, false, true,
     MADE_SAS},
    {"xpt 8", "xpt", readstat_begin_writing_xport, 8, READSTAT_COMPRESS_NONE, false, false, true,
     MADE_SAS},
};

/* The survey. Days are counted from 1970-01-01. */
static const double made_weights[MADE_ROWS] = {0.1, 1.5, 2.25, 123456.789, -0.0, 3};
static const double made_answers[MADE_ROWS] = {1, 2, 9, 98, NAN, 1};
static const char *const made_names[MADE_ROWS] = {"Jan", "Zo\xC3\xAB", "", "0363", "a b", "Jan"};
static const double made_days[MADE_ROWS] = {16495, 0, NAN, -3653, 16861, 18262};

#define MADE_LONG_LABEL "Hoe vaak doet u dat, en waarom eigenlijk?"

static inline readstat_variable_t *made_question(readstat_writer_t *writer, const made_kind *kind) {
    readstat_variable_t *v = readstat_add_variable(writer, "VRAAG", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_label(v, MADE_LONG_LABEL);
    if (kind->has_ranges) {
        readstat_variable_add_missing_double_value(v, 9);
        readstat_variable_add_missing_double_range(v, 97, HUGE_VAL);
    }
    if (!kind->has_labels) return v;
    const bool is_stata = strcmp(kind->format, "dta") == 0;
    readstat_label_set_t *set = readstat_add_label_set(
        writer, is_stata ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE, "vragen");
    static const char *const labels[] = {"ja", "nee", "weet niet"};
    static const int values[] = {1, 2, 9};
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (is_stata)
            readstat_label_int32_value(set, values[i], labels[i]);
        else
            readstat_label_double_value(set, values[i], labels[i]);
    }
    if (kind->has_tags) readstat_label_tagged_value(set, 'a', "geen antwoord");
    readstat_variable_set_label_set(v, set);
    return v;
}

static inline void made_row(readstat_writer_t *writer, const made_kind *kind, int row) {
    cr_assert_eq(readstat_begin_row(writer), READSTAT_OK);
    readstat_insert_double_value(writer, readstat_get_variable(writer, 0), row + 1);
    readstat_insert_double_value(writer, readstat_get_variable(writer, 1), made_weights[row]);
    const readstat_variable_t *question = readstat_get_variable(writer, 2);
    if (isnan(made_answers[row]))
        readstat_insert_missing_value(writer, question);
    else if (made_answers[row] == 98 && kind->has_tags)
        readstat_insert_tagged_missing_value(writer, question,
                                             strcmp(kind->format, "dta") == 0 ? 'a' : 'A');
    else
        readstat_insert_double_value(writer, question, made_answers[row]);
    /* Portable files have no such letter. */
    const bool is_plain = strcmp(kind->format, "por") == 0 && row == 1;
    readstat_insert_string_value(writer, readstat_get_variable(writer, 3),
                                 is_plain ? "Zoe" : made_names[row]);
    const readstat_variable_t *day = readstat_get_variable(writer, 4);
    if (isnan(made_days[row]))
        readstat_insert_missing_value(writer, day);
    else
        readstat_insert_double_value(writer, day,
                                     made_days[row] * kind->date_unit + kind->date_epoch);
    const readstat_error_t error = readstat_end_row(writer);
    cr_assert_eq(error, READSTAT_OK, "%s: %s", kind->name, readstat_error_message(error));
}

/* The survey as a file of that kind. */
static inline void make_stat_file(const made_kind *kind, made *out) {
    readstat_writer_t *writer = readstat_writer_init();
    out->length = 0;
    readstat_set_data_writer(writer, made_append);
    if (kind->version) readstat_writer_set_file_format_version(writer, kind->version);
    readstat_writer_set_compression(writer, kind->compression);
    readstat_writer_set_file_timestamp(writer, 1425168000);
    readstat_add_variable(writer, "ID", READSTAT_TYPE_DOUBLE, 8);
    readstat_variable_set_label(readstat_add_variable(writer, "GEWICHT", READSTAT_TYPE_DOUBLE, 8),
                                "weegfactor");
    made_question(writer, kind);
    readstat_add_variable(writer, "NAAM", READSTAT_TYPE_STRING, 20);
    readstat_variable_set_format(readstat_add_variable(writer, "DAG", READSTAT_TYPE_DOUBLE, 8),
                                 kind->date_format);
    const readstat_error_t begun = kind->begin(writer, out, MADE_ROWS);
    cr_assert_eq(begun, READSTAT_OK, "%s: %s", kind->name, readstat_error_message(begun));
    for (int row = 0; row < MADE_ROWS; row++) made_row(writer, kind, row);
    const readstat_error_t error = readstat_end_writing(writer);
    cr_assert_eq(error, READSTAT_OK, "%s: %s", kind->name, readstat_error_message(error));
    readstat_writer_free(writer);
}

#endif
