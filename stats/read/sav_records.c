/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/sav_records.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define HEADER_BYTES 176
#define AT_LAYOUT 64
#define AT_COMPRESSION 72
#define AT_RECORDS 80
#define AT_BIAS 84
#define LENGTHS_MOST ((uint64_t)1 << 24) /* bytes of one record */

/* The records, as they are walked over. */
typedef struct walk {
    const peil_stat_file *file;
    uint64_t at;
    bool is_done, lacks_memory;
    peil_sav_records *out;
} walk;

static uint64_t number_at(const walk *w, const unsigned char *bytes, size_t length) {
    return peil_stat_number(bytes, length, w->out->is_big_endian);
}

static bool take_bytes(walk *w, void *bytes, size_t length) {
    if (!peil_stat_read_at(w->file, w->at, bytes, length)) return false;
    w->at += length;
    return true;
}

static bool take(walk *w, size_t length, uint64_t *number) {
    unsigned char bytes[8];
    if (!take_bytes(w, bytes, length)) return false;
    *number = number_at(w, bytes, length);
    return true;
}

static bool skip(walk *w, uint64_t length) {
    w->at += length;
    return w->at <= w->file->size;
}

/* ---- variables ---- */

/* The byte of a format of display that tells its kind. */
static bool is_format_of_text(uint64_t format) {
    return (format >> 16 & 0xFF) == 1;
}

/* A variable, or a further cell of a text. */
static bool add_cell(walk *w, int32_t type, bool is_text, const unsigned char *name) {
    peil_sav_records *out = w->out;
    out->cells++;
    if (type < 0) {
        if (out->nruns) out->runs[out->nruns - 1].cells++;
        return out->nruns > 0;
    }
    w->lacks_memory = peil_array_reserve(&out->runs, &out->runs_capacity, out->nruns + 1,
                                         sizeof *out->runs, NULL) != PEIL_OK;
    if (w->lacks_memory) return false;
    out->runs[out->nruns] = (peil_sav_run){.is_text = is_text, .cells = 1};
    memcpy(out->runs[out->nruns++].name, name, 8);
    return true;
}

/* A type (0: a number, -1: a further cell, else the width of a text), whether there is a label, the
 * number of missing values, two formats and a name. */
