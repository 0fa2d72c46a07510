/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPSS's own files: .sav, plain or compressed, and .zsav. ReadStat does not look at the record that
 * names the encoding, and passes over some damage: so the records are walked over here first. The
 * format is described in the PSPP developers' guide, "System File Format". */
#include <stdlib.h>
#include <string.h>

#include "read/encoding.h"
#include "read/read_stat.h"

#define HEADER_BYTES 176
#define AT_LAYOUT 64
#define AT_COMPRESSION 72
#define AT_RECORDS 80
#define CELL 8 /* rows are made of cells of 8 bytes */
#define SLOW_BYTES ((uint64_t)1 << 16)

enum { PLAIN, BY_CODE, BY_ZLIB }; /* how rows are compressed */

/* The records before the rows, as they are walked over. */
typedef struct walk {
    const peil_stat_file *file;
    uint64_t at;
    bool is_big_endian, is_done;
    uint64_t cells; /* of a row */
    int64_t records, more_records;
    uint64_t page; /* the code page of the machine's record, or 0 */
    peil_stat_facts *facts;
} walk;

static bool take(walk *w, size_t length, uint64_t *number) {
    unsigned char bytes[8];
    if (!peil_stat_read_at(w->file, w->at, bytes, length)) return false;
    *number = peil_stat_number(bytes, length, w->is_big_endian);
    w->at += length;
    return true;
}

static bool skip(walk *w, uint64_t length) {
    w->at += length;
    return w->at <= w->file->size;
}

/* A variable, or a further cell of a long text. */
static bool pass_variable(walk *w) {
    uint64_t type, has_label, missing, label;
    if (!take(w, 4, &type) || !take(w, 4, &has_label) || !take(w, 4, &missing) || !skip(w, 16))
        return false;
    w->cells++;
    if (has_label && (!take(w, 4, &label) || !skip(w, (label + 3) / 4 * 4))) return false;
    return skip(w, (uint64_t)llabs((int32_t)missing) * 8);
}

static bool pass_labels(walk *w) {
    uint64_t count, length, type;
    if (!take(w, 4, &count)) return false;
    for (uint64_t i = 0; i < count; i++)
        if (!skip(w, 8) || !take(w, 1, &length) || !skip(w, (length + 8) / 8 * 8 - 1)) return false;
    return take(w, 4, &type) && type == 4 && take(w, 4, &count) && skip(w, count * 4);
}

static bool take_encoding(walk *w, uint64_t length) {
    if (length >= sizeof w->facts->encoding) return true; /* no name that anybody knows */
    return peil_stat_read_at(w->file, w->at, w->facts->encoding, length);
}

/* The records that ReadStat tells nothing of. */
static bool pass_extension(walk *w) {
    enum { MACHINE = 3, MORE_RECORDS = 16, ENCODING = 20 };
    uint64_t type, size, count, number;
    if (!take(w, 4, &type) || !take(w, 4, &size) || !take(w, 4, &count)) return false;
    const uint64_t end = w->at + size * count;
    if (size * count > w->file->size) return false;
    if (type == MACHINE && size * count == 32) {
        if (!skip(w, 28) || !take(w, 4, &w->page)) return false;
    } else if (type == MORE_RECORDS && size * count == 16) {
        if (!skip(w, 8) || !take(w, 8, &number)) return false;
        w->more_records = (int64_t)number;
    } else if (type == ENCODING) {
        if (!take_encoding(w, size * count)) return false;
    }
    w->at = end;
    return w->at <= w->file->size;
}

static bool pass_record(walk *w) {
    uint64_t type, count;
    if (!take(w, 4, &type)) return false;
    switch (type) {
        case 2:
            return pass_variable(w);
        case 3:
            return pass_labels(w);
        case 6:
            return take(w, 4, &count) && skip(w, count * 80);
        case 7:
            return pass_extension(w);
        case 999:
            w->is_done = true;
            return skip(w, 4);
        default:
            return false;
    }
}

/* Programs write 2, 3 and 1252 without regard to what they write; the other pages are meant. */
static void name_page(const walk *w) {
    char page[24];
    if (w->facts->encoding[0] || w->page == 0 || w->page == 2 || w->page == 3 || w->page == 1252)
        return;
    size_t n = sizeof page - 1;
    page[n] = '\0';
    for (uint64_t left = w->page; left; left /= 10) page[--n] = (char)('0' + left % 10);
    strcpy(w->facts->encoding, page + n);
}

/* ---- the rows ---- */

