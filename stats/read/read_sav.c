/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPSS's own files: .sav, plain or compressed, and .zsav. ReadStat does not look at the record that
 * names the encoding, and passes over some damage: so the records are walked over here first. */
#include <string.h>

#include "read/read_stat.h"
#include "read/sav_blocks.h"
#include "read/sav_records.h"
#include "read/sav_rows.h"

#define AT_RECORDS 80
#define SLOW_BYTES ((uint64_t)1 << 16)

/* Programs write 2, 3 and 1252 without regard to what they write; the other pages are meant. */
static void name_encoding(const peil_sav_records *records, char *encoding) {
    char page[24];
    const uint64_t number = records->page;
    strcpy(encoding, records->encoding);
    if (encoding[0] || number == 0 || number == 2 || number == 3 || number == 1252) return;
    size_t n = sizeof page - 1;
    page[n] = '\0';
    for (uint64_t left = number; left; left /= 10) page[--n] = (char)('0' + left % 10);
    strcpy(encoding, page + n);
}

/* ---- the rows ---- */

/* Shows ReadStat another number of records than the file says. */
static void patch_records(peil_stat_file *file, uint32_t number, bool is_big_endian) {
    file->patch_at = AT_RECORDS;
    file->patch_length = 4;
    for (int i = 0; i < 4; i++)
        file->patch[i] = (unsigned char)(number >> 8 * (is_big_endian ? 3 - i : i));
}

/* ReadStat reads nothing when the file does not say how many records it has. */
static peil_stat_fault check_plain(const peil_sav_records *records, const peil_stat_facts *facts,
                                   peil_stat_file *file) {
    const uint64_t bytes = file->size - records->rows_at;
    const uint64_t row_bytes = records->cells * PEIL_SAV_CELL, rows = bytes / row_bytes;
    if (facts->knows_records && rows < facts->records) return PEIL_STAT_CUT;
    if (facts->knows_records && bytes != facts->records * row_bytes) return PEIL_STAT_BEHIND;
    if (bytes != rows * row_bytes) return PEIL_STAT_CUT;
    if (rows > INT32_MAX) return PEIL_STAT_VERSION;
    patch_records(file, (uint32_t)rows, records->is_big_endian);
    return PEIL_STAT_NONE;
}

/* ReadStat drops a row that is not whole at the end of the file. So it is given codes for all the
 * cells of a row but one, in addition: when a row gets whole by these, there was part of one. */
static peil_stat_fault prepare_codes(const peil_sav_records *records, peil_stat_file *file) {
    const uint64_t bytes = file->size - records->rows_at;
    if (bytes % 8) return PEIL_STAT_CUT;
    file->slow_from = bytes > SLOW_BYTES ? file->size - SLOW_BYTES : records->rows_at;
    file->tail_cells = (size_t)records->cells - 1;
    file->tail = (file->tail_cells + 8) / 8 * 8;
    return PEIL_STAT_NONE;
}

/* Behind the code of the end there may be zeros. */
static peil_stat_fault finish(peil_stat_file *file, uint64_t row_bytes) {
    unsigned char byte;
    (void)row_bytes;
    if (file->slow_from == UINT64_MAX) return PEIL_STAT_NONE;
    for (uint64_t at = file->at; at < file->size; at++)
        if (!peil_stat_read_at(file, at, &byte, 1) || byte) return PEIL_STAT_BEHIND;
    return PEIL_STAT_NONE;
}

static peil_stat_fault note_records(const peil_sav_records *records, peil_stat_facts *facts) {
    const int64_t number = records->records < 0 ? records->more_records : records->records;
    if (records->more_records >= 0 && number != records->more_records) return PEIL_STAT_DAMAGED;
    facts->knows_records = number >= 0;
    facts->records = number >= 0 ? (uint64_t)number : 0;
    return PEIL_STAT_NONE;
}

static peil_stat_fault survey_rows(const peil_sav_records *records, const peil_stat_facts *facts,
                                   peil_stat_file *file) {
    if (records->compression == PEIL_SAV_PLAIN) return check_plain(records, facts, file);
    /* Then it reads as many as there are: too many are seen as well as too few. */
    patch_records(file, UINT32_MAX, records->is_big_endian);
    if (records->compression == PEIL_SAV_BY_ZLIB)
        return peil_sav_blocks_check(file, records->rows_at, records->is_big_endian);
    if (records->compression != PEIL_SAV_BY_CODE) return PEIL_STAT_COMPRESSION;
    return prepare_codes(records, file);
}

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    peil_sav_records records;
    peil_stat_fault fault = peil_sav_records_read(file, &records);
    if (fault == PEIL_STAT_NONE) {
        name_encoding(&records, facts->encoding);
        fault = note_records(&records, facts);
    }
    if (fault == PEIL_STAT_NONE) fault = survey_rows(&records, facts, file);
    peil_sav_records_clear(&records);
    return fault;
}

/* ---- the format ---- */

static const peil_clock *find_clock(const char *format) {
    static const peil_clock date = {PEIL_DAY_1582, 1, false}, datetime = {PEIL_DAY_1582, 1, true};
    static const peil_clock_format formats[] = {
        {"DATE", &date},         {"ADATE", &date},      {"EDATE", &date}, {"SDATE", &date},
        {"JDATE", &date},        {"QYR", &date},        {"MOYR", &date},  {"WKYR", &date},
        {"DATETIME", &datetime}, {"YMDHMS", &datetime}, {NULL, NULL}};
    return peil_clock_find(formats, format);
}

const peil_stat_kind peil_stat_sav = {.parse = readstat_parse_sav,
                                      .survey = survey,
                                      .read_rows = peil_sav_rows_read,
                                      .finish = finish,
                                      .clock = find_clock};

/* With a password the file begins with the length and the name of another format. */
static bool detect(const char *head, size_t length) {
    return (length >= 4 && (memcmp(head, "$FL2", 4) == 0 || memcmp(head, "$FL3", 4) == 0)) ||
           (length >= 20 && memcmp(head + 8, "ENCRYPTEDSAV", 12) == 0);
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    (void)head;
    (void)length;
    return peil_stat_open(&peil_stat_sav, source, reading, state, header, fault);
}

const peil_format peil_format_sav = {
    .name = "sav",
    .help = "SPSS: .sav and .zsav",
    .detect = detect,
    .open = open,
    .next = peil_stat_next,
    .position = peil_stat_position,
    .size = peil_stat_size,
    .share = peil_stat_share,
    .stop = peil_stat_stop,
    .join = peil_stat_join,
    .free = peil_stat_free,
};