static bool pass_variable(walk *w) {
    unsigned char bytes[28];
    uint64_t label;
    if (!take_bytes(w, bytes, sizeof bytes)) return false;
    const int32_t type = (int32_t)number_at(w, bytes, 4);
    const uint64_t has_label = number_at(w, bytes + 4, 4), missing = number_at(w, bytes + 8, 4);
    const bool is_text = type > 0 || is_format_of_text(number_at(w, bytes + 12, 4)) ||
                         is_format_of_text(number_at(w, bytes + 16, 4));
    if (!add_cell(w, type, is_text, bytes + 20)) return false;
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

/* ---- extensions ---- */

static int in_order(const void *a, const void *b) {
    const peil_sav_run *x = *(peil_sav_run *const *)a, *y = *(peil_sav_run *const *)b;
    const int order = memcmp(x->name, y->name, sizeof x->name);
    return order ? order : (x > y) - (x < y);
}

static int compare_name(const void *name, const void *run) {
    const peil_sav_run *of = *(peil_sav_run *const *)run;
    return memcmp(name, of->name, sizeof of->name);
}

/* By name, as there may be as many lengths as variables. */
static bool sort_runs(walk *w, peil_sav_run ***out) {
    const size_t n = w->out->nruns;
    w->lacks_memory = peil_array_make(out, n, sizeof **out, NULL) != PEIL_OK;
    if (w->lacks_memory) return false;
    for (size_t i = 0; i < n; i++) (*out)[i] = &w->out->runs[i];
    qsort(*out, n, sizeof **out, in_order);
    return true;
}

static peil_sav_run *find_run(peil_sav_run *const *runs, size_t nruns, const char *name,
                              size_t length) {
    char filled[sizeof runs[0]->name];
    if (length > sizeof filled) return NULL;
    memset(filled, ' ', sizeof filled);
    memcpy(filled, name, length);
    peil_sav_run *const *found = bsearch(filled, runs, nruns, sizeof *runs, compare_name);
    return found ? *found : NULL;
}

/* NAME=LENGTH with NUL and a tab behind it, again and again. */
static void note_lengths(peil_sav_run *const *runs, size_t nruns, const char *text,
                         const char *end) {
    while (text < end) {
        const char *mark = memchr(text, '=', (size_t)(end - text));
        if (!mark) return;
        peil_sav_run *run = find_run(runs, nruns, text, (size_t)(mark - text));
        uint32_t length = 0;
        for (text = mark + 1; text < end && *text >= '0' && *text <= '9'; text++)
            length = 10 * length + (uint32_t)(*text - '0');
        if (run) run->length = length;
        while (text < end && (*text == '\0' || *text == '\t')) text++;
    }
}

static bool take_lengths(walk *w, uint64_t size) {
    char *text = NULL;
    peil_sav_run **runs = NULL;
    if (size > LENGTHS_MOST) return false;
    w->lacks_memory = peil_array_make(&text, (size_t)size, 1, NULL) != PEIL_OK;
    const bool is_read =
        !w->lacks_memory && take_bytes(w, text, (size_t)size) && sort_runs(w, &runs);
    if (is_read) note_lengths(runs, w->out->nruns, text, text + size);
    free(text);
    free(runs);
    return is_read;
}

static bool take_encoding(walk *w, uint64_t size) {
    if (size >= sizeof w->out->encoding) return true; /* no name that anybody knows */
    memset(w->out->encoding, 0, sizeof w->out->encoding);
    return take_bytes(w, w->out->encoding, (size_t)size);
}

static bool take_specials(walk *w) {
    peil_sav_records *out = w->out;
    return take(w, 8, &out->no_number) && take(w, 8, &out->ends[1]) && take(w, 8, &out->ends[0]);
}

static bool take_more_records(walk *w) {
    uint64_t number;
    if (!skip(w, 8) || !take(w, 8, &number)) return false;
    w->out->more_records = (int64_t)number;
    return true;
}

static bool pass_extension(walk *w) {
    enum { MACHINE = 3, SPECIALS = 4, LENGTHS = 14, MORE_RECORDS = 16, ENCODING = 20 };
    uint64_t type, size, count;
    bool is_good = true;
    if (!take(w, 4, &type) || !take(w, 4, &size) || !take(w, 4, &count)) return false;
    const uint64_t end = w->at + size * count;
    if (size * count > w->file->size) return false;
    if (type == MACHINE && size * count == 32) is_good = skip(w, 28) && take(w, 4, &w->out->page);
    if (type == SPECIALS && size * count == 24) is_good = take_specials(w);
    if (type == LENGTHS) is_good = take_lengths(w, size * count);
    if (type == MORE_RECORDS && size * count == 16) is_good = take_more_records(w);
    if (type == ENCODING) is_good = take_encoding(w, size * count);
    w->at = end;
    return is_good && w->at <= w->file->size;
}

/* ---- all ---- */

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

static void note_head(const unsigned char *head, peil_sav_records *out) {
    const bool big = peil_stat_number(head + AT_LAYOUT, 4, false) > 0xFFFF;
    const uint64_t bias = peil_stat_number(head + AT_BIAS, 8, big);
    out->is_big_endian = big;
    out->compression = peil_stat_number(head + AT_COMPRESSION, 4, big);
    out->records = (int32_t)peil_stat_number(head + AT_RECORDS, 4, big);
    memcpy(&out->bias, &bias, sizeof out->bias);
}

peil_stat_fault peil_sav_records_read(const peil_stat_file *file, peil_sav_records *out) {
    unsigned char head[HEADER_BYTES];
    *out = (peil_sav_records){.more_records = -1,
                              .no_number = 0xFFEFFFFFFFFFFFFF,
                              .ends = {0xFFEFFFFFFFFFFFFE, 0x7FEFFFFFFFFFFFFF}};
    if (!peil_stat_read_at(file, 0, head, sizeof head)) return PEIL_STAT_CUT;
    if (memcmp(head, "$FL", 3) != 0) return PEIL_STAT_PASSWORD;
    note_head(head, out);
    walk w = {.file = file, .at = HEADER_BYTES, .out = out};
    while (!w.is_done)
        if (!pass_record(&w))
            return w.lacks_memory       ? PEIL_STAT_MEMORY
                   : w.at >= file->size ? PEIL_STAT_CUT
                                        : PEIL_STAT_DAMAGED;
    out->rows_at = w.at;
    return out->cells ? PEIL_STAT_NONE : PEIL_STAT_DAMAGED;
}

void peil_sav_records_clear(peil_sav_records *records) {
    free(records->runs);
    records->runs = NULL;
}
