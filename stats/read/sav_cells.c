/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/sav_cells.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

enum { NOTHING = 0, END = 252, CELL = 253, SPACES = 254, NO_NUMBER = 255 };

static void learn_codes(const peil_sav_records *records, uint64_t *known) {
    for (int code = 1; code < END; code++) {
        const double x = code - records->bias;
        memcpy(&known[code], &x, sizeof x);
    }
    memset(&known[SPACES], ' ', sizeof known[SPACES]);
    known[NO_NUMBER] = records->no_number;
}

peil_stat_fault peil_sav_cells_open(peil_stat_file *file, const peil_sav_records *records,
                                    size_t window_bytes, peil_sav_cells *out) {
    *out = (peil_sav_cells){.file = file,
                            .is_zlib = records->compression == PEIL_SAV_BY_ZLIB,
                            .window_bytes = window_bytes,
                            .ncodes = sizeof out->codes};
    learn_codes(records, out->known);
    file->at = records->rows_at;
    if (out->is_zlib) return peil_sav_blocks_open(file, records->rows_at, &out->blocks);
    return peil_array_make(&out->window, window_bytes, 1, NULL) == PEIL_OK ? PEIL_STAT_NONE
                                                                           : PEIL_STAT_MEMORY;
}

static peil_stat_fault read_window(peil_sav_cells *c, size_t *length) {
    peil_stat_file *file = c->file;
    const uint64_t left = file->size - file->at;
    *length = left < c->window_bytes ? (size_t)left : c->window_bytes;
    if (!peil_stat_read_at(file, file->at, c->window, *length)) return PEIL_STAT_CUT;
    c->at = c->window;
    file->at += *length;
    return PEIL_STAT_NONE;
}

/* What is read is in whole words. */
static peil_stat_fault refill(peil_sav_cells *c) {
    size_t length = 0;
    const peil_stat_fault fault =
        c->is_zlib ? peil_sav_blocks_next(c->file, &c->blocks, &c->at, &length, &c->file->at)
                   : read_window(c, &length);
    c->is_done = length == 0;
    c->end = length ? c->at + length : c->at;
    return fault;
}

/* The next eight bytes; at the end there are none, and the cells are done. */
static inline peil_stat_fault take_word(peil_sav_cells *c, void *word) {
    if (c->at == c->end) {
        const peil_stat_fault fault = refill(c);
        if (fault != PEIL_STAT_NONE || c->is_done) return fault;
    }
    memcpy(word, c->at, 8);
    c->at += 8;
    return PEIL_STAT_NONE;
}

#define EACH(byte) (0x0101010101010101u * (byte))

static inline bool has_byte(uint64_t word, uint64_t byte) {
    const uint64_t x = word ^ EACH(byte);
    return (x - EACH(1)) & ~x & EACH(0x80u);
}

/* Whether each code is a cell by itself. */
static inline bool are_cells(const unsigned char *codes) {
    uint64_t word;
    memcpy(&word, codes, sizeof word);
    return !has_byte(word, NOTHING) && !has_byte(word, END) && !has_byte(word, CELL);
}

/* The next word of codes, at once when all of them are cells by themselves and fit. */
static inline peil_stat_fault take_codes(peil_sav_cells *c, uint64_t *row, size_t room, size_t *n) {
    const peil_stat_fault fault = take_word(c, c->codes);
    if (fault != PEIL_STAT_NONE || c->is_done) return fault;
    c->ncodes = 0;
    if (room < sizeof c->codes || !are_cells(c->codes)) return PEIL_STAT_NONE;
    for (size_t i = 0; i < sizeof c->codes; i++) row[i] = c->known[c->codes[i]];
    c->ncodes = sizeof c->codes;
    *n += sizeof c->codes;
    return PEIL_STAT_NONE;
}

static inline peil_stat_fault take_code(peil_sav_cells *c, uint64_t *row, size_t *n) {
    const unsigned char code = c->codes[c->ncodes++];
    if (code == NOTHING) return PEIL_STAT_NONE;
    c->is_done = code == END;
    if (c->is_done) return PEIL_STAT_NONE;
    ++*n;
    *row = c->known[code];
    if (code != CELL) return PEIL_STAT_NONE;
    const peil_stat_fault fault = take_word(c, row);
    return fault == PEIL_STAT_NONE && c->is_done ? PEIL_STAT_CUT : fault;
}

/* There may be zeros, which are codes of nothing; blocks are held to their list. */
static peil_stat_fault check_end(peil_sav_cells *c) {
    size_t length = (size_t)(c->end - c->at);
    if (c->is_zlib) return PEIL_STAT_NONE;
    do {
        for (size_t i = 0; i < length; i++)
            if (c->at[i]) return PEIL_STAT_BEHIND;
        const peil_stat_fault fault = read_window(c, &length);
        if (fault != PEIL_STAT_NONE) return fault;
    } while (length);
    return PEIL_STAT_NONE;
}

peil_stat_fault peil_sav_cells_next(peil_sav_cells *c, uint64_t *row, size_t ncells, bool *is_row) {
    size_t n = 0;
    *is_row = false;
    while (n < ncells && !c->is_done) {
        const peil_stat_fault fault = c->ncodes == sizeof c->codes
                                          ? take_codes(c, row + n, ncells - n, &n)
                                          : take_code(c, row + n, &n);
        if (fault != PEIL_STAT_NONE) return fault;
    }
    *is_row = n == ncells;
    if (*is_row) return PEIL_STAT_NONE;
    const peil_stat_fault fault = check_end(c);
    return fault == PEIL_STAT_NONE && n > 0 ? PEIL_STAT_CUT : fault;
}

void peil_sav_cells_clear(peil_sav_cells *cells) {
    peil_sav_blocks_clear(&cells->blocks);
    free(cells->window);
}