/* Shows ReadStat another number of records than the file says. */
static void patch_records(peil_stat_file *file, uint32_t records, bool is_big_endian) {
    file->patch_at = AT_RECORDS;
    file->patch_length = 4;
    for (int i = 0; i < 4; i++)
        file->patch[i] = (unsigned char)(records >> 8 * (is_big_endian ? 3 - i : i));
}

/* ReadStat reads nothing when the file does not say how many records it has. */
static peil_stat_fault check_plain(const walk *w, peil_stat_file *file) {
    const uint64_t bytes = file->size - w->at, row_bytes = w->cells * CELL;
    const uint64_t rows = bytes / row_bytes;
    const peil_stat_facts *facts = w->facts;
    if (facts->knows_records && rows < facts->records) return PEIL_STAT_CUT;
    if (facts->knows_records && bytes != facts->records * row_bytes) return PEIL_STAT_BEHIND;
    if (bytes != rows * row_bytes) return PEIL_STAT_CUT;
    if (rows > INT32_MAX) return PEIL_STAT_VERSION;
    patch_records(file, (uint32_t)rows, w->is_big_endian);
    return PEIL_STAT_NONE;
}

/* Compressed rows are words of eight codes of a byte, each with the cells behind it that its codes
 * ask for: 0 is nothing, 252 the end, 253 such a cell, any other code a cell by itself. ReadStat
 * drops a row that is not whole at the end of the file. So it is given codes for all the cells of a
 * row but one, in addition: when a row gets whole by these, there was part of one. */
static peil_stat_fault prepare_codes(const walk *w, peil_stat_file *file) {
    const uint64_t bytes = file->size - w->at;
    if (bytes % 8) return PEIL_STAT_CUT;
    file->slow_from = bytes > SLOW_BYTES ? file->size - SLOW_BYTES : w->at;
    file->tail_cells = (size_t)w->cells - 1;
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

/* A head says where its blocks' list is, which ends the file. */
static peil_stat_fault check_zlib(walk *w) {
    const uint64_t head = w->at;
    uint64_t own, list, length;
    if (!take(w, 8, &own) || !take(w, 8, &list) || !take(w, 8, &length)) return PEIL_STAT_CUT;
    if (own != head || list > INT64_MAX || length > INT64_MAX) return PEIL_STAT_DAMAGED;
    if (list + length > w->file->size) return PEIL_STAT_CUT;
    return list + length < w->file->size ? PEIL_STAT_BEHIND : PEIL_STAT_NONE;
}

static peil_stat_fault note_records(walk *w) {
    if (w->records < 0) w->records = w->more_records;
    if (w->more_records >= 0 && w->records != w->more_records) return PEIL_STAT_DAMAGED;
    w->facts->knows_records = w->records >= 0;
    w->facts->records = w->records >= 0 ? (uint64_t)w->records : 0;
    return PEIL_STAT_NONE;
}

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    unsigned char head[HEADER_BYTES];
    if (!peil_stat_read_at(file, 0, head, sizeof head)) return PEIL_STAT_CUT;
    if (memcmp(head, "$FL", 3) != 0) return PEIL_STAT_PASSWORD;
    walk w = {.file = file, .at = HEADER_BYTES, .more_records = -1, .facts = facts};
    w.is_big_endian = peil_stat_number(head + AT_LAYOUT, 4, false) > 0xFFFF;
    w.records = (int32_t)peil_stat_number(head + AT_RECORDS, 4, w.is_big_endian);
    while (!w.is_done)
        if (!pass_record(&w)) return w.at >= file->size ? PEIL_STAT_CUT : PEIL_STAT_DAMAGED;
    if (w.cells == 0) return PEIL_STAT_DAMAGED;
    name_page(&w);
    const peil_stat_fault fault = note_records(&w);
    if (fault != PEIL_STAT_NONE) return fault;
    const uint64_t compression = peil_stat_number(head + AT_COMPRESSION, 4, w.is_big_endian);
    if (compression == PLAIN) return check_plain(&w, file);
    /* Then it reads as many as there are: too many are seen as well as too few. */
    patch_records(file, UINT32_MAX, w.is_big_endian);
    if (compression == BY_ZLIB) return check_zlib(&w);
    if (compression != BY_CODE) return PEIL_STAT_COMPRESSION;
    return prepare_codes(&w, file);
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

const peil_stat_kind peil_stat_sav = {
    .parse = readstat_parse_sav, .survey = survey, .finish = finish, .clock = find_clock};

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
    .free = peil_stat_free,
};
